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
VIEWS: dict[str, tuple[str, str]] = {
    "Explained": ("proof", "answered"),
    "Derived": ("liability", "derived"),
    "OpenFacts": ("open_facts", "opened"),
}
"""By the name of an answer's type: the file of its view, and the function in it."""


def view(answer: object, wording: Wording) -> Blocks:
    """An answer as blocks. Raises TypeError for what is no answer."""
    for kind in type(answer).__mro__:
        if kind.__name__ in VIEWS:
            file, function = VIEWS[kind.__name__]
            shown: View = getattr(import_module(f"{__name__}.{file}"), function)
            return tuple(shown(answer, wording))
    raise TypeError(f"no view shows a {type(answer).__name__}")
