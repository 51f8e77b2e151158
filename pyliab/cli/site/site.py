"""The whole site, written into a folder: the views of the answers, one page each, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pyliab.answers.blocks import Blocks, Document, Heading, para
from pyliab.answers.html import Writer, anchor, asset, site_page
from pyliab.answers.views import case, compare, issue, provision, reading, source, view
from pyliab.answers.wording import Wording
from pyliab.asp.load import load
from pyliab.cli.site import guide
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.reading import choose
from pyliab.kb.vocabulary import read_notes
from pyliab.law.liability import Liability
from pyliab.law.words import LANGS
from pyliab.law.world import World
from pyliab.questions.stress import principles
from pyliab.text.say import EMPTY, say

Pages = Iterator[tuple[str, Any]]
"""Paths within one language, with the blocks of the page, or its HTML."""


def pages(alone: str = "") -> Iterator[tuple[str, str]]:
    """Every file of the site by its path; among them the page that answers by itself, where there is one."""
    base = load()
    outcomes = _outcomes(base)
    yield (
        "index.html",
        guide.START.replace("CHINESE", say("Chinese").of("zh")).replace("TRY", guide.TRY if alone else ""),
    )
    yield from [("try.html", alone)] if alone else []
    yield "style.css", asset("page.css") + asset("site.css")
    for lang in LANGS:
        for path, blocks in _pages(Wording(base), outcomes, lang):
            yield f"{lang}/{path}", _page(path, blocks, base, lang)


def build(out: Path, alone: str = "") -> list[Path]:
    """Write the site; returns its pages."""
    written = []
    for name, text in pages(alone):
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return [path for path in written if path.suffix == ".html"]


def _pages(wording: Wording, outcomes: dict[str, dict[str, list[Liability]]], lang: str) -> Pages:
    base = wording.base
    yield "index.html", guide.front(wording)
    yield "tutorial/index.html", guide.tutorial(lang)
    yield "commands/index.html", guide.commands(lang)
    yield "statutes/index.html", _list(provision.listing(base.statutes, wording), "statutes")
    for name, statute in base.statutes.items():
        yield f"statutes/{anchor(name)}.html", view(statute, wording, "statute")
    rules = (block for _, note in sorted(base.notes.items()) for block in source.rule(note, wording, 2))
    yield "statutes/rules.html", (Heading(say("Rules"), 1), *rules)
    yield "issues/index.html", _list(issue.listing(base.issues, wording), "issues")
    for name, entry in base.issues.items():
        yield f"issues/{name}.html", view(entry, wording, "issue")
    yield "readings/index.html", _list(reading.listing(base.readings, wording), "readings")
    for name, held in base.readings.items():
        yield f"readings/{name}.html", view(held, wording, "reading")
    yield "cases/index.html", _list(case.listing(base.cases, wording), "cases")
    for name, file in base.cases.items():
        said = wording.about(file)
        under = (
            Heading(say("Under each reading"), anchor="readings"),
            compare.one_case(name, outcomes[name], said, titles=True),
        )
        yield f"cases/{name}.html", (*case.opening(file, said), *case.told(file, said), *under)
    yield "principles/index.html", _principles(wording)
    yield "vocabulary/index.html", view(base.vocabulary, wording, "vocabulary")


def _list(blocks: Iterable[Any], section: str) -> Blocks:
    """A list of things, under the name of its section."""
    more = (para(say("All rules").citing("rules")),) if section == "statutes" else ()
    return (Heading(guide.SECTIONS[section][0], 1), *blocks, *more)


def _principles(wording: Wording) -> Blocks:
    blocks: list[Any] = [Heading(say("Principles"), 1)]
    for path in principles(wording.base).values():
        (note,) = read_notes(path, path.read_text(encoding="utf-8"))
        blocks += source.rule(note, wording, 2)
    return tuple(blocks)


def _outcomes(base: KnowledgeBase) -> dict[str, dict[str, list[Liability]]]:
    """What follows in every case under every reading; asked once for both languages."""
    world = World(base, base.cases.values())
    outcomes: dict[str, dict[str, list[Liability]]] = {case: {} for case in base.cases}
    for name, entry in base.readings.items():
        for case_id, liabilities in world.outcomes(choose(base, entry).positions).items():
            outcomes[case_id][name] = list(liabilities.values())
    return outcomes


def _page(path: str, content: Any, base: KnowledgeBase, lang: str) -> str:
    up = "../" * path.count("/")
    blocks = content if isinstance(content, tuple) else ()
    writer = Writer(Document(EMPTY, blocks), lang, langs=(lang,), place=lambda cite: _place(cite, base, up))
    body = writer.body() if blocks else content
    title = blocks[0].text if blocks else guide.SECTIONS["tutorial"][0]
    return site_page(writer, body, title, guide.SECTIONS, path)


def _place(cite: str, base: KnowledgeBase, up: str) -> str:
    """Where in the site a thing stands by what cites it; nothing for what has no page."""
    if cite in base.provisions:
        return f"{up}statutes/{anchor(base.provisions[cite].statute)}.html#{anchor(cite)}"
    kind, _, name = cite.partition(":")
    match kind:
        case "statute":
            return f"{up}statutes/{anchor(name)}.html"
        case "rules" | "rule":
            return f"{up}statutes/rules.html" + (f"#{name}" if name else "")
        case "word":
            return f"{up}vocabulary/index.html#{name}"
        case "position":
            issue_name, _, position = name.partition("=")
            return f"{up}issues/{issue_name}.html#{position}"
        case "issue" | "reading" | "case":
            return f"{up}{kind}s/{name}.html"
        case "section":
            return f"{up}{name}/index.html"
    return ""
