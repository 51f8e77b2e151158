"""Pages of statutes and their rules, of issues and their positions, of principles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pyliab.answers.render.entries import KINDS
from pyliab.cli.site.markup import Html, View, anchor, join, link, page, rows, table, tag
from pyliab.kb.vocabulary import fill, read_notes, rule_of
from pyliab.questions.stress import principles
from pyliab.text.say import say

Pages = Iterator[tuple[str, Html]]


def statutes(view: View) -> Pages:
    """One page for each instrument, one of all rules, and the list."""
    entries = []
    for name, statute in view.base.statutes.items():
        path = f"statutes/{anchor(name)}.html"
        title = statute["title"][view.lang]
        since = view.period(statute["in_force"])
        entries.append((link(f"../{path}", name), title, since, str(len(statute["provisions"]))))
        note = [tag("p", statute["note"][view.lang])] if statute["note"] else []
        parts = [_provision(view, view.base.provisions[entry["id"]]) for entry in statute["provisions"]]
        yield path, page(view, path, title, tag("p", since, cls="meta"), *note, *parts)
    head = [
        view.t(*words)
        for words in (("法源", "instrument"), ("名称", "title"), ("施行", "in force"), ("条款", "provisions"))
    ]
    all_rules = tag("p", link("rules.html", view.t(say("All rules"))))
    path = "statutes/index.html"
    yield path, page(view, path, view.t(say("Statutes")), table(head, entries), all_rules)
    yield "statutes/rules.html", _rules(view)


def _provision(view: View, provision: dict[str, Any]) -> Html:
    name = provision["id"]
    title = view.phrases.provision(name, view.lang)
    heading = tag("h2", title, Html(" "), tag("small", name) if title != name else "", id=anchor(name))
    words = tag("blockquote", provision["text"], lang="zh-CN")
    meta = tag("p", view.period(provision["in_force"]), f" · {provision['checked'][view.lang]}", cls="meta")
    note = tag("p", provision["note"][view.lang]) if provision["note"] else ""
    segments = [
        (
            tag("span", segment["words"], lang="zh-CN"),
            join([view.rule(rule) for rule in segment["rules"]], ", ")
            if segment["rules"]
            else tag("em", view.t(say("not encoded: ")) + segment["not_encoded"][view.lang]),
        )
        for segment in provision["segments"]
    ]
    beside = table([view.t(say("words")), view.t(say("carried by"))], segments) if segments else ""
    return tag("section", heading, words, meta, note, beside)


def _rules(view: View) -> Html:
    parts = []
    for name, note in sorted(view.base.notes.items()):
        cites = join([view.cited(cited) for cited in note.cites], "; ")
        said = fill(getattr(note, view.lang), {})
        parts.append(
            tag(
                "section",
                tag("h2", tag("code", name), id=name),
                tag("p", said),
                tag("p", cites, cls="meta"),
                tag("pre", rule_of(note), lang="en"),
            )
        )
    return page(view, "statutes/rules.html", view.t(say("Rules")), *parts)


def issues(view: View) -> Pages:
    """One page for each issue, and the list."""
    entries = []
    for name, issue in view.base.issues.items():
        path = f"issues/{name}.html"
        positions = [join([view.issue(name, p), "*" if p == issue["default"] else ""]) for p in issue["positions"]]
        entries.append((view.issue(name), join(positions, view.t(say("; ")))))
        why = issue["default_because"] or issue["open_because"]
        plain = (
            view.issue(name, issue["default"]) if issue["default"] else tag("em", view.t(say("left open by the text")))
        )
        head = [
            tag("p", issue["question"][view.lang], cls="question"),
            tag("p", join([view.provision(one) for one in issue["provisions"]], view.t(say("; "))), cls="meta"),
            tag("p", view.t(say("By the plain text: ")), plain, f" — {why[view.lang]}" if why else ""),
        ]
        parts = [_position(view, name, p, entry) for p, entry in issue["positions"].items()]
        yield path, page(view, path, issue["title"][view.lang], tag("p", tag("code", name), cls="meta"), *head, *parts)
    head_row = [view.t(say("issue")), view.t(say("positions (* by the plain text)"))]
    yield "issues/index.html", page(view, "issues/index.html", view.t(say("Issues")), table(head_row, entries))


def _position(view: View, issue: str, name: str, entry: dict[str, Any]) -> Html:
    lang = view.lang
    takers = [
        r for r, reading in view.base.readings.items() if reading["positions"].get(issue, {}).get("position") == name
    ]
    lines: list[str] = [tag("p", entry["says"][lang])]
    if entry["not_encoded"]:
        lines.append(tag("p", tag("em", view.t(say("cannot be applied: ")) + entry["not_encoded"][lang])))
    if entry["no_effect"]:
        lines.append(tag("p", tag("em", entry["no_effect"][lang])))
    if entry["holders"]:
        held = view.t(say("; ")).join(holder[lang] for holder in entry["holders"])
        lines.append(tag("p", view.t(say("Held by: ")) + held))
    if takers:
        lines.append(
            tag(
                "p",
                view.t(say("Readings: ")),
                join([view.reading(r) for r in takers], view.t(say("; "))),
            )
        )
    lines += (
        [tag("p", join([view.provision(one) for one in entry["provisions"]], view.t(say("; "))), cls="meta")]
        if entry["provisions"]
        else []
    )
    for side, sign, label in (("for", "+", view.t(say("For"))), ("against", "−", view.t(say("Against")))):
        if entry[side]:
            lines.append(rows((_argument(view, sign, one) for one in entry[side]), cls="arguments", label=label))
    lines.append(view.sources(entry["sources"]))
    return tag("section", tag("h2", entry["title"][lang], Html(" "), tag("small", tag("code", name)), id=name), *lines)


def _argument(view: View, sign: str, argument: dict[str, Any]) -> Html:
    places = [view.provision(one) for one in argument["provisions"]]
    places += [
        join([f"{view.phrases.citation(c['source'], view.lang)} {c['locator'] or ''}".strip()])
        for c in argument["sources"]
    ]
    kind = view.t(*KINDS[argument["kind"]])
    where = [view.t(say(" (")), join(places, view.t(say("; "))), view.t(say(")"))] if places else []
    return join([tag("b", sign), " ", tag("em", kind), f" {argument['says'][view.lang]}", *where])


def principle_page(view: View) -> Pages:
    """All principles, with their rules."""
    parts = []
    for name, path in principles(view.base).items():
        text = Path(path).read_text(encoding="utf-8")
        (note,) = read_notes(path, text)
        cites = join([view.cited(cited) for cited in note.cites], "; ")
        rule = "\n".join(row for row in text.splitlines() if not row.startswith("%@")).strip()
        head = tag("h2", getattr(note, view.lang), Html(" "), tag("small", tag("code", name)), id=name)
        parts.append(tag("section", head, tag("p", cites, cls="meta"), tag("pre", rule, lang="en")))
    yield "principles/index.html", page(view, "principles/index.html", view.t(say("Principles")), *parts)
