"""The questions of `space` and `flip` answered by their definitions: by looking at every full choice, one by one.

A table gives for every consistent full choice what follows. Slow, and written without a thought of diagrams.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

Values = Mapping[str, Sequence[str]]
Table = Mapping[frozenset[tuple[str, str]], Hashable]
"""By full choice, as pairs of variable and value, what follows. What cannot be chosen is not in it."""
Chosen = frozenset[tuple[str, str]]


def full_choices(values: Values) -> Iterator[dict[str, str]]:
    """Every full choice."""
    for row in product(*values.values()):
        yield dict(zip(values, row, strict=True))


def partial_choices(values: Values) -> Iterator[Chosen]:
    """Every choice of values for some of the variables, for none and for all."""
    for row in product(*([None, *known] for known in values.values())):
        yield frozenset((name, value) for name, value in zip(values, row, strict=True) if value is not None)


def minimal(sets: Sequence[Chosen]) -> set[Chosen]:
    """Those that contain no other."""
    return {one for one in sets if not any(other < one for other in sets)}


def following(table: Table, chosen: Chosen) -> set[Any]:
    """What can follow when these are chosen."""
    return {result for full, result in table.items() if chosen <= full}


def sufficient(values: Values, table: Table, wanted: Hashable) -> set[Chosen]:
    """All minimal choices under which the wanted result follows, and can follow."""
    return minimal([chosen for chosen in partial_choices(values) if following(table, chosen) == {wanted}])


def deciding(values: Values, table: Table, name: str) -> int:
    """In how many full choices another value of this variable gives another result."""
    return sum(
        any(
            table.get((full - {(name, dict(full)[name])}) | {(name, other)}, result) != result for other in values[name]
        )
        for full, result in table.items()
    )


def changes(values: Values, table: Table, baseline: Mapping[str, str], fine: Callable[[Any], bool]) -> set[Chosen]:
    """All minimal changes of the baseline after which only fine results can follow, and one can."""
    found = []
    for chosen in partial_choices(values):
        if not chosen & set(baseline.items()):
            results = following(table, frozenset({**baseline, **dict(chosen)}.items()))
            if results and all(fine(result) for result in results):
                found.append(chosen)
    return minimal(found)
