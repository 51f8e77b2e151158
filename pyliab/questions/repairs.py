"""Smallest changes of facts and positions: what has to be otherwise for something to follow, each tried from scratch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from pyliab.asp import symbols as atoms
from pyliab.asp.changes import Change, ChangeProgram, Smallest
from pyliab.asp.open_facts import (
    UNDATED,
    OpenFact,
    Supposition,
    analysis_text,
    changed_case,
    open_case,
    open_rules,
)
from pyliab.asp.symbols import Program, Symbol
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice
from pyliab.law.liability import Key
from pyliab.law.world import World

LARGEST = 6
"""No changes of more facts and positions than these are looked for: nobody would call them near."""
Outcome = dict[Key, str]
"""What is owed: debtor, creditor and form, and whether that is certain or possible."""


@dataclass(frozen=True)
class Goal:
    """An atom that is to hold, or not to hold: in every completion, or (not `certain`) in one."""

    atom: Symbol
    holds: bool = True
    certain: bool = True


@dataclass
class Repair:
    """A minimal change, and what it leads to. `positions` are taken instead of, or beside, those of the reading."""

    positions: dict[str, str]
    facts: list[Supposition]
    size: int
    """The number of changes: a fact that gives way to another of its kind is not counted."""
    outcome: Outcome = field(default_factory=dict)

    @property
    def terms(self) -> frozenset[tuple[object, ...]]:
        """The single changes."""
        return frozenset([*self.positions.items(), *((one.word, one.args, one.standing) for one in self.facts)])

    def to_json(self, base: KnowledgeBase) -> dict[str, Any]:
        """The stable shape of the design."""
        return {
            "positions": self.positions,
            "facts": [fact_json(base, one) for one in self.facts],
            "outcome": outcome_json(self.outcome),
        }


@dataclass
class Found:
    """Repairs, smallest first; `cut` where more, or larger ones, may be left."""

    repairs: list[Repair]
    cut: bool


def outcome_json(outcome: Outcome) -> list[dict[str, str]]:
    """As in the answer of `compare`, with the creditor."""
    return [{"debtor": d, "creditor": v, "form": f, "status": s} for (d, v, f), s in sorted(outcome.items())]


class Repairer:
    """A case under a reading, both of which can be otherwise: `variables` are the facts, `positions` says if readings too."""

    def __init__(
        self,
        inquiry: World,
        case: CaseFile,
        choice: Choice,
        variables: Sequence[OpenFact],
        *,
        positions: bool = True,
        largest: int = LARGEST,
        more: Program | None = None,
    ) -> None:
        self.inquiry, self.case, self.choice, self.base = inquiry, case, choice, inquiry.base
        self._variables = {variable.symbol: variable for variable in variables}
        facts = atoms.plain(self.base.law_facts()) + open_case(self.base, case, variables)
        facts += atoms.plain(("taken", taken) for taken in choice.positions.items())
        facts += more or []
        if not positions:
            facts += atoms.plain([("positions_stay", ())])
        self.program = ChangeProgram(facts, _text(self.base), largest=largest, as_if_in_force=inquiry.as_if_in_force)

    def find(self, goals: Iterable[Goal], limit: int, *, spread: int | None = None) -> Found:
        """The smallest changes that reach one of the goals, at most `limit`, and not larger than the smallest by more than
        `spread`.

        Each is then tried: its outcome is that of the changed case under the changed reading, ground anew.
        """
        found: list[Repair] = []
        cut = False
        for goal in goals:
            search = self._search(goal, spread)
            if search is not None:
                more = [self._repair(change) for change in islice(search, limit + 1)]
                found += more
                cut = cut or search.cut or len(more) > limit
        kept = _minimal(found)
        for repair, outcome in zip(kept, self.outcomes(kept[:limit]), strict=False):
            repair.outcome = outcome
        return Found(kept[:limit], cut or len(kept) > limit)

    def _search(self, goal: Goal, spread: int | None) -> Smallest | None:
        """None where no facts and no reading reach the goal."""
        literal = self.program.literal(goal.atom)
        if literal is None:
            return None
        return Smallest(self.program, literal if goal.holds else -literal, certain=goal.certain, spread=spread)

    def outcomes(self, repairs: Sequence[Repair]) -> list[Outcome]:
        """What is owed after each change: all the changed cases ground anew, together, as cases of their own."""
        cases = [
            replace(changed_case(self.base, self.case, one.facts), id=f"{self.case.id}_{i}")
            for i, one in enumerate(repairs)
        ]
        fresh = World(self.base, cases, as_if_in_force=self.inquiry.as_if_in_force)
        found = []
        for case, repair in zip(cases, repairs, strict=True):
            liabilities = fresh.outcomes({**self.choice.positions, **repair.positions})[case.id]
            found.append({key: str(liability.status) for key, liability in liabilities.items()})
        return found

    def _repair(self, change: Change) -> Repair:
        facts = []
        for symbol, standing in change.facts:
            variable = self._variables[symbol]
            facts.append(Supposition(variable.word, variable.args, _standing(variable, standing), variable.own))
        return Repair(dict(change.positions), facts, change.size)


def _minimal(repairs: Iterable[Repair]) -> list[Repair]:
    """Each once, none that contains another; smallest first, of equal ones those of the reading before those of facts."""
    kept: list[Repair] = []
    for repair in sorted(
        repairs, key=lambda one: (one.size, len(one.terms), len(one.facts), sorted(map(str, one.terms)))
    ):
        if not any(other.terms <= repair.terms for other in kept):
            kept.append(repair)
    return kept


def _standing(variable: OpenFact, name: str) -> Any:
    return next(standing for standing in variable.offered if standing == name)


def _text(base: KnowledgeBase) -> str:
    law = (path.read_text(encoding="utf-8") for path in base.rule_files)
    return "\n".join([*law, analysis_text("changes.lp", "flip.lp"), open_rules(base)])


def fact_json(base: KnowledgeBase, one: Supposition) -> dict[str, Any]:
    """`{"fact": {"knows": {"platform": "site", ..}}, "status": .., "instead_of": ..}`: the fact as a case file has it."""
    arguments = base.vocabulary[one.word].arguments[1:]
    given = {argument.key: value for argument, value in zip(arguments, one.args, strict=True) if value != UNDATED}
    return {"fact": {one.word: given}, "status": one.standing, "instead_of": one.own}
