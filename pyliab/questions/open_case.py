"""A case and a reading that may be otherwise: the smallest changes under which something follows, each tried from scratch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from itertools import islice
from typing import Literal, cast

from pyliab.asp import symbols as atoms
from pyliab.asp.changes import Change, ChangeProgram, Smallest
from pyliab.asp.open_facts import (
    UNDATED,
    OpenFact,
    Standing,
    Supposition,
    analysis_text,
    changed_case,
    of_case,
    open_case,
    open_rules,
    term,
)
from pyliab.asp.symbols import Program, Symbol
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice
from pyliab.kb.vocabulary import ANY
from pyliab.law.liability import Key
from pyliab.law.proof import ProofProgram
from pyliab.law.words import Phrases
from pyliab.law.world import World, rewritten_rules
from pyliab.text.later import dataclass
from pyliab.text.say import Text

LARGEST = 6
"""No changes of more facts and positions than these are looked for: nobody would call them near."""
FARTHEST = 12
"""Nor is an attempt told that lacks more."""
What = Literal["both", "law", "facts"]
"""What may be otherwise: the reading, the facts, or both."""
Outcome = Mapping[Key, str]
"""What is owed: debtor, creditor and form, and whether that is certain or possible."""


@dataclass(frozen=True)
class Owed:
    """A liability of an outcome, by itself."""

    id: str = field(init=False)
    debtor: str
    creditor: str
    form: str
    status: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", self.key.id)

    @property
    def key(self) -> Key:
        """Debtor, creditor, form."""
        return Key(self.debtor, self.creditor, self.form)


@dataclass(frozen=True)
class Supposed:
    """A fact that is supposed to stand otherwise. `fact` is written as in a case file: `{"knows": {"platform": "site"}}`."""

    fact: Mapping[str, Mapping[str, str | int]]
    says: Text
    status: Standing
    instead_of: Standing


@dataclass(frozen=True)
class Repair:
    """A minimal change. `positions` are taken in the place of those `instead_of` (None: the issue is left open).

    `facts` are all that stand otherwise; `size` counts what is changed: a fact that gives way to another of its kind is
    not counted. `today` says that the law of today is supposed to have applied.
    """

    positions: Mapping[str, str]
    instead_of: Mapping[str, str | None]
    facts: tuple[Supposed, ...]
    size: int
    today: bool = False
    outcome: tuple[Owed, ...] = ()


@dataclass(frozen=True)
class Goal:
    """An atom that is to hold, or not to hold: in every completion, or (not `certain`) in one."""

    atom: Symbol
    holds: bool = True
    certain: bool = True


@dataclass(frozen=True)
class Found:
    """Changes, smallest first; `cut` where more, or larger ones, may be left."""

    changes: list[Change]
    cut: bool


def owed(outcome: Outcome) -> tuple[Owed, ...]:
    """An outcome in order."""
    return tuple(Owed(*key, status) for key, status in sorted(outcome.items()))


class OpenCase:
    """A case under a reading, some `facts` of it open; ground once to be searched, and once more where a change is proved.

    `more` are facts for `rules/analysis/flip.lp`. Where the law `may_be_todays`, that too may be supposed.
    """

    def __init__(
        self,
        world: World,
        case: CaseFile,
        choice: Choice,
        facts: Sequence[OpenFact],
        *,
        more: Program | None = None,
        may_be_todays: bool = False,
    ) -> None:
        self.world, self.case, self.choice, self.base = world, case, choice, world.base
        self.facts = {fact.symbol: fact for fact in facts}
        self.phrases = Phrases(self.base, case.names())
        self._given = world.given() + (more or [])
        self._given += atoms.plain(("taken", taken) for taken in choice.positions.items())
        if may_be_todays and not world.as_if_in_force:
            self._given += atoms.plain([("law_may_change", ())])
        law = "\n".join(path.read_text(encoding="utf-8") for path in self.base.rule_files)
        self.program = self._ground(law, facts)

    def _ground(self, law: str, facts: Sequence[OpenFact]) -> ChangeProgram:
        """The law on the case with these facts open; nothing is shown in particular, for what is not shown would not be seen."""
        law = "\n".join(row for row in law.splitlines() if not row.startswith("#show"))
        text = "\n".join([law, analysis_text("changes.lp", "flip.lp"), open_rules(self.base)])
        given = self._given + open_case(self.base, self.case, facts)
        return ChangeProgram(given, text, largest=FARTHEST, as_if_in_force=self.world.as_if_in_force)

    # --- the smallest changes ---

    def smallest(
        self,
        goal: int,
        *,
        certain: bool = True,
        what: What = "both",
        largest: int = LARGEST,
        spread: int | None = None,
        todays: bool = False,
    ) -> Smallest:
        """The minimal changes under which a literal holds, by the law of the day unless it may be `todays`."""
        today = self.program.literal(atoms.constant("as_if_in_force"))
        stay = {"law": ["facts_stay"], "facts": ["positions_stay"], "both": []}[what]
        given = [self.program.must(atoms.constant(name)) for name in stay]
        if today and not todays and not self.world.as_if_in_force:
            given.append(-today)
        return Smallest(self.program, goal, largest=largest, certain=certain, spread=spread, given=given)

    def find(
        self,
        goals: Iterable[Goal],
        limit: int,
        *,
        what: What = "both",
        largest: int = LARGEST,
        spread: int | None = None,
    ) -> Found:
        """The smallest changes that reach one of the goals, at most `limit`; those of equal size in a fixed order."""
        changes: list[Change] = []
        cut = False
        for goal in goals:
            literal = self.program.literal(goal.atom)
            if literal is not None:
                literal = literal if goal.holds else -literal
                search = self.smallest(literal, certain=goal.certain, what=what, largest=largest, spread=spread)
                more = list(islice(search, limit + 1))
                changes += more
                cut = cut or search.cut or len(more) > limit
        kept = self._minimal(changes)
        return Found(kept[:limit], cut or len(kept) > limit)

    def _minimal(self, changes: Iterable[Change]) -> list[Change]:
        """Each once, none that contains another; smallest first, of equal ones those of the reading before those of facts."""
        kept: list[Change] = []
        for change in sorted(
            changes, key=lambda change: (change.size, len(_parts(change)), len(change.facts), self.order(change))
        ):
            if not any(_parts(other) <= _parts(change) for other in kept):
                kept.append(change)
        return kept

    def order(self, change: Change) -> list[int]:
        """Where what is changed stands in the base and in the case."""
        issues, facts = list(self.base.issues), list(self.facts)
        return [
            *(issues.index(issue) for issue, _ in change.positions),
            *(facts.index(fact) for fact, _ in change.facts),
        ]

    # --- a change, tried and told ---

    def suppositions(self, change: Change) -> list[Supposition]:
        """The facts of a change."""
        facts = [(self.facts[symbol], cast(Standing, standing)) for symbol, standing in change.facts]
        return [Supposition(fact.word, fact.args, standing, fact.own) for fact, standing in facts]

    def supposing(self, change: Change) -> CaseFile:
        """The case with a change: an ordinary case."""
        return changed_case(self.base, self.case, self.suppositions(change))

    def reading(self, change: Change) -> Choice:
        """The reading with a change."""
        taken, choice = dict(change.positions), self.choice
        left = tuple(issue for issue in choice.open_issues if issue not in taken)
        assumed = {issue: position for issue, position in choice.assumed.items() if issue not in taken}
        return Choice(choice.name, {**choice.own, **taken}, assumed, left)

    def outcomes(self, changes: Sequence[tuple[CaseFile, Mapping[str, str]]]) -> list[Outcome]:
        """What is owed in changed cases under changed positions: ground anew, together, as cases of their own."""
        cases = [replace(case, id=f"{self.case.id}_{i}") for i, (case, _) in enumerate(changes)]
        fresh = World(self.base, cases, as_if_in_force=self.world.as_if_in_force)
        outcomes: list[Outcome] = []
        for case, (_, positions) in zip(cases, changes, strict=True):
            liabilities = fresh.outcomes(positions)[case.id]
            outcomes.append({key: str(liability.status) for key, liability in liabilities.items()})
        return outcomes

    def tried(self, changes: Sequence[Change]) -> list[Repair]:
        """Each change with its outcome: that of the changed case under the changed reading, asked in the ordinary way."""
        asked = [(self.supposing(change), self.reading(change).positions) for change in changes]
        outcomes = self.outcomes(asked)
        return [
            replace(self.told(change), outcome=owed(outcome)) for change, outcome in zip(changes, outcomes, strict=True)
        ]

    def told(self, change: Change) -> Repair:
        """A change as an answer shows it, without its outcome."""
        positions = dict(change.positions)
        instead = {issue: self.choice.positions.get(issue) for issue in positions}
        facts = tuple(self._supposed(supposition) for supposition in self.suppositions(change))
        return Repair(positions, instead, facts, change.size, change.today)

    def _supposed(self, supposition: Supposition) -> Supposed:
        """A supposed fact with the keys that a case file writes: what was not said stays unsaid."""
        places = zip(self.base.vocabulary[supposition.word].arguments[1:], supposition.args, strict=True)
        given = {argument.key: value for argument, value in places if value not in (UNDATED, ANY)}
        atom = of_case(self.case.id, term(supposition.word, supposition.args))
        return Supposed({supposition.word: given}, self.phrases.atom(atom), supposition.standing, supposition.own)

    def proofs(self, changes: Iterable[Change]) -> tuple[ProofProgram, ChangeProgram]:
        """What explains the worlds of some changes; only what they change stands open in it, for the reasons are many."""
        changed = {fact for change in changes for fact, _ in change.facts}
        law = rewritten_rules(self.base.rule_files).text
        program = self._ground(law, [fact for symbol, fact in self.facts.items() if symbol in changed])
        return ProofProgram(self.world, self.case, program), program


def _parts(change: Change) -> frozenset[tuple[object, ...]]:
    """The single changes."""
    return frozenset([*change.positions, *change.facts, *([("today",)] if change.today else [])])
