"""Two readings set against each other: what both prove, then each side from where they part."""

from __future__ import annotations

from pyliab.compare import Compared
from pyliab.contrast import Contrast, Side
from pyliab.derive import Liability
from pyliab.phrase import Phrases
from pyliab.render.hypotheses import AttemptTrees, owed_text
from pyliab.render.page import Page, position_text
from pyliab.render.proof import ProofTrees, to_depth

DEPTH = 2
"""How far the shared proofs are opened; `explain` has them whole."""
OPENED = 2
"""So many liabilities that are only possible are proved; of more it is told on what they turn."""


def contrasted(page: Page, phrases: Phrases, result: Compared, contrast: Contrast) -> None:
    """The shared proofs once, then the two sides."""
    sides = (contrast.first, contrast.second)
    parts_at = {atom for side in sides for atom in side.parts_at}
    telling = {atom for side in sides for atom in side.turns_on}
    proofs = ProofTrees(page, phrases, parts_at, telling)
    if contrast.shared:
        label = page.t("两读法共同的论证（全文见 ", "What both readings prove (whole in ")
        page.heading(f"{label}pyliab explain {result.case} -r {contrast.first.reading}{page.t('）', ')')}")
    for step in contrast.shared:
        page.console.print(proofs.tree(to_depth(step, DEPTH)))
    for side in sides:
        _side(page, phrases, proofs, result, side)


def command(case: str) -> str:
    """How to ask for the contrast of two readings."""
    return f"pyliab compare {case} -r A -r B"


def _side(page: Page, phrases: Phrases, proofs: ProofTrees, result: Compared, side: Side) -> None:
    if side.liabilities or side.lacks:
        page.heading(side.reading)
    possible = sum(one.status == "possible" for one in side.liabilities)
    for liability, roots in zip(side.liabilities, side.proofs, strict=True):
        brief = liability.status == "possible" and possible > OPENED
        page.line(_owes(page, phrases, side, liability, brief), 2)
        for root in () if brief else roots:
            page.console.print(proofs.tree(root))
    if side.lacks:
        page.line(_lacking(page, bool(result.readings[side.reading])), 2)
        missing = AttemptTrees(page, phrases, proofs)
        for one in side.lacks:
            page.console.print(missing.missing(one))


def _owes(page: Page, phrases: Phrases, side: Side, liability: Liability, brief: bool) -> str:
    """A liability as a clause, with its certainty, and in brief with the positions on which it turns here."""
    said = f"{owed_text(page, phrases, liability.key)}{page.t('（', ' (')}{page.status(liability)}{page.t('）', ')')}"
    if not brief:
        return said
    turning = [name for name in liability.positions if name in side.turns_on]
    return (
        said
        + page.t("，若取：", ", if it is read so: ")
        + page.join(position_text(phrases, name, page.lang) for name in turning or liability.positions)
    )


def _lacking(page: Page, liable: bool) -> str:
    if liable:
        return page.t("另一方的论证在此不成立，因为：", "What the other side proves fails here:")
    return page.t("没有责任；另一方的论证在此不成立，因为：", "No liability; what the other side proves fails here:")
