"""Scenarios: for every rule a small case in which it fires, and for each of its conditions one in which it does not.

An entry of tests/scenarios/<rule file>.yaml is named by the rule's id:

    says        one sentence
    facts       facts, or names from given.yaml; each of them is needed (the rule does not fire without it)
    date        day of the case, 2021-06-01 unless said; a change of it moves the facts of that day with it
    positions   positions the rule needs; the rest is the plain-text background
    world       ground atoms beside the case, such as as_if_in_force
    decided     the day of the judgment, if there is one
    of          values of the rule's variables, where any firing will not do
    also        changes under which the rule fires, too
    blocked_by  changes under which it does not
    unblockable literals of the rule for which no case can be told, with the reason

A change may add `fact` or `facts`, put them `instead_of` the facts with these words, put `instead` in the place of all
facts, and set `date`, `decided`, `positions`, `world` or `of`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

from clingo import Control, Symbol, parse_term
from clingo import ast as A

from pyliab.asp import symbols as atoms
from pyliab.asp.days import case_program
from pyliab.asp.load import load
from pyliab.asp.program import GroundProgram
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import META, CaseFile, read_case
from pyliab.kb.model import Case, Judgment
from pyliab.kb.vocabulary import ANNOTATION
from pyliab.kb.yaml import YamlFile, read_yaml
from pyliab.text.say import Text

FOLDER = Path(__file__).with_name("scenarios")
ENTRY = {"says", "facts", "date", "positions", "world", "of", "decided", "also", "blocked_by", "unblockable"}
CHANGE = {"fact", "facts", "instead_of", "instead", "date", "positions", "world", "of", "decided"}
TWINS = {"p": "y", "o": "y", "v": "y", "x": "y", "g": "g2", "h": "h2"}
NAMED = {"parties": "povxy", "items": ("g", "g2"), "harms": ("h", "h2")}

Entry = dict[str, Any]
Kind = Literal["fires", "also", "without", "blocked", "astray", "twin"]


@dataclass(frozen=True)
class Variant:
    """A scenario or a change of it. `name` says which change."""

    rule: str
    kind: Kind
    name: str
    facts: tuple[Entry, ...]
    date: str
    positions: Mapping[str, str]
    world: tuple[str, ...]
    of: Mapping[str, str]
    change: Entry = field(default_factory=dict)
    decided: str = ""

    @property
    def fires(self) -> bool:
        """Is the rule to fire?"""
        return self.kind in ("fires", "also")


@cache
def knowledge() -> KnowledgeBase:
    return load()


@cache
def given() -> dict[str, Any]:
    library: dict[str, Any] = read_yaml(FOLDER / "given.yaml").data["given"]
    return library


@cache
def scenarios() -> dict[str, dict[str, Any]]:
    """All entries by rule id, each with the `file` it stands in."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        if path.stem == "given":
            continue
        for rule, entry in read_yaml(path).data.items():
            assert rule not in found, f"two scenarios for {rule}"
            assert set(entry) <= ENTRY, f"{path.name}: {rule}: {set(entry) - ENTRY}"
            found[rule] = {**entry, "file": path.stem}
    return found


def told(facts: Iterable[Any]) -> Iterator[Entry]:
    """Facts with the names of given.yaml written out."""
    for fact in facts:
        if isinstance(fact, str):
            yield from told(given()[fact])
        else:
            yield fact


def word(fact: Entry) -> str:
    return next(key for key in fact if key not in META)


@cache
def background() -> dict[str, str]:
    """The plain-text position on each issue, or the first position where the text leaves it open."""
    base = knowledge()
    return {name: issue.default or next(iter(issue.positions)) for name, issue in base.issues.items()}


def variants_of(rule: str) -> list[Variant]:
    """The scenario of a rule, the scenario without each of its facts, and its changes."""
    entry = scenarios()[rule]
    facts = tuple(told(entry["facts"]))
    first = Variant(
        rule,
        "fires",
        entry["says"],
        facts,
        entry.get("date", "2021-06-01"),
        entry.get("positions", {}),
        tuple(entry.get("world", ())),
        entry.get("of", {}),
        decided=entry.get("decided", ""),
    )
    found = [first]
    for i, fact in enumerate(facts):
        found.append(replace(first, kind="without", name=f"without {fact}", facts=facts[:i] + facts[i + 1 :]))
    found += [_changed(first, "also", change) for change in entry.get("also", ())]
    found += [_changed(first, "blocked", change) for change in entry.get("blocked_by", ())]
    return found


def _changed(first: Variant, kind: Kind, change: Entry) -> Variant:
    assert set(change) <= CHANGE, f"{first.rule}: {set(change) - CHANGE}"
    gone = change.get("instead_of", ())
    gone = {gone} if isinstance(gone, str) else set(gone)
    assert gone <= {word(fact) for fact in first.facts}, f"{first.rule}: no {gone} to be replaced"
    kept = tuple(fact for fact in first.facts if word(fact) not in gone)
    added = tuple(told([*([change["fact"]] if "fact" in change else ()), *change.get("facts", ())]))
    facts = tuple(told(change["instead"])) if "instead" in change else kept + added
    date = change.get("date", first.date)
    return replace(
        first,
        kind=kind,
        name=str(change),
        facts=_moved(facts, first.date, date),
        date=date,
        positions={**first.positions, **change.get("positions", {})},
        world=tuple(change.get("world", first.world)),
        of=change.get("of", first.of),
        decided=change.get("decided", first.decided),
        change=change,
    )


def _moved(facts: Iterable[Entry], day: str, to: str) -> tuple[Entry, ...]:
    """The facts with what happened on one day put on another."""
    return tuple(
        {**fact, word(fact): {key: to if value == day else value for key, value in fact[word(fact)].items()}}
        for fact in facts
    )


def _judgment(decided: str) -> Judgment:
    return Judgment(court=Text("court"), decided=decided, sources=(), sure="unknown")


def case_file(name: str, variant: Variant) -> CaseFile:
    """The variant as a case, checked word by word like a case file."""
    parties, items, harms = ({n: Text(n) for n in names} for names in NAMED.values())
    doc = Case(
        case=name,
        title=Text(name),
        kind="hypothetical",
        date=variant.date,
        about=Text(name),
        parties=parties,
        items=items,
        harms=harms,
        facts=variant.facts,
        judgment=_judgment(variant.decided) if variant.decided else None,
    )
    source = YamlFile(f"{scenarios()[variant.rule]['file']}.yaml, {variant.rule}, {variant.name}", doc)
    return read_case(source, doc, knowledge().vocabulary)


def law_facts() -> atoms.Program:
    """The law as the rules see it, without the dates of provisions that no rule asks for or construes."""
    base = knowledge()
    construed = {row.arguments[1].string for row in tables()["construes"]}
    return atoms.plain(
        (name, args)
        for name, args in base.law_facts()
        if name != "provision" or base.decides(str(args[0])) or args[0] in construed
    )


@cache
def plain_rules() -> str:
    """The rules as they are."""
    return "\n".join(path.read_text(encoding="utf-8") for path in knowledge().rule_files)


@cache
def named(rule: str) -> list[str]:
    """The variables whose values the variants of a rule give."""
    return sorted({name for variant in variants_of(rule) for name in variant.of})


@cache
def firing_rules() -> str:
    """When each rule fires in a case that is asked about it, with the values of its named variables."""
    return "\n".join(
        f"_fires({rule},C,({''.join(f'{name},' for name in named(rule))})) :- _asked({rule},C); "
        f"{'; '.join(map(str, annotated()[rule].body))}."
        for rule in scenarios()
    )


@dataclass
class Group:
    """The variants asked in one world under one reading, and the rules ground on all of them."""

    variants: dict[str, Variant]
    program: GroundProgram
    positions: dict[str, str]

    def atoms(self) -> list[Symbol]:
        """All atoms of the common answer set, but for those that only this test speaks of."""
        model = self.program.witness(self.program.assume(self.positions))
        assert model is not None, f"no answer set for {[v.name for v in self.variants.values()]}"
        return [atom for atom in model if not atom.name.startswith("_")]

    def fired(self) -> dict[str, bool]:
        """Did the rule of each variant fire in its case?"""
        found = self.program.control.symbolic_atoms.by_signature("_fires", 3)
        literals = {atom.symbol: atom.literal for atom in found}
        true = self.program.look_at(self.program.assume(self.positions), set(literals.values()))
        assert true is not None, f"no answer set for {[v.name for v in self.variants.values()]}"
        result = dict.fromkeys(self.variants, False)
        for fires, literal in literals.items():
            if literal in true:
                rule, case, values = fires.arguments
                given = {name: str(atoms.value(v)) for name, v in zip(named(str(rule)), values.arguments, strict=True)}
                result[str(case)] |= given.items() >= self.variants[str(case)].of.items()
        return result


def solve(variants: Sequence[Variant], rules: str) -> list[Group]:
    """Ground the variants under the rules: a program for each world and reading."""
    groups: dict[tuple[Any, ...], dict[str, Variant]] = {}
    for i, variant in enumerate(variants):
        positions = {**background(), **variant.positions}
        key = (variant.world, tuple(sorted(positions.items())))
        groups.setdefault(key, {})[f"s{i}"] = variant
    return [Group(cases, _ground(rules, world, cases), dict(positions)) for (world, positions), cases in groups.items()]


def _ground(rules: str, world: Sequence[str], cases: Mapping[str, Variant]) -> GroundProgram:
    facts = law_facts() + [([parse_term(atom)], False) for atom in world]
    for name, variant in cases.items():
        facts += [
            ([parse_term(f"_asked({variant.rule},{name})")], False),
            *case_program(knowledge(), case_file(name, variant)),
        ]
    return GroundProgram((), facts, text=rules)


@cache
def annotated() -> dict[str, Any]:
    """The annotated rules with a head to derive: not the choice between positions, nor the constraints on it."""
    found: dict[str, Any] = {}
    pending = ""

    def take(node: Any) -> None:
        nonlocal pending
        if node.ast_type == A.ASTType.Comment:
            header = re.match(ANNOTATION, node.value.strip())
            pending = header["id"] if header else pending
        elif node.ast_type == A.ASTType.Rule:
            head = node.head
            if pending and head.ast_type == A.ASTType.Literal and head.atom.ast_type == A.ASTType.SymbolicAtom:
                found[pending] = node
            pending = ""

    A.parse_files([str(path) for path in knowledge().rule_files], take)
    return found


@cache
def tables() -> dict[str, list[Symbol]]:
    """The rows of tables that stand in the rules as plain facts, such as meaning/4, by predicate."""
    control = Control()
    for path in knowledge().rule_files:
        control.load(str(path))
    control.ground([("base", [])])
    found: dict[str, list[Symbol]] = {}
    for atom in control.symbolic_atoms:
        if atom.is_fact:
            found.setdefault(atom.symbol.name, []).append(atom.symbol)
    return found


def astray(rule: str) -> list[Variant]:
    """The scenario with one fact told of another party, item or harm, or of the next day."""
    first = variants_of(rule)[0]
    changes = [({name: twin}, False) for name, twin in TWINS.items()] + [({}, True)]
    found = []
    for i, fact in enumerate(first.facts):
        for names, later in changes:
            other = _renamed(fact, names, later)
            if other != fact:
                facts = (*first.facts[:i], other, *first.facts[i + 1 :])
                found.append(replace(first, kind="astray", name=f"{other} instead", facts=facts))
    return found


def under_two_laws(rule: str) -> list[Variant]:
    """Each change of date that stops the rule, and beside it a harm of the day on which the rule would not be stopped."""
    first = variants_of(rule)[0]
    dated = [variant for variant in variants_of(rule) if variant.kind == "blocked" and "date" in variant.change]
    today = {"harm": {"harm": "h2", "person": "x", "interest": "health", "on": first.date}}
    return [
        replace(variant, kind="twin", name=f"{variant.name}, and {today}", facts=(*variant.facts, today))
        for variant in dated
        if not any(fact.get("harm", {}).get("harm") == "h2" for fact in variant.facts)
    ]


def twins(rule: str) -> list[Variant]:
    """The scenario, and beside it the same told of another party, item or harm, but for one fact."""
    first = variants_of(rule)[0]
    found = []
    for name, twin in TWINS.items():
        # a harm has one victim: another victim suffers another harm
        victim = any(word(fact) == "harm" and fact["harm"]["person"] == name for fact in first.facts)
        names = {name: twin, "h": "h2"} if victim else {name: twin}
        for later in (False, True):
            copies = [(fact, _renamed(fact, names, later)) for fact in first.facts]
            copies = [(fact, copy) for fact, copy in copies if copy != _renamed(fact, {}, later)]
            for fact, _ in copies:
                facts = (*first.facts, *(copy for other, copy in copies if other is not fact))
                found.append(replace(first, kind="twin", name=f"{names} without {fact}", facts=facts))
    return found


def _renamed(fact: Entry, names: Mapping[str, str], later: bool) -> Entry:
    days = {"2021-06-01": "2021-06-02", "2021-06-02": "2021-06-03", "2015-06-01": "2015-06-02"} if later else {}
    values = {key: days.get(value, names.get(value, value)) for key, value in fact[word(fact)].items()}
    return {**fact, word(fact): values}
