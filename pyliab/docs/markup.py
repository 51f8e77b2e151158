"""HTML, escaped: tags, links with stable anchors, and the frame of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from pyliab.knowledge import KnowledgeBase
from pyliab.phrase import Lang, Phrases

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


class Html(str):
    """Text that is HTML already; all other text is escaped."""


def join(parts: Iterable[str], between: str = "") -> Html:
    """Pieces of HTML and text, one after another."""
    return Html(escape(between).join(part if isinstance(part, Html) else escape(part) for part in parts))


def tag(name: str, *inside: str, id: str = "", cls: str = "", lang: str = "") -> Html:
    """An element."""
    given = {"id": id, "class": cls, "lang": lang}
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in given.items() if value)
    return Html(f"<{name}{attributes}>{join(inside)}</{name}>")


def link(target: str, *inside: str) -> Html:
    """A link to a place in the site."""
    return Html(f'<a href="{escape(target)}">{join(inside)}</a>')


def anchor(name: str) -> str:
    """The anchor of an id: `ECL 38(2)` is ecl-38-2; the ids of the knowledge base stay as they are."""
    return name if re.fullmatch(r"[a-z0-9_-]+", name) else re.sub(r"[^a-z0-9_]+", "-", name.lower()).strip("-")


def rows(items: Iterable[str]) -> Html:
    """A list."""
    return tag("ul", *(tag("li", item) for item in items))


def table(head: Iterable[str], body: Iterable[Iterable[str]]) -> Html:
    """A table in a frame of its own, so that a wide one scrolls by itself."""
    top = tag("thead", tag("tr", *(tag("th", cell) for cell in head)))
    rest = tag("tbody", *(tag("tr", *(tag("td", cell) for cell in row)) for row in body))
    return tag("div", tag("table", top, rest), cls="wide")


@dataclass(frozen=True)
class View:
    """The knowledge base in one language: texts, labels, and links to where each thing stands."""

    base: KnowledgeBase
    phrases: Phrases
    lang: Lang

    def t(self, zh: str, en: str) -> str:
        """The text in the language of the page."""
        return zh if self.lang == "zh" else en

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
    chapters = [link(f"../{name}/index.html", view.t(*words)) for name, words in SECTIONS.items()]
    language = Html(
        f'<a href="../../{other}/{escape(path)}" lang="{other}" hreflang="{other}">{view.t("English", "中文")}</a>'
    )
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} · pyliab</title>"
        '<link rel="stylesheet" href="../../style.css">'
    )
    nav = tag(
        "nav", link("../index.html", tag("strong", "pyliab")), Html(" "), join(chapters, " "), Html(" "), language
    )
    body = tag("header", nav) + tag("main", tag("h1", title), *inside)
    full = "zh-CN" if view.lang == "zh" else "en"
    return Html(f'<!DOCTYPE html>\n<html lang="{full}"><head>{head}</head><body>{body}</body></html>\n')
