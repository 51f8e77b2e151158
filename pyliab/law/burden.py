"""Facts in dispute that stay unproved: who fails for want of proof, what is inferred, what proof would have changed.

Who bears the burden of proof is said by `rules/proof`; here it is only asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Literal

from pyliab.asp import symbols as atoms
from pyliab.asp.days import case_program
from pyliab.asp.program import GroundProgram
from pyliab.asp.symbols import Symbol
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice
from pyliab.law.liability import Certainty, Finding, Key
from pyliab.law.words import Phrases
from pyliab.text.encode import UNSAID
from pyliab.text.later import dataclass
from pyliab.text.say import Text

if TYPE_CHECKING:
    from pyliab.law.world import World

Side = Literal["so", "not_so"]
"""The two ways in which a dispute can end by proof: the fact is proved, or disproved."""
Outcome = Mapping[Key, Certainty]
"""Who owes whom in which form, and how surely."""


@dataclass(frozen=True)
class Effect:
    """What a fact does once it is proved or disproved: liabilities it adds to what there was, and those it removes.

    Where a liability only becomes certain it counts as added; as removed only where it is no longer possible.
    """

    adds: tuple[Key, ...]
    removes: tuple[Key, ...]


@dataclass(frozen=True)
class DisputedFact:
    """A fact in dispute, with its effect when it is proved and when it is disproved."""

    fact: Symbol
    says: Text
    proved: Effect
    disproved: Effect


@dataclass(frozen=True)
class Failing:
    """Who fails for want of proof, on which side, by which norm and for which reason."""

    party: str
    side: Side
    under: str
    ground: str
    says: Text = field(metadata=UNSAID)


@dataclass(frozen=True)
class Unproved(DisputedFact):
    """A fact that stays unproved: who fails for it, and the sides that are inferred, with their sentences.

    The effects say what proof of it alone would have changed, all the other facts still unproved.
    """

    fails: Sequence[Failing] = ()
    inferred: Sequence[str] = ()
    inference: Sequence[Text] = field(default=(), metadata=UNSAID)


def disputed(case: CaseFile) -> list[Symbol]:
    """The facts of a case that are in dispute, in its order."""
    return [atoms.fact_symbol(case.id, fact) for fact in case.facts if fact.status == "disputed"]


def outcome_of(program: GroundProgram, case: str, assumptions: Sequence[int]) -> Outcome:
    """What is owed under some assumptions; nothing where they cannot hold together."""
    possible = program.consequences(assumptions, "brave") or []
    certain = set(program.consequences(assumptions, "cautious") or [])
    owed = {symbol for symbol in possible if symbol.name == "owed" and str(symbol.arguments[0]) == case}
    return {Key.of(symbol): "certain" if symbol in certain else "possible" for symbol in owed}


def effect(before: Outcome, after: Outcome) -> Effect:
    """The difference between two outcomes."""
    adds = [key for key, status in after.items() if status == "certain" and before.get(key) != "certain"]
    adds += [key for key, status in after.items() if status == "possible" and key not in before]
    return Effect(tuple(sorted(adds)), tuple(sorted(key for key in before if key not in after)))


def unproved(world: World, case: CaseFile, choice: Choice) -> list[Unproved]:
    """Each disputed fact where none is proved. `world` asks with `non_liquet`."""
    facts = world.alone(case).given() + case_program(world.base, case) + atoms.plain([("open_to_proof", ())])
    program = GroundProgram(world.base.rule_files, facts, as_if_in_force=world.as_if_in_force)
    taken, supposed = program.assume(choice.positions), program.literals("found")
    before = outcome_of(program, case.id, [*taken, *(-literal for literal in supposed.values())])

    def after(fact: Symbol, side: Side) -> Effect:
        wanted = atoms.function("found", atoms.constant(case.id), fact, atoms.constant(side))
        others = [literal if symbol == wanted else -literal for symbol, literal in supposed.items()]
        return effect(before, outcome_of(program, case.id, [*taken, *others]))

    findings = world.findings(case.id, choice.positions)
    phrases = Phrases(world.base, case.names())
    return [
        Unproved(
            fact,
            phrases.atom(fact),
            after(fact, "so"),
            after(fact, "not_so"),
            tuple(_failing(world, findings, fact)),
            tuple(world.read(finding.atom).side for finding in _about(findings, "inferred", fact)),
            tuple(finding.says for finding in _about(findings, "inferred", fact)),
        )
        for fact in disputed(case)
    ]


def _about(findings: Sequence[Finding], name: str, fact: Symbol) -> list[Finding]:
    return [finding for finding in findings if finding.kind == name and fact in finding.atom.arguments]


def _failing(world: World, findings: Sequence[Finding], fact: Symbol) -> Iterator[Failing]:
    for finding in _about(findings, "fails", fact):
        row = world.read(finding.atom)
        side: Side = "so" if row.side == "so" else "not_so"
        yield Failing(row.party, side, row.under, row.ground, finding.says)
