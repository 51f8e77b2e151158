"""Which facts the rules ask for, and in which sense: from their syntax trees, backwards from a conclusion."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pyliab.asp.syntax import atoms_of, rules_of
from pyliab.kb import cache

Rows = list[list[Any]]
"""For each rule the name of its head, and for each atom of its body the name and whether it stands without a minus."""


def asked(files: Sequence[Path], roots: Iterable[str]) -> dict[str, set[bool]]:
    """Predicates on which the roots depend: is `p` asked for (True), or `-p` (False), by itself or under `not`?"""
    below_each = bodies(files)
    signs: dict[str, set[bool]] = {}
    waiting = [(root, True) for root in roots]
    while waiting:
        name, positive = waiting.pop()
        if positive not in signs.setdefault(name, set()):
            signs[name].add(positive)
            waiting += [(below, sign) for below, sign in below_each[name]]
    return signs


def bodies(files: Sequence[Path]) -> Mapping[str, list[list[Any]]]:
    """By the predicate that rules conclude, the atoms of their bodies: name, and whether without a minus."""
    by_head: dict[str, list[list[Any]]] = defaultdict(list)
    for head, body in _rows(files):
        by_head[head] += body
    return by_head


def _rows(files: Sequence[Path]) -> Rows:
    now = cache.state(files)
    stored: Rows | None = cache.load("uses", now)
    if stored is None:
        stored = _read(files)
        cache.save("uses", now, stored)
    return stored


def _read(files: Sequence[Path]) -> Rows:
    rows: Rows = []
    for rule in rules_of(files):
        body = [[atom.name, atom.positive] for atom in atoms_of(*rule.body)]
        rows.extend([head.name, body] for head in atoms_of(rule.head))
    return rows
