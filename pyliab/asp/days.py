"""Days of which only a span is known: each falls on one of finitely many days, which stand for all that the span holds.

A rule can only compare days, with one another and with the days on which the law changes. So a span is cut at the
changes of the law and at the other days of the case, and within a piece one day is as good as another. Where several
spans overlap, a piece has as many days as there are spans, so that each order of them comes about.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from clingo import Function, Number, Symbol

from pyliab.asp import symbols as atoms
from pyliab.asp.program import ChoiceProgram
from pyliab.asp.symbols import TOLD_ON, Program
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile, Fact
from pyliab.text.amounts import Days, day, ends_of, span
from pyliab.text.later import dataclass

FALLS = "falls"
"""`falls(Case, Event, From, To, Date)`: the day of the event is Date, which stands for those from From to To."""
ONE_DAY = datetime.timedelta(days=1)
Piece = tuple[int, int, int]
"""First and last day of a part of a span, and a day that stands for it, as numbers yyyymmdd."""


@dataclass(frozen=True)
class Event:
    """What happened within a span, as an atom with the span in it; and all that is told of its day."""

    symbol: Symbol
    days: Days
    facts: tuple[Fact, ...]
    pieces: tuple[Piece, ...] = ()

    def falls(self) -> list[Symbol]:
        """The days on which it may have been, one of which it was."""
        case = self.symbol.arguments[0]
        return [Function(FALLS, [case, self.symbol, *map(Number, piece)]) for piece in self.pieces]


def events(base: KnowledgeBase, case: CaseFile) -> list[Event]:
    """What has a span for its day, each with its pieces."""
    found = list(_events(base, case))
    if not found:
        return []
    cuts = sorted({*_turns(base), *_turns_of(case)})
    spans = [event.days for event in found]
    return [Event(e.symbol, e.days, e.facts, tuple(_pieces(e.days, cuts, spans))) for e in found]


def _events(base: KnowledgeBase, case: CaseFile) -> Iterator[Event]:
    if isinstance(case.doc.when, Days):
        yield Event(occurred(case, case.doc.when), case.doc.when, ())
    told: dict[tuple[object, ...], list[Fact]] = {}
    for fact in case.facts:
        if span_of(fact):
            told.setdefault(_same_day(base, fact), []).append(fact)
    for facts in told.values():
        yield Event(atoms.fact_symbol(case.id, facts[0]), span_of(facts[0]) or Days(), tuple(facts))


def span_of(fact: Fact) -> Days | None:
    """The span that a fact has for its day, if it has one."""
    return next((value for value in fact.args if isinstance(value, Days)), None)


def _same_day(base: KnowledgeBase, fact: Fact) -> tuple[object, ...]:
    """What facts have in common that are told of one event: `is dated notice Person Platform` names it and whose it is."""
    word = base.predicates[fact.word]
    event, *keys = next(iter(word.marked("dated")), (fact.word, *(a.name for a in word.arguments[1:])))
    values = {argument.name: value for argument, value in zip(word.arguments[1:], fact.args, strict=True)}
    return event, span_of(fact), *(values[key] for key in keys)


def occurred(case: CaseFile, on: int | Days) -> Symbol:
    """The fact that a case is of a day."""
    return atoms.function("occurred", atoms.constant(case.id), atoms.term(on))


def on_day(fact: Fact, day: int) -> Fact:
    """The fact with a day in the place of its span."""
    return replace(fact, args=tuple(day if isinstance(value, Days) else value for value in fact.args))


def case_program(base: KnowledgeBase, case: CaseFile) -> Program:
    """The facts of a case: proved and disproved as facts, disputed as a choice between the two.

    What has a span for its day is told of each day on which it may fall, see `atoms.dispute_rules`.
    """
    program: Program = [] if isinstance(case.doc.when, Days) else [([occurred(case, case.doc.when)], False)]
    if case.doc.judgment and case.doc.judgment.decided:
        program += atoms.plain([("decided", (case.id, day(case.doc.judgment.decided)))])
    for fact in case.facts:
        if not span_of(fact):
            program += _stated(case, fact)
    return program + day_program(base, case, lambda fact: atoms.fact_symbol(case.id, fact))


def day_program(
    base: KnowledgeBase, case: CaseFile, symbol: Callable[[Fact], Symbol], told: Callable[[Fact], Symbol] | None = None
) -> Program:
    """Where the event may fall, and `told_on(Case, Event, Date, Fact, As)` for each day what is so if it was that day.

    `symbol` writes a fact on a day; `As` is its status, or how it is `told` with its span.
    """
    program: Program = []
    for event in events(base, case):
        for falls in event.falls():
            of, name, *_, on = falls.arguments
            program.append(([Function("may_fall", falls.arguments)], False))
            rows = [(symbol(on_day(f, on.number)), told(f) if told else atoms.constant(f.status)) for f in event.facts]
            for fact, how in rows or [(occurred(case, on.number), atoms.constant("proved"))]:
                program.append(([Function(TOLD_ON, [of, name, on, fact, how])], True))
    return program


def alternatives(base: KnowledgeBase, case: CaseFile) -> dict[Symbol, list[Symbol]]:
    """What the facts leave open: of an event the days on which it may fall, then of a disputed fact that or its opposite."""
    dated = events(base, case)
    pairs = [on_day(f, piece[2]) for event in dated for f in event.facts for piece in event.pieces]
    pairs = [fact for fact in [*case.facts, *pairs] if fact.status == "disputed" and not span_of(fact)]
    facts = [[atoms.fact_symbol(case.id, fact, positive) for positive in (True, False)] for fact in pairs]
    return {**{event.symbol: event.falls() for event in dated}, **{sides[0]: sides for sides in facts}}


def is_day(symbol: Symbol) -> bool:
    """Does the atom say on which day something fell?"""
    return symbol.name == FALLS


def around(symbol: Symbol, like: Collection[Symbol], every: Sequence[Symbol]) -> Symbol:
    """The days around one that are like it, as one span: of a piece that is not wholly among them, only its days."""
    place = every.index(symbol)
    run = [*takewhile(like.__contains__, every[place:]), *takewhile(like.__contains__, reversed(every[:place]))]
    rest = {day.arguments[2] for day in every if day not in run}
    starts = (day.arguments[4 if day.arguments[2] in rest else 2] for day in run)
    ends = (day.arguments[4 if day.arguments[2] in rest else 3] for day in run)
    return Function(FALLS, [*symbol.arguments[:2], min(starts), max(ends), symbol.arguments[4]])


def literal_of(program: ChoiceProgram, symbol: Symbol) -> int:
    """The literal of a fact; of a day, whatever span is said of it, that of the day by which it is told."""
    days = (
        (lit for day, lit in program.literals(FALLS).items() if _told(day) == _told(symbol)) if is_day(symbol) else ()
    )
    return program.literal(symbol) or next(iter(days), 0)


def spans_of(model: Iterable[Symbol]) -> dict[int, Days]:
    """In an answer set, the days that stand for others, each with the span of these."""
    days = ([argument.number for argument in atom.arguments[2:]] for atom in model if is_day(atom))
    return {day: span(first, last) for first, last, day in days if first < day < last}


def _told(day: Symbol) -> tuple[Symbol, Symbol]:
    return day.arguments[1], day.arguments[4]


def _stated(case: CaseFile, fact: Fact) -> Program:
    positive, negative = atoms.fact_symbol(case.id, fact), atoms.fact_symbol(case.id, fact, False)
    if fact.status == "disputed":
        return [([positive, negative], True)]
    return [([positive if fact.status == "proved" else negative], False)]


def _turns(base: KnowledgeBase) -> Iterator[datetime.date]:
    """The days on which the law changes."""
    for provision in base.provisions.values():
        yield _date(provision.in_force.days[0])
        if provision.in_force.end:
            yield _after(provision.in_force.days[1])
    yield from (datetime.date.fromisoformat(reform.from_) for reform in base.reforms.values())


def _turns_of(case: CaseFile) -> Iterator[datetime.date]:
    """The days of the case itself, and those after them."""
    dated = (value for fact in case.facts for value in fact.args if isinstance(value, int | Days))
    for first, last in map(ends_of, (case.doc.when, *dated)):
        yield from (_date(first), _after(last))


def _pieces(days: Days, cuts: Iterable[datetime.date], spans: Sequence[Days]) -> Iterator[Piece]:
    start, end = _date(days.first), _after(days.last)
    for first, after in pairwise([start, *(cut for cut in cuts if start < cut < end), end]):
        beside = sum(span.first <= _number(first) <= span.last for span in spans)
        # Where several days lie in one piece, its own first and last are told apart: nothing comes before one, or after the other.
        inner = [first + ONE_DAY, after - ONE_DAY] if beside > 1 and after - first > 2 * ONE_DAY else []
        for low, high in pairwise([first, *inner, after]):
            length = (high - low).days
            count = min(length, beside)
            # Alone, a day in the middle, which is no day of the law; of several, the first and the last are among them.
            places = [length // 2] if count == 1 else [place * (length - 1) // (count - 1) for place in range(count)]
            yield from ((_number(low), _number(high - ONE_DAY), _number(low + place * ONE_DAY)) for place in places)


def _date(number: int) -> datetime.date:
    return datetime.date(number // 10_000, number // 100 % 100, number % 100)


def _after(number: int) -> datetime.date:
    return _date(number) + ONE_DAY


def _number(date: datetime.date) -> int:
    return int(date.strftime("%Y%m%d"))
