"""The debate on an issue: which positions stand under an ordering of the canons, and what ordering they would need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from pyliab.asp import symbols as atoms
from pyliab.asp.open_facts import analysis_file
from pyliab.asp.program import ChoiceProgram
from pyliab.kb.base import KnowledgeBase, not_listed
from pyliab.kb.model import ArgumentKind, Position
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError, unknown
from pyliab.text.say import say

CANONS: tuple[str, ...] = get_args(ArgumentKind)
VERDICTS = ("stands", "contested", "falls")


@dataclass
class Standing:
    """One position: its verdict under the ordering, the orderings under which it stands, and whether any could help.

    `needs` lists the minimal sets of priorities (canon, lower canon), each of which by itself makes the position stand.
    """

    position: str
    verdict: str
    needs: list[list[tuple[str, str]]]
    always: bool
    never: bool

    def to_json(self) -> dict[str, Any]:
        """Plain data; a priority is written `textual>value`."""
        needs = [[f"{high}>{low}" for high, low in priority] for priority in self.needs]
        return {**vars(self), "needs": needs}


def ordering(names: Sequence[str]) -> list[str]:
    """A full ordering of the canons from the ones named first; the rest follow in their usual order."""
    for name in names:
        if name not in CANONS:
            raise InputError(unknown(say("{given} is no canon{near} (there are: {known})"), name, CANONS))
    if len(set(names)) < len(names):
        raise InputError(say("a canon can stand in the ordering once"))
    return [*names, *(canon for canon in CANONS if canon not in names)]


def debate(base: KnowledgeBase, issue: str, order: Sequence[str]) -> list[Standing]:
    """Every position of the issue under the ordering (highest canon first)."""
    if issue not in base.issues:
        raise InputError(not_listed(base, issue))
    positions = base.issues[issue].positions
    file = analysis_file("debate.lp")
    program = ChoiceProgram([file], atoms.plain(_facts(positions)), "above")
    taken = [program.choices[pair] for pair in program.choices if order.index(pair[0]) < order.index(pair[1])]
    held = {str(symbol) for symbol in program.consequences(taken, "cautious") or []}
    return [_standing(program, held, name, positions[name]) for name in positions]


def _facts(positions: Mapping[str, Position]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, position in positions.items():
        yield "candidate", (name,)
        for side, word in ((position.for_, "pro"), (position.against, "con")):
            for i, argument in enumerate(side):
                yield word, (name, f"{word}_{name}_{i}", argument.kind)


def _standing(program: ChoiceProgram, held: set[str], name: str, position: Position) -> Standing:
    verdict = next(word for word in VERDICTS if f"{word}({name})" in held)
    goal = program.literal(atoms.parse(f"stands({name})"))
    needs = _needs(program, goal, position) if goal else []
    return Standing(name, verdict, needs, always=needs == [[]], never=not needs)


def _needs(program: ChoiceProgram, goal: int, position: Position) -> list[list[tuple[str, str]]]:
    """Minimal priorities under which the position stands: for each canon that speaks for it, to outrank all objections."""
    if not program.satisfiable([-goal]):
        return [[]]
    against = {argument.kind for argument in position.against}
    names = {literal: pair for pair, literal in program.choices.items()}
    priorities: list[list[tuple[str, str]]] = []
    for canon in dict.fromkeys(argument.kind for argument in position.for_):
        wanted = [program.choices[canon, other] for other in against if (canon, other) in program.choices]
        if canon not in against and program.satisfiable([*wanted, goal]) and not program.satisfiable([*wanted, -goal]):
            priorities.append(sorted(names[literal] for literal in program.carries(goal, wanted)))
    return [priority for priority in priorities if not any(set(other) < set(priority) for other in priorities)]
