"""HTML, escaped: tags, links with stable anchors, and the frame of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from pyliab.answers.html import CHINESE
from pyliab.kb.base import KnowledgeBase
from pyliab.law.words import Lang, Phrases
from pyliab.text.say import Text, say

SECTIONS = {
    "tutorial": ("教程", "Tutorial"),
    "statutes": ("法条", "Statutes"),
    "issues": ("争点", "Issues"),
    "readings": ("读法", "Readings"),
    "cases": ("案件", "Cases"),
    "principles": ("原则", "Principles"),
    "vocabulary": ("词汇", "Vocabulary"),
    "commands": ("命令", "Commands"),
}


VOID = ("br", "hr", "img")


class Html(str):
    """Text that is HTML already; all other text is escaped."""


def join(parts: Iterable[str], between: str = "") -> Html:
    """Pieces of HTML and text, one after another."""
    return Html(escape(between).join(part if isinstance(part, Html) else escape(part) for part in parts))


def tag(name: str, *inside: str, id: str = "", cls: str = "", lang: str = "", scope: str = "", label: str = "") -> Html:
    """An element. `label` names it for who doesn't see what stands around it."""
    given = {"id": id, "class": cls, "lang": lang, "scope": scope, "aria-label": label}
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in given.items() if value)
    return Html(f"<{name}{attributes}>{join(inside)}</{name}>")


def link(target: str, *inside: str, current: str = "") -> Html:
    """A link to a place in the site. `current`: "page" where one is there, "true" where one is below it."""
    here = f' aria-current="{current}"' if current else ""
    return Html(f'<a href="{escape(target)}"{here}>{join(inside)}</a>')


def anchor(name: str) -> str:
    """The anchor of an id: `ECL 38(2)` is ecl-38-2; the ids of the knowledge base stay as they are."""
    return name if re.fullmatch(r"[a-z0-9_-]+", name) else re.sub(r"[^a-z0-9_]+", "-", name.lower()).strip("-")


def rows(items: Iterable[str], *, cls: str = "", label: str = "") -> Html:
    """A list."""
    return tag("ul", *(tag("li", item) for item in items), cls=cls, label=label)


def table(head: Iterable[str], body: Iterable[Iterable[str]], *, names: int = 0) -> Html:
    """A table in a frame of its own, so that a wide one scrolls by itself. The column `names` says what a row is about."""
    top = tag("thead", tag("tr", *(tag("th", cell, scope="col") for cell in head)))
    rest = tag("tbody", *(tag("tr", *(_cell(cell, i == names) for i, cell in enumerate(row))) for row in body))
    return tag("div", tag("table", top, rest), cls="wide")


def _cell(inside: str, heads: bool) -> Html:
    return tag("th", inside, scope="row") if heads else tag("td", inside)


def in_chinese(html: str) -> Html:
    """An English page that says where it is Chinese: a screen reader reads that with another voice."""
    parts, told = list[str](), [False]
    for part in re.split(r"(<[^>]+>)", html):
        if part.startswith("</"):
            told.pop()
        elif part.startswith("<"):
            if part[1:].rstrip("/>").split()[0] not in VOID:
                told.append(told[-1] or ' lang="zh' in part)
        elif not told[-1]:
            part = CHINESE.sub(r'<span lang="zh-CN">\1</span>', part)
        parts.append(part)
    return Html("".join(parts))


@dataclass(frozen=True)
class View:
    """The knowledge base in one language: texts, labels, and links to where each thing stands."""

    base: KnowledgeBase
    phrases: Phrases
    lang: Lang

    def t(self, text: Text | str, en: str = "") -> str:
        """The text in the language of the page."""
        return text.of(self.lang) if isinstance(text, Text) else text if self.lang == "zh" else en

    def period(self, in_force: dict[str, str]) -> Html:
        """From when to when something is in force."""
        start, end = in_force["start"], in_force["end"]
        if end:
            return join([tag("time", start), self.t(say(" to ")), tag("time", end)])
        return join([tag("time", start), "起"]) if self.lang == "zh" else join(["since ", tag("time", start)])

    def provision(self, name: str, words: str = "") -> Html:
        """A link to a provision."""
        statute = self.base.provisions[name]["statute"]
        return link(
            f"../statutes/{anchor(statute)}.html#{anchor(name)}", words or self.phrases.provision(name, self.lang)
        )

    def issue(self, name: str, position: str = "") -> Html:
        """A link to an issue, or to a position on it."""
        issue = self.base.issues[name]
        if not position:
            return link(f"../issues/{name}.html", issue["title"][self.lang])
        words = issue["positions"][position]["title"][self.lang]
        return link(f"../issues/{name}.html#{position}", words)

    def reading(self, name: str) -> Html:
        """A link to a reading."""
        return link(f"../readings/{name}.html", self.base.readings[name]["title"][self.lang])

    def rule(self, name: str) -> Html:
        """A link to a rule."""
        return link(f"../statutes/rules.html#{name}", tag("code", name))

    def cited(self, cited: str) -> Html:
        """What a rule cites: a provision, with a link, or a source."""
        if cited in self.base.provisions:
            return self.provision(cited)
        return join([self.phrases.citation(cited, self.lang)])

    def sources(self, cited: Iterable[dict[str, str]]) -> Html:
        """A list of sources with the places in them."""
        entries = []
        for one in cited:
            source = self.base.sources.get(one["source"])
            entries.append(
                (source["citation"] if source else one["source"]) + (f", {one['locator']}" if one["locator"] else "")
            )
        return tag("ul", *(tag("li", entry) for entry in entries), cls="sources") if entries else Html("")


def page(view: View, path: str, title: str, *inside: str) -> Html:
    """A whole page. Its twin in the other language stands under the same path."""
    other = "en" if view.lang == "zh" else "zh"
    section, _, rest = path.partition("/")
    chapters = [
        link(f"../{name}/index.html", view.t(*words), current=_current(name == section, rest))
        for name, words in SECTIONS.items()
    ]
    language = Html(
        f'<a href="../../{other}/{escape(path)}" lang="{other}" hreflang="{other}">{view.t("English", "中文")}</a>'
    )
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} · pyliab</title>"
        '<link rel="stylesheet" href="../../style.css">'
    )
    home = link("../index.html", tag("strong", "pyliab"), current=_current(not rest, section))
    nav = tag("nav", home, Html(" "), join(chapters, " "), Html(" "), language, label=view.t(say("Sections")))
    skip = tag("p", link("#main", view.t(say("Skip to the text"))), cls="skip")
    whole = tag("main", tag("h1", title), *inside, id="main")
    body = skip + tag("header", nav) + (in_chinese(whole) if view.lang == "en" else whole)
    full = "zh-CN" if view.lang == "zh" else "en"
    return Html(f'<!DOCTYPE html>\n<html lang="{full}"><head>{head}</head><body>{body}</body></html>\n')


def _current(here: bool, page: str) -> str:
    """How a link of the frame stands to the page it is on."""
    return ("page" if page == "index.html" else "true") if here else ""
