"""The reasons in a model of the rewritten program: for each atom its well-founded supports, none of them circular."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from clingo import Symbol

from pyliab.asp.rewrite import Condition, Instance, Rewritten


class Reasons:
    """Supports of the atoms of one model."""

    def __init__(self, atoms: Iterable[Symbol], rewritten: Rewritten) -> None:
        self.rewritten = rewritten
        self.true: set[Symbol] = set()
        self._heads: dict[Symbol, list[Instance]] = defaultdict(list)
        self._bodies: dict[Instance, list[tuple[int, Condition]]] = defaultdict(list)
        self._elements: dict[tuple[str, Symbol, int], list[Symbol]] = defaultdict(list)
        for atom in atoms:
            self._take(atom, *rewritten.read(atom))
        for supports in self._heads.values():
            if len(supports) > 1:  # a symbol is slow to write out
                supports.sort(key=rewritten.written)
        for conditions in self._bodies.values():
            conditions.sort(key=lambda entry: entry[0])
        self.level: dict[Symbol, int] = {}
        self._why: dict[Symbol, Instance] = {}
        self._texts: dict[str, int] = {}
        self._rank()

    def _take(self, atom: Symbol, kind: str, *parts: Any) -> None:
        if kind == "_head":
            head, instance = parts
            self._heads[head].append(instance)
        elif kind == "_body":
            instance, place, condition = parts
            self._bodies[instance].append((place, condition))
        elif kind == "_element":
            place, behind = parts
            self._elements[place].append(behind)
        elif kind != "_fire":
            self.true.add(atom)

    def level_of(self, atom: str) -> int:
        """The height of an atom (given as text) above the facts."""
        return self._levels_by_text().get(atom, 0)

    def _levels_by_text(self) -> dict[str, int]:
        if not self._texts:
            self._texts = {str(atom): level for atom, level in self.level.items()}
        return self._texts

    def support(self, atom: Symbol) -> Instance | None:
        """The lowest support of an atom; None for facts and choices."""
        return self._why.get(atom)

    def supports(self, atom: Symbol) -> list[Instance]:
        """All rule instances that derive the atom."""
        return list(self._heads.get(atom, []))

    def fires(self, instance: Instance) -> bool:
        """Is this rule applied so in the model?"""
        return instance in self._bodies

    def bindings(self, instance: Instance) -> dict[str, Symbol]:
        """The values of the rule's variables."""
        return dict(zip(self.rewritten.variables[instance[0]], instance[1].arguments, strict=True))

    def conditions(self, instance: Instance) -> list[tuple[Condition, list[Symbol]]]:
        """The body in the order of the rule; for aggregates and conditions also the atoms behind them."""
        return [(c, sorted(self._elements.get((*instance, i), []), key=str)) for i, c in self._bodies[instance]]

    def _needs(self, instance: Instance) -> set[Symbol]:
        needs: set[Symbol] = set()
        for i, condition in self._bodies[instance]:
            if condition.kind == "pos":
                needs.add(condition.term[0])
            needs.update(self._elements.get((*instance, i), []))
        return needs

    def _rank(self) -> None:
        """Dowling and Gallier: breadth first from the facts, so the first support found is a lowest one."""
        waiting: dict[Symbol, list[tuple[Symbol, Instance]]] = defaultdict(list)
        missing: dict[tuple[Symbol, Instance], int] = {}
        queue = sorted((atom for atom in self.true if atom not in self._heads), key=str)
        self.level = dict.fromkeys(queue, 0)

        def derive(atom: Symbol, instance: Instance, level: int) -> None:
            if atom not in self.level:
                self.level[atom] = level
                self._why[atom] = instance
                queue.append(atom)

        for atom, instances in self._heads.items():
            for instance in instances:
                needs = self._needs(instance)
                missing[atom, instance] = len(needs)
                for need in needs:
                    waiting[need].append((atom, instance))
                if not needs:
                    derive(atom, instance, 1)
        for atom in queue:
            for key in waiting[atom]:
                missing[key] -= 1
                if not missing[key]:
                    derive(*key, self.level[atom] + 1)


class Meeting(Reasons):
    """Where two answer sets meet: what holds in both, by rules that both apply alike.

    An atom that holds in both, but by no rule that both apply, has no support here and yet is no fact.
    """

    def __init__(self, here: Reasons, there: Reasons) -> None:
        super().__init__((), here.rewritten)
        self.here, self.there = here, there
        self.true = here.true & there.true

    def fires(self, instance: Instance) -> bool:
        """Is this rule applied so in both?"""
        return self.here.fires(instance) and self.there.fires(instance)

    def support(self, atom: Symbol) -> Instance | None:
        """The lowest support of one of the two that is applied in the other as well."""
        lowest = (side.support(atom) for side in (self.here, self.there))
        return next((instance for instance in lowest if instance and self.fires(instance)), None)

    def supports(self, atom: Symbol) -> list[Instance]:
        """All rule instances that derive the atom in both."""
        return [instance for instance in self.here.supports(atom) if self.there.fires(instance)]

    def conditions(self, instance: Instance) -> list[tuple[Condition, list[Symbol]]]:
        """The body; behind aggregates and conditions only what holds in both."""
        conditions = self.here.conditions(instance)
        return [(condition, [atom for atom in behind if atom in self.true]) for condition, behind in conditions]
