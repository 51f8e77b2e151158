"""Which readings are consistent with which decided cases, and how the decisions cut the space of all readings.

What a decision says of a full reading is exact: the court's outcome follows under it, as the facts turn out, or it does not.
A named reading leaves issues open; a decision that turns on one of them says nothing of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field, replace
from fractions import Fraction
from functools import partial
from itertools import product
from math import prod
from typing import Literal

from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.memo import Memo
from pyliab.kb.model import Held, Judgment
from pyliab.kb.reading import Background, choose, written
from pyliab.law.in_force import out_of_time
from pyliab.law.world import World
from pyliab.money.books import Books, Group
from pyliab.money.by_money import Due, dues, explore
from pyliab.money.conclusions import Completion
from pyliab.space.demands import Demands, Standing, always, never, opposite, standing
from pyliab.space.diagram import VOID, Diagram
from pyliab.space.minimal_sets import YES, sufficient, verdict
from pyliab.space.space import Explorer, Outcome, Progress, Space
from pyliab.text.amounts import Span, ends, fen
from pyliab.text.encode import UNSAID, Answer
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError
from pyliab.text.say import quoted, say

Verdict = Literal["consistent", "inconsistent", "silent", "unexplained"]
Weigh = Literal["court", "date"]
Telling = Literal["apart", "alike", "unexplained"]


@dataclass
class Decision:
    """One decided case, asked of the law of its day or, by analogy, of today's law.

    It tells readings `apart`, or all are `alike` to it: every reading gives what the court held; or it is `unexplained`, no
    reading gives it. It `turns_on` these issues; every reading that gives it has the positions of `always`, none has one of
    `never`.
    """

    id: str
    case: str
    analogy: bool
    tells: Telling
    sure: str
    turns_on: list[str]
    always: list[str]
    never: list[str]
    meets: Diagram = field(metadata=UNSAID)

    def follows_from(self, positions: Mapping[str, str]) -> bool:
        """Does the court's outcome follow from these positions, whatever else is held?"""
        return self.meets.possible(positions) - {VOID} == {YES}

    def says_of(self, positions: Mapping[str, str]) -> Verdict:
        """What it says of a reading that takes these positions, and leaves the others open."""
        if self.tells == "unexplained":
            return "unexplained"
        possible = self.meets.possible(positions) - {VOID}
        if self.tells == "alike" or len(possible) != 1:
            return "silent"
        return "consistent" if possible == {YES} else "inconsistent"


@dataclass
class Kept:
    """Decisions that one reading can give, none more beside them: `without` are the others. All such readings hold `always`."""

    decisions: list[str]
    without: list[str]
    always: list[str]


@dataclass
class Cut:
    """How decisions cut the space of readings: how many readings give all of them, and what these have in common.

    Any one of the sets `sufficient` suffices to give them all. Where no reading does, `conflicts` are the minimal sets of
    decisions of which no reading gives all, `largest` the largest sets that one can give; both are complete.
    """

    decisions: list[str]
    survivors: int
    always: list[str]
    never: list[str]
    sufficient: list[list[str]]
    conflicts: list[list[str]]
    largest: list[Kept]


@dataclass
class Fit(Answer):
    """All decisions, and what each says of each reading.

    `survivors` are contradicted by none; for the others `wrong` are the decisions that would have to be wrong. Where they
    `weigh` by the level of the court or by the date, those come first, and in the space those sets, that give up the least:
    one decision of a higher court, or a later one, outweighs any number of others.
    """

    decisions: list[Decision]
    readings: dict[str, dict[str, Verdict]]
    survivors: list[str]
    wrong: dict[str, list[str]]
    space: Cut
    weigh: Weigh | None = None


def fit(
    base: KnowledgeBase,
    names: Sequence[str],
    *,
    analogy: bool | None = None,
    background: Background = "open",
    without: Collection[str] = (),
    weigh: Weigh | None = None,
    progress: Progress = lambda _case, _found: None,
) -> Fit:
    """Hold readings against the decided cases; but for `analogy=False` cases of earlier law are also asked of today's.

    A reading has the positions of its source and, where a `background` is asked for, those of the plain text.
    The space is cut by the decisions that tell readings apart; by analogous ones only where `analogy` is asked, and by none
    `without` which it shall be cut.
    """
    decisions = decided(base, analogy=analogy is not False, progress=progress)
    held = {name: choose(base, base.reading(name), background).positions for name in names}
    readings = {name: {one.id: one.says_of(held[name]) for one in decisions} for name in names}
    given_up = {name: [id for id, said in row.items() if said == "inconsistent"] for name, row in readings.items()}
    cutting = [one for one in decisions if (analogy or not one.analogy) and one.id not in without]
    space = cut(base, cutting)
    if weigh:
        lightest = partial(_weight, {one.id: _rank(base, one, weigh) for one in decisions})
        given_up = dict(sorted(given_up.items(), key=lambda entry: lightest(entry[1])))
        space.largest.sort(key=lambda kept: lightest(kept.without))
    survivors = [name for name, ids in given_up.items() if not ids]
    wrong = {name: ids for name, ids in given_up.items() if ids}
    return Fit(decisions, readings, survivors, wrong, space, weigh)


def _rank(base: KnowledgeBase, decision: Decision, weigh: Weigh) -> tuple[int, str]:
    """How much it counts; the least where its court or day is unknown."""
    judgment = base.cases[decision.case].doc.judgment
    assert judgment  # the decided ones only
    levels = [None, *base.labels.get("court", ())]
    return (levels.index(judgment.level), "") if weigh == "court" else (0, judgment.decided or "")


def _weight(ranks: Mapping[str, tuple[int, str]], ids: Iterable[str]) -> list[tuple[int, str]]:
    """What giving these up weighs: the heaviest first, so that one heavier outweighs all that are lighter."""
    return sorted((ranks[id] for id in ids), reverse=True)


def decided(
    base: KnowledgeBase,
    among: Iterable[CaseFile] | None = None,
    *,
    analogy: bool = True,
    progress: Progress = lambda _case, _found: None,
) -> list[Decision]:
    """The decided cases of the base, or among these, asked of the whole space of readings.

    By analogy only where today's law says something else. Raises InputError for a case that is not decided.
    """
    cases = [case for case in base.cases.values() if case.doc.judgment] if among is None else list(among)
    for case in cases:
        if not case.doc.judgment:
            raise InputError(say("no court decided the case {case}", case=quoted(case.id)))
    return _asked(base, cases, analogy, progress)


_DECIDED = Memo[Decision](256)


def _asked(base: KnowledgeBase, cases: list[CaseFile], analogy: bool, progress: Progress) -> list[Decision]:
    decisions = _decisions(base, cases, progress)
    then = World(base, cases)
    earlier = [case for case in cases if analogy and _is_earlier(then, case)]
    again = _decisions(base, earlier, progress, as_if=True)
    said = {one.case: one.meets.to_json() for one in decisions}
    return [*decisions, *(one for one in again if one.meets.to_json() != said[one.case])]


def _is_earlier(world: World, case: CaseFile) -> bool:
    """Did provisions that rules now ask for come into force after the case?"""
    return any(entry.from_ > case.doc.date for entry in out_of_time(world, case))


def _decisions(
    base: KnowledgeBase, cases: Sequence[CaseFile], progress: Progress, *, as_if: bool = False
) -> list[Decision]:
    explorer = Explorer(base, as_if_in_force=as_if, progress=progress)
    spaces = zip(cases, explorer.explore_all(cases), strict=True)
    return [_decided(explorer, case, space, as_if) for case, space in spaces]


def _decided(explorer: Explorer, case: CaseFile, space: Space, as_if: bool) -> Decision:
    """Each decision is asked once."""
    return _DECIDED.get(explorer.base, [case], as_if, lambda: _decision(case, _in_sums(explorer, case) or space, as_if))


def _in_sums(explorer: Explorer, case: CaseFile) -> Space | None:
    """Where the report gives a sum or a share: the space told apart by what is owed on what the court had to decide."""
    judgment = case.doc.judgment
    assert judgment  # the decided ones only

    def read(books: Books, completion: Completion, harms: Group) -> Outcome:
        before_it = judgment.judged((owed.debtor, owed.form) for owed in completion.liabilities)
        owed = frozenset(owed for owed in completion.liabilities if (owed.debtor, owed.form) in before_it)
        return dues(books, replace(completion, liabilities=owed), harms)

    return explore(explorer, case, read=read) if any(entry.owes for entry in judgment.held) else None


def _decision(case: CaseFile, space: Space, as_if: bool) -> Decision:
    assert case.doc.judgment  # the decided ones only
    meets = _meets(space, case.doc.judgment)
    ends = meets.possible({}) - {VOID}
    tells: Telling = "apart" if len(ends) > 1 else "alike" if ends == {YES} else "unexplained"
    sets = [*sufficient(meets), *sufficient(opposite(meets))]
    return Decision(
        f"{case.id}:analogy" if as_if else case.id,
        case.id,
        as_if,
        tells,
        case.doc.judgment.sure,
        [issue for issue in space.issues if any(issue in chosen for chosen in sets)],
        written(always(meets)) if tells == "apart" else [],
        _written(never(meets)) if tells == "apart" else [],
        meets,
    )


def _meets(space: Space, judgment: Judgment) -> Diagram:
    """Under which readings an outcome follows, as the facts turn out, that the court may have meant."""
    forms = [{(entry.debtor, form) for form in (entry.form, *entry.perhaps)} for entry in judgment.held]
    # Each combination of the forms that the report leaves possible is one outcome the court may have meant.
    meant = {frozenset(combination) for combination in product(*forms)}

    def given(outcomes: frozenset[Outcome]) -> bool:
        return any(
            judgment.judged(
                (mark.debtor, mark.form) if isinstance(mark, Due) else (mark[0], mark[2]) for mark in outcome
            )
            in meant
            and all(_owed(entry, outcome) for entry in judgment.held if entry.owes)
            for outcome in outcomes
        )

    diagram, sets = space.by_law
    return verdict(diagram, [number for number, outcomes in enumerate(sets) if given(outcomes)])


def _owed(held: Held, outcome: Iterable[Due]) -> bool:
    """Does the debtor owe in this outcome what the report says, to the fen on either side?"""
    assert held.owes  # asked of those with a sum only
    by_harms = {due.harms: due for due in outcome if due.debtor == held.debtor}.values()
    owes = sum((due.owes for due in by_harms), Span(0, 0))
    share, sum_ = held.owes.endswith("%"), held.owes.removesuffix("%")
    unit = sum((due.loss for due in by_harms), Fraction(0)) / 100 if share else 1
    low, high = (fen(end * unit) for end in ends(sum_))
    return low - 1 <= owes.high and owes.low <= high + 1


def cut(base: KnowledgeBase, decisions: Sequence[Decision]) -> Cut:
    """How the decisions that tell readings apart cut the space together."""
    demands = {one.id: one.meets for one in decisions if one.tells == "apart"}
    together = Demands(demands, list(base.issues))
    names = list(demands)
    meets = together.together(names)
    asked = {variable.name for variable in meets.variables}
    others = prod(len(issue.choices()) for name, issue in base.issues.items() if name not in asked)
    survivors = meets.counts().get(YES, 0) * others
    stand = Standing([], [names]) if survivors else standing(names, together.possible)
    return Cut(
        names,
        survivors,
        written(always(meets)),
        _written(never(meets)) if survivors else [],
        [written(chosen) for chosen in sufficient(meets)],
        stand.conflicts,
        [_kept(one, names, together) for one in stand.largest],
    )


def _kept(kept: list[str], names: Sequence[str], together: Demands) -> Kept:
    return Kept(kept, [name for name in names if name not in kept], written(always(together.together(kept))))


def _written(positions: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{issue}={position}" for issue, position in positions]
