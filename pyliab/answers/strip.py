"""The answer at a glance as a picture: a row for each outcome, in it a square for each reading that comes to it.

What is certain is filled, what is open is hatched, and where nobody is liable the square is empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyliab.answers.chart import drawing
from pyliab.answers.views.overview import sentences
from pyliab.answers.wording import Wording
from pyliab.questions.overview import Group, Overview
from pyliab.text.say import listed, say_n
from pyliab.text.wrap import folded

SQUARE, GAP, LEFT, TOP, LINE, WIDE = 20, 4, 24, 76, 20, 900
CELL = 7.1
"""How wide a cell of text is, about, in pixels; a Chinese character takes two."""


def picture(answer: Overview, wording: Wording, lang: str) -> str:
    """The picture in a language."""
    most = max(len(group.readings) for group in answer.groups)
    text = LEFT + most * (SQUARE + GAP) + 16
    rows = list(_rows(answer, wording, lang, int((WIDE - text - LEFT) / CELL)))
    readings = sum(len(group.readings) for group in answer.groups)
    strip = {
        "title": answer.asked.case.doc.title.of(lang),
        "below": say_n("what {count} reading comes to", "what {count} readings come to", readings).of(lang),
        "rows": rows,
        "text": text,
        "height": rows[-1]["top"] + rows[-1]["height"] + 10,
        "left": LEFT,
        "wide": WIDE,
        "square": SQUARE,
        "step": SQUARE + GAP,
        "line": LINE,
    }
    return drawing("strip.svg", lang, s=strip)


def _rows(answer: Overview, wording: Wording, lang: str, cells: int) -> Iterator[dict[str, Any]]:
    top = TOP
    for group in answer.groups:
        said = [text.of(lang) for text, _ in sentences(group, wording)]
        outcome = [line for text in said for line in folded(text, cells)]
        names = folded(listed(wording.reading(name) for name in group.readings).of(lang), int(cells * 1.1))
        height = (len(outcome) + len(names)) * LINE + 14
        yield {
            "top": top,
            "height": height,
            "outcome": outcome,
            "names": names,
            "count": len(group.readings),
            "how": _how(group),
        }
        top += height


def _how(group: Group) -> str:
    if group.nobody == "certain":
        return "nobody"
    certain = any(liability.status == "certain" for liability in group.liabilities)
    return "certain" if certain and not group.nobody else "open"
