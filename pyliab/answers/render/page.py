"""A page: what is printed, to a console, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from pyliab.kb.base import KnowledgeBase
from pyliab.kb.reading import Choice
from pyliab.law.liability import Liability
from pyliab.law.words import Lang, Phrases
from pyliab.text.say import Text, say, words

if TYPE_CHECKING:
    from rich.console import Console

    from pyliab.answers.blocks import Block
    from pyliab.answers.wording import Wording
    from pyliab.asp.symbols import Symbol
    from pyliab.kb.case import CaseFile

STATUS = {"certain": ("确定", "certain"), "possible": ("可能", "possible")}
TAKEN = {
    "own": ("本读法所取", "taken by the reading"),
    "assumed": ("依条文推定", "assumed from the text"),
    "open": ("未定，此处如此补足", "open, completed so here"),
    "both": ("两读法同取，至少一方依条文推定", "taken by both, by one of them as assumed from the text"),
    "one": ("一方所取，另一方未定而如此补足", "taken by one, open in the other and completed so here"),
}
FOUND = {
    "proved": ("已证明", "proved"),
    "disproved": ("已否定", "disproved"),
    "disputed": ("真伪不明", "in dispute"),
    "disputed, taken as proved": ("真伪不明，此处按成立", "in dispute, taken as proved here"),
    "disputed, taken as disproved": ("真伪不明，此处按不成立", "in dispute, taken as disproved here"),
    "disputed, not proved": ("真伪不明，未能证明", "in dispute, not proved"),
    "disputed, not disproved": ("真伪不明，未能推翻", "in dispute, not disproved"),
    "not stated": ("无人陈述", "not stated"),
    "not derived": ("不能推出", "does not follow"),
}
STYLES = {
    "certain": "bold green",
    "possible": "yellow",
    "own": "cyan",
    "assumed": "dim",
    "proved": "",
    "disproved": "red",
}


class Page:
    """Prints to a console in one language."""

    def __init__(
        self,
        console: Console,
        base: KnowledgeBase,
        lang: Lang,
        options: Iterable[tuple[str, str]] = (),
        called: Mapping[str, str] | None = None,
    ) -> None:
        """`options` and `called`: as in `Wording`."""
        self.console, self.base, self.lang = console, base, lang
        self.options, self.called = list(options), called or {}

    def command(self, *words: str) -> str:
        """A command that works here as it is printed: cases and readings as the user called them, with the same folders."""
        import shlex

        called = [self.called.get(word, word) for word in words]
        options = [part for option in self.options for part in option]
        return shlex.join(["pyliab", *called, *options])

    def write(self, blocks: Iterable[Block]) -> None:
        """What a view sets out."""
        from pyliab.answers.terminal import Terminal

        Terminal(self.console, self.lang).write(blocks)

    def wording(self, case: CaseFile | None = None) -> Wording:
        """How things of the base, and of a case, are said."""
        from pyliab.answers.wording import Wording

        return Wording(self.base, case, self.options)

    def t(self, text: Text | str, en: str = "") -> str:
        """The text in the page's language."""
        return text.of(self.lang) if isinstance(text, Text) else text if self.lang == "zh" else en

    def line(self, text: str = "", indent: int = 0, style: str = "") -> None:
        """One paragraph, wrapped and indented; markup in the text is not interpreted."""
        from pyliab.text.wrap import Paragraph, Words

        self.console.print(Paragraph(Words(text, style=style), indent))

    def join(self, parts: Iterable[str]) -> str:
        """A list in the page's language."""
        return self.t(say("; ")).join(parts)

    def status(self, liability: Liability) -> str:
        """Certain or possible, in words."""
        return self.t(*STATUS[liability.status])

    def label(self, kind: str, name: str) -> str:
        """The label of a form, order, ceiling or kind of recourse."""
        found = self.base.labels.get(kind, {}).get(name)
        return str(found[self.lang]) if found else name

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[str]], *, keep: int = 1) -> None:
        """A table; the first `keep` columns are never folded."""
        from rich.box import SIMPLE_HEAD
        from rich.table import Table

        from pyliab.text.wrap import Words

        table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
        for i, column in enumerate(columns):
            table.add_column(Words(column), no_wrap=i < keep)
        for row in rows:
            table.add_row(*(Words(cell) for cell in row))
        self.console.print(table)

    def matrix(self, corner: str, columns: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> None:
        """A table of short cells; where it is wider than the terminal, its columns go into several tables."""
        from rich.cells import cell_len

        widths = [
            max(cell_len(cell) for cell in (name, *(row[1][i] for row in rows))) for i, name in enumerate(columns)
        ]
        first = max(cell_len(name) for name in (corner, *(row[0] for row in rows)))
        start = 0
        while start < len(columns):
            end, used = start, first
            while end < len(columns) and (used + widths[end] + 3 <= self.console.width or end == start):
                used += widths[end] + 3
                end += 1
            part = [(name, *cells[start:end]) for name, cells in rows]
            self.table([corner, *columns[start:end]], part, keep=1 + end - start)
            start = end

    def date(self, text: str) -> str:
        """A date `2021-06-01` as the language writes it."""
        year, month, day = (int(part) for part in text.split("-"))
        return self.t(say("{year:04}-{month:02}-{day:02}", year=year, month=month, day=day))

    def heading(self, text: str) -> None:
        """A bold line after an empty one."""
        self.line()
        self.line(text, style="bold")


def disputed_text(page: Page, phrases: Phrases, fact: Symbol | str) -> str:
    """A disputed fact, as an atom or its text, as a clause."""
    from pyliab.asp.symbols import parse

    symbol = parse(fact) if isinstance(fact, str) else fact
    says = phrases.atom(symbol)[page.lang]
    return says if symbol.positive else page.t(say("not so: {says}", says=says))


def position_text(phrases: Phrases, name: str, lang: Lang) -> str:
    """`issue=position` in words."""
    issue, _, position = name.partition("=")
    return phrases.position(issue, position, lang)


def taken_text(page: Page, phrases: Phrases, choice: Choice, name: str) -> str:
    """`issue=position` in words, with who takes it: the reading, the background, or nobody yet."""
    zh, en = TAKEN[choice.standing(name.partition("=")[0])]
    said = position_text(phrases, name, page.lang)
    return page.t(say("{clause} ({standing})", clause=said, standing=words({"zh": zh, "en": en})))
