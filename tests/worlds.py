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
MORE = {"beyond_loss": 10, "punitive_reached": 6, "concerns": 3}
"""The conclusions that settlement reads, with their arity."""
OF_ANYBODY = ("covers", "owes_rest", "unknown_pays")
"""Those of which settlement does not ask with whom."""


def worlds(program: GroundProgram, positions: dict[str, str]) -> Iterator[list[Symbol]]:
    """What settlement may read in each answer set, each set of atoms once."""
    program._configure("auto", models=0)
    seen = set()
    with program.control.solve(assumptions=program.assume(positions), yield_=True) as handle:
        for model in handle:
            known = {**READ, **MORE}
            held = frozenset(s for s in model.symbols(atoms=True) if known.get(s.name) == len(s.arguments))
            if held not in seen:
                seen.add(held)
                yield sorted(held)


def said(base: KnowledgeBase, case: str, symbols: Iterable[Symbol]) -> Iterator[Conclusion]:
    """What is concluded of a case in one world."""
    symbols = [symbol for symbol in symbols if symbol.arguments and str(symbol.arguments[0]) == case]
    yield from beyond(base, symbols)
    for symbol in symbols:
        if READ.get(symbol.name) == len(symbol.arguments) and str(symbol.arguments[0]) == case:
            one = Conclusion.of(base.predicates[symbol.name], [str(atoms.value(a)) for a in symbol.arguments[1:]])
            places = dict(one.places)
            if symbol.name in OF_ANYBODY:
                places["with"] = "any"
            if places.get("with") != "nobody":
                yield replace(one, places=tuple(places.items()))


def beyond(base: KnowledgeBase, symbols: Sequence[Symbol]) -> Iterator[Conclusion]:
    """What is owed beyond the loss: by each for its own act, and by who is jointly liable for that of another."""
    atoms_ = {name: [[str(a) for a in s.arguments[1:]] for s in symbols if s.name == name] for name in (*READ, *MORE)}
    concerned = {(str(s.arguments[1]), str(s.arguments[2])) for s in symbols if s.name == "concerns"}

    def one(name: str, *values: str) -> Conclusion:
        return Conclusion.of(base.predicates[name], values)

    for own, creditor, provision, key, *rest in (row for row in atoms_["beyond_loss"] if len(row) == 9):
        others = [row[0] for row in atoms_["punitive_reached"] if row[1:] == [own, creditor, provision, key]]
        head = f"head({provision},{key})"
        for debtor in (own, *others):
            pair, joint = (debtor, creditor, "beyond_loss"), [debtor, creditor, "joint_whole"]
            yield one("beyond_loss", debtor, creditor, provision, key, *rest)
            yield from (one("owed", *pair), one("terms", *pair, "whole", "at_once"), one("covers", *pair, "any", head))
            if debtor != own:
                yield one("direct", *pair, own, head)
                yield from (one("shares_equal", *pair) for row in atoms_["shares_equal"] if row == joint)
                for name in ("recourse", "recourse_of_other"):
                    rows = (row for row in atoms_[name] if row[:4] == [*joint, own] and (key, row[-1]) in concerned)
                    yield from (one(name, *pair, *row[3:-1], head) for row in rows)


def completion(ledger: Ledger, harms: frozenset[str], conclusions: Sequence[Conclusion]) -> Completion:
    """What these conclusions say of some harms."""
    return Completion.of(one for one in conclusions if ledger.bears_on(one, harms)).within(harms)
