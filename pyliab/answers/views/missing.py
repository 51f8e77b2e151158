"""Proofs in another world, with what does not hold in this one: attempts at a liability, and what each lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace

from pyliab.answers.blocks import Node, Span, joined
from pyliab.answers.terms import FOUND
from pyliab.answers.views.proof import Proof
from pyliab.answers.wording import Wording
from pyliab.law.proof import Mark, Step
from pyliab.questions.flip import Flip
from pyliab.questions.open_case import Repair
from pyliab.questions.two_worlds import unmet
from pyliab.questions.why_not import Attempt
from pyliab.text.later import dataclass
from pyliab.text.say import EMPTY, Text, listed, say, words

DEPTH = 2
"""How far a proof of what stands in the way is opened."""
WHY = {
    "not stated": say("not stated"),
    "not met": say("not met"),
    "not so read": say("not so read"),
    "open": say("left open"),
}
NEEDS = {
    "proved": say("has to be proved: "),
    "disproved": say("has to be disproved: "),
    "absent": say("must not be: "),
    "taken": say("takes the position: "),
    "in force": say("has to be in force: "),
    "derived": EMPTY,
}


@dataclass
class Missing:
    """Attempts and what they lack as nodes; what was opened once is not opened again."""

    wording: Wording
    proof: Proof
    shown: set[str] = field(default_factory=set)

    def attempt(self, attempt: Attempt) -> Node:
        """The rule, and what it lacks; rules that only pass on what another one concludes are left out."""
        outer, inner = attempt.proof, _inner(attempt.proof)
        below = tuple(self.step(step) for step in unmet(inner))
        if inner is not outer:
            below = (replace(self._rule(inner), children=below),)
        return replace(self._rule(outer), children=(*below, *self._notes(attempt)))

    def _notes(self, attempt: Attempt) -> Iterator[Node]:
        for other in attempt.other:
            yield _note(say("or as near:"), "possible", listed(changes(other, self.wording)))
        if attempt.undone_by:
            yield _note(say("but with all this:"), "missing", listed(attempt.undone_by))
            yield _note(say("so it takes together:"), "missing", listed(changes(attempt.change, self.wording)))

    def _rule(self, step: Step) -> Node:
        """A rule, how many of its conditions are met, and the words it rests on."""
        provisions = ((self.wording.provision(name), quoted) for name, quoted in step.words.items())
        every, met = len(step.of), len(step.of) - len(unmet(step))
        counted = (Span(say(" ({met} of {every} conditions met)", met=met, every=every), "dim"),) if met > 0 else ()
        cites = self.wording.citations(step.cites)
        return Node("rule", words(step.says), rule=step.rule, cites=cites, remarks=counted, quotes=tuple(provisions))

    def step(self, step: Step) -> Node:
        """A condition that is not met, with what it lacks and what stands in its way."""
        mark = step.mark or Mark("not met", "derived")
        again = step.atom in self.shown and bool(step.of or mark.in_the_way or step.shown)
        says = joined([NEEDS[mark.needs], words(step.says), *_instead(mark)])
        node = self._rule(step) if step.kind == "rule" and step.of and not again else Node(step.kind, says)
        accepted = mark.accepted_by if mark.needs != "taken" else ()
        remarks = [*node.remarks]
        if accepted:
            positions = listed(map(self.wording.position, accepted))
            remarks.append(Span(say("; it would do to take: {positions}", positions=positions), "own"))
        if again:
            remarks.append(Span(say(" (shown above)"), "dim"))
        below = () if again else self._below(step, mark)
        why = say("[{why}]", why=WHY[mark.why])
        return replace(node, says=says, mark=why, role=mark.why, remarks=tuple(remarks), children=below)

    def _below(self, step: Step, mark: Mark) -> tuple[Node, ...]:
        self.shown.add(step.atom)
        lacking = tuple(self.step(child) for child in unmet(step))
        return (*lacking, *(self.proof.node(_to_depth(child, DEPTH)) for child in mark.in_the_way))


def _instead(mark: Mark) -> list[Text]:
    """How it is in this world."""
    if not mark.instead:
        return []
    label = say("; the reading takes: ") if mark.needs == "taken" else say("; the case: ")
    return [label, listed(mark.instead)]


def _note(label: Text, role: str, says: Text) -> Node:
    return Node("note", says, label, role)


def _inner(step: Step) -> Step:
    """Where the attempt really fails."""
    while len(failing := unmet(step)) == 1 and failing[0].kind == "rule" and failing[0].of:
        step = failing[0]
    return step


def _to_depth(step: Step, depth: int) -> Step:
    """The upper steps of a proof; the whole of it is in the JSON."""
    return replace(step, of=[_to_depth(child, depth - 1) for child in step.of] if depth else [])


def changes(change: Repair | Flip, wording: Wording) -> Iterator[Text]:
    """One row for each position taken and each fact supposed."""
    for issue, position in change.positions.items():
        yield say("position: {position}", position=wording.position(f"{issue}={position}"))
    for fact in change.facts:
        now, so_far = FOUND[fact.status], FOUND[fact.instead_of]
        yield say("fact [{now}]: {says} (so far: {so_far})", now=now, says=fact.says, so_far=so_far)
    if isinstance(change, Repair) and change.today:
        yield say("as if the law of today had been in force")
