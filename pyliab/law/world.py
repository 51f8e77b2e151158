"""A world: cases with the law, ground, and what they answer under a reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from pyliab.asp import symbols as atoms
from pyliab.asp.cubes import MarkProgram
from pyliab.asp.days import alternatives, around, case_program, events, is_day, literal_of
from pyliab.asp.open_facts import analysis_file
from pyliab.asp.program import GroundProgram
from pyliab.asp.symbols import Row, Symbol, SymbolType
from pyliab.kb import cache
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.memo import Memo
from pyliab.kb.reading import Choice, written
from pyliab.law.in_force import out_of_time
from pyliab.law.liability import NOBODY, Asked, Certainty, Derived, Finding, Key, Liability, OnDay, gaps
from pyliab.law.words import Phrases

if TYPE_CHECKING:
    from pyliab.asp.rewrite import Rewritten
    from pyliab.law.burden import Unproved

_CONTRACT = {"owed": 4, "liable": 5, "rests_on": 6, "covers": 6, "recourse": 7, "terms": 6}
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
    "recourse_of_other": 6,
    "shares_equal": 4,
    "wholly_expanded": 5,
}
"""What else bears on who pays what under a liability; `settle` reads it (money/conclusions.py)."""
_SHOWN = {**_CONTRACT, **MONEY}


def rewritten_rules(files: Sequence[Path]) -> Rewritten:
    """The rewritten rules, from the cache where the files have not changed."""
    from pyliab.asp.rewrite import Rewritten, rewrite  # clingo's syntax trees: only where something is to be explained

    now = cache.state(files)
    stored = cache.load("proofs", now)
    if stored is not None:
        return Rewritten(**stored)
    made = rewrite(files)
    cache.save("proofs", now, {"text": made.text, "variables": made.variables})
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
        self._read: dict[Symbol, Row] = {}
        self._laws: dict[str, set[str]] = {}

    @cached_property
    def program(self) -> GroundProgram:
        """The law on the facts of the cases."""
        return GroundProgram(self.base.rule_files, self._facts(), as_if_in_force=self.as_if_in_force)

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

    def laws(self, case: str) -> Set[str]:
        """The provisions that are in force for a case, or for one of its claims: in fact, however the question is put."""
        if self.as_if_in_force:
            return world_of(self.base, self.cases[case]).laws(case)
        if not self._laws:
            for atom in self.program.literals("in_force"):
                of, law = atom.arguments
                self._laws.setdefault(of.name, set()).add(law.string)
        return self._laws.get(case, set())

    def _facts(self) -> atoms.Program:
        facts = self.given()
        for case in self.cases.values():
            facts += case_program(self.base, case)
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

    def read(self, atom: Symbol) -> Row:
        """An atom by the names of its arguments; read once, for many readings share most of what they show."""
        if atom not in self._read:
            self._read[atom] = Row(atom, self.base.predicates[atom.name])
        return self._read[atom]

    def outcomes(self, positions: Mapping[str, str]) -> dict[str, dict[Key, Liability]]:
        """The liabilities of every case, without what they rest on: one pair of questions for all cases together."""
        return self._liabilities(*self._ask(positions))

    def _liabilities(self, certain: Set[Symbol], possible: Set[Symbol]) -> dict[str, dict[Key, Liability]]:
        drafts: dict[tuple[str, Key], _Draft] = {}
        rows = sorted((self.read(atom) for atom in filter(_in_contract, possible)), key=lambda row: row.text)
        for row in rows:
            if row.name == "owed":
                drafts[row.case, Key(*row.about)] = _Draft("certain" if row.atom in certain else "possible")
        for row in rows:
            draft = drafts.get((row.case, Key(*row.about)))
            if draft is not None:
                draft.note(row, row.atom in certain)
        outcomes: dict[str, dict[Key, Liability]] = {case: {} for case in self.cases}
        for (case, key), draft in drafts.items():
            outcomes[case][key] = draft.liability(key)
        return outcomes

    def findings(self, case: str, positions: Mapping[str, str]) -> list[Finding]:
        """What else the rules show of a case: reductions, administrative exposure, and the like."""
        certain, possible = self._ask(positions)
        phrases = Phrases(self.base, self.cases[case].names())
        shown = (atom for atom in sorted(possible, key=str) if not _in_contract(atom) and _case_of(atom) == case)
        return [
            Finding(atom.name, atom, phrases.atom(atom), "certain" if atom in certain else "possible") for atom in shown
        ]

    def by_day(self, case: CaseFile, positions: Mapping[str, str]) -> list[OnDay]:
        """For each event whose day matters: what is owed on which of its days, whatever else is open."""
        rows: list[OnDay] = []
        for event in events(self.base, case):
            days = {day: self._on(case.id, positions, literal_of(self.program, day)) for day in event.falls()}
            parts = [(owed, [day for day, _ in run]) for owed, run in groupby(days.items(), lambda entry: entry[1])]
            if len(parts) > 1:
                rows += [OnDay(around(run[0], run, list(days)), tuple(owed.values())) for owed, run in parts]
        return rows

    def _on(self, case: str, positions: Mapping[str, str], day: int) -> dict[Key, Liability]:
        asked = [*self.program.assume(positions), day]
        certain, possible = (set(self.program.consequences(asked, mode) or ()) for mode in ("cautious", "brave"))
        return self._liabilities(certain, possible)[case]

    def derived(self, case: str, choice: Choice) -> Derived:
        """All that follows in a case under a reading, and what is to be said beside."""
        file, liabilities = self.cases[case], self.derive(case, choice)
        return Derived(
            case,
            choice.name,
            liabilities,
            written(choice.own),
            written(choice.assumed),
            choice.open_issues,
            self.as_if_in_force,
            self.non_liquet,
            out_of_time(self, file),
            gaps(self.base, liabilities),
            self.findings(case, choice.positions),
            file.doc.judgment,
            self.nobody(case, choice.positions, liabilities),
            self._unproved(file, choice) if self.non_liquet else (),
            by_day=self.by_day(file, choice.positions),
            asked=Asked(self.base, file, choice),
        )

    def _unproved(self, case: CaseFile, choice: Choice) -> Sequence[Unproved]:
        from pyliab.law.burden import unproved  # asks this world

        return unproved(self, case, choice)

    def derive(self, case: str, choice: Choice) -> list[Liability]:
        """The liabilities of one case, each with the positions and disputed facts that carry it."""
        liabilities = self.outcomes(choice.positions)[case].values()
        carried = (self.carried(case, choice, liability) for liability in liabilities)
        return sorted(carried, key=lambda liability: (liability.status, liability.key))

    def carried(self, case: str, choice: Choice, liability: Liability) -> Liability:
        """The liability with a minimal set of positions, and of disputed facts, under which it follows."""
        goal = self.goal(case, liability)
        own, assumed = self.program.assume(choice.own), self.program.assume(choice.assumed)
        groups = [
            {literal: s for s in group if (literal := self.program.literal(s))}
            for group in self.open_facts(self.cases[case])
        ]
        completion: list[int] = []
        if liability.status == "possible":
            completion = self._completion(choice, [*own, *assumed], goal, [list(group) for group in groups])
        days = {day: group for group in groups for day in group if day in completion and is_day(group[day])}
        others = [-other for day, group in days.items() for other in group if other != day]
        core = self.program.carries(goal, [*(lit for lit in completion if lit not in days), *others, *assumed, *own])
        disputed = {literal: symbol for group in groups for literal, symbol in group.items()}
        names = {literal: "=".join(pair) for pair, literal in self.program.positions.items()}
        order = {name: i for i, name in enumerate([*written(choice.own), *written(choice.assumed)])}
        positions = sorted((names[lit] for lit in core if lit in names), key=lambda name: order.get(name, len(order)))
        facts = sorted((disputed[lit] for lit in core if lit in disputed), key=str)
        facts += [
            around(group[day], [symbol for lit, symbol in group.items() if -lit not in core], list(group.values()))
            for day, group in days.items()
            if any(-lit in core for lit in group)
        ]
        return replace(liability, positions=tuple(positions), disputed_facts=tuple(facts))

    def _completion(self, choice: Choice, fixed: list[int], goal: int, disputed: Sequence[list[int]]) -> list[int]:
        """Disputed facts and positions on open issues under which the goal holds: one position only, where one will do."""
        single = self._single_completion(choice, fixed, goal)
        groups = [[single]] if single else self.program.open_groups(choice.open_issues)
        taken = self.program.complete([*fixed, goal], [*groups, *disputed])[len(fixed) + 1 :]
        facts = {literal for group in disputed for literal in group}
        return sorted(taken, key=lambda literal: literal not in facts)

    def _single_completion(self, choice: Choice, fixed: list[int], goal: int) -> int | None:
        """The first position on one open issue that by itself makes the liability certain, if there is one."""
        for (issue, _), literal in self.program.positions.items():
            forced = issue in choice.open_issues and not self.program.satisfiable([*fixed, literal, -goal])
            if forced and self.program.satisfiable([*fixed, literal]):
                return literal
        return None

    def nobody(self, case: str, positions: Mapping[str, str], liabilities: Iterable[Liability]) -> Certainty | None:
        """Given what is owed: is it certain, or possible in some completion, that nobody is liable?"""
        owed = list(liabilities)
        if not owed:
            return "certain"
        if any(liability.status == "certain" for liability in owed):
            return None
        none = [-self.goal(case, liability) for liability in owed]
        return "possible" if self.program.satisfiable([*self.program.assume(positions), *none]) else None

    def goal(self, case: str, liability: Liability) -> int:
        """A literal that holds exactly when the liability does, whoever stands beside the debtor."""
        return self.program.liable((case, *liability.key))

    def open_facts(self, case: CaseFile) -> list[list[Symbol]]:
        """What the facts of the case leave open: days, and facts in dispute unless their dispute has ended."""
        groups = alternatives(self.base, case).values()
        return [group for group in groups if not self.non_liquet or is_day(group[0])]


_WORLDS = Memo[World](16)
"""Each takes tens of megabytes."""


def world_of(base: KnowledgeBase, case: CaseFile, *, as_if_in_force: bool = False, non_liquet: bool = False) -> World:
    """The world of one case, the same one whenever it is asked for: whatever is asked of a case, it is ground once."""
    how = {"as_if_in_force": as_if_in_force, "non_liquet": non_liquet}
    return _WORLDS.get(base, [case], tuple(how.values()), lambda: World(base, [case], **how))


def partners(base: KnowledgeBase, case: CaseFile) -> Mapping[Key, str]:
    """By liability the only party that may stand beside its debtor, where there is but one. Nothing is ground for it: read
    from the worlds of the case that stand already."""
    beside: dict[Key, set[str]] = {}
    for world in _WORLDS.all(base):
        ground = [known for name in ("program", "marks") if (known := vars(world).get(name))]
        if case.id in world.cases and ground:
            for atom in ground[0].literals("liable"):
                of, *key, partner = map(str, atom.arguments)
                if of == case.id and partner != NOBODY:
                    beside.setdefault(Key(*key), set()).add(partner)
    return {key: next(iter(names)) for key, names in beside.items() if len(names) == 1}


def _case_of(atom: Symbol) -> str:
    return str(atom.arguments[0]) if atom.type == SymbolType.Function and atom.arguments else ""


def _in_contract(atom: Symbol) -> bool:
    """Is it a part of a liability?"""
    return atom.type == SymbolType.Function and _SHOWN.get(atom.name) == len(atom.arguments)


def recourse_against(party: str) -> str:
    """The kind under which a liability notes its recourse against a party."""
    return f"recourse:{party}"


class _Draft:
    """A liability while its atoms are read. `details` are by kind and value, each certain or not."""

    def __init__(self, status: Certainty) -> None:
        self.status: Certainty = status
        self.details: dict[str, dict[str, bool]] = {"with": {}, "basis": {}, "harms": {}}
        self.terms = ("", "")

    def note(self, row: Row, certain: bool) -> None:
        name = row.name
        if name == "liable" and row.with_ != NOBODY:
            self._add("with", row.with_, certain)
        elif name == "rests_on":
            basis = row.symbol("basis")
            named = basis.arguments[0] if basis.type == SymbolType.Function and basis.arguments else basis
            self._add("basis", str(atoms.value(named)), certain)
        elif name == "covers":
            self._add("harms", row.harm, certain)
        elif name == "recourse":
            self._add(recourse_against(row.with_), row.extent, certain)
        elif name == "terms":
            self.terms = row.ceiling, row.order

    def _add(self, kind: str, value: str, certain: bool) -> None:
        details = self.details.setdefault(kind, {})
        details[value] = details.get(value, False) or certain

    def liability(self, key: Key) -> Liability:
        """What was read."""
        doubtful = {kind: tuple(v for v, sure in values.items() if not sure) for kind, values in self.details.items()}
        named = {kind: tuple(values) for kind, values in self.details.items()}
        return Liability(
            *key,
            self.status,
            *self.terms,
            with_=named.pop("with"),
            basis=named.pop("basis"),
            harms=named.pop("harms"),
            recourse={kind.partition(":")[2]: extents for kind, extents in named.items()},
            only_possible={k: v for k, v in doubtful.items() if v and self.status == "certain"},
        )
