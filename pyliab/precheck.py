"""A look at rule text before clingo sees it: what would abort the process, and what a rule file may not do."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from pyliab.errors import InputError, Problem

# A string, a block comment, a line comment, a lone quote, a forbidden directive, a number, or a character beyond ASCII.
_TOKEN = (
    r'"(?:\\.|[^"\\\n])*"|%\*.*?\*%|%[^\n]*|"|#\s*(?:script|include|external|program|theory|const|edge|heuristic|minimize|maximize)\b'
    r"|:~|(?<![\w])\d{10,}|[^\x00-\x7f]"
)


def precheck(path: Path) -> str:
    """The text of a rule file. Raises InputError for full-width signs outside strings, scripts, includes, huge numbers.

    clingo's logger aborts the whole process on a non-ASCII byte in rule text, and integers beyond 2^31-1 wrap silently.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError([Problem(str(path), 0, 0, f"not UTF-8 at byte {error.start}")]) from None
    except OSError as error:
        raise InputError([Problem(str(path), 0, 0, f"cannot be read: {error.strerror}")]) from None
    problems = []
    for match in re.finditer(_TOKEN, text, re.S):
        message = _fault(match[0])
        if message:
            line = text.count("\n", 0, match.start()) + 1
            column = match.start() - text.rfind("\n", 0, match.start())
            problems.append(Problem(str(path), line, column, message))
    if "\x00" in text:
        problems.append(Problem(str(path), 0, 0, "holds a NUL character"))
    if problems:
        raise InputError(problems)
    return text


def _fault(token: str) -> str | None:
    if token == '"':
        return "a string is not closed on its line"
    if token[0] in '"%':
        return None
    if token.startswith("#"):
        return f"{token} is not taken in a rule file (rules are data: no scripts, no includes, no optimisation)"
    if token == ":~":
        return "weak constraints are not taken: a reading is chosen, never optimised"
    if token.isdigit():
        return (
            f"the number {token} is too large for the solver and would wrap around silently"
            if int(token) > 2**31 - 1
            else None
        )
    ascii_sign = unicodedata.normalize("NFKC", token)
    hint = f"; type {ascii_sign}" if ascii_sign.isascii() else "; write it in a string or a comment"
    return f"{token} stands outside a string{hint}"
