"""What the victim gets and what the platform bears, over the operator's assets: exact curves, and where two of them cross."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from pyliab.money.ledger import Ends, Ledger, Pair, Terms
from pyliab.money.payment import First, Settlement
from pyliab.money.reckoner import Reckoner
from pyliab.text.amounts import Span, Yuan, fen, yuan
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError
from pyliab.text.say import say

QUANTITIES = ("creditor_recovers", "platform_bears")
Values = tuple[Yuan, Yuan, Yuan, Yuan]
"""Lowest and highest recovery of the victim, lowest and highest final burden of the platform."""
_SAMPLES = tuple(Fraction(n, 2520) for n in (1, 360, 720, 840, 1260, 1680, 1800, 2519))
_NARROW = Fraction(1, 10_000)


@dataclass(frozen=True)
class Curve:
    """One reading: straight between the `knots`; `open` if somewhere it is a range."""

    reading: str
    knots: tuple[tuple[Yuan, Values], ...]

    @property
    def open(self) -> bool:
        """Does the reading, or the case, leave a range somewhere?"""
        return any(v[0] != v[1] or v[2] != v[3] for _, v in self.knots)

    def at(self, assets: Yuan) -> Values:
        """The values at any point of the sweep."""
        for (a, left), (b, right) in pairwise(self.knots):
            if a <= assets <= b:
                part = (assets - a) / (b - a)
                low, high, least, most = (x + (y - x) * part for x, y in zip(left, right, strict=True))
                return low, high, least, most
        return self.knots[-1][1] if assets > self.knots[-1][0] else self.knots[0][1]


@dataclass(frozen=True)
class BreakEven:
    """Where two readings come to the same in one quantity: at `points`, and all along `stretches`."""

    readings: tuple[str, str]
    quantity: str
    points: tuple[Yuan, ...]
    stretches: tuple[tuple[Yuan, Yuan], ...]
    never_differ: bool

    def to_json(self) -> dict[str, Any]:
        """Exact fractions of a yuan where fen do not suffice."""
        return {
            "readings": list(self.readings),
            "quantity": self.quantity,
            "never_differ": self.never_differ,
            "points": [exact(point) for point in self.points],
            "equal_between": [{"from": exact(a), "to": exact(b)} for a, b in self.stretches],
        }


@dataclass(frozen=True)
class Sweep:
    """The curves of several readings for one debtor and one creditor, from no assets to `end`.

    `whole`: the end is not below the loss, beyond which nothing changes.
    """

    pair: Pair
    first: First
    end: Yuan
    whole: bool
    curves: tuple[Curve, ...]
    breaks: tuple[BreakEven, ...]

    def rows(self, steps: int = 20) -> list[tuple[str, ...]]:
        """For CSV: reading, assets, and both quantities from and to, at even steps and at every knot."""
        found: list[tuple[str, ...]] = []
        grid = {self.end * i / steps for i in range(steps + 1)}
        for curve in self.curves:
            for at in sorted(grid | {knot for knot, _ in curve.knots}):
                found.append((curve.reading, exact(at), *(yuan(fen(value)) for value in curve.at(at))))
        return found

    def to_json(self) -> dict[str, Any]:
        """Knots and break-even points."""
        return {
            "debtor": self.pair[0],
            "creditor": self.pair[1],
            "first": self.first,
            "end": exact(self.end),
            "whole": self.whole,
            "curves": [
                {
                    "reading": curve.reading,
                    "knots": [
                        {
                            "operator_assets": exact(at),
                            "creditor_recovers": Span(fen(v[0]), fen(v[1])).to_json(),
                            "platform_bears": Span(fen(v[2]), fen(v[3])).to_json(),
                        }
                        for at, v in curve.knots
                    ],
                }
                for curve in self.curves
            ],
            "break_even": [one.to_json() for one in self.breaks],
        }


def exact(value: Yuan) -> str:
    """Yuan with two decimals, or the fraction where fen do not suffice: `100000/3`."""
    return yuan(fen(value)) if value * 100 == fen(value) else str(value)


def sweep(
    ledgers: Sequence[Ledger], pair: Pair, first: First, share: Ends | None = None, end: Yuan | None = None
) -> Sweep:
    """The curves of all readings, each wrongdoer having the assets of the axis. Where a form closes the order asked, the
    other is taken. Raises InputError where a loss is not stated or nobody stands beside the debtor."""
    reckoner = Reckoner(ledgers, pair, share)
    if not reckoner.direct:
        message = say("{pair} is liable alone: there is no operator whose assets could matter", pair=pair[0])
        raise InputError(message)
    most = max((point.loss for point in reckoner.points(reckoner.harms)), default=Fraction(0))
    stop = end or most or Fraction(1)
    curves = tuple(_curve(reckoner, ledger, first, stop) for ledger in ledgers)
    pairs = [(a, b) for i, a in enumerate(curves) for b in curves[i + 1 :] if not a.open and not b.open]
    breaks = tuple(_break_even(a, b, quantity) for a, b in pairs for quantity in (0, 1))
    return Sweep(pair, first, stop, stop >= most, curves, breaks)


def _curve(reckoner: Reckoner, ledger: Ledger, first: First, stop: Yuan) -> Curve:
    sides = ledger.together(reckoner.pair)

    def at(assets: Yuan) -> Values:
        found = [one for terms in sides for one in _courses(reckoner, terms, first, assets)]
        burdens = [part.bears for one in found for part in one.parts if part.role == "platform"]
        got = [one.recovered for one in found]
        return min(got), max(got), min(burdens), max(burdens)

    return Curve(ledger.choice.name, tuple(_knots(at, Fraction(0), stop)))


def _courses(reckoner: Reckoner, terms: tuple[Terms, ...], first: First, assets: Yuan) -> list[Settlement]:
    has = dict.fromkeys(reckoner.direct, assets)
    other: First = "platform" if first == "operator" else "operator"
    return list(reckoner.courses(terms, first, has)) or list(reckoner.courses(terms, other, has))


def _knots(at: Callable[[Yuan], Values], a: Yuan, b: Yuan) -> list[tuple[Yuan, Values]]:
    """The points between which the values run straight, both ends included."""
    seen: dict[Yuan, Values] = {}

    def value(x: Yuan) -> Values:
        if x not in seen:
            seen[x] = at(x)
        return seen[x]

    def straight(x: Yuan, y: Yuan) -> bool:
        return all(value(x + (y - x) * part) == _between(value(x), value(y), part) for part in _SAMPLES)

    def split(x: Yuan, y: Yuan) -> list[Yuan]:
        if y - x <= _NARROW or straight(x, y):
            return [x]
        middle = _kink(value, x, y)
        return [*split(x, middle), *split(middle, y)]

    found = [*split(a, b), b]
    kept = [x for i, x in enumerate(found) if i in (0, len(found) - 1) or not straight(found[i - 1], found[i + 1])]
    return [(x, value(x)) for x in kept]


def _between(left: Values, right: Values, part: Fraction) -> Values:
    low, high, least, most = (x + (y - x) * part for x, y in zip(left, right, strict=True))
    return low, high, least, most


def _kink(value: Callable[[Yuan], Values], x: Yuan, y: Yuan) -> Yuan:
    """Where the line from the left end meets the line from the right end in some component; the middle if nowhere."""
    step = (y - x) * _SAMPLES[0]
    for left, near, right, far in zip(value(x), value(x + step), value(y), value(y - step), strict=True):
        rise, fall = (near - left) / step, (right - far) / step
        if rise != fall:
            meet = (right - left - fall * y + rise * x) / (rise - fall)
            if x < meet < y:
                return meet
    return (x + y) / 2


def _break_even(a: Curve, b: Curve, quantity: int) -> BreakEven:
    grid = sorted({knot for curve in (a, b) for knot, _ in curve.knots})
    gaps = [(at, a.at(at)[2 * quantity] - b.at(at)[2 * quantity]) for at in grid]
    points: set[Yuan] = set()
    stretches: list[tuple[Yuan, Yuan]] = []
    for (x, left), (y, right) in pairwise(gaps):
        if left == right == 0:
            start = stretches.pop()[0] if stretches and stretches[-1][1] == x else x
            stretches.append((start, y))
        elif left == 0 or right == 0:
            points.add(x if left == 0 else y)
        elif left * right < 0:
            points.add(x + (y - x) * left / (left - right))
    inside = {point for point in points if not any(low <= point <= high for low, high in stretches)}
    never = all(gap == 0 for _, gap in gaps)
    return BreakEven((a.reading, b.reading), QUANTITIES[quantity], tuple(sorted(inside)), tuple(stretches), never)
