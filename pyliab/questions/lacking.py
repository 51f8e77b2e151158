"""What the proofs of another reading fail by under a reading, and what its own law asks for instead."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pyliab.asp.open_facts import candidates, stated
from pyliab.asp.reasons import Meeting
from pyliab.asp.symbols import Symbol
from pyliab.kb.reading import Choice
from pyliab.law.proof import Explainer, ProofProgram, Step
from pyliab.law.words import LANGS
from pyliab.questions.attempts import Attempt, Attempts, Missing, Why
from pyliab.questions.trunk import Cut, symbol

NEAR = 2
"""An own way to a liability that lacks more conditions says little of why there is none."""


class Lacking:
    """Says which conditions of the other reading's proofs fail under a reading, and what would accept them."""

    def __init__(self, program: ProofProgram, one: Choice, other: Choice, trunk: dict[Symbol, Step]) -> None:
        self.program, self.one, self.other, self.trunk = program, one, other, trunk
        self.shared: list[Step] = []

    def conditions(self, failing: Sequence[tuple[Meeting, Step]], own: Sequence[str]) -> list[Missing]:
        """Each failing condition once; a position to which a step of this side answers goes without saying."""
        answered = {name.partition("=")[0] for name in own if "=" in name}
        found: dict[str, Missing] = {}
        for meeting, leaf in failing:
            if leaf.atom not in found and not (leaf.kind == "position" and leaf.atom.partition("=")[0] in answered):
                found[leaf.atom] = self._missing(meeting, leaf)
        return list(found.values())

    def attempts(self, meetings: Sequence[Meeting], between: Collection[tuple[str, str]]) -> list[Attempt]:
        """By what this reading itself would have the same debtors owe the creditors, and what that lacks: nearest first.

        Only what rests on conclusions that the other reading does not draw, asks for no other position, and is near.
        """
        program, base = self.program, self.program.base
        own = {atom for meeting in meetings for atom in meeting.there.true - meeting.here.true}
        if not own:
            return []
        variables = [*stated(base, program.case), *candidates(base, program.case)]
        attempts = Attempts(program.inquiry, program.case, self.one, variables)
        found = [one for goal in attempts.goals() if goal[:2] in between for one in attempts.at(goal, own)]
        near = [one for one in found if one.lacks <= NEAR and all(leaf.needs != "taken" for leaf in one.leaves())]
        return sorted(near, key=lambda one: one.lacks)

    def _missing(self, meeting: Meeting, leaf: Step) -> Missing:
        if leaf.kind == "position":
            return self._position(leaf)
        if leaf.kind == "absent":
            return self._in_the_way(meeting, leaf)
        needs = "proved" if symbol(leaf).positive else "disproved"
        return Missing(leaf.atom, leaf.says, needs, "open")

    def _position(self, leaf: Step) -> Missing:
        issue = leaf.atom.partition("=")[0]
        taken = self.one.positions.get(issue)
        if taken is None:
            return Missing(leaf.atom, leaf.says, "taken", "open", [], [leaf.atom])
        instead = {lang: self.program.phrases.position(issue, taken, lang) for lang in LANGS}
        return Missing(leaf.atom, leaf.says, "taken", "not so read", [instead], [leaf.atom])

    def _in_the_way(self, meeting: Meeting, leaf: Step) -> Missing:
        """What must not be found is found under this reading: prove it as far as the other does not go along."""
        atom = symbol(leaf)
        cut = Cut(self.program, self.one, self.other, Meeting(meeting.there, meeting.here), self.trunk)
        proof = cut.below(Explainer(self.program, self.one).proof_of(meeting.there, atom), cut.close)
        self.shared += cut.shared
        accepted = self._accepting(atom)
        why: Why = "not so read" if accepted or not self.one.open_issues else "open"
        return Missing(leaf.atom, leaf.says, "absent", why, [], accepted, stands_in_the_way=[proof])

    def _accepting(self, atom: Symbol) -> list[str]:
        """The positions of the other reading each of which alone would take away what stands in the way."""
        literal = self.program.program.literal(atom) or 0
        found = []
        for issue, position in self.other.positions.items():
            if self.one.positions.get(issue) not in (None, position):
                held = self.program.program.assume({**self.one.positions, issue: position})
                if self.program.program.satisfiable(held) and not self.program.program.satisfiable([*held, literal]):
                    found.append(f"{issue}={position}")
        return found
