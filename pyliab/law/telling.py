"""A case told in sentences: fact by fact as a case file holds them, and in the order in which one tells them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from pyliab.asp.symbols import fact_symbol
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import SECTION, CaseFile, Fact
from pyliab.kb.sentences import Grammar
from pyliab.kb.vocabulary import AS_TO
from pyliab.kb.write_case import entries_of, fact_row, in_quotes, text_of_yaml
from pyliab.law.words import LANGS, Lang, Phrases, written_day
from pyliab.text.say import Text, capital, say, words

_DROPPED = Text("(?!)")
"""What leads up to a day and falls away where the day stands in front."""


class Telling:
    """The sentences of one case."""

    def __init__(self, base: KnowledgeBase, case: CaseFile) -> None:
        self.base, self.case = base, case
        self.phrases = Phrases(base, case.names())
        self.grammar = Grammar(base.vocabulary, {kind: getattr(case.doc, key) for kind, key in SECTION.items()})

    def sentence(self, fact: Fact) -> Text:
        """What a fact says, whether it is in dispute or not."""
        return self.phrases.stated(fact_symbol(self.case.id, fact, fact.status != "disproved"))

    def day_first(self, fact: Fact) -> Text:
        """The same with its day in front, where it has one that its sentence only adds."""
        said = self.sentence(fact)
        day = next((value for value in fact.args if isinstance(value, int)), None)
        if day is None:
            return said
        date = written_day(day)
        return words({lang: _day_first(said.of(lang), date.of(lang), lang) for lang in LANGS})

    def subject(self, fact: Fact) -> Text:
        """With whom its sentence begins; empty where it begins otherwise."""
        word = self.base.vocabulary[fact.word]
        values = dict(zip((argument.name for argument in word.arguments[1:]), fact.args, strict=True))
        how = "not" if fact.status == "disproved" else "so"
        first = {lang: re.match(r"\{(\w+)\}", word.sentence(lang, how)) for lang in LANGS}
        return capital(words({lang: self._name(values, known[1], lang) for lang, known in first.items() if known}))

    def _name(self, values: Mapping[str, str | int], argument: str, lang: Lang) -> str:
        return self.phrases.word(str(values[argument])).of(lang)

    def row(self, fact: Fact, lang: Lang) -> list[str]:
        """The lines of a fact in a case file: a sentence, or its word where the sentence would not be read as this fact."""
        mark = say(" (disputed)").of(lang) if fact.status == "disputed" else ""
        sentence = self.sentence(fact).of(lang) + mark
        beside = list(_beside(fact))
        head = f"  - {'says: ' if beside else ''}{text_of_yaml(sentence)}"
        if self.grammar.read(sentence)[0] != [(fact.word, fact.args, fact.status != "disproved")]:
            head = fact_row(self.base.vocabulary[fact.word], fact)
        return [*head.splitlines(), *beside]

    def in_sentences(self, lang: Lang) -> str:
        """The case file with its facts as sentences; comments and all else are kept."""
        parts = entries_of(Path(self.case.file).read_text(encoding="utf-8"))
        at, out = 1, []
        for key, text in parts:
            out.append(self._facts(text, at, lang) if key == "facts" else text)
            at += text.count("\n")
        return "".join(out)

    def _facts(self, text: str, at: int, lang: Lang) -> str:
        rows = ["facts:"]
        by_line: dict[int, list[Fact]] = {}
        for fact in self.case.facts:
            by_line.setdefault(fact.line, []).append(fact)
        for number, row in enumerate(text.splitlines(), at):
            if number in by_line:
                rows += [line for fact in by_line[number] for line in self.row(fact, lang)]
            elif number > at and (not row.strip() or re.match(r"\s*#", row)):
                rows.append(row)
        return "\n".join(rows) + "\n"


def _beside(fact: Fact) -> Iterator[str]:
    """What stands below a fact."""
    if fact.sure != "reported":
        yield f"    sure: {fact.sure}"
    if fact.note:
        both = {lang: fact.note.of(lang) for lang in LANGS}
        yield "    note: {" + ", ".join(f"{lang}: {in_quotes(text)}" for lang, text in both.items()) + "}"
    if fact.exhibit:
        yield f"    exhibit: {in_quotes(fact.exhibit)}"


def _day_first(sentence: str, date: str, lang: Lang) -> str:
    leads = re.search(AS_TO.pattern(lang).replace("PLACE", re.escape(date)), sentence)
    if not leads or leads.start() == 0:
        return sentence
    first = re.sub(_DROPPED.pattern(lang), "", leads[0].strip())
    rest = re.sub("^The ", "the ", sentence[: leads.start()] + sentence[leads.end() :])
    return say("{day}, {sentence}", day=first[:1].upper() + first[1:], sentence=rest).of(lang)
