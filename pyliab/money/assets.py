"""What debtors have, and how it is shared out: one pot for each debtor, in proportion where it does not reach."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

from pyliab.text.amounts import Yuan, pour
from pyliab.text.later import dataclass

ZERO = Fraction(0)
Debt = TypeVar("Debt", bound=Hashable)
Pots = dict[Hashable, Yuan]
"""What is left in each pot; one that is not named is without limit."""


@dataclass(frozen=True)
class Vessel:
    """A debtor who may be made to pay a debt: its part beside the others, at most how much, and out of which pots."""

    id: str
    weight: Fraction = Fraction(1)
    limit: Yuan | None = None
    pots: tuple[Hashable, ...] = ()

    def open(self, pots: Pots) -> bool:
        """Is there anything left to draw?"""
        return self.limit != 0 and all(pots.get(pot) != 0 for pot in (self.id, *self.pots))

    def less(self, sum_: Yuan) -> Vessel:
        """The same once this much was drawn."""
        return Vessel(self.id, self.weight, None if self.limit is None else self.limit - sum_, self.pots)


def drawn(
    wanted: Mapping[Debt, Yuan], vessels: Mapping[Debt, Sequence[Vessel]], pots: Pots
) -> dict[tuple[Debt, str], Yuan]:
    """What every debt draws from every debtor; takes it out of the pots.

    Each debt asks its debtors by weight; what one cannot bear falls on the others. Debts that ask more of a pot than is in
    it get the same part of what they ask. The order in which debts and debtors are given makes no difference.
    """
    left = dict(wanted)
    open_ = {debt: list(vessels[debt]) for debt in wanted}
    taken: dict[tuple[Debt, str], Yuan] = {}
    while granted := _round(left, open_, pots):
        for (debt, vessel), sum_ in granted.items():
            left[debt] -= sum_
            taken[debt, vessel.id] = taken.get((debt, vessel.id), ZERO) + sum_
            for pot in (vessel.id, *vessel.pots):
                if pot in pots:
                    pots[pot] -= sum_
        open_ = {debt: [v.less(granted.get((debt, v), ZERO)) for v in known] for debt, known in open_.items()}
    return taken


def _round(
    left: Mapping[Debt, Yuan], vessels: Mapping[Debt, Sequence[Vessel]], pots: Pots
) -> dict[tuple[Debt, Vessel], Yuan]:
    """What is granted when all debts ask at once: as much as asked, or the part that the scarcest pot allows."""
    asked: dict[tuple[Debt, Vessel], Yuan] = {}
    for debt, sum_ in left.items():
        open_ = {vessel.id: vessel for vessel in vessels[debt] if vessel.open(pots)}
        parts = pour(sum_, {name: (vessel.weight, vessel.limit) for name, vessel in open_.items()})
        asked.update({(debt, open_[name]): part for name, part in parts.items() if part > 0})
    of_pot: dict[Hashable, Yuan] = {}
    for (_, vessel), sum_ in asked.items():
        for pot in (vessel.id, *vessel.pots):
            of_pot[pot] = of_pot.get(pot, ZERO) + sum_
    rates = {pot: min(Fraction(1), pots[pot] / sum_) for pot, sum_ in of_pot.items() if pot in pots}
    return {
        (debt, vessel): sum_ * min(rates.get(pot, Fraction(1)) for pot in (vessel.id, *vessel.pots))
        for (debt, vessel), sum_ in asked.items()
    }
