"""What an answer was made with: pyliab, clingo, and what stands in the files of the law, kind by kind."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pyliab import __version__
from pyliab.kb.folders import KINDS, Root, other_base, overlay, shipped
from pyliab.text.later import dataclass

LENGTH = 16
"""So many signs of a digest are written: enough to tell two versions apart."""


@dataclass(frozen=True)
class Made:
    """How an answer came about: the command as `asked`, the versions, and a digest of the `answer` itself.

    `checked` is the day up to which the law was checked; `law` has by kind (`rules`, `statutes`, ..) a digest of all that its files say, wherever they stand.
    """

    asked: tuple[str, ...]
    pyliab: str
    clingo: str
    law: Mapping[str, str]
    answer: str
    checked: str = ""

    @property
    def law_digest(self) -> str:
        """One digest for all the law."""
        return digest(json.dumps(dict(self.law), sort_keys=True).encode())


def made(asked: Sequence[str], answer: Any, home: Path | None, folders: Sequence[Path]) -> Made:
    """How an answer, as plain data, came about. Raises InputError where a folder of the law is missing."""
    roots = [other_base(home) if home else shipped(), *map(overlay, folders)]
    law = {"rules": _files(path for root in roots for path in _rules(root))}
    law |= {kind: _files(path for root in roots for path in root.documents(kind)) for kind in KINDS}
    written = json.dumps(answer, ensure_ascii=False, sort_keys=True).encode()
    return Made(tuple(asked), __version__, version("clingo"), law, digest(written), roots[0].checked)


def digest(content: bytes) -> str:
    """The beginning of its SHA-256."""
    return hashlib.sha256(content).hexdigest()[:LENGTH]


def _rules(root: Root) -> list[Path]:
    return [*root.engine, *root.rule_files(), *root.principle_files()]


def _files(paths: Iterable[Path]) -> str:
    """One digest of files, by name and content; line ends count alike on every system."""
    contents = ((path.name, path.read_bytes().replace(b"\r\n", b"\n")) for path in paths)
    return digest("\n".join(f"{name} {digest(content)}" for name, content in contents).encode())
