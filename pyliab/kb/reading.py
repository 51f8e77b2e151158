"""What a reading takes as its own, what the background fills in, and what stays open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pyliab.kb.base import KnowledgeBase
from pyliab.kb.compatibility import clashes
from pyliab.kb.model import Reading
from pyliab.text.later import dataclass

Background = Literal["text", "open"]
Standing = Literal["own", "assumed", "open"]


@dataclass(frozen=True)
class Choice:
    """A reading as asked: `own` positions from its source, `assumed` ones from the plain text, and open issues."""

    name: str
    own: Mapping[str, str]
    assumed: Mapping[str, str]
    open_issues: tuple[str, ...]

    @property
    def positions(self) -> dict[str, str]:
        """All positions taken, own before assumed."""
        return {**self.own, **self.assumed}

    def standing(self, issue: str) -> Standing:
        """How the reading stands to an issue: answers it itself, has the background's answer, or leaves it open."""
        return "own" if issue in self.own else "assumed" if issue in self.assumed else "open"


def choose(base: KnowledgeBase, reading: Reading, background: Background = "text") -> Choice:
    """Fill a reading with the background: `text` takes each issue's plain-text default, `open` takes none.

    A default that cannot stand beside the reading's own positions is not assumed; its issue stays open.
    """
    return choose_positions(base, reading.reading, taken(reading), background)


def taken(reading: Reading) -> dict[str, str]:
    """The positions that a reading takes itself."""
    return {issue: choice.position for issue, choice in reading.positions.items()}


def choose_positions(base: KnowledgeBase, name: str, own: Mapping[str, str], background: Background = "text") -> Choice:
    """The same for a choice of positions under a name, whoever takes them."""
    default = base.background() if background == "text" else {}
    assumed = {
        issue: p for issue, p in default.items() if issue not in own and not clashes(base.issues, {**own, issue: p})
    }
    left = tuple(issue for issue in base.issues if issue not in own and issue not in assumed)
    return Choice(name, own, assumed, left)


def written(positions: Mapping[str, str]) -> list[str]:
    """Positions as `issue=position`."""
    return [f"{issue}={position}" for issue, position in positions.items()]
