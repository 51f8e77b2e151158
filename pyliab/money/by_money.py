"""The money of a case over the whole space of readings, exactly: diagrams whose leaves are finished settlements.

The marks of the level `money` in `rules/analysis/space.lp` are the conclusions that settlement reads. A set of them that
holds of some claims under some reading is all that the amounts of these claims can depend on. So every such set is settled
once, as `settle` does, and sets that come to the same amounts are one before anything is counted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from pyliab.asp.cubes import Cover, Mark, Piece, Within
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.money.accounts import Scenario, Tally, scenarios
from pyliab.money.books import Assets, Books, Given, Shares
from pyliab.money.conclusions import OWED, REDUCED, Completion, Conclusion
from pyliab.money.stated import Stated
from pyliab.space.diagram import VOID, Diagram, Ref, Store, Variable, leaf, number_of
from pyliab.space.space import Explorer, Outcome, Progress, Space, asked, rows, whole_space
from pyliab.text.amounts import Span, Yuan
from pyliab.text.encode import to_json
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError
from pyliab.text.say import Text

LEVEL = "money"


@dataclass(frozen=True, order=True)
class Recovery:
    """What a creditor gets of some harms, and what stays uncovered."""

    id: str
    harms: tuple[str, ...]
    recovers: Span
    uncovered: Span


@dataclass(frozen=True, order=True)
class Burden:
    """What a debtor bears in the end."""

    id: str
    bears: Span


@dataclass(frozen=True)
class Amounts:
    """What claims that hang together come to, the debtors having these assets: one part of an outcome in money.

    The creditors go first against those directly liable; where they may not, in any order.
    """

    assets: tuple[tuple[str, Yuan | None], ...]
    creditors: tuple[Recovery, ...]
    debtors: tuple[Burden, ...]

    @property
    def place(self) -> tuple[Any, ...]:
        """Where it stands among others: no limit comes after every amount."""
        return self.creditors, self.debtors, [(party, sum_ is None, sum_ or 0) for party, sum_ in self.assets]

    def to_json(self) -> dict[str, Any]:
        """Plain data, in the shapes of `settle`."""
        return to_json({"assets": dict(self.assets), "creditors": self.creditors, "debtors": self.debtors})  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Table:
    """What is concluded of claims that hang together: a function, and what the numbers of its leaves stand for."""

    harms: frozenset[str]
    function: Ref
    completions: tuple[Completion, ...]


class Money:
    """All that settlement reads of one case, over all readings, in one store.

    Where `forbidden` is 1 the positions cannot stand together. Raises InputError as `Explorer.explore` does, and where a
    loss is not stated for which some reading makes somebody liable.
    """

    def __init__(
        self, explorer: Explorer, case: CaseFile, assets: Given | None = None, shares: Shares | None = None
    ) -> None:
        self.case, self.base = case, explorer.base
        self.assets: Given = assets or {}
        self.shares: Shares = shares or {}
        self.stated = Stated(case, self.base.vocabulary)
        self.cover, self.disputed = explorer.begin(case)
        marks = self.cover.program.marks(case.id, LEVEL)
        void, pieces = self.cover.void(), _pieces(self.cover, marks)
        self.order = tuple(asked([void, *pieces.values()], self.cover.variables))
        self.store = Store([len(variable.values) for variable in self.order])
        self.forbidden = self.store.build(rows(void, self.order)) if void else leaf(False)
        self.where = _where(self.store, self.order, pieces)

    @cached_property
    def tables(self) -> list[Table]:
        """One table for the claims of each group. Raises InputError where a loss is not stated."""
        said = {mark: self._conclusion(mark) for mark in self.where}
        possible = [mark for mark, ref in self.where.items() if self._possible(ref)]
        whole = Completion.of(said[mark] for mark in possible)
        books = Books(self.stated, [whole], self.assets, self.shares)
        self.shares = books.shares
        return [self._table(harms, said) for harms in books.groups]

    def _possible(self, ref: Ref) -> bool:
        """Does this hold under some choice of positions that can stand together?"""
        both = self.store.merge([self.forbidden, ref], lambda refs: leaf(refs[0] == leaf(0) and refs[1] == leaf(1)))
        return both != leaf(False)

    def _conclusion(self, mark: Mark) -> Conclusion:
        return Conclusion.of(self.base.predicates[mark[0]], mark[1:])

    def _table(self, harms: frozenset[str], said: Mapping[Mark, Conclusion]) -> Table:
        mine = Completion.of(said.values()).within(harms)
        kept = {conclusion for owed in mine.liabilities for conclusion in owed.said}
        known = [m for m, one in said.items() if one in kept or (one.name == REDUCED and one["harm"] in harms)]
        numbers: dict[Completion, int] = {}

        def join(refs: tuple[Ref, ...]) -> Ref:
            if number_of(refs[0]):
                return VOID
            held = (said[mark] for mark, ref in zip(known, refs[1:], strict=True) if number_of(ref))
            return leaf(numbers.setdefault(Completion.of(held).within(harms), len(numbers)))

        function = self.store.merge([self.forbidden, *(self.where[mark] for mark in known)], join)
        return Table(harms, function, tuple(numbers))

    def books(self, table: Table) -> Books:
        """Reckons the completions of one table, with what was asked of its debtors."""
        reckons = {
            p for c in table.completions for o in c.liabilities for h in o.harms for p in (o.debtor, *o.direct(h))
        }
        assets = {party: sums for party, sums in self.assets.items() if party in reckons}
        shares = {party: ends for party, ends in self.shares.items() if party in reckons}
        return Books(self.stated, table.completions, assets, shares)

    def diagram(self, root: Ref) -> Diagram:
        """A function of this store as a diagram."""
        return Diagram(self.order, self.store, root)


def explore(explorer: Explorer, case: CaseFile, assets: Given | None = None, shares: Shares | None = None) -> Space:
    """The space of one case, its outcomes sets of `Amounts`: one for claims that hang together and each set of assets.

    Raises InputError as `Money` does, and where `assets` or `shares` are given of somebody who owes nothing here.
    """
    money = Money(explorer, case, assets, shares)
    found = [_classes(money, table) for table in money.tables]
    outcomes: dict[Outcome, int] = {}

    def join(refs: tuple[Ref, ...]) -> Ref:
        if number_of(refs[0]):
            return VOID
        parts = (known[number_of(ref)] for ref, (_, known) in zip(refs[1:], found, strict=True))
        outcome: Outcome = frozenset[Amounts]().union(*parts)
        return leaf(outcomes.setdefault(outcome, len(outcomes)))

    root = money.store.merge([money.forbidden, *(ref for ref, _ in found)], join)
    return whole_space(case.id, LEVEL, money.diagram(root), list(outcomes), money.cover.variables, money.disputed)


def _classes(money: Money, table: Table) -> tuple[Ref, list[frozenset[Amounts]]]:
    """The function of amounts of one table, and what its numbers stand for."""
    books = money.books(table)
    classes: dict[frozenset[Amounts], int] = {}
    moved = []
    for completion in table.completions:
        amounts = frozenset(_amounts(books, completion, has) for has in books.assets)
        moved.append(leaf(classes.setdefault(amounts, len(classes))))
    function = money.store.merge([table.function], lambda refs: VOID if refs[0] == VOID else moved[number_of(refs[0])])
    return function, list(classes)


def _amounts(books: Books, completion: Completion, assets: Assets) -> Amounts:
    tally = Tally(assets)
    tally.add(completion, books.usual(completion, assets))
    one: Scenario = tally.scenario(None)
    bears = {debtor.id: debtor.bears for debtor in one.debtors}
    return Amounts(
        tuple((party, assets[party]) for party in sorted(books.direct | books.limited)),
        tuple(Recovery(c.id, c.harms, c.recovers, c.uncovered) for c in one.creditors),
        tuple(Burden(party, bears.get(party, Span(0, 0))) for party in sorted(books.debtors)),
    )


@dataclass(frozen=True)
class MoneyMap:
    """Claims that hang together: the number of a leaf is the place of their scenarios in `settled`, as plain data."""

    harms: tuple[str, ...]
    creditors: tuple[str, ...]
    directly_liable: tuple[str, ...]
    diagram: Diagram
    settled: Sequence[Any]
    unreckoned: Text | None = None


def money_maps(
    base: KnowledgeBase,
    case: CaseFile,
    *,
    as_if_in_force: bool = False,
    progress: Progress = lambda _case, _found: None,
) -> list[MoneyMap]:
    """What is paid under each reading, facts in dispute included, for claims that hang together."""
    money = Money(Explorer(base, as_if_in_force=as_if_in_force, progress=progress), case)
    try:
        return [_map(money, table) for table in money.tables]
    except InputError as error:
        return [MoneyMap((), (), (), money.diagram(money.forbidden).mapped(_all_alike), [[]], error.text())]


def _all_alike(ref: Ref) -> Ref:
    return VOID if ref == leaf(True) else leaf(0)


def _map(money: Money, table: Table) -> MoneyMap:
    """Settle every outcome once; outcomes that come to the same money become one leaf."""
    books = money.books(table)
    settled: dict[str, int] = {}
    places = []
    for completion in table.completions:
        found = to_json(list(scenarios(books, [completion]))) if completion.liabilities else []
        places.append(settled.setdefault(json.dumps(found), len(settled)))

    def moved(ref: Ref) -> Ref:
        return ref if ref == VOID else leaf(places[number_of(ref)])

    creditors = tuple(sorted(set(books.reckoner.creditors.values())))
    diagram = money.diagram(table.function).mapped(moved)
    direct = tuple(sorted(books.direct))
    return MoneyMap(tuple(sorted(table.harms)), creditors, direct, diagram, [json.loads(one) for one in settled])


def _liability(mark: Mark) -> Mark | None:
    """The mark of the liability that this one is about."""
    return None if mark[0] == REDUCED else (OWED, *mark[1:4])


def _pieces(cover: Cover, marks: Mapping[Mark, int]) -> dict[Mark, list[Piece]]:
    """Where liabilities stand; what else is marked of a liability is asked only where that stands."""
    about: dict[Mark | None, dict[Mark, int]] = {}
    for mark, literal in marks.items():
        about.setdefault(None if mark[0] == OWED else _liability(mark), {})[mark] = literal
    found = cover.all_pieces(about.pop(None, {}))
    for owed, of_it in about.items():
        found.update(cover.all_pieces(of_it, Within(marks[owed], found[owed]) if owed in found else None))
    return found


def _where(store: Store, order: Sequence[Variable], pieces: Mapping[Mark, Sequence[Piece]]) -> dict[Mark, Ref]:
    """By mark the function that is 1 where it holds."""
    found: dict[Mark, Ref] = {}
    for mark, those in sorted(pieces.items(), key=lambda entry: entry[0][0] != OWED):
        owed = _liability(mark)
        if owed == mark or owed not in found:
            found[mark] = store.build(rows(those, order))
        else:
            parts = [store.part(cube) for cube, holds in rows(those, order) if holds]
            found[mark] = store.merge(
                [found[owed], *parts], lambda refs: leaf(refs[0] == leaf(1) and leaf(1) in refs[1:])
            )
    return found
