"""A settlement as bars: what every debtor pays and bears in the end, and what every creditor stays without.

What is sure is filled; where there is a range, the rest up to its end is light.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pyliab.answers.chart import drawing
from pyliab.answers.wording import Wording
from pyliab.law.words import LANGS
from pyliab.money.settlement import Scenario, Settlement
from pyliab.text.amounts import Span
from pyliab.text.say import Text, listed, say
from pyliab.text.wrap import folded

LEFT, TOP, WIDE, NAMES, LONG, BAR, LINE = 16, 64, 760, 190, 420, 11, 17
CELLS = 100
"""How many cells of text a line of the drawing holds."""


def bars(answer: Settlement, groups: Iterable[tuple[Sequence[Scenario], Text]], wording: Wording) -> dict[str, str]:
    """The drawing in each language: the scenarios that come to the same as one, each with what is said of it."""
    shown = [(alike[0], says) for alike, says in groups]
    most = max((span.high for scenario, _ in shown for _, _, span in _spans(scenario, wording)), default=0) or 1
    return {lang: _drawn(answer, list(_panels(shown, wording, lang, most)), wording, lang) for lang in LANGS}


def _drawn(answer: Settlement, panels: Sequence[dict[str, Any]], wording: Wording, lang: str) -> str:
    title = wording.case.doc.title if wording.case else answer.case
    key = {how: said.of(lang) for how, said in KEY.items()}
    shown = {
        "title": listed([title, wording.reading(answer.reading)]).of(lang),
        "unit": wording.label("amount", "currency").of(lang),
        "panels": panels,
        "key": key,
        "height": panels[-1]["bottom"] + 8 if panels else TOP,
        **{"left": LEFT, "names": LEFT + NAMES, "wide": WIDE, "bar": BAR, "line": LINE},
    }
    return drawing("bars.svg", lang, s=shown)


KEY = {"pays": say("pays"), "bears": say("bears in the end"), "uncovered": say("uncovered")}


def _spans(scenario: Scenario, wording: Wording) -> Iterator[tuple[str, Text, Span]]:
    """Every bar: what it shows, whose it is, how long."""
    for debtor in scenario.debtors:
        yield from (("pays", wording.word(debtor.id), debtor.pays), ("bears", wording.word(debtor.id), debtor.bears))
    for creditor in scenario.creditors:
        yield "uncovered", wording.word(creditor.id), creditor.uncovered
    for more in scenario.beyond:
        name = say("{name} ({note})", name=wording.word(more.id), note=wording.provision(more.head))
        yield "uncovered", name, more.uncovered


def _panels(shown: Iterable[tuple[Scenario, Text]], wording: Wording, lang: str, most: int) -> Iterator[dict[str, Any]]:
    top = TOP
    for scenario, says in shown:
        said = folded(says.of(lang), CELLS)
        first = top + len(said) * LINE + 4
        rows, before = [], ""
        for place, (how, whose, span) in enumerate(_spans(scenario, wording)):
            name, y = whose.of(lang), first + place * (BAR + 3)
            ends = (round(span.low / most * LONG, 1), round(span.high / most * LONG, 1))
            rows.append({"how": how, "name": "" if name == before else name, "y": y, "ends": ends, "sum": span.text()})
            before = name
        yield {"top": top, "said": said, "rows": rows, "bottom": first + len(rows) * (BAR + 3) + 14}
        top = first + len(rows) * (BAR + 3) + 30
