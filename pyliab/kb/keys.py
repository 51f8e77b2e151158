"""The groups of words in a case file."""

from __future__ import annotations

from pyliab.text.say import Text, say

GROUPS: dict[str, Text] = {
    "roles": say("who they are"),
    "goods": say("goods and services"),
    "conduct": say("what was done and left undone"),
    "knowledge": say("who knew what, and when"),
    "harm": say("the harm"),
}
