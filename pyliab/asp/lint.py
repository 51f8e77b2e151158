"""What clingo accepts in silence and a lawyer would not: lint over the syntax tree of the rule files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from clingo import ast as A

from pyliab.asp.syntax import Atom, Parts, Signature, at, syntax_problems, variables_of
from pyliab.kb.vocabulary import ANNOTATION, Predicate, RuleNote
from pyliab.text.problem import InputError, Problem, nearest
from pyliab.text.say import Text, say

FORBIDS = say("a constraint may not forbid a case: it would silence every other case; derive a conclusion instead")
_HEAD = say("this kind of head cannot be explained; write one conclusion to a rule")
_NO_NOTE = say("this rule has no `%@ id [citation]` above it")
_BLANK = say("`_` under `not`: say what is looked for in a predicate of its own")


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
        in_head, in_body = Parts(node.head), Parts(*node.body)
        head, body = list(in_head.atoms()), list(in_body.atoms())
        is_constraint = node.head.ast_type == A.ASTType.Literal and not head
        if node.head.ast_type not in (A.ASTType.Literal, A.ASTType.Aggregate):
            self.complain(node.location, _HEAD)
        if note is None and (node.body or is_constraint):
            self.complain(node.location, _NO_NOTE)
        if is_constraint and any(_of_a_case(self.predicates.get(atom.name)) for atom in body):
            self.complain(node.location, FORBIDS)
        for atom in head:
            self.derived.setdefault(atom.signature, atom.symbol.location)
            if atom.name.startswith("_"):
                message = say("{name}: names that begin with _ are kept for proofs", name=atom.name)
                self.complain(atom.symbol.location, message)
        for atom in body:
            self.used.setdefault(atom.signature, atom.symbol.location)
        variables, literals = (
            [*in_head.of(kind), *in_body.of(kind)] for kind in (A.ASTType.Variable, A.ASTType.Literal)
        )
        self._variables(node, variables, note)
        self._types([*head, *body])
        for literal in filter(_is_negated, literals):
            for blank in (part for part in variables_of(literal) if part.name == "_"):
                self.complain(blank.location, _BLANK)

    def _variables(self, node: Any, variables: Iterable[Any], note: RuleNote | None) -> None:
        uses: dict[str, list[Any]] = defaultdict(list)
        for variable in variables:
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

    def _types(self, atoms: Iterable[Atom]) -> None:
        """A variable stands for things of one type: so two arguments that changed places are noticed."""
        types: dict[str, tuple[str, str]] = {}
        for atom in atoms:
            name, predicate = atom.name, self.predicates.get(atom.name)
            if predicate is None or (name, predicate.arity) != atom.signature:
                continue
            for argument, term in zip(predicate.arguments, atom.symbol.arguments, strict=True):
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
            told = (p := self.predicates.get(name)) is not None and p.group
            if (name, arity) not in self.derived and (name, arity) not in self.defined and not told:
                message = say(
                    "{name}/{arity} is used, but no rule derives it and no `#defined` declares it",
                    name=name,
                    arity=arity,
                )
                yield at(location, message)
        for (name, arity), location in self.derived.items():
            for_those_who_ask = Path(location.begin.filename).parent.name == "analysis"
            if (name, arity) not in {*self.used, *self.shown} and not for_those_who_ask:
                message = say("{name}/{arity} is derived, but nothing uses or shows it", name=name, arity=arity)
                yield at(location, message)
        yield from self._unspoken()

    def _unspoken(self) -> Iterator[Problem]:
        for predicate in self.predicates.values():
            spoken = (predicate.name, predicate.arity) in {*self.derived, *self.used, *self.defined}
            if not spoken and not predicate.amount:
                message = say(
                    "{name}/{arity} is declared, but no rule speaks of it", name=predicate.name, arity=predicate.arity
                )
                yield Problem(predicate.file, predicate.line, 1, message)


def _of_a_case(predicate: Predicate | None) -> bool:
    return predicate is not None and bool(predicate.arguments) and predicate.arguments[0].name == "Case"


def _is_negated(literal: Any) -> bool:
    """Is this an atom under `not`?"""
    return bool(literal.sign != A.Sign.NoSign and literal.atom.ast_type == A.ASTType.SymbolicAtom)
