"""Where new files go: under a good name, never over another, all of them or none."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from pyliab.text.problem import InputError, Problem, kind_name, of_system
from pyliab.text.say import EMPTY, Text, quoted, say

_ID = r"[a-z][a-z0-9_]*"


def checked(name: str, taken: Mapping[str, object], kind: str) -> str:
    """The name, if it can be an id and is free. Raises InputError with one that can."""
    if not re.fullmatch(_ID, name, re.ASCII) or name == "not":
        proposal = _proposal(name)
        raise InputError(
            say(
                "{name} is no id: small letters a-z first, then also digits and _{proposal}",
                name=quoted(name),
                proposal=proposal,
            )
        )
    if name in taken:
        raise InputError(
            say(
                "the {kind} {name} exists already (`pyliab show {name2}`); choose another name",
                kind=kind_name(kind),
                name=quoted(name),
                name2=name,
            )
        )
    return name


def _proposal(name: str) -> Text:
    slug = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    slug = f"my_{slug}" if slug and not slug[0].isalpha() else slug
    if not slug or slug == "not":
        return EMPTY
    return say("; for example {slug}", slug=quoted(slug))


def knowledge_folder(folder: Path, kind: str) -> Path:
    """Where documents of a kind lie in a user's folder: under `kb/` if it has one."""
    return (folder / "kb" if (folder / "kb").is_dir() else folder) / kind


def write(files: Mapping[Path, str]) -> None:
    """Write all files or none; one that exists is never written over. Raises InputError."""
    there = say("exists already; nothing was written")
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
        message = say("cannot be written: {why}", why=why)
        raise InputError([Problem(str(path), 0, 0, message)]) from None


def _there(path: Path) -> bool:
    """Is anything of this name there, a broken link included?"""
    return os.path.lexists(path)


def _make(folder: Path) -> list[Path]:
    """Make a folder and those above it; returns the ones made, the topmost first."""
    missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing[::-1]


def _undo(written: list[Path], made: list[Path]) -> None:
    for path in written:
        path.unlink(missing_ok=True)
    for folder in reversed(made):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
