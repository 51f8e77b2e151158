"""Proofs as a picture: SVG with a small layout of its own, or text for Graphviz."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from pyliab.answers.blocks import Node, Tree
from pyliab.answers.chart import FONT
from pyliab.text.later import dataclass
from pyliab.text.wrap import breaks

WIDE, GAP_X, GAP_Y, PAD, LINE, SIZE = 230, 40, 10, 7, 16, 12
"""Of a box: width, distance to the next column and row, margin, height of a line and size of its letters, in pixels."""
BORDERS = {
    "rule": 'fill="#f4f4f4" stroke="#808080" stroke-width="0.7"',
    "fact": 'fill="#ffffff" stroke="#000000" stroke-width="0.9"',
    "position": 'fill="#ffffff" stroke="#000000" stroke-width="2"',
    "absent": 'fill="#ffffff" stroke="#000000" stroke-width="0.9" stroke-dasharray="4 3"',
}
CELLS = 2 * (WIDE - 2 * PAD) // SIZE
"""How many cells a line of a box holds."""
SHAPES = {"rule": "box", "fact": "ellipse", "position": "octagon", "absent": "box, style=dashed"}


@dataclass(frozen=True)
class _Box:
    """A step with its lines, and the steps it rests on; `tall` is the height of all that hangs on it."""

    kind: str
    lines: tuple[str, ...]
    children: tuple[_Box, ...]

    @property
    def height(self) -> int:
        return LINE * len(self.lines) + 2 * PAD - 4

    @property
    def tall(self) -> int:
        below = sum(child.tall for child in self.children) + GAP_Y * max(len(self.children) - 1, 0)
        return max(self.height, below)

    @property
    def deep(self) -> int:
        return 1 + max((child.deep for child in self.children), default=0)


def as_svg(trees: Sequence[Tree], lang: str) -> str:
    """The proofs below one another, each from left (what follows) to right (what it rests on)."""
    parts, y, deep = list[str](), 10, 1
    for tree in trees:
        y += 20
        parts.append(f'<text x="10" y="{y}" font-size="15" font-weight="bold">{escape(tree.caption.of(lang))}</text>')
        y += 14
        for proof in tree.proofs:
            box = _box(proof, lang)
            parts += _drawn(box, 10, y)
            y, deep = y + box.tall + 2 * GAP_Y, max(deep, box.deep)
    width = 20 + deep * WIDE + (deep - 1) * GAP_X
    title = escape("; ".join(tree.caption.of(lang) for tree in trees))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{y}" viewBox="0 0 {width} {y}" '
        f'font-family="{FONT}" role="img" lang="{lang}">\n<title>{title}</title>\n'
        f'<rect width="{width}" height="{y}" fill="#ffffff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _box(step: Node, lang: str) -> _Box:
    children = tuple(_box(child, lang) for child in step.children)
    return _Box(step.kind, tuple(folded("  ".join(_said(step, lang)), CELLS)), children)


def _said(step: Node, lang: str) -> Iterator[str]:
    """What stands in a box: the kind of step, the sentence, and the provisions it rests on."""
    if step.mark:
        yield step.mark.of(lang)
    yield step.says.of(lang)
    if step.quotes:
        yield "⟨" + "; ".join(label.of(lang) for label, _ in step.quotes) + "⟩"


def folded(text: str, cells: int) -> list[str]:
    """Lines of at most so many cells, of which a Chinese character takes two."""
    cuts = [0, *breaks(text, cells), len(text)]
    return [text[start:end].strip() for start, end in pairwise(cuts)]


def _drawn(box: _Box, x: int, y: int) -> Iterator[str]:
    """The box in the middle of the room that all below it takes, lines to its children, and these."""
    top = y + (box.tall - box.height) // 2
    yield f'<rect x="{x}" y="{top}" width="{WIDE}" height="{box.height}" rx="2" {BORDERS.get(box.kind, BORDERS["rule"])}/>'
    rows = "".join(
        f'<tspan x="{x + PAD}" y="{top + PAD + 8 + LINE * i}">{escape(line)}</tspan>'
        for i, line in enumerate(box.lines)
    )
    yield f'<text font-size="{SIZE}">{rows}</text>'
    right, middle, at = x + WIDE, top + box.height // 2, y
    at += (box.tall - sum(c.tall for c in box.children) - GAP_Y * max(len(box.children) - 1, 0)) // 2
    for child in box.children:
        to = at + child.tall // 2
        bend = right + GAP_X // 2
        yield f'<path d="M{right} {middle}H{bend}V{to}H{right + GAP_X}" fill="none" stroke="#808080" stroke-width="0.7"/>'
        yield from _drawn(child, right + GAP_X, at)
        at += child.tall + GAP_Y


def as_dot(trees: Sequence[Tree], lang: str) -> str:
    """The same for Graphviz: `dot -Tpdf`."""
    rows = ["digraph proof {", "  rankdir=LR; node [fontname=serif, fontsize=11];"]
    names = iter(range(1, 1_000_000))

    def put(step: Node) -> str:
        name = f"n{next(names)}"
        label = "\\n".join(
            line.replace("\\", "\\\\").replace('"', '\\"') for line in folded("  ".join(_said(step, lang)), CELLS + 4)
        )
        rows.append(f'  {name} [shape={SHAPES.get(step.kind, "box")}, label="{label}"];')
        rows.extend(f"  {name} -> {put(child)};" for child in step.children)
        return name

    for tree in trees:
        for proof in tree.proofs:
            put(proof)
    return "\n".join([*rows, "}", ""])
