"""The whole site, written into a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyliab.asp.load import load
from pyliab.cli.site import guide, law, told
from pyliab.cli.site.markup import View
from pyliab.law.words import LANGS, Phrases

_PARTS = (
    guide.tutorial,
    law.statutes,
    law.issues,
    told.readings,
    told.cases,
    law.principle_page,
    told.vocabulary,
    guide.commands,
)
_START = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>pyliab</title><link rel="stylesheet" href="style.css"></head>
<body><main><h1>pyliab</h1><p><a href="zh/index.html" lang="zh-CN" hreflang="zh">中文</a> · <a href="en/index.html">English</a></p></main></body></html>
"""


def pages() -> Iterator[tuple[str, str]]:
    """Every file of the site by its path."""
    base = load()
    yield "index.html", _START
    yield "style.css", (Path(__file__).parent / "style.css").read_text(encoding="utf-8")
    for lang in LANGS:
        view = View(base, Phrases(base), lang)
        yield f"{lang}/index.html", guide.front(view)
        for part in _PARTS:
            yield from ((f"{lang}/{path}", html) for path, html in part(view))


def build(out: Path) -> list[Path]:
    """Write the site; returns its pages."""
    written = []
    for name, text in pages():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return [path for path in written if path.suffix == ".html"]
