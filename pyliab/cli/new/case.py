"""A case to start from: parties, item and harm, the usual facts, and every other word ready to be uncommented."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection

from pyliab.asp.open_facts import read_cast
from pyliab.cli.new.text import written
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.keys import GROUPS
from pyliab.kb.vocabulary import Argument, Predicate, fill, without
from pyliab.kb.write_case import text_of_yaml
from pyliab.law.words import Lang, Phrases, written_day
from pyliab.text.amounts import grouped
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

    def value(self, word: Predicate, argument: Argument, taken: Collection[str] = ()) -> str:
        """An example of a value: of those that fit and are not taken, the one that cases state most often."""
        given = {"date": _DAY, "yuan": _YUAN, "share": _SHARE}.get(argument.type or "")
        if given:
            return given
        fitting = argument.words or self.plays.get(argument.name) or self.plays[(argument.type or "").capitalize()]
        left = [value for value in fitting if value not in taken] or fitting
        return max(left, key=lambda value: self.used[word.name, argument.key, value])


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
        values: dict[str, str] = {}
        for argument in self.word.arguments[1:]:
            values[argument.name] = self.cast.value(self.word, argument, values.values())
        return values

    @property
    def says(self) -> str:
        """The sentence, without what may be left out."""
        return self.sentence("so")

    def sentence(self, how: str) -> str:
        """That it is so, or `not` so."""
        names = {**self.cast.names, **self.word.values}
        day = written_day(int(_DAY.replace("-", ""))).of(self.lang)
        said = {_DAY: day, _YUAN: grouped(_YUAN)}
        labels = {
            key: names[value].of(self.lang) if value in names else said.get(value, value)
            for key, value in self.values.items()
        }
        unsaid = [argument.name for argument in self.word.arguments[1:] if argument.optional]
        return fill(without(self.word.sentence(self.lang, how), unsaid, self.lang), labels)

    @property
    def source(self) -> str:
        """Where the word comes from."""
        return Phrases(self.base).citation(self.word.source or "").of(self.lang)

    @property
    def rows(self) -> list[str]:
        """The sentence as a line of a case file; of what is often not done, that it was not as well."""
        hows = ("so", "not") if self.word.marked("duty") else ("so",)
        return [f"- {text_of_yaml(self.sentence(how))}" for how in hows]

    def choices(self, argument: Argument) -> str:
        """The words that may stand in the place of an argument."""
        known = self.word.values
        return " | ".join(known[value].of(self.lang) if value in known else value for value in argument.words)
