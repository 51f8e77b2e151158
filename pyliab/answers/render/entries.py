"""The answers of `show`: one thing of the knowledge base, whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pyliab.answers.render.page import FOUND, STYLES, Page
from pyliab.asp.symbols import fact_symbol
from pyliab.kb.case import CaseFile, Fact
from pyliab.kb.compatibility import declared
from pyliab.kb.model import Issue, Position
from pyliab.kb.reading import Choice
from pyliab.kb.vocabulary import Predicate, fill
from pyliab.law.words import Phrases
from pyliab.text.say import say, words
from pyliab.text.schema import meaning

SEEN = {
    "full text": ("全文", "full text"),
    "abstract": ("摘要", "abstract"),
    "excerpt": ("节录", "excerpt"),
    "press report": ("新闻报道", "press report"),
    "label only": ("仅见其名", "label only"),
    "not seen": ("未见", "not seen"),
}
KINDS = {
    "textual": ("文义", "textual"),
    "systematic": ("体系", "systematic"),
    "historical": ("历史", "historical"),
    "teleological": ("目的", "teleological"),
    "value": ("价值", "value"),
    "law-and-economics": ("法经济学", "law-and-economics"),
    "causal": ("因果", "causal"),
}
SURE = {
    "form and amounts": ("形态与数额", "form and amounts"),
    "form": ("形态", "form"),
    "first instance only": ("仅一审", "first instance only"),
    "reported label only": ("仅见转述", "reported label only"),
    "unknown": ("不明", "unknown"),
}


def case_page(page: Page, case: CaseFile) -> None:
    """A case whole: parties, facts with their status, the court, what is expected."""
    doc, lang = case.doc, page.lang
    phrases = Phrases(page.base, case.names())
    page.line(
        f"{case.id} · {page.date(doc['date'])} · {page.t('真实案例', 'decided case') if doc['kind'] == 'decided' else page.t('教学案例', 'hypothetical')}",
        style="bold",
    )
    page.line(doc["title"][lang])
    page.line(doc["about"][lang], 2)
    page.heading(page.t(say("Facts")))
    for fact in case.facts:
        says = phrases.atom(fact_symbol(case.id, fact))[lang]
        row = f"[{page.t(*FOUND[fact.status])}] {says}"
        if fact.note:
            row += page.t(say(" ({note})", note=words(fact.note)))
        if fact.exhibit:
            row += page.t(say(" (exhibit: {exhibit})", exhibit=fact.exhibit))
        page.line(row, 2, STYLES.get(fact.status, ""))
    judgment = doc["judgment"]
    if judgment:
        page.heading(page.t(say("Judgment")))
        page.line(page.join(filter(None, [judgment["court"][lang], judgment["docket"], judgment["decided"]])), 2)
        for entry in judgment["held"]:
            page.line(
                f"{phrases.word(entry['debtor'], lang)}{page.t('：', ': ')}{page.label('form', entry['form'])}"
                + (f" — {entry['note'][lang]}" if entry["note"] else ""),
                2,
            )
        if not judgment["held"]:
            page.line(page.t(say("not liable")), 2)
        page.line(page.t(say("how sure: ")) + page.t(*SURE[judgment["sure"]]), 2)
        _sources(page, judgment["sources"])
    if doc["expect"]:
        page.heading(page.t(say("Expected")))
        for reading, rows in doc["expect"].items():
            page.line(f"{reading}: {', '.join(rows) or '—'}", 2)


def _sources(page: Page, cited: Iterable[Mapping[str, Any]]) -> None:
    for entry in cited:
        source = page.base.sources.get(entry["source"])
        text = source["citation"] if source else entry["source"]
        seen = f" [{page.t('所见', 'seen')}: {page.t(*SEEN[source['seen']])}]" if source else ""
        page.line("· " + text + (f", {entry['locator']}" if entry["locator"] else "") + seen, 4, "dim")


def reading_page(page: Page, reading: Mapping[str, Any], choice: Choice) -> None:
    """A reading whole: what its source says, what is assumed, what is open."""
    phrases, lang = Phrases(page.base), page.lang
    page.line(f"{reading['reading']} · {reading['title'][lang]}", style="bold")
    page.line(page.t(say("held by: ")) + reading["holder"][lang], 2)
    page.line(reading["about"][lang], 2)
    _sources(page, reading["sources"])
    page.heading(page.t(say("What the reading takes")))
    for issue, taken in reading["positions"].items():
        page.line(
            f"{phrases.position(issue, taken['position'], lang)}   {issue}={taken['position']}"
            + (f"   {taken['locator']}" if taken["locator"] else ""),
            2,
            STYLES["own"],
        )
        if taken["note"]:
            page.line(taken["note"][lang], 4, "dim")
    page.heading(page.t(say("Assumed from the text (not its author's view)")))
    for issue, position in choice.assumed.items():
        page.line(f"{phrases.position(issue, position, lang)}   {issue}={position}", 2, STYLES["assumed"])
    page.heading(page.t(say("Open")))
    for issue in choice.open_issues:
        page.line(f"{page.base.issues[issue]['title'][lang]}   {issue}", 2)
    if reading["unsaid"]:
        page.line()
        page.line(page.t(say("Left unsaid by the source: ")) + reading["unsaid"][lang], 2)


def issue_page(page: Page, issue: Issue) -> None:
    """An issue whole: positions with holders, sources and arguments."""
    lang, phrases = page.lang, Phrases(page.base)
    page.line(f"{issue['issue']} · {issue['title'][lang]}", style="bold")
    page.line(issue["question"][lang], 2)
    why = issue["default_because"] or issue["open_because"]
    page.line(
        (
            page.t(say("by the plain text: {default}", default=issue["default"]))
            if issue["default"]
            else page.t(say("left open by the text"))
        )
        + (f" — {why[lang]}" if why else ""),
        2,
    )
    for name, position in issue["positions"].items():
        page.heading(f"{name} · {position['title'][lang]}")
        page.line(position["says"][lang], 2)
        if position["not_encoded"]:
            page.line(page.t(say("cannot be applied: ")) + position["not_encoded"][lang], 2, "yellow")
        for clash in declared(page.base.issues):
            pair = (issue["issue"], name)
            if pair in (clash.first, clash.second):
                rival = "=".join(clash.second if pair == clash.first else clash.first)
                page.line(page.t(say("cannot stand with {rival}: ", rival=rival)) + clash.because[lang], 2)
        if position["holders"]:
            page.line(page.t(say("held by: ")) + page.join(h[lang] for h in position["holders"]), 2)
        if position["provisions"]:
            page.line(
                page.t(say("provisions: ")) + page.join(phrases.provision(p, lang) for p in position["provisions"]),
                2,
            )
        _sources(page, position["sources"])
        for row in argument_lines(page, phrases, position):
            page.line(row, 2)


def argument_lines(page: Page, phrases: Phrases, position: Position) -> Iterator[str]:
    """The arguments for (+) and against (−) a position, each with its canon and where it is found."""
    lang = page.lang
    for side, sign in (("for", "+"), ("against", "−")):
        for argument in position[side]:
            places = [phrases.provision(p, lang) for p in argument["provisions"]]
            places += [
                f"{phrases.citation(c['source'], lang)} {c['locator'] or ''}".strip() for c in argument["sources"]
            ]
            where = page.join([*places, *argument["claims"]])
            text = f"{sign} [{page.t(*KINDS[argument['kind']])}] {argument['says'][lang]}"
            yield text + (page.t(say(" ({where})", where=where)) if where else "")


def provision_page(page: Page, provision: Mapping[str, Any]) -> None:
    """A provision: wording, dates, segments, rules."""
    lang = page.lang
    page.line(f"{provision['id']} · {Phrases(page.base).provision(provision['id'], 'zh')}", style="bold")
    start, end = (page.date(day) if day else "" for day in provision["in_force"].values())
    until = page.t(say(" to {end}", end=end)) if end else ""
    page.line(page.t(say("in force from {start}{until}", start=start, until=until)), 2)
    page.line(provision["text"], 2)
    if provision["note"]:
        page.line(provision["note"][lang], 2, "dim")
    page.line(page.t(say("wording: ")) + provision["checked"][lang], 2, "dim")
    for segment in provision["segments"]:
        carried = (
            ", ".join(segment["rules"])
            if segment["rules"]
            else page.t(say("not encoded: ")) + segment["not_encoded"][lang]
        )
        page.line(f"“{segment['words']}” → {carried}", 4)
    citing = [note for note in page.base.notes.values() if provision["id"] in note.cites]
    if citing:
        page.heading(page.t(say("Rules that cite it")))
        for note in citing:
            page.line(f"{note.id}   {getattr(note, lang)}", 2)


def rule_page(page: Page, name: str) -> None:
    """A rule as it stands in its file."""
    note = page.base.notes[name]
    page.line(f"{name} · {note.file}:{note.line}", style="bold")
    page.line(page.join(Phrases(page.base).citation(cited, page.lang) for cited in note.cites), 2)
    rows = Path(note.file).read_text(encoding="utf-8").splitlines()[note.line - 1 :]
    end = next(
        (i for i, row in enumerate(rows) if i and not row.startswith("%") and row.rstrip().endswith(".")), len(rows) - 1
    )
    for row in rows[: end + 1]:
        page.line(row, 2)


def word_page(page: Page, word: Predicate) -> None:
    """One word of case files: how it is written, what it says, where it comes from, who uses it."""
    lang, phrases = page.lang, Phrases(page.base)
    page.line(f"{word.name} · {word.group}", style="bold")
    page.line(fill(getattr(word, lang), {}), 2)
    page.line(page.t(say("source: ")) + phrases.citation(word.source or "", lang), 2)
    page.line(page.t(say("written: ")) + f"- {word.name}: {{{_arguments(word)}}}", 2)
    for value, label in word.values.items():
        page.line(f"{value} — {label[lang]}", 4)
    page.line("status: " + page.t(meaning(Fact, "status") or ""), 2)
    used = [case.id for case in page.base.cases.values() if any(fact.word == word.name for fact in case.facts)]
    page.line(page.t(say("cases: ")) + (", ".join(used) or "—"), 2, "dim")


def form_page(page: Page, form: Mapping[str, Any]) -> None:
    """A form of liability: its names and what it means."""
    lang = page.lang
    code = f" · {form['code'][lang]}" if form["code"] else ""
    page.line(f"{form['form']} · {form[lang]}{code}", style="bold")
    if form["explained"]:
        page.line(form["explained"][lang], 2)


def principle_page(page: Page, path: Path) -> None:
    """A principle as it stands in its file."""
    for row in path.read_text(encoding="utf-8").splitlines():
        page.line(row, 2)


def _arguments(word: Predicate) -> str:
    """The arguments of a word as a case file writes them, with their types or the words allowed."""
    kinds = ((a, "|".join(a.words) if a.words else a.type) for a in word.arguments[1:])
    return ", ".join(f"[{a.key}: {kind}]" if a.optional else f"{a.key}: {kind}" for a, kind in kinds)


def vocabulary_page(page: Page) -> None:
    """All words of case files, by group."""
    groups: dict[str, list[Any]] = {}
    for predicate in page.base.vocabulary.values():
        groups.setdefault(predicate.group or "", []).append(predicate)
    for group, predicates in groups.items():
        page.heading(group)
        for predicate in predicates:
            page.line(f"{predicate.name}: {{{_arguments(predicate)}}}", 2)
            page.line(f"{getattr(predicate, page.lang)}   [{predicate.source}]", 6, "dim")
    page.heading(page.t(say("forms of liability (for expect and judgment)")))
    for name, form in page.base.labels.get("form", {}).items():
        page.line(f"{name}   {form[page.lang]}", 2)
