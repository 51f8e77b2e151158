"""A report as Markdown: numbered tables and trees, footnotes, the words of the statutes as quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyliab.answers.report.blocks import Block, Explore, Figure, Heading, Node, Para, Quote, Report, Table, Tree, Words
from pyliab.law.words import Lang
from pyliab.text.say import Text, say

_MARKED = re.compile(r"([\\`*_{}\[\]<>#|~^$&])")


def document(report: Report, lang: Lang) -> str:
    """The whole document in one language."""
    return _Writer(report, lang).text()


def escaped(text: str) -> str:
    """Text that no reader of Markdown takes for markup, on one line."""
    return _MARKED.sub(r"\\\1", " ".join(text.split("\n")))


class _Writer:
    """Writes one report in one language."""

    def __init__(self, report: Report, lang: Lang) -> None:
        self.report, self.lang = report, lang
        self.numbers = {cite: i for i, cite in enumerate(report.notes, 1)}
        self.tables = self.trees = 0

    def text(self) -> str:
        parts = [part for block in self.report.blocks for part in self.block(block)]
        used = [f"[^{n}]: {escaped(self.report.notes[cite].of(self.lang))}" for cite, n in self.numbers.items()]
        referred = {int(n) for part in parts for n in re.findall(r"\[\^(\d+)\]", part)}
        notes = [line for n, line in enumerate(used, 1) if n in referred]
        return "\n\n".join([*parts, *notes]) + "\n"

    def t(self, text: Text | str, en: str = "") -> str:
        return text.of(self.lang) if isinstance(text, Text) else text if self.lang == "zh" else en

    def cited(self, words: Words) -> str:
        """A text with its footnotes."""
        return escaped(words.of(self.lang)) + "".join(f"[^{self.numbers[cite]}]" for cite in words.cites)

    def block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading(level=level, words=words):
                yield f"{'#' * level} {escaped(words.of(self.lang))}"
            case Para(words=words):
                yield self.cited(words)
            case Table():
                yield from self.table(block)
            case Tree():
                yield from self.tree(block)
            case Quote(label=label, text=text):
                yield f"**{escaped(label.of(self.lang))}**"
                yield f"> {escaped(text)}"
            case Figure() | Explore():  # drawings and the explorer live in the page; the table of a curve stands here
                return

    def table(self, table: Table) -> Iterator[str]:
        self.tables += 1
        caption = escaped(table.caption.of(self.lang))
        yield self.t(say("**Table {tables}.** {caption}", tables=self.tables, caption=caption))
        rows = [
            [escaped(column.of(self.lang)) for column in table.columns],
            ["---:" if i in table.figures else "---" for i in range(len(table.columns))],
            *(
                [self.cited(cell) if begins or i >= table.heads else "" for i, cell in enumerate(row)]
                for begins, row in table.grouped()
            ),
        ]
        yield "\n".join(f"| {' | '.join(row)} |" for row in rows)
        if table.note.zh:
            yield f"*{escaped(table.note.of(self.lang))}*"

    def tree(self, tree: Tree) -> Iterator[str]:
        self.trees += 1
        caption = escaped(tree.caption.of(self.lang))
        yield self.t(say("**Tree {trees}.** {caption}", trees=self.trees, caption=caption))
        yield "\n".join(f"{i}. {self.cited(reason)}" for i, reason in enumerate(tree.reasons, 1))
        yield "\n".join(line for proof in tree.proofs for line in self.step(proof, 0))

    def step(self, step: Node, level: int) -> Iterator[str]:
        indent = "  " * level
        mark = f"[{escaped(step.mark.of(self.lang))}] ".replace("[", "\\[").replace("]", "\\]") if step.mark.zh else ""
        remark = escaped(step.remark.of(self.lang))
        aside = self.t(say(" ({remark})", remark=remark)) if remark else ""
        yield f"{indent}- {mark}{self.cited(step.says)}{aside}"
        for label, words in step.quotes:
            yield f"{indent}  - {self.cited(label)}{self.t('：', ': ')}“{escaped(words)}”"
        for child in step.children:
            yield from self.step(child, level + 1)
