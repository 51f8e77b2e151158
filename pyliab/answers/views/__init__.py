"""Views: how each kind of answer looks, said once for the terminal, the page, Word, Markdown, CSV and the site.

A view is a function `(answer, wording) -> Iterator[Block]` in the file of its kind, found in `VIEWS` by the type of the
answer. How to write one (liability.py and proof.py are the pattern):

* The answer is a complete dataclass; a view asks no solver, reads no file, and decides nothing of the law.
* Texts are `say(..)` in English (the Chinese stands in text/locale/zh/answers.po), or come from `wording` (wording.py):
  names, provisions, positions, atoms, commands, each with what it cites. Words of art stand in terms.py.
* Say what a stretch means by a role ("certain", "dim", "strong"), how far it stands in by `depth`; leave looks to writers.
* A liability, a scenario: `Entry`. Numbers and comparisons: `Table` (with a caption, for paper). A proof: `views/proof.py`.
* Begin with `Heading(.., 1)`; a larger answer takes yours in with `lower(blocks)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from pyliab.answers.blocks import Block, Blocks
from pyliab.answers.wording import Wording

View = Callable[[Any, Wording], Iterator[Block]]
VIEWS = {
    "Explained": ("proof", "answered"),
    "Derived": ("liability", "derived"),
    "Overview": ("overview", "glance"),
    "OpenFacts": ("open_facts", "opened"),
    "Flips": ("flip", "flipped"),
    "WhyNot": ("why_not", "answered"),
    "case": ("case", "whole"),
    "reading": ("reading", "whole"),
    "issue": ("issue", "whole"),
    "provision": ("provision", "whole"),
    "statute": ("provision", "statute"),
    "source": ("source", "source"),
    "rule": ("source", "rule"),
    "word": ("source", "word"),
    "vocabulary": ("source", "vocabulary"),
    "form": ("source", "form"),
    "principle": ("source", "principle"),
    "Explored": ("space", "explored"),
    "Comparison": ("compare", "side_by_side"),
    "Settlement": ("money", "settled"),
    "Sweep": ("money", "swept"),
    "Compared": ("money", "compared"),
}
"""By the kind of a thing of the base, or the name of an answer's type: the file of its view, and the function in it."""


def view(answer: object, wording: Wording, kind: str = "") -> Blocks:
    """An answer as blocks, or a thing of the base by its `kind`. Raises TypeError for what is neither."""
    for name in [kind] if kind else (each.__name__ for each in type(answer).__mro__):
        if name in VIEWS:
            file, function = VIEWS[name]
            shown: View = getattr(import_module(f"{__name__}.{file}"), function)
            return tuple(shown(answer, wording))
    raise TypeError(f"no view shows a {kind or type(answer).__name__}")
