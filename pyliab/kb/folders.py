"""Where the knowledge lies: the base that comes with pyliab, and the user's own folders laid over it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from pyliab.text.later import dataclass
from pyliab.text.problem import InputError, Problem
from pyliab.text.say import EMPTY, listed, say

KINDS = ("statutes", "issues", "reforms", "readings", "cases", "sources", "papers")


@dataclass(frozen=True)
class Root:
    """A folder with `rules/` and the kinds of `kb/`. `own`: it does not come with pyliab. `engine`: rules that do."""

    rules: Path
    kb: Path
    own: bool = False
    engine: tuple[Path, ...] = ()

    def rule_files(self) -> list[Path]:
        """All files of the law, in the order of reading: that of `main.lp`, which only includes them, then by name.

        `analysis/`, `cast.lp` and `principles/` ask questions of them.
        """
        main = self.rules / "main.lp"
        order = re.findall(r'^#include "([^"]+)"', main.read_text(encoding="utf-8"), re.M) if main.is_file() else []
        places = {self.rules / name: place for place, name in enumerate(order)}
        apart = {self.rules / "main.lp", self.cast, *self.principle_files(), *(self.rules / "analysis").rglob("*.lp")}
        files = self.rules.rglob("*.lp") if self.rules.is_dir() else ()
        kept = (path for path in files if path not in apart and _kept(path, (".lp",)))
        return sorted(kept, key=lambda path: (places.get(path, len(places)), path))

    @property
    def checked(self) -> str:
        """The day up to which this law was checked, as `kb/checked.txt` has it: `2026-11-27`; empty where nobody says."""
        path = self.kb / "checked.txt"
        days = re.findall(r"^\d{4}-\d{2}-\d{2}", path.read_text(encoding="utf-8"), re.M) if path.is_file() else []
        return "".join(days[:1])

    @property
    def cast(self) -> Path:
        """Who plays which part in hypothetical cases."""
        return self.rules / "cast.lp"

    def principle_files(self) -> list[Path]:
        """The principles that readings are tested against, in a fixed order. Until 0.2 they stood in `analysis/`."""
        folders = [self.rules / "principles", self.rules / "analysis" / "principles"]
        return sorted(path for folder in folders for path in folder.glob("*.lp") if _kept(path, (".lp",)))

    def files(self) -> list[Path]:
        """Every file of the folder that is read."""
        documents = [path for kind in KINDS for path in self.documents(kind)]
        return [*self.engine, *self.rule_files(), *self.principle_files(), *documents]

    def documents(self, kind: str) -> list[Path]:
        """All files of one kind, in a fixed order."""
        folder = self.kb / kind
        return (
            sorted(path for path in folder.glob("*.y*ml") if _kept(path, (".yaml", ".yml"))) if folder.is_dir() else []
        )


def _kept(path: Path, endings: tuple[str, ...]) -> bool:
    """Files that editors leave behind (`.#case.yaml`, `.case.yaml.swp`) are no knowledge."""
    return path.suffix in endings and not path.name.startswith(".")


def shipped() -> Root:
    """The base that comes with pyliab: inside an installed package, or beside it in a source tree."""
    package = Path(__file__).resolve().parent.parent
    for home in (package / "_data", package.parent):
        if (home / "rules").is_dir() and (home / "kb").is_dir():
            return Root(home / "rules", home / "kb")
    raise InputError(say("the knowledge base (rules/ and kb/) is missing from this installation"))


def other_base(folder: Path) -> Root:
    """Another body of law in the place of the shipped one; what a reading is stays. Raises InputError where there is none.

    Where it does not say by itself which law applies and what comes of a norm, it is as in `rules/analysis/law/`.
    """
    rules = shipped().rules
    plain = [rules / "analysis" / "law" / name for name in ("in_force.lp", "outcome.lp")]
    lent = (path for path in plain if not (folder / "rules" / "engine" / path.name).is_file())
    root = Root(folder / "rules", folder / "kb", own=True, engine=(rules / "engine" / "readings.lp", *lent))
    if not is_folder(root.rules) or not is_folder(root.kb):
        raise InputError([Problem(str(folder), 0, 0, say("no body of law: it needs rules/ and kb/"))])
    return root


def is_folder(path: Path) -> bool:
    """Is this a folder? A path that the system cannot even look up is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def overlay(folder: Path) -> Root:
    """A user's folder: `rules/` and `kb/`, or the kinds (`cases/`, `readings/`, ..) directly inside it."""
    if not is_folder(folder):
        raise InputError([Problem(str(folder), 0, 0, say("no such folder"))])
    kb = folder / "kb" if (folder / "kb").is_dir() else folder
    root = Root(folder / "rules", kb, own=True)
    if root.documents("reforms"):
        root = replace(root, engine=(shipped().rules / "analysis" / "reform.lp",))
    if not root.rule_files() and not root.principle_files() and not any(root.documents(kind) for kind in KINDS):
        wanted = [f"{kind}/" for kind in ("rules", *KINDS)]
        loose = next((path.name for path in sorted(folder.glob("*.y*ml")) if _kept(path, (".yaml", ".yml"))), None)
        where = EMPTY
        if loose:
            where = say("; {loose} belongs into one of them, such as cases/", loose=loose)
        message = say(
            "holds no knowledge: none of {wanted} is there, or all are empty{where}",
            wanted=listed(wanted, ", "),
            where=where,
        )
        raise InputError([Problem(str(folder), 0, 0, message)])
    return root
