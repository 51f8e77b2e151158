"""Minimal sets of choices, reckoned on a decision diagram: what suffices for something, and what changes it.

Both ask a verdict: a diagram whose leaves are YES, NO and VOID. A set of choices works if, with it, every choice of what
it leaves open that is not VOID ends in YES, and there is one. Knows no law.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyliab.space.diagram import VOID, Diagram, Ref, Store, leaf, number_of

NO, YES = leaf(0), leaf(1)
Choices = frozenset[tuple[int, int]]
"""Levels with the value chosen."""
Family = frozenset[Choices]
_ALL: Family = frozenset([Choices()])
_NONE: Family = frozenset()


def verdict(diagram: Diagram, wanted: Iterable[int]) -> Diagram:
    """YES at the leaves with a wanted number, NO at all others."""
    numbers = set(wanted)
    return diagram.mapped(lambda ref: ref if ref == VOID else YES if number_of(ref) in numbers else NO)


def sufficient(asked: Diagram) -> list[dict[str, str]]:
    """All minimal sets of choices, by variable, that work; shortest first."""
    return _named(asked, _Minimal(asked.store, {}).family(asked.root))


def changes(asked: Diagram, baseline: Mapping[str, str]) -> list[dict[str, str]]:
    """All minimal sets of choices that work when laid over the baseline; shortest first.

    A choice replaces what the baseline has for its variable, or settles a variable that the baseline leaves open.
    """
    levels = {i: v.values.index(baseline[v.name]) for i, v in enumerate(asked.variables) if v.name in baseline}
    return _named(asked, _Minimal(asked.store, levels).family(asked.root))


def _named(diagram: Diagram, family: Family) -> list[dict[str, str]]:
    ordered = sorted((len(choices), sorted(choices)) for choices in family)
    return [
        {diagram.variables[level].name: diagram.variables[level].values[value] for level, value in choices}
        for _, choices in ordered
    ]


class _Minimal:
    """Minimal sets that work over a baseline: at a variable that the baseline settles, saying nothing keeps its value.

    With no baseline they are prime implicants, where VOID counts for neither side.
    """

    def __init__(self, store: Store, baseline: Mapping[int, int]) -> None:
        self.store, self.baseline = store, baseline
        self._made: dict[Ref, Family] = {}

    def family(self, ref: Ref) -> Family:
        """All minimal sets that work from here on."""
        if ref < 0:
            return _ALL if ref == YES else _NONE
        if ref not in self._made:
            self._made[ref] = self._at(*self.store.nodes[ref])
        return self._made[ref]

    def _at(self, level: int, children: tuple[Ref, ...]) -> Family:
        kept = self.baseline.get(level)
        unsaid = self.family(whatever(self.store, children) if kept is None else children[kept])
        said = (
            _with(level, i, self._beyond(self.family(child), unsaid)) for i, child in enumerate(children) if i != kept
        )
        return unsaid.union(*said)

    def _beyond(self, family: Family, smaller: Family) -> Family:
        """The sets that contain none of the smaller ones. A change that works may cease to work when more is changed;
        where there is no baseline, a set that contains a smaller one of these is that one.
        """
        if not self.baseline:
            return family - smaller
        return frozenset(choices for choices in family if not any(other <= choices for other in smaller))


def whatever(store: Store, refs: Iterable[Ref]) -> Ref:
    """The verdict when it is left open which of these applies: NO if any says so, VOID only if all are."""
    return store.merge(list(dict.fromkeys(refs)), _meet)


def _meet(refs: tuple[Ref, ...]) -> Ref:
    return NO if NO in refs else YES if YES in refs else VOID


def _with(level: int, value: int, family: Family) -> Family:
    return frozenset(choices | {(level, value)} for choices in family)
