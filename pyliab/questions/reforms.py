"""What a reform leaves without a rule, and which readings it passes over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyliab.kb.base import KnowledgeBase
from pyliab.kb.model import Reform, kind_of
from pyliab.kb.vocabulary import rule_of
from pyliab.text.say import Text, listed, quoted, say

_ASKS = r'(?:in_force|governs|law_of_the_day|law_of_claim)\(\w+, "([^"]+)"'


def passed_over(base: KnowledgeBase, reform: Reform) -> Iterator[Text]:
    """By issue the readings whose own position has no effect under the reform."""
    for change in reform.changes:
        for name in filter(None, (change.answers, change.ends if "=" in (change.ends or "") else None)):
            issue, _, position = name.partition("=")
            own = {r: reading.positions.get(issue) for r, reading in base.readings.items()}
            moot = [r for r, choice in own.items() if choice and (choice.position == position) == (name == change.ends)]
            if moot:
                message = "under {reform}, what these readings hold on {issue} has no effect: {readings}"
                yield say(message, reform=reform.name, issue=issue, readings=listed(moot, ", "))


def left_without_rule(base: KnowledgeBase, reform: Reform) -> Iterator[Text]:
    """Words of provisions that stay and lose their rules, issues that lose every position, provisions brought without a rule."""
    ended = {kind: {c.ends for c in reform.changes if c.ends and kind_of(c.ends) == kind} for kind in _KINDS}
    idle = ended["rule"] | {
        n.id for n in base.notes.values() if set(re.findall(_ASKS, rule_of(n))) & ended["provision"]
    }
    for name, provision in base.provisions.items():
        for segment in () if name in ended["provision"] else provision.segments:
            if segment.rules and idle.issuperset(segment.rules):
                message = "{reform} leaves {provision} {words} without a rule"
                yield say(message, reform=reform.name, provision=name, words=quoted(segment.words))
    for issue in {name.partition("=")[0]: None for name in sorted(filter(None, ended["position"]))}:
        if ended["position"].issuperset(f"{issue}={p}" for p in base.issues[issue].choices()):
            yield say("{reform} leaves {issue} without a position", reform=reform.name, issue=issue)
    cited = {cite for note in base.notes.values() for cite in note.cites}
    for brought in (c.brings for c in reform.changes if c.brings and kind_of(c.brings) == "provision"):
        if brought not in cited:
            yield say("{reform} brings {provision}, which no rule carries", reform=reform.name, provision=brought)


_KINDS = ("provision", "position", "rule")
