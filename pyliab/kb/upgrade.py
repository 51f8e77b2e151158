"""What a case file of an earlier version leaves to be asked: it is read as it stands, and each key that came later may be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyliab.kb.case import SECTION, CaseFile, Fact
from pyliab.kb.vocabulary import ANY, Argument, Predicate
from pyliab.text.problem import Problem
from pyliab.text.say import listed, say, words


def asks(case: CaseFile, vocabulary: Mapping[str, Predicate]) -> list[Problem]:
    """By line, what the file does not say and could: the keys that its facts leave out, the day of the judgment."""
    asked = [ask for fact in case.facts for ask in _of_fact(case, vocabulary[fact.word], fact)]
    if case.doc.judgment and not case.doc.judgment.decided:
        message = say("judgment: when was it decided (decided: ..)? Interpretations of the law follow that day")
        asked.append(Problem(case.file, case.lines.get("judgment", 0), 0, message))
    return sorted(asked, key=lambda ask: ask.line)


def _of_fact(case: CaseFile, word: Predicate, fact: Fact) -> Iterator[Problem]:
    for argument, value in zip(word.arguments[1:], fact.args, strict=True):
        if value == ANY and _could_differ(case, argument, fact):
            message = say(
                "{word}: {key} may be told{known}; left out, it means: {meaning}",
                word=word.name,
                key=argument.key,
                known=_known(case, argument),
                meaning=words(dict(zip(("zh", "en"), argument.left_out, strict=True))),
            )
            yield Problem(case.file, fact.line, 0, message)


def _could_differ(case: CaseFile, argument: Argument, fact: Fact) -> bool:
    """Of one thing it is told all the same whether it is named; what never was has no day."""
    if argument.type == "date":
        return fact.status != "disproved"
    return argument.type not in SECTION or len(getattr(case.doc, SECTION[argument.type])) > 1


def _known(case: CaseFile, argument: Argument) -> object:
    known = argument.words or getattr(case.doc, SECTION.get(argument.type or "", ""), ())
    return say(" (one of: {known})", known=listed(known, ", ")) if known else ""
