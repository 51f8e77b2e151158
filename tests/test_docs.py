"""The site and the tutorial: every page well formed, every link leading somewhere, every command printing what it says."""

from __future__ import annotations

import re
import tempfile
from functools import cache
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import urldefrag

import pytest
from access import READABLE, TEXT, Outline, contrast, schemes
from test_readme import TUTORIALS, commands, files, play
from tiers import exhaustive

from pyliab.cli.main import main
from pyliab.cli.site.site import build
from pyliab.kb.base import KnowledgeBase

VOID = {"meta", "link", "br", "hr"}
pytestmark = pytest.mark.xdist_group("docs")  # one worker, which writes the site once


@cache
def site() -> dict[str, str]:
    """All files of the site, as they are written."""
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder))
        written = (path for path in Path(folder).rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in written}


@cache
def html() -> dict[str, str]:
    return {path: text for path, text in site().items() if path.endswith(".html")}


class Reader(HTMLParser):
    """Reads a page as a strict reader without scripts would."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.language = ""
        self.faults: list[str] = []
        self.feed(text)
        self.faults += [f"<{name}> is not closed" for name in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.seen.append(tag)
        self.language = self.language or (given.get("lang") or "" if tag == "html" else "")
        if tag in ("p", "h1", "h2", "h3") and "p" in self.open:
            self.faults.append(f"<{tag}> within <p>")
        if "id" in given:
            self.ids.append(given["id"] or "")
        if "href" in given:
            self.links.append(given["href"] or "")
        if any(name.startswith("on") for name in given) or tag == "script":
            self.faults.append("a script")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else, on line {self.getpos()[0]}")


@cache
def read() -> dict[str, Reader]:
    return {path: Reader(text) for path, text in html().items()}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_is_well_formed(lang: str) -> None:
    for path, page in read().items():
        if path.startswith(lang):
            assert page.faults == [], path
            assert page.language.startswith(lang)
            assert page.seen.count("h1") == page.seen.count("title") == page.seen.count("main") == 1, path
            assert len(page.ids) == len(set(page.ids)), path
            assert not any(not name or " " in name for name in page.ids), path


def test_every_page_can_be_heard_and_skipped_through() -> None:
    for path, text in html().items():
        assert Outline(text).faults == [], path
        assert ('aria-current="' in text) is (path != "index.html"), path


def test_an_english_page_says_where_it_is_chinese() -> None:
    for path, text in html().items():
        if path.startswith("en/"):
            body = text.partition("<main")[2]
            plain = re.sub(r'<(\w+)[^>]* lang="zh[^>]*>.*?</\1>', "", body, flags=re.S)
            assert not re.search("[\u4e00-\u9fff]", re.sub("<[^>]*>", "", plain)), path


def test_the_colours_can_be_read() -> None:
    found = schemes(site()["style.css"])
    assert len(found) == 4  # light, dark as chosen, dark as the system has it, on paper
    for scheme in found:
        for name in TEXT:
            assert min(contrast(scheme[name], scheme[under]) for under in ("paper", "tint")) >= READABLE, (name, scheme)


def test_every_link_leads_somewhere() -> None:
    for path, page in read().items():
        for target in page.links:
            if target.startswith(("http:", "https:")):
                continue
            to, fragment = urldefrag(target)
            parts: list[str] = []
            for part in (PurePosixPath(path).parent / to).parts if to else PurePosixPath(path).parts:
                parts = parts[:-1] if part == ".." else [*parts, part]
            found = "/".join(parts)
            assert found in site(), f"{path}: {target}"
            assert not fragment or fragment in read()[found].ids, f"{path}: {target}"


def test_both_languages_have_the_same_pages_and_anchors() -> None:
    for path, page in read().items():
        if path.startswith("zh/") and "tutorial" not in path:
            assert page.ids == read()[f"en/{path[3:]}"].ids, path


def test_everything_has_its_place(base: KnowledgeBase) -> None:
    for lang in ("zh", "en"):
        for kind, known in (("issues", base.issues), ("readings", base.readings), ("cases", base.cases)):
            assert all(f"{lang}/{kind}/{name}.html" in html() for name in known)
        for name, issue in base.issues.items():
            assert set(issue.positions) <= set(read()[f"{lang}/issues/{name}.html"].ids)
        assert set(base.vocabulary) <= set(read()[f"{lang}/vocabulary/index.html"].ids)
        assert set(base.notes) <= set(read()[f"{lang}/statutes/rules.html"].ids)
        assert {path.stem for path in base.principle_files} | {"main"} == set(
            read()[f"{lang}/principles/index.html"].ids
        )
        assert set(main.commands) | {"main"} == set(read()[f"{lang}/commands/index.html"].ids)
    assert read()["en/statutes/ecl.html"].ids.count("ecl-38-2") == 1


def test_a_provision_stands_beside_the_rules_that_carry_it(base: KnowledgeBase) -> None:
    text = html()["zh/statutes/ecl.html"]
    for segment in base.provisions["ECL 38(2)"].segments:
        assert segment.words in text
        assert all(f"rules.html#{rule}" in text for rule in segment.rules)


def test_a_case_page_says_what_follows_under_each_reading() -> None:
    page = html()["en/cases/ride_injury.html"]
    row = page.partition("readings/several_all.html")[2].partition("</tr>")[0]
    assert ">several<" in row


@exhaustive  # of the READMEs a sample is played in every run
@pytest.mark.parametrize("tutorial", TUTORIALS)
def test_the_tutorial_runs_as_it_stands(tutorial: str, tmp_path: Path) -> None:
    for shown, printed in play(tutorial, tmp_path):
        assert printed is not None
        assert "\n".join(printed) == "\n".join(shown.printed), shown.typed


def test_both_tutorials_show_the_same() -> None:
    english, chinese = ([one.typed for one in commands(name)] for name in TUTORIALS)
    assert english == chinese
    assert files(next(iter(TUTORIALS))) == files(list(TUTORIALS)[1])
