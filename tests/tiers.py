"""What `make test` leaves to `make all-tests`.

`exhaustive` is a test that holds a general claim over all shipped cases and readings, or over many drawn at random. Every
such claim keeps at least one named instance in `make test`. `pytest` alone runs everything that it is pointed at.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import settings

exhaustive = pytest.mark.exhaustive


def sweep(rows: Iterable[Any], *named: Any) -> list[Any]:
    """All rows as parameters of a test: those named for every run, the others for `make all-tests`."""
    rows = list(rows)
    missing = [row for row in named if row not in rows]
    assert named and not missing, f"no such rows: {missing}"
    return [row if row in named else _exhaustive(row) for row in rows]


def _exhaustive(row: Any) -> Any:
    return pytest.param(*(row if isinstance(row, tuple) else (row,)), marks=exhaustive)


def examples(number: int) -> int:
    """How many examples hypothesis draws: this many, and a part of them under the profile of `make test`."""
    return max(1, number * settings.default.max_examples // 100)


def quick() -> bool:
    """Is this the run of `make test`?"""
    return settings.default.max_examples < 100
