"""Two readings of a case set against each other: what both prove, once, and what each proves from where they part.

For each liability that one reading has and the other has not (or has less surely), two answer sets are met: one of the
first reading in which it holds, and one of the second in which it does not, the same in all that both leave open. The proof
in the first is held against the second (`two_worlds.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from pyliab.asp.open_facts import candidates, stated
from pyliab.asp.reasons import Meeting, Reasons
from pyliab.asp.symbols import Symbol
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice
from pyliab.law.liability import Key, Liability
from pyliab.law.proof import Explainer, ProofProgram, Step, Why
from pyliab.law.world import World
from pyliab.questions.open_case import OpenCase
from pyliab.questions.two_worlds import Held, Models, Trunk, leaves, parting, symbol
from pyliab.questions.why_not import Attempt, Attempts
from pyliab.text.encode import INLINE
from pyliab.text.later import dataclass

NEAR = 2
"""An own way to a liability that lacks more conditions says little of why there is none."""
_SURE = {"possible": 1, "certain": 2}


@dataclass(frozen=True)
class Beyond:
    """A liability that one reading has beyond the other, with its proofs, held against the other reading."""

    liability: Liability = field(metadata=INLINE)
    proofs: tuple[Step, ...]


@dataclass(frozen=True)
class Side:
    """What one reading has beyond the other, and what it lacks of the other.

    In proofs what is shared is closed (`shown`). `parts_at` are the lowest steps that hold on this side only, and
    `turns_on` the conditions (positions, or `not ..`) that they hold by. `lacks` are the conditions of the other side's
    proofs that fail here, marked with why, where no step of this side answers to them; `attempts` are this reading's own
    ways to a liability, where it comes to none.
    """

    reading: str
    liabilities: tuple[Beyond, ...]
    parts_at: tuple[str, ...]
    turns_on: tuple[str, ...]
    lacks: tuple[Step, ...] = ()
    attempts: tuple[Attempt, ...] = ()


@dataclass(frozen=True)
class Contrast:
    """Two readings of a case: the sub-proofs that both share, and the two sides."""

    shared: tuple[Step, ...]
    first: Side
    second: Side


class Proofs:
    """The proofs of the liabilities of one case, each reading's made once."""

    def __init__(self, world: World, case: CaseFile) -> None:
        self.world, self.case = world, case
        self.program = ProofProgram(world, case)
        self._made: dict[tuple[str, Key], tuple[Liability, Reasons, list[Step]]] = {}

    def of(self, choice: Choice, liability: Liability) -> tuple[Liability, Reasons, list[Step]]:
        """The liability with what carries it, an answer set with it, and its proofs, one for each basis."""
        wanted = choice.name, liability.key
        if wanted not in self._made:
            carried = self.world.carried(self.case.id, choice, liability)
            reasons = self.program.reasons(choice, carried)
            self._made[wanted] = carried, reasons, Explainer(self.program, choice).trees(reasons, carried)
        return self._made[wanted]


def contrast(proofs: Proofs, a: Choice, b: Choice, owed_by: Mapping[str, Sequence[Liability]]) -> Contrast:
    """Set two readings against each other; `owed_by` has the liabilities of each by its name.

    First what each has, then what it lacks: the steps of the one may answer to those of the other.
    """
    trunk = Trunk()
    first, second = _Half(proofs, a, b, trunk, owed_by), _Half(proofs, b, a, trunk, owed_by)
    sides = first.side(second, owed_by), second.side(first, owed_by)
    return Contrast(tuple(trunk.shared), *sides)


def beyond(liabilities: Sequence[Liability], against: Sequence[Liability]) -> list[Liability]:
    """The liabilities that do not stand there against it, or less surely, the certain ones first."""
    sure = {liability.key: _SURE[liability.status] for liability in against}
    return sorted(
        (liability for liability in liabilities if _SURE[liability.status] > sure.get(liability.key, 0)),
        key=lambda liability: (liability.status, liability.key),
    )


class _Half:
    """What one reading has beyond the other."""

    def __init__(
        self, proofs: Proofs, choice: Choice, other: Choice, trunk: Trunk, owed_by: Mapping[str, Sequence[Liability]]
    ) -> None:
        self.proofs, self.choice, self.other, self.trunk = proofs, choice, other, trunk
        self.not_here: set[Symbol] = set()
        """What holds on the other side, and not here."""
        self.liabilities = tuple(
            self._held(liability) for liability in beyond(owed_by[choice.name], owed_by[other.name])
        )

    def _held(self, liability: Liability) -> Beyond:
        program = self.proofs.program
        carried, here, roots = self.proofs.of(self.choice, liability)
        there = program.reasons_without(self.other, liability.key, here)
        self.not_here |= there.true - here.true
        worlds = _world(program, self.choice, here, self.other), _world(program, self.other, there, self.choice)
        held = Held(*worlds, self.trunk.between(*worlds, Meeting(here, there)))
        return Beyond(carried, tuple(held.mark(root) for root in roots))

    @property
    def _roots(self) -> list[Step]:
        return [root for liability in self.liabilities for root in liability.proofs]

    @property
    def failing(self) -> dict[str, Step]:
        """The conditions that do not hold on the other side, those of the lowest steps first; each once."""
        lowest = [step for root in self._roots for step in parting(root)]
        last = [leaf for step in lowest for leaf in leaves(step)]
        return {leaf.atom: leaf for leaf in [*last, *(leaf for root in self._roots for leaf in leaves(root))]}

    def side(self, against: _Half, owed_by: Mapping[str, Sequence[Liability]]) -> Side:
        """What this reading has, and what it lacks of the other."""
        turns_on = tuple(self.failing)
        answered = {name.partition("=")[0] for name in turns_on if "=" in name}
        lacks = tuple(
            leaf
            for leaf in against.failing.values()
            if not (leaf.kind == "position" and leaf.atom.partition("=")[0] in answered)
        )
        between = {held.liability.key[:2] for held in against.liabilities}
        none = not between & {liability.key[:2] for liability in owed_by[self.choice.name]}
        parts_at = dict.fromkeys(step.atom for root in self._roots for step in parting(root))
        return Side(
            self.choice.name,
            self.liabilities,
            tuple(parts_at),
            turns_on,
            lacks,
            tuple(self._attempts(against, between)) if lacks and none else (),
        )

    def _attempts(self, against: _Half, between: Iterable[tuple[str, str]]) -> list[Attempt]:
        """By what this reading itself would have the same debtors owe the creditors, and what that lacks: nearest first.

        Only what rests on conclusions that the other reading does not draw, asks for no other position, and is near.
        """
        world, case = self.proofs.world, self.proofs.case
        facts = [*stated(world.base, case), *candidates(world.base, case)]
        attempts = Attempts(OpenCase(world, case, self.choice, facts))
        goals = [goal for goal in attempts.goals() if goal[:2] in between]
        near = [near for goal in goals for near in attempts.near(goal, what="facts", largest=NEAR)]
        return sorted(
            (attempt for attempt in attempts.told(near) if _rests_on(attempt, against.not_here)),
            key=lambda attempt: attempt.lacks,
        )


def _rests_on(attempt: Attempt, atoms: set[Symbol]) -> bool:
    return any(child.kind in ("rule", "fact", "position") and symbol(child) in atoms for child in attempt.proof.of)


def _world(program: ProofProgram, choice: Choice, reasons: Reasons, other: Choice) -> Models:
    """A reading in one answer set. What fails in it may be accepted by a position of the other reading."""

    def avoids(position: tuple[str, str], atom: Symbol) -> bool:
        held = program.program.assume({**choice.positions, **dict([position])})
        satisfiable = program.program.satisfiable
        return satisfiable(held) and not satisfiable([*held, program.program.literal(atom) or 0])

    def switches(atom: Symbol, holds: bool) -> list[tuple[str, str]]:
        taken = choice.positions
        pairs = [pair for pair in other.positions.items() if taken.get(pair[0]) not in (None, pair[1])]
        return [] if holds else [pair for pair in pairs if avoids(pair, atom)]

    true = frozenset(reasons.true)
    otherwise: Why = "open" if choice.open_issues else "not so read"
    return Models(Explainer(program, choice), true, true, (), switches, reasons, otherwise)
