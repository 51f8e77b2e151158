"""Files that commands write: whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pyliab.text.problem import InputError, not_written


def write_all(made: Sequence[tuple[Path, bytes]]) -> None:
    """Write files that are already made. Raises InputError where one cannot be."""
    for path, content in made:
        try:
            _replace(path, content)
        except OSError as error:
            raise InputError(not_written(path, error)) from None


def _replace(path: Path, content: bytes) -> None:
    """Write beside the file, then put it in its place: what stands there is the old file or the whole new one."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        # mkstemp makes files for the owner alone; a report gets what any new file gets
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
