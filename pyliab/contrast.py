"""Two readings of a case set against each other: what both prove, once, and what each proves from where they part.

For each liability that one reading has and the other has not (or has less surely), two answer sets are met: one of the
first reading in which it holds, and one of the second in which it does not, the same in all that both leave open. What
holds in both is shared and is proved once; the rest of the proof is what holds on its side only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from pyliab.asp import atoms
from pyliab.asp.atoms import Symbol
from pyliab.asp.reasons import Meeting, Reasons
from pyliab.attempts import Missing, Why
from pyliab.derive import Inquiry, Key, Liability
from pyliab.explain import Explainer, ProofProgram, Step
from pyliab.facts import CaseFile
from pyliab.phrase import LANGS
from pyliab.readings import Choice

_SURE = {"possible": 1, "certain": 2}


@dataclass
class Side:
    """What one reading has beyond the other, and what it lacks of the other.

    `proofs` has for each liability its proofs, in which what is shared is closed (`shown`). `parts_at` are the lowest
    steps that hold on this side only, and `turns_on` the conditions (positions, or `not ..`) that they hold by. `lacks`
    are the conditions of the other side's proofs that fail here, where no step of this side answers to them.
    """

    reading: str
    liabilities: list[Liability] = field(default_factory=list)
    proofs: list[list[Step]] = field(default_factory=list)
    parts_at: list[str] = field(default_factory=list)
    turns_on: list[str] = field(default_factory=list)
    lacks: list[Missing] = field(default_factory=list)

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

    def __init__(self, inquiry: Inquiry, case: CaseFile) -> None:
        self.inquiry, self.case = inquiry, case
        self.program = ProofProgram(inquiry, case)
        self._made: dict[tuple[str, Key], tuple[Reasons, list[Step]]] = {}

    def of(self, choice: Choice, liability: Liability) -> tuple[Reasons, list[Step]]:
        """An answer set with the liability, and its proofs, one for each basis. Notes on the liability what carries it."""
        wanted = choice.name, liability.key
        if wanted not in self._made:
            liability.positions, liability.facts = self.inquiry.carriers(self.case.id, choice, liability)
            reasons = self.program.reasons(choice, liability)
            self._made[wanted] = reasons, Explainer(self.program, choice).trees(reasons, liability)
        return self._made[wanted]


def contrast(proofs: Proofs, a: Choice, b: Choice, found: dict[str, list[Liability]]) -> Contrast:
    """Set two readings against each other; `found` has the liabilities of each by its name."""
    trunk: dict[Symbol, Step] = {}
    shared: list[Step] = []
    sides = {one.name: Side(one.name) for one in (a, b)}
    failing: dict[str, list[tuple[Meeting, Step]]] = {a.name: [], b.name: []}
    for one, other in ((a, b), (b, a)):
        side = sides[one.name]
        for liability in beyond(found[one.name], found[other.name]):
            here, roots = proofs.of(one, liability)
            there = proofs.program.reasons_without(other, liability.key, here)
            cut = _Cut(proofs.program, one, other, Meeting(here, there), trunk)
            side.liabilities.append(liability)
            side.proofs.append([cut.upper(root) for root in roots])
            shared += cut.shared
            side.parts_at += (text for text in cut.parts_at if text not in side.parts_at)
            side.turns_on += (leaf.atom for leaf in cut.leaves if leaf.atom not in side.turns_on)
            failing[other.name] += [(cut.meeting, leaf) for leaf in cut.leaves]
    for one, other in ((a, b), (b, a)):
        lacking = _Lacking(proofs.program, one, other, trunk)
        sides[one.name].lacks = lacking.found(failing[one.name], sides[one.name].turns_on)
        shared += lacking.shared
    return Contrast(shared, sides[a.name], sides[b.name])


def beyond(found: Sequence[Liability], against: Sequence[Liability]) -> list[Liability]:
    """The liabilities that do not stand there against it, or less surely, the certain ones first."""
    sure = {one.key: _SURE[one.status] for one in against}
    return sorted(
        (one for one in found if _SURE[one.status] > sure.get(one.key, 0)), key=lambda one: (one.status, one.key)
    )


class _Trunk(Explainer):
    """Proves what two readings share. What both conclude, each by another rule, is a step `agreed` with two grounds."""

    def __init__(self, cut: _Cut) -> None:
        super().__init__(cut.program, cut.one)
        self.cut = cut

    def _leaf(self, reasons: Reasons, atom: Symbol, shown: dict[Symbol, Step]) -> Step:
        meeting = self.cut.meeting
        if meeting.here.support(atom) is None:
            return super()._leaf(reasons, atom, shown)
        step = shown[atom] = Step("agreed", str(atom), self.phrases.atom(atom))
        for choice, side in ((self.cut.one, meeting.here), (self.cut.other, meeting.there)):
            proof = Explainer(self.proofs, choice).proof_of(side, atom)
            own = replace(proof, of=[self.cut.below(child, partial(self._share, shown)) for child in proof.of])
            step.of.append(Step("ground", choice.name, dict.fromkeys(LANGS, choice.name), of=[own]))
        return step

    def _share(self, shown: dict[Symbol, Step], step: Step) -> Step:
        """What is shared beneath a ground is proved in its place."""
        return self.proof_of(self.cut.meeting, symbol(step), shown)

    def _standing(self, issue: str) -> str:
        """`both` and `one`: both answer the issue, if only one of itself; or only one does."""
        one, other = self.cut.one.standing(issue), self.cut.other.standing(issue)
        return one if one == other else "one" if "open" in (one, other) else "both"


class _Cut:
    """Cuts a proof of one reading where the other goes along, and proves there what both share."""

    def __init__(
        self, program: ProofProgram, one: Choice, other: Choice, meeting: Meeting, trunk: dict[Symbol, Step]
    ) -> None:
        self.program, self.one, self.other, self.meeting, self.trunk = program, one, other, meeting, trunk
        self.shared: list[Step] = []
        self.parts_at: list[str] = []
        self.leaves: list[Step] = []

    def upper(self, step: Step) -> Step:
        """A proof without what is beneath shared steps; notes where it parts, and by which conditions."""
        cut = self.below(step, self.close)
        for one in cut.walk():
            if one.kind == "rule" and not one.shown:
                own = [leaf for leaf in _conditions(one) if not self._holds(leaf)]
                if not any(leaf.kind == "rule" for leaf in own) and one.atom not in self.parts_at:
                    self.parts_at.append(one.atom)
                self.leaves += [leaf for leaf in own if leaf.kind != "rule" and leaf not in self.leaves]
        return cut

    def below(self, step: Step, share: Callable[[Step], Step]) -> Step:
        """The step with all beneath it, each shared step as `share` has it."""
        if step.kind == "rule" and self._holds(step):
            return share(step)
        return replace(step, of=[self.below(child, share) for child in step.of])

    def close(self, step: Step) -> Step:
        """A shared step without what is beneath it, which is proved in the trunk."""
        if symbol(step) not in self.trunk:
            self.shared.append(_Trunk(self).proof_of(self.meeting, symbol(step), self.trunk))
        return replace(step, of=[], shown=True)

    def _holds(self, step: Step) -> bool:
        """Does a step or a condition hold in both answer sets?"""
        both = self.meeting
        if step.kind in ("rule", "fact", "position"):
            return symbol(step) in both.true
        return step.kind != "absent" or symbol(step) not in both.here.true | both.there.true


def symbol(step: Step) -> Symbol:
    """The atom a step is about; of a step `absent`, the one that is not found."""
    if step.kind == "position":
        return atoms.function("position", *(atoms.constant(name) for name in step.atom.split("=")))
    return atoms.parse(step.atom.removeprefix("not "))


def _conditions(step: Step) -> Iterator[Step]:
    """The conditions of a rule, those behind an aggregate among them."""
    for child in step.of:
        if child.kind == "set":
            yield from _conditions(child)
        else:
            yield child


class _Lacking:
    """Says which conditions of the other reading's proofs fail under a reading, and what would accept them."""

    def __init__(self, program: ProofProgram, one: Choice, other: Choice, trunk: dict[Symbol, Step]) -> None:
        self.program, self.one, self.other, self.trunk = program, one, other, trunk
        self.shared: list[Step] = []

    def found(self, failing: Sequence[tuple[Meeting, Step]], own: Sequence[str]) -> list[Missing]:
        """Each failing condition once; a position to which a step of this side answers goes without saying."""
        answered = {name.partition("=")[0] for name in own if "=" in name}
        found: dict[str, Missing] = {}
        for meeting, leaf in failing:
            if leaf.atom not in found and not (leaf.kind == "position" and leaf.atom.partition("=")[0] in answered):
                found[leaf.atom] = self._missing(meeting, leaf)
        return list(found.values())

    def _missing(self, meeting: Meeting, leaf: Step) -> Missing:
        if leaf.kind == "position":
            return self._position(leaf)
        if leaf.kind == "absent":
            return self._in_the_way(meeting, leaf)
        needs = "proved" if atoms.parse(leaf.atom).positive else "disproved"
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
        cut = _Cut(self.program, self.one, self.other, Meeting(meeting.there, meeting.here), self.trunk)
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
