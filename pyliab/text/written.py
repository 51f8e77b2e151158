"""Dates, amounts and shares as people write them, `20 March 2021`, `200,000` or `30 per cent`, in every language known here.

What a language writes in its own way stands in its catalogue. All texts are `plain`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from fractions import Fraction
from functools import cache

from pyliab.text.amounts import day, exact, money, share
from pyliab.text.say import Text, languages

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_DATES = (
    Text(r"(?P<year>\d{4})[-./](?P<month>\d\d?)[-./](?P<day>\d\d?)(?!\d)"),
    Text(r"(?P<day>\d\d?) (?P<name>[a-z]{3,9})\.?,? (?P<year>\d{4})(?!\d)"),
    Text(r"(?P<name>[a-z]{3,9})\.? (?P<day>\d\d?),? (?P<year>\d{4})(?!\d)"),
)
_NUMBER = Text(r"\d[\d,]*(?:\.\d+)?")
_SCALES = Text("thousand:1000 million:1000000 billion:1000000000")
_NUMERALS = Text("0:0 1:1 2:2 3:3 4:4 5:5 6:6 7:7 8:8 9:9")
"""The signs with which a language writes numbers out; one above nine counts by the digit before it."""
_PERCENT, _TENTHS, _PARTS = Text("NUMBER ?(?:%|per ?cent)"), Text("NUMBER tenths?"), Text("NUMBER ?/ ?WHOLE")
_UP_TO = Text(" ?(?:-|–|to) ?")
_TOUCHING = r"(?<=[\u2e80-\uffef]) +| +(?=[\u2e80-\uffef])"


def grammar() -> Mapping[str, object]:
    """How all this is written, as plain data, for who reads it elsewhere: patterns by what they are of, tables by name."""
    kinds = {"percent": (_PERCENT,), "tenths": (_TENTHS,), "parts": (_PARTS,), "up_to": (_UP_TO,), "dates": _DATES}
    tables = {"months": _MONTHS, "scales": _table(_SCALES), "numerals": _table(_NUMERALS)}
    return {
        **{kind: _patterns(texts) for kind, texts in kinds.items()},
        **tables,
        "number": _numbers(),
        "touching": _TOUCHING,
    }


def plain(text: str) -> str:
    """A text as it is compared: full-width signs as ASCII, small letters, no space beside a Chinese character."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(_TOUCHING, "", re.sub(r"\s+", " ", folded))


def date_at(text: str, at: int) -> tuple[int, int] | None:
    """The date that begins at a place, as a number 20210630, and where it ends; None where there is none."""
    for pattern in _patterns(_DATES):
        if match := re.compile(pattern).match(text, at):
            parts = match.groupdict()
            month = int(parts["month"]) if "month" in parts else _month(parts["name"])
            try:
                return day(f"{parts['year']}-{month:02}-{int(parts['day']):02}"), match.end()
            except ValueError:
                continue
    return None


def no_day_in(text: str) -> str | None:
    """What is written as a date in a text, and is none: no month has such a day."""
    matches = (match for pattern in _patterns(_DATES) for match in re.finditer(pattern, text))
    written = (match for match in matches if _month(match.groupdict().get("name", "jan")))
    return next((match[0] for match in written if not date_at(text, match.start())), None)


def _month(name: str) -> int:
    return next((number for number, full in enumerate(_MONTHS, 1) if full.startswith(name)), 0)


def money_at(text: str, at: int) -> tuple[str, int] | None:
    """The amount that begins at a place, as text with two decimals, and where it ends; its currency stays aside."""
    if not (figure := _number_at(text, at)):
        return None
    number, end = figure
    if scale := re.compile(" ?(" + "|".join(sorted(_table(_SCALES), key=len, reverse=True)) + ")").match(text, end):
        number, end = number * _table(_SCALES)[scale[1]], scale.end()
    try:
        return money(exact(number)), end
    except ValueError:
        return None


def share_at(text: str, at: int) -> tuple[str, int] | None:
    """The share, or the range of shares, that begins at a place, as a fraction, and where it ends."""
    low = _one_share_at(text, at)
    if low is None:
        return None
    ends = (dash.end() for pattern in _patterns((_UP_TO,)) if (dash := re.compile(pattern).match(text, low[1])))
    for end in ends:
        if high := _one_share_at(text, end):
            low = f"{low[0]}-{high[0]}", high[1]
            break
    try:
        return share(low[0]), low[1]
    except ValueError:
        return None


def in_figures(text: str) -> str:
    """A text with its numerals as figures."""
    signs = "".join(sign for sign in _table(_NUMERALS) if not sign.isascii() and len(sign) == 1)
    return re.sub(f"[{signs}]+", lambda match: str(_value(match[0])), text)


def _one_share_at(text: str, at: int) -> tuple[str, int] | None:
    for pattern, whole in ((_PERCENT, 100), (_TENTHS, 10), (_PARTS, 0)):
        for form in _patterns((pattern,)):
            written = form.replace("NUMBER", f"(?P<part>{_numbers()})").replace("WHOLE", f"(?P<whole>{_numbers()})")
            if match := re.compile(written).match(text, at):
                parts = whole or _value(match["whole"])
                return (str(_value(match["part"]) / parts), match.end()) if parts else None
    match = re.compile(r"0(?:\.\d+)?|1(?:\.0+)?").match(text, at)
    return (str(Fraction(match[0])), match.end()) if match else None


def _number_at(text: str, at: int) -> tuple[Fraction, int] | None:
    match = re.compile(_numbers()).match(text, at)
    return (_value(match[0]), match.end()) if match else None


def _value(text: str) -> Fraction:
    """A number in figures, or in the numerals of a language: each digit counts by the unit behind it."""
    if text[0].isascii():
        return Fraction(text.replace(",", ""))
    total, last = 0, 0
    for sign in text:
        value = _table(_NUMERALS)[sign]
        total, last = (total + (last or 1) * value, 0) if value > 9 else (total, value)
    return Fraction(total + last)


@cache
def _patterns(texts: tuple[Text, ...]) -> list[str]:
    return list(dict.fromkeys(text.pattern(lang) for text in texts for lang in languages()))


@cache
def _numbers() -> str:
    return "(?:" + "|".join(_patterns((_NUMBER,))) + ")"


@cache
def _table(written: Text) -> Mapping[str, int]:
    """Names with their numbers, `thousand:1000`, in all languages."""
    entries = (entry.partition(":") for pattern in _patterns((written,)) for entry in pattern.split())
    return {name: int(value) for name, _, value in entries}
