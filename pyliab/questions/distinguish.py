"""The smallest case on which two readings part, found among all cases of the universe (`asp/open_facts.py`)."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any, Literal

from pyliab.asp import symbols as atoms
from pyliab.asp.open_facts import Cast, Universe, analysis_text, open_rules
from pyliab.asp.smallest import Smallest, SmallestProgram
from pyliab.asp.symbols import Symbol
from pyliab.asp.twice import SIDES, copies_of_law
from pyliab.kb.case import CaseFile, Status
from pyliab.kb.reading import Choice
from pyliab.kb.write_case import case_text, told
from pyliab.law.liability import Liability
from pyliab.law.world import World
from pyliab.text.encode import BY_ID, to_json
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError
from pyliab.text.say import Text, say

Level = Literal["form", "debtor"]


@dataclass
class Distinction:
    """A case on which two readings part, how many facts it has, the text of its file, and what each reading says of it."""

    case: CaseFile = field(metadata=BY_ID)
    facts: int
    file: str
    first: Sequence[Liability]
    second: Sequence[Liability]


@dataclass
class Search:
    """What was searched: the days, how many facts may be told, and of whom."""

    days: list[datetime.date]
    facts: int
    found: list[Distinction]
    cast: Cast | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        days = [day.isoformat() for day in self.days]
        return {"cases": to_json(self.found), "searched": {"days": days, "facts": self.facts}}


def distinguish(
    universes: Iterable[Universe],
    readings: tuple[Choice, Choice],
    *,
    number: int = 1,
    level: Level = "form",
    watch: Callable[[int], None] = lambda _: None,
) -> Search:
    """Up to `number` smallest cases on which the readings part, each differing in another way; universes in order."""
    search = Search([], 0, [])
    for universe in universes:
        search.days.append(universe.day)
        search.cast = universe.cast
        search.facts = max(search.facts, len(universe.facts))
        program = SmallestProgram(_program(universe), _facts(universe, readings, level), watch)
        for smallest in _kinds(program, number - len(search.found)):
            search.found.append(_distinction(universe, readings, smallest, len(search.found) + 1))
        if len(search.found) >= number:
            break
    return search


def _kinds(program: SmallestProgram, number: int) -> Iterator[Smallest]:
    """One smallest answer set for each way of differing."""
    differences = program.literals("differs")
    for _ in range(number):
        smallest = program.smallest()
        if smallest is None:
            return
        held = {symbol for symbol in smallest.shown if symbol.name == "differs"}
        yield smallest
        program.forbid([literal if symbol in held else -literal for symbol, literal in differences.items()])


def _program(universe: Universe) -> str:
    return "\n".join(
        [
            copies_of_law(universe.base),
            open_rules(universe.base),
            analysis_text("hypothetical.lp", "fewest.lp", "distinguish.lp"),
        ]
    )


def _facts(universe: Universe, readings: Sequence[Choice], level: Level) -> atoms.Program:
    facts = atoms.plain(universe.base.law_facts()) + universe.program() + universe.occurred("x")
    for side, choice in zip(SIDES, readings, strict=True):
        facts += atoms.plain((f"position_{side}", pair) for pair in choice.positions.items())
        facts += atoms.plain((f"open_{side}", (issue,)) for issue in choice.open_issues)
    return [*facts, *atoms.plain([("hypothetical", ("x",)), ("wanted", (level,))])]


def statuses(shown: Sequence[Symbol], case: str = "x") -> dict[Symbol, Status]:
    """The facts that an answer set proves or disproves."""
    standing: dict[Symbol, Status] = {}
    for symbol in shown:
        if symbol.name == "status" and str(symbol.arguments[0]) == case:
            value = str(symbol.arguments[2])
            if value == "proved" or value == "disproved":
                standing[symbol.arguments[1]] = value  # type: ignore[assignment]
    return standing


def tell(universe: Universe, name: str, statuses: Mapping[Symbol, Status], title: Text) -> tuple[CaseFile, str]:
    """The case in which these facts are proved or disproved, and its file as text."""
    facts = universe.told(statuses)
    text = case_text(universe.base, name, title, universe.day, universe.declared(facts), facts)
    return told(universe.base, name, text), text


def _distinction(universe: Universe, readings: tuple[Choice, Choice], smallest: Smallest, number: int) -> Distinction:
    """The case as a file, asked under both readings in the ordinary way. Raises InputError if they agree after all."""
    first, second = readings
    title = say(
        "A case on which {first} and {second} part ({number})", first=first.name, second=second.name, number=number
    )
    name = f"{first.name}_or_{second.name}_{number}"
    case, text = tell(universe, name, statuses(smallest.shown), title)
    inquiry = World(universe.base, [case])
    outcomes = (inquiry.derive(case.id, first), inquiry.derive(case.id, second))
    if [(liability.key, liability.status) for liability in outcomes[0]] == [
        (liability.key, liability.status) for liability in outcomes[1]
    ]:
        message = say("the case found does not tell the readings apart; the search and `derive` disagree")
        raise InputError(message)
    return Distinction(case, smallest.cost, text, *outcomes)
