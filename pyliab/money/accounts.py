"""Who pays whom in a case under a reading, in what order, and who bears it in the end: one settlement of all its claims.

Every completion of what the reading and the facts leave open is reckoned, at every end of what the case leaves unstated;
what differs is a range. So a range always holds every outcome, and its ends are reached.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Literal

from pyliab.kb.base import KnowledgeBase
from pyliab.law.liability import Finding
from pyliab.law.words import Phrases
from pyliab.law.world import World
from pyliab.money.books import Assets, Books, First, Given, Settled, Shares
from pyliab.money.conclusions import Completion, Ledger, Pair
from pyliab.money.pots import ZERO
from pyliab.money.rounding import Rounded
from pyliab.money.stated import EXTRA
from pyliab.text.amounts import Portion, Span, Yuan, fen
from pyliab.text.later import dataclass
from pyliab.text.say import Text

Cell = tuple[str, str, str]
CREDITOR = ("loss", "recovers", "uncovered")
DEBTOR = ("owes", "pays", "recovers", "gives_back", "bears")


@dataclass(frozen=True)
class Creditor:
    """What one creditor gets, over all its harms."""

    id: str
    harms: tuple[str, ...]
    loss: Span
    recovers: Span
    uncovered: Span


@dataclass(frozen=True)
class Debtor:
    """One debtor's part in a scenario, over all its debts."""

    id: str
    owes: Span
    pays: Span
    recovers: Span
    gives_back: Span
    bears: Span


@dataclass(frozen=True)
class Scenario:
    """One choice of whom the creditors go against first, and one of what the debtors have.

    `first` are those directly liable, who are sued together, or one debtor. `elects`: where a debtor is liable to a creditor
    on several bases, the liabilities (by id) on which it is made to pay. `unwilling`: this order is open only where those
    directly liable will not pay.
    """

    first: tuple[str, ...]
    assets: Assets
    creditors: tuple[Creditor, ...]
    debtors: tuple[Debtor, ...]
    elects: tuple[str, ...] = ()
    unwilling: bool = False

    def of(self, party: str) -> Debtor:
        """The part of one debtor."""
        return next(debtor for debtor in self.debtors if debtor.id == party)


@dataclass(frozen=True)
class Account:
    """One liability settled by itself, with what it is reckoned from.

    `expanded` is None where that does not matter, `share` where it is not stated; `wholly`: all of the loss is taken as
    expanded, since no part is stated and the harm came late. `unknown` are those directly liable who are unknown.
    """

    id: str
    debtor: str
    creditor: str
    form: str
    status: Literal["certain", "possible"]
    harms: tuple[str, ...]
    orders: tuple[str, ...]
    loss: Span
    expanded: Span | None
    wholly: bool
    share: Portion | None
    unknown: tuple[str, ...]
    scenarios: tuple[Scenario, ...]


@dataclass(frozen=True)
class OnTop:
    """What is owed beyond the loss, which no scenario reckons."""

    kind: str
    says: Text
    status: Literal["certain", "possible"]
    amount: Yuan | None


@dataclass(frozen=True)
class Settlement:
    """Who pays whom in a case under a reading.

    `directly_liable` are those whose own liability is presupposed; `unknown` are those of them who may be unknown.
    """

    case: str
    reading: str
    scenarios: tuple[Scenario, ...]
    liabilities: tuple[Account, ...]
    on_top: tuple[OnTop, ...]
    directly_liable: tuple[str, ...]
    unknown: tuple[str, ...]
    open_issues: tuple[str, ...]


def settlement(
    ledger: Ledger, assets: Given | None = None, shares: Shares | None = None, on_top: Sequence[OnTop] = ()
) -> Settlement:
    """The claims of a case settled together, and each liability by itself.

    Raises InputError where a loss is not stated, or where `assets` or `shares` are given of somebody who owes nothing here.
    """
    books = Books(ledger.stated, ledger.completions, assets, shares)
    choice = ledger.choice
    return Settlement(
        ledger.stated.case.id,
        ledger.name,
        tuple(scenarios(books, ledger.completions)),
        tuple(_account(ledger, books, *liability) for liability in ledger.liabilities),
        tuple(on_top),
        tuple(sorted(books.direct)),
        tuple(sorted({party for _, party in books.reckoner.unknown})),
        tuple(choice.open_issues) if choice else (),
    )


def scenarios(
    books: Books, completions: Collection[Completion], harms: Collection[str] | None = None
) -> list[Scenario]:
    """Every scenario over these completions, for these harms (all, unless they are named)."""
    groups = [kept for group in books.groups if (kept := group if harms is None else group & frozenset(harms))]
    owing = [
        (completion, group) for completion in completions for group in groups if completion.within(group).liabilities
    ]
    firsts = {first for completion, group in owing for first in books.orders(completion, group)}
    found: list[Scenario] = []
    for assets in books.assets:
        for first in sorted(firsts, key=lambda one: (one is not None, one or "")):
            tally = Tally(assets)
            for completion in completions:
                tally.add(completion, books.courses(completion, groups, assets, first))
            if tally.cells and (scenario := tally.scenario(first)) not in found:
                found.append(scenario)
    return found


class Tally:
    """What a scenario comes to: sums over claims that were reckoned apart, ranges over completions."""

    def __init__(self, assets: Assets) -> None:
        self.assets = assets
        self.cells: list[dict[Cell, Span]] = []
        self.harms: dict[str, set[str]] = {}
        self.direct: set[str] = set()
        self.elected: set[tuple[str, str, str]] = set()
        self.at_once: set[str] = set()

    def add(self, completion: Completion, groups: Sequence[Sequence[Settled]]) -> None:
        """One more completion, unless the creditors may not go about it in this order."""
        if not groups:
            return
        total: dict[Cell, Span] = {}
        for courses in groups:
            self._note(completion, courses)
            cells = [dict(_cells(one.coins)) for one in courses]
            for cell in cells[0]:
                total[cell] = total.get(cell, Span(0, 0)) + Span.of(one[cell] for one in cells)
        self.cells.append(total)

    def _note(self, completion: Completion, courses: Sequence[Settled]) -> None:
        """Who is who, and on which bases is paid: between bases side by side the creditor may choose. Rival answers to one
        issue are no choice of the creditor's."""
        for claim in courses[0].course.claims:
            self.harms.setdefault(claim.creditor, set()).add(claim.harm)
            self.direct.update(wrongdoer.id for wrongdoer in claim.wrongdoers)
            alone = claim.unknown or not claim.wrongdoers
            self.at_once.update(basis.debtor for basis in claim.liabilities if basis.at_once or alone)
        bases = Counter(owed.pair for owed in completion.liabilities)
        self.elected |= {
            (debtor, form, creditor)
            for one in courses
            for debtor, form, creditor in one.course.elected
            if bases[debtor, creditor] > 1
        }

    def _span(self, kind: str, party: str, column: str) -> Span:
        spans = [cells.get((kind, party, column), Span(0, 0)) for cells in self.cells]
        return Span.of(end for span in spans for end in (span.low, span.high))

    def scenario(self, first: First) -> Scenario:
        """The scenario with all ranges."""
        known = {(kind, party) for cells in self.cells for kind, party, _ in cells}
        names = (party for kind, party in known if kind == "debtor")
        debtors = sorted(names, key=lambda party: (party not in self.direct, party))
        return Scenario(
            tuple(sorted(self.direct)) if first is None else (first,),
            {party: self.assets[party] for party in debtors},
            tuple(
                Creditor(name, tuple(sorted(harms)), *(self._span("creditor", name, c) for c in CREDITOR))
                for name, harms in sorted(self.harms.items())
            ),
            tuple(Debtor(name, *(self._span("debtor", name, column) for column in DEBTOR)) for name in debtors),
            tuple(sorted(":".join(one) for one in self.elected)),
            first is not None and first not in self.at_once,
        )


def _cells(one: Rounded) -> Iterator[tuple[Cell, int]]:
    for creditor, *sums in one.creditors:
        yield from (((("creditor", creditor, column)), sum_) for column, sum_ in zip(CREDITOR, sums, strict=True))
    for row in one.rows:
        yield from (((("debtor", row.id, column)), getattr(row, column)) for column in DEBTOR)


def _account(ledger: Ledger, books: Books, pair: Pair, form: str) -> Account:
    """One liability by itself."""
    completions = ledger.alone(pair, form)
    owed = [one for completion in completions for one in completion.liabilities]
    harms = sorted({harm for one in owed for harm in one.harms})
    claims = [c for completion in completions for c in books.reckoner.claims(completion, frozenset(harms))]
    grown = [[basis.ceiling for claim in those for basis in claim.liabilities] for those in claims]
    shares = [end for harm in harms for end in books.reckoner.share(pair[0], harm) or ()]
    expanded = any(one.ceiling == "expanded" for one in owed)
    return Account(
        f"{pair[0]}:{form}:{pair[1]}",
        *pair,
        form,
        "certain" if ledger.certain(pair, form) else "possible",
        tuple(harms),
        tuple(sorted({one.order for one in owed})),
        Span.of(fen(sum((claim.loss for claim in those), ZERO)) for those in claims),
        Span.of(fen(sum(sums, ZERO)) for sums in grown) if expanded else None,
        expanded and any(books.reckoner.taken_as_expanded(one) for one in owed),
        Portion(min(shares), max(shares)) if shares else None,
        tuple(sorted({party for harm, party in books.reckoner.unknown if harm in harms})),
        tuple(scenarios(books, completions, harms)),
    )


def on_top(world: World, ledger: Ledger) -> list[OnTop]:
    """Who owes money beyond the loss (a rule says so), which is never added to what the scenarios reckon."""
    base, stated = world.base, ledger.stated
    phrases = Phrases(base, stated.case.names())
    found = world.findings(stated.case.id, ledger.choice.positions if ledger.choice else {})
    extra = [one for one in found if (p := base.predicates.get(one.atom.name)) and p.amount == EXTRA and not p.group]
    return [
        OnTop(
            one.atom.name,
            phrases.atom(one.atom),
            one.status,
            stated.sum(EXTRA, *_parties(base, one)),
        )
        for one in extra
    ]


def _parties(base: KnowledgeBase, finding: Finding) -> list[str]:
    """Debtor and creditor: the parties of such a conclusion."""
    places = base.predicates[finding.atom.name].arguments
    return [str(v) for place, v in zip(places, finding.atom.arguments, strict=True) if place.type == "party"]


@dataclass(frozen=True)
class InMoney:
    """One reading in money, with one set of assets: over all orders of enforcement and all that is open.

    `liabilities` are those that may follow, by id; `certain` are those that follow in every completion.
    """

    reading: str
    assets: Assets
    creditors: tuple[Creditor, ...]
    debtors: tuple[Debtor, ...]
    liabilities: tuple[str, ...]
    certain: tuple[str, ...]


@dataclass(frozen=True)
class Compared:
    """The readings of one case in money, for each set of assets."""

    case: str
    readings: tuple[InMoney, ...]


def compared(ledgers: Sequence[Ledger], assets: Given | None = None, shares: Shares | None = None) -> Compared:
    """The readings of one case in money. Raises InputError as `settlement` does."""
    completions = list(dict.fromkeys(one for ledger in ledgers for one in ledger.completions))
    stated = ledgers[0].stated
    books = Books(stated, completions, assets, shares)
    rows = [_in_money(books, ledger, has) for has in books.assets for ledger in ledgers if books.debtors]
    return Compared(stated.case.id, tuple(rows))


def _in_money(books: Books, ledger: Ledger, assets: Assets) -> InMoney:
    tally = Tally(assets)
    for completion in ledger.completions:
        tally.add(completion, books.all(completion, assets))
    whole = tally.scenario(None)
    ids = {f"{debtor}:{form}:{creditor}": ((debtor, creditor), form) for (debtor, creditor), form in ledger.liabilities}
    certain = tuple(name for name, liability in ids.items() if ledger.certain(*liability))
    has = {party: assets[party] for party in sorted(books.direct | books.limited)}
    parts = {debtor.id: debtor for debtor in whole.debtors}
    bears = [parts.get(party) or Debtor(party, *[Span(0, 0)] * len(DEBTOR)) for party in sorted(books.debtors)]
    return InMoney(ledger.name, has, whole.creditors, tuple(bears), tuple(ids), certain)
