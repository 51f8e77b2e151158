"""What the proofs of two readings share, and a proof cut where the other reading no longer goes along."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from pyliab.asp.reasons import Meeting, Reasons
from pyliab.asp.symbols import Symbol
from pyliab.kb.reading import Choice
from pyliab.law.proof import Explainer, ProofProgram, Step
from pyliab.law.words import LANGS


class _Trunk(Explainer):
    """Proves what two readings share. What both conclude, each by another rule, is a step `agreed` with two grounds."""

    def __init__(self, cut: Cut) -> None:
        super().__init__(cut.program, cut.one)
        self.cut = cut

    def _leaf(self, reasons: Reasons, atom: Symbol, shown: dict[Symbol, Step]) -> Step:
        meeting = self.cut.meeting
        if meeting.here.support(atom) is None:
            return super()._leaf(reasons, atom, shown)
        grounds: list[Step] = []
        step = shown[atom] = Step("agreed", str(atom), self.phrases.atom(atom), of=grounds, symbol=atom)
        for choice, side in ((self.cut.one, meeting.here), (self.cut.other, meeting.there)):
            proof = Explainer(self.proofs, choice).proof_of(side, atom)
            own = replace(proof, of=[self.cut.below(child, partial(self._share, shown)) for child in proof.of])
            grounds.append(Step("ground", choice.name, dict.fromkeys(LANGS, choice.name), of=[own]))
        return step

    def _share(self, shown: dict[Symbol, Step], step: Step) -> Step:
        """What is shared beneath a ground is proved in its place."""
        return self.proof_of(self.cut.meeting, symbol(step), shown)

    def _standing(self, issue: str) -> str:
        """`both` and `one`: both answer the issue, if only one of itself; or only one does."""
        one, other = self.cut.one.standing(issue), self.cut.other.standing(issue)
        return one if one == other else "one" if "open" in (one, other) else "both"


class Cut:
    """Cuts a proof of one reading where the other goes along, and proves there what both share."""

    def __init__(
        self, program: ProofProgram, one: Choice, other: Choice, meeting: Meeting, trunk: dict[Symbol, Step]
    ) -> None:
        self.program, self.one, self.other, self.meeting, self.trunk = program, one, other, meeting, trunk
        self.shared: list[Step] = []
        self.parts_at: list[str] = []
        self._deciding: list[Step] = []
        self._more: list[Step] = []

    def upper(self, step: Step) -> Step:
        """A proof without what is beneath shared steps; notes where it parts, and by which conditions."""
        cut = self.below(step, self.close)
        for one in cut.walk():
            if one.kind == "rule" and not one.shown:
                self._note(one)
        return cut

    @property
    def leaves(self) -> list[Step]:
        """The conditions that do not hold in the other answer set, those of the lowest steps first; each once."""
        return list({leaf.atom: leaf for leaf in [*self._deciding, *self._more]}.values())

    def _note(self, step: Step) -> None:
        own = [condition for condition in _conditions(step) if not self._holds(condition)]
        lowest = not any(condition.kind == "rule" for condition in own)
        if lowest and step.atom not in self.parts_at:
            self.parts_at.append(step.atom)
        (self._deciding if lowest else self._more).extend(leaf for leaf in own if leaf.kind != "rule")

    def below(self, step: Step, share: Callable[[Step], Step]) -> Step:
        """The step with all beneath it, each shared step as `share` has it."""
        if step.kind == "rule" and self._holds(step):
            return share(step)
        return replace(step, of=[self.below(child, share) for child in step.of])

    def close(self, step: Step) -> Step:
        """A shared step without what is beneath it, which is proved in the trunk."""
        if symbol(step) not in self.trunk:
            self.shared.append(_Trunk(self).proof_of(self.meeting, symbol(step), self.trunk))
        return replace(step, of=[], shown=True, status="shared")

    def _holds(self, step: Step) -> bool:
        """Does a step or a condition hold in both answer sets?"""
        both = self.meeting
        if step.kind in ("rule", "fact", "position"):
            return symbol(step) in both.true
        return step.kind != "absent" or symbol(step) not in both.here.true | both.there.true


def symbol(step: Step) -> Symbol:
    """The atom a step is about; of a step `absent`, the one that is not found."""
    assert step.symbol is not None, step
    return step.symbol


def _conditions(step: Step) -> Iterator[Step]:
    """The conditions of a rule, those behind an aggregate among them."""
    for child in step.of:
        if child.kind == "set":
            yield from _conditions(child)
        else:
            yield child
