"""Reforms in the text of the law: each rule that a reform names is asked for the day, see `rules/analysis/reform.lp`.

Only those rules are touched, each on its own lines: what is said of a place in the amended file holds for the file as written.
"""

from __future__ import annotations

import atexit
import hashlib
import re
import tempfile
from collections.abc import Collection, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from clingo import ast as A

from pyliab.asp.syntax import Atom, at, atoms_of
from pyliab.kb import cache as kept
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.model import Reform, kind_of
from pyliab.kb.vocabulary import ANNOTATION
from pyliab.kb.yaml import read_yaml
from pyliab.text.problem import InputError, Problem, see, unknown
from pyliab.text.say import say
from pyliab.text.whole import write

Edit = tuple[tuple[int, int], tuple[int, int], str]
"""From a line and column to another, as clingo counts them, and what stands there instead."""


def amend(base: KnowledgeBase) -> None:
    """Put amended files in the place of those whose rules a reform touches. Raises InputError for what it names in vain."""
    problems = [problem for reform in base.reforms.values() for problem in _unknown(base, reform)]
    if problems:
        raise InputError(problems)
    base.unamended = base.rule_files
    base.rule_files = [_written(path, text) if (text := _amended(base, path)) else path for path in base.rule_files]


def _unknown(base: KnowledgeBase, reform: Reform) -> Iterator[Problem]:
    """Each thing that the reform names and that the base does not have."""
    positions = [f"{name}={position}" for name, issue in base.issues.items() for position in issue.choices()]
    known: dict[str, Collection[str]] = {"provision": base.provisions, "rule": base.notes, "position": positions}
    for i, change in enumerate(reform.changes):
        for key in ("ends", "answers", "brings"):
            name = getattr(change, key)
            if name and name not in (things := known[kind_of(name)]):
                message = unknown(say("there is no {given} that a reform could change{near}"), name, things)
                source = read_yaml(Path(base.files[f"reform {reform.name}"]))
                yield source.problem(("changes", i, key), message, see(name, things, "statutes"))


def _amended(base: KnowledgeBase, path: Path) -> str | None:
    """The text of a file with what reforms touch in it asked for the day; None where they touch nothing."""
    changes = [change for reform in base.reforms.values() for change in reform.changes]
    rules = {name for c in changes for name in (c.ends, c.brings) if name and kind_of(name) == "rule"}
    issues = {name.partition("=")[0] for c in changes for name in (c.answers, c.ends) if name and "=" in name}
    text, header, annotated = path.read_text(encoding="utf-8"), [""], list[tuple[Any, str]]()
    if not (rules & {note.id for note in base.notes.values() if note.file == str(path)} or _positions(text) & issues):
        return None

    def take(node: Any) -> None:
        if node.ast_type == A.ASTType.Comment:
            note = re.match(ANNOTATION, node.value.strip())
            header[0] = note["id"] if note else header[0]
        elif node.ast_type == A.ASTType.Rule:
            annotated.append((node, header[0] if header[0] in rules else ""))
            header[0] = ""

    A.parse_files([str(path)], take)
    edits = [edit for rule, named in annotated for edit in _edits(base, rule, named, issues)]
    return _edited(text, edits) if edits else None


def _positions(text: str) -> set[str]:
    return set(re.findall(r"position\((\w+),", text))


def _edits(base: KnowledgeBase, rule: Any, named: str, issues: set[str]) -> Iterator[Edit]:
    """What is changed in a rule: it fires only where it has not lapsed, and takes positions as they are on the day."""
    taken = [atom.symbol for atom in atoms_of(*rule.body) if _takes(atom) & issues]
    if not named and not taken:
        return
    case = next((str(a.symbol.arguments[0]) for a in atoms_of(rule.head) if _of_case(base, a)), None)
    if not rule.body or not case:
        message = say("this rule speaks of no case: a reform cannot change it from a day on")
        raise InputError([at(rule.location, message)])
    matter = f"{case}, {_harm(base, rule) or case}"
    for symbol in taken:
        begin, end = symbol.location.begin, symbol.location.end
        issue, position = symbol.arguments
        yield (begin.line, begin.column), (end.line, end.column), f"takes({matter}, {issue}, {position})"
    if named:
        stop = rule.location.end
        yield (stop.line, stop.column - 1), (stop.line, stop.column), f", not lapsed({matter}, {named})."


def _of_case(base: KnowledgeBase, atom: Atom) -> bool:
    block = base.predicates.get(atom.name)
    return bool(block and block.arguments and block.arguments[0].key == "case")


def _takes(atom: Atom) -> set[str]:
    """The issue on which an atom takes a position."""
    return {str(atom.symbol.arguments[0])} if atom.signature == ("position", 2) else set()


def _harm(base: KnowledgeBase, rule: Any) -> str | None:
    """The variable of the rule that stands for a harm, if it speaks of one."""
    conditions = (b for b in rule.body if b.ast_type == A.ASTType.Literal and b.sign == A.Sign.NoSign)
    for atom in atoms_of(*(b for b in conditions if b.atom.ast_type == A.ASTType.SymbolicAtom)):
        block = base.predicates.get(atom.name)
        for argument, term in zip(block.arguments if block else (), atom.symbol.arguments, strict=False):
            if argument.type == "harm" and term.ast_type == A.ASTType.Variable and term.name != "_":
                return str(term)
    return None


def _edited(text: str, edits: list[Edit]) -> str:
    """The text with other words in some places, the last first; clingo counts columns in bytes."""
    rows = [row.encode() for row in text.splitlines(keepends=True)]
    starts = [0]
    for row in rows:
        starts.append(starts[-1] + len(row))
    raw = b"".join(rows)
    for (line, column), (to_line, to_column), words in sorted(edits, reverse=True):
        begin, end = starts[line - 1] + column - 1, starts[to_line - 1] + to_column - 1
        raw = raw[:begin] + words.encode() + raw[end:]
    return raw.decode()


def _written(path: Path, text: str) -> Path:
    """The amended file, kept by what stands in it: in the cache, or where that cannot be written, for this process."""
    name = f"{hashlib.sha256(text.encode()).hexdigest()[:16]}/{path.name}"
    for folder in (kept.folder(), _scratch()):
        file = folder / "amended" / name if folder else Path()
        with suppress(OSError):
            if folder and not file.exists():
                file.parent.mkdir(parents=True, exist_ok=True)
                write(file, text.encode())
        if folder and file.exists():
            return file
    raise InputError([Problem(str(path), 0, 0, say("the amended rules can be written nowhere"))])


@cache
def _scratch() -> Path:
    folder = tempfile.TemporaryDirectory(prefix="pyliab-")
    atexit.register(folder.cleanup)
    return Path(folder.name)
