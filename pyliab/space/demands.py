"""Demands on readings, taken together: which readings meet them all, and which demands cannot be met together.

A demand is a diagram over issues with the leaves YES, NO and VOID, as `minimal_sets` reads it. Knows no law.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property

from pyliab.asp.cubes import Uncovered
from pyliab.asp.program import shrink
from pyliab.space.diagram import VOID, Diagram, Ref, Store, Variable
from pyliab.space.minimal_sets import NO, YES
from pyliab.text.later import dataclass


def opposite(demand: Diagram) -> Diagram:
    """What does not meet the demand."""
    return demand.mapped(lambda ref: {YES: NO, NO: YES}.get(ref, ref))


def always(demand: Diagram) -> dict[str, str]:
    """By variable the value that all choices have that meet the demand; only where some choice does not."""
    left = {variable.name: _left(demand, variable) for variable in demand.variables}
    return {name: values[0] for name, values in left.items() if len(values) == 1}


def never(demand: Diagram) -> list[tuple[str, str]]:
    """Variables with a value that no choice has that meets the demand."""
    left = {variable: _left(demand, variable) for variable in demand.variables}
    return [(v.name, value) for v, values in left.items() for value in v.values if value not in values]


def _left(demand: Diagram, variable: Variable) -> list[str]:
    """The values with which the demand can still be met."""
    return [value for value in variable.values if YES in demand.possible({variable.name: value})]


class Demands:
    """Named demands in one store, their variables in the order given."""

    def __init__(self, demands: Mapping[str, Diagram], order: Sequence[str]) -> None:
        self._demands, self._order = demands, order
        self._met: dict[tuple[Ref, Ref], Ref] = {}

    @cached_property
    def variables(self) -> tuple[Variable, ...]:
        """Everything on which some demand depends."""
        known = {variable.name: variable for demand in self._demands.values() for variable in demand.variables}
        return tuple(known[name] for name in self._order if name in known)

    @cached_property
    def _store(self) -> Store:
        return Store([len(variable.values) for variable in self.variables])

    @cached_property
    def _refs(self) -> dict[str, Ref]:
        places = {variable.name: place for place, variable in enumerate(self.variables)}
        return {name: demand.moved(self._store, places) for name, demand in self._demands.items()}

    def together(self, names: Iterable[str]) -> Diagram:
        """What meets all of these."""
        ref = self._store.part({})
        for name in names:
            key = ref, self._refs[name]
            if key not in self._met:
                self._met[key] = self._store.merge(key, _all)
            ref = self._met[key]
        return Diagram(self.variables, self._store, ref)

    def possible(self, names: Iterable[str]) -> bool:
        """Does something meet all of these?"""
        return YES in self.together(names).possible({})


def _all(refs: tuple[Ref, ...]) -> Ref:
    return VOID if VOID in refs else YES if set(refs) == {YES} else NO


@dataclass(frozen=True)
class Standing:
    """Of some demands the minimal sets that cannot be met together, and the largest that can; both complete."""

    conflicts: list[list[str]]
    largest: list[list[str]]


def standing(names: Sequence[str], possible: Callable[[Sequence[str]], bool]) -> Standing:
    """Which of these stand together, asking `possible` as seldom as need be: a part of what is possible is possible."""
    conflicts, largest = list[list[str]](), list[list[str]]()
    seeds = Uncovered(dict.fromkeys(names, ("in", "out")))
    while (seed := seeds.next()) is not None:
        chosen = [name for name in names if seed[name] == "in"]
        if possible(chosen):
            largest.append(_grown(chosen, names, possible))
            seeds.block({name: frozenset(["in"]) for name in names if name not in largest[-1]})
        else:
            conflicts.append(shrink(lambda part: not possible(part), chosen))
            seeds.block({name: frozenset(["out"]) for name in conflicts[-1]})
    return Standing(_shortest_first(conflicts, names), _shortest_first(largest, names)[::-1])


def _grown(chosen: Collection[str], names: Sequence[str], possible: Callable[[Sequence[str]], bool]) -> list[str]:
    grown = list(chosen)
    for name in names:
        if name not in grown and possible([*grown, name]):
            grown.append(name)
    return [name for name in names if name in grown]


def _shortest_first(sets: Iterable[Sequence[str]], names: Sequence[str]) -> list[list[str]]:
    place = {name: number for number, name in enumerate(names)}
    return [list(names) for names in sorted(sets, key=lambda names: (len(names), [place[name] for name in names]))]
