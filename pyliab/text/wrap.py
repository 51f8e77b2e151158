"""Line breaks for Chinese and English together: between Chinese characters, at spaces, never before closing marks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from rich.cells import cell_len, get_character_cell_size
from rich.containers import Lines
from rich.text import Text

from pyliab.text.later import dataclass

_NO_START = set("，。；：、）》」』”’！？…,.;:)]}!?")
_NO_END = set("（《「『“‘([{⟨")


def breaks(text: str, width: int) -> list[int]:
    """Offsets at which `text` is cut so that no line is wider than `width` cells (wide characters count two)."""
    offsets: list[int] = []
    start = used = 0
    good = 0
    for i, character in enumerate(text):
        if i > start and _may_break(text, i):
            good = i
        size = get_character_cell_size(character)
        if used + size > width and not character.isspace():
            cut = good if good > start else i
            offsets.append(cut)
            start, used = cut, cell_len(text[cut:i])
            good = start
        used += size
    return offsets


def folded(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells."""
    return [text[start:end].strip() for start, end in pairwise([0, *breaks(text, width), len(text)])]


def _may_break(text: str, i: int) -> bool:
    before, after = text[i - 1], text[i]
    if after in _NO_START or before in _NO_END or after.isspace():
        return False
    return before.isspace() or get_character_cell_size(before) == 2 or get_character_cell_size(after) == 2


class Words(Text):
    """A rich text that breaks Chinese lines where a reader would."""

    def wrap(
        self, console: Any, width: int, *, tab_size: int = 8, no_wrap: bool | None = None, **options: Any
    ) -> Lines:
        """Wrap to `width` cells."""
        lines = Lines()
        for line in self.split(allow_blank=True):
            cut = [line] if no_wrap else line.divide(breaks(line.plain, max(width, 4)))
            for part in cut:
                part.rstrip()
                lines.append(part)
        return lines


@dataclass(frozen=True)
class Paragraph:
    """Words moved in by `indent`, printed without filling their lines up with spaces."""

    words: Words
    indent: int = 0

    def __rich_console__(self, console: Any, options: Any) -> Iterator[Text]:
        for line in self.words.wrap(console, options.max_width - self.indent):
            line.pad_left(self.indent if line else 0)
            yield line
