"""Every minimal change of a reading that changes the outcome of a case, or brings a wanted one about.

The reading with its background is the baseline; issues that it leaves open stay open. Facts in dispute stay in dispute:
an outcome is what may result as they turn out, and a change must lead where it leads whatever they turn out to be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pyliab.asp.program import APART
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice
from pyliab.space.diagram import VOID, Diagram, number_of
from pyliab.space.minimal_sets import changes, verdict
from pyliab.space.space import LEVELS, Outcome, Space, liabilities
from pyliab.text.problem import InputError, nearest
from pyliab.text.say import quoted, say

Kind = Literal["changes", "settles", "reaches"]
NOBODY_LIABLE = "none"


@dataclass(frozen=True)
class Flip:
    """Positions that replace those of the baseline, or settle issues it leaves open, and what may follow then.

    It `changes` the outcome to one that the baseline cannot reach, `settles` it on one of several that the baseline can
    reach, or `reaches` the wanted one.
    """

    kind: Kind
    positions: dict[str, str]
    outcomes: list[Outcome]


@dataclass(frozen=True)
class Flips:
    """The answer of `flip`. `outcomes` are those of the baseline.

    `already`: the wanted outcome is certain as it is. `only_possible`: no change makes it certain while facts are in
    dispute, and the flips given make it possible.
    """

    baseline: Mapping[str, str]
    outcomes: list[Outcome]
    flips: list[Flip]
    already: bool = False
    only_possible: bool = False


def flips(space: Space, choice: Choice, wanted: Callable[[Outcome], bool] | None = None) -> Flips:
    """The flips of a case, shortest first. Raises InputError where the baseline's positions cannot stand together."""
    baseline = _Baseline(space, choice.positions)
    if wanted is None:
        found = baseline.flips("changes", set(range(len(baseline.sets))) - baseline.numbers)
        if len(baseline.numbers) > 1:
            for number in sorted(baseline.numbers):
                found += baseline.flips("settles", [number])
        return Flips(choice.positions, baseline.outcomes({}), found)
    certain = baseline.which(lambda possible: all(wanted(outcome) for outcome in possible))
    found = baseline.flips("reaches", certain)
    if not found:
        possible = baseline.which(lambda possible: any(wanted(outcome) for outcome in possible))
        found = baseline.flips("reaches", possible)
        return Flips(choice.positions, baseline.outcomes({}), _real(found), only_possible=True)
    return Flips(choice.positions, baseline.outcomes({}), _real(found), already=not _real(found))


def _real(found: Iterable[Flip]) -> list[Flip]:
    return [flip for flip in found if flip.positions]


class _Baseline:
    """A reading as it stands in the space of a case."""

    def __init__(self, space: Space, positions: Mapping[str, str]) -> None:
        self.law: Diagram
        self.law, self.sets = space.by_law
        self.positions = positions
        self.numbers = self._numbers({})
        if not self.numbers:
            raise InputError(APART)

    def _numbers(self, changed: Mapping[str, str]) -> set[int]:
        return {number_of(ref) for ref in self.law.possible({**self.positions, **changed}) if ref != VOID}

    def outcomes(self, changed: Mapping[str, str]) -> list[Outcome]:
        """What may follow once these positions are changed, in order."""
        found = {outcome for number in self._numbers(changed) for outcome in self.sets[number]}
        return sorted(found, key=sorted)

    def which(self, accepted: Callable[[frozenset[Outcome]], bool]) -> list[int]:
        """The numbers of what may result that are accepted."""
        return [number for number, possible in enumerate(self.sets) if accepted(possible)]

    def flips(self, kind: Kind, numbers: Iterable[int]) -> list[Flip]:
        """The minimal changes after which only these numbers are left."""
        found = changes(verdict(self.law, numbers), self.positions)
        return [Flip(kind, one, self.outcomes(one)) for one in found]


def wanted_outcome(base: KnowledgeBase, case: CaseFile, text: str) -> Callable[[Outcome], bool]:
    """The test for `none`, the id of a liability, or a part of one. Raises InputError for words that fit nothing."""
    if text == NOBODY_LIABLE:
        return lambda outcome: not outcome
    parts = set(text.split(":"))
    known = [*case.doc.parties, *base.labels.get("form", {})]
    for part in sorted(parts):
        if part not in known:
            near = nearest(part, known)
            raise InputError(
                say(
                    "{part} is no party of {id} and no form of liability{near}",
                    part=quoted(part),
                    id=case.id,
                    near=near,
                )
            )
    return lambda outcome: any(parts <= set(mark) for mark in outcome)


def statuses(outcomes: Sequence[Outcome]) -> list[dict[str, str]]:
    """Every liability in any of the outcomes, `certain` if it is in all."""
    marks = sorted({mark for outcome in outcomes for mark in outcome})
    found = []
    for mark in marks:
        names = dict(zip(LEVELS["form"], mark, strict=True))
        status = "certain" if all(mark in outcome for outcome in outcomes) else "possible"
        found.append({"id": f"{names['debtor']}:{names['form']}:{names['creditor']}", **names, "status": status})
    return found


def flips_json(space: Space, choice: Choice, found: Flips) -> dict[str, Any]:
    """The object that `flip --json` prints."""
    return {
        "case": space.case,
        "reading": choice.name,
        **_outcome_json(found.outcomes),
        "already": found.already,
        "only_possible": found.only_possible,
        "flips": [
            {
                "kind": flip.kind,
                "positions": flip.positions,
                "instead_of": {issue: found.baseline.get(issue) for issue in flip.positions},
                "facts": [],
                **_outcome_json(flip.outcomes),
            }
            for flip in found.flips
        ],
        "disputed_facts": list(space.disputed),
    }


def _outcome_json(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The liabilities with their status, and the outcomes one by one: with several, which go together can be seen."""
    return {"outcome": statuses(outcomes), "outcomes": [liabilities("form", outcome) for outcome in outcomes]}
