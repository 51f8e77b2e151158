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
from collections.abc import Iterable, Sequence
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
    lines = _lines(kind, now)
    return json.loads(lines[0]) if lines else None


def load_object(kind: str, now: str, type_: type[T]) -> T | None:
    """The same of a dataclass kept by `save_object`, the entries of its mutable mappings to be read one by one."""
    lines = _lines(kind, now)
    if not lines:
        return None
    plain, hints = json.loads(lines[0]), get_annotations(type_, eval_str=True)
    try:
        return type_(
            **{
                name: Lazy(plain[name], lines, get_args(hint)[1]) if _lazily(hint) else from_json(hint, plain[name])
                for name, hint in hints.items()
            }
        )
    except (TypeError, KeyError, AttributeError, ValueError):
        return None  # the type was another one when this was kept


def save(kind: str, now: str, value: Any) -> None:
    """Store a value; written whole or not at all."""
    _write(kind, now, [json.dumps(value, ensure_ascii=False)])


def save_object(kind: str, now: str, value: Any) -> None:
    """Store a dataclass: a line for each entry of its mutable mappings, by whose number the first line names it."""
    plain, lines = {}, [""]
    for name, hint in get_annotations(type(value), eval_str=True).items():
        part = getattr(value, name)
        if _lazily(hint):
            plain[name] = {key: len(lines) + place for place, key in enumerate(part)}
            lines += [json.dumps(to_json(part[key]), ensure_ascii=False) for key in part]
        else:
            plain[name] = to_json(part)
    _write(kind, now, [json.dumps(plain, ensure_ascii=False), *lines[1:]])


def _lines(kind: str, now: str) -> list[bytes]:
    """The lines of an entry that was made in this state and is whole; else none."""
    place = _place(kind, now)
    if place is None:
        return []
    try:
        head, _, body = place.read_bytes().partition(b"\n")
        if json.loads(head) != [now, zlib.crc32(body)]:
            return []
        with suppress(OSError):
            os.utime(place)  # what is used is forgotten last
    except (OSError, ValueError, RecursionError):
        return []
    return body.split(b"\n")


def _write(kind: str, now: str, lines: Sequence[str]) -> None:
    place = _place(kind, now)
    if place is None:
        return
    body = "\n".join(lines).encode("utf-8", "surrogatepass")
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        write(place, json.dumps([now, zlib.crc32(body)]).encode() + b"\n" + body)
        _forget_old(place.parent)


class Lazy(UserDict[str, T]):
    """Entries of a mapping that was kept, each read from its line when it is asked for: most commands ask for one of many."""

    def __init__(self, places: dict[str, Any], lines: Sequence[bytes], kind: Any) -> None:
        super().__init__()
        self.data, self.lines, self.kind = places, lines, kind

    def __getitem__(self, name: str) -> T:
        entry = self.data[name]
        if isinstance(entry, int):
            entry = self.data[name] = from_json(self.kind, json.loads(self.lines[entry]))
        return entry


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
