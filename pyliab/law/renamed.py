"""Proofs that are the same but for the names in them: one stands for all."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyliab.law.proof import Step

Shape = tuple[object, ...]
"""A proof with places instead of names."""
Names = tuple[str, ...]
"""The names of a proof, in the order in which it first uses them."""

_WORD = re.compile(r"\b[a-z_]\w*\b(?!\()")


def shape(proofs: Iterable[Step], names: Collection[str], opened: Mapping[str, Step]) -> tuple[Shape, Names]:
    """What proofs come to without the names of a case, and these names; what stays closed in them stands in `opened`."""
    places: dict[str, int] = {}
    seen: set[str] = set()

    def place(word: re.Match[str]) -> str:
        return f"<{places.setdefault(word[0], len(places))}>" if word[0] in names else word[0]

    def rows(step: Step) -> Iterator[object]:
        whole = opened.get(step.atom, step) if step.shown else step
        again = whole.kind == "rule" and step.atom in seen
        seen.add(step.atom)
        said = (
            whole.kind,
            whole.rule,
            tuple(whole.cites),
            whole.status,
            whole.sure,
            whole.exhibit,
            whole.also,
            *whole.grounds,
            *whole.grounds,
        )
        yield *said, str(whole.note), _WORD.sub(place, step.atom), again
        if not again:
            for below in whole.of:
                yield from rows(below)
        yield None

    return tuple(row for proof in proofs for row in rows(proof)), tuple(places)


def renaming(first: Names, other: Names) -> dict[str, str]:
    """The names of a proof of one shape in the place of those of another."""
    return {old: new for old, new in zip(first, other, strict=True) if old != new}
