"""Hypothetical cases: the smallest on which two readings part, and those on which a principle breaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pyliab.answers.blocks import Block, Heading, Items, Table, para
from pyliab.answers.terms import FOUND, STATUS
from pyliab.answers.wording import Wording
from pyliab.asp import symbols as atoms
from pyliab.asp.open_facts import Cast
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice
from pyliab.law.liability import Liability
from pyliab.questions.distinguish import Distinction, Search
from pyliab.questions.stress import Stress, Told, Verdict
from pyliab.text.say import Text, listed, same, say, say_n, words

PARTS = {
    "nothing": say("nothing"),
    "share": say("its own share"),
    "expanded": say("the expanded part"),
    "share_of_expanded": say("its share of the expanded part"),
    "whole": say("the whole loss"),
}


def distinguished(choices: Sequence[Choice], search: Search, saved: Path | None, wording: Wording) -> Iterator[Block]:
    """The smallest cases on which two readings part."""
    yield Heading(same(" · ".join(choice.name for choice in choices)), 1)
    if not search.found:
        yield para(say("Within what was searched the readings are equivalent."), depth=1)
    for distinction in search.found:
        yield from _distinction(choices, distinction, wording.about(distinction.case))
    if search.cast:
        yield from searched([day.isoformat() for day in search.days], search.facts, search.cast)
    if saved and search.found:
        yield para(say("written as a case file: {saved}", saved=saved), "note", 1)


def _distinction(choices: Sequence[Choice], distinction: Distinction, wording: Wording) -> Iterator[Block]:
    count = say("the smallest case: {facts} facts · {day}", facts=distinction.facts, day=distinction.case.doc.date)
    yield para(count, "strong", apart=True)
    yield from facts(distinction.case, wording)
    for choice, liabilities in zip(choices, (distinction.first, distinction.second), strict=True):
        outcome = _outcome(liabilities, wording)
        yield para(say("{label}: {value}", label=choice.name, value=outcome), depth=1)


def facts(case: CaseFile, wording: Wording, differ: Sequence[str] = ()) -> Iterator[Block]:
    """The facts of a case, those in which a pair differs marked with »."""
    for fact in case.facts:
        says = wording.phrases.stated(atoms.fact_symbol(case.id, fact, fact.status != "disproved"))
        if fact.status == "disputed":
            says = say("{says} [{status}]", says=says, status=FOUND[fact.status])
        yield Items((says,), depth=2, sign="»" if str(atoms.bare(fact)) in differ else "·")


def _outcome(liabilities: Sequence[Liability], wording: Wording) -> Text:
    rows = (
        say("{says} [{status}]", says=owed, status=STATUS["possible"]) if liability.status == "possible" else owed
        for liability in liabilities
        for owed in [wording.liability(liability)]
    )
    return listed(rows) or say("nobody is liable")


def searched(days: Sequence[str], number: int, cast: Cast) -> Iterator[Block]:
    """The bounds of a search over hypothetical cases."""
    says = say(
        "Searched: one of each ({members}); {facts} possible facts, each proved, disproved or not stated; cases of {days}. Not searched: more than one of a kind, other days, and amounts.",
        members=listed(cast.names.values(), ", "),
        facts=number,
        days=listed(days, ", "),
    )
    yield para(says, "note", 1, apart=True)


def stressed(
    choices: Sequence[Choice], trial: Stress, verdicts: Mapping[str, Sequence[Verdict]], wording: Wording
) -> Iterator[Block]:
    """For one reading each principle with what breaks it, for several a matrix."""
    if len(choices) > 1:
        rows = tuple((same(name), *map(_mark, row)) for name, row in verdicts.items())
        columns = say("principle"), *(same(choice.name) for choice in choices)
        yield Table("principles", say("principles and readings"), columns, rows, splits=True)
        for row in verdicts.values():
            yield para(say("{label}: {value}", label=row[0].principle.id, value=row[0].says), depth=1)
    else:
        yield Heading(same(choices[0].name), 1)
        for (verdict,) in verdicts.values():
            yield from _verdict(verdict, trial.universe.cast, wording)
    yield from searched([trial.universe.day.isoformat()], len(trial.universe.facts), trial.universe.cast)


def _mark(verdict: Verdict) -> Text:
    return say("holds") if verdict.holds else say("broken")


def _verdict(verdict: Verdict, cast: Cast, wording: Wording) -> Iterator[Block]:
    says = say("{says}  ⟨{rule}⟩", says=verdict.says, rule=verdict.principle.id)
    yield para(say("[{mark}] {says}", mark=_mark(verdict), says=says), "strong", apart=True)
    yield para(say("source: {source}", source=listed(wording.citations(verdict.sources))), "note", 1)
    if verdict.idle:
        idle = listed(map(wording.provision, verdict.idle))
        yield para(say("no case rests on these alone: {idle}", idle=idle), depth=1)
    for shown in verdict.shown:
        yield para(words(shown), depth=1)
    if verdict.holds or verdict.idle:
        return
    where = listed(say("where {means}", means=cast.means[name]) for name in verdict.scenarios)
    yield para(say("broken {where}", where=where), depth=1)
    for i, hypothetical in enumerate(verdict.cases, 1):
        yield from _told(
            hypothetical, i if len(verdict.cases) > 1 else 0, verdict.differ, cast, wording.about(hypothetical.case)
        )
    for name in verdict.filled:
        yield para(say("left open, and filled so: {position}", position=wording.position(name)), depth=1)


def _told(hypothetical: Told, number: int, differ: Sequence[str], cast: Cast, wording: Wording) -> Iterator[Block]:
    place = say(" {number}", number=number) if number else ""
    label = say_n(
        "case{number} ({count} fact)", "case{number} ({count} facts)", len(hypothetical.case.facts), number=place
    )
    yield para(say("{label}: {value}", label=label, value=_outcome(hypothetical.liabilities, wording)), depth=1)
    for means, parts in sorted(hypothetical.bears.items()):
        borne = listed(PARTS[part] for part in parts or ["nothing"])
        says = say(
            "where {means}, {debtor} bears {parts}",
            means=cast.means[means],
            debtor=cast.names[cast.debtor],
            parts=borne,
        )
        yield para(says, "note", 2)
    case = hypothetical.case
    if number == 2:
        yield para(say("all else alike; what differs:"), depth=2)
        rows = [fact for fact in case.facts if str(atoms.bare(fact)) in differ]
        case = CaseFile(case.id, case.file, case.doc, rows, case.lines)
    yield from facts(case, wording, differ)
