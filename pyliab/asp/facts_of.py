"""Which facts the rules that carry a provision ask for: those that they name, and those behind what they name."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

from clingo import ast as A

from pyliab.asp.syntax import atoms_of
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.vocabulary import RuleNote, rule_of

_ENGINE = "engine"
"""The folder of rules on the law of the day and on outcomes: no provision rests on the facts behind these."""


def facts_of(base: KnowledgeBase, provision: str) -> list[str]:
    """Words of the vocabulary, in its order; none where no rule carries the provision."""
    bodies = _bodies(base)
    concluding: dict[str, list[set[str]]] = defaultdict(list)
    for head, below, _ in bodies.values():
        concluding[head].append(below)
    words = base.vocabulary.keys()
    segments = base.provisions[provision].segments if provision in base.provisions else ()
    carrying = {rule for segment in segments for rule in segment.rules} & bodies.keys()
    asked = {name for rule in carrying for _, below, without in [bodies[rule]] for name in below | (without & words)}
    waiting, seen = sorted(asked - words), set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen or name not in base.predicates or _ENGINE in Path(base.predicates[name].file).parts:
            continue
        seen.add(name)
        asked |= {below for body in concluding[name] for below in body & words}
        waiting += [below for body in concluding[name] if name in asked or not body & words for below in sorted(body)]
    return [word for word in base.vocabulary if word in asked]


@cache
def _bodies(base: KnowledgeBase) -> dict[str, tuple[str, set[str], set[str]]]:
    """By rule: the predicate that it concludes, those that it asks to hold, and those that it asks not to."""
    return {name: _body(note) for name, note in base.notes.items()}


def _body(note: RuleNote) -> tuple[str, set[str], set[str]]:
    rules: list[A.AST] = []
    A.parse_string(rule_of(note), rules.append)
    rule = rules[-1]
    head = next(iter(atoms_of(rule.head)), None)
    asked: tuple[set[str], set[str]] = set(), set()
    for literal in rule.body:
        asked[getattr(literal, "sign", A.Sign.NoSign) != A.Sign.NoSign].update(atom.name for atom in atoms_of(literal))
    return head.name if head else "", *asked
