"""A provision whole: its words, from when to when it is in force, and the rules that carry it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pyliab.answers.blocks import Block, Code, Heading, Items, Quote, Table, lower, para
from pyliab.answers.wording import Wording
from pyliab.kb.keys import GROUPS
from pyliab.kb.model import Enacted, Statute
from pyliab.text.say import Text, listed, same, say, words


def whole(provision: Enacted, wording: Wording) -> Iterator[Block]:
    """Wording, dates, segments, and the rules that cite it."""
    name = provision.id
    yield Heading(same(f"{name} · {wording.provision(name).of('zh')}"), 1, name)
    yield para(say("in force {period}", period=wording.period(provision.in_force)), "note", 1)
    yield Quote(provision.text)
    if provision.english:
        yield para(_translated(provision), "note", 1)
    if provision.note:
        yield para(provision.note, "note", 1)
    yield para(say("wording: {checked}", checked=provision.checked), "note", 1)
    for segment in provision.segments:
        carried = listed(map(wording.rule, segment.rules), ", ")
        if not segment.rules:
            carried = say("not encoded: {reason}", reason=segment.not_encoded)
        yield para(say("“{words}” → {carried}", words=segment.words, carried=carried), depth=2)
    citing = tuple(
        say("{rule}   {says}", rule=wording.rule(note.id), says=words({"zh": note.zh, "en": note.en}))
        for note in wording.base.notes.values()
        if name in note.cites
    )
    if citing:
        yield Heading(say("Rules that cite it"))
        yield Items(citing)


def asked(provision: Enacted, facts: Iterable[Mapping[str, Any]], wording: Wording) -> Iterator[Block]:
    """The facts that the rules on a provision ask for, as lines of a case file."""
    rows = list(facts)
    name = wording.provision(provision.id)
    if not rows:
        yield para(say("No rule on {name} asks for a fact.", name=name))
        return
    yield Heading(say("What a case under {name} may tell", name=name), 1)
    for group, title in GROUPS.items():
        if sentences := tuple(f"- {row['says']}" for row in rows if row["group"] == group):
            yield Heading(title)
            yield Code(sentences)


def statute(instrument: Statute, wording: Wording) -> Iterator[Block]:
    """An instrument with all its provisions that are held here."""
    yield Heading(say("{name} · {title}", name=instrument.statute, title=instrument.title), 1)
    yield para(say("in force {period}", period=wording.period(instrument.in_force)), "note", 1)
    if instrument.note:
        yield para(instrument.note, depth=1)
    for entry in instrument.provisions:
        yield from lower(whole(wording.base.provisions[entry.id], wording))


def in_english(names: Iterable[str], wording: Wording) -> Iterator[Block]:
    """The words of provisions as the base translates them, for who reads English."""
    wanted = set(names)
    for name, provision in wording.base.provisions.items():
        if name in wanted and provision.english:
            yield para(words({"zh": "", "en": f"{name}, {_translated(provision)}"}), "note", 1)


def _translated(provision: Enacted) -> Text:
    return say("translated here, not official: “{english}”", english=provision.english)


def quoted(names: Iterable[str], wording: Wording) -> Iterator[Block]:
    """The words of provisions, whole, in the order of the base."""
    wanted = set(names)
    known = [name for name in wording.base.provisions if name in wanted]
    if known:
        yield Heading(say("The provisions quoted"), 1, "provisions")
    for name in known:
        yield Quote(wording.base.provisions[name].text, wording.provision(name))
        yield from in_english([name], wording)


def listing(statutes: Mapping[str, Statute], wording: Wording) -> Iterator[Block]:
    """The instruments whose wording is held here; provisions with rules are marked *."""
    asked, rows = set(wording.base.asked), []
    for name, entry in statutes.items():
        provisions = ", ".join(p.id.removeprefix(f"{name} ") + ("*" if p.id in asked else "") for p in entry.provisions)
        period = f"{entry.in_force.start}–{entry.in_force.end or ''}"
        title = say("{title}  {period}\n{provisions}", title=entry.title, period=period, provisions=provisions)
        rows.append((same(name).citing(f"statute:{name}"), title))
    columns = say("instrument"), say("title, in force, provisions (* with rules)")
    yield Table("statutes", say("the statutes"), columns, tuple(rows))
