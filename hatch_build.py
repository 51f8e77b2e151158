"""Compiles the message catalogues when pyliab is built or installed: `locale/LANG/*.po` into one .mo a language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALE = Path(__file__).parent / "pyliab" / "text" / "locale"


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]
    """Called by hatchling."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile what is packed next."""
        compile_catalogues()
        build_data["artifacts"].append("pyliab/text/locale/**/*.mo")


def compile_catalogues() -> None:
    """Write `locale/LANG/LC_MESSAGES/pyliab.mo` for each language. A message that stands in two files is an error."""
    for folder in sorted(path for path in LOCALE.iterdir() if path.is_dir()):
        whole = Catalog(locale=folder.name, charset="utf-8")
        for path in sorted(folder.glob("*.po")):
            with path.open("rb") as file:
                for message in read_po(file, locale=folder.name, abort_invalid=True):
                    if message.id and message.id in whole:
                        raise ValueError(f"{path}: {message.id!r} stands in another catalogue already")
                    if message.id:
                        whole[message.id] = message
        target = folder / "LC_MESSAGES" / "pyliab.mo"
        target.parent.mkdir(exist_ok=True)
        with target.open("wb") as file:
            write_mo(file, whole)


if __name__ == "__main__":
    compile_catalogues()
