"""Facts in dispute: what each would add or remove, and who fails where none is proved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyliab.answers.blocks import Block, Heading, para
from pyliab.answers.wording import Wording
from pyliab.law.burden import DisputedFact, Effect, Unproved
from pyliab.text.say import Text, listed, say, words


def fact(disputed: DisputedFact, wording: Wording, alone: bool = False) -> Iterator[Block]:
    """A fact with its effect either way; `alone`: while the rest stays unproved."""
    yield para(words(disputed.says), "strong", 1)
    for side, effect in ((say("if proved"), disputed.proved), (say("if disproved"), disputed.disproved)):
        if alone:
            side = say("{side} (the rest unproved)", side=side)
        yield para(say("{side}: {effect}", side=side, effect=_effect(effect, wording)), depth=2)


def _effect(effect: Effect, wording: Wording) -> Text:
    rows = [say("adds “{liability}”", liability=wording.owed(key)) for key in effect.adds]
    rows += [say("removes “{liability}”", liability=wording.owed(key)) for key in effect.removes]
    return listed(rows) or say("changes nothing")


def unproved(facts: Sequence[Unproved], wording: Wording) -> Iterator[Block]:
    """Below an answer: for each fact that stayed unproved who fails, and what proof would have changed."""
    yield Heading(say("What stayed unproved, and who bears it:"), 2)
    if not facts:
        yield no_dispute()
    for disputed in facts:
        yield from fact(disputed, wording, alone=True)
        yield from _borne(disputed)


def _borne(disputed: Unproved) -> Iterator[Block]:
    if disputed.proved == disputed.disproved == Effect((), ()):
        yield para(say("→ nobody is worse off for this alone staying unproved"), "dim", 2)
        return
    said = [*disputed.inference, *(failing.says for failing in disputed.fails)]
    for sentence in said:
        yield para(say("→ {said}", said=words(sentence)), "possible", 2)
    if not said:
        yield para(say("→ under this reading it need not be proved"), "dim", 2)


def no_dispute() -> Block:
    """There is nothing in dispute."""
    return para(say("No fact of this case is in dispute."), depth=1, apart=True)
