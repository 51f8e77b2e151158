"""What claims come to that are reckoned apart: sums over the claims, ranges over what is open.

An order of enforcement may be open on some claims and closed on others. The creditors go about it in this order where it
is open on one of them; so a total is kept by whether it is `OPENED`, `CLOSED`, or does not arise (`FREE`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from typing import Any

from pyliab.money.conclusions import Completion, Ledger, Table
from pyliab.text.later import dataclass

FREE, CLOSED, OPENED = range(3)
Cell = tuple[str, str, str]
Range = tuple[Any, Any]
"""The lowest and the highest sum: fractions of a yuan, or whole coins."""
NOTHING = (0, 0)


@dataclass(frozen=True)
class Total:
    """Ranges by cell (nothing where a cell is missing), and what was noted on the way."""

    cells: Mapping[Cell, Range]
    notes: frozenset[tuple[str, ...]] = frozenset()


Totals = Mapping[int, Total]
"""By `FREE`, `CLOSED` or `OPENED`; empty where positions cannot stand together."""


def either(totals: Sequence[Total]) -> Total:
    """The least ranges that hold all of them."""
    names = {name for total in totals for name in total.cells}
    ranges = {name: [total.cells.get(name, NOTHING) for total in totals] for name in names}
    cells = {name: (min(low for low, _ in ends), max(high for _, high in ends)) for name, ends in ranges.items()}
    return Total(cells, frozenset[tuple[str, ...]]().union(*(total.notes for total in totals)))


def both(first: Total, other: Total) -> Total:
    """The sums of both."""
    cells = dict(first.cells)
    for name, (low, high) in other.cells.items():
        least, most = cells.get(name, NOTHING)
        cells[name] = least + low, most + high
    return Total(cells, first.notes | other.notes)


Value = Callable[[Completion, frozenset[str]], tuple[int, Total]]
"""What claims for some harms come to in one completion, and how they stand to an order of enforcement."""


def over_all(ledger: Ledger, tables: Sequence[Table], value: Value) -> Totals:
    """What the claims of these tables come to over all that is open."""

    def at(place: int, number: int | None) -> Totals:
        if number is None:
            return {}
        table = tables[place]
        return dict([value(table.completions[number], table.harms)])

    return ledger.joint(tables).total(at, _either, _together)


def _either(totals: Sequence[Totals]) -> Totals:
    return _by_standing((standing, total) for each in totals for standing, total in each.items())


def _together(totals: Sequence[Totals]) -> Totals:
    def join(some: Totals, more: Totals) -> Totals:
        return _by_standing((max(a, b), both(x, y)) for a, x in some.items() for b, y in more.items())

    return reduce(join, totals, {FREE: Total({})})


def _by_standing(pairs: Iterable[tuple[int, Total]]) -> Totals:
    groups: dict[int, list[Total]] = {}
    for standing, total in pairs:
        groups.setdefault(standing, []).append(total)
    return {standing: some[0] if len(some) == 1 else either(some) for standing, some in groups.items()}
