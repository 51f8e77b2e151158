"""The knowledge base in memory: statutes, issues, readings, cases, sources, words and rule annotations."""

from __future__ import annotations

import gc
import re
from collections import UserDict
from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pyliab.kb import cache
from pyliab.kb.case import CaseFile, Fact, read_case
from pyliab.kb.compatibility import clashes, declared
from pyliab.kb.folders import Root, overlay, shipped
from pyliab.kb.scan import precheck
from pyliab.kb.vocabulary import Argument, Predicate, RuleNote, read_notes, read_predicates
from pyliab.text.problem import InputError, Problem, kind_name, nearest, see, show
from pyliab.text.say import Text, listed, quoted, say, words

FOREVER = 99991231
_QUOTED = r'"([^"\n]+)"'
_ASKED = r'(?:in_force\(\w+, |law_of_the_day\(\w+, |predecessor\()"([^"]+)"'
"""How a rule asks whether a provision is law: itself, or as the body of a rule that another enacts again."""


@dataclass(eq=False)
class KnowledgeBase:
    """All that is known. Documents are plain data in the shapes of `schema.py`, by id; `files` says where each stands."""

    rule_files: list[Path] = field(default_factory=list)
    principle_files: list[Path] = field(default_factory=list)
    statutes: dict[str, dict[str, Any]] = field(default_factory=dict)
    issues: dict[str, dict[str, Any]] = field(default_factory=dict)
    readings: dict[str, dict[str, Any]] = field(default_factory=dict)
    cases: MutableMapping[str, CaseFile] = field(default_factory=dict)
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    labels: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    papers: dict[str, dict[str, Any]] = field(default_factory=dict)
    predicates: dict[str, Predicate] = field(default_factory=dict)
    notes: dict[str, RuleNote] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    quoted: list[str] = field(default_factory=list)

    @property
    def vocabulary(self) -> dict[str, Predicate]:
        """The words of case files: the predicates that belong to a group."""
        return {name: p for name, p in self.predicates.items() if p.group}

    @cached_property
    def provisions(self) -> dict[str, dict[str, Any]]:
        """All provisions by id, each with `statute` and its period in force filled in."""
        found = {}
        for statute in self.statutes.values():
            for provision in statute["provisions"]:
                period = provision["in_force"] or statute["in_force"]
                found[provision["id"]] = {**provision, "statute": statute["statute"], "in_force": period}
        return found

    def decides(self, provision: str) -> bool:
        """Does a rule ask whether this provision is in force?"""
        return provision in self.asked

    def position(self, issue: str, position: str) -> dict[str, Any]:
        """One position of an issue."""
        found: dict[str, Any] = self.issues[issue]["positions"][position]
        return found

    def background(self) -> dict[str, str]:
        """The plain-text default of each issue that has one."""
        return {name: issue["default"] for name, issue in self.issues.items() if issue["default"]}

    def case(self, name: str) -> CaseFile:
        """A case by id, or by the path of a case file. Raises InputError."""
        if _is_path(name):
            return load_case(Path(name), self)
        if name not in self.cases:
            near = nearest(name, self.cases)
            raise InputError(
                say(
                    "no case {name}{near} (`pyliab cases` lists them; a file is named by its path)",
                    name=quoted(name),
                    near=near,
                )
            )
        return self.cases[name]

    def reading(self, name: str) -> dict[str, Any]:
        """A reading by id, or by the path of a reading file. Raises InputError."""
        if _is_path(name):
            return load_reading(Path(name), self)
        if name not in self.readings:
            near = nearest(name, self.readings)
            raise InputError(
                say(
                    "no reading {name}{near} (`pyliab readings` lists them; a file is named by its path)",
                    name=quoted(name),
                    near=near,
                )
            )
        return self.readings[name]

    def law_facts(self) -> list[tuple[str, tuple[str | int, ...]]]:
        """What the rules need to know: the provisions they name, with dates; positions; defaults; marks of words."""
        facts: list[tuple[str, tuple[str | int, ...]]] = []
        for name, provision in self.provisions.items():
            if name not in self.quoted:
                continue
            period = provision["in_force"]
            end = int(period["end"].replace("-", "")) if period["end"] else FOREVER
            facts.append(("provision", (name, int(period["start"].replace("-", "")), end)))
            facts.append(("paragraph", (name, article(name))))
            facts.append(("statute", (name, provision["statute"])))
        for name, issue in self.issues.items():
            facts += [
                ("answer", (name, p)) for p, position in issue["positions"].items() if not position["not_encoded"]
            ]
            if issue["default"]:
                facts.append(("default", (name, issue["default"])))
        for word, predicate in self.vocabulary.items():
            facts += [(mark, (word, *more)) for mark, *more in predicate.marks]
        facts += [("incompatible", (*one.first, *one.second)) for one in declared(self.issues)]
        return facts


def article(provision: str) -> str:
    """`ECL 38(2)` belongs to `ECL 38`."""
    return re.sub(r"\(.*", "", provision)


Guard = Callable[[Sequence[Path], Sequence[Path], bool], list[Problem]]
"""What is wrong with rules and principles from outside; the last argument says whether they may run Python."""


def load_guarded(folders: Sequence[Path], guard: Guard, *, scripts: bool = False) -> KnowledgeBase:
    """The shipped base with the user's folders laid over it. Raises InputError with all problems found.

    `scripts`: rules in these folders may run Python. Rules from outside are held against `guard`, see `asp/load.py`.

    The shipped base is kept in the cache by itself, so that a change in one's own folder reads that folder only.
    """
    each = {folder.resolve(): folder for folder in reversed(folders)}  # named twice, a folder counts once
    ours, own = [shipped()], [overlay(folder) for folder in reversed(each.values())]
    if not own:
        return _kept(ours, lambda: read(ours, guard))
    kind = "base-with-scripts" if scripts else "base"
    return _kept(
        [*ours, *own], lambda: read(own, guard, over=_kept(ours, lambda: read(ours, guard)), scripts=scripts), kind
    )


def _kept(roots: Sequence[Root], make: Callable[[], KnowledgeBase], kind: str = "base") -> KnowledgeBase:
    """The base of these roots from the cache, or made and kept there."""
    now = cache.state(path for root in roots for path in root.files())
    stored = cache.load(kind, now)
    if stored is not None:
        gc.disable()  # nothing that is loaded here is garbage, and looking for some takes as long as loading
        try:
            return _from_json(stored)
        except (TypeError, KeyError, AttributeError, ValueError):
            pass  # a damaged entry: read the files
        finally:
            gc.enable()
    base = make()
    cache.save(kind, now, _to_json(base))
    return base


def read(
    roots: Sequence[Root], guard: Guard, over: KnowledgeBase | None = None, *, scripts: bool = False
) -> KnowledgeBase:
    """Read and check every file, later roots over earlier ones and all of them over the base given, which grows."""
    base, problems = over or KnowledgeBase(), list[Problem]()
    for root in roots:
        for path in root.rule_files():
            _collect(problems, _read_rules, base, path, scripts)
        for path in root.principle_files():
            _collect(problems, precheck, path, scripts)
            base.principle_files.append(path)
    for kind in ("sources", "statutes", "issues", "readings", "cases", "papers"):
        for root in roots:
            for path in root.documents(kind):
                _collect(problems, _READERS[kind], base, path)
    own = [root for root in roots if root.own]
    if own and not problems:
        rules = [path for root in own for path in root.rule_files()]
        problems += guard(rules, [path for root in own for path in root.principle_files()], scripts)
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


def _document(path: Path, model: str) -> tuple[Any, dict[str, Any]]:
    from pyliab.kb import model as schema
    from pyliab.kb import validate as shapes
    from pyliab.kb import yaml as documents

    source = documents.read_yaml(path)
    return source, shapes.validate(getattr(schema, model), source)


def _keep(base: KnowledgeBase, kind: str, name: str, path: Path) -> None:
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


def _check_stem(path: Path, name: str) -> None:
    if path.stem != name:
        message = say(
            "the file is named {stem}, and what it holds is named {name}: give both one name", stem=path.stem, name=name
        )
        raise InputError([Problem(str(path), 1, 1, message)])


def _read_statute(base: KnowledgeBase, path: Path) -> None:
    _, doc = _document(path, "Statute")
    _keep(base, "statute", doc["statute"], path)
    taken = set(base.provisions)
    for provision in doc["provisions"]:
        if provision["id"] in taken:
            name = provision["id"]
            message = say("the provision {name} exists already", name=quoted(name))
            raise InputError([Problem(str(path), 0, 0, message)])
    base.statutes[doc["statute"]] = doc
    del base.provisions  # reckoned anew with this statute


def read_issue_file(base: KnowledgeBase, path: Path) -> None:
    """A file with `issue:` is an issue; one with `extends:` adds positions to an issue that exists."""
    from pyliab.kb import model as schema
    from pyliab.kb import validate as shapes
    from pyliab.kb import yaml as documents

    source = documents.read_yaml(path)
    if isinstance(source.data, dict) and "extends" in source.data:
        doc = shapes.validate(schema.IssueAddition, source)
        if doc["extends"] not in base.issues:
            message, where = no_issue(base, doc["extends"]), see(doc["extends"], base.issues, "issues")
            raise InputError([source.problem(("extends",), message, where)])
        issue = base.issues[doc["extends"]]
        for name, position in doc["positions"].items():
            if name in issue["positions"]:
                message = say("{issue} has a position {name} already", issue=issue["issue"], name=quoted(name))
                raise InputError([source.problem(("positions", name), message)])
            issue["positions"][name] = position
            base.files[f"position {doc['extends']}={name}"] = str(path)
        return
    doc = shapes.validate(schema.Issue, source)
    _check_stem(path, doc["issue"])
    _keep(base, "issue", doc["issue"], path)
    base.issues[doc["issue"]] = doc


def _read_reading(base: KnowledgeBase, path: Path) -> None:
    doc = load_reading(path, base)
    _check_stem(path, doc["reading"])
    _keep(base, "reading", doc["reading"], path)
    base.readings[doc["reading"]] = doc


def _read_case_file(base: KnowledgeBase, path: Path) -> None:
    case = load_case(path, base)
    _check_stem(path, case.id)
    _keep(base, "case", case.id, path)
    base.cases[case.id] = case


def _read_sources(base: KnowledgeBase, path: Path) -> None:
    if path.stem == "labels":
        _, doc = _document(path, "Labels")
        for kind, labels in doc["labels"].items():
            base.labels[kind] = {**base.labels.get(kind, {}), **labels}
        return
    _, doc = _document(path, "Bibliography")
    for name, source in doc["sources"].items():
        _keep(base, "source", name, path)
        base.sources[name] = source


def _read_paper(base: KnowledgeBase, path: Path) -> None:
    _, doc = _document(path, "Paper")
    _keep(base, "paper", doc["paper"], path)
    base.papers[doc["paper"]] = doc


_READERS = {
    "papers": _read_paper,
    "sources": _read_sources,
    "statutes": _read_statute,
    "issues": read_issue_file,
    "readings": _read_reading,
    "cases": _read_case_file,
}


def no_issue(base: KnowledgeBase, name: str) -> Text:
    """What is said of an issue that there is not."""
    near = nearest(name, base.issues)
    return say("no issue {name}{near}", name=quoted(name), near=near)


def not_listed(base: KnowledgeBase, name: str) -> Text:
    """The same of an issue that was asked for, with the command that lists them all."""
    none = no_issue(base, name)
    return say("{none} (`pyliab issues` lists them)", none=none)


def load_case(path: Path, base: KnowledgeBase) -> CaseFile:
    """Read one case file against the vocabulary of `base`."""
    source, doc = _document(path, "Case")
    return read_case(source, doc, base.vocabulary)


def load_reading(path: Path, base: KnowledgeBase) -> dict[str, Any]:
    """Read one reading; every position must exist and be encoded."""
    source, doc = _document(path, "Reading")
    problems = []
    for issue, choice in doc["positions"].items():
        keys = ("positions", issue)
        if issue not in base.issues:
            problems.append(source.problem(keys, no_issue(base, issue), see(issue, base.issues, "issues")))
            continue
        positions = base.issues[issue]["positions"]
        name = choice["position"]
        if name not in positions:
            near = nearest(name, positions)
            message = say(
                "{issue} has no position {name}{near} (one of: {positions})",
                issue=issue,
                name=quoted(name),
                near=near,
                positions=listed(positions, ", "),
            )
            problems.append(source.problem((*keys, "position"), message, show(issue)))
        elif why := positions[name]["not_encoded"]:
            message = say("{issue}={name} cannot be applied: {why}", issue=issue, name=name, why=words(why))
            problems.append(source.problem((*keys, "position"), message, show(f"{issue}={name}")))
    taken = {issue: choice["position"] for issue, choice in doc["positions"].items()}
    problems += [source.problem(("positions", one.first[0]), one.text()) for one in clashes(base.issues, taken)]
    if problems:
        raise InputError(problems)
    return doc


def _is_path(name: str) -> bool:
    return name.endswith((".yaml", ".yml")) or "/" in name or "\\" in name


def _to_json(base: KnowledgeBase) -> dict[str, Any]:
    apart = ("rule_files", "principle_files", "cases", "predicates", "notes", "provisions")
    plain = {k: v for k, v in vars(base).items() if k not in apart}
    return {
        **plain,
        "rule_files": [str(path) for path in base.rule_files],
        "principle_files": [str(path) for path in base.principle_files],
        "cases": [asdict(case) for case in base.cases.values()],
        "predicates": [asdict(predicate) for predicate in base.predicates.values()],
        "notes": [asdict(note) for note in base.notes.values()],
    }


class _StoredCases(UserDict[str, CaseFile]):
    """Cases from the cache, made when they are asked for: most commands ask for one of many."""

    def __getitem__(self, name: str) -> CaseFile:
        stored: Any = self.data[name]
        if isinstance(stored, dict):
            facts = [Fact(**{**f, "args": tuple(f["args"]), "quoted": tuple(f["quoted"])}) for f in stored["facts"]]
            self.data[name] = CaseFile(**{**stored, "facts": facts})
        return self.data[name]


def _from_json(stored: dict[str, Any]) -> KnowledgeBase:
    base = KnowledgeBase(
        **{
            **stored,
            "rule_files": [Path(p) for p in stored["rule_files"]],
            "principle_files": [Path(p) for p in stored["principle_files"]],
            "cases": {},
            "predicates": {},
            "notes": {},
        }
    )
    base.cases = _StoredCases({case["id"]: case for case in stored["cases"]})
    for entry in stored["predicates"]:
        arguments = tuple(Argument(a["name"], a["type"], tuple(a["words"])) for a in entry["arguments"])
        base.predicates[entry["name"]] = Predicate(
            **{
                **entry,
                "arguments": arguments,
                "one_per": tuple(entry["one_per"]),
                "marks": tuple(tuple(mark) for mark in entry["marks"]),
                "implies": tuple(entry["implies"]),
            }
        )
    for entry in stored["notes"]:
        base.notes[entry["id"]] = RuleNote(**{**entry, "cites": tuple(entry["cites"])})
    return base
