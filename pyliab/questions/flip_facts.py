"""Which facts decide: every smallest change of the facts of a case, or of facts and reading, that changes the outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from pyliab.asp import symbols as atoms
from pyliab.asp.open_facts import candidates, stated
from pyliab.asp.symbols import Program, owed
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice
from pyliab.law.liability import Key
from pyliab.law.world import World
from pyliab.questions.repairs import Goal, Outcome, Repair, Repairer, outcome_json
from pyliab.text.problem import InputError
from pyliab.text.say import say

What = Literal["facts", "law", "both"]


@dataclass
class Flip:
    """A minimal change and its outcome; `unsettled` is the outcome where its facts are only disputed, if that differs.

    To put a fact in dispute is the weaker change: where already that makes a liability uncertain, it is told here.
    """

    change: Repair
    unsettled: Outcome | None = None

    def to_json(self, base: KnowledgeBase) -> dict[str, Any]:
        """The stable shape of the design; `unsettled` is left out where there is none."""
        plain = self.change.to_json(base)
        return plain if self.unsettled is None else {**plain, "unsettled": outcome_json(self.unsettled)}


@dataclass
class Flips:
    """All minimal changes, smallest first; `cut` where more, or larger ones, may be left."""

    case: str
    reading: str
    before: Outcome
    flips: list[Flip] = field(default_factory=list)
    cut: bool = False

    def to_json(self, base: KnowledgeBase) -> dict[str, Any]:
        """The object that `flip --facts --json` prints."""
        return {
            "case": self.case,
            "reading": self.reading,
            "outcome": outcome_json(self.before),
            "flips": [flip.to_json(base) for flip in self.flips],
            "cut": self.cut,
        }


def fact_flips(
    inquiry: World,
    case: CaseFile,
    choice: Choice,
    wanted: Iterable[Key] | None = None,
    *,
    limit: int = 20,
    what: What = "facts",
    unstated: bool = False,
) -> Flips:
    """Every minimal change of stated facts (and of `unstated` ones; and of positions) after which the outcome is another.

    The outcome is what is certain and what is possible. With `wanted`, a flip is a change after which just the
    liabilities wanted are owed, in every completion.
    Raises InputError where a wanted liability can follow from no facts that can be supposed here.
    """
    base = inquiry.base
    outcome: Outcome = {key: one.status for key, one in inquiry.outcomes(choice.positions)[case.id].items()}
    target = None if wanted is None else sorted(set(wanted))
    variables = [*stated(base, case), *(candidates(base, case) if unstated else ())] if what != "law" else []
    repairer = Repairer(inquiry, case, choice, variables, positions=what != "facts", more=_asked(case, outcome, target))
    for key in target or ():
        _require(repairer, case, key)
    goals = [Goal(atoms.constant("reached"))] if target is not None else list(_other_than(case, outcome))
    found = repairer.find(goals, limit)
    return Flips(case.id, choice.name, outcome, _flips(repairer, found.repairs, outcome), found.cut)


def _other_than(case: CaseFile, outcome: Outcome) -> Iterator[Goal]:
    """What makes an outcome another one.

    In some completion it differs: something certain is gone, something impossible has come; or in all completions what
    was only possible is certain, or is gone.
    """
    yield Goal(atoms.constant("differs"), certain=False)
    for key, status in outcome.items():
        if status == "possible":
            yield Goal(owed(case.id, key))
            yield Goal(owed(case.id, key), holds=False)


def _asked(case: CaseFile, outcome: Outcome, wanted: Iterable[Key] | None) -> Program:
    """The facts of `rules/analysis/flip.lp`."""
    rows: list[tuple[str, tuple[str | int, ...]]] = [("asked", (case.id,))]
    for key, status in outcome.items():
        rows.append(("before", (*key, "possible")))
        if status == "certain":
            rows.append(("before", (*key, "certain")))
    rows += [("wanted", key) for key in wanted or ()]
    return atoms.plain(rows)


def _require(repairer: Repairer, case: CaseFile, key: Key) -> None:
    debtor, creditor, form = key
    if repairer.program.literal(owed(case.id, key)) is None:
        name = f"{debtor}:{form}:{creditor}"
        message = say("{name} follows here from no facts that can be supposed", name=name)
        raise InputError(message)


def _flips(repairer: Repairer, repairs: list[Repair], before: Outcome) -> list[Flip]:
    """Each change with the outcome where its facts are in dispute instead, if that is possible and uncertain."""
    weaker = [_unsettled(repair) for repair in repairs]
    outcomes = iter(repairer.outcomes([one for one in weaker if one is not None]))
    flips = []
    for repair, other in zip(repairs, weaker, strict=True):
        outcome = None if other is None else next(outcomes)
        told = outcome is not None and outcome not in (repair.outcome, before) and "possible" in outcome.values()
        flips.append(Flip(repair, outcome if told else None))
    return flips


def _unsettled(repair: Repair) -> Repair | None:
    """The change that only puts its facts in dispute; None where there are none, or they are in dispute already."""
    if not repair.facts or any(one.own == "disputed" for one in repair.facts):
        return None
    proved = {one.word for one in repair.facts if one.standing == "proved"}
    facts = [
        one if one.standing == "unstated" and one.word in proved else replace(one, standing="disputed")
        for one in repair.facts
    ]
    return replace(repair, facts=facts)
