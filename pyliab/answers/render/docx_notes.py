"""Real footnotes for a Word document, which python-docx does not know.

What is cited again refers to the first note by a field, so that the number follows when notes are added or taken away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from pyliab.law.words import Lang

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_AGAIN: Mapping[Lang, tuple[str, str]] = {"zh": ("见前注", "。"), "en": ("See above, n. ", ".")}
_MARK = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'


@dataclass
class Footnotes:
    """The notes of one document in one language, in the order in which they are referred to."""

    lang: Lang
    first: dict[str, int] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)

    def refer(self, paragraph: Any, text: str) -> None:
        """Put the mark of a note at the end of a paragraph: a new note, or one that refers to where this was said."""
        from docx.oxml import OxmlElement

        run = paragraph.add_run()
        run.font.superscript = True
        mark = OxmlElement("w:footnoteReference")
        mark.set(f"{{{W}}}id", str(len(self.written) + 1))
        run._r.append(mark)
        if text in self.first:
            before, after = _AGAIN[self.lang]
            n = self.first[text]
            self.written.append(f"{_run(before)}{_reference(n)}{_run(after)}")
        else:
            self.written.append(_run(text))
            self.first[text] = len(self.written)
            _bookmark(run, len(self.written))

    def attach(self, made: Any) -> None:
        """Make the notes a part of the document."""
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        if self.written:
            part = Part(PackURI("/word/footnotes.xml"), _TYPE, _xml(self.written).encode(), made.part.package)
            made.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _reference(number: int) -> str:
    return f'<w:fldSimple w:instr=" NOTEREF _Note{number} \\h ">{_run(str(number))}</w:fldSimple>'


def _bookmark(run: Any, number: int) -> None:
    from docx.oxml import OxmlElement

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
