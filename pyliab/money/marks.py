"""What settlement reads of a case, over the whole space of readings: for each debtor and creditor one exact function.

The marks of the level `money` in `rules/analysis/space.lp` are the conclusions that settlement reads (ledger.py). A set of
them that holds of one debtor and creditor under some reading is all that the amounts between the two can depend on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyliab.asp.cubes import Cover, Mark, Piece, Variables, Within
from pyliab.kb.case import CaseFile
from pyliab.money.ledger import Ends, Journal, Pair
from pyliab.money.reckoner import Reckoner
from pyliab.space.diagram import VOID, Diagram, Ref, Store, Variable, leaf, number_of
from pyliab.space.space import Explorer, asked, rows
from pyliab.text.later import dataclass

LEVEL = "money"
_ALONE = ("reduced", "dated_expansion")
"""Marks that are not of one liability."""
NO_RECOURSE = "none"
Held = tuple[Mark, ...]
"""The marks that hold of one debtor and creditor; empty where nothing is owed."""


class Table:
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

    def reckoner(self, case: CaseFile, share: Ends | None = None) -> Reckoner:
        """Knows all that may stand beside, and every harm, under any reading by which the debtor is liable."""
        whole = Journal(case)
        for held in filter(_owed, self.held):
            whole.note(_said(held))
        return Reckoner([whole], self.pair, share)


@dataclass(frozen=True)
class Tables:
    """The tables of one case, in one store. Where `forbidden` is 1 the positions cannot stand together."""

    store: Store
    order: tuple[Variable, ...]
    variables: Variables
    disputed: Sequence[str]
    harms: Sequence[str]
    forbidden: Ref
    tables: Sequence[Table]

    def diagram(self, root: Ref) -> Diagram:
        """A function of this store as a diagram."""
        return Diagram(self.order, self.store, root)


def money_tables(explorer: Explorer, case: CaseFile) -> Tables:
    """The tables of one case. `harms` are those for which some reading makes somebody liable.

    Raises InputError as `Explorer.explore` does.
    """
    cover, disputed = explorer.begin(case)
    marks = cover.program.marks(case.id, LEVEL)
    harms = {mark[5] for mark, literal in marks.items() if mark[0] == "covers" and _possible(cover, literal)}
    void, pieces = cover.void(), _pieces(cover, marks)
    order = asked([void, *pieces.values()], cover.variables)
    store = Store([len(variable.values) for variable in order])
    forbidden = store.build(rows(void, order)) if void else leaf(False)
    where = _where(store, order, pieces)
    pairs = sorted({(mark[1], mark[2]) for mark in marks if mark[0] == "owed"})
    tables = [Table(store, forbidden, where, pair) for pair in pairs]
    owing = [table for table in tables if any(map(_owed, table.held))]
    return Tables(store, tuple(order), cover.variables, disputed, sorted(harms), forbidden, owing)


def journal(case: CaseFile, held: Held) -> Journal:
    """That these marks hold and no others, ready to be reckoned."""
    found = Journal(case)
    found.note(_said(held))
    return found


def bearing(held: Held, whole: Reckoner) -> Held:
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
    return tuple(mark for mark in held if mark not in idle)


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


def _owed(held: Held) -> bool:
    return any(mark[0] == "owed" for mark in held)


def _said(held: Held) -> list[tuple[str, tuple[str, ...]]]:
    return [(mark[0], mark[1:]) for mark in held]
