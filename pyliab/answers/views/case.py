"""A case whole: what it is about, its facts with their status, what the court held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pyliab.answers.blocks import Block, Heading, Table, para
from pyliab.answers.terms import CASES, DIFFERENCES, FOUND, KNOWN, SURE
from pyliab.answers.views.fit import held_of
from pyliab.answers.views.source import sources
from pyliab.answers.wording import Wording
from pyliab.asp.symbols import fact_symbol
from pyliab.kb.case import CaseFile, Fact
from pyliab.kb.model import Difference
from pyliab.text.say import Text, listed, same, say


def whole(case: CaseFile, wording: Wording) -> Iterator[Block]:
    """All that the file of a case says."""
    yield from opening(case, wording)
    yield from told(case, wording)
    if case.doc.expect:
        yield Heading(say("Expected"))
    for reading, rows in case.doc.expect.items():
        yield para(say("{label}: {value}", label=reading, value=", ".join(rows) or "—"), depth=1)


def opening(case: CaseFile, wording: Wording) -> Iterator[Block]:
    """Its title, and what it is about."""
    yield Heading(case.doc.title, 1, case.id)
    yield para(listed([same(case.id), wording.date(case.doc.date), CASES[case.doc.kind]], " · "), "note")
    yield para(case.doc.about, "lead", 1)


def told(case: CaseFile, wording: Wording, *, folded: bool = False) -> Iterator[Block]:
    """Its facts, `folded` away or not, and what the court held."""
    yield Heading(say("Facts"), anchor=f"{case.id}-facts")
    yield replace(facts(case, wording.about(case)), folded=folded)
    yield from judgment(case, wording.about(case))


def facts(case: CaseFile, wording: Wording) -> Table:
    """The facts and how they stand."""
    rows = [(_fact(case, wording, fact), _stands(fact), same(fact.exhibit or "")) for fact in case.facts]
    columns = (say("fact"), say("status"), say("exhibit"))
    used = 3 if any(fact.exhibit for fact in case.facts) else 2
    return Table(
        f"{case.id}-facts",
        say("the facts and their status"),
        columns[:used],
        tuple(row[:used] for row in rows),
        note=say("What nobody stated is neither proved nor disproved."),
        lines=True,
        mark=1,
        roles=tuple(fact.status for fact in case.facts),
    )


def _stands(fact: Fact) -> Text:
    """How a fact stands, and how it is known where its source does not state it."""
    status = "proved" if fact.status == "disproved" else fact.status  # its sentence says that it is not so
    return listed([FOUND[status], KNOWN.get(fact.sure)], ", ")


def _fact(case: CaseFile, wording: Wording, fact: Fact) -> Text:
    says = wording.phrases.stated(fact_symbol(case.id, fact, fact.status != "disproved")).citing(f"word:{fact.word}")
    return say("{says} ({note})", says=says, note=fact.note) if fact.note else says


def judgment(case: CaseFile, wording: Wording) -> Iterator[Block]:
    """What the court held, and how sure that is."""
    decision = case.doc.judgment
    if not decision:
        return
    yield Heading(say("Judgment"), anchor=f"{case.id}-judgment")
    cites = (cite for entry in decision.sources for cite in wording.source(entry).cites)
    where = [decision.court, *(same(text) for text in (decision.docket, decision.decided) if text)]
    yield para(listed(where).citing(*cites), depth=1)
    for entry in decision.held:
        held = held_of(entry, wording)
        yield para(say("{says} ({note})", says=held, note=entry.note) if entry.note else held, depth=1)
    if not decision.held:
        yield para(say("not liable"), depth=1)
    for aside in decision.unjudged:
        what = [wording.word(aside.debtor), wording.label("form", aside.form) if aside.form else None]
        yield para(
            say("not before the court: {what} ({because})", what=listed(what, ": "), because=aside.because), depth=1
        )
    yield para(say("how sure: {sure}", sure=SURE[decision.sure]), "note", 1)
    if decision.difference:
        yield para(difference(decision.difference), "note", 1)
    yield from sources(decision.sources, wording)


def difference(entry: Difference) -> Text:
    """Why the court's result does not follow, or not under every reading."""
    return say("{label}: {value}", label=DIFFERENCES[entry.kind], value=entry.says)


def listing(cases: Mapping[str, CaseFile], wording: Wording) -> Iterator[Block]:
    """Cases one below the other."""
    columns = say("case"), say("date"), say("kind"), say("title")
    rows = (
        (same(c.id).citing(f"case:{c.id}"), same(c.doc.date), CASES[c.doc.kind], c.doc.title) for c in cases.values()
    )
    yield Table("cases", say("the cases"), columns, tuple(rows), whole=3)
