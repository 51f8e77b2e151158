"""Atoms and citations as sentences, in Chinese and English, from the words that the knowledge base declares."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Literal

from pyliab.asp.days import FALLS
from pyliab.asp.symbols import Function, String, Symbol, SymbolType
from pyliab.kb.base import KnowledgeBase, article
from pyliab.kb.model import Statute
from pyliab.kb.vocabulary import UNSAID, fill, without
from pyliab.text.amounts import Days, grouped, is_span, iso, percent, span
from pyliab.text.say import Text, listed, same, say, words

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, Lang] = ("zh", "en")

_PROVISION = r"^(?P<statute>\S+) (?P<article>\d+)(?:\((?P<paragraph>\d+)\))?$"
_DIGITS = say("0 1 2 3 4 5 6 7 8 9")
_UNITS = say("10 100 1000")


def numeral(number: int) -> str:
    """A whole number below 10000 as Chinese writes it."""
    if not 0 < number < 10_000:
        return str(number)
    digits, units = _DIGITS.of("zh").split(), ["", *_UNITS.of("zh").split()]
    out, zero = "", False
    for power in (3, 2, 1, 0):
        digit, number = divmod(number, 10**power)
        if digit:
            out += (digits[0] if zero and out else "") + digits[digit] + units[power]
        zero = not digit
    return out.removeprefix(digits[1]) if out.startswith(digits[1] + units[1]) else out


def short(statute: Statute) -> str:
    """What a statute is called in Chinese, without the name of the state."""
    if statute.short:
        return statute.short.of("zh")
    return statute.title.of("zh").removeprefix(say("People's Republic of China").of("zh"))


class Phrases:
    """Names and sentences for one case (or for none)."""

    def __init__(self, base: KnowledgeBase, names: Mapping[str, Text] | None = None) -> None:
        self.base = base
        self.names = names or {}
        self.spans: Mapping[int, Days] = {}
        """Days that stand for a span, which is said in their place."""

    @cached_property
    def labels(self) -> dict[str, Text]:
        """The values that the blocks declare, and all that the base has labels for, by their words."""
        declared = {
            name: label for predicate in self.base.predicates.values() for name, label in predicate.values.items()
        }
        labels = {name: label.name for kind in self.base.labels.values() for name, label in kind.items()}
        return {**declared, **labels}

    @cached_property
    def _paragraphs(self) -> Counter[str]:
        return Counter(map(article, self.base.provisions))

    def word(self, name: str) -> Text:
        """The label of a party, item, harm, declared value or issue; an unknown one is given as it stands."""
        known = self.names.get(name) or self.labels.get(name)
        return known or (self.base.issues[name].title if name in self.base.issues else same(name))

    def provision(self, name: str) -> Text:
        """A provision as the body of law cites its own (`cited` in its labels), or by its id; without a paragraph, the article."""
        match = re.match(_PROVISION, name)
        statute = self.base.statutes.get(match["statute"]) if match else None
        if not match or not statute:
            return same(name)
        paragraph = match["paragraph"] or "1"
        alone = not match["paragraph"] or (self._paragraphs.get(article(name)) == 1 and paragraph == "1")
        cited = self.base.labels.get("cited", {}).get("article" if alone else "paragraph")
        place = {"article": numeral(int(match["article"])), "paragraph": numeral(int(paragraph))}
        values = {"id": name, "statute": short(statute), **place}
        return words({"zh": fill(cited.zh, values), "en": fill(cited.en, values)}) if cited else same(name)

    def citation(self, cited: str) -> Text:
        """What a rule cites: a provision, or a source with a locator (`source §4.2`)."""
        if cited in self.base.provisions:
            return self.provision(cited)
        key, _, locator = cited.partition(" ")
        source = self.base.sources.get(key)
        if source is None:
            return same(cited)
        return listed([source.short or source.title, locator], " ")

    def position(self, issue: str, position: str) -> Text:
        """`issue title: position title`."""
        known = self.base.issues.get(issue)
        if not known or position not in known.positions:
            return same(f"{issue}={position}")
        return say("{issue}: {position}", issue=known.title, position=known.positions[position].title)

    def value(self, symbol: Symbol, kind: str | None = None) -> Text:
        """Any argument of an atom, as a reader would say it; one of type `word` is never a party of that id."""
        if kind == "word" and str(symbol) in self.labels:
            return self.labels[str(symbol)]
        if symbol.type == SymbolType.Number:
            span = self.spans.get(symbol.number)
            return written_span(span) if span else written_day(symbol.number)
        if symbol.type == SymbolType.String:
            if kind == "date":
                return written_span(symbol.string)
            return same(_said(symbol.string, kind)) or self.provision(symbol.string)
        if symbol.type == SymbolType.Function and symbol.name == "basis":
            return self.value(symbol.arguments[0])
        if symbol.type == SymbolType.Function and symbol.arguments and symbol.name in self.base.predicates:
            return _within(self.atom(symbol))
        return self.word(str(symbol))

    def sentence(
        self,
        templates: Mapping[Lang, str],
        values: Mapping[str, Symbol],
        kinds: Mapping[str, str | None] | None = None,
    ) -> Text:
        """Fill a sentence of a rule or predicate; `kinds` gives the types of its variables where they are known."""
        kinds = kinds or {}
        named = {name: self.value(symbol, kinds.get(name)) for name, symbol in values.items()}
        said = {lang: {name: text.of(lang) for name, text in named.items()} for lang in LANGS}
        filled = {lang: fill(_once(templates[lang], said[lang]), said[lang]) for lang in LANGS}
        return words({**filled, "en": re.sub(r"^[a-z]", lambda m: m[0].upper(), filled["en"])})

    def atom(self, symbol: Symbol, how: str = "so") -> Text:
        """The sentence of an atom, the minus of classical negation left aside; or that it is `not` so, or the question (`ask`)."""
        if symbol.name == FALLS:
            return self._fallen(*symbol.arguments[1:4])
        predicate = self.base.predicates.get(symbol.name)
        if predicate is None or len(symbol.arguments) != predicate.arity:
            return same(symbol)
        values = {a.name: value for a, value in zip(predicate.arguments, symbol.arguments, strict=True)}
        kinds = {argument.name: argument.type for argument in predicate.arguments}
        unsaid = [name for name, value in values.items() if str(value) in UNSAID]
        return self.sentence(
            {lang: without(predicate.sentence(lang, how), unsaid, lang) for lang in LANGS}, values, kinds
        )

    def _fallen(self, event: Symbol, first: Symbol, last: Symbol) -> Text:
        """What happened on a part of its span: that before or after a day, where the rest lies on one side."""
        whole = next(Days(a.string) for a in event.arguments if a.type == SymbolType.String and is_span(a.string))
        part = span(first.number, last.number)
        if whole.first < first.number and last.number == whole.last:
            part = Days(f"{iso(first.number)}/")
        elif first.number == whole.first and last.number < whole.last:
            part = Days(f"/{iso(last.number)}")
        arguments = [String(part) if a == String(whole) else a for a in event.arguments]
        return _within(self.atom(Function(event.name, arguments, event.positive)))

    def stated(self, symbol: Symbol) -> Text:
        """The sentence of an atom as it stands: under a minus, that it is not so."""
        return self.atom(symbol, "so" if symbol.positive else "not")

    def words_of(self, provision: str, rules: Iterable[str]) -> str:
        """The words of a provision that the given rules carry; all of a short provision that is not cut up."""
        known = self.base.provisions.get(provision)
        if known is None or known.segments:
            return self.carried(provision, rules)
        return known.text if len(known.text) <= 130 else ""

    def carried(self, provision: str, rules: Iterable[str]) -> str:
        """The words of a provision that the given rules carry by its segments; empty where there are none."""
        known, wanted = self.base.provisions.get(provision), set(rules)
        carried = [segment.words for segment in (known.segments if known else ()) if wanted & set(segment.rules)]
        return "……".join(run.rstrip("，。；、") for run in carried)


def _said(text: str, kind: str | None) -> str:
    """An amount or a share as people write it; empty where it is neither."""
    if kind == "share":
        return "–".join(percent(Fraction(end)) for end in text.split("-"))
    return grouped(text) if kind == "yuan" else ""


def _once(sentence: str, values: Mapping[str, str]) -> str:
    """Of a party that is called what the sentence calls it (`the consumer {V}`) that is said once."""
    for name, value in values.items():
        sentence = (
            re.sub(rf"{re.escape(value)}\s?(?={{{name}}})", "", sentence, flags=re.IGNORECASE) if value else sentence
        )
    return sentence


def _within(sentence: Text) -> Text:
    """A sentence inside another: its first letter small again, unless it begins a name or an abbreviation."""
    return words({lang: re.sub(r"^The ", "the ", sentence.of(lang)) for lang in LANGS})


def written_day(number: int) -> Text:
    """A day 20210630 as each language writes it."""
    if not 10_000_101 <= number <= 99_991_231:
        return same(number)
    year, month, day = number // 10_000, number // 100 % 100, number % 100
    return say("{year:04}-{month:02}-{day:02}", year=year, month=month, day=day)


def written_span(days: str) -> Text:
    """A span as each language writes it, at the place of a day; `2021-01-01/` and `/2020-12-31` are open on one side."""
    first, to, last = days.partition("/")
    if first and last:
        return say("a day from {first} to {last}", first=_part(first), last=_part(last))
    if not to:
        return _part(first) if first.count("-") == 2 else say("a day in {span}", span=_part(first))
    day = _part(first or last)
    return say("a day no earlier than {day}", day=day) if first else say("a day no later than {day}", day=day)


def _part(text: str) -> Text:
    """A year, a month or a day."""
    year, month, day, *_ = [*map(int, text.split("-")), 0, 0]
    if day:
        return written_day(year * 10_000 + month * 100 + day)
    return say("{year:04}-{month:02}", year=year, month=month) if month else say("{year:04}", year=year)
