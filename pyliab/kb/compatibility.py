"""Positions that cannot stand together, with the reason; declared in `kb/issues` beside either of the two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyliab.kb.model import Issue
from pyliab.text.later import dataclass
from pyliab.text.say import Text, say

Pair = tuple[str, str]
Issues = Mapping[str, Issue]


@dataclass(frozen=True)
class Clash:
    """Two positions, each as (issue, position), and why one reading cannot take both."""

    first: Pair
    second: Pair
    because: Text

    def text(self) -> Text:
        """The two and why, in both languages."""
        first, second = "=".join(self.first), "=".join(self.second)
        return say(
            "{first} and {second} cannot stand together: {because}",
            first=first,
            second=second,
            because=self.because,
        )


def declared(issues: Issues) -> Iterator[Clash]:
    """Every pair, in the order of the files."""
    for issue, doc in issues.items():
        for name, position in doc.positions.items():
            for entry in position.incompatible:
                other, _, rival = entry.with_.partition("=")
                yield Clash((issue, name), (other, rival), entry.because)


def clashes(issues: Issues, positions: Mapping[str, str]) -> list[Clash]:
    """The pairs of which this choice of positions takes both."""
    taken = positions.items()
    return [clash for clash in declared(issues) if clash.first in taken and clash.second in taken]
