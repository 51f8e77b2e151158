"""Proofs as a picture: SVG with a small layout of its own, or text for Graphviz."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import count

from pyliab.answers.blocks import Node, Tree
from pyliab.answers.chart import drawing
from pyliab.text.later import dataclass
from pyliab.text.wrap import folded

WIDE, GAP_X, GAP_Y, PAD, LINE, SIZE = 230, 40, 10, 7, 16, 12
"""Of a box: width, distance to the next column and row, margin, height of a line and size of its letters, in pixels."""
CELLS = 2 * (WIDE - 2 * PAD) // SIZE
"""How many cells a line of a box holds."""


@dataclass
class Box:
    """A step with its lines and its place, and the steps it rests on; `tall` is the room that all of these take."""

    kind: str
    lines: list[str]
    number: int
    children: list[Box] = field(default_factory=list)
    x: int = 0
    middle: int = 0

    @property
    def height(self) -> int:
        """Of the box alone."""
        return LINE * len(self.lines) + 2 * PAD - 4

    @property
    def top(self) -> int:
        """Where it begins."""
        return self.middle - self.height // 2

    @property
    def below(self) -> int:
        """The height of its children one below the other."""
        return sum(child.tall for child in self.children) + GAP_Y * max(len(self.children) - 1, 0)

    @property
    def tall(self) -> int:
        """The height of all that hangs on it."""
        return max(self.height, self.below)

    def place(self, x: int, y: int) -> None:
        """The box in the middle of the room that begins here, its children to the right."""
        self.x, self.middle = x, y + (self.tall - self.height) // 2 + self.height // 2
        at = y + (self.tall - self.below) // 2
        for child in self.children:
            child.place(x + WIDE + GAP_X, at)
            at += child.tall + GAP_Y

    def walk(self) -> Iterator[Box]:
        """This box and all that hangs on it."""
        yield self
        for child in self.children:
            yield from child.walk()


def as_svg(trees: Sequence[Tree], lang: str) -> str:
    """The proofs below one another, each from left (what follows) to right (what it rests on)."""
    captions, boxes, y, numbers = list[tuple[int, str]](), list[Box](), 10, count(1)
    for tree in trees:
        captions.append((y + 20, tree.caption.of(lang)))
        y += 34
        for proof in tree.proofs:
            box = _box(proof, lang, CELLS, numbers)
            box.place(10, y)
            boxes += box.walk()
            y += box.tall + 2 * GAP_Y
    width = max((box.x for box in boxes), default=10) + WIDE + 10
    sizes = {"wide": WIDE, "gap": GAP_X, "pad": PAD, "step": LINE, "size": SIZE}
    return drawing("proof.svg", lang, captions=captions, boxes=boxes, width=width, height=y, **sizes)


def as_dot(trees: Sequence[Tree], lang: str) -> str:
    """The same for Graphviz: `dot -Tpdf`."""
    numbers = count(1)
    proofs = [_box(proof, lang, CELLS + 4, numbers) for tree in trees for proof in tree.proofs]
    return drawing("proof.dot", lang, boxes=[box for proof in proofs for box in proof.walk()])


def _box(step: Node, lang: str, cells: int, numbers: Iterator[int]) -> Box:
    lines = folded("  ".join(_said(step, lang)), cells)
    number = next(numbers)
    return Box(step.kind, lines, number, [_box(child, lang, cells, numbers) for child in step.children])


def _said(step: Node, lang: str) -> Iterator[str]:
    """What stands in a box: the kind of step, the sentence, and the provisions it rests on."""
    if step.mark:
        yield step.mark.of(lang)
    yield step.says.of(lang)
    if step.quotes:
        yield "⟨" + "; ".join(label.of(lang) for label, _ in step.quotes) + "⟩"
