"""What the rules conclude of who owes whom, in every completion of what a reading and the facts leave open.

The conclusions are read by the names of their places in the blocks of the rules. What the conclusions, an order and an
extent of recourse are called belongs to the contract between rules and settlement, and stands here once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from itertools import product

from pyliab.asp import symbols as atoms
from pyliab.asp.program import CONTRADICTION
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice
from pyliab.kb.vocabulary import Predicate
from pyliab.law.liability import NOBODY
from pyliab.law.world import World
from pyliab.money.debts import Extent
from pyliab.money.stated import Stated
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError
from pyliab.text.say import say

OWED, REDUCED = "owed", "reduced"
MAX_COMPLETIONS = 50_000
Pair = tuple[str, str]
"""Debtor and creditor."""


@dataclass(frozen=True)
class Conclusion:
    """A conclusion that settlement reads, its arguments after the case by the names of their places."""

    name: str
    places: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, predicate: Predicate, values: Sequence[str]) -> Conclusion:
        """From the arguments after the case, in the order of the block."""
        return cls(predicate.name, tuple(zip((a.key for a in predicate.arguments[1:]), values, strict=True)))

    def __getitem__(self, place: str) -> str:
        return dict(self.places)[place]


@dataclass(frozen=True)
class Owed:
    """One liability in one completion of what is open: everything by name, nothing in money yet."""

    debtor: str
    creditor: str
    form: str
    said: frozenset[Conclusion]

    @property
    def pair(self) -> Pair:
        """Debtor and creditor."""
        return self.debtor, self.creditor

    @cached_property
    def _by_name(self) -> dict[str, list[Conclusion]]:
        found: dict[str, list[Conclusion]] = {}
        for conclusion in sorted(self.said, key=lambda said: (said.name, said.places)):
            found.setdefault(conclusion.name, []).append(conclusion)
        return found

    def says(self, name: str) -> bool:
        """Was this concluded of the liability?"""
        return name in self._by_name

    def all(self, name: str, place: str) -> list[str]:
        """What stands in this place of the conclusions of this name."""
        return list(dict.fromkeys(conclusion[place] for conclusion in self._by_name.get(name, ())))

    @property
    def ceiling(self) -> str:
        """The most that is owed, by name."""
        return self.all("terms", "ceiling")[0]

    @property
    def order(self) -> str:
        """When it is to be met, by name."""
        return self.all("terms", "order")[0]

    @property
    def harms(self) -> list[str]:
        """The harms for which it is owed."""
        return self.all("covers", "harm")

    def direct(self, harm: str) -> list[str]:
        """Those directly liable for a harm beside the debtor."""
        return sorted({said["party"] for said in self._by_name.get("direct", ()) if said["harm"] == harm})

    def uses_share(self, *, known: bool) -> bool:
        """Does what is paid depend on the debtor's share? Joint debtors whose share is not `known` bear equal parts."""
        if self.ceiling == "share" or self.says("cap_on_rest") or "share" in self.all("unknown_pays", "part"):
            return True
        shared = self.says("recourse_of_other") or any("excess" in r.values() for r in self.recourse())
        return shared and (known or not self.says("shares_equal"))

    def recourse(self) -> list[dict[str, Extent]]:
        """From whom how much is recovered; several where the rules are of two minds about someone."""
        extents: dict[str, list[Extent]] = {}
        for said in self._by_name.get("recourse", ()):
            if said["with"] != NOBODY:
                extents.setdefault(said["with"], []).append(_extent(said["extent"]))
        return [dict(zip(extents, chosen, strict=True)) for chosen in product(*extents.values())]


def _extent(name: str) -> Extent:
    if name == "full":
        return "all"
    return "none" if name == "none" else "excess"


@dataclass(frozen=True)
class Completion:
    """What is owed in one completion of what the reading and the facts leave open."""

    liabilities: frozenset[Owed]
    reduced: frozenset[tuple[str, str]]
    """By debtor and harm: where the victim bears a part itself."""

    @classmethod
    def of(cls, conclusions: Iterable[Conclusion]) -> Completion:
        """From everything concluded of one case."""
        reduced: set[tuple[str, str]] = set()
        found: dict[tuple[str, str, str], set[Conclusion]] = {}
        for said in conclusions:
            if said.name == REDUCED:
                reduced.add((said["debtor"], said["harm"]))
            else:
                found.setdefault((said["debtor"], said["creditor"], said["form"]), set()).add(said)
        owed = (Owed(*key, frozenset(said)) for key, said in found.items())
        return cls(frozenset(one for one in owed if one.says(OWED)), frozenset(reduced))

    def within(self, harms: Collection[str]) -> Completion:
        """What concerns these harms."""
        return Completion(
            frozenset(one for one in self.liabilities if not set(harms).isdisjoint(one.harms)),
            frozenset((debtor, harm) for debtor, harm in self.reduced if harm in harms),
        )

    def only(self, pair: Pair, form: str) -> Completion:
        """The liability of this pair and form by itself."""
        kept = frozenset(one for one in self.liabilities if (one.pair, one.form) == (pair, form))
        harms = {harm for one in kept for harm in one.harms}
        return Completion(kept, frozenset((d, harm) for d, harm in self.reduced if d == pair[0] and harm in harms))


@dataclass(frozen=True)
class Ledger:
    """What is owed in a case, in every completion; under a reading, where there is a `choice`."""

    stated: Stated
    choice: Choice | None
    completions: tuple[Completion, ...]

    @property
    def name(self) -> str:
        """The name of the reading."""
        return self.choice.name if self.choice else ""

    @property
    def liabilities(self) -> list[tuple[Pair, str]]:
        """Who may owe whom, and in which form, in some completion."""
        return sorted({(owed.pair, owed.form) for one in self.completions for owed in one.liabilities})

    @property
    def pairs(self) -> list[Pair]:
        """Who may owe whom, in some completion."""
        return sorted({pair for pair, _ in self.liabilities})

    def certain(self, pair: Pair, form: str) -> bool:
        """Is it owed in this form in every completion?"""
        return all((pair, form) in {(o.pair, o.form) for o in one.liabilities} for one in self.completions)

    def alone(self, pair: Pair, form: str) -> list[Completion]:
        """The liability by itself, in each completion that has it."""
        found = [one.only(pair, form) for one in self.completions]
        return list(dict.fromkeys(one for one in found if one.liabilities))


def ledger_of(world: World, case: CaseFile, choice: Choice) -> Ledger:
    """What is owed in a case under a reading. Raises InputError where it contradicts itself or leaves too much open."""
    predicates = world.base.predicates
    completions: dict[Completion, None] = {}
    for number, found in enumerate(world.alone(case).program.completions(choice.positions)):
        if number == MAX_COMPLETIONS:
            message = say(
                "more than {max_completions} outcomes are open; take more positions", max_completions=MAX_COMPLETIONS
            )
            raise InputError(message)
        rows = ((predicates[symbol.name], symbol.arguments[1:]) for symbol in found if symbol.arguments)
        said = [Conclusion.of(predicate, [str(atoms.value(v)) for v in values]) for predicate, values in rows]
        completions.setdefault(Completion.of(said))
    if not completions:
        raise InputError(CONTRADICTION)
    return Ledger(Stated(case, world.base.vocabulary), choice, tuple(completions))
