"""The smallest answer sets of a program: fewest facts first, one of each kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from clingo import Symbol

from pyliab.asp.program import GroundProgram
from pyliab.asp.symbols import Program
from pyliab.text.later import dataclass


@dataclass(frozen=True)
class Smallest:
    """An answer set with the fewest facts: its shown atoms, and the number of facts."""

    shown: list[Symbol]
    cost: int


class SmallestProgram(GroundProgram):
    """A program with a `#minimize`, ground once and asked for optimal answer sets, again and again."""

    def __init__(self, text: str, facts: Program, watch: Callable[[int], None] = lambda _: None) -> None:
        super().__init__([], facts, text=text, options=("--opt-strategy=usc", "--opt-usc-shrink=min", "--warn=none"))
        self.watch = watch

    def smallest(self, assumptions: Sequence[int] = ()) -> Smallest | None:
        """An optimal answer set under the assumptions, or None."""
        best: Smallest | None = None
        self._configure("auto")
        with self.control.solve(assumptions=list(assumptions), yield_=True) as handle:
            for model in handle:
                best = Smallest(list(model.symbols(shown=True)), model.cost[0])
                self.watch(best.cost)
        return best

    def possible(self, assumptions: Sequence[int]) -> bool:
        """Is there an answer set under the assumptions, however many facts it states?"""
        self._solving.opt_mode = "ignore"
        possible = self.satisfiable(assumptions)
        self._solving.opt_mode = "opt"
        return possible
