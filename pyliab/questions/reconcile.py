"""Is there a reading that keeps these principles and these decisions? If not, which of them clash, and what shows it?

Candidates are held against hypothetical cases, in turn: a case in which a principle breaks under a candidate is asked of all
readings at once, and shuts out whoever it speaks against. What is shut out is so for good, so a clash is proved by the cases
that were found; a candidate that is left has been held against every case of the search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import Any

from pyliab.asp import symbols as atoms
from pyliab.asp.cubes import Cube, Uncovered
from pyliab.asp.program import GroundProgram, shrink
from pyliab.asp.symbols import Symbol
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile, Status
from pyliab.kb.compatibility import declared
from pyliab.kb.reading import written
from pyliab.kb.vocabulary import read_notes
from pyliab.questions.distinguish import tell
from pyliab.questions.fit import Decision
from pyliab.questions.stress import CASES, Stress
from pyliab.space.demands import opposite, standing
from pyliab.space.minimal_sets import sufficient
from pyliab.text.encode import BY_ID, UNSAID, Answer
from pyliab.text.later import dataclass
from pyliab.text.say import Text, say, words

UNSTATED, FEWEST = atoms.constant("unstated"), atoms.constant("fewest")
OPEN = "open"
"""Stands for no position on an issue."""
Watch = Callable[[str, int], None]


@dataclass
class HypotheticalCase:
    """A case that shows something, and its file."""

    case: CaseFile = field(metadata=BY_ID)
    file: str


@dataclass
class Objection:
    """Who holds none of the positions `unless` does not keep this principle or decision.

    Of a principle `cases` show it: in one it breaks, or in two that are alike but for the facts in `differ`. Where it asks
    for a case that there is not, it `lacks` the thing of which that were to be one.
    """

    name: str
    unless: list[str]
    cases: list[HypotheticalCase] = field(default_factory=list)
    differ: list[str] = field(default_factory=list)
    lacks: str = ""
    cube: Cube = field(default_factory=dict, metadata=UNSAID)
    told: Sequence[Symbol] = field(default=(), metadata=UNSAID)


@dataclass
class Clash:
    """Principles and decisions that no reading keeps together, though any fewer of them some reading does; and the proof."""

    names: list[str]
    proof: list[Objection]


@dataclass
class Peace:
    """Principles and decisions that can be kept together, none more beside them, and positions that suffice for it."""

    names: list[str]
    without: list[str]
    sufficient: list[str]


@dataclass
class Reconciled(Answer):
    """What was to be kept; where it can be, one `peace` with all; else the clashes and the largest sets, both complete."""

    principles: dict[str, Text]
    decisions: list[str]
    clashes: list[Clash]
    peace: list[Peace]
    day: str
    facts: int


class Principle:
    """A principle with all hypothetical cases, ground."""

    def __init__(self, trial: Stress, name: str, path: Path) -> None:
        self.trial, self.name, self.path = trial, name, path
        (self.note,) = read_notes(path, path.read_text(encoding="utf-8"))
        self.program = GroundProgram([], trial.facts(), text=trial.text(path, "few.lp"), options=("--warn=none",))
        self.statuses = self.program.literals("status")
        self.values = _values(self.program)
        asked = [symbol.arguments[0] for symbol in self.program.literals("asked_of")]
        self.wanted = [atoms.function("witness", thing) for thing in sorted(asked, key=str)]
        self.unseen = {goal: _uncovered(trial.base, self.values) for goal in self.wanted}

    def objections(self, taken: Mapping[str, str]) -> list[Objection]:
        """Why some reading that takes these positions does not keep the principle; nothing where all do."""
        if self.wanted:
            return next(([one] for goal in self.wanted if (one := self._unwitnessed(goal, taken))), [])
        for broken in self.program.literals("is_broken"):
            if told := self._told(broken, taken):
                return [Objection(self.name, _unless(cube), cube=cube, told=told) for cube in self._asked(broken, told)]
        return []

    def carried(self, taken: Mapping[str, str]) -> dict[str, str] | None:
        """Some of these positions that suffice to keep the principle, whatever else is held; None where they do not."""
        if self.wanted:
            return None if self.objections(taken) else dict(taken)
        assumed = {self.program.positions[choice]: choice for choice in taken.items()}
        core = self.program.core([*self.program.literals("is_broken").values(), *assumed])
        return None if core is None else dict(assumed[literal] for literal in core if literal in assumed)

    def _unwitnessed(self, goal: Symbol, taken: Mapping[str, str]) -> Objection | None:
        """Positions under which no case shows what is wanted; None where some case does under every completion."""
        while (full := self.unseen[goal].next(taken)) is not None:
            told = self._told(goal, full)
            if told is None:
                literal = self.program.literal(goal)
                cube = {} if literal is None else _never(self.program, literal, full)
                return Objection(self.name, _unless(cube), lacks=str(atoms.value(goal.arguments[0])), cube=cube)
            for cube in self._asked(goal, told):
                self.unseen[goal].block(cube)
        return None

    def _told(self, goal: Symbol, taken: Mapping[str, str]) -> list[Symbol] | None:
        """What is told of the cases in which the goal holds under these positions; None where there are none."""
        literal = self.program.literal(goal)
        if literal is None:
            return None
        assumptions = [literal, *self.program.assume(taken)]
        if not self.program.satisfiable(assumptions):
            return None  # by the way to small cases that would be long in coming
        solver: Any = self.program.control.configuration.solver
        solver.heuristic = "Domain"
        fewest = self.program.literals("fewest")[FEWEST]
        some = self.program.look_at([*assumptions, -fewest], self.statuses.values()) or ()
        left = [lit for symbol, lit in self.statuses.items() if lit in some and symbol.arguments[2] == UNSTATED]
        held = self.program.look_at([*assumptions, fewest, *left], self.statuses.values()) or ()
        solver.heuristic = "Vsids"
        return [symbol for symbol, lit in self.statuses.items() if lit in held]

    def _asked(self, goal: Symbol, told: Sequence[Symbol]) -> Iterator[Cube]:
        """These cases asked of all readings: cubes of those under which the goal holds in them, and together all."""
        facts = {symbol.arguments[1] for symbol in told if str(symbol.arguments[2]) != "unstated"}
        stands = [atoms.function("stands", *s.arguments) for s in told if s.arguments[1] in facts]
        given = [*self.trial.facts(facts), *(([symbol], False) for symbol in stands)]
        program = GroundProgram([], given, text=self.trial.text(self.path, "told.lp"))
        literal = program.literal(goal)
        assert literal is not None  # found in these cases
        while (held := program.look_at([literal], program.positions.values())) is not None:
            cube = _never(program, -literal, dict(choice for choice, lit in program.positions.items() if lit in held))
            yield cube
            if not cube:
                return
            program.forbid(
                [-program.positions[issue, out] for issue, positions in cube.items() for out in sorted(positions)]
            )

    def shown(self, objection: Objection) -> Objection:
        """The same with its cases, as files, and with the facts in which they differ."""
        statuses: dict[str, dict[Symbol, Status]] = {name: {} for name in CASES}
        for symbol in objection.told:
            case, fact, standing_ = symbol.arguments
            if str(standing_) == "proved" or str(standing_) == "disproved":
                statuses[str(case)][fact] = str(standing_)  # type: ignore[assignment]
        stated = {name: facts for name, facts in statuses.items() if facts}
        cases = [self._case(number, facts) for number, facts in enumerate(stated.values(), 1)]
        one, two = statuses.values()
        differ = [fact for fact in {*one, *two} if one.get(fact) != two.get(fact)] if len(cases) == len(CASES) else []
        return replace(objection, cases=cases, differ=sorted(map(str, differ)))

    def _case(self, number: int, facts: Mapping[Symbol, Status]) -> HypotheticalCase:
        says = words({"zh": self.note.zh, "en": self.note.en})
        title = say("To test the principle: {principle} ({number})", principle=says, number=number)
        return HypotheticalCase(*tell(self.trial.universe, f"{self.name}_{number}", facts, title))


def _never(program: GroundProgram, literal: int, full: Mapping[str, str]) -> Cube:
    """Around a reading under which the literal cannot hold, others under which it cannot."""
    others = {-lit: choice for choice, lit in program.positions.items() if full[choice[0]] != choice[1]}
    core = program.core([literal, *others]) or []
    needed = program.minimal_core([literal], [x for x in core if x in others])
    cube: dict[str, set[str]] = {}
    for issue, position in map(others.__getitem__, needed):
        cube.setdefault(issue, set()).add(position)
    return {issue: frozenset(positions) for issue, positions in cube.items()}


def _values(program: GroundProgram) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for issue, position in program.positions:
        values.setdefault(issue, []).append(position)
    return values


def _apart(base: KnowledgeBase, values: Mapping[str, Sequence[str]]) -> list[Cube]:
    """Where positions cannot stand together."""
    return [
        {issue: frozenset(other for other in values[issue] if other != position) for issue, position in pair}
        for clash in declared(base.issues)
        for pair in [(clash.first, clash.second)]
    ]


def _uncovered(base: KnowledgeBase, values: Mapping[str, Sequence[str]]) -> Uncovered:
    uncovered = Uncovered(values)
    for cube in _apart(base, values):
        uncovered.block(cube)
    return uncovered


def _unless(cube: Cube) -> list[str]:
    return [f"{issue}={position}" for issue, positions in cube.items() for position in sorted(positions)]


class Reconciler:
    """Principles and decisions with all that is known against readings so far."""

    def __init__(
        self,
        base: KnowledgeBase,
        principles: Iterable[Principle],
        decisions: Iterable[Decision],
        watch: Watch = lambda _what, _number: None,
    ) -> None:
        self.base, self.watch = base, watch
        self.principles = {principle.name: principle for principle in principles}
        self.decisions = {decision.id: decision for decision in decisions}
        self.names = [*self.principles, *self.decisions]
        self.values = {name: list(issue.choices()) for name, issue in base.issues.items()}
        self._against: list[Objection] = []
        self._kept: list[tuple[set[str], dict[str, str]]] = []
        either = dict.fromkeys(self.names, ("in", "out"))
        self._candidates = _uncovered(base, {**self.values, **either})
        for decision in self.decisions.values():
            for chosen in sufficient(opposite(decision.meets)):
                self._note(self._held_otherwise(decision, chosen))

    def _held_otherwise(self, decision: Decision, chosen: Mapping[str, str]) -> Objection:
        """Who takes these positions does not give what the court held."""
        cube = {issue: frozenset(set(self.values[issue]) - {position}) for issue, position in chosen.items()}
        return Objection(decision.id, _unless(cube), cube=cube)

    def _note(self, objection: Objection) -> None:
        self._against.append(objection)
        self._candidates.block({**objection.cube, objection.name: frozenset(["out"])})
        self.watch(objection.name, len(self._against))

    def keep(self, names: Sequence[str]) -> dict[str, str] | None:
        """A full reading that keeps all of these; None where there is none."""
        known = next((full for kept, full in self._kept if set(names) <= kept), None)
        while known is None:
            full = self._candidates.next(dict.fromkeys(names, "in"))
            if full is None:
                return None
            taken = {issue: full[issue] for issue in self.values}
            if not self._objected(names, taken):
                self._kept.append((set(names), taken))
                known = taken
        return known

    def _objected(self, names: Iterable[str], taken: Mapping[str, str]) -> bool:
        found = [one for name in names if name in self.principles for one in self.principles[name].objections(taken)]
        for objection in found:
            self._note(objection)
        return bool(found)

    def suffices(self, names: Sequence[str], full: Mapping[str, str]) -> list[str]:
        """A minimal part of a reading that keeps all of these, which suffices for that: whatever else is held."""

        principles = [self.principles[name] for name in names if name in self.principles]
        decisions = [self.decisions[name] for name in names if name in self.decisions]

        def carried(part: Mapping[str, str]) -> dict[str, str] | None:
            needed = [found for principle in principles if (found := principle.carried(part)) is not None]
            return {k: v for one in needed for k, v in one.items()} if len(needed) == len(principles) else None

        def given(part: Sequence[tuple[str, str]]) -> bool:
            return all(decision.follows_from(dict(part)) for decision in decisions)

        def enough(part: Sequence[tuple[str, str]]) -> bool:
            return given(part) and carried(dict(part)) is not None

        part = {**dict(shrink(given, list(full.items()))), **(carried(full) or {})}
        return written(dict(shrink(enough, list(part.items()))))

    def proof(self, names: Sequence[str]) -> list[Objection]:
        """Of all that is known against readings, no more than is needed to leave none that keeps all of these."""

        def enough(part: Sequence[Objection]) -> bool:
            left = _uncovered(self.base, self.values)
            for objection in part:
                left.block(objection.cube)
            return left.next() is None

        needed = shrink(enough, [one for one in self._against if one.name in names])
        return [self.principles[one.name].shown(one) if one.name in self.principles else one for one in needed]

    def answer(self) -> Reconciled:
        """All clashes and all largest sets that can be kept, for each positions that suffice."""
        stand = standing(self.names, lambda names: self.keep(names) is not None)
        clashes = [Clash(names, self.proof(names)) for names in stand.conflicts]
        peace = [
            Peace(kept, [name for name in self.names if name not in kept], self.suffices(kept, self.keep(kept) or {}))
            for kept in stand.largest
        ]
        trial = next((principle.trial for principle in self.principles.values()), None)
        return Reconciled(
            {p.name: words({"zh": p.note.zh, "en": p.note.en}) for p in self.principles.values()},
            list(self.decisions),
            clashes,
            peace,
            trial.universe.day.isoformat() if trial else "",
            len(trial.universe.facts) if trial else 0,
        )
