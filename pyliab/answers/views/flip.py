"""What would change an outcome: positions of the reading, or facts of the case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyliab.answers.blocks import Block, Heading, Span, para
from pyliab.answers.views.liability import title
from pyliab.answers.views.space import in_dispute
from pyliab.answers.views.why_not import OTHERS, numbered, outcome
from pyliab.answers.wording import Wording
from pyliab.kb.reading import Choice
from pyliab.questions.flip import Flip, Flips
from pyliab.questions.open_case import Owed
from pyliab.text.say import Text, listed, same, say

SHORT = 10
"""How many flips of one kind are written unless all are asked for."""
KINDS = {
    "changes": say("Minimal changes that change the outcome"),
    "settles": say("Minimal choices that settle the outcome on one of these"),
    "reaches": say("Minimal changes that lead to the wanted outcome"),
}


def flipped(flips: Flips, wording: Wording, *, full: bool = False) -> Iterator[Block]:
    """The answer of `flip`, by the law or by the facts."""
    asked = flips.asked
    assert asked is not None, "who puts the question notes it"
    yield from title(wording, asked.case, flips.reading, asked.as_if_in_force)
    yield from by_law(flips, asked.choice, wording, full=full) if flips.outcomes else by_facts(flips, wording)


def by_law(flips: Flips, choice: Choice, wording: Wording, *, full: bool = False) -> Iterator[Block]:
    """Changes of positions, below the title."""
    yield para(say("outcome as it is: {outcome}", outcome=_any_of(flips.outcomes, wording)), depth=1)
    if choice.open_issues and len(flips.outcomes) > 1:
        yield para(say("issues left open: {issues}", issues=", ".join(choice.open_issues)), "note", 1)
    if flips.disputed_facts:
        yield para(in_dispute(flips.disputed_facts, wording), depth=1)
        note = say("What is in dispute stays so: each change leads where it says, whatever the facts turn out to be.")
        yield para(note, "note", 1)
    if flips.already:
        yield para(say("The wanted outcome is certain as it is."), depth=1)
        return
    if flips.only_possible and flips.flips:
        yield para(say("No change makes it certain; these make it possible."), depth=1)
    if not flips.flips:
        yield para(say("No change of positions does it."), depth=1)
    for kind, heading in KINDS.items():
        yield from _of_kind(heading, [flip for flip in flips.flips if flip.kind == kind], choice, wording, full)


def _of_kind(title: Text, flips: list[Flip], choice: Choice, wording: Wording, full: bool) -> Iterator[Block]:
    if not flips:
        return
    yield Heading(say("{title} ({count})", title=title, count=len(flips)))
    shown = flips if full else flips[:SHORT]
    for flip in shown:
        for i, (issue, position) in enumerate(flip.positions.items()):
            before = choice.positions.get(issue)
            old = wording.title(issue, before) if before else say("open")
            change = say("{old} → {new}", old=old, new=wording.title(issue, position))
            name = Span(same(f"   {issue}={position}"), "command")
            yield para(say("{label}: {value}", label=wording.issue(issue), value=change), "", 1, name, apart=not i)
        yield para(say("→ {says}", says=_any_of(flip.outcomes, wording)), "strong", 3)
    if len(shown) < len(flips):
        more = say("and {rest} more (--full prints all)", rest=len(flips) - len(shown))
        yield para(more, "note", 1, apart=True)


def _any_of(outcomes: Iterable[Iterable[Owed]], wording: Wording) -> Text:
    return listed((wording.outcome([owed.key for owed in outcome]) for outcome in outcomes), "; or ")


def by_facts(flips: Flips, wording: Wording) -> Iterator[Block]:
    """Changes of facts, below the title: each with its outcome, and with what it takes to make that uncertain."""
    yield para(say("outcome: {outcome}", outcome=outcome(flips.outcome, wording)), depth=1)
    if not flips.flips:
        yield para(say("No such change would change the outcome."), depth=1)
    for i, flip in enumerate(flips.flips, 1):
        yield from numbered(i, flip, wording, apart=True)
        if flip.unsettled is not None:
            unsettled = outcome(flip.unsettled, wording)
            yield para(say("already if only in dispute: {outcome}", outcome=unsettled), "note", 3)
    if flips.cut:
        yield para(OTHERS, "note", 1)
