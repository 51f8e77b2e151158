"""All outcomes of a case over all readings, what suffices for each, and which issues matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from pyliab.answers.blocks import Block, Cell, Heading, Table, para
from pyliab.answers.views.liability import title
from pyliab.answers.views.money import in_words
from pyliab.answers.wording import Wording
from pyliab.space.space import LEVELS, Explored, Outcome, Way, in_order
from pyliab.text.say import EMPTY, Text, listed, same, say

SETS, OUTCOMES = 5, 10
"""How many sufficient sets of an outcome are written unless all are asked for, and how many outcomes."""


def explored(answer: Explored, wording: Wording, *, full: bool = False) -> Iterator[Block]:
    """The answer of `space` for one case."""
    space = answer.space
    if wording.case:
        yield from title(wording, wording.case, space.reading or "")
    yield from overview(answer, wording)
    yield outcomes(answer, wording, full=full)
    if space.level not in LEVELS or any(not way.outcome for way in answer.ways):
        yield para(say("The liability of the direct wrongdoer is presupposed, not derived."), "note", 1, apart=True)
    yield from issues(answer, wording)


def overview(answer: Explored, wording: Wording) -> Iterator[Block]:
    """How many readings and outcomes there are, and what is in dispute."""
    space = answer.space
    yield para(say("readings: {number}; outcomes: {count}", number=f"{answer.readings:,}", count=len(answer.ways)))
    if space.fixed:
        yield para(say("({reading} settles {count} issues)", reading=space.reading, count=len(space.fixed)), "note")
    if space.disputed:
        yield para(in_dispute(space.disputed, wording), depth=1)
        note = say(
            "Under one reading several outcomes may result as the facts turn out: the numbers may add up to more than all."
        )
        yield para(note, "note", 1)
    if space.level not in LEVELS:
        note = say(
            "The creditors go first against those directly liable (in any order where none is known); what a debtor bears is what it bears in the end, after recourse; a range where something is not stated."
        )
        yield para(note, "note", 1)


def in_dispute(facts: Iterable[str], wording: Wording) -> Text:
    """The facts on which parties disagree."""
    return say("in dispute: {said}", said=listed(map(wording.disputed, facts)))


def outcomes(answer: Explored, wording: Wording, *, full: bool = False) -> Table:
    """Every outcome with its share of the readings, and what suffices for it."""
    more = 0 if full else max(len(answer.ways) - OUTCOMES, 0)
    case = answer.space.case
    cut = say("and {more} more outcomes: {command}", more=more, command=wording.command("space", case, "--full"))
    return Table(
        f"{case}-outcomes",
        say("all outcomes, and what suffices for each"),
        (say("outcome"), say("share"), say("readings"), say("any one of these suffices")),
        tuple(_row(answer, wording, way, full) for way in answer.ways),
        frozenset({1, 2}),
        cut if more else EMPTY,
        printed=OUTCOMES if more else 0,
        lines=True,
        mark=1,
        roles=("strong",) * len(answer.ways),
    )


def _row(answer: Explored, wording: Wording, way: Way, full: bool) -> tuple[Cell, ...]:
    number: Text = same(f"{way.readings:,}")
    if way.always != way.readings:
        number = say("{number}; whatever the facts turn out: {grouped}", number=number, grouped=f"{way.always:,}")
    sets = [listed(map(wording.chosen, names)) for names in way.sufficient]
    shown = sets if full else sets[:SETS]
    more = [say("and {rest} more (--full prints all)", rest=len(sets) - len(shown))] if len(shown) < len(sets) else []
    why: Cell = say("every reading") if way.sufficient == [[]] else (*shown, *more)
    return outcome(way.outcome, wording, answer.space.level), same(percent(way.readings, answer.readings)), number, why


def outcome(found: Outcome, wording: Wording, level: str = "form") -> Text:
    """An outcome as a sentence, or in money as one for each creditor, debtor and set of assets."""
    if level in LEVELS:
        return wording.outcome(found)
    rows = [in_words(row, wording) for row in in_order(found)]
    return listed(rows, "\n") or say("nobody can be liable; there is nothing to settle")


def issues(answer: Explored, wording: Wording) -> Iterator[Block]:
    """Which issues matter, and how often; which are idle."""
    yield Heading(say("Which issues matter"))
    note = say("decides: in how many readings another position on this issue alone changes the outcome.")
    rows = tuple(
        (wording.issue(issue), same(issue), same(percent(number, answer.readings)))
        for issue, number in sorted(answer.decides.items(), key=lambda entry: (-entry[1], entry[0]))
    )
    if rows:
        columns = say("issue"), same("id"), say("decides")
        name = f"{answer.space.case}-issues"
        yield Table(name, say("the issues that matter"), columns, rows, frozenset({2}), note, whole=0)
    idle = say(
        "issues that are idle here ({count}): {issues}", count=len(answer.idle), issues=", ".join(answer.idle) or "—"
    )
    yield para(idle, "note", 1)


def tabled(answers: Sequence[Explored], wording: Wording, left_out: Sequence[str] = ()) -> Iterator[Block]:
    """The answer of `space` for several cases: issues against cases, the most decisive first.

    `left_out` are cases that state no loss, where outcomes are told apart by money.
    """
    letters = {one.space.case: str(i) for i, one in enumerate(answers, 1)}
    issues = dict.fromkeys(issue for one in answers for issue in one.decides)
    order = sorted(issues, key=lambda issue: (-sum(_share(one, issue) for one in answers), issue))
    counts = (say("outcomes"), *(same(len(one.ways)) for one in answers))
    rows = ((same(issue), *(_decides(one, issue) for one in answers)) for issue in order)
    note = say(
        "per cent: in how many readings another position on this issue alone changes the outcome; · idle. Ordered by the sum over the cases."
    )
    columns = say("issue"), *map(same, letters.values())
    yield Table("issues", say("the issues that matter"), columns, (counts, *rows), splits=True)
    yield para(listed(f"{letter} {case}" for case, letter in letters.items()), depth=1)
    yield para(note, "note", 1)
    never = [
        issue for issue in wording.base.issues if issue not in issues and all(issue in one.idle for one in answers)
    ]
    yield para(say("idle in all: {issues}", issues=", ".join(never) or "—"), "note", 1)
    if left_out:
        yield para(say("no loss stated, so left out: {cases}", cases=", ".join(left_out)), depth=1)


def _share(answer: Explored, issue: str) -> Fraction:
    return Fraction(answer.decides.get(issue, 0), answer.readings)


def _decides(answer: Explored, issue: str) -> Text:
    return same(percent(answer.decides[issue], answer.readings)) if issue in answer.decides else same("·")


def percent(part: int, whole: int) -> str:
    """A share with one decimal; what is not all is never shown as all, and what is not nothing never as nothing."""
    if part in (0, whole):
        return "100%" if part else "0%"
    tenths = min(max(round(Fraction(1000 * part, whole)), 0), 1000)
    if tenths in (0, 1000):
        return ">99.9%" if tenths else "<0.1%"
    return f"{tenths // 10}.{tenths % 10}%"
