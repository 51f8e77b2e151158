"""Hypothetical cases for people: what they state, where readings part on them, which principles they break."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pyliab.answers.render.page import Page, position_text
from pyliab.asp import symbols as atoms
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice
from pyliab.law.liability import Liability
from pyliab.law.words import Phrases
from pyliab.questions.distinguish import Distinction, Search
from pyliab.questions.stress import Stress, Told, Verdict
from pyliab.text.say import EMPTY, Text, listed, say, say_n

_STATUS = {"proved": ("已证明", "proved"), "disproved": ("已否定", "disproved"), "disputed": ("真伪不明", "in dispute")}
_PARTS = {
    "nothing": ("无", "nothing"),
    "share": ("自己的份额", "its own share"),
    "expanded": ("扩大部分", "the expanded part"),
    "share_of_expanded": ("扩大部分中自己的份额", "its share of the expanded part"),
    "whole": ("全部损失", "the whole loss"),
}
_MEANS = {
    "solvent": ("经营者能够清偿时", "where the operator can pay"),
    "insolvent": ("经营者无力清偿时", "where the operator cannot pay"),
}


def distinguished(page: Page, choices: Sequence[Choice], search: Search, saved: Path | None) -> None:
    """The answer of `distinguish`."""
    names = " · ".join(choice.name for choice in choices)
    page.line(names, style="bold")
    if not search.found:
        page.line(page.t(say("Within what was searched the readings are equivalent.")), 2)
    for one in search.found:
        page.line()
        _distinction(page, choices, one)
    _searched(page, [day.isoformat() for day in search.days], search.facts)
    if saved and search.found:
        page.line(page.t(say("written as a case file: {saved}", saved=saved)), 2, "dim")


def _distinction(page: Page, choices: Sequence[Choice], one: Distinction) -> None:
    count = page.t(say("the smallest case: {facts} facts", facts=one.facts))
    page.line(f"{count} · {one.case.doc['date']}", style="bold")
    _facts(page, one.case)
    phrases = Phrases(page.base, one.case.names())
    for choice, liabilities in zip(choices, one.outcomes, strict=True):
        page.line(f"{choice.name}{page.t('：', ': ')}{_outcome(page, phrases, liabilities)}", 2)


def _facts(page: Page, case: CaseFile, differ: Sequence[str] = ()) -> None:
    """The facts of a case, those in which a pair differs marked with »."""
    phrases = Phrases(page.base, case.names())
    for fact in case.facts:
        mark = "»" if str(atoms.bare(fact)) in differ else "·"
        says = phrases.atom(atoms.fact_symbol(case.id, fact))[page.lang]
        status = (
            ""
            if fact.status == "proved"
            else page.t(*(f"［{s}］" if i == 0 else f" [{s}]" for i, s in enumerate(_STATUS[fact.status])))
        )
        page.line(f"{mark} {says}{status}", 4)


def _outcome(page: Page, phrases: Phrases, liabilities: Sequence[Liability]) -> str:
    rows = []
    for one in liabilities:
        debtor, creditor = (phrases.word(name, page.lang) for name in (one.debtor, one.creditor))
        form = page.label("form", one.form)
        says = page.t(say("{debtor} is liable to {creditor}: {form}", debtor=debtor, creditor=creditor, form=form))
        rows.append(f"{says} [{page.status(one)}]" if one.status == "possible" else says)
    return page.join(rows) or page.t(say("nobody is liable"))


def _searched(page: Page, days: Sequence[str], facts: int) -> None:
    said = page.t(
        say(
            "Searched: one platform, operator, consumer, third party, good or service, and harm; {facts} possible facts, each proved, disproved or not stated; cases of {days}. Not searched: more parties, goods or harms, other days, and amounts.",
            facts=facts,
            days=listed(days, ", "),
        )
    )
    page.line()
    page.line(said, 2, "dim")


def stressed(page: Page, choices: Sequence[Choice], trial: Stress, verdicts: Mapping[str, Sequence[Verdict]]) -> None:
    """The answer of `stress`: for one reading each principle with what breaks it, for several a matrix first."""
    if len(choices) > 1:
        rows = [(name, [_mark(page, verdict) for verdict in row]) for name, row in verdicts.items()]
        page.matrix(page.t(say("principle")), [choice.name for choice in choices], rows)
        for row in verdicts.values():
            note = row[0].principle
            page.line(f"{note.id}{page.t('：', ': ')}{getattr(note, page.lang)}", 2)
    else:
        page.line(choices[0].name, style="bold")
        for (verdict,) in verdicts.values():
            page.line()
            _verdict(page, verdict)
    _searched(page, [trial.universe.day.isoformat()], len(trial.universe.facts))


def _mark(page: Page, verdict: Verdict) -> str:
    return page.t(say("holds")) if verdict.holds else page.t(say("broken"))


def _verdict(page: Page, verdict: Verdict) -> None:
    note, phrases = verdict.principle, Phrases(page.base)
    page.line(f"[{_mark(page, verdict)}] {getattr(note, page.lang)}  ⟨{note.id}⟩", style="bold")
    page.line(page.t(say("source: ")) + page.join(phrases.citation(c, page.lang) for c in note.cites), 2, "dim")
    if verdict.idle:
        idle = page.join(phrases.provision(name, page.lang) for name in verdict.idle)
        page.line(page.t(say("no case rests on these alone: {idle}", idle=idle)), 2)
    for says in verdict.shown:
        page.line(says[page.lang], 2)
    if verdict.holds or verdict.idle:
        return
    where = page.join(page.t(*_MEANS.get(name, (name, name))) for name in verdict.scenarios)
    page.line(page.t(say("broken ")) + where, 2)
    for i, told in enumerate(verdict.cases, 1):
        _told(page, told, i if len(verdict.cases) > 1 else 0, verdict.differ)
    for name in verdict.filled:
        page.line(page.t(say("left open, and filled so: ")) + position_text(phrases, name, page.lang), 2)


def _told(page: Page, told: Told, number: int, differ: Sequence[str]) -> None:
    phrases = Phrases(page.base, told.case.names())
    label = page.t(
        say_n(
            "case{number} ({count} fact)", "case{number} ({count} facts)", len(told.case.facts), number=_number(number)
        )
    )
    page.line(f"{label}{page.t('：', ': ')}{_outcome(page, phrases, told.liabilities)}", 2)
    for means, parts in sorted(told.bears.items()):
        said = page.join(page.t(*_PARTS[part]) for part in parts or ["nothing"])
        page.line(f"{page.t(*_MEANS[means])}{page.t('，平台终局负担', ' the platform bears ')}{said}", 4, "dim")
    if number == 2:
        rows = [fact for fact in told.case.facts if str(atoms.bare(fact)) in differ]
        page.line(page.t(say("all else alike; what differs:")), 4)
        _facts(page, _only(told.case, rows), differ)
    else:
        _facts(page, told.case, differ)


def _number(number: int) -> Text:
    """Which case of a pair."""
    return say(" {number}", number=number) if number else EMPTY


def _only(case: CaseFile, facts: Sequence[object]) -> CaseFile:
    return CaseFile(case.id, case.file, case.doc, [fact for fact in case.facts if fact in facts], case.lines)
