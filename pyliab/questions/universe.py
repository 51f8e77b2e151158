"""Hypothetical cases: every fact that the vocabulary lets one tell of a small cast, bounded in `rules/analysis/universe.lp`.

A fact may be proved, disproved or not stated, so a search over the universe is a search over all cases within its bounds.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pyliab.asp import symbols as atoms
from pyliab.asp.program import read_facts
from pyliab.asp.symbols import Program, Symbol
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile, Fact, Status
from pyliab.kb.folders import shipped
from pyliab.kb.vocabulary import Argument, Predicate, read_predicates
from pyliab.kb.write_case import case_text, told

BEFORE, AFTER = datetime.timedelta(days=-30), datetime.timedelta(days=30)
EXPANDED = ("0.00", "40000.00")
SETTLED = datetime.timedelta(days=90)


_SECTIONS = {"Item": "items", "Harm": "harms"}


@dataclass(frozen=True)
class May:
    """A fact that may be told: its word and its arguments without the case, as in a case file."""

    word: str
    args: tuple[str | int, ...]
    quoted: tuple[bool, ...]

    @cached_property
    def symbol(self) -> Symbol:
        """The fact as a term: `audited(platform, operator)`."""
        return atoms.bare(Fact(self.word, self.args, "proved", 0, quoted=self.quoted))


def days_of(base: KnowledgeBase) -> list[datetime.date]:
    """A day in each period in which the law that rules ask about stayed the same, the latest first."""
    periods = {name: base.provisions[name]["in_force"] for name in base.asked if name in base.provisions}
    turns = {day for period in periods.values() for day in (period["start"], period["end"]) if day}
    days = sorted((datetime.date.fromisoformat(day) + SETTLED for day in turns), reverse=True)
    law = {
        day: {name for name, p in periods.items() if p["start"] <= day.isoformat() <= (p["end"] or "9")} for day in days
    }
    return [day for i, day in enumerate(days) if not i or law[day] != law[days[i - 1]]]


def analysis_file(name: str) -> Path:
    """A program of `rules/analysis/`."""
    return shipped().rules / "analysis" / name


@dataclass
class Universe:
    """The facts that may be told on one day, and the program that lets a case be told of them."""

    base: KnowledgeBase
    day: datetime.date
    facts: dict[str, May] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.plays: dict[str, list[str]] = {}
        for party, role in read_facts(analysis_file("universe.lp"), "plays"):
            self.plays.setdefault(role, []).append(party)
        for predicate in self.base.vocabulary.values():
            for may in self._tell(predicate):
                self.facts[str(may.symbol)] = may

    def _tell(self, predicate: Predicate) -> Iterator[May]:
        arguments = predicate.arguments[1:]
        if any(argument.type == "share" for argument in arguments) or (predicate.arity == 3 and _is_amount(predicate)):
            return  # how much was lost, and what the share is, decides no rule of law
        of_harm = any(argument.type == "harm" for argument in arguments)
        for args in itertools.product(*(self._values(argument, of_harm) for argument in arguments)):
            parties = [value for value, argument in zip(args, arguments, strict=True) if argument.type == "party"]
            if len(set(parties)) == len(parties):
                yield May(predicate.name, args, tuple(a.type in ("yuan", "share") for a in arguments))

    def _values(self, argument: Argument, of_harm: bool) -> Sequence[str | int]:
        """The harm comes on the day of the case; knowledge and notices a month before or after it, or never."""
        if argument.type == "date" and of_harm:
            return [_number(self.day)]
        if argument.type == "date":
            return [_number(self.day + BEFORE), _number(self.day + AFTER), "undated"]
        if argument.type == "yuan":
            return EXPANDED
        if argument.type == "word":
            return argument.words
        return self.plays.get(argument.name) or self._anybody(argument)

    def _anybody(self, argument: Argument) -> list[str]:
        """Where no part is cast for a name, whoever is of its type: a word of one's own is searched, too."""
        cast = {
            player: None
            for predicate in self.base.vocabulary.values()
            for known in predicate.arguments
            if known.type == argument.type
            for player in self.plays.get(known.name, ())
        }
        return list(cast)

    def law(self, case: str) -> Program:
        """The day of a case."""
        return [([atoms.function("occurred", atoms.constant(case), atoms.number(_number(self.day)))], False)]

    def case_of(self, name: str, statuses: Mapping[str, Status], title: Mapping[str, str]) -> tuple[CaseFile, str]:
        """The case in which these facts (as text) are proved or disproved, and its file as text."""
        facts = [
            Fact(may.word, may.args, status, 0, quoted=may.quoted)
            for key, may in self.facts.items()
            if (status := statuses.get(key)) is not None
        ]
        used = {str(value) for fact in facts for value in fact.args}
        labels = next(iter(read_predicates(analysis_file("universe.lp"), self._text))).values
        declared: dict[str, dict[str, dict[str, str]]] = {"parties": {}, "items": {}, "harms": {}}
        for role, cast in self.plays.items():
            for one in cast:
                if one in used:
                    declared[_SECTIONS.get(role, "parties")][one] = labels[one]
        text = case_text(self.base, name, title, self.day, {k: v for k, v in declared.items() if v}, facts)
        return told(self.base, name, text), text

    @cached_property
    def _text(self) -> str:
        return analysis_file("universe.lp").read_text(encoding="utf-8")

    def program(self) -> Program:
        """What may be told, and what cannot be told together, as facts."""
        rows: list[Symbol] = []
        for may in self.facts.values():
            rows.append(atoms.function("may", may.symbol, atoms.constant(may.word)))
            if "undated" in may.args:
                rows.append(atoms.function("dateless", may.symbol))
                rows += [atoms.function("denies", may.symbol, other.symbol) for other in self._on_a_day(may)]
            elif self._only_proved(may):
                rows.append(atoms.function("dated", may.symbol))
        return [([row], False) for row in (*rows, *self._apart())]

    def _only_proved(self, may: May) -> bool:
        """A fact with a day or an amount is proved or not stated; it is disproved for all time, without a day."""
        return any(a.type in ("date", "yuan") for a in self.base.vocabulary[may.word].arguments)

    def _on_a_day(self, never: May) -> Iterator[May]:
        place = never.args.index("undated")
        for other in self.facts.values():
            if (
                other.word == never.word
                and other.args[place] != "undated"
                and _without(other, place) == _without(never, place)
            ):
                yield other

    def _apart(self) -> Iterator[Symbol]:
        """Facts of which a case can state one only (`one_per` in the vocabulary)."""
        for word, predicate in self.base.vocabulary.items():
            places = [i for i, a in enumerate(predicate.arguments[1:]) if a.name in predicate.one_per]
            mine = [may for may in self.facts.values() if places and may.word == word]
            for one, other in itertools.combinations(mine, 2):
                if all(one.args[i] == other.args[i] for i in places):
                    yield atoms.function("apart", one.symbol, other.symbol)

    def telling(self) -> str:
        """The rules that turn `status(Case, Fact, Status)` into facts of the case."""
        rows = []
        for predicate in self.base.vocabulary.values():
            bare = ", ".join(f"X{i}" for i in range(predicate.arity - 1))
            fact, atom = f"{predicate.name}({bare})", f"{predicate.name}(C, {bare})"
            rows.append(f"{atom} :- status(C, {fact}, proved).")
            rows.append(f"-{atom} :- status(C, {fact}, disproved).")
        return "\n".join(rows)


def _is_amount(predicate: Predicate) -> bool:
    return predicate.arguments[-1].type == "yuan"


def _number(day: datetime.date) -> int:
    return int(day.strftime("%Y%m%d"))


def _without(may: May, place: int) -> tuple[str | int, ...]:
    return may.args[:place] + may.args[place + 1 :]
