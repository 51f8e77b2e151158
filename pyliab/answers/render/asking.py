"""The answer of `ask`: questions in plain words, and what their answers settle."""

from __future__ import annotations

from collections.abc import Sequence

from pyliab.answers.render.dispute import owed_text
from pyliab.answers.render.page import STATUS, STYLES, Page
from pyliab.law.words import Phrases
from pyliab.questions.ask import Answer, Asker, Effect, Owing, Ranked

REPLY = {"yes": ("是", "yes"), "no": ("否", "no")}


def question_text(page: Page, asker: Asker, one: Ranked) -> str:
    """The fact as a question."""
    says = one.question.says(page.base, asker.case)[page.lang]
    if one.question.again:
        return page.t(f"除已陈述的日期外，{says}，是否如此？", f"On another day than stated, is it so? {says}.")
    return page.t(f"{says}，是否如此？", f"Is it so? {says}.")


def listed(page: Page, asker: Asker, ranked: Sequence[Ranked], number: int) -> None:
    """The questions of a case, the most powerful first."""
    phrases = Phrases(page.base, asker.case.names())
    page.line(f"{asker.case.id} · {', '.join(reading.choice.name for reading in asker.readings)}", style="bold")
    page.line(asker.case.doc["title"][page.lang])
    if not ranked:
        page.line()
        page.line(page.t("没有尚待查明而影响结果的事实。", "Nothing that nobody stated would change the outcome."), 2)
        return
    page.heading(
        page.t(
            "尚待查明的事实，单独即可改变目前结果者在前：",
            "What should be found out; what alone would change the outcome first:",
        )
    )
    for i, one in enumerate(ranked[:number], 1):
        page.line(f"{i}. {question_text(page, asker, one)}", 2)
        for effect in one.effects:
            said = _effect(page, phrases, effect)
            if said:
                page.line(f"{_label(page, effect.answer)}{page.t('：', ': ')}{said}", 6, "dim")
    if len(ranked) > number:
        left = len(ranked) - number
        page.line(page.t(f"另有{left}个问题（-n 可多列）", f"{left} more questions (-n lists more)"), 2, "dim")


def _label(page: Page, answer: Answer) -> str:
    days = ", ".join(f"{day // 10000}-{day // 100 % 100:02}-{day % 100:02}" for day in answer.dates)
    said = page.t(*REPLY[answer.reply])
    return said + page.t(f"（{days}）", f" ({days})") if days else said


def _effect(page: Page, phrases: Phrases, effect: Effect) -> str:
    """What changes now, and what else is then settled whatever may still be found out."""
    changed = {*effect.adds, *effect.drops}
    settled = [(owing, holds) for owing, holds in effect.settles if owing not in changed]
    parts = [
        (page.t("新增", "adds "), effect.adds),
        (page.t("消除", "takes away "), effect.drops),
        (
            page.t("无论其余如何，成立", "whatever else is found, establishes "),
            [one for one, holds in settled if holds],
        ),
        (
            page.t("无论其余如何，排除", "whatever else is found, excludes "),
            [one for one, holds in settled if not holds],
        ),
    ]
    return page.t("；", "; ").join(head + _owed(page, phrases, those) for head, those in parts if those)


def _owed(page: Page, phrases: Phrases, those: Sequence[Owing]) -> str:
    keys = list(dict.fromkeys(key for _, key in those))
    said = page.join(owed_text(page, phrases, key) for key in keys[:2])
    more = len(keys) - 2
    return page.t(f"“{said}”", said) + (page.t(f"等{len(keys)}项", f" and {more} more") if more > 0 else "")


def asked(page: Page, asker: Asker, one: Ranked, left: int) -> None:
    """One question of a conversation."""
    page.line()
    page.line(question_text(page, asker, one), style="bold")
    page.line(page.t(f"（至多还有{left}个问题）", f"({left} questions left at most)"), 2, "dim")


def ended(page: Page, asker: Asker) -> None:
    """What follows from the answers, under each reading."""
    phrases = Phrases(page.base, asker.case.names())
    if asker.left:
        page.line()
        page.line(
            page.t(
                "尚有影响结果的事实未答，以下均视其如何而定：",
                "Facts that matter are still unanswered; depending on them:",
            )
        )
    for reading in asker.readings:
        page.heading(reading.choice.name)
        found = asker.outcome(reading)
        for key, status in sorted(found.items()):
            page.line(f"[{page.t(*STATUS[status])}] {owed_text(page, phrases, key)}", 2, STYLES[status])
        if not found:
            page.line(page.t("推不出责任。", "Nobody is liable."), 2)
