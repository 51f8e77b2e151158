"""A case written out as a case file, from facts that no file holds yet."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile, Fact
from pyliab.kb.read import load_case
from pyliab.kb.vocabulary import ANY, Predicate
from pyliab.text.problem import InputError, Problem
from pyliab.text.say import Text, say

_UNSAFE = r"""^[-?:,\[\]{}#&*!|>'"%@`]|: |:$| #"""
"""What YAML takes for something else than text."""
Names = Mapping[str, Text]


def fact_row(predicate: Predicate, fact: Fact) -> str:
    """One entry of `facts:`."""
    given = ", ".join(
        f"{argument.key}: {_written(value)}"
        for argument, value in zip(predicate.arguments[1:], fact.args, strict=True)
        if value not in ("undated", ANY)
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
    title: Text,
    day: datetime.date,
    declared: Mapping[str, Names],
    facts: Iterable[Fact],
) -> str:
    """A whole case file. `declared` holds parties, items and harms with their names."""
    rows = [f"case: {name}", "title:", *(f"  {lang}: {in_quotes(title.of(lang))}" for lang in ("zh", "en"))]
    rows += ["kind: hypothetical", f"date: {day.isoformat()}", "about:"]
    rows += [f"  {lang}: {in_quotes(title.of(lang))}" for lang in ("zh", "en")]
    for section, names in declared.items():
        rows.append(f"{section}:")
        rows += [
            f"  {key}: {{zh: {in_quotes(name.of('zh'))}, en: {in_quotes(name.of('en'))}}}"
            for key, name in names.items()
        ]
    rows += ["facts:", *(fact_row(base.vocabulary[fact.word], fact) for fact in facts)]
    return "\n".join(rows) + "\n"


def text_of_yaml(text: str) -> str:
    """A text of YAML, between quotation marks where it could be taken for something else."""
    return in_quotes(text) if re.search(_UNSAFE, text) else text


def in_quotes(text: str) -> str:
    """A text of YAML between quotation marks."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def told(base: KnowledgeBase, name: str, text: str) -> CaseFile:
    """The case of such a text, read and checked like any case file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        return load_case(path, base)


def retold(base: KnowledgeBase, case: CaseFile, name: str, facts: Iterable[Fact]) -> str:
    """The file of a case with more facts, under another name; all else is kept word by word.

    What the case expects is left out: it was said of the facts as they were.
    Raises InputError where the file cannot be told again (its facts stand on one line), or the name is none.
    """
    blocks = entries_of(Path(case.file).read_text(encoding="utf-8"))
    rows = [fact_row(base.vocabulary[fact.word], fact) for fact in facts]
    for i, (key, text) in enumerate(blocks):
        if key == "case":
            blocks[i] = key, re.sub(r"^case:.*", f"case: {name}", text)
        elif key == "facts" and rows:
            if not re.match(r"facts:[ \t]*(#.*)?\n", text):
                message = say("write each of its facts on a line of its own; then more can be added")
                raise InputError([Problem(case.file, 0, 0, message)])
            blocks[i] = key, _appended(text, rows)
    text = "".join(text for key, text in blocks if key != "expect")
    told(base, name, text)
    return text


def entries_of(text: str) -> list[tuple[str, str]]:
    """The top-level entries of a YAML text, each with its key and all its lines; comments above the first have no key."""
    blocks: list[tuple[str, str]] = [("", "")]
    for row in text.splitlines(keepends=True):
        key = re.match(r"([a-z_]+):", row)
        if key:
            blocks.append((key[1], row))
        else:
            blocks[-1] = blocks[-1][0], blocks[-1][1] + row
    return blocks


def _appended(text: str, rows: Iterable[str]) -> str:
    """Rows after the last entry of a list, indented like its entries."""
    body = text.rstrip("\n")
    item = re.search(r"^( *)- ", body, re.M)
    added = "\n".join(rows)
    if item and len(item[1]) != 2:
        added = re.sub(r"^  ", item[1], added, flags=re.M)
    return f"{body}\n{added}\n" + text[len(body) + 1 :]
