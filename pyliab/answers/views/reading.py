"""A reading whole: what its source says, what is assumed, what is open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyliab.answers.blocks import Block, Heading, Span, Table, para
from pyliab.answers.views.source import sources
from pyliab.answers.wording import Wording
from pyliab.kb.model import Reading
from pyliab.kb.reading import choose
from pyliab.text.say import same, say


def whole(reading: Reading, wording: Wording) -> Iterator[Block]:
    """All that the file of a reading says, and what the background fills in."""
    choice = choose(wording.base, reading)
    yield Heading(reading.title, 1)
    yield para(say("{id} · held by: {holder}", id=reading.reading, holder=reading.holder), "note")
    yield para(reading.about, depth=1)
    yield from sources(reading.sources, wording)
    yield Heading(say("What the reading takes"), anchor="own")
    for issue, taken in reading.positions.items():
        name = f"{issue}={taken.position}"
        place = [Span(same("   " + taken.locator))] if taken.locator else []
        yield para(wording.position(name), "own", 1, Span(same("   ")), Span(same(name), "command"), *place)
        if taken.note:
            yield para(taken.note, "note", 2)
    yield Heading(say("Assumed from the text (not its author's view)"), anchor="assumed")
    for issue, position in choice.assumed.items():
        name = f"{issue}={position}"
        yield para(wording.position(name), "assumed", 1, Span(same("   ")), Span(same(name), "command"))
    yield Heading(say("Open"), anchor="open")
    for issue in choice.open_issues:
        yield para(wording.issue(issue), "", 1, Span(same("   ")), Span(same(issue), "command"))
    if reading.unsaid:
        yield para(say("Left unsaid by the source: {unsaid}", unsaid=reading.unsaid), "", 1, apart=True)


def listing(readings: Mapping[str, Reading], wording: Wording) -> Iterator[Block]:
    """The named readings: who holds them, and how much they set."""
    columns = say("reading"), say("positions"), say("held by"), say("title")
    rows = (
        (
            same(name).citing(f"reading:{name}"),
            same(len(reading.positions)),
            reading.holder,
            reading.title,
        )
        for name, reading in readings.items()
    )
    yield Table("readings", say("the readings"), columns, tuple(rows), frozenset({1}))
