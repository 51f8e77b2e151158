"""Rules that conclude from the absence of what hangs on their own conclusion: no answer set need exist, or there are many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from clingo import ast as A

from pyliab.asp.syntax import Signature, at, atoms_of, rules_of
from pyliab.text.problem import Problem
from pyliab.text.say import listed, same, say

Uses = dict[Signature, dict[Signature, Any]]
"""What each word is concluded from, with a rule that does so."""


def loops(files: Sequence[Path], own: Sequence[Path]) -> Iterator[Problem]:
    """For each rule that closes a loop through `not`, with one of these `own` in it, the rules of the loop."""
    uses, negative, rules = Uses(), list[tuple[Signature, Signature, Any]](), rules_of(files) if own else []
    for rule in rules:
        conclusions = list(atoms_of(rule.head))
        for literal in rule.body:
            plain = literal.ast_type == A.ASTType.Literal and literal.sign == A.Sign.NoSign
            for atom, conclusion in product(atoms_of(literal), conclusions):
                uses.setdefault(conclusion.signature, {}).setdefault(atom.signature, rule)
                if not plain or literal.atom.ast_type != A.ASTType.SymbolicAtom:
                    negative.append((conclusion.signature, atom.signature, rule))
    named, told = {str(path) for path in own}, set[frozenset[object]]()
    for head, used, rule in negative:
        back = [] if used == head else _way(uses, used, head)
        way = [] if back is None else [rule, *back]
        mine = [part for part in way if part.location.begin.filename in named]
        if mine and frozenset(map(_place, way)) not in told:
            told.add(frozenset(map(_place, way)))
            message = "these rules conclude something from the absence of what hangs on it: {rules}"
            yield at(mine[0].location, say(message, rules=listed(map(_place, way), ", ")))


def _way(uses: Mapping[Signature, Mapping[Signature, Any]], start: Signature, end: Signature) -> list[Any] | None:
    """The rules by which `start` is concluded from `end`, in as few steps as can be; None where it is not."""
    ways: dict[Signature, list[Any]] = {start: []}
    for word in (pending := [start]):
        for used, rule in uses.get(word, {}).items():
            if used == end:
                return [*ways[word], rule]
            if used not in ways:
                ways[used] = [*ways[word], rule]
                pending.append(used)
    return None


def _place(rule: Any) -> object:
    begin = rule.location.begin
    return same(f"{Path(begin.filename).name}:{begin.line}")
