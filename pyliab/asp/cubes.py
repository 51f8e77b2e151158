"""When does a mark of a case's outcome hold? Answered over all readings, by cubes in which it is decided.

A variable is an issue with its positions, or a disputed fact with its two sides. A full reading takes one value for every
variable; a cube leaves some values out, and holds every full reading that takes none of these. Values are left out rather
than taken, because "any position but this one" is then one cube and not many. What is said of a cube is proved by the
solver, not sampled.

Each mark is covered by itself. Outcomes are combinations of marks, and may be as many as the product of what bears on
each; what bears on one mark is little.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from pathlib import Path

from clingo import Control, Function, Symbol

from pyliab.asp.program import GroundProgram
from pyliab.asp.relax import VOID, relaxed
from pyliab.asp.symbols import Program
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError
from pyliab.text.say import say

Mark = tuple[str, ...]
Full = dict[str, str]
Cube = dict[str, frozenset[str]]
"""By variable the values left out; a variable that loses none is not named."""
Variables = dict[str, dict[str, int]]
"""By variable the solver literal of each of its values."""


@dataclass(frozen=True)
class Piece:
    """A cube in which a mark holds, or does not, under every full reading."""

    cube: Cube
    holds: bool


@dataclass(frozen=True)
class Within:
    """Where a mark holds, to ask there alone about another: its literal, and the pieces found for it."""

    mark: int
    pieces: Sequence[Piece]


class MarkProgram(GroundProgram):
    """The law with `rules/analysis/space.lp`, ground for some cases, its constraints read as conclusions."""

    def __init__(self, rule_files: Iterable[Path], facts: Program, *, as_if_in_force: bool = False) -> None:
        files = list(rule_files)
        super().__init__(files, facts, as_if_in_force=as_if_in_force, text=relaxed(files))
        self._fixed: list[int] = []
        self._marks: dict[tuple[str, str], dict[Mark, int]] = {}
        for atom in self.control.symbolic_atoms.by_signature("_mark", 3):
            case, level, mark = atom.symbol.arguments
            names = tuple(str(argument) for argument in mark.arguments)
            self._marks.setdefault((str(case), str(level)), {})[names] = atom.literal

    @property
    def void(self) -> int | None:
        """Holds where positions cannot stand together; None where all can."""
        return self.literal(Function(VOID))

    def marks(self, case: str, level: str) -> dict[Mark, int]:
        """The marks that a case can have under some reading, with their literals."""
        return dict(sorted(self._marks.get((case, level), {}).items()))

    def variables(self, open_facts: Mapping[Symbol, Sequence[Symbol]]) -> Variables:
        """What can vary: every issue, and what the facts leave open: a fact or its opposite, one day or another."""
        variables: Variables = {}
        for (issue, position), literal in self.positions.items():
            variables.setdefault(issue, {})[position] = literal
        for fact, sides in open_facts.items():
            literals = [self.literal(side) for side in sides]
            variables[str(fact)] = {str(s): lit for s, lit in zip(sides, literals, strict=True) if lit is not None}
        return variables

    def fix(self, positions: Mapping[str, str]) -> None:
        """From now on these positions are taken in every question."""
        self._fixed = self.assume(positions)

    def core(self, assumptions: Sequence[int]) -> list[int] | None:
        """Some of the assumptions that cannot hold together (beside what is fixed), or None if all can."""
        self._configure("auto", models=1)
        with self.control.solve(assumptions=[*self._fixed, *assumptions], yield_=True) as handle:
            return (
                None
                if handle.model() is not None
                else [literal for literal in handle.core() if literal not in self._fixed]
            )

    def possible_and_certain(
        self, assumptions: Sequence[int], literals: Mapping[Mark, int]
    ) -> tuple[set[Mark], set[Mark]]:
        """Which of these hold in some answer set (beside what is fixed), and which in every one."""
        taken = [*self._fixed, *assumptions]
        return set(self.can_hold(taken, literals)), set(self.must_hold(taken, literals))


class Cover:
    """Covers all full readings of one case, mark by mark. `progress` hears how many pieces there are so far."""

    def __init__(
        self, program: MarkProgram, variables: Variables, progress: Callable[[int], None] = lambda _: None
    ) -> None:
        self.program, self.variables, self.progress = program, variables, progress
        self._found = 0
        self._mattered: dict[str, set[str]] = {}

    def pieces(self, mark: int, within: Within | None = None, likely: Collection[str] = ()) -> list[Piece]:
        """Pieces that cover all full readings: every one lies in a piece that says whether the mark holds under it.

        With `within` they cover the full readings under which another mark holds, and are right of these alone: what they
        say of others, and whether they agree there, is nothing. Raises InputError where the rules leave it open whether
        the mark holds, or contradict themselves. `likely` are variables that may matter, as a hint.
        """
        uncovered = Uncovered(self.variables)
        taken = [] if within is None else [within.mark]
        for piece in () if within is None else within.pieces:
            if not piece.holds:
                uncovered.block(piece.cube)
        pieces: list[Piece] = []
        while (full := uncovered.next()) is not None:
            mattered = {name for piece in pieces for name in piece.cube}
            pieces.append(self._piece(full, mark, taken, mattered.union(likely)))
            uncovered.block(pieces[-1].cube)
            self._found += 1
            self.progress(self._found)
        return pieces

    def all_pieces(self, marks: Mapping[Mark, int], within: Within | None = None) -> dict[Mark, list[Piece]]:
        """The pieces of many marks. Those that hold always, or never, are known from two questions for all together."""
        taken = [] if within is None else [within.mark]
        possible, certain = self.program.possible_and_certain(taken, marks)
        return {
            mark: self._open(mark, literal, within)
            if mark in possible and mark not in certain
            else [Piece({}, mark in certain)]
            for mark, literal in marks.items()
        }

    def _open(self, mark: Mark, literal: int, within: Within | None) -> list[Piece]:
        """The pieces of a mark that is open; what mattered to another that shares a name with it matters here as a rule."""
        known = (self._mattered[name] for name in mark if name in self._mattered)
        pieces = self.pieces(literal, within, min(known, key=len, default=set()))
        for name in mark:
            self._mattered.setdefault(name, set()).update(variable for piece in pieces for variable in piece.cube)
        return pieces

    def void(self) -> list[Piece]:
        """Pieces that say where positions cannot stand together; none where all can."""
        return self.pieces(self.program.void) if self.program.void is not None else []

    def _piece(self, full: Full, mark: int, taken: Sequence[int], likely: Container[str]) -> Piece:
        """The cube around a full reading, out of the likely variables where they are enough."""
        left_out = {
            -literal: (name, other)
            for name, value in full.items()
            for other, literal in self.variables[name].items()
            if other != value
        }
        cores = [(goal, self.program.core([goal, *taken, *left_out])) for goal in (-mark, mark)]
        decided = [(goal, core) for goal, core in cores if core is not None]
        if len(decided) != 1:
            why = (
                say("the rules contradict themselves")
                if decided
                else say("do the rules choose anything but positions?")
            )
            message = say("no outcome follows from a full reading of this case: {why}", why=why)
            raise InputError(message)
        goal, core = decided[0]
        needed = set(core)
        excluding = [literal for literal in left_out if literal in needed]
        near = [literal for literal in excluding if left_out[literal][0] in likely]

        few = self.program.core([goal, *taken, *near]) if near else None
        if few is not None:
            excluding = [literal for literal in near if literal in few]
        cube: dict[str, set[str]] = {}
        for literal in self.program.minimal_core([goal, *taken], excluding):
            name, value = left_out[literal]
            cube.setdefault(name, set()).add(value)
        return Piece({name: frozenset(values) for name, values in cube.items()}, goal == -mark)


class Uncovered:
    """Finds full readings outside the cubes noted so far. Knows neither law nor case."""

    def __init__(self, values: Mapping[str, Iterable[str]]) -> None:
        self._control = Control(["1"])
        self._literals: dict[tuple[str, str], int] = {}
        with self._control.backend() as backend:
            for name, known in values.items():
                row = {(name, value): backend.add_atom() for value in known}
                two = backend.add_atom()
                backend.add_rule(list(row.values()), choice=True)
                backend.add_weight_rule([two], 2, [(atom, 1) for atom in row.values()])
                backend.add_rule([], [two])
                backend.add_rule([], [-atom for atom in row.values()])
                self._literals.update(row)

    def block(self, cube: Cube) -> None:
        """Look no more inside this cube."""
        left_out = [self._literals[name, value] for name, values in cube.items() for value in sorted(values)]
        with self._control.backend() as backend:
            backend.add_rule([], [-literal for literal in left_out])

    def next(self, taken: Mapping[str, str] | None = None) -> Full | None:
        """A full reading outside all cubes, or None if they cover everything; only readings that take what is `taken`."""
        assumptions = [self._literals[choice] for choice in (taken or {}).items()]
        with self._control.solve(assumptions=assumptions, yield_=True) as handle:
            model = handle.model()
            if model is None:
                return None
            return {name: value for (name, value), literal in self._literals.items() if model.is_true(literal)}
