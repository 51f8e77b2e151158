"""Which positions the rules speak of: from their syntax trees, through the places that share their variables.

`position(issue, answer)` names one. Where a rule has a variable there, `position(issue, X)`, it passes on whatever the
answer is; the rules speak of those answers that stand, as constants, in a place where X may come from or go.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import field
from pathlib import Path
from typing import Any

from clingo import ast as A

from pyliab.asp.syntax import atoms_of, rules_of
from pyliab.text.later import dataclass

Place = tuple[str, int]
"""A predicate and the number of one of its arguments."""


@dataclass
class PositionsInRules:
    """Positions named one by one, with where, and for each issue all answers that the rules tell from others."""

    named: list[tuple[str, str, Any]] = field(default_factory=list)
    issues: dict[str, Any] = field(default_factory=dict)
    _links: dict[Place, set[Place]] = field(default_factory=lambda: defaultdict(set))
    _constants: dict[Place, set[str]] = field(default_factory=lambda: defaultdict(set))

    def answers(self, issue: str) -> set[str]:
        """The answers to an issue of which some rule speaks."""
        seen, waiting = set[Place](), [(f"position:{issue}", 1)]
        while waiting:
            place = waiting.pop()
            if place not in seen:
                seen.add(place)
                waiting += self._links[place]
        return {constant for place in seen for constant in self._constants[place]}

    def rule(self, node: Any) -> None:
        """Take in one rule."""
        places: dict[str, set[Place]] = defaultdict(set)
        for atom, _ in atoms_of(node.head, *node.body):
            name = atom.name
            if (name, len(atom.arguments)) == ("position", 2):
                issue = _constant(atom.arguments[0])
                if issue is None:
                    continue
                name = f"position:{issue}"
                self.issues.setdefault(issue, atom.location)
                if answer := _constant(atom.arguments[1]):
                    self.named.append((issue, answer, atom.location))
            for number, argument in enumerate(atom.arguments):
                if argument.ast_type == A.ASTType.Variable:
                    places[argument.name].add((name, number))
                elif constant := _constant(argument):
                    self._constants[name, number].add(constant)
        for linked in places.values():
            for place in linked:
                self._links[place] |= linked


def positions_in(files: Iterable[Path]) -> PositionsInRules:
    """The positions of which these rule files speak."""
    positions = PositionsInRules()
    for rule in rules_of(files):
        positions.rule(rule)
    return positions


def _constant(term: Any) -> str | None:
    return str(term) if term.ast_type == A.ASTType.SymbolicTerm and str(term).isidentifier() else None
