"""Pages of readings, of cases with what each reading makes of them, and of the words of case files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pyliab.answers.render.entries import SURE
from pyliab.answers.render.page import FOUND
from pyliab.asp.load import load
from pyliab.asp.symbols import fact_symbol
from pyliab.cli.site.markup import Html, View, join, link, page, rows, table, tag
from pyliab.kb.case import CaseFile
from pyliab.kb.keys import GROUPS
from pyliab.kb.reading import choose
from pyliab.kb.vocabulary import Predicate, fill
from pyliab.law.words import Phrases
from pyliab.law.world import World
from pyliab.text.say import say, words

Pages = Iterator[tuple[str, Html]]
Outcome = list[tuple[str, str, str]]
"""Debtor, form, and whether certain or possible."""


@cache
def outcomes() -> dict[str, dict[str, Outcome]]:
    """What follows in every shipped case under every reading; asked once for both languages."""
    base = load()
    inquiry = World(base, base.cases.values())
    found: dict[str, dict[str, Outcome]] = {case: {} for case in base.cases}
    for name, reading in base.readings.items():
        for case, liabilities in inquiry.outcomes(choose(base, reading).positions).items():
            found[case][name] = [(one.debtor, one.form, str(one.status)) for one in liabilities.values()]
    return found


def readings(view: View) -> Pages:
    """One page for each reading, and the list."""
    lang, entries = view.lang, []
    for name, reading in view.base.readings.items():
        path, choice = f"readings/{name}.html", choose(view.base, reading)
        entries.append((view.reading(name), tag("code", name), reading["holder"][lang], str(len(choice.own))))
        own = []
        for issue, taken in reading["positions"].items():
            note = taken["note"][lang] if taken["note"] else ""
            own.append((view.issue(issue), view.issue(issue, taken["position"]), taken["locator"] or "", note))
        head = [
            view.t(*words) for words in (("争点", "issue"), ("立场", "position"), ("出处", "locator"), ("附注", "note"))
        ]
        parts = [
            tag("p", tag("code", name), f" · {reading['holder'][lang]}", cls="meta"),
            tag("p", reading["about"][lang]),
            view.sources(reading["sources"]),
            tag("h2", view.t(say("What the reading takes")), id="own"),
            table(head, own),
            tag("h2", view.t(say("Assumed from the text (not its author's view)")), id="assumed"),
            rows(join([view.issue(i), view.t(say(": ")), view.issue(i, p)]) for i, p in choice.assumed.items()),
            tag("h2", view.t(say("Open")), id="open"),
            rows(view.issue(issue) for issue in choice.open_issues),
            tag("p", reading["unsaid"][lang]) if reading["unsaid"] else "",
        ]
        yield path, page(view, path, reading["title"][lang], *parts)
    head_row = [view.t(*w) for w in (("读法", "reading"), ("编号", "id"), ("持有者", "held by"), ("立场", "positions"))]
    yield "readings/index.html", page(view, "readings/index.html", view.t(say("Readings")), table(head_row, entries))


def cases(view: View) -> Pages:
    """One page for each case, and the list."""
    lang, entries = view.lang, []
    kinds = {"decided": view.t(say("decided")), "hypothetical": view.t(say("hypothetical"))}
    for case in view.base.cases.values():
        path, title = f"cases/{case.id}.html", case.doc["title"][lang]
        entries.append(
            (link(f"../{path}", title), tag("code", case.id), tag("time", case.doc["date"]), kinds[case.doc["kind"]])
        )
        meta = tag("p", tag("code", case.id), f" · {case.doc['date']} · {kinds[case.doc['kind']]}", cls="meta")
        yield path, page(view, path, title, meta, tag("p", case.doc["about"][lang]), *_case(view, case))
    head = [view.t(*words) for words in (("案件", "case"), ("编号", "id"), ("日期", "date"), ("类别", "kind"))]
    yield "cases/index.html", page(view, "cases/index.html", view.t(say("Cases")), table(head, entries))


def _case(view: View, case: CaseFile) -> Iterator[Html]:
    lang, phrases = view.lang, Phrases(view.base, case.names())
    yield tag("h2", view.t(say("Facts")), id="facts")
    facts = []
    for fact in case.facts:
        said = phrases.atom(fact_symbol(case.id, fact))[lang]
        if fact.note:
            said += view.t(say(" ({note})", note=words(fact.note)))
        word = link(f"../vocabulary/index.html#{fact.word}", tag("code", fact.word))
        facts.append((view.t(*FOUND[fact.status]), said, word, fact.exhibit or ""))
    head = [view.t(*w) for w in (("状态", "status"), ("事实", "fact"), ("词", "word"), ("证据", "exhibit"))]
    used = 4 if any(fact.exhibit for fact in case.facts) else 3
    yield table(head[:used], [row[:used] for row in facts], names=1)
    yield tag("h2", view.t(say("Under each reading")), id="readings")
    forms = view.base.labels["form"]
    found = []
    for name, liabilities in outcomes()[case.id].items():
        said_of = [
            f"{phrases.word(debtor, lang)}{view.t('：', ': ')}{forms[form][lang]}{'' if status == 'certain' else ' ?'}"
            for debtor, form, status in liabilities
        ]
        found.append((view.reading(name), view.t(say("; ")).join(said_of) or "—"))
    yield table([view.t(say("reading")), view.t(say("liability (? = possible)"))], found)
    judgment = case.doc["judgment"]
    if judgment:
        yield tag("h2", view.t(say("Judgment")), id="judgment")
        named = [judgment["court"][lang], judgment["docket"], judgment["decided"]]
        yield tag("p", " · ".join(filter(None, named)))
        held = [
            f"{phrases.word(one['debtor'], lang)}{view.t('：', ': ')}{forms[one['form']][lang]}"
            for one in judgment["held"]
        ]
        yield rows(held or [view.t(say("not liable"))])
        yield tag("p", view.t(say("How sure: ")) + view.t(*SURE[judgment["sure"]]), cls="meta")
        yield view.sources(judgment["sources"])


def vocabulary(view: View) -> Pages:
    """All words of case files by group, and the forms of liability."""
    parts: list[str] = []
    groups = dict.fromkeys(word.group or "" for word in view.base.vocabulary.values())
    for group in groups:
        parts.append(tag("h2", view.t(*GROUPS.get(group, (group, group))), id=f"group-{group}"))
        parts += [_word(view, word) for word in view.base.vocabulary.values() if word.group == group]
    parts.append(tag("h2", view.t(say("Forms of liability")), id="forms"))
    for name, form in view.base.labels["form"].items():
        said = form["explained"][view.lang] if form["explained"] else ""
        parts.append(
            tag(
                "section",
                tag("h3", form[view.lang], Html(" "), tag("small", tag("code", name)), id=name),
                tag("p", said),
            )
        )
    yield "vocabulary/index.html", page(view, "vocabulary/index.html", view.t(say("Vocabulary")), *parts)


def _word(view: View, word: Predicate) -> Html:
    arguments = ", ".join(f"{a.key}: {'|'.join(a.words) if a.words else a.type}" for a in word.arguments[1:])
    values = rows(join([tag("code", value), f" — {label[view.lang]}"]) for value, label in word.values.items())
    return tag(
        "section",
        tag("h3", tag("code", word.name), id=word.name),
        tag("p", fill(getattr(word, view.lang), {})),
        tag("pre", f"- {word.name}: {{{arguments}}}"),
        values if word.values else "",
        tag("p", view.cited(word.source or ""), cls="meta"),
    )
