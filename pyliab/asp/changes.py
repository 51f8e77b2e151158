"""The smallest changes of a case and of a reading under which something follows: exact, smallest first.

The program is the law with `rules/analysis/open.lp` and `changes.lp`. What follows has to follow in every completion of
what the reading leaves open and of the facts in dispute, which one answer set cannot show: each answer is therefore tested,
and where some completion fails, the minimal reason is forbidden for all further answers (a counterexample-guided search).
Domain recording, which does without the loop, would neither order the answers by size nor see completions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from clingo import Function, Model, Number, Symbol

from pyliab.asp.program import GroundProgram
from pyliab.asp.symbols import Program, constant
from pyliab.text.later import dataclass

Seen = dict[str, dict[Symbol, int]]
"""The true atoms of an answer set with their literals, by predicate."""
_WATCHED = {"change": 1, "may_be": 1, "status": 3, "effective": 3, "pinned": 1, "position": 2, "as_if_in_force": 0}
_TODAY = Function("as_if_in_force", [])
QUESTIONS = 20
"""So many are made ready at once."""


@dataclass(frozen=True)
class Change:
    """A minimal change. `facts` are all that stand otherwise, those among them that give way to others included.

    `today` says that the law of today is supposed to have applied. `size` counts what is changed: a fact that gives way to
    another of its kind is not counted.
    """

    positions: tuple[tuple[str, str], ...] = ()
    facts: tuple[tuple[Symbol, str], ...] = ()
    today: bool = False
    size: int = 0


AS_IT_IS = Change()


class ChangeProgram(GroundProgram):
    """A case and a reading that can be otherwise. `largest` bounds the size of the changes that can be asked for."""

    def __init__(self, facts: Program, text: str, *, largest: int, as_if_in_force: bool = False) -> None:
        sizes: Program = [([Function("size", [Number(k)])], False) for k in range(largest + 1)]
        super().__init__([], [*facts, *sizes], as_if_in_force=as_if_in_force, text=text)
        self._hypothetical = as_if_in_force
        self._questions: list[int] = []
        by_signature = self.control.symbolic_atoms.by_signature
        (self._case,) = (atom.symbol.arguments[0] for atom in by_signature("open", 1))
        self._own = {tuple(atom.symbol.arguments) for atom in by_signature("own", 3)}
        taken = (atom.symbol.arguments for atom in by_signature("taken", 2))
        self._taken = {str(issue): str(position) for issue, position in taken}
        self._watched = {
            name: [(atom.symbol, atom.literal) for atom in by_signature(name, arity)]
            for name, arity in _WATCHED.items()
        }
        self._varied = {atom.symbol.arguments[0] for atom in by_signature("varied", 1)}

    def must(self, symbol: Symbol) -> int:
        """The literal of an atom that the program has."""
        literal = self.literal(symbol)
        assert literal is not None, symbol
        return literal

    @cached_property
    def _own_literals(self) -> dict[Symbol, int]:
        """Of each open fact the literal by which it stands as the case has it."""
        return {fact: self._stands(fact, str(own)) for _, fact, own in self._own if fact in self._varied}

    def _stands(self, fact: Symbol, how: str) -> int:
        return self.must(Function("status", [self._case, fact, constant(how)]))

    def standing(self, change: Change = AS_IT_IS) -> list[int]:
        """The assumptions of the facts of a changed case, and of the law of its day, or of today."""
        literals = list(
            {**self._own_literals, **{fact: self._stands(fact, how) for fact, how in change.facts}}.values()
        )
        law = self.literal(_TODAY)
        return [*literals, *([law if change.today else -law] if law and not self._hypothetical else [])]

    def supposing(self, change: Change = AS_IT_IS) -> list[int]:
        """The assumptions of a changed case under a changed reading."""
        return [*self.standing(change), *self.assume({**self._taken, **dict(change.positions)})]

    def any_of(self, groups: Iterable[Iterable[Symbol]]) -> list[int]:
        """For each group of atoms the literal of a new atom that holds where one of them does."""
        either = []
        with self.control.backend() as backend:  # slow to open
            for atoms in groups:
                either.append(backend.add_atom())
                for atom in atoms:
                    backend.add_rule([either[-1]], [self.must(atom)])
        return either

    def question(self) -> int:
        """A new atom, free: what is forbidden for one question is forbidden under its assumption only."""
        if not self._questions:
            with self.control.backend() as backend:
                self._questions = [backend.add_atom() for _ in range(QUESTIONS)]
                backend.add_rule(self._questions, [], choice=True)
        return self._questions.pop()

    def look(self, assumptions: Sequence[int]) -> Seen | None:
        """What is changed, and how all stands, in one answer set; None if there is none."""

        def seen(model: Model) -> Seen:
            return {name: {s: lit for s, lit in rows if model.is_true(lit)} for name, rows in self._watched.items()}

        return self.first(assumptions, seen)


class Smallest:
    """All minimal changes under which `goal` holds, one by one, smallest first; `cut` where a larger one may be left.

    With `certain` the goal has to hold in every completion of the changed reading and case, otherwise in one. With `spread`
    no change is looked for that is larger than the smallest by more than that. `given` is assumed of every change.
    """

    def __init__(
        self,
        program: ChangeProgram,
        goal: int,
        *,
        largest: int,
        certain: bool = True,
        spread: int | None = None,
        given: Sequence[int] = (),
    ) -> None:
        self.program, self.goal, self.certain, self.spread = program, goal, certain, spread
        self.largest, self.given = largest, list(given)
        self.cut = False
        self._here = program.question()

    def __iter__(self) -> Iterator[Change]:
        largest, size = self.largest, 0
        while size <= largest:
            for change in self._of_size(size):
                if self.spread is not None:
                    largest = min(largest, size + self.spread)
                yield change
            if not self.program.satisfiable([*self.given, self.goal, self._here]):
                return
            size += 1
        self.cut = True

    def _of_size(self, size: int) -> Iterator[Change]:
        held = [*self.given, self.goal, self._here, self.program.must(Function("most", [Number(size)]))]
        while (seen := self.program.look(held)) is not None:
            reasons = self._reasons_of_failure(seen) if self.certain else []
            if not reasons:
                yield self._change(seen)
                reasons = [list(seen["change"].values())]
            for reason in reasons:
                self.program.forbid([self._here, *reason])

    def _change(self, seen: Seen) -> Change:
        changes = [symbol.arguments[0] for symbol in seen["change"]]
        taken = [change.arguments for change in changes if change.name == "take"]
        own, varied = self.program._own, self.program._varied
        stands = [tuple(symbol.arguments) for symbol in seen["status"]]
        others = [(stand[1], str(stand[2])) for stand in stands if stand[1] in varied and stand not in own]
        positions = sorted((str(issue), str(position)) for issue, position in taken)
        today = any(change.name == "today" for change in changes)
        return Change(tuple(positions), tuple(sorted(others, key=lambda other: str(other[0]))), today, len(changes))

    def _reasons_of_failure(self, seen: Seen) -> list[list[int]]:
        """Empty if the goal holds in every completion; else literals, each list of which no answer may have together."""
        must, varied = self.program.must, self.program._varied
        pinned = {symbol.arguments[0] for symbol in seen["pinned"]}
        taken = [literal for symbol, literal in seen["position"].items() if symbol.arguments[0] in pinned]
        left = [-lit for issue in self._issues() - pinned if (lit := self.program.literal(Function("pinned", [issue])))]
        law = self.program.literal(_TODAY)
        today = [law if seen["as_if_in_force"] else -law] if law and not self.program._hypothetical else []
        held = [*seen["pinned"].values(), *seen["status"].values(), *taken, *left, *today]
        counter = self.program.look([*held, -self.goal])
        if counter is None:
            return []
        facts = {symbol: lit for symbol, lit in counter["effective"].items() if symbol.arguments[1] in varied}
        core = self._core({**counter["position"], **facts}, today)
        parts = [core, *self._alike(core, pinned, today)]
        reasons = [[*(must(_may(symbol)) for symbol in part), *today] for part in parts]
        return reasons if set(reasons[0]) <= {*seen["may_be"].values(), *today} else [*reasons, held]

    def _issues(self) -> set[Symbol]:
        return {constant(issue) for issue, _ in self.program.positions}

    def _alike(
        self, core: Sequence[Symbol], pinned: Collection[Symbol], today: Sequence[int]
    ) -> Iterator[list[Symbol]]:
        """The same reason with another answer to an open issue, where that answer excludes the goal as well."""
        for symbol in core:
            if symbol.name == "position" and symbol.arguments[0] not in pinned:
                others = [other for other in core if other != symbol]
                held = [*map(self.program.must, others), self.goal, self._here, *today]
                for (issue, position), literal in self.program.positions.items():
                    other = Function("position", [constant(issue), constant(position)])
                    alike = other.arguments[0] == symbol.arguments[0] and other != symbol
                    if alike and not self.program.satisfiable([*held, literal]):
                        yield [*others, other]

    def _core(self, world: Mapping[Symbol, int], today: Sequence[int]) -> list[Symbol]:
        """A minimal part of a world that excludes the goal."""
        named = {literal: symbol for symbol, literal in world.items()}
        return [named[literal] for literal in self.program.minimal_core([self.goal, self._here, *today], list(named))]


def _may(symbol: Symbol) -> Symbol:
    """`may_be(take(Issue, Position))` or `may_be(stand(Fact, Standing))`: some completion has it so."""
    if symbol.name == "position":
        return Function("may_be", [Function("take", symbol.arguments)])
    return Function("may_be", [Function("stand", symbol.arguments[1:])])
