"""Why a liability does not follow: the nearest attempts at it, and the smallest changes that would bring it about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyliab.answers.blocks import Block, Heading, Span, Tree, joined, para
from pyliab.answers.terms import STATUS
from pyliab.answers.views.liability import title
from pyliab.answers.views.missing import Missing, changes
from pyliab.answers.views.proof import Proof
from pyliab.answers.wording import Wording
from pyliab.questions.flip import Flip
from pyliab.questions.open_case import Owed, Repair
from pyliab.questions.why_not import WhyNot
from pyliab.text.say import Text, listed, same, say


def answered(answer: WhyNot, wording: Wording) -> Iterator[Block]:
    """The answer of `why-not`."""
    yield from title(wording, answer.asked.case, answer.reading, answer.asked.as_if_in_force)
    owed, name = wording.owed(answer.goal), answer.goal.id
    if answer.holds:
        yield para(say("It does follow: {said} (certain).", said=owed), "certain", apart=True)
        command = wording.command("explain", answer.case, name, "-r", answer.reading)
        yield para(say("The reasons: "), "", 1, Span(command, "command"))
        return
    possible = say("Only possible, not certain: {said}", said=owed)
    yield para(
        possible if answer.status == "possible" else say("Does not follow: {said}", said=owed), "strong", apart=True
    )
    yield para(say("id: {id}", id=name), "note", 1)
    yield Heading(say("The nearest attempts:"))
    missing = Missing(wording, Proof(wording))
    yield Tree(say("The nearest attempts:"), tuple(map(missing.attempt, answer.attempts)))
    if answer.farther:
        yield para(say("Other norms may be left, none of them nearer (-n lists more)."), "note", 1)
    yield Heading(say("The smallest changes that make it certain:"))
    yield from _repairs(answer, wording)


def _repairs(answer: WhyNot, wording: Wording) -> Iterator[Block]:
    """The changes, smallest first, and what each leads to."""
    for i, repair in enumerate(answer.repairs, 1):
        yield from numbered(i, repair, wording)
    if not answer.repairs:
        none = say("None: no facts and positions that can be supposed here make it certain.")
        far = say("None so small was found; larger ones were not looked for.")
        yield para(far if answer.cut else none, depth=1)
    elif answer.cut:
        yield para(OTHERS, "note", 1)


OTHERS = say("Others may be left, none smaller than the last of these.")


def numbered(number: int, change: Repair | Flip, wording: Wording, *, apart: bool = False) -> Iterator[Block]:
    """A change and what follows then."""
    for i, row in enumerate(changes(change, wording)):
        sign = same("   ") if i else same(f"{number}. ")
        yield para(joined([sign, row]), "", 1, apart=apart and not i)
    yield para(say("then: {outcome}", outcome=outcome(change.outcome, wording)), "note", 3)


def outcome(owed: Iterable[Owed], wording: Wording) -> Text:
    """All liabilities of an outcome, those that are only possible marked."""
    rows = []
    for liability in owed:
        says = wording.owed(liability.key)
        rows.append(
            says if liability.status == "certain" else say("{says} ({mark})", says=says, mark=STATUS["possible"])
        )
    return listed(rows) or say("nobody is liable")
