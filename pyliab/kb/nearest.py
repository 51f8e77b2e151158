"""Which sentences of the vocabulary come nearest to one that cannot be read: by the runs of signs they share, no more."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from math import log, sqrt

from pyliab.kb.sentences import Grammar, unmarked
from pyliab.kb.vocabulary import Predicate, fill, without
from pyliab.text.say import Text, languages, listed, say, words
from pyliab.text.written import plain

NEAREST = 3
_DENIES = Text(r"\b(?:not?|never|cannot|nothing|nobody)\b|n't\b|\bfail")
OTHER_WAY = 0.75
"""What is left of the likeness of two sentences of which one denies something and the other does not."""
_WIDE = r"[\u3400-\u9fff]"
_RUNS = {True: (1, 2, 3), False: (3, 4, 5)}
"""How long the runs are: in scripts of one sign a word, and in others."""


class Nearest:
    """The sentences of a grammar, weighed: what stands in few words says more than what stands in many."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar

    @cached_property
    def known(self) -> list[tuple[Predicate, bool, bool, Counter[str]]]:
        """Each sentence with its word, whether it says that it is so, whether it denies anything, and its runs."""
        return [
            (word, so, _denies(sentence), _runs(re.sub(r"\{\w+'*\}", " ", sentence)))
            for word in self.grammar.vocabulary.values()
            for lang in languages()
            for so in (True, False)
            for sentence in _sentences(word, lang, so)
        ]

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """What a run is worth, by the number of words in which it stands."""
        by_word: dict[str, set[str]] = {}
        for word, _, _, runs in self.known:
            by_word.setdefault(word.name, set()).update(runs)
        stands = Counter(run for runs in by_word.values() for run in runs)
        return {run: log(1 + len(by_word) / number) ** 2 for run, number in stands.items()}

    def to(self, sentence: str) -> list[tuple[Predicate, bool]]:
        """The words that come nearest, each with whether it is so or not, the nearest first."""
        asked = _runs(self._without_names(unmarked(sentence)[0]))
        best: dict[str, tuple[float, Predicate, bool]] = {}
        for word, so, denies, runs in self.known:
            score = self._alike(asked, runs) * (1 if denies == _denies(sentence) else OTHER_WAY)
            if score > best.get(word.name, (0.0,))[0]:
                best[word.name] = score, word, so
        ordered = sorted(best.values(), key=lambda one: -one[0])
        return [(word, so) for _, word, so in ordered[:NEAREST]]

    def said(self, sentence: str) -> Text:
        """These sentences with the names that stand in the one that could not be read, and their words."""
        named = self._named(sentence)
        return listed(
            say("“{sentence}” ({word})", sentence=self._filled(word, so, named), word=word.name)
            for word, so in self.to(sentence)
        )

    def _alike(self, asked: Counter[str], runs: Counter[str]) -> float:
        shared = sum(self.weights.get(run, 0.0) for run in asked.keys() & runs.keys())
        first, second = (sum(self.weights.get(run, 0.0) for run in each) for each in (asked, runs))
        return shared / sqrt(first * second) if shared else 0.0

    def _without_names(self, text: str) -> str:
        names = {name for each in self.grammar.called.values() for name, _ in each}
        for name in sorted(names, key=len, reverse=True):
            text = text.replace(name, " ")
        return re.sub(r"\d+", " ", text)

    def _named(self, sentence: str) -> list[tuple[str, str]]:
        """The type and id of what a sentence names, in the order in which it does."""
        text = plain(sentence)
        places: dict[tuple[str, str], int] = {}
        for kind, names in self.grammar.called.items():
            for name, thing in names:
                if name in text:
                    places.setdefault((kind, thing), text.index(name))
        return sorted(places, key=lambda one: places[one])

    def _filled(self, word: Predicate, so: bool, named: list[tuple[str, str]]) -> Text:
        """A sentence to copy: what is named stands at the first place that fits, and dots where nothing does."""
        left, values = list(named), dict[str, Text]()
        for argument in word.arguments[1:]:
            fits = next((one for one in left if one[0] == argument.type), None)
            values[argument.name] = self.grammar.names[fits[0]][fits[1]] if fits else say("…")
            left = [one for one in left if one != fits]
        unsaid = [argument.name for argument in word.arguments[1:] if argument.optional]
        return words({lang: self._in(word, so, values, unsaid, lang) for lang in languages()})

    def _in(self, word: Predicate, so: bool, values: Mapping[str, Text], unsaid: list[str], lang: str) -> str:
        sentence = without(word.sentence(lang, "so" if so else "not"), unsaid, lang)
        return fill(sentence, {name: value.of(lang) for name, value in values.items()})


def _sentences(word: Predicate, lang: str, so: bool) -> Iterator[str]:
    """All that stands in the block of a word, the sentences included that only come near."""
    no = "" if so else "not "
    yield word.sentence(lang, "so" if so else "not")
    yield from (*word.said.get(f"also {no}{lang}", ()), *word.said.get(f"like {no}{lang}", ()))


def _denies(sentence: str) -> bool:
    return any(re.search(_DENIES.pattern(lang), plain(sentence)) for lang in languages())


def _runs(text: str) -> Counter[str]:
    """The runs of signs of a text, spaces around its words included where it has such."""
    text = plain(text)
    wide = re.search(_WIDE, text) is not None
    pieces = re.findall(rf"{_WIDE}+", text) if wide else [f" {text} "]
    return Counter(piece[i : i + n] for piece in pieces for n in _RUNS[wide] for i in range(len(piece) - n + 1))
