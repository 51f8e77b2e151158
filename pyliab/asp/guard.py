"""What a rule file from outside may not do, because answers or proofs would silently be wrong.

Held against the syntax tree when a user's folder is loaded; `lint` says the rest, which is a matter of good order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from clingo import ast as A

from pyliab.asp.defined import Words
from pyliab.asp.lint import FORBIDS
from pyliab.asp.loops import loops
from pyliab.asp.open_facts import analysis_file
from pyliab.asp.syntax import at, atoms_of, syntax_problems, walk
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.folders import Root
from pyliab.text.problem import Problem, nearest
from pyliab.text.say import quoted, say

_TAKEN = {A.ASTType.Rule, A.ASTType.Defined, A.ASTType.Comment, A.ASTType.Program}
_OF_READINGS = {"position", "chosen", "answer", "default", "incompatible", "issue"}
_WITH_BASIS = {"owes": 2, "fulfilled": 2, "applies": 2, "displaced": 2}
_NOT_EXPLAINED = {
    A.ASTType.BinaryOperation: say("rules do not calculate: numbers wrap around silently in the solver"),
    A.ASTType.Interval: say("an interval cannot be explained; write one rule for each value"),
    A.ASTType.Pool: say("a pool (a; b) cannot be explained; write one rule for each alternative"),
}
_NOT_NOT = say("`not not` cannot be explained; say what is looked for")
_KEPT = say("names that begin with _ are kept for proofs")
_IN_PRINCIPLE = say("this kind of statement is not taken in a principle")
_IN_RULES = say("this kind of statement is not taken in a rule file of one's own")
_CHOOSES = say("a rule of one's own draws one conclusion; it chooses nothing")
_OUTPUT = {"owed", "liable", "rests_on", "covers", "terms"}
_FROM_OWES = say("a liability follows from `owes`, with its basis, its harm and its form: conclude that")
_OF_CASES = say("what happened in a case stands in its file: no rule concludes a word of case files")
_WITHOUT_BODY = say("this holds of a case without a reason: say from what it follows")
_ASKING = ("open.lp", "hypothetical.lp", "burden.lp", "pairs.lp", "stress.lp")
"""What a principle can speak of beside the law, in `rules/analysis/`."""


def guard(base: KnowledgeBase, roots: Sequence[Root], scripts: bool = False) -> list[Problem]:
    """Everything in the rules and principles of these folders that may not be there; files that clingo cannot parse are
    reported as such. `base` was read with them. `scripts`: the user allows them.
    """
    words, problems = Words(base), list[Problem]()
    for root in roots:
        shows = {A.ASTType.ShowSignature} if root.engine else set()  # a body of law says itself what it shows
        taken = {*_taken(scripts), *shows}
        problems += _parsed(root.rule_files(), words, partial(_statement, taken))
        output = set() if root.engine else _OUTPUT
        problems += _parsed(root.rule_files(), words.copy(), partial(_conclusion, words, output, _forms(base)))
    problems += words.undefined()
    own = [path for root in roots for path in root.rule_files()]
    problems = problems or list(loops(base.rule_files, own))
    principles = [path for root in roots for path in root.principle_files()]
    return problems or _guard_principles(words, principles, scripts)


def _forms(base: KnowledgeBase) -> set[str]:
    """The forms of liability of which rules say what they mean."""
    texts = (path.read_text(encoding="utf-8") for path in base.rule_files)
    return {form for text in texts for form in re.findall(r"^\s*meaning\(\s*(\w+)", text, re.M)}


def _conclusion(words: Words, output: set[str], forms: set[str], node: Any) -> Iterator[Problem]:
    """No rule concludes what happened, nor, laid over a body of law, the `output` that its engine makes of `owes`."""
    for name, arguments, place in _heads(node):
        block = words.blocks.get(name)
        if name in output:
            yield at(place, _FROM_OWES)
        elif block and block.group:
            yield at(place, _OF_CASES)
        elif block and not node.body and block.arguments[:1] and block.arguments[0].name == "Case":
            yield at(place, _WITHOUT_BODY)
        form = str(arguments[-1]) if name == "owes" else ""
        if form[:1].islower() and form not in forms:
            message = say(
                "no `meaning` says what the form {form} comes to{near}", form=quoted(form), near=nearest(form, forms)
            )
            yield at(arguments[-1].location, message)


def _heads(node: Any) -> Iterator[tuple[str, Any, Any]]:
    """What a rule concludes: name, arguments, place."""
    if node.ast_type == A.ASTType.Rule:
        for atom in atoms_of(node.head):
            yield atom.name, atom.symbol.arguments, atom.symbol.location


def _guard_principles(words: Words, files: Sequence[Path], scripts: bool) -> list[Problem]:
    """A principle may choose and forbid, for it speaks of hypothetical cases, but runs nothing."""
    taken = {*_taken(scripts), A.ASTType.ShowSignature, A.ASTType.ShowTerm}
    for path in [*map(analysis_file, _ASKING), words.base.home / "cast.lp"] if files else []:
        words.declare(path)
    problems: list[Problem] = []
    for path in files:
        own = words.copy()
        problems += _parsed(
            [path], own, lambda node: [] if node.ast_type in taken else [at(node.location, _IN_PRINCIPLE)]
        )
        problems += own.undefined()
    return problems


def _parsed(files: Iterable[Path], words: Words, faults: Callable[[Any], Iterable[Problem]]) -> list[Problem]:
    """What is wrong with the statements of some files, or with their syntax; the words take in each statement."""
    problems: list[Problem] = []

    def take(node: Any) -> None:
        words.take(node)
        problems.extend(faults(node))

    for path in files:
        problems += syntax_problems(path, take)
    return problems


def _taken(scripts: bool) -> set[A.ASTType]:
    return {*_TAKEN, A.ASTType.Script} if scripts else _TAKEN


def _statement(taken: set[A.ASTType], node: Any) -> Iterator[Problem]:
    if node.ast_type not in taken:
        yield at(node.location, _IN_RULES)
    if node.ast_type not in taken or node.ast_type != A.ASTType.Rule:
        return
    yield from (problem for part in walk(node) for problem in _part(part))
    atoms = list(atoms_of(node.head, *node.body))
    yield from (at(atom.symbol.location, _KEPT) for atom in atoms if atom.name.startswith("_"))
    if node.head.ast_type != A.ASTType.Literal:
        yield at(node.location, _CHOOSES)
    elif node.head.atom.ast_type != A.ASTType.SymbolicAtom and {atom.name for atom in atoms} - _OF_READINGS:
        yield at(node.location, FORBIDS)


def _part(part: Any) -> Iterator[Problem]:
    """What is wrong with a part of a rule, whatever stands beneath it."""
    if part.ast_type in _NOT_EXPLAINED:
        yield at(part.location, _NOT_EXPLAINED[part.ast_type])
    elif part.ast_type == A.ASTType.Literal and part.sign == A.Sign.DoubleNegation:
        yield at(part.location, _NOT_NOT)
    elif part.ast_type == A.ASTType.Function and _lacks_basis(part):
        message = say('the second argument of {name} is written basis("PROVISION", limb)', name=part.name)
        yield at(part.location, message)


def _lacks_basis(atom: Any) -> bool:
    place = _WITH_BASIS.get(atom.name)
    if not place or len(atom.arguments) < 5:
        return False
    basis = atom.arguments[place - 1]
    is_basis = basis.ast_type == A.ASTType.Function and basis.name == "basis" and len(basis.arguments) == 2
    return not is_basis and bool(basis.ast_type != A.ASTType.Variable)
