"""Principles put to a reading: does each hold of every hypothetical case, or which smallest case breaks it?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path

from pyliab.asp import symbols as atoms
from pyliab.asp.open_facts import Universe, analysis_text, open_rules
from pyliab.asp.smallest import Smallest, SmallestProgram
from pyliab.asp.symbols import Symbol
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile, Status
from pyliab.kb.reading import Choice
from pyliab.kb.vocabulary import RuleNote, read_notes, read_predicates
from pyliab.law.liability import Liability
from pyliab.law.words import Phrases
from pyliab.law.world import World
from pyliab.questions.distinguish import statuses, tell
from pyliab.text.encode import BY_ID
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError, Problem, look_up
from pyliab.text.say import Text, say, words

CASES = ("one", "two")
NOTHING = "nothing"
_COMMON = ("hypothetical.lp", "burden.lp", "pairs.lp", "stress.lp")


@dataclass
class Told:
    """A case of a counterexample: its file, what the reading says of it, and what the platform bears, by scenario."""

    case: CaseFile = field(metadata=BY_ID)
    file: str
    liabilities: Sequence[Liability]
    bears: dict[str, list[str]]


@dataclass
class Verdict:
    """Of one principle under one reading: `holds`, or `broken` by `cases`; `idle` are things for which it has no witness.

    `differ` are the facts, as text, in which the cases of a pair differ; `filled` positions of open issues.
    """

    principle: RuleNote = field(metadata=BY_ID)
    says: Text = field(init=False)
    sources: tuple[str, ...] = field(init=False)
    holds: bool
    scenarios: list[str] = field(default_factory=list)
    cases: list[Told] = field(default_factory=list)
    differ: list[str] = field(default_factory=list)
    filled: list[str] = field(default_factory=list)
    shown: list[Text] = field(default_factory=list)
    idle: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.says = words({"zh": self.principle.zh, "en": self.principle.en})
        self.sources = tuple(self.principle.cites)


def principles(base: KnowledgeBase) -> dict[str, Path]:
    """All principles by id, with their files. Raises InputError for a file without its sentence."""
    files: dict[str, Path] = {}
    for path in base.principle_files:
        notes = read_notes(path, path.read_text(encoding="utf-8"))
        if [note.id for note in notes] != [path.stem]:
            message = say("a principle has one annotation, `%@ {stem} [source]` with zh and en", stem=path.stem)
            raise InputError([Problem(str(path), 0, 0, message)])
        files[path.stem] = path
    return files


def chosen(base: KnowledgeBase, names: Sequence[str]) -> dict[str, Path]:
    """The principles asked for; all if none is named. Raises InputError for a name that is none."""
    known = principles(base)
    none = say("no principle {given}{near} (there are: {known})")
    return {name: look_up(known, name, none) for name in names or known}


class Stress:
    """The principles, to be put to readings on one day."""

    def __init__(self, universe: Universe) -> None:
        self.base = base = universe.base
        self.universe = universe
        law = (path.read_text(encoding="utf-8") for path in base.rule_files)
        self._law = "\n".join([*law, analysis_text(*_COMMON), open_rules(base)])

    def text(self, principle: Path, *analyses: str) -> str:
        """The law with a principle, and with these programs of `rules/analysis/`."""
        return "\n".join([self._law, principle.read_text(encoding="utf-8"), analysis_text(*analyses)])

    def facts(self, among: Iterable[Symbol] | None = None) -> atoms.Program:
        """What may be told of the cases; where it is `told`, that alone."""
        universe, among = self.universe, None if among is None else set(among)
        if among is not None:
            universe = replace(universe, facts=tuple(fact for fact in universe.facts if fact.symbol in among))
        return atoms.plain(self.base.law_facts()) + universe.program() + universe.occurred(*CASES)

    def put(
        self, path: Path, choices: Sequence[Choice], watch: Callable[[int], None] = lambda _: None
    ) -> Iterator[Verdict]:
        """One principle put to each reading: ground once."""
        text = path.read_text(encoding="utf-8")
        (note,) = read_notes(path, text)
        self._words = _words_of(self.base, path, text)
        program = SmallestProgram(self.text(path, "fewest.lp"), self.facts(), watch)
        for choice in choices:
            yield self._verdict(note, program, choice, program.assume(choice.positions))

    def _verdict(self, note: RuleNote, program: SmallestProgram, choice: Choice, taken: list[int]) -> Verdict:
        asked = {str(atoms.value(symbol.arguments[0])) for symbol in program.literals("asked_of")}
        if asked:
            return self._witnesses(note, program, asked, taken)
        broken = program.literals("is_broken").values()
        broken_by = next((smallest for literal in broken if (smallest := program.smallest([*taken, literal]))), None)
        return Verdict(note, True) if broken_by is None else self._counterexample(note, choice, broken_by)

    def _witnesses(self, note: RuleNote, program: SmallestProgram, asked: Iterable[str], taken: list[int]) -> Verdict:
        shown = {str(atoms.value(symbol.arguments[0])): lit for symbol, lit in program.literals("witness").items()}
        idle = [thing for thing in sorted(asked) if not (thing in shown and program.possible([*taken, shown[thing]]))]
        return Verdict(note, not idle, idle=idle)

    def _counterexample(self, note: RuleNote, choice: Choice, smallest: Smallest) -> Verdict:
        stated = {case: statuses(smallest.shown, case) for case in CASES}
        verdict = Verdict(note, False)
        verdict.scenarios = sorted({str(s.arguments[0]) for s in smallest.shown if s.name == "broken"})
        positions = {str(s.arguments[0]): str(s.arguments[1]) for s in smallest.shown if s.name == "position"}
        known = {"broken", "bears", "status", "position"}
        shown = sorted((s for s in smallest.shown if s.name not in known and _of_principle(s)), key=str)
        verdict.shown = [self._words.atom(symbol) for symbol in shown]
        completed = Choice(
            choice.name, choice.own, {**choice.assumed, **{i: positions[i] for i in choice.open_issues}}, ()
        )
        for case in CASES:
            if stated[case]:
                verdict.cases.append(self._told(note, completed, case, stated[case], smallest.shown))
        verdict.filled = self._filled(
            completed, choice.open_issues, [hypothetical.case for hypothetical in verdict.cases]
        )
        if len(verdict.cases) == len(CASES):
            first, second = stated["one"], stated["two"]
            verdict.differ = sorted(str(fact) for fact in {*first, *second} if first.get(fact) != second.get(fact))
        return verdict

    def _filled(self, choice: Choice, left_open: Sequence[str], cases: Sequence[CaseFile]) -> list[str]:
        """The positions on open issues that matter to these cases: without one, an outcome would be another."""
        inquiry, positions = World(self.base, cases), choice.positions
        outcomes = inquiry.outcomes(positions)
        return [
            f"{issue}={positions[issue]}"
            for issue in left_open
            if inquiry.outcomes({name: p for name, p in positions.items() if name != issue}) != outcomes
        ]

    def _told(
        self, note: RuleNote, choice: Choice, case: str, facts: Mapping[Symbol, Status], shown: Sequence[Symbol]
    ) -> Told:
        number = CASES.index(case) + 1
        principle = words({"zh": note.zh, "en": note.en})
        title = say("To test the principle: {principle} ({number})", principle=principle, number=number)
        file, text = tell(self.universe, f"{note.id}_{choice.name}_{number}", facts, title)
        bears: dict[str, list[str]] = {}
        for symbol in shown:
            if symbol.name == "bears" and str(symbol.arguments[0]) == case:
                parts = bears.setdefault(str(symbol.arguments[1]), [])
                parts += [str(symbol.arguments[2])] if str(symbol.arguments[2]) != NOTHING else []
        return Told(file, text, World(self.base, [file]).derive(file.id, choice), bears)


def _words_of(base: KnowledgeBase, path: Path, text: str) -> Phrases:
    """The words of the knowledge base with those that a principle declares for what it shows."""
    own = {predicate.name: predicate for predicate in read_predicates(path, text)}
    return Phrases(replace(base, predicates={**base.predicates, **own}))


def _of_principle(symbol: Symbol) -> bool:
    """Is this what the principle itself shows, and not what the law shows of a case?"""
    return not symbol.arguments or str(symbol.arguments[0]) not in CASES
