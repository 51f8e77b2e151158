"""Which facts the rules ask for, and in which sense: from their syntax trees, backwards from a conclusion."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from clingo import ast as A

from pyliab.kb import cache

Rows = list[list[Any]]
"""For each rule the name of its head, and for each atom of its body the name and whether it stands without a minus."""


def asked(files: Sequence[Path], roots: Iterable[str]) -> dict[str, set[bool]]:
    """Predicates on which the roots depend: is `p` asked for (True), or `-p` (False), by itself or under `not`?"""
    bodies: dict[str, list[list[Any]]] = defaultdict(list)
    for head, body in _rows(files):
        bodies[head] += body
    found: dict[str, set[bool]] = {}
    waiting = [(root, True) for root in roots]
    while waiting:
        name, positive = waiting.pop()
        if positive not in found.setdefault(name, set()):
            found[name].add(positive)
            waiting += [(below, sign) for below, sign in bodies[name]]
    return found


def concluded(files: Sequence[Path]) -> set[str]:
    """The predicates that some rule concludes."""
    return {head for head, _ in _rows(files)}


def _rows(files: Sequence[Path]) -> Rows:
    now = cache.state(files)
    stored: Rows | None = cache.load("uses", now)
    if stored is None:
        stored = _read(files)
        cache.save("uses", now, stored)
    return stored


def _read(files: Sequence[Path]) -> Rows:
    rows: Rows = []

    def take(node: Any) -> None:
        if node.ast_type == A.ASTType.Rule:
            body = [atom for literal in node.body for atom in _atoms(literal)]
            rows.extend([name, body] for name, _ in _atoms(node.head))

    A.parse_files([str(path) for path in files], take)
    return rows


class _Atoms(A.Transformer):
    def __init__(self) -> None:
        self.found: list[list[Any]] = []

    def visit_SymbolicAtom(self, node: Any) -> Any:
        symbol, positive = node.symbol, True
        while symbol.ast_type == A.ASTType.UnaryOperation:
            symbol, positive = symbol.argument, not positive
        if symbol.ast_type == A.ASTType.Function:
            self.found.append([symbol.name, positive])
        return node


def _atoms(node: Any) -> list[list[Any]]:
    atoms = _Atoms()
    atoms.visit(node)
    return atoms.found
