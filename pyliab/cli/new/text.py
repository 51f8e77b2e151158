"""Commented files in one language, by the templates beside this file."""

from __future__ import annotations

import os
from pathlib import Path

from pyliab.kb import model as models
from pyliab.law.words import LANGS, Lang
from pyliab.text.say import say
from pyliab.text.schema import meaning
from pyliab.text.template import templates


def written(template: str, lang: Lang, **shown: object) -> str:
    """A file by the template of this name. `t` says a message, `means` what a key of a model of the base means."""

    def t(message: str, **values: object) -> str:
        return say(message, **values).of(lang)

    def means(model: str, key: str) -> str:
        said = meaning(getattr(models, model), key)
        assert said, "the templates ask for keys that are explained"
        return said.of(lang)

    made = templates(Path(__file__).parent / "templates").get_template(template)
    return made.render(t=t, means=means, lang=lang, langs=LANGS, **shown).rstrip("\n") + "\n"


def schema_line(kind: str, path: Path) -> list[str]:
    """The line by which editors find a schema that lies beside the file or in the folder above it."""
    for folder in (path.parent, path.parent.parent):
        schema = folder / f"{kind}.schema.json"
        if schema.is_file():
            return [f"# yaml-language-server: $schema={Path(os.path.relpath(schema, path.parent)).as_posix()}"]
    return []
