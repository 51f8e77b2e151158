"""What an answer is made of: headings, paragraphs, lists, tables, trees, quotations, figures, an explorer.

Blocks hold `Text`, which every language can say, and roles, which every writer dresses in its own way: they know no
colour, no tag and no terminal. Writers (terminal, html, markdown, word, csv) know no law. What a text cites becomes a
footnote where the document has one for it, and a link where the writer knows a place for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from typing import Any

from pyliab.text.later import dataclass
from pyliab.text.say import EMPTY, Text, capital, listed, say

Role = str
"""How something is meant: strong, dim, note, lead, command, cite, or how surely it stands: certain, possible, own, assumed,
proved, disproved, absent, missing, warning. A writer leaves a role that it does not know undressed."""


@dataclass(frozen=True)
class Span:
    """A stretch of text in one role."""

    text: Text
    role: Role = ""


@dataclass(frozen=True)
class Heading:
    """A heading; 1 is what the answer is about. `anchor` is unique in the document."""

    text: Text
    level: int = 2
    anchor: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. `depth` is how far it stands in, `apart` sets it off from what stands before."""

    spans: tuple[Span, ...]
    depth: int = 0
    apart: bool = False
    role: Role = ""

    @property
    def text(self) -> Text:
        """All its spans."""
        return joined(span.text for span in self.spans)


def para(text: Text, role: Role = "", depth: int = 0, *more: Span, apart: bool = False) -> Paragraph:
    """A paragraph in one role, with spans in other roles behind."""
    return Paragraph((Span(text), *more), depth, apart, role)


@dataclass(frozen=True)
class Items:
    """A list, numbered or with a sign before each. `label` names it for who doesn't see what stands around it."""

    rows: tuple[Text, ...]
    ordered: bool = False
    depth: int = 1
    role: Role = ""
    sign: str = "·"
    label: Text = EMPTY


Cell = Text | tuple[Text, ...]
"""What stands in a cell; several texts are a list."""


@dataclass(frozen=True)
class Table:
    """A table. `name` serves as file name for CSV; `figures` are the columns that hold numbers.

    The first `heads` columns say what a group of rows is about: they are written where they change. Of the rows the first
    `printed` are written (0: all); CSV has all of them. The first `whole` columns are not folded; a table that `splits`
    goes into several where it is wider than the terminal. Of a table in `lines`, a terminal writes each row as a sentence, in
    brackets before it the column `mark` (if it is not 0), below it what else there is; `roles` are those of the rows. A page unfolds a `folded` one by a click.
    """

    name: str
    caption: Text
    columns: tuple[Text, ...]
    rows: tuple[tuple[Cell, ...], ...]
    figures: frozenset[int] = frozenset()
    note: Text = EMPTY
    heads: int = 0
    printed: int = 0
    whole: int = 1
    splits: bool = False
    lines: bool = False
    mark: int = 0
    roles: tuple[Role, ...] = ()
    folded: bool = False

    def grouped(self) -> Iterator[tuple[bool, tuple[Cell, ...]]]:
        """Each row that is written, and whether a group begins with it."""
        before: tuple[Cell, ...] | None = None
        for row in self.rows[: self.printed or None]:
            yield row[: self.heads] != before, row
            before = row[: self.heads]


@dataclass(frozen=True)
class Entry:
    """One thing with what is to be said of it, label by label: a liability. `mark` is how surely it stands."""

    name: str
    says: Text
    rows: tuple[tuple[Text, Text], ...]
    mark: Text = EMPTY
    role: Role = ""

    @property
    def caption(self) -> Text:
        """What it is, with its mark."""
        return say("{says} ({mark})", says=self.says, mark=self.mark) if self.mark else self.says


@dataclass(frozen=True)
class Node:
    """A step of a proof. `mark` says what kind of step it is and how it stands, `quotes` are statutory words by provision.

    `kind` is that of the step: rule, fact, position, absent; `role` how it stands.
    """

    kind: str
    says: Text
    mark: Text = EMPTY
    role: Role = ""
    rule: str = ""
    cites: tuple[Text, ...] = ()
    remarks: tuple[Span, ...] = ()
    quotes: tuple[tuple[Text, str], ...] = ()
    children: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """This step and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Tree:
    """Proofs of one thing, with the few reasons that carry it before the trees themselves."""

    caption: Text
    proofs: tuple[Node, ...]
    reasons: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Quote:
    """The words of a provision, in the language of the law. Without a label it belongs to what stands before."""

    text: str
    label: Text = EMPTY


@dataclass(frozen=True)
class Code:
    """Lines as they stand in a file."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Figure:
    """A drawing as SVG, by language."""

    caption: Text
    svg: Mapping[str, str]


@dataclass(frozen=True)
class Explore:
    """Where the explorer of a case stands in a page; a document on paper has none."""

    case: str


@dataclass(frozen=True)
class Way:
    """A proof of a liability under some positions: one way in which it follows, by its place among the marks."""

    mark: int
    positions: tuple[tuple[str, str], ...]
    under: Text
    tree: Tree


@dataclass(frozen=True)
class Explorer:
    """The exact decision table of a case as plain data, and proofs to show beside it."""

    case: str
    data: Mapping[str, Any]
    ways: tuple[Way, ...]


Block = Heading | Paragraph | Items | Table | Entry | Tree | Quote | Code | Figure | Explore
Blocks = tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """A whole answer, or several. `notes` are the footnotes, by what is cited; `explorers` the tables that travel in a page."""

    title: Text
    blocks: Blocks
    notes: Mapping[str, Text] = field(default_factory=dict)
    explorers: tuple[Explorer, ...] = ()

    @property
    def tables(self) -> list[Table]:
        """All tables in order; their numbers are their places, from 1."""
        return [table for block in self.blocks if (table := as_table(block))]


def as_table(block: Block) -> Table | None:
    """A table, or an entry as one, as it stands on paper: captions and heads begin with a capital."""
    if isinstance(block, Entry):
        block = Table(block.name, block.caption, (say("item"), say("content")), block.rows)
    if not isinstance(block, Table):
        return None
    return replace(block, caption=capital(block.caption), columns=tuple(map(capital, block.columns)))


def flat(cell: Cell) -> Text:
    """What stands in a cell, a list in one line."""
    if isinstance(cell, Text):
        return cell
    if len(cell) == 1:
        return cell[0]
    return listed((say("({number}) {item}", number=i, item=item) for i, item in enumerate(cell, 1)), "  ")


def behind(step: Node) -> tuple[Text, ...]:
    """What a step rests on beside the words that it quotes: what its footnotes are about."""
    quoted = {cite for label, _ in step.quotes for cite in label.cites}
    return tuple(text for text in (step.says, *step.cites) if text.cites and not quoted & set(text.cites))


def joined(parts: Iterable[Text]) -> Text:
    """Texts one behind the other."""
    return listed(parts, "")


def lower(blocks: Iterable[Block], by: int = 1) -> Blocks:
    """The same with headings of lower rank, to stand in a larger answer."""
    return tuple(replace(b, level=b.level + by) if isinstance(b, Heading) else b for b in blocks)


def apart(blocks: Iterable[Block]) -> Iterator[Block]:
    """The same, the first paragraph set off from what stands before."""
    first, *others = [*blocks] or [para(EMPTY)]
    yield replace(first, apart=True) if isinstance(first, Paragraph) else first
    yield from others


def cited(blocks: Iterable[Block]) -> dict[str, None]:
    """What these blocks cite, in order, each once."""
    return dict.fromkeys(cite for block in blocks for text in texts(block) for cite in text.cites)


def texts(block: Block) -> Iterator[Text]:
    """Every text of a block, as it is read."""
    match block:
        case Heading(text=text):
            yield text
        case Paragraph(spans=spans):
            yield from (span.text for span in spans)
        case Items(rows=rows):
            yield from rows
        case Entry():
            yield block.says
            yield from (value for _, value in block.rows)
        case Table():
            yield block.caption
            yield from (
                text for row in block.rows for cell in row for text in (cell if isinstance(cell, tuple) else (cell,))
            )
            yield block.note
        case Tree():
            yield from block.reasons
            for step in (step for proof in block.proofs for step in proof.walk()):
                yield from (step.says, *step.cites, *(label for label, _ in step.quotes))
        case Quote(label=text):
            yield text
        case _:
            return
