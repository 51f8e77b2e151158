"""Results put into words in both languages at once, by the renderers that print them in one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

from rich.console import Console

from pyliab.answers.render.page import Page, disputed_text, position_text
from pyliab.answers.render.space import outcome_text
from pyliab.answers.report.blocks import Words, of_both
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.law.words import Phrases
from pyliab.space.space import Outcome
from pyliab.text.amounts import Span


class Speech:
    """Says things of one case in Chinese and English."""

    def __init__(self, base: KnowledgeBase, case: CaseFile) -> None:
        self.base, self.case = base, case
        self.phrases = Phrases(base, case.names())
        console = Console(quiet=True)
        self.zh, self.en = Page(console, base, "zh"), Page(console, base, "en")

    def say(self, said: Callable[[Page], str], cites: tuple[str, ...] = ()) -> Words:
        """Whatever a page of each language says."""
        return Words(said(self.zh), said(self.en), cites)

    def label(self, kind: str, name: str) -> Words:
        """The name of a form, an order, a ceiling, a kind of recourse."""
        return self.say(lambda page: page.label(kind, name))

    def word(self, name: str) -> Words:
        """The name of a party, an item or a harm."""
        return self.say(lambda page: self.phrases.word(name, page.lang))

    def outcome(self, outcome: Outcome) -> Words:
        """An outcome as a sentence."""
        return self.say(lambda page: outcome_text(page, self.phrases, outcome))

    def position(self, name: str) -> Words:
        """`issue=position` in words."""
        return self.say(lambda page: position_text(self.phrases, name, page.lang))

    def fact(self, text: str) -> Words:
        """A disputed fact, or its opposite, as a clause."""
        return self.say(lambda page: disputed_text(page, self.phrases, text))

    def chosen(self, name: str, disputed: object) -> Words:
        """A choice as `space` writes it: a position, or a side of a fact in dispute."""
        known = isinstance(disputed, (list, tuple)) and name.removeprefix("-") in disputed
        return self.fact(name) if known else self.position(name)

    def reading(self, name: str) -> Words:
        """The title of a reading; a reading from a file outside the knowledge base is known by its id alone."""
        found = self.base.readings.get(name)
        return of_both(found["title"]) if found else Words(name, name)

    def join(self, parts: list[Words]) -> Words:
        """A list."""
        cites = tuple(dict.fromkeys(cite for part in parts for cite in part.cites))
        return Words("；".join(p.zh for p in parts), "; ".join(p.en for p in parts), cites)

    def date(self, text: str) -> Words:
        """A date."""
        return self.say(lambda page: page.date(text))

    def both(self, both: Mapping[Any, str], cites: tuple[str, ...] = ()) -> Words:
        """Words that the knowledge base holds in both languages."""
        return of_both(both, cites)

    @cached_property
    def notes(self) -> Notes:
        """The footnotes."""
        return Notes(self)


class Notes:
    """What may be cited, as footnotes: sources after GB/T 7714, provisions by name with their words."""

    def __init__(self, speech: Speech) -> None:
        self.speech, self.base = speech, speech.base

    def known(self, cited: str) -> bool:
        """Is this a provision or a source? What rests on the logic of the system alone is no source."""
        source = self.base.sources.get(cited.partition(" ")[0])
        return cited in self.base.provisions or (source is not None and source["citation"] != OURSELVES)

    def known_of(self, names: Iterable[str]) -> tuple[str, ...]:
        """Those that can be cited, each once."""
        return tuple(dict.fromkeys(name for name in names if self.known(name)))

    def text(self, cited: str) -> Words:
        """The footnote."""
        if cited in self.base.provisions:
            return self._provision(cited)
        key, _, locator = cited.partition(" ")
        source = self.base.sources[key]
        text = source["citation"].rstrip(" .")
        text += f": {locator}." if locator else "."
        if source["url"] and source["url"] not in text:
            text += f" {source['url']}."
        seen = _SEEN.get(source["seen"])
        return Words(f"{text}（{seen[0]}）", f"{text} ({seen[1]})") if seen else Words(text, text)

    def _provision(self, cited: str) -> Words:
        provision = self.base.provisions[cited]
        statute = self.base.statutes[provision["statute"]]
        name = self.speech.phrases.provision(cited, "zh")
        short = (statute["short"] or {}).get("zh") or statute["title"]["zh"].removeprefix("中华人民共和国")
        place = name.removeprefix(short)
        start, end = provision["in_force"]["start"], provision["in_force"]["end"]
        words = f"“{provision['text']}”"
        return Words(
            f"《{statute['title']['zh']}》{place}（{start}起施行{f'，至{end}' if end else ''}）：{words}",
            f"{cited}, {statute['title']['en']} (in force from {start}{f' to {end}' if end else ''}): {words}",
        )


_SEEN = {
    "abstract": ("仅见摘要", "abstract seen only"),
    "excerpt": ("仅见节录", "excerpt seen only"),
    "press report": ("据新闻报道", "as reported in the press"),
    "label only": ("转引", "cited at second hand"),
    "not seen": ("未见原文", "not seen"),
}


OURSELVES = "pyliab"
"""How the bibliography cites what rests on the logic of the system and not on a text."""


def span(value: Span | None) -> Words:
    """An amount or a range; a dash where there is none."""
    text = value.text() if value else "—"
    return Words(text, text)
