"""The answer of `compare`: the matrix, then where the readings part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyliab.answers.render.contrast import contrasted
from pyliab.answers.render.page import Page
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice
from pyliab.law.liability import Liability
from pyliab.law.words import Phrases
from pyliab.law.world import World
from pyliab.questions.compare import Compared, Divergence, outcome
from pyliab.text.say import say

AT_LEAST = say("These make the difference at least; other positions may make it as well.")


def compared(page: Page, inquiry: World, results: Sequence[Compared], choices: Sequence[Choice]) -> None:
    """The answer of `compare`: the matrix, then the partings."""
    if len(results) == 1:
        _one_case(page, results[0])
    else:
        _matrix(page, results, choices)
    for result in results:
        _partings(page, inquiry.cases[result.case], result)


def _one_case(page: Page, result: Compared) -> None:
    page.line(result.case, style="bold")
    rows = [(name, _cell(page, found)) for name, found in result.readings.items()]
    page.table([page.t(say("reading")), page.t(say("liability (? = possible)"))], rows)


def _cell(page: Page, found: Sequence[Liability]) -> str:
    several = len({one.debtor for one in found}) > 1
    return (
        page.join(
            (f"{one.debtor} " if several else "")
            + page.label("form", one.form)
            + ("" if one.status == "certain" else "?")
            for one in found
        )
        or "—"
    )


def _matrix(page: Page, results: Sequence[Compared], choices: Sequence[Choice]) -> None:
    letters = {choice.name: _letter(i) for i, choice in enumerate(choices)}
    used: dict[str, str] = {}
    rows = []
    for result in results:
        cells = []
        for choice in choices:
            found = result.readings[choice.name]
            codes = [(_code(page, one.form), one) for one in found]
            used.update({code: page.label("form", one.form) for code, one in codes})
            cells.append(
                f"({len(codes)}?)"
                if len(codes) > 3
                else "+".join(code + ("" if one.status == "certain" else "?") for code, one in codes) or "·"
            )
        rows.append((result.case, cells))
    page.matrix(page.t(say("case")), list(letters.values()), rows)
    page.line(page.join(f"{letter} {name}" for name, letter in letters.items()), 2)
    page.line(page.join(f"{code} {label}" for code, label in sorted(used.items())), 2)
    page.line(page.t(say("· no liability; ? possible; (n?) n forms possible")), 2)


def _letter(i: int) -> str:
    return chr(ord("A") + i) if i < 26 else f"{_letter(i // 26 - 1)}{chr(ord('A') + i % 26)}"


def _code(page: Page, form: str) -> str:
    label = page.base.labels.get("form", {}).get(form)
    return label.code.of(page.lang) if label and label.code else form


def _partings(page: Page, case: CaseFile, result: Compared) -> None:
    phrases = Phrases(page.base, case.names())
    if not result.divergences:
        alike = len({outcome(found) for found in result.readings.values()}) == 1
        page.line(page.t(say("{case}: all readings agree.", case=result.case)) if alike else "", 2)
        return
    page.heading(page.t(say("{case}: where the readings part", case=result.case)))
    for divergence in result.divergences:
        _parting(page, phrases, divergence)
        if divergence.contrast is not None:
            contrasted(page, phrases, result, divergence.contrast)
    if not all(divergence.every for divergence in result.divergences):
        page.line(page.t(AT_LEAST), 2, "dim")
    if len(result.readings) > 2:
        page.line(
            page.t(say("the proofs of two of them side by side: "))
            + page.command("compare", result.case, "-r", "A", "-r", "B"),
            2,
            "dim",
        )


def _by_issue(page: Page, positions: Iterable[str]) -> dict[str, list[str]]:
    by_issue: dict[str, list[str]] = {}
    for name in positions:
        issue, _, position = name.partition("=")
        by_issue.setdefault(issue, []).append(page.base.position(issue, position)["title"][page.lang])
    return by_issue


def _parting(page: Page, phrases: Phrases, divergence: Divergence) -> None:
    a, b = divergence.readings
    page.line(f"{a} ≠ {b}", 2, "bold")
    for i, way in enumerate(divergence.ways):
        if i:
            page.line(page.t(say("or as well:")), 4, "dim")
        for issue, sides in _by_issue(page, way).items():
            both = (
                " ≠ ".join(sides) if len(sides) == 2 else page.t(say("{sides}; open on the other side", sides=sides[0]))
            )
            page.line(f"{page.base.issues[issue]['title'][page.lang]}{page.t('：', ': ')}{both}", 4)
    for name, step in divergence.steps.items() if divergence.contrast is None else ():
        cites = page.join(phrases.citation(cited, page.lang) for cited in step.cites)
        page.line(
            page.t(say("first step of {name}: ", name=name)) + f"{step.says[page.lang]}  ⟨{step.rule}⟩ {cites}",
            4,
        )
