"""The whole space of readings of a case, exactly: every outcome, how many readings lead to it, and what suffices for it.

A full reading takes one position on every issue. Facts in dispute are variables too, asked after all issues; a reading
is counted for every outcome that can result under it as these turn out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from math import prod
from typing import Any, NotRequired, TypedDict

from pyliab.asp import symbols as atoms
from pyliab.asp.cubes import Cover, Mark, MarkProgram, Piece, Variables
from pyliab.asp.days import alternatives, around, case_program, is_day
from pyliab.asp.open_facts import analysis_file
from pyliab.asp.program import APART
from pyliab.asp.symbols import parse
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.memo import Memo
from pyliab.kb.reading import written
from pyliab.law.liability import Asked
from pyliab.law.world import World, world_of
from pyliab.space.credence import Weights, credence
from pyliab.space.diagram import VOID, Diagram, Ref, Row, Store, Variable, leaf, number_of
from pyliab.space.minimal_sets import sufficient, verdict
from pyliab.text.amounts import Portion
from pyliab.text.encode import UNSAID, Answer, to_json
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError
from pyliab.text.say import say

LEVELS = {"form": ("debtor", "creditor", "form"), "debtor": ("debtor", "creditor")}
"""How closely outcomes are told apart by liabilities, with what a mark of `rules/analysis/space.lp` is made of."""
TOGETHER = 12
"""So many cases are ground at once: of more, each of hundreds of short questions takes longer than is saved."""

Outcome = frozenset[Any]
"""The liabilities of a case under one reading, as marks, empty where nobody is liable; or what it comes to in
money (pyliab/money/by_money.py), in parts that have a `place` in their order."""
Progress = Callable[[str, int], None]
"""Hears which case is at work and how many pieces of its space were found."""


@dataclass(frozen=True)
class Space:
    """All readings of one case. `diagram` has the variables on which anything depends, issues before disputed facts.

    `outcomes` are what the numbers of its leaves stand for; `idle` are the issues left out of it, with how many
    positions each has; `fixed` positions are taken by every reading of this space.
    """

    case: str
    level: str
    diagram: Diagram
    outcomes: list[Outcome]
    idle: Mapping[str, int]
    disputed: Sequence[str]
    fixed: Mapping[str, str] = field(default_factory=dict)
    reading: str | None = None

    @cached_property
    def issues(self) -> list[str]:
        """The issues that the diagram asks, in its order."""
        return [v.name for v in self.diagram.variables if v.name not in self.disputed]

    @cached_property
    def by_law(self) -> tuple[Diagram, list[frozenset[Outcome]]]:
        """The diagram of the issues alone, and for each number of it what may result as the facts turn out."""
        diagram, sets = self.diagram.collapsed(len(self.issues))
        return diagram, [frozenset(self.outcomes[number] for number in numbers) for numbers in sets]

    @property
    def spare(self) -> int:
        """In how many ways the idle issues can be answered."""
        return prod(self.idle.values())

    def under(self, positions: Mapping[str, str], reading: str | None = None) -> Space:
        """The space that is left when these positions are taken, as a reading's own. Raises InputError where none is."""
        diagram = self.diagram.restricted({k: v for k, v in positions.items() if k in self.issues})
        if diagram.root == VOID:
            raise InputError(APART)
        idle = {issue: size for issue, size in self.idle.items() if issue not in positions}
        return Space(self.case, self.level, diagram, self.outcomes, idle, self.disputed, dict(positions), reading)


@dataclass(frozen=True)
class Way:
    """One outcome: under how many readings it can result, under how many whatever the facts, and what suffices for it.

    `credence` is what those who lead there have of a scholar's weights, where these were given.
    """

    outcome: Outcome
    readings: int
    always: int
    sufficient: list[list[str]]
    credence: Portion | None = None


class Written(TypedDict):
    """An outcome as it is written: by liabilities, or in money in the shapes of `settle`."""

    liabilities: NotRequired[list[dict[str, str]]]
    money: NotRequired[list[Any]]
    readings: int
    always: int
    sufficient: list[list[str]]
    credence: NotRequired[Portion]


class WrittenSpace(TypedDict):
    """What `space` answers of one case, as it is written; counts are exact, and may be larger than 2^53."""

    case: str
    reading: str | None
    level: str
    readings_total: int
    outcomes: list[Written]
    relevant_issues: list[str]
    idle_issues: list[str]
    decides: dict[str, int]
    disputed_facts: list[str]
    fixed: list[str]


@dataclass(frozen=True)
class Explored(Answer):
    """What `space` answers of one case. `decides` has every relevant issue, with in how many readings it decides."""

    space: Space
    readings: int
    ways: list[Way]
    decides: dict[str, int]
    idle: list[str]
    asked: Asked | None = field(default=None, kw_only=True, metadata=UNSAID)

    def to_json(self) -> WrittenSpace:
        """The stable shape of the design."""
        return {
            "case": self.space.case,
            "reading": self.space.reading,
            "level": self.space.level,
            "readings_total": self.readings,
            "outcomes": [_written(self.space.level, way) for way in self.ways],
            "relevant_issues": list(self.decides),
            "idle_issues": self.idle,
            "decides": self.decides,
            "disputed_facts": list(self.space.disputed),
            "fixed": written(self.space.fixed),
        }


def _written(level: str, way: Way) -> Any:
    owed = (
        {"liabilities": liabilities(level, way.outcome)}
        if level in LEVELS
        else {"money": to_json(in_order(way.outcome))}
    )
    weighed = {"credence": way.credence.to_json()} if way.credence else {}
    return {**owed, "readings": way.readings, "always": way.always, "sufficient": way.sufficient, **weighed}


def in_order(outcome: Outcome) -> list[Any]:
    """The marks or amounts of an outcome, always in the same order."""
    return sorted(outcome, key=_place)


def _place(mark: Any) -> Any:
    return getattr(mark, "place", mark)


def liabilities(level: str, outcome: Outcome) -> list[dict[str, str]]:
    """The liabilities of an outcome as plain data, in order."""
    return [dict(zip(LEVELS[level], mark, strict=True)) for mark in sorted(outcome)]


def answer(space: Space, weights: Weights | None = None) -> Explored:
    """Everything that is asked of a space; with `weights` on positions, what these come to for each outcome."""
    diagram, sets = space.by_law
    counts = {sets[number_of(ref)]: n * space.spare for ref, n in diagram.counts().items() if ref != VOID}
    ways = [_way(space, number, counts, weights) for number in space.diagram.numbers]
    named = {position.partition("=")[0] for way in ways for choices in way.sufficient for position in choices}
    decides = {
        issue: space.diagram.deciding(level, len(space.issues)) * space.spare
        for level, issue in enumerate(space.issues)
    }
    # An issue that by itself never decides may still exclude a position that does: then a sufficient set names it.
    relevant = {issue: n for issue, n in decides.items() if n or issue in named}
    idle = [*space.idle, *(issue for issue in space.issues if issue not in relevant)]
    ways.sort(
        key=lambda way: (
            -way.credence.high if way.credence else 0,
            -way.readings,
            [_place(mark) for mark in in_order(way.outcome)],
        )
    )
    return Explored(space, sum(counts.values()), ways, relevant, idle)


def _way(space: Space, number: int, counts: Mapping[frozenset[Outcome], int], weights: Weights | None) -> Way:
    outcome = space.outcomes[number]
    asked = verdict(space.diagram, [number])
    sets = sufficient(asked)
    return Way(
        outcome,
        sum(n for possible, n in counts.items() if outcome in possible),
        counts.get(frozenset([outcome]), 0),
        [choices(space, chosen) for chosen in sets],
        credence(asked, weights) if weights is not None else None,
    )


def choices(space: Space, chosen: Mapping[str, str]) -> list[str]:
    """Choices as text: `issue=position`, and a disputed fact as the fact or its opposite."""
    return [value if name in space.disputed else f"{name}={value}" for name, value in chosen.items()]


class Explorer:
    """Reckons the spaces of cases."""

    def __init__(
        self,
        base: KnowledgeBase,
        *,
        as_if_in_force: bool = False,
        more: Iterable[tuple[str, tuple[str | int, ...]]] = (),
        progress: Progress = lambda _case, _found: None,
    ) -> None:
        """`more` are further facts of law."""
        self.base, self.as_if_in_force, self.progress = base, as_if_in_force, progress
        self._more = list(more)
        self._together: World | None = None

    def explore_all(self, cases: Sequence[CaseFile]) -> Iterator[Space]:
        """The spaces of many cases. Of these `TOGETHER` are ground at once, since most of what is ground is the law."""
        for start in range(0, len(cases), TOGETHER):
            few = cases[start : start + TOGETHER]
            self._together = World(self.base, few, as_if_in_force=self.as_if_in_force)
            yield from map(self.explore, few)

    def explore(self, case: CaseFile, level: str = "form", *, fixed: Mapping[str, str] | None = None) -> Space:
        """The space of one case; with positions `fixed`, only what these leave open.

        Raises InputError where outcomes do not follow from readings, and where no reading is consistent.
        """
        if self._more:
            return self._explored(case, level, fixed or {})
        asked = self.as_if_in_force, level, frozenset((fixed or {}).items())
        return _SPACES.get(self.base, [case], asked, lambda: self._explored(case, level, fixed or {}))

    def _explored(self, case: CaseFile, level: str, fixed: Mapping[str, str]) -> Space:
        cover, disputed = self.begin(case, fixed)
        pieces = cover.all_pieces(cover.program.marks(case.id, level))
        space = _space(case.id, level, cover.variables, disputed, pieces, cover.void())
        return replace(space, fixed=dict(fixed))

    def _program(self, case: CaseFile) -> MarkProgram:
        if self._more:
            facts = [*atoms.plain([*self.base.law_facts(), *self._more]), *case_program(self.base, case)]
            files = [*self.base.rule_files, analysis_file("space.lp")]
            return MarkProgram(files, facts, as_if_in_force=self.as_if_in_force)
        if self._together and self._together.cases.get(case.id) is case:
            return self._together.marks
        return world_of(self.base, case, as_if_in_force=self.as_if_in_force).marks

    def begin(self, case: CaseFile, fixed: Mapping[str, str] | None = None) -> tuple[Cover, list[str]]:
        """The case ready to be covered, with positions `fixed` or none, and its disputed facts."""
        return cover_of(self.base, self._program(case), case, fixed, lambda count: self.progress(case.id, count))


_SPACES = Memo[Space](256)


def cover_of(
    base: KnowledgeBase,
    program: MarkProgram,
    case: CaseFile,
    fixed: Mapping[str, str] | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> tuple[Cover, list[str]]:
    """A case ready to be covered, with positions `fixed` or none, and its disputed facts."""
    disputed = alternatives(base, case)
    variables = program.variables(disputed)
    program.fix(fixed or {})
    left = {name: values for name, values in variables.items() if name not in (fixed or {})}
    return Cover(program, left, progress), list(map(str, disputed))


def _space(
    case: str,
    level: str,
    variables: Variables,
    disputed: Sequence[str],
    pieces: Mapping[Mark, list[Piece]],
    void: list[Piece],
) -> Space:
    """Put the pieces of all marks, and of what cannot stand together, into one diagram."""
    order = asked([*pieces.values(), void], variables)
    store = Store([len(variable.values) for variable in order])
    held = [store.build(rows(of_mark, order)) for of_mark in pieces.values()]
    forbidden = store.build(rows(void, order)) if void else leaf(False)
    outcomes: dict[Outcome, int] = {}

    def join(refs: tuple[Ref, ...]) -> Ref:
        if number_of(refs[0]):
            return VOID
        outcome = frozenset(mark for mark, ref in zip(pieces, refs[1:], strict=True) if number_of(ref))
        return leaf(outcomes.setdefault(outcome, len(outcomes)))

    root = store.merge([forbidden, *held], join)
    return whole_space(case, level, Diagram(tuple(order), store, root), list(outcomes), variables, disputed)


def whole_space(
    case: str,
    level: str,
    diagram: Diagram,
    outcomes: list[Outcome],
    variables: Variables,
    disputed: Sequence[str],
) -> Space:
    """The space of this diagram. Raises InputError where no reading is left."""
    for place, variable in enumerate(diagram.variables):
        if is_day(parse(variable.values[0])):
            diagram = diagram.coarser(place, _days)
    if diagram.root == VOID:
        message = say("no reading is consistent: the positions exclude each other")
        raise InputError(message)
    left_out = variables.keys() - {variable.name for variable in diagram.variables} - set(disputed)
    idle = {name: len(values) for name, values in variables.items() if name in left_out}
    return Space(case, level, diagram, outcomes, idle, disputed)


def _days(run: Sequence[str], every: Sequence[str]) -> str:
    """Days that follow one another as one span."""
    days = dict(zip(every, map(parse, every), strict=True))
    return str(around(days[run[0]], [days[name] for name in run], list(days.values())))


def asked(covered: Iterable[Iterable[Piece]], variables: Variables) -> list[Variable]:
    """The variables on which pieces depend, in order."""
    names = {name for pieces in covered for piece in pieces for name in piece.cube}
    return [Variable(name, tuple(values)) for name, values in variables.items() if name in names]


def rows(pieces: Iterable[Piece], order: Sequence[Variable]) -> list[Row]:
    """Pieces with places in the order instead of names, and the values that are left instead of those left out."""
    places = {variable.name: i for i, variable in enumerate(order)}
    return [
        (
            {
                places[name]: frozenset(
                    i for i, value in enumerate(order[places[name]].values) if value not in left_out
                )
                for name, left_out in piece.cube.items()
            },
            int(piece.holds),
        )
        for piece in pieces
    ]
