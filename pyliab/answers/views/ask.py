"""Questions in plain words, and what their answers settle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyliab.answers.blocks import Block, Heading, para
from pyliab.answers.views.liability import outcome, title
from pyliab.answers.wording import Wording
from pyliab.questions.ask import Answer, Asker, Effect, Owing, Ranked
from pyliab.text.say import Text, listed, same, say, words

REPLY = {"yes": say("yes"), "no": say("no")}
SHOWN = 2
"""How many liabilities an effect names."""


def listing(asker: Asker, ranked: Sequence[Ranked], number: int, wording: Wording) -> Iterator[Block]:
    """The questions of a case, the most powerful first."""
    yield from title(wording, asker.case, ", ".join(reading.choice.name for reading in asker.readings))
    if not ranked:
        yield para(say("Nothing that nobody stated would change the outcome."), depth=1, apart=True)
        return
    yield Heading(say("What should be found out; what alone would change the outcome first:"))
    known: dict[tuple[Text, ...], int] = {}
    for i, rank in enumerate(ranked[:number], 1):
        yield para(say("{number}. {question}", number=i, question=question(asker, rank, wording)), depth=1)
        effects = tuple(
            say("{label}: {value}", label=_label(effect.answer), value=said)
            for effect in rank.effects
            if (said := _effect(effect, wording))
        )
        if (before := known.setdefault(effects, i)) < i:
            yield para(say("the same as under {number}", number=before), "note", 3)
        else:
            yield from (para(effect, "note", 3) for effect in effects)
    if len(ranked) > number:
        yield para(say("{left} more questions (-n lists more)", left=len(ranked) - number), "note", 1)


def asked(asker: Asker, ranked: Ranked, left: int, wording: Wording) -> Iterator[Block]:
    """One question of a conversation."""
    yield para(question(asker, ranked, wording), "strong", apart=True)
    yield para(say("({left} questions left at most)", left=left), "note", 1)


def ended(asker: Asker, wording: Wording) -> Iterator[Block]:
    """What follows from the answers, under each reading."""
    if asker.left:
        yield para(say("Facts that matter are still unanswered; depending on them:"), apart=True)
    for reading in asker.readings:
        yield Heading(same(reading.choice.name))
        yield from outcome(asker.outcome(reading), wording)


def question(asker: Asker, ranked: Ranked, wording: Wording) -> Text:
    """The fact as a question."""
    asks = words(ranked.question.says(asker.case.id, asker.phrases, "ask"))
    return say("On another day than stated: {asks}", asks=asks) if ranked.question.again else asks


def _label(answer: Answer) -> Text:
    reply = REPLY[answer.reply]
    return say("{says} ({note})", says=reply, note=days(answer)) if answer.dates else reply


def days(answer: Answer) -> str:
    """The days on which an answer depends."""
    return ", ".join(f"{day // 10000}-{day // 100 % 100:02}-{day % 100:02}" for day in answer.dates)


def _effect(effect: Effect, wording: Wording) -> Text:
    """What changes now, and what else is then settled whatever may still be found out."""
    changed = {*effect.adds, *effect.drops}
    settled = [(owing, holds) for owing, holds in effect.settles if owing not in changed]
    parts = (
        (say("adds “{owed}”", owed=_owed(effect.adds, wording)), effect.adds),
        (say("removes “{owed}”", owed=_owed(effect.drops, wording)), effect.drops),
        *(
            (_settles(holds, owings, wording), owings)
            for holds in (True, False)
            if (owings := [o for o, h in settled if h is holds])
        ),
    )
    return listed(text for text, owings in parts if owings)


def _settles(holds: bool, owings: Sequence[Owing], wording: Wording) -> Text:
    owed = _owed(owings, wording)
    if holds:
        return say("however the rest is answered, establishes “{owed}”", owed=owed)
    return say("however the rest is answered, excludes “{owed}”", owed=owed)


def _owed(owings: Sequence[Owing], wording: Wording) -> Text:
    keys = list(dict.fromkeys(key for _, key in owings))
    named, more = listed(map(wording.owed, keys[:SHOWN])), len(keys) - SHOWN
    return say("{liabilities} and {more} more", liabilities=named, more=more) if more > 0 else named
