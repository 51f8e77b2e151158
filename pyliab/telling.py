"""A case written out as a case file, from facts that no file holds yet."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from pyliab.facts import CaseFile, Fact
from pyliab.knowledge import KnowledgeBase, load_case
from pyliab.vocabulary import Predicate

Names = Mapping[str, Mapping[str, str]]


def fact_row(predicate: Predicate, fact: Fact) -> str:
    """One entry of `facts:`."""
    given = ", ".join(
        f"{argument.key}: {_written(value)}"
        for argument, value in zip(predicate.arguments[1:], fact.args, strict=True)
        if value != "undated"
    )
    status = "" if fact.status == "proved" else f"\n    status: {fact.status}"
    return f"  - {predicate.name}: {{{given}}}{status}"


def _written(value: str | int) -> str:
    """A date as 2021-06-30; all else as it stands."""
    text = str(value)
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if isinstance(value, int) else text


def case_text(
    base: KnowledgeBase,
    name: str,
    title: Mapping[str, str],
    day: datetime.date,
    declared: Mapping[str, Names],
    facts: Iterable[Fact],
) -> str:
    """A whole case file. `declared` holds parties, items and harms with their names."""
    rows = [f"case: {name}", "title:", *(f"  {lang}: {_quoted(title[lang])}" for lang in ("zh", "en"))]
    rows += ["kind: hypothetical", f"date: {day.isoformat()}", "about:"]
    rows += [f"  {lang}: {_quoted(title[lang])}" for lang in ("zh", "en")]
    for section, names in declared.items():
        rows.append(f"{section}:")
        rows += [f"  {key}: {{zh: {_quoted(both['zh'])}, en: {_quoted(both['en'])}}}" for key, both in names.items()]
    rows += ["facts:", *(fact_row(base.vocabulary[fact.word], fact) for fact in facts)]
    return "\n".join(rows) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def told(base: KnowledgeBase, name: str, text: str) -> CaseFile:
    """The case of such a text, read and checked like any case file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        return load_case(path, base)
