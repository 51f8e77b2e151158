"""What stands in rule files, as clingo's syntax trees have it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from clingo import ast as A

from pyliab.text.problem import Problem
from pyliab.text.say import Text, say

Signature = tuple[str, int]
_CHILDREN: dict[A.ASTType, tuple[str, ...]] = {}
"""Where the children of a node of a kind stand: slow to ask of each."""


class Atom(NamedTuple):
    """An atom of a rule: its function in the syntax tree, and whether it stands without a minus."""

    symbol: Any
    positive: bool

    @property
    def name(self) -> str:
        """The name of its predicate."""
        return str(self.symbol.name)

    @property
    def signature(self) -> Signature:
        """Name and number of arguments of its predicate."""
        return self.name, len(self.symbol.arguments)


def walk(node: Any) -> Iterator[Any]:
    """A part of a syntax tree and all parts of it, in their order."""
    return (part for _, part in _walk(node))


def _walk(node: Any) -> Iterator[tuple[A.ASTType, Any]]:
    kind = node.ast_type  # slow, as are the names of its children: asked once of each node, and of each kind
    yield kind, node
    if kind not in _CHILDREN:
        _CHILDREN[kind] = tuple(node.child_keys)
    for key in _CHILDREN[kind]:
        child = getattr(node, key)
        for part in [child] if isinstance(child, A.AST) else child or ():
            yield from _walk(part)


class Parts:
    """The parts of some nodes by their kind, in their order: walked once, whatever is asked of them."""

    def __init__(self, *nodes: Any) -> None:
        self._by_kind: dict[A.ASTType, list[Any]] = {}
        for node in nodes:
            for kind, part in _walk(node):
                self._by_kind.setdefault(kind, []).append(part)

    def of(self, kind: A.ASTType) -> list[Any]:
        """The parts of one kind."""
        return self._by_kind.get(kind, [])

    def atoms(self) -> Iterator[Atom]:
        """The atoms."""
        for part in self.of(A.ASTType.SymbolicAtom):
            symbol, positive = part.symbol, True
            while symbol.ast_type == A.ASTType.UnaryOperation:
                symbol, positive = symbol.argument, not positive
            if symbol.ast_type == A.ASTType.Function:
                yield Atom(symbol, positive)


def atoms_of(*nodes: Any) -> Iterator[Atom]:
    """The atoms of parts of a rule."""
    return Parts(*nodes).atoms()


def variables_of(node: Any) -> list[Any]:
    """The variables of a part of a rule, each time that one stands there."""
    return Parts(node).of(A.ASTType.Variable)


def rules_of(files: Iterable[Path]) -> list[Any]:
    """The rules of some files, in order. Raises RuntimeError where clingo cannot read one."""
    rules: list[Any] = []
    A.parse_files(
        [str(path) for path in files], lambda node: rules.append(node) if node.ast_type == A.ASTType.Rule else None
    )
    return rules


def at(location: Any, message: Text, see: str = "") -> Problem:
    """A problem at a place of a syntax tree."""
    return Problem(location.begin.filename, location.begin.line, location.begin.column, message, see)


def syntax_problems(path: Path, take: Callable[[Any], None]) -> list[Problem]:
    """Parse one file, giving each statement to `take`; what clingo cannot read, with its place."""
    from pyliab.asp.program import problem_of

    problems: list[Problem] = []
    try:
        A.parse_files([str(path)], take, logger=lambda _, text: problems.append(problem_of(text)), message_limit=10_000)
    except RuntimeError:
        placed = [problem for problem in problems if problem.file]
        return placed or [Problem(str(path), 0, 0, say("cannot be parsed"))]
    return []
