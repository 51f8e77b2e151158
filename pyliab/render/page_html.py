"""A report as one page: no network, no framework; every text escaped, and nothing but the page itself allowed to run."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from html import escape
from importlib.resources import files
from typing import Any

from pyliab import __version__
from pyliab.phrase import Lang
from pyliab.render.page_words import WORDS
from pyliab.report.blocks import (
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

LANGS = {"zh": "zh-Hans", "en": "en"}
MANY_COLUMNS = 6
"""A table with more is set smaller."""
OPEN_LEVELS = 2
"""How many levels of a proof are unfolded when the page opens."""


def page(report: Report, lang: Lang) -> str:
    """The whole page, first seen in one language."""
    return _Writer(report, lang).page()


def asset(name: str) -> str:
    """A file that is shipped beside this module."""
    return (files("pyliab.render") / "page_assets" / name).read_text(encoding="utf-8")


def both(words: Words) -> str:
    """The text in both languages, escaped; once where they agree."""
    if words.zh == words.en:
        return escape(words.zh)
    return "".join(f'<span class="t" lang="{LANGS[k]}">{escape(text)}</span>' for k, text in words.to_json().items())


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

    def page(self) -> str:
        style, script = asset("page.css"), asset("explorer.js")
        policy = f"default-src 'none'; style-src {fingerprint(style)}; script-src {fingerprint(script)}; base-uri 'none'; form-action 'none'"
        data = {
            "lang": self.lang,
            "title": self.report.title.to_json(),
            "words": {name: words.to_json() for name, words in WORDS.items()},
            "cases": [one.data for one in self.report.explorers],
        }
        body = "\n".join(self.block(block) for block in self.report.blocks)
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
        return f'<span class="scripted" hidden>{speak} <button type="button" id="theme">{both(WORDS["theme"])}</button></span>'

    def contents(self) -> str:
        rows = "".join(
            f'<li{" class=top" if block.level == 1 else ""}><a href="#{escape(block.anchor)}">{both(block.words)}</a></li>'
            for block in self.report.blocks
            if isinstance(block, Heading) and block.level < 3
        )
        return f"<nav {self.labelled(WORDS['contents'])}><details><summary>{both(WORDS['contents'])}</summary><ol>{rows}</ol></details></nav>"

    def block(self, block: Block) -> str:
        match block:
            case Heading(level=level, words=words, anchor=anchor):
                return f'<h{level} id="{escape(anchor)}">{both(words)}</h{level}>'
            case Para(words=words, style=style):
                return f'<div class="para {style}">{self.cited(words)}</div>'
            case Table():
                return self.table(block)
            case Tree():
                return self.tree(block)
            case Quote(label=label, text=text):
                return f'<h4>{both(label)}</h4><blockquote lang="zh-Hans">{escape(text)}</blockquote>'
            case Figure():
                return self.figure(block)
            case Explore(case=case):
                return self.explorer(self.explorers[case])

    def cited(self, words: Words) -> str:
        """A text and the footnotes it rests on, each one click away."""
        return both(words) + "".join(map(self.note, words.cites))

    def note(self, cite: str) -> str:
        number = self.numbers[cite]
        name = self.labelled(Words(f"注{number}", f"note {number}"))
        return f'<details class="cite"><summary {name}>[{number}]</summary><div>{both(self.report.notes[cite])}</div></details>'

    def notes(self) -> str:
        if not self.report.notes:
            return ""
        rows = "".join(f"<li>{both(words)}</li>" for words in self.report.notes.values())
        return f'<h1 id="notes">{both(WORDS["notes"])}</h1><ol class="small">{rows}</ol>'

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
        name = self.labelled(table.caption)
        dense = ' class="dense"' if len(table.columns) - table.heads > MANY_COLUMNS else ""
        return (
            f'<div class="scroll" role="region" tabindex="0" {name}><table{dense}><caption>{caption}</caption>'
            f"<thead><tr>{head}</tr></thead>{body}</table></div>{note}"
        )

    def row(self, table: Table, kind: Sequence[str], row: Sequence[Words], begins: bool) -> str:
        """A row; where a group begins, a line across says what it is about."""
        cells = "".join(f"<td{kind[i]}>{self.cited(cell)}</td>" for i, cell in enumerate(row) if i >= table.heads)
        if not (begins and table.heads):
            return f"<tr>{cells}</tr>"
        names = list(row[: table.heads])
        about = Words("：".join(n.zh for n in names), ": ".join(n.en for n in names))
        across = f'<th scope="rowgroup" colspan="{len(row) - table.heads}">{both(about)}</th>'
        return f'</tbody><tbody><tr class="about">{across}</tr><tr>{cells}</tr>'

    def figure(self, figure: Figure) -> str:
        self.figures += 1
        caption = Words(f"图{self.figures}　{figure.caption.zh}", f"Figure {self.figures}. {figure.caption.en}")
        drawn = "".join(f'<div class="t" lang="{LANGS[k]}">{svg}</div>' for k, svg in figure.svg.to_json().items())
        return (
            f'<figure><div class="sheet">{drawn}</div><figcaption class="caption">{both(caption)}</figcaption></figure>'
        )

    # --- proofs ---------------------------------------------------------------------------------------------------------

    def tree(self, tree: Tree, *, titled: bool = True) -> str:
        reasons = "".join(f"<li>{both(reason)}</li>" for reason in tree.reasons)
        tools = "".join(
            f'<button type="button" data-unfold="{how}">{both(WORDS[f"unfold_{how}"])}</button>'
            for how in ("all", "none")
        )
        title = f"<h4>{both(tree.caption)}</h4>" if titled else ""
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
            + "".join(map(self.note, step.says.cites))
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
        return (
            f'<p class="note">{both(WORDS["explorer"])}</p><noscript><p>{both(WORDS["no_script"])}</p></noscript>'
            f'<section class="explorer" id="explorer-{escape(explorer.case)}" {self.labelled(WORDS["explorer_name"])}>'
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
    """Numbers stand to the right; a column of short words is not broken."""
    if i in table.figures:
        return ' class="n"'
    short = all(len(row[i].zh) <= 9 and len(row[i].en) <= 18 and not row[i].cites for row in table.rows)
    return ' class="k"' if short and i else ""
