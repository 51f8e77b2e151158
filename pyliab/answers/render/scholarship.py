"""The answers of `debate`, `fit` and `coverage`."""

from __future__ import annotations

from collections.abc import Sequence

from pyliab.answers.render.entries import KINDS, argument_lines
from pyliab.answers.render.page import Page
from pyliab.kb.model import Issue
from pyliab.law.words import Phrases
from pyliab.questions.coverage import Part
from pyliab.questions.debate import Standing
from pyliab.questions.fit import Decision, Fit
from pyliab.text.say import say, words

VERDICTS = {"stands": ("成立", "stands"), "contested": ("两可", "contested"), "falls": ("不成立", "falls")}
STYLES = {"stands": "green", "contested": "yellow", "falls": "dim"}
FITS = {
    "consistent": ("✓", "✓"),
    "inconsistent": ("✗", "✗"),
    "silent": ("·", "·"),
    "unexplained": ("?", "?"),
}
PARTS = {
    "words carried by rules": "条文字句由规则承载",
    "provisions with rules, cut into segments": "有规则的条款已切分",
    "rules resting on words or a source": "规则有字句或来源为据",
    "claims carried": "论文主张有承载",
    "tensions attached": "论文张力已归位",
    "positions with sources and arguments": "立场有来源与论据",
    "positions that change an outcome": "立场能改变结果",
}


def debated(page: Page, issue: Issue, order: Sequence[str], found: Sequence[Standing]) -> None:
    """Positions side by side: verdict, arguments on both sides, and the priorities a position would need."""
    phrases = Phrases(page.base)
    page.line(f"{issue['issue']} · {issue['title'][page.lang]}", style="bold")
    page.line(page.t(say("canons, highest first: ")) + " > ".join(page.t(*KINDS[kind]) for kind in order), 2)
    for one in found:
        position = issue["positions"][one.position]
        page.line()
        verdict = page.t(*VERDICTS[one.verdict])
        page.line(f"[{verdict}] {position['title'][page.lang]}   {one.position}", 2, STYLES[one.verdict])
        if position["holders"]:
            page.line(page.t(say("held by: ")) + page.join(h[page.lang] for h in position["holders"]), 6)
        for row in argument_lines(page, phrases, position):
            page.line(row, 6)
        page.line(_needed(page, one), 6, "dim")
    page.line()
    page.line(
        page.t(
            say(
                "Semantics: the grounded extension of a preference-based argumentation framework. A position stands if every objection is answered by an argument of a higher canon; an objection of equal rank leaves it contested. Nothing is counted or weighed."
            )
        ),
        2,
        "dim",
    )


def _needed(page: Page, one: Standing) -> str:
    if one.always:
        return page.t(say("stands under every ordering."))
    if one.never:
        return page.t(say("stands under no ordering."))
    options = [
        page.t(say(", ")).join(f"{page.t(*KINDS[high])} > {page.t(*KINDS[low])}" for high, low in needs)
        for needs in one.needs
    ]
    return page.t(say("stands whenever: ")) + page.t(say("; or ")).join(options)


def fitted(page: Page, names: Sequence[str], found: Fit) -> None:
    """The matrix of decisions and readings, the survivors, and what would have to be wrong."""
    letters = {name: chr(ord("A") + i) if i < 26 else f"Z{i - 25}" for i, name in enumerate(names)}
    rows = [
        (_decision_label(page, one), [page.t(*FITS[one.verdicts[name]]) for name in names]) for one in found.decisions
    ]
    page.matrix(page.t(say("decision")), list(letters.values()), rows)
    page.line(page.join(f"{letter} {name}" for name, letter in letters.items()), 2)
    page.line(
        page.t(
            say(
                "✓ consistent; ✗ inconsistent; · makes no difference here; ? no reading gives it (the case file says why); ° earlier law; ≈ asked of today's law by analogy"
            )
        ),
        2,
        "dim",
    )
    page.line()
    page.line(page.t(say("readings that survive all: ")) + (", ".join(found.survivors) or "—"), 2)
    for name, cases in found.wrong.items():
        row = page.t(say("if {name} is right, wrongly decided: ", name=name))
        page.line(f"{row}{', '.join(cases)} ({len(cases)})", 2)


def _decision_label(page: Page, one: Decision) -> str:
    return one.case + (" ≈" if one.analogy else " °" if one.earlier_law else "")


def covered(page: Page, parts: Sequence[Part]) -> None:
    """The numbers, then what is missing, then what was left out with a reason."""
    columns = [
        page.t(say("part")),
        page.t(say("total")),
        page.t(say("covered")),
        page.t(say("excused")),
        "%",
    ]
    page.table(
        columns,
        [
            (
                page.t(words({"zh": PARTS[p.name], "en": p.name})),
                str(p.total),
                str(p.done),
                str(len(p.excused)),
                p.percent,
            )
            for p in parts
        ],
    )
    for heading, rows in (
        (page.t(say("Missing")), [row for part in parts for row in part.missing]),
        (page.t(say("Left out with a reason")), [row for part in parts for row in part.excused]),
    ):
        if rows:
            page.heading(heading)
            for row in rows:
                page.line(f"· {row}", 2)
