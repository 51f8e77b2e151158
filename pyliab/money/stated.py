"""The amounts and shares that a case states, by what the blocks of their words say they are (`amount loss` and so on)."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from pyliab.kb.case import CaseFile, Fact
from pyliab.kb.vocabulary import ANY, Predicate
from pyliab.text.amounts import Ends, Span, Yuan, ends, fen
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError, Problem
from pyliab.text.say import Text, say

LOSS, EXPANDED, SHARE, VICTIM, ASSETS, EXTRA = "loss", "expanded", "share", "victim_share", "assets", "extra"
PROMISED, PRICE = "promised", "price"
"""What a word may be an amount of: a harm's loss, its expanded part, a debtor's share, the share that the victim bears
itself, what can be collected from a party, what is owed beyond the loss, what a debtor promised a creditor, and the price
that a party paid for an item."""
_VALUES = ("yuan", "share")


class NotStatedError(InputError):
    """A case does not state a loss that is to be reckoned."""


@dataclass(frozen=True)
class Amount:
    """One amount: of whom, for which harm (None: for all) or item, how much, and in which line."""

    kind: str
    parties: tuple[str, ...]
    harm: str | None
    value: Ends
    line: int


class Stated:
    """What a case states as proved. What it leaves in dispute counts as not stated."""

    def __init__(self, case: CaseFile, vocabulary: dict[str, Predicate]) -> None:
        self.case = case
        self.words = {word.amount: word for word in vocabulary.values() if word.amount}
        known = {word.name: word for word in self.words.values()}
        facts = (fact for fact in case.facts if fact.status == "proved" and fact.word in known)
        self.amounts = [_amount(known[fact.word], fact) for fact in facts]

    def ends(self, kind: str, *parties: str, harm: str | None = None) -> Ends | None:
        """The lowest and the highest value, or None where nothing is stated. What is stated of the harm itself goes first."""
        values = {a.harm: a.value for a in self.amounts if a.kind == kind and a.parties == parties}
        return values.get(harm, values.get(None))

    def sum(self, kind: str, *parties: str, harm: str | None = None) -> Yuan | None:
        """An amount of money, or None where nothing is stated."""
        value = self.ends(kind, *parties, harm=harm)
        return None if value is None else value[0]

    def loss(self, harm: str) -> Yuan:
        """The loss in a harm. Raises NotStatedError."""
        self.check_losses([harm])
        return self.sum(LOSS, harm=harm) or Fraction(0)

    def between(self, kind: str, parties: Iterable[str]) -> list[Span]:
        """The amounts of this kind of any of these parties."""
        known = set(parties)
        return [
            Span(fen(low), fen(high))
            for a in self.amounts
            if a.kind == kind and known.issuperset(a.parties)
            for low, high in [a.value]
        ]

    def fault(self, kind: str, parties: Iterable[str], message: Text) -> InputError:
        """A fault in the amounts that the case states of these parties, with the line of the last of them."""
        known = set(parties)
        lines = [a.line for a in self.amounts if a.kind == kind and known.issuperset(a.parties)]
        return InputError([Problem(self.case.file, max(lines, default=0), 5, message)])

    def for_one_harm(self, kind: str, *parties: str, harm: str) -> bool:
        """Is such an amount of these parties stated for this harm by itself?"""
        return any((a.kind, a.parties, a.harm) == (kind, parties, harm) for a in self.amounts)

    def check_losses(self, harms: Iterable[str]) -> None:
        """Raises NotStatedError where the loss of one of these harms is not stated."""
        if missing := [harm for harm in sorted(harms) if self.sum(LOSS, harm=harm) is None]:
            message = say("no word of this body of law states a loss (`is amount loss`), so nothing can be reckoned")
            if word := self.words.get(LOSS):
                lines = "; ".join(_line(word, harm) for harm in missing)
                message = say("the case states no loss, so nothing can be reckoned; state {words}", words=lines)
            raise NotStatedError([Problem(self.case.file, 0, 0, message)])


def _line(word: Predicate, harm: str) -> str:
    keys = ", ".join(f"{a.key}: {harm if a.type == 'harm' else '..'}" for a in word.arguments[1:])
    return f"- {word.name}: {{{keys}}}"


def _amount(word: Predicate, fact: Fact) -> Amount:
    by_type = [(argument.type, str(value)) for argument, value in zip(word.arguments[1:], fact.args, strict=True)]
    return Amount(
        str(word.amount),
        tuple(value for type_, value in by_type if type_ == "party"),
        next((value for type_, value in by_type if type_ in ("harm", "item") and value != ANY), None),
        next(ends(value) for type_, value in by_type if type_ in _VALUES),
        fact.line,
    )
