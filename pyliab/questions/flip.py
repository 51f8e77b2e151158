"""What changes the outcome of a case, or brings a wanted one about: every minimal change of the reading, or of the facts.

The reading with its background is the baseline; issues that it leaves open stay open. Facts in dispute stay in dispute:
an outcome is what may result as they turn out, and a change must lead where it leads whatever they turn out to be.

Changes of the law alone are read off the space of readings, which has them all; changes of facts, or of both, are searched
smallest first (`open_case.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Any, Literal

from pyliab.asp import symbols as atoms
from pyliab.asp.changes import Change
from pyliab.asp.open_facts import candidates, changed_case, stated
from pyliab.asp.program import APART
from pyliab.asp.symbols import Program
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice
from pyliab.law.liability import Asked, Key
from pyliab.law.world import World
from pyliab.questions.open_case import Goal, OpenCase, Outcome, Owed, Supposed, What, owed
from pyliab.space.diagram import VOID, Diagram, number_of
from pyliab.space.minimal_sets import changes, verdict
from pyliab.space.space import Outcome as Marks
from pyliab.space.space import Space
from pyliab.text.encode import MAY_LACK, UNSAID, Answer, fields_json
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError, unknown
from pyliab.text.say import say

Kind = Literal["changes", "settles", "reaches"]
NOBODY_LIABLE = "none"


@dataclass(frozen=True)
class Flip:
    """A minimal change, and what follows then.

    It `changes` the outcome to another one, `settles` it on one of several that the baseline can reach, or `reaches` the
    wanted one. `positions` are taken in the place of those `instead_of` (None: the issue was open). `outcome` has what is
    certain and what is possible then, `outcomes` what goes together, where the space of readings was asked. `unsettled` is
    the outcome where the facts are only in dispute, if that differs: the weaker change.
    """

    kind: Kind
    positions: Mapping[str, str]
    instead_of: Mapping[str, str | None]
    facts: tuple[Supposed, ...]
    outcome: tuple[Owed, ...]
    outcomes: tuple[tuple[Owed, ...], ...] = ()
    unsettled: tuple[Owed, ...] | None = field(default=None, metadata=MAY_LACK)


@dataclass(frozen=True)
class Flips(Answer):
    """The answer of `flip`, smallest changes first. `outcome` and `outcomes` are those of the baseline.

    `already`: the wanted outcome is certain as it is. `only_possible`: no change makes it certain while facts are in
    dispute, and the flips given make it possible. `cut`: more, or larger ones, may be left. Who puts the question notes what
    was `asked`.
    """

    case: str
    reading: str
    outcome: tuple[Owed, ...]
    flips: tuple[Flip, ...]
    outcomes: tuple[tuple[Owed, ...], ...] = ()
    already: bool = False
    only_possible: bool = False
    cut: bool = False
    disputed_facts: tuple[str, ...] = ()
    asked: Asked | None = field(default=None, kw_only=True, metadata=UNSAID)

    def to_json(self) -> dict[str, Any]:
        """The object that `flip --json` prints; what was not asked for is left out."""
        plain = fields_json(self)
        for flip in plain["flips"]:
            if flip["unsettled"] is None:
                del flip["unsettled"]
        return plain


# --- changes of the reading ---------------------------------------------------------------------------------------------


def flips(space: Space, choice: Choice, wanted: Callable[[Marks], bool] | None = None) -> Flips:
    """The flips of a case by the law, shortest first. Raises InputError where the reading's positions cannot stand together."""
    baseline = _Baseline(space, choice)
    if wanted is None:
        minimal = baseline.flips("changes", set(range(len(baseline.sets))) - baseline.numbers)
        if len(baseline.numbers) > 1:
            for number in sorted(baseline.numbers):
                minimal += baseline.flips("settles", [number])
        return baseline.answer(minimal)
    certain = baseline.which(lambda possible: all(wanted(outcome) for outcome in possible))
    minimal = baseline.flips("reaches", certain)
    if not minimal:
        possible = baseline.which(lambda possible: any(wanted(outcome) for outcome in possible))
        return replace(baseline.answer(_real(baseline.flips("reaches", possible))), only_possible=True)
    return replace(baseline.answer(_real(minimal)), already=not _real(minimal))


def _real(flips: Iterable[Flip]) -> list[Flip]:
    return [flip for flip in flips if flip.positions]


class _Baseline:
    """A reading as it stands in the space of a case."""

    def __init__(self, space: Space, choice: Choice) -> None:
        self.law: Diagram
        self.law, self.sets = space.by_law
        self.space, self.choice = space, choice
        self.numbers = self._numbers({})
        if not self.numbers:
            raise InputError(APART)

    def _numbers(self, changed: Mapping[str, str]) -> set[int]:
        return {number_of(ref) for ref in self.law.possible({**self.choice.positions, **changed}) if ref != VOID}

    def outcomes(self, changed: Mapping[str, str]) -> list[Marks]:
        """What may follow once these positions are changed, in order."""
        reached = {outcome for number in self._numbers(changed) for outcome in self.sets[number]}
        return sorted(reached, key=sorted)

    def which(self, accepted: Callable[[frozenset[Marks]], bool]) -> list[int]:
        """The numbers of what may result that are accepted."""
        return [number for number, possible in enumerate(self.sets) if accepted(possible)]

    def flips(self, kind: Kind, numbers: Iterable[int]) -> list[Flip]:
        """The minimal changes after which only these numbers are left."""
        positions = self.choice.positions
        flips = []
        for change in changes(verdict(self.law, numbers), positions):
            then = self.outcomes(change)
            instead = {issue: positions.get(issue) for issue in change}
            flips.append(Flip(kind, change, instead, (), summed(then), together(then)))
        return flips

    def answer(self, flips: Sequence[Flip]) -> Flips:
        """The flips, and what they start from."""
        now, disputed = self.outcomes({}), tuple(self.space.disputed)
        case, reading = self.space.case, self.choice.name
        return Flips(case, reading, summed(now), tuple(flips), together(now), disputed_facts=disputed)


def summed(outcomes: Sequence[Marks]) -> tuple[Owed, ...]:
    """Every liability in any of the outcomes, `certain` if it is in all."""
    marks = sorted({mark for outcome in outcomes for mark in outcome})
    return tuple(_owed(mark, outcomes) for mark in marks)


def _owed(mark: tuple[str, ...], outcomes: Sequence[Marks]) -> Owed:
    debtor, creditor, form = mark
    return Owed(debtor, creditor, form, "certain" if all(mark in outcome for outcome in outcomes) else "possible")


def together(outcomes: Iterable[Marks]) -> tuple[tuple[Owed, ...], ...]:
    """The outcomes one by one."""
    return tuple(summed([outcome]) for outcome in outcomes)


def wanted_outcome(base: KnowledgeBase, case: CaseFile, text: str) -> Callable[[Marks], bool]:
    """The test for `none`, the id of a liability, or a part of one. Raises InputError for words that fit nothing."""
    if text == NOBODY_LIABLE:
        return lambda outcome: not outcome
    parts = set(text.split(":"))
    known = [*case.doc.parties, *base.labels.get("form", {})]
    for part in sorted(parts):
        if part not in known:
            none = say("{given} is no party of {id} and no form of liability{near}", id=case.id)
            raise InputError(unknown(none, part, known))
    return lambda outcome: any(parts <= set(mark) for mark in outcome)


# --- changes of the facts -----------------------------------------------------------------------------------------------


def fact_flips(
    world: World,
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
    base = world.base
    outcome: Outcome = {key: liability.status for key, liability in world.outcomes(choice.positions)[case.id].items()}
    target = None if wanted is None else sorted(set(wanted))
    facts = [*stated(base, case), *(candidates(base, case) if unstated else ())] if what != "law" else []
    asked = OpenCase(world, case, choice, facts, more=_asked(case, outcome, target))
    for key in target or ():
        _require(asked, key)
    goals = [Goal(atoms.constant("reached"))] if target is not None else list(_other_than(case, outcome))
    search = asked.find(goals, limit, what=what)
    kind: Kind = "changes" if target is None else "reaches"
    flips = tuple(_flips(asked, kind, search.changes, outcome))
    return Flips(case.id, choice.name, owed(outcome), flips, cut=search.cut)


def _other_than(case: CaseFile, outcome: Outcome) -> Iterator[Goal]:
    """What makes an outcome another one.

    In some completion it differs: something certain is gone, something impossible has come; or in all completions what
    was only possible is certain, or is gone.
    """
    yield Goal(atoms.constant("differs"), certain=False)
    for key, status in outcome.items():
        if status == "possible":
            yield Goal(atoms.owed(case.id, key))
            yield Goal(atoms.owed(case.id, key), holds=False)


def _asked(case: CaseFile, outcome: Outcome, wanted: Iterable[Key] | None) -> Program:
    """The facts of `rules/analysis/flip.lp`."""
    rows: list[tuple[str, tuple[str | int, ...]]] = [("asked", (case.id,))]
    for key, status in outcome.items():
        rows.append(("before", (*key, "possible")))
        if status == "certain":
            rows.append(("before", (*key, "certain")))
    rows += [("wanted", key) for key in wanted or ()]
    return atoms.plain(rows)


def _require(asked: OpenCase, key: Key) -> None:
    if asked.program.literal(atoms.owed(asked.case.id, key)) is None:
        raise InputError(say("{name} follows here from no facts that can be supposed", name=key.id))


def _flips(asked: OpenCase, kind: Kind, changes: Sequence[Change], before: Outcome) -> Iterator[Flip]:
    """Each change with its outcome, and with the outcome where its facts are in dispute instead, if that is uncertain."""
    weaker = [_unsettled(asked, change) for change in changes]
    tried = [(case, asked.reading(change).positions) for case, change in zip(weaker, changes, strict=True) if case]
    outcomes = iter(asked.outcomes(tried))
    for case, repair in zip(weaker, asked.tried(changes), strict=True):
        unsettled = owed(next(outcomes)) if case else None
        if unsettled in (repair.outcome, owed(before)) or "possible" not in {
            status.status for status in unsettled or ()
        }:
            unsettled = None
        yield Flip(kind, repair.positions, repair.instead_of, repair.facts, repair.outcome, (), unsettled)


def _unsettled(asked: OpenCase, change: Change) -> CaseFile | None:
    """The case with the facts of a change only in dispute; None where there are none, or they are in dispute already."""
    facts = asked.suppositions(change)
    if not facts or any(fact.own == "disputed" for fact in facts):
        return None
    proved = {fact.word for fact in facts if fact.standing == "proved"}
    doubted = [
        fact if fact.standing == "unstated" and fact.word in proved else replace(fact, standing="disputed")
        for fact in facts
    ]
    return changed_case(asked.base, asked.case, doubted)
