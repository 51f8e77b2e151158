"""What settlement reads, world by world: the law alone, asked for every answer set. Slow, and written without diagrams."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from clingo import Symbol

from pyliab.asp import symbols as atoms
from pyliab.asp.program import GroundProgram
from pyliab.kb.base import KnowledgeBase
from pyliab.law.world import MONEY
from pyliab.money.conclusions import Completion, Conclusion, Ledger

READ = {"owed": 4, "covers": 6, "terms": 6, "recourse": 7, "reduced": 4, **MONEY}
"""The conclusions that settlement reads, with their arity."""
OF_ANYBODY = ("covers", "owes_rest", "unknown_pays")
"""Those of which settlement does not ask with whom."""


def worlds(program: GroundProgram, positions: dict[str, str]) -> Iterator[list[Symbol]]:
    """What settlement may read in each answer set, each set of atoms once."""
    program._configure("auto", models=0)
    seen = set()
    with program.control.solve(assumptions=program.assume(positions), yield_=True) as handle:
        for model in handle:
            held = frozenset(s for s in model.symbols(atoms=True) if READ.get(s.name) == len(s.arguments))
            if held not in seen:
                seen.add(held)
                yield sorted(held)


def said(base: KnowledgeBase, case: str, symbols: Iterable[Symbol]) -> Iterator[Conclusion]:
    """What is concluded of a case in one world."""
    for symbol in symbols:
        if READ.get(symbol.name) == len(symbol.arguments) and str(symbol.arguments[0]) == case:
            one = Conclusion.of(base.predicates[symbol.name], [str(atoms.value(a)) for a in symbol.arguments[1:]])
            places = dict(one.places)
            if symbol.name in OF_ANYBODY:
                places["with"] = "any"
            if places.get("with") != "nobody":
                yield replace(one, places=tuple(places.items()))


def completion(ledger: Ledger, harms: frozenset[str], conclusions: Sequence[Conclusion]) -> Completion:
    """What these conclusions say of some harms."""
    return Completion.of(one for one in conclusions if ledger.bears_on(one, harms)).within(harms)
