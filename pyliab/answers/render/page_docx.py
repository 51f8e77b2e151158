"""A report as a Word document: numbered tables, real footnotes, proofs as indented trees, statutory quotations.

Needs python-docx (`pip install pyliab[docx]`), which is loaded only here.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

from pyliab.answers.render.docx_notes import Footnotes, W
from pyliab.answers.render.docx_tables import three_rules
from pyliab.answers.report.blocks import (
    EMPTY,
    Block,
    Explore,
    Figure,
    Heading,
    Node,
    Para,
    Quote,
    Report,
    Table,
    Tree,
    Words,
)
from pyliab.law.words import Lang
from pyliab.text.problem import InputError
from pyliab.text.say import Text, say, words

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every part: the same report gives the same bytes."""


def document(report: Report, lang: Lang) -> bytes:
    """The whole document in one language. Raises InputError where python-docx is missing."""
    try:
        import docx
    except ImportError:
        message = say("a .docx needs python-docx: pip install 'pyliab[docx]' (or write .md or .html)")
        raise InputError(message) from None
    writer = _Writer(docx.Document(), report, lang)
    for block in report.blocks:
        writer.block(block)
    return writer.finished()


class _Writer:
    """Writes one report in one language."""

    def __init__(self, made: Any, report: Report, lang: Lang) -> None:
        self.made, self.report, self.lang = made, report, lang
        self.notes = Footnotes(lang)
        self.tables = self.trees = 0
        self._styles()

    def t(self, text: Text | str, en: str = "") -> str:
        return text.of(self.lang) if isinstance(text, Text) else text if self.lang == "zh" else en

    def _styles(self) -> None:
        """A4, a serif for Latin letters and Song for Chinese; no theme colours."""
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Mm, Pt, RGBColor

        section = self.made.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(25)
        for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "Caption", "Quote"):
            style = self.made.styles[name]
            style.font.name = "Times New Roman"
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(f"{{{W}}}{key}", None)
            fonts.set(f"{{{W}}}ascii", "Times New Roman")
            fonts.set(f"{{{W}}}hAnsi", "Times New Roman")
            fonts.set(f"{{{W}}}eastAsia", "楷体" if name == "Quote" else "宋体")
            style.font.color.rgb = RGBColor(0, 0, 0)
        self.made.styles["Normal"].font.size = Pt(10.5)
        quote = self.made.styles["Quote"]  # the words of statutes are Chinese, which has no italics
        quote.font.italic, quote.paragraph_format.left_indent = False, Mm(7)
        small = self.made.styles.add_style("Note", WD_STYLE_TYPE.PARAGRAPH)
        small.base_style, small.font.size = self.made.styles["Normal"], Pt(9)
        small.paragraph_format.space_after = Pt(2)
        properties = self.made.core_properties
        properties.title, properties.author, properties.comments = self.report.title.of(self.lang), "pyliab", ""
        properties.created = properties.modified = datetime.datetime(2000, 1, 1)

    def block(self, block: Block) -> None:
        match block:
            case Heading(level=level, words=words):
                self.made.add_heading(words.of(self.lang), level)
            case Para(words=words, style=style):
                self.cited(self.made.add_paragraph(style="Note" if style == "note" else None), words)
            case Table():
                self.table(block)
            case Tree():
                self.tree(block)
            case Quote(label=label, text=text):
                self.made.add_paragraph(label.of(self.lang)).runs[0].bold = True
                self.made.add_paragraph(text, style="Quote")
            case Figure() | Explore():  # drawings and the explorer live in the page; the table of a curve stands here
                return

    def cited(self, paragraph: Any, words: Words) -> None:
        """A text with its footnotes."""
        paragraph.add_run(words.of(self.lang))
        for cite in words.cites:
            self.notes.refer(paragraph, self.report.notes[cite].of(self.lang))

    def table(self, table: Table) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        self.tables += 1
        caption = table.caption.of(self.lang)
        head = self.t(say("Table {tables}. {caption}", tables=self.tables, caption=caption))
        self.made.add_paragraph(head, style="Caption").paragraph_format.keep_with_next = True
        made = self.made.add_table(rows=1, cols=len(table.columns), style="Normal Table")
        for cell, column in zip(made.rows[0].cells, table.columns, strict=True):
            self._cell(cell, column)
        for begins, row in table.grouped():
            for i, (cell, content) in enumerate(zip(made.add_row().cells, row, strict=True)):
                self._cell(cell, content if begins or i >= table.heads else EMPTY)
        for row_ in made.rows:
            for i in table.figures:
                row_.cells[i].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        three_rules(made, [[cell.text for cell in column.cells] for column in made.columns])
        self.made.add_paragraph(table.note.of(self.lang), style="Note")

    def _cell(self, cell: Any, words: Words) -> None:
        cell.paragraphs[0].style = "Note"
        self.cited(cell.paragraphs[0], words)

    def tree(self, tree: Tree) -> None:
        self.trees += 1
        caption = tree.caption.of(self.lang)
        head = self.t(say("Tree {trees}. {caption}", trees=self.trees, caption=caption))
        self.made.add_paragraph(head, style="Caption").paragraph_format.keep_with_next = True
        for i, reason in enumerate(tree.reasons, 1):
            self.cited(self.made.add_paragraph(f"{i}. "), reason)
        for proof in tree.proofs:
            self.step(proof, 0)

    def step(self, step: Node, level: int) -> None:
        from docx.shared import Mm

        paragraph = self.made.add_paragraph("– ", style="Note")
        paragraph.paragraph_format.left_indent = Mm(5 * level)
        paragraph.paragraph_format.space_after = 0
        if step.mark.zh:
            paragraph.add_run(f"[{step.mark.of(self.lang)}] ").italic = self.lang == "en"
        self.cited(paragraph, step.says)
        if step.remark.zh:
            paragraph.add_run(self.t(say(" ({remark})", remark=words(step.remark.to_json()))))
        for label, wording in step.quotes:
            quoted = self.made.add_paragraph(style="Note")
            quoted.paragraph_format.left_indent = Mm(5 * level + 5)
            quoted.paragraph_format.space_after = 0
            self.cited(quoted, label)
            quoted.add_run(self.t(say(": ")) + f"“{wording}”")
        for child in step.children:
            self.step(child, level + 1)

    def finished(self) -> bytes:
        """The file: with its footnotes, which python-docx does not know, and without the hour it was made."""
        self.notes.attach(self.made)
        out = io.BytesIO()
        self.made.save(out)
        return _timeless(out.getvalue())


def _timeless(file: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(entry.filename))
    return out.getvalue()
