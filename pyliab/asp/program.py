"""Ground once, ask often: one program for any number of cases, asked under any number of readings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from clingo import Control, Function, MessageCode, Model, PropagateInit, Propagator, PropagatorCheckMode, Symbol

from pyliab.asp.scripts import failure
from pyliab.asp.symbols import Program, add, dispute_rules, owed, value
from pyliab.text.problem import InputError, Problem
from pyliab.text.say import say

T = TypeVar("T")
R = TypeVar("R")
Positions = Mapping[str, str]
APART = say("these positions cannot stand together")
CONTRADICTION = say("these positions cannot stand together, or the case contradicts itself")


class _Nogoods(Propagator):
    """Clauses that are added when the solver is next called: a rule, added by the backend, costs a hundred times as much."""

    def __init__(self) -> None:
        self.pending: list[Sequence[int]] = []

    def init(self, init: PropagateInit) -> None:
        """Called by clingo before each search."""
        init.check_mode = PropagatorCheckMode.Off
        for literals in self.pending:
            init.add_clause([-init.solver_literal(literal) for literal in literals])
        self.pending.clear()


class ChoiceProgram:
    """A program ground once and asked under assumptions on one binary choice predicate, e.g. `position(Issue, Position)`.

    `choices` maps its arguments to solver literals. Raises InputError when clingo refuses a rule file.
    """

    def __init__(
        self,
        rule_files: Iterable[Path],
        facts: Program,
        chosen_by: str,
        *,
        text: str | None = None,
        options: Sequence[str] = ("--warn=all",),
    ) -> None:
        self.messages: list[Problem] = []
        self._configured: tuple[str, int] | None = None
        self.control = Control(list(options), logger=self._log, message_limit=10_000)
        files = list(rule_files)
        try:
            # One text is parsed faster than many files; `locate` finds the place again if something is wrong in it.
            rules = text or "\n".join(path.read_text(encoding="utf-8") for path in files)
            self.control.add("base", [], f"{rules}\n{dispute_rules(facts)}")
            with self.control.backend() as backend:
                add(backend, facts)
            self.control.ground([("base", [])])
        except RuntimeError as error:
            raise InputError(failure(str(error)) or locate(files) or self.messages or str(error)) from None
        self.choices = {
            (str(value(atom.symbol.arguments[0])), str(value(atom.symbol.arguments[1]))): atom.literal
            for atom in self.control.symbolic_atoms.by_signature(chosen_by, 2)
        }

    @cached_property
    def _forbidden(self) -> _Nogoods:
        nogoods = _Nogoods()
        self.control.register_propagator(nogoods)
        return nogoods

    def _log(self, _code: MessageCode, message: str) -> None:
        self.messages.append(problem_of(message))

    def literal(self, symbol: Symbol) -> int | None:
        """The solver literal of an atom, or None where grounding has shown that it can never hold."""
        atom = self.control.symbolic_atoms[symbol]
        return atom.literal if atom else None

    def literals(self, name: str) -> dict[Symbol, int]:
        """The atoms of a predicate that are no facts and can hold, with their literals."""
        atoms = self.control.symbolic_atoms
        rows = (atoms.by_signature(*signature) for signature in atoms.signatures if signature[0] == name)
        return {atom.symbol: atom.literal for row in rows for atom in row}

    def consequences(self, assumptions: Sequence[int], mode: str) -> list[Symbol] | None:
        """Shown atoms that hold in every (`cautious`) or in some (`brave`) answer set; None if there is no answer set."""
        return self._last(mode, assumptions, lambda model: list(model.symbols(shown=True)))

    def can_hold(self, assumptions: Sequence[int], literals: Mapping[T, int]) -> list[T]:
        """Of some things with their literals those that hold in some answer set."""
        return self._last("brave", assumptions, lambda m: [x for x, lit in literals.items() if m.is_true(lit)]) or []

    def must_hold(self, assumptions: Sequence[int], literals: Mapping[T, int]) -> list[T]:
        """Of some things with their literals those that hold in every answer set; none where there is no answer set."""
        return self._last("cautious", assumptions, lambda m: [x for x, lit in literals.items() if m.is_true(lit)]) or []

    def _last(self, mode: str, assumptions: Sequence[int], read: Callable[[Model], R]) -> R | None:
        self._configure(mode)
        with self.control.solve(assumptions=list(assumptions), yield_=True) as handle:
            while handle.model() is not None:
                handle.resume()
            last: Model | None = handle.last()
            return read(last) if last else None

    def complete(self, assumptions: Sequence[int], groups: Iterable[Sequence[int]]) -> list[int]:
        """Add to the assumptions, group by group, the first literal that can hold beside them: always the same choice."""
        taken = list(assumptions)
        for group in groups:
            first = next((literal for literal in group if self.satisfiable([*taken, literal])), None)
            if first is not None:
                taken.append(first)
        return taken

    def witness(self, assumptions: Sequence[int]) -> list[Symbol] | None:
        """All atoms of one answer set, or None."""
        return self.first(assumptions, lambda model: list(model.symbols(atoms=True)))

    def look_at(self, assumptions: Sequence[int], literals: Iterable[int]) -> frozenset[int] | None:
        """Which of the literals hold in one answer set under these assumptions; None where there is none."""
        return self.first(assumptions, lambda model: frozenset(lit for lit in literals if model.is_true(lit)))

    def first(self, assumptions: Sequence[int], read: Callable[[Model], R]) -> R | None:
        """What is read in one answer set under these assumptions; None where there is none."""
        self._configure("auto", models=1)
        with self.control.solve(assumptions=list(assumptions), yield_=True) as handle:
            model: Model | None = handle.model()
            return read(model) if model else None

    def satisfiable(self, assumptions: Sequence[int]) -> bool:
        """Is there an answer set under these assumptions?"""
        self._configure("auto", models=1)
        return bool(self.control.solve(assumptions=list(assumptions)).satisfiable)

    def core(self, assumptions: Sequence[int]) -> list[int] | None:
        """Some of the assumptions that no answer set has together, not minimal; None if one has them all."""
        self._configure("auto", models=1)
        with self.control.solve(assumptions=list(assumptions), yield_=True) as handle:
            return None if handle.get().satisfiable else list(handle.core())

    def minimal_core(self, given: Sequence[int], assumptions: Sequence[int]) -> list[int]:
        """A subset-minimal part of the assumptions that no answer set has beside what is given; there must be one."""
        part, needed = list(assumptions), list[int]()
        while part:
            last = part.pop()
            core = self.core([*given, *needed, *part])
            if core is None:
                needed.append(last)
            else:
                part = [literal for literal in reversed(part) if literal in core]
        return needed

    def forbid(self, literals: Sequence[int]) -> None:
        """No later answer set has all of these."""
        self._forbidden.pending.append(literals)

    def carries(self, goal: int, assumptions: Sequence[int]) -> list[int]:
        """A subset-minimal part of `assumptions` under which `goal` holds in every answer set.

        Drops assumptions in the order given, so what stands last stays where there is a choice. The goal must follow
        from all of them; otherwise InputError.
        """
        if self.satisfiable([*assumptions, -goal]):
            raise InputError(
                say("the goal does not follow from the assumptions: do the rules choose anything but positions?")
            )
        return shrink(lambda part: not self.satisfiable([*part, -goal]), assumptions)

    @property
    def _solving(self) -> Any:
        return self.control.configuration.solve

    def _configure(self, mode: str, models: int = 0) -> None:
        if self._configured == (mode, models):  # each setting is slow, and most searches ask as the last one did
            return
        self._configured = mode, models
        self._solving.enum_mode = mode
        # Consequences of all that is shown: by default `#project` would limit them to what completions are told apart by.
        self._solving.project = "no" if mode == "auto" else "show"
        self._solving.models = models


class GroundProgram(ChoiceProgram):
    """The law, ground for some cases; readings are asked as assumptions on `position(Issue, Position)`."""

    def __init__(
        self,
        rule_files: Iterable[Path],
        facts: Program,
        *,
        as_if_in_force: bool = False,
        text: str | None = None,
        options: Sequence[str] = ("--warn=all",),
    ) -> None:
        asked: Program = [([Function("as_if_in_force", [])], False)] if as_if_in_force else []
        super().__init__(rule_files, [*facts, *asked], "position", text=text, options=options)
        self.positions = self.choices

    def assume(self, positions: Positions) -> list[int]:
        """Assumptions for a choice of positions. Raises InputError for a position the rules do not know."""
        try:
            return [self.positions[choice] for choice in positions.items()]
        except KeyError as error:
            issue, position = error.args[0]
            message = say("no rule base offers {issue}={position}", issue=issue, position=position)
            raise InputError(message) from None

    def certain_and_possible(self, positions: Positions) -> tuple[set[Symbol], set[Symbol]]:
        """What holds in every completion of the positions given and of the disputed facts, and what holds in some."""
        assumptions = self.assume(positions)
        possible = self.consequences(assumptions, "brave")
        if possible is None:
            raise InputError(CONTRADICTION)
        certain = self.consequences(assumptions, "cautious") or []
        return set(certain), set(possible)

    def open_groups(self, issues: Iterable[str]) -> list[list[int]]:
        """The position literals of each issue, in the order of the knowledge base."""
        return [[lit for (issue, _), lit in self.positions.items() if issue == name] for name in issues]

    def liable(self, wanted: tuple[str, str, str, str]) -> int:
        """The literal of `owed(Case, Debtor, Creditor, Form)`. Raises InputError where it can never hold."""
        literal = self.literal(owed(wanted[0], wanted[1:]))
        if literal is None:
            name = ":".join(wanted[1:])
            raise InputError(say("no liability {name} can follow in {wanted}", name=name, wanted=wanted[0]))
        return literal


def shrink(holds: Callable[[list[T]], bool], items: Sequence[T]) -> list[T]:
    """A subset-minimal part of the items of which still holds what holds of them all.

    Items are dropped in the order given, so what stands last stays where there is a choice; few of many are needed as a
    rule, so they are dropped by halves first. What holds of a part has to hold of every larger part.
    """
    kept = list(items)

    def drop(part: Sequence[T]) -> None:
        others = [item for item in kept if item not in part]
        if holds(others):
            kept[:] = others
        elif len(part) > 1:
            half = len(part) // 2
            drop(part[:half])
            drop(part[half:])

    if kept:
        drop(items)
    return kept


def read_facts(path: Path, name: str) -> list[tuple[str, ...]]:
    """The facts of one predicate that stand in a rule file, each as the text of its arguments."""
    control = Control(["--warn=none"])
    control.load(str(path))
    control.ground([("base", [])])
    rows = (atom.symbol for atom in control.symbolic_atoms if atom.is_fact and atom.symbol.name == name)
    return sorted(tuple(str(value(argument)) for argument in symbol.arguments) for symbol in rows)


def locate(files: Iterable[Path]) -> list[Problem]:
    """What clingo says of the files, each message with its file and line."""
    problems: list[Problem] = []
    control = Control(["--warn=all"], logger=lambda _, text: problems.append(problem_of(text)), message_limit=10_000)
    try:
        for path in files:
            control.load(str(path))
        control.ground([("base", [])])
    except RuntimeError:
        pass
    return problems


def problem_of(message: str) -> Problem:
    """A clingo message `file:line:col-col: kind: text` as a problem."""
    first, _, rest = message.strip().partition("\n")
    parts = first.split(":", 3)
    if len(parts) == 4 and parts[1].isdigit():
        column = parts[2].split("-")[0]
        text = " ".join((parts[3].strip() + " " + rest).split())
        return Problem(parts[0], int(parts[1]), int(column) if column.isdigit() else 0, text)
    return Problem("", 0, 0, " ".join(message.split()))
