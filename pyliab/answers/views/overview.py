"""The answer at a glance: the named readings grouped by what they come to, and what nobody stated that would change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyliab.answers.blocks import Block, Heading, Span, para
from pyliab.answers.views.liability import law_of_the_day, missing
from pyliab.answers.wording import Wording
from pyliab.questions.overview import Group, Overview
from pyliab.text.say import Text, capital, listed, same, say


def glance(answer: Overview, wording: Wording, *, full: bool = False) -> Iterator[Block]:
    """The groups, the law of the day, and where nobody is liable, why."""
    case = answer.asked.case
    yield Heading(same(answer.case), 1)
    yield para(case.doc.title)
    tells = any(wording.base.vocabulary[fact.word].declares(fact.args) for fact in case.facts)
    if not tells and not any(group.liabilities for group in answer.groups):
        yield para(say("The case tells of no harm: who suffered what, and when, is not said."), "strong", 1, apart=True)
        return
    yield from grouped(answer, wording, full=full)
    first = next(name for group in answer.groups for name in group.readings)
    yield para(
        say("one reading: "),
        "note",
        1,
        Span(wording.command("derive", answer.case, "-r", first), "command"),
        apart=True,
    )


def grouped(answer: Overview, wording: Wording, *, full: bool = False) -> Iterator[Block]:
    """The readings by what they come to, the law of the day, and what is lacking where nobody is liable."""
    for group in answer.groups:
        yield from _group(group, wording, full)
    yield from law_of_the_day(answer.not_in_force, wording, answer.asked.case, full)
    silent = [name for group in answer.groups if group.nobody == "certain" for name in group.readings]
    if silent:
        yield from missing(answer.unstated, wording, under=silent, one_for_all=answer.one_for_all)


def _group(group: Group, wording: Wording, full: bool) -> Iterator[Block]:
    whole = [name for name in group.readings if read_in_full(name, wording)]
    reported = [name for name in group.readings if name not in whole]
    names = [_names(whole, wording, full)]
    if reported:
        names.append(say("(not read in full) {names}", names=_names(reported, wording, full)))
    yield para(listed(names), "strong", 1, apart=True)
    yield from (para(text, role, 2) for text, role in sentences(group, wording))


def _names(names: Iterable[str], wording: Wording, full: bool) -> Text:
    said = (
        say("{says} ({mark})", says=wording.reading(name), mark=name) if full else wording.reading(name)
        for name in names
    )
    return listed(said)


def read_in_full(reading: str, wording: Wording) -> bool:
    """Was a source of the reading read whole? The words of a statute are."""
    known = wording.base.readings.get(reading)
    sources = known.sources if known else ()
    return not sources or any(wording.base.sources[cited.source].seen == "full text" for cited in sources)


def sentences(group: Group, wording: Wording) -> Iterator[tuple[Text, str]]:
    """What is certain, each a sentence; what is possible, party by party, and whether it may be nobody."""
    for liability in group.liabilities:
        if liability.status == "certain":
            yield capital(wording.liability(liability)), "certain"
    open_ = [liability for liability in group.liabilities if liability.status == "possible"]
    for debtor, creditor in dict.fromkeys((each.debtor, each.creditor) for each in open_):
        forms = listed(
            wording.label("form", each.form) for each in open_ if (each.debtor, each.creditor) == (debtor, creditor)
        )
        yield (
            say("Open: {owed} — {forms}", owed=wording.owed((debtor, creditor)), forms=forms),
            "possible",
        )
    if group.nobody:
        yield (say("Nobody is liable.") if group.nobody == "certain" else say("Or nobody is liable.")), group.nobody
