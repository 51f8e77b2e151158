"""Facts in dispute: what follows where they stay unproved, and what each of them would add or remove.

Who bears the burden of proof is said by `rules/proof`; here it is only asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pyliab.asp import symbols as atoms
from pyliab.asp.program import GroundProgram
from pyliab.asp.symbols import Symbol
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice
from pyliab.law.liability import Key
from pyliab.law.words import Both, Phrases
from pyliab.law.world import World
from pyliab.questions.open_case import Outcome, owed
from pyliab.space.space import Explorer, Way, answer, liabilities
from pyliab.text.encode import to_json

Side = Literal["so", "not_so"]
SIDES: dict[Side, str] = {"so": "proved", "not_so": "disproved"}
"""The two ways in which a dispute can end by proof, with the status the fact then has."""


@dataclass(frozen=True)
class Effect:
    """What a fact does once it is proved or disproved: liabilities it adds to what there was, and those it removes.

    Where a liability only becomes certain it counts as added; as removed only where it is no longer possible.
    """

    adds: tuple[Key, ...]
    removes: tuple[Key, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {"adds": [_key_json(key) for key in self.adds], "removes": [_key_json(key) for key in self.removes]}


@dataclass(frozen=True)
class OpenFact:
    """A fact in dispute, with its effect when it is proved and when it is disproved."""

    fact: Symbol
    says: Both
    effects: Mapping[Side, Effect]

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        told = {SIDES[side]: effect.to_json() for side, effect in self.effects.items()}
        return {"fact": str(self.fact), "says": self.says, **told}


@dataclass(frozen=True)
class OpenFacts:
    """What holds whatever the facts in dispute, what each of them does, and every combination that decides."""

    case: str
    reading: str
    outcome: Outcome
    facts: list[OpenFact]
    ways: list[Way]

    def to_json(self) -> dict[str, Any]:
        """The object that `derive --open-facts --json` prints."""
        return {
            "case": self.case,
            "reading": self.reading,
            "outcome": to_json(owed(self.outcome)),
            "certain": [_key_json(key) for key, status in sorted(self.outcome.items()) if status == "certain"],
            "open_facts": [fact.to_json() for fact in self.facts],
            "combinations": [
                {"liabilities": liabilities("form", way.outcome), "sufficient": way.sufficient} for way in self.ways
            ],
        }


@dataclass(frozen=True)
class Unproved:
    """A fact that stays unproved: who fails for it (with the side, the norm and the ground), and what is inferred.

    `fails` are atoms `fails(Case, Party, Fact, Side, Under, Ground)`; `effects` say what proof would have changed.
    """

    fact: OpenFact
    fails: list[Symbol] = field(default_factory=list)
    inferred: list[Symbol] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            **self.fact.to_json(),
            "fails": [
                dict(zip(("party", "side", "under", "ground"), _row(atom, (1, 3, 4, 5)), strict=True))
                for atom in self.fails
            ],
            "inferred": [_row(atom, (2,))[0] for atom in self.inferred],
        }


def _row(atom: Symbol, places: Sequence[int]) -> list[str]:
    return [str(atoms.value(atom.arguments[place])) for place in places]


def _key_json(key: Key) -> dict[str, str]:
    return dict(zip(("debtor", "creditor", "form"), key, strict=True))


def disputed(case: CaseFile) -> list[Symbol]:
    """The facts of a case that are in dispute, in its order."""
    return [atoms.fact_symbol(case.id, fact) for fact in case.facts if fact.status == "disputed"]


def outcome_of(program: GroundProgram, case: str, assumptions: Sequence[int]) -> Outcome:
    """What is owed under some assumptions; nothing where they cannot hold together."""
    possible = program.consequences(assumptions, "brave") or []
    certain = set(program.consequences(assumptions, "cautious") or [])
    owed = {symbol for symbol in possible if symbol.name == "owed" and str(symbol.arguments[0]) == case}
    return {_key(symbol): "certain" if symbol in certain else "possible" for symbol in owed}


def _key(symbol: Symbol) -> Key:
    _, debtor, creditor, form = (str(argument) for argument in symbol.arguments)
    return debtor, creditor, form


def effect(before: Outcome, after: Outcome) -> Effect:
    """The difference between two outcomes."""
    adds = [key for key, status in after.items() if status == "certain" and before.get(key) != "certain"]
    adds += [key for key, status in after.items() if status == "possible" and key not in before]
    return Effect(tuple(sorted(adds)), tuple(sorted(key for key in before if key not in after)))


def open_facts(inquiry: World, case: CaseFile, choice: Choice) -> OpenFacts:
    """What is certain whatever the disputed facts, and what each would add.

    Each question is put to all combinations of the other facts at once (consequences under assumptions); which
    combinations decide comes from the diagram of the space. Raises InputError as `Explorer.explore` does.
    """
    program = inquiry.program
    taken = program.assume(choice.positions)
    before = outcome_of(program, case.id, taken)
    phrases = Phrases(inquiry.base, case.names())
    found = []
    for fact in disputed(case):
        sides = {"so": program.literal(fact), "not_so": program.literal(atoms.opposite(fact))}
        effects: dict[Side, Effect] = {
            side: effect(before, outcome_of(program, case.id, [*taken, sides[side] or 0])) for side in SIDES
        }
        found.append(OpenFact(fact, phrases.atom(fact), effects))
    space = Explorer(inquiry.base, as_if_in_force=inquiry.as_if_in_force).explore(case, fixed=choice.positions)
    return OpenFacts(case.id, choice.name, before, found, answer(space).ways)


def unproved(inquiry: World, case: CaseFile, choice: Choice) -> list[Unproved]:
    """Each disputed fact where none is proved: who fails, what is inferred, and what proof of it alone would change.

    `inquiry` asks with `non_liquet`. What proof would change is asked with all the other facts still unproved.
    """
    facts = [*atoms.plain([*inquiry.base.law_facts(), ("non_liquet", ()), ("open_to_proof", ())])]
    facts += atoms.case_program(case)
    program = GroundProgram(inquiry.base.rule_files, facts, as_if_in_force=inquiry.as_if_in_force)
    taken = program.assume(choice.positions)
    found = program.literals("found")
    before = outcome_of(program, case.id, [*taken, *(-literal for literal in found.values())])
    phrases = Phrases(inquiry.base, case.names())
    said = [one.atom for one in inquiry.findings(case.id, choice.positions)]
    rows = []
    for fact in disputed(case):
        effects: dict[Side, Effect] = {}
        for side in SIDES:
            wanted = atoms.function("found", atoms.constant(case.id), fact, atoms.constant(side))
            others = [literal if symbol == wanted else -literal for symbol, literal in found.items()]
            effects[side] = effect(before, outcome_of(program, case.id, [*taken, *others]))
        row = Unproved(OpenFact(fact, phrases.atom(fact), effects))
        row.fails.extend(atom for atom in said if atom.name == "fails" and atom.arguments[2] == fact)
        row.inferred.extend(atom for atom in said if atom.name == "inferred" and atom.arguments[1] == fact)
        rows.append(row)
    return rows
