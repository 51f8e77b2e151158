"""Who pays whom under a reading: what the rules derive, put into amounts and reckoned (settlement.py).

Every completion of what the reading and the facts leave open is reckoned, at every end of what the case leaves unstated;
what differs is a range. So a range always holds every outcome, and its ends are reached.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product
from typing import Any, Literal, cast

from pyliab.asp import atoms
from pyliab.asp.atoms import Symbol
from pyliab.asp.solver import GroundProgram
from pyliab.derive import NOBODY
from pyliab.errors import InputError
from pyliab.facts import CaseFile
from pyliab.knowledge import KnowledgeBase
from pyliab.money import Span, Yuan, fen
from pyliab.readings import Choice
from pyliab.settlement import ZERO, Claim, Extent, First, Settlement, Shown, Wrongdoer, open_orders, settle, shown

Pair = tuple[str, str]
"""Debtor and creditor."""
Ends = tuple[Fraction, Fraction]
Assets = Mapping[str, Yuan | None]
"""What can be collected from each wrongdoer; None: no limit."""
FIRST: tuple[First, First] = ("operator", "platform")
MAX_COMPLETIONS = 50_000
_SEEN = {
    "owed": 4,
    "covers": 6,
    "terms": 6,
    "recourse": 6,
    "reduced": 4,
    "dated_expansion": 5,
    "direct": 5,
    "answers_for_all": 5,
    "owes_rest": 5,
    "unidentified": 5,
    "unknown_pays": 6,
    "cap_on_rest": 4,
    "unwilling_suffices": 4,
    "counts_pro_rata": 4,
    "recourse_of_other": 5,
}
"""The conclusions that settlement reads, with their arity."""
ON_TOP = ("punitive", "doubled")
"""Conclusions on money that comes on top of the loss, and is not reckoned."""


@dataclass(frozen=True)
class Terms:
    """One liability in one completion, as the rules derive it; everything by name, nothing in yuan yet."""

    form: str
    ceiling: str
    order: str
    harms: tuple[str, ...] = ()
    direct: tuple[str, ...] = ()
    recourse: tuple[tuple[str, str], ...] = ()
    flags: frozenset[tuple[str, ...]] = frozenset()

    def says(self, name: str, *values: str) -> bool:
        """Was this conclusion derived of the liability?"""
        return (name, *values) in self.flags

    def named(self, name: str) -> list[str]:
        """The parties of whom this conclusion was derived."""
        return sorted(flag[1] for flag in self.flags if flag[0] == name)


@dataclass
class Stated:
    """The amounts and shares that a case states as proved; the rest is open."""

    loss: dict[str, Yuan] = field(default_factory=dict)
    expanded: dict[tuple[str, str], Yuan] = field(default_factory=dict)
    share: dict[str, Ends] = field(default_factory=dict)
    victim: dict[str, Ends] = field(default_factory=dict)
    assets: dict[str, Yuan] = field(default_factory=dict)


def stated(case: CaseFile) -> Stated:
    """Read the amounts of a case. A disputed one counts as not stated."""
    found = Stated()
    for fact in case.facts:
        if fact.status != "proved":
            continue
        args = [str(value) for value in fact.args]
        if fact.word == "loss":
            found.loss[args[0]] = Fraction(args[1])
        elif fact.word == "expanded_part":
            found.expanded[args[0], args[1]] = Fraction(args[2])
        elif fact.word == "share":
            found.share[args[0]] = _ends(args[1])
        elif fact.word == "victim_share":
            found.victim[args[0]] = _ends(args[1])
        elif fact.word == "assets":
            found.assets[args[0]] = Fraction(args[1])
    return found


def _ends(text: str) -> Ends:
    low, _, high = text.partition("-")
    return Fraction(low), Fraction(high or low)


@dataclass(frozen=True)
class Point:
    """One way to fill in what is not stated: loss, expanded part and share, and whether the share is known at all."""

    loss: Yuan
    expanded: Yuan
    share: Fraction
    known: bool


Completion = Mapping[Pair, tuple[Terms, ...]]


class Ledger:
    """The liabilities of a case under one reading, in every completion, ready to be reckoned."""

    def __init__(self, base: KnowledgeBase, case: CaseFile, choice: Choice, *, as_if_in_force: bool = False) -> None:
        facts = atoms.plain(base.law_facts()) + atoms.case_program(case)
        program = GroundProgram(base.rule_files, facts, as_if_in_force=as_if_in_force, project=_SEEN)
        self.case, self.choice, self.stated = case, choice, stated(case)
        self.completions: list[Completion] = []
        self.reduced: set[tuple[str, str, str]] = set()
        self.always_reduced: set[tuple[str, str, str]] = set()
        self.later: set[tuple[str, str]] = set()
        for i, found in enumerate(program.completions(choice.positions)):
            if i == MAX_COMPLETIONS:
                raise InputError(f"more than {MAX_COMPLETIONS} outcomes are open; take more positions")
            self._add(found, first=i == 0)
        self.completions = list({_frozen(one): one for one in self.completions}.values())

    def _add(self, found: Sequence[Symbol], *, first: bool) -> None:
        rows = [(s.name, tuple(str(atoms.value(a)) for a in s.arguments)) for s in found if s.arguments]
        rows = [(name, values[1:]) for name, values in rows if values[0] == self.case.id]
        reduced = {(v[0], v[1], v[2]) for name, v in rows if name == "reduced"}
        self.always_reduced = reduced if first else self.always_reduced & reduced
        self.reduced |= reduced
        self.later |= {(v[3], v[1]) for name, v in rows if name == "dated_expansion"}
        self.completions.append(_liabilities(rows))

    def pairs(self) -> list[Pair]:
        """Who may owe whom, in some completion."""
        return sorted({pair for one in self.completions for pair in one})

    def forms(self, pair: Pair) -> list[str]:
        """The forms in which it may be owed."""
        return sorted({terms.form for one in self.completions for terms in one.get(pair, ())})

    def certain(self, pair: Pair, form: str | None = None) -> bool:
        """Is it owed (in this form) in every completion?"""
        return all(any(form in (None, t.form) for t in one.get(pair, ())) for one in self.completions)

    def together(self, pair: Pair) -> list[tuple[Terms, ...]]:
        """The liabilities that stand side by side, in each completion; empty where nothing is owed."""
        return list(dict.fromkeys(one.get(pair, ()) for one in self.completions))

    def alone(self, pair: Pair, form: str) -> list[tuple[Terms, ...]]:
        """The liability of this form by itself, in each completion that has it."""
        found = (terms for one in self.completions for terms in one.get(pair, ()) if terms.form == form)
        return [(terms,) for terms in dict.fromkeys(found)]


def _frozen(one: Completion) -> frozenset[tuple[Pair, tuple[Terms, ...]]]:
    return frozenset(one.items())


def _liabilities(rows: Iterable[tuple[str, tuple[str, ...]]]) -> Completion:
    """The conclusions of one completion, by debtor and creditor, and by form."""
    found: dict[tuple[Pair, str], list[tuple[str, tuple[str, ...]]]] = {}
    for name, values in rows:
        if name not in ("reduced", "dated_expansion"):
            found.setdefault(((values[0], values[1]), values[2]), []).append((name, values[3:]))
    result: dict[Pair, tuple[Terms, ...]] = {}
    for (pair, form), said in sorted(found.items()):
        by_name: dict[str, list[tuple[str, ...]]] = {}
        for name, rest in said:
            by_name.setdefault(name, []).append(rest)
        if "owed" in by_name:
            result[pair] = (*result.get(pair, ()), _terms(form, by_name))
    return result


def _terms(form: str, said: Mapping[str, Sequence[tuple[str, ...]]]) -> Terms:
    ((ceiling, order),) = said["terms"]
    return Terms(
        form,
        ceiling,
        order,
        tuple(sorted({rest[1] for rest in said["covers"]})),
        tuple(sorted({rest[0] for rest in said.get("direct", ())})),
        tuple(sorted((rest[0], rest[1]) for rest in said.get("recourse", ()) if rest[0] != NOBODY)),
        frozenset((name, *rest) for name, rows in said.items() for rest in rows),
    )


# --- from names to amounts ------------------------------------------------------------------------------------------


class Reckoner:
    """Reckons what one debtor owes one creditor, over any of several ledgers of one case.

    `share` overrides the share that the case states. Raises InputError where a loss is not stated.
    """

    def __init__(self, ledgers: Sequence[Ledger], pair: Pair, share: Ends | None = None) -> None:
        self.pair, self.stated = pair, ledgers[0].stated
        terms = {t for ledger in ledgers for one in ledger.together(pair) for t in one}
        self.harms = tuple(sorted({harm for t in terms for harm in t.harms}))
        self.direct = tuple(sorted({party for t in terms for party in t.direct} - {pair[0]}))
        self.unknown = {party for t in terms for party in t.named("unidentified")}
        self.always_unknown = {
            p for p in self.unknown if all(t.says("unidentified", p) for t in terms if p in t.direct)
        }
        self.share = share or self.stated.share.get(pair[0])
        self.reduced = {harm: self._reduction(ledgers, harm) for harm in self.harms}
        self.later = {harm for ledger in ledgers for harm, party in ledger.later if party == pair[0]}
        if missing := [harm for harm in self.harms if harm not in self.stated.loss]:
            words = "; ".join(f"- loss: {{harm: {harm}, yuan: ..}}" for harm in missing)
            raise InputError(
                f"{ledgers[0].case.file}: the case states no loss, so nothing can be reckoned; state {words}"
            )
        self._check_shares()

    def _reduction(self, ledgers: Sequence[Ledger], harm: str) -> Ends:
        """The part that falls on the victim: as stated where a reduction follows, anything where it is not stated."""
        key = (*self.pair, harm)
        if not any(key in ledger.reduced for ledger in ledgers):
            return ZERO, ZERO
        low, high = self.stated.victim.get(harm, (ZERO, Fraction(1)))
        return (low if all(key in ledger.always_reduced for ledger in ledgers) else ZERO), high

    def _check_shares(self) -> None:
        given = {party: self.stated.share[party] for party in self.direct if party in self.stated.share}
        for party, (low, high) in given.items():
            if low != high:
                raise InputError(f"share of {party}: a range is taken for the platform only; give one share")
        own = self.share[0] if self.share else ZERO
        if own + sum((low for low, _ in given.values()), ZERO) > 1:
            raise InputError(f"the shares of {', '.join([self.pair[0], *given])} come to more than the whole")

    def points(self, harms: Sequence[str]) -> Iterator[Point]:
        """The ends of what is not stated, and the points between at which one basis overtakes another."""
        low, high = self.share or (ZERO, Fraction(1))
        for end in (0, 1):
            loss = sum((self.stated.loss[harm] * (1 - self.reduced[harm][end]) for harm in harms), ZERO)
            least, most = (
                sum((self._expanded(harm)[i] * (1 - self.reduced[harm][end]) for harm in harms), ZERO) for i in (0, 1)
            )
            shares, parts = {low, high}, {least, most}
            shares |= {part / loss for part in parts if loss and low < part / loss < high}
            parts |= {share * loss for share in (low, high) if least < share * loss < most}
            for share, part in product(sorted(shares), sorted(parts)):
                yield Point(loss, part, share, self.share is not None)

    def _expanded(self, harm: str) -> Ends:
        loss = self.stated.loss[harm]
        known = self.stated.expanded.get((harm, self.pair[0]))
        if known is None and harm in self.later:
            known = loss
        return (ZERO, loss) if known is None else (known, known)

    def wrongdoers(self, terms: Sequence[Terms], assets: Assets) -> list[Wrongdoer]:
        """Those directly liable beside these liabilities; all that are known of where there is no liability."""
        names = sorted({party for t in terms for party in t.direct} - {self.pair[0]}) if terms else self.direct
        given = {name: self.stated.share[name][0] for name in names if name in self.stated.share}
        left = 1 - sum(given.values(), self.share[0] if self.share else ZERO)
        rest = Fraction(left, len(names) - len(given)) if len(names) > len(given) else ZERO
        return [
            Wrongdoer(
                name,
                given.get(name, rest) if given else Fraction(1),
                assets.get(name),
                any(t.says("answers_for_all", name) for t in terms),
                name not in self.unknown if not terms else not any(t.says("unidentified", name) for t in terms),
            )
            for name in names
        ]

    def claims(self, terms: Sequence[Terms], point: Point) -> list[Claim]:
        """The liabilities in yuan. One whose recourse the rules leave in two minds is there twice."""
        found = []
        for t in terms:
            choices: dict[str, list[str]] = {}
            for party, extent in t.recourse:
                choices.setdefault(party, []).append(extent)
            for n, extents in enumerate(product(*choices.values())):
                recourse = dict(zip(choices, map(_extent, extents), strict=True))
                found.append(_claim(t, f"{t.form}#{n}", point, recourse))
        return found

    def courses(self, terms: Sequence[Terms], first: First, assets: Assets) -> Iterator[Settlement]:
        """Every course of payment in this order, at every end of what is not stated; none where V may not proceed so."""
        blocks = _blocks(terms, self.harms)
        whole = [list(self.points(harms)) for harms, _ in blocks]
        for at in zip(*whole, strict=False) if len({len(points) for points in whole}) == 1 else product(*whole):
            total = sum((point.loss for point in at), ZERO)
            found: list[list[Settlement]] = []
            for (_, those), point in zip(blocks, at, strict=True):
                part = point.loss / total if total else Fraction(1, len(blocks))
                has = {name: None if sum_ is None else sum_ * part for name, sum_ in assets.items()}
                wrongdoers, claims = self.wrongdoers(those, has), self.claims(those, point)
                if those and first not in open_orders(claims, wrongdoers) and len(blocks) == 1:
                    break
                own = self.stated.assets.get(self.pair[0])
                limit = None if own is None else own * part
                found.append(settle(point.loss, claims, wrongdoers, first, platform=self.pair[0], assets=limit))
            else:
                for parts in product(*found):
                    yield _joined(parts)


def _extent(name: str) -> Extent:
    # every kind of recourse but these two is for what exceeds the debtor's own part
    return cast(Extent, {"full": "all", "none": "none"}.get(name, "excess"))


def _claim(t: Terms, name: str, at: Point, recourse: Mapping[str, Extent]) -> Claim:
    ceilings = {"whole": at.loss, "expanded": at.expanded, "share": at.share * at.loss}
    if t.ceiling not in ceilings:
        raise InputError(f"how much the ceiling {t.ceiling!r} of {t.form} comes to is not known here")
    ceiling = ceilings[t.ceiling]
    part = at.share if at.known else Fraction(1, 1 + len(t.direct))
    meanwhile = {"share": min(ceiling, at.share * at.loss), "whole": at.loss, "nothing": ZERO}
    unknown = [meanwhile[flag[2]] for flag in t.flags if flag[0] == "unknown_pays"]
    return Claim(
        name,
        ceiling,
        ceiling,
        ceiling if t.ceiling == "share" else part * ceiling,
        t.order == "at_once",
        recourse,
        frozenset(t.named("recourse_of_other")),
        bool(t.named("owes_rest")),
        at.share if t.says("cap_on_rest") else None,
        t.says("counts_pro_rata"),
        t.says("unwilling_suffices"),
        max(unknown, default=None),
    )


def _blocks(terms: Sequence[Terms], harms: Sequence[str]) -> list[tuple[tuple[str, ...], tuple[Terms, ...]]]:
    """Harms that the same liabilities cover belong together: liabilities for different harms add up."""
    if not terms:
        return [(tuple(harms), ())]
    found: dict[tuple[Terms, ...], list[str]] = {}
    for harm in sorted({harm for t in terms for harm in t.harms}):
        found.setdefault(tuple(t for t in terms if harm in t.harms), []).append(harm)
    return [(tuple(those), liabilities) for liabilities, those in found.items()]


def _joined(parts: Sequence[Settlement]) -> Settlement:
    """Settlements of different harms, added up."""
    if len(parts) == 1:
        return parts[0]
    rows: dict[str, Any] = {}
    for row in (row for one in parts for row in one.parts):
        before = rows.get(row.id)
        rows[row.id] = (
            row
            if before is None
            else replace(
                row, **{k: getattr(row, k) + getattr(before, k) for k in ("ceiling", "pays", "recourse", "reimburses")}
            )
        )
    ordered = sorted(rows.values(), key=lambda row: row.role == "platform")
    names = tuple(dict.fromkeys(name for one in parts for name in one.elected))
    return Settlement(
        sum((p.loss for p in parts), ZERO), sum((p.uncovered for p in parts), ZERO), tuple(ordered), names
    )


# --- what is shown ----------------------------------------------------------------------------------------------------


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
    return "unlimited" if sum_ is None else Span.of([fen(sum_)]).to_json()  # type: ignore[return-value]


def accounts(ledger: Ledger, given: Sequence[Assets | Yuan | None] = (), share: Ends | None = None) -> list[Account]:
    """Every liability settled alone, then all that one debtor owes one creditor together."""
    found = []
    for pair in ledger.pairs():
        reckoner = Reckoner([ledger], pair, share)
        sets = asset_sets(reckoner, given)
        for form in ledger.forms(pair):
            found.append(_account(ledger, reckoner, form, ledger.alone(pair, form), sets))
        found.append(_account(ledger, reckoner, None, ledger.together(pair), sets))
    return found


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
    ledger: Ledger, reckoner: Reckoner, form: str | None, sides: Sequence[tuple[Terms, ...]], sets: Sequence[Assets]
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
        "certain" if ledger.certain(reckoner.pair, form) else "possible",
        Span.of(fen(point.loss) for point in points),
        Span.of(fen(point.expanded) for point in points),
        reckoner.share,
        tuple(sorted(reckoner.unknown)),
        tuple(sorted({t.ceiling for terms in sides for t in terms})),
        tuple(scenarios),
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
    """Who owes money beyond the loss (a rule says so), which is not reckoned: sentence in both languages, and status."""
    from pyliab.derive import Inquiry
    from pyliab.phrase import Phrases

    phrases = Phrases(base, case.names())
    found = Inquiry(base, [case], as_if_in_force=as_if_in_force).findings(case.id, choice.positions)
    return [
        {"kind": one.atom.name, "says": dict(phrases.atom(one.atom)), "status": one.status, "amount": None}
        for one in found
        if one.atom.name in ON_TOP
    ]


@dataclass(frozen=True)
class Cell:
    """One reading in money: over both orders of enforcement, all that is open, and all assets asked."""

    reading: str
    debtor: str
    creditor: str
    forms: tuple[str, ...]
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
            "operator_assets": next(iter(written.values())) if len(written) == 1 else written or None,
            "creditor_recovers": self.recovers.to_json(),
            "platform_bears": self.bears.to_json(),
        }


def matrix(
    ledgers: Sequence[Ledger], given: Sequence[Assets | Yuan | None] = (), share: Ends | None = None
) -> list[Cell]:
    """The readings of one case in money, for each debtor and creditor under any of them and each set of assets."""
    found = []
    for pair in sorted({pair for ledger in ledgers for pair in ledger.pairs()}):
        reckoner = Reckoner(ledgers, pair, share)
        for assets in asset_sets(reckoner, given):
            for ledger in ledgers:
                sides = ledger.together(pair)
                courses = [c for first, terms in product(FIRST, sides) for c in reckoner.courses(terms, first, assets)]
                cents = [shown(one, assets) for one in courses]
                burdens = Span.of(row.bears for one in cents for row in one.rows if row.role == "platform")
                recovers = Span.of(one.recovered for one in cents)
                found.append(Cell(ledger.choice.name, *pair, tuple(ledger.forms(pair)), assets, recovers, burdens))
    return found
