"""Files that commands write: whole, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pyliab.text.problem import InputError, not_written
from pyliab.text.whole import write


def write_all(made: Sequence[tuple[Path, bytes]]) -> None:
    """Write files that are already made. Raises InputError where one cannot be."""
    for path, content in made:
        try:
            write(path, content)
        except OSError as error:
            raise InputError(not_written(path, error)) from None
