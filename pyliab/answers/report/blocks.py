"""What a report is made of: headings, paragraphs, tables, trees and figures, each in Chinese and English.

Blocks know neither HTML nor Word; the writers in `pyliab/render` know no law.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyliab.law.words import Lang


@dataclass(frozen=True)
class Words:
    """The same text in both languages, with the sources and provisions that it rests on, by key.

    `items`: the same as a list, for a page that has room for one.
    """

    zh: str
    en: str
    cites: tuple[str, ...] = ()
    items: tuple[Words, ...] = ()

    def of(self, lang: Lang) -> str:
        """The text in one language."""
        return self.zh if lang == "zh" else self.en

    def to_json(self) -> dict[str, str]:
        """Plain data."""
        return {"zh": self.zh, "en": self.en}


EMPTY = Words("", "")


def same(text: str) -> Words:
    """A text that is the same in both languages: an id, a number."""
    return Words(text, text)


def of_both(both: Mapping[Any, str], cites: Sequence[str] = ()) -> Words:
    """The words of a mapping with `zh` and `en`."""
    return Words(both["zh"], both["en"], tuple(cites))


def capital(words: Words) -> Words:
    """The same, as a sentence begins."""
    return Words(words.zh, words.en[:1].upper() + words.en[1:], words.cites)


@dataclass(frozen=True)
class Heading:
    """A heading; `anchor` is unique in the report."""

    level: int
    words: Words
    anchor: str


@dataclass(frozen=True)
class Para:
    """A paragraph. `style` is empty, `note` (small print) or `lead`."""

    words: Words
    style: str = ""


@dataclass(frozen=True)
class Table:
    """A table with its caption. `name` serves as file name for CSV; `figures` are the columns that hold numbers.

    The first `heads` columns say what a group of rows is about: they are printed where they change. Of the rows the first
    `printed` are printed (0: all); CSV has all of them.
    """

    name: str
    caption: Words
    columns: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]
    figures: frozenset[int] = frozenset()
    note: Words = EMPTY
    heads: int = 0
    printed: int = 0

    def grouped(self) -> Iterator[tuple[bool, tuple[Words, ...]]]:
        """Each row that is printed, and whether a group begins with it."""
        before: tuple[Words, ...] | None = None
        for row in self.rows[: self.printed or None]:
            yield row[: self.heads] != before, row
            before = row[: self.heads]


@dataclass(frozen=True)
class Node:
    """A step of a proof. `mark` says what kind of step it is, `quotes` are statutory words with where they stand."""

    kind: str
    says: Words
    mark: Words = EMPTY
    rule: str = ""
    remark: Words = EMPTY
    quotes: tuple[tuple[Words, str], ...] = ()
    children: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """This step and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Tree:
    """A proof, with the few reasons that carry it before the tree itself."""

    caption: Words
    reasons: tuple[Words, ...]
    proofs: tuple[Node, ...]


@dataclass(frozen=True)
class Quote:
    """The words of a provision, which are Chinese in either language."""

    label: Words
    text: str


@dataclass(frozen=True)
class Figure:
    """A drawing as SVG, one for each language."""

    caption: Words
    svg: Words


@dataclass(frozen=True)
class Explore:
    """Where the explorer of a case stands in a page; a document on paper has none."""

    case: str


@dataclass(frozen=True)
class OneWay:
    """A proof of a liability under some positions: one way in which it follows, by its place among the marks."""

    mark: int
    positions: tuple[tuple[str, str], ...]
    under: Words
    tree: Tree


@dataclass(frozen=True)
class Explorer:
    """The exact decision table of a case as plain data, and proofs to show beside it."""

    case: str
    data: Mapping[str, Any]
    proofs: tuple[OneWay, ...]


Block = Heading | Para | Table | Tree | Quote | Figure | Explore


@dataclass(frozen=True)
class Report:
    """A whole report. `notes` are the footnotes, by what is cited; `explorers` the tables that travel in a page."""

    title: Words
    blocks: tuple[Block, ...]
    notes: Mapping[str, Words]
    explorers: tuple[Explorer, ...] = ()

    @property
    def tables(self) -> list[Table]:
        """All tables in order; their numbers are their places, from 1."""
        return [block for block in self.blocks if isinstance(block, Table)]
