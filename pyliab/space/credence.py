"""Weights on the values of variables, and what a verdict comes to under them: exactly, by sums over its diagram.

Weights on one variable are independent of those on another. A variable without weights is open: what follows however it is
answered is the least that a verdict has, what follows under some answer the most. Choices that cannot be made together
count for nothing. Knows no law.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from pyliab.space.diagram import VOID, Diagram, Ref
from pyliab.space.minimal_sets import NO, YES, whatever
from pyliab.text.amounts import Portion
from pyliab.text.problem import InputError
from pyliab.text.say import say

Weights = Mapping[str, Mapping[str, Fraction]]
"""By variable what each of its values has; together they have one."""


def credence(asked: Diagram, weights: Weights) -> Portion:
    """The part of the weights that leads to YES. Raises InputError where all have gone to what cannot be chosen."""
    least, possible = _sums(asked, weights, every=True)
    most, _ = _sums(asked, weights, every=False)
    if not possible:
        raise InputError(say("the positions that have weights cannot stand together"))
    return Portion(least / possible, most / possible)


def _sums(asked: Diagram, weights: Weights, *, every: bool) -> tuple[Fraction, Fraction]:
    """What has the verdict YES, and what can be chosen at all; open variables answered in `every` way, or in some."""
    store = asked.store
    left: dict[Ref, Ref] = {}
    sums: dict[Ref, tuple[Fraction, Fraction]] = {
        YES: (Fraction(1), Fraction(1)),
        NO: (Fraction(0), Fraction(1)),
        VOID: (Fraction(0), Fraction(0)),
    }

    def summed(ref: Ref) -> tuple[Fraction, Fraction]:
        if ref not in sums:
            level, children = store.nodes[ref]
            variable = asked.variables[level]
            rows = [
                (weights[variable.name][v], summed(child)) for v, child in zip(variable.values, children, strict=True)
            ]
            sums[ref] = sum((w * r[0] for w, r in rows), Fraction(0)), sum((w * r[1] for w, r in rows), Fraction(0))
        return sums[ref]

    for ref in reversed(asked.reached):
        level, children = store.nodes[ref]
        moved = [left.get(child, child) for child in children]
        if asked.variables[level].name in weights:
            left[ref] = store.node(level, moved)
        else:
            left[ref] = whatever(store, moved) if every else store.merge(list(dict.fromkeys(moved)), _some)
    return summed(left.get(asked.root, asked.root))


def _some(refs: tuple[Ref, ...]) -> Ref:
    return YES if YES in refs else NO if NO in refs else VOID
