"""Rival readings side by side: the matrix, and for each difference the positions and the step at which they part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from itertools import combinations
from typing import TypedDict

from pyliab.asp.cubes import Mark
from pyliab.asp.program import shrink
from pyliab.kb.reading import Choice
from pyliab.law.liability import Certainty, Key, Liability
from pyliab.law.proof import Step
from pyliab.law.world import World
from pyliab.questions.contrast import Contrast, Proofs, contrast
from pyliab.space.diagram import VOID, number_of
from pyliab.space.space import Explorer, Space
from pyliab.text.encode import INLINE, to_json
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError

Found = Mapping[str, Sequence[Liability]]
"""By reading the liabilities of a case."""
Outcome = frozenset[tuple[str, str, str, str]]
"""Debtor, creditor, form, certain or possible."""


class Owes(TypedDict):
    """A liability in short."""

    debtor: str
    form: str
    status: Certainty


class OneCase(TypedDict):
    """A case under several readings as it is written."""

    case: str
    readings: dict[str, list[Owes]]
    divergences: Sequence[Divergence]


@dataclass(frozen=True)
class Divergence:
    """Two readings that differ in a case: a minimal set of positions that makes the difference, and where proofs part.

    `ways` are all such sets that were found, `positions` the first; with `every` there is no other. `steps` has, by
    reading, the first step that the other reading does not take, without what it rests on. `contrast` is there where it was asked for: what both
    share, and what each has from where they part.
    """

    readings: tuple[str, str]
    positions: tuple[str, ...]
    ways: tuple[tuple[str, ...], ...]
    every: bool
    steps: Mapping[str, Step]
    contrast: Contrast | None = field(default=None, metadata=INLINE)


@dataclass(frozen=True)
class Compared:
    """One case under all readings asked."""

    case: str
    readings: Mapping[str, Sequence[Liability]]
    divergences: tuple[Divergence, ...]
    nobody: Mapping[str, Certainty | None]
    """By reading, whether it is certain, or possible, that nobody is liable."""

    def to_json(self) -> OneCase:
        """The stable shape of the design."""
        return {
            "case": self.case,
            "readings": {
                name: [
                    {"debtor": liability.debtor, "form": liability.form, "status": liability.status}
                    for liability in liabilities
                ]
                for name, liabilities in self.readings.items()
            },
            "divergences": to_json(self.divergences),
        }


def compare(
    world: World, choices: Sequence[Choice], *, all_pairs: bool = True, contrasts: bool | None = None
) -> list[Compared]:
    """Compare readings over the cases of an world.

    With `all_pairs` every two readings that differ are set against each other; otherwise each group of readings with
    one outcome is set against the first group. `contrasts` asks for the proofs of both sides; unless it is said, they
    are made for two readings only, for with many most of what they say is the same.
    """
    if contrasts is None:
        contrasts = len(choices) == 2
    outcomes = {choice.name: world.outcomes(choice.positions) for choice in choices}
    taken = {choice.name: choice.positions for choice in choices}
    result = []
    for case in world.cases:
        owed_by = {
            name: sorted(by_case[case].values(), key=lambda liability: liability.key)
            for name, by_case in outcomes.items()
        }
        pairs = [p for p in combinations(choices, 2) if outcome(owed_by[p[0].name]) != outcome(owed_by[p[1].name])]
        if not all_pairs:
            pairs = _between_groups(choices, owed_by)
        parting = _Parting(world, case, contrasts) if pairs else None
        divergences = [parting.divergence(a, b, owed_by) for a, b in pairs] if parting else []
        nobody = {name: world.nobody(case, taken[name], owed) for name, owed in owed_by.items()}
        result.append(Compared(case, owed_by, tuple(divergences), nobody))
    return result


def outcome(liabilities: Sequence[Liability]) -> Outcome:
    """What is compared: who owes whom in which form, and how surely."""
    return frozenset((*liability.key, liability.status) for liability in liabilities)


def _between_groups(choices: Sequence[Choice], owed_by: dict[str, list[Liability]]) -> list[tuple[Choice, Choice]]:
    first: dict[Outcome, Choice] = {}
    for choice in choices:
        first.setdefault(outcome(owed_by[choice.name]), choice)
    heads = list(first.values())
    return [(heads[0], other) for other in heads[1:]]


class _Parting:
    """Finds where readings part over one case."""

    def __init__(self, world: World, case: str, contrasts: bool) -> None:
        self.case, self.contrasts = case, contrasts
        self.world = world.alone(world.cases[case])
        self.proofs = Proofs(self.world, world.cases[case])

    def divergence(self, a: Choice, b: Choice, owed_by: Found) -> Divergence:
        """Two readings that differ. With contrasts every minimal set of positions is looked for, otherwise one."""
        every = self._every(a, b) if self.contrasts else []
        issues = every or [self._deciding(a, b, outcome(owed_by[b.name]))]
        ways = tuple(tuple(_sides(issue, a, b)) for issue in issues)
        pairs = ((a, b), (b, a))
        steps = {
            here.name: step for here, there in pairs if (step := self._first_step(here, there, owed_by, issues[0]))
        }
        contrasted = contrast(self.proofs, a, b, owed_by) if self.contrasts else None
        return Divergence((a.name, b.name), ways[0], ways, bool(every), steps, contrasted)

    def _every(self, a: Choice, b: Choice) -> list[list[str]]:
        """All minimal sets of issues: answering them as `b` does, and the rest as `a` does, gives the outcome of `b`.

        They are read off the space that the readings leave where they agree.
        """
        base, case = self.world.base, self.world.cases[self.case]
        alike = {issue: p for issue, p in a.positions.items() if b.positions.get(issue) == p}
        space = Explorer(base, as_if_in_force=self.world.as_if_in_force).explore(case, fixed=alike)
        wanted = _possible(space, b.positions)
        parting = [issue for issue in base.issues if issue in space.issues and issue not in alike]
        every: list[list[str]] = []
        for size in range(len(parting) + 1):
            for issues in combinations(parting, size):
                smaller = any(set(shorter) <= set(issues) for shorter in every)
                if not smaller and _possible(space, _mixed(a, b, issues)) == wanted:
                    every.append(list(issues))
        return every

    def _deciding(self, a: Choice, b: Choice, wanted: Outcome) -> list[str]:
        """One such set. What more issues do, fewer may do as well: so it is shrunk until none of it can be left out."""
        switched = [issue for issue in self.world.base.issues if a.positions.get(issue) != b.positions.get(issue)]
        while True:
            fewer = shrink(lambda issues: self._outcome(_mixed(a, b, issues)) == wanted, switched)
            if fewer == switched:
                return switched
            switched = fewer

    def _outcome(self, positions: dict[str, str]) -> Outcome | None:
        """The outcome under some positions; None where they cannot stand together."""
        try:
            return outcome(list(self.world.outcomes(positions)[self.case].values()))
        except InputError:
            return None

    def _first_step(self, here: Choice, there: Choice, owed_by: Found, deciding: Sequence[str]) -> Step | None:
        """The step nearest to the facts in the proofs of `here` that no completion of `there` takes.

        A rule that both apply, only with another value, says nothing; so a rule of its own comes first.
        """
        if any(issue not in here.positions for issue in deciding):
            return None  # an open reading takes no step of its own where the other has chosen
        keys = {liability.key for liability in owed_by[there.name]}
        own = [liability.key for liability in owed_by[here.name] if liability.key not in keys]
        if not own:
            return None
        shared = {step.rule for key in keys for _, step in self._proof(there, owed_by, key)}
        steps: list[tuple[bool, int, int, str, Step]] = []
        for key in own:
            for level, step in self._proof(here, owed_by, key):
                if step.symbol and not self.proofs.program.possible(step.symbol, there):
                    used = {below.atom.partition("=")[0] for below in step.walk() if below.kind == "position"}
                    first = next((i for i, issue in enumerate(deciding) if issue in used), len(deciding))
                    steps.append((step.rule in shared, first, level, step.atom, step))
        return replace(min(steps, key=lambda entry: entry[:4])[4], of=[]) if steps else None

    def _proof(self, choice: Choice, owed_by: Found, key: Key) -> list[tuple[int, Step]]:
        """The rule steps of a liability's proofs, with their height above the facts."""
        _, reasons, roots = self.proofs.of(
            choice, next(liability for liability in owed_by[choice.name] if liability.key == key)
        )
        steps = [step for root in roots for step in root.walk() if step.kind == "rule" and not step.shown]
        return [(reasons.level_of(step.atom), step) for step in steps]


def _mixed(a: Choice, b: Choice, issues: Iterable[str]) -> dict[str, str]:
    """The positions of `a`, but on some issues those of `b`, which may leave them open."""
    kept = {issue: position for issue, position in a.positions.items() if issue not in issues}
    return {**kept, **{issue: b.positions[issue] for issue in issues if issue in b.positions}}


def _sides(issues: Iterable[str], a: Choice, b: Choice) -> list[str]:
    return [f"{issue}={side.positions[issue]}" for issue in issues for side in (a, b) if issue in side.positions]


def _possible(space: Space, positions: Mapping[str, str]) -> tuple[frozenset[Mark], frozenset[Mark]] | None:
    """What is owed in every completion of some positions and of the facts in dispute, and what in some.

    None where the positions cannot stand together.
    """
    law, sets = space.by_law
    outcomes = [reached for ref in law.possible(positions) if ref != VOID for reached in sets[number_of(ref)]]
    return (frozenset.intersection(*outcomes), frozenset.union(*outcomes)) if outcomes else None
