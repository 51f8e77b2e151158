"""Find any one thing of the knowledge base by its id."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import Any

from pyliab.asp import symbols as atoms
from pyliab.asp.days import case_program
from pyliab.kb.base import KnowledgeBase, article
from pyliab.kb.yaml import read_yaml
from pyliab.law.words import LANGS, Phrases
from pyliab.text import written as writing
from pyliab.text.encode import to_json
from pyliab.text.problem import InputError, kind_name, nearest
from pyliab.text.say import Text, quoted, say

_SET_OFF = Text("'")


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
        return _of_file(base, name)
    if called := _called(base, name, places):
        return called
    every = [entry for known in places.values() for entry in known]
    near = nearest(name, every)
    raise InputError(say("nothing is called {name}{near}", name=quoted(name), near=near))


def _of_file(base: KnowledgeBase, name: str) -> tuple[str, Any]:
    data = read_yaml(Path(name)).data
    of_reading = isinstance(data, dict) and "reading" in data
    return ("reading", base.reading(name)) if of_reading else ("case", base.case(name))


def _called(base: KnowledgeBase, name: str, places: Mapping[str, Mapping[str, Any]]) -> tuple[str, Any] | None:
    """The one thing that is called so, in any language: by its title, or a provision or an article by its number."""
    wanted, phrases = _number(name), Phrases(base)
    for provision in base.provisions:
        if wanted in (_number(phrases.provision(provision).of(lang)) for lang in LANGS):
            return "provision", base.provisions[provision]
    for statute in base.statutes.values():
        of_article = [p for p in statute.provisions if wanted == _number(phrases.provision(article(p.id)).of("zh"))]
        if of_article:
            return "statute", replace(statute, provisions=tuple(of_article))
    titled = [
        (kind, thing)
        for kind in ("statute", "issue", "reading", "source")
        for thing in places[kind].values()
        if any(wanted == _number(text.of(lang)) for text in _titles(thing) for lang in LANGS)
    ]
    cases = [
        ("case", case)
        for case in base.cases.values()
        if any(wanted == _number(case.doc.title.of(lang)) for lang in LANGS)
    ]
    return next(iter([*titled, *cases]), None)


def _titles(thing: Any) -> list[Text]:
    return [title for key in ("title", "short", "holder") if (title := getattr(thing, key, None))]


def _number(text: str) -> str:
    """A name as it is compared: without brackets and spaces, numerals as figures, and what only sets a number off left out."""
    bare = re.sub(_SET_OFF.pattern("zh"), "", writing.plain(text))
    return writing.in_figures(re.sub(r"[\s()]", "", bare))


def plain(thing: Any) -> Any:
    """The thing as plain data."""
    return thing.read_text(encoding="utf-8") if isinstance(thing, Path) else to_json(thing)


def as_asp(base: KnowledgeBase, kind: str, thing: Any) -> str:
    """A case or reading as ASP facts."""
    if kind == "case":
        return atoms.as_text(case_program(base, thing))
    if kind == "reading":
        chosen = [("chosen", (issue, choice.position)) for issue, choice in thing.positions.items()]
        return atoms.as_text(atoms.plain([*chosen, ("background", ())]))
    raise InputError(say("a {kind} has no ASP facts; a case or a reading has", kind=kind_name(kind)))
