"""Tables for a Word document as journals set them: three rules, no boxes, columns as wide as what they hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rich.cells import cell_len

from pyliab.answers.render.docx_notes import W

WIDTH_MM = 160
MM_PER_POINT = 0.177
"""How wide a half-width character is, set in one point."""
PLAIN, SMALL, MANY = 9, 7.5, 6
"""Sizes in points; a table of more columns than MANY is set small."""
MOST, PADDING = 48, 3.5
"""In half-width characters: beyond which a column wraps, and what stands free beside its text."""
_SIGNS = 8
"""Chinese may break after any sign, but four stay together."""
_THICK, _THIN = 12, 4
"""Rules in eighths of a point."""


def widths(columns: Sequence[Sequence[str]], points: float = PLAIN) -> list[float]:
    """The width of each column in millimetres: its longest word at least, then shared out by its longest text."""
    least = [PADDING + max(map(_longest_word, texts)) for texts in columns]
    wanted = [
        max(low, PADDING + min(MOST, max(map(cell_len, texts)))) for low, texts in zip(least, columns, strict=True)
    ]
    room = WIDTH_MM / (MM_PER_POINT * points)
    spare, asked = max(0.0, room - sum(least)), sum(wanted) - sum(least)
    taken = [
        low + (more - low) * min(1.0, spare / asked) if asked else low for low, more in zip(least, wanted, strict=True)
    ]
    return [WIDTH_MM * one / sum(taken) for one in taken]


def _longest_word(text: str) -> int:
    """The longest stretch that is better not broken between lines."""
    words = [len(word) for word in re.findall(r"[!-~–]+", text)]
    return max([min(_SIGNS, cell_len(text)), *words])


def three_rules(table: Any, columns: Sequence[Sequence[str]]) -> None:
    """Rule the table, fit its columns, and repeat its head on every page."""
    from docx.shared import Mm, Pt

    points = SMALL if len(columns) > MANY else PLAIN
    _borders(table._tbl.tblPr, {"top": _THICK, "bottom": _THICK})
    head = table.rows[0]
    for cell in head.cells:
        _borders(cell._tc.get_or_add_tcPr(), {"bottom": _THIN}, "w:tcBorders")
        for run in cell.paragraphs[0].runs:
            run.bold = True
    _flag(head._tr.get_or_add_trPr(), "w:tblHeader")
    table.autofit = False
    for column, width in zip(table.columns, widths(columns, points), strict=True):
        column.width = Mm(width)  # what LibreOffice reads; Word reads the cells
        for cell in column.cells:
            cell.width = Mm(width)
    for row in table.rows:
        _flag(row._tr.get_or_add_trPr(), "w:cantSplit")
        for cell in row.cells:
            form = cell.paragraphs[0].paragraph_format
            form.space_before = form.space_after = 0
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(points)


def _borders(properties: Any, rules: Mapping[str, int], name: str = "w:tblBorders") -> None:
    from docx.oxml import OxmlElement

    borders = OxmlElement(name)
    for side, size in rules.items():
        rule = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", str(size)), ("space", "0"), ("color", "000000")):
            rule.set(f"{{{W}}}{key}", value)
        borders.append(rule)
    properties.append(borders)


def _flag(properties: Any, name: str) -> None:
    from docx.oxml import OxmlElement

    properties.append(OxmlElement(name))
