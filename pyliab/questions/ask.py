"""What should be asked next: the facts that nobody stated and that still matter.

First come those whose answer alone would add a liability to what follows from the case as it stands, then those that would
take one away, then those that matter only beside others; within each group those first whose word cases ordinarily
state, and of these the more powerful.

The *power* of a question is the number of liabilities, possible and not certain so far, that its answers yes and no settle:
each counts once for every answer after which it is certain or excluded, under each reading asked. A question is listed if,
and only if, some liability turns on its fact beside some answers to all the others; that is asked of the solver with two
copies of the case (`rules/analysis/ask.lp`), never by listing combinations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace
from itertools import chain
from typing import Any, Literal

from pyliab.asp import symbols as atoms
from pyliab.asp.open_facts import (
    UNDATED,
    WHENEVER,
    Args,
    OpenFact,
    Standing,
    analysis_text,
    candidates,
    matter,
    of_case,
    open_case,
    open_rules,
    term,
)
from pyliab.asp.program import GroundProgram
from pyliab.asp.symbols import Program
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile, Fact
from pyliab.kb.reading import Choice
from pyliab.kb.vocabulary import ANY
from pyliab.law.liability import Key
from pyliab.law.words import Phrases
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError
from pyliab.text.say import Text, say

Reply = Literal["yes", "no", "unknown"]
TWIN = "_twin"


@dataclass(frozen=True)
class Answer:
    """A way to answer. `stands` says how the facts of the matter stand then, `fact` what the case file gets (or nothing)."""

    reply: Reply
    stands: tuple[tuple[OpenFact, Standing], ...]
    fact: Fact | None = None

    @property
    def dates(self) -> list[int]:
        """Since when, where the answer says so."""
        return [value for value in self.fact.args if isinstance(value, int)] if self.fact else []


@dataclass(frozen=True)
class Question:
    """A matter of fact: its word, its arguments (dates as `whenever`), and its answers; of a dated one a `yes` for each date.

    `again` says that the case states it of another day: then `no` adds nothing.
    """

    word: str
    args: Args
    answers: tuple[Answer, ...]
    again: bool = False

    def says(self, case: str, phrases: Phrases, how: str = "so") -> Text:
        """The fact as a sentence, without its dates; or (`ask`) the question whether it is so."""
        args = tuple(UNDATED if value == WHENEVER else value for value in self.args)
        return phrases.atom(of_case(case, term(self.word, args)), how)


Owing = tuple[str, Key]
"""A liability under a reading, by the name of the reading."""


@dataclass(frozen=True)
class Effect:
    """What an answer comes to.

    `adds` and `drops`: what it alone changes in the possible liabilities of the case as it stands. `settles`: whatever else
    may be found out, the liability then holds (`True`) or is excluded.
    """

    answer: Answer
    settles: tuple[tuple[Owing, bool], ...]
    adds: tuple[Owing, ...]
    drops: tuple[Owing, ...]


@dataclass(frozen=True)
class Ranked:
    """A question that matters, with its power and what each answer, yes or no, comes to."""

    question: Question
    power: int
    effects: tuple[Effect, ...]

    @property
    def turn(self) -> int:
        """0 where an answer alone adds a liability to what follows now, 1 where one takes one away, else 2."""
        if any(effect.adds for effect in self.effects):
            return 0
        return 1 if any(effect.drops for effect in self.effects) else 2


@dataclass
class _Reading:
    """A reading asked: its assumptions, the liabilities still open under it, and models seen (for not asking twice)."""

    choice: Choice
    assumptions: list[int]
    open: dict[Key, int] = field(default_factory=dict)
    models: list[frozenset[int]] = field(default_factory=list)


def questions(base: KnowledgeBase, case: CaseFile, variables: Iterable[OpenFact]) -> list[Question]:
    """One question for each matter, in the order of the vocabulary."""
    matters: dict[tuple[str, Args], list[OpenFact]] = {}
    for variable in variables:
        matters.setdefault((variable.word, matter(base, variable.word, variable.args)), []).append(variable)
    stated = {(fact.word, matter(base, fact.word, fact.args)) for fact in case.facts}
    result = []
    for about, facts in matters.items():
        answers = tuple(_answers(*about, facts))
        if about in stated:
            answers = tuple(replace(answer, fact=None) if answer.reply == "no" else answer for answer in answers)
        result.append(Question(*about, answers, about in stated))
    return result


def _answers(word: str, args: Args, facts: Sequence[OpenFact]) -> Iterable[Answer]:
    """Yes (for each date), no, unknown. Where no rule tells an answer from silence, the fact stands as unstated."""
    dated = WHENEVER in args
    for fact in facts:
        if UNDATED not in fact.args:
            yield _answer("yes", facts, fact, "proved", Fact(word, fact.args, "proved", 0))
    never = tuple(UNDATED if value == WHENEVER else value for value in args)
    denied = next((fact for fact in facts if fact.args == never), None)
    yield _answer("no", facts, denied, "disproved", Fact(word, never if dated else args, "disproved", 0))
    yield _answer("unknown", facts, None, "unstated", None)


def _answer(
    reply: Reply, facts: Sequence[OpenFact], meant: OpenFact | None, wanted: Standing, fact: Fact | None
) -> Answer:
    stands: list[tuple[OpenFact, Standing]] = [
        (open_fact, wanted if open_fact is meant and wanted in open_fact.offered else "unstated") for open_fact in facts
    ]
    return Answer(reply, tuple(stands), fact)


class Asker:
    """A case under some readings, with all facts that nobody stated standing open; answers are given one after another."""

    def __init__(
        self, base: KnowledgeBase, case: CaseFile, choices: Sequence[Choice], *, as_if_in_force: bool = False
    ) -> None:
        self.base, self.case = base, case
        self.phrases = Phrases(base, case.names())
        variables = candidates(base, case)
        self.left = questions(base, case, variables)
        self.facts: list[Fact] = []
        self._given: list[int] = []
        law = (path.read_text(encoding="utf-8") for path in base.rule_files)
        text = "\n".join([*law, open_rules(base), analysis_text("ask.lp")])
        self.program = GroundProgram([], self._facts(variables), as_if_in_force=as_if_in_force, text=text)
        self._apart = {str(s.arguments[0]): literal for s, literal in self.program.literals("apart").items()}
        owed = self.program.literals("owed")
        self._owed = {Key.of(s): literal for s, literal in owed.items() if str(s.arguments[0]) == case.id}
        self._standing: dict[tuple[OpenFact, Standing], int] = {}
        statuses = self.program.literals("status").items()
        self._watched = {*self._owed.values(), *(literal for s, literal in statuses if str(s.arguments[0]) == case.id)}
        self.readings = [_Reading(choice, self.program.assume(choice.positions)) for choice in choices]
        self._reopen()

    def _facts(self, variables: Sequence[OpenFact]) -> Program:
        """The case and its twin, fact by fact; amounts need no twin, for they cannot stand otherwise."""
        case, twin = self.case, replace(self.case, id=self.case.id + TWIN)
        facts = atoms.plain([*self.base.law_facts(), ("twin", (case.id, twin.id))])
        for copy in (case, twin):
            facts += open_case(self.base, copy, variables)
        for variable in variables:
            about = term(variable.word, matter(self.base, variable.word, variable.args))
            facts += atoms.about(about, "same", variable.symbol)
        for fact in case.facts:
            if fact.status == "disputed":
                symbol = term(fact.word, fact.args)
                facts += atoms.about(symbol, "same", symbol)
        return facts

    # --- how things stand ---

    @property
    def settled(self) -> bool:
        """Does no fact matter any more?"""
        return not any(self.matters(question) for question in self.left)

    def outcome(self, reading: _Reading) -> dict[Key, str]:
        """What is certain, and what is still possible, under a reading after the answers given."""
        standing = {}
        for key, literal in self._owed.items():
            if self.program.satisfiable([*reading.assumptions, *self._given, literal]):
                certain = not self.program.satisfiable([*reading.assumptions, *self._given, -literal])
                standing[key] = "certain" if certain else "possible"
        return standing

    def _reopen(self) -> None:
        for reading in self.readings:
            outcome = self.outcome(reading)
            reading.open = {key: self._owed[key] for key, status in outcome.items() if status == "possible"}
            given = self._watched.intersection(self._given)
            reading.models = [model for model in reading.models if given <= model]

    def matters(self, question: Question) -> bool:
        """Can it, beside some answers to the others, change what is owed under one of the readings?"""
        split = self.program.literal(atoms.function("split"))
        apart = self._apart[str(term(question.word, question.args))]
        others = [-literal for literal in self._apart.values() if literal != apart]
        return split is not None and any(
            self.program.satisfiable([*reading.assumptions, *self._given, apart, *others, split])
            for reading in self.readings
        )

    # --- questions and answers ---

    def ranked(self) -> list[Ranked]:
        """The questions that matter, by turn; in each the ordinary ones first, of these the more powerful.

        What has ceased to matter is dropped for good: further answers leave fewer possibilities, never more.
        """
        self.left = [question for question in self.left if self.matters(question)]
        now = self._following()
        ranked = [self._rank(question, now) for question in self.left]
        ordinary = self.base.frequency
        return sorted(ranked, key=lambda rank: (rank.turn, -ordinary[rank.question.word], -rank.power))

    def _rank(self, question: Question, now: frozenset[Owing]) -> Ranked:
        effects = []
        for answer in question.answers:
            if answer.reply != "unknown" and self.possible(answer):
                then = self._following(question, answer)
                adds, drops = (tuple(sorted(owing)) for owing in (then - now, now - then))
                effects.append(Effect(answer, tuple(self._settled(answer)), adds, drops))
        return Ranked(question, sum(len(effect.settles) for effect in effects), tuple(effects))

    def _settled(self, answer: Answer) -> Iterator[tuple[Owing, bool]]:
        """What is certain or excluded with this answer: the models seen are looked through first, the solver asked for the rest."""
        stands = frozenset(self._literals(answer))
        for reading in self.readings:
            seen = [model for model in reading.models if stands <= model]
            for key, literal in reading.open.items():
                holds = self._met(reading, seen, stands, literal)
                if not (holds and self._met(reading, seen, stands, -literal)):
                    yield (reading.choice.name, key), holds

    def _met(self, reading: _Reading, seen: list[frozenset[int]], stands: frozenset[int], literal: int) -> bool:
        """Is there an answer set with the answer in which the liability holds (or does not)? What is new is kept as seen."""
        if any((abs(literal) in model) == (literal > 0) for model in seen):
            return True
        model = self.program.look_at([*reading.assumptions, *self._given, *stands, literal], self._watched)
        if model is not None:
            reading.models.append(model)
            seen.append(model)
        return model is not None

    def _following(self, question: Question | None = None, answer: Answer | None = None) -> frozenset[Owing]:
        """What may follow with this answer, or none, if nothing is stated on the other questions."""
        unsaid = (self._literals(other.answers[-1]) for other in self.left if other != question)
        alike = (
            -literal for literal in self._apart.values()
        )  # the twin is not asked here: let it stand as the case does
        given = [*self._given, *chain(*unsaid), *(self._literals(answer) if answer else []), *alike]
        return frozenset(
            (reading.choice.name, Key.of(symbol))
            for reading in self.readings
            for symbol in self.program.consequences([*reading.assumptions, *given], "brave") or ()
            if symbol.name == "owed" and str(symbol.arguments[0]) == self.case.id
        )

    def possible(self, answer: Answer) -> bool:
        """Can this be so beside what was answered before?"""
        given = [*self._given, *self._literals(answer)]
        return any(self.program.satisfiable([*reading.assumptions, *given]) for reading in self.readings)

    def _literals(self, answer: Answer) -> list[int]:
        return [self._literal(*stands) for stands in answer.stands]

    def _literal(self, variable: OpenFact, standing: Standing) -> int:
        if (literal := self._standing.get((variable, standing))) is None:
            symbol = atoms.standing(self.case.id, variable.symbol, standing)
            literal = self.program.literal(symbol)
            assert literal is not None, symbol
            self._standing[variable, standing] = literal
        return literal

    def answer(self, question: Question, answer: Answer) -> None:
        """Take an answer. Raises InputError for one that contradicts the answers before."""
        if not self.possible(answer):
            raise InputError(say("this cannot be beside what was answered before"))
        self._given += self._literals(answer)
        self.left = [other for other in self.left if other != question]
        if answer.fact is not None:
            self.facts.append(answer.fact)
        self._reopen()


def ask_json(asker: Asker, ranked: Sequence[Ranked]) -> dict[str, Any]:
    """The object that `ask --json` prints."""
    return {
        "case": asker.case.id,
        "readings": [reading.choice.name for reading in asker.readings],
        "open": {reading.choice.name: list(reading.open) for reading in asker.readings},
        "questions": [_question_json(asker, ranking) for ranking in ranked],
    }


def _owing_json(owing: Owing) -> dict[str, str]:
    reading, key = owing
    return {"reading": reading, **key._asdict()}


def _question_json(asker: Asker, ranked: Ranked) -> dict[str, Any]:
    arguments = asker.base.vocabulary[ranked.question.word].arguments[1:]
    given = {
        a.key: value for a, value in zip(arguments, ranked.question.args, strict=True) if value not in (ANY, WHENEVER)
    }
    return {
        "fact": {ranked.question.word: given},
        "says": ranked.question.says(asker.case.id, asker.phrases),
        "power": ranked.power,
        "answers": [
            {
                "answer": effect.answer.reply,
                "dates": effect.answer.dates,
                "settles": [{**_owing_json(owing), "holds": holds} for owing, holds in effect.settles],
                "adds": [_owing_json(owing) for owing in effect.adds],
                "drops": [_owing_json(owing) for owing in effect.drops],
            }
            for effect in ranked.effects
        ],
    }
