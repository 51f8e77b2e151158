"""What a case tells for nothing: a provision that would make somebody liable, were one ordinary fact told besides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pyliab.asp import symbols as atoms
from pyliab.asp.facts_of import facts_of
from pyliab.asp.open_facts import of_case
from pyliab.asp.symbols import Symbol
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile, Fact
from pyliab.law.words import Phrases
from pyliab.law.world import World
from pyliab.questions.overview import Unstated
from pyliab.text.problem import Problem
from pyliab.text.say import say

ORDINARY = 10
"""A fact is ordinary that so many cases of the base tell."""
CIRCUMSTANCES = ("roles", "goods", "harm")
"""The groups of words of which a fact is easily left untold; what somebody did or knew is not."""


def idle(base: KnowledgeBase, case: CaseFile) -> Iterator[Problem]:
    """For each provision of which the case tells the breach of a duty, or knowledge, that bears on nothing as it stands:
    the one fact, untold, that it lacks."""
    idle_facts = [
        fact for fact in case.facts if _blames(base, fact) and _outcome(base, _less(case, fact)) == _outcome(base, case)
    ]
    phrases, seen = Phrases(base, case.names()), set[str]()
    for basis, lacking in _lacking(base, case) if idle_facts else ():
        first = next((fact for fact in idle_facts if fact.word in facts_of(base, basis)), None)
        if first and basis not in seen:
            seen.add(basis)
            message = say(
                "this bears on nothing as the case stands; {provision} would make somebody liable if this were told: “{says}” ({word})",
                provision=phrases.provision(basis),
                says=phrases.atom(of_case(case.id, lacking)),
                word=lacking.name,
            )
            yield Problem(case.file, first.line, 5, message)


def _lacking(base: KnowledgeBase, case: CaseFile) -> Iterator[tuple[str, Symbol]]:
    """The provisions by which somebody would be liable if one ordinary fact were proved that is not told; and that fact."""
    open_ = Unstated(World(base, [case]))
    owes = open_.program.literals("owes")
    without, single = ([open_.at_most(size)] for size in (0, 1))
    now = {_basis(atom) for atom in open_.program.can_hold(without, owes)}
    for atom in open_.program.can_hold(single, {atom: at for atom, at in owes.items() if _basis(atom) not in now}):
        for fact in open_.proved([*single, owes[atom]]):
            ordinary = base.frequency[fact.name] >= ORDINARY and base.vocabulary[fact.name].group in CIRCUMSTANCES
            if ordinary and fact.name not in _words(case):
                yield _basis(atom), fact


def _basis(owed: Symbol) -> str:
    return str(atoms.value(owed.arguments[1].arguments[0]))


def _words(case: CaseFile) -> set[str]:
    return {fact.word for fact in case.facts}


def _blames(base: KnowledgeBase, fact: Fact) -> bool:
    word = base.vocabulary[fact.word]
    duty = bool(word.marked("duty")) and fact.status != "proved"
    return duty or (word.group == "knowledge" and fact.status != "disproved")


def _less(case: CaseFile, fact: Fact) -> CaseFile:
    return replace(case, facts=[other for other in case.facts if other is not fact])


def _outcome(base: KnowledgeBase, case: CaseFile) -> set[tuple[object, ...]]:
    return {(*each.key, each.status) for each in World(base, [case]).outcomes({})[case.id].values()}
