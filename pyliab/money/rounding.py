"""A course of payment in the smallest coin: everything rounded so that what belongs together still adds up.

Payments and what stays uncovered of a claim add up to its loss; what a debtor pays is its exact sum cut or filled up to the
next coin, so that no pot is overdrawn. Recourse is rounded once for the two it concerns, never above what was paid or what
the other has left; so what all bear adds up to what all creditors get.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import ceil, floor

from pyliab.money.assets import ZERO
from pyliab.money.payment import Course
from pyliab.text.amounts import FEN, Yuan, fen
from pyliab.text.later import dataclass

UNCOVERED = ""
"""The column of what nobody pays, beside the debtors."""


@dataclass(frozen=True)
class Row:
    """A debtor's part in coins."""

    id: str
    owes: int
    pays: int
    recovers: int
    gives_back: int

    @property
    def bears(self) -> int:
        """The final burden."""
        return self.pays - self.recovers + self.gives_back


@dataclass(frozen=True)
class Rounded:
    """A course of payment in coins. `creditors` have, by id and head, what they lost, get, stay without and bear themselves."""

    creditors: tuple[tuple[str, str, int, int, int, int], ...]
    rows: tuple[Row, ...]


def rounded(course: Course, assets: Mapping[str, Yuan | None]) -> Rounded:
    """Round a course of payment."""
    table = round_table([_exact(course, place) for place in range(len(course.claims))])
    pays: dict[str, int] = defaultdict(int)
    creditors: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for claim, cells in zip(course.claims, table, strict=True):
        uncovered = cells.pop(UNCOVERED)
        gets, own = sum(cells.values()), fen(claim.loss + claim.own_part) - fen(claim.loss)
        for column, sum_ in enumerate((gets + uncovered, gets, uncovered, own)):
            creditors[claim.creditor, claim.head][column] += sum_
        for party, sum_ in cells.items():
            pays[party] += sum_
    recovers, gives = _recourse(course, pays, assets)
    rows = tuple(
        Row(party, _ceiling(course, party, owes, pays[party]), pays[party], recovers[party], gives[party])
        for party, owes in course.owed
    )
    return Rounded(tuple((*of, *sums) for of, sums in sorted(creditors.items())), rows)  # type: ignore[misc]


def _exact(course: Course, place: int) -> dict[str, Yuan]:
    """What everyone pays on one claim, and what stays uncovered."""
    cells = {party: sum_ for party, at, sum_ in course.payments if at == place}
    return {**cells, UNCOVERED: course.claims[place].loss - sum(cells.values(), ZERO)}


def _ceiling(course: Course, party: str, owes: Yuan, pays: int) -> int:
    """A ceiling that is reached is shown as what was paid."""
    return pays if course.pays(party) == owes else max(fen(owes), pays)


def _recourse(
    course: Course, pays: Mapping[str, int], assets: Mapping[str, Yuan | None]
) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """What everyone recovers, and gives back."""
    recovers: dict[str, int] = defaultdict(int)
    gives: dict[str, int] = defaultdict(int)
    for giver, payer, exact in course.flows:
        has = assets.get(giver)
        left = [] if has is None else [floor(has * FEN) - pays[giver] - gives[giver]]
        sum_ = max(0, min(fen(exact), pays[payer] - recovers[payer], *left))
        recovers[payer] += sum_
        gives[giver] += sum_
    return recovers, gives


def round_table(rows: Sequence[Mapping[str, Yuan]]) -> list[dict[str, int]]:
    """Cut off every cell, then fill up each row to its rounded sum, the largest remainders first, and no named column beyond its
    own sum rounded up, as far as that is possible."""
    cut = [{name: floor(exact * FEN) for name, exact in row.items()} for row in rows]
    names = {name for row in rows for name in row if name != UNCOVERED}
    sums = {name: sum(row.get(name, ZERO) for row in rows) * FEN for name in names}
    room = {name: ceil(sums[name]) - sum(cells.get(name, 0) for cells in cut) for name in names}
    filled: dict[str, list[int]] = defaultdict(list)

    def fill(place: int, tried: set[str]) -> bool:
        """Give this row a coin in some column, moving that of another row to make room."""
        left = {name: exact * FEN - cut[place][name] for name, exact in rows[place].items()}
        for name in sorted(filter(left.get, left), key=lambda name: -left[name]):
            if name in tried or place in filled[name]:
                continue
            tried.add(name)
            free = name == UNCOVERED or len(filled[name]) < room[name]
            mover = None if free else next((other for other in filled[name] if fill(other, tried)), None)
            if free or mover is not None:
                filled[name] = [*(other for other in filled[name] if other != mover), place]
                return True
        return False

    for place, row in enumerate(rows):
        for _ in range(fen(sum(row.values(), ZERO)) - sum(cut[place].values())):
            if not fill(place, set()):
                filled[UNCOVERED].append(place)
    return [
        {name: coins + filled[name].count(place) for name, coins in cells.items()} for place, cells in enumerate(cut)
    ]
