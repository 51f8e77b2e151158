"""Blocks as Markdown: numbered tables and trees, footnotes, the words of the statutes as quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyliab.answers.blocks import (
    Block,
    Cell,
    Code,
    Document,
    Heading,
    Items,
    Node,
    Paragraph,
    Quote,
    Span,
    Table,
    Tree,
    as_table,
    behind,
    flat,
)
from pyliab.text.say import Text, say

_MARKED = re.compile(r"([\\`*_{}\[\]<>#|~^$&])")


def document(content: Document, lang: str) -> str:
    """The whole document in one language."""
    return _Writer(content, lang).text()


def escaped(text: str) -> str:
    """Text that no reader of Markdown takes for markup, on one line."""
    return _MARKED.sub(r"\\\1", " ".join(text.split("\n")))


class _Writer:
    """Writes one document in one language."""

    def __init__(self, content: Document, lang: str) -> None:
        self.content, self.lang = content, lang
        self.numbers = {cite: i for i, cite in enumerate(content.notes, 1)}
        self.tables = self.trees = 0

    def text(self) -> str:
        parts = [part for block in self.content.blocks for part in self.block(block)]
        referred = {int(n) for part in parts for n in re.findall(r"\[\^(\d+)\]", part)}
        notes = (f"[^{n}]: {self.plain(self.content.notes[cite])}" for cite, n in self.numbers.items() if n in referred)
        return "\n\n".join([*parts, *notes]) + "\n"

    def plain(self, text: Text) -> str:
        return escaped(text.of(self.lang))

    def cited(self, *texts: Text) -> str:
        """Texts with their footnotes behind."""
        cites = dict.fromkeys(cite for text in texts for cite in text.cites if cite in self.numbers)
        return "".join(map(self.plain, texts)) + "".join(f"[^{self.numbers[cite]}]" for cite in cites)

    def span(self, span: Span) -> str:
        text = span.text.of(self.lang)
        return f"`{text}`" if span.role == "command" and "`" not in text else self.cited(span.text)

    def block(self, block: Block) -> Iterator[str]:
        if table := as_table(block):
            yield from self.table(table)
        match block:
            case Heading(level=level, text=text):
                yield f"{'#' * level} {self.plain(text)}"
            case Paragraph(spans=spans, role=role):
                said = "".join(map(self.span, spans))
                if said:
                    yield f"**{said}**" if role == "strong" else said
            case Items(rows=rows, ordered=ordered, sign=sign):
                signs = (f"{i}." if ordered else "-" if sign == "·" else f"- {sign}" for i in range(1, len(rows) + 1))
                yield "\n".join(f"{mark} {self.cited(row)}" for mark, row in zip(signs, rows, strict=True))
            case Tree():
                yield from self.tree(block)
            case Quote(label=label, text=words):
                if label:
                    yield f"**{self.plain(label)}**"
                yield f"> {escaped(words)}"
            case Code(lines=lines):
                yield "\n".join(f"    {line}" for line in lines)
            case _:  # drawings and the explorer live in the page; the table of a curve stands here
                return

    def table(self, table: Table) -> Iterator[str]:
        self.tables += 1
        caption = self.plain(table.caption)
        yield say("**Table {tables}.** {caption}", tables=self.tables, caption=caption).of(self.lang)
        rows = [
            [self.plain(column) for column in table.columns],
            ["---:" if i in table.figures else "---" for i in range(len(table.columns))],
            *(
                [self.cell(cell) if begins or i >= table.heads else "" for i, cell in enumerate(row)]
                for begins, row in table.grouped()
            ),
        ]
        yield "\n".join(f"| {' | '.join(row)} |" for row in rows)
        if table.note:
            yield f"*{self.plain(table.note)}*"

    def cell(self, cell: Cell) -> str:
        return self.cited(flat(cell))

    def tree(self, tree: Tree) -> Iterator[str]:
        self.trees += 1
        caption = self.plain(tree.caption)
        yield say("**Tree {trees}.** {caption}", trees=self.trees, caption=caption).of(self.lang)
        if tree.reasons:
            yield "\n".join(f"{i}. {self.cited(reason)}" for i, reason in enumerate(tree.reasons, 1))
        yield "\n".join(line for proof in tree.proofs for line in self.step(proof, 0))

    def step(self, step: Node, level: int) -> Iterator[str]:
        indent = "  " * level
        mark = f"{self.plain(step.mark)} " if step.mark else ""
        notes = dict.fromkeys(c for text in behind(step) for c in text.cites if c in self.numbers)
        remarks = "".join(self.plain(remark.text) for remark in step.remarks)
        yield f"{indent}- {mark}{self.plain(step.says)}{''.join(f'[^{self.numbers[c]}]' for c in notes)}{remarks}"
        for label, words in step.quotes:
            yield f"{indent}  - {self.cited(label)}{say(': ').of(self.lang)}“{escaped(words)}”"
        for child in step.children:
            yield from self.step(child, level + 1)
