"""The front page, the commands from their own help, and the tutorial from its Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from pyliab.docs.markup import SECTIONS, Html, View, link, page, rows, table, tag

Pages = Iterator[tuple[str, Html]]
TUTORIALS = {"en": "tutorial.md", "zh": "tutorial.zh-CN.md"}


def front(view: View) -> Html:
    """The first page of one language. It stands one folder above the others, so its links are its own."""
    base = view.base
    counts = {
        "statutes": len(base.provisions),
        "issues": len(base.issues),
        "readings": len(base.readings),
        "cases": len(base.cases),
        "principles": len(base.principle_files),
        "vocabulary": len(base.vocabulary),
    }
    entries = [
        (link(f"../{name}/index.html", view.t(*words)), str(counts.get(name, ""))) for name, words in SECTIONS.items()
    ]
    about = view.t(
        "关于中国电子商务平台责任的声明式知识库：法条、争点、各家读法和案件。本站由知识库直接生成。",
        "A declarative knowledge base on the liability of e-commerce platforms in Chinese law: statutes, issues, readings and cases. These pages are made from it.",
    )
    found = page(
        view,
        "index.html",
        "pyliab",
        tag("p", about),
        table([view.t("内容", "part"), view.t("数目", "number")], entries),
    )
    return Html(
        found.replace('"../../', '"@@/')
        .replace('"../index.html', '"index.html')
        .replace('"../', '"')
        .replace('"@@/', '"../')
    )


def commands(view: View) -> Pages:
    """Every command with its help."""
    from pyliab.cli import main

    parts, names = list[Html](), list[Html]()
    whole = click.Context(main, info_name="pyliab", color=False, terminal_width=90)
    for name in main.list_commands(whole):
        command = main.commands[name]
        help_text = command.get_help(click.Context(command, parent=whole, info_name=name, terminal_width=90))
        names.append(link(f"#{name}", tag("code", name)))
        parts.append(
            tag("section", tag("h2", tag("code", f"pyliab {name}"), id=name), tag("pre", help_text, lang="en"))
        )
    yield (
        "commands/index.html",
        page(view, "commands/index.html", view.t("命令", "Commands"), rows(names, cls="names"), *parts),
    )


def _framed(html: str) -> str:
    """Tables as `table` writes them."""
    html = html.replace("<table>", '<div class="wide"><table>').replace("</table>", "</table></div>")
    return re.sub(r"<th(?=[ >])", '<th scope="col"', html)


def tutorial(view: View) -> Pages:
    """The tutorial; its text is the Markdown beside this file, which a test runs as it stands."""
    from markdown_it import MarkdownIt

    text = (Path(__file__).parent / TUTORIALS[view.lang]).read_text(encoding="utf-8")
    title, _, rest = text.partition("\n")
    inside = Html(_framed(MarkdownIt("commonmark", {"html": False}).enable("table").render(rest)))
    yield "tutorial/index.html", page(view, "tutorial/index.html", title.removeprefix("# "), inside)
