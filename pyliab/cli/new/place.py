"""Where new files go: under a good name, never over another, all of them or none."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from pyliab.text.problem import KINDS_ZH, InputError, Problem, Told, in_quotes, of_system, told

_ID = r"[a-z][a-z0-9_]*"


def checked(name: str, taken: Mapping[str, object], kind: str) -> str:
    """The name, if it can be an id and is free. Raises InputError with one that can."""
    if not re.fullmatch(_ID, name, re.ASCII) or name == "not":
        proposal = _proposal(name)
        raise InputError(
            told(
                f"{in_quotes(name)}不能作编号：以小写字母 a-z 开头，此后可用小写字母、数字和 _{proposal.zh}",
                f"{name!r} is no id: small letters a-z first, then also digits and _{proposal}",
            )
        )
    if name in taken:
        raise InputError(
            told(
                f"{KINDS_ZH.get(kind, kind)}{in_quotes(name)}已经存在（`pyliab show {name}`）；请另取名称",
                f"the {kind} {name!r} exists already (`pyliab show {name}`); choose another name",
            )
        )
    return name


def _proposal(name: str) -> Told:
    slug = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    slug = f"my_{slug}" if slug and not slug[0].isalpha() else slug
    if not slug or slug == "not":
        return told("", "")
    return told(f"；例如{in_quotes(slug)}", f"; for example {slug!r}")


def knowledge_folder(folder: Path, kind: str) -> Path:
    """Where documents of a kind lie in a user's folder: under `kb/` if it has one."""
    return (folder / "kb" if (folder / "kb").is_dir() else folder) / kind


def write(files: Mapping[Path, str]) -> None:
    """Write all files or none; one that exists is never written over. Raises InputError."""
    there = told("已经存在；什么也没有写", "exists already; nothing was written")
    problems = [Problem(str(path), 0, 0, there) for path in files if _there(path)]
    if problems:
        raise InputError(problems)
    written: list[Path] = []
    made: list[Path] = []
    try:
        for path, text in files.items():
            made += _make(path.parent)
            with path.open("x", encoding="utf-8") as file:
                written.append(path)
                file.write(text)
    except OSError as error:
        _undo(written, made)
        why = of_system(error)
        message = told(f"无法写入：{why.zh}", f"cannot be written: {why}")
        raise InputError([Problem(str(path), 0, 0, message)]) from None


def _there(path: Path) -> bool:
    """Is anything of this name there, a broken link included?"""
    return os.path.lexists(path)


def _make(folder: Path) -> list[Path]:
    """Make a folder and those above it; returns the ones made, the topmost first."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing[::-1]


def _undo(written: list[Path], made: list[Path]) -> None:
    for path in written:
        path.unlink(missing_ok=True)
    for folder in reversed(made):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
