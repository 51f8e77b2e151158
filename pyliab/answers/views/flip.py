"""What would change an outcome: positions of the reading, or facts of the case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

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
    """Changes of the same issues as one, those among them that lead to the same as one row."""
    if not flips:
        return
    yield Heading(say("{title} ({count})", title=title, count=len(flips)))
    groups: dict[tuple[str, ...], dict[tuple[object, ...], list[Flip]]] = {}
    for flip in flips:
        groups.setdefault(tuple(flip.positions), {}).setdefault(flip.outcomes, []).append(flip)
    shown = list(groups.items()) if full else list(groups.items())[:SHORT]
    for issues, by_outcome in shown:
        for i, issue in enumerate(issues):
            before = choice.positions.get(issue)
            old = wording.title(issue, before) if before else say("open")
            now = say("{issue} (now: {old})", issue=wording.issue(issue), old=old)
            yield para(now, "strong", 1, apart=not i)
        for alike in by_outcome.values():
            yield from _change(alike, wording)
    if len(shown) < len(groups):
        rest = sum(len(alike) for _, by_outcome in list(groups.items())[len(shown) :] for alike in by_outcome.values())
        yield para(say("and {rest} more (--full prints all)", rest=rest), "note", 1, apart=True)


def _change(alike: Sequence[Flip], wording: Wording) -> Iterator[Block]:
    """Changes of the same issues that lead to the same: which, then where to."""
    for flip in alike:
        new = listed((wording.title(*pair) for pair in flip.positions.items()), " + ")
        name = ", ".join(f"{issue}={position}" for issue, position in flip.positions.items())
        yield para(say("→ {new}", new=new), "", 3, Span(same(f"   {name}"), "command"))
    yield para(_any_of(alike[0].outcomes, wording), "", 5)


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
