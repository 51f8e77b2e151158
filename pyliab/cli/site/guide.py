"""The front page, the commands from their own help, and the tutorial from its Markdown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from pyliab.cli.site.markup import SECTIONS, Html, View, link, page, rows, table, tag
from pyliab.text.say import say

Pages = Iterator[tuple[str, Html]]
SAYS = {
    "tutorial": ("从空文件夹到自己的读法，半小时", "From an empty folder to a reading of one's own, in half an hour"),
    "statutes": (
        "条文原文，承载它的规则列在旁边",
        "The words of each provision, with the rules that carry them beside",
    ),
    "issues": ("文义未定之处，各种立场及其理由", "What the words leave open: the positions and the arguments"),
    "readings": (
        "每种读法取何立场，何为推定，何处未定",
        "What each reading takes, what is assumed, what it leaves open",
    ),
    "cases": ("案件的事实，及其在各读法下的结论", "The facts of each case, and what follows under each reading"),
    "principles": ("用以检验读法的原则", "Principles to which readings are put"),
    "vocabulary": ("案件文件所用的词", "The words of case files"),
    "commands": ("全部命令及其说明", "Every command with its help"),
}
"""What stands in each part."""
BEGIN_WITH = 5
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
        (link(f"../{name}/index.html", view.t(*words)), view.t(*SAYS[name]), str(counts.get(name, "")))
        for name, words in SECTIONS.items()
    ]
    about = view.t(
        say(
            "A declarative knowledge base on the liability of e-commerce platforms in Chinese law: statutes, issues, readings and cases. These pages are made from it."
        )
    )
    found = page(
        view,
        "index.html",
        "pyliab",
        tag("p", about),
        table([view.t(say("part")), view.t(say("what it holds")), view.t(say("number"))], entries),
        *_beginnings(view),
    )
    return Html(
        found.replace('"../../', '"@@/')
        .replace('"../index.html', '"index.html')
        .replace('"../', '"')
        .replace('"@@/', '"../')
    )


def _beginnings(view: View) -> Iterator[Html]:
    """Where to begin: the provisions that most issues are about, and the issues with most positions."""
    issues = view.base.issues
    about = Counter(name for issue in issues.values() for name in dict.fromkeys(issue["provisions"]))
    yield tag("h2", view.t(say("The provisions most argued about")), id="provisions")
    yield rows(
        Html(view.provision(name) + view.t(say(" ({number} issues)", number=number)))
        for name, number in about.most_common(BEGIN_WITH)
    )
    disputed = sorted(issues, key=lambda name: -len(issues[name]["positions"]))
    yield tag("h2", view.t(say("The issues with most positions")), id="issues")
    yield rows(
        Html(view.issue(name) + view.t(say(" ({number} positions)", number=number)))
        for name in disputed[:BEGIN_WITH]
        for number in [len(issues[name]["positions"])]
    )


def commands(view: View) -> Pages:
    """Every command with its help."""
    from pyliab.cli.help_page import page as chinese
    from pyliab.cli.main import main

    parts, names = list[Html](), list[Html]()
    whole = click.Context(main, info_name="pyliab", color=False, terminal_width=90, **main.context_settings)
    for name in main.list_commands(whole):
        command = main.commands[name]
        context = click.Context(command, parent=whole, info_name=name, terminal_width=90)
        help_text = chinese(context) if view.lang == "zh" else command.get_help(context)
        names.append(link(f"#{name}", tag("code", name)))
        parts.append(tag("section", tag("h2", tag("code", f"pyliab {name}"), id=name), tag("pre", help_text)))
    yield (
        "commands/index.html",
        page(view, "commands/index.html", view.t(say("Commands")), rows(names, cls="names"), *parts),
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
