"""Sources, rules, words of case files, forms, principles: things of the base that are told in a few lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pyliab.answers.blocks import Block, Code, Heading, Items, para
from pyliab.answers.terms import SEEN
from pyliab.answers.wording import Wording
from pyliab.kb.case import Fact
from pyliab.kb.keys import GROUPS
from pyliab.kb.model import Cited, Source
from pyliab.kb.vocabulary import Predicate, RuleNote, fill, rule_of
from pyliab.text.encode import to_json
from pyliab.text.say import Text, listed, same, say, words
from pyliab.text.schema import meaning


def sources(entries: Iterable[Cited], wording: Wording) -> Iterator[Block]:
    """Where something is said, in full."""
    rows = tuple(_source(entry, wording) for entry in entries)
    if rows:
        yield Items(rows, depth=2, role="note", label=say("Sources"))


def _source(entry: Cited, wording: Wording) -> Text:
    source = wording.base.sources.get(entry.source)
    place = f", {entry.locator}" if entry.locator else ""
    if source is None:
        return same(entry.source + place)
    return say("{citation}{place} [seen: {seen}]", citation=source.citation, place=place, seen=SEEN[source.seen])


def source(entry: Source, wording: Wording) -> Iterator[Block]:
    """A source with what is known of it."""
    yield Heading(same(entry.citation), 1)
    yield para(entry.title, depth=1)
    yield para(say("seen: {seen}", seen=SEEN[entry.seen]), depth=1)
    if entry.note:
        yield para(entry.note, depth=1)


def rule(note: RuleNote, wording: Wording, level: int = 1) -> Iterator[Block]:
    """A rule as it stands in its file."""
    yield Heading(same(note.id), level, note.id)
    yield para(same(f"{note.file}:{note.line}"), "note", 1)
    yield para(words({"zh": fill(note.zh, {}), "en": fill(note.en, {})}), depth=1)
    if note.cites:
        yield para(listed(wording.citations(note.cites)), depth=1)
    if note.fidelity:
        yield para(say("says less than the provision: {less}", less=note.fidelity), "warning", 1)
    yield Code(tuple(rule_of(note).splitlines()))


def word(predicate: Predicate, wording: Wording) -> Iterator[Block]:
    """One word of case files: how it is written, what it says, where it comes from, who uses it."""
    yield from _word(predicate, wording, 1)
    yield para(say("status: {status}", status=meaning(Fact, "status")), depth=1)
    used = [c.id for c in wording.base.cases.values() if any(fact.word == predicate.name for fact in c.facts)]
    yield para(say("cases: {cases}", cases=", ".join(used) or "—"), "note", 1)


def _word(predicate: Predicate, wording: Wording, level: int) -> Iterator[Block]:
    yield Heading(same(f"{predicate.name}: {{{arguments(predicate)}}}"), level, predicate.name)
    says = wording.of_word(words({"zh": predicate.zh, "en": predicate.en}))
    yield para(say("{says} [{source}]", says=says, source=wording.citation(predicate.source or "")), "note", 2)
    if predicate.values:
        values = predicate.values.items()
        yield Items(
            tuple(say("{value} — {label}", value=value, label=words(label)) for value, label in values), depth=3
        )


def arguments(predicate: Predicate) -> str:
    """The arguments of a word as a case file writes them, with their types or the words allowed."""
    kinds = ((a, "|".join(a.words) if a.words else a.type) for a in predicate.arguments[1:])
    return ", ".join(f"[{a.key}: {kind}]" if a.optional else f"{a.key}: {kind}" for a, kind in kinds)


def vocabulary(predicates: Mapping[str, Predicate], wording: Wording) -> Iterator[Block]:
    """All words of case files by group, and the forms of liability."""
    yield Heading(say("Vocabulary"), 1)
    for group in dict.fromkeys(predicate.group or "" for predicate in predicates.values()):
        yield Heading(GROUPS.get(group, same(group)), 2, f"group-{group}")
        for predicate in predicates.values():
            if predicate.group == group:
                yield from _word(predicate, wording, 3)
    yield Heading(say("forms of liability (for expect and judgment)"), 2, "forms")
    for name, label in wording.base.labels.get("form", {}).items():
        yield from form({"form": name, **to_json(label)}, wording, 3)


def form(entry: Mapping[str, Any], wording: Wording, level: int = 1) -> Iterator[Block]:
    """A form of liability: its names and what it means."""
    name = entry["form"]
    code = [words(entry["code"])] if entry["code"] else []
    yield Heading(listed([same(name), wording.label("form", name), *code], " · "), level, name)
    if entry["explained"]:
        yield para(words(entry["explained"]), depth=1)


def principle(path: Path, wording: Wording) -> Iterator[Block]:
    """A principle as it stands in its file."""
    yield Heading(same(path.stem), 1)
    yield Code(tuple(path.read_text(encoding="utf-8").splitlines()))
