"""The curves of a sweep as SVG, for print: greyscale, each reading with its own dashes and a letter on its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from pyliab.answers.blocks import joined
from pyliab.answers.wording import Wording
from pyliab.law.words import LANGS
from pyliab.money.sweep import Quantity, Sweep
from pyliab.text.amounts import Exact, exact, grouped
from pyliab.text.later import dataclass
from pyliab.text.say import EMPTY, Text, listed, say
from pyliab.text.template import templates

LEFT, TOP, WIDE, HIGH = 66, 64, 310, 240
BOTTOM = TOP + HIGH
Label = tuple[float, float, str]
"""Letters of curves, and where they stand."""


def drawing(template: str, lang: str, **shown: object) -> str:
    """A drawing by the template of this name."""
    return templates(Path(__file__).parent / "templates").get_template(template).render(lang=lang, **shown) + "\n"


def quantities(sweep: Sweep, wording: Wording) -> dict[Quantity, Text]:
    """What is drawn: the creditor's recovery and the debtor's burden."""
    return {
        "recovers": say("what {creditor} recovers", creditor=wording.word(sweep.creditor)),
        "bears": say("what {debtor} bears in the end", debtor=wording.word(sweep.debtor)),
    }


def whose(sweep: Sweep, wording: Wording) -> Text:
    """Whose assets run along the axis."""
    return say("assets of {parties}", parties=listed(map(wording.word, sweep.whose), " and "))


def curves(sweep: Sweep, wording: Wording) -> dict[str, str]:
    """The drawing in each language: two panels side by side, one for each quantity, over the assets of others."""
    debtor, creditor = wording.word(sweep.debtor), wording.word(sweep.creditor)
    case = wording.case.doc.title if wording.case else EMPTY
    key, currency = list(_key(sweep, wording)), wording.label("amount", "currency")
    axis = say("{assets} ({currency})", assets=whose(sweep, wording), currency=currency)
    margin = 26 + 14 * len(sweep.curves)  # for the letters at the ends of the lines
    chart = {
        "left": LEFT,
        "top": TOP,
        "bottom": BOTTOM,
        "width": 2 * (LEFT + WIDE + margin),
        "height": BOTTOM + 72 + 17 * len(key),
        "title": say("{title}: {names} to {names2}", title=case, names=debtor, names2=creditor),
        "described": _described(sweep, wording, axis, key),
        "first": wording.first(sweep.first),
        "axis": axis,
        "unit": currency,
        "panels": [
            _panel(Panel(sweep, quantity, LEFT + i * (WIDE + LEFT + margin)), title)
            for i, (quantity, title) in enumerate(quantities(sweep, wording).items())
        ],
        "key": key,
    }
    return {lang: drawing("chart.svg", lang, c=chart) for lang in LANGS}


def _described(sweep: Sweep, wording: Wording, axis: Text, key: Iterable[tuple[str, Text]]) -> Text:
    """For who doesn't see the drawing: each line by its points."""
    rows = [say("Over the {axis}, straight between the points", axis=axis)]
    for (letter, name), curve in zip(key, sweep.curves, strict=True):
        for quantity, title in quantities(sweep, wording).items():
            what = say("{letter} ({name}), {what}: ", letter=letter, name=name, what=title)
            points = (
                say("at {yuan}: {span}", yuan=_yuan(knot.assets), span=_span(getattr(knot, quantity)))
                for knot in curve.knots
            )
            rows.append(joined([what, listed(points)]))
    return listed(rows, ". ")


def _yuan(value: Fraction) -> str:
    text = exact(value)
    return text if "/" in text else grouped(text)


def _span(sums: Exact) -> str:
    low, high = _yuan(sums.low), _yuan(sums.high)
    return low if low == high else f"{low}–{high}"


def _letter(i: int) -> str:
    return chr(ord("A") + i % 26) + (str(i // 26) if i >= 26 else "")


def _key(sweep: Sweep, wording: Wording) -> Iterator[tuple[str, Text]]:
    for i, curve in enumerate(sweep.curves):
        title = wording.reading(curve.reading) if curve.reading in wording.base.readings else EMPTY
        left_open = say(" (range)") if curve.open else EMPTY
        yield _letter(i), joined([listed([curve.reading, title], ", "), left_open])


@dataclass(frozen=True)
class Panel:
    """One quantity over the assets of others, in pixels."""

    sweep: Sweep
    quantity: Quantity
    left: int

    @property
    def top(self) -> Fraction:
        """Where the axis of amounts ends, the same in both panels."""
        knots = [knot for curve in self.sweep.curves for knot in curve.knots]
        return max((end for knot in knots for end in knot.ends()), default=Fraction(1)) or Fraction(1)

    def x(self, assets: Fraction | int) -> float:
        """Where these assets stand."""
        return self.left + float(Fraction(assets) / self.sweep.end) * WIDE

    def y(self, amount: Fraction | int) -> float:
        """How high an amount stands."""
        return round(BOTTOM - float(Fraction(amount) / self.top) * HIGH, 1)

    def lines(self, end: str) -> list[list[str]]:
        """The points of each curve, at the `low` or the `high` end of its range."""
        return [
            [f"{self.x(knot.assets):.1f},{self.y(getattr(getattr(knot, self.quantity), end)):.1f}" for knot in c.knots]
            for c in self.sweep.curves
        ]

    def heights(self, part: Fraction) -> dict[float, str]:
        """By height the letters of the curves, at a part of the axis; lines that run together share one label."""
        letters: dict[float, list[str]] = {}
        for i, curve in enumerate(self.sweep.curves):
            sums: Exact = getattr(curve.at(self.sweep.end * part), self.quantity)
            for value in dict.fromkeys((sums.low, sums.high)):
                letters.setdefault(self.y(value), []).append(_letter(i))
        return {height: ", ".join(each) for height, each in sorted(letters.items())}


def _panel(panel: Panel, title: Text) -> dict[str, Any]:
    """A letter stands on each line where the lines lie farthest apart.

    Where they run together otherwise at the right end, the letters stand there once more.
    """
    part = max((Fraction(n, 8) for n in range(1, 8)), key=lambda part: _spread(panel.heights(part)))
    inside, ends = panel.heights(part), panel.heights(Fraction(1))
    again = len(ends) > 1 and sorted(ends.values()) != sorted(inside.values())
    return {
        "left": panel.left,
        "right": panel.left + WIDE,
        "title": title,
        "rows": [(grouped(str(tick)), panel.y(tick)) for tick in ticks(panel.top)],
        "columns": [(grouped(str(tick)), panel.x(tick)) for tick in ticks(panel.sweep.end)],
        "curves": list(zip(panel.lines("low"), panel.lines("high"), strict=True)),
        "even": list(_even(panel)),
        "inside": list(_on_the_lines(panel.x(panel.sweep.end * part), inside)),
        "ends": list(_at_the_end(panel.left + WIDE + 5, ends)) if again else [],
    }


def _even(panel: Panel) -> Iterator[Label]:
    """Where two readings come to the same, or begin to: each point once, and the amount of assets."""
    curves_ = {curve.reading: curve for curve in panel.sweep.curves}
    points = set[tuple[Fraction, Fraction]]()
    for even in panel.sweep.break_even:
        if even.quantity == panel.quantity:
            begins = (stretch.from_ for stretch in even.equal_between if stretch.from_)
            curve = curves_[even.readings[0]]
            points |= {(assets, curve.at(assets).of(panel.quantity)) for assets in (*even.points, *begins)}
    for assets, sum_ in sorted(points):
        yield panel.x(assets), panel.y(sum_), _yuan(assets)


def _on_the_lines(x: float, heights: dict[float, str]) -> Iterator[Label]:
    last, shift = float("-inf"), 0
    for y, letters in heights.items():
        shift = shift + 18 if y - last < 14 else 0
        last = y
        yield x + shift, y + 14 if y < TOP + 12 else y - 5, letters


def _at_the_end(x: float, heights: dict[float, str]) -> Iterator[Label]:
    last = float("-inf")
    for y, letters in heights.items():
        last = max(y + 4, last + 12)
        yield x, last, letters


def _spread(heights: Iterable[float]) -> tuple[int, float]:
    """How many lines can be told apart, and how far the nearest two lie from one another."""
    ordered = sorted(heights)
    return len(ordered), min((b - a for a, b in pairwise(ordered)), default=0.0)


def ticks(top: Fraction) -> list[int]:
    """Four to six round values from nothing up to `top`, in whole units."""
    step = 1
    while top / step > 5:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return list(range(0, int(top) + 1, step))
