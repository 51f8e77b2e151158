"""`distinguish` and `stress`: what commands still call; the answers are views."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pyliab.answers.render.page import Page
from pyliab.answers.views import hypothetical as view
from pyliab.kb.reading import Choice
from pyliab.questions.distinguish import Search
from pyliab.questions.stress import Stress, Verdict


def distinguished(page: Page, choices: Sequence[Choice], search: Search, saved: Path | None) -> None:
    """The answer of `distinguish`."""
    page.write(view.distinguished(choices, search, saved, page.wording()))


def stressed(page: Page, choices: Sequence[Choice], trial: Stress, verdicts: Mapping[str, Sequence[Verdict]]) -> None:
    """The answer of `stress`."""
    page.write(view.stressed(choices, trial, verdicts, page.wording()))
