"""Readings held against decided cases, and the base held against what it should carry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyliab.answers.blocks import Block, Heading, Items, Table, para
from pyliab.answers.views.compare import legend, letter
from pyliab.answers.wording import Wording
from pyliab.questions.coverage import Part
from pyliab.questions.fit import Decision, Fit
from pyliab.text.say import same, say

SIGNS = {"consistent": "✓", "inconsistent": "✗", "silent": "·", "unexplained": "?"}
PARTS = {
    "words carried by rules": say("words carried by rules"),
    "provisions with rules, cut into segments": say("provisions with rules, cut into segments"),
    "rules resting on words or a source": say("rules resting on words or a source"),
    "claims carried": say("claims carried"),
    "tensions attached": say("tensions attached"),
    "positions with sources and arguments": say("positions with sources and arguments"),
    "positions that change an outcome": say("positions that change an outcome"),
}


def fitted(names: Sequence[str], fit: Fit, _wording: Wording) -> Iterator[Block]:
    """The matrix of decisions and readings, the survivors, and what would have to be wrong."""
    rows = tuple((same(_decision(d)), *(same(SIGNS[d.verdicts[name]]) for name in names)) for d in fit.decisions)
    columns = say("decision"), *(same(letter(i)) for i in range(len(names)))
    yield Table("fit", say("decisions and readings"), columns, rows, splits=True)
    yield legend(names)
    signs = say(
        "✓ consistent; ✗ inconsistent; · makes no difference here; ? no reading gives it (the case file says why); ° earlier law; ≈ asked of today's law by analogy"
    )
    yield para(signs, "note", 1)
    survivors = say("readings that survive all: {readings}", readings=", ".join(fit.survivors) or "—")
    yield para(survivors, depth=1, apart=True)
    for name, cases in fit.wrong.items():
        wrong = say(
            "if {name} is right, wrongly decided: {cases} ({count})",
            name=name,
            cases=", ".join(cases),
            count=len(cases),
        )
        yield para(wrong, depth=1)


def _decision(decision: Decision) -> str:
    return decision.case + (" ≈" if decision.analogy else " °" if decision.earlier_law else "")


def covered(parts: Sequence[Part], _wording: Wording) -> Iterator[Block]:
    """The numbers, then what is missing, then what was left out with a reason."""
    rows = tuple((PARTS[p.name], same(p.total), same(p.done), same(len(p.excused)), same(p.percent)) for p in parts)
    columns = say("part"), say("total"), say("covered"), say("excused"), same("%")
    yield Table("coverage", say("what is carried"), columns, rows, frozenset(range(1, 5)))
    for heading, names in (
        (say("Missing"), [row for part in parts for row in part.missing]),
        (say("Left out with a reason"), [row for part in parts for row in part.excused]),
    ):
        if names:
            yield Heading(heading)
            yield Items(tuple(map(same, names)))
