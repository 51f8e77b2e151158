"""The space of readings told apart by money: what each victim recovers and what each platform bears.

What settlement reads of a reading is marked by `rules/analysis/space.lp`. Every set of marks that some reading has is
settled once, as `settle` does, and sets that come to the same amounts are one before anything is counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyliab.asp.cover import Cover, Mark, Piece, Within
from pyliab.diagram import VOID, Diagram, Ref, Store, Variable, leaf, number_of
from pyliab.facts import CaseFile
from pyliab.ledger import Ends, Journal, Pair
from pyliab.money import Span, Yuan
from pyliab.reckoner import Assets, Reckoner, check_stated
from pyliab.settle import FIRST, asset_sets, check_named
from pyliab.settlement import shown
from pyliab.space import Amounts, Explorer, Outcome, Space, asked, rows, whole_space

LEVEL = "money"
_ALONE = ("reduced", "dated_expansion")
"""Marks that are not of one liability."""
NO_RECOURSE = "none"
Held = tuple[Mark, ...]
"""The marks that hold of one debtor and creditor."""


def explore(
    explorer: Explorer, case: CaseFile, given: Sequence[Assets | Yuan | None] = (), share: Ends | None = None
) -> Space:
    """The space of one case, its outcomes sets of `Amounts`: one for each debtor and creditor and each set of assets.

    The operator is gone against first; where none is known or stands beside, the platform. Raises InputError as
    `Explorer.explore` does, and where a loss is not stated for which some reading makes somebody liable.
    """
    cover, disputed = explorer.begin(case)
    marks = cover.program.marks(case.id, LEVEL)
    harms = {mark[5] for mark, literal in marks.items() if mark[0] == "covers" and _possible(cover, literal)}
    check_stated(case, sorted(harms))
    void, pieces = cover.void(), _pieces(cover, marks)
    order = asked([void, *pieces.values()], cover.variables)
    store = Store([len(variable.values) for variable in order])
    forbidden = store.build(rows(void, order)) if void else leaf(False)
    where = _where(store, order, pieces)
    tables = [_Table(store, forbidden, where, pair) for pair in sorted({_pair(m) for m in marks if m[0] == "owed"})]
    tables = [table for table in tables if any(map(_owed, table.held))]
    wholes = [table.reckoner(case, share) for table in tables]
    check_named(wholes, given)
    found = [_settled(store, case, *both, given, share) for both in zip(tables, wholes, strict=True)]
    outcomes: dict[Outcome, int] = {}

    def join(refs: tuple[Ref, ...]) -> Ref:
        if number_of(refs[0]):
            return VOID
        parts = (known[number_of(ref)] for ref, (_, known) in zip(refs[1:], found, strict=True))
        outcome: Outcome = frozenset[Amounts]().union(*parts)
        return leaf(outcomes.setdefault(outcome, len(outcomes)))

    root = store.merge([forbidden, *(ref for ref, _ in found)], join)
    return whole_space(case.id, LEVEL, Diagram(tuple(order), store, root), list(outcomes), cover.variables, disputed)


def _possible(cover: Cover, literal: int) -> bool:
    void = cover.program.void
    return cover.program.core([literal, *([] if void is None else [-void])]) is None


def _pieces(cover: Cover, marks: Mapping[Mark, int]) -> dict[Mark, list[Piece]]:
    """Where liabilities stand; what else is marked of a liability is asked only where that stands."""
    found = {mark: cover.pieces(literal) for mark, literal in marks.items() if mark[0] == "owed"}
    for mark, literal in marks.items():
        if mark not in found:
            owed = _liability(mark)
            found[mark] = cover.pieces(literal, Within(marks[owed], found[owed]) if owed in found else None)
    return found


def _liability(mark: Mark) -> Mark | None:
    """The mark of the liability that this one is about."""
    return None if mark[0] in _ALONE else ("owed", *mark[1:4])


def _where(store: Store, order: Sequence[Variable], pieces: Mapping[Mark, Sequence[Piece]]) -> dict[Mark, Ref]:
    """By mark the function that is 1 where it holds."""
    found: dict[Mark, Ref] = {}
    for mark, those in sorted(pieces.items(), key=lambda entry: entry[0][0] != "owed"):
        owed = _liability(mark)
        if owed == mark or owed not in found:
            found[mark] = store.build(rows(those, order))
        else:
            parts = [store.part(cube) for cube, holds in rows(those, order) if holds]
            found[mark] = store.merge(
                [found[owed], *parts], lambda refs: leaf(refs[0] == leaf(1) and leaf(1) in refs[1:])
            )
    return found


def _pair(mark: Mark) -> Pair:
    return mark[1], mark[2]


def _owed(held: Held) -> bool:
    return any(mark[0] == "owed" for mark in held)


class _Table:
    """What is marked of one debtor and creditor: a function, and what the numbers of its leaves stand for."""

    def __init__(self, store: Store, forbidden: Ref, where: Mapping[Mark, Ref], pair: Pair) -> None:
        self.pair = pair
        # what is marked of a debtor alone concerns each of its creditors
        known = [m for m in where if m[1:3] == pair or (m[0] == "dated_expansion" and m[2] == pair[0])]
        numbers: dict[Held, int] = {}

        def join(refs: tuple[Ref, ...]) -> Ref:
            if number_of(refs[0]):
                return VOID
            held = tuple(mark for mark, ref in zip(known, refs[1:], strict=True) if number_of(ref))
            return leaf(numbers.setdefault(held if _owed(held) else (), len(numbers)))

        self.function = store.merge([forbidden, *(where[mark] for mark in known)], join)
        self.held = list(numbers)

    def reckoner(self, case: CaseFile, share: Ends | None) -> Reckoner:
        """Knows all that may stand beside, and every harm, under any reading by which the debtor is liable."""
        journal = Journal(case)
        for held in filter(_owed, self.held):
            journal.note(_said(held))
        return Reckoner([journal], self.pair, share)


def _said(held: Held) -> list[tuple[str, tuple[str, ...]]]:
    return [(mark[0], mark[1:]) for mark in held]


def _settled(
    store: Store,
    case: CaseFile,
    table: _Table,
    whole: Reckoner,
    given: Sequence[Assets | Yuan | None],
    share: Ends | None,
) -> tuple[Ref, list[frozenset[Amounts]]]:
    """The function of amounts, and what its numbers stand for."""
    sets = asset_sets(whole, given)
    classes: dict[frozenset[Amounts], int] = {}
    known: dict[Held, frozenset[Amounts]] = {}
    moved = []
    for held in (_bearing(held, whole) for held in table.held):
        if held not in known:
            known[held] = _amounts(case, whole, held, sets, share)
        amounts = known[held]
        moved.append(leaf(classes.setdefault(amounts, len(classes))))
    function = store.merge([table.function], lambda refs: VOID if refs[0] == VOID else moved[number_of(refs[0])])
    return function, list(classes)


def _bearing(held: Held, whole: Reckoner) -> Held:
    """The marks without those that bear on no amount here, so that less is settled twice."""
    idle: set[Mark] = set()
    extents: dict[Mark, list[str]] = {}
    for mark in held:
        if mark[0] == "recourse":
            extents.setdefault(mark[1:5], []).append(mark[5])
    # to have no recourse is the same as not to have any other
    idle |= {("recourse", *of, NO_RECOURSE) for of, names in extents.items() if names == [NO_RECOURSE]}
    if len(whole.direct) < 2:
        idle |= {mark for mark in held if mark[0] == "answers_for_all"}
    # who goes first against known others has enforced before the debtor's turn comes
    if not whole.unknown and any(mark[0] == "direct" for mark in held):
        idle |= {mark for mark in held if mark[0] == "unwilling_suffices"}
    return tuple(mark for mark in held if mark not in idle)


def _amounts(
    case: CaseFile, whole: Reckoner, held: Held, sets: Sequence[Assets], share: Ends | None
) -> frozenset[Amounts]:
    """What it comes to that these marks hold and no others. Where nothing is owed, the others pay what they can."""
    reckoner, journal = whole, Journal(case)
    if held:
        journal.note(_said(held))
        reckoner = Reckoner([journal], whole.pair, share)
    (terms,) = journal.together(whole.pair) if held else [()]
    found = []
    for assets in sets:
        orders = (list(reckoner.courses(terms, first, assets)) for first in FIRST)
        cents = {shown(course, assets) for course in next(filter(None, orders))}
        debtor, creditor = whole.pair
        found.append(
            Amounts(
                creditor,
                debtor,
                tuple(sorted(assets.items())),
                Span.of(one.recovered for one in cents),
                Span.of(row.bears for one in cents for row in one.rows if row.role == "platform"),
                Span.of(one.uncovered for one in cents),
            )
        )
    return frozenset(found)
