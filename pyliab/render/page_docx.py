"""A report as a Word document: numbered tables, real footnotes, proofs as indented trees, statutory quotations.

Needs python-docx (`pip install pyliab[docx]`), which is loaded only here.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any
from xml.sax.saxutils import escape

from pyliab.errors import InputError
from pyliab.phrase import Lang
from pyliab.report.blocks import Block, Explore, Figure, Heading, Node, Para, Quote, Report, Table, Tree, Words

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every part: the same report gives the same bytes."""


def document(report: Report, lang: Lang) -> bytes:
    """The whole document in one language. Raises InputError where python-docx is missing."""
    try:
        import docx
    except ImportError:
        raise InputError("a .docx needs python-docx: pip install 'pyliab[docx]' (or write .md or .html)") from None
    writer = _Writer(docx.Document(), report, lang)
    for block in report.blocks:
        writer.block(block)
    return writer.finished()


class _Writer:
    """Writes one report in one language."""

    def __init__(self, made: Any, report: Report, lang: Lang) -> None:
        self.made, self.report, self.lang = made, report, lang
        self.notes: list[str] = []
        self.tables = self.trees = 0
        self._styles()

    def t(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def _styles(self) -> None:
        """A4, a serif for Latin letters and Song for Chinese; no theme colours."""
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Mm, Pt, RGBColor

        section = self.made.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(25)
        for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "Caption"):
            style = self.made.styles[name]
            style.font.name = "Times New Roman"
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(f"{{{_W}}}{key}", None)
            fonts.set(f"{{{_W}}}ascii", "Times New Roman")
            fonts.set(f"{{{_W}}}hAnsi", "Times New Roman")
            fonts.set(f"{{{_W}}}eastAsia", "宋体")
            style.font.color.rgb = RGBColor(0, 0, 0)
        self.made.styles["Normal"].font.size = Pt(10.5)
        small = self.made.styles.add_style("Note", WD_STYLE_TYPE.PARAGRAPH)
        small.base_style, small.font.size = self.made.styles["Normal"], Pt(9)
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
            self.note(paragraph, self.report.notes[cite].of(self.lang))

    def note(self, paragraph: Any, text: str) -> None:
        from docx.oxml import OxmlElement

        self.notes.append(text)
        run = paragraph.add_run()
        run.font.superscript = True
        mark = OxmlElement("w:footnoteReference")
        mark.set(f"{{{_W}}}id", str(len(self.notes)))
        run._r.append(mark)

    def table(self, table: Table) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        self.tables += 1
        caption = table.caption.of(self.lang)
        head = self.t(f"表{self.tables}　{caption}", f"Table {self.tables}. {caption}")
        self.made.add_paragraph(head, style="Caption").paragraph_format.keep_with_next = True
        made = self.made.add_table(rows=1, cols=len(table.columns), style="Light List")
        for cell, column in zip(made.rows[0].cells, table.columns, strict=True):
            cell.text = column.of(self.lang)
        for begins, row in table.grouped():
            for i, (cell, words) in enumerate(zip(made.add_row().cells, row, strict=True)):
                if begins or i >= table.heads:
                    self.cited(cell.paragraphs[0], words)
                if i in table.figures:
                    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self.made.add_paragraph(table.note.of(self.lang), style="Note")

    def tree(self, tree: Tree) -> None:
        self.trees += 1
        caption = tree.caption.of(self.lang)
        head = self.t(f"图式{self.trees}　{caption}", f"Tree {self.trees}. {caption}")
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
            paragraph.add_run(f"[{step.mark.of(self.lang)}] ").italic = True
        self.cited(paragraph, step.says)
        if step.remark.zh:
            paragraph.add_run(self.t(f"（{step.remark.zh}）", f" ({step.remark.en})"))
        for label, words in step.quotes:
            quoted = self.made.add_paragraph(style="Note")
            quoted.paragraph_format.left_indent = Mm(5 * level + 5)
            quoted.paragraph_format.space_after = 0
            self.cited(quoted, label)
            quoted.add_run(self.t("：", ": ") + f"“{words}”")
        for child in step.children:
            self.step(child, level + 1)

    def finished(self) -> bytes:
        """The file: with its footnotes, which python-docx does not know, and without the hour it was made."""
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        if self.notes:
            content = _notes_xml(self.notes).encode()
            part = Part(PackURI("/word/footnotes.xml"), _NOTES_TYPE, content, self.made.part.package)
            self.made.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        out = io.BytesIO()
        self.made.save(out)
        return _timeless(out.getvalue())


def _notes_xml(notes: list[str]) -> str:
    rows = "".join(
        f'<w:footnote w:id="{i}"><w:p><w:pPr><w:pStyle w:val="Note"/></w:pPr><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(text)}</w:t></w:r></w:p></w:footnote>'
        for i, text in enumerate(notes, 1)
    )
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{i}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for i, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes xmlns:w="{_W}" xmlns:r="{_R}">{lines}{rows}</w:footnotes>'


def _timeless(file: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(entry.filename))
    return out.getvalue()
