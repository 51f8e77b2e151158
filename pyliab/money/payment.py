"""One course of payment: who pays whom for every claim of a case, and who bears it in the end. Pure arithmetic.

The creditors go against their debtors one after the other, in an `Order`; then those who paid take recourse. In every
course what a creditor recovers and what stays uncovered add up to its loss; nobody pays more than it owes or has, and what
it has is one pot for all its debts; recourse is at most what was paid, and never runs in a circle. Where a pot does not
reach, claims that are enforced at the same time are paid in proportion.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, permutations, product

from pyliab.money.assets import ZERO, Pots, Vessel, drawn
from pyliab.money.debts import Claim, Liability
from pyliab.money.recourse import Payer, Payment, Recourse
from pyliab.text.amounts import Yuan
from pyliab.text.later import dataclass

Order = tuple[str | None, ...]
"""Whom the creditors go against, one after the other; None stands for all those directly liable, who are sued together.

Whom of these a creditor takes first makes no difference: recourse among them evens it out, as far as their assets go."""


@dataclass(frozen=True)
class Course:
    """One course of payment, exact.

    `owed` is the most that each debtor owes, by id; `payments` what it paid on the claim in this place; `flows` what was
    given back, by who gave and who recovered; `elected` the liabilities on which debtors paid: debtor, form, creditor.
    """

    claims: tuple[Claim, ...]
    owed: tuple[tuple[str, Yuan], ...]
    payments: tuple[tuple[str, int, Yuan], ...]
    flows: tuple[tuple[str, str, Yuan], ...]
    elected: frozenset[tuple[str, str, str]] = frozenset()

    def pays(self, party: str) -> Yuan:
        """What one debtor pays to creditors."""
        return sum((sum_ for payer, _, sum_ in self.payments if payer == party), ZERO)

    def recovers(self, party: str) -> Yuan:
        """What one debtor recovers from others."""
        return sum((sum_ for _, payer, sum_ in self.flows if payer == party), ZERO)

    def gives_back(self, party: str) -> Yuan:
        """What others recover from one debtor."""
        return sum((sum_ for giver, _, sum_ in self.flows if giver == party), ZERO)

    def bears(self, party: str) -> Yuan:
        """The final burden of one debtor."""
        return self.pays(party) - self.recovers(party) + self.gives_back(party)

    def gets(self, creditor: str) -> Yuan:
        """What one creditor recovers, over all its claims."""
        mine = {place for place, claim in enumerate(self.claims) if claim.creditor == creditor}
        return sum((sum_ for _, place, sum_ in self.payments if place in mine), ZERO)


def settle(claims: Sequence[Claim], order: Order, assets: Mapping[str, Yuan | None]) -> list[Course]:
    """All courses of payment in this order: one, or several where bases that lead to one sum differ in recourse.

    Of whom no `assets` are given they are without limit.
    """
    payments = Payments(claims, assets)
    payments.run(order)
    return list(dict.fromkeys(payments.with_recourse(election) for election in payments.elections()))


def orders(claims: Sequence[Claim]) -> list[Order]:
    """The orders in which creditors may proceed: whoever may not be gone against first comes after the wrongdoers."""
    debtors = {debtor for claim in claims for debtor in claim.debtors}
    first = {debtor for claim in claims for debtor in claim.debtors if claim.open_first(debtor)}
    direct: list[str | None] = [None] if any(c.wrongdoers and not c.unknown for c in claims) else []
    known = permutations([*direct, *sorted(debtors)])
    return [order for order in known if set(order[: _turn_of_wrongdoers(order)]) <= first]


def _turn_of_wrongdoers(order: Order) -> int:
    return order.index(None) if None in order else len(order)


class Payments:
    """What is paid to the creditors: by debtors `before` and `after` the wrongdoers' turn, and by the wrongdoers (`direct`).

    Raises nothing; whatever the order, no pot is overdrawn and no claim overpaid.
    """

    def __init__(self, claims: Sequence[Claim], assets: Mapping[str, Yuan | None]) -> None:
        self.claims = tuple(claims)
        self.pots: Pots = {party: sum_ for party, sum_ in assets.items() if sum_ is not None}
        self.before: dict[Payer, Yuan] = defaultdict(Fraction)
        self.direct: dict[Payer, Yuan] = defaultdict(Fraction)
        self.after: dict[Payer, Yuan] = defaultdict(Fraction)

    def run(self, order: Order) -> None:
        """Everybody pays in turn; who came before the wrongdoers pays at the end what is due after them."""
        turn = _turn_of_wrongdoers(order)
        for debtor in order[:turn]:
            self._debtor_pays(str(debtor), enforced=False)
        if None in order:
            self._wrongdoers_pay()
        for debtor in (*order[turn + 1 :], *order[:turn]):
            self._debtor_pays(str(debtor), enforced=True)

    def _unpaid(self, place: int) -> Yuan:
        return self.claims[place].loss - sum((sum_ for (_, at), sum_ in self._all() if at == place), ZERO)

    def _all(self) -> Iterator[tuple[Payer, Yuan]]:
        return chain(self.before.items(), self.direct.items(), self.after.items())

    def _wrongdoers_pay(self) -> None:
        """The wrongdoers pay each up to what it owes, in their own proportion as far as that goes."""
        vessels = {
            place: [Vessel(w.id, claim.part(w), claim.owes(w)) for w in claim.wrongdoers if w.known]
            for place, claim in enumerate(self.claims)
        }
        wanted = {place: min(claim.owed_directly, self._unpaid(place)) for place, claim in enumerate(self.claims)}
        for (place, party), sum_ in drawn(wanted, vessels, self.pots).items():
            self.direct[party, place] += sum_

    def _debtor_pays(self, debtor: str, *, enforced: bool) -> None:
        """A debtor pays what is due at once, or in all after enforcement against the wrongdoers, on each of its claims."""
        wanted: dict[int, Yuan] = {}
        for place, claim in enumerate(self.claims):
            if debtor in claim.debtors:
                due = max(self._due(basis, place, enforced) for basis in claim.bases(debtor))
                wanted[place] = max(ZERO, min(due - self.before[debtor, place], self._unpaid(place)))
        payments = self.after if enforced else self.before
        for (place, _), sum_ in drawn(wanted, {place: [Vessel(debtor)] for place in wanted}, self.pots).items():
            payments[debtor, place] += sum_

    def _due(self, basis: Liability, place: int, enforced: bool) -> Yuan:
        claim = self.claims[place]
        if not enforced:
            return basis.due_first(claim.unknown)
        direct = sum((sum_ for (_, at), sum_ in self.direct.items() if at == place), ZERO)
        return basis.due(claim.loss, direct, claim.unknown)

    def elections(self) -> Iterator[list[Payment]]:
        """Every way to say on which basis each payment is made: one of those on which most was due."""
        choices: list[list[Payment]] = []
        for place, claim in enumerate(self.claims):
            for debtor in claim.debtors:
                for late, payments in ((False, self.before), (True, self.after)):
                    if sum_ := payments[debtor, place]:
                        due = {basis: self._due(basis, place, late) for basis in claim.bases(debtor)}
                        best = [basis for basis in due if due[basis] == max(due.values())]
                        choices.append([Payment(debtor, place, basis, sum_, late) for basis in best])
                if not self.before[debtor, place] and not self.after[debtor, place]:
                    # whoever paid nothing may still have to give back, on any of its bases
                    bases = {basis.gives_back: basis for basis in claim.bases(debtor)}
                    choices.append([Payment(debtor, place, basis, ZERO, True) for basis in bases.values()])
        yield from map(list, product(*choices))

    def with_recourse(self, payments: Sequence[Payment]) -> Course:
        """The course of payment with these payments by debtors, and the recourse that follows."""
        flows = Recourse(self.claims, payments, self.direct, dict(self.pots)).flows
        paid: dict[Payer, Yuan] = defaultdict(Fraction)
        for payer, sum_ in self._all():
            paid[payer] += sum_
        return Course(
            self.claims,
            tuple(sorted(self._owed().items())),
            tuple((*payer, sum_) for payer, sum_ in sorted(paid.items()) if sum_),
            tuple((*pair, sum_) for pair, sum_ in sorted(flows.items()) if sum_),
            frozenset((p.debtor, p.basis.basis, self.claims[p.place].creditor) for p in payments if p.sum),
        )

    def _owed(self) -> dict[str, Yuan]:
        """The most that each debtor owes, over all claims."""
        owed: dict[str, Yuan] = {}
        for claim in self.claims:
            most = {w.id: claim.owes(w) for w in claim.wrongdoers}
            for debtor in claim.debtors:
                most[debtor] = max(most.get(debtor, ZERO), *(basis.most for basis in claim.bases(debtor)))
            for party, sum_ in most.items():
                owed[party] = owed.get(party, ZERO) + sum_
        return owed
