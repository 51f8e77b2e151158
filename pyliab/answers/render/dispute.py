"""Facts in dispute: what commands still call; the answers are views."""

from __future__ import annotations

from collections.abc import Sequence

from pyliab.answers.render.page import Page
from pyliab.answers.views import disputed as view
from pyliab.answers.views.liability import title
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice
from pyliab.law.world import World
from pyliab.questions.disputed import OpenFacts, Unproved


def opened(page: Page, inquiry: World, case: CaseFile, choice: Choice, answer: OpenFacts) -> None:
    """The answer of `derive --open-facts`."""
    wording = page.wording(case)
    head = title(wording, case, choice.name, inquiry.as_if_in_force, inquiry.non_liquet)
    page.write([*head, *view.opened(answer, wording)])


def told_unproved(page: Page, case: CaseFile, facts: Sequence[Unproved]) -> None:
    """Below an answer: for each fact that stayed unproved who fails, and what proof would have changed."""
    page.line()
    page.write(view.unproved(facts, page.wording(case)))
