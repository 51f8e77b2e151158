"""All ways in which something could follow: the ground instances of the rules, of a program in which facts stand open.

The program is the rewritten law (`rewrite.py`); clingo grounds every instance that some standing of the facts and some
reading allow, and its `_head` and `_body` atoms name them. What holds in the case itself, and what can hold, is asked of
the same program; so each condition of an instance is met, or is missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from clingo import Symbol

from pyliab.asp.program import GroundProgram
from pyliab.asp.reasons import Condition, Instance
from pyliab.asp.rewrite import Rewritten

FAR = 10**9


@dataclass(frozen=True)
class World:
    """What holds in every completion of a reading and of the facts in dispute, and what holds in some."""

    certain: frozenset[Symbol]
    possible: frozenset[Symbol]

    def meets(self, condition: Condition) -> bool:
        """Is a condition met in every completion? Comparisons hold in every instance; of sets nothing can be said."""
        if condition.kind == "pos":
            return condition.term[0] in self.certain
        return condition.kind != "neg" or condition.term[0] not in self.possible

    def allows(self, condition: Condition) -> bool:
        """Is a condition met in some completion?"""
        if condition.kind == "pos":
            return condition.term[0] in self.possible
        return condition.kind != "neg" or condition.term[0] not in self.certain


def world(program: GroundProgram, assumptions: Sequence[int], *, settled: bool) -> World:
    """The world under some assumptions; where nothing is left open, one answer set shows all.

    The program may show nothing in particular: what is not shown would not be seen here.
    """
    if settled:
        model = frozenset(program.witness(assumptions) or ())
        return World(model, model)
    certain, possible = (frozenset(program.consequences(assumptions, mode) or ()) for mode in ("cautious", "brave"))
    return World(certain, possible)


class Graph:
    """Atoms and the rule instances that could conclude them, with the number of conditions that each still lacks."""

    def __init__(self, program: GroundProgram, rewritten: Rewritten, actual: World) -> None:
        self.rewritten, self.actual = rewritten, actual
        self._heads: dict[Symbol, list[Instance]] = defaultdict(list)
        self._bodies: dict[Instance, list[tuple[int, Condition]]] = defaultdict(list)
        by_signature = program.control.symbolic_atoms.by_signature
        for atom in by_signature("_head", 3):
            rule, values, head = atom.symbol.arguments
            self._heads[head].append((str(rule), values))
        for atom in by_signature("_body", 4):
            rule, values, place, literal = atom.symbol.arguments
            condition = Condition(literal.name, tuple(literal.arguments))
            self._bodies[(str(rule), values)].append((place.number, condition))
        for conditions in self._bodies.values():
            conditions.sort(key=lambda entry: entry[0])
        self._least: dict[Symbol, frozenset[Condition]] = {}
        self._distances: dict[Instance, tuple[int, int, int, str]] = {}
        self._absent: dict[Instance, list[Condition]] = {}

    def atoms(self, name: str) -> list[Symbol]:
        """The atoms of a predicate that some instance could conclude."""
        return sorted((atom for atom in self._heads if atom.name == name), key=str)

    def instances(self, atom: Symbol) -> list[Instance]:
        """The instances that could conclude an atom, nearest first."""
        return sorted(self._heads.get(atom, ()), key=self.distance)

    def conditions(self, instance: Instance) -> list[Condition]:
        """The body, in the order of the rule."""
        return [condition for _, condition in self._bodies[instance]]

    def missing(self, instance: Instance) -> list[Condition]:
        """The conditions that are not met."""
        if instance not in self._absent:
            found = [condition for condition in self.conditions(instance) if not self.actual.meets(condition)]
            self._absent[instance] = found
        return self._absent[instance]

    def bindings(self, instance: Instance) -> dict[str, Symbol]:
        """The values of the rule's variables."""
        return dict(zip(self.rewritten.variables[instance[0]], instance[1].arguments, strict=True))

    def lacks(self, instance: Instance) -> int:
        """How many facts and positions its nearest ways lack, each counted once; FAR where no way leads there."""
        lacking = self._lacking(instance)
        return FAR if lacking is None else len(lacking)

    def _far(self, lacking: Collection[Condition]) -> tuple[int, int]:
        """Of two ways that lack as much, the nearer one lacks what some completion has."""
        return len(lacking), sum(not self.actual.allows(condition) for condition in lacking)

    def distance(self, instance: Instance) -> tuple[int, int, int, str]:
        """How far an instance is from being met, to put instances in order."""
        if instance not in self._distances:
            lacking = self._lacking(instance)
            far = (FAR, 0) if lacking is None else self._far(lacking)
            self._distances[instance] = (*far, len(self.missing(instance)), str(instance))
        return self._distances[instance]

    def _lacking(self, instance: Instance) -> frozenset[Condition] | None:
        found: set[Condition] = set()
        for condition in self.missing(instance):
            if condition.kind == "pos" and condition.term[0] in self._heads:
                below = self._least.get(condition.term[0])
                if below is None:
                    return None
                found |= below
            else:
                found.add(condition)
        return frozenset(found)

    def reckon(self, goals: Iterable[Symbol]) -> None:
        """Find, for each atom below the goals, what its nearest instance lacks: from the leaves up, until none is nearer."""
        self._distances.clear()
        waiting, below = list(goals), dict[Symbol, None]()
        while waiting:
            atom = waiting.pop()
            if atom in below or atom not in self._heads:
                continue
            below[atom] = None
            for instance in self._heads[atom]:
                waiting += [c.term[0] for c in self.missing(instance) if c.kind == "pos"]
        changed = True
        while changed:
            changed = False
            for atom in reversed(below):
                for instance in self._heads[atom]:
                    lacking, known = self._lacking(instance), self._least.get(atom)
                    if lacking is not None and (known is None or self._far(lacking) < self._far(known)):
                        self._least[atom] = lacking
                        changed = True

    def below(self, goals: Iterable[Symbol]) -> set[Symbol]:
        """All atoms on which the goals can depend, whether they are to hold or not to hold."""
        waiting, found = list(goals), set[Symbol]()
        while waiting:
            atom = waiting.pop()
            if atom not in found:
                found.add(atom)
                conditions = (c for instance in self._heads.get(atom, ()) for _, c in self._bodies[instance])
                waiting += [c.term[0] for c in conditions if c.kind in ("pos", "neg")]
        return found

    def accepting(self, atom: Symbol) -> set[Symbol]:
        """The positions each of which by itself, the facts as they are, would have the atom follow."""
        return self._accepting(atom, frozenset())

    def _accepting(self, atom: Symbol, above: frozenset[Symbol]) -> set[Symbol]:
        found: set[Symbol] = set()
        for instance in self._heads.get(atom, ()):
            needed = [condition.term[0] for condition in self.missing(instance) if condition.kind == "pos"]
            if len(needed) == len(self.missing(instance)) and needed and not {atom, *needed} & above:
                ways = [{one} if one.name == "position" else self._accepting(one, above | {atom}) for one in needed]
                found |= set.intersection(*ways)
        return found
