"""The books of a case: its claims in every completion and at every end of what is open, and the courses of their payment.

What comes out is not put together yet (settlement.py). Claims are settled once, however many completions come to them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, product

from pyliab.money.assets import ZERO
from pyliab.money.claims import Reckoner, hanging_together
from pyliab.money.conclusions import Completion, Ledger
from pyliab.money.debts import Claim
from pyliab.money.payment import Course, Order, orders, settle
from pyliab.money.rounding import Rounded, rounded
from pyliab.money.stated import ASSETS
from pyliab.money.totals import CLOSED, FREE, OPENED
from pyliab.text.amounts import Ends, Yuan
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError
from pyliab.text.say import listed, say

Assets = dict[str, Yuan | None]
"""What can be collected from each debtor; None: no limit."""
Given = Mapping[str, Sequence[Yuan | None]]
"""By party the amounts that were asked; each is a case of its own."""
Shares = Mapping[str, Ends]
"""By debtor the share that was asked; that of `UNNAMED` is meant for the only debtor."""
First = str | None
"""Against whom the creditors go first: a debtor, or those directly liable (None)."""
Group = frozenset[str]
"""Harms whose claims hang together."""
Claims = tuple[Claim, ...]
Way = tuple[Claims, Order]


@dataclass(frozen=True)
class Settled:
    """A course of payment, exact and in coins."""

    course: Course
    coins: Rounded


class Books:
    """Reckons what is owed in a case with every set of assets, apart as far as its claims allow.

    `ledgers` are of one case, under all readings that may be asked: they say who may be a debtor beside whom. With `harms`
    nothing else is reckoned. Raises InputError as `settlement` does.
    """

    def __init__(
        self,
        ledgers: Sequence[Ledger],
        assets: Given | None = None,
        shares: Shares | None = None,
        harms: Collection[str] | None = None,
    ) -> None:
        known = {harm for ledger in ledgers for harm in ledger.covered if harms is None or harm in harms}
        ends = {harm: [end for ledger in ledgers for end in ledger.table([harm]).completions] for harm in sorted(known)}
        self.reckoner = Reckoner(ledgers[0].stated, ends, shares)
        self.shares = self.reckoner.asked
        self.debtors = {party for parties in self.reckoner.debtors.values() for party in parties}
        self.direct = {party for parties in self.reckoner.direct.values() for party in parties}
        self.check("--assets", assets or {}, self.debtors | self.direct)
        self.check("--share", self.shares, self.debtors)
        self.assets = list(self._asset_sets(assets or {}))
        self.limited = {party for has in self.assets for party, sum_ in has.items() if sum_ is not None}
        scarce = {party for has in self.assets for party, sum_ in has.items() if sum_}
        self.groups = hanging_together(self.reckoner, scarce)
        self._claims: dict[Claims, Claims] = {}
        self._orders: dict[tuple[Completion, Group], dict[First, list[Way]]] = {}
        self._settled: dict[object, list[Settled]] = {}

    def check(self, option: str, given: Collection[str], known: Collection[str]) -> None:
        """Raises InputError where somebody is given that is none of those known."""
        for party in given:
            if self.debtors and party not in known:
                message = say(
                    "{option}: {party} is no debtor here; known are {known}",
                    option=option,
                    party=party,
                    known=listed(sorted(known), ", "),
                )
                raise InputError(message)

    def _asset_sets(self, given: Given) -> Iterator[Assets]:
        """What the debtors have: as given, else as stated; those directly liable else nothing, and again without limit."""
        fixed: Assets = {party: self.reckoner.stated.sum(ASSETS, party) for party in sorted(self.debtors | self.direct)}
        # of one that is unknown nothing can be had, whatever it owns
        nothing = dict.fromkeys(self.reckoner.always_unknown, ZERO)
        left = sorted(p for p in self.direct - self.debtors if fixed[p] is None and p not in {**given, **nothing})
        for chosen in product(*given.values()):
            for end in (ZERO, None) if left else (None,):
                yield {**fixed, **dict.fromkeys(left, end), **nothing, **dict(zip(given, chosen, strict=True))}

    def orders(self, completion: Completion, group: Group) -> dict[First, list[Way]]:
        """How claims that hang together may be enforced, by whom the creditors go against first."""
        if (completion, group) not in self._orders:
            ways: dict[First, list[Way]] = {}
            for claims in self.reckoner.claims(completion, group):
                known = self._claims.setdefault(claims, claims)
                for order in orders(known):
                    ways.setdefault(order[0] if order else None, []).append((known, order))
            self._orders[completion, group] = ways
        return self._orders[completion, group]

    def courses(self, completion: Completion, group: Group, assets: Assets, first: First) -> list[Settled]:
        """The courses where the creditors go against `first` first; where they may not, against those directly liable, and
        where there are none, in every order."""
        ways = self.orders(completion, group)
        return self.settled(ways.get(first) or ways.get(None) or every(ways), assets)

    def standing(self, completion: Completion, group: Group, first: First) -> int:
        """May the creditors go against `first` first here? Where it owes nothing, that does not arise."""
        if completion.liabilities and first in self.orders(completion, group):
            return OPENED
        debtors = {liability.debtor for liability in completion.liabilities}
        return CLOSED if first in debtors or (first is None and debtors) else FREE

    def all(self, completion: Completion, group: Group, assets: Assets) -> list[Settled]:
        """The courses in every order."""
        return self.settled(every(self.orders(completion, group)), assets)

    def settled(self, ways: Collection[Way], assets: Assets) -> list[Settled]:
        """Every course of payment; each way to enforce is settled once."""
        has = tuple(assets.values())
        courses: dict[int, Settled] = {}
        for claims, order in ways:
            key = id(claims), order, has
            if key not in self._settled:
                self._settled[key] = [Settled(c, rounded(c, assets)) for c in settle(claims, order, assets)]
            courses.update((id(course), course) for course in self._settled[key])
        return list(courses.values())


def every(ways: Mapping[First, list[Way]]) -> list[Way]:
    """The ways to enforce in every order."""
    return list(chain.from_iterable(ways.values()))
