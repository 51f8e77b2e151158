"""The answers about facts and readings that could be otherwise: why not, and what would change the outcome."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pyliab.answers.render.liabilities import title
from pyliab.answers.render.page import Page, position_text
from pyliab.answers.render.proof import ProofTrees, to_depth
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice
from pyliab.law.liability import Key
from pyliab.law.proof import Mark, Step
from pyliab.law.words import Phrases
from pyliab.law.world import World
from pyliab.questions.flip import Flip, Flips
from pyliab.questions.open_case import Owed, Repair, Supposed
from pyliab.questions.two_worlds import unmet
from pyliab.questions.why_not import Attempt, WhyNot
from pyliab.text.say import Text as Said
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


def answered(page: Page, world: World, case: CaseFile, choice: Choice, answer: WhyNot) -> None:
    """The answer of `why-not`: the nearest attempts, then the smallest changes."""
    phrases = Phrases(page.base, case.names())
    goal = answer.goal.debtor, answer.goal.creditor, answer.goal.form
    title(page, world, case, choice)
    page.line()
    said = owed_text(page, phrases, goal)
    if answer.holds:
        page.line(page.t(say("It does follow: {said} (certain).", said=said)), style="bold green")
        command = page.command("explain", answer.case, _id(goal), "-r", answer.reading)
        page.line(page.t(say("The reasons: ")) + command, 2)
        return
    if answer.status == "possible":
        page.line(page.t(say("Only possible, not certain: {said}", said=said)), style="bold")
    else:
        page.line(page.t(say("Does not follow: {said}", said=said)), style="bold")
    page.line(f"id: {_id(goal)}", 2, "dim")
    AttemptTrees(page, phrases).print(answer.attempts)
    page.heading(page.t(say("The smallest changes that make it certain:")))
    repaired(page, phrases, answer)


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
    """Prints proofs in another world with what does not hold in this one; what was opened once is not opened again.

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
            page.line(page.t(say("{left} more attempts, none of them nearer (in --json)", left=left)), 2, "dim")

    def attempt(self, attempt: Attempt) -> Tree:
        """The tree of an attempt: the rule, and what it lacks."""
        from rich.tree import Tree

        tree = Tree(self._rule(attempt.proof), guide_style="dim")
        inner = _inner(attempt.proof)
        below = tree if inner is attempt.proof else tree.add(self._rule(inner))
        for step in unmet(inner):
            below.add(self.missing(step))
        for other in attempt.other:
            rows = self.page.join(change_rows(self.page, self.phrases, other))
            tree.add(self._noted(say("or as near: "), rows, "yellow"))
        if attempt.undone_by:
            said = self.page.join(self.page.t(one) for one in attempt.undone_by)
            rows = self.page.join(change_rows(self.page, self.phrases, attempt.change))
            tree.add(self._noted(say("but with all this: "), said, "red"))
            tree.add(self._noted(say("so it takes together: "), rows, "red"))
        return tree

    def _noted(self, label: Said, said: str, style: str) -> Text:
        from pyliab.text.wrap import Words

        text = Words(self.page.t(label), style)
        text.append(said, "")
        return text

    def _rule(self, step: Step) -> Text:
        from pyliab.text.wrap import Words

        text = Words(step.says[self.page.lang])
        self._behind(text, step)
        return text

    def _behind(self, text: Text, step: Step) -> None:
        """The rule, how many of its conditions are met, and the words it rests on."""
        page, phrases = self.page, self.phrases
        cites = page.join(phrases.citation(cited, page.lang) for cited in step.cites if cited != "design")
        text.append(f"  ⟨{step.rule}⟩" + (f" {cites}" if cites else ""), "cyan")
        every, met = len(step.of), len(step.of) - len(unmet(step))
        if met > 0:
            text.append(page.t(say(" ({met} of {every} conditions met)", met=met, every=every)), "dim")
        for cited, words in step.words.items():
            if cited + words not in self.quoted:
                self.quoted.add(cited + words)
                text.append(f"\n{phrases.provision(cited, page.lang)}{page.t('：', ': ')}“{words}”", "italic dim")

    def missing(self, step: Step) -> Tree:
        """The tree of a condition that is not met."""
        from rich.tree import Tree

        mark = step.mark or Mark("not met", "derived")
        again = step.atom in self.shown and bool(step.of or mark.in_the_way or step.shown)
        tree = Tree(self._condition(step, mark, again), guide_style="dim")
        if not again:
            self.shown.add(step.atom)
            for child in unmet(step):
                tree.add(self.missing(child))
            for child in mark.in_the_way:
                proofs = self.proofs or ProofTrees(self.page, self.phrases)
                tree.add(proofs.tree(to_depth(child, DEPTH)))
        return tree

    def _condition(self, step: Step, mark: Mark, again: bool) -> Text:
        from pyliab.text.wrap import Words

        page = self.page
        text = Words(f"[{page.t(*WHY[mark.why])}] ", _WHY_STYLE[mark.why])
        text.append(page.t(*NEEDS[mark.needs]) + step.says[page.lang], "")
        if step.kind == "rule" and not again and step.of:
            self._behind(text, step)
        if mark.instead:
            label = {"taken": ("本读法取：", "the reading takes: ")}.get(mark.needs, ("本案：", "the case: "))
            text.append(page.t(say("; ")) + page.t(*label) + page.join(page.t(one) for one in mark.instead), "")
        if mark.accepted_by and mark.needs != "taken":
            accepted = page.join(position_text(self.phrases, name, page.lang) for name in mark.accepted_by)
            text.append(page.t(say("; it would do to take: ")) + accepted, "cyan")
        if again:
            text.append(page.t(say(" (shown above)")), "dim")
        return text


def _inner(step: Step) -> Step:
    """Where the attempt really fails: rules that only pass on what another one concludes are left out."""
    while len(failing := unmet(step)) == 1 and failing[0].kind == "rule" and failing[0].of:
        step = failing[0]
    return step


# --- changes --------------------------------------------------------------------------------------------------------


def repaired(page: Page, phrases: Phrases, answer: WhyNot) -> None:
    """The changes, smallest first, and what each leads to."""
    if not answer.repairs:
        none = (
            "没有：在可以设想的事实与立场之内，不能使之确定成立。",
            "None: no facts and positions that can be supposed here make it certain.",
        )
        far = ("没有找到这样小的改变；更大的未予查找。", "None so small was found; larger ones were not looked for.")
        page.line(page.t(*(far if answer.cut else none)), 2)
        return
    for i, repair in enumerate(answer.repairs, 1):
        for j, row in enumerate(change_rows(page, phrases, repair)):
            page.line(f"{i}. {row}" if not j else f"   {row}", 2)
        page.line(page.t(say("then: ")) + _outcome(page, phrases, repair.outcome), 5, "dim")
    if answer.cut:
        more = (
            "可能还有其他改变，均不小于以上所列。",
            "Others may be left, none smaller than the last of these.",
        )
        page.line(page.t(*more), 2, "dim")


def change_rows(page: Page, phrases: Phrases, change: Repair | Flip) -> Iterator[str]:
    """One row for each position taken and each fact supposed."""
    for issue, position in change.positions.items():
        said = phrases.position(issue, position, page.lang)
        yield page.t(say("position: {said}", said=said))
    for fact in change.facts:
        yield supposition_text(page, fact)
    if isinstance(change, Repair) and change.today:
        yield page.t(say("as if the law of today had been in force"))


def supposition_text(page: Page, fact: Supposed) -> str:
    """A supposed fact, and how it stood."""
    now, so_far = page.t(*STANDING[fact.status]), page.t(*STANDING[fact.instead_of])
    return page.t(say("fact [{now}]: {says} (so far: {so_far})", now=now, says=fact.says, so_far=so_far))


def _outcome(page: Page, phrases: Phrases, outcome: Sequence[Owed]) -> str:
    """All liabilities of an outcome, those that are only possible marked."""
    rows = []
    for one in outcome:
        said = owed_text(page, phrases, one.key)
        rows.append(said if one.status == "certain" else page.t(say("{said} (possible)", said=said)))
    return page.join(rows) or page.t(say("nobody is liable"))


def flipped(page: Page, world: World, case: CaseFile, choice: Choice, flips: Flips) -> None:
    """The answer of `flip --facts`: each change, its outcome, and what it takes to make the outcome uncertain."""
    phrases = Phrases(page.base, case.names())
    title(page, world, case, choice)
    page.line(page.t(say("outcome: ")) + _outcome(page, phrases, flips.outcome), 2)
    if not flips.flips:
        page.line(page.t(say("No such change would change the outcome.")), 2)
    for i, flip in enumerate(flips.flips, 1):
        page.line()
        for j, row in enumerate(change_rows(page, phrases, flip)):
            page.line(f"{i}. {row}" if not j else f"   {row}", 2)
        page.line(page.t(say("then: ")) + _outcome(page, phrases, flip.outcome), 5, "dim")
        if flip.unsettled is not None:
            label = page.t(say("already if only in dispute: "))
            page.line(label + _outcome(page, phrases, flip.unsettled), 5, "dim")
    if flips.cut:
        more = ("可能还有其他改变，均不小于以上所列。", "Others may be left, none smaller than the last of these.")
        page.line(page.t(*more), 2, "dim")
