"""The answer of `ask`: questions in plain words, and what their answers settle."""

from __future__ import annotations

from collections.abc import Sequence

from pyliab.answers.render.hypotheses import owed_text
from pyliab.answers.render.page import STATUS, STYLES, Page
from pyliab.law.words import Phrases
from pyliab.questions.ask import Answer, Asker, Effect, Owing, Ranked
from pyliab.text.say import say

REPLY = {"yes": ("是", "yes"), "no": ("否", "no")}


def question_text(page: Page, asker: Asker, one: Ranked) -> str:
    """The fact as a question."""
    says = one.question.says(page.base, asker.case)[page.lang]
    if one.question.again:
        return page.t(say("On another day than stated, is it so? {says}.", says=says))
    return page.t(say("Is it so? {says}.", says=says))


def listed(page: Page, asker: Asker, ranked: Sequence[Ranked], number: int) -> None:
    """The questions of a case, the most powerful first."""
    phrases = Phrases(page.base, asker.case.names())
    page.line(f"{asker.case.id} · {', '.join(reading.choice.name for reading in asker.readings)}", style="bold")
    page.line(asker.case.doc["title"][page.lang])
    if not ranked:
        page.line()
        page.line(page.t(say("Nothing that nobody stated would change the outcome.")), 2)
        return
    page.heading(page.t(say("What should be found out; what alone would change the outcome first:")))
    for i, one in enumerate(ranked[:number], 1):
        page.line(f"{i}. {question_text(page, asker, one)}", 2)
        for effect in one.effects:
            said = _effect(page, phrases, effect)
            if said:
                page.line(f"{_label(page, effect.answer)}{page.t('：', ': ')}{said}", 6, "dim")
    if len(ranked) > number:
        left = len(ranked) - number
        page.line(page.t(say("{left} more questions (-n lists more)", left=left)), 2, "dim")


def _label(page: Page, answer: Answer) -> str:
    days = ", ".join(f"{day // 10000}-{day // 100 % 100:02}-{day % 100:02}" for day in answer.dates)
    said = page.t(*REPLY[answer.reply])
    return said + page.t(say(" ({days})", days=days)) if days else said


def _effect(page: Page, phrases: Phrases, effect: Effect) -> str:
    """What changes now, and what else is then settled whatever may still be found out."""
    changed = {*effect.adds, *effect.drops}
    settled = [(owing, holds) for owing, holds in effect.settles if owing not in changed]
    parts = [
        (page.t(say("adds ")), effect.adds),
        (page.t(say("takes away ")), effect.drops),
        (
            page.t(say("whatever else is found, establishes ")),
            [one for one, holds in settled if holds],
        ),
        (
            page.t(say("whatever else is found, excludes ")),
            [one for one, holds in settled if not holds],
        ),
    ]
    return page.t(say("; ")).join(head + _owed(page, phrases, those) for head, those in parts if those)


def _owed(page: Page, phrases: Phrases, those: Sequence[Owing]) -> str:
    keys = list(dict.fromkeys(key for _, key in those))
    said = page.join(owed_text(page, phrases, key) for key in keys[:2])
    more = len(keys) - 2
    return page.t(f"“{said}”", said) + (page.t(say(" and {more} more", more=more)) if more > 0 else "")


def asked(page: Page, asker: Asker, one: Ranked, left: int) -> None:
    """One question of a conversation."""
    page.line()
    page.line(question_text(page, asker, one), style="bold")
    page.line(page.t(say("({left} questions left at most)", left=left)), 2, "dim")


def ended(page: Page, asker: Asker) -> None:
    """What follows from the answers, under each reading."""
    phrases = Phrases(page.base, asker.case.names())
    if asker.left:
        page.line()
        page.line(page.t(say("Facts that matter are still unanswered; depending on them:")))
    for reading in asker.readings:
        page.heading(reading.choice.name)
        found = asker.outcome(reading)
        for key, status in sorted(found.items()):
            page.line(f"[{page.t(*STATUS[status])}] {owed_text(page, phrases, key)}", 2, STYLES[status])
        if not found:
            page.line(page.t(say("Nobody is liable.")), 2)
