"""The smallest answer sets of a program: fewest facts first, one of each kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from clingo import Control, Symbol

from pyliab.asp.scripts import failure
from pyliab.asp.symbols import Program, add
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError


@dataclass(frozen=True)
class Smallest:
    """An answer set with the fewest facts: its shown atoms, and the number of facts."""

    shown: list[Symbol]
    cost: int


class SmallestProgram:
    """A program with a `#minimize`, ground once and asked for optimal answer sets, again and again."""

    def __init__(self, text: str, facts: Program, watch: Callable[[int], None] = lambda _: None) -> None:
        self.control = Control(["--opt-strategy=usc", "--warn=none"], message_limit=10_000)
        self.watch = watch
        try:
            self.control.add("base", [], text)
            with self.control.backend() as backend:
                add(backend, facts)
            self.control.ground([("base", [])])
        except RuntimeError as error:
            raise InputError(failure(str(error)) or str(error)) from None

    def literals(self, name: str) -> dict[Symbol, int]:
        """The atoms of one predicate with their solver literals."""
        return {atom.symbol: atom.literal for atom in self.control.symbolic_atoms if atom.symbol.name == name}

    def smallest(self, assumptions: Sequence[int] = ()) -> Smallest | None:
        """An optimal answer set under the assumptions, or None."""
        best: Smallest | None = None
        with self.control.solve(assumptions=list(assumptions), yield_=True) as handle:
            for model in handle:
                best = Smallest(list(model.symbols(shown=True)), model.cost[0])
                self.watch(best.cost)
        return best

    def possible(self, assumptions: Sequence[int]) -> bool:
        """Is there an answer set under the assumptions, however many facts it states?"""
        solve: Any = self.control.configuration.solve
        solve.opt_mode = "ignore"
        found = bool(self.control.solve(assumptions=list(assumptions)).satisfiable)
        solve.opt_mode = "opt"
        return found

    def forbid(self, literals: Sequence[int]) -> None:
        """No later answer set has all of these."""
        with self.control.backend() as backend:
            backend.add_rule([], list(literals))
