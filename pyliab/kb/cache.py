"""A cache of the checked knowledge base, so that YAML is parsed once and not at every command.

An entry is valid while path, size and time of change of every file, and of the code that reads them, are what they were
when it was made. It holds JSON only; an entry that cannot be read or written is done without.
"""

from __future__ import annotations

import collections.abc
import json
import os
import sys
import zlib
from collections import UserDict
from collections.abc import Iterable
from contextlib import suppress
from inspect import get_annotations
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

from pyliab import __version__
from pyliab.text.encode import from_json, to_json
from pyliab.text.problem import InputError, Problem, not_readable
from pyliab.text.whole import write

T = TypeVar("T")
KEEP = 12
PACKAGE = Path(__file__).parent.parent
_READERS = (
    "kb/*.py",
    "text/encode.py",
    "text/written.py",
    "text/locale/*/LC_MESSAGES/*.mo",
    "asp/rewrite.py",
    "asp/asked.py",
)


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


def state(files: Iterable[Path]) -> str:
    """What the files, and the modules that read them, are now."""
    rows = [f"{__version__} {sys.version_info[:2]}"]
    for path in [*(path for pattern in _READERS for path in sorted(PACKAGE.glob(pattern))), *files]:
        try:
            stat = path.stat()
        except OSError as error:
            raise InputError([Problem(str(path), 0, 0, not_readable(error))]) from None
        rows.append(f"{path} {stat.st_size} {stat.st_mtime_ns}")
    return "\n".join(rows)


def load(kind: str, now: str) -> Any:
    """The cached value of a kind for this state of the files, or None."""
    place = _place(kind, now)
    if place is None:
        return None
    try:
        stored = json.loads(place.read_bytes())
        with suppress(OSError):
            os.utime(place)  # what is used is forgotten last
    except (OSError, ValueError, RecursionError):
        return None
    return stored.get("value") if isinstance(stored, dict) and stored.get("state") == now else None


def save(kind: str, now: str, value: Any) -> None:
    """Store a value; written whole or not at all."""
    place = _place(kind, now)
    if place is None:
        return
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        kept = json.dumps({"state": now, "value": value}, ensure_ascii=False)
        write(place, kept.encode("utf-8", "surrogateescape"))
        _forget_old(place.parent)


class Lazy(UserDict[str, T]):
    """Entries from the cache, each read when it is asked for: most commands ask for one of many."""

    def __init__(self, stored: dict[str, Any], kind: Any) -> None:
        super().__init__()
        self.data, self.kind = stored, kind

    def __getitem__(self, name: str) -> T:
        entry = self.data[name]
        if isinstance(entry, str):
            self.data[name] = from_json(self.kind, json.loads(entry))
        return self.data[name]


def stored(value: Any) -> dict[str, Any]:
    """A dataclass as plain data; the entries of its mutable mappings as text, to be read one by one."""
    plain = {}
    for name, hint in get_annotations(type(value), eval_str=True).items():
        part = getattr(value, name)
        plain[name] = (
            {key: json.dumps(to_json(part[key]), ensure_ascii=False) for key in part}
            if _lazily(hint)
            else to_json(part)
        )
    return plain


def restored(kind: type[T], plain: dict[str, Any]) -> T:
    """The dataclass of which `stored` made plain data."""
    hints: dict[str, Any] = get_annotations(kind, eval_str=True)
    return kind(
        **{
            name: Lazy(plain[name], get_args(hint)[1]) if _lazily(hint) else from_json(hint, plain[name])
            for name, hint in hints.items()
        }
    )


def _lazily(hint: Any) -> bool:
    return get_origin(hint) is collections.abc.MutableMapping


def _place(kind: str, now: str) -> Path | None:
    where = folder()
    digest = zlib.crc32(now.encode("utf-8", "surrogateescape"))
    return where / f"{kind}-{digest:08x}.json" if where else None


def _forget_old(where: Path) -> None:
    entries = sorted(where.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in entries[KEEP:]:
        path.unlink(missing_ok=True)
