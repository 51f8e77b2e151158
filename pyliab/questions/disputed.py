"""Facts in dispute: what is certain whatever they are, what each of them would add or remove, and what decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from pyliab.asp import symbols as atoms
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice
from pyliab.law.burden import DisputedFact, disputed, effect, outcome_of
from pyliab.law.liability import Asked, Key
from pyliab.law.words import Phrases
from pyliab.law.world import World
from pyliab.questions.open_case import Owed, owed
from pyliab.space.space import Explorer, answer
from pyliab.text.encode import UNSAID, Answer
from pyliab.text.later import dataclass


@dataclass(frozen=True)
class Combination:
    """Liabilities that follow together, and each minimal set of positions and disputed facts that suffices for them."""

    liabilities: Sequence[Key]
    sufficient: Sequence[Sequence[str]]


@dataclass(frozen=True)
class OpenFacts(Answer):
    """What holds whatever the facts in dispute (`certain`), what each of them does, and every combination that decides."""

    case: str
    reading: str
    outcome: Sequence[Owed]
    certain: Sequence[Key]
    open_facts: Sequence[DisputedFact]
    combinations: Sequence[Combination]
    asked: Asked = field(metadata=UNSAID)


def open_facts(world: World, case: CaseFile, choice: Choice) -> OpenFacts:
    """What is certain whatever the disputed facts, and what each would add.

    Each question is put to all combinations of the other facts at once (consequences under assumptions); which
    combinations decide comes from the diagram of the space. Raises InputError as `Explorer.explore` does.
    """
    program, phrases = world.program, Phrases(world.base, case.names())
    taken = program.assume(choice.positions)
    outcome = outcome_of(program, case.id, taken)
    facts = []
    for fact in disputed(case):
        sides = (outcome_of(program, case.id, [*taken, program.literal(side) or 0]) for side in _sides(fact))
        facts.append(DisputedFact(fact, phrases.atom(fact), *(effect(outcome, then) for then in sides)))
    space = Explorer(world.base, as_if_in_force=world.as_if_in_force).explore(case, fixed=choice.positions)
    return OpenFacts(
        case.id,
        choice.name,
        owed(outcome),
        [key for key, status in sorted(outcome.items()) if status == "certain"],
        facts,
        [Combination([Key(*mark) for mark in sorted(way.outcome)], way.sufficient) for way in answer(space).ways],
        Asked(world.base, case, choice, world.as_if_in_force),
    )


def _sides(fact: atoms.Symbol) -> tuple[atoms.Symbol, atoms.Symbol]:
    return fact, atoms.opposite(fact)
