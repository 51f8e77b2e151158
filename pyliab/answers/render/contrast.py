"""Two readings set against each other: what both prove, then each side from where they part."""

from __future__ import annotations

from dataclasses import replace

from pyliab.answers.render.hypotheses import AttemptTrees, owed_text
from pyliab.answers.render.page import Page, position_text
from pyliab.answers.render.proof import ProofTrees
from pyliab.law.liability import Liability
from pyliab.law.proof import Step
from pyliab.law.words import Phrases
from pyliab.questions.compare import Compared
from pyliab.questions.contrast import Contrast, Side
from pyliab.text.say import say

OPENED = 2
"""So many attempts, and liabilities that are only possible, are opened; of more of these it is told on what they turn."""


def contrasted(page: Page, phrases: Phrases, result: Compared, contrast: Contrast) -> None:
    """The shared proofs once, then the two sides."""
    trunk = ProofTrees(page, phrases, telling=())
    if contrast.shared:
        label = page.t(say("What both readings prove (whole in "))
        command = page.command("explain", result.case, "-r", contrast.first.reading)
        page.heading(f"{label}{command}{page.t('）', ')')}")
    for step in contrast.shared:
        page.console.print(trunk.tree(_opened(step)))
    for side, other in ((contrast.first, contrast.second), (contrast.second, contrast.first)):
        # Each side quotes its words anew: both may rely on the same ones.
        _side(page, phrases, ProofTrees(page, phrases, side.parts_at, {*side.turns_on, *other.turns_on}), result, side)


def _side(page: Page, phrases: Phrases, proofs: ProofTrees, result: Compared, side: Side) -> None:
    if side.liabilities or side.lacks:
        page.heading(side.reading)
    possible = sum(one.liability.status == "possible" for one in side.liabilities)
    for beyond in side.liabilities:
        liability, roots = beyond.liability, beyond.proofs
        brief = liability.status == "possible" and possible > OPENED
        page.line(_owes(page, phrases, side, liability, brief), 2)
        for root in () if brief else roots:
            page.console.print(proofs.tree(root))
    if side.lacks:
        page.line(_lacking(page, bool(result.readings[side.reading])), 2)
        missing = AttemptTrees(page, phrases, proofs)
        for one in side.lacks:
            page.console.print(missing.missing(one))
    if side.attempts:
        page.line(page.t(say("Nor is there what this reading itself asks for:")), 2)
        for attempt in side.attempts[:OPENED]:
            page.console.print(AttemptTrees(page, phrases, proofs).attempt(attempt))


def _opened(step: Step) -> Step:
    """A shared proof in short: as long as one conclusion rests on one other, and then the conditions; no deeper."""
    rules = [child for child in step.of if child.kind == "rule"]
    if len(rules) == 1 and not any(child.kind in ("fact", "position") for child in step.of):
        return replace(step, words={}, of=[_opened(rules[0])])
    return replace(step, of=[replace(child, of=[], shown=False) for child in step.of])


def _owes(page: Page, phrases: Phrases, side: Side, liability: Liability, brief: bool) -> str:
    """A liability as a clause, with its certainty, and in brief with the positions on which it turns here."""
    said = f"{owed_text(page, phrases, liability.key)}{page.t('（', ' (')}{page.status(liability)}{page.t('）', ')')}"
    if not brief:
        return said
    turning = [name for name in liability.positions if name in side.turns_on]
    return (
        said
        + page.t(say(", if it is read so: "))
        + page.join(position_text(phrases, name, page.lang) for name in turning or liability.positions)
    )


def _lacking(page: Page, liable: bool) -> str:
    if liable:
        return page.t(say("What the other side proves fails here:"))
    return page.t(say("No liability; what the other side proves fails here:"))
