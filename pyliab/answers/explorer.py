"""The table that travels in a page: every outcome of a case over all readings, exactly, with its reasons and its money.

The page walks the diagrams; it knows no law and reckons none. What it shows of a state is what `derive` and `settle`
say of the same positions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pyliab.answers.blocks import Explorer, Way
from pyliab.answers.gather import CaseReport
from pyliab.answers.views.proof import tree
from pyliab.answers.wording import Wording
from pyliab.asp.symbols import parse
from pyliab.kb.reading import Choice
from pyliab.law.liability import Liability
from pyliab.law.proof import Explainer
from pyliab.money.by_money import MoneyMap
from pyliab.space.diagram import Diagram
from pyliab.space.minimal_sets import sufficient, verdict
from pyliab.text.problem import InputError
from pyliab.text.say import listed, say, words

PROOFS = 4
"""How many ways to prove one liability travel in a page; the shortest sets of positions first."""


def explorer_table(report: CaseReport, wording: Wording) -> Explorer:
    """The table of one case."""
    space = report.space.space
    marks = sorted({mark for outcome in space.outcomes for mark in outcome})
    places = {mark: i for i, mark in enumerate(marks)}
    with_mark = [[n for n in space.diagram.numbers if mark in space.outcomes[n]] for mark in marks]
    why = [sufficient(verdict(space.diagram, numbers)) for numbers in with_mark]
    nobody = [n for n in space.diagram.numbers if not space.outcomes[n]]
    diagrams = [space.diagram, *(money.diagram for money in report.money)]
    data = {
        "case": report.case.id,
        "variables": [_variable(report, wording, name, values) for name, values in _variables(report, diagrams)],
        "diagram": space.diagram.to_json(),
        "marks": [
            {"id": f"{mark[0]}:{mark[2]}:{mark[1]}", "says": wording.owed(mark), "why": sets}
            for mark, sets in zip(marks, why, strict=True)
        ],
        "outcomes": [sorted(places[mark] for mark in outcome) for outcome in space.outcomes],
        "nobody": sufficient(verdict(space.diagram, nobody)) if nobody else [],
        "money": [_money(wording, money) for money in report.money],
        "currency": wording.label("amount", "currency"),
        "names": report.case.names(),
        "readings": [_reading(wording, under.choice) for under in report.readings],
        "idle": [wording.issue(issue) for issue in _idle(report, diagrams)],
    }
    ways = (
        way for mark, sets in zip(marks, why, strict=True) for way in _ways(report, wording, places[mark], mark, sets)
    )
    return Explorer(report.case.id, data, tuple(ways))


def _money(wording: Wording, money: MoneyMap) -> dict[str, Any]:
    """The claims that hang together, whose they are and for what."""
    names, harms = (listed(map(wording.word, of)) for of in (money.creditors, money.harms))
    return {
        "title": say("{says} ({note})", says=names, note=harms) if money.harms else names,
        "harms": money.harms,
        "direct": money.directly_liable,
        "diagram": money.diagram.to_json(),
        "settled": money.settled,
        "unreckoned": money.unreckoned or None,
    }


def _variables(report: CaseReport, diagrams: Iterable[Diagram]) -> list[tuple[str, Sequence[str]]]:
    """What can be flipped: issues on which the outcome or the money depends, then the disputed facts."""
    known = {v.name: v.values for diagram in diagrams for v in diagram.variables if _asked(diagram, v.name)}
    decides = report.space.decides
    issues = [name for name in known if name in report.base.issues]
    issues.sort(key=lambda name: (-decides.get(name, 0), list(report.base.issues).index(name)))
    return [(name, known[name]) for name in [*issues, *(name for name in known if name not in report.base.issues)]]


def _asked(diagram: Diagram, name: str) -> bool:
    """Does any node ask this variable? One on which the settled amounts do not depend any more is left out."""
    level = next(i for i, v in enumerate(diagram.variables) if v.name == name)
    return any(diagram.store.level(ref) == level for ref in diagram.reached)


def _idle(report: CaseReport, diagrams: Iterable[Diagram]) -> list[str]:
    shown = {name for name, _ in _variables(report, diagrams)}
    return [issue for issue in report.base.issues if issue not in shown]


def _variable(report: CaseReport, wording: Wording, name: str, values: Sequence[str]) -> dict[str, Any]:
    issue = report.base.issues.get(name)
    if issue is None:
        says = wording.disputed(name)
        sides = {name: say("taken as proved"), f"-{name}": say("taken as disproved")}
        known = [{"id": value, "says": sides[value]} for value in values]
        return {"id": name, "kind": "fact", "title": says, "question": says, "values": known}
    positions = [
        {"id": value, "says": wording.title(name, value), "more": words(issue.positions[value].says)}
        for value in values
    ]
    both = {"title": issue.title, "question": issue.question}
    return {"id": name, "kind": "issue", **both, "default": issue.default, "values": positions}


def _reading(wording: Wording, choice: Choice) -> dict[str, Any]:
    own = sorted(choice.own)
    return {"id": choice.name, "title": wording.reading(choice.name), "positions": choice.positions, "own": own}


def _ways(
    report: CaseReport, wording: Wording, place: int, mark: tuple[str, ...], sets: Sequence[dict[str, str]]
) -> Iterable[Way]:
    """Some proofs of a liability, each under a minimal set of choices that suffices for it."""
    disputed = report.space.space.disputed
    # no reading takes these positions: they are said to complete what is open
    choice = Choice("", {}, {}, tuple(report.base.issues))
    for chosen in sets[:PROOFS]:
        positions = [f"{name}={value}" for name, value in chosen.items() if name not in disputed]
        facts = [value for name, value in chosen.items() if name in disputed]
        debtor, creditor, form = mark
        liability = Liability(
            debtor, creditor, form, "certain", positions=tuple(positions), disputed_facts=tuple(map(parse, facts))
        )
        try:
            explanation = Explainer(report.proofs, choice).explain(liability)
        except InputError:  # the set suffices only together with what other positions exclude
            continue
        under = listed([*map(wording.position, positions), *map(wording.disputed, facts)])
        proof = tree(wording, wording.owed(mark), explanation)
        yield Way(place, tuple(chosen.items()), under or say("every reading"), proof)
