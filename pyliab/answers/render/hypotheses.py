"""The answers about facts and readings that could be otherwise: why not, and what would change the outcome."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pyliab.answers.render.liabilities import title
from pyliab.answers.render.page import Page, position_text
from pyliab.answers.render.proof import ProofTrees, to_depth
from pyliab.asp.open_facts import Supposition, of_case, term
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice
from pyliab.law.liability import Key
from pyliab.law.words import Phrases
from pyliab.law.world import World
from pyliab.questions.attempts import Attempt, Missing
from pyliab.questions.flip_facts import Flips
from pyliab.questions.repairs import Found, Outcome, Repair
from pyliab.questions.why_not import WhyNot
from pyliab.text.say import say

if TYPE_CHECKING:
    from rich.text import Text
    from rich.tree import Tree

ATTEMPTS = 4
DEPTH = 2
"""How far a proof of what stands in the way is opened."""
WHY = {
    "not stated": ("无人陈述", "not stated"),
    "not met": ("不成立", "not met"),
    "not so read": ("本读法不采", "not so read"),
    "open": ("未定", "left open"),
}
NEEDS = {
    "proved": ("须证明：", "has to be proved: "),
    "disproved": ("须否定：", "has to be disproved: "),
    "absent": ("不得有：", "must not be: "),
    "taken": ("须取立场：", "takes the position: "),
    "in force": ("须有效：", "has to be in force: "),
    "derived": ("", ""),
}
STANDING = {
    "proved": ("已证明", "proved"),
    "disproved": ("已否定", "disproved"),
    "disputed": ("真伪不明", "in dispute"),
    "unstated": ("无人陈述", "not stated"),
}
_WHY_STYLE = {"not stated": "yellow", "not met": "red", "not so read": "cyan", "open": "magenta"}


def answered(page: Page, inquiry: World, case: CaseFile, choice: Choice, answer: WhyNot) -> None:
    """The answer of `why-not`: the nearest attempts, then the smallest changes."""
    phrases = Phrases(page.base, case.names())
    title(page, inquiry, case, choice)
    page.line()
    if answer.holds:
        _follows(page, phrases, answer)
        return
    said = owed_text(page, phrases, answer.goal)
    if answer.status == "possible":
        page.line(page.t(say("Only possible, not certain: {said}", said=said)), style="bold")
    else:
        page.line(page.t(say("Does not follow: {said}", said=said)), style="bold")
    page.line(f"id: {_id(answer.goal)}", 2, "dim")
    AttemptTrees(page, phrases).print(answer.attempts)
    page.heading(page.t(say("The smallest changes that make it certain:")))
    repaired(page, phrases, answer.found)


def _follows(page: Page, phrases: Phrases, answer: WhyNot) -> None:
    said = owed_text(page, phrases, answer.goal)
    page.line(page.t(say("It does follow: {said} (certain).", said=said)), style="bold green")
    command = page.command("explain", answer.case, _id(answer.goal), "-r", answer.reading)
    page.line(page.t(say("The reasons: ")) + command, 2)


def _id(goal: Key) -> str:
    debtor, creditor, form = goal
    return f"{debtor}:{form}:{creditor}"


def owed_text(page: Page, phrases: Phrases, goal: Key) -> str:
    """A liability as a clause."""
    debtor, creditor = (phrases.word(name, page.lang) for name in goal[:2])
    form = page.label("form", goal[2])
    return page.t(say("{debtor} is liable to {creditor}: {form}", debtor=debtor, creditor=creditor, form=form))


# --- attempts -------------------------------------------------------------------------------------------------------


class AttemptTrees:
    """Prints attempts and what they lack; what was opened once is not opened again.

    What stands in the way is printed by `proofs`.
    """

    def __init__(self, page: Page, phrases: Phrases, proofs: ProofTrees | None = None) -> None:
        self.page, self.phrases, self.proofs = page, phrases, proofs
        self.shown: set[str] = set()
        self.quoted: set[str] = set()

    def print(self, attempts: Sequence[Attempt]) -> None:
        """The nearest attempts, and how many there are beside them."""
        page = self.page
        page.heading(page.t(say("The nearest attempts:")))
        for attempt in attempts[:ATTEMPTS]:
            page.console.print(self.attempt(attempt))
        left = len(attempts) - ATTEMPTS
        if left > 0:
            page.line(
                page.t(say("{left} more attempts, none of them nearer (in --json)", left=left)),
                2,
                "dim",
            )

    def attempt(self, attempt: Attempt) -> Tree:
        """The tree of an attempt: the rule, and what it lacks."""
        from rich.tree import Tree

        tree = Tree(self._rule(attempt), guide_style="dim")
        inner = _inner(attempt)
        below = tree if inner is attempt else tree.add(self._rule(inner))
        for missing in inner.missing:
            below.add(self.missing(missing))
        if attempt.undone_by:
            tree.add(self._undone(attempt))
        return tree

    def _undone(self, attempt: Attempt) -> Text:
        from pyliab.text.wrap import Words

        page = self.page
        said = page.join(one[page.lang] for one in attempt.undone_by)
        text = Words(page.t(say("but with all this: ")), "red")
        text.append(said, "")
        return text

    def _rule(self, attempt: Attempt) -> Text:
        from pyliab.text.wrap import Words

        page, phrases = self.page, self.phrases
        text = Words(attempt.says[page.lang])
        cites = page.join(phrases.citation(cited, page.lang) for cited in attempt.cites if cited != "design")
        text.append(f"  ⟨{attempt.rule}⟩" + (f" {cites}" if cites else ""), "cyan")
        every = attempt.met + len(attempt.missing)
        if attempt.met:
            text.append(page.t(say(" ({met} of {every} conditions met)", met=attempt.met, every=every)), "dim")
        for cited, words in attempt.words.items():
            if cited + words not in self.quoted:
                self.quoted.add(cited + words)
                text.append(f"\n{phrases.provision(cited, page.lang)}{page.t('：', ': ')}“{words}”", "italic dim")
        return text

    def missing(self, missing: Missing) -> Tree:
        """The tree of what is missing."""
        from rich.tree import Tree

        again = missing.atom in self.shown and bool(missing.ways or missing.stands_in_the_way)
        tree = Tree(self._condition(missing, again), guide_style="dim")
        if again:
            return tree
        self.shown.add(missing.atom)
        for way in missing.ways:
            tree.add(self.attempt(way))
        for step in missing.stands_in_the_way:
            proofs = self.proofs or ProofTrees(self.page, self.phrases)
            tree.add(proofs.tree(to_depth(step, DEPTH)))
        return tree

    def _condition(self, missing: Missing, again: bool) -> Text:
        from pyliab.text.wrap import Words

        page = self.page
        text = Words(f"[{page.t(*WHY[missing.why])}] ", _WHY_STYLE[missing.why])
        text.append(page.t(*NEEDS[missing.needs]) + missing.says[page.lang], "")
        if missing.instead:
            label = {"taken": ("本读法取：", "the reading takes: ")}.get(missing.needs, ("本案：", "the case: "))
            text.append(page.t(say("; ")) + page.t(*label) + page.join(one[page.lang] for one in missing.instead), "")
        if missing.accepted_by and missing.needs != "taken":
            accepted = page.join(position_text(self.phrases, name, page.lang) for name in missing.accepted_by)
            text.append(page.t(say("; it would do to take: ")) + accepted, "cyan")
        if again:
            text.append(page.t(say(" (shown above)")), "dim")
        elif missing.more_ways:
            text.append(page.t(say(" (+{more_ways} ways, farther)", more_ways=missing.more_ways)), "dim")
        return text


def _inner(attempt: Attempt) -> Attempt:
    """Where the attempt really fails: rules that only pass on what another one concludes are left out."""
    while len(attempt.missing) == 1 and len(attempt.missing[0].ways) == 1 and not attempt.missing[0].more_ways:
        attempt = attempt.missing[0].ways[0]
    return attempt


# --- changes --------------------------------------------------------------------------------------------------------


def repaired(page: Page, phrases: Phrases, found: Found) -> None:
    """The changes, smallest first, and what each leads to."""
    if not found.repairs:
        none = (
            "没有：在可以设想的事实与立场之内，不能使之确定成立。",
            "None: no facts and positions that can be supposed here make it certain.",
        )
        far = ("没有找到这样小的改变；更大的未予查找。", "None so small was found; larger ones were not looked for.")
        page.line(page.t(*(far if found.cut else none)), 2)
        return
    for i, repair in enumerate(found.repairs, 1):
        for j, row in enumerate(change_rows(page, phrases, repair)):
            page.line(f"{i}. {row}" if not j else f"   {row}", 2)
        page.line(page.t(say("then: ")) + _outcome(page, phrases, repair.outcome), 5, "dim")
    if found.cut:
        more = (
            "可能还有其他改变，均不小于以上所列。",
            "Others may be left, none smaller than the last of these.",
        )
        page.line(page.t(*more), 2, "dim")


def change_rows(page: Page, phrases: Phrases, repair: Repair) -> Iterator[str]:
    """One row for each position taken and each fact supposed."""
    for issue, position in repair.positions.items():
        said = phrases.position(issue, position, page.lang)
        yield page.t(say("position: {said}", said=said))
    for one in repair.facts:
        yield supposition_text(page, phrases, one)


def supposition_text(page: Page, phrases: Phrases, one: Supposition) -> str:
    """A supposed fact, and how it stood."""
    says = phrases.atom(of_case("case", term(one.word, one.args)))[page.lang]
    now, so_far = page.t(*STANDING[one.standing]), page.t(*STANDING[one.own])
    return page.t(say("fact [{now}]: {says} (so far: {so_far})", now=now, says=says, so_far=so_far))


def _outcome(page: Page, phrases: Phrases, outcome: Outcome) -> str:
    """All liabilities of an outcome, those that are only possible marked."""
    rows = []
    for key, status in sorted(outcome.items()):
        said = owed_text(page, phrases, key)
        rows.append(said if status == "certain" else page.t(say("{said} (possible)", said=said)))
    return page.join(rows) or page.t(say("nobody is liable"))


def flipped(page: Page, inquiry: World, case: CaseFile, choice: Choice, flips: Flips) -> None:
    """The answer of `flip --facts`: each change, its outcome, and what it takes to make the outcome uncertain."""
    phrases = Phrases(page.base, case.names())
    title(page, inquiry, case, choice)
    page.line(page.t(say("outcome: ")) + _outcome(page, phrases, flips.before), 2)
    if not flips.flips:
        page.line(page.t(say("No such change would change the outcome.")), 2)
    for i, flip in enumerate(flips.flips, 1):
        page.line()
        for j, row in enumerate(change_rows(page, phrases, flip.change)):
            page.line(f"{i}. {row}" if not j else f"   {row}", 2)
        page.line(page.t(say("then: ")) + _outcome(page, phrases, flip.change.outcome), 5, "dim")
        if flip.unsettled is not None:
            label = page.t(say("already if only in dispute: "))
            page.line(label + _outcome(page, phrases, flip.unsettled), 5, "dim")
    if flips.cut:
        more = ("可能还有其他改变，均不小于以上所列。", "Others may be left, none smaller than the last of these.")
        page.line(page.t(*more), 2, "dim")
