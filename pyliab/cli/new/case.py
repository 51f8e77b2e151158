"""A case to start from: parties, item and harm, the usual facts, and every other word ready to be uncommented."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from pyliab.asp.open_facts import read_cast
from pyliab.cli.new.text import written
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.keys import GROUPS
from pyliab.kb.vocabulary import Argument, Predicate, fill, without
from pyliab.law.words import Lang, Phrases
from pyliab.text.later import dataclass
from pyliab.text.say import Text, same

_DAY, _YUAN, _SHARE = "2024-06-01", "100000", "30%"
_SECTIONS = ("parties", "items", "harms")


class Cast:
    """Who plays which part: the cast of hypothetical cases, with names in both languages."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.used: Counter[tuple[str, str, str]] = Counter()
        for case in base.cases.values():
            for fact in case.facts:
                keys = [argument.key for argument in base.vocabulary[fact.word].arguments[1:]]
                self.used.update((fact.word, key, str(value)) for key, value in zip(keys, fact.args, strict=True))
        cast = read_cast(base)
        self.names, self.plays = cast.names, cast.plays

    def section(self, section: str) -> list[str]:
        """The ids that a case declares under `parties`, `items` or `harms`."""
        apart = {"items": self.plays["Item"], "harms": self.plays["Harm"]}
        others = [name for names in apart.values() for name in names]
        return list(apart.get(section, ())) or [name for name in self.names if name not in others]

    def value(self, word: Predicate, argument: Argument) -> str:
        """An example of a value: of those that fit, the one that cases state most often."""
        given = {"date": _DAY, "yuan": _YUAN, "share": _SHARE}.get(argument.type or "")
        if given:
            return given
        fitting = argument.words or self.plays.get(argument.name) or self.plays[(argument.type or "").capitalize()]
        return max(fitting, key=lambda value: self.used[word.name, argument.key, value])


def case_text(base: KnowledgeBase, name: str, lang: Lang, head: list[str]) -> str:
    """The whole file."""
    cast, usual, groups = Cast(base), usual_words(base), dict[Text, list[Example]]()
    for word in sorted(base.vocabulary.values(), key=_by_group(base)):
        group = GROUPS.get(word.group or "", same(word.group))
        groups.setdefault(group, []).append(Example(base, cast, word, word.name in usual, lang))
    return written(
        "case.yaml",
        lang,
        base=base,
        name=name,
        head=head,
        day=_DAY,
        cast=cast,
        sections={section: cast.section(section) for section in _SECTIONS},
        groups=groups,
        first_word=next(iter(base.vocabulary)),
        forms=list(base.labels.get("form", {})),
    )


def _by_group(base: KnowledgeBase) -> Callable[[Predicate], int]:
    """The groups in the order in which they are first used."""
    groups = list(dict.fromkeys(word.group for word in base.vocabulary.values()))
    return lambda word: groups.index(word.group)


def usual_words(base: KnowledgeBase) -> set[str]:
    """The words that more than two thirds of the cases of the knowledge base state as proved."""
    counted: dict[str, int] = {}
    for case in base.cases.values():
        for word in {fact.word for fact in case.facts if fact.status == "proved"}:
            counted[word] = counted.get(word, 0) + 1
    return {word for word, number in counted.items() if 3 * number > 2 * len(base.cases)}


@dataclass(frozen=True)
class Example:
    """A word of the vocabulary as a fact of a case: with values, and what it then says. `usual`: it stands in most cases."""

    base: KnowledgeBase
    cast: Cast
    word: Predicate
    usual: bool
    lang: Lang

    @property
    def values(self) -> dict[str, str]:
        """An example of each argument, by its name."""
        return {argument.name: self.cast.value(self.word, argument) for argument in self.word.arguments[1:]}

    @property
    def says(self) -> str:
        """The sentence, without what may be left out."""
        names = {**self.cast.names, **self.word.values}
        labels = {key: names[value].of(self.lang) if value in names else value for key, value in self.values.items()}
        unsaid = [argument.name for argument in self.word.arguments[1:] if argument.optional]
        return fill(without(self.word.sentence(self.lang), unsaid, self.lang), labels)

    @property
    def source(self) -> str:
        """Where the word comes from."""
        return Phrases(self.base).citation(self.word.source or "").of(self.lang)

    @property
    def given(self) -> str:
        """The arguments as they are written."""
        values = self.values
        return ", ".join(f"{a.key}: {values[a.name]}" for a in self.word.arguments[1:] if not a.optional)

    def choices(self, argument: Argument) -> str:
        """The words that an argument may be, with what they mean."""
        known = self.word.values
        return " | ".join(
            f"{value} {known[value].of(self.lang)}" if value in known else value for value in argument.words
        )
