"""Which sentences of the vocabulary come nearest to one that cannot be read: by the runs of signs they share, no more."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from math import log, sqrt
from operator import itemgetter

from pyliab.kb.sentences import Grammar, unmarked
from pyliab.kb.vocabulary import Predicate, fill, without
from pyliab.text.say import Text, languages, listed, say, words
from pyliab.text.written import plain

NEAREST = 3
_DENIES = Text(r"\b(?:not?|never|cannot|nothing|nobody)\b|n't\b|\bfail")
OTHER_WAY = 0.75
"""What is left of the likeness of two sentences of which one denies something and the other does not."""
OTHER_SIDE = 0.4
"""The same, where it is asked of a word whether it is so or not."""
_SAYS_WHAT = Text(r"\b(?:is|are|was|were)(?: not)?(?: an?| the)? NAME *(?:$|[,;.])")
_SIGN = r"[\ue000-\ue002]"
_WIDE = r"[\u3400-\u9fff]"
_SIGNS = {"party": "\ue000", "item": "\ue001", "harm": "\ue002"}
"""What stands for the names of a kind in a run: in what place somebody is named tells one word from another."""
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
            (word, so, _denies(sentence), _runs(_with_signs(word, sentence)))
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
        asked, asked_denies = self._asked(sentence), _denies(sentence)
        clauses = [(self._asked(part), _denies(part)) for part in re.split("[,;]", plain(sentence))]
        best: dict[str, tuple[float, Predicate]] = {}
        sides: dict[tuple[str, bool], float] = {}
        for word, so, denies, runs in self.known:
            alike, same = self._alike(asked, runs), denies == asked_denies
            best[word.name] = max(
                best.get(word.name, (0.0, word)), (alike * (1 if same else OTHER_WAY), word), key=itemgetter(0)
            )
            side = word.name, so
            likeness = (self._alike(part, runs) * (1 if denies == sign else OTHER_SIDE) for part, sign in clauses)
            sides[side] = max(sides.get(side, 0.0), *likeness)
        ordered = sorted(best.values(), key=lambda pair: -pair[0])[:NEAREST]
        return [(word, sides[word.name, True] >= sides[word.name, False]) for score, word in ordered if score]

    def _asked(self, text: str) -> Counter[str]:
        return _runs(self._without_names(unmarked(text)[0]))

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
        kinds = {name: kind for kind, each in self.grammar.called.items() for name, _ in each}
        for name in sorted(kinds, key=len, reverse=True):
            text = text if _says_what(text, name) else text.replace(name, _SIGNS.get(kinds[name], " "))
        return re.sub(r"\d+", " ", text)

    def _named(self, sentence: str) -> list[tuple[str, str, str, str]]:
        """What a sentence names, in the order in which it does: its type, its id, and what stands before and behind it."""
        text = plain(sentence)
        places: dict[tuple[str, str], tuple[int, int]] = {}
        for kind, names in self.grammar.called.items():
            for name, thing in names:
                if name in text and not _says_what(text, name):
                    places.setdefault((kind, thing), (at := text.index(name), at + len(name)))
        ordered = sorted(places, key=lambda place: places[place])
        return [(*place, text[: places[place][0]], text[places[place][1] :]) for place in ordered]

    def _filled(self, word: Predicate, so: bool, named: list[tuple[str, str, str, str]]) -> Text:
        """A sentence to copy: what is named stands where it stood among the same signs, else at the first place that fits;
        dots stand where nothing does."""
        left, values = list(named), {argument.name: say("…") for argument in word.arguments[1:]}
        fits = {
            (argument.name, place): _in_place(word, argument.name, place)
            for argument in word.arguments[1:]
            for place in named
            if argument.type == place[0]
        }
        for name, place in sorted(fits, key=lambda pair: -fits[pair]):
            if place in left and values[name] == say("…"):
                values[name] = self.grammar.names[place[0]][place[1]]
                left.remove(place)
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


def _with_signs(word: Predicate, sentence: str) -> str:
    signs = {argument.name: _SIGNS.get(argument.type or "", " ") for argument in word.arguments}
    return re.sub(r"\{(\w+'*)\}", lambda name: signs.get(name[1], " "), sentence)


def _in_place(word: Predicate, name: str, gap: tuple[str, str, str, str]) -> int:
    """How many signs stand alike before and behind a name and a place of a word, in whichever of its sentences most do."""
    _, _, before, behind = gap
    most = 0
    for lang in languages():
        for so in (True, False):
            for sentence in _sentences(word, lang, so):
                for place in re.finditer(r"\{" + name + r"\}", sentence):
                    head = plain(sentence[: place.start()])[::-1], before[::-1]
                    tail = plain(sentence[place.end() :]), behind
                    most = max(most, _alike_from_the_first(*head) + _alike_from_the_first(*tail))
    return most


def _alike_from_the_first(first: str, second: str) -> int:
    return next(
        (n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )


def _says_what(text: str, name: str) -> bool:
    """Does a name say of somebody what he is, as in `the host is not the seller`, rather than name a party?"""
    return any(re.search(_SAYS_WHAT.pattern(lang).replace("NAME", re.escape(name)), text) for lang in languages())


def _denies(sentence: str) -> bool:
    return any(re.search(_DENIES.pattern(lang), plain(sentence)) for lang in languages())


def _runs(text: str) -> Counter[str]:
    """The runs of signs of a text, spaces around its words included where it has such."""
    text = plain(text)
    wide = re.search(_WIDE, text) is not None
    pieces = re.findall(rf"(?:{_WIDE}|{_SIGN})+", text) if wide else [f" {re.sub(_SIGN, ' ', text)} "]
    return Counter(piece[i : i + n] for piece in pieces for n in _RUNS[wide] for i in range(len(piece) - n + 1))
