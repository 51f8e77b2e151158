"""A case without a reading: what the named readings come to, and what would make somebody liable where nobody is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property

from pyliab.asp import symbols as atoms
from pyliab.asp.open_facts import UNDATED, OpenFact, analysis_text, candidates, of_case, open_case, open_rules, stated
from pyliab.asp.program import GroundProgram
from pyliab.asp.symbols import Symbol
from pyliab.kb.reading import Choice
from pyliab.kb.vocabulary import ANY
from pyliab.law.in_force import out_of_time
from pyliab.law.liability import Asked, Certainty, Liability, OutOfForce
from pyliab.law.words import Phrases
from pyliab.law.world import World
from pyliab.questions.alike import representatives
from pyliab.questions.open_case import Supposed
from pyliab.text.encode import UNSAID, Answer
from pyliab.text.later import dataclass

LARGEST = 4
"""More facts than these together are not looked for: such a case is another case."""
MANY = 12
"""Where a case names more parties and things, one stands for all of which it tells the same."""
MOST = 5
"""So many facts are told, of those each of which alone suffices."""


@dataclass(frozen=True)
class Lack:
    """Facts that together would make somebody liable where nobody is, by the provisions `basis`, under these `readings`."""

    facts: tuple[Supposed, ...]
    basis: tuple[str, ...]
    readings: tuple[str, ...]


@dataclass(frozen=True)
class Lacks(Answer):
    """Why nobody is liable under a reading: what is `unstated` or denied, fewest and most ordinary facts first.

    `positions` are those of which each alone, in the place of the reading's own, would make somebody liable. With
    `one_for_all`, of parties and things of which the case tells the same, the first stands for all in `unstated`.
    """

    reading: str
    unstated: tuple[Lack, ...]
    positions: tuple[str, ...]
    one_for_all: bool = False


@dataclass(frozen=True)
class Group:
    """Readings that come to the same; `nobody` says whether it is certain, or possible, that nobody is liable."""

    readings: tuple[str, ...]
    liabilities: tuple[Liability, ...]
    nobody: Certainty | None


@dataclass(frozen=True)
class Overview(Answer):
    """The answer of `derive` without a reading. `turns_on` has, by reading, the positions of `Lacks`."""

    case: str
    groups: tuple[Group, ...]
    unstated: tuple[Lack, ...]
    turns_on: Mapping[str, tuple[str, ...]]
    one_for_all: bool
    not_in_force: Sequence[OutOfForce] = field(metadata=UNSAID)
    asked: Asked = field(kw_only=True, metadata=UNSAID)


def overview(world: World, choices: Sequence[Choice]) -> Overview:
    """What readings come to in the one case of a world; of `choices` there is one at least."""
    (case,) = world.cases.values()
    ordered = grouped(world, choices)
    silent = {name for group in ordered if group.nobody == "certain" for name in group.readings}
    program = Unstated(world) if silent else None
    lacks = [program.lacks(choice) for choice in choices if program and choice.name in silent]
    turns_on = {each.reading: each.positions for each in lacks}
    asked = Asked(world.base, case, choices[0], world.as_if_in_force)
    one_for_all = any(each.one_for_all for each in lacks)
    return Overview(
        case.id, tuple(ordered), _together(lacks), turns_on, one_for_all, out_of_time(world, case), asked=asked
    )


def grouped(world: World, choices: Sequence[Choice]) -> list[Group]:
    """The readings that come to the same together: those under which somebody is liable first, then the larger group."""
    (case,) = world.cases
    groups: dict[object, Group] = {}
    for choice in choices:
        liabilities = tuple(sorted(world.outcomes(choice.positions)[case].values(), key=lambda each: each.key))
        nobody = world.nobody(case, choice.positions, liabilities)
        outcome = frozenset((*each.key, each.status, each.with_) for each in liabilities), nobody
        group = groups.setdefault(outcome, Group((), liabilities, nobody))
        groups[outcome] = replace(group, readings=(*group.readings, choice.name))
    return sorted(groups.values(), key=lambda group: (group.nobody is not None, -len(group.readings)))


def _together(lacks: Sequence[Lacks]) -> tuple[Lack, ...]:
    """The same facts under several readings once, what suffices under most of them first."""
    merged: dict[object, Lack] = {}
    for lack in (lack for each in lacks for lack in each.unstated):
        facts = tuple((str(fact.fact), fact.status) for fact in lack.facts)
        known = merged.setdefault(facts, replace(lack, readings=()))
        merged[facts] = replace(known, readings=(*known.readings, *lack.readings))
    return tuple(sorted(merged.values(), key=lambda lack: (-len(lack.readings), len(lack.facts))))


class Unstated:
    """A case with all open that nobody stated or that is denied; ground once, asked under any number of readings."""

    def __init__(self, world: World) -> None:
        self.world, self.base = world, world.base
        (self.case,) = world.cases.values()
        denied = [fact for fact in stated(self.base, self.case) if fact.own == "disproved"]
        self._one_for_all = len(self.case.names()) > MANY
        among = representatives(self.base, self.case) if self._one_for_all else None
        facts = [*denied, *candidates(self.base, self.case, among=among)]
        sizes = atoms.plain(("size", (size,)) for size in range(LARGEST + 1))
        law = (row for path in self.base.rule_files for row in path.read_text(encoding="utf-8").splitlines())
        law = (row for row in law if not row.startswith("#show"))  # of what is shown alone, consequences would be told
        text = "\n".join([*law, open_rules(self.base), analysis_text("unstated.lp")])
        given = [*world.given(), *open_case(self.base, self.case, facts), *sizes]
        self.program = GroundProgram([], given, as_if_in_force=world.as_if_in_force, text=text)
        self._facts = {fact.symbol: fact for fact in facts}
        self._phrases = Phrases(self.base, self.case.names())

    @cached_property
    def _new(self) -> dict[Symbol, int]:
        """The literals of `status` by which a fact stands otherwise than now, what cases ordinarily state first."""
        order = {
            symbol: (-self.base.frequency[fact.word], place) for place, (symbol, fact) in enumerate(self._facts.items())
        }
        statuses = self.program.literals("status")
        new = [s for s in statuses if s.arguments[1] in order and str(s.arguments[2]) != self._own(s).own]
        return {
            s: statuses[s] for s in sorted(new, key=lambda s: (str(s.arguments[2]) != "proved", order[s.arguments[1]]))
        }

    def _own(self, status: Symbol) -> OpenFact:
        return self._facts[status.arguments[1]]

    def lacks(self, choice: Choice) -> Lacks:
        """Why nobody is liable under a reading."""
        somebody = self.program.literal(atoms.constant("somebody_liable"))
        if somebody is None:
            return Lacks(choice.name, (), (), self._one_for_all)
        positions = self._positions(choice, somebody)
        for size in range(1, LARGEST + 1):
            held = [*self.program.assume(choice.positions), self.at_most(size), somebody]
            new = [s for s in self.program.can_hold(held, self._new) if str(s.arguments[2]) != "unstated"]
            if new:
                return Lacks(choice.name, tuple(self._told(choice, held, new, size)), positions, self._one_for_all)
        return Lacks(choice.name, (), positions, self._one_for_all)

    def proved(self, held: list[int]) -> list[Symbol]:
        """The facts that nobody stated of which each can be proved while these literals hold, the most ordinary first."""
        new = (s for s in self.program.can_hold(held, self._new) if str(s.arguments[2]) == "proved")
        return [s.arguments[1] for s in new if self._own(s).own == "unstated"]

    def _told(self, choice: Choice, held: list[int], new: Sequence[Symbol], size: int) -> list[Lack]:
        """Single facts that suffice; of several that are needed together, the most ordinary ones."""
        starts: dict[str, Symbol] = {}
        for symbol in new:
            starts.setdefault(str(self._phrases.atom(of_case(self.case.id, symbol.arguments[1]))), symbol)
        first = list(starts.values())[: MOST if size == 1 else 1]
        return [self._lack(choice, self._completed([*held, self._new[s]], new, size - 1)) for s in first]

    def _completed(self, taken: list[int], new: Sequence[Symbol], missing: int) -> list[int]:
        """With so many facts more, each time the most ordinary that can stand beside those taken."""
        for _ in range(missing):
            others = {self._new[s]: self._new[s] for s in new if self._new[s] not in taken}
            taken = [*taken, *self.program.can_hold(taken, others)[:1]]
        return taken

    def _lack(self, choice: Choice, held: list[int]) -> Lack:
        true = set(self.program.witness(held) or ())
        basis = {str(atoms.value(a.arguments[1].arguments[0])) for a in true if a.name == "owes"}
        facts = tuple(self._supposed(symbol) for symbol in self._new if symbol in true)
        return Lack(facts, tuple(sorted(basis)), (choice.name,))

    def _supposed(self, status: Symbol) -> Supposed:
        fact = self._own(status)
        places = zip(self.base.vocabulary[fact.word].arguments[1:], fact.args, strict=True)
        given = {argument.key: value for argument, value in places if value not in (UNDATED, ANY)}
        says = self._phrases.atom(of_case(self.case.id, fact.symbol))
        return Supposed(
            {fact.word: given}, says, "proved" if str(status.arguments[2]) == "proved" else "disproved", fact.own
        )

    def at_most(self, size: int) -> int:
        """That no more facts than these stand otherwise than now."""
        literal = self.program.literal(atoms.function("most", atoms.number(size)))
        assert literal is not None, size
        return literal

    def _positions(self, choice: Choice, somebody: int) -> tuple[str, ...]:
        """The single positions that would do in the place of the reading's own, the facts as they are."""
        sufficient: list[str] = []
        for issue in choice.positions:
            kept = self.program.assume({name: p for name, p in choice.positions.items() if name != issue})
            held = [*kept, self.at_most(0), somebody]
            others = {pair: literal for pair, literal in self.program.positions.items() if pair[0] == issue}
            if self.program.satisfiable(held):
                sufficient += ["=".join(pair) for pair in self.program.can_hold(held, others)]
        return tuple(sufficient)
