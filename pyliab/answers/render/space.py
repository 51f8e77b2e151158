"""The answers of `space` and `flip`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from pyliab.answers.render.page import Page, disputed_text, position_text
from pyliab.answers.views.money import in_words
from pyliab.answers.wording import Wording
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice
from pyliab.law.words import Phrases
from pyliab.questions.flip import Flip, Flips
from pyliab.questions.open_case import Owed
from pyliab.space.space import LEVELS, Answer, Outcome, Way, in_order
from pyliab.text.say import say

SHORT = 5
"""How many sets or flips of one kind are printed unless all are asked for."""


def hypothetical(page: Page) -> None:
    """Say that today's law is asked of an earlier case."""
    page.line(page.t(say("(asked as if today's law had been in force)")), style="yellow")


def explored(page: Page, case: CaseFile, found: Answer, *, full: bool) -> None:
    """The answer of `space` for one case: outcomes, then issues."""
    reading = found.space.reading
    phrases = Phrases(page.base, case.names())
    page.line(f"{case.id}{f' · {reading}' if reading else ''}", style="bold")
    page.line(case.doc["title"][page.lang])
    number = grouped(found.readings)
    page.line(page.t(say("readings: {number}; outcomes: {count}", number=number, count=len(found.ways))))
    if found.space.fixed:
        fixed = page.t(say("({reading} settles {count} issues)", reading=reading, count=len(found.space.fixed)))
        page.line(fixed, style="dim")
    _disputed(page, phrases, found)
    if found.space.level not in LEVELS:
        _how_reckoned(page)
    shown = found.ways if full else found.ways[: 2 * SHORT]
    for way in shown:
        _way(page, phrases, found, way, full=full)
    if len(shown) < len(found.ways):
        rest = len(found.ways) - len(shown)
        page.line()
        page.line(page.t(say("and {rest} more outcomes (--full prints all)", rest=rest)), 2)
    _issues(page, found)


def _how_reckoned(page: Page) -> None:
    note = page.t(
        say(
            "The victim goes first against the operator (against the platform where none is known); what the platform bears is what it bears in the end, after recourse; a range where something is not stated."
        )
    )
    page.line(note, 2, "dim")


def _disputed(page: Page, phrases: Phrases, found: Answer) -> None:
    if not found.space.disputed:
        return
    page.line(_in_dispute(page, phrases, found.space.disputed), 2)
    note = page.t(
        say(
            "Under one reading several outcomes may result as the facts turn out: the numbers may add up to more than all."
        )
    )
    page.line(note, 2, "dim")


def _in_dispute(page: Page, phrases: Phrases, facts: Iterable[str]) -> str:
    said = page.join(disputed_text(page, phrases, text) for text in facts)
    return page.t(say("in dispute: {said}", said=said))


def _way(page: Page, phrases: Phrases, found: Answer, way: Way, *, full: bool) -> None:
    page.line()
    share = percent(way.readings, found.readings)
    first, *rest = outcome_lines(page, phrases, found.space.level, way.outcome)
    page.line(f"[{share}] {first}", 2, "bold")
    for line in rest:
        page.line(line, 6, "bold")
    count = page.t(say("readings: {grouped}", grouped=grouped(way.readings)))
    if way.always != way.readings:
        count += page.t(say("; whatever the facts turn out: {grouped}", grouped=grouped(way.always)))
    page.line(count, 6, "dim")
    if way.sufficient == [[]]:
        page.line(page.t(say("The same under every reading.")), 6)
        return
    page.line(page.t(say("any one of these suffices:")), 6)
    sets = [[_said(page, phrases, found, name) for name in names] for names in way.sufficient]
    _capped(page, [page.t(say("; ")).join(names) for names in sets], full=full)


def _said(page: Page, phrases: Phrases, found: Answer, name: str) -> str:
    text = name.removeprefix("-")
    if text in found.space.disputed:
        return disputed_text(page, phrases, name)
    return position_text(phrases, name, page.lang)


def _capped(page: Page, rows: Sequence[str], *, full: bool) -> None:
    shown = rows if full else rows[:SHORT]
    for row in shown:
        page.line(f"· {row}", 8)
    if len(shown) < len(rows):
        rest = len(rows) - len(shown)
        page.line(page.t(say("and {rest} more (--full prints all)", rest=rest)), 8, "dim")


def _issues(page: Page, found: Answer) -> None:
    if found.space.level not in LEVELS or any(not way.outcome for way in found.ways):
        page.line()
        page.line(
            page.t(say("The liability of the direct wrongdoer is presupposed, not derived.")),
            2,
            "dim",
        )
    page.heading(page.t(say("Which issues matter")))
    rows = [
        (percent(n, found.readings), f"{page.base.issues[issue]['title'][page.lang]}  {issue}")
        for issue, n in ranked(found.decides)
    ]
    if rows:
        page.table([page.t(say("decides")), page.t(say("issue"))], rows)
        note = page.t(say("decides: in how many readings another position on this issue alone changes the outcome."))
        page.line(note, 2, "dim")
    idle = page.t(say("issues that are idle here ({count}): ", count=len(found.idle)))
    page.line(idle + (", ".join(found.idle) or "—"), 2, "dim")


def tabled(page: Page, found: Sequence[Answer], left_out: Sequence[str] = ()) -> None:
    """The answer of `space` for several cases: issues against cases, the most decisive first.

    `left_out` are cases that state no loss, where outcomes are told apart by money.
    """
    letters = {one.space.case: str(i) for i, one in enumerate(found, 1)}
    shares = {
        issue: [Fraction(one.decides.get(issue, 0), one.readings) for one in found]
        for one in found
        for issue in one.decides
    }
    order = sorted(shares, key=lambda issue: (-sum(shares[issue]), issue))
    rows = [
        (issue, ["·" if issue not in one.decides else percent(one.decides[issue], one.readings) for one in found])
        for issue in order
    ]
    outcomes = page.t(say("outcomes")), [str(len(one.ways)) for one in found]
    page.matrix(page.t(say("issue")), list(letters.values()), [outcomes, *rows])
    page.line(page.join(f"{letter} {case}" for case, letter in letters.items()), 2)
    note = page.t(
        say(
            "per cent: in how many readings another position on this issue alone changes the outcome; · idle. Ordered by the sum over the cases."
        )
    )
    page.line(note, 2, "dim")
    never = [issue for issue in page.base.issues if issue not in shares and all(issue in one.idle for one in found)]
    page.line(page.t(say("idle in all: ")) + (", ".join(never) or "—"), 2, "dim")
    if left_out:
        page.line(page.t(say("no loss stated, so left out: ")) + ", ".join(left_out), 2)


def flipped(page: Page, case: CaseFile, choice: Choice, found: Flips, *, full: bool) -> None:
    """The answer of `flip --law`."""
    phrases = Phrases(page.base, case.names())
    page.line(f"{case.id} · {choice.name}", style="bold")
    page.line(case.doc["title"][page.lang])
    page.line(page.t(say("outcome as it is: ")) + _any_of(page, phrases, _marks(found.outcomes)), 2)
    if choice.open_issues and len(found.outcomes) > 1:
        page.line(page.t(say("issues left open: ")) + ", ".join(choice.open_issues), 2, "dim")
    if found.disputed_facts:
        page.line(_in_dispute(page, phrases, found.disputed_facts), 2)
        note = page.t(
            say("What is in dispute stays so: each change leads where it says, whatever the facts turn out to be.")
        )
        page.line(note, 2, "dim")
    if found.already:
        page.line(page.t(say("The wanted outcome is certain as it is.")), 2)
        return
    if found.only_possible and found.flips:
        hint = (
            "没有改变能使之确定；以下改变使之可能。",
            "No change makes it certain; these make it possible.",
        )
        page.line(page.t(*hint), 2)
    if not found.flips:
        page.line(page.t(say("No change of positions does it.")), 2)
    for kind, title in _KINDS.items():
        _flips(page, phrases, choice, page.t(*title), [one for one in found.flips if one.kind == kind], full=full)


_KINDS = {
    "changes": ("改变结果的最小变动", "Minimal changes that change the outcome"),
    "settles": ("使结果确定于其一的最小选择", "Minimal choices that settle the outcome on one of these"),
    "reaches": ("得到所求结果的最小变动", "Minimal changes that lead to the wanted outcome"),
}


def _flips(page: Page, phrases: Phrases, choice: Choice, title: str, found: Sequence[Flip], *, full: bool) -> None:
    if not found:
        return
    page.heading(f"{title} ({len(found)})")
    shown = found if full else found[: 2 * SHORT]
    for flip in shown:
        page.line()
        for issue, position in flip.positions.items():
            page.line(_change(page, choice, issue, position), 2)
        page.line("→ " + _any_of(page, phrases, _marks(flip.outcomes)), 6, "bold")
    if len(shown) < len(found):
        rest = len(found) - len(shown)
        page.line()
        page.line(page.t(say("and {rest} more (--full prints all)", rest=rest)), 2, "dim")


def _marks(outcomes: Iterable[Iterable[Owed]]) -> list[Outcome]:
    return [frozenset(owed.key for owed in one) for one in outcomes]


def _change(page: Page, choice: Choice, issue: str, position: str) -> str:
    before = choice.positions.get(issue)
    old = page.base.position(issue, before)["title"][page.lang] if before else page.t(say("open"))
    new = page.base.position(issue, position)["title"][page.lang]
    mark = page.t(say(": "))
    return f"{page.base.issues[issue]['title'][page.lang]}{mark}{old} → {new}   {issue}={position}"


def _any_of(page: Page, phrases: Phrases, outcomes: Iterable[Outcome]) -> str:
    return page.t(say("; or ")).join(outcome_text(page, phrases, outcome) for outcome in outcomes)


def outcome_lines(page: Page, phrases: Phrases, level: str, outcome: Outcome) -> list[str]:
    """An outcome as a sentence, or in money as one for each creditor, debtor and set of assets."""
    if level in LEVELS:
        return [outcome_text(page, phrases, outcome)]
    wording = Wording(page.base)
    wording.phrases = phrases
    lines = [page.t(in_words(row, wording)) for row in in_order(outcome)]
    return lines or [page.t(say("nobody can be liable; there is nothing to settle"))]


def outcome_text(page: Page, phrases: Phrases, outcome: Outcome) -> str:
    """An outcome as a sentence."""
    if not outcome:
        return page.t(say("nobody is liable"))
    return page.t(say(", and ")).join(_liability(page, phrases, mark) for mark in sorted(outcome))


def _liability(page: Page, phrases: Phrases, mark: tuple[str, ...]) -> str:
    debtor, creditor = (phrases.word(name, page.lang) for name in mark[:2])
    says = page.t(say("{debtor} is liable to {creditor}", debtor=debtor, creditor=creditor))
    forms = [page.label("form", name) for name in mark[len(LEVELS["debtor"]) :]]
    return page.t(say(": ")).join([says, *forms])


def ranked(decides: dict[str, int]) -> list[tuple[str, int]]:
    """Issues with the number of readings in which they decide, the most decisive first."""
    return sorted(decides.items(), key=lambda entry: (-entry[1], entry[0]))


def grouped(number: int) -> str:
    """A whole number in groups of three digits."""
    return f"{number:,}"


def percent(part: int, whole: int) -> str:
    """A share with one decimal; what is not all is never shown as all, and what is not nothing never as nothing."""
    if part in (0, whole):
        return "100%" if part else "0%"
    tenths = min(max(round(Fraction(1000 * part, whole)), 0), 1000)
    if tenths in (0, 1000):
        return ">99.9%" if tenths else "<0.1%"
    return f"{tenths // 10}.{tenths % 10}%"
