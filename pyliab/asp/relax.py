"""Constraints as conclusions: `:- Body.` becomes `_void :- Body.`, for programs that must see what a constraint forbids."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from clingo import ast as A

VOID = "_void"
_HEADLESS = r"(?m)(^|[.%])\s*(:-|#false)"
"""Whatever may be a constraint. Other text may fit as well: the pattern only saves parsing files that hold none."""


def relaxed(files: Iterable[Path]) -> str:
    """The text of the files with every constraint drawn as the conclusion `_void`."""
    return "\n".join(_relaxed(path.read_text(encoding="utf-8")) for path in files)


@cache
def _relaxed(text: str) -> str:
    if not re.search(_HEADLESS, text):
        return text
    statements: list[Any] = []
    A.parse_string(text, statements.append)
    return "\n".join(str(_concluding(statement)) for statement in statements)


def _concluding(statement: Any) -> Any:
    if statement.ast_type != A.ASTType.Rule or statement.head.ast_type != A.ASTType.Literal:
        return statement
    if statement.head.atom.ast_type != A.ASTType.BooleanConstant:
        return statement
    location = statement.location
    atom = A.SymbolicAtom(A.Function(location, VOID, [], 0))
    return statement.update(head=A.Literal(location, A.Sign.NoSign, atom))
