"""Rival readings side by side: the matrix, and for each difference the positions and the step at which they part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from pyliab.kb.reading import Choice
from pyliab.law.liability import Key, Liability
from pyliab.law.proof import Step
from pyliab.law.world import World
from pyliab.questions.contrast import Contrast, Proofs, contrast
from pyliab.text.problem import InputError

Outcome = frozenset[tuple[str, str, str, str]]
"""Debtor, creditor, form, certain or possible."""


@dataclass
class Divergence:
    """Two readings that differ in a case: a minimal set of positions that makes the difference, and where proofs part.

    `contrast` is there where it was asked for: what both share, and what each has from where they part.
    """

    readings: tuple[str, str]
    positions: list[str]
    steps: dict[str, Step] = field(default_factory=dict)
    contrast: Contrast | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain data; `steps` has, by reading, the first step that the other reading does not take.

        With a contrast also `shared`, `first` and `second`, see `contrast.Contrast`.
        """
        return {
            "readings": list(self.readings),
            "positions": self.positions,
            "steps": {reading: {**step.to_json(), "of": []} for reading, step in self.steps.items()},
            **(self.contrast.to_json() if self.contrast else {}),
        }


@dataclass
class Compared:
    """One case under all readings asked."""

    case: str
    readings: dict[str, list[Liability]]
    divergences: list[Divergence]

    def to_json(self) -> dict[str, Any]:
        """The stable shape of the design."""
        return {
            "case": self.case,
            "readings": {
                name: [{"debtor": one.debtor, "form": one.form, "status": one.status} for one in found]
                for name, found in self.readings.items()
            },
            "divergences": [divergence.to_json() for divergence in self.divergences],
        }


def compare(
    inquiry: World, choices: Sequence[Choice], *, all_pairs: bool = True, contrasts: bool | None = None
) -> list[Compared]:
    """Compare readings over the cases of an inquiry.

    With `all_pairs` every two readings that differ are set against each other; otherwise each group of readings with
    one outcome is set against the first group. `contrasts` asks for the proofs of both sides; unless it is said, they
    are made for two readings only, for with many most of what they say is the same.
    """
    if contrasts is None:
        contrasts = len(choices) == 2
    outcomes = {choice.name: inquiry.outcomes(choice.positions) for choice in choices}
    result = []
    for case in inquiry.cases:
        found = {name: sorted(by_case[case].values(), key=lambda one: one.key) for name, by_case in outcomes.items()}
        pairs = [p for p in combinations(choices, 2) if outcome(found[p[0].name]) != outcome(found[p[1].name])]
        if not all_pairs:
            pairs = _between_groups(choices, found)
        divergences = _Parting(inquiry, case, contrasts).divergences(pairs, found) if pairs else []
        result.append(Compared(case, found, divergences))
    return result


def outcome(liabilities: Sequence[Liability]) -> Outcome:
    """What is compared: who owes whom in which form, and how surely."""
    return frozenset((*one.key, one.status) for one in liabilities)


def _between_groups(choices: Sequence[Choice], found: dict[str, list[Liability]]) -> list[tuple[Choice, Choice]]:
    first: dict[Outcome, Choice] = {}
    for choice in choices:
        first.setdefault(outcome(found[choice.name]), choice)
    heads = list(first.values())
    return [(heads[0], other) for other in heads[1:]]


class _Parting:
    """Finds where readings part over one case."""

    def __init__(self, inquiry: World, case: str, contrasts: bool) -> None:
        self.case, self.contrasts = case, contrasts
        self.inquiry = inquiry.alone(inquiry.cases[case])
        self.proofs = Proofs(self.inquiry, inquiry.cases[case])

    def divergences(
        self, pairs: Sequence[tuple[Choice, Choice]], found: dict[str, list[Liability]]
    ) -> list[Divergence]:
        return [self._divergence(a, b, found) for a, b in pairs]

    def _divergence(self, a: Choice, b: Choice, found: dict[str, list[Liability]]) -> Divergence:
        issues = self._deciding(a, b, outcome(found[b.name]))
        positions = [
            f"{issue}={side.positions[issue]}" for issue in issues for side in (a, b) if issue in side.positions
        ]
        divergence = Divergence((a.name, b.name), positions)
        for one, other in ((a, b), (b, a)):
            step = self._first_step(one, other, found, issues)
            if step is not None:
                divergence.steps[one.name] = step
        if self.contrasts:
            divergence.contrast = contrast(self.proofs, a, b, found)
        return divergence

    def _deciding(self, a: Choice, b: Choice, wanted: Outcome) -> list[str]:
        """A minimal set of issues: answering them as `b` does, and the rest as `a` does, gives the outcome of `b`."""
        switched = [issue for issue in self.inquiry.base.issues if a.positions.get(issue) != b.positions.get(issue)]
        for issue in list(switched):
            rest = [other for other in switched if other != issue]
            mixed = {k: v for k, v in a.positions.items() if k not in rest}
            mixed |= {k: b.positions[k] for k in rest if k in b.positions}
            if self._outcome(mixed) == wanted:
                switched = rest
        return switched

    def _outcome(self, positions: dict[str, str]) -> Outcome | None:
        """The outcome under some positions; None where they cannot stand together."""
        try:
            return outcome(list(self.inquiry.outcomes(positions)[self.case].values()))
        except InputError:
            return None

    def _first_step(
        self, one: Choice, other: Choice, found: dict[str, list[Liability]], deciding: list[str]
    ) -> Step | None:
        """The step nearest to the facts in the proofs of `one` that no completion of `other` takes.

        A rule that both apply, only with another value, says nothing; so a rule of its own comes first.
        """
        if any(issue not in one.positions for issue in deciding):
            return None  # an open reading takes no step of its own where the other has chosen
        keys = {liability.key for liability in found[other.name]}
        shared = {step.rule for key in keys for _, step in self._proof(other, found, key)}
        steps: list[tuple[bool, int, int, str, Step]] = []
        for key in (liability.key for liability in found[one.name] if liability.key not in keys):
            for level, step in self._proof(one, found, key):
                if step.symbol and not self.proofs.program.possible(step.symbol, other):
                    used = {below.atom.partition("=")[0] for below in step.walk() if below.kind == "position"}
                    first = next((i for i, issue in enumerate(deciding) if issue in used), len(deciding))
                    steps.append((step.rule in shared, first, level, step.atom, step))
        return min(steps, key=lambda entry: entry[:4])[4] if steps else None

    def _proof(self, choice: Choice, found: dict[str, list[Liability]], key: Key) -> list[tuple[int, Step]]:
        """The rule steps of a liability's proofs, with their height above the facts."""
        _, reasons, roots = self.proofs.of(choice, next(one for one in found[choice.name] if one.key == key))
        steps = [step for root in roots for step in root.walk() if step.kind == "rule" and not step.shown]
        return [(reasons.level_of(step.atom), step) for step in steps]
