"""The positions on an issue under an ordering of the canons: which stand, and what each would need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyliab.answers.blocks import Block, Heading, Span, para
from pyliab.answers.terms import CANONS
from pyliab.answers.views.issue import arguments, holders
from pyliab.answers.wording import Wording
from pyliab.kb.model import Issue
from pyliab.questions.debate import Standing
from pyliab.text.say import Text, listed, same, say

VERDICTS = {"stands": say("stands"), "contested": say("contested"), "falls": say("falls")}


def debated(issue: Issue, order: Sequence[str], standings: Sequence[Standing], wording: Wording) -> Iterator[Block]:
    """Positions side by side: verdict, arguments on both sides, and the priorities a position would need."""
    yield Heading(say("{name} · {title}", name=issue.issue, title=issue.title), 1)
    canons = listed((CANONS[kind] for kind in order), " > ")
    yield para(say("canons, highest first: {canons}", canons=canons), depth=1)
    for standing in standings:
        position = issue.positions[standing.position]
        says = say("[{mark}] {says}", mark=VERDICTS[standing.verdict], says=position.title)
        name = Span(same("   ")), Span(same(standing.position), "command")
        yield para(says, standing.verdict, 1, *name, apart=True)
        yield from holders(position, 3)
        yield from arguments(position, wording, 3)
        yield para(_needed(standing), "note", 3)
    semantics = say(
        "Semantics: the grounded extension of a preference-based argumentation framework. A position stands if every objection is answered by an argument of a higher canon; an objection of equal rank leaves it contested. Nothing is counted or weighed."
    )
    yield para(semantics, "note", 1, apart=True)


def _needed(standing: Standing) -> Text:
    if standing.always:
        return say("stands under every ordering.")
    if standing.never:
        return say("stands under no ordering.")
    options = (listed((_priority(*pair) for pair in needs), ", ") for needs in standing.needs)
    return say("stands whenever: {options}", options=listed(options, "; or "))


def _priority(high: str, low: str) -> Text:
    return say("{high} > {low}", high=CANONS[high], low=CANONS[low])
