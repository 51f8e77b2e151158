"""Ids, atoms and commands of an answer as Text, with what each cites: provisions and sources, and things of the base.

A provision is cited by its id, a source by key and locator; issues, readings, cases, rules and words by `issue:ID` and so
on, which only a writer that has pages for them knows.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from pyliab.answers.blocks import Block, Document, Heading, as_table, cited
from pyliab.answers.terms import AT_SECOND_HAND, TAKEN
from pyliab.asp.open_facts import read_cast
from pyliab.asp.symbols import Symbol, parse
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.model import Cited, Period
from pyliab.kb.reading import Choice
from pyliab.kb.vocabulary import fill
from pyliab.law.liability import Liability
from pyliab.law.words import LANGS, Phrases, short
from pyliab.law.world import partners
from pyliab.text.amounts import Yuan, fen, grouped, yuan
from pyliab.text.problem import InputError
from pyliab.text.say import EMPTY, Text, listed, same, say, words

OURSELVES = "pyliab"
"""How the bibliography cites what rests on the logic of the system and not on a text."""


class Wording:
    """Says things of the base, and of one case where there is one."""

    def __init__(
        self,
        base: KnowledgeBase,
        case: CaseFile | None = None,
        options: Iterable[tuple[str, str]] = (),
        called: Mapping[str, str] | None = None,
    ) -> None:
        """For commands that are printed as advice: the `options` that name the base and the folders, and by id the names under
        which cases and readings were `called`."""
        self.base, self.case, self.options, self.called = base, case, tuple(options), called or {}
        self.phrases = Phrases(base, case.names() if case else None)

    def about(self, case: CaseFile) -> Wording:
        """The same for another case."""
        return Wording(self.base, case, self.options, self.called)

    def label(self, kind: str, name: str) -> Text:
        """The name of a form, an order, a ceiling, a kind of recourse."""
        label = self.base.labels.get(kind, {}).get(name)
        return label.name if label else same(name)

    def code(self, form: str) -> Text:
        """A form in two letters, for a matrix."""
        label = self.base.labels.get("form", {}).get(form)
        return label.code if label and label.code else same(form)

    def word(self, name: str) -> Text:
        """The name of a party, an item, a harm, or a declared value."""
        return self.phrases.word(name)

    def atom(self, symbol: Symbol) -> Text:
        """An atom as a sentence."""
        return self.phrases.atom(symbol)

    @cached_property
    def _players(self) -> Mapping[str, Text]:
        """By the name of an argument who plays it in hypothetical cases; nobody in a body of law without a cast."""
        try:
            cast = read_cast(self.base)
        except InputError:
            return {}
        return {argument: cast.names[players[0]] for argument, players in cast.plays.items() if players}

    def of_word(self, sentence: Text) -> Text:
        """A sentence of a word, with somebody in each of its places, and dots where nobody is known for one."""
        said = {lang: sentence.of(lang) for lang in LANGS}
        places = {place for each in said.values() for place in re.findall(r"\{(\w+'*)\}", each)}
        players = {place: self._players.get(place) or say("…") for place in places}
        return words(
            {lang: fill(each, {p: name.of(lang) for p, name in players.items()}) for lang, each in said.items()}
        )

    def disputed(self, fact: Symbol | str) -> Text:
        """A disputed fact, as an atom or its text, or its opposite, as a clause."""
        symbol = parse(fact) if isinstance(fact, str) else fact
        return self.phrases.stated(symbol)

    def provision(self, name: str) -> Text:
        """The name of a provision."""
        return self.phrases.provision(name).citing(name)

    def article(self, name: str) -> Text:
        """The name of a whole article."""
        return self.phrases.provision(name)

    def citation(self, name: str) -> Text:
        """What a rule cites: a provision, or a source with a locator. Nothing for what rests on the system alone."""
        source = self.base.sources.get(name.partition(" ")[0])
        if source is not None and source.citation == OURSELVES:
            return EMPTY
        return self.phrases.citation(name).citing(name)

    def citations(self, names: Iterable[str]) -> tuple[Text, ...]:
        """Those of them that can be cited."""
        return tuple(text for name in names if (text := self.citation(name)))

    def source(self, entry: Cited) -> Text:
        """A source with the place in it, as an entry of the base names them."""
        return self.citation(f"{entry.source} {entry.locator or ''}".strip())

    def rule(self, name: str) -> Text:
        """A rule by its id."""
        return same(name).citing(f"rule:{name}")

    def issue(self, name: str) -> Text:
        """The title of an issue."""
        return words(self.base.issues[name].title, f"issue:{name}")

    def title(self, issue: str, position: str) -> Text:
        """The title of a position."""
        return words(self.base.position(issue, position).title, f"position:{issue}={position}")

    def position(self, name: str) -> Text:
        """`issue=position` in words."""
        issue, _, position = name.partition("=")
        if issue not in self.base.issues or position not in self.base.issues[issue].positions:
            return same(name)
        return say("{issue}: {position}", issue=self.issue(issue), position=self.title(issue, position))

    def taken(self, choice: Choice, name: str) -> Text:
        """`issue=position` in words, with who takes it: the reading, the background, or nobody yet."""
        standing = TAKEN[choice.standing(name.partition("=")[0])]
        return say("{clause} ({standing})", clause=self.position(name), standing=standing)

    def chosen(self, name: str) -> Text:
        """A choice as `space` writes it: `issue=position`, or a side of a fact in dispute."""
        return self.position(name) if name.partition("=")[0] in self.base.issues else self.disputed(name)

    def reading(self, name: str) -> Text:
        """The title of a reading; one from a file outside the knowledge base is known by its id alone."""
        name, *others = name.split("+")
        reading = self.base.readings.get(name)
        title = words(reading.title, f"reading:{name}") if reading else same(name)
        return listed([title, *map(self.position, others)], ", ")

    @cached_property
    def _partners(self) -> Mapping[tuple[str, ...], tuple[str]]:
        """By liability who alone may stand beside its debtor."""
        return {tuple(key): (partner,) for key, partner in partners(self.base, self.case).items()} if self.case else {}

    def owed(self, key: Iterable[str], beside: Iterable[str] = ()) -> Text:
        """A liability as a sentence: that of its form in the base, filled with debtor, creditor and those `beside` them."""
        debtor, creditor, *form = key = tuple(key)
        beside = tuple(beside) or self._partners.get(key, ())
        label = self.base.labels.get("form", {}).get(form[0]) if form else None
        names = {"debtor": self.word(debtor), "creditor": self.word(creditor)}
        if label and label.sentence:
            names["with"] = listed(map(self.word, beside), " and ") or self.label("beside", "wrongdoer")
            values = {lang: {name: text.of(lang) for name, text in names.items()} for lang in LANGS}
            return words({lang: fill(label.sentence.of(lang), values[lang]) for lang in LANGS})
        clause = say("{debtor} is liable to {creditor}", **names)
        return say("{clause}: {form}", clause=clause, form=self.label("form", form[0])) if form else clause

    def liability(self, liability: Liability) -> Text:
        """The sentence of a liability, with those who stand beside the debtor."""
        return self.owed(liability.key, liability.with_)

    def outcome(self, outcome: Iterable[tuple[str, ...]]) -> Text:
        """All liabilities of an outcome as a sentence."""
        return listed((self.owed(mark) for mark in sorted(outcome)), ", and ") or say("nobody is liable")

    def assets(self, party: str, amount: Yuan | None) -> Text:
        """What a party has; no limit where that is None."""
        much = say("no limit") if amount is None else self.money(grouped(yuan(fen(amount))))
        return say("{party} has {amount}", party=self.word(party), amount=much)

    def money(self, text: str) -> Text:
        """An amount, or a range, with the currency of the base."""
        return say("{sum} {currency}", sum=text, currency=self.label("amount", "currency"))

    def first(self, parties: Iterable[str]) -> Text:
        """Whom the creditors go against first."""
        return say("{parties} first", parties=listed(map(self.word, parties), " and "))

    def date(self, text: str) -> Text:
        """A date `2021-06-01` as each language writes it; less than a whole one as it stands."""
        if text.count("-") != 2:
            return same(text)
        year, month, day = (int(part) for part in text.split("-"))
        return say("{year:04}-{month:02}-{day:02}", year=year, month=month, day=day)

    def command(self, *arguments: str) -> Text:
        """A command that works here as it is printed: cases and readings as the user called them, with the same folders."""
        called = [self.called.get(word, word) for word in arguments]
        options = [part for option in self.options for part in option]
        return same(shlex.join(["pyliab", *called, *options]))

    # --- footnotes ------------------------------------------------------------------------------------------------------

    def document(self, title: Text, blocks: Iterable[Block], **more: Any) -> Document:
        """Blocks as a document, with a footnote for each provision and source that they cite.

        Without a title, it is called as its first heading or table is.
        """
        made = tuple(blocks)
        trees = [way.tree for explorer in more.get("explorers", ()) for way in explorer.ways]
        notes = {name: note for name in cited([*made, *trees]) if (note := self.note(name))}
        return Document(title or _title(made), made, notes, **more)

    def note(self, name: str) -> Text:
        """The footnote: a source after GB/T 7714, a provision by name with its words. Empty for what is neither."""
        if name in self.base.provisions:
            return self._words_of(name)
        key, _, locator = name.partition(" ")
        source = self.base.sources.get(key)
        if source is None or source.citation == OURSELVES:
            return EMPTY
        text = source.citation.rstrip(" .") + (f": {locator}." if locator else ".")
        if source.url and source.url not in text:
            text += f" {source.url}."
        seen = AT_SECOND_HAND.get(source.seen)
        return say("{citation} ({seen})", citation=text, seen=seen) if seen else same(text)

    def _words_of(self, name: str) -> Text:
        provision = self.base.provisions[name]
        statute = self.base.statutes[provision.statute]
        chinese = self.phrases.provision(name).of("zh")
        return say(
            "{provision}, {statute} (in force {period}): “{words}”",
            provision=words({"zh": chinese.removeprefix(short(statute)), "en": name}),
            statute=statute.title,
            period=self.period(provision.in_force),
            words=provision.text,
        )

    def period(self, in_force: Period) -> Text:
        """From when to when something is in force."""
        start, end = (self.date(str(day)) if day else EMPTY for day in (in_force.start, in_force.end))
        return say("from {start} to {end}", start=start, end=end) if end else say("from {start}", start=start)


def _title(blocks: Iterable[Block]) -> Text:
    """What an answer is called that does not say: its first heading, or what its first table shows."""
    for block in blocks:
        if isinstance(block, Heading):
            return block.text
        if table := as_table(block):
            return table.caption
    return EMPTY
