"""Every table of a report as CSV, one file for each, in one language."""

from __future__ import annotations

import csv
import io

from pyliab.answers.report.blocks import Report, Table
from pyliab.law.words import Lang


def tables(report: Report, lang: Lang) -> dict[str, str]:
    """By file name, numbered as in the report, the text of each table."""
    return {f"{i:02d}-{table.name}.csv": _text(table, lang) for i, table in enumerate(report.tables, 1)}


def _text(table: Table, lang: Lang) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.of(lang) for column in table.columns])
    writer.writerows([_inert(cell.of(lang)) for cell in row] for row in table.rows)
    return out.getvalue()


def _inert(text: str) -> str:
    """A spreadsheet takes a cell that begins like a formula for one; an apostrophe tells it that this is text."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") and len(text) > 1 else text
