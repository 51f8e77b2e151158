"""The knowledge base in memory: statutes, issues, readings, cases, sources, words and rule annotations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from copy import copy
from dataclasses import field, fields, replace
from functools import cached_property
from pathlib import Path

from pyliab.kb import cache
from pyliab.kb.case import CaseFile
from pyliab.kb.compatibility import declared
from pyliab.kb.folders import Root, other_base, overlay, shipped
from pyliab.kb.model import Choice, Enacted, Issue, Label, Paper, Position, Reading, Reform, Source, Statute
from pyliab.kb.vocabulary import Predicate, RuleNote
from pyliab.text.amounts import day
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError, Problem, look_up, unknown
from pyliab.text.say import Text, quoted, say


@dataclass(eq=False)
class KnowledgeBase:
    """All that is known. Documents are those of `model.py`, by id; `files` says where each stands.

    `home` is the folder of the body of law: its `rules/`. `unamended` are the rule files as they are written, where reforms
    have amended some of them (`asp/amend.py`). `given` are the facts that the rules need of all this, once it is
    read. `judged` is the day on which judgment is taken to be given, where a question names one.
    """

    home: Path = Path()
    rule_files: list[Path] = field(default_factory=list)
    unamended: list[Path] = field(default_factory=list)
    principle_files: list[Path] = field(default_factory=list)
    statutes: MutableMapping[str, Statute] = field(default_factory=dict)
    provisions: MutableMapping[str, Enacted] = field(default_factory=dict)
    issues: MutableMapping[str, Issue] = field(default_factory=dict)
    reforms: MutableMapping[str, Reform] = field(default_factory=dict)
    readings: MutableMapping[str, Reading] = field(default_factory=dict)
    cases: MutableMapping[str, CaseFile] = field(default_factory=dict)
    sources: MutableMapping[str, Source] = field(default_factory=dict)
    labels: dict[str, dict[str, Label]] = field(default_factory=dict)
    papers: MutableMapping[str, Paper] = field(default_factory=dict)
    predicates: MutableMapping[str, Predicate] = field(default_factory=dict)
    notes: MutableMapping[str, RuleNote] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    quoted: list[str] = field(default_factory=list)
    given: list[tuple[str, tuple[str | int, ...]]] = field(default_factory=list)
    judged: str = ""

    @cached_property
    def checked(self) -> str:
        """The day up to which the law was checked; empty where nobody says."""
        return Root(self.home, self.home.parent / "kb").checked

    @cached_property
    def vocabulary(self) -> dict[str, Predicate]:
        """The words of case files: the predicates that belong to a group."""
        return {name: p for name, p in self.predicates.items() if p.group}

    @cached_property
    def frequency(self) -> Counter[str]:
        """In how many cases a word is stated: how ordinary it is."""
        return Counter(word for case in self.cases.values() for word in {fact.word for fact in case.facts})

    def decides(self, provision: str) -> bool:
        """Does a rule ask whether this provision is in force?"""
        return provision in self.asked

    def copy(self) -> KnowledgeBase:
        """Another one that holds the same, to be laid over."""
        return KnowledgeBase(
            **{part.name: copy(getattr(self, part.name)) for part in fields(self) if part.name != "given"}
        )

    def position(self, issue: str, position: str) -> Position:
        """One position of an issue."""
        return self.issues[issue].positions[position]

    def background(self) -> dict[str, str]:
        """The plain-text default of each issue that has one."""
        return {name: issue.default for name, issue in self.issues.items() if issue.default}

    def case(self, name: str) -> CaseFile:
        """A case by id, or by the path of a case file. Raises InputError."""
        if _is_path(name):
            from pyliab.kb.read import load_case

            return load_case(Path(name), self)
        none = say("no case {given}{near} (`pyliab cases` lists them; a file is named by its path)")
        _no_file(self.cases, name)
        return look_up(self.cases, name, none)

    def reading(self, name: str) -> Reading:
        """A reading by id, or by the path of a reading file, with other positions: `READING+ISSUE=POSITION`. Raises InputError."""
        name, _, others = name.partition("+")
        if others:
            return self._varied(self.reading(name), others.split("+"))
        if _is_path(name):
            from pyliab.kb.read import load_reading

            return load_reading(Path(name), self)
        none = say("no reading {given}{near} (`pyliab readings` lists them; a file is named by its path)")
        _no_file(self.readings, name)
        return look_up(self.readings, name, none)

    def _varied(self, reading: Reading, others: Iterable[str]) -> Reading:
        """The reading with other positions in the place of its own."""
        taken = dict(reading.positions)
        for other in others:
            issue, _, position = other.partition("=")
            choices = look_up(self.issues, issue, say("no issue {given}{near}")).choices()
            look_up(choices, position, say("{issue} has no position {given}{near} (one of: {known})", issue=issue))
            taken[issue] = Choice(position=position)
        return replace(reading, reading="+".join([reading.reading, *others]), positions=taken)

    def law_facts(self) -> list[tuple[str, tuple[str | int, ...]]]:
        """What the rules need to know of `kb/`: the provisions they name, with dates; positions; defaults."""
        judged: list[tuple[str, tuple[str | int, ...]]] = [("judged_on", (day(self.judged),))] if self.judged else []
        return [*(self.given or self._facts()), *judged]

    def _facts(self) -> list[tuple[str, tuple[str | int, ...]]]:
        facts: list[tuple[str, tuple[str | int, ...]]] = []
        for name in (name for name in self.provisions if name in self.quoted):
            provision = self.provisions[name]
            facts.append(("enacts" if self.reforms else "provision", (name, *provision.in_force.days)))
            facts.append(("paragraph", (name, article(name))))
            facts.append(("statute", (name, provision.statute)))
        facts += [fact for reform in self.reforms.values() for fact in reform.facts()]
        for name, issue in self.issues.items():
            facts += [("answer", (name, position)) for position in issue.choices()]
            if issue.default:
                facts.append(("default", (name, issue.default)))
        for word, predicate in self.vocabulary.items():
            facts += [(mark, (word, *more)) for mark, *more in predicate.marks]
        facts += [("incompatible", (*clash.first, *clash.second)) for clash in declared(self.issues)]
        return facts


def article(provision: str) -> str:
    """`LAW 3(2)` belongs to `LAW 3`."""
    return re.sub(r"\(.*", "", provision)


Guard = Callable[["KnowledgeBase", Sequence[Root], bool], list[Problem]]
"""What is wrong with the rules and principles of folders from outside, which the base was read with; the last argument:
whether they may run Python.
"""


def load_guarded(
    folders: Sequence[Path], guard: Guard, *, home: Path | None = None, scripts: bool = False
) -> KnowledgeBase:
    """The shipped base, or that of `home`, with the user's folders laid over it. Raises InputError with all problems.

    `scripts`: rules in these folders may run Python. Rules from outside are held against `guard`, see `asp/load.py`.

    The base is kept in the cache by itself, so that a change in one's own folder reads that folder only.
    """
    each = {folder.resolve(): folder for folder in reversed(folders)}  # named twice, a folder counts once
    ours, own = [other_base(home) if home else shipped()], [overlay(folder) for folder in reversed(each.values())]

    def read(roots: Sequence[Root], over: KnowledgeBase | None = None) -> KnowledgeBase:
        from pyliab.kb import read as files  # and YAML, pydantic, syntax: only where a file has changed

        return files.read(roots, guard, over, scripts=scripts)

    def plain() -> KnowledgeBase:
        return _kept(ours, lambda: read(ours))

    if not own:
        return plain()
    return _kept([*ours, *own], lambda: read(own, plain()), "base-with-scripts" if scripts else "base")


def _kept(roots: Sequence[Root], make: Callable[[], KnowledgeBase], kind: str = "base") -> KnowledgeBase:
    """The base of these roots from the cache, or made and kept there."""
    now = cache.state(path for root in roots for path in root.files())
    base = cache.load_object(kind, now, KnowledgeBase)
    if base is None:
        base = make()
        base.given = base.law_facts()
        cache.save_object(kind, now, base)
    return base


def no_issue(base: KnowledgeBase, name: str) -> Text:
    """What is said of an issue that there is not."""
    return unknown(say("no issue {given}{near}"), name, base.issues)


def not_listed(base: KnowledgeBase, name: str) -> Text:
    """The same of an issue that was asked for, with the command that lists them all."""
    none = no_issue(base, name)
    return say("{none} (`pyliab issues` lists them)", none=none)


def _no_file(known: Mapping[str, object], name: str) -> None:
    """Raises InputError where the name is not known and that of a file here, but for its ending."""
    file = Path(f"{name}.yaml")
    if name not in known and file.is_file():
        raise InputError(say("{name} is no id; there is a file {file}: name it so", name=quoted(name), file=file))


def _is_path(name: str) -> bool:
    return name.endswith((".yaml", ".yml")) or "/" in name or "\\" in name
