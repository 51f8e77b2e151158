"""Two readings of a case set against each other: what both prove, once, and what each proves from where they part.

For each liability that one reading has and the other has not (or has less surely), two answer sets are met: one of the
first reading in which it holds, and one of the second in which it does not, the same in all that both leave open. What
holds in both is shared and is proved once; the rest of the proof is what holds on its side only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pyliab.asp.reasons import Meeting, Reasons
from pyliab.asp.symbols import Symbol
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice
from pyliab.law.liability import Key, Liability
from pyliab.law.proof import Explainer, ProofProgram, Step
from pyliab.law.world import World
from pyliab.questions.attempts import Attempt, Missing
from pyliab.questions.lacking import Lacking
from pyliab.questions.trunk import Cut

_SURE = {"possible": 1, "certain": 2}


@dataclass
class Side:
    """What one reading has beyond the other, and what it lacks of the other.

    `proofs` has for each liability its proofs, in which what is shared is closed (`shown`). `parts_at` are the lowest
    steps that hold on this side only, and `turns_on` the conditions (positions, or `not ..`) that they hold by. `lacks`
    are the conditions of the other side's proofs that fail here, where no step of this side answers to them; `attempts`
    are this reading's own ways to a liability, where it comes to none.
    """

    reading: str
    liabilities: list[Liability] = field(default_factory=list)
    proofs: list[list[Step]] = field(default_factory=list)
    parts_at: list[str] = field(default_factory=list)
    turns_on: list[str] = field(default_factory=list)
    lacks: list[Missing] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Plain data; each liability has its own proofs."""
        return {
            "reading": self.reading,
            "liabilities": [
                {**one.to_json(), "proofs": [proof.to_json() for proof in proofs]}
                for one, proofs in zip(self.liabilities, self.proofs, strict=True)
            ],
            "parts_at": self.parts_at,
            "turns_on": self.turns_on,
            "lacks": [missing.to_json() for missing in self.lacks],
            "attempts": [attempt.to_json() for attempt in self.attempts],
        }


@dataclass
class Contrast:
    """Two readings of a case: the sub-proofs that both share, and the two sides."""

    shared: list[Step]
    first: Side
    second: Side

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "shared": [step.to_json() for step in self.shared],
            "first": self.first.to_json(),
            "second": self.second.to_json(),
        }


class Proofs:
    """The proofs of the liabilities of one case, each reading's made once."""

    def __init__(self, inquiry: World, case: CaseFile) -> None:
        self.inquiry, self.case = inquiry, case
        self.program = ProofProgram(inquiry, case)
        self._made: dict[tuple[str, Key], tuple[Liability, Reasons, list[Step]]] = {}

    def of(self, choice: Choice, liability: Liability) -> tuple[Liability, Reasons, list[Step]]:
        """The liability with what carries it, an answer set with it, and its proofs, one for each basis."""
        wanted = choice.name, liability.key
        if wanted not in self._made:
            carried = self.inquiry.carried(self.case.id, choice, liability)
            reasons = self.program.reasons(choice, carried)
            self._made[wanted] = carried, reasons, Explainer(self.program, choice).trees(reasons, carried)
        return self._made[wanted]


def contrast(proofs: Proofs, a: Choice, b: Choice, found: dict[str, list[Liability]]) -> Contrast:
    """Set two readings against each other; `found` has the liabilities of each by its name."""
    return _Contrasting(proofs, found).of(a, b)


def beyond(found: Sequence[Liability], against: Sequence[Liability]) -> list[Liability]:
    """The liabilities that do not stand there against it, or less surely, the certain ones first."""
    sure = {one.key: _SURE[one.status] for one in against}
    return sorted(
        (one for one in found if _SURE[one.status] > sure.get(one.key, 0)), key=lambda one: (one.status, one.key)
    )


class _Contrasting:
    """Two readings at work: the trunk grows with each proof that is cut."""

    def __init__(self, proofs: Proofs, found: dict[str, list[Liability]]) -> None:
        self.proofs, self.found = proofs, found
        self.trunk: dict[Symbol, Step] = {}
        self.shared: list[Step] = []

    def of(self, a: Choice, b: Choice) -> Contrast:
        """First what each has, then what it lacks: the steps of the one may answer to those of the other."""
        (first, cuts_of_a), (second, cuts_of_b) = self._has(a, b), self._has(b, a)
        self._lacks(first, a, second, b, cuts_of_b)
        self._lacks(second, b, first, a, cuts_of_a)
        return Contrast(self.shared, first, second)

    def _has(self, one: Choice, other: Choice) -> tuple[Side, list[Cut]]:
        side, cuts = Side(one.name), []
        for liability in beyond(self.found[one.name], self.found[other.name]):
            carried, here, roots = self.proofs.of(one, liability)
            there = self.proofs.program.reasons_without(other, liability.key, here)
            cut = Cut(self.proofs.program, one, other, Meeting(here, there), self.trunk)
            side.liabilities.append(carried)
            side.proofs.append([cut.upper(root) for root in roots])
            self.shared += cut.shared
            side.parts_at += (text for text in cut.parts_at if text not in side.parts_at)
            side.turns_on += (leaf.atom for leaf in cut.leaves if leaf.atom not in side.turns_on)
            cuts.append(cut)
        return side, cuts

    def _lacks(self, side: Side, one: Choice, against: Side, other: Choice, cuts: list[Cut]) -> None:
        failing = [(cut.meeting, leaf) for cut in cuts for leaf in cut.leaves]
        lacking = Lacking(self.proofs.program, one, other, self.trunk)
        side.lacks = lacking.conditions(failing, side.turns_on)
        self.shared += lacking.shared
        between = {liability.key[:2] for liability in against.liabilities}
        if side.lacks and not between & {liability.key[:2] for liability in self.found[one.name]}:
            side.attempts = lacking.attempts([cut.meeting for cut in cuts], between)
