"""Find any one thing of the knowledge base by its id."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from pathlib import Path
from typing import Any

from pyliab.asp import symbols as atoms
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.yaml import read_yaml
from pyliab.text.encode import to_json
from pyliab.text.problem import InputError, kind_name, nearest
from pyliab.text.say import quoted, say


def find(base: KnowledgeBase, name: str) -> tuple[str, Any]:
    """The kind and the thing that bears this id. Raises InputError with the nearest id."""
    if name == "vocabulary":
        return "vocabulary", base.vocabulary
    places: dict[str, Mapping[str, Any]] = {
        "case": base.cases,
        "reading": base.readings,
        "issue": base.issues,
        "provision": base.provisions,
        "statute": base.statutes,
        "source": base.sources,
        "rule": base.notes,
        "word": base.vocabulary,
        "form": base.labels.get("form", {}),
        "principle": {path.stem: path for path in base.principle_files},
    }
    for kind, known in places.items():
        if name in known:
            return kind, {"form": name, **to_json(known[name])} if kind == "form" else known[name]
    issue, _, position = name.partition("=")
    if issue in base.issues and position in base.issues[issue].positions:
        only = copy(base.issues[issue])
        only.positions = {position: base.position(issue, position)}
        return "issue", only
    if name.endswith((".yaml", ".yml")):
        data = read_yaml(Path(name)).data
        of_reading = isinstance(data, dict) and "reading" in data
        return ("reading", base.reading(name)) if of_reading else ("case", base.case(name))
    every = [entry for known in places.values() for entry in known]
    near = nearest(name, every)
    raise InputError(say("nothing is called {name}{near}", name=quoted(name), near=near))


def plain(thing: Any) -> Any:
    """The thing as plain data."""
    return thing.read_text(encoding="utf-8") if isinstance(thing, Path) else to_json(thing)


def as_asp(base: KnowledgeBase, kind: str, thing: Any) -> str:
    """A case or reading as ASP facts."""
    if kind == "case":
        return atoms.as_text(atoms.case_program(thing))
    if kind == "reading":
        chosen = [("chosen", (issue, choice.position)) for issue, choice in thing.positions.items()]
        return atoms.as_text(atoms.plain([*chosen, ("background", ())]))
    raise InputError(say("a {kind} has no ASP facts; a case or a reading has", kind=kind_name(kind)))
