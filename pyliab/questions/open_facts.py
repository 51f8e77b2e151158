"""A case whose facts can be otherwise: which facts can be supposed, and the program in which they stand open.

What is proved, disproved, disputed or unstated in the case is its own *standing*; `rules/analysis/hypotheses.lp` says
which standings go together. The program is the common base of questions about other facts: why not, flips, and so on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, Literal

from pyliab.asp import symbols as atoms
from pyliab.asp.asked import asked
from pyliab.asp.symbols import Program, Symbol
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile, Fact, Status
from pyliab.kb.vocabulary import Argument, Predicate
from pyliab.law.world import analysis_file

Standing = Literal["proved", "disproved", "disputed", "unstated"]
UNDATED = "undated"
MOST_DATES = 3
THINGS = {"party": "parties", "item": "items", "harm": "harms"}
"""What a case declares, and where."""
ROOT = "owed"
"""The conclusion that facts are to matter for."""


@dataclass(frozen=True)
class Variable:
    """A fact that can stand otherwise. `own` is how the case states it, `offered` how it may stand, its own included."""

    word: str
    args: tuple[str | int, ...]
    own: Standing
    offered: tuple[Standing, ...]

    def symbol(self, case: str) -> Symbol:
        """The fact as a term."""
        return term(case, self.word, self.args)


@dataclass(frozen=True)
class Supposition:
    """One supposed fact: how it stands now, and how it stood in the case."""

    word: str
    args: tuple[str | int, ...]
    standing: Standing
    own: Standing

    def symbol(self, case: str) -> Symbol:
        """The fact as a term."""
        return term(case, self.word, self.args)


def term(case: str, word: str, args: Sequence[str | int]) -> Symbol:
    """`knows(case, platform, shop, 20210501)`, for facts that hold no amounts."""
    return atoms.fact_symbol(case, Fact(word, tuple(args), "proved", 0))


# --- which facts can be otherwise -----------------------------------------------------------------------------------


def stated(base: KnowledgeBase, case: CaseFile, uses: Mapping[str, set[bool]] | None = None) -> list[Variable]:
    """The facts of the case that can stand otherwise: those that a rule asks for, amounts and harms apart."""
    uses = asked(base.rule_files, [ROOT]) if uses is None else uses
    found = []
    for fact in case.facts:
        if fact.word in uses and _can_vary(base.vocabulary[fact.word]):
            offered = _offered(fact.status, uses[fact.word], UNDATED in fact.args)
            found.append(Variable(fact.word, fact.args, fact.status, offered))
    return [variable for variable in found if len(variable.offered) > 1]


def candidates(base: KnowledgeBase, case: CaseFile, uses: Mapping[str, set[bool]] | None = None) -> list[Variable]:
    """The facts that could be stated of the parties, items and harms of the case, and are not.

    A party is put only at an argument whose name it bears in a stated fact (who is somewhere an `Operator` can be one
    elsewhere); where nobody bears the name, any party but the sufferer of a harm. Dates are those of the case.
    """
    uses = asked(base.rule_files, [ROOT]) if uses is None else uses
    domain = _Domain(base, case)
    known = {(fact.word, fact.args) for fact in case.facts}
    found = []
    for predicate in base.vocabulary.values():
        if predicate.name in uses and _can_vary(predicate):
            for args in domain.tuples(predicate):
                offered = _offered("unstated", uses[predicate.name], UNDATED in args, _dated(predicate))
                if (predicate.name, args) not in known and len(offered) > 1:
                    found.append(Variable(predicate.name, args, "unstated", offered))
    return found


def _can_vary(predicate: Predicate) -> bool:
    """No amounts and shares; nor what the declarations of the case determine: that there is such a harm."""
    types = {argument.type for argument in predicate.arguments}
    return not types & {"yuan", "share"} and not _declares(predicate)


def _declares(predicate: Predicate) -> bool:
    """Does a fact of this word tell of a thing that the case declares? It is called by the name of the thing: harm."""
    return predicate.name in THINGS and any(argument.type == predicate.name for argument in predicate.arguments)


def _dated(predicate: Predicate) -> bool:
    return any(argument.type == "date" for argument in predicate.arguments)


def _offered(own: Standing, signs: set[bool], never: bool, dated: bool = False) -> tuple[Standing, ...]:
    """The standings that some rule tells apart, the own one first.

    Where no rule asks for `-p`, disproved is as good as unstated, and the weaker is offered; so is it for the opposite.
    A fact without a date is never proved, and a dated one is disproved only if the case says so: to suppose a fact
    disproved is to suppose it for all time.
    """
    others: list[Standing] = ["proved"] if True in signs and not never else []
    if False in signs and not (dated and not never):
        others.append("disproved")
    tells_own = own == "disputed" or (own == "proved") in signs
    if own == "disputed":
        others = ["proved", "disproved"]
    elif own != "unstated" and tells_own:
        others.append("unstated")
    return (own, *(standing for standing in others if standing != own))


class _Domain:
    """What can stand at each argument."""

    def __init__(self, base: KnowledgeBase, case: CaseFile) -> None:
        self.case = case
        self.bears: dict[str, set[str]] = {}
        for fact in case.facts:
            for argument, value in zip(base.vocabulary[fact.word].arguments[1:], fact.args, strict=True):
                if argument.type == "party":
                    self.bears.setdefault(argument.name, set()).add(str(value))
        self.sufferers, harm_dates = self._harms(base)
        self.others = [party for party in case.doc["parties"] if party not in self.sufferers]
        self.dates = _few([*self._dates(base), int(case.doc["date"].replace("-", ""))], harm_dates)

    def _harms(self, base: KnowledgeBase) -> tuple[set[str], list[int]]:
        """Who suffers a harm, and when."""
        sufferers, dates = set(), []
        for fact in self.case.facts:
            arguments = base.vocabulary[fact.word].arguments[1:]
            if _declares(base.vocabulary[fact.word]):
                for argument, value in zip(arguments, fact.args, strict=True):
                    if argument.type == "party":
                        sufferers.add(str(value))
                    elif argument.type == "date" and isinstance(value, int):
                        dates.append(value)
        return sufferers, dates

    def _dates(self, base: KnowledgeBase) -> Iterator[int]:
        for fact in self.case.facts:
            for argument, value in zip(base.vocabulary[fact.word].arguments[1:], fact.args, strict=True):
                if argument.type == "date" and isinstance(value, int):
                    yield value

    def tuples(self, predicate: Predicate) -> Iterator[tuple[str | int, ...]]:
        """All arguments that fit; two parties are two different ones."""
        arguments = predicate.arguments[1:]
        for values in product(*(self._values(argument) for argument in arguments)):
            parties = [value for value, argument in zip(values, arguments, strict=True) if argument.type == "party"]
            if len(set(parties)) == len(parties):
                yield values

    def _values(self, argument: Argument) -> Sequence[str | int]:
        if argument.type == "party":
            borne = self.bears.get(argument.name)
            return [party for party in self.case.doc["parties"] if party in borne] if borne else self.others
        if argument.type == "date":
            return [*self.dates, UNDATED]
        if argument.type == "word":
            return argument.words
        return list(self.case.doc[THINGS[argument.type or ""]])


def _few(dates: Iterable[int], harm_dates: Sequence[int]) -> list[int]:
    """The dates of the case, latest first; of many, those that tell before from after a harm: of the first and the last."""
    every = sorted(set(dates), reverse=True)
    if len(every) <= MOST_DATES or not harm_dates:
        return every[:MOST_DATES]
    return sorted({min(harm_dates), max(harm_dates)}, reverse=True)


# --- the program ----------------------------------------------------------------------------------------------------


def program_facts(base: KnowledgeBase, case: CaseFile, variables: Iterable[Variable]) -> Program:
    """A case with variable facts, for `rules/analysis/hypotheses.lp`; takes the place of `atoms.case_program`."""
    program = atoms.plain([("occurred", (case.id, int(case.doc["date"].replace("-", ""))))])
    facts = {(fact.word, fact.args): fact for fact in case.facts}
    for fact in case.facts:
        program += atoms.about(atoms.fact_symbol(case.id, fact), "own", fact.status)
    for variable in variables:
        symbol = variable.symbol(case.id)
        program += atoms.about(symbol, "varied")
        for standing in variable.offered:
            program += atoms.about(symbol, "offered", standing)
        if (variable.word, variable.args) not in facts:
            program += atoms.about(symbol, "own", variable.own)
        program += _kinds(base, case.id, variable.word, variable.args)
    for fact in case.facts:
        program += _kinds(base, case.id, fact.word, fact.args) if _can_vary(base.vocabulary[fact.word]) else []
    return program


def _kinds(base: KnowledgeBase, case: str, word: str, args: tuple[str | int, ...]) -> Program:
    """What `hypotheses.lp` needs to know of a fact: its matter, its scope, whether it is one for all time."""
    arguments = base.vocabulary[word].arguments[1:]
    symbol = term(case, word, args)
    undated = [("any" if argument.type == "date" else value) for argument, value in zip(arguments, args, strict=True)]
    found = atoms.about(symbol, "matter", term(case, word, undated))
    if UNDATED in args:
        found += atoms.about(symbol, "never")
    if base.vocabulary[word].one_per:
        scope = [
            value
            for argument, value in zip(arguments, args, strict=True)
            if argument.name in base.vocabulary[word].one_per
        ]
        found += atoms.about(symbol, "single", term(case, word, scope))
    return found


def program_rules(base: KnowledgeBase) -> str:
    """`hypotheses.lp`, and for every word of the vocabulary the rules by which a fact holds where it counts as proved."""
    rows = [analysis_file("hypotheses.lp").read_text(encoding="utf-8")]
    for word, predicate in base.vocabulary.items():
        atom = f"{word}({','.join(f'X{i}' for i in range(predicate.arity))})"
        for other, places in predicate.implied():
            implied = f"{other}({','.join(['X0', *(f'X{place + 1}' for place in places)])})"
            rows.append(f"implies({atom}, {implied}) :- status({atom}, _).")
        rows.append(f"{atom} :- effective({atom}, proved).  -{atom} :- effective({atom}, disproved).")
    return "\n".join(rows)


# --- a case with other facts ----------------------------------------------------------------------------------------


def changed_case(case: CaseFile, suppositions: Iterable[Supposition]) -> CaseFile:
    """The same case, its facts as supposed: an ordinary case, which can be asked like any other."""
    wanted = {(one.word, one.args): one.standing for one in suppositions}
    facts: list[Fact] = []
    for fact in case.facts:
        standing = wanted.pop((fact.word, fact.args), fact.status)
        if standing != "unstated":
            facts.append(replace(fact, status=standing))
    for (word, args), standing in wanted.items():
        if standing != "unstated":
            status: Status = standing
            facts.append(Fact(word, args, status, 0, quoted=(False,) * len(args)))
    return replace(case, facts=facts)


def fact_json(base: KnowledgeBase, one: Supposition) -> dict[str, Any]:
    """`{"fact": {"knows": {"platform": "site", ..}}, "status": .., "instead_of": ..}`: the fact as a case file has it."""
    arguments = base.vocabulary[one.word].arguments[1:]
    given = {argument.key: value for argument, value in zip(arguments, one.args, strict=True) if value != UNDATED}
    return {"fact": {one.word: given}, "status": one.standing, "instead_of": one.own}
