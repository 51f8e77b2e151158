"""The files of one new thing: where they go and what stands in them."""

from __future__ import annotations

from pathlib import Path

from pyliab.cli.new import position as positions
from pyliab.cli.new.case import case_text
from pyliab.cli.new.place import checked, knowledge_folder
from pyliab.cli.new.principle import principle_text
from pyliab.cli.new.text import schema_line, written
from pyliab.cli.usage import UsageError
from pyliab.kb.base import KnowledgeBase
from pyliab.law.words import Lang
from pyliab.text.problem import kind_name
from pyliab.text.say import say


def files_for(
    base: KnowledgeBase, kind: str, name: str, lang: Lang, folder: Path | None, output: Path | None, issue: str | None
) -> dict[Path, str]:
    """The files by path. Raises InputError for a name that is none or is taken."""
    if kind in ("case", "reading"):
        known = base.cases if kind == "case" else base.readings
        checked(name, known, kind)
        path = output or (knowledge_folder(folder, f"{kind}s") if folder else Path()) / f"{name}.yaml"
        head = schema_line(kind, path)
        if kind == "case":
            return {path: case_text(base, name, lang, head)}
        return {path: written("reading.yaml", lang, base=base, name=name, head=head)}
    if folder is None:
        raise UsageError(
            say(
                "a {kind} has its place in a folder of your own: name one with --kb, or set PYLIAB_KB",
                kind=kind_name(kind),
            )
        )
    if kind == "principle":
        checked(name, {path.stem: path for path in base.principle_files}, kind)
        return {folder / "rules" / "principles" / f"{name}.lp": principle_text(name, lang)}
    joined, name = positions.split(base, name, issue)
    checked(name, base.issues[joined].positions, kind)
    checked(f"{name}_rule", base.notes, "rule")
    path = knowledge_folder(folder, "issues") / f"{name}.yaml"
    shown = {"issue": base.issues[joined], "name": name, "model": positions.model(base, joined)}
    return {
        path: written("issue.yaml", lang, head=schema_line("issue", path), **shown),
        folder / "rules" / f"{name}.lp": written("rule.lp", lang, **shown),
    }
