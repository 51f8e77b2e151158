"""Facts told as sentences: the sentences of the words are the grammar, with the names of a case in their places.

Nothing is guessed. A sentence is read if some sentence of a word says it, sign by sign, a comma more or less; what cannot
be read is answered with the sentences that come nearest (`nearest.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import NamedTuple

from pyliab.kb.vocabulary import ANY, AS_TO, Argument, Predicate, without
from pyliab.text.say import Text, languages
from pyliab.text.written import date_at, money_at, plain, share_at

Args = tuple[str | int, ...]
Names = Mapping[str, Mapping[str, Text]]
"""The parties, items and harms of a case, by their type and id."""
LACKING = "lacking"
"""Stands for a day that has to be told and is not."""
MARKS = {
    "disputed": Text("disputed|in dispute|contested"),
    "disproved": Text("disproved|found not to be so"),
    "proved": Text("proved|undisputed|not disputed"),
}
"""How a sentence is marked that does not simply stand: `(disputed)` behind it, or `disputed:` before it."""
_MARKED = r"^(?P<before>MARKS) ?: ?|[ ,;]*\((?P<within>MARKS)\)$|[,;] ?(?P<after>MARKS)$"
_END = r"[ .;!?\u3002]+$"
_GROUPED = r"(?<=\d),(?=\d\d\d)"
_WRITTEN = {"date": date_at, "yuan": money_at, "share": share_at}
_UNIT = Text("yuan")
_ALIKE = Text("didn't=did not|doesn't=does not|isn't=is not|cannot=can not")
"""What says the same in every sentence, first as it is compared."""
_PARTS = Text(r"[,;] ?(?:and )?| and ")


class Told(NamedTuple):
    """What a sentence says: a fact, and whether it is so."""

    word: str
    args: Args
    so: bool


class Template(NamedTuple):
    """A sentence of a word, cut at the places of its arguments; beside these it may have spaces or not."""

    word: Predicate
    so: bool
    pieces: tuple[str, ...]
    slots: tuple[str, ...]


class Grammar:
    """The sentences of a vocabulary about what a case has names for."""

    def __init__(self, vocabulary: Mapping[str, Predicate], names: Names) -> None:
        self.vocabulary, self.names = vocabulary, names

    @cached_property
    def templates(self) -> list[Template]:
        """All sentences that can be read."""
        each = (template for word in self.vocabulary.values() for template in _templates(word))
        return list({(t.word.name, *t[1:]): t for t in each}.values())

    @cached_property
    def called(self) -> Mapping[str, list[tuple[str, str]]]:
        """By type what a thing may be called, and its id."""
        return {kind: list(_called(each)) for kind, each in self.names.items()}

    def plain(self) -> Mapping[str, object]:
        """The grammar without the names, as plain data: templates and what sentences are cleared of."""
        templates = [(each.word.name, each.so, each.pieces, each.slots) for each in self.templates]
        marks = {status: _marked(status) for status in MARKS}
        return {
            "templates": templates,
            "marks": marks,
            "end": _END,
            "grouped": _GROUPED,
            "alike": _alike(),
            "units": _units(),
        }

    def read(self, sentence: str) -> tuple[list[Told], str | None]:
        """All that a sentence may say, and its mark."""
        text, mark = unmarked(sentence)
        every = [fact for template in self.templates if _may_be(template, text) for fact in self._told(template, text)]
        whole = [fact for fact in every if LACKING not in fact.args]
        return list(dict.fromkeys(whole or every)), mark

    def parts(self, sentence: str) -> list[str]:
        """The facts of a sentence that says several, each as it stands there."""
        cuts = "|".join(dict.fromkeys(_PARTS.pattern(lang) for lang in languages()))
        pieces = [piece for piece in re.split(cuts, sentence) if piece.strip()]
        facts = [piece for piece in pieces if self.read(piece)[0]]
        return facts if len(facts) > 1 else []

    def value(self, word: Predicate, argument: Argument, text: str) -> str | int | None:
        """What a text says, alone, at the place of an argument; None where it says nothing that fits."""
        written = _bare(text)
        ends = {len(written), *(len(written) - len(unit) for unit in _units() if written.endswith(unit))}
        return next((value for value, end in self._values(word, argument, written, 0) if end in ends), None)

    def _told(self, template: Template, text: str) -> Iterator[Told]:
        for bound in self._matches(template, text, 0, 0, {}):
            args = tuple(bound.get(a.key, _unsaid(a, template.so)) for a in template.word.arguments[1:])
            yield Told(template.word.name, args, template.so)

    def _matches(
        self, template: Template, text: str, number: int, at: int, bound: dict[str, str | int]
    ) -> Iterator[dict[str, str | int]]:
        """Each way in which the rest of a sentence fits the pieces and places that are left of a template."""
        piece = template.pieces[number]
        at += text.startswith(" ", at)
        if not text.startswith(piece, at):
            return
        at += len(piece)
        if number == len(template.slots):
            if at == len(text):
                yield bound
            return
        at += text.startswith(" ", at)
        slot = template.slots[number]
        argument = next(a for a in template.word.arguments[1:] if a.key == slot)
        for value, end in self._values(template.word, argument, text, at):
            if bound.get(slot, value) == value:
                yield from self._matches(template, text, number + 1, end, {**bound, slot: value})

    def _values(self, word: Predicate, argument: Argument, text: str, at: int) -> Iterator[tuple[str | int, int]]:
        """What may stand at a place for an argument, and where it ends."""
        if reader := _WRITTEN.get(argument.type or ""):
            value = reader(text, at)
            yield from [value] if value else []
            return
        known = _called_words(word, argument) if argument.words else self.called.get(argument.type or "", ())
        yield from ((value, at + len(name)) for name, value in known if text.startswith(name, at))


def unmarked(sentence: str) -> tuple[str, str | None]:
    """A sentence as it is compared, without full stop and mark; and how, by its mark, it stands."""
    text = re.sub(_END, "", plain(sentence))
    for status in MARKS:
        if match := re.search(_marked(status), text):
            return _bare(text[: match.start()] + text[match.end() :]), status
    return _bare(text), None


def _units() -> list[str]:
    """What may stand behind an amount."""
    return [text for lang in languages() for text in (_UNIT.pattern(lang), f" {_UNIT.pattern(lang)}")]


@cache
def _marked(status: str) -> str:
    marks = "|".join(mark for lang in languages() for mark in MARKS[status].pattern(lang).split("|"))
    return _MARKED.replace("MARKS", f"(?:{marks})")


def marked(status: str, text: str) -> bool:
    """Is a text one of the words for this mark?"""
    return unmarked(f"({text})")[1] == status


def _bare(text: str) -> str:
    text = plain(re.sub(",", " ", re.sub(_GROUPED, "", re.sub(_END, "", plain(text))))).strip()
    for sign, variant in _alike():
        text = text.replace(variant, sign)
    return text


@cache
def _alike() -> list[tuple[str, str]]:
    pairs = (pair.partition("=") for lang in languages() for pair in _ALIKE.pattern(lang).split("|"))
    return list(dict.fromkeys((sign, variant) for sign, _, variant in pairs))


def _templates(word: Predicate) -> Iterator[Template]:
    for lang in languages():
        for so in (True, False):
            also = f"also {lang}" if so else f"also not {lang}"
            for sentence in (word.sentence(lang, "so" if so else "not"), *word.said.get(also, ())):
                for pieces in _cut(word.arguments[1:], sentence, lang):
                    yield Template(word, so, pieces[::2], pieces[1::2])


@cache  # the same in every case
def _cut(arguments: tuple[Argument, ...], sentence: str, lang: str) -> list[tuple[str, ...]]:
    """A sentence in its variants, each cut at the places of its arguments."""
    variants = _variants(arguments, sentence, lang)
    return [tuple(piece.strip() for piece in re.split(r"\{(\w+'*)\}", _bare(variant))) for variant in variants]


def _variants(arguments: tuple[Argument, ...], sentence: str, lang: str) -> set[str]:
    """The sentence without what may be left out, and with its day in front."""
    variants = {sentence}
    for argument in arguments:
        if argument.optional or argument.type == "date":
            variants |= {without(each, [argument.name], lang) for each in variants}
    for argument in arguments:
        if argument.type == "date":
            variants |= {moved for each in variants for moved in _day_first(argument, each, lang)}
    return variants


def _day_first(argument: Argument, sentence: str, lang: str) -> list[str]:
    place = "{" + argument.name + "}"
    leads = re.search(AS_TO.pattern(lang).replace("PLACE", re.escape(place)), sentence)
    rest = without(sentence, [argument.name], lang)
    return [f"{first}, {rest}" for first in (leads[0], place)] if leads else []


def _may_be(template: Template, text: str) -> bool:
    pieces = template.pieces
    return text.startswith(pieces[0]) and text.endswith(pieces[-1]) and all(piece in text for piece in pieces)


def _unsaid(argument: Argument, so: bool) -> str:
    """What a sentence means that does not name an argument: all of its kind, or at no time."""
    return ANY if argument.optional else LACKING if so else "undated"


def _called(things: Mapping[str, Text]) -> Iterator[tuple[str, str]]:
    """Names in every language, in English with or without its article; ids where nothing else is called so."""
    names = [(plain(name.of(lang)), thing) for thing, name in things.items() for lang in languages()]
    names += [(name.removeprefix("the "), thing) for name, thing in names]
    known = {name for name, _ in names}
    yield from dict.fromkeys((_bare(name), thing) for name, thing in names if name)
    yield from ((thing, thing) for thing in things if thing not in known)


def _called_words(word: Predicate, argument: Argument) -> Iterable[tuple[str, str]]:
    labels = {value: word.values[value] for value in argument.words if value in word.values}
    names = [(_bare(label.of(lang)), value) for value, label in labels.items() for lang in languages()]
    return dict.fromkeys([*names, *((value, value) for value in argument.words)])
