"""Readings held against decided cases, and the base held against what it should carry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pyliab.answers.blocks import Block, Cell, Heading, Items, Table, para
from pyliab.answers.wording import Wording
from pyliab.kb.model import Held, Judgment
from pyliab.questions.coverage import Part
from pyliab.questions.fit import Cut, Decision, Fit, Kept
from pyliab.text.amounts import grouped
from pyliab.text.say import EMPTY, Text, listed, same, say, say_n, words

SETS = 8
"""How many sufficient sets are written unless all are asked for."""
VERDICTS = {
    "consistent": say("give what the court held"),
    "inconsistent": say("cannot give it"),
    "silent": say("leave it open"),
}
WEIGHED = {
    "court": say(
        "What gives up the least comes first: one decision of a higher court outweighs all of lower ones; one of a court not seen counts least."
    ),
    "date": say(
        "What gives up the least comes first: one later decision outweighs all earlier ones; one whose day was not seen counts least."
    ),
}
PARTS = {
    "words carried by rules": say("words carried by rules"),
    "provisions with rules, cut into segments": say("provisions with rules, cut into segments"),
    "rules resting on words or a source": say("rules resting on words or a source"),
    "claims carried": say("claims carried"),
    "tensions attached": say("tensions attached"),
    "positions with sources and arguments": say("positions with sources and arguments"),
    "positions that change an outcome": say("positions that change an outcome"),
    "reforms that leave nothing without a rule": say("reforms that leave nothing without a rule"),
}


def fitted(fit: Fit, wording: Wording, *, full: bool = False) -> Iterator[Block]:
    """The decisions that speak for or against a reading, then in short the others, and what would have to be wrong."""
    spoken = {
        id for row in fit.readings.values() for id, verdict in row.items() if verdict in ("consistent", "inconsistent")
    }
    telling = [decision for decision in fit.decisions if decision.id in spoken]
    columns = say("decision"), say("held"), *VERDICTS.values(), say("it turns on")
    yield Table(
        "fit",
        say("decisions and readings"),
        columns,
        tuple(_row(decision, fit, wording, full) for decision in telling),
        lines=True,
        roles=("strong",) * len(telling),
    )
    yield from _unspoken(
        [decision for decision in fit.decisions if decision.tells == "apart" and decision.id not in spoken], wording
    )
    yield from _folded(fit, wording, full)
    yield para(
        say("contradicted by no decision: {readings}", readings=", ".join(fit.survivors) or "—"), depth=1, apart=True
    )
    if fit.weigh:
        yield para(WEIGHED[fit.weigh], "note", 1, apart=True)
    for name, ids in fit.wrong.items():
        wrong = say("if {name} is right, wrongly decided: {cases}", name=name, cases=listed(map(_called, ids), ", "))
        yield para(wrong, depth=1)


def _row(decision: Decision, fit: Fit, wording: Wording, full: bool) -> tuple[Cell, ...]:
    case = wording.base.cases[decision.case]
    said = say("{id}: {title}", id=called(decision), title=words(case.doc.title))
    rows = {
        verdict: [name for name, row in fit.readings.items() if row[decision.id] == verdict] for verdict in VERDICTS
    }
    silent = (
        same(", ".join(rows["silent"]))
        if full
        else say_n("{count} reading in all", "{count} readings in all", len(rows["silent"]))
    )
    assert case.doc.judgment
    return (
        said,
        held(case.doc.judgment, wording.about(case)),
        same(", ".join(rows["consistent"])),
        same(", ".join(rows["inconsistent"])),
        silent if rows["silent"] else EMPTY,
        listed(map(wording.issue, decision.turns_on)),
    )


def held(judgment: Judgment, wording: Wording) -> Text:
    """What the court held, as far as its report goes."""
    return listed(held_of(entry, wording) for entry in judgment.held) or say("not liable")


def held_of(held: Held, wording: Wording) -> Text:
    """What the court held of one debtor: the form or forms, and how much, as far as the report goes."""
    forms = listed((wording.label("form", form) for form in (held.form, *held.perhaps)), " or ")
    owes = held.owes or ""
    much = (
        say("{share} of the loss", share=owes)
        if "%" in owes
        else wording.money("–".join(map(grouped, owes.split("-"))))
    )
    value = listed([forms, owes and much], ", ")
    return say("{label}: {value}", label=wording.word(held.debtor), value=value)


def called(decision: Decision) -> Text:
    """The id of a decision, with how it was asked."""
    return _called(decision.id)


def _called(id: str) -> Text:
    case, _, analogy = id.partition(":")
    return say("{case} (asked of today's law)", case=case) if analogy else same(case)


def _unspoken(decisions: Sequence[Decision], wording: Wording) -> Iterator[Block]:
    """The decisions that turn on what all these readings leave open, by the issues on which they turn."""
    groups: dict[tuple[str, ...], list[Decision]] = {}
    for decision in decisions:
        groups.setdefault(tuple(decision.turns_on), []).append(decision)
    if groups:
        yield para(say("These turn on what each of the readings leaves open:"), depth=1, apart=True)
    rows = (
        say("{names}: {issues}", names=listed(map(called, those), ", "), issues=listed(map(wording.issue, issues)))
        for issues, those in groups.items()
    )
    yield Items(tuple(rows), depth=2)


def _folded(fit: Fit, wording: Wording, full: bool) -> Iterator[Block]:
    """The decisions that tell no readings apart: how many, and in full which."""
    reasons = {
        "alike": say("follow under every reading, and say nothing of any"),
        "unexplained": say("follow under no reading (each case file says why)"),
    }
    for tells, reason in reasons.items():
        ids = [decision for decision in fit.decisions if decision.tells == tells]
        if ids:
            count = say_n("{count} decision", "{count} decisions", len(ids))
            names = listed(map(called, ids), ", ") if full else wording.command("fit", "--full")
            yield para(
                say("{count} more {reason}: {names}", count=count, reason=reason, names=names), "note", 1, apart=True
            )


# --- the whole space ------------------------------------------------------------------------------------------------


def spaced(fit: Fit, wording: Wording, *, full: bool = False) -> Iterator[Block]:
    """How the decisions cut the space of readings, together and each alone."""
    cut = fit.space
    decisions = {decision.id: decision for decision in fit.decisions}
    yield Heading(say("All readings that give what the courts held"))
    yield para(
        say("decisions: {names}", names=listed((_called(id) for id in cut.decisions), ", ") or same("—")), depth=1
    )
    yield from _survivors(cut, wording, full) if cut.survivors else _clash(fit, wording)
    if cut.decisions:
        yield Heading(say("What each decision shuts out by itself"))
    for id in cut.decisions:
        own = decisions[id]
        out = listed([_only(own.always, wording), _none(own.never, own.always, wording)])
        out = out or say("no position by itself, only positions together")
        yield para(say("{id}: {says}", id=_called(id), says=out), depth=1)


def _survivors(cut: Cut, wording: Wording, full: bool) -> Iterator[Block]:
    yield para(say("There are readings that give them all."), depth=1)
    if cut.always:
        yield para(say("Each of them holds:"), depth=1, apart=True)
        yield Items(tuple(map(wording.position, cut.always)), depth=2)
    if never := _none(cut.never, cut.always, wording):
        yield para(say("None of them holds: {positions}", positions=never), depth=1, apart=True)
    others = [[name for name in chosen if name not in cut.always] for chosen in cut.sufficient]
    if any(others):
        beside = say("Any one of these suffices, with what each of them holds:")
        says = beside if cut.always else say("Any one of these suffices:")
        yield para(says, depth=1, apart=True)
        yield from suffices(others, wording, full)


def suffices(sets: Sequence[Sequence[str]], wording: Wording, full: bool = False) -> Iterator[Block]:
    """Sets of positions of which each suffices; sets that differ in one position are one, with an or."""
    rows = [listed(either(issue, positions, wording) for issue, positions in row.items()) for row in merged(sets)]
    shown = rows if full else rows[:SETS]
    yield Items(tuple(shown), depth=2)
    if len(shown) < len(rows):
        yield para(say("and {rest} more (--full prints all)", rest=len(rows) - len(shown)), "note", 2)


Alternatives = dict[str, tuple[str, ...]]
"""By issue one position or several, any of which does."""


def merged(sets: Iterable[Sequence[str]]) -> list[Alternatives]:
    """Sets of positions, those that differ on one issue alone taken as one. Together they say the same."""
    rows: list[Alternatives] = [{i: (p,) for i, _, p in (name.partition("=") for name in names)} for names in sets]
    for issue in dict.fromkeys(issue for row in rows for issue in row):
        groups: dict[tuple[bool, frozenset[tuple[str, tuple[str, ...]]]], Alternatives] = {}
        for row in rows:
            others = frozenset(entry for entry in row.items() if entry[0] != issue)
            kept = groups.setdefault((issue in row, others), {**row, issue: ()} if issue in row else row)
            if issue in row:
                kept[issue] += row[issue]
        rows = list(groups.values())
    return rows


def either(issue: str, positions: Sequence[str], wording: Wording) -> Text:
    """An issue with one position or several, any of which does."""
    titles = listed((wording.title(issue, position) for position in positions), " or ")
    return say("{issue}: {position}", issue=wording.issue(issue), position=titles)


def _only(always: Iterable[str], wording: Wording) -> Text:
    """The positions that are left alone on their issues."""
    return listed(say("everything but {position}", position=wording.position(name)) for name in always)


def _none(never: Iterable[str], always: Iterable[str], wording: Wording) -> Text:
    """Positions that are shut out, by issue; not where one alone is left, which is named elsewhere."""
    settled = {name.partition("=")[0] for name in always}
    rows: dict[str, list[str]] = {}
    for issue, _, position in (name.partition("=") for name in never):
        if issue not in settled:
            rows.setdefault(issue, []).append(position)
    return listed(either(issue, positions, wording) for issue, positions in rows.items())


def _clash(fit: Fit, wording: Wording) -> Iterator[Block]:
    cut = fit.space
    yield para(say("No reading gives them all."), "warning", 1)
    yield para(say("Decisions that no reading gives together:"), depth=1, apart=True)
    yield Items(tuple(listed(map(_called, ids), ", ") for ids in cut.conflicts), depth=2)
    yield para(say("There is a reading for all the others if these are given up:"), depth=1, apart=True)
    if fit.weigh:
        yield para(WEIGHED[fit.weigh], "note", 1)
    yield Items(tuple(_given_up(kept, wording) for kept in cut.largest), depth=2)


def _given_up(kept: Kept, wording: Wording) -> Text:
    names = listed(map(_called, kept.without), ", ")
    held = listed(map(wording.position, kept.always))
    return say("{names}; the reading then holds: {positions}", names=names, positions=held) if held else names


def covered(parts: Sequence[Part], _wording: Wording) -> Iterator[Block]:
    """The numbers, then what is missing, then what was left out with a reason."""
    rows = tuple((PARTS[p.name], same(p.total), same(p.done), same(len(p.excused)), same(p.percent)) for p in parts)
    columns = say("part"), say("total"), say("covered"), say("excused"), same("%")
    yield Table("coverage", say("what is carried"), columns, rows, frozenset(range(1, 5)))
    for heading, names in (
        (say("Missing"), [same(row) for part in parts for row in part.missing]),
        (say("Left out with a reason"), [row for part in parts for row in part.excused]),
    ):
        if names:
            yield Heading(heading)
            yield Items(tuple(names))
