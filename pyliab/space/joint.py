"""Functions of the same choices taken together: what they come to over all choices, without listing these.

What each function comes to is summed `together`; choices stand beside one another, `either` this or that. Functions that
share no variable are summed apart. So time grows with the size of the functions, not with the number of choices.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from pyliab.space.diagram import VOID, Ref, Store, number_of

T = TypeVar("T")
_Parts = tuple[tuple[int, Ref], ...]
"""What is left of some of the functions, each with its place among all."""


class _Leaf(NamedTuple):
    """The place of a function, and the number it comes to; None where the choice cannot be made."""

    place: int
    number: int | None


class _Sum(NamedTuple):
    """Steps that stand beside one another, or `apart`, of which all hold."""

    apart: bool
    steps: list[int]


class Joint:
    """Some functions of one store. What they come to can be asked often: how they go together is found once."""

    def __init__(self, store: Store, functions: Sequence[Ref]) -> None:
        self._store = store
        self._support: dict[Ref, frozenset[int]] = {}
        self._places: dict[_Parts, int] = {}
        self._steps: list[_Leaf | _Sum] = []
        self._end = self._step(tuple(enumerate(functions)))

    def total(
        self,
        value: Callable[[int, int | None], T],
        either: Callable[[list[T]], T],
        together: Callable[[list[T]], T],
    ) -> T:
        """What the functions come to over all choices. `value` says what a number of the function in a place stands for.

        `together` has to distribute over `either`, and `either` must not count how often something occurs.
        """
        values: list[T] = []
        for step in self._steps:
            if isinstance(step, _Leaf):
                values.append(value(*step))
            else:
                values.append((together if step.apart else either)([values[place] for place in step.steps]))
        return values[self._end]

    def _step(self, parts: _Parts) -> int:
        """The place of the step that sums these parts; those that it needs come before it."""
        if parts not in self._places:
            self._steps.append(self._made(parts))
            self._places[parts] = len(self._steps) - 1
        return self._places[parts]

    def _made(self, parts: _Parts) -> _Leaf | _Sum:
        apart = self._apart(parts)
        if len(apart) != 1:
            return _Sum(True, [self._step(group) for group in apart])
        place, ref = parts[0]
        if ref < 0:
            return _Leaf(place, None if ref == VOID else number_of(ref))
        level = min(self._store.level(ref) for _, ref in parts)
        values = zip(*(self._store.children(ref, level) for _, ref in parts), strict=True)
        places = [place for place, _ in parts]
        return _Sum(False, list({self._step(tuple(zip(places, refs, strict=True))): None for refs in values}))

    def _apart(self, parts: _Parts) -> list[_Parts]:
        """The parts in groups that share no variable."""
        groups: list[tuple[set[int], list[tuple[int, Ref]]]] = []
        settled = [(part,) for part in parts if part[1] < 0]
        for part in (part for part in parts if part[1] >= 0):
            levels, members = set(self._levels(part[1])), [part]
            separate = []
            for group in groups:
                if group[0].isdisjoint(levels):
                    separate.append(group)
                else:
                    levels |= group[0]
                    members = [*group[1], *members]
            groups = [*separate, (levels, members)]
        return [*settled, *(tuple(sorted(members)) for _, members in groups)]

    def _levels(self, ref: Ref) -> frozenset[int]:
        """The levels on which a function depends."""
        if ref < 0:
            return frozenset()
        if ref not in self._support:
            level, children = self._store.nodes[ref]
            self._support[ref] = frozenset([level]).union(*(self._levels(child) for child in set(children)))
        return self._support[ref]
