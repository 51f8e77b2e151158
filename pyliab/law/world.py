"""A world: cases with the law, ground, and what they answer under a reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from weakref import WeakKeyDictionary

from pyliab.asp import symbols as atoms
from pyliab.asp.cubes import MarkProgram
from pyliab.asp.open_facts import analysis_file
from pyliab.asp.program import GroundProgram
from pyliab.asp.rewrite import Rewritten, rewrite
from pyliab.asp.symbols import Symbol, SymbolType
from pyliab.kb import cache
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice, written
from pyliab.law.liability import NOBODY, Finding, Key, Liability

_CONTRACT = {"owed": 4, "liable": 5, "rests_on": 6, "covers": 6, "recourse": 6, "terms": 6}
"""The output predicates that make up a liability, with their arity."""
MONEY = {
    "direct": 6,
    "answers_for_all": 5,
    "owes_rest": 5,
    "unidentified": 5,
    "unknown_pays": 6,
    "cap_on_rest": 4,
    "unwilling_suffices": 4,
    "counts_pro_rata": 4,
    "recourse_of_other": 5,
    "shares_equal": 4,
    "wholly_expanded": 5,
}
"""What else bears on who pays what under a liability; `settle` reads it (money/conclusions.py)."""
_SHOWN = {**_CONTRACT, **MONEY}
SETTLED = {"owed": 4, "covers": 6, "terms": 6, "recourse": 6, "reduced": 4, **MONEY}
"""The conclusions that settlement reads, with their arity."""


def rewritten_rules(files: Sequence[Path]) -> Rewritten:
    """The rewritten rules, from the cache where the files have not changed."""
    now = cache.state(files)
    stored = cache.load("proofs", now)
    if stored is not None:
        return Rewritten(**stored)
    made = rewrite(files)
    cache.save("proofs", now, vars(made))
    return made


class World:
    """Some cases, ground once for each program that is needed, to be asked under any number of readings.

    `program` is the law as it stands, `proof_program` the law rewritten so that a model carries its reasons, `marks` the
    law with the marks of outcomes, for questions about the whole space of readings. Each is ground when first asked.
    """

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
        self._laws: dict[str, frozenset[str]] = {}

    @cached_property
    def program(self) -> GroundProgram:
        """The law on the facts of the cases."""
        return GroundProgram(self.base.rule_files, self._facts(), as_if_in_force=self.as_if_in_force, project=SETTLED)

    @cached_property
    def proof_program(self) -> GroundProgram:
        """The same, each rule leaving its reasons."""
        text = rewritten_rules(self.base.rule_files).text
        return GroundProgram([], self._facts(), as_if_in_force=self.as_if_in_force, text=text)

    @cached_property
    def marks(self) -> MarkProgram:
        """The same, with the marks by which outcomes are told apart."""
        files = [*self.base.rule_files, analysis_file("space.lp")]
        return MarkProgram(files, self._facts(), as_if_in_force=self.as_if_in_force)

    def alone(self, case: CaseFile) -> World:
        """The world of one case by itself, asked in the same way: fast to ask often."""
        if list(self.cases) == [case.id]:
            return self
        return world_of(self.base, case, as_if_in_force=self.as_if_in_force, non_liquet=self.non_liquet)

    def laws(self, case: str) -> frozenset[str]:
        """The provisions that are in force for a case, or for one of its claims."""
        if case not in self._laws:
            asked = (atom.arguments for atom in self.program.literals("in_force"))
            self._laws[case] = frozenset(law.string for of, law in asked if of.name == case)
        return self._laws[case]

    def _facts(self) -> atoms.Program:
        facts = self.given()
        for case in self.cases.values():
            facts += atoms.case_program(case)
        return facts

    def given(self) -> atoms.Program:
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


_WORLDS: WeakKeyDictionary[KnowledgeBase, dict[tuple[int, bool, bool], World]] = WeakKeyDictionary()


def world_of(base: KnowledgeBase, case: CaseFile, *, as_if_in_force: bool = False, non_liquet: bool = False) -> World:
    """The world of one case, the same one whenever it is asked for: whatever is asked of a case, it is ground once."""
    worlds = _WORLDS.setdefault(base, {})
    key = (id(case), as_if_in_force, non_liquet)  # the world holds its case, so that the id stays its own
    if key not in worlds:
        worlds[key] = World(base, [case], as_if_in_force=as_if_in_force, non_liquet=non_liquet)
    return worlds[key]


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
