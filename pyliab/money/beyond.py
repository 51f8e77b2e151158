"""What is owed beyond the loss, in money: a multiple of a price or a loss, or the least that the law knows, as the rules say.

Each provision is a head, and each head a claim by itself, so that it is never taken for the loss.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction

from pyliab.money.assets import ZERO
from pyliab.money.conclusions import BEYOND, Conclusion, Owed, Pair
from pyliab.money.stated import EXTRA, PRICE, Stated
from pyliab.text.amounts import Ends, Yuan


class Beyond:
    """Reckons heads. `owed` has by harm or head all that may be owed for it."""

    def __init__(self, stated: Stated, owed: Mapping[str, Collection[Owed]]) -> None:
        self.stated = stated
        self.heads: dict[Pair, set[str]] = defaultdict(set)
        for head, liabilities in owed.items():
            for liability in liabilities:
                if liability.form == BEYOND:
                    self.heads[liability.pair].add(head)

    def ends(self, owed: Collection[Owed], head: str) -> Ends | None:
        """The least and the most that is owed under a head, nothing where nobody owes it; None where no amount is stated from
        which it could be reckoned. Of several bases the creditor may take the highest."""
        liabilities = [liability for liability in owed if liability.form == BEYOND and head in liability.harms]
        if not liabilities:
            return ZERO, ZERO
        rows = [row for liability in liabilities for row in liability.of_harm(BEYOND, head)]
        asked = [sum_ for liability in liabilities if (sum_ := self._asked(liability.pair)) is not None]
        amounts = [(sum_, sum_) for sum_ in asked] or list(self._multiples(rows))
        return max(amounts, key=lambda ends: ends[1]) if amounts else None

    def _asked(self, pair: Pair) -> Yuan | None:
        """What the case states as the sum, where it can be that of one head alone."""
        return self.stated.sum(EXTRA, *pair) if len(self.heads[pair]) == 1 else None

    def _multiples(self, rows: Iterable[Conclusion]) -> Iterable[Ends]:
        bases: dict[tuple[str, ...], dict[str, Yuan]] = defaultdict(dict)
        for row in rows:
            parties = [row["creditor"]] if row["base"] == PRICE else []
            sum_ = self.stated.sum(row["base"], *parties, harm=row["of"])
            if sum_ is not None:
                bases[row["base"], row["factor"], row["least"], row["how"]][row["of"]] = sum_
        for (_, factor, least, how), sums in bases.items():
            amount = max(Fraction(least), Fraction(factor) * sum(sums.values(), ZERO))
            yield ZERO if how == "at_most" else amount, amount
