"""What a rule file from outside may not do, because answers or proofs would silently be wrong.

Held against the syntax tree when a user's folder is loaded; `lint` says the rest, which is a matter of good order.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from clingo import ast as A

from pyliab.asp.lint import FORBIDS, syntax_problems
from pyliab.text.problem import Problem
from pyliab.text.say import Text, say

_TAKEN = {A.ASTType.Rule, A.ASTType.Defined, A.ASTType.Comment, A.ASTType.Program}
_OF_READINGS = {"position", "chosen", "answer", "default", "incompatible", "issue"}
_WITH_BASIS = {"owes": 2, "fulfilled": 2, "applies": 2, "displaced": 2}

_CALCULATES = say("rules do not calculate: numbers wrap around silently in the solver")
_INTERVAL = say("an interval cannot be explained; write one rule for each value")
_POOL = say("a pool (a; b) cannot be explained; write one rule for each alternative")
_NOT_NOT = say("`not not` cannot be explained; say what is looked for")
_KEPT = say("names that begin with _ are kept for proofs")
_IN_PRINCIPLE = say("this kind of statement is not taken in a principle")
_IN_RULES = say("this kind of statement is not taken in a rule file of one's own")
_CHOOSES = say("a rule of one's own draws one conclusion; it chooses nothing")


class _Watch(A.Transformer):
    def __init__(self) -> None:
        self.found: list[tuple[Any, Text]] = []
        self.names: list[str] = []

    def visit_BinaryOperation(self, node: Any) -> Any:
        self.found.append((node.location, _CALCULATES))
        return node

    def visit_Interval(self, node: Any) -> Any:
        self.found.append((node.location, _INTERVAL))
        return node

    def visit_Pool(self, node: Any) -> Any:
        self.found.append((node.location, _POOL))
        return node

    def visit_Literal(self, node: Any) -> Any:
        if node.sign == A.Sign.DoubleNegation:
            self.found.append((node.location, _NOT_NOT))
        self.visit_children(node)
        return node

    def visit_Function(self, node: Any) -> Any:
        place = _WITH_BASIS.get(node.name)
        if place and len(node.arguments) >= 5:
            basis = node.arguments[place - 1]
            fine = basis.ast_type == A.ASTType.Variable or (
                basis.ast_type == A.ASTType.Function and basis.name == "basis" and len(basis.arguments) == 2
            )
            if not fine:
                message = say('the second argument of {name} is written basis("PROVISION", limb)', name=node.name)
                self.found.append((node.location, message))
        self.visit_children(node)
        return node

    def visit_SymbolicAtom(self, node: Any) -> Any:
        symbol = node.symbol
        while symbol.ast_type == A.ASTType.UnaryOperation:
            symbol = symbol.argument
        if symbol.ast_type == A.ASTType.Function:
            self.names.append(symbol.name)
            if symbol.name.startswith("_"):
                self.found.append((node.symbol.location, _KEPT))
        self.visit_children(node)
        return node


def guard_questions(files: Iterable[Path], scripts: bool = False) -> list[Problem]:
    """What may not stand in a principle: it may choose and forbid, for it speaks of hypothetical cases, but runs nothing."""
    taken = {*_taken(scripts), A.ASTType.ShowSignature, A.ASTType.ShowTerm}
    problems: list[Problem] = []

    def take(node: Any) -> None:
        if node.ast_type not in taken:
            problems.append(_at(node.location, _IN_PRINCIPLE))

    for path in files:
        problems += syntax_problems(path, take)
    return problems


def guard(files: Iterable[Path], scripts: bool = False, *, shows: bool = False) -> list[Problem]:
    """Everything in these files that may not be there; files that clingo cannot parse are reported as such.

    `scripts`: the user allows them. `shows`: a body of law says itself what it shows.
    """
    taken = {*_taken(scripts), A.ASTType.ShowSignature} if shows else _taken(scripts)
    problems: list[Problem] = []

    def take(node: Any) -> None:
        problems.extend(_statement(node, taken))

    for path in files:
        problems += syntax_problems(path, take)
    return problems


def _taken(scripts: bool) -> set[A.ASTType]:
    return {*_TAKEN, A.ASTType.Script} if scripts else _TAKEN


def _statement(node: Any, taken: set[A.ASTType]) -> list[Problem]:
    if node.ast_type not in taken:
        return [_at(node.location, _IN_RULES)]
    if node.ast_type != A.ASTType.Rule:
        return []
    watch = _Watch()
    watch.visit(node)
    found = [_at(location, message) for location, message in watch.found]
    head = node.head
    if head.ast_type != A.ASTType.Literal:
        found.append(_at(node.location, _CHOOSES))
    elif head.atom.ast_type != A.ASTType.SymbolicAtom and set(watch.names) - _OF_READINGS:
        found.append(_at(node.location, FORBIDS))
    return found


def _at(location: Any, message: Text) -> Problem:
    return Problem(location.begin.filename, location.begin.line, location.begin.column, message)
