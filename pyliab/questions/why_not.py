"""Why does a liability not follow, and what would have to be otherwise?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pyliab.asp.open_facts import candidates, stated
from pyliab.asp.symbols import owed
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice
from pyliab.law.liability import Key
from pyliab.law.world import World
from pyliab.questions.attempts import Attempt, Attempts
from pyliab.questions.repairs import Found, Goal, Outcome, Repairer, outcome_json
from pyliab.text.problem import InputError, nearest
from pyliab.text.say import EMPTY, listed, quoted, say

What = Literal["both", "law", "facts"]
"""What may be otherwise: the reading, the facts, or both."""
NAMED = 12
SPREAD = 2
"""A change that takes so many facts and positions more than the smallest is no longer near."""


@dataclass
class WhyNot:
    """The answer. `status` is how the liability stands under the reading: certain, possible, or none."""

    case: str
    reading: str
    goal: Key
    status: str
    outcome: Outcome
    attempts: list[Attempt] = field(default_factory=list)
    found: Found = field(default_factory=lambda: Found([], cut=False))

    @property
    def holds(self) -> bool:
        """Does the liability follow after all?"""
        return self.status == "certain"

    def to_json(self, base: KnowledgeBase) -> dict[str, Any]:
        """The object that `why-not --json` prints."""
        debtor, creditor, form = self.goal
        return {
            "case": self.case,
            "reading": self.reading,
            "goal": {"debtor": debtor, "creditor": creditor, "form": form},
            "holds": self.holds,
            "status": self.status,
            "outcome": outcome_json(self.outcome),
            "attempts": [attempt.to_json() for attempt in self.attempts],
            "repairs": [repair.to_json(base) for repair in self.found.repairs],
            "cut": self.found.cut,
        }


def why_not(
    inquiry: World, case: CaseFile, choice: Choice, wanted: str, *, what: What = "both", limit: int = 10
) -> WhyNot:
    """Why the liability `wanted` (`debtor:form:creditor`, or a part) does not follow. Raises InputError if it names none."""
    base = inquiry.base
    parts = _parts(base, case, wanted)
    variables = [*stated(base, case), *candidates(base, case)]
    attempts = Attempts(inquiry, case, choice, variables)
    goal = one_goal(attempts, parts, wanted)
    outcome = {key: one.status for key, one in inquiry.outcomes(choice.positions)[case.id].items()}
    answer = WhyNot(case.id, choice.name, goal, outcome.get(goal, "none"), dict(outcome))
    if not answer.holds:
        answer.attempts = attempts.at(goal)
        facts = attempts.relevant(goal) if what != "law" else []
        repairer = Repairer(inquiry, case, choice, facts, positions=what != "facts")
        answer.found = repairer.find([Goal(owed(case.id, goal))], limit, spread=SPREAD)
        _try(answer)
    return answer


def _try(answer: WhyNot) -> None:
    """Every repair has been solved again from scratch: there the liability has to be certain."""
    for repair in answer.found.repairs:
        if repair.outcome.get(answer.goal) != "certain":
            raise RuntimeError(f"a repair that does not hold: {repair}")


def _parts(base: KnowledgeBase, case: CaseFile, wanted: str) -> list[str]:
    """The words of a liability, each a party of the case or a form. Raises InputError for any other word."""
    parts = wanted.split(":")
    known = [*case.doc.parties, *base.labels["form"]]
    for part in parts:
        if part not in known:
            near = nearest(part, known)
            raise InputError(
                say(
                    "{part} is neither a party of {id} nor a form of liability{near} (a liability is written debtor:form:creditor)",
                    part=quoted(part),
                    id=case.id,
                    near=near,
                )
            )
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
    matching = [goal for goal in goals if _id(goal) == wanted] or [
        goal for goal in goals if len(parts) < 3 and set(parts) <= set(goal)
    ]
    if not matching:
        raise InputError(
            say(
                "no rule could conclude {wanted} here, whatever the facts and the reading: the parties do not stand so to each other, or the form is not given between them",
                wanted=quoted(wanted),
            )
        )
    nearest_ = attempts.nearest(matching) if set(parts) & {form for _, _, form in matching} else matching
    if len(nearest_) == 1:
        return nearest_[0]
    ids = [_id(goal) for goal in nearest_]
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


def _id(goal: Key) -> str:
    debtor, creditor, form = goal
    return f"{debtor}:{form}:{creditor}"
