"""The curves of a sweep as SVG, for print: greyscale, each reading with its own dashes and a letter on its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from fractions import Fraction
from html import escape
from itertools import pairwise

from pyliab.answers.render.page import Page
from pyliab.answers.views.money import first, quantities, whose
from pyliab.answers.wording import Wording
from pyliab.kb.case import CaseFile
from pyliab.money.sweep import Curve, Sweep
from pyliab.text.amounts import exact, grouped
from pyliab.text.say import Text, say, words

DASHES = ("", "7 3", "2 3", "10 3 2 3", "5 2 1 2 1 2", "14 4", "1 2", "8 2 2 2 2 2")
INKS = ("#000000", "#404040", "#000000", "#606060")
FONT = "'Times New Roman', 'Noto Serif CJK SC', 'Source Han Serif SC', 'Songti SC', SimSun, serif"
LEFT, TOP, WIDE, HIGH = 66, 64, 310, 240
COLUMNS = (
    "reading",
    "assets",
    "recovers_from",
    "recovers_to",
    "bears_from",
    "bears_to",
)


def rows_as_csv(result: Sweep) -> str:
    """The curves as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(result.rows())
    return out.getvalue()


def draw(page: Page, case: CaseFile, result: Sweep) -> str:
    """Two panels side by side: the creditor's recovery and the debtor's burden, over the assets of others."""
    wording = Wording(page.base, case)
    key = _key(page, result.curves)
    width = 2 * (LEFT + WIDE + _margin(result))
    height = TOP + HIGH + 62 + 17 * len(key) + 10
    names = [wording.word(name) for name in (result.debtor, result.creditor)]
    title = page.t(say("{title}: {names} to {names2}", title=words(case.doc["title"]), names=names[0], names2=names[1]))
    body = [
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        _text(LEFT, 20, title, size=14, weight="bold"),
        _text(LEFT, 38, page.t(first(result.first, wording)), size=11),
    ]
    top = max(
        (v for curve in result.curves for knot in curve.knots for v in knot.ends()), default=Fraction(1)
    ) or Fraction(1)
    titles = [page.t(quantity) for quantity in quantities(result, wording).values()]
    axes = page.t(_axis(result, wording)), page.t(wording.label("amount", "currency"))
    for panel, quantity in enumerate(titles):
        body += _panel(result, panel, quantity, axes, top)
    for i, (letter, said) in enumerate(key):
        body += _key_row(letter, said, i, TOP + HIGH + 62 + 17 * i)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="{FONT}" role="img" lang="{page.lang}">\n<title>{escape(title)}</title>\n'
        f"<desc>{escape(_described(page, result, wording))}</desc>\n" + "\n".join(body) + "\n</svg>\n"
    )


def _axis(result: Sweep, wording: Wording) -> Text:
    return say("{assets} ({currency})", assets=whose(result, wording), currency=wording.label("amount", "currency"))


def _described(page: Page, result: Sweep, wording: Wording) -> str:
    """For who doesn't see the drawing: each line by its points."""
    said = [page.t(say("Over the {axis}, straight between the points", axis=_axis(result, wording)))]
    for (letter, name), curve in zip(_key(page, result.curves), result.curves, strict=True):
        for panel, quantity in enumerate(quantities(result, wording).values()):
            points = [
                page.t(say("at {yuan}: {span}", yuan=_yuan(knot.assets), span=_span(knot.ends(), panel)))
                for knot in curve.knots
            ]
            what = page.t(quantity)
            said.append(
                page.t(say("{letter} ({name}), {what}: ", letter=letter, name=name, what=what)) + page.join(points)
            )
    return page.t(say(". ")).join(said)


def _yuan(value: Fraction) -> str:
    text = exact(value)
    return text if "/" in text else grouped(text)


def _span(values: Sequence[Fraction], panel: int) -> str:
    low, high = (_yuan(value) for value in values[2 * panel : 2 * panel + 2])
    return low if low == high else f"{low}–{high}"


def _margin(result: Sweep) -> int:
    """Room on the right of a panel for the letters at the ends of its lines."""
    return 26 + 14 * len(result.curves)


def _letter(i: int) -> str:
    return chr(ord("A") + i % 26) + (str(i // 26) if i >= 26 else "")


def _key(page: Page, curves: Sequence[Curve]) -> list[tuple[str, str]]:
    rows = []
    for i, curve in enumerate(curves):
        known = page.base.readings.get(curve.reading)
        title = f"{page.t('，', ', ')}{known['title'][page.lang]}" if known else ""
        left_open = page.t(say(" (range)")) if curve.open else ""
        rows.append((_letter(i), f"{curve.reading}{title}{left_open}"))
    return rows


def _key_row(letter: str, said: str, i: int, y: int) -> list[str]:
    return [
        f'<line x1="{LEFT + 18}" y1="{y - 4}" x2="{LEFT + 62}" y2="{y - 4}" {_stroke(i)}/>',
        _text(LEFT, y, letter, size=12, weight="bold"),
        _text(LEFT + 72, y, said, size=12),
    ]


def _panel(result: Sweep, panel: int, title: str, axes: tuple[str, str], top: Fraction) -> list[str]:
    left = LEFT + panel * (WIDE + LEFT + _margin(result))
    body = [_text(left, TOP - 10, title, size=12, weight="bold")]
    for tick in ticks(top):
        y = _y(tick, top)
        body.append(f'<line x1="{left}" y1="{y}" x2="{left + WIDE}" y2="{y}" stroke="#dddddd" stroke-width="0.6"/>')
        body.append(_text(left - 6, y + 4, grouped(str(tick)), size=10, anchor="end"))
    for tick in ticks(result.end):
        x = left + float(Fraction(tick) / result.end) * WIDE
        body.append(
            f'<line x1="{x:.1f}" y1="{TOP + HIGH}" x2="{x:.1f}" y2="{TOP + HIGH + 4}" stroke="#000000" stroke-width="0.8"/>'
        )
        body.append(_text(x, TOP + HIGH + 16, grouped(str(tick)), size=10, anchor="middle"))
    body.append(f'<path d="M{left} {TOP}V{TOP + HIGH}H{left + WIDE}" fill="none" stroke="#000000" stroke-width="0.8"/>')
    axis, unit = axes
    body.append(_text(left + WIDE / 2, TOP + HIGH + 34, axis, size=11, anchor="middle"))
    body.append(_text(left - 6, TOP - 10, unit, size=10, anchor="end"))
    for i, curve in enumerate(result.curves):
        body += _curve(curve, i, panel, left, result.end, top)
    return body + _labels(result, panel, left, top)


def _curve(curve: Curve, i: int, panel: int, left: int, end: Fraction, top: Fraction) -> list[str]:
    def points(which: int) -> list[str]:
        return [
            f"{left + float(knot.assets / end) * WIDE:.1f},{_y(knot.ends()[which], top):.1f}" for knot in curve.knots
        ]

    low, high = points(2 * panel), points(2 * panel + 1)
    if low == high:
        return [f'<polyline points="{" ".join(low)}" fill="none" {_stroke(i)}/>']
    return [
        f'<polygon points="{" ".join([*low, *reversed(high)])}" fill="#000000" fill-opacity="0.07"/>',
        *(f'<polyline points="{" ".join(edge)}" fill="none" {_stroke(i)}/>' for edge in (low, high)),
    ]


def _labels(result: Sweep, panel: int, left: int, top: Fraction) -> list[str]:
    """A letter on each line, where the lines lie farthest apart; lines that run together share one label.

    Where they run together otherwise at the right end, the letters stand there once more.
    """
    part = max((Fraction(n, 8) for n in range(1, 8)), key=lambda part: _spread(_heights(result, panel, part, top)))
    inside, ends = (_heights(result, panel, at, top) for at in (part, Fraction(1)))
    body, last, shift = [], float("-inf"), 0
    for y, letters in sorted(inside.items()):
        shift = shift + 18 if y - last < 14 else 0
        last = y
        place = y + 14 if y < TOP + 12 else y - 5
        x = left + float(part) * WIDE + shift
        body.append(_text(x, place, ", ".join(letters), size=11, weight="bold", halo=True))
    if len(ends) > 1 and sorted(ends.values()) != sorted(inside.values()):
        last = float("-inf")
        for y, letters in sorted(ends.items()):
            last = max(y + 4, last + 12)
            body.append(_text(left + WIDE + 5, last, ", ".join(letters), size=11, weight="bold"))
    return body


def _spread(heights: Iterable[float]) -> tuple[int, float]:
    """How many lines can be told apart, and how far the nearest two lie from one another."""
    ordered = sorted(heights)
    return len(ordered), min((b - a for a, b in pairwise(ordered)), default=0.0)


def _heights(result: Sweep, panel: int, part: Fraction, top: Fraction) -> dict[float, list[str]]:
    found: dict[float, list[str]] = {}
    for i, curve in enumerate(result.curves):
        values = curve.at(result.end * part).ends()
        for value in dict.fromkeys((values[2 * panel], values[2 * panel + 1])):
            found.setdefault(_y(value, top), []).append(_letter(i))
    return found


def _y(value: Fraction | int, top: Fraction) -> float:
    return round(TOP + HIGH - float(Fraction(value) / top) * HIGH, 1)


def ticks(top: Fraction) -> list[int]:
    """Four to six round values from nothing up to `top`."""
    step = 1
    while top / step > 5:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return list(range(0, int(top) + 1, step))


def _stroke(i: int) -> str:
    dash = f' stroke-dasharray="{DASHES[i % len(DASHES)]}"' if DASHES[i % len(DASHES)] else ""
    return f'stroke="{INKS[i % len(INKS)]}" stroke-width="{1.6 if i < len(DASHES) else 2.4}"{dash}'


def _text(
    x: float, y: float, words: str, *, size: int, anchor: str = "start", weight: str = "normal", halo: bool = False
) -> str:
    bold = ' font-weight="bold"' if weight == "bold" else ""
    place = "" if anchor == "start" else f' text-anchor="{anchor}"'
    if halo:
        bold += ' stroke="#ffffff" stroke-width="3" paint-order="stroke"'
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}"{place}{bold}>{escape(words)}</text>'
