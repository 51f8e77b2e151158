"""An answer as a file: by the ending of its name a page, a document, its tables, its data, or what a terminal shows."""

from __future__ import annotations

import io
import json
from pathlib import Path

from pyliab.answers.blocks import Document
from pyliab.text.encode import to_json
from pyliab.text.problem import InputError
from pyliab.text.say import listed, say

KINDS = (".html", ".docx", ".md", ".csv", ".txt", ".json")
WIDTH = 80
"""How many cells a line of a text file has at most."""


def check_name(path: Path) -> None:
    """Raises InputError for a file of another kind."""
    if path.suffix.lower() not in KINDS:
        raise InputError(
            say("-o writes {kinds}; {name} ends in none of them", kinds=listed(KINDS, ", "), name=path.name)
        )


def as_file(document: Document, answer: object, path: Path, lang: str) -> bytes:
    """What stands in the file. Raises InputError for another kind, and where a library is missing."""
    check_name(path)
    match path.suffix.lower():
        case ".html":
            from pyliab.answers.html import page

            return page(document, lang).encode()
        case ".docx":
            return _word(document, lang)
        case ".md":
            from pyliab.answers.markdown import document as markdown

            return markdown(document, lang).encode()
        case ".csv":
            return _tables(document, lang).encode("utf-8-sig")
        case ".json":
            return (json.dumps(to_json(answer), ensure_ascii=False, indent=2) + "\n").encode()
    return _printed(document, lang).encode()


def _tables(document: Document, lang: str) -> str:
    """All tables, an empty line between them, and the last line: with what it was made. Raises InputError where there is
    no table."""
    from pyliab.answers.csv import last_line, tables

    if not document.tables:
        raise InputError(say("this answer has no table: write .md, .html, .docx, .txt or .json"))
    return "\r\n".join([*tables(document, lang).values(), *last_line(document, lang)])


def _word(document: Document, lang: str) -> bytes:
    try:
        from pyliab.answers.word import document as word
    except ImportError:
        message = say("a .docx needs python-docx: pip install '.[docx]' in its folder (or write .md or .html)")
        raise InputError(message) from None
    return word(document, lang)


def _printed(document: Document, lang: str) -> str:
    from rich.console import Console

    from pyliab.answers.terminal import Terminal

    out = io.StringIO()
    Terminal(Console(file=out, width=WIDTH, highlight=False, markup=False, emoji=False), lang).write(document.blocks)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())
