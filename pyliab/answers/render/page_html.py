"""A report as one page: no network, no framework; every text escaped, and nothing but the page itself allowed to run."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from html import escape
from importlib.resources import files
from typing import Any

from pyliab import __version__
from pyliab.answers.render.page_words import WORDS
from pyliab.answers.report.blocks import (
    EMPTY,
    Block,
    Explore,
    Explorer,
    Figure,
    Heading,
    Node,
    OneWay,
    Para,
    Quote,
    Report,
    Table,
    Tree,
    Words,
)
from pyliab.law.words import LANGS as SPOKEN
from pyliab.law.words import Lang

LANGS = {"zh": "zh-Hans", "en": "en"}
CHINESE = re.compile("([\u3000-\u303f\u3400-\u9fff\uff01-\uffef]+)")
MANY_COLUMNS = 6
"""A table with more is set smaller."""
MANY_ROWS = 60
"""A table with more is laid out only where it is seen."""
SHORT, LONG = (9, 18), (14, 30)
"""How many characters a column of short words has at most, and one of sentences at least, in Chinese and English."""
OPEN_LEVELS = 2
"""How many levels of a proof are unfolded when the page opens."""


NOTES = Heading(1, WORDS["notes"], "notes")


def page(report: Report, lang: Lang) -> str:
    """The whole page, first seen in one language."""
    return _Writer(report, lang).page()


def asset(name: str) -> str:
    """A file that is shipped beside this module."""
    return (files("pyliab.answers") / "assets" / name).read_text(encoding="utf-8")


def both(words: Words) -> str:
    """The text in both languages, escaped; once where they agree."""
    if words.zh == words.en:
        return chinese_in(words.zh)
    zh, en = escape(words.zh), chinese_in(words.en)
    return f'<span class="t" lang="{LANGS["zh"]}">{zh}</span><span class="t" lang="{LANGS["en"]}">{en}</span>'


def chinese_in(text: str) -> str:
    """A text, escaped, that says where it is Chinese: a screen reader reads that with another voice."""
    parts = CHINESE.split(text)
    return "".join(
        f'<span lang="{LANGS["zh"]}">{escape(t)}</span>' if i % 2 else escape(t) for i, t in enumerate(parts)
    )


def embedded(value: Any) -> str:
    """JSON that cannot end the element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def fingerprint(text: str) -> str:
    """What a content security policy calls an element by."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


class _Writer:
    """Writes one report."""

    def __init__(self, report: Report, lang: Lang) -> None:
        self.report, self.lang = report, lang
        self.numbers = {cite: i for i, cite in enumerate(report.notes, 1)}
        self.tables = {table.name: i for i, table in enumerate(report.tables, 1)}
        self.figures = 0
        self.explorers: Mapping[str, Explorer] = {one.case: one for one in report.explorers}
        first = next((block for block in report.blocks if isinstance(block, Heading)), None)
        self.titles = {block.anchor: block.words for block in report.blocks if isinstance(block, Heading)}
        self.one_case = first is not None and first.words == report.title
        self.below = 1 if self.one_case else 2
        """The rank of a heading under the last one written."""

    def page(self) -> str:
        style, script = asset("page.css"), asset("explorer.js")
        policy = f"default-src 'none'; style-src {fingerprint(style)}; script-src {fingerprint(script)}; base-uri 'none'; form-action 'none'"
        data = {
            "lang": self.lang,
            "title": self.report.title.to_json(),
            "words": {name: words.to_json() for name, words in WORDS.items()},
            "cases": [one.data for one in self.report.explorers],
        }
        title = "" if self.one_case else f'<h1 class="all">{both(self.report.title)}</h1>\n'
        body = title + "\n".join(self.block(block) for block in self.report.blocks)
        return f"""<!DOCTYPE html>
<html lang="{LANGS[self.lang]}" data-lang="{self.lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="pyliab {__version__}">
<title>{escape(self.report.title.of(self.lang))}</title>
<style>{style}</style>
</head>
<body>
<a class="skip" href="#main">{both(WORDS["skip"])}</a>
<header class="bar"><span class="brand">pyliab</span>{self.controls()}</header>
{self.contents()}
<main id="main">
{body}
{self.notes()}
</main>
<footer class="note"><p>{both(WORDS["made"])}</p></footer>
<script type="application/json" id="data">{embedded(data)}</script>
<script>{script}</script>
</body>
</html>
"""

    def labelled(self, words: Words) -> str:
        """Attributes that name an element; the script keeps the name in the language that is spoken."""
        zh, en, now = (escape(text) for text in (words.zh, words.en, words.of(self.lang)))
        return f'aria-label="{now}" data-label-zh="{zh}" data-label-en="{en}"'

    def controls(self) -> str:
        speak = "".join(
            f'<button type="button" data-speak="{key}" lang="{LANGS[key]}" aria-pressed="{str(key == self.lang).lower()}">{name}</button>'
            for key, name in (("zh", "中文"), ("en", "English"))
        )
        return (
            f'<span class="scripted" hidden><span role="group" {self.labelled(WORDS["language"])}>{speak}</span> '
            f'<button type="button" id="theme">{both(WORDS["theme"])}</button></span>'
        )

    def contents(self) -> str:
        headings = [block for block in self.report.blocks if isinstance(block, Heading) and block.level < 3]
        if self.report.notes:
            headings.append(NOTES)
        rows = "".join(
            f'<li{" class=top" if one.level == 1 else ""}><a href="#{escape(one.anchor)}">{both(one.words)}</a></li>'
            for one in headings
        )
        return f"<nav {self.labelled(WORDS['contents'])}><details><summary>{both(WORDS['contents'])}</summary><ol>{rows}</ol></details></nav>"

    def block(self, block: Block) -> str:
        match block:
            case Heading():
                return self.heading(block)
            case Para(words=words, style=style):
                return f'<div class="para {style}">{self.cited(words)}</div>'
            case Table():
                return self.table(block)
            case Tree():
                return self.tree(block)
            case Quote(label=label, text=text):
                return f'{self.minor(label)}<blockquote lang="zh-Hans">{escape(text)}</blockquote>'
            case Figure():
                return self.figure(block)
            case Explore(case=case):
                return self.explorer(self.explorers[case])

    def heading(self, heading: Heading) -> str:
        """A heading looks as its level says; its rank is such that the page has one h1 and no rank is skipped."""
        title = self.below == 1
        rank = heading.level if title or (self.one_case and heading.level > 1) else heading.level + 1
        self.below = rank + 1
        return f'<h{rank} class="h{heading.level}" id="{escape(heading.anchor)}">{both(heading.words)}</h{rank}>'

    def minor(self, words: Words) -> str:
        """A heading below all that the report counts: of a proof, of a provision."""
        return f'<h{self.below} class="h4">{both(words)}</h{self.below}>'

    def cited(self, words: Words) -> str:
        """A text and the footnotes it rests on, each one click away."""
        return both(words) + self.cites(words.cites)

    def cites(self, cites: Sequence[str]) -> str:
        """Numbers of footnotes, which stay together at the end of a line."""
        return f'<span class="cites">{"".join(map(self.note, cites))}</span>' if cites else ""

    def note(self, cite: str) -> str:
        number = self.numbers[cite]
        name = self.labelled(Words(f"注{number}", f"note {number}"))
        return f'<details class="cite"><summary {name}>[{number}]</summary><div>{both(self.report.notes[cite])}</div></details>'

    def notes(self) -> str:
        if not self.report.notes:
            return ""
        rows = "".join(f"<li>{both(words)}</li>" for words in self.report.notes.values())
        return f'{self.heading(NOTES)}<ol class="notes small">{rows}</ol>'

    def table(self, table: Table) -> str:
        number = self.tables[table.name]
        caption = both(Words(f"表{number}　{table.caption.zh}", f"Table {number}. {table.caption.en}"))
        kind = [_cell_class(table, i) for i in range(len(table.columns))]
        head = "".join(
            f'<th scope="col"{kind[i]}>{both(column)}</th>'
            for i, column in enumerate(table.columns)
            if i >= table.heads
        )
        rows = "".join(self.row(table, kind, row, begins) for begins, row in table.grouped())
        body = f"<tbody>{rows}</tbody>".replace("<tbody></tbody>", "")
        note = f'<p class="note">{both(table.note)}</p>' if table.note.zh else ""
        place = f"table:{number}"
        dense = ' class="dense"' if len(table.columns) - table.heads > MANY_COLUMNS else ""
        long = " long" if len(table.rows) > MANY_ROWS else ""
        return (
            f'<div class="scroll{long}" role="group" tabindex="0" aria-labelledby="{place}">'
            f'<table{dense}><caption id="{place}">{caption}</caption>'
            f"<thead><tr>{head}</tr></thead>{body}</table></div>{note}"
        )

    def row(self, table: Table, kind: Sequence[str], row: Sequence[Words], begins: bool) -> str:
        """A row; where a group begins, a line across says what it is about."""
        cells = "".join(
            f'<th scope="row"{kind[i]}>{self.cell(cell)}</th>'
            if i == table.heads
            else f"<td{kind[i]}>{self.cell(cell)}</td>"
            for i, cell in enumerate(row)
            if i >= table.heads
        )
        if not (begins and table.heads):
            return f"<tr>{cells}</tr>"
        names = list(row[: table.heads])
        about = Words("：".join(n.zh for n in names), ": ".join(n.en for n in names))
        across = f'<th scope="rowgroup" colspan="{len(row) - table.heads}">{both(about)}</th>'
        return f'</tbody><tbody><tr class="about">{across}</tr><tr>{cells}</tr>'

    def cell(self, words: Words) -> str:
        """What stands in a cell; a list as a list."""
        if not words.items:
            return self.cited(words)
        return f"<ol>{''.join(f'<li>{both(item)}</li>' for item in words.items)}</ol>{self.cites(words.cites)}"

    def figure(self, figure: Figure) -> str:
        self.figures += 1
        place = f"figure:{self.figures}"
        caption = Words(f"图{self.figures}　{figure.caption.zh}", f"Figure {self.figures}. {figure.caption.en}")
        drawn = "".join(f'<div class="t" lang="{LANGS[k]}">{svg}</div>' for k, svg in figure.svg.to_json().items())
        return (
            f'<figure><div class="scroll sheet" role="group" tabindex="0" aria-labelledby="{place}">{drawn}</div>'
            f'<figcaption class="caption" id="{place}">{both(caption)}</figcaption></figure>'
        )

    # --- proofs ---------------------------------------------------------------------------------------------------------

    def tree(self, tree: Tree, *, titled: bool = True) -> str:
        reasons = "".join(f"<li>{both(reason)}</li>" for reason in tree.reasons)
        tools = "".join(
            f'<button type="button" data-unfold="{how}">{both(WORDS[f"unfold_{how}"])}</button>'
            for how in ("all", "none")
        )
        title = self.minor(tree.caption) if titled else ""
        proofs = "".join(self.step(proof, 1) for proof in tree.proofs)
        return (
            f'<div class="tree">{title}<ol class="reasons">{reasons}</ol>'
            f'<div class="tools scripted" hidden>{tools}</div><ul class="proof">{proofs}</ul></div>'
        )

    def step(self, step: Node, level: int) -> str:
        mark = f'<span class="mark {escape(step.kind)}">{both(step.mark)}</span>' if step.mark.zh else ""
        remark = (
            f' <span class="small">{both(Words(f"（{step.remark.zh}）", f" ({step.remark.en})"))}</span>'
            if step.remark.zh
            else ""
        )
        says = f"{mark}{both(step.says)}{remark}"
        quotes = "".join(
            f'<details class="law"><summary>{both(label)}</summary><blockquote lang="zh-Hans">{escape(words)}</blockquote></details>'
            for label, words in step.quotes
        )
        inside = (
            quotes
            + self.cites(step.says.cites)
            + (f' <span class="rule">{escape(step.rule)}</span>' if step.rule and step.children else "")
        )
        below = f"<ul>{''.join(self.step(child, level + 1) for child in step.children)}</ul>" if step.children else ""
        if not step.children and not quotes:
            return f'<li><div class="leaf">{says}{inside}</div></li>'
        unfolded = " open" if level <= OPEN_LEVELS else ""
        return f"<li><details{unfolded}><summary>{says}</summary>{inside}{below}</details></li>"

    # --- the explorer ---------------------------------------------------------------------------------------------------

    def explorer(self, explorer: Explorer) -> str:
        ways = "".join(map(self.way, explorer.proofs))
        kind, case = WORDS["explorer_name"], self.titles.get(explorer.case, EMPTY)
        name = kind if self.one_case else Words(f"{kind.zh}：{case.zh}", f"{kind.en}: {case.en}")
        return (
            f'<p class="guide note">{both(WORDS["explorer"])}</p><noscript><p>{both(WORDS["no_script"])}</p></noscript>'
            f'<section class="explorer" id="explorer-{escape(explorer.case)}" '
            f'data-rank="{self.below}" {self.labelled(name)}>'
            f'<div class="ways" hidden>{ways}</div></section>'
        )

    def way(self, way: OneWay) -> str:
        choices = escape(json.dumps(dict(way.positions), ensure_ascii=False))
        return (
            f'<details class="way" data-mark="{way.mark}" data-choices="{choices}" hidden>'
            f"<summary>{both(way.tree.caption)}</summary>"
            f'<p class="note"><span class="here">{both(WORDS["way_here"])}</span>'
            f'<span class="elsewhere" hidden>{both(WORDS["way_elsewhere"])}</span>{both(way.under)}</p>'
            f"{self.tree(way.tree, titled=False)}</details>"
        )


def _cell_class(table: Table, i: int) -> str:
    """Numbers stand to the right; a column of short words is not broken, one of sentences not squeezed."""
    if i in table.figures:
        return ' class="n"'
    zh, en = (max((len(row[i].of(lang)) for row in table.rows), default=0) for lang in SPOKEN)
    if zh > LONG[0] or en > LONG[1]:
        return ' class="w"'
    whole = [name for name, short in (("kz", zh <= SHORT[0]), ("ke", en <= SHORT[1])) if short]
    return f' class="{" ".join(whole)}"' if whole and not any(row[i].cites for row in table.rows) else ""
