"""The front page, the commands from their own help, and the tutorial from its Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from pyliab.answers.blocks import Block, Blocks, Code, Heading, Items, Table, para
from pyliab.answers.html import spoken
from pyliab.answers.wording import Wording
from pyliab.text.say import Text, same, say, say_n

SECTIONS: dict[str, tuple[Text, Text]] = {
    "tutorial": (say("Tutorial"), say("From an empty folder to a reading of one's own, in half an hour")),
    "statutes": (say("Statutes"), say("The words of each provision, with the rules that carry them beside")),
    "issues": (say("Issues"), say("What the words leave open: the positions and the arguments")),
    "readings": (say("Readings"), say("What each reading takes, what is assumed, what it leaves open")),
    "cases": (say("Cases"), say("The facts of each case, and what follows under each reading")),
    "principles": (say("Principles"), say("Principles to which readings are put")),
    "vocabulary": (say("Vocabulary"), say("The words of case files")),
    "commands": (say("Commands"), say("Every command with its help")),
}
"""The parts of the site: what each is called, and what stands in it."""
BEGIN_WITH = 5
TUTORIALS = {"en": "tutorial.md", "zh": "tutorial.zh-CN.md"}
START = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>pyliab</title><link rel="stylesheet" href="style.css"></head>
<body><main><h1>pyliab</h1><p><a href="zh/index.html" lang="zh-Hans" hreflang="zh">CHINESE</a> · <a href="en/index.html">English</a></p>TRY</main></body></html>
"""
TRY = '<p><a href="try.html">Try a case</a></p>'


def front(wording: Wording) -> Blocks:
    """The first page of one language."""
    base = wording.base
    counts = {
        "statutes": len(base.provisions),
        "issues": len(base.issues),
        "readings": len(base.readings),
        "cases": len(base.cases),
        "principles": len(base.principle_files),
        "vocabulary": len(base.vocabulary),
    }
    about = say(
        "A declarative knowledge base on the liability of e-commerce platforms in Chinese law: statutes, issues, readings and cases. These pages are made from it."
    )
    rows = tuple((_section(name), says, same(counts.get(name, ""))) for name, (_, says) in SECTIONS.items())
    columns = say("part"), say("what it holds"), say("number")
    parts = Table("parts", say("the parts"), columns, rows, frozenset({2}))
    return Heading(same("pyliab"), 1), para(about), parts, *_beginnings(wording)


def _section(name: str) -> Text:
    title = SECTIONS[name][0]
    return Text(words=(("en", title.of("en")), ("zh", title.of("zh"))), cites=(f"section:{name}",))


def _beginnings(wording: Wording) -> Iterator[Block]:
    """Where to begin: the provisions that most issues are about, and the issues with most positions."""
    issues = wording.base.issues
    about = Counter(name for issue in issues.values() for name in dict.fromkeys(issue.provisions))
    yield Heading(say("The provisions most argued about"), anchor="provisions")
    provisions = (
        say_n("{name} ({count} issue)", "{name} ({count} issues)", number, name=wording.provision(name))
        for name, number in about.most_common(BEGIN_WITH)
    )
    yield Items(tuple(provisions))
    yield Heading(say("The issues with most positions"), anchor="issues")
    disputed = sorted(issues, key=lambda name: -len(issues[name].positions))[:BEGIN_WITH]
    positions = (
        say("{name} ({number} positions)", name=wording.issue(name), number=len(issues[name].positions))
        for name in disputed
    )
    yield Items(tuple(positions))


def commands(lang: str) -> Blocks:
    """Every command with its help."""
    from pyliab.cli.help_page import page as chinese
    from pyliab.cli.main import main

    blocks: list[Block] = [Heading(SECTIONS["commands"][0], 1)]
    whole = click.Context(main, info_name="pyliab", color=False, terminal_width=90, **main.context_settings)
    for name in main.list_commands(whole):
        command = main.commands[name]
        context = click.Context(command, parent=whole, info_name=name, terminal_width=90)
        text = chinese(context) if lang == "zh" else command.get_help(context)
        blocks += [Heading(same(f"pyliab {name}"), 2, name), Code(tuple(text.splitlines()))]
    return tuple(blocks)


def tutorial(lang: str) -> Any:
    """The tutorial as HTML; its text is the Markdown beside this file, which a test runs as it stands."""
    from markdown_it import MarkdownIt
    from markupsafe import Markup

    text = (Path(__file__).parent / TUTORIALS[lang]).read_text(encoding="utf-8")
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    marks = {"code_inline": "<code>{}</code>", "fence": "<pre>{}</pre>", "code_block": "<pre>{}</pre>", "text": "{}"}
    for rule, frame in marks.items():
        parser.add_render_rule(
            rule, lambda _self, tokens, i, _options, _env, frame=frame: frame.format(spoken(tokens[i].content, lang))
        )
    for rule, html in {
        "table_open": '<div class="scroll"><table>',
        "table_close": "</table></div>",
        "th_open": '<th scope="col">',
    }.items():
        parser.add_render_rule(rule, lambda *_given, html=html: html)
    return Markup(parser.render(text))
