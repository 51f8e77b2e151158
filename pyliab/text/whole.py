"""Files are written whole, or not at all: what stands in a place is the old file or the new one."""

from __future__ import annotations

import os
import tempfile
import threading
from pathlib import Path

WRITING = threading.Lock()
"""Held while a file is written: an interrupt waits for it."""


def write(path: Path, content: bytes) -> None:
    """Write beside the file, then put it in its place. Raises OSError."""
    with WRITING:
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
