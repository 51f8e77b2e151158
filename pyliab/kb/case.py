"""From a case file to facts: each is checked against the vocabulary, word by word, with all problems reported at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

from pyliab.kb.model import Case, Line, Note
from pyliab.kb.vocabulary import ANY, Argument, Predicate
from pyliab.text.amounts import Days, money, share, when
from pyliab.text.later import dataclass
from pyliab.text.problem import (
    InputError,
    Problem,
    full_width,
    of_error,
    see,
    show,
    under,
    unknown,
)
from pyliab.text.say import Text, listed, quoted, say, words

if TYPE_CHECKING:
    from pyliab.kb.sentences import Grammar
    from pyliab.kb.yaml import Keys, YamlFile

Status = Literal["proved", "disproved", "disputed"]
STATUSES = ("proved", "disproved", "disputed")
META = ("status", "sure", "note", "exhibit")
SAYS = "says"
"""The key of a fact that is told as a sentence, where it has a note or an exhibit."""
Sure = Literal["reported", "inferred", "assumed", "remembered"]
SURE = ("reported", "inferred", "assumed", "remembered")
RESERVED = {"nobody", "undated", ANY, "not"}
_STRICT: Mapping[str | None, Callable[[str], str | int]] = {"date": when, "yuan": money, "share": share}
SECTION = {"party": "parties", "item": "items", "harm": "harms"}


@dataclass(frozen=True)
class Fact:
    """One fact of a case. `args` leaves out the case; dates are numbers yyyymmdd, amounts and shares exact text."""

    word: str
    args: tuple[str | int, ...]
    status: Annotated[Status, say("proved (if left out), disproved, or disputed (neither side could prove it)")]
    line: int
    note: Note = None
    exhibit: Annotated[Line | None, say("the exhibit")] = None
    quoted: tuple[bool, ...] = ()
    sure: Annotated[
        Sure,
        say(
            "how the fact is known: reported (if left out), inferred from the holding, assumed so that one can reason, or remembered without a source"
        ),
    ] = "reported"


@dataclass
class CaseFile:
    """A case as read: `doc` is the document without its facts, `lines` tells where its other parts stand."""

    id: str
    file: str
    doc: Case
    facts: list[Fact] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    def names(self) -> dict[str, Text]:
        """The names of parties, items and harms, by id."""
        return {**self.doc.parties, **self.doc.items, **self.doc.harms}


def read_case(source: YamlFile, doc: Case, vocabulary: Mapping[str, Predicate]) -> CaseFile:
    """Turn a validated document into a case. Raises InputError with every problem found."""
    reader = _CaseReader(source, doc, vocabulary)
    facts = list(reader.facts())
    reader.check_whole(facts)
    if reader.problems:
        raise InputError(reader.problems)
    lines = {
        ".".join(str(key) for key in keys): line
        for keys, (line, _) in source.places.items()
        if keys and keys[0] in ("expect", "judgment", "harms")
    }
    return CaseFile(doc.case, source.file, replace(doc, facts=()), [fact for _, fact in facts], lines)


class _CaseReader:
    def __init__(self, source: YamlFile, doc: Case, vocabulary: Mapping[str, Predicate]) -> None:
        self.source, self.doc, self.vocabulary = source, doc, vocabulary
        self.problems: list[Problem] = []
        self.words = {word for p in vocabulary.values() for a in p.arguments for word in a.words}
        self.declared = {type_: set(getattr(doc, section)) for type_, section in SECTION.items()}

    def complain(self, keys: Keys, message: Text | str, where: str = "") -> None:
        self.problems.append(self.source.problem(keys, message, where))

    def facts(self) -> Iterator[tuple[Keys, Fact]]:
        for i, given in enumerate(self.doc.facts):
            keys: Keys = ("facts", i)
            entry = self._entry(keys, given)
            if entry is None:
                continue
            words = [key for key in entry if key not in META]
            if words == [SAYS]:
                if fact := self._told(keys, entry):
                    yield keys, fact
                continue
            if len(words) != 1:
                self.complain(
                    keys,
                    say(
                        "a fact is one word with its arguments; here stand {count}: {words}",
                        count=len(words),
                        words=listed(words, ", "),
                    ),
                )
                continue
            word = words[0]
            predicate = self.vocabulary.get(word)
            if predicate is None:
                message = unknown(say("{given} is no word of the vocabulary{near}"), word, self.vocabulary)
                self.complain((*keys, word), message, see(word, self.vocabulary, "show vocabulary"))
                continue
            before = len(self.problems)
            fact = self._fact(keys, predicate, entry)
            if len(self.problems) == before:
                yield keys, fact

    def _entry(self, keys: Keys, given: object) -> dict[str, Any] | None:
        """A fact as a mapping; of a sentence, what it says. YAML takes what stands before a colon for a key."""
        if isinstance(given, str) and given:
            return {SAYS: given}
        if not isinstance(given, dict) or not given:
            self.complain(keys, say("a fact is a sentence, or a word with its arguments in braces"))
            return None
        first = next(iter(given))
        if isinstance(given[first], str) and first not in (*META, SAYS) and re.search(r"[^!-~]", first):
            return {SAYS: f"{first}: {given[first]}", **{key: given[key] for key in given if key != first}}
        return given

    @cached_property
    def grammar(self) -> Grammar:
        """The sentences about what this case has names for."""
        from pyliab.kb.sentences import Grammar

        return Grammar(self.vocabulary, {type_: getattr(self.doc, section) for type_, section in SECTION.items()})

    def _told(self, keys: Keys, entry: dict[str, Any]) -> Fact | None:
        """The fact that a sentence tells."""
        from pyliab.kb.sentence_faults import fault

        sentence = str(entry[SAYS])
        told, mark = self.grammar.read(sentence)
        if wrong := fault(self.grammar, sentence, told, mark):
            self.complain((*keys, SAYS), wrong)
            return None
        so: Status = "proved" if told[0].so else "disproved"
        said = so if mark in (None, "proved") else cast(Status, mark)
        arguments = self.vocabulary[told[0].word].arguments[1:]
        quoted = tuple(argument.type in ("yuan", "share") for argument in arguments)
        line = self.source.places.get(keys, (0, 0))[0]
        status = self._status(keys, entry) if "status" in entry else said
        return Fact(told[0].word, told[0].args, status, line, quoted=quoted, **self._beside(keys, entry))

    def _status(self, keys: Keys, entry: dict[str, Any]) -> Status:
        """How a fact stands, by its name or in the words of a mark."""
        from pyliab.kb.sentences import marked

        status = entry.get("status", "proved")
        known = next((name for name in STATUSES if status == name or marked(name, str(status))), None)
        if known is None:
            self.complain((*keys, "status"), unknown(say("{given} is no status{near} ({known})"), status, STATUSES))
        return cast(Status, known or "proved")

    def _beside(self, keys: Keys, entry: dict[str, Any]) -> dict[str, Any]:
        """The note and the exhibit of a fact, and how it is known."""
        exhibit, sure = entry.get("exhibit"), entry.get("sure", "reported")
        if exhibit is not None and not isinstance(exhibit, str):
            self.complain((*keys, "exhibit"), say("an exhibit is a text"))
        if sure not in SURE:
            self.complain((*keys, "sure"), unknown(say("{given} is no degree of sureness{near} ({known})"), sure, SURE))
        return {"note": self._note(keys, entry.get("note")), "exhibit": exhibit, "sure": sure}

    def _fact(self, keys: Keys, predicate: Predicate, entry: dict[str, Any]) -> Fact:
        status = self._status(keys, entry) if "status" in entry else "proved"
        given = entry[predicate.name]
        if isinstance(given, dict):
            self._check_keys(keys, predicate, given)
        else:
            message = say(
                "{name} wants its arguments in braces: {signature}",
                name=predicate.name,
                signature=_signature(predicate),
            )
            self.complain((*keys, predicate.name), message, show(predicate.name))
            given = {}
        args, in_quotes = [], []
        for argument in predicate.arguments[1:]:
            args.append(self._value((*keys, predicate.name), predicate, argument, given, status))
            in_quotes.append(argument.type in ("yuan", "share"))
        if sum(isinstance(value, Days) for value in args) > 1:
            self.complain((*keys, predicate.name), say("of a fact with two days one at most may be a span"))
        beside = self._beside(keys, entry)
        line = self.source.places.get((*keys, predicate.name), (0, 0))[0]
        return Fact(predicate.name, tuple(args), status, line, quoted=tuple(in_quotes), **beside)

    def _check_keys(self, keys: Keys, predicate: Predicate, given: dict[str, Any]) -> None:
        known = [a.key for a in predicate.arguments[1:]]
        for key in given:
            if key in known:
                continue
            if re.match(r"\d", key):
                message = say("{key} stands alone after a comma: write amounts without separators", key=quoted(key))
                self.complain((*keys, predicate.name, key), message)
                continue
            signature = _signature(predicate)
            none = say("{name} has no argument {given}{near} ({signature})", name=predicate.name, signature=signature)
            message = full_width("：") if "：" in key else unknown(none, key, known)
            self.complain((*keys, predicate.name, key), message, show(predicate.name))

    def _note(self, keys: Keys, note: Any) -> Text | None:
        if isinstance(note, str):
            note = {"zh": note, "en": note}
        if note is None or _is_bilingual(note):
            return words(note) if note else None
        self.complain((*keys, "note"), say("a note is a text, or has zh and en"))
        return None

    def _value(
        self, keys: Keys, predicate: Predicate, argument: Argument, given: dict[str, Any], status: str
    ) -> str | int:
        text = given.get(argument.key)
        if argument.key not in given and argument.optional:
            return ANY
        if argument.key not in given and argument.type == "date" and status == "disproved":
            return "undated"
        if not isinstance(text, str) or not text:
            message = say(
                "{name}: {key} is missing ({signature})",
                name=predicate.name,
                key=argument.key,
                signature=_signature(predicate),
            )
            self.complain((*keys, argument.key), message, show(predicate.name))
            return ""
        keys = (*keys, argument.key)
        try:
            if argument.type in _STRICT:
                return _STRICT[argument.type](text)
        except ValueError as error:
            if (value := self.grammar.value(predicate, argument, text)) is not None:
                return value
            self.complain(keys, under(predicate.name, of_error(error)), show(predicate.name))
            return ""
        return self._word(keys, predicate, argument, text)

    def _word(self, keys: Keys, predicate: Predicate, argument: Argument, text: str) -> str:
        """The id of what a text names: a party, an item, a harm, or a word that the argument may be."""
        known = self.declared.get(argument.type or "", argument.words)
        if text not in known and (value := self.grammar.value(predicate, argument, text)) is not None:
            return str(value)
        if argument.type in SECTION and text not in self.declared[argument.type]:
            none = say("{given} is not declared under {section}{near}", section=SECTION[argument.type])
            self.complain(keys, unknown(none, text, self.declared[argument.type]))
        elif argument.type == "word" and text not in argument.words:
            none = say("{given} is no {key}{near} (one of: {known})", key=argument.key)
            self.complain(keys, unknown(none, text, argument.words), show(predicate.name))
        return text

    def check_whole(self, facts: list[tuple[Keys, Fact]]) -> None:
        """What no single fact shows: names that clash, facts said twice or against each other, parts above the whole."""
        self._check_names()
        stated: dict[tuple[str, tuple[str | int, ...]], Fact] = {}
        single: dict[tuple[Any, ...], Fact] = {}
        for keys, fact in facts:
            first = stated.setdefault((fact.word, fact.args), fact)
            if first is not fact:
                self.complain(keys, _stated_again(first, fact))
                continue
            predicate = self.vocabulary[fact.word]
            if predicate.one_per and fact.status == "proved":
                names = [a.name for a in predicate.arguments[1:]]
                scope = (fact.word, *(fact.args[names.index(name)] for name in predicate.one_per))
                other = single.setdefault(scope, fact)
                if other is not fact:
                    message = say(
                        "{word} can be stated once for {scope} (first on line {line})",
                        word=fact.word,
                        scope=listed(scope[1:], ", "),
                        line=other.line,
                    )
                    self.complain(keys, message)
        self._check_undated(facts)
        self._check_amounts(facts)

    def _check_undated(self, facts: list[tuple[Keys, Fact]]) -> None:
        """Disproved without a date means: at no time. It cannot stand beside the same fact with a date.

        Nor can what is said of everything stand beside the opposite said of one thing.
        """
        wide = [fact for _, fact in facts if "undated" in fact.args or ANY in fact.args]
        for keys, fact in facts:
            for other in wide:
                if other is fact or not _covers(other, fact):
                    continue
                if "undated" in other.args:
                    message = say(
                        "{word} is {status} here and disproved for all time on line {line}", **_of(fact, other)
                    )
                elif other.status != fact.status:
                    message = say("{word} is {status} here and {status2} of all on line {line}", **_of(fact, other))
                else:
                    continue
                self.complain(keys, message)

    def _check_names(self) -> None:
        seen: dict[str, str] = {}
        for section in SECTION.values():
            for name in getattr(self.doc, section):
                if name in RESERVED or name in self.words:
                    message = say("{name} is a word of the rules; choose another id", name=quoted(name))
                    self.complain((section, name), message)
                elif name in seen:
                    message = say(
                        "{name} stands under {seen} already; ids are unique in a case",
                        name=quoted(name),
                        seen=seen[name],
                    )
                    self.complain((section, name), message)
                seen.setdefault(name, section)

    def _check_amounts(self, facts: list[tuple[Keys, Fact]]) -> None:
        """A yuan amount that is declared per harm and party is a part of the amount declared for that harm."""
        from decimal import Decimal

        wholes: dict[str | int, Decimal] = {}
        for _, fact in facts:
            if (
                len(fact.args) == 2
                and fact.quoted == (False, True)
                and [a.type for a in self.vocabulary[fact.word].arguments[1:]] == ["harm", "yuan"]
            ):
                wholes[fact.args[0]] = Decimal(str(fact.args[1]))
        for keys, fact in facts:
            if len(fact.args) == 3 and self.vocabulary[fact.word].arguments[3].type == "yuan":
                whole = wholes.get(fact.args[0])
                if whole is not None and Decimal(str(fact.args[2])) > whole:
                    message = say(
                        "the part {args} is more than the whole of {args2}, {whole}",
                        args=fact.args[2],
                        args2=fact.args[0],
                        whole=whole,
                    )
                    self.complain(keys, message)


def _stated_again(first: Fact, fact: Fact) -> Text:
    """A fact that stands twice, alike or against itself."""
    if first.status == fact.status:
        return say("{fact} is stated twice (first on line {line})", fact=_written(fact), line=first.line)
    return say(
        "{fact} is stated as {status} and as {status2} (first on line {line})",
        fact=_written(fact),
        status=first.status,
        status2=fact.status,
        line=first.line,
    )


def _written(fact: Fact) -> str:
    return f"{fact.word}({', '.join(map(str, fact.args))})"


def _covers(wide: Fact, fact: Fact) -> bool:
    """Is a fact said of everything, or of all time, said of this as well?"""
    places = zip(wide.args, fact.args, strict=True) if wide.word == fact.word else [("", "another word")]
    return all(general in (specific, "undated", ANY) for general, specific in places)


def _of(fact: Fact, other: Fact) -> dict[str, str | int]:
    return {"word": fact.word, "status": fact.status, "status2": other.status, "line": other.line}


def _is_bilingual(note: object) -> bool:
    return isinstance(note, dict) and set(note) == {"zh", "en"} and all(isinstance(v, str) and v for v in note.values())


def _signature(predicate: Predicate) -> str:
    return f"{predicate.name}: {{{', '.join(f'{a.key}: ..' for a in predicate.arguments[1:])}}}"
