"""Blocks for a terminal: paragraphs and tables of rich, broken where a reader of Chinese or English would."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as Grid
from rich.tree import Tree as Branches

from pyliab.answers.blocks import (
    Block,
    Cell,
    Code,
    Entry,
    Heading,
    Items,
    Node,
    Paragraph,
    Quote,
    Span,
    Table,
    Tree,
    flat,
    para,
)
from pyliab.text.say import EMPTY, Text, listed, same, say
from pyliab.text.wrap import Paragraph as Lines
from pyliab.text.wrap import Words

STYLES = {
    "strong": "bold",
    "dim": "dim",
    "note": "dim",
    "certain": "bold green",
    "possible": "yellow",
    "warning": "yellow",
    "own": "cyan",
    "cite": "cyan",
    "assumed": "dim",
    "disproved": "red",
    "missing": "red",
    "absent": "magenta",
    "stands": "green",
    "contested": "yellow",
    "falls": "dim",
    "not stated": "yellow",
    "not met": "red",
    "not so read": "cyan",
    "open": "magenta",
}
STEP = 2
"""How many cells one depth stands in."""
BETWEEN, FOLDED = 3, 16
"""How many cells lie between two columns, and how many a column that may be folded has at least."""


class Terminal:
    """Writes blocks to a console in one language."""

    def __init__(self, console: Console, lang: str) -> None:
        self.console, self.lang = console, lang
        self.begun = False

    def write(self, blocks: Iterable[Block]) -> None:
        """Print them one below the other."""
        for block in blocks:
            self.block(block)

    def block(self, block: Block) -> None:
        """Print one."""
        match block:
            case Heading(text=text, level=level):
                self.paragraph(para(text, "strong", int(level > 2), apart=level < 3))
            case Paragraph():
                self.paragraph(block)
            case Items():
                for i, row in enumerate(block.rows, 1):
                    sign = f"{i}." if block.ordered else block.sign
                    self.paragraph(para(say("{sign} {row}", sign=sign, row=row), block.role, block.depth))
            case Table():
                self.table(block)
            case Entry():
                self.entry(block)
            case Tree():
                self.tree(block)
            case Quote(text=text, label=label):
                quote = say("{label}: “{quote}”", label=label, quote=text) if label else same(text)
                self.paragraph(para(quote, depth=1))
            case Code(lines=lines):
                for line in lines:
                    self.paragraph(para(same(line), depth=1))
            case _:  # drawings and the explorer live in the page
                return
        self.begun = True

    def text(self, spans: Iterable[Span], role: str = "") -> Words:
        """Spans as text of rich, which takes no markup in it for its own."""
        made = Words(style=STYLES.get(role, ""))
        for span in spans:
            made.append(span.text.of(self.lang), STYLES.get(span.role, ""))
        return made

    def paragraph(self, block: Paragraph) -> None:
        """A paragraph at its depth, after an empty line where it is set off; nothing where this language has nothing to say."""
        if block.text and not block.text.of(self.lang):
            return
        if block.apart and self.begun:
            self.console.print()
        self.console.print(Lines(self.text(block.spans, block.role), STEP * block.depth))

    def entry(self, entry: Entry) -> None:
        """What is said of it, line by line."""
        says = say("[{mark}] {says}", mark=entry.mark, says=entry.says) if entry.mark else entry.says
        self.paragraph(para(says, entry.role, 1, apart=True))
        for label, value in entry.rows:
            self.paragraph(para(say("{label}: {value}", label=label, value=value), depth=3))

    # --- tables ---------------------------------------------------------------------------------------------------------

    def table(self, table: Table) -> None:
        """A table, group by group, and its note."""
        if table.lines:
            self.lines(table)
            return
        columns = [column.of(self.lang) for column in table.columns[table.heads :]]
        group: list[Sequence[str]] = []
        for begins, row in table.grouped():
            if begins and table.heads:
                self.grid(table, columns, group)
                group = []
                self.paragraph(para(listed(map(flat, row[: table.heads]), ": "), "strong", 1, apart=True))
            group.append([flat(cell).of(self.lang) for cell in row[table.heads :]])
        self.grid(table, columns, group)
        if table.note:
            self.paragraph(para(table.note, "dim", 1))

    def lines(self, table: Table) -> None:
        """A table in which each row is a sentence, and what else is said of it stands below."""
        roles = table.roles or ("",) * len(table.rows)
        apart = len(table.columns) > 3 or any(not isinstance(cell, Text) for row in table.rows for cell in row)
        for (_, row), role in zip(table.grouped(), roles, strict=False):
            says = flat(row[0])
            if table.mark:
                says = say("[{mark}] {says}", mark=flat(row[table.mark]), says=says)
            first, *others = says.of(self.lang).split("\n")
            self.paragraph(para(same(first), role, 1, apart=apart))
            self.begun = True
            for line in others:
                self.paragraph(para(same(line), role, 3))
            for label, cell in zip(table.columns[1:], row[1:], strict=True):
                if cell and label != table.columns[table.mark]:
                    self.below(label if len(row) > 2 else EMPTY, cell)
        if table.note:
            self.paragraph(para(table.note, "dim", 1, apart=apart))

    def below(self, label: Text, cell: Cell) -> None:
        """One thing said of a row; a list that stands alone needs no label."""
        if isinstance(cell, Text):
            self.paragraph(para(say("{label}: {value}", label=label, value=cell), depth=3))
        elif label:
            self.paragraph(para(say("{label}:", label=label), depth=3))
            self.block(Items(cell, depth=4))
        else:
            for text in cell:
                self.paragraph(para(text, depth=2))

    def grid(self, table: Table, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Some columns side by side; of a table that is wider than the terminal, or would be squeezed, more below."""
        if not rows:
            return
        widths = [max(cell_len(row[i]) for row in (columns, *rows)) + BETWEEN for i in range(len(columns))]
        whole = [table.splits or i < table.whole for i in range(len(columns))]
        room = [width if kept else min(width, FOLDED) for width, kept in zip(widths, whole, strict=True)]
        start = 1
        while start < len(columns):
            end = start + 1
            while end < len(columns) and sum(room[:1] + room[start : end + 1]) - BETWEEN <= self.console.width:
                end += 1
            places = [0, *range(start, end)]
            part = [[row[i] for i in places] for row in (columns, *rows)]
            self.print_grid(part[0], part[1:], [whole[i] and widths[i] <= self.console.width for i in places])
            start = end

    def print_grid(self, columns: Sequence[str], rows: Iterable[Sequence[str]], whole: Sequence[bool]) -> None:
        """Columns with their heads; those that are `whole` are not folded."""
        grid = Grid(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
        for column, kept in zip(columns, whole, strict=True):
            grid.add_column(Words(column), no_wrap=kept, overflow="fold")
        for row in rows:
            grid.add_row(*(Words(cell) for cell in row))
        self.console.print(grid)

    # --- proofs ---------------------------------------------------------------------------------------------------------

    def tree(self, tree: Tree) -> None:
        """The reasons, then the proofs. Words of a statute are quoted once over all of them."""
        self.block(Items(tree.reasons, ordered=True))
        quoted: set[tuple[str, str]] = set()
        for proof in tree.proofs:
            if tree.reasons:
                self.console.print()
            self.console.print(self.branches(proof, quoted))

    def branches(self, step: Node, quoted: set[tuple[str, str]]) -> Branches:
        """A proof from one step down."""
        made = Branches(self.step(step, quoted), guide_style="dim")
        for child in step.children:
            made.add(self.branches(child, quoted))
        return made

    def step(self, step: Node, quoted: set[tuple[str, str]]) -> Any:
        """What stands at a step: how it stands, what it says, its rule, and the words it rests on."""
        mark = [Span(say("{mark} ", mark=step.mark), step.role)] if step.mark else []
        cites = listed(step.cites)
        rule = say("⟨{rule}⟩ {cites}" if cites else "⟨{rule}⟩", rule=step.rule, cites=cites) if step.rule else EMPTY
        text = self.text(
            [*mark, Span(step.says), *([Span(say("  {rule}", rule=rule), "cite")] if rule else []), *step.remarks]
        )
        for label, words in step.quotes:
            quote = label.of(self.lang), words
            if quote not in quoted:
                quoted.add(quote)
                line = say("{label}: “{quote}”", label=label, quote=words)
                text.append("\n" + line.of(self.lang), "italic dim")
        return text
