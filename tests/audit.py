"""A second opinion: random cases and readings solved by clingo alone, reading by reading and world by world.

`make audit`, CASES=1000 and SEED=1 by option, holds derive, space, flip, why-not, compare and settle against it;
`make test` does for a few cases (test_fuzz.py).
"""

from __future__ import annotations

import itertools
import os
import random
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from clingo import Control, Function

from pyliab.api import Case, Question
from pyliab.asp.load import load
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile, Fact, read_case
from pyliab.kb.compatibility import clashes
from pyliab.kb.model import Case as Document
from pyliab.kb.reading import Choice
from pyliab.kb.vocabulary import Argument
from pyliab.kb.yaml import YamlFile
from pyliab.money.stated import NotStatedError
from pyliab.space.space import Explorer, answer
from pyliab.text.problem import InputError
from pyliab.text.say import Text

ROOT = Path(__file__).parent.parent
LAW = "\n".join(
    path.read_text(encoding="utf-8")
    for path in (*sorted((ROOT / "rules").rglob("*.lp")), ROOT / "kb/clingo/kb.lp")
    if not {"analysis", "principles"} & set(path.parts) and path.name not in ("main.lp", "cast.lp")
)
Key = tuple[str, str, str]
Worlds = set[frozenset[Key]]


@cache
def base() -> KnowledgeBase:
    return load()


# --- a case of any words, and a reading ---------------------------------------------------------------------------------


def drawn_case(dice: random.Random) -> CaseFile:
    """Most facts of a shipped case, some of other words about its parties, or about two more; up to three in dispute."""
    while True:
        told = dice.choice(list(base().cases.values()))
        known = {part: {**getattr(told.doc, part)} for part in ("parties", "items", "harms")}
        known["parties"] |= {name: Text(name) for name in ("party_a", "party_b")[: dice.randrange(3)]}
        kept = [fact for fact in told.facts if dice.random() < 0.9]
        rows = tuple(drawn_fact(dice, known, told.doc.date) for _ in range(dice.randrange(6)))
        doc = Document(
            case=told.id,
            title=told.doc.title,
            kind="hypothetical",
            date=told.doc.date,
            about=told.doc.about,
            facts=rows,
            **known,
        )
        try:
            more = read_case(YamlFile("audit", doc), doc, base().vocabulary)
        except InputError:
            continue
        words = {fact.word for fact in kept if base().vocabulary[fact.word].one_per}
        facts = [*kept, *(fact for fact in more.facts if fact.word not in words)]
        facts = list({(fact.word, fact.args): fact for fact in facts}.values())
        for at in dice.sample(range(len(facts)), min(len(facts), dice.randrange(4))):
            facts[at] = replace(facts[at], status="disputed")
        return replace(more, facts=facts)


def drawn_fact(dice: random.Random, known: Mapping[str, Mapping[str, Text]], day: str) -> dict[str, object]:
    """A fact of any word."""
    word = dice.choice(list(base().vocabulary.values()))
    keys = {
        a.key: drawn_value(dice, a, known, day) for a in word.arguments[1:] if not a.optional or dice.random() < 0.3
    }
    status = dice.choice(["proved", "proved", "disproved"])
    return {word.name: keys, **({} if status == "proved" else {"status": status})}


def drawn_value(dice: random.Random, argument: Argument, known: Mapping[str, Mapping[str, Text]], day: str) -> str:
    """Something that may stand at an argument."""
    section = {"party": "parties", "item": "items", "harm": "harms"}.get(argument.type or "")
    if section:
        return dice.choice(list(known[section]) or ["none_declared"])
    plain = {"date": [day, "2010-01-01", "2020-12-31", "2024-01-01"], "yuan": ["100", "5000"], "share": ["30%", "1/2"]}
    return dice.choice(plain.get(argument.type or "", list(argument.words) or ["x"]))


def drawn_choice(dice: random.Random, left_open: int) -> Choice:
    """A position on every issue but so many, none of them at odds with another."""
    while True:
        taken = {name: dice.choice(list(issue.choices())) for name, issue in base().issues.items()}
        if not clashes(base().issues, taken):
            free = dice.sample(list(taken), left_open)
            return Choice("drawn", {i: p for i, p in taken.items() if i not in free}, {}, tuple(free))


# --- clingo alone -------------------------------------------------------------------------------------------------------


class Alone:
    """The rules, the knowledge and the facts of one case, as text, in a solver of their own."""

    def __init__(self, case: CaseFile) -> None:
        self.control = Control(["0", "--warn=none"])
        self.control.add(
            "base", [], "\n".join([LAW, f"occurred({case.id},{case.doc.when}).", *map(self._row(case), case.facts)])
        )
        self.control.ground([("base", [])])

    @staticmethod
    def _row(case: CaseFile):  # type: ignore[no-untyped-def]
        def row(fact: Fact) -> str:
            values = [f'"{v}"' if quoted else str(v) for v, quoted in zip(fact.args, fact.quoted, strict=True)]
            atom = f"{fact.word}({','.join([case.id, *values])})"
            if fact.status == "disputed":
                return f"1 {{ {atom}; -{atom} }} 1."
            return f"{atom}." if fact.status == "proved" else f"-{atom}."

        return row

    def worlds(self, positions: Mapping[str, str]) -> Worlds:
        """What is owed in each world of a full reading."""
        found: Worlds = set()
        assumed = [(Function("position", [Function(i), Function(p)]), True) for i, p in positions.items()]
        with self.control.solve(assumptions=assumed, yield_=True) as handle:
            for model in handle:
                owed = (atom.arguments[1:4] for atom in model.symbols(shown=True) if atom.name == "owed")
                found.add(frozenset((str(d), str(c), str(f)) for d, c, f in owed))
        return found

    def all_worlds(self, choice: Choice) -> Worlds:
        """The same over every completion of what a reading leaves open."""
        sides = [[(issue, p) for p in base().issues[issue].choices()] for issue in choice.open_issues]
        readings = ({**choice.positions, **dict(taken)} for taken in itertools.product(*sides))
        return set[frozenset[Key]]().union(*map(self.worlds, readings))


# --- held against each other --------------------------------------------------------------------------------------------


def differences(dice: random.Random) -> Iterator[str]:
    """Where an answer about one random case is another than clingo's."""
    case, choice = drawn_case(dice), drawn_choice(dice, dice.randrange(4))
    alone, asked = Alone(case), Case(base(), case)
    worlds, question = alone.all_worlds(choice), Question(asked, choice)
    if not worlds:  # a fact that implies what another denies: the case contradicts itself
        return
    every, some = frozenset.intersection(*worlds), frozenset[Key]().union(*worlds)
    expected = {key: "certain" if key in every else "possible" for key in some}
    told = {(o.debtor, o.creditor, o.form): o.status for o in question.liabilities}
    if told != expected:
        yield f"derive: {told} is {expected}"
    if (question.derived.nobody == "certain") != (not some) or (question.derived.nobody is None) != (
        frozenset() not in worlds
    ):
        yield f"derive: nobody {question.derived.nobody}, {worlds}"
    space = Explorer(base()).explore(case)
    ways = {frozenset(tuple(mark) for mark in way.outcome) for way in answer(space.under(choice.positions)).ways}
    if ways != worlds:
        yield f"space: {ways} is {worlds}"
    yield from _flips(asked, alone, drawn_choice(dice, 0))
    yield from _settled(question, some)


def _flips(asked: Case, alone: Alone, full: Choice) -> Iterator[str]:
    """The single positions that change the outcome, by flip; and that make a liability certain, by why-not."""
    now, other = alone.worlds(full.positions), dict[tuple[str, str], Worlds]()
    for issue, position in ((i, p) for i in full.own for p in base().issues[i].choices() if p != full.own[i]):
        taken = {**full.own, issue: position}
        if not clashes(base().issues, taken):
            other[issue, position] = alone.worlds(taken)
    flips = {
        one
        for flip in Question(asked, full).flips().flips
        if len(flip.positions) == 1
        for one in flip.positions.items()
    }
    wanted = {pair for pair, worlds in other.items() if worlds != now}
    if flips != wanted:
        yield f"flip: {flips ^ wanted}"
    certain = frozenset.intersection(*now)
    goals = sorted(set().union(*(frozenset.intersection(*worlds) for worlds in other.values())) - certain)
    for debtor, creditor, form in goals[:1]:
        answered = Question(asked, full).why_not(f"{debtor}:{form}:{creditor}", 40, what="law")
        single = {one for repair in answered.repairs if len(repair.positions) == 1 for one in repair.positions.items()}
        expected = {
            pair for pair, worlds in other.items() if all((debtor, creditor, form) in world for world in worlds)
        }
        if single != expected:
            yield f"why-not {debtor}:{form}:{creditor}: {single ^ expected}"


def _settled(question: Question, some: frozenset[Key]) -> Iterator[str]:
    """In every scenario who recovers gets no more than the loss, and only who is liable pays."""
    try:
        scenarios = question.settle().scenarios
    except (NotStatedError, InputError):
        return
    for scenario in scenarios:
        for creditor in scenario.creditors:
            gets, lacks = creditor.recovers, creditor.uncovered
            if gets.low < 0 or lacks.low < 0:
                yield f"settle: {creditor}"
        if not some and scenario.creditors:
            yield f"settle: {scenario.creditors} though nobody is liable"
        paid = sum(debtor.pays.high for debtor in scenario.debtors)
        if paid < max((c.recovers.low for c in (*scenario.creditors, *scenario.beyond)), default=0):
            yield f"settle: {scenario.debtors} pay {paid}"


def audit(seed: int, cases: int) -> list[str]:
    """The differences found in so many cases."""
    found = []
    for number in range(seed, seed + cases):
        for difference in differences(random.Random(number)):
            found.append(f"{number}: {difference}")
            print(found[-1][:600], flush=True)
    return found


if __name__ == "__main__":
    first, count = int(os.environ.get("SEED", "1")), int(os.environ.get("CASES", "1000"))
    different = audit(first, count)
    print(f"{count} cases, {len(different)} differences")
    sys.exit(1 if different else 0)
