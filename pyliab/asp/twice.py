"""The law twice in one program: its conclusions under two names, over the same facts, so that two readings can be compared."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from clingo import ast as A

from pyliab.kb import cache
from pyliab.kb.base import KnowledgeBase

SIDES = ("first", "second")
_GIVEN = {"occurred", "disputed", "provision", "paragraph", "statute", "answer", "default", "incompatible"}
_GIVEN |= {"enacts", "reform", "ends", "brings", "suspends", "drops", "settles"}
_ASKED = {"as_if_in_force", "non_liquet"}


def copies_of_law(base: KnowledgeBase) -> str:
    """The law twice, its conclusions named `.._first` and `.._second`; from the cache where the files have not changed."""
    now = cache.state(base.rule_files)
    stored = cache.load("copies", now)
    if stored is not None and isinstance(stored.get("text"), str):
        return str(stored["text"])
    marks = {mark for predicate in base.vocabulary.values() for mark, *_ in predicate.marks}
    shared = {*base.vocabulary, *marks, *_GIVEN, *_ASKED} - ({"provision"} if base.reforms else set())
    text = "\n".join(copy_of_law(base.rule_files, f"_{side}", shared) for side in SIDES)
    cache.save("copies", now, {"text": text})
    return text


class _Rename(A.Transformer):
    """Give every predicate a suffix, but for those shared between the copies."""

    def __init__(self, suffix: str, shared: Collection[str]) -> None:
        self.suffix, self.shared = suffix, shared

    def visit_SymbolicAtom(self, node: Any) -> Any:
        """Rename the predicate of an atom; its arguments stay."""
        return node.update(symbol=self._renamed(node.symbol))

    def _renamed(self, symbol: Any) -> Any:
        if symbol.ast_type == A.ASTType.UnaryOperation:
            return symbol.update(argument=self._renamed(symbol.argument))
        return symbol if symbol.name in self.shared else symbol.update(name=symbol.name + self.suffix)


def copy_of_law(files: Iterable[Path], suffix: str, shared: Collection[str]) -> str:
    """The rules as text, each conclusion renamed `name` + `suffix`.

    `shared` names the predicates of the facts. Choices and constraints of the rules speak about positions only (lint sees
    to that); they are left out, since whoever asks gives the positions.
    """
    rows: list[str] = []
    rename = _Rename(suffix, shared)

    def take(node: Any) -> None:
        kept = node.ast_type == A.ASTType.Rule and node.head.ast_type == A.ASTType.Literal
        if kept and node.head.atom.ast_type == A.ASTType.SymbolicAtom:
            rows.append(str(rename.visit(node)))
        elif node.ast_type == A.ASTType.Defined and node.name not in shared:
            rows.append(f"#defined {node.name}{suffix}/{node.arity}.")
        elif node.ast_type == A.ASTType.Script:
            rows.append(str(node))

    A.parse_files([str(path) for path in files], take)
    return "\n".join(rows)
