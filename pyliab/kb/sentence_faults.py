"""What is wrong with a sentence that cannot be read as one fact."""

from __future__ import annotations

from collections.abc import Sequence

from pyliab.kb.nearest import Nearest
from pyliab.kb.sentences import LACKING, Grammar, Told
from pyliab.text.say import Text, listed, quoted, say
from pyliab.text.written import no_day_in, plain


def fault(grammar: Grammar, sentence: str, readings: Sequence[Told], mark: str | None) -> Text | None:
    """Why a sentence, with all that it may say, is not one fact; None where it is."""
    if not readings:
        return _not_read(grammar, sentence)
    if len(readings) > 1:
        ways = listed((f"{fact.word}{fact.args}" for fact in readings), " / ")
        return say("this can be read in more than one way: {ways}; write the word with its arguments", ways=ways)
    fact = readings[0]
    if LACKING in fact.args:
        day = grammar.vocabulary[fact.word].arguments[fact.args.index(LACKING) + 1]
        return say("{word}: the day is missing ({key}), such as 2021-03-01", word=fact.word, key=day.key)
    if mark == "disproved" and not fact.so:
        return say("the sentence says that it is not so, and the mark denies that; leave the mark out")
    return None


def _not_read(grammar: Grammar, sentence: str) -> Text:
    if day := no_day_in(plain(sentence)):
        return say("there is no such day: {day}", day=day)
    if parts := grammar.parts(sentence):
        return say(
            "several facts stand in one sentence: {parts}; write each on a line of its own",
            parts=listed(map(quoted, parts)),
        )
    near = Nearest(grammar).said(sentence)
    return say("no sentence of the vocabulary says this; the nearest: {near}", near=near)
