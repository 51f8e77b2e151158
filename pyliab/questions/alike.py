"""Parties and things of which a case tells the same: of many, one stands for all."""

from __future__ import annotations

from collections import defaultdict

from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile

ROUNDS = 3
"""So far from somebody what is told of others tells him apart: of those named beside him, of those beside them, once more."""


def representatives(base: KnowledgeBase, case: CaseFile) -> set[str]:
    """The first of each class of those told alike: the same words in the same places, days and sums apart, beside their like.

    The classes are those of colour refinement, cut short.
    """
    of_kind = (case.doc.parties, case.doc.items, case.doc.harms)
    colours: dict[str, object] = {name: kind for kind, names in enumerate(of_kind) for name in names}
    for _ in range(ROUNDS):
        told = defaultdict(list)
        for fact in case.facts:
            places = list(zip(base.predicates[fact.word].arguments[1:], fact.args, strict=True))
            beside = [colours.get(str(value), value if a.type == "word" else None) for a, value in places]
            for place, (_, value) in enumerate(places):
                told[str(value)].append(repr((fact.word, fact.status, place, beside)))
        signs = {name: (colour, *sorted(told[name])) for name, colour in colours.items()}
        numbers = {sign: number for number, sign in enumerate(dict.fromkeys(signs.values()))}
        colours = {name: numbers[sign] for name, sign in signs.items()}
    first = {colour: name for name, colour in reversed(colours.items())}
    return set(first.values())
