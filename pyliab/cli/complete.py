"""What the shell may complete: the ids of cases, readings, issues and principles, and of all that `show` takes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pyliab.text.problem import InputError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from pyliab.kb.base import KnowledgeBase

Completer = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]


def _completer(ids: Callable[[KnowledgeBase], Mapping[str, str]], *, files: bool = False) -> Completer:
    """Completes from the shipped base and the user's folders; where a path may stand, from the files as well."""

    def complete(context: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        from pyliab.asp.load import load

        folders = context.params.get("folders") or _named()
        home = context.params.get("home") or os.environ.get("PYLIAB_BASE")
        try:
            base = load([Path(folder) for folder in folders], home=Path(home) if home else None)
        except InputError:
            return []  # what is wrong is said when the command is run
        items = [CompletionItem(name, help=said) for name, said in ids(base).items() if name.startswith(begun)]
        return items or ([CompletionItem(begun, type="file")] if files else [])

    return complete


def _named() -> Iterable[str]:
    """The folders of PYLIAB_KB: options from the environment are not yet read while a word is completed."""
    return (folder for folder in os.environ.get("PYLIAB_KB", "").split(os.pathsep) if folder)


def _titles(documents: Mapping[str, Any]) -> dict[str, str]:
    return {name: document.title.of("en") for name, document in documents.items()}


def _of_cases(base: KnowledgeBase) -> dict[str, str]:
    return {case.id: str(case.doc.title) for case in base.cases.values()}


def _of_all(base: KnowledgeBase) -> dict[str, str]:
    plain = {name: "" for known in (base.provisions, base.statutes, base.sources, base.notes) for name in known}
    words = {name: word.en for name, word in base.vocabulary.items()}
    return {**plain, **words, "vocabulary": "", **_of_cases(base), **_titles(base.readings), **_titles(base.issues)}


cases = _completer(_of_cases, files=True)
readings = _completer(lambda base: _titles(base.readings), files=True)
issues = _completer(lambda base: _titles(base.issues))
principles = _completer(lambda base: {path.stem: "" for path in base.principle_files})
everything = _completer(_of_all, files=True)
