"""Rules rewritten so that a model carries its own reasons.

    head :- body.      becomes   _fire(r, (X, ..)) :- body.      head :- _fire(r, (X, ..)).
                                 _head(r, (X, ..), head) :- _fire(r, (X, ..)).
                                 _body(r, (X, ..), i, LITERAL) :- _fire(r, (X, ..)).

The files on disk stay plain ASP; only what is to be explained is rewritten. The answer sets stay the same. A rule is
named by its `%@` annotation. Choices and constraints explain nothing and pass unchanged; recursion through an
aggregate, disjunctive heads and conditional heads are refused by lint.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import field
from pathlib import Path
from typing import Any

from clingo import Symbol
from clingo import ast as A

from pyliab.kb.vocabulary import ANNOTATION
from pyliab.text.later import dataclass

_COMPARISONS = {0: ">", 1: "<", 2: "<=", 3: ">=", 4: "!=", 5: "="}


Instance = tuple[str, Symbol]
"""A rule id and the tuple of values of its variables."""


@dataclass(frozen=True)
class Condition:
    """A body literal of a rule instance: `pos` and `neg` hold an atom, `compare` and `set` a description."""

    kind: str
    term: tuple[Symbol, ...]


@dataclass
class Rewritten:
    """The new program text and, for each rule id, the names of its variables in the order of the tuples."""

    text: str = ""
    variables: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._read: dict[Symbol, tuple[Any, ...]] = {}
        self._texts: dict[Instance, str] = {}

    def read(self, atom: Symbol) -> tuple[Any, ...]:
        """An atom of a model by its parts; read once, for models share most of what they hold.

        `_head`, atom and instance; `_body`, instance, number and condition; `_element`, instance with number, and atom
        behind it; the name alone of `_fire` and of what stands in the law.
        """
        if (parts := self._read.get(atom)) is None:
            parts = self._read[atom] = _parts(atom)
        return parts

    def written(self, instance: Instance) -> str:
        """An instance written out, which is slow, once."""
        if (text := self._texts.get(instance)) is None:
            text = self._texts[instance] = str(instance)
        return text


def _parts(atom: Symbol) -> tuple[Any, ...]:
    name = atom.name
    if name not in ("_head", "_body", "_element"):
        return (name,)
    rule, values, *rest = atom.arguments
    if name == "_head":
        return name, rest[0], (rule.name, values)
    if name == "_body":
        condition = Condition(rest[1].name, tuple(rest[1].arguments))
        return name, (rule.name, values), rest[0].number, condition
    return name, (rule.name, values, rest[0].number), rest[1]


class _Names(A.Transformer):
    """Collect variables in order of appearance and give anonymous ones a name."""

    def __init__(self, prefix: str = "_Any") -> None:
        self.seen: dict[str, None] = {}
        self.prefix = prefix

    def visit_Variable(self, node: Any) -> Any:
        """Rename `_`, remember the rest."""
        if node.name == "_":
            node = node.update(name=f"{self.prefix}{len(self.seen)}")
        self.seen.setdefault(node.name)
        return node


def rewrite(files: Iterable[Path]) -> Rewritten:
    """Rewrite all annotated rules of the files."""
    out = Rewritten()
    rows: list[str] = []
    pending: list[str | None] = [None]

    def take(node: Any) -> None:
        if node.ast_type == A.ASTType.Comment:
            header = re.match(ANNOTATION, node.value.strip())
            if header:
                pending[0] = header["id"]
        elif node.ast_type == A.ASTType.Rule:
            name, pending[0] = pending[0], None
            rows.extend(_rule(node, name, out) if name and _plain(node) else [str(node)])
        elif node.ast_type != A.ASTType.Program:
            rows.append(str(node))

    A.parse_files([str(path) for path in files], take)
    out.text = "\n".join(rows)
    return out


def _plain(node: Any) -> bool:
    head = node.head
    return bool(node.body) and head.ast_type == A.ASTType.Literal and head.atom.ast_type == A.ASTType.SymbolicAtom


def _rule(node: Any, name: str, out: Rewritten) -> list[str]:
    names = _Names()
    body = [_named(literal, names) for literal in node.body]
    out.variables[name] = list(names.seen)
    values = "(" + ",".join(names.seen) + ("," if len(names.seen) == 1 else "") + ")"
    fire = f"_fire({name},{values})"
    rows = [
        f"{fire} :- {'; '.join(map(str, body))}.",
        f"{node.head} :- {fire}.",
        f"_head({name},{values},{node.head}) :- {fire}.",
    ]
    for i, literal in enumerate(body):
        rows.append(f"_body({name},{values},{i},{_as_term(literal)}) :- {fire}.")
        for conditions in _elements(literal):
            positives = [c for c in conditions if _is_positive(c)]
            guard = "; ".join([fire, *map(str, conditions)])
            rows += [f"_element({name},{values},{i},{c.atom}) :- {guard}." for c in positives]
    return rows


def _named(literal: Any, names: _Names) -> Any:
    """A body literal without anonymous variables; of an aggregate only the guards bind variables of the rule."""
    if not _is_local(literal):
        return names.visit(literal)
    inner = _Names("_In")
    renamed = inner.visit(literal)
    if literal.ast_type != A.ASTType.ConditionalLiteral and literal.atom.ast_type == A.ASTType.BodyAggregate:
        for guard in (literal.atom.left_guard, literal.atom.right_guard):
            if guard is not None:
                names.visit(guard)
    return renamed


def _is_local(literal: Any) -> bool:
    """Literals whose variables are their own: aggregates and conditional literals."""
    if literal.ast_type == A.ASTType.ConditionalLiteral:
        return True
    return literal.atom.ast_type in (A.ASTType.BodyAggregate, A.ASTType.Aggregate, A.ASTType.TheoryAtom)


def _is_positive(literal: Any) -> bool:
    return bool(literal.sign == A.Sign.NoSign and literal.atom.ast_type == A.ASTType.SymbolicAtom)


def _as_term(literal: Any) -> str:
    if _is_local(literal):
        return 'set("{}")'.format(str(literal).replace("\\", "\\\\").replace('"', '\\"'))
    atom = literal.atom
    if atom.ast_type == A.ASTType.SymbolicAtom:
        return f"{'pos' if literal.sign == A.Sign.NoSign else 'neg'}({atom})"
    if atom.ast_type == A.ASTType.Comparison and len(atom.guards) == 1:
        guard = atom.guards[0]
        return f'compare("{_COMPARISONS[int(guard.comparison)]}",{atom.term},{guard.term})'
    return 'set("{}")'.format(str(literal).replace("\\", "\\\\").replace('"', '\\"'))


def _elements(literal: Any) -> list[list[Any]]:
    if literal.ast_type == A.ASTType.ConditionalLiteral:
        return [[literal.literal, *literal.condition]]
    if literal.atom.ast_type == A.ASTType.BodyAggregate:
        return [list(element.condition) for element in literal.atom.elements]
    return []
