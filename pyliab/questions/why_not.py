"""Why does a liability not follow, and what would have to be otherwise?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pyliab.asp.symbols import owed
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice
from pyliab.law.liability import Inquiry, Key
from pyliab.questions.attempts import Attempt, Attempts
from pyliab.questions.open_facts import candidates, stated
from pyliab.questions.repairs import Found, Goal, Outcome, Repairer, outcome_json
from pyliab.text.problem import InputError, in_quotes, nearest, told

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
    inquiry: Inquiry, case: CaseFile, choice: Choice, wanted: str, *, what: What = "both", limit: int = 10
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
    known = [*case.doc["parties"], *base.labels["form"]]
    for part in parts:
        if part not in known:
            near = nearest(part, known)
            raise InputError(
                told(
                    f"{in_quotes(part)}既非 {case.id} 的当事人，也非责任形态{near.zh}（责任写作 债务人:形态:债权人）",
                    f"{part!r} is neither a party of {case.id} nor a form of liability{near} "
                    f"(a liability is written debtor:form:creditor)",
                )
            )
    if len(parts) > 3 or sum(part in base.labels["form"] for part in parts) > 1:
        raise InputError(
            told(
                f"{in_quotes(wanted)}所指的责任不止一项；请写作 债务人:形态:债权人",
                f"{wanted!r} names more than one liability; write debtor:form:creditor",
            )
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
            told(
                f"无论何种事实、何种读法，此处都没有规则能推出{in_quotes(wanted)}："
                "当事人之间没有这样的关系，或者其间不发生这种形态的责任",
                f"no rule could conclude {wanted!r} here, whatever the facts and the reading: "
                "the parties do not stand so to each other, or the form is not given between them",
            )
        )
    nearest_ = attempts.nearest(matching) if set(parts) & {form for _, _, form in matching} else matching
    if len(nearest_) == 1:
        return nearest_[0]
    ids = [_id(goal) for goal in nearest_]
    more = len(ids) - NAMED
    rest = told(f"，另有 {more} 项", f", and {more} more") if more > 0 else told("", "")
    raise InputError(
        told(
            f"{in_quotes(wanted)}可以指 {len(ids)} 项责任；请指明是哪一项：{'、'.join(ids[:NAMED])}{rest.zh}",
            f"{wanted!r} may mean any of {len(ids)}; say which: {', '.join(ids[:NAMED])}{rest}",
        )
    )


def _id(goal: Key) -> str:
    debtor, creditor, form = goal
    return f"{debtor}:{form}:{creditor}"
