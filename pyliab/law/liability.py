"""Who is liable in a case under a reading: certain, or possible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pyliab.asp import symbols as atoms
from pyliab.asp.program import GroundProgram
from pyliab.asp.symbols import Symbol, SymbolType
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice, written
from pyliab.law.words import Phrases
from pyliab.text.encode import to_json

Certainty = Literal["certain", "possible"]
Key = tuple[str, str, str]
"""Debtor, creditor, form."""
NOBODY = "nobody"
"""Stands for the partner where a debtor answers alone."""


@dataclass
class Liability:
    """One liability of a case. `positions` (and disputed `facts`) are a minimal set on which it rests.

    A certain liability may have details that are only possible: another partner, basis, harm or recourse in some
    completion. These stand in `uncertain`, by kind.
    """

    debtor: str
    creditor: str
    form: str
    status: Certainty
    partners: list[str] = field(default_factory=list)
    basis: list[str] = field(default_factory=list)
    harms: list[str] = field(default_factory=list)
    recourse: dict[str, list[str]] = field(default_factory=dict)
    ceiling: str = ""
    order: str = ""
    positions: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    uncertain: dict[str, list[str]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """`debtor:form:creditor`, the same under every reading."""
        return f"{self.debtor}:{self.form}:{self.creditor}"

    @property
    def key(self) -> Key:
        """Debtor, creditor, form."""
        return self.debtor, self.creditor, self.form

    def only_possible(self, kind: str, value: str) -> bool:
        """Is this detail of a certain liability itself only possible?"""
        return value in self.uncertain.get(kind, ())

    def to_json(self) -> dict[str, Any]:
        """The stable shape of the design."""
        return {
            "id": self.id,
            "debtor": self.debtor,
            "creditor": self.creditor,
            "with": self.partners,
            "form": self.form,
            "basis": self.basis,
            "positions": self.positions,
            "status": self.status,
            "ceiling": self.ceiling,
            "order": self.order,
            "recourse": self.recourse,
            "harms": self.harms,
            "disputed_facts": self.facts,
            "only_possible": self.uncertain,
        }


@dataclass(frozen=True)
class Finding:
    """A conclusion beside the liabilities; its sentence is that of its predicate."""

    atom: Symbol
    status: Certainty


SAID_OF_PROOF = ("burden", "fails", "inferred")
"""The conclusions of the rules on proof; where a dispute has ended, they are told fact by fact."""


def besides(found: Iterable[Finding]) -> list[Finding]:
    """Findings without those on proof."""
    return [one for one in found if one.atom.name not in SAID_OF_PROOF]


_CONTRACT = {"owed": 4, "liable": 5, "rests_on": 6, "covers": 6, "recourse": 6, "terms": 6}
"""The output predicates that make up a liability, with their arity."""
MONEY = {
    "direct": 5,
    "answers_for_all": 5,
    "owes_rest": 5,
    "unidentified": 5,
    "unknown_pays": 6,
    "cap_on_rest": 4,
    "unwilling_suffices": 4,
    "counts_pro_rata": 4,
    "recourse_of_other": 5,
    "shares_equal": 4,
}
"""What else bears on who pays what under a liability; `settle` reads it (ledger.py)."""
_SHOWN = {**_CONTRACT, **MONEY}


class Inquiry:
    """Some cases, ground once, to be asked under any number of readings."""

    def __init__(
        self,
        base: KnowledgeBase,
        cases: Iterable[CaseFile],
        *,
        as_if_in_force: bool = False,
        non_liquet: bool = False,
    ) -> None:
        """With `non_liquet`, what is in dispute stays unproved, and the rules on the burden of proof say for whom."""
        self.base, self.non_liquet = base, non_liquet
        self.cases = {case.id: case for case in cases}
        self.as_if_in_force = as_if_in_force
        self._last: tuple[dict[str, str], tuple[set[Symbol], set[Symbol]]] | None = None
        self._read: dict[Symbol, _Shown] = {}
        facts = self.world()
        for case in self.cases.values():
            facts += atoms.case_program(case)
        self.program = GroundProgram(base.rule_files, facts, as_if_in_force=as_if_in_force)

    def world(self) -> atoms.Program:
        """All that is given beside the cases: the law, and how the question is put."""
        asked = [("non_liquet", ())] if self.non_liquet else []
        return atoms.plain([*self.base.law_facts(), *asked])

    def _ask(self, positions: Mapping[str, str]) -> tuple[set[Symbol], set[Symbol]]:
        """What is certain and what is possible; the last answer is kept, for liabilities and findings come from one."""
        if self._last is None or self._last[0] != dict(positions):
            self._last = dict(positions), self.program.certain_and_possible(positions)
        return self._last[1]

    def outcomes(self, positions: Mapping[str, str]) -> dict[str, dict[Key, Liability]]:
        """The liabilities of every case, without what they rest on: one pair of questions for all cases together."""
        certain, possible = self._ask(positions)
        found: dict[str, dict[Key, Liability]] = {case: {} for case in self.cases}
        shown = sorted((self._shown(symbol) for symbol in possible), key=lambda one: one.text)
        shown = [one for one in shown if one.in_contract and one.case in found]
        for one in shown:
            if one.name == "owed":
                found[one.case][one.key] = Liability(*one.key, "certain" if one.symbol in certain else "possible")
        for one in shown:
            if one.name != "owed" and one.key in found[one.case]:
                _describe(found[one.case][one.key], one, one.symbol in certain)
        return found

    def _shown(self, symbol: Symbol) -> _Shown:
        """An atom as text; read once, for many readings share most of what they show."""
        if symbol not in self._read:
            self._read[symbol] = _Shown(symbol)
        return self._read[symbol]

    def findings(self, case: str, positions: Mapping[str, str]) -> list[Finding]:
        """What else the rules show of a case: reductions, administrative exposure, and the like."""
        certain, possible = self._ask(positions)
        shown = sorted((self._shown(symbol) for symbol in possible), key=lambda one: one.text)
        own = (one.symbol for one in shown if not one.in_contract and one.case == case)
        return [Finding(symbol, "certain" if symbol in certain else "possible") for symbol in own]

    def derive(self, case: str, choice: Choice) -> list[Liability]:
        """The liabilities of one case, each with the positions and disputed facts that carry it."""
        liabilities = list(self.outcomes(choice.positions)[case].values())
        for liability in liabilities:
            liability.positions, liability.facts = self.carriers(case, choice, liability)
        return sorted(liabilities, key=lambda found: (found.status, found.debtor, found.creditor, found.form))

    def carriers(self, case: str, choice: Choice, liability: Liability) -> tuple[list[str], list[str]]:
        """A minimal set of positions, and of disputed facts, under which the liability follows."""
        goal = self.goal(case, liability)
        own, assumed = self.program.assume(choice.own), self.program.assume(choice.assumed)
        choices = [] if self.non_liquet else self._disputed(case)
        disputed = {literal: str(s) for s in choices if (literal := self.program.literal(s))}
        completion: list[int] = []
        if liability.status == "possible":
            completion = self._completion(choice, [*own, *assumed], goal, list(disputed))
        core = self.program.carries(goal, [*completion, *assumed, *own])
        names = {literal: "=".join(pair) for pair, literal in self.program.positions.items()}
        order = {name: i for i, name in enumerate([*written(choice.own), *written(choice.assumed)])}
        positions = sorted((names[lit] for lit in core if lit in names), key=lambda name: order.get(name, len(order)))
        return positions, sorted(disputed[lit] for lit in core if lit in disputed)

    def _completion(self, choice: Choice, fixed: list[int], goal: int, disputed: list[int]) -> list[int]:
        """Disputed facts and positions on open issues under which the goal holds: one position only, where one will do."""
        single = self._single_completion(choice, fixed, goal)
        groups = [[single]] if single else self.program.open_groups(choice.open_issues)
        taken = self.program.complete([*fixed, goal], [*groups, *([literal] for literal in disputed)])[len(fixed) + 1 :]
        return sorted(taken, key=lambda literal: literal not in disputed)

    def _single_completion(self, choice: Choice, fixed: list[int], goal: int) -> int | None:
        """The first position on one open issue that by itself makes the liability certain, if there is one."""
        for (issue, _), literal in self.program.positions.items():
            forced = issue in choice.open_issues and not self.program.satisfiable([*fixed, literal, -goal])
            if forced and self.program.satisfiable([*fixed, literal]):
                return literal
        return None

    def goal(self, case: str, liability: Liability) -> int:
        """A literal that holds exactly when the liability does, whoever stands beside the debtor."""
        return self.program.liable((case, *liability.key))

    def _disputed(self, case: str) -> list[Symbol]:
        facts = [fact for fact in self.cases[case].facts if fact.status == "disputed"]
        return [atoms.fact_symbol(case, fact, positive) for fact in facts for positive in (True, False)]


class _Shown:
    """An atom of an answer set, as text."""

    def __init__(self, symbol: Symbol) -> None:
        self.symbol, self.text = symbol, str(symbol)
        of_function = symbol.type == SymbolType.Function
        self.name = symbol.name if of_function else ""
        self.values = [str(argument) for argument in symbol.arguments] if of_function else []
        self.case = self.values[0] if self.values else ""

    @property
    def in_contract(self) -> bool:
        """Is it a part of a liability?"""
        return _SHOWN.get(self.name) == len(self.values)

    @property
    def key(self) -> Key:
        """The liability of which it is a part."""
        return self.values[1], self.values[2], self.values[3]


def _describe(liability: Liability, shown: _Shown, certain: bool) -> None:
    values = shown.values
    if shown.name == "liable":
        _add(liability, "with", liability.partners, values[4], certain)
    elif shown.name == "rests_on":
        basis = shown.symbol.arguments[5]
        named = basis.arguments[0] if basis.type == SymbolType.Function and basis.arguments else basis
        _add(liability, "basis", liability.basis, str(atoms.value(named)), certain)
    elif shown.name == "covers":
        _add(liability, "harms", liability.harms, values[5], certain)
    elif shown.name == "recourse":
        extents = liability.recourse.setdefault(values[4], [])
        _add(liability, f"recourse against {values[4]}", extents, values[5], certain)
    elif shown.name == "terms":
        liability.ceiling, liability.order = values[4], values[5]


def _add(liability: Liability, kind: str, rows: list[str], value: str, certain: bool) -> None:
    """Note a detail once; of a certain liability, note which details are only possible."""
    if value == NOBODY:
        return
    if value not in rows:
        rows.append(value)
        if liability.status == "certain" and not certain:
            liability.uncertain.setdefault(kind, []).append(value)
    elif certain and value in liability.uncertain.get(kind, []):
        liability.uncertain[kind].remove(value)


def derive_json(inquiry: Inquiry, case: CaseFile, choice: Choice, liabilities: Sequence[Liability]) -> dict[str, Any]:
    """The object that `derive --json` prints."""
    return {
        "case": case.id,
        "reading": choice.name,
        "liabilities": [liability.to_json() for liability in liabilities],
        "own": written(choice.own),
        "assumed": written(choice.assumed),
        "open_issues": list(choice.open_issues),
        "as_if_in_force": inquiry.as_if_in_force,
        "not_in_force": out_of_time(inquiry.base, case),
        "gaps": gaps(inquiry.base, liabilities),
        "findings": [
            {
                "kind": one.atom.name,
                "atom": str(one.atom),
                "says": Phrases(inquiry.base, case.names()).atom(one.atom),
                "status": one.status,
            }
            for one in inquiry.findings(case.id, choice.positions)
        ],
        "judgment": to_json(case.doc.judgment),
    }


def out_of_time(base: KnowledgeBase, case: CaseFile) -> list[dict[str, str]]:
    """Provisions that rules ask for and that did not apply on the day of the case."""
    found = []
    for name, provision in base.provisions.items():
        period = provision.in_force
        if base.decides(name) and not in_force(base, case, name):
            found.append({"provision": name, "from": period.start, "to": period.end or ""})
    return found


def in_force(base: KnowledgeBase, case: CaseFile, provision: str) -> bool:
    """Was the provision in force on the day of the case?"""
    first, last = base.provisions[provision].in_force.days
    return first <= case.doc.day <= last


def cited_then(base: KnowledgeBase, case: CaseFile, cites: Sequence[str]) -> list[str]:
    """What a rule rests on, without provisions that were not in force on the day of the case, unless all were not.

    Several laws may say the same one after another, and a rule then cites them all.
    """
    then = [cited for cited in cites if cited not in base.provisions or in_force(base, case, cited)]
    return then if any(cited in base.provisions for cited in then) else list(cites)


def gaps(base: KnowledgeBase, liabilities: Iterable[Liability]) -> list[dict[str, Any]]:
    """Words of the provisions relied on that no rule carries, with the reason."""
    relied = {name for liability in liabilities for name in liability.basis}
    return [
        {"provision": name, "words": segment.words, "reason": to_json(segment.not_encoded)}
        for name, provision in base.provisions.items()
        if name in relied
        for segment in provision.segments
        if segment.not_encoded
    ]
