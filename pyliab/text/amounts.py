"""Amounts and shares: exact in reckoning (Fraction, in yuan), whole fen only where they are shown.

No float, no clingo, and nothing of the law.
"""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import floor
from typing import Literal

from pyliab.text.later import dataclass
from pyliab.text.problem import no_date, no_day
from pyliab.text.say import quoted, say

Yuan = Fraction
Ends = tuple[Fraction, Fraction]
"""The lowest and the highest value."""
UNLIMITED = "unlimited"
"""How assets without a limit are written; in reckoning they are None."""
FEN = 100
_AMOUNT = r"^\d{1,15}(\.\d{1,2})?$"


def amount(text: str) -> Yuan | None:
    """Assets as an option gives them: yuan with at most two decimals, or `unlimited` (None). Raises ValueError."""
    return None if text.strip() == UNLIMITED else Fraction(money(text.strip()))


def shares(text: str) -> Ends:
    """A share as lowest and highest value: `30%`, `3/10` and `0.3` give one value twice, `20%-40%` gives two.

    Raises ValueError for what is no share, and for a range that runs backwards.
    """
    return ends(share(text.strip()))


def ends(text: str) -> Ends:
    """An amount or share as a case holds it, `100000.00`, `3/10` or the range `1/5-2/5`: its lowest and highest value."""
    low, _, high = text.partition("-")
    return Fraction(low), Fraction(high or low)


def money(text: str) -> str:
    """An amount in yuan as text with two decimals, exact. Raises ValueError for what is no amount."""
    from decimal import Decimal

    if not text.isascii() or not re.match(_AMOUNT, text):
        if re.search(r"[,，_ ]", text):
            raise ValueError(
                say("{text} is no amount in yuan (write 100000 or 100000.00, without separators)", text=quoted(text))
            )
        if re.match(r"\d{16}", text):
            raise ValueError(
                say("{text} is too large: fifteen digits before the point are the most", text=quoted(text))
            )
        raise ValueError(say("{text} is no amount in yuan (write 50000 or 50000.00)", text=quoted(text)))
    return f"{Decimal(text):.2f}"


def share(text: str) -> str:
    """A share as an exact fraction `3/10`, from `30%`, `3/10` or `0.3`; a range `20%-40%` as `1/5-2/5`.

    Raises ValueError for what is no share between 0 and 1, and for a range that runs backwards.
    """
    low, dash, high = text.partition("-")
    if not dash:
        return _one_share(text)
    ends = _one_share(low.strip()), _one_share(high.strip())
    if Fraction(ends[0]) > Fraction(ends[1]):
        raise ValueError(say("the range {text} runs backwards", text=quoted(text)))
    return ends[0] if ends[0] == ends[1] else "-".join(ends)


def _one_share(text: str) -> str:
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?%?|[0-9]{1,9}/0*[1-9][0-9]{0,8}", text):
        raise ValueError(say("{text} is no share like 30%, 3/10 or 0.3", text=quoted(text[:20])))
    value = Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
    if not 0 <= value <= 1:
        raise ValueError(say("{text} is no share between 0 and 1", text=quoted(text)))
    return str(value)


def day(text: str) -> int:
    """A date `2021-06-30` as the number 20210630. Raises ValueError for an impossible date."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            raise ValueError
        return int(datetime.date.fromisoformat(text).strftime("%Y%m%d"))
    except ValueError:
        raise ValueError(no_date(text)) from None


class Days(str):
    """A day of which only a span is known, as text: `2021`, `2021-03`, `2021-03/2021-06` or `2021-03-05/2021-04-01`."""

    __slots__ = ()

    @property
    def first(self) -> int:
        """The first day on which it may be, as a number yyyymmdd."""
        return _number(_end(self.partition("/")[0], 0))

    @property
    def last(self) -> int:
        """The last day on which it may be."""
        return _number(_end(self.rpartition("/")[2], 1))


def when(text: str) -> int | Days:
    """A date as a number, or a span in its shortest form. Raises ValueError for what is neither, or ends before it begins."""
    first, _, last = text.partition("/")
    start, end = _end(first, 0), _end(last if "/" in text else first, 1)
    if start > end:
        raise ValueError(say("the span {text} ends before it begins", text=quoted(text)))
    return _number(start) if start == end else span(_number(start), _number(end))


def span(first: int, last: int) -> Days:
    """The span from one day to another, in its shortest form."""
    start, end = (datetime.date(number // 10_000, number // 100 % 100, number % 100) for number in (first, last))
    after = end + datetime.timedelta(days=1)
    whole = start.day == after.day == 1
    length = 4 if whole and start.month == after.month == 1 else 7 if whole else 10
    return Days("/".join(dict.fromkeys(day.isoformat()[:length] for day in (start, end))))


def iso(day: int) -> str:
    """A day 20210630 as `2021-06-30`."""
    return f"{day:08}"[:4] + "-" + f"{day:08}"[4:6] + "-" + f"{day:08}"[6:]


def is_span(text: str) -> bool:
    """Is a text written like a span?"""
    return bool(re.fullmatch(r"\d{4}(-\d\d){0,2}(/\d{4}(-\d\d){0,2})?", text))


def ends_of(value: int | str) -> tuple[int, int]:
    """The first and the last day of an exact day, or of a span."""
    return (value.first, value.last) if isinstance(value, Days) else (int(value), int(value))


def _end(text: str, which: Literal[0, 1]) -> datetime.date:
    """The first or the last day of a year, a month or a day."""
    try:
        if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text, re.ASCII):
            raise ValueError
        year, month, number = [*map(int, text.split("-")), 0, 0][:3]
        first = datetime.date(year, 1 if len(text) == 4 else month, 1 if len(text) < 10 else number)
        months = {4: 12, 7: first.month}.get(len(text))
        return first.replace(month=months, day=monthrange(year, months)[1]) if which and months else first
    except ValueError:
        raise ValueError(no_day(text)) from None


def _number(date: datetime.date) -> int:
    return int(date.strftime("%Y%m%d"))


def fen(value: Yuan) -> int:
    """Yuan as whole fen, half a fen upwards."""
    return floor(value * FEN + Fraction(1, 2))


def yuan(value: int) -> str:
    """Fen as text in yuan with two decimals."""
    return f"{value // FEN}.{value % FEN:02d}"


def exact(value: Yuan) -> str:
    """Yuan with two decimals, or the fraction where fen do not suffice: `100000/3`."""
    return yuan(fen(value)) if value * FEN == fen(value) else str(value)


def grouped(text: str) -> str:
    """An amount for people: `80000.00` is `80,000`, `0.50` stays `0.50`."""
    whole, _, part = text.partition(".")
    head = re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", whole)
    return head if part in ("", "00") else f"{head}.{part}"


def percent(share: Fraction) -> str:
    """A share as per cent where that is exact, else as a fraction."""
    cents = share * 10_000
    return f"{float(share * 100):g}%" if cents.denominator == 1 else str(share)


def pour(wanted: Yuan, vessels: Mapping[str, tuple[Fraction, Yuan | None]]) -> dict[str, Yuan]:
    """Share out an amount by weight among those who can bear it; what one cannot bear falls on the others.

    `vessels` gives weight and limit (None: no limit). The parts add up to `wanted`, or to all limits if that is less.
    """
    taken = dict.fromkeys(vessels, Fraction(0))
    left = wanted
    open_ = {name for name, (_, limit) in vessels.items() if limit is None or limit > 0}
    while left > 0 and open_:
        weights = {name: vessels[name][0] for name in open_}
        total = sum(weights.values(), Fraction(0))
        # those without a weight are reached only when nobody with one is left
        parts = {name: left * weights[name] / total if total else left / len(open_) for name in open_}
        full = {
            name for name in open_ if (room := _room(vessels[name][1], taken[name])) is not None and parts[name] > room
        }
        for name in full or open_:
            room = _room(vessels[name][1], taken[name])
            part = parts[name] if room is None else min(parts[name], room)
            taken[name] += part
            left -= part
        open_ = open_ - full if full else set()
    return taken


def _room(limit: Yuan | None, taken: Yuan) -> Yuan | None:
    return None if limit is None else limit - taken


def least(*values: Yuan | None) -> Yuan:
    """The least of some limits, of which one at least is finite (None: no limit)."""
    return min(value for value in values if value is not None)


@dataclass(frozen=True)
class Portion:
    """A share, or the range it lies in."""

    low: Fraction
    high: Fraction

    def to_json(self) -> str | dict[str, str]:
        """An exact fraction, or `{"from", "to"}`."""
        return str(self.low) if self.low == self.high else {"from": str(self.low), "to": str(self.high)}

    def text(self) -> str:
        """For people: `30%`, or `20%–40%`."""
        return "–".join(dict.fromkeys((percent(self.low), percent(self.high))))


@dataclass(frozen=True)
class Exact:
    """An amount as an exact fraction of a yuan, or the range it lies in."""

    low: Yuan
    high: Yuan

    @classmethod
    def of(cls, values: Iterable[Yuan]) -> Exact:
        """The least range that holds all values."""
        known = list(values)
        return cls(min(known), max(known))

    def __add__(self, other: Exact) -> Exact:
        return Exact(self.low + other.low, self.high + other.high)

    def towards(self, other: Exact, part: Fraction) -> Exact:
        """The amount at this part of the way to another, in a straight line."""
        return Exact(self.low + (other.low - self.low) * part, self.high + (other.high - self.high) * part)

    def in_fen(self) -> Span:
        """The same in whole fen."""
        return Span(fen(self.low), fen(self.high))

    def to_json(self) -> str | dict[str, str]:
        """Yuan with two decimals, or `{"from", "to"}`."""
        return self.in_fen().to_json()


@dataclass(frozen=True, order=True)
class Span:
    """An amount in fen, or the range it lies in."""

    low: int
    high: int

    @classmethod
    def of(cls, values: Iterable[int]) -> Span:
        """The least range that holds all values."""
        known = list(values)
        return cls(min(known), max(known))

    def __add__(self, other: Span) -> Span:
        return Span(self.low + other.low, self.high + other.high)

    def to_json(self) -> str | dict[str, str]:
        """Yuan with two decimals, or `{"from", "to"}`."""
        return yuan(self.low) if self.low == self.high else {"from": yuan(self.low), "to": yuan(self.high)}

    def text(self) -> str:
        """For people: `80,000`, or `0–80,000`."""
        return "–".join(grouped(yuan(value)) for value in dict.fromkeys((self.low, self.high)))
