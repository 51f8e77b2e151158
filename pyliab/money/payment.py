"""Who pays whom: the arithmetic of the forms of liability. A pure function; the law comes in as `Claim`s.

All amounts are yuan as exact fractions. The victim V, the platform P and the direct wrongdoers O:

    operator first   O pays V what can be collected, then P pays what its claims leave to it
    platform first   P pays V what is due at once, then O, then P what is due only after enforcement

In every settlement: what V recovers and what stays uncovered add up to the loss; nobody pays more than its ceiling or its
assets; recourse is at most what was paid, and comes after V from what the other still has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from fractions import Fraction
from itertools import product
from typing import Literal

from pyliab.text.amounts import Yuan, fen, least, pour, round_parts
from pyliab.text.later import dataclass

First = Literal["operator", "platform"]
Extent = Literal["all", "excess", "none"]
"""What P recovers of what it paid: all, what exceeds its own part, or nothing."""
ZERO = Fraction(0)


@dataclass(frozen=True)
class Claim:
    """What P owes V on one basis.

    `ceiling`    the most that P owes
    `common`     the part of the loss for which P stands beside the others
    `own`        the part of it that falls on P in the end, where recourse is for the excess
    `at_once`    due without enforcement against others; otherwise only for what enforcement left unpaid
    `recourse`   for each wrongdoer, how much P recovers
    `mutual`     the wrongdoers that recover from P what they paid beyond their own part
    `rest_only`  the wrongdoers owe only what is beyond the ceiling
    `share_of_unpaid`    P owes this share of what is unpaid, not all of it up to the ceiling
    `in_proportion`   what others pay counts in proportion towards the common part
    `unwilling`  due already where the wrongdoers will not pay
    `meanwhile`  what P pays while the wrongdoers are unknown; None where that makes no difference
    """

    name: str
    ceiling: Yuan
    common: Yuan
    own: Yuan
    at_once: bool
    recourse: Mapping[str, Extent] = field(default_factory=dict)
    mutual: frozenset[str] = frozenset()
    rest_only: bool = False
    share_of_unpaid: Fraction | None = None
    in_proportion: bool = False
    unwilling: bool = False
    meanwhile: Yuan | None = None

    @property
    def open_first(self) -> bool:
        """May V go against P before anybody else has paid, however little P may owe?"""
        return self.at_once or self.unwilling

    def due_first(self, unknown: bool) -> Yuan:
        """What V may demand before anybody else has paid."""
        if unknown and self.meanwhile is not None:
            return self.meanwhile
        return self.ceiling if self.open_first else ZERO

    def due(self, loss: Yuan, paid: Yuan, unknown: bool) -> Yuan:
        """What P owes in all once the wrongdoers have paid what can be collected from them."""
        if unknown and self.meanwhile is not None:
            return self.meanwhile
        if self.at_once and self.in_proportion and not self.rest_only:
            return self.ceiling * (1 - paid / loss) if loss else ZERO
        if not self.at_once and self.share_of_unpaid is not None:
            return self.share_of_unpaid * (loss - paid)
        return min(self.ceiling, loss - paid)

    def kept_by_others(self, paid: Yuan, loss: Yuan) -> Yuan:
        """What the wrongdoers paid of the common part beyond what falls on them there."""
        share = paid * self.common / loss if self.in_proportion and loss else max(ZERO, paid - (loss - self.common))
        return max(ZERO, share - (self.common - self.own))


@dataclass(frozen=True)
class Wrongdoer:
    """One directly liable. `weight` is its part among the wrongdoers; `assets` None means no limit."""

    id: str
    weight: Fraction = Fraction(1)
    assets: Yuan | None = None
    for_all: bool = False
    known: bool = True

    @property
    def reach(self) -> Yuan | None:
        """What can be collected: nothing from one that is unknown."""
        return self.assets if self.known else ZERO


@dataclass(frozen=True)
class Part:
    """What one debtor owes, pays, recovers, gives back, and bears in the end; exact."""

    id: str
    role: First
    ceiling: Yuan
    pays: Yuan
    recourse: Yuan
    reimburses: Yuan

    @property
    def bears(self) -> Yuan:
        """The final burden."""
        return self.pays - self.recourse + self.reimburses


@dataclass(frozen=True)
class Settlement:
    """One course of payment, exact. `elected` names the claims on which P paid."""

    loss: Yuan
    uncovered: Yuan
    parts: tuple[Part, ...]
    elected: tuple[str, ...]

    @property
    def recovered(self) -> Yuan:
        """What V gets."""
        return self.loss - self.uncovered


def open_orders(claims: Sequence[Claim], wrongdoers: Sequence[Wrongdoer]) -> list[First]:
    """The orders in which V may proceed."""
    unknown = _unknown(wrongdoers)
    found: list[First] = ["operator"] if wrongdoers and not unknown else []
    if unknown or not wrongdoers or any(claim.open_first for claim in claims):
        found.append("platform")
    return found


def settle(
    loss: Yuan,
    claims: Sequence[Claim],
    wrongdoers: Sequence[Wrongdoer],
    first: First,
    *,
    platform: str = "platform",
    assets: Yuan | None = None,
) -> list[Settlement]:
    """All courses of payment in this order: one, or several where V may elect between bases that lead to one sum."""
    unknown = _unknown(wrongdoers)
    owed = loss if not claims or not all(c.rest_only for c in claims) else loss - max(c.ceiling for c in claims)
    at_first = max((c.due_first(unknown) for c in claims), default=ZERO) if first == "platform" else ZERO
    before = least(at_first, loss, assets)
    paid = _collect(min(owed, loss - before), owed, wrongdoers)
    others = sum(paid.values(), ZERO)
    in_all = max((c.due(loss, others, unknown) for c in claims), default=ZERO)
    after = max(ZERO, least(in_all - before, loss - before - others, _minus(assets, before)))
    one: list[Claim | None] = [c for c in claims if before and c.due_first(unknown) == at_first] or [None]
    two: list[Claim | None] = [c for c in claims if after and c.due(loss, others, unknown) == in_all] or [None]
    if not before and not after and claims:
        two = [*claims]
    ceiling = max((max(c.ceiling, c.meanwhile or ZERO) for c in claims), default=ZERO)
    found = []
    for elected in product(one, two):
        payments: dict[str, tuple[Claim, Yuan]] = {}
        for claim, sum_ in zip(elected, (before, after), strict=True):
            if claim:
                payments[claim.name] = claim, payments.get(claim.name, (claim, ZERO))[1] + sum_
        back = _recover(list(payments.values()), wrongdoers, paid)
        burden = before + after - sum(back.values(), ZERO)
        forth = _given_back([c for c, _ in payments.values()], loss, paid, burden, _minus(assets, before + after))
        parts = [
            Part(w.id, "operator", _ceiling(w, owed, wrongdoers), paid[w.id], forth.get(w.id, ZERO), back[w.id])
            for w in wrongdoers
        ]
        own = Part(platform, "platform", ceiling, before + after, sum(back.values(), ZERO), sum(forth.values(), ZERO))
        names = tuple(dict.fromkeys(claim.name for claim, sum_ in payments.values() if sum_))
        found.append(Settlement(loss, loss - before - after - others, (*parts, own), names))
    return found


def _unknown(wrongdoers: Sequence[Wrongdoer]) -> bool:
    return bool(wrongdoers) and not any(w.known for w in wrongdoers)


def _minus(limit: Yuan | None, spent: Yuan) -> Yuan | None:
    return None if limit is None else limit - spent


def _weight(w: Wrongdoer, wrongdoers: Sequence[Wrongdoer]) -> Fraction:
    total = sum((other.weight for other in wrongdoers), ZERO)
    return w.weight / total if total else Fraction(1, len(wrongdoers))


def _ceiling(w: Wrongdoer, owed: Yuan, wrongdoers: Sequence[Wrongdoer]) -> Yuan:
    return owed if w.for_all else owed * _weight(w, wrongdoers)


def _collect(wanted: Yuan, owed: Yuan, wrongdoers: Sequence[Wrongdoer]) -> dict[str, Yuan]:
    """What V collects from the wrongdoers, each up to what it owes and has; in their own proportion as far as it goes."""
    limits = {w.id: (_weight(w, wrongdoers), least(_ceiling(w, owed, wrongdoers), w.reach)) for w in wrongdoers}
    return pour(wanted, limits)


def _recover(
    payments: Sequence[tuple[Claim, Yuan]], wrongdoers: Sequence[Wrongdoer], paid: Mapping[str, Yuan]
) -> dict[str, Yuan]:
    """What P recovers from each wrongdoer: first where it recovers all, then where it recovers the excess."""
    back = dict.fromkeys((w.id for w in wrongdoers), ZERO)
    for claim, sum_ in payments:
        got = ZERO
        for extent, keeps in (("all", ZERO), ("excess", claim.own)):
            those = [w for w in wrongdoers if claim.recourse.get(w.id) == extent]
            wanted = max(ZERO, sum_ - keeps - got)
            # those who do not answer for one another give each its part and no more
            left = {
                w.id: (w.weight, _limit(w, wanted, those, _minus(_minus(w.reach, paid[w.id]), back[w.id])))
                for w in those
            }
            for name, part in pour(wanted, left).items():
                back[name] += part
                got += part
    return back


def _limit(w: Wrongdoer, wanted: Yuan, those: Sequence[Wrongdoer], left: Yuan | None) -> Yuan:
    return least(wanted if w.for_all else wanted * _weight(w, those), left)


def _given_back(
    elected: Sequence[Claim], loss: Yuan, paid: Mapping[str, Yuan], burden: Yuan, left: Yuan | None
) -> dict[str, Yuan]:
    """What wrongdoers recover from P, in proportion to what they paid, until P bears its own part."""
    best: dict[str, Yuan] = {}
    for claim in elected:
        others = sum(paid.values(), ZERO)
        sum_ = max(ZERO, least(claim.kept_by_others(others, loss), claim.own - burden, left))
        payers = {name: (paid[name], paid[name]) for name in sorted(claim.mutual) if name in paid}
        parts = {name: part for name, part in pour(sum_, payers).items() if part}
        best = max(best, parts, key=lambda found: sum(found.values(), ZERO))
    return best


@dataclass(frozen=True)
class Row:
    """A debtor's part in fen."""

    id: str
    role: First
    ceiling: int
    pays: int
    recourse: int
    reimburses: int

    @property
    def bears(self) -> int:
        """The final burden."""
        return self.pays - self.recourse + self.reimburses


@dataclass(frozen=True)
class Shown:
    """A settlement in whole fen, whose parts still add up."""

    loss: int
    uncovered: int
    rows: tuple[Row, ...]

    @property
    def recovered(self) -> int:
        """What V gets."""
        return self.loss - self.uncovered


def shown(found: Settlement, assets: Mapping[str, Yuan | None] | None = None) -> Shown:
    """Round a settlement to the fen.

    Payments and the uncovered rest are rounded together, so that they add up to the loss (the largest remainders get the
    missing fen). Recourse is rounded to the nearest fen, but never above what was paid, nor above the `assets` left; it is
    rounded once for the two it concerns, so burdens add up as well. A ceiling that is reached is shown as what was paid.
    """
    cents = round_parts([*(part.pays for part in found.parts), found.uncovered])
    pays = {part.id: sum_ for part, sum_ in zip(found.parts, cents, strict=False)}
    operators = [part for part in found.parts if part.role == "operator"]
    (platform,) = [part for part in found.parts if part.role == "platform"]
    back = dict(_rounded_flow([(p.id, p.reimburses) for p in operators], pays[platform.id], pays, assets or {}))
    forth = dict(_rounded_flow([(p.id, p.recourse) for p in operators], sum(pays[p.id] for p in operators), {}, {}))
    forth = {name: min(sum_, pays[name]) for name, sum_ in forth.items()}
    rows = [Row(p.id, p.role, _shown_ceiling(p, pays[p.id]), pays[p.id], forth[p.id], back[p.id]) for p in operators]
    ceiling = _shown_ceiling(platform, pays[platform.id])
    own = Row(platform.id, "platform", ceiling, pays[platform.id], sum(back.values()), sum(forth.values()))
    return Shown(sum(cents), cents[-1], (*rows, own))


def _rounded_flow(
    flows: Sequence[tuple[str, Yuan]], most: int, spent: Mapping[str, int], assets: Mapping[str, Yuan | None]
) -> Iterator[tuple[str, int]]:
    left = most
    for name, exact in flows:
        limit = assets.get(name)
        sum_ = min(fen(exact), left, *([] if limit is None else [fen(limit) - spent.get(name, 0)]))
        left -= sum_
        yield name, max(0, sum_)


def _shown_ceiling(part: Part, pays: int) -> int:
    return pays if part.pays == part.ceiling else max(fen(part.ceiling), pays)
