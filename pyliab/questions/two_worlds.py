"""A proof in one world held against another world: what holds in both is closed, and each step that does not is marked.

A world is a case under a reading, as it is or with changes. So a proof under one reading is held against another reading,
and a proof in the nearest world in which something follows against the world as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field, replace

from pyliab.asp import symbols as atoms
from pyliab.asp.reasons import Meeting, Reasons
from pyliab.asp.symbols import Symbol
from pyliab.kb.case import Fact
from pyliab.law.proof import Explainer, Mark, Needs, Step, Why
from pyliab.text.later import dataclass
from pyliab.text.say import Text, same, say

Share = Callable[[Step], Step]
"""What becomes of a step that holds in both worlds."""
STATED = {"proved": say("proved"), "disproved": say("disproved"), "disputed": say("in dispute")}
CHARGES: tuple[Why, ...] = ("not met", "not so read", "not stated")
"""Of the reasons why conditions of a conclusion fail, the one that is told of the conclusion."""


@dataclass(frozen=True)
class Models:
    """A world by its answer sets: what holds in every completion of the reading and of the facts in dispute, and in some.

    `explainer` explains in this world, by `reasons` where it is one answer set. `assumed` are its facts, and `switches` says
    which other positions would each, by itself, have an atom hold in it, or not hold. `otherwise` is told of what stands
    in the way here whatever single position is taken.
    """

    explainer: Explainer
    certain: frozenset[Symbol]
    possible: frozenset[Symbol]
    assumed: Sequence[int] = ()
    switches: Callable[[Symbol, bool], Iterable[tuple[str, str]]] = lambda *_: ()
    reasons: Reasons | None = None
    otherwise: Why = "not met"

    def meets(self, step: Step) -> bool:
        """Does a step, or a condition, hold in every completion? Comparisons do; of sets nothing can be said."""
        if step.kind == "absent":
            return symbol(step) not in self.possible
        return step.kind in ("compare", "set") or symbol(step) in self.certain

    def allows(self, step: Step) -> bool:
        """Does it hold in some completion?"""
        return symbol(step) not in self.certain if step.kind == "absent" else symbol(step) in self.possible

    def accepting(self, atom: Symbol, holds: bool) -> tuple[str, ...]:
        """Other positions each of which, by itself, would have the atom hold here, or not hold."""
        return tuple(f"{issue}={position}" for issue, position in self.switches(atom, holds))

    def proof_of(self, atom: Symbol) -> Step:
        """A proof of an atom that can hold here."""
        program, reasons = self.explainer.proofs.program, self.reasons
        if reasons is None:
            taken = program.assume(self.explainer.choice.positions)
            model = program.witness([*self.assumed, *taken, program.literal(atom) or 0])
            reasons = Reasons(model or (), self.explainer.proofs.rewritten)
        return self.explainer.proof_of(reasons, atom)


def symbol(step: Step) -> Symbol:
    """The atom a step is about; of a step `absent`, the one that is not found."""
    assert step.symbol is not None, step.kind
    return step.symbol


def closed(step: Step) -> Step:
    """A step that holds in both worlds, without what is beneath it."""
    return replace(step, of=[], shown=True, status="shared")


def unmet(step: Step) -> list[Step]:
    """The conditions of a step that fail in the other world, those behind an aggregate among them."""
    inner = (
        below for child in step.of for below in (unmet(child) if child.kind == "set" and not child.mark else [child])
    )
    return [child for child in inner if child.mark]


def leaves(step: Step) -> Iterator[Step]:
    """The conditions that fail in the end: what has to be otherwise for the step to hold there."""
    below = unmet(step)
    if step.mark and not below and not step.shown:
        yield step
    for child in below:
        yield from leaves(child)


def parting(step: Step) -> Iterator[Step]:
    """The lowest steps of a proof that do not hold in the other world: all their conclusions' conditions are leaves."""
    below = [child for child in unmet(step) if child.kind == "rule" and unmet(child)]
    if step.mark and step.kind == "rule" and not below:
        yield step
    for child in below:
        yield from parting(child)


def cut(step: Step, there: Models, share: Share) -> Step:
    """The step with all beneath it, each step that holds there as `share` has it; nothing is marked."""
    if step.kind == "rule" and there.meets(step):
        return share(step)
    return replace(step, of=[cut(child, there, share) for child in step.of])


class Held:
    """Holds proofs of one world `here` against another `there`."""

    def __init__(self, here: Models, there: Models, share: Share = closed) -> None:
        self.here, self.there, self.share = here, there, share
        self._rules: dict[str, Mark] = {}
        """The conclusions marked so far: one that is shown again is not opened again."""

    def mark(self, step: Step) -> Step:
        """The proof, closed where the other world goes along, and marked where it does not."""
        if step.kind == "set":
            return replace(step, of=[self.mark(child) for child in step.of])
        if self.there.meets(step):
            return self.share(step) if step.kind == "rule" else step
        return self._rule(step) if step.kind == "rule" else replace(step, mark=self._leaf(step))

    def _rule(self, step: Step) -> Step:
        if step.shown and step.atom in self._rules:
            return replace(step, mark=self._rules[step.atom])
        marked = self._opened(step)
        if marked.mark:
            self._rules[step.atom] = marked.mark
        return marked

    def _opened(self, step: Step) -> Step:
        step = replace(step, of=[self.mark(child) for child in step.of])
        failing = unmet(step)
        if not failing:
            sets = [replace(part, mark=Mark("not met", "derived")) if part.kind == "set" else part for part in step.of]
            step, failing = replace(step, of=sets), [part for part in sets if part.mark]
        if failing and all(part.kind == "law" for part in failing):
            return replace(step, of=[], mark=Mark("not met", "in force", (step.says,)))
        passes_on = len(failing) == 1 and failing[0].kind == "rule"
        accepted = () if passes_on else self.there.accepting(symbol(step), True)
        whys = {part.mark.why for part in failing if part.mark}
        why: Why = next((charge for charge in CHARGES if charge in whys), "open")
        if accepted:
            why = "open" if whys == {"open"} else "not so read"
        return replace(step, mark=Mark(why, "derived", (), accepted))

    def _leaf(self, step: Step) -> Mark:
        if step.kind == "position":
            return self._position(step)
        if step.kind == "absent":
            return self._in_the_way(step)
        return self._fact(step) if step.kind == "fact" else Mark("not met", "in force")

    def _position(self, step: Step) -> Mark:
        issue = step.atom.partition("=")[0]
        taken = self.there.explainer.choice.positions.get(issue)
        if taken is None:
            return Mark("open", "taken", (), (step.atom,))
        phrases = self.there.explainer.phrases
        return Mark("not so read", "taken", (phrases.position(issue, taken),), (step.atom,))

    def _fact(self, step: Step) -> Mark:
        """A fact that has to be proved, or disproved where the atom has a minus."""
        atom = symbol(step)
        needs: Needs = "proved" if atom.positive else "disproved"
        stated = self._told(atom)
        why: Why = "open" if self.there.allows(step) else "not met" if stated else "not stated"
        return Mark(why, needs, tuple(self._as_stated(fact) for fact in stated))

    def _told(self, atom: Symbol) -> list[Fact]:
        """The same fact as the case there states it; or with another date, for all time, or as another one of its scope."""
        case, predicate = self.there.explainer.case, self.there.explainer.base.vocabulary[atom.name]
        arguments, values = predicate.arguments[1:], tuple(atoms.value(value) for value in atom.arguments[1:])
        stated = [fact for fact in case.facts if fact.word == atom.name and fact.args == values]
        if predicate.one_per:
            places = [i for i, argument in enumerate(arguments) if argument.name in predicate.one_per]
        else:
            places = [i for i, argument in enumerate(arguments) if argument.type != "date"]
        return stated or [
            fact
            for fact in case.facts
            if fact.word == atom.name and all(fact.args[i] == values[i] for i in places) and len(places) < len(values)
            if not (atom.positive and fact.status == "disproved" and predicate.one_per)
        ]

    def _as_stated(self, fact: Fact) -> Text:
        case, phrases = self.there.explainer.case, self.there.explainer.phrases
        says = phrases.atom(atoms.fact_symbol(case.id, fact))
        return say("{says} ({standing})", says=says, standing=STATED[fact.status])

    def _in_the_way(self, step: Step) -> Mark:
        """Something must not be found, and is: prove it as far as this world does not go along."""
        atom, there = symbol(step), self.there
        accepted = there.accepting(atom, False)
        why: Why = "not so read" if accepted else there.otherwise if atom in there.certain else "open"
        return Mark(why, "absent", (), accepted, (cut(there.proof_of(atom), self.here, self.share),))


# --- what two worlds share ----------------------------------------------------------------------------------------------


@dataclass
class Trunk:
    """The conclusions that both of two worlds draw, each proved once.

    What both conclude, each by another rule, is a step `agreed` with two grounds.
    """

    shared: list[Step] = field(default_factory=list)
    shown: dict[Symbol, Step] = field(default_factory=dict)

    def between(self, here: Models, there: Models, meeting: Meeting) -> Share:
        """Closes a step, once what is beneath it is proved."""

        def share(step: Step) -> Step:
            if symbol(step) not in self.shown:
                proof = _Common(here, there, meeting).proof_of(meeting, symbol(step), self.shown)
                self.shared.append(proof)
            return closed(step)

        return share


class _Common(Explainer):
    """Proves what two worlds share."""

    def __init__(self, here: Models, there: Models, meeting: Meeting) -> None:
        super().__init__(here.explainer.proofs, here.explainer.choice)
        self.here, self.there, self.meeting = here, there, meeting

    def _leaf(self, reasons: Reasons, atom: Symbol, shown: dict[Symbol, Step]) -> Step:
        if self.meeting.here.support(atom) is None:
            return super()._leaf(reasons, atom, shown)
        grounds: list[Step] = []
        step = shown[atom] = Step("agreed", str(atom), self.phrases.atom(atom), of=grounds, symbol=atom)
        sides = ((self.here, self.there, self.meeting.here), (self.there, self.here, self.meeting.there))
        for world, against, side in sides:
            proof = world.explainer.proof_of(side, atom)
            own = replace(proof, of=[cut(child, against, self._in_place(shown)) for child in proof.of])
            name = world.explainer.choice.name
            grounds.append(Step("ground", name, same(name), of=[own]))
        return step

    def _in_place(self, shown: dict[Symbol, Step]) -> Share:
        """What is shared beneath a ground is proved in its place."""
        return lambda step: self.proof_of(self.meeting, symbol(step), shown)

    def _standing(self, issue: str) -> str:
        """`both` and `one`: both answer the issue, if only one of itself; or only one does."""
        here, there = (world.explainer.choice.standing(issue) for world in (self.here, self.there))
        return here if here == there else "one" if "open" in (here, there) else "both"
