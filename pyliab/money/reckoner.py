"""From the liabilities that the rules derive to amounts: at every end of what is not stated, so that ranges are exact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any, cast

from pyliab.kb.case import CaseFile
from pyliab.money.ledger import Ends, Journal, Pair, Terms, stated
from pyliab.money.payment import ZERO, Claim, Extent, First, Settlement, Wrongdoer, open_orders, settle
from pyliab.text.amounts import Yuan
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError, Problem
from pyliab.text.say import listed, quoted, say

Assets = Mapping[str, Yuan | None]
"""What can be collected from each wrongdoer; None: no limit."""


@dataclass(frozen=True)
class Point:
    """One way to fill in what is not stated: loss, expanded part and share, and whether the share is known at all."""

    loss: Yuan
    expanded: Yuan
    share: Fraction
    known: bool


class Reckoner:
    """Reckons what one debtor owes one creditor, over any of several ledgers of one case.

    `share` overrides the share that the case states. Raises InputError where a loss is not stated.
    """

    def __init__(self, ledgers: Sequence[Journal], pair: Pair, share: Ends | None = None) -> None:
        self.pair, self.stated = pair, ledgers[0].stated
        terms = {t for ledger in ledgers for one in ledger.together(pair) for t in one}
        self.harms = tuple(sorted({harm for t in terms for harm in t.harms}))
        self.direct = tuple(sorted({party for t in terms for party in t.direct} - {pair[0]}))
        self.unknown = {party for t in terms for party in t.named("unidentified")}
        self.always_unknown = {
            p for p in self.unknown if all(t.says("unidentified", p) for t in terms if p in t.direct)
        }
        self.share = share or self.stated.share.get(pair[0])
        self.reduced = {harm: self._reduction(ledgers, harm) for harm in self.harms}
        self.later = {harm for ledger in ledgers for harm, party in ledger.later if party == pair[0]}
        if any(harm not in self.stated.loss for harm in self.harms):
            check_stated(ledgers[0].case, self.harms)
        self._check_shares()

    def _reduction(self, ledgers: Sequence[Journal], harm: str) -> Ends:
        """The part that falls on the victim: as stated where a reduction follows, anything where it is not stated."""
        key = (*self.pair, harm)
        if not any(key in ledger.reduced for ledger in ledgers):
            return ZERO, ZERO
        low, high = self.stated.victim.get(harm, (ZERO, Fraction(1)))
        return (low if all(key in ledger.always_reduced for ledger in ledgers) else ZERO), high

    def _check_shares(self) -> None:
        given = {party: self.stated.share[party] for party in self.direct if party in self.stated.share}
        for party, (low, high) in given.items():
            if low != high:
                raise InputError(
                    say("share of {party}: a range is taken for the platform only; give one share", party=party)
                )
        own = self.share[0] if self.share else ZERO
        if own + sum((low for low, _ in given.values()), ZERO) > 1:
            names = [self.pair[0], *given]
            raise InputError(say("the shares of {names} come to more than the whole", names=listed(names, ", ")))

    def points(self, harms: Sequence[str]) -> list[Point]:
        """The ends of what is not stated of some harms, and the points between at which one basis overtakes another."""
        return [point for (point,) in self.corners([harms])]

    def corners(self, blocks: Sequence[Sequence[str]]) -> Iterator[tuple[Point, ...]]:
        """The same for several groups of harms at once: one share for all of them, an expanded part for each."""
        for end in (0, 1):
            loss = [sum((self._left(harm, end) for harm in harms), ZERO) for harms in blocks]
            parts = [self._grown(harms, end) for harms in blocks]
            low, high = self.share or (ZERO, Fraction(1))
            shares = {low, high}
            for whole, ends in zip(loss, parts, strict=True):
                shares |= {part / whole for part in ends if whole and low < part / whole < high}
            for share in sorted(shares):
                grown = [
                    sorted({*ends, *({share * whole} if ends[0] < share * whole < ends[1] else ())})
                    for whole, ends in zip(loss, parts, strict=True)
                ]
                for taken in product(*grown):
                    known = self.share is not None
                    yield tuple(Point(whole, part, share, known) for whole, part in zip(loss, taken, strict=True))

    def _left(self, harm: str, end: int) -> Yuan:
        """The loss that the victim may claim for, less its own part."""
        return self.stated.loss[harm] * (1 - self.reduced[harm][end])

    def _grown(self, harms: Sequence[str], end: int) -> Ends:
        """The least and the most that the expanded part may come to."""
        low, high = (
            sum((self._expanded(harm)[i] * (1 - self.reduced[harm][end]) for harm in harms), ZERO) for i in (0, 1)
        )
        return low, high

    def _expanded(self, harm: str) -> Ends:
        loss = self.stated.loss[harm]
        known = self.stated.expanded.get((harm, self.pair[0]))
        if known is None and harm in self.later:
            known = loss
        return (ZERO, loss) if known is None else (known, known)

    def wrongdoers(self, terms: Sequence[Terms], assets: Assets) -> list[Wrongdoer]:
        """Those directly liable beside these liabilities; all that are known of where there is no liability."""
        names = sorted({party for t in terms for party in t.direct} - {self.pair[0]}) if terms else self.direct
        given = {name: self.stated.share[name][0] for name in names if name in self.stated.share}
        left = 1 - sum(given.values(), self.share[0] if self.share else ZERO)
        rest = Fraction(left, len(names) - len(given)) if len(names) > len(given) else ZERO
        return [
            Wrongdoer(
                name,
                given.get(name, rest) if given else Fraction(1),
                assets.get(name),
                any(t.says("answers_for_all", name) for t in terms),
                name not in self.unknown if not terms else not any(t.says("unidentified", name) for t in terms),
            )
            for name in names
        ]

    def claims(self, terms: Sequence[Terms], point: Point) -> list[Claim]:
        """The liabilities in yuan. One whose recourse the rules leave in two minds is there twice."""
        found = []
        for t in terms:
            choices: dict[str, list[str]] = {}
            for party, extent in t.recourse:
                choices.setdefault(party, []).append(extent)
            for n, extents in enumerate(product(*choices.values())):
                recourse = dict(zip(choices, map(_extent, extents), strict=True))
                found.append(_claim(t, f"{t.form}#{n}", point, recourse))
        return found

    def courses(self, terms: Sequence[Terms], first: First, assets: Assets) -> Iterator[Settlement]:
        """Every course of payment in this order, at every end of what is not stated; none where V may not proceed so."""
        blocks = _blocks(terms, self.harms)
        for at in self.corners([harms for harms, _ in blocks]):
            total = sum((point.loss for point in at), ZERO)
            found: list[list[Settlement]] = []
            for (_, those), point in zip(blocks, at, strict=True):
                part = point.loss / total if total else Fraction(1, len(blocks))
                has = {name: None if sum_ is None else sum_ * part for name, sum_ in assets.items()}
                wrongdoers, claims = self.wrongdoers(those, has), self.claims(those, point)
                if those and first not in open_orders(claims, wrongdoers) and len(blocks) == 1:
                    break
                own = self.stated.assets.get(self.pair[0])
                limit = None if own is None else own * part
                found.append(settle(point.loss, claims, wrongdoers, first, platform=self.pair[0], assets=limit))
            else:
                for parts in product(*found):
                    yield _joined(parts)


class NotStatedError(InputError):
    """A case does not state a loss that is to be reckoned."""


def check_stated(case: CaseFile, harms: Iterable[str]) -> None:
    """Raises NotStatedError where the case does not state the loss of one of these harms."""
    known = stated(case)
    if missing := [harm for harm in harms if harm not in known.loss]:
        words = "; ".join(f"- loss: {{harm: {harm}, yuan: ..}}" for harm in missing)
        message = say("the case states no loss, so nothing can be reckoned; state {words}", words=words)
        raise NotStatedError([Problem(case.file, 0, 0, message)])


def _extent(name: str) -> Extent:
    # every kind of recourse but these two is for what exceeds the debtor's own part
    return cast(Extent, {"full": "all", "none": "none"}.get(name, "excess"))


def _claim(t: Terms, name: str, at: Point, recourse: Mapping[str, Extent]) -> Claim:
    ceilings = {"whole": at.loss, "expanded": at.expanded, "share": at.share * at.loss}
    if t.ceiling not in ceilings:
        raise InputError(
            say(
                "how much the ceiling {ceiling} of {form} comes to is not known here",
                ceiling=quoted(t.ceiling),
                form=t.form,
            )
        )
    ceiling = ceilings[t.ceiling]
    part = Fraction(1, 1 + len(t.direct)) if t.says("shares_equal") and not at.known else at.share
    meanwhile = {"share": min(ceiling, at.share * at.loss), "whole": at.loss, "nothing": ZERO}
    unknown = [meanwhile[flag[2]] for flag in t.flags if flag[0] == "unknown_pays"]
    return Claim(
        name,
        ceiling,
        ceiling,
        ceiling if t.ceiling == "share" else part * ceiling,
        t.order == "at_once",
        recourse,
        frozenset(t.named("recourse_of_other")),
        bool(t.named("owes_rest")),
        at.share if t.says("cap_on_rest") else None,
        t.says("counts_pro_rata"),
        t.says("unwilling_suffices"),
        max(unknown, default=None),
    )


def _blocks(terms: Sequence[Terms], harms: Sequence[str]) -> list[tuple[tuple[str, ...], tuple[Terms, ...]]]:
    """Harms that the same liabilities cover belong together: liabilities for different harms add up."""
    if not terms:
        return [(tuple(harms), ())]
    found: dict[tuple[Terms, ...], list[str]] = {}
    for harm in sorted({harm for t in terms for harm in t.harms}):
        found.setdefault(tuple(t for t in terms if harm in t.harms), []).append(harm)
    return [(tuple(those), liabilities) for liabilities, those in found.items()]


def _joined(parts: Sequence[Settlement]) -> Settlement:
    """Settlements of different harms, added up."""
    if len(parts) == 1:
        return parts[0]
    rows: dict[str, Any] = {}
    for row in (row for one in parts for row in one.parts):
        before = rows.get(row.id)
        rows[row.id] = (
            row
            if before is None
            else replace(
                row, **{k: getattr(row, k) + getattr(before, k) for k in ("ceiling", "pays", "recourse", "reimburses")}
            )
        )
    ordered = sorted(rows.values(), key=lambda row: row.role == "platform")
    names = tuple(dict.fromkeys(name for one in parts for name in one.elected))
    return Settlement(
        sum((p.loss for p in parts), ZERO), sum((p.uncovered for p in parts), ZERO), tuple(ordered), names
    )
