"""From files to a knowledge base: every document is read, checked and laid over what is there."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

from pyliab.kb import model
from pyliab.kb.base import Guard, KnowledgeBase, no_issue
from pyliab.kb.case import CaseFile, read_case
from pyliab.kb.compatibility import clashes
from pyliab.kb.folders import Root
from pyliab.kb.reading import taken
from pyliab.kb.scan import precheck
from pyliab.kb.validate import validate
from pyliab.kb.vocabulary import read_notes, read_predicates
from pyliab.kb.yaml import YamlFile, read_parts, read_yaml
from pyliab.text.problem import InputError, Problem, kind_name, see, show, unknown
from pyliab.text.say import EMPTY, Text, quoted, say

_QUOTED = r'"([^"\n]+)"'
_ASKED = r'(?:(?:in_force|governs|law_of_the_day|law_of_claim)\(\w+, |predecessor\(|construes\()"([^"]+)"'
"""How a rule asks whether a provision is law: itself, or as the body of a rule that another enacts again."""
D = TypeVar("D", bound=model.Document)


def read(
    roots: Sequence[Root], guard: Guard, over: KnowledgeBase | None = None, *, scripts: bool = False
) -> KnowledgeBase:
    """Read and check every file, later roots over earlier ones and all of them over the base given.

    Raises InputError with all problems found.
    """
    base, problems = over.copy() if over else KnowledgeBase(home=roots[0].rules), list[Problem]()
    for root in roots:
        for path in (*root.engine, *root.rule_files()):
            if path not in base.rule_files:
                _collect(problems, _read_rules, base, path, scripts)
        for path in root.principle_files():
            _collect(problems, precheck, path, scripts)
            base.principle_files.append(path)
    for kind in ("sources", "statutes", "issues", "reforms", "readings", "cases", "papers"):
        for root in roots:
            for path in root.documents(kind):
                _collect(problems, _READERS[kind], base, path)
    own = [root for root in roots if root.own]
    if own and not problems:
        problems += guard(base, own, scripts)
    if problems:
        raise InputError(problems)
    return base


def _collect(problems: list[Problem], reader: Any, *args: Any) -> None:
    try:
        reader(*args)
    except InputError as error:
        problems += error.problems


def _read_rules(base: KnowledgeBase, path: Path, scripts: bool) -> None:
    text = precheck(path, scripts)
    base.rule_files.append(path)
    base.asked += re.findall(_ASKED, text)
    base.quoted += (word for word in re.findall(_QUOTED, text) if word not in base.quoted)
    for predicate in read_predicates(path, text):
        if predicate.name in base.predicates:
            other_block = base.predicates[predicate.name]
            place = f"{other_block.file}:{other_block.line}"
            message = say("{name} is declared already at {place}", name=predicate.name, place=place)
            raise InputError([Problem(str(path), predicate.line, 1, message)])
        base.predicates[predicate.name] = predicate
    for note in read_notes(path, text):
        if note.id in base.notes:
            other = base.notes[note.id]
            message = say(
                "the rule id {id} stands already at {file}:{line}", id=quoted(note.id), file=other.file, line=other.line
            )
            raise InputError([Problem(str(path), note.line, 1, message)])
        base.notes[note.id] = note


def _document(path: Path, kind: type[D]) -> tuple[YamlFile, D]:
    source = read_yaml(path)
    return source, validate(kind, source)


def _keep(base: KnowledgeBase, kind: str, name: str, document: object, path: Path, *, alone: bool = False) -> None:
    """Enter a document into the base. A file that holds it `alone` bears its name."""
    if alone and path.stem != name:
        message = say(
            "the file is named {stem}, and what it holds is named {name}: give both one name", stem=path.stem, name=name
        )
        raise InputError([Problem(str(path), 1, 1, message)])
    known = base.files.get(f"{kind} {name}")
    if known:
        message = say(
            "the {kind} {name} stands already in {known}; give yours another name",
            kind=kind_name(kind),
            name=quoted(name),
            known=known,
        )
        raise InputError([Problem(str(path), 1, 1, message)])
    base.files[f"{kind} {name}"] = str(path)
    getattr(base, f"{kind}s")[name] = document


def _read_statute(base: KnowledgeBase, path: Path) -> None:
    source, statute = _document(path, model.Statute)
    _keep(base, "statute", statute.statute, statute, path)
    for i, provision in enumerate(statute.provisions):
        if provision.id in base.provisions:
            message = say("the provision {name} exists already", name=quoted(provision.id))
            raise InputError([source.problem(("provisions", i, "id"), message)])
    base.provisions.update({provision.id: provision for provision in statute.enacted()})


def read_issue_file(base: KnowledgeBase, path: Path) -> list[model.Issue | model.IssueAddition]:
    """A file with `issue:` is an issue; one with `extends:` adds positions to an issue that exists; one with `of:` is
    several of them at once. All enter the base.
    """
    parts = read_parts(path)
    return [_read_issue(base, path, part, alone=len(parts) == 1) for part in parts]


def _read_issue(base: KnowledgeBase, path: Path, source: YamlFile, *, alone: bool) -> model.Issue | model.IssueAddition:
    if isinstance(source.data, dict) and "extends" in source.data:
        return _extend(base, source)
    issue = validate(model.Issue, source)
    _keep(base, "issue", issue.issue, issue, path, alone=alone)
    return issue


def _extend(base: KnowledgeBase, source: YamlFile) -> model.IssueAddition:
    addition = validate(model.IssueAddition, source)
    name = addition.extends
    if name not in base.issues:
        raise InputError([source.problem(("extends",), no_issue(base, name), see(name, base.issues, "issues"))])
    issue = base.issues[name]
    for position in addition.positions:
        if position in issue.positions:
            message = say("{issue} has a position {name} already", issue=name, name=quoted(position))
            raise InputError([source.problem(("positions", position), message)])
        base.files[f"position {name}={position}"] = source.file
    base.issues[name] = replace(issue, positions={**issue.positions, **addition.positions})
    return addition


def _read_reform(base: KnowledgeBase, path: Path) -> None:
    """A reform enters the base as an issue too: is it the law?"""
    reform = _document(path, model.Reform)[1]
    touched = {thing for change in reform.changes for thing in change.touched}
    rivals = [r.name for r in base.reforms.values() if touched & {thing for c in r.changes for thing in c.touched}]
    issue = reform.issue(rivals)
    _keep(base, "issue", reform.name, issue, path)
    _keep(base, "reform", reform.name, reform, path, alone=True)


def _read_reading(base: KnowledgeBase, path: Path) -> None:
    reading = load_reading(path, base)
    _keep(base, "reading", reading.reading, reading, path, alone=True)


def _read_case_file(base: KnowledgeBase, path: Path) -> None:
    case = load_case(path, base)
    _keep(base, "case", case.id, case, path, alone=True)


def _read_sources(base: KnowledgeBase, path: Path) -> None:
    if path.stem == "labels":
        for kind, labels in _document(path, model.Labels)[1].labels.items():
            base.labels[kind] = {**base.labels.get(kind, {}), **labels}
        return
    for name, source in _document(path, model.Bibliography)[1].sources.items():
        _keep(base, "source", name, source, path)


def _read_paper(base: KnowledgeBase, path: Path) -> None:
    paper = _document(path, model.Paper)[1]
    _keep(base, "paper", paper.paper, paper, path)


_READERS: dict[str, Callable[[KnowledgeBase, Path], object]] = {
    "papers": _read_paper,
    "sources": _read_sources,
    "statutes": _read_statute,
    "issues": read_issue_file,
    "reforms": _read_reform,
    "readings": _read_reading,
    "cases": _read_case_file,
}


def load_case(path: Path, base: KnowledgeBase) -> CaseFile:
    """Read one case file against the vocabulary of `base`."""
    return read_case(*_document(path, model.Case), base.vocabulary)


def load_credence(path: Path, base: KnowledgeBase) -> dict[str, dict[str, Fraction]]:
    """Read weights on positions, by issue all positions with what they have of one. Raises InputError."""
    source, document = _document(path, model.Credence)
    problems, weights = list[Problem](), dict[str, dict[str, Fraction]]()
    for issue, given in document.credence.items():
        if issue not in base.issues:
            problems.append(
                source.problem(("credence", issue), no_issue(base, issue), see(issue, base.issues, "issues"))
            )
            continue
        choices = base.issues[issue].choices()
        none = say("{issue} has no position {given}{near} (one of: {known})", issue=issue)
        wrong = {p: text for p, weight in given.items() if (text := _no_weight(weight))}
        wrong |= {p: unknown(none, p, choices) for p in given if p not in choices}
        problems += [source.problem(("credence", issue, p), text, show(issue)) for p, text in wrong.items()]
        parts = {} if wrong else {p: _weight(given.get(p, "0")) for p in choices}
        whole = sum(parts.values())
        if not wrong and not whole:
            problems.append(
                source.problem(("credence", issue), say("no position of {issue} has a weight", issue=issue))
            )
        weights[issue] = {p: part / whole for p, part in parts.items()} if whole else {}
    if problems:
        raise InputError(problems)
    return weights


def _weight(text: str) -> Fraction:
    return Fraction(text.removesuffix("%").strip()) / (100 if text.endswith("%") else 1)


def _no_weight(text: str) -> Text:
    """What is wrong with a weight; nothing where it is one."""
    try:
        fine = _weight(text) >= 0
    except (ValueError, ZeroDivisionError):
        fine = False
    return EMPTY if fine else say("{text} is no weight: write 60%, 3/5 or 3", text=quoted(text))


def load_reading(path: Path, base: KnowledgeBase) -> model.Reading:
    """Read one reading; every position must exist and be encoded."""
    source, reading = _document(path, model.Reading)
    problems = []
    for issue, choice in reading.positions.items():
        keys = ("positions", issue)
        if issue not in base.issues:
            problems.append(source.problem(keys, no_issue(base, issue), see(issue, base.issues, "issues")))
            continue
        positions, name = base.issues[issue].positions, choice.position
        if name not in positions:
            none = say("{issue} has no position {given}{near} (one of: {known})", issue=issue)
            problems.append(source.problem((*keys, "position"), unknown(none, name, positions), show(issue)))
        elif why := positions[name].not_encoded:
            message = say("{issue}={name} cannot be applied: {why}", issue=issue, name=name, why=why)
            problems.append(source.problem((*keys, "position"), message, show(f"{issue}={name}")))
    excluded = clashes(base.issues, taken(reading))
    problems += [source.problem(("positions", clash.first[0]), clash.text()) for clash in excluded]
    if problems:
        raise InputError(problems)
    return reading
