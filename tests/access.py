"""What a page owes to who doesn't see it, or sees badly: read off its text, without a browser."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

READABLE = 4.5
"""The least contrast of text, after WCAG 2.1 AA."""
TEXT = ("ink", "soft", "accent")
"""The colours that text has."""


def schemes(css: str) -> list[dict[str, str]]:
    """The colours of each scheme: every block that sets a colour of the paper."""
    blocks = (dict(re.findall(r"--([a-z]+):\s*(#[0-9a-f]{3,6})\b", body)) for body in re.findall(r"\{([^{}]*)\}", css))
    return [block for block in blocks if "paper" in block]


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, after WCAG."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


class Outline(HTMLParser):
    """Ranks of headings, and what lacks a name, a scope or a place to skip to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ranks: list[int] = []
        self.tables: list[int] = []
        self.drawings: list[set[str]] = []
        self.faults: list[str] = []
        self.ids: dict[str, str] = {}
        self.named_by: list[str] = []
        self.first_link = ""
        self.navs = 0
        self.feed(text)
        self.close()
        self._judge()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids.setdefault(given.get("id", ""), tag)
        self.named_by += given.get("aria-labelledby", "").split()
        if re.fullmatch("h[1-6]", tag):
            self.ranks.append(int(tag[1]))
        elif tag == "table":
            self.tables.append(0)
        elif tag == "th":
            self.tables[-1] += 1
            if given.get("scope") not in ("col", "row", "colgroup", "rowgroup"):
                self.faults.append("a header cell without scope")
        elif tag == "svg":
            self.drawings.append(set())
        elif tag in ("title", "desc") and self.drawings:
            self.drawings[-1].add(tag)
        elif tag == "img" and not given.get("alt"):
            self.faults.append("an image without a name")
        elif tag == "nav":
            self.navs += 1
            if not given.get("aria-label"):
                self.faults.append("a nav without a name")
        elif tag == "a":
            self.first_link = self.first_link or given.get("href", "")

    def _judge(self) -> None:
        if self.ranks.count(1) != 1 or self.ranks[0] != 1:
            self.faults.append(f"h1 is not one and first: {self.ranks[:3]}")
        self.faults += [f"h{a} before h{b}" for a, b in pairwise(self.ranks) if b > a + 1]
        self.faults += ["a table without headers" for headers in self.tables if not headers]
        self.faults += ["a drawing without title and desc" for one in self.drawings if one != {"title", "desc"}]
        self.faults += [f"named by nothing: {name}" for name in self.named_by if name not in self.ids]
        if self.navs and self.ids.get(self.first_link.removeprefix("#")) != "main":
            self.faults.append("the first link does not skip to the main part")
