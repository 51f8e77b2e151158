"""All outcomes of a case over all readings, what suffices for each, and which issues matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from pyliab.answers.blocks import Block, Cell, Heading, Table, para
from pyliab.answers.views.liability import title
from pyliab.answers.views.money import in_words
from pyliab.answers.wording import Wording
from pyliab.kb.reading import taken
from pyliab.space.diagram import VOID, number_of
from pyliab.space.space import LEVELS, Explored, Outcome, Way, in_order
from pyliab.text.amounts import Portion
from pyliab.text.say import EMPTY, Text, listed, same, say

SETS, OUTCOMES = 5, 10
"""How many sufficient sets of an outcome are written unless all are asked for, and how many outcomes."""


def explored(answer: Explored, wording: Wording, *, full: bool = False, count: bool = False) -> Iterator[Block]:
    """The answer of `space` for one case; with `count`, in how many readings."""
    space = answer.space
    if wording.case:
        yield from title(wording, wording.case, space.reading or "")
    yield from overview(answer, wording, count=count)
    yield outcomes(answer, wording, full=full, count=count)
    if space.level not in LEVELS or any(not way.outcome for way in answer.ways):
        yield para(say("The liability of the direct wrongdoer is presupposed, not derived."), "note", 1, apart=True)
    yield from issues(answer, wording, count=count)


def overview(answer: Explored, wording: Wording, *, count: bool = False) -> Iterator[Block]:
    """How many readings and outcomes there are, and what is in dispute."""
    space = answer.space
    number = say("readings: {number}; ", number=f"{answer.readings:,}") if count else EMPTY
    yield para(say("{readings}outcomes: {count}", readings=number, count=len(answer.ways)))
    if space.fixed:
        yield para(say("({reading} settles {count} issues)", reading=space.reading, count=len(space.fixed)), "note")
    if space.disputed:
        yield para(in_dispute(space.disputed, wording), depth=1)
        yield para(say("Under one reading several outcomes may result as the facts turn out."), "note", 1)
    if count:
        yield para(say("A number of readings is no probability: nobody weighed the positions."), "note", 1)
    if any(way.credence for way in answer.ways):
        note = say(
            "In brackets what your weights come to, those on one issue independent of those on another; a range where issues without weights, or disputed facts, decide."
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


def outcomes(answer: Explored, wording: Wording, *, full: bool = False, count: bool = False) -> Table:
    """Every outcome with what suffices for it, and with what was asked: the weights that lead there, a number of readings."""
    more = 0 if full else max(len(answer.ways) - OUTCOMES, 0)
    case = answer.space.case
    cut = say("and {more} more outcomes: {command}", more=more, command=wording.command("space", case, "--full"))
    weighed = any(way.credence for way in answer.ways)
    columns = [say("outcome"), *([say("credence")] if weighed else []), *([say("readings")] if count else [])]
    leads = _named(answer, wording)
    return Table(
        f"{case}-outcomes",
        say("all outcomes, and what suffices for each"),
        (*columns, say("readings that lead there as they are"), say("any one of these suffices")),
        tuple(_row(answer, wording, way, full, count, leads.get(way.outcome, [])) for way in answer.ways),
        frozenset(range(1, len(columns))),
        cut if more else EMPTY,
        printed=OUTCOMES if more else 0,
        lines=True,
        mark=1 if weighed else 0,
        roles=("strong",) * len(answer.ways),
    )


def _named(answer: Explored, wording: Wording) -> dict[Outcome, list[str]]:
    """By outcome the named readings that lead there, whatever they leave open and however the facts turn out."""
    space, leads = answer.space, dict[Outcome, list[str]]()
    for name, reading in wording.base.readings.items():
        own = {**taken(reading), **space.fixed}
        ends = space.diagram.possible(own) - {VOID}
        if len(ends) == 1 and own == {**own, **taken(reading)}:
            leads.setdefault(space.outcomes[number_of(ends.pop())], []).append(name)
    return leads


def _row(
    answer: Explored, wording: Wording, way: Way, full: bool, count: bool, leads: Sequence[str]
) -> tuple[Cell, ...]:
    number: Text = same(f"{way.readings:,}")
    if way.always != way.readings:
        number = say("{number}; whatever the facts turn out: {grouped}", number=number, grouped=f"{way.always:,}")
    sets = [listed(map(wording.chosen, names)) for names in way.sufficient]
    shown = sets if full else sets[:SETS]
    more = [say("and {rest} more (--full prints all)", rest=len(sets) - len(shown))] if len(shown) < len(sets) else []
    why: Cell = say("every reading") if way.sufficient == [[]] else (*shown, *more)
    asked = [*([same(_percent(way.credence))] if way.credence else []), *([number] if count else [])]
    return outcome(way.outcome, wording, answer.space.level), *asked, same(", ".join(leads)), why


def outcome(liabilities: Outcome, wording: Wording, level: str = "form") -> Text:
    """An outcome as a sentence, or in money as one for each creditor, debtor and set of assets."""
    if level in LEVELS:
        return wording.outcome(liabilities)
    rows = [in_words(row, wording) for row in in_order(liabilities)]
    return listed(rows, "\n") or say("nobody can be liable; there is nothing to settle")


def issues(answer: Explored, wording: Wording, *, count: bool = False) -> Iterator[Block]:
    """Which issues matter, those that decide in the most readings first; which are idle."""
    yield Heading(say("Which issues matter"))
    note = say("decides: in how many readings another position on this issue alone changes the outcome.")
    rows = tuple(
        (wording.issue(issue), same(issue), *([same(f"{number:,}")] if count else []))
        for issue, number in sorted(answer.decides.items(), key=lambda entry: (-entry[1], entry[0]))
    )
    if rows:
        columns = say("issue"), same("id"), *([say("decides")] if count else [])
        name = f"{answer.space.case}-issues"
        yield Table(
            name,
            say("the issues that matter"),
            columns,
            rows,
            frozenset({2} if count else ()),
            note if count else EMPTY,
            whole=0,
        )
    idle = say(
        "issues that are idle here ({count}): {issues}", count=len(answer.idle), issues=", ".join(answer.idle) or "—"
    )
    yield para(idle, "note", 1)


def tabled(answers: Sequence[Explored], wording: Wording, left_out: Sequence[str] = ()) -> Iterator[Block]:
    """The answer of `space` for several cases: issues against cases, the most decisive first.

    `left_out` are cases that state no loss, where outcomes are told apart by money.
    """
    letters = {row.space.case: str(i) for i, row in enumerate(answers, 1)}
    issues = dict.fromkeys(issue for answer in answers for issue in answer.decides)
    order = sorted(issues, key=lambda issue: (-sum(_share(answer, issue) for answer in answers), issue))
    counts = (say("outcomes"), *(same(len(answer.ways)) for answer in answers))
    rows = ((same(issue), *(_decides(answer, issue) for answer in answers)) for issue in order)
    note = say(
        "× another position on this issue alone changes the outcome of some reading; · idle. Those that decide most come first."
    )
    columns = say("issue"), *map(same, letters.values())
    yield Table("issues", say("the issues that matter"), columns, (counts, *rows), splits=True)
    yield para(listed(f"{letter} {case}" for case, letter in letters.items()), depth=1)
    yield para(note, "note", 1)
    never = [
        issue
        for issue in wording.base.issues
        if issue not in issues and all(issue in answer.idle for answer in answers)
    ]
    yield para(say("idle in all: {issues}", issues=", ".join(never) or "—"), "note", 1)
    if left_out:
        yield para(say("no loss stated, so left out: {cases}", cases=", ".join(left_out)), depth=1)


def _share(answer: Explored, issue: str) -> Fraction:
    return Fraction(answer.decides.get(issue, 0), answer.readings)


def _decides(answer: Explored, issue: str) -> Text:
    return same("×") if answer.decides.get(issue) else same("·")


def _percent(portion: Portion) -> str:
    """A share with one decimal, or its range; what is not all is never shown as all, and what is not nothing never as nothing."""
    return "–".join(dict.fromkeys(map(_tenths, (portion.low, portion.high))))


def _tenths(share: Fraction) -> str:
    tenths = round(1000 * share)
    if tenths in (0, 1000) and share not in (0, 1):
        return ">99.9%" if tenths else "<0.1%"
    return f"{tenths // 10}.{tenths % 10}%" if tenths % 10 else f"{tenths // 10}%"
