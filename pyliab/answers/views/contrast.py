"""Two readings set against each other: what both prove, then each side from where they part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pyliab.answers.blocks import Block, Heading, Tree, para
from pyliab.answers.terms import STATUS
from pyliab.answers.views.missing import Missing
from pyliab.answers.views.proof import Proof
from pyliab.answers.wording import Wording
from pyliab.law.liability import Liability
from pyliab.law.proof import Step
from pyliab.questions.contrast import Contrast, Side
from pyliab.text.say import EMPTY, Text, listed, same, say

OPENED = 2
"""So many attempts, and liabilities that are only possible, are opened; of more of these it is told on what they turn."""


def contrasted(case: str, liable: dict[str, bool], contrast: Contrast, wording: Wording) -> Iterator[Block]:
    """The shared proofs once, then the two sides. `liable` says under which readings there is a liability at all."""
    if contrast.shared:
        command = wording.command("explain", case, "-r", contrast.first.reading)
        yield Heading(say("What both readings prove (whole in {command})", command=command))
        trunk = Proof(wording, telling=())
        yield Tree(EMPTY, tuple(trunk.node(_opened(step)) for step in contrast.shared))
    for side, other in ((contrast.first, contrast.second), (contrast.second, contrast.first)):
        proof = Proof(wording, side.parts_at, {*side.turns_on, *other.turns_on})
        yield from _side(side, liable[side.reading], proof, wording)


def _side(side: Side, liable: bool, proof: Proof, wording: Wording) -> Iterator[Block]:
    if side.liabilities or side.lacks:
        yield Heading(same(side.reading))
    possible = sum(beyond.liability.status == "possible" for beyond in side.liabilities)
    for beyond in side.liabilities:
        brief = beyond.liability.status == "possible" and possible > OPENED
        yield para(_owes(side, beyond.liability, brief, wording), depth=1)
        if not brief:
            yield Tree(EMPTY, tuple(map(proof.node, beyond.proofs)))
    if side.lacks:
        fails = say("What the other side proves fails here:")
        yield para(fails if liable else say("No liability; what the other side proves fails here:"), depth=1)
        yield Tree(EMPTY, tuple(map(Missing(wording, proof).step, side.lacks)))
    if side.attempts:
        yield para(say("Nor is there what this reading itself asks for:"), depth=1)
        yield Tree(EMPTY, tuple(map(Missing(wording, proof).attempt, side.attempts[:OPENED])))


def _opened(step: Step) -> Step:
    """A shared proof in short: as long as one conclusion rests on one other, and then the conditions; no deeper."""
    rules = [child for child in step.of if child.kind == "rule"]
    if len(rules) == 1 and not any(child.kind in ("fact", "position") for child in step.of):
        return replace(step, words={}, of=[_opened(rules[0])])
    return replace(step, of=[replace(child, of=[], shown=False) for child in step.of])


def _owes(side: Side, liability: Liability, brief: bool, wording: Wording) -> Text:
    """A liability as a clause, with its certainty, and in brief with the positions on which it turns here."""
    owed = say("{says} ({mark})", says=wording.liability(liability), mark=STATUS[liability.status])
    if not brief:
        return owed
    turning = [name for name in liability.positions if name in side.turns_on]
    positions = listed(map(wording.position, turning or liability.positions))
    return say("{owed}, if it is read so: {positions}", owed=owed, positions=positions)
