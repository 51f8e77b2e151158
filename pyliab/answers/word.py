"""Blocks as a Word document: numbered tables with three rules, real footnotes, proofs as indented trees, quotations.

Needs python-docx (`pip install '.[docx]'`), which is loaded only here.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt, RGBColor
from rich.cells import cell_len

from pyliab.answers.blocks import (
    Block,
    Code,
    Document,
    Figure,
    Heading,
    Items,
    Node,
    Paragraph,
    Quote,
    Table,
    Tree,
    as_table,
    behind,
    flat,
)
from pyliab.answers.picture import png
from pyliab.text.later import dataclass
from pyliab.text.say import Text, say

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every part: the same document gives the same bytes."""
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_MARK = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
WIDTH_MM = 160
MM_PER_POINT = 0.177
"""How wide a half-width character is, set in one point."""
PLAIN, SMALL, MANY = 9, 7.5, 6
"""Sizes in points; a table of more columns than MANY is set small."""
MOST, PADDING = 48, 3.5
"""In half-width characters: beyond which a column wraps, and what stands free beside its text."""
_SIGNS = 8
"""Chinese may break after any sign, but four stay together."""
_THICK, _THIN = 12, 4
"""Rules in eighths of a point."""


def document(content: Document, lang: str) -> bytes:
    """The whole document in one language."""
    writer = _Writer(docx.Document(), content, lang)
    for block in content.blocks:
        writer.block(block)
    return writer.finished()


class _Writer:
    """Writes one document in one language."""

    def __init__(self, made: Any, content: Document, lang: str) -> None:
        self.made, self.content, self.lang = made, content, lang
        self.notes = Footnotes(lang)
        self.tables = self.trees = 0
        self._styles()

    def _languages(self) -> None:
        """Chinese as it is written on the mainland: else its marks stand as in Japan, and so does the spelling checked."""
        tags = {"val": "zh-CN" if self.lang == "zh" else "en-GB", "eastAsia": "zh-CN"}
        languages = self.made.styles.element.xpath("//w:docDefaults//w:lang") + self.made.settings.element.xpath(
            "//w:themeFontLang"
        )
        for element in languages:
            for key, tag in tags.items():
                element.set(f"{{{W}}}{key}", tag)

    def _styles(self) -> None:
        """A4, a serif for Latin letters and Song for Chinese; no theme colours."""
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
            fonts.set(f"{{{W}}}eastAsia", "KaiTi" if name == "Quote" else "SimSun")
            style.font.color.rgb = RGBColor(0, 0, 0)
        self._languages()
        self.made.styles["Normal"].font.size = Pt(10.5)
        quote = self.made.styles["Quote"]  # the words of statutes are Chinese, which has no italics
        quote.font.italic, quote.paragraph_format.left_indent = False, Mm(7)
        small = self.made.styles.add_style("Note", WD_STYLE_TYPE.PARAGRAPH)
        small.base_style, small.font.size = self.made.styles["Normal"], Pt(9)
        small.paragraph_format.space_after = Pt(2)
        properties = self.made.core_properties
        properties.title, properties.author, properties.comments = self.content.title.of(self.lang), "pyliab", ""
        properties.created = properties.modified = datetime.datetime(2000, 1, 1)

    def block(self, block: Block) -> None:
        if table := as_table(block):
            self.table(table)
        match block:
            case Heading(level=level, text=text):
                self.made.add_heading(text.of(self.lang), level)
            case Paragraph(depth=depth, role=role) if block.text.of(self.lang):
                line = self.line(depth, "Note" if role == "note" else None)
                self.cited(line, block.text)
                line.runs[0].bold = role == "strong" or None
            case Items(rows=rows, depth=depth):
                for i, row in enumerate(rows, 1):
                    sign = f"{i}." if block.ordered else "–" if block.sign == "·" else block.sign
                    self.cited(self.line(depth, None, f"{sign} "), row)
            case Tree():
                self.tree(block)
            case Quote(label=label, text=words):
                if label:
                    self.made.add_paragraph(label.of(self.lang)).runs[0].bold = True
                self.made.add_paragraph(words, style="Quote")
            case Code(lines=lines):
                self.line(1, "Note", "\n".join(lines))
            case Figure(caption=caption, svg=svg):
                if (drawing := png(svg[self.lang])) is not None:
                    self.made.add_picture(io.BytesIO(drawing), width=Mm(160))
                    self.cited(self.line(0, "Caption"), caption)
            case _:  # the explorer lives in the page
                return

    def line(self, depth: int, style: str | None = None, begins: str = "") -> Any:
        """A paragraph that stands in, to be filled."""
        paragraph = self.made.add_paragraph(begins, style=style)
        if depth:
            paragraph.paragraph_format.left_indent = Mm(5 * depth)
        return paragraph

    def cited(self, paragraph: Any, *texts: Text) -> None:
        """Texts, then their footnotes."""
        for text in texts:
            paragraph.add_run(text.of(self.lang))
        self.refer(paragraph, *texts)

    def refer(self, paragraph: Any, *texts: Text) -> None:
        """The footnotes of some texts."""
        for cite in dict.fromkeys(cite for text in texts for cite in text.cites if cite in self.content.notes):
            self.notes.refer(paragraph, self.content.notes[cite].of(self.lang))

    def table(self, table: Table) -> None:
        self.tables += 1
        self.caption(say("Table {number}. {caption}", number=self.tables, caption=table.caption))
        made = self.made.add_table(rows=1, cols=len(table.columns), style="Normal Table")
        for cell, column in zip(made.rows[0].cells, table.columns, strict=True):
            self._cell(cell, column)
        for begins, row in table.grouped():
            cells = made.add_row().cells
            for i, content in enumerate(row):
                if begins or i >= table.heads:
                    self._cell(cells[i], flat(content))
        for row_ in made.rows:
            for i in table.figures:
                row_.cells[i].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        three_rules(made, [[cell.text for cell in column.cells] for column in made.columns])
        self.made.add_paragraph(table.note.of(self.lang), style="Note")

    def caption(self, text: Text) -> None:
        """What stands above a table or tree, and stays with it."""
        self.made.add_paragraph(text.of(self.lang), style="Caption").paragraph_format.keep_with_next = True

    def _cell(self, cell: Any, text: Text) -> None:
        cell.paragraphs[0].style = "Note"
        self.cited(cell.paragraphs[0], text)

    def tree(self, tree: Tree) -> None:
        self.trees += 1
        self.caption(say("Tree {number}. {caption}", number=self.trees, caption=tree.caption))
        self.block(Items(tree.reasons, ordered=True, depth=0))
        for proof in tree.proofs:
            self.step(proof, 0)

    def step(self, step: Node, level: int) -> None:
        paragraph = self.line(level, "Note", "– ")
        paragraph.paragraph_format.space_after = 0
        if step.mark:
            paragraph.add_run(f"{step.mark.of(self.lang)} ").italic = self.lang == "en"
        paragraph.add_run(step.says.of(self.lang))
        self.refer(paragraph, *behind(step))
        for remark in step.remarks:
            paragraph.add_run(remark.text.of(self.lang))
        for label, words in step.quotes:
            quoted = self.line(level + 1, "Note")
            quoted.paragraph_format.space_after = 0
            self.cited(quoted, label)
            quoted.add_run(f"{say(': ').of(self.lang)}“{words}”")
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


# --- footnotes ----------------------------------------------------------------------------------------------------------


@dataclass
class Footnotes:
    """The notes of one document, which python-docx does not know, in the order in which they are referred to.

    What is cited again refers to the first note by a field, so that the number follows when notes come or go.
    """

    lang: str
    first: dict[str, int] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)

    def refer(self, paragraph: Any, text: str) -> None:
        """Put the mark of a note at the end of a paragraph: a new note, or one that refers to where this was said."""
        run = paragraph.add_run()
        run.font.superscript = True
        mark = OxmlElement("w:footnoteReference")
        mark.set(f"{{{W}}}id", str(len(self.written) + 1))
        run._r.append(mark)
        if text in self.first:
            before, after = say("See above, n. {0}.").pattern(self.lang).split("{0}")
            self.written.append(f"{_run(before)}{_reference(self.first[text])}{_run(after)}")
        else:
            self.written.append(_run(text))
            self.first[text] = len(self.written)
            _bookmark(run, len(self.written))

    def attach(self, made: Any) -> None:
        """Make the notes a part of the document."""
        if self.written:
            part = Part(PackURI("/word/footnotes.xml"), _TYPE, _xml(self.written).encode(), made.part.package)
            made.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _reference(number: int) -> str:
    return f'<w:fldSimple w:instr=" NOTEREF _Note{number} \\h ">{_run(str(number))}</w:fldSimple>'


def _bookmark(run: Any, number: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(f"{{{W}}}id", str(number))
    start.set(f"{{{W}}}name", f"_Note{number}")
    run._r.addprevious(start)
    run._r.addnext(end)


def _xml(notes: Sequence[str]) -> str:
    rows = "".join(
        f'<w:footnote w:id="{i}"><w:p><w:pPr><w:pStyle w:val="Note"/></w:pPr>{_MARK}{_run(" ")}{runs}</w:p></w:footnote>'
        for i, runs in enumerate(notes, 1)
    )
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{i}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for i, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes xmlns:w="{W}" xmlns:r="{_R}">{lines}{rows}</w:footnotes>'


# --- tables -------------------------------------------------------------------------------------------------------------


def widths(columns: Sequence[Sequence[str]], points: float = PLAIN) -> list[float]:
    """The width of each column in millimetres: its longest word at least, then shared out by its longest text."""
    least = [PADDING + max(map(_longest_word, texts)) for texts in columns]
    wanted = [
        max(low, PADDING + min(MOST, max(map(cell_len, texts)))) for low, texts in zip(least, columns, strict=True)
    ]
    room = WIDTH_MM / (MM_PER_POINT * points)
    spare, asked = max(0.0, room - sum(least)), sum(wanted) - sum(least)
    taken = [
        low + (more - low) * min(1.0, spare / asked) if asked else low for low, more in zip(least, wanted, strict=True)
    ]
    return [WIDTH_MM * width / sum(taken) for width in taken]


def _longest_word(text: str) -> int:
    """The longest stretch that is better not broken between lines."""
    words = [len(word) for word in re.findall(r"[!-~–]+", text)]
    return max([min(_SIGNS, cell_len(text)), *words])


def three_rules(table: Any, columns: Sequence[Sequence[str]]) -> None:
    """Rule the table, fit its columns, and repeat its head on every page."""
    points = SMALL if len(columns) > MANY else PLAIN
    _borders(table._tbl.tblPr, {"top": _THICK, "bottom": _THICK})
    head = table.rows[0]
    for cell in head.cells:
        _borders(cell._tc.get_or_add_tcPr(), {"bottom": _THIN}, "w:tcBorders")
        for run in cell.paragraphs[0].runs:
            run.bold = True
    _flag(head._tr.get_or_add_trPr(), "w:tblHeader")
    table.autofit = False
    for column, width in zip(table.columns, widths(columns, points), strict=True):
        column.width = Mm(width)  # what LibreOffice reads; Word reads the cells
        for cell in column.cells:
            cell.width = Mm(width)
    for row in table.rows:
        _flag(row._tr.get_or_add_trPr(), "w:cantSplit")
        for cell in row.cells:
            form = cell.paragraphs[0].paragraph_format
            form.space_before = form.space_after = 0
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(points)


def _borders(properties: Any, rules: Mapping[str, int], name: str = "w:tblBorders") -> None:
    borders = OxmlElement(name)
    for side, size in rules.items():
        rule = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", str(size)), ("space", "0"), ("color", "000000")):
            rule.set(f"{{{W}}}{key}", value)
        borders.append(rule)
    properties.append(borders)


def _flag(properties: Any, name: str) -> None:
    properties.append(OxmlElement(name))
