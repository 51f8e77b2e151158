"""The money of a case over the whole space of readings, exactly: diagrams whose leaves are finished settlements.

The marks of the level `money` in `rules/analysis/space.lp` are the conclusions that settlement reads. A set of them that
holds of some claims under some reading is all that the amounts of these claims can depend on. So every such set is settled
once, as `settle` does, and sets that come to the same amounts are one before anything is counted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.money.books import Assets, Books, Given, Group, Shares
from pyliab.money.conclusions import BEYOND, LEVEL, REDUCED, Completion, Ledger, Table
from pyliab.money.settlement import Scenario, in_coins, scenario_of, scenarios
from pyliab.money.stated import SHARE, VICTIM, NotStatedError, Stated
from pyliab.space.diagram import VOID, Diagram, Ref, leaf, number_of
from pyliab.space.space import Explorer, Outcome, Progress, Space, whole_space
from pyliab.text.amounts import Span, Yuan
from pyliab.text.encode import to_json
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError, Problem, show
from pyliab.text.say import Text, say

MOST_OUTCOMES = 5_000
"""Claims that are reckoned apart have as many outcomes together as the product of theirs."""


@dataclass(frozen=True, order=True)
class Recovery:
    """What a creditor gets of some harms, or beyond its loss under a head, and what stays uncovered."""

    id: str
    harms: tuple[str, ...]
    recovers: Span
    uncovered: Span
    head: str = ""


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


@dataclass(frozen=True, order=True)
class Due:
    """The most that a debtor owes, and in which form, for harms that are reckoned together; and their loss."""

    debtor: str
    form: str
    harms: tuple[str, ...]
    owes: Span
    loss: Yuan


Read = Callable[[Books, Completion, Group], Outcome]
"""What is read of claims that hang together in one completion."""


def settled(books: Books, completion: Completion, harms: Group) -> Outcome:
    """What they come to, for each set of assets."""
    return frozenset(amounts(books, completion, harms, has) for has in books.assets)


def dues(books: Books, completion: Completion, harms: Group) -> Outcome:
    """What each debtor owes, whatever its assets are."""
    scenario = _scenario(books, completion, harms, books.assets[0])
    loss = sum(map(books.reckoner.stated.loss, harms & books.reckoner.losses.keys()), Fraction(0))
    return frozenset(
        Due(owed.debtor, owed.form, tuple(sorted(harms)), scenario.of(owed.debtor).owes, loss)
        for owed in completion.liabilities
        if owed.form != BEYOND
    )


def explore(
    explorer: Explorer,
    case: CaseFile,
    assets: Given | None = None,
    shares: Shares | None = None,
    *,
    fixed: Mapping[str, str] | None = None,
    read: Read = settled,
) -> Space:
    """The space of one case, its outcomes sets of `Amounts`, one for claims that hang together and each set of assets; or
    of what else is `read`.

    With positions `fixed`, only what these leave open. Raises InputError as `Ledger` and `Books` do, and for too many outcomes.
    """
    cover, disputed = explorer.begin(case, fixed)
    ledger = Ledger(explorer.base, case, None, cover)
    classes = [_classes(ledger, table, books, read) for table, books in reckoned(ledger, assets or {}, shares or {})]
    outcomes: dict[Outcome, int] = {}

    def join(refs: tuple[Ref, ...]) -> Ref:
        if number_of(refs[0]):
            return VOID
        if len(outcomes) > MOST_OUTCOMES:
            raise InputError(_too_many(len(classes)))
        parts = (known[number_of(ref)] for ref, (_, known) in zip(refs[1:], classes, strict=True))
        return leaf(outcomes.setdefault(frozenset[Any]().union(*parts), len(outcomes)))

    merged = ledger.store.merge([ledger.forbidden, *(ref for ref, _ in classes)], join)
    diagram = Diagram(ledger.variables, ledger.store, merged)
    return replace(
        whole_space(case.id, LEVEL, diagram, list(outcomes), cover.variables, disputed), fixed=dict(fixed or {})
    )


def amiss(base: KnowledgeBase, case: CaseFile) -> tuple[list[Problem], list[Problem]]:
    """What is wrong with the shares that a case states, over all readings; and which part of a victim's own counts for nothing."""
    stated = Stated(case, base.vocabulary)
    parts = [amount for amount in stated.amounts if amount.kind == VICTIM]
    if not parts and sum(amount.kind == SHARE for amount in stated.amounts) < 2:
        return [], []
    cover, _ = Explorer(base).begin(case)
    ledger = Ledger(base, case, None, cover)
    faults: list[Problem] = []
    try:
        Books([ledger])
    except NotStatedError:
        pass
    except InputError as error:
        faults = error.problems
    reduced = {said["harm"] for said in ledger.where if said.name == REDUCED}
    idle = (part for part in parts if part.harm not in reduced)
    notes = [
        Problem(
            case.file,
            part.line,
            5,
            say("this part counts for nothing: under no reading is what is owed for {harm} reduced", harm=part.harm),
            show(stated.words[VICTIM].source or ""),
        )
        for part in idle
    ]
    return faults, notes


def _too_many(number: int) -> Text:
    return say(
        "more than {most} outcomes: {number} groups of claims are reckoned apart, and the outcomes of the case are all their combinations; name a reading, or ask settle, which tells the groups one by one",
        most=f"{MOST_OUTCOMES:,}",
        number=number,
    )


def reckoned(ledger: Ledger, assets: Given, shares: Shares) -> Iterator[tuple[Table, Books]]:
    """The claims that hang together, and their books, with what was asked of their debtors."""
    whole = Books([ledger], assets, shares)
    for table in ledger.tables(whole.groups):
        parties = set[str]().union(*(ledger.parties[harm] for harm in table.harms))
        mine = {party: sums for party, sums in assets.items() if party in parties}
        known = {party: ends for party, ends in whole.shares.items() if party in parties}
        yield table, Books([ledger], mine, known, table.harms)


def _classes(ledger: Ledger, table: Table, books: Books, read: Read) -> tuple[Ref, list[Outcome]]:
    """The function of amounts of one table, and what its numbers stand for."""
    classes: dict[Outcome, int] = {}
    moved = []
    for completion in table.completions:
        sums = read(books, completion, table.harms)
        moved.append(leaf(classes.setdefault(sums, len(classes))))
    function = ledger.store.merge([table.function], lambda refs: VOID if refs[0] == VOID else moved[number_of(refs[0])])
    return function, list(classes)


def amounts(books: Books, completion: Completion, harms: Group, assets: Assets) -> Amounts:
    """What claims that hang together come to in one completion."""
    scenario = _scenario(books, completion, harms, assets)
    bears = {debtor.id: debtor.bears for debtor in scenario.debtors}
    return Amounts(
        tuple((party, assets[party]) for party in sorted(books.direct | books.limited)),
        tuple(
            Recovery(c.id, c.harms, c.recovers, c.uncovered, c.head) for c in (*scenario.creditors, *scenario.beyond)
        ),
        tuple(Burden(party, bears.get(party, Span(0, 0))) for party in sorted(books.debtors)),
    )


def _scenario(books: Books, completion: Completion, harms: Group, assets: Assets) -> Scenario:
    return scenario_of(in_coins(books.courses(completion, harms, assets, None)), assets, None)


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
    cover, _ = Explorer(base, as_if_in_force=as_if_in_force, progress=progress).begin(case)
    ledger = Ledger(base, case, None, cover)
    try:
        return [_map(ledger, table, books) for table, books in reckoned(ledger, {}, {})]
    except InputError as error:
        nothing = Diagram(ledger.variables, ledger.store, ledger.forbidden).mapped(_all_alike)
        return [MoneyMap((), (), (), nothing, [[]], error.text())]


def _all_alike(ref: Ref) -> Ref:
    return VOID if ref == leaf(True) else leaf(0)


def _map(ledger: Ledger, table: Table, books: Books) -> MoneyMap:
    """Settle every outcome once; outcomes that come to the same money become one leaf."""
    settled: dict[str, int] = {}
    places = []
    for completion in table.completions:
        scenarios = to_json(_alone(books, completion, table.harms)) if completion.liabilities else []
        places.append(settled.setdefault(json.dumps(scenarios), len(settled)))

    def moved(ref: Ref) -> Ref:
        return ref if ref == VOID else leaf(places[number_of(ref)])

    creditors = tuple(sorted(set(books.reckoner.creditors.values())))
    diagram = Diagram(ledger.variables, ledger.store, table.function).mapped(moved)
    direct = tuple(sorted(books.direct))
    losses = tuple(sorted(table.harms & books.reckoner.losses.keys()))
    return MoneyMap(losses, creditors, direct, diagram, [json.loads(text) for text in settled])


def _alone(books: Books, completion: Completion, harms: Group) -> list[Scenario]:
    """The scenarios of one completion."""
    table = Table(harms, leaf(0), (completion,))
    return scenarios(books, [table], lambda value: dict([value(completion, harms)]))
