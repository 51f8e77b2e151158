"""Readings side by side: who is liable under each, what it comes to, and where they part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pyliab.answers.blocks import Block, Heading, Span, Table, joined, para
from pyliab.answers.views.contrast import contrasted
from pyliab.answers.wording import Wording
from pyliab.kb.case import CaseFile
from pyliab.law.liability import Certainty, Liability
from pyliab.questions.compare import Compared, Divergence, outcome
from pyliab.text.say import Text, listed, same, say, words

AT_LEAST = say("These make the difference at least; other positions may make it as well.")
MOST = 3
"""A cell of a matrix that would hold more forms says only how many there are."""


def compared(results: Sequence[Compared], wording: Wording, cases: Mapping[str, CaseFile]) -> Iterator[Block]:
    """The matrix, then for each case where the readings part."""
    if len(results) == 1:
        yield Heading(same(results[0].case), 1)
        about = wording.about(cases[results[0].case])
        yield one_case(results[0].case, results[0].readings, about, nobody=results[0].nobody)
    else:
        yield from matrix(results, wording)
    for result in results:
        yield from partings(result, wording.about(cases[result.case]))


def side_by_side(answer: Any, wording: Wording) -> Iterator[Block]:
    """The answer of `pyliab.compare`: for each case one row for each reading."""
    cases: dict[str, CaseFile] = {question.file.id: question.file for question in answer.questions}
    for name, case in cases.items():
        under = {q.choice.name: q.liabilities for q in answer.questions if q.file.id == name}
        yield Heading(case.doc.title)
        yield one_case(name, under, wording.about(case))


def one_case(
    case: str,
    readings: Mapping[str, Iterable[Liability]],
    wording: Wording,
    *,
    titles: bool = False,
    nobody: Mapping[str, Certainty | None] | None = None,
) -> Table:
    """One row for each reading, by its id or its title; where it is known, with whether `nobody` may be liable."""
    names = {name: wording.reading(name) if titles else same(name).citing(f"reading:{name}") for name in readings}
    open_ = {name for name, certainty in (nobody or {}).items() if certainty == "possible"}
    rows = tuple(
        (names[name], listed([liable(liabilities, wording), *([say("nobody?")] if name in open_ else [])]))
        for name, liabilities in readings.items()
    )
    columns = say("reading"), say("liability (? = possible)")
    return Table(f"{case}-readings", say("the liability under each reading"), columns, rows)


def liable(liabilities: Iterable[Liability], wording: Wording) -> Text:
    """The forms of some liabilities in short: each with its debtor where there are several, and to whom where not to all."""
    owed = list(liabilities)
    creditors = {liability.creditor for liability in owed}
    several = len({liability.debtor for liability in owed}) > 1
    alike: dict[tuple[str, str, str], list[Liability]] = {}
    for each in owed:
        alike.setdefault((each.debtor, each.form, each.status), []).append(each)
    rows = (_short(same_, wording, several, len(same_) < len(creditors)) for same_ in alike.values())
    return listed(rows) or same("—")


def _short(alike: Sequence[Liability], wording: Wording, several: bool, named: bool) -> Text:
    form = doubtful(wording.label("form", alike[0].form), alike[0])
    if named:
        to = listed((wording.word(each.creditor) for each in alike), " and ")
        form = say("{form} (to {creditors})", form=form, creditors=to)
    return say("{label}: {value}", label=wording.word(alike[0].debtor), value=form) if several else form


def doubtful(text: Text, liability: Liability) -> Text:
    """The same with a question mark where the liability is only possible."""
    return text if liability.status == "certain" else say("{detail}?", detail=text)


def matrix(results: Sequence[Compared], wording: Wording) -> Iterator[Block]:
    """Cases against readings, the forms by their codes."""
    names = list(results[0].readings)
    codes: dict[str, Text] = {}

    def cell(liabilities: Sequence[Liability]) -> Text:
        short = [
            code if liability.status == "certain" else say("{code}?", code=code)
            for liability in liabilities
            for code in [wording.code(liability.form)]
        ]
        codes.update({wording.code(owing.form).of("en"): _key(wording, owing.form) for owing in liabilities})
        short = list({code.of("en"): code for code in short}.values())
        return say("({count}?)", count=len(short)) if len(short) > MOST else listed(short, "+") or same("·")

    rows = tuple((same(result.case), *(cell(result.readings[name]) for name in names)) for result in results)
    columns = say("case"), *(same(letter(i)) for i in range(len(names)))
    yield Table("matrix", say("cases and readings"), columns, rows, splits=True)
    yield legend(names, wording)
    yield para(listed(codes[code] for code in sorted(codes)), depth=1)
    yield para(say("· no liability; ? possible; (n?) n forms possible"), depth=1)


def _key(wording: Wording, form: str) -> Text:
    return say("{code} {label}", code=wording.code(form), label=wording.label("form", form))


def legend(names: Sequence[str], wording: Wording) -> Block:
    """What the letters at the head of a matrix stand for."""
    said = (
        say("{code} {label} ({name})", code=letter(i), label=wording.reading(name), name=name)
        for i, name in enumerate(names)
    )
    return para(listed(said), depth=1)


def letter(i: int) -> str:
    """A, B, .. Z, AA, AB, .."""
    return chr(ord("A") + i) if i < 26 else f"{letter(i // 26 - 1)}{letter(i % 26)}"


def partings(result: Compared, wording: Wording) -> Iterator[Block]:
    """Where the readings part in one case."""
    if not result.divergences:
        alike = len({outcome(liabilities) for liabilities in result.readings.values()}) == 1
        if any(result.readings.values()) and alike:
            yield para(say("{case}: all readings agree.", case=result.case), depth=1)
        elif alike:
            missing = Span(wording.command("derive", result.case), "command")
            yield para(
                say("{case}: nobody is liable as it is told; what is missing: ", case=result.case), "note", 1, missing
            )
        return
    yield Heading(say("{case}: where the readings part", case=result.case))
    yield parting_table(result.case, result.divergences, wording)
    liable = {name: bool(liabilities) for name, liabilities in result.readings.items()}
    for divergence in result.divergences:
        if divergence.contrast is not None:
            yield from contrasted(result.case, liable, divergence.contrast, wording)
    if not all(divergence.every for divergence in result.divergences):
        yield para(AT_LEAST, "note", 1)
    if len(result.readings) > 2:
        two = wording.command("compare", result.case, "-r", "A", "-r", "B")
        yield para(joined([say("the proofs of two of them side by side: "), two]), "note", 1)


def parting_table(case: str, divergences: Iterable[Divergence], wording: Wording) -> Table:
    """For each two readings the positions that make the difference, and the first step that differs."""
    rows = tuple(
        (say("{first} ≠ {second}", first=d.readings[0], second=d.readings[1]), _parting(d, wording))
        for d in divergences
    )
    columns = say("readings"), say("what makes the difference")
    caption = say("where the readings part")
    return Table(f"{case}-partings", caption, columns, rows, lines=True, roles=("strong",) * len(rows))


def _parting(divergence: Divergence, wording: Wording) -> tuple[Text, ...]:
    rows: list[Text] = []
    for way in divergence.ways:
        rows += [say("or as well:")] if rows else []
        rows += _difference(way, wording)
    for name, step in divergence.steps.items() if divergence.contrast is None else ():
        says = words(step.says)
        cites = listed(wording.citations(step.cites))
        rows.append(
            say("first step of {name}: {says}  ⟨{rule}⟩ {cites}", name=name, says=says, rule=step.rule, cites=cites)
        )
    return tuple(rows)


def _difference(positions: Iterable[str], wording: Wording) -> Iterator[Text]:
    """A set of positions that makes the difference, issue by issue."""
    by_issue: dict[str, list[Text]] = {}
    for name in positions:
        issue, _, position = name.partition("=")
        by_issue.setdefault(issue, []).append(wording.title(issue, position))
    for issue, sides in by_issue.items():
        both = say("{first} ≠ {second}", first=sides[0], second=sides[-1])
        side = say("{sides}; open on the other side", sides=sides[0])
        yield say("{label}: {value}", label=wording.issue(issue), value=both if len(sides) > 1 else side)
