"""Blocks as HTML by the templates beside this file: a page that is complete in itself, a fragment, or a page of the site.

No network, no framework; every text is escaped, and nothing but the page itself is allowed to run. Jinja2 is loaded only
where something is drawn or written from a template.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from markupsafe import Markup

from pyliab import __version__
from pyliab.answers.blocks import Block, Cell, Document, Heading, Table, Way, as_table, behind, flat
from pyliab.text.say import EMPTY, Text, listed, say
from pyliab.text.template import templates

HERE = Path(__file__).parent
TEMPLATES = templates(HERE / "templates")
TAGS = {"zh": "zh-Hans", "en": "en"}
CHINESE = re.compile("([\u3000-\u303f\u3400-\u9fff\uff01-\uffef]+)")
WORDS = {
    name: say(words) for name, words in json.loads((HERE / "assets" / "words.json").read_text(encoding="utf-8")).items()
}
"""The fixed words of a page; `{0}` stands for what the script fills in."""
NUMBERED = {"table": "Table {number}. {caption}", "figure": "Figure {number}. {caption}"}
SHORT, LONG = {"zh": 9, "en": 18}, {"zh": 14, "en": 30}
"""How many characters a column of short words has at most, and one of sentences at least."""
NOTES = Heading(WORDS["notes"], 1, "notes")


def page(document: Document, lang: str) -> str:
    """The whole page in both languages, first seen in one."""
    writer = Writer(document, lang)
    body = writer.body()
    contents = [b for b in document.blocks if isinstance(b, Heading) and b.level < 3 and b.anchor]
    data = {
        "lang": lang,
        "title": document.title,
        "words": {name: {each: words.pattern(each) for each in TAGS} for name, words in WORDS.items()},
        "cases": [explorer.data for explorer in document.explorers],
    }
    assets = {"style": asset("page.css"), "script": asset("explorer.js"), "version": __version__}
    contents += [NOTES] if document.notes else []
    template = TEMPLATES.get_template("page.html")
    return str(template.render(w=writer, document=document, body=body, contents=contents, data=data, **assets)) + "\n"


def fragment(document: Document, lang: str) -> str:
    """Only what stands in the page, in one language, for a notebook."""
    return str(Writer(document, lang, langs=(lang,)).body())


def site_page(writer: Writer, body: Any, title: Text, sections: Mapping[str, object], path: str) -> str:
    """A page of the site, with links to its `sections`; its twin in another language stands under the same path."""
    template = TEMPLATES.get_template("site.html")
    up = "../" * path.count("/")
    return str(template.render(w=writer, body=body, title=title, sections=sections, path=path, up=up)) + "\n"


def anchor(name: str) -> str:
    """The anchor of an id: `LAW 3(2)` is law-3-2; the ids of the knowledge base stay as they are."""
    return name if re.fullmatch(r"[a-z0-9_-]+", name) else re.sub(r"[^a-z0-9_]+", "-", name.lower()).strip("-")


def asset(name: str) -> str:
    """A file that is shipped beside this module."""
    return (HERE / "assets" / name).read_text(encoding="utf-8")


def spoken(value: object, lang: str) -> Any:
    """A text, escaped, that says where it is Chinese in another language: a screen reader reads that with another voice."""
    if not isinstance(value, str):
        return value
    parts = enumerate([value] if lang == "zh" else CHINESE.split(value))
    return Markup("".join(f'<span lang="{TAGS["zh"]}">{t}</span>' if i % 2 else escape(t) for i, t in parts))


def embedded(value: Any) -> Any:
    """JSON that cannot end the element it stands in; a text stands in it in each language."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=by_language)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)


def fingerprint(text: str) -> Any:
    """What a content security policy calls an element by."""
    return Markup("'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'")


TEMPLATES.filters |= {"fingerprint": fingerprint, "embedded": embedded}


def by_language(text: Text) -> dict[str, str]:
    """A text as plain data."""
    return {lang: text.of(lang) for lang in TAGS}


class Writer:
    """What the templates ask: texts in the languages of the page, numbers, footnotes, links, and the rank of headings."""

    words = WORDS
    behind, as_table = staticmethod(behind), staticmethod(as_table)
    anchor = staticmethod(anchor)
    han = TAGS["zh"]

    def __init__(
        self,
        document: Document,
        lang: str,
        *,
        langs: Sequence[str] = tuple(TAGS),
        place: Callable[[str], str] | None = None,
    ) -> None:
        """`lang` is seen first; in a site, `place` knows where a thing stands by what cites it, else nothing."""
        self.document, self.lang, self.langs, self.place = document, lang, tuple(langs), place
        self.numbers = {cite: i for i, cite in enumerate(document.notes, 1)}
        self.explorers = {explorer.case: explorer for explorer in document.explorers}
        self.titles = {b.anchor: b.text for b in document.blocks if isinstance(b, Heading)}
        first = next((b for b in document.blocks if isinstance(b, Heading)), None)
        self.single = first is not None and first.level == 1 and (not document.title or first.text == document.title)
        """Is the first heading that of the page?"""
        self.below = 1 if self.single else 2
        """The rank of a heading under the last one written."""
        self.counted: Counter[str] = Counter()
        self.macros = TEMPLATES.get_template("blocks.html").make_module({"w": self})

    def body(self) -> Any:
        """All blocks, then the footnotes."""
        title = "" if self.single else Markup('<h1 class="all">{}</h1>\n').format(self.both(self.document.title))
        return Markup("").join([title, *map(self.block, self.document.blocks), self.notes()])

    def block(self, block: Block) -> Any:
        """One block."""
        return getattr(self.macros, type(block).__name__.lower())(block)

    # --- texts ----------------------------------------------------------------------------------------------------------

    def both(self, text: Text) -> Any:
        """The text in each language of the page; once where they agree."""
        if len(self.langs) == 1 or len({text.of(lang) for lang in self.langs}) == 1:
            return self.said(text, self.langs[-1])
        each = Markup('<span class="t" lang="{}">{}</span>')
        return Markup("").join(each.format(TAGS[lang], self.said(text, lang)) for lang in self.langs)

    def said(self, text: Text, lang: str) -> Any:
        """The text in one language, escaped, with links to what it names."""
        values = {n: self.said(v, lang) if isinstance(v, Text) else spoken(v, lang) for n, v in text.values}
        made = Markup(spoken(text.pattern(lang), lang)).format(**values)
        place = (
            next(filter(None, map(self.place, text.cites)), "")
            if self.place and (text.words or not text.values)
            else ""
        )
        return Markup('<a href="{}">{}</a>').format(place, made) if place else made

    def plain(self, value: object) -> Any:
        """A text that is the same in each language."""
        return spoken(value, self.langs[-1])

    def cited(self, text: Text) -> Any:
        """A text and the footnotes it rests on, each one click away."""
        return self.both(text) + self.notes_of(text)

    def labelled(self, text: Text) -> Any:
        """Attributes that name an element; the script keeps the name in the language that is spoken."""
        named = 'aria-label="{}" data-label-zh="{}" data-label-en="{}"'
        return Markup(named).format(text.of(self.lang), text.of("zh"), text.of("en"))

    def tag(self, lang: str) -> str:
        """How HTML calls a language."""
        return TAGS[lang]

    def slug(self, role: str) -> str:
        """A role as the name of a class."""
        return role.replace(" ", "-").replace(",", "")

    # --- headings, tables -----------------------------------------------------------------------------------------------

    def ranked(self, level: int) -> int:
        """The rank of a heading: the page has one h1, and no rank is skipped; it looks as its level says."""
        rank = level if self.single else level + 1
        rank = max(1 if self.single and self.below == 1 else 2, min(rank, self.below + 5, 6))
        self.below = min(rank + 1, 6)
        return rank

    def count(self, kind: str) -> int:
        """The number of the next table or figure."""
        self.counted[kind] += 1
        return self.counted[kind]

    def numbered(self, kind: str, number: int, caption: Text) -> Text:
        """A caption, with its number where there are footnotes to count beside it: not in a site."""
        return caption if self.place else say(NUMBERED[kind], number=number, caption=caption)

    def groups(self, table: Table) -> list[list[tuple[Cell, ...]]]:
        """The rows that are written, by what they are about."""
        groups: list[list[tuple[Cell, ...]]] = []
        for begins, row in table.grouped():
            if not groups or (begins and table.heads):
                groups.append([])
            groups[-1].append(row)
        return groups

    def headed(self, cells: Iterable[Cell]) -> Text:
        """What a group of rows is about."""
        return listed((cell for cell in cells if isinstance(cell, Text)), ": ")

    def kinds(self, table: Table) -> list[Any]:
        """The class of each column: numbers stand to the right; short words are not broken, sentences not squeezed."""
        names = [_column(table, i) for i in range(len(table.columns))]
        return [Markup(' class="{}"').format(name) if name else "" for name in names]

    # --- footnotes ------------------------------------------------------------------------------------------------------

    def notes_of(self, *texts: Text) -> Any:
        """Numbers of footnotes, which stay together at the end of a line."""
        cites = [c for c in dict.fromkeys(cite for text in texts for cite in text.cites) if c in self.numbers]
        return Markup('<span class="cites">{}</span>').format(Markup("").join(map(self.note, cites))) if cites else ""

    def note(self, cite: str) -> Any:
        """One footnote, unfolded by a click on its number."""
        number = self.numbers[cite]
        name = self.labelled(say("note {number}", number=number))
        made = Markup('<details class="cite"><summary {}>[{}]</summary><div>{}</div></details>')
        return made.format(name, number, self.both(self.document.notes[cite]))

    def notes(self) -> Any:
        """All footnotes at the end."""
        if not self.numbers:
            return ""
        rows = Markup("").join(Markup("<li>{}</li>").format(self.both(text)) for text in self.document.notes.values())
        return self.block(NOTES) + Markup('<ol class="notes small">{}</ol>').format(rows)

    # --- the explorer ---------------------------------------------------------------------------------------------------

    def explorer_name(self, case: str) -> Text:
        """What the explorer of a case is called, where there are several with the title of the case."""
        if self.single:
            return WORDS["explorer_name"]
        return say("{label}: {value}", label=WORDS["explorer_name"], value=self.titles.get(case, EMPTY))

    def choices(self, way: Way) -> str:
        """The positions of a way as the script reads them."""
        return json.dumps(dict(way.positions), ensure_ascii=False)


def _column(table: Table, i: int) -> str:
    if i in table.figures:
        return "n"
    cells = [flat(row[i]) for row in table.rows]
    widest: Mapping[str, int] = {lang: max((len(c.of(lang)) for c in cells), default=0) for lang in TAGS}
    if any(widest[lang] > LONG[lang] for lang in TAGS):
        return "w"
    whole = [f"k{lang[0]}" for lang in TAGS if widest[lang] <= SHORT[lang]]
    return " ".join(whole) if not any(c.cites for c in cells) else ""
