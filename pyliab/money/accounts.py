"""Who pays whom under a reading: each liability alone and all together, and the matrix in money.

Every completion of what the reading and the facts leave open is reckoned, at every end of what the case leaves unstated;
what differs is a range. So a range always holds every outcome, and its ends are reached.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any, Literal

from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice
from pyliab.law.liability import Finding
from pyliab.law.words import Phrases
from pyliab.law.world import world_of
from pyliab.money.ledger import Ends, Journal, Ledger, Pair, Terms, stated
from pyliab.money.payment import ZERO, First, Settlement, Shown, shown
from pyliab.money.reckoner import Assets, Reckoner
from pyliab.text.amounts import UNLIMITED, Span, Yuan, fen, yuan
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError
from pyliab.text.say import listed, say

FIRST: tuple[First, First] = ("operator", "platform")
ON_TOP = ("punitive", "doubled")
"""Conclusions on money that comes on top of the loss, and is not reckoned."""


@dataclass(frozen=True)
class Debtor:
    """One debtor's part in a scenario. `order` is empty for the wrongdoers, who owe at once."""

    id: str
    role: First
    order: tuple[str, ...]
    ceiling: Span
    pays: Span
    recourse: Span
    reimburses: Span
    bears: Span

    def to_json(self) -> dict[str, Any]:
        """The stable shape of the design, with what was given back to others."""
        return {
            "id": self.id,
            "role": self.role,
            "ceiling": self.ceiling.to_json(),
            "order": self.order[0] if len(self.order) == 1 else list(self.order),
            "pays": self.pays.to_json(),
            "recourse": self.recourse.to_json(),
            "reimburses": self.reimburses.to_json(),
            "bears": self.bears.to_json(),
        }


@dataclass(frozen=True)
class Scenario:
    """One order of enforcement with what the wrongdoers have. `elects`: of several bases, those on which P is made to pay."""

    first: First
    assets: Assets
    recovers: Span
    uncovered: Span
    debtors: tuple[Debtor, ...]
    elects: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The stable shape of the design."""
        written = {name: _written(sum_) for name, sum_ in self.assets.items()}
        return {
            "first": self.first,
            "operator_assets": next(iter(written.values())) if len(written) == 1 else written or None,
            "creditor_recovers": self.recovers.to_json(),
            "uncovered": self.uncovered.to_json(),
            "elects": list(self.elects),
            "debtors": [debtor.to_json() for debtor in self.debtors],
        }


@dataclass(frozen=True)
class Account:
    """What one debtor owes one creditor, reckoned: on one basis (`form`), or on all together (None)."""

    debtor: str
    creditor: str
    form: str | None
    status: Literal["certain", "possible"]
    loss: Span
    expanded: Span
    share: Ends | None
    unknown: tuple[str, ...]
    ceilings: tuple[str, ...]
    scenarios: tuple[Scenario, ...]
    later: bool = False
    """Is a harm taken as expanded, unstated, because it came after the debtor should have acted?"""

    def to_json(self) -> dict[str, Any]:
        """Plain data; `share` is a fraction, a range of fractions, or null where it is not stated."""
        ends = [str(end) for end in self.share] if self.share else []
        return {
            "debtor": self.debtor,
            "creditor": self.creditor,
            "liability": f"{self.debtor}:{self.form}:{self.creditor}" if self.form else "together",
            "status": self.status,
            "loss": self.loss.to_json(),
            "expanded": self.expanded.to_json(),
            "share": None if not ends else ends[0] if ends[0] == ends[1] else {"from": ends[0], "to": ends[1]},
            "unknown": list(self.unknown),
            "scenarios": [scenario.to_json() for scenario in self.scenarios],
        }


def _written(sum_: Yuan | None) -> str:
    return UNLIMITED if sum_ is None else yuan(fen(sum_))


def accounts(ledger: Ledger, given: Sequence[Assets | Yuan | None] = (), share: Ends | None = None) -> list[Account]:
    """Every liability settled alone, then all that one debtor owes one creditor together."""
    found = []
    reckoners = [Reckoner([ledger], pair, share) for pair in ledger.pairs()]
    check_named(reckoners, given)
    for reckoner in reckoners:
        pair = reckoner.pair
        sets = asset_sets(reckoner, given)
        for form in ledger.forms(pair):
            found.append(_account(ledger, reckoner, form, ledger.alone(pair, form), sets))
        found.append(_account(ledger, reckoner, None, ledger.together(pair), sets))
    return found


def together(journal: Journal, pair: Pair) -> Account:
    """All that one debtor owes one creditor, and nothing else."""
    reckoner = Reckoner([journal], pair)
    return _account(journal, reckoner, None, journal.together(pair), asset_sets(reckoner, ()))


def check_named(reckoners: Sequence[Reckoner], given: Sequence[Assets | Yuan | None]) -> None:
    """Assets may be given of those who stand beside a debtor. Raises InputError for any other."""
    beside = {party for reckoner in reckoners for party in reckoner.direct}
    for party in (name for one in given if isinstance(one, Mapping) for name in one):
        if reckoners and party not in beside:
            message = say(
                "--operator-assets: {party} stands beside no debtor here; known are {known}",
                party=party,
                known=listed(sorted(beside), ", ") or say("none"),
            )
            raise InputError(message)


def asset_sets(reckoner: Reckoner, given: Sequence[Assets | Yuan | None]) -> list[Assets]:
    """What the wrongdoers have, scenario by scenario: as given, else as stated, else both nothing and no limit."""
    known = {name: sum_ for name, sum_ in reckoner.stated.assets.items() if name in reckoner.direct}
    named: dict[str, Yuan | None] = {k: v for one in given if isinstance(one, Mapping) for k, v in one.items()}
    plain: list[Yuan | None] = [one for one in given if not isinstance(one, Mapping)]
    fixed = {**known, **{name: sum_ for name, sum_ in named.items() if name in reckoner.direct}}
    if plain:
        return [{**{n: sum_ for n in reckoner.direct if n not in named}, **_only(named, reckoner)} for sum_ in plain]
    # of one that is unknown nothing can be had, whatever it owns
    fixed.update((name, ZERO) for name in reckoner.direct if name in reckoner.always_unknown)
    left = [name for name in reckoner.direct if name not in fixed]
    ends: tuple[Yuan | None, ...] = (ZERO, None) if left else (None,)
    return [{name: fixed.get(name, end) for name in reckoner.direct} for end in ends]


def _only(named: Assets, reckoner: Reckoner) -> Assets:
    return {name: sum_ for name, sum_ in named.items() if name in reckoner.direct}


def _account(
    journal: Journal, reckoner: Reckoner, form: str | None, sides: Sequence[tuple[Terms, ...]], sets: Sequence[Assets]
) -> Account:
    scenarios = []
    for first, assets in product(FIRST, sets):
        orders = sorted({t.order for terms in sides for t in terms})
        # where nothing is owed no order is open or closed: it counts towards those that are
        found = [(terms, c) for terms in sides if terms for c in reckoner.courses(terms, first, assets)]
        if found:
            found += [((), c) for terms in sides if not terms for c in reckoner.courses(terms, first, assets)]
            scenarios.append(_scenario(first, assets, found, tuple(orders)))
    points = list(reckoner.points(_harms(sides) or reckoner.harms))
    return Account(
        *reckoner.pair,
        form,
        "certain" if journal.certain(reckoner.pair, form) else "possible",
        Span.of(fen(point.loss) for point in points),
        Span.of(fen(point.expanded) for point in points),
        reckoner.share,
        tuple(sorted(reckoner.unknown)),
        tuple(sorted({t.ceiling for terms in sides for t in terms})),
        tuple(scenarios),
        any((harm, reckoner.pair[0]) not in reckoner.stated.expanded for harm in reckoner.later & set(reckoner.harms)),
    )


def _harms(sides: Sequence[tuple[Terms, ...]]) -> tuple[str, ...]:
    return tuple(sorted({harm for terms in sides for t in terms for harm in t.harms}))


def _scenario(
    first: First, assets: Assets, found: Sequence[tuple[tuple[Terms, ...], Settlement]], orders: tuple[str, ...]
) -> Scenario:
    cents: list[Shown] = list(dict.fromkeys(shown(one, assets) for _, one in found))
    names = list(dict.fromkeys((row.role, row.id) for one in cents for row in one.rows))
    debtors = []
    for role, name in sorted(names):
        rows = [row for one in cents for row in one.rows if row.id == name]
        spans = {
            k: Span.of(getattr(row, k) for row in rows) for k in ("ceiling", "pays", "recourse", "reimburses", "bears")
        }
        debtors.append(Debtor(name, role, orders if role == "platform" else ("at_once",), **spans))
    # between bases that stand side by side V may choose; rival answers to one issue are no choice of V's
    side_by_side = [one.elected for terms, one in found if len({t.form for t in terms}) > 1]
    elects = tuple(sorted({name.partition("#")[0] for names in side_by_side for name in names}))
    used = {k: v for k, v in assets.items() if any(d.id == k for d in debtors)}
    return Scenario(
        first,
        used,
        Span.of(one.recovered for one in cents),
        Span.of(one.uncovered for one in cents),
        tuple(debtors),
        elects,
    )


def settle_json(ledger: Ledger, found: Sequence[Account], on_top: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The object that `settle --json` prints: the liabilities together at the top, each by itself below."""
    together = [account for account in found if account.form is None]
    return {
        "case": ledger.case.id,
        "reading": ledger.choice.name,
        **(
            {key: together[0].to_json()[key] for key in ("loss", "expanded", "share")}
            if len(together) == 1
            else {"loss": None, "expanded": None, "share": None}
        ),
        "scenarios": [
            {"debtor": one.debtor, "creditor": one.creditor, **scenario}
            for one in together
            for scenario in one.to_json()["scenarios"]
        ],
        "liabilities": [account.to_json() for account in found if account.form],
        "together": [account.to_json() for account in together],
        "on_top": list(on_top),
    }


def on_top(base: KnowledgeBase, case: CaseFile, choice: Choice, as_if_in_force: bool = False) -> list[dict[str, Any]]:
    """Who owes money beyond the loss (a rule says so): sentence in both languages, status, and the amount if it is stated.

    It is never added to what the tables reckon.
    """
    phrases = Phrases(base, case.names())
    found = world_of(base, case, as_if_in_force=as_if_in_force).findings(case.id, choice.positions)
    sums = stated(case).extra
    return [
        {
            "kind": one.atom.name,
            "says": dict(phrases.atom(one.atom)),
            "status": one.status,
            "amount": None if (sum_ := sums.get(_parties(one))) is None else yuan(fen(sum_)),
        }
        for one in found
        if one.atom.name in ON_TOP
    ]


def _parties(one: Finding) -> Pair:
    """Debtor and creditor: what stands first in such a conclusion, after the case."""
    debtor, creditor = (str(argument) for argument in one.atom.arguments[1:3])
    return debtor, creditor


@dataclass(frozen=True)
class Cell:
    """One reading in money: over both orders of enforcement, all that is open, and all assets asked.

    `certain` are the forms among `forms` in which something is owed in every completion.
    """

    reading: str
    debtor: str
    creditor: str
    forms: tuple[str, ...]
    certain: tuple[str, ...]
    assets: Assets
    recovers: Span
    bears: Span

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        written = {name: _written(sum_) for name, sum_ in self.assets.items()}
        return {
            "reading": self.reading,
            "debtor": self.debtor,
            "creditor": self.creditor,
            "forms": list(self.forms),
            "certain": list(self.certain),
            "operator_assets": next(iter(written.values())) if len(written) == 1 else written or None,
            "creditor_recovers": self.recovers.to_json(),
            "platform_bears": self.bears.to_json(),
        }


def matrix(
    ledgers: Sequence[Ledger], given: Sequence[Assets | Yuan | None] = (), share: Ends | None = None
) -> list[Cell]:
    """The readings of one case in money, for each debtor and creditor under any of them and each set of assets."""
    found = []
    pairs = sorted({pair for ledger in ledgers for pair in ledger.pairs()})
    reckoners = [Reckoner(ledgers, pair, share) for pair in pairs]
    check_named(reckoners, given)
    for reckoner, pair in zip(reckoners, pairs, strict=True):
        for assets in asset_sets(reckoner, given):
            for ledger in ledgers:
                sides = ledger.together(pair)
                courses = [c for first, terms in product(FIRST, sides) for c in reckoner.courses(terms, first, assets)]
                cents = [shown(one, assets) for one in courses]
                burdens = Span.of(row.bears for one in cents for row in one.rows if row.role == "platform")
                recovers = Span.of(one.recovered for one in cents)
                forms = ledger.forms(pair)
                certain = tuple(form for form in forms if ledger.certain(pair, form))
                found.append(Cell(ledger.choice.name, *pair, tuple(forms), certain, assets, recovers, burdens))
    return found
