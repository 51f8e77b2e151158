"""Multi-valued decision diagrams: a function of many variables, asked variable by variable, equal parts shared.

A diagram knows no law: its variables have names and values, its leaves are numbers. A reference to a part of it is an
int: 0 and above is the place of a node, below 0 a leaf. The leaf `VOID` stands for choices that cannot be made together;
`leaf(n)` is the leaf of number n. A node asks its variable and has one child for each value, in order; variables are
asked in order of level, and one on which nothing depends is left out. Equal functions have equal references.

No function here takes time that grows with the number of combinations; it grows with the number of nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from math import prod
from typing import Any

from pyliab.text.later import dataclass

Ref = int
VOID: Ref = -1
Node = tuple[int, tuple[Ref, ...]]
"""The level of the variable asked, and a child for each of its values."""
Row = tuple[Mapping[int, frozenset[int]], int]
"""A part of the space, by level the values that lie in it (all where a level is not named), and its number."""
_Row = tuple[tuple[tuple[int, frozenset[int]], ...], int]
"""The same, its levels in order and none of them asked yet."""


def leaf(number: int) -> Ref:
    """The leaf of a number (0 and above)."""
    return -2 - number


def number_of(ref: Ref) -> int:
    """The number of a leaf. Not to be asked of VOID or of a node."""
    return -2 - ref


@dataclass(frozen=True)
class Variable:
    """Something that is chosen: a name and the names of its values, in order."""

    name: str
    values: tuple[str, ...]


class Store:
    """The nodes of diagrams over the same variables, each function once."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self.sizes = tuple(sizes)
        self.nodes: list[Node] = []
        self._places: dict[Node, Ref] = {}

    def node(self, level: int, children: Iterable[Ref]) -> Ref:
        """The node with these children, or the child where all are the same."""
        node = level, tuple(children)
        if len(set(node[1])) == 1:
            return node[1][0]
        if node not in self._places:
            self._places[node] = len(self.nodes)
            self.nodes.append(node)
        return self._places[node]

    def level(self, ref: Ref) -> int:
        """The level that is asked first; for a leaf, the number of levels."""
        return self.nodes[ref][0] if ref >= 0 else len(self.sizes)

    def children(self, ref: Ref, level: int) -> tuple[Ref, ...]:
        """What is left for each value of the variable at this level, which is not below the level of the reference."""
        return self.nodes[ref][1] if self.level(ref) == level else (ref,) * self.sizes[level]

    def build(self, rows: Iterable[Row]) -> Ref:
        """The function that has each row's number in its part.

        The rows must cover all choices, and agree where they overlap. Whoever makes them proves that: it is not checked,
        though a contradiction that comes to light raises ValueError.
        """
        made: dict[frozenset[_Row], Ref] = {}

        def at(rows: frozenset[_Row]) -> Ref:
            if rows not in made:
                made[rows] = split(rows)
            return made[rows]

        def split(rows: frozenset[_Row]) -> Ref:
            decided = {number for part, number in rows if not part} or {number for _, number in rows}
            if not rows or (len(decided) > 1 and all(not part for part, _ in rows)):
                raise ValueError("the rows leave all choices out, or contradict each other")
            if len(decided) == 1:
                return leaf(decided.pop())
            level = min(part[0][0] for part, _ in rows if part)
            return self.node(level, [at(frozenset(_inside(rows, level, v))) for v in range(self.sizes[level])])

        return at(frozenset((tuple(sorted(part.items())), number) for part, number in rows))

    def part(self, cube: Mapping[int, frozenset[int]]) -> Ref:
        """The function that is 1 in a part of the space, by level the values that lie in it, and 0 outside."""
        ref = leaf(1)
        for level in sorted(cube, reverse=True):
            ref = self.node(level, [ref if value in cube[level] else leaf(0) for value in range(self.sizes[level])])
        return ref

    def merge(self, refs: Sequence[Ref], join: Callable[[tuple[Ref, ...]], Ref]) -> Ref:
        """The function that joins the leaves of several functions."""
        made: dict[tuple[Ref, ...], Ref] = {}

        def at(refs: tuple[Ref, ...]) -> Ref:
            if refs not in made:
                level = min(self.level(ref) for ref in refs)
                rows = zip(*(self.children(ref, level) for ref in refs), strict=True) if level < len(self.sizes) else ()
                made[refs] = self.node(level, [at(row) for row in rows]) if level < len(self.sizes) else join(refs)
            return made[refs]

        return at(tuple(refs))


def _inside(rows: Iterable[_Row], level: int, value: int) -> Iterable[_Row]:
    """The rows that hold the value, without the level."""
    for part, number in rows:
        if part and part[0][0] == level:
            if value in part[0][1]:
                yield part[1:], number
        else:
            yield part, number


@dataclass(frozen=True)
class Diagram:
    """One function: its variables, the store of its nodes, and where it begins."""

    variables: tuple[Variable, ...]
    store: Store
    root: Ref

    @cached_property
    def reached(self) -> list[Ref]:
        """Every node of this function, a parent before its children, in an order that the function alone decides."""
        reached: dict[Ref, None] = {}
        todo = [self.root]
        while todo:
            ref = todo.pop()
            if ref >= 0 and ref not in reached:
                reached[ref] = None
                todo += reversed(self.store.nodes[ref][1])
        return sorted(reached, key=self.store.level)

    @property
    def numbers(self) -> set[int]:
        """The numbers that some choice leads to."""
        ends = {self.root, *(child for ref in self.reached for child in self.store.nodes[ref][1])}
        return {number_of(ref) for ref in ends if ref < VOID}

    def mapped(self, change: Callable[[Ref], Ref]) -> Diagram:
        """The same function with its leaves changed."""
        return Diagram(self.variables, self.store, self.store.merge([self.root], lambda refs: change(refs[0])))

    def restricted(self, chosen: Mapping[str, str]) -> Diagram:
        """The function that is left when these variables have these values; they are variables no longer."""
        taken = {i: v.values.index(chosen[v.name]) for i, v in enumerate(self.variables) if v.name in chosen}
        left = [i for i in range(len(self.variables)) if i not in taken]
        store = Store([len(self.variables[i].values) for i in left])
        made: dict[Ref, Ref] = {}
        for ref in reversed(self.reached):
            level, children = self.store.nodes[ref]
            moved = [made.get(child, child) for child in children]
            made[ref] = moved[taken[level]] if level in taken else store.node(left.index(level), moved)
        return Diagram(tuple(self.variables[i] for i in left), store, made.get(self.root, self.root))

    def coarser(self, level: int, joined: Callable[[Sequence[str], Sequence[str]], str]) -> Diagram:
        """The same function, neighbouring values of a variable that it never tells apart as one: `joined`, of all its values."""
        variable = self.variables[level]
        nodes = [children for at, children in map(self.store.nodes.__getitem__, self.reached) if at == level]
        columns = [tuple(children[place] for children in nodes) for place in range(len(variable.values))]
        runs = [list(run) for _, run in groupby(range(len(columns)), columns.__getitem__)]
        values = tuple(joined([variable.values[place] for place in run], variable.values) for run in runs)
        variables = tuple(Variable(v.name, values) if v is variable else v for v in self.variables)
        store = Store([len(v.values) for v in variables])
        made: dict[Ref, Ref] = {}
        for ref in reversed(self.reached):
            at, children = self.store.nodes[ref]
            kept = [children[run[0]] for run in runs] if at == level else children
            made[ref] = store.node(at, [made.get(child, child) for child in kept])
        return Diagram(variables, store, made.get(self.root, self.root))

    def moved(self, store: Store, places: Mapping[str, int]) -> Ref:
        """The same function in another store, in which the variables have these places, in the same order."""
        levels = [places[variable.name] for variable in self.variables]
        if levels != sorted(levels):
            raise ValueError("the variables would change their order")
        made: dict[Ref, Ref] = {}
        for ref in reversed(self.reached):
            level, children = self.store.nodes[ref]
            made[ref] = store.node(levels[level], [made.get(child, child) for child in children])
        return made.get(self.root, self.root)

    def value(self, chosen: Mapping[str, str]) -> Ref:
        """The leaf under a full choice."""
        ref = self.root
        while ref >= 0:
            level, children = self.store.nodes[ref]
            variable = self.variables[level]
            ref = children[variable.values.index(chosen[variable.name])]
        return ref

    def possible(self, chosen: Mapping[str, str]) -> set[Ref]:
        """The leaves that can be reached when these variables have these values."""
        taken = {i: v.values.index(chosen[v.name]) for i, v in enumerate(self.variables) if v.name in chosen}
        seen, todo = {self.root}, [self.root]
        while todo:
            ref = todo.pop()
            if ref >= 0:
                level, children = self.store.nodes[ref]
                fresh = {children[taken[level]]} if level in taken else set(children)
                todo += fresh - seen
                seen |= fresh
        return {ref for ref in seen if ref < 0}

    def counts(self) -> dict[Ref, int]:
        """For each leaf the exact number of full choices that lead to it."""
        return self._ways(len(self.variables))[1]

    def collapsed(self, first: int) -> tuple[Diagram, list[frozenset[int]]]:
        """The function of the first variables alone: which numbers are possible, however the others are chosen.

        Its leaves are numbered by the list of sets that stands beside it; VOID where nothing is possible.
        """
        sets: dict[frozenset[int], int] = {}
        store = Store(self.store.sizes[:first])
        possible: dict[Ref, frozenset[int]] = {}
        made: dict[Ref, Ref] = {}

        def ends(ref: Ref) -> frozenset[int]:
            return possible[ref] if ref >= 0 else frozenset() if ref == VOID else frozenset([number_of(ref)])

        def moved(ref: Ref) -> Ref:
            possibly = ends(ref)
            if self.store.level(ref) < first:
                return made[ref]
            return leaf(sets.setdefault(possibly, len(sets))) if possibly else VOID

        for ref in reversed(self.reached):
            level, children = self.store.nodes[ref]
            possible[ref] = frozenset[int]().union(*(ends(child) for child in children))
            if level < first:
                made[ref] = store.node(level, [moved(child) for child in children])
        root = moved(self.root)
        return Diagram(self.variables[:first], store, root), list(sets)

    def deciding(self, level: int, first: int) -> int:
        """In how many choices of the first variables does changing the one at this level alone change what follows?

        What follows is a number, or where other variables come after the first a function of these. Neither the choice
        nor its change may be VOID.
        """
        ways, _ = self._ways(first)
        made: dict[tuple[Ref, ...], int] = {}

        def below(refs: tuple[Ref, ...], start: int) -> int:
            """Choices of the variables from `start` on, and of the one asked, under which the change matters."""
            if len(set(refs)) == 1:
                return 0
            asked = min(min(self.store.level(ref) for ref in refs), first)
            if refs not in made:
                made[refs] = (
                    _changeable(refs)
                    if asked == first
                    else sum(
                        below(row, asked + 1)
                        for row in zip(*(self.store.children(r, asked) for r in refs), strict=True)
                    )
                )
            return made[refs] * prod(self.store.sizes[start:asked])

        return sum(
            ways[ref] * below(self.store.nodes[ref][1], level + 1)
            for ref in self.reached
            if self.store.level(ref) == level
        )

    def _ways(self, first: int) -> tuple[dict[Ref, int], dict[Ref, int]]:
        """By node the choices of the variables before it that lead there; by end, those of all the first variables."""
        ways: dict[Ref, int] = {}
        ends: dict[Ref, int] = {}

        def arrive(ref: Ref, start: int, number: int) -> None:
            level = min(self.store.level(ref), first)
            into = ways if level < first else ends
            into[ref] = into.get(ref, 0) + number * prod(self.store.sizes[start:level])

        arrive(self.root, 0, 1)
        for ref in self.reached:
            if ref in ways:
                level, children = self.store.nodes[ref]
                for child in children:
                    arrive(child, level + 1, ways[ref])
        return ways, ends

    def to_json(self) -> dict[str, Any]:
        """Plain data: variables `[name, [value, ..]]`, nodes `[variable, child, ..]` by place, and the root.

        A child below 0 is a leaf: -1 cannot be chosen, -2 is number 0, -3 number 1, and so on.
        """
        places = {ref: place for place, ref in enumerate(self.reached)}
        return {
            "variables": [[variable.name, list(variable.values)] for variable in self.variables],
            "nodes": [
                [level, *(places.get(child, child) for child in children)]
                for level, children in (self.store.nodes[ref] for ref in self.reached)
            ],
            "root": places.get(self.root, self.root),
        }


def _changeable(refs: Sequence[Ref]) -> int:
    """How many of these can be exchanged for another that differs, VOID left aside."""
    real = [ref for ref in refs if ref != VOID]
    return len(real) if len(set(real)) > 1 else 0
