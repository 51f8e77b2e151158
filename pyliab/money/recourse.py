"""Recourse among the debtors, after the creditors, out of what is still in the pots.

First whoever recovers all that it paid does so, from those directly liable, as far as they still owed. Then whoever bears
more than its own part recovers the excess from those who bear less than theirs. So recourse never runs in a circle.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from fractions import Fraction

from pyliab.money.assets import ZERO, Pots, Vessel, drawn
from pyliab.money.debts import Claim, Liability, Wrongdoer
from pyliab.text.amounts import Yuan
from pyliab.text.later import dataclass

Payer = tuple[str, int]
"""A debtor, and the place of the claim on which it pays."""
Flows = dict[tuple[str, str], Yuan]
"""What was given back, by who gave and who recovered."""


@dataclass(frozen=True)
class Payment:
    """What a debtor paid on one basis, before or after (`late`) enforcement against those directly liable."""

    debtor: str
    place: int
    basis: Liability
    sum: Yuan
    late: bool


@dataclass(frozen=True)
class Demand:
    """What someone who paid may recover, and from whom. `payment` is None for those directly liable."""

    payer: Payer
    payment: Payment | None
    wanted: Yuan
    givers: tuple[Vessel, ...]


@dataclass(frozen=True)
class InternalParts:
    """What falls on each debtor of a claim in the end, and what each bears so far."""

    claim: Claim
    payments: Sequence[Payment]
    burden: Mapping[str, Yuan]

    @property
    def shared(self) -> list[Liability]:
        """The liabilities on which a part of the loss falls in the end."""
        return [payment.basis for payment in self.payments if payment.basis.shared]

    @property
    def of_debtors(self) -> dict[str, Yuan]:
        """The parts of those liable beside the wrongdoers."""
        return {b.debtor: max(o.own for o in self.shared if o.debtor == b.debtor) for b in self.shared}

    def own(self, party: str) -> Yuan:
        """The part of one debtor; those directly liable have what is left, each its part of it."""
        left = max(ZERO, self.claim.loss - sum(self.of_debtors.values(), ZERO))
        parts = {w.id: self.claim.part(w) * left for w in self.claim.wrongdoers}
        return {**parts, **self.of_debtors}[party]

    def lacks(self, party: str) -> Yuan:
        """By how much one debtor bears less than its part."""
        return max(ZERO, self.own(party) - self.burden.get(party, ZERO))

    def lack_together(self) -> Yuan:
        """By how much those who answer for one another bear less than their parts."""
        jointly = [w.id for w in self.claim.wrongdoers if w.for_all]
        return max(ZERO, sum((self.own(name) - self.burden.get(name, ZERO) for name in jointly), ZERO))

    def excess(self, wrongdoer: Wrongdoer) -> Yuan:
        """By how much one directly liable bears more than its part of what it owes in common with others.

        What it paid counts first towards what it owes alone, or in proportion where the law says so.
        """
        loss, part, burden = self.claim.loss, self.claim.part(wrongdoer), self.burden.get(wrongdoer.id, ZERO)
        common = max((basis.ceiling for basis in self.shared), default=ZERO)
        if any(basis.in_proportion for basis in self.shared) and loss:
            counts = burden * common / loss
        else:
            counts = burden - min(burden, part * (loss - common))
        return max(ZERO, counts - part * max(ZERO, common - sum(self.of_debtors.values(), ZERO)))


@dataclass
class Recourse:
    """Who gives back how much to whom. `direct` is what those directly liable paid; `pots` what everyone has left."""

    claims: Sequence[Claim]
    payments: Sequence[Payment]
    direct: Mapping[Payer, Yuan]
    pots: Pots
    flows: Flows = field(default_factory=lambda: defaultdict(Fraction))

    def __post_init__(self) -> None:
        self.burden: dict[Payer, Yuan] = defaultdict(Fraction, self.direct)
        self.recovered: dict[Payment, Yuan] = defaultdict(Fraction)
        for payment in self.payments:
            self.burden[payment.debtor, payment.place] += payment.sum
        for demands in (self._for_all, self._for_excess):
            self._take([demand for place in range(len(self.claims)) for demand in demands(place)])

    def _take(self, demands: Sequence[Demand]) -> None:
        """Meet all demands at once, as far as the pots reach."""
        drafts = drawn({d: d.wanted for d in demands}, {d: d.givers for d in demands}, self.pots)
        for (demand, giver), sum_ in drafts.items():
            payer, place = demand.payer
            self.flows[giver, payer] += sum_
            self.burden[giver, place] += sum_
            self.burden[payer, place] -= sum_
            if demand.payment:
                self.recovered[demand.payment] += sum_

    def _paid_on(self, place: int) -> list[Payment]:
        return [payment for payment in self.payments if payment.place == place]

    def _for_all(self, place: int) -> Iterator[Demand]:
        """Who recovers all it paid stands in the creditor's place: against each up to what it still owes."""
        claim = self.claims[place]
        paid = {w.id: self.direct.get((w.id, place), ZERO) for w in claim.wrongdoers}
        self.pots[place, "debt"] = claim.owed_directly - sum(paid.values(), ZERO)
        self.pots.update({(place, w.id): max(ZERO, claim.owes(w) - paid[w.id]) for w in claim.wrongdoers})
        for payment in self._paid_on(place):
            givers = tuple(
                Vessel(w.id, claim.part(w), None, ((place, "debt"), (place, w.id)))
                for w in claim.wrongdoers
                if w.known and w.id in payment.basis.from_whom("all")
            )
            yield Demand((payment.debtor, place), payment, payment.sum, givers)

    def _for_excess(self, place: int) -> Iterator[Demand]:
        """Who bears more than its own part recovers the excess from those who bear less."""
        claim, payments = self.claims[place], self._paid_on(place)
        parts = InternalParts(
            claim, payments, {party: sum_ for (party, at), sum_ in self.burden.items() if at == place}
        )
        jointly = {w.id for w in claim.wrongdoers if w.for_all}
        known = {w.id for w in claim.wrongdoers if w.known} | parts.of_debtors.keys()
        self.pots[place, "jointly"] = parts.lack_together()
        self.pots.update({(place, "lacks", party): parts.lacks(party) for party in known})

        def givers(names: Sequence[str]) -> tuple[Vessel, ...]:
            pot = {name: (place, "jointly") if name in jointly else (place, "lacks", name) for name in names}
            lacks = {name: parts.lacks(name) for name in names if name in known}
            # where each bears its part already, those who answer for one another share what one of them cannot bear
            weights = lacks if any(lacks.values()) else {name: parts.own(name) for name in lacks}
            return tuple(Vessel(name, weight, None, (pot[name],)) for name, weight in weights.items())

        for payment in payments:
            excess = max(ZERO, payment.sum - payment.basis.own - self.recovered[payment])
            yield Demand((payment.debtor, place), payment, excess, givers(payment.basis.from_whom("excess")))
        for wrongdoer in claim.wrongdoers:
            debtors = sorted({p.debtor for p in payments if wrongdoer.id in p.basis.mutual})
            yield Demand((wrongdoer.id, place), None, parts.excess(wrongdoer), givers(debtors))
