"""Facts in dispute: what each would add, which combinations decide, and who fails where one stays unproved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyliab.answers.blocks import Block, Heading, Items, para
from pyliab.answers.views.liability import outcome
from pyliab.answers.wording import Wording
from pyliab.questions.disputed import Effect, OpenFact, OpenFacts, Unproved
from pyliab.text.say import Text, listed, say, words

SIDES = {"so": say("if proved"), "not_so": say("if disproved")}


def opened(answer: OpenFacts, wording: Wording) -> Iterator[Block]:
    """What holds over all ends of the dispute, and what each fact in it does."""
    yield Heading(say("Over all ways in which the dispute can end:"))
    yield from outcome(answer.outcome, wording)
    if not answer.facts:
        yield para(say("No fact of this case is in dispute."), depth=1, apart=True)
        return
    yield Heading(say("Each fact in dispute:"))
    for fact in answer.facts:
        yield from _fact(fact, wording)
    yield Heading(say("Which combinations decide:"))
    for way in answer.ways:
        yield para(wording.outcome(way.outcome), "strong", 1)
        yield Items(
            tuple(listed(map(wording.chosen, names)) or say("in any event") for names in way.sufficient), depth=2
        )


def unproved(facts: Sequence[Unproved], wording: Wording) -> Iterator[Block]:
    """For each fact that stayed unproved who fails, and what proof would have changed."""
    yield Heading(say("What stayed unproved, and who bears it:"))
    if not facts:
        yield para(say("No fact of this case is in dispute."), depth=1)
    for fact in facts:
        yield from _fact(fact.fact, wording, alone=True)
        if not any(effect.adds or effect.removes for effect in fact.fact.effects.values()):
            yield para(say("→ nobody is worse off for this alone staying unproved"), "note", 2)
            continue
        for atom in [*fact.inferred, *fact.fails]:
            yield para(say("→ {says}", says=wording.atom(atom)), "warning", 2)
        if not fact.inferred and not fact.fails:
            yield para(say("→ under this reading it need not be proved"), "note", 2)


def _fact(fact: OpenFact, wording: Wording, *, alone: bool = False) -> Iterator[Block]:
    yield para(words(fact.says), "strong", 1)
    for side, effect in fact.effects.items():
        label = say("{side} (the rest unproved)", side=SIDES[side]) if alone else SIDES[side]
        yield para(say("{label}: {value}", label=label, value=_effect(effect, wording)), depth=2)


def _effect(effect: Effect, wording: Wording) -> Text:
    rows = [say("adds “{owed}”", owed=wording.owed(key)) for key in effect.adds]
    rows += [say("removes “{owed}”", owed=wording.owed(key)) for key in effect.removes]
    return listed(rows) or say("changes nothing")
