"""The curves of a sweep as SVG, for print: greyscale, each reading with its own dashes and a letter on its line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from html import escape
from itertools import pairwise

from pyliab.answers.blocks import joined
from pyliab.answers.wording import Wording
from pyliab.law.words import LANGS
from pyliab.money.sweep import Curve, Sweep
from pyliab.text.amounts import exact, grouped
from pyliab.text.say import EMPTY, Text, listed, say

DASHES = ("", "7 3", "2 3", "10 3 2 3", "5 2 1 2 1 2", "14 4", "1 2", "8 2 2 2 2 2")
INKS = ("#000000", "#404040", "#000000", "#606060")
FONT = "'Times New Roman', 'Noto Serif CJK SC', 'Source Han Serif SC', 'Songti SC', SimSun, serif"
LEFT, TOP, WIDE, HIGH = 66, 64, 310, 240


def quantities(sweep: Sweep, wording: Wording) -> dict[str, Text]:
    """What is drawn: the creditor's recovery and the debtor's burden."""
    return {
        "recovers": say("what {creditor} recovers", creditor=wording.word(sweep.creditor)),
        "bears": say("what {debtor} bears in the end", debtor=wording.word(sweep.debtor)),
    }


def whose(sweep: Sweep, wording: Wording) -> Text:
    """Whose assets run along the axis."""
    return say("assets of {parties}", parties=listed(map(wording.word, sweep.whose), " and "))


def curves(sweep: Sweep, wording: Wording) -> dict[str, str]:
    """The drawing in each language."""
    return {lang: draw(sweep, wording, lang) for lang in LANGS}


def draw(sweep: Sweep, wording: Wording, lang: str) -> str:
    """Two panels side by side: the creditor's recovery and the debtor's burden, over the assets of others."""
    key = _key(sweep.curves, wording, lang)
    width = 2 * (LEFT + WIDE + _margin(sweep))
    height = TOP + HIGH + 62 + 17 * len(key) + 10
    debtor, creditor = wording.word(sweep.debtor), wording.word(sweep.creditor)
    of = wording.case.doc.title if wording.case else EMPTY
    title = say("{title}: {names} to {names2}", title=of, names=debtor, names2=creditor).of(lang)
    body = [
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        _text(LEFT, 20, title, size=14, weight="bold"),
        _text(LEFT, 38, wording.first(sweep.first).of(lang), size=11),
    ]
    top = max(
        (v for curve in sweep.curves for knot in curve.knots for v in knot.ends()), default=Fraction(1)
    ) or Fraction(1)
    axes = _axis(sweep, wording).of(lang), wording.label("amount", "currency").of(lang)
    for panel, quantity in enumerate(quantities(sweep, wording).values()):
        body += _panel(sweep, panel, quantity.of(lang), axes, top)
    for i, (letter, said) in enumerate(key):
        body += _key_row(letter, said, i, TOP + HIGH + 62 + 17 * i)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="{FONT}" role="img" lang="{lang}">\n<title>{escape(title)}</title>\n'
        f"<desc>{escape(_described(sweep, wording, lang))}</desc>\n" + "\n".join(body) + "\n</svg>\n"
    )


def _axis(sweep: Sweep, wording: Wording) -> Text:
    return say("{assets} ({currency})", assets=whose(sweep, wording), currency=wording.label("amount", "currency"))


def _described(sweep: Sweep, wording: Wording, lang: str) -> str:
    """For who doesn't see the drawing: each line by its points."""
    rows = [say("Over the {axis}, straight between the points", axis=_axis(sweep, wording))]
    for (letter, name), curve in zip(_key(sweep.curves, wording, lang), sweep.curves, strict=True):
        for panel, quantity in enumerate(quantities(sweep, wording).values()):
            what = say("{letter} ({name}), {what}: ", letter=letter, name=name, what=quantity)
            points = (
                say("at {yuan}: {span}", yuan=_yuan(knot.assets), span=_span(knot.ends(), panel))
                for knot in curve.knots
            )
            rows.append(joined([what, listed(points)]))
    return listed(rows, ". ").of(lang)


def _yuan(value: Fraction) -> str:
    text = exact(value)
    return text if "/" in text else grouped(text)


def _span(values: Sequence[Fraction], panel: int) -> str:
    low, high = (_yuan(value) for value in values[2 * panel : 2 * panel + 2])
    return low if low == high else f"{low}–{high}"


def _margin(sweep: Sweep) -> int:
    """Room on the right of a panel for the letters at the ends of its lines."""
    return 26 + 14 * len(sweep.curves)


def _letter(i: int) -> str:
    return chr(ord("A") + i % 26) + (str(i // 26) if i >= 26 else "")


def _key(curves: Sequence[Curve], wording: Wording, lang: str) -> list[tuple[str, str]]:
    rows = []
    for i, curve in enumerate(curves):
        title = wording.reading(curve.reading) if curve.reading in wording.base.readings else EMPTY
        left_open = say(" (range)") if curve.open else EMPTY
        rows.append((_letter(i), joined([listed([curve.reading, title], ", "), left_open]).of(lang)))
    return rows


def _key_row(letter: str, said: str, i: int, y: int) -> list[str]:
    return [
        f'<line x1="{LEFT + 18}" y1="{y - 4}" x2="{LEFT + 62}" y2="{y - 4}" {_stroke(i)}/>',
        _text(LEFT, y, letter, size=12, weight="bold"),
        _text(LEFT + 72, y, said, size=12),
    ]


def _panel(sweep: Sweep, panel: int, title: str, axes: tuple[str, str], top: Fraction) -> list[str]:
    left = LEFT + panel * (WIDE + LEFT + _margin(sweep))
    body = [_text(left, TOP - 10, title, size=12, weight="bold")]
    for tick in ticks(top):
        y = _y(tick, top)
        body.append(f'<line x1="{left}" y1="{y}" x2="{left + WIDE}" y2="{y}" stroke="#dddddd" stroke-width="0.6"/>')
        body.append(_text(left - 6, y + 4, grouped(str(tick)), size=10, anchor="end"))
    for tick in ticks(sweep.end):
        x = left + float(Fraction(tick) / sweep.end) * WIDE
        body.append(
            f'<line x1="{x:.1f}" y1="{TOP + HIGH}" x2="{x:.1f}" y2="{TOP + HIGH + 4}" stroke="#000000" stroke-width="0.8"/>'
        )
        body.append(_text(x, TOP + HIGH + 16, grouped(str(tick)), size=10, anchor="middle"))
    body.append(f'<path d="M{left} {TOP}V{TOP + HIGH}H{left + WIDE}" fill="none" stroke="#000000" stroke-width="0.8"/>')
    axis, unit = axes
    body.append(_text(left + WIDE / 2, TOP + HIGH + 34, axis, size=11, anchor="middle"))
    body.append(_text(left - 6, TOP - 10, unit, size=10, anchor="end"))
    for i, curve in enumerate(sweep.curves):
        body += _curve(curve, i, panel, left, sweep.end, top)
    return body + _labels(sweep, panel, left, top)


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


def _labels(sweep: Sweep, panel: int, left: int, top: Fraction) -> list[str]:
    """A letter on each line, where the lines lie farthest apart; lines that run together share one label.

    Where they run together otherwise at the right end, the letters stand there once more.
    """
    part = max((Fraction(n, 8) for n in range(1, 8)), key=lambda part: _spread(_heights(sweep, panel, part, top)))
    inside, ends = (_heights(sweep, panel, at, top) for at in (part, Fraction(1)))
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


def _heights(sweep: Sweep, panel: int, part: Fraction, top: Fraction) -> dict[float, list[str]]:
    found: dict[float, list[str]] = {}
    for i, curve in enumerate(sweep.curves):
        values = curve.at(sweep.end * part).ends()
        for value in dict.fromkeys((values[2 * panel], values[2 * panel + 1])):
            found.setdefault(_y(value, top), []).append(_letter(i))
    return found


def _y(value: Fraction | int, top: Fraction) -> float:
    return round(TOP + HIGH - float(Fraction(value) / top) * HIGH, 1)


def ticks(top: Fraction) -> list[int]:
    """Four to six round values from nothing up to `top`, in whole units."""
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
