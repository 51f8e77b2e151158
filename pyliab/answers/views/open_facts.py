"""What is certain whatever the facts in dispute, and what each of them would add: `derive --open-facts`."""

from __future__ import annotations

from collections.abc import Iterator

from pyliab.answers.blocks import Block, Heading, para
from pyliab.answers.views.dispute import fact, no_dispute
from pyliab.answers.views.liability import outcome, title
from pyliab.answers.wording import Wording
from pyliab.law.liability import Key
from pyliab.questions.disputed import Combination, OpenFacts
from pyliab.text.say import listed, say


def opened(answer: OpenFacts, wording: Wording) -> Iterator[Block]:
    """The outcome over all ways in which the dispute can end, each fact, and which combinations decide."""
    yield from title(wording, answer.asked.case, answer.reading, answer.asked.as_if_in_force)
    yield Heading(say("Over all ways in which the dispute can end:"), 2)
    yield from outcome({Key(o.debtor, o.creditor, o.form): o.status for o in answer.outcome}, wording)
    if not answer.open_facts:
        yield no_dispute()
        return
    yield Heading(say("Each fact in dispute:"), 2)
    for disputed in answer.open_facts:
        yield from fact(disputed, wording)
    yield Heading(say("Which combinations decide:"), 2)
    for combination in answer.combinations:
        yield from _combination(combination, wording)


def _combination(combination: Combination, wording: Wording) -> Iterator[Block]:
    owed = (wording.owed(key) for key in combination.liabilities)
    yield para(listed(owed) or say("nobody is liable"), "strong", 1)
    for names in combination.sufficient:
        yield para(say("· {names}", names=listed(map(wording.chosen, names)) or say("in any event")), depth=2)
