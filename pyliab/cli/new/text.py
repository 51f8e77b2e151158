"""Small pieces of commented YAML, in one language."""

from __future__ import annotations

import os
from pathlib import Path

from pyliab.kb import model as models
from pyliab.law.words import Lang
from pyliab.text.say import Text
from pyliab.text.schema import meaning


class Writer:
    """Collects the rows of a file in one language."""

    def __init__(self, lang: Lang) -> None:
        self.lang, self.rows = lang, list[str]()

    def t(self, text: Text) -> str:
        """The text in the language of the file."""
        return text.of(self.lang)

    def add(self, *rows: str) -> None:
        """Rows as they stand."""
        self.rows += rows

    def say(self, text: Text, indent: int = 0, sign: str = "#") -> None:
        """A comment, after the sign for one."""
        self.rows.append(f"{' ' * indent}{sign} {self.t(text)}")

    def key(self, model: str, row: str) -> None:
        """A key with its meaning as a comment above it."""
        said = meaning(getattr(models, model), row.lstrip("# ").partition(":")[0])
        if said:
            self.say(said, indent=len(row) - len(row.lstrip(" ")))
        self.rows.append(row)

    def text(self) -> str:
        """The file."""
        return "\n".join(self.rows) + "\n"


def schema_line(kind: str, path: Path) -> list[str]:
    """The line by which editors find a schema that lies beside the file or in the folder above it."""
    for folder in (path.parent, path.parent.parent):
        schema = folder / f"{kind}.schema.json"
        if schema.is_file():
            return [f"# yaml-language-server: $schema={Path(os.path.relpath(schema, path.parent)).as_posix()}"]
    return []
