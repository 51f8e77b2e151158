"""Loading the knowledge base, the rules of one's own held against what rules may not do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pyliab.kb.base import KnowledgeBase, load_guarded
from pyliab.kb.folders import Root
from pyliab.text.problem import Problem


def load(folders: Sequence[Path] = (), *, home: Path | None = None, scripts: bool = False) -> KnowledgeBase:
    """The shipped base, or the body of law in `home`, with the user's folders laid over it. Raises InputError with all problems found.

    `scripts`: rules in these folders may run Python, in this process from now on.
    """
    if scripts and folders:
        from pyliab.asp.scripts import allow

        allow()
    base = load_guarded(folders, _guard, home=home, scripts=scripts)
    if base.reforms:
        from pyliab.asp.amend import amend  # rewrites rules: only where a folder brings a reform

        amend(base)
    return base


def _guard(base: KnowledgeBase, roots: Sequence[Root], scripts: bool) -> list[Problem]:
    from pyliab.asp.guard import guard  # clingo's syntax trees: only for rules from outside

    return guard(base, roots, scripts)
