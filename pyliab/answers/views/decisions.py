"""Decided cases as data: one row for each fact, each thing held, and each reason for a difference, with its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyliab.answers.blocks import Cell, Table
from pyliab.answers.terms import DIFFERENCES, FOUND, KNOWN, SURE
from pyliab.answers.views.fit import held_of
from pyliab.answers.wording import Wording
from pyliab.asp.symbols import fact_symbol
from pyliab.kb.case import CaseFile
from pyliab.kb.model import Judgment
from pyliab.kb.write_case import fact_row
from pyliab.text.say import EMPTY, Text, listed, same, say

Element = tuple[Text, Text, Text, Text, Text, Text]
COLUMNS = (
    *(say("case"), say("title"), say("court"), say("docket"), say("decided on"), say("how sure")),
    *(say("element"), say("as written"), say("says"), say("status"), say("how known"), say("note")),
    say("sources"),
)


def elements(cases: Iterable[CaseFile], wording: Wording) -> Iterator[Table]:
    """The table of all elements of cases with a judgment; each row says of which decision it is."""
    rows = (row for case in cases if case.doc.judgment for row in _rows(case, case.doc.judgment, wording.about(case)))
    yield Table("elements", say("the decided cases, element by element"), COLUMNS, tuple(rows))


def _rows(case: CaseFile, decision: Judgment, wording: Wording) -> Iterator[tuple[Cell, ...]]:
    docket, decided = same(decision.docket or ""), same(decision.decided or "")
    head = same(case.id), case.doc.title, decision.court, docket, decided, SURE[decision.sure]
    cited = [(entry.source, wording.base.sources[entry.source].citation) for entry in decision.sources]
    sources = listed(say("{label}: {value}", label=key, value=citation) for key, citation in cited)
    for element in (*_facts(case, wording), *_judged(decision, wording)):
        yield (*head, *element, sources)


def _facts(case: CaseFile, wording: Wording) -> Iterator[Element]:
    for fact in case.facts:
        written = fact_row(wording.base.vocabulary[fact.word], fact).strip().removeprefix("- ").partition("\n")[0]
        says = wording.atom(fact_symbol(case.id, fact))
        known = KNOWN.get(fact.sure, say("reported"))
        yield say("fact"), same(written), says, FOUND[fact.status], known, fact.note or EMPTY


def _judged(decision: Judgment, wording: Wording) -> Iterator[Element]:
    """What was held, what was not before the court, and why the rules give something else."""
    for held in decision.held:
        written = " ".join(part for part in (held.debtor, held.form, *held.perhaps, held.owes) if part)
        yield say("held"), same(written), held_of(held, wording), EMPTY, EMPTY, held.note or EMPTY
    if not decision.held:
        yield say("held"), EMPTY, say("not liable"), EMPTY, EMPTY, EMPTY
    for aside in decision.unjudged:
        written = " ".join(part for part in (aside.debtor, aside.form) if part)
        says = listed([wording.word(aside.debtor), aside.form and wording.label("form", aside.form)], ": ")
        yield say("not before the court"), same(written), says, EMPTY, EMPTY, aside.because
    if decision.difference:
        kind = decision.difference.kind
        yield say("difference"), same(kind), DIFFERENCES[kind], EMPTY, EMPTY, decision.difference.says
