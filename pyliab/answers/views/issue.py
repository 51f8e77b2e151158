"""An issue whole: its positions with holders, sources and arguments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyliab.answers.blocks import Block, Heading, Items, Table, para
from pyliab.answers.terms import CANONS
from pyliab.answers.views.source import sources
from pyliab.answers.wording import Wording
from pyliab.kb.compatibility import declared
from pyliab.kb.model import Argument, Issue, Position, Reading
from pyliab.text.say import Text, listed, same, say, words


def whole(issue: Issue, wording: Wording) -> Iterator[Block]:
    """The question, and every position on it."""
    yield Heading(issue.title, 1)
    about = listed([same(issue.issue), listed(map(wording.provision, issue.provisions))], " · ")
    yield para(about, "note")
    yield para(issue.question, "lead", 1)
    default = say("by the plain text: {default}", default=issue.default)
    plain = default if issue.default else say("left open by the text")
    why = issue.default_because or issue.open_because
    yield para(say("{says} — {why}", says=plain, why=words(why)) if why else plain, depth=1)
    for name, position in issue.positions.items():
        title = say("{name} · {title}", name=name, title=position.title)
        yield Heading(title, 2, name)
        yield from _position(issue.issue, name, position, wording)


def _position(issue: str, name: str, position: Position, wording: Wording) -> Iterator[Block]:
    yield para(position.says, depth=1)
    if position.not_encoded:
        yield para(say("cannot be applied: {why}", why=position.not_encoded), "warning", 1)
    if position.no_effect:
        yield para(position.no_effect, "note", 1)
    for clash in declared(wording.base.issues):
        if (issue, name) in (clash.first, clash.second):
            rival = clash.second if (issue, name) == clash.first else clash.first
            said = say("cannot stand with {rival}: {why}", rival="=".join(rival), why=clash.because)
            yield para(said, depth=1)
    yield from holders(position)
    takers = [r for r, reading in wording.base.readings.items() if _takes(reading, issue, name)]
    if takers:
        yield para(say("readings: {readings}", readings=listed(map(wording.reading, takers))), depth=1)
    if position.provisions:
        provisions = listed(map(wording.provision, position.provisions))
        yield para(say("provisions: {provisions}", provisions=provisions), depth=1)
    yield from sources(position.sources, wording)
    yield from arguments(position, wording)


def _takes(reading: Reading, issue: str, name: str) -> bool:
    taken = reading.positions.get(issue)
    return taken is not None and taken.position == name


def holders(position: Position, depth: int = 1) -> Iterator[Block]:
    """Who holds a position."""
    if position.holders:
        yield para(say("held by: {holders}", holders=listed(position.holders)), depth=depth)


def arguments(position: Position, wording: Wording, depth: int = 1) -> Iterator[Block]:
    """The arguments for (+) and against (−) a position, each with its canon and where it is found."""
    for side, sign, label in ((position.for_, "+", say("For")), (position.against, "−", say("Against"))):
        rows = tuple(_argument(argument, wording) for argument in side)
        if rows:
            yield Items(rows, depth=depth, sign=sign, label=label)


def _argument(argument: Argument, wording: Wording) -> Text:
    places = [*map(wording.provision, argument.provisions), *map(wording.source, argument.sources)]
    says = say("[{mark}] {says}", mark=CANONS[argument.kind], says=argument.says)
    where = listed([*places, *argument.claims])
    return say("{says} ({note})", says=says, note=where) if where else says


def listing(issues: Mapping[str, Issue], wording: Wording) -> Iterator[Block]:
    """The issues with their positions; the plain-text default is marked *."""
    rows = []
    for name, issue in issues.items():
        positions = ", ".join(p + ("*" if p == issue.default else "") for p in issue.positions)
        title = say("{title}\n{positions}", title=issue.title, positions=positions)
        rows.append((same(name).citing(f"issue:{name}"), title))
    columns = say("issue"), say("title and positions (* by the plain text)")
    yield Table("issues", say("the issues"), columns, tuple(rows))
