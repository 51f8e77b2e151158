"""The smallest changes of a case and of a reading under which something follows: exact, smallest first.

The program is the law with `rules/analysis/hypotheses.lp` and `changes.lp`. What follows has to follow in every completion
of what the reading leaves open and of the facts in dispute, which one answer set cannot show: each answer is therefore
tested, and where some completion fails, the minimal reason is forbidden for all further answers (a counterexample-guided
search). Domain recording, which does without the loop, would neither order the answers by size nor see completions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from clingo import Function, Number, Symbol

from pyliab.asp.atoms import Program, constant
from pyliab.asp.solver import GroundProgram

Choice = tuple[str, Symbol, Symbol]
"""A choice of the program: ("position", Issue, Position), ("status", Fact, Standing) or ("effective", Fact, Standing)."""


@dataclass(frozen=True)
class Change:
    """A minimal change. `facts` are all that stand otherwise, those among them that give way to others included."""

    positions: tuple[tuple[str, str], ...]
    facts: tuple[tuple[Symbol, str], ...]
    size: int


class ChangeProgram(GroundProgram):
    """A case and a reading that can be otherwise. `largest` bounds the size of the changes asked for."""

    def __init__(self, facts: Program, text: str, *, largest: int, as_if_in_force: bool = False) -> None:
        sizes: Program = [([Function("size", [Number(k)])], False) for k in range(largest + 1)]
        super().__init__([], [*facts, *sizes], as_if_in_force=as_if_in_force, text=text)
        self.largest = largest
        self._own = self._pairs("own")
        by_signature = self.control.symbolic_atoms.by_signature
        self._varied = {atom.symbol.arguments[0] for atom in by_signature("varied", 1)}
        self._exact = not any(by_signature("incompatible", 4))
        """Do all completions of a change stand together? If not, a counterexample speaks for its own change alone."""

    def _pairs(self, name: str) -> set[tuple[Symbol, Symbol]]:
        found = self.control.symbolic_atoms.by_signature(name, 2)
        return {(atom.symbol.arguments[0], atom.symbol.arguments[1]) for atom in found}

    def most(self, size: int) -> int:
        """The assumption that no more than `size` things are changed."""
        return self._must(Function("most", [Number(size)]))

    def _must(self, symbol: Symbol) -> int:
        literal = self.literal(symbol)
        assert literal is not None, symbol
        return literal

    def question(self) -> int:
        """A new atom, free: what is forbidden for one question is forbidden under its assumption only."""
        with self.control.backend() as backend:
            atom = backend.add_atom()
            backend.add_rule([atom], [], choice=True)
        return int(atom)

    def forbid(self, literals: Iterable[int]) -> None:
        """These literals do not hold together in any further answer."""
        with self.control.backend() as backend:
            backend.add_rule([], list(literals))


class Smallest:
    """All minimal changes under which `goal` holds, one by one, smallest first; `cut` where a larger one may be left.

    With `certain` the goal has to hold in every completion of the changed reading and case, otherwise in one.
    """

    def __init__(self, program: ChangeProgram, goal: int, *, certain: bool = True) -> None:
        self.program, self.goal, self.certain = program, goal, certain
        self.cut = False
        self._here = program.question()

    def __iter__(self) -> Iterator[Change]:
        for size in range(self.program.largest + 1):
            yield from self._of_size(size)
            if not self.program.satisfiable([self.goal, self._here]):
                return
        self.cut = True

    def _of_size(self, size: int) -> Iterator[Change]:
        while (model := self.program.witness([self.goal, self._here, self.program.most(size)])) is not None:
            changes = [symbol for symbol in model if symbol.name == "change"]
            fails = self._reason_of_failure(model) if self.certain else None
            if fails is not None:
                self.program.forbid([self._here, *fails])
                continue
            self.program.forbid([self._here, *(self.program._must(symbol) for symbol in changes)])
            yield self._change(model, changes)

    def _change(self, model: Sequence[Symbol], changes: Sequence[Symbol]) -> Change:
        taken = [symbol.arguments[0].arguments for symbol in changes if symbol.arguments[0].name == "take"]
        stands = [tuple(symbol.arguments) for symbol in model if symbol.name == "status"]
        own, varied = self.program._own, self.program._varied
        facts = sorted(
            ((fact, str(s)) for fact, s in stands if fact in varied and (fact, s) not in own),
            key=lambda one: str(one[0]),
        )
        return Change(tuple(sorted((str(i), str(p)) for i, p in taken)), tuple(facts), len(changes))

    def _reason_of_failure(self, model: Sequence[Symbol]) -> list[int] | None:
        """None if the goal holds in every completion; else literals that no answer may have together."""
        pinned = {symbol.arguments[0] for symbol in model if symbol.name == "pinned"}
        fixed = [s for s in model if s.name == "status" or (s.name == "position" and s.arguments[0] in pinned)]
        open_ = [-lit for issue in self._issues() if (lit := self._pin(issue)) and issue not in pinned]
        held = [self.program._must(symbol) for symbol in fixed] + [self.program._must(self._pinned(i)) for i in pinned]
        counter = self.program.witness([*held, *open_, -self.goal])
        if counter is None:
            return None
        if not self.program._exact:
            return [*held, *open_]
        varied = self.program._varied
        world = [s for s in counter if s.name == "position" or (s.name == "effective" and s.arguments[0] in varied)]
        return [self.program._must(_may(symbol)) for symbol in self._core(world)]

    def _issues(self) -> set[Symbol]:
        return {constant(issue) for issue, _ in self.program.positions}

    def _pinned(self, issue: Symbol) -> Symbol:
        return Function("pinned", [issue])

    def _pin(self, issue: Symbol) -> int | None:
        return self.program.literal(self._pinned(issue))

    def _core(self, world: Sequence[Symbol]) -> list[Symbol]:
        """A minimal part of a world that excludes the goal. Few of many are needed, so they are dropped by halves first."""
        named = {self.program._must(symbol): symbol for symbol in world}
        kept = list(named)
        chunk = len(kept)
        while chunk:
            start = 0
            while start < len(kept):
                rest = kept[:start] + kept[start + chunk :]
                if self.program.satisfiable([*rest, self.goal, self._here]):
                    start += chunk
                else:
                    kept = rest
            chunk //= 2
        return [named[literal] for literal in kept]


def _may(symbol: Symbol) -> Symbol:
    """`may(take(Issue, Position))` or `may(stand(Fact, Standing))`: some completion has it so."""
    name = "take" if symbol.name == "position" else "stand"
    return Function("may", [Function(name, symbol.arguments)])
