"""Words that rules use and that nothing defines: no rule concludes them, no block or `#defined` declares them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from pathlib import Path
from typing import Any

from clingo import ast as A

from pyliab.asp.syntax import Atom, Signature, at, atoms_of, syntax_problems
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.vocabulary import read_predicates
from pyliab.text.problem import Problem, nearest, see
from pyliab.text.say import say

_OF_FACTS = ("Fact", "Word")
"""How blocks name arguments at which a fact stands, without its case, or a word of the vocabulary."""


class Words:
    """The words that a base declares and that some rules conclude, and those that the rules use, with where."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base, self.blocks = base, {**base.predicates}
        self.known: set[Signature] = {(block.name, block.arity) for block in self.blocks.values()}
        self.used: list[Atom] = []

    def copy(self) -> Words:
        """The same words, none of them used yet."""
        other = copy(self)
        other.known, other.used = set(self.known), []
        return other

    def declare(self, path: Path) -> None:
        """Take in what a program of the base concludes and declares, and nothing of what it uses."""
        self.blocks |= {block.name: block for block in read_predicates(path, path.read_text(encoding="utf-8"))}
        syntax_problems(path, self.take)
        self.used = []

    def take(self, node: Any) -> None:
        """Take in a statement."""
        if node.ast_type == A.ASTType.Defined:
            self.known.add((node.name, node.arity))
        elif node.ast_type == A.ASTType.Rule:
            self.known |= {atom.signature for atom in atoms_of(node.head)}
            self.used += atoms_of(node.head, *node.body)

    def undefined(self) -> Iterator[Problem]:
        """Each place where a rule uses a word that nothing defines, or speaks of a fact that no case can state."""
        names = {name for name, _ in self.known}
        for atom in self.used:
            if atom.signature not in self.known:
                yield _undefined(atom.symbol, atom.signature, names)
            block = self.blocks.get(atom.name)
            for argument, term in zip(block.arguments if block else (), atom.symbol.arguments, strict=False):
                if argument.name in _OF_FACTS and not self._tells(term):
                    yield _undefined(term, _signature(term), self.base.vocabulary)

    def _tells(self, term: Any) -> bool:
        """Is this a fact in the words of the vocabulary, with its case or without, or one of these words, or a variable?"""
        if term.ast_type not in (A.ASTType.Function, A.ASTType.SymbolicTerm):
            return True
        name, arguments = _signature(term)
        word = self.base.vocabulary.get(name)
        return word is not None and arguments in (0, word.arity - 1, word.arity)


def _signature(term: Any) -> Signature:
    return (term.name, len(term.arguments)) if term.ast_type == A.ASTType.Function else (str(term), 0)


def _undefined(term: Any, signature: Signature, known: Iterable[str]) -> Problem:
    name, arity = signature
    message = say("nothing defines {name}/{arity}{near}", name=name, arity=arity, near=nearest(name, known))
    return at(term.location, message, see(name, known, "show vocabulary"))
