"""What the rules conclude of who owes whom, over all that a reading and the facts leave open, and never world by world.

A conclusion holds in a part of what is open: a function. What bears on one harm is little, so harms are asked one by one,
and only those together whose claims hang together.

The conclusions are read by the names of their places in the blocks of the rules. What the conclusions, an order and an
extent of recourse are called belongs to the contract between rules and settlement, and stands here once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain, product

from pyliab.asp.cubes import Cover, Mark, Piece, Within
from pyliab.asp.program import CONTRADICTION
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice
from pyliab.kb.vocabulary import Predicate
from pyliab.law.liability import NOBODY, Key
from pyliab.law.world import World
from pyliab.money.debts import Extent
from pyliab.money.stated import Stated
from pyliab.space.diagram import VOID, Ref, Store, Variable, leaf, number_of
from pyliab.space.joint import Joint
from pyliab.space.space import asked, cover_of, rows
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError
from pyliab.text.say import say

LEVEL = "money"
"""The marks of `rules/analysis/space.lp` that settlement reads."""
OWED, REDUCED = "owed", "reduced"
BEYOND = "beyond_loss"
"""What is owed beyond the loss, as if it were a form of liability; its harm is a head: a provision, and what it is owed for."""
ANYBODY = "any"
"""Stands in a mark where settlement does not look."""
MAX_COMPLETIONS = 10_000
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
        places = dict(zip((a.key for a in predicate.arguments[1:]), values, strict=True))
        if predicate.name == BEYOND:
            places = {place: value.strip('"') for place, value in places.items()}
            places |= {"form": BEYOND, "harm": f'head("{places["provision"]}",{places["key"]})'}
        return cls(predicate.name, tuple(places.items()))

    def __getitem__(self, place: str) -> str:
        return dict(self.places)[place]

    @cached_property
    def liability(self) -> Key:
        """The liability of which it is concluded."""
        return Key(self["debtor"], self["creditor"], self["form"])


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
        by_name: dict[str, list[Conclusion]] = {}
        for conclusion in sorted(self.said, key=lambda said: (said.name, said.places)):
            by_name.setdefault(conclusion.name, []).append(conclusion)
        return by_name

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

    def of_harm(self, name: str, harm: str) -> list[Conclusion]:
        """The conclusions of this name on one harm."""
        return [said for said in self._by_name.get(name, ()) if said["harm"] == harm]

    def direct(self, harm: str) -> list[str]:
        """Those directly liable for a harm beside the debtor."""
        return sorted({said["party"] for said in self.of_harm("direct", harm)})

    def mutual(self, harm: str) -> frozenset[str]:
        """Those who recover from the debtor what they paid beyond their own part of a harm."""
        return frozenset(said["with"] for said in self.of_harm("recourse_of_other", harm))

    def uses_share(self, harm: str, *, known: bool) -> bool:
        """Does what is paid depend on the debtor's share? Joint debtors whose share is not `known` bear equal parts."""
        if self.ceiling == "share" or self.says("cap_on_rest") or "share" in self.all("unknown_pays", "part"):
            return True
        shared = self.mutual(harm) or any("excess" in extents.values() for extents in self.recourse(harm))
        return bool(shared) and (known or not self.says("shares_equal"))

    def recourse(self, harm: str) -> list[dict[str, Extent]]:
        """From whom how much is recovered for a harm; several where the rules are of two minds about someone."""
        extents: dict[str, list[Extent]] = {}
        for said in self.of_harm("recourse", harm):
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
        by_liability: dict[tuple[str, str, str], set[Conclusion]] = {}
        for said in conclusions:
            if said.name == REDUCED:
                reduced.add((said["debtor"], said["harm"]))
            else:
                by_liability.setdefault((said["debtor"], said["creditor"], said["form"]), set()).add(said)
        owed = (Owed(*key, frozenset(said)) for key, said in by_liability.items())
        return cls(frozenset(liability for liability in owed if liability.says(OWED)), frozenset(reduced))

    def within(self, harms: Collection[str]) -> Completion:
        """What concerns these harms."""
        return Completion(
            frozenset(liability for liability in self.liabilities if not set(harms).isdisjoint(liability.harms)),
            frozenset((debtor, harm) for debtor, harm in self.reduced if harm in harms),
        )


@dataclass(frozen=True)
class Table:
    """What is concluded of some harms: a function of what is open, VOID where positions cannot stand together, and what its
    numbers stand for."""

    harms: frozenset[str]
    function: Ref
    completions: tuple[Completion, ...]


class Ledger:
    """What is owed in a case; under a reading, where there is a `choice`, else over all readings.

    `where` has for each conclusion that may hold the function that is 1 where it does. Raises InputError where nothing that
    is open is consistent, and as `Cover` does.
    """

    def __init__(self, base: KnowledgeBase, case: CaseFile, choice: Choice | None, cover: Cover) -> None:
        self.stated, self.choice, self.cover = Stated(case, base.vocabulary), choice, cover
        void, pieces = cover.void(), _pieces(cover, cover.program.marks(case.id, LEVEL))
        self.variables = tuple(asked([void, *pieces.values()], cover.variables))
        self.store = Store([len(variable.values) for variable in self.variables])
        self.forbidden = self.store.build(rows(void, self.variables)) if void else leaf(False)
        if self.forbidden == leaf(True):
            raise InputError(CONTRADICTION)
        functions = _functions(self.store, self.variables, pieces)
        self.where = {
            Conclusion.of(base.predicates[mark[0]], mark[1:]): function
            for mark, function in functions.items()
            if self._allowed(function) != leaf(False)
        }
        self._tables: dict[tuple[frozenset[str], Key | None], Table] = {}
        self._joints: dict[tuple[Ref, ...], Joint] = {}

    def _allowed(self, function: Ref) -> Ref:
        """The function, 0 where positions cannot stand together."""
        return self.store.merge([self.forbidden, function], lambda refs: leaf(refs == (leaf(False), leaf(True))))

    @property
    def name(self) -> str:
        """The name of the reading."""
        return self.choice.name if self.choice else ""

    @cached_property
    def liabilities(self) -> list[Key]:
        """Who may owe whom for a loss, and in which form."""
        owed = (said.liability for said in self.where if said.name == OWED)
        return sorted(liability for liability in owed if liability.form != BEYOND)

    @property
    def pairs(self) -> list[Pair]:
        """Who may owe whom."""
        return sorted({(owed.debtor, owed.creditor) for owed in self.liabilities})

    @cached_property
    def covered(self) -> dict[str, set[Key]]:
        """By harm the liabilities for it."""
        by_harm: dict[str, set[Key]] = {}
        for said in self.where:
            if said.name == "covers":
                by_harm.setdefault(said["harm"], set()).add(said.liability)
        return dict(sorted(by_harm.items()))

    @cached_property
    def promised(self) -> set[Key]:
        """Those up to what was promised, which is one sum for all harms."""
        return {said.liability for said in self.where if said.name == "terms" and said["ceiling"] == "promised"}

    @cached_property
    def parties(self) -> dict[str, set[str]]:
        """By harm those who may be liable for it: directly, or beside others."""
        by_harm = {harm: {liability.debtor for liability in owed} for harm, owed in self.covered.items()}
        for said in self.where:
            if said.name == "direct" and said["harm"] in by_harm:
                by_harm[said["harm"]].add(said["party"])
        return by_harm

    def certain(self, liability: Key) -> bool:
        """Is it owed whatever is open turns out to be?"""
        owed = next(ref for said, ref in self.where.items() if said.name == OWED and said.liability == liability)
        return self.store.merge([self.forbidden, owed], lambda refs: leaf(leaf(True) in refs)) == leaf(True)

    def table(self, harms: Collection[str], liability: Key | None = None) -> Table:
        """What is concluded of these harms, or of one liability for them. Raises InputError where too much is open."""
        asked_of = frozenset(harms), liability
        if asked_of not in self._tables:
            self._tables[asked_of] = self._table(*asked_of)
        return self._tables[asked_of]

    def tables(self, groups: Iterable[frozenset[str]], liability: Key | None = None) -> list[Table]:
        """A table for the harms of each group; of one liability, if one is named, for the harms for which it is owed."""
        if liability is not None:
            mine = frozenset(harm for harm, owed in self.covered.items() if liability in owed)
            groups = [group & mine for group in groups]
        return [self.table(harms, liability) for harms in groups if harms]

    def joint(self, tables: Iterable[Table]) -> Joint:
        """How what is concluded of them goes together."""
        functions = tuple(table.function for table in tables)
        if functions not in self._joints:
            self._joints[functions] = Joint(self.store, functions)
        return self._joints[functions]

    def _table(self, harms: frozenset[str], liability: Key | None) -> Table:
        known = [said for said in self._candidates(harms) if self.bears_on(said, harms, liability)]
        numbers: dict[Completion, int] = {}

        def join(refs: tuple[Ref, ...]) -> Ref:
            if number_of(refs[0]):
                return VOID
            held = (said for said, ref in zip(known, refs[1:], strict=True) if number_of(ref))
            if len(numbers) > MAX_COMPLETIONS:
                message = say(
                    "more than {max_completions} outcomes are open; take more positions",
                    max_completions=MAX_COMPLETIONS,
                )
                raise InputError(message)
            return leaf(numbers.setdefault(Completion.of(held).within(harms), len(numbers)))

        function = self.store.merge([self.forbidden, *(self.where[said] for said in known)], join)
        return Table(harms, function, tuple(numbers))

    def _candidates(self, harms: frozenset[str]) -> Iterable[Conclusion]:
        """What names one of these harms or parties liable for them, or nobody in particular."""
        if self.promised:
            return self.where
        names = {ANYBODY, *harms}.union(*(self.parties.get(harm, set()) for harm in harms))
        return chain.from_iterable(self._by_name.get(name, ()) for name in sorted(names))

    @cached_property
    def _by_name(self) -> dict[str, list[Conclusion]]:
        """The conclusions by the harm or the party, beside debtor and creditor, of which they speak."""
        by_name: dict[str, list[Conclusion]] = {}
        for said in self.where:
            places = dict(said.places)
            name = next((places[place] for place in ("harm", "with", "party") if place in places), ANYBODY)
            by_name.setdefault(name, []).append(said)
        return by_name

    def bears_on(self, said: Conclusion, harms: frozenset[str], liability: Key | None = None) -> bool:
        """Does it matter to who pays for these harms? What is said of other harms, and of others' debtors, does not."""
        places = dict(said.places)
        if said.name == REDUCED:
            return places["harm"] in harms and (liability is None or places["debtor"] == liability.debtor)
        if liability not in (None, said.liability) or not any(said.liability in self.covered.get(h, ()) for h in harms):
            return False
        if said.liability in self.promised and said.name == "covers":
            return True
        others = {places[place] for place in ("with", "party") if place in places}
        return ("harm" not in places or places["harm"] in harms) and others <= {ANYBODY}.union(
            *(self.parties.get(harm, set()) for harm in harms)
        )


def ledger_of(world: World, case: CaseFile, choice: Choice) -> Ledger:
    """What is owed in a case under a reading. Raises InputError where it contradicts itself or leaves too much open."""
    cover, _ = cover_of(world.base, world.alone(case).marks, case, choice.positions)
    return Ledger(world.base, case, choice, cover)


def _liability(mark: Mark) -> Mark | None:
    """The mark of the liability that this one is about."""
    return None if mark[0] == REDUCED else (OWED, *mark[1:3], BEYOND if mark[0] == BEYOND else mark[3])


def _pieces(cover: Cover, marks: Mapping[Mark, int]) -> dict[Mark, list[Piece]]:
    """Where liabilities stand; what else is marked of a liability is asked only where that stands."""
    about: dict[Mark | None, dict[Mark, int]] = {}
    for mark, literal in marks.items():
        about.setdefault(None if mark[0] == OWED else _liability(mark), {})[mark] = literal
    covered = cover.all_pieces(about.pop(None, {}))
    for owed, of_it in about.items():
        covered.update(cover.all_pieces(of_it, Within(marks[owed], covered[owed]) if owed in covered else None))
    return covered


def _functions(store: Store, order: Sequence[Variable], pieces: Mapping[Mark, Sequence[Piece]]) -> dict[Mark, Ref]:
    """By mark the function that is 1 where it holds."""
    functions: dict[Mark, Ref] = {}
    for mark, places in sorted(pieces.items(), key=lambda entry: entry[0][0] != OWED):
        owed = _liability(mark)
        if owed == mark or owed not in functions:
            functions[mark] = store.build(rows(places, order))
        else:
            parts = [store.part(cube) for cube, holds in rows(places, order) if holds]
            functions[mark] = store.merge(
                [functions[owed], *parts], lambda refs: leaf(refs[0] == leaf(1) and leaf(1) in refs[1:])
            )
    return functions
