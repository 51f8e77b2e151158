"""A letter means one thing in all rules, and arguments stand in one order: as the table of rules/README.md says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from clingo import ast

from pyliab.asp.syntax import atoms_of
from pyliab.kb.base import KnowledgeBase

README = (Path(__file__).parent.parent / "rules" / "README.md").read_text(encoding="utf-8")
ROW = r"(?m)^\| `([A-Z])` \| ([^|]+) \| ([A-Z][A-Za-z ]+) \|$"
ITEM_BEFORE_PLATFORM = {"offers", "bought"}


def letters() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The letters, with the arguments in whose place each stands, as the English and the Chinese half give them."""
    halves = README.split("\n---\n")
    english, chinese = ({letter: set(names.split()) for letter, _, names in re.findall(ROW, half)} for half in halves)
    return english, chinese


def placed(base: KnowledgeBase, path: Path) -> Iterator[tuple[int, str, str, str]]:
    """Each letter of a file with its line, the predicate, and the argument in whose place it stands."""
    rules: list[ast.AST] = []
    ast.parse_files([str(path)], lambda node: rules.append(node) if node.ast_type == ast.ASTType.Rule else None)
    for rule in rules:
        for atom in atoms_of(rule):
            name, symbol, predicate = atom.name, atom.symbol, base.predicates[atom.name]
            assert atom.signature == (name, predicate.arity)
            for argument, term in zip(predicate.arguments, symbol.arguments, strict=True):
                if term.ast_type == ast.ASTType.Variable and re.fullmatch("[A-Z]'*", term.name):
                    yield term.location.begin.line, term.name[0], name, argument.name


def test_a_letter_means_one_thing_in_all_rules(base: KnowledgeBase) -> None:
    english, chinese = letters()
    assert english == chinese
    files = {path: set(placed(base, path)) for path in base.rule_files}
    wrong = [
        f"{path.name}:{line}: {letter} is {argument} in {name}"
        for path, uses in files.items()
        for line, letter, name, argument in sorted(uses)
        if argument not in english.get(letter, set())
    ]
    assert not wrong, "\n".join(wrong)
    assert {letter for uses in files.values() for _, letter, _, _ in uses} == english.keys()


def test_parties_stand_before_things(base: KnowledgeBase) -> None:
    """The case, who acts, toward whom, with whom, the thing, the harm; what is said of a harm begins with it."""
    late = set()
    for predicate in base.predicates.values():
        types = [argument.type for argument in predicate.arguments if argument.name != "Case"]
        things = {"item", "harm", "date"} if types[:1] != ["harm"] else set()
        first = next((place for place, type_ in enumerate(types) if type_ in things), len(types))
        late |= {predicate.name} if "party" in types[first:] else set()
    assert late == ITEM_BEFORE_PLATFORM
