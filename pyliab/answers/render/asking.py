"""The answer of `ask`: what commands still call; the answers are views."""

from __future__ import annotations

from collections.abc import Sequence

from pyliab.answers.render.page import Page
from pyliab.answers.views import ask as view
from pyliab.questions.ask import Asker, Ranked


def listed(page: Page, asker: Asker, ranked: Sequence[Ranked], number: int) -> None:
    """The questions of a case, the most powerful first."""
    page.write(view.listing(asker, ranked, number, page.wording(asker.case)))


def asked(page: Page, asker: Asker, one: Ranked, left: int) -> None:
    """One question of a conversation."""
    page.line()
    page.write(view.asked(asker, one, left, page.wording(asker.case)))


def ended(page: Page, asker: Asker) -> None:
    """What follows from the answers, under each reading."""
    page.line()
    page.write(view.ended(asker, page.wording(asker.case)))
