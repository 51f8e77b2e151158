"""A cache of the checked knowledge base, so that YAML is parsed once and not at every command.

Keyed by path, size and time of change of every file and by the code that reads them; a cache that cannot be read or
written is done without. It holds JSON only.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pyliab import __version__


def folder() -> Path | None:
    """The cache folder; PYLIAB_CACHE names another one, and an empty PYLIAB_CACHE turns the cache off."""
    named = os.environ.get("PYLIAB_CACHE")
    if named is not None:
        return Path(named) if named else None
    base = os.environ.get("LOCALAPPDATA") if sys.platform == "win32" else os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "pyliab"
    except RuntimeError:
        return None


def key(files: Iterable[Path]) -> str:
    """A digest of what the files are now, and of the modules that read them."""
    digest = hashlib.sha256(f"{__version__} {sys.version_info[:2]}".encode())
    own = [
        Path(__file__).with_name(name)
        for name in ("schema.py", "facts.py", "vocabulary.py", "documents.py", "knowledge.py")
    ]
    for path in [*own, *files]:
        stat = path.stat()
        digest.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode())
    return digest.hexdigest()[:32]


def load(name: str) -> Any:
    """The cached value, or None."""
    place = folder()
    try:
        return json.loads((place / f"{name}.json").read_bytes()) if place else None
    except (OSError, ValueError):
        return None


def save(name: str, value: Any) -> None:
    """Store a value; written whole or not at all."""
    place = folder()
    if place is None:
        return
    try:
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=place, delete=False) as file:
            json.dump(value, file, ensure_ascii=False)
        Path(file.name).replace(place / f"{name}.json")
        _forget_old(place)
    except OSError:
        return


def _forget_old(place: Path, keep: int = 8) -> None:
    entries = sorted(place.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in entries[keep:]:
        path.unlink(missing_ok=True)
