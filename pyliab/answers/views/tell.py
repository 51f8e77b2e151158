"""A case as a statement of facts, as a court finds them: who deals with whom, what happened day by day, the harm; then the dispute."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pyliab.answers.blocks import Block, Heading, Items, para
from pyliab.answers.terms import KNOWN
from pyliab.answers.wording import Wording
from pyliab.kb.case import CaseFile, Fact
from pyliab.law.telling import Telling
from pyliab.law.words import LANGS, Lang
from pyliab.text.say import Text, listed, say, words

_PARAGRAPHS = (("roles", "goods"), ("knowledge", "conduct"), ("harm",))
"""Which groups of words are told together."""
_GOES_ON = Text(r"(?!['\u2019]s?\b|,| and )")
"""What follows a name that is the subject of its sentence, and alone."""
TOGETHER = 3
"""How many sentences about one subject run on."""


def told(case: CaseFile, wording: Wording) -> Iterator[Block]:
    """The whole statement."""
    telling, vocabulary = Telling(wording.base, case), wording.base.vocabulary
    yield Heading(case.doc.title, 1, case.id)
    yield para(say("It is found:") if case.doc.kind == "decided" else say("Suppose the following facts:"))
    for groups in _PARAGRAPHS:
        facts = [fact for fact in case.facts if fact.status != "disputed" and vocabulary[fact.word].group in groups]
        if facts:
            yield para(_paragraph(telling, sorted(facts, key=_order)), depth=1, apart=True)
    open_ = [fact for fact in case.facts if fact.status == "disputed"]
    if open_:
        yield para(say("The parties dispute, and it cannot be established:"), apart=True)
        yield Items(tuple(_with_notes(telling, fact) for fact in open_), ordered=True)


def _order(fact: Fact) -> tuple[bool, int]:
    """What has a day is told day by day, then what has none, as the file has it."""
    day = next((value for value in fact.args if isinstance(value, int)), 0)
    return not day, day


def _paragraph(telling: Telling, facts: Sequence[Fact]) -> Text:
    return words({lang: _in(telling, facts, lang) for lang in LANGS})


def _in(telling: Telling, facts: Iterable[Fact], lang: Lang) -> str:
    """Sentences, of which those about one subject run on."""
    sentences: list[str] = []
    subject, length = "", 0
    for fact in facts:
        said, who = _with_notes(telling, fact).of(lang), telling.subject(fact).of(lang)
        if who and who == subject and length < TOGETHER and re.match(re.escape(who) + _GOES_ON.pattern(lang), said):
            sentences[-1] += say(", and {rest}", rest=said.removeprefix(who).strip()).of(lang)
            length += 1
        else:
            sentences.append(said)
            subject, length = who, 1
    return listed(sentences, ". ").of(lang) + say(".").of(lang)


def _with_notes(telling: Telling, fact: Fact) -> Text:
    known = KNOWN.get(fact.sure)
    beside = listed([known, fact.note, say("exhibit: {exhibit}", exhibit=fact.exhibit) if fact.exhibit else None])
    said = telling.day_first(fact)
    return say("{says} ({note})", says=said, note=beside) if beside else said
