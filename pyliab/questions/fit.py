"""Which readings are consistent with which decided cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from itertools import product
from typing import Literal

from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.model import Held
from pyliab.kb.reading import choose
from pyliab.law.in_force import out_of_time
from pyliab.law.world import World, world_of
from pyliab.text.later import dataclass

Verdict = Literal["consistent", "inconsistent", "silent", "unexplained"]


@dataclass
class Decision:
    """One decided case, asked of the law of its day or, by analogy, of today's law.

    `verdicts` is by reading: `consistent` (its own positions narrow the outcome, and the court's is left), `inconsistent`
    (its own positions shut the court's outcome out), `silent` (its own positions make no difference here). A decision
    that no reading at all can give is `unexplained`; the case file says why.
    """

    case: str
    analogy: bool
    earlier_law: bool
    explained: bool
    sure: str
    verdicts: dict[str, Verdict] = field(default_factory=dict)


@dataclass
class Fit:
    """All decisions, the readings that survive them, and for the others the decisions that would have to be wrong."""

    decisions: list[Decision]
    survivors: list[str]
    wrong: dict[str, list[str]]


def fit(base: KnowledgeBase, names: Sequence[str], *, analogy: bool = True) -> Fit:
    """Hold readings against the decided cases; with `analogy` cases of earlier law are also asked of today's."""
    decided = [case for case in base.cases.values() if case.doc.judgment]
    decisions = [_decision(base, case, names, as_if=False) for case in decided]
    if analogy:
        decisions += [_decision(base, case, names, as_if=True) for case in decided if _is_earlier(base, case)]
    wrong = {
        name: [_label(decision) for decision in decisions if decision.verdicts[name] == "inconsistent"]
        for name in names
    }
    return Fit(decisions, [name for name in names if not wrong[name]], {n: w for n, w in wrong.items() if w})


def _label(decision: Decision) -> str:
    return decision.case + (" (analogy)" if decision.analogy else "")


def _is_earlier(base: KnowledgeBase, case: CaseFile) -> bool:
    """Did provisions that rules now ask for come into force after the case?"""
    return any(entry.from_ > case.doc.date for entry in out_of_time(world_of(base, case), case))


def _decision(base: KnowledgeBase, case: CaseFile, names: Sequence[str], *, as_if: bool) -> Decision:
    inquiry = world_of(base, case, as_if_in_force=as_if)
    judgment = case.doc.judgment
    assert judgment  # the decided ones only
    attained = _Attained(inquiry, case.id, judgment.held)
    decision = Decision(case.id, as_if, _is_earlier(base, case), attained.under({}), judgment.sure)
    free = attained.range({})
    for name in names:
        own = choose(base, base.reading(name), "open").own
        if not decision.explained:
            decision.verdicts[name] = "unexplained"
        elif not attained.under(own):
            decision.verdicts[name] = "inconsistent"
        else:
            decision.verdicts[name] = "silent" if attained.range(own) == free else "consistent"
    return decision


class _Attained:
    """Can a reading's own positions be completed so that exactly the court's liabilities follow?"""

    def __init__(self, inquiry: World, case: str, held: Sequence[Held]) -> None:
        self.inquiry, self.case = inquiry, case
        goals = {(key[0], key[2]): inquiry.program.liable((case, *key)) for key in inquiry.outcomes({})[case]}
        wanted = [{(entry.debtor, form) for form in (entry.form, *entry.perhaps)} for entry in held]
        # Each combination of the forms that the report leaves possible is one outcome the court may have meant.
        outcomes = [frozenset(combination) for combination in product(*wanted)]
        self.meant = [
            [goal if key in outcome else -goal for key, goal in goals.items()]
            for outcome in outcomes
            if outcome <= set(goals)
        ]

    def under(self, positions: Mapping[str, str]) -> bool:
        """Is an outcome that the court may have meant attainable?"""
        program = self.inquiry.program
        taken = program.assume(positions)
        return any(program.satisfiable([*taken, *meant]) for meant in self.meant)

    def range(self, positions: Mapping[str, str]) -> set[tuple[str, str, str, str]]:
        """What may follow, and how surely."""
        return {(*key, liability.status) for key, liability in self.inquiry.outcomes(positions)[self.case].items()}
