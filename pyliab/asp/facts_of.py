"""Which facts the rules on a provision ask for: those that they name, and the common ones behind what they name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from clingo import ast as A

from pyliab.asp.asked import bodies
from pyliab.asp.syntax import atoms_of
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.vocabulary import rule_of

_COMMON = 4
"""A fact is common that one case in so many states."""


def facts_of(base: KnowledgeBase, provision: str) -> list[str]:
    """Words of the vocabulary, in its order; none where no rule cites the provision."""
    named = set(_named(base, provision))
    behind = {name for head in named - base.vocabulary.keys() for name, _ in bodies(base.rule_files)[head]}
    stated = Counter(word for case in base.cases.values() for word in {fact.word for fact in case.facts})
    common = {word for word, number in stated.items() if number * _COMMON >= len(base.cases)}
    return [word for word in base.vocabulary if word in named or (word in behind and word in common)]


def _named(base: KnowledgeBase, provision: str) -> Iterator[str]:
    for note in base.notes.values():
        if provision in note.cites:
            rules: list[A.AST] = []
            A.parse_string(rule_of(note), rules.append)
            parts = (part for rule in rules if rule.ast_type == A.ASTType.Rule for part in rule.body)
            yield from (atom.name for atom in atoms_of(*parts))
