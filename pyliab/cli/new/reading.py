"""A reading to start from: its holder and sources, and every issue with its positions, ready to be uncommented."""

from __future__ import annotations

from pyliab.cli.new.text import Writer
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.model import Issue
from pyliab.law.words import Lang
from pyliab.text.say import say


def reading_text(base: KnowledgeBase, name: str, lang: Lang, head: list[str]) -> str:
    """The whole file."""
    out = Writer(lang)
    out.add(*head)
    out.say(say("check: pyliab check FILE; compare: pyliab compare CASE -r FILE -r ANOTHER"))
    out.key("Reading", f"reading: {name}")
    out.key("Reading", out.t(say("title: write a title")))
    out.key("Reading", out.t(say("holder: say who holds it")))
    out.key("Reading", "# sources:")
    out.add(f"#   - {{source: {next(iter(base.sources), 'KEY')}, locator: {out.t(say('p. 1'))}}}")
    out.key("Reading", "# provisions: [..]")
    out.key("Reading", out.t(say("about: say what it holds")))
    out.key("Reading", out.t(say("# unsaid: what the source leaves unsaid")))
    out.add("")
    out.key("Reading", "positions:")
    out.say(say("uncomment an issue and choose a position; * is the plain-text answer"), 2)
    for issue in base.issues.values():
        _issue(out, issue)
    return out.text()


def _issue(out: Writer, issue: Issue) -> None:
    out.add("", f"  # {issue.title.of(out.lang)}   (pyliab show {issue.issue})")
    names = list(issue.choices())
    for name in names:
        mark = "*" if name == issue.default else ""
        out.add(f"  #   {name}{mark}  {issue.positions[name].title.of(out.lang)}")
    out.add(f"  # {issue.issue}:", f"  #   position: {names[0]}", out.t(say("  #   locator: p. 1")))
