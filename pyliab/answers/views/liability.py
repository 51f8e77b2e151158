"""What is owed: the answer of `derive`, and each liability as an entry that a report takes over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from pyliab.answers.blocks import Block, Entry, Heading, Span, apart, joined, para
from pyliab.answers.terms import FOUND, STATUS
from pyliab.answers.views.case import difference
from pyliab.answers.views.dispute import unproved
from pyliab.answers.wording import Wording
from pyliab.asp.days import is_day
from pyliab.kb.base import article
from pyliab.kb.case import CaseFile
from pyliab.kb.model import Held
from pyliab.kb.reading import Choice
from pyliab.law.liability import Derived, Finding, Key, Liability, OnDay, OutOfForce, besides
from pyliab.law.world import recourse_against
from pyliab.questions.overview import Lack, Lacks
from pyliab.text.say import Text, listed, same, say, say_n, words

TOLD = 3
"""So many ways in which somebody would be liable are told; JSON has all that were found."""


def derived(answer: Derived, wording: Wording, *, full: bool = False, lacks: Lacks | None = None) -> Iterator[Block]:
    """The answer of `derive`: each liability as a sentence with its basis and what carries it, in `full` with all terms.

    Where there is none, `lacks` says why.
    """
    case, choice = answer.asked.case, answer.asked.choice
    yield from title(wording, case, answer.reading, answer.as_if_in_force, answer.non_liquet)
    if not answer.liabilities:
        yield from nothing_follows(wording, lacks)
    if answer.nobody == "possible":
        yield para(
            say("Nobody may be liable either: it depends on what is open or in dispute."), "possible", 1, apart=True
        )
    yield from (entry(wording, case, choice, liability, full=full) for liability in answer.liabilities)
    yield from _by_day(answer.by_day, wording)
    if answer.liabilities and not full:
        yield from _next(answer, wording)
    yield from findings(besides(answer.findings) if answer.non_liquet else answer.findings)
    yield from remarks(answer, wording, full=full)
    if answer.non_liquet:
        yield from unproved(answer.unproved, wording)


def _by_day(rows: Sequence[OnDay], wording: Wording) -> Iterator[Block]:
    """What depends on a day of which only a span is known."""
    if rows:
        yield para(say("What follows depends on the day:"), depth=1, apart=True)
    for row in rows:
        owed = (
            say(
                "{clause} [{status}] ({basis})",
                clause=wording.liability(liability),
                status=STATUS[liability.status],
                basis=listed(map(wording.provision, liability.basis), ", "),
            )
            for liability in row.liabilities
        )
        clause = listed(owed) or say("nobody is liable")
        yield para(say("{condition}: {clause}", condition=wording.disputed(row.when), clause=clause), depth=2)


def title(
    wording: Wording, case: CaseFile, reading: str, as_if_in_force: bool = False, non_liquet: bool = False
) -> Iterator[Block]:
    """Which case, which reading, and whether the question is hypothetical."""
    yield Heading(same(f"{case.id} · {reading}" if reading else case.id), 1)
    yield para(case.doc.title)
    yield from hypothetical(as_if_in_force, non_liquet)
    if wording.base.judged:
        yield para(say("(judgment taken to be given on {day})", day=wording.date(wording.base.judged)), "warning")


def hypothetical(as_if_in_force: bool, non_liquet: bool = False) -> Iterator[Block]:
    """Say so when today's law is asked of an earlier case, or the burden of proof decides."""
    if as_if_in_force:
        yield para(say("(asked as if today's law had been in force)"), "warning")
    if non_liquet:
        yield para(say("(what is in dispute stays unproved: decided by the burden of proof)"), "warning")


def nothing_follows(wording: Wording, lacks: Lacks | None = None) -> Iterator[Block]:
    """There is no liability, and why."""
    none = say(
        "No liability follows from the rules under this reading (the liability of the direct wrongdoer is presupposed, not derived)."
    )
    yield para(none, depth=1, apart=True)
    if lacks:
        yield from missing(lacks.unstated, wording, lacks.positions, one_for_all=lacks.one_for_all)


def missing(
    unstated: Sequence[Lack],
    wording: Wording,
    positions: Iterable[str] = (),
    *,
    under: Sequence[str] = (),
    one_for_all: bool = False,
) -> Iterator[Block]:
    """The fewest facts that would make somebody liable, and the issues of which another position would.

    Of several readings `under` which nobody is, those are named under which a fact does so, unless it does under all.
    """
    if unstated:
        yield para(say("Somebody would be liable if it were otherwise:"), depth=1, apart=True)
    for lack in unstated[:TOLD]:
        yield para(_would(lack, wording, len(lack.readings) >= len(under)), "missing", 2)
    if issues := list(dict.fromkeys(name.partition("=")[0] for name in positions)):
        rest = len(issues) - TOLD
        more = say_n("{count} issue more", "{count} issues more", rest) if rest > 0 else None
        named = listed([*map(wording.issue, issues[:TOLD]), more])
        yield para(say("or if it were read otherwise: {issues}", issues=named), depth=2)
    if not unstated and not issues:
        yield para(say("No few facts would make anybody liable; `pyliab ask` puts questions."), "note", 1, apart=True)
    if one_for_all:
        told = say("Of the many parties and things of which the case tells the same, the first was tried for all.")
        yield para(told, "note", 1)


def _would(lack: Lack, wording: Wording, everywhere: bool) -> Text:
    facts = (
        say("{says} [so far {status}]", says=_so(fact.status, fact.says), status=FOUND[fact.instead_of])
        for fact in lack.facts
    )
    basis = listed(map(wording.provision, lack.basis), ", ")
    says = say("{facts}: {basis}", facts=listed(facts, " and "), basis=basis)
    if everywhere:
        return says
    return joined([says, say(" (under {names})", names=listed(map(wording.reading, lack.readings)))])


def _so(status: str, says: Text) -> Text:
    return says if status == "proved" else say("not so: {says}", says=says)


def entry(wording: Wording, case: CaseFile, choice: Choice, liability: Liability, *, full: bool = True) -> Entry:
    """A liability with all that is to be said of it; not in `full`, what its sentence leaves open."""
    name = f"{case.id}-{choice.name}-{liability.debtor}-{liability.form}-{liability.creditor}"
    rows = tuple(_details(wording, case, choice, liability, full))
    return Entry(name, wording.liability(liability), rows, STATUS[liability.status], liability.status)


def _next(answer: Derived, wording: Wording) -> Iterator[Block]:
    """How to ask why: the id of a liability stands there where it is needed."""
    command = wording.command("explain", answer.case, answer.liabilities[0].id, "-r", answer.reading)
    yield para(say("why: "), "note", 1, Span(command, "command"), apart=True)


def _details(
    wording: Wording, case: CaseFile, choice: Choice, liability: Liability, full: bool
) -> Iterator[tuple[Text, Text]]:
    def doubted(kind: str, values: Iterable[str], texts: Iterable[Text]) -> Text:
        """Each detail, one that is only possible with a question mark."""
        marked = zip(values, texts, strict=True)
        return listed(say("{detail}?", detail=t) if liability.doubtful(kind, value) else t for value, t in marked)

    if full:
        yield same("id"), same(liability.id)
    yield say("basis"), doubted("basis", liability.basis, map(wording.provision, liability.basis))
    if liability.with_ and (full or "with" in liability.only_possible):
        yield say("together with"), doubted("with", liability.with_, map(wording.word, liability.with_))
    if len(case.doc.harms) > 1:
        yield say("for"), doubted("harms", liability.harms, map(wording.word, liability.harms))
    if full:
        extent = wording.label("ceiling", liability.ceiling), wording.label("order", liability.order)
        yield say("extent and order"), listed(extent)
    for partner, extents in liability.recourse.items() if full else ():
        how_far = (wording.label("recourse", name) for name in extents)
        against = say("recourse against {named}", named=wording.word(partner))
        yield against, doubted(recourse_against(partner), extents, how_far)
    carried = listed(wording.taken(choice, name) for name in liability.positions)
    yield say("carried by"), carried or say("no position: the same under every reading")
    days, facts = (list(filter(part, liability.disputed_facts)) for part in (is_day, lambda fact: not is_day(fact)))
    if facts:
        yield say("and on disputed facts"), listed(map(wording.disputed, facts))
    if days:
        yield say("and on the day"), listed(map(wording.disputed, days))


def findings(rows: Sequence[Finding]) -> Iterator[Block]:
    """What else follows: one line each."""
    if rows:
        yield para(say("besides:"), depth=1, apart=True)
    for finding in rows:
        yield para(say("[{mark}] {says}", mark=STATUS[finding.status], says=words(finding.says)), depth=2)


def outcome(liabilities: Mapping[Key, str], wording: Wording) -> Iterator[Block]:
    """All liabilities of an outcome, one line each."""
    for key, status in sorted(liabilities.items()):
        yield para(say("[{mark}] {says}", mark=STATUS[status], says=wording.owed(key)), status, 1)
    if not liabilities:
        yield para(say("nobody is liable"), depth=1)


def remarks(answer: Derived, wording: Wording, *, full: bool = False) -> Iterator[Block]:
    """What stands below an answer: assumed, open, not yet in force, not encoded, and what the court held."""
    yield from apart(_remarks(answer, wording, full))


def _remarks(answer: Derived, wording: Wording, full: bool) -> Iterator[Block]:
    case, choice = answer.asked.case, answer.asked.choice
    if choice.assumed:
        assumed = say(
            "assumed from the text (not the view of the reading's author): issues {count}, listed by: ",
            count=len(choice.assumed),
        )
        yield para(assumed, "note", 1, Span(wording.command("show", choice.name), "command"))
    if choice.open_issues:
        issues = listed(map(wording.issue, choice.open_issues)) if full else same(len(choice.open_issues))
        yield para(say("issues left open: {issues}", issues=issues), "note", 1)
    if not answer.as_if_in_force:
        yield from law_of_the_day(answer.not_in_force, wording, case, full)
    for gap in answer.gaps:
        place = say("{provision} “{words}”", provision=wording.provision(gap.provision), words=gap.words)
        yield para(say("not encoded: {place}: {reason}", place=place, reason=gap.reason), "note", 1)
    yield from _held(wording, case, answer.liabilities)


def law_of_the_day(not_in_force: Iterable[OutOfForce], wording: Wording, case: CaseFile, full: bool) -> Iterator[Block]:
    """In one line how many later provisions are not applied; in `full`, which. Of a later day the law may be unknown."""
    if wording.base.checked and case.doc.date > wording.base.checked:
        days = {"checked": wording.date(wording.base.checked), "day": wording.date(case.doc.date)}
        unknown = say(
            "The law was checked up to {checked}, and the case is of {day}: what changed since is unknown.", **days
        )
        yield para(unknown, "warning", 1)
    later = [entry for entry in not_in_force if entry.from_ > case.doc.date]
    if not later:
        return
    if full:
        yield para(_not_yet_in_force(wording, case, later), depth=1)
        yield para(say("--as-if-in-force asks hypothetically."), depth=1)
        return
    law = say_n(
        "Law as it stood on {day}: {count} later provision is not applied (--full names it).",
        "Law as it stood on {day}: {count} later provisions are not applied (--full names them).",
        len({article(entry.provision) for entry in later}),
        day=wording.date(case.doc.date),
    )
    yield para(law, "note", 1)


def _not_yet_in_force(wording: Wording, case: CaseFile, missing: Iterable[OutOfForce]) -> Text:
    by_article = {article(entry.provision): wording.date(entry.from_) for entry in missing}
    articles = (
        say("{provision} (from {day})", provision=wording.article(name), day=day) for name, day in by_article.items()
    )
    return say(
        "The case is of {day}; not yet in force then and not applied: {articles}",
        day=wording.date(case.doc.date),
        articles=listed(articles),
    )


def _held(wording: Wording, case: CaseFile, liabilities: Sequence[Liability]) -> Iterator[Block]:
    """What the court held, against what follows here."""
    judgment = case.doc.judgment
    if not judgment:
        return
    possible = judgment.judged((liability.debtor, liability.form) for liability in liabilities)
    certain = judgment.judged(
        (liability.debtor, liability.form) for liability in liabilities if liability.status == "certain"
    )
    held = {(entry.debtor, _meant(entry, possible)) for entry in judgment.held}
    fits = certain <= held <= possible
    if held == certain == possible:
        verdict = say("agrees with this reading")
    else:
        verdict = say("possible under this reading") if fits else say("differs from this reading")
    said = listed(
        say("{label}: {value}", label=wording.word(debtor), value=wording.label("form", form))
        for debtor, form in sorted(held)
    )
    yield para(say("the court: {court}", court=judgment.court), depth=1)
    said = said or say("not liable")
    yield para(say("held: {said} — {verdict}", said=said, verdict=verdict), "" if fits else "warning", 1)
    if not fits and judgment.difference:
        yield para(difference(judgment.difference), depth=2)


def _meant(held: Held, possible: Set[tuple[str, str]]) -> str:
    """Of the forms that the report does not tell apart, one that the reading gives, or the one named first."""
    forms: list[str] = [held.form, *held.perhaps]
    return next((form for form in forms if (held.debtor, form) in possible), forms[0])
