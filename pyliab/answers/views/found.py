"""What was found by some words, kind by kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyliab.answers.blocks import Block, Heading, Span, para
from pyliab.answers.search import Hit
from pyliab.answers.wording import Wording
from pyliab.text.say import listed, say

SHOWN = 6
"""How many of a kind are named."""
_KINDS = {
    "provision": say("Provisions"),
    "issue": say("Issues"),
    "position": say("Positions"),
    "argument": say("Arguments"),
    "reading": say("Readings"),
    "case": say("Cases"),
    "word": say("Facts that a case may tell"),
}


def found(hits: Sequence[Hit], asked: Sequence[str], wording: Wording) -> Iterator[Block]:
    """Each kind with its first hits."""
    if not hits:
        yield para(say("Nothing here speaks of {words}.", words=listed(asked, ", ")))
        return
    for kind, title in _KINDS.items():
        of_kind = [hit for hit in hits if hit.kind == kind]
        if of_kind:
            yield Heading(title)
        for hit in of_kind[:SHOWN]:
            yield para(wording.of_word(hit.title), "", 1, Span(say("  {id}", id=hit.id), "note"))
            if hit.quote:
                yield para(wording.of_word(hit.quote), "note", 2)
        if len(of_kind) > SHOWN:
            yield para(say("and {more} more (--json lists them)", more=len(of_kind) - SHOWN), "note", 1)
    yield para(say("any one whole: "), "note", 1, Span(wording.command("show", hits[0].id), "command"), apart=True)
