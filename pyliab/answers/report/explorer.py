"""The table that travels in a page: every outcome of a case over all readings, exactly, with its reasons and its money.

The page walks the diagrams; it knows no law and reckons none. What it shows of a state is what `derive` and `settle`
say of the same positions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pyliab.answers.report.blocks import Explorer, OneWay, Words
from pyliab.answers.report.gather import CaseReport
from pyliab.answers.report.speech import Speech
from pyliab.answers.report.trees import tree
from pyliab.asp.symbols import parse
from pyliab.kb.reading import Choice
from pyliab.law.liability import Liability
from pyliab.law.proof import Explainer
from pyliab.space.diagram import Diagram
from pyliab.space.minimal_sets import sufficient, verdict
from pyliab.text.problem import InputError

PROOFS = 4
"""How many ways to prove one liability travel in a page; the shortest sets of positions first."""


def explorer_table(one: CaseReport, speech: Speech) -> Explorer:
    """The table of one case."""
    space = one.space.space
    marks = sorted({mark for outcome in space.outcomes for mark in outcome})
    places = {mark: i for i, mark in enumerate(marks)}
    with_mark = [[n for n in space.diagram.numbers if mark in space.outcomes[n]] for mark in marks]
    why = [sufficient(verdict(space.diagram, numbers)) for numbers in with_mark]
    nobody = [n for n in space.diagram.numbers if not space.outcomes[n]]
    diagrams = [space.diagram, *(money.diagram for money in one.money)]
    data = {
        "case": one.case.id,
        "variables": [_variable(one, speech, name, values) for name, values in _variables(one, diagrams)],
        "diagram": space.diagram.to_json(),
        "marks": [
            {"id": f"{mark[0]}:{mark[2]}:{mark[1]}", "says": speech.outcome(frozenset([mark])).to_json(), "why": sets}
            for mark, sets in zip(marks, why, strict=True)
        ],
        "outcomes": [sorted(places[mark] for mark in outcome) for outcome in space.outcomes],
        "nobody": sufficient(verdict(space.diagram, nobody)) if nobody else [],
        "money": [
            {
                "debtor": money.pair[0],
                "creditor": money.pair[1],
                "title": _owes(speech, money.pair).to_json(),
                "diagram": money.diagram.to_json(),
                "settled": money.settled,
                "unreckoned": {"zh": money.unreckoned.of("zh"), "en": money.unreckoned.of("en")}
                if money.unreckoned
                else None,
            }
            for money in one.money
        ],
        "names": {name: dict(both) for name, both in one.case.names().items()},
        "readings": [_reading(speech, under.choice) for under in one.readings],
        "idle": [speech.both(one.base.issues[issue]["title"]).to_json() for issue in _idle(one, diagrams)],
    }
    proofs = [
        way for mark, sets in zip(marks, why, strict=True) for way in _ways(one, speech, places[mark], mark, sets)
    ]
    return Explorer(one.case.id, data, tuple(proofs))


def _owes(speech: Speech, pair: tuple[str, str]) -> Words:
    debtor, creditor = (speech.word(name) for name in pair)
    return Words(f"{debtor.zh}对{creditor.zh}", f"{debtor.en} to {creditor.en}")


def _variables(one: CaseReport, diagrams: Iterable[Diagram]) -> list[tuple[str, Sequence[str]]]:
    """What can be flipped: issues on which the outcome or the money depends, then the disputed facts."""
    known = {v.name: v.values for diagram in diagrams for v in diagram.variables if _asked(diagram, v.name)}
    decides = one.space.decides
    issues = [name for name in known if name in one.base.issues]
    issues.sort(key=lambda name: (-decides.get(name, 0), list(one.base.issues).index(name)))
    return [(name, known[name]) for name in [*issues, *(name for name in known if name not in one.base.issues)]]


def _asked(diagram: Diagram, name: str) -> bool:
    """Does any node ask this variable? One on which the settled amounts do not depend any more is left out."""
    level = next(i for i, v in enumerate(diagram.variables) if v.name == name)
    return any(diagram.store.level(ref) == level for ref in diagram.reached)


def _idle(one: CaseReport, diagrams: Iterable[Diagram]) -> list[str]:
    shown = {name for name, _ in _variables(one, diagrams)}
    return [issue for issue in one.base.issues if issue not in shown]


def _variable(one: CaseReport, speech: Speech, name: str, values: Sequence[str]) -> dict[str, Any]:
    issue = one.base.issues.get(name)
    if issue is None:
        says = speech.fact(name)
        sides = {name: Words("认定成立", "taken as proved"), f"-{name}": Words("认定不成立", "taken as disproved")}
        known = [{"id": value, "says": sides[value].to_json()} for value in values]
        return {"id": name, "kind": "fact", "title": says.to_json(), "question": says.to_json(), "values": known}
    positions = [
        {
            "id": value,
            "says": speech.both(issue["positions"][value]["title"]).to_json(),
            "more": speech.both(issue["positions"][value]["says"]).to_json(),
        }
        for value in values
    ]
    both = {key: speech.both(issue[key]).to_json() for key in ("title", "question")}
    return {"id": name, "kind": "issue", **both, "default": issue["default"], "values": positions}


def _reading(speech: Speech, choice: Choice) -> dict[str, Any]:
    return {
        "id": choice.name,
        "title": speech.reading(choice.name).to_json(),
        "positions": choice.positions,
        "own": sorted(choice.own),
    }


def _ways(
    one: CaseReport, speech: Speech, place: int, mark: tuple[str, ...], sets: Sequence[dict[str, str]]
) -> Iterable[OneWay]:
    """Some proofs of a liability, each under a minimal set of choices that suffices for it."""
    disputed = one.space.space.disputed
    caption = speech.outcome(frozenset([mark]))
    # no reading takes these positions: they are said to complete what is open
    choice = Choice("", {}, {}, tuple(one.base.issues))
    for chosen in sets[:PROOFS]:
        own = {name: value for name, value in chosen.items() if name not in disputed}
        facts = [value for name, value in chosen.items() if name in disputed]
        positions = [f"{issue}={position}" for issue, position in own.items()]
        debtor, creditor, form = mark
        liability = Liability(
            debtor, creditor, form, "certain", positions=tuple(positions), disputed_facts=tuple(map(parse, facts))
        )
        try:
            found = Explainer(one.proofs, choice).explain(liability)
        except InputError:  # the set suffices only together with what other positions exclude
            continue
        names = [*map(speech.position, positions), *map(speech.fact, facts)]
        under = speech.join(names) if names else Words("任何读法", "every reading")
        yield OneWay(place, tuple(chosen.items()), under, tree(speech, caption, found.reasons, found.proofs))
