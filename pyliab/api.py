"""The API for notebooks and other programs: a base, a case, a case under a reading, and what may be asked of it.

    import pyliab

    kb = pyliab.load()
    q = kb.case("ride_injury").under("paper_body")
    q.liabilities, q.why("supp_full"), q.why_not("joint_whole"), q.flips(), q.settle(driver="20000")

Whatever is asked of a case, it is ground once for each program that is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyliab.asp.load import load as load_base
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Background, Choice, choose, choose_positions, taken
from pyliab.law.liability import Asked, Derived, Liability
from pyliab.law.world import World, world_of
from pyliab.text.amounts import amount
from pyliab.text.encode import Answer as Answered
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError, nearest
from pyliab.text.say import locale, quoted, same, say

if TYPE_CHECKING:
    from pyliab.law.proof import Explained
    from pyliab.money.settlement import Settlement
    from pyliab.questions.disputed import OpenFacts
    from pyliab.questions.flip import Flips
    from pyliab.questions.open_case import What
    from pyliab.questions.overview import Lacks, Overview
    from pyliab.questions.why_not import WhyNot
    from pyliab.space.space import Explored


def load(*folders: str | Path, base: str | Path | None = None, scripts: bool = False) -> Base:
    """The shipped base, or the body of law in the folder `base`, with folders of one's own over it. Raises InputError.

    `scripts`: rules in these folders may run Python, in this process from now on.
    """
    home = None if base is None else Path(base)
    return Base(load_base([Path(folder) for folder in folders], home=home, scripts=scripts))


@dataclass(frozen=True)
class Base:
    """A knowledge base. `cases`, `readings` and `issues` are the ids that it holds."""

    knowledge: KnowledgeBase

    @property
    def cases(self) -> list[str]:
        """The ids of all cases."""
        return list(self.knowledge.cases)

    @property
    def readings(self) -> list[str]:
        """The ids of all readings."""
        return list(self.knowledge.readings)

    @property
    def issues(self) -> dict[str, list[str]]:
        """The issues with the ids of their positions."""
        return {name: list(issue.positions) for name, issue in self.knowledge.issues.items()}

    def case(self, name: str | Path, *, as_if_in_force: bool = False, non_liquet: bool = False) -> Case:
        """A case by id or by the path of its file. Raises InputError."""
        return Case(self.knowledge, self.knowledge.case(str(name)), as_if_in_force, non_liquet)


@dataclass(frozen=True)
class Case:
    """A case of a base, asked under the law of its day, or `as_if_in_force` under today's.

    With `non_liquet`, what is in dispute stays unproved, and the burden of proof decides.
    """

    knowledge: KnowledgeBase
    file: CaseFile
    as_if_in_force: bool = False
    non_liquet: bool = False

    @property
    def world(self) -> World:
        """The case with the law, ground."""
        return world_of(self.knowledge, self.file, as_if_in_force=self.as_if_in_force, non_liquet=self.non_liquet)

    def under(self, reading: str | Path | None = None, background: Background = "text", **positions: str) -> Question:
        """The case under a reading (an id or a file), with positions in place of its own. Raises InputError.

        Without a reading, only these positions are taken, and the background fills the rest.
        """
        document = self.knowledge.reading(str(reading)) if reading is not None else None
        for issue, position in positions.items():
            _known(issue, self.knowledge.issues)
            _known(position, self.knowledge.issues[issue].positions)
        own = {**(taken(document) if document else {}), **positions}
        name = document.reading if document else "positions"
        return Question(self, choose_positions(self.knowledge, name, own, background))

    def overview(self, background: Background = "text") -> Overview:
        """The named readings grouped by what they come to, and what would make somebody liable where nobody is."""
        from pyliab.questions.overview import overview

        choices = [choose(self.knowledge, reading, background) for reading in self.knowledge.readings.values()]
        return overview(self.world, choices)

    def space(self, level: str = "form") -> Explored:
        """Every outcome over the whole space of readings, exactly; `level` is `form`, `debtor` or `money`."""
        from pyliab.money.by_money import explore
        from pyliab.space.space import Explorer, answer

        explorer = Explorer(self.knowledge, as_if_in_force=self.as_if_in_force)
        space = explore(explorer, self.file) if level == "money" else explorer.explore(self.file, level)
        return replace(answer(space), asked=self.under(background="open")._asked)


@dataclass(frozen=True)
class Question:
    """A case under a reading."""

    case: Case
    choice: Choice

    @property
    def world(self) -> World:
        """The case with the law, ground."""
        return self.case.world

    @property
    def file(self) -> CaseFile:
        """The case as it is told."""
        return self.case.file

    @cached_property
    def derived(self) -> Derived:
        """What follows, with all that is to be said beside."""
        return self.world.derived(self.file.id, self.choice)

    @property
    def liabilities(self) -> Sequence[Liability]:
        """What is owed, each with the positions and disputed facts that carry it."""
        return self.derived.liabilities

    @cached_property
    def lacks(self) -> Lacks:
        """Where nobody is liable: the fewest facts, and the single positions, that would make somebody so."""
        from pyliab.questions.overview import Unstated

        return Unstated(self.world).lacks(self.choice)

    def why(self, liability: str | None = None) -> Explained:
        """The proofs of the liabilities meant by an id or a part of one (`several`); of all, if none is named.

        Raises InputError.
        """
        from pyliab.law.proof import explained

        return explained(self.world, self.file, self.choice, liability)

    def open_facts(self) -> OpenFacts:
        """What is certain whatever the facts in dispute, and what each of them would add."""
        from pyliab.questions.disputed import open_facts

        return open_facts(self.world, self.file, self.choice)

    def why_not(self, liability: str, limit: int = 5, *, what: What = "both") -> WhyNot:
        """The nearest attempts at a liability that failed, and the smallest changes that would bring it about.

        `what` may be otherwise: the `law` (positions), the `facts`, or `both`.
        """
        from pyliab.questions.why_not import why_not

        return why_not(self.world, self.file, self.choice, liability, what=what, limit=limit)

    def flips(self, *, facts: bool = False, limit: int = 20) -> Flips:
        """Every minimal change of positions that changes the outcome; with `facts`, of facts, at most `limit`."""
        if facts:
            from pyliab.questions.flip import fact_flips

            found = fact_flips(self.case.world, self.case.file, self.choice, limit=limit)
            return replace(found, asked=self._asked)
        from pyliab.questions.flip import flips
        from pyliab.space.space import Explorer

        explorer = Explorer(self.case.knowledge, as_if_in_force=self.case.as_if_in_force)
        return replace(flips(explorer.explore(self.case.file), self.choice), asked=self._asked)

    @property
    def _asked(self) -> Asked:
        return Asked(self.case.knowledge, self.case.file, self.choice, self.case.as_if_in_force)

    def settle(self, **assets: str | int | None) -> Settlement:
        """Who pays whom; `assets` are sums by party, None without a limit. Raises InputError."""
        from pyliab.money.conclusions import ledger_of
        from pyliab.money.settlement import on_top, settlement

        ledger = ledger_of(self.case.world, self.case.file, self.choice)
        given = {party: [None if sum_ is None else amount(str(sum_))] for party, sum_ in assets.items()}
        return replace(settlement(ledger, given, beyond=on_top(self.case.world, ledger)), asked=self._asked)


@dataclass(frozen=True)
class Comparison(Answered):
    """Readings side by side: each case under each reading."""

    questions: tuple[Question, ...]

    @property
    def asked(self) -> Asked | None:
        """What was asked first; nothing, where there is no case."""
        return self.questions[0]._asked if self.questions else None

    @property
    def rows(self) -> list[tuple[str, str, Liability]]:
        """What is owed, by case and reading."""
        return [(q.file.id, q.choice.name, liability) for q in self.questions for liability in q.liabilities]

    def to_json(self) -> list[dict[str, Any]]:
        """One object a liability."""
        return [{"case": case, "reading": reading, **liability.to_json()} for case, reading, liability in self.rows]

    def to_frame(self) -> Any:
        """A pandas frame, one row a liability (pandas is not installed with pyliab)."""
        import pandas

        columns = ["case", "reading", "debtor", "creditor", "form", "status", "with", "basis"]
        return pandas.DataFrame(self.to_json(), columns=columns)


def compare(cases: Case | Iterable[Case], readings: Sequence[str | Path]) -> Comparison:
    """What each reading comes to in each case. Raises InputError."""
    asked = [cases] if isinstance(cases, Case) else list(cases)
    return Comparison(tuple(case.under(reading) for case in asked for reading in readings))


def _as_html(answer: Answered) -> str | None:
    """An answer for a notebook, as it stands in a report; None for a part of one."""
    from pyliab.answers import views
    from pyliab.answers.html import fragment
    from pyliab.answers.wording import Wording

    asked = getattr(answer, "asked", None)
    if asked is None:
        return None
    wording = Wording(asked.base, asked.case)
    return fragment(wording.document(same(asked.case.id), views.view(answer, wording)), locale())


Answered.as_html = _as_html


def _known(name: str, known: Iterable[str]) -> None:
    names = list(known)
    if name not in names:
        raise InputError(say("nothing here is called {name}{near}", name=quoted(name), near=nearest(name, names)))
