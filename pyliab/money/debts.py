"""What is owed: a claim of one creditor for one harm, and who is liable for it, in which way and how far.

Amounts are exact fractions of the currency's unit. The law comes in from the rules (claims.py).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from pyliab.money.assets import ZERO
from pyliab.text.amounts import Yuan
from pyliab.text.later import dataclass

Extent = Literal["all", "excess", "none"]
"""What a debtor recovers of what it paid: all, what exceeds its own part, or nothing."""


@dataclass(frozen=True)
class Wrongdoer:
    """One directly liable for a harm. `weight` is its part among those who are; `for_all`: it answers for the others too.

    Nothing can be had of one that is not `known`.
    """

    id: str
    weight: Fraction = Fraction(1)
    for_all: bool = False
    known: bool = True


@dataclass(frozen=True)
class Liability:
    """What a debtor owes for a harm on one basis, beside those directly liable.

    `ceiling`    the most that it owes: the part of the loss for which it stands beside the others
    `own`        the part of it that falls on the debtor in the end, where recourse is for the excess
    `at_once`    due without enforcement against others; otherwise only for what enforcement left unpaid
    `recourse`   for each other debtor, how much is recovered from it
    `mutual`     those directly liable who recover from this debtor what they paid beyond their own part
    `rest_only`  those directly liable owe only what is beyond the ceiling
    `share_of_unpaid`   it owes this share of what is unpaid, not all of it up to the ceiling
    `in_proportion`   what others pay counts in proportion towards its part
    `unwilling`  due already where those directly liable will not pay
    `meanwhile`  what is due while those directly liable are unknown; None where that makes no difference
    """

    debtor: str
    basis: str
    ceiling: Yuan
    own: Yuan
    at_once: bool
    recourse: tuple[tuple[str, Extent], ...] = ()
    mutual: frozenset[str] = frozenset()
    rest_only: bool = False
    share_of_unpaid: Fraction | None = None
    in_proportion: bool = False
    unwilling: bool = False
    meanwhile: Yuan | None = None

    @property
    def open_first(self) -> bool:
        """May the creditor go against this debtor before anybody else has paid, however little it may owe?"""
        return self.at_once or self.unwilling

    @property
    def most(self) -> Yuan:
        """The most that may be due on this basis."""
        return max(self.ceiling, self.meanwhile or ZERO)

    def due_first(self, unknown: bool) -> Yuan:
        """What may be demanded before anybody else has paid."""
        if unknown and self.meanwhile is not None:
            return self.meanwhile
        return self.ceiling if self.open_first else ZERO

    def due(self, loss: Yuan, paid: Yuan, unknown: bool) -> Yuan:
        """What is due in all once those directly liable have paid what can be collected from them."""
        if unknown and self.meanwhile is not None:
            return self.meanwhile
        if self.at_once and self.in_proportion and not self.rest_only:
            return self.ceiling * (1 - paid / loss) if loss else ZERO
        if not self.at_once and self.share_of_unpaid is not None:
            return self.share_of_unpaid * (loss - paid)
        return min(self.ceiling, loss - paid)

    def from_whom(self, extent: Extent) -> list[str]:
        """The debtors from whom this much is recovered."""
        return [party for party, known in self.recourse if known == extent]

    @property
    def shared(self) -> bool:
        """Is the loss shared with others in the end, so that this debtor has a part of its own in it?"""
        return bool(self.rest_only or self.mutual or self.from_whom("excess"))

    @property
    def gives_back(self) -> tuple[object, ...]:
        """What decides how much this debtor gives back who paid nothing; the same for bases that make no difference."""
        return (self.mutual, self.own, self.ceiling, self.in_proportion) if self.shared else ()


@dataclass(frozen=True)
class Claim:
    """What one creditor is owed for one harm: the loss, and who is liable for it. `own_part` of the harm falls on itself.

    What is owed beyond the loss is a claim under a `head` of its own, the provision; its harm is no harm of the case.
    """

    creditor: str
    harm: str
    loss: Yuan
    liabilities: tuple[Liability, ...] = ()
    wrongdoers: tuple[Wrongdoer, ...] = ()
    own_part: Yuan = ZERO
    head: str = ""

    @property
    def debtors(self) -> list[str]:
        """Those liable beside the wrongdoers."""
        return sorted({liability.debtor for liability in self.liabilities})

    def bases(self, debtor: str) -> list[Liability]:
        """The bases on which a debtor is liable."""
        return [liability for liability in self.liabilities if liability.debtor == debtor]

    def open_first(self, debtor: str) -> bool:
        """May the creditor go against this debtor before the wrongdoers have paid?"""
        return self.unknown or not self.wrongdoers or any(basis.open_first for basis in self.bases(debtor))

    @property
    def unknown(self) -> bool:
        """Is there nobody known among those directly liable, though there are some?"""
        return bool(self.wrongdoers) and not any(wrongdoer.known for wrongdoer in self.wrongdoers)

    @property
    def owed_directly(self) -> Yuan:
        """What those directly liable owe: the loss, less the shares of all who are liable for no more than their share."""
        bases = [self.bases(debtor) for debtor in self.debtors]
        several = [max(b.ceiling for b in own) for own in bases if all(b.rest_only for b in own)]
        return max(ZERO, self.loss - sum(several, ZERO))

    def part(self, wrongdoer: Wrongdoer) -> Fraction:
        """The part of one among those directly liable."""
        total = sum((other.weight for other in self.wrongdoers), ZERO)
        return wrongdoer.weight / total if total else Fraction(1, len(self.wrongdoers))

    def owes(self, wrongdoer: Wrongdoer) -> Yuan:
        """The most that one directly liable owes the creditor."""
        return self.owed_directly * (1 if wrongdoer.for_all else self.part(wrongdoer))
