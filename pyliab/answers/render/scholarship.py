"""`debate`, `fit` and `coverage`: what commands still call; the answers are views."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pyliab.answers.render.page import Page
from pyliab.answers.views import debate, fit
from pyliab.questions.coverage import Part
from pyliab.questions.debate import Standing
from pyliab.questions.fit import Fit


def debated(page: Page, issue: Mapping[str, Any], order: Sequence[str], found: Sequence[Standing]) -> None:
    """The answer of `debate`."""
    page.write(debate.debated(issue, order, found, page.wording()))


def fitted(page: Page, names: Sequence[str], found: Fit) -> None:
    """The answer of `fit`."""
    page.write(fit.fitted(names, found, page.wording()))


def covered(page: Page, parts: Sequence[Part]) -> None:
    """The answer of `coverage`."""
    page.write(fit.covered(parts, page.wording()))
