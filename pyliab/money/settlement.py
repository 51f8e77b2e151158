"""Who pays whom in a case under a reading, in what order, and who bears it in the end: one settlement of all its claims.

Every completion of what the reading and the facts leave open is reckoned, at every end of what the case leaves unstated;
what differs is a range. So a range always holds every outcome, and its ends are reached.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import field, replace
from functools import partial
from typing import Literal

from pyliab.law.liability import Asked, Finding, Key
from pyliab.law.world import World
from pyliab.money.assets import ZERO
from pyliab.money.books import Assets, Books, First, Given, Group, Settled, Shares
from pyliab.money.conclusions import BEYOND, Completion, Ledger, Table
from pyliab.money.debts import Claim
from pyliab.money.rounding import Rounded
from pyliab.money.stated import EXTRA
from pyliab.money.totals import FREE, NOTHING, OPENED, Cell, Range, Total, Totals, Value, either, over_all
from pyliab.text.amounts import Portion, Span, Yuan, fen
from pyliab.text.encode import UNSAID, Answer
from pyliab.text.later import dataclass
from pyliab.text.say import Text

CREDITOR = ("loss", "recovers", "uncovered", "own_part")
DEBTOR = ("owes", "pays", "recovers", "gives_back", "bears")


@dataclass(frozen=True)
class Creditor:
    """What one creditor gets, over all its harms; or beyond its loss, under a `head` (a provision).

    Its own part, which nobody owes it, is no part of the `loss`.
    """

    id: str
    head: str
    harms: tuple[str, ...]
    loss: Span
    recovers: Span
    uncovered: Span
    own_part: Span


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

    `first` are those directly liable, who are sued together, or one debtor. `beyond` is what creditors get beyond their losses,
    which counts in what the debtors pay. `elects`: where a debtor is liable to a creditor
    on several bases, the liabilities (by id) on which it is made to pay. `unwilling`: this order is open only where those
    directly liable will not pay.
    """

    first: tuple[str, ...]
    assets: Assets
    creditors: tuple[Creditor, ...]
    debtors: tuple[Debtor, ...]
    elects: tuple[str, ...] = ()
    unwilling: bool = False
    beyond: tuple[Creditor, ...] = ()

    def of(self, party: str) -> Debtor:
        """The part of one debtor."""
        return next(debtor for debtor in self.debtors if debtor.id == party)


@dataclass(frozen=True)
class Account:
    """One liability settled by itself, with what it is reckoned from.

    `expanded` is None where that does not matter, `share` where it is not stated; `shares`: what is paid depends on it.
    `own_part` of the harm falls on the creditor. `wholly`: all of the loss is taken as expanded, since no part is stated and
    the harm came late. `unknown` are those directly liable who are unknown.
    """

    id: str
    debtor: str
    creditor: str
    form: str
    status: Literal["certain", "possible"]
    harms: tuple[str, ...]
    orders: tuple[str, ...]
    loss: Span
    own_part: Span
    expanded: Span | None
    wholly: bool
    share: Portion | None
    shares: bool
    unknown: tuple[str, ...]
    scenarios: tuple[Scenario, ...]


@dataclass(frozen=True)
class OnTop:
    """What is owed beyond the loss. Where it is `reckoned`, the scenarios hold it under its own head; else no rule says how much
    it is, or the case does not state of what."""

    kind: str
    says: Text
    status: Literal["certain", "possible"]
    amount: Span | None
    reckoned: bool


@dataclass(frozen=True)
class Settlement(Answer):
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
    asked: Asked | None = field(default=None, kw_only=True, metadata=UNSAID)


def settlement(
    ledger: Ledger, assets: Given | None = None, shares: Shares | None = None, beyond: Sequence[Finding] = ()
) -> Settlement:
    """The claims of a case settled together, and each liability by itself.

    Raises InputError where a loss is not stated, or where `assets` or `shares` are given of somebody who owes nothing here.
    """
    books = Books([ledger], assets, shares)
    tables = ledger.tables(books.groups)
    choice = ledger.choice
    return Settlement(
        ledger.stated.case.id,
        ledger.name,
        tuple(scenarios(books, tables, partial(over_all, ledger, tables))),
        tuple(_account(ledger, books, liability) for liability in ledger.liabilities),
        tuple(_on_top(ledger, books, finding) for finding in beyond),
        tuple(sorted(books.direct)),
        tuple(sorted({party for _, party in books.reckoner.unknown})),
        tuple(choice.open_issues) if choice else (),
    )


def scenarios(
    books: Books,
    tables: Sequence[Table],
    over: Callable[[Value], Totals],
    counts: Collection[int] = (FREE, OPENED),
) -> list[Scenario]:
    """Every scenario of the claims in these tables, `over` all that is open."""
    owing = [(end, table.harms) for table in tables for end in table.completions if end.liabilities]
    firsts = {first for completion, harms in owing for first in books.orders(completion, harms)}
    distinct: list[Scenario] = []
    for assets in books.assets:
        for first in sorted(firsts, key=lambda party: (party is not None, party or "")):
            totals = over(partial(_in_order, books, assets, first))
            counted = [totals[standing] for standing in counts if standing in totals]
            if counted and (scenario := scenario_of(either(counted), assets, first)) not in distinct:
                distinct.append(scenario)
    return distinct


def _in_order(books: Books, assets: Assets, first: First, completion: Completion, harms: Group) -> tuple[int, Total]:
    """What claims come to where the creditors go against `first` first, and whether they may."""
    courses = books.courses(completion, harms, assets, first)
    return books.standing(completion, harms, first), in_coins(courses)


def in_coins(courses: Sequence[Settled]) -> Total:
    """What claims come to over some courses of payment, in coins."""
    return replace(either([Total(dict(_cells(settled.coins))) for settled in courses]), notes=_notes(courses))


def _notes(courses: Sequence[Settled]) -> frozenset[tuple[str, ...]]:
    """Who is who, and on which bases is paid: between bases side by side the creditor may choose. Rival answers to one issue
    are no choice of the creditor's."""
    notes: set[tuple[str, ...]] = set()
    for claim in courses[0].course.claims:
        notes.add(("beyond", claim.creditor, claim.head) if claim.head else ("harm", claim.creditor, claim.harm))
        notes |= {("direct", wrongdoer.id) for wrongdoer in claim.wrongdoers}
        alone = claim.unknown or not claim.wrongdoers
        notes |= {("at once", basis.debtor) for basis in claim.liabilities if basis.at_once or alone}
        several = (debtor for debtor in claim.debtors if len({basis.basis for basis in claim.bases(debtor)}) > 1)
        choice = set() if claim.head else set(several)
        elected = (basis for course in courses for basis in course.course.elected)
        notes |= {("elects", *basis) for basis in elected if basis[0] in choice and basis[2] == claim.creditor}
    return frozenset(notes)


def scenario_of(total: Total, assets: Assets, first: First) -> Scenario:
    """The scenario with all ranges."""
    noted: dict[str, list[tuple[str, ...]]] = {}
    for kind, *names in sorted(total.notes):
        noted.setdefault(kind, []).append(tuple(names))
    direct = [name for (name,) in noted.get("direct", ())]
    parties = {party for kind, party, _ in total.cells if kind == "debtor"}
    debtors = sorted(parties, key=lambda party: (party not in direct, party))
    harms: dict[str, list[str]] = {}
    for creditor, harm in noted.get("harm", ()):
        harms.setdefault(creditor, []).append(harm)

    def spans(kind: str, party: str, columns: Iterable[str]) -> Iterator[Span]:
        return (Span(*total.cells.get((kind, party, column), NOTHING)) for column in columns)

    return Scenario(
        tuple(direct) if first is None else (first,),
        {party: assets[party] for party in debtors},
        tuple(Creditor(name, "", tuple(of), *spans("creditor", name, CREDITOR)) for name, of in harms.items()),
        tuple(Debtor(name, *spans("debtor", name, DEBTOR)) for name in debtors),
        tuple(":".join(basis) for basis in noted.get("elects", ())),
        first is not None and (first,) not in noted.get("at once", ()),
        tuple(Creditor(name, head, (), *spans(head, name, CREDITOR)) for name, head in noted.get("beyond", ())),
    )


def _cells(settled: Rounded) -> Iterator[tuple[Cell, Range]]:
    for creditor, head, *sums in settled.creditors:
        yield from (((head or "creditor", creditor, c), (sum_, sum_)) for c, sum_ in zip(CREDITOR, sums, strict=True))
    for row in settled.rows:
        sums = [getattr(row, column) for column in DEBTOR]
        yield from ((("debtor", row.id, c), (sum_, sum_)) for c, sum_ in zip(DEBTOR, sums, strict=True))


def _account(ledger: Ledger, books: Books, liability: Key) -> Account:
    """One liability by itself."""
    tables = ledger.tables(books.groups, liability)
    owed = [basis for table in tables for completion in table.completions for basis in completion.liabilities]
    harms = sorted(harm for table in tables for harm in table.harms)
    shares = [end for harm in harms for end in books.reckoner.share(liability.debtor, harm) or ()]
    expanded = any(basis.ceiling == "expanded" for basis in owed)
    over = partial(over_all, ledger, tables)
    claimed = over(partial(_claimed, books))[OPENED]
    sums = (Span(*map(fen, claimed.cells.get((what, "", ""), NOTHING))) for what in ("loss", "own_part", "expanded"))
    loss, own_part, grown = sums
    return Account(
        liability.id,
        liability.debtor,
        liability.creditor,
        liability.form,
        "certain" if ledger.certain(liability) else "possible",
        tuple(harms),
        tuple(sorted({basis.order for basis in owed})),
        loss,
        own_part,
        grown if expanded else None,
        expanded and any(books.reckoner.taken_as_expanded(basis) for basis in owed),
        Portion(min(shares), max(shares)) if shares else None,
        bool(shares) or any(basis.uses_share(harm, known=True) for basis in owed for harm in harms),
        tuple(sorted({party for harm, party in books.reckoner.unknown if harm in harms})),
        tuple(scenarios(books, tables, over, [OPENED])),
    )


def _claimed(books: Books, completion: Completion, harms: Group) -> tuple[int, Total]:
    """The loss, and the most that is owed of it, where anything is owed."""
    sums = [
        {
            ("loss", "", ""): sum((claim.loss for claim in claims), ZERO),
            ("own_part", "", ""): sum((claim.own_part for claim in claims), ZERO),
            ("expanded", "", ""): _most(claims),
        }
        for claims in books.reckoner.claims(completion, harms)
    ]
    total = either([Total({cell: (sum_, sum_) for cell, sum_ in cells.items()}) for cells in sums])
    return OPENED if completion.liabilities else FREE, total


def _most(claims: Sequence[Claim]) -> Yuan:
    return sum((basis.ceiling for claim in claims for basis in claim.liabilities), ZERO)


def on_top(world: World, ledger: Ledger) -> list[Finding]:
    """Who owes money beyond the loss: a rule says so."""
    positions = ledger.choice.positions if ledger.choice else {}
    words = world.base.predicates
    findings = world.findings(ledger.stated.case.id, positions)
    return [found for found in findings if words[found.atom.name].amount == EXTRA and not words[found.atom.name].group]


def _on_top(ledger: Ledger, books: Books, finding: Finding) -> OnTop:
    """How much that is: of the claims under its head, or as the case states it."""
    said = {str(value).strip('"') for value in finding.atom.arguments}
    rows = [row for row in ledger.where if row.name == BEYOND and said >= {row["debtor"], row["creditor"]}]
    heads = {row["harm"] for row in rows if said & {row["provision"], row["key"]}} & books.reckoner.owed.keys()
    sums = [books.reckoner.most_beyond(head) for head in sorted(heads)]
    stated = next(iter(ledger.stated.between(EXTRA, said)), None)
    amount = Span(*(sum(map(fen, ends)) for ends in zip(*sums, strict=True))) if sums else stated
    return OnTop(finding.atom.name, finding.says, finding.status, amount, bool(sums))


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
    books = Books(ledgers, assets, shares)
    rows = [_in_money(books, ledger, has) for has in books.assets for ledger in ledgers if books.debtors]
    return Compared(ledgers[0].stated.case.id, tuple(rows))


def _in_money(books: Books, ledger: Ledger, assets: Assets) -> InMoney:
    def value(completion: Completion, harms: Group) -> tuple[int, Total]:
        return FREE, in_coins(books.all(completion, harms, assets))

    whole = scenario_of(over_all(ledger, ledger.tables(books.groups), value)[FREE], assets, None)
    certain = tuple(liability.id for liability in ledger.liabilities if ledger.certain(liability))
    has = {party: assets[party] for party in sorted(books.direct | books.limited)}
    parts = {debtor.id: debtor for debtor in whole.debtors}
    bears = [parts.get(party) or Debtor(party, *[Span(0, 0)] * len(DEBTOR)) for party in sorted(books.debtors)]
    return InMoney(ledger.name, has, whole.creditors, tuple(bears), tuple(o.id for o in ledger.liabilities), certain)
