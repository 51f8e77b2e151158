"""What a creditor gets and what a debtor bears over the assets of others: exact curves, and where two of them cross."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from fractions import Fraction
from functools import partial
from itertools import chain, pairwise
from typing import Literal

from pyliab.money.assets import ZERO
from pyliab.money.books import Assets, Books, First, Group, Shares
from pyliab.money.conclusions import Completion, Ledger, Pair
from pyliab.money.totals import CLOSED, OPENED, Cell, Range, Total, over_all
from pyliab.text.amounts import Exact, Yuan, exact, fen, yuan
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError
from pyliab.text.say import say

Quantity = Literal["recovers", "bears"]
QUANTITIES: tuple[Quantity, Quantity] = ("recovers", "bears")
"""What the creditor recovers, and what the debtor bears in the end."""
_SAMPLES = tuple(Fraction(n, 2520) for n in (1, 360, 720, 840, 1260, 1680, 1800, 2519))
_NARROW = Fraction(1, 10_000)


@dataclass(frozen=True)
class Knot:
    """A point of a curve: what the creditor recovers and the debtor bears when the others have these assets."""

    assets: Yuan
    recovers: Exact
    bears: Exact

    def ends(self) -> tuple[Yuan, Yuan, Yuan, Yuan]:
        """Lowest and highest recovery, lowest and highest burden."""
        return self.recovers.low, self.recovers.high, self.bears.low, self.bears.high

    def of(self, quantity: Quantity) -> Yuan:
        """One quantity, where it is no range."""
        return (self.recovers if quantity == "recovers" else self.bears).low

    def towards(self, other: Knot, assets: Yuan) -> Knot:
        """The point at these assets on the straight line to another."""
        part = (assets - self.assets) / (other.assets - self.assets)
        return Knot(assets, self.recovers.towards(other.recovers, part), self.bears.towards(other.bears, part))


@dataclass(frozen=True)
class Curve:
    """One reading: straight between the knots."""

    reading: str
    knots: tuple[Knot, ...]

    @property
    def open(self) -> bool:
        """Does the reading, or the case, leave a range somewhere?"""
        return any(k.recovers.low != k.recovers.high or k.bears.low != k.bears.high for k in self.knots)

    def at(self, assets: Yuan) -> Knot:
        """Any point of the sweep; beyond its end nothing changes."""
        for left, right in pairwise(self.knots):
            if left.assets <= assets <= right.assets:
                return left.towards(right, assets)
        return self.knots[-1] if assets > self.knots[-1].assets else self.knots[0]


@dataclass(frozen=True)
class Stretch:
    """All assets between two amounts."""

    from_: Yuan
    to: Yuan


@dataclass(frozen=True)
class BreakEven:
    """Where two readings come to the same in one quantity: at `points`, and all along `equal_between`."""

    readings: tuple[str, str]
    quantity: Quantity
    never_differ: bool
    points: tuple[Yuan, ...]
    equal_between: tuple[Stretch, ...]


@dataclass(frozen=True)
class Sweep:
    """The curves of several readings for one debtor and one creditor, from no assets to `end`.

    `whose` assets run, each having as much; `first` is whom the creditors go against first, where they may. `whole`: the
    end is not below the loss, beyond which nothing changes.
    """

    case: str
    debtor: str
    creditor: str
    first: tuple[str, ...]
    whose: tuple[str, ...]
    end: Yuan
    whole: bool
    curves: tuple[Curve, ...]
    break_even: tuple[BreakEven, ...]

    def rows(self, steps: int = 20) -> list[tuple[str, ...]]:
        """For CSV: reading, assets, and both quantities from and to, at even steps and at every knot."""
        grid = {self.end * i / steps for i in range(steps + 1)}
        return [
            (curve.reading, exact(at), *(yuan(fen(value)) for value in curve.at(at).ends()))
            for curve in self.curves
            for at in sorted(grid | {knot.assets for knot in curve.knots})
        ]


def sweep(
    ledgers: Sequence[Ledger],
    pair: Pair,
    first: str | None = None,
    shares: Shares | None = None,
    end: Yuan | None = None,
) -> Sweep:
    """The curves of all readings, over the assets of those directly liable. Where a form closes the order asked, another is
    taken. Raises InputError where a loss is not stated, or nobody whose assets could matter stands beside the debtor."""
    whose = sorted(_directly_liable(ledgers, pair) - {pair[0]})
    if not whose:
        message = say("{debtor} is liable alone: there is nobody whose assets could matter", debtor=pair[0])
        raise InputError(message)
    # an amount that is neither nothing nor without limit: claims on one pot hang together
    books = Books(ledgers, {party: [Fraction(1)] for party in whose}, shares)
    books.check("--first", [first] if first else [], books.debtors | books.direct)
    # of the assets of someone who stays unknown nothing can be had, however much it owns
    runs = [party for party in whose if party not in books.reckoner.always_unknown]
    turn = None if first in books.direct - books.debtors else first
    most = max(_losses(books, ledgers, pair[1], set(whose)))
    stop = end or most or Fraction(1)
    fixed: Assets = {**books.assets[0], **dict.fromkeys(whose, ZERO)}
    curves = tuple(
        Curve(ledger.name, tuple(_knots(_Values(books, ledger, pair, turn, fixed, runs), stop))) for ledger in ledgers
    )
    pairs = [(a, b) for i, a in enumerate(curves) for b in curves[i + 1 :] if not a.open and not b.open]
    breaks = tuple(_break_even(a, b, quantity) for a, b in pairs for quantity in QUANTITIES)
    names = tuple(whose) if turn is None else (turn,)
    return Sweep(ledgers[0].stated.case.id, *pair, names, tuple(whose), stop, stop >= most, curves, breaks)


def _directly_liable(ledgers: Sequence[Ledger], pair: Pair) -> set[str]:
    said = (conclusion for ledger in ledgers for conclusion in ledger.where if conclusion.name == "direct")
    return {conclusion["party"] for conclusion in said if (conclusion["debtor"], conclusion["creditor"]) == pair}


def _losses(books: Books, ledgers: Sequence[Ledger], creditor: str, direct: Collection[str]) -> Iterator[Yuan]:
    """All that a creditor claims, or that is claimed of those directly liable, at every end of what is open."""
    for table in (table for ledger in ledgers for table in ledger.tables(books.groups)):
        for completion in table.completions:
            for claims in books.reckoner.claims(completion, table.harms):
                mine = (c for c in claims if c.creditor == creditor or any(w.id in direct for w in c.wrongdoers))
                yield sum((claim.loss for claim in mine), ZERO)


@dataclass(frozen=True)
class _Values:
    """What a reading comes to at some assets."""

    books: Books
    ledger: Ledger
    pair: Pair
    first: First
    fixed: Assets
    runs: Sequence[str]

    def __call__(self, assets: Yuan) -> Knot:
        has: Assets = {**self.fixed, **dict.fromkeys(self.runs, assets)}
        totals = over_all(self.ledger, self.ledger.tables(self.books.groups), partial(self._of, has))
        ends = [_ends(total, CLOSED if standing == CLOSED else OPENED) for standing, total in totals.items()]
        recovers, bears = zip(*ends, strict=True)
        return Knot(assets, *(Exact.of(chain.from_iterable(part)) for part in (recovers, bears)))

    def _of(self, has: Assets, completion: Completion, harms: Group) -> tuple[int, Total]:
        """In the order asked; and in the usual one, which counts where that is closed."""
        (debtor, creditor), cells = self.pair, dict[Cell, Range]()
        for standing, first in ((OPENED, self.first), (CLOSED, None)):
            courses = self.books.courses(completion, harms, has, first)
            for what, sums in (
                ("recovers", [settled.course.gets(creditor) for settled in courses]),
                ("bears", [settled.course.bears(debtor) for settled in courses]),
            ):
                cells[what, str(standing), ""] = min(sums), max(sums)
        return self.books.standing(completion, harms, self.first), Total(cells)


def _ends(total: Total, standing: int) -> list[Range]:
    return [total.cells[what, str(standing), ""] for what in QUANTITIES]


def _knots(at: Callable[[Yuan], Knot], stop: Yuan) -> list[Knot]:
    """The points between which the values run straight, both ends included."""
    seen: dict[Yuan, Knot] = {}

    def value(x: Yuan) -> Knot:
        if x not in seen:
            seen[x] = at(x)
        return seen[x]

    def straight(x: Yuan, y: Yuan) -> bool:
        points = [x + (y - x) * part for part in _SAMPLES]
        return all(value(point) == value(x).towards(value(y), point) for point in points)

    def split(x: Yuan, y: Yuan) -> list[Yuan]:
        if y - x <= _NARROW or straight(x, y):
            return [x]
        middle = _kink(value, x, y)
        return [*split(x, middle), *split(middle, y)]

    knots = [*split(ZERO, stop), stop]
    kept = [x for i, x in enumerate(knots) if i in (0, len(knots) - 1) or not straight(knots[i - 1], knots[i + 1])]
    return [value(x) for x in kept]


def _kink(value: Callable[[Yuan], Knot], x: Yuan, y: Yuan) -> Yuan:
    """Where the line from the left end meets the line from the right end in some component; the middle if nowhere."""
    step = (y - x) * _SAMPLES[0]
    points = (value(at).ends() for at in (x, x + step, y, y - step))
    for left, near, right, far in zip(*points, strict=True):
        rise, fall = (near - left) / step, (right - far) / step
        if rise != fall:
            meet: Yuan = (right - left - fall * y + rise * x) / (rise - fall)
            if x < meet < y:
                return meet
    return (x + y) / 2


def _break_even(a: Curve, b: Curve, quantity: Quantity) -> BreakEven:
    grid = sorted({knot.assets for curve in (a, b) for knot in curve.knots})
    gaps = [(at, a.at(at).of(quantity) - b.at(at).of(quantity)) for at in grid]
    points: set[Yuan] = set()
    stretches: list[Stretch] = []
    for (x, left), (y, right) in pairwise(gaps):
        if left == right == 0:
            start = stretches.pop().from_ if stretches and stretches[-1].to == x else x
            stretches.append(Stretch(start, y))
        elif left == 0 or right == 0:
            points.add(x if left == 0 else y)
        elif left * right < 0:
            points.add(x + (y - x) * left / (left - right))
    inside = {point for point in points if not any(s.from_ <= point <= s.to for s in stretches)}
    never = all(gap == 0 for _, gap in gaps)
    return BreakEven((a.reading, b.reading), quantity, never, tuple(sorted(inside)), tuple(stretches))
