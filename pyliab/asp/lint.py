"""What clingo accepts in silence and a lawyer would not: lint over the syntax tree of the rule files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from clingo import ast as A

from pyliab.kb.vocabulary import ANNOTATION, Predicate, RuleNote
from pyliab.text.problem import InputError, Problem, nearest
from pyliab.text.say import Text, say

Signature = tuple[str, int]
FORBIDS = say("a constraint may not forbid a case: it would silence every other case; derive a conclusion instead")
_HEAD = say("this kind of head cannot be explained; write one conclusion to a rule")
_NO_NOTE = say("this rule has no `%@ id [citation]` above it")
_BLANK = say("`_` under `not`: say what is looked for in a predicate of its own")


class _Scan(A.Transformer):
    """Predicates, variables and doubtful constructs of one statement."""

    def __init__(self) -> None:
        self.atoms: list[tuple[str, int, Any]] = []
        self.variables: list[Any] = []
        self.negated_blanks: list[Any] = []
        self.constants: list[tuple[str, Any]] = []
        self._negated = False

    def visit_Literal(self, node: Any) -> Any:
        """Remember whether we stand under `not`."""
        before, self._negated = self._negated, node.sign != A.Sign.NoSign
        self.visit_children(node)
        self._negated = before
        return node

    def visit_SymbolicAtom(self, node: Any) -> Any:
        """Note the predicate."""
        symbol = node.symbol
        while symbol.ast_type == A.ASTType.UnaryOperation:
            symbol = symbol.argument
        if symbol.ast_type == A.ASTType.Function:
            self.atoms.append((symbol.name, len(symbol.arguments), symbol))
        self.visit_children(node)
        return node

    def visit_Variable(self, node: Any) -> Any:
        """Note the variable."""
        self.variables.append(node)
        if node.name == "_" and self._negated:
            self.negated_blanks.append(node.location)
        return node


def atoms_of(node: Any) -> list[tuple[str, int, Any]]:
    """The atoms of a statement, each with its name, number of arguments and place in the syntax tree."""
    scan = _Scan()
    scan.visit(node)
    return scan.atoms


def lint(files: Iterable[Path], predicates: Mapping[str, Predicate], notes: Mapping[str, RuleNote]) -> list[Problem]:
    """All complaints about the rule files; an empty list when there is none."""
    linter = _Linter(predicates, notes)
    for path in files:
        linter.file(path)
    return sorted([*linter.problems, *linter.whole()], key=lambda p: (p.file, p.line, p.column))


class _Linter:
    def __init__(self, predicates: Mapping[str, Predicate], notes: Mapping[str, RuleNote]) -> None:
        self.predicates, self.notes = predicates, notes
        self.problems: list[Problem] = []
        self.derived: dict[Signature, Any] = {}
        self.used: dict[Signature, Any] = {}
        self.defined: set[Signature] = set()
        self.shown: set[Signature] = set()
        self.aggregated: dict[str, set[str]] = defaultdict(set)

    def complain(self, location: Any, message: Text) -> None:
        self.problems.append(at(location, message))

    def file(self, path: Path) -> None:
        pending: list[str | None] = [None]

        def take(node: Any) -> None:
            if node.ast_type == A.ASTType.Comment:
                header = re.match(ANNOTATION, node.value.strip())
                pending[0] = header["id"] if header else pending[0]
            elif node.ast_type == A.ASTType.Rule:
                name, pending[0] = pending[0], None
                self._rule(node, self.notes.get(name) if name else None)
            elif node.ast_type == A.ASTType.Defined:
                self.defined.add((node.name, node.arity))
            elif node.ast_type == A.ASTType.ShowSignature:
                self.shown.add((node.name, node.arity))

        problems = syntax_problems(path, take)
        if problems:
            raise InputError(problems)

    def _rule(self, node: Any, note: RuleNote | None) -> None:
        head, body = _Scan(), _Scan()
        head.visit(node.head)
        for literal in node.body:
            body.visit(literal)
        is_constraint = node.head.ast_type == A.ASTType.Literal and not head.atoms
        if node.head.ast_type not in (A.ASTType.Literal, A.ASTType.Aggregate):
            self.complain(node.location, _HEAD)
        if note is None and (node.body or is_constraint):
            self.complain(node.location, _NO_NOTE)
        if is_constraint and any(
            name in self.predicates and _of_a_case(self.predicates[name]) for name, _, _ in body.atoms
        ):
            self.complain(node.location, FORBIDS)
        for name, arity, where in head.atoms:
            self.derived.setdefault((name, arity), where.location)
            if name.startswith("_"):
                message = say("{name}: names that begin with _ are kept for proofs", name=name)
                self.complain(where.location, message)
        for name, arity, where in body.atoms:
            self.used.setdefault((name, arity), where.location)
        self._variables(node, head, body, note)
        self._types([*head.atoms, *body.atoms])
        for location in body.negated_blanks:
            self.complain(location, _BLANK)

    def _variables(self, node: Any, head: _Scan, body: _Scan, note: RuleNote | None) -> None:
        uses: dict[str, list[Any]] = defaultdict(list)
        for variable in [*head.variables, *body.variables]:
            uses[variable.name].append(variable.location)
        said = note.variables() if note else set()
        for name, places in uses.items():
            if len(places) == 1 and name != "_" and name not in said:
                message = say("the variable {name} stands once; write _ or name it in the sentence", name=name)
                self.complain(places[0], message)
        for name in sorted(said - set(uses)):
            message = say(
                "the sentence of {note} speaks of {{{name}}}, which the rule does not have",
                note=note.id if note else "",
                name=name,
            )
            self.complain(node.location, message)

    def _types(self, atoms: Iterable[tuple[str, int, Any]]) -> None:
        """A variable stands for things of one type: so two arguments that changed places are noticed."""
        types: dict[str, tuple[str, str]] = {}
        for name, arity, symbol in atoms:
            predicate = self.predicates.get(name)
            if predicate is None or predicate.arity != arity:
                continue
            for argument, term in zip(predicate.arguments, symbol.arguments, strict=True):
                if not argument.type or term.ast_type != A.ASTType.Variable or term.name == "_":
                    continue
                type_, other = types.setdefault(term.name, (argument.type, name))
                if type_ != argument.type:
                    message = say(
                        "{variable} stands for {type} in {name} and for {other_type} in {other}",
                        variable=term.name,
                        type=argument.type,
                        name=name,
                        other_type=type_,
                        other=other,
                    )
                    self.complain(term.location, message)

    def whole(self) -> Iterator[Problem]:
        """What shows only when all files are seen."""
        known = {(p.name, p.arity) for p in self.predicates.values()}
        for (name, arity), location in {**self.derived, **self.used}.items():
            if (name, arity) not in known:
                near = nearest(name, self.predicates)
                message = say(
                    "{name}/{arity} has no vocabulary block `%*! {name}(..)`{near}", name=name, arity=arity, near=near
                )
                yield at(location, message)
        for (name, arity), location in self.used.items():
            if (name, arity) not in self.derived and (name, arity) not in self.defined:
                message = say(
                    "{name}/{arity} is used, but no rule derives it and no `#defined` declares it",
                    name=name,
                    arity=arity,
                )
                yield at(location, message)
        for (name, arity), location in self.derived.items():
            if (name, arity) not in self.used and (name, arity) not in self.shown:
                message = say("{name}/{arity} is derived, but nothing uses or shows it", name=name, arity=arity)
                yield at(location, message)
        yield from self._unspoken()

    def _unspoken(self) -> Iterator[Problem]:
        for predicate in self.predicates.values():
            if (predicate.name, predicate.arity) not in {*self.derived, *self.used, *self.defined}:
                message = say(
                    "{name}/{arity} is declared, but no rule speaks of it", name=predicate.name, arity=predicate.arity
                )
                yield Problem(predicate.file, predicate.line, 1, message)


def _of_a_case(predicate: Predicate) -> bool:
    return bool(predicate.arguments) and predicate.arguments[0].name == "Case"


def at(location: Any, message: Text, see: str = "") -> Problem:
    """A problem at a place of a syntax tree."""
    return Problem(location.begin.filename, location.begin.line, location.begin.column, message, see)


def syntax_problems(path: Path, take: Callable[[Any], None]) -> list[Problem]:
    """Parse one file, giving each statement to `take`; what clingo cannot read, with its place."""
    from pyliab.asp.program import problem_of

    found: list[Problem] = []
    try:
        A.parse_files([str(path)], take, logger=lambda _, text: found.append(problem_of(text)), message_limit=10_000)
    except RuntimeError:
        placed = [problem for problem in found if problem.file]
        return placed or [Problem(str(path), 0, 0, say("cannot be parsed"))]
    return []
