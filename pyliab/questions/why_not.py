"""Why does a liability not follow, and what would have to be otherwise?

It is explained in the nearest world in which it does follow, under each norm: the proof there, held against the case and the
reading as they are, shows what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from functools import cached_property
from itertools import islice

from pyliab.asp import symbols as atoms
from pyliab.asp.changes import Change, ChangeProgram
from pyliab.asp.open_facts import candidates, of_case, stated
from pyliab.asp.reasons import Reasons
from pyliab.asp.symbols import Symbol
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice
from pyliab.law.liability import Asked, Key
from pyliab.law.proof import Explainer, Step
from pyliab.law.world import World
from pyliab.questions.open_case import FARTHEST, Goal, OpenCase, Owed, Repair, What, owed
from pyliab.questions.two_worlds import Held, Models, leaves, symbol
from pyliab.text.encode import UNSAID, Answer
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError, unknown
from pyliab.text.say import EMPTY, Text, listed, quoted, say

NAMED = 12
SPREAD = 2
"""A change that takes so many facts and positions more than the smallest is no longer near."""
WAYS = 3
"""So many of the nearest worlds under one norm are told, of as many as are looked at."""
MOST = 6
Near = tuple[list[Change], Sequence[Symbol]]
"""The nearest changes under one norm, and the atoms that say that it has the liability come about."""


@dataclass(frozen=True)
class Attempt:
    """The nearest world in which a norm brings the liability about: `basis` is the provision, and `lacks` what is changed.

    `proof` is the proof there, held against the case and the reading as they are: what does not hold is marked. `undone_by`
    says what would follow from what is missing and stand in the way, if nothing else were changed. `other` worlds are as near;
    `more` says that there are others beside them.
    """

    basis: str
    lacks: int
    change: Repair
    proof: Step
    undone_by: tuple[Text, ...] = ()
    other: tuple[Repair, ...] = ()
    more: bool = False

    def leaves(self) -> list[Step]:
        """What is missing in the end."""
        return list(leaves(self.proof))


@dataclass(frozen=True)
class WhyNot(Answer):
    """The answer. `status` is how the liability stands under the reading: certain, possible, or none.

    `farther` says that there are other norms, none of them nearer; `cut`, that other changes may be left.
    """

    case: str
    reading: str
    goal: Key
    holds: bool
    status: str
    outcome: tuple[Owed, ...]
    attempts: tuple[Attempt, ...] = ()
    farther: bool = False
    repairs: tuple[Repair, ...] = ()
    cut: bool = False
    asked: Asked = field(kw_only=True, metadata=UNSAID)


def why_not(
    world: World, case: CaseFile, choice: Choice, wanted: str, *, what: What = "both", limit: int = 10
) -> WhyNot:
    """Why the liability `wanted` (`debtor:form:creditor`, or a part) does not follow. Raises InputError if it names none.

    At most `limit` attempts, and as many changes.
    """
    parts = _parts(world.base, case, wanted)
    facts = [*stated(world.base, case), *candidates(world.base, case)]
    open_case = OpenCase(world, case, choice, facts, may_be_todays=True)
    attempts = Attempts(open_case)
    goal = one_goal(attempts, parts, wanted)
    outcome = {key: str(liability.status) for key, liability in world.outcomes(choice.positions)[case.id].items()}
    status = outcome.get(goal, "none")
    asked = Asked(world.base, case, choice, world.as_if_in_force)
    answer = WhyNot(case.id, choice.name, goal, status == "certain", status, owed(outcome), asked=asked)
    if answer.holds:
        return answer
    search = open_case.find([Goal(atoms.owed(case.id, goal))], limit, what=what, spread=SPREAD)
    repairs = tuple(open_case.tried(search.changes))
    if any(Owed(*goal, "certain") not in repair.outcome for repair in repairs):
        raise InputError(
            say("a change was found that does not hold when it is tried: the search and `derive` disagree")
        )
    nearest = attempts.at(goal, limit=limit)
    farther = limit < len(attempts.norms(goal)) and len(nearest) == limit
    return replace(answer, attempts=tuple(nearest), farther=farther, repairs=repairs, cut=search.cut)


# --- the nearest world under each norm ----------------------------------------------------------------------------------


class Attempts:
    """The attempts at liabilities of a case under a reading."""

    def __init__(self, open_case: OpenCase) -> None:
        self.open_case, self.program, self.case = open_case, open_case.program, open_case.case
        self._owed, self._owes = (sorted(self.program.literals(name), key=str) for name in ("owed", "owes"))

    def goals(self) -> list[Key]:
        """The liabilities that some facts and some reading would bring about here."""
        return [Key.of(atom) for atom in self._owed]

    def nearest(self, goals: Sequence[Key]) -> list[Key]:
        """Those of some liabilities that the smallest changes bring about."""
        sizes = {goal: self._distance(goal) for goal in goals}
        return [goal for goal in goals if sizes[goal] == min(sizes.values())]

    def _distance(self, goal: Key) -> int:
        literal = self.program.must(atoms.owed(self.case.id, goal))
        return next((change.size for change in self.open_case.smallest(literal, largest=FARTHEST)), FARTHEST + 1)

    def norms(self, goal: Key) -> list[list[Symbol]]:
        """The norms under which a liability can come about, each by the atoms that say so."""
        norms: dict[Symbol, list[Symbol]] = {}
        for atom in self._owes:
            _, basis, debtor, _, creditor, _, form = atom.arguments
            if (str(debtor), str(creditor), str(form)) == goal:
                norms.setdefault(basis, []).append(atom)
        return list(norms.values())

    def at(self, goal: Key, *, what: What = "both", largest: int = FARTHEST, limit: int | None = None) -> list[Attempt]:
        """For each norm the nearest attempt at a liability, nearest first, at most `limit`; none farther than `largest`."""
        return self.told(self.near(goal, what=what, largest=largest, limit=limit))

    def near(self, goal: Key, *, what: What, largest: int, limit: int | None = None) -> list[Near]:
        """The same, not yet proved."""
        norms = self.norms(goal)
        near: list[Near] = []
        for owes, either in zip(norms, self.program.any_of(norms), strict=True):
            farthest = near[limit - 1][0][0].size if limit and len(near) >= limit else largest
            search = self.open_case.smallest(either, what=what, largest=farthest, spread=0, todays=True)
            if changes := sorted(islice(search, MOST + 1), key=self._strain):
                near.append((changes, owes))
                near.sort(key=lambda attempt: (attempt[0][0].size, len(attempt[0][0].positions)))
        return near[:limit]

    def told(self, near: Sequence[Near]) -> list[Attempt]:
        """Attempts with their proofs."""
        if not near:
            return []
        proofs, program = self.open_case.proofs(changes[0] for changes, _ in near)
        explainer = Explainer(proofs, self.open_case.choice)
        actual = Models(explainer, *self.actual, program.standing(), self._switches)
        return [self._attempt(changes, owes, actual, program) for changes, owes in near]

    def _attempt(
        self, changes: Sequence[Change], owes: Sequence[Symbol], actual: Models, program: ChangeProgram
    ) -> Attempt:
        """The proof in the nearest world, held against the world as it is."""
        nearest, *others = changes
        supposing = actual.explainer.proofs.supposing(self.open_case.supposing(nearest))
        explainer = Explainer(supposing, self.open_case.reading(nearest))
        reasons = Reasons(program.witness(program.supposing(nearest)) or (), supposing.rewritten)
        plain = explainer.proof_of(reasons, next(atom for atom in owes if atom in reasons.true))
        true = frozenset(reasons.true)
        proof = Held(Models(explainer, true, true), actual).mark(plain)
        return Attempt(
            str(atoms.value(owes[0].arguments[1].arguments[0])),
            nearest.size,
            self.open_case.told(nearest),
            proof,
            tuple(self._undone(nearest, proof, plain)),
            tuple(map(self.open_case.told, others[: WAYS - 1])),
            len(changes) > WAYS,
        )

    def _strain(self, change: Change) -> tuple[int, int, list[int]]:
        """Of worlds that are as near, the first withdraws nothing that is stated, and then leaves what the reading takes."""
        withdrawn = sum(how == "unstated" for _, how in change.facts)
        return withdrawn, len(change.positions), self.open_case.order(change)

    @cached_property
    def _takings(self) -> dict[tuple[str, str], int]:
        """By position the literal that it is newly taken."""
        changes = {symbol.arguments[0]: literal for symbol, literal in self.program.literals("change").items()}
        taken = {
            tuple(map(str, change.arguments)): literal for change, literal in changes.items() if change.name == "take"
        }
        return {pair: taken[pair] for pair in self.program.positions if pair in taken}

    @cached_property
    def actual(self) -> tuple[frozenset[Symbol], frozenset[Symbol]]:
        """What is certain and what is possible, the case and the reading as they are."""
        held = self.program.supposing()
        if self.open_case.choice.open_issues or any(fact.status == "disputed" for fact in self.case.facts):
            certain, possible = (self.program.consequences(held, mode) or () for mode in ("cautious", "brave"))
            return frozenset(certain), frozenset(possible)
        true = frozenset(self.program.witness(held) or ())
        return true, true

    def _switches(self, atom: Symbol, holds: bool) -> list[tuple[str, str]]:
        """The positions with which alone, the facts as they are, an atom holds, or fails, in every completion."""
        literal, most = self.program.literal(atom) or 0, self.program.must(atoms.function("most", atoms.number(1)))
        held, literal = [*self.program.standing(), most], literal if holds else -literal
        can = self.program.can_hold([*held, literal], self._takings)
        may_not = self.program.can_hold([*held, -literal], self._takings) if can else []
        return [position for position in can if position not in may_not]

    def _undone(self, change: Change, proof: Step, plain: Step) -> Iterator[Text]:
        """What could stand in the way if only that were otherwise which the proof shows to be missing."""
        seen = {atoms.affirmed(symbol(leaf)) for leaf in leaves(proof)}
        taken = tuple(p for p in change.positions if atoms.function("position", *map(atoms.constant, p)) in seen)
        proved = {fact.name for fact, how in change.facts if how == "proved"}
        facts = tuple(
            (fact, how)
            for fact, how in change.facts
            if of_case(self.case.id, fact) in seen or (how == "unstated" and fact.name in proved)
        )
        if len(taken) + len(facts) < len(change.positions) + len(change.facts):
            held = self.program.supposing(replace(change, positions=taken, facts=facts))
            absent = {symbol(step): step for step in plain.walk() if step.kind == "absent"}
            known = {atom: literal for atom in absent if (literal := self.program.literal(atom)) is not None}
            yield from (absent[atom].says for atom in self.program.can_hold(held, known))


# --- which liability is meant -------------------------------------------------------------------------------------------


def _parts(base: KnowledgeBase, case: CaseFile, wanted: str) -> list[str]:
    """The words of a liability, each a party of the case or a form. Raises InputError for any other word."""
    parts = wanted.split(":")
    known = [*case.doc.parties, *base.labels["form"]]
    for part in parts:
        if part not in known:
            none = say(
                "{given} is neither a party of {id} nor a form of liability{near} (a liability is written debtor:form:creditor)",
                id=case.id,
            )
            raise InputError(unknown(none, part, known))
    if len(parts) > 3 or sum(part in base.labels["form"] for part in parts) > 1:
        raise InputError(
            say("{wanted} names more than one liability; write debtor:form:creditor", wanted=quoted(wanted))
        )
    return parts


def one_goal(attempts: Attempts, parts: Sequence[str], wanted: str) -> Key:
    """The liability meant, among those that some facts and some reading would bring about. Raises InputError.

    Where a form is named and several parties could owe it, the one meant is the one that lacks least.
    """
    goals = attempts.goals()
    matching = [goal for goal in goals if goal.id == wanted] or [
        goal for goal in goals if len(parts) < 3 and set(parts) <= set(goal)
    ]
    if not matching:
        raise InputError(
            say(
                "no rule could conclude {wanted} here, whatever the facts and the reading: the parties do not stand so to each other, or the form is not given between them",
                wanted=quoted(wanted),
            )
        )
    if len(matching) > 1 and set(parts) & {form for _, _, form in matching}:
        matching = attempts.nearest(matching)
    if len(matching) == 1:
        return matching[0]
    ids = [goal.id for goal in matching]
    more = len(ids) - NAMED
    rest = say(", and {more} more", more=more) if more > 0 else EMPTY
    raise InputError(
        say(
            "{wanted} may mean any of {count}; say which: {ids}{rest}",
            wanted=quoted(wanted),
            count=len(ids),
            ids=listed(ids[:NAMED], ", "),
            rest=rest,
        )
    )
