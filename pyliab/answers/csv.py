"""Every table of an answer as CSV, one file for each, in one language."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from pyliab.answers.blocks import Document, Paragraph, Table, flat
from pyliab.money.sweep import Sweep

CURVES = ("reading", "assets", "recovers_from", "recovers_to", "bears_from", "bears_to")


def tables(document: Document, lang: str) -> dict[str, str]:
    """By file name, numbered as in the document, the text of each table."""
    return {f"{i:02d}-{table.name}.csv": text(table, lang) for i, table in enumerate(document.tables, 1)}


def text(table: Table, lang: str) -> str:
    """All rows of one table."""
    rows = ([_inert(flat(cell).of(lang)) for cell in row] for row in table.rows)
    return _written([[column.of(lang) for column in table.columns], *rows])


def last_line(document: Document, lang: str) -> list[str]:
    """The note that a document ends with, as a row of its own."""
    last = document.blocks[-1] if document.blocks else None
    return [_written([[last.text.of(lang)]])] if isinstance(last, Paragraph) else []


def rows_as_csv(sweep: Sweep) -> str:
    """The curves of a sweep."""
    return _written([CURVES, *sweep.rows()], "\n")


def _written(rows: Iterable[Sequence[object]], end: str = "\r\n") -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator=end).writerows(rows)
    return out.getvalue()


def _inert(text: str) -> str:
    """A spreadsheet takes a cell that begins like a formula for one; an apostrophe tells it that this is text."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") and len(text) > 1 else text
