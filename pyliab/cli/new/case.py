"""A case to start from: parties, item and harm, the usual facts, and every other word ready to be uncommented."""

from __future__ import annotations

from collections import Counter

from pyliab.asp.open_facts import read_cast
from pyliab.cli.new.text import Writer
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.keys import GROUPS
from pyliab.kb.vocabulary import ANY, Argument, Predicate, fill
from pyliab.law.words import LANGS, Lang, Phrases, without_unsaid
from pyliab.text.say import same, say, words

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
        others = [one for found in apart.values() for one in found]
        return list(apart.get(section, ())) or [one for one in self.names if one not in others]

    def value(self, word: Predicate, argument: Argument) -> str:
        """An example of a value: of those that fit, the one that cases state most often."""
        given = {"date": _DAY, "yuan": _YUAN, "share": _SHARE}.get(argument.type or "")
        if given:
            return given
        fitting = argument.words or self.plays.get(argument.name) or self.plays[(argument.type or "").capitalize()]
        return max(fitting, key=lambda one: self.used[word.name, argument.key, one])


def case_text(base: KnowledgeBase, name: str, lang: Lang, head: list[str]) -> str:
    """The whole file."""
    out, cast = Writer(lang), Cast(base)
    out.add(*head)
    out.say(say("check: pyliab check {name}.yaml; ask: pyliab derive {name}.yaml -r READING", name=name))
    out.key("Case", f"case: {name}")
    out.key("Case", out.t(say("title: write a title")))
    out.key("Case", "kind: hypothetical")
    out.key("Case", f"date: {_DAY}")
    out.key("Case", out.t(say("about: say what happened")))
    for section in _SECTIONS:
        out.add("")
        out.key("Case", f"{section}:")
        out.add(*(f"  {one}: {cast.names[one].of(lang)}" for one in cast.section(section)))
    _facts(base, out, cast)
    _rest(base, out)
    return out.text()


def _facts(base: KnowledgeBase, out: Writer, cast: Cast) -> None:
    out.add("")
    out.key("Case", "facts:")
    status = "status: proved (if left out), disproved, or disputed; what is not stated is neither proved nor disproved"
    usually = "the facts that stand are the usual ones; delete what does not fit, and uncomment what does"
    out.say(say(status), 2)
    out.say(say(usually), 2)
    usual = usual_words(base)
    groups = list(dict.fromkeys(p.group or "" for p in base.vocabulary.values()))
    for group in groups:
        out.add("")
        name = GROUPS.get(group, same(group))
        out.say(say("-- {group} --", group=name), 2)
        for word in base.vocabulary.values():
            if word.group == group:
                _fact(base, out, cast, word, word.name in usual)


def usual_words(base: KnowledgeBase) -> set[str]:
    """The words that more than two thirds of the cases of the knowledge base state as proved."""
    counted: dict[str, int] = {}
    for case in base.cases.values():
        for word in {fact.word for fact in case.facts if fact.status == "proved"}:
            counted[word] = counted.get(word, 0) + 1
    return {word for word, number in counted.items() if 3 * number > 2 * len(base.cases)}


def _fact(base: KnowledgeBase, out: Writer, cast: Cast, word: Predicate, usual: bool) -> None:
    given = {argument.name: cast.value(word, argument) for argument in word.arguments[1:]}
    names = {**cast.names, **word.values}
    labels = {key: names[value].of(out.lang) if value in names else value for key, value in given.items()}
    source = Phrases(base).citation(word.source or "").of(out.lang)
    unsaid = {argument.name: ANY for argument in word.arguments[1:] if argument.optional}
    said = fill(without_unsaid(word, unsaid, out.lang), labels)
    out.say(say("{says} [{source}]", says=said, source=source), 2)
    for argument in word.arguments[1:]:
        if argument.words:
            choices = [
                f"{one} {word.values[one].of(out.lang)}" if one in word.values else one for one in argument.words
            ]
            out.add(f"  #   {argument.key}: {' | '.join(choices)}")
        if argument.left_out:
            meant = words(dict(zip(LANGS, argument.left_out, strict=True)))
            out.say(say("  {key} may be left out: {meant}", key=argument.key, meant=meant), 2)
    arguments = ", ".join(f"{a.key}: {given[a.name]}" for a in word.arguments[1:] if not a.optional)
    out.add(f"  {'' if usual else '# '}- {word.name}: {{{arguments}}}")


def _rest(base: KnowledgeBase, out: Writer) -> None:
    """What a case may have besides: a status with its exhibit, and what is expected."""
    word = next(iter(base.vocabulary))
    out.add("")
    out.say(say("a fact may have a status, an exhibit and a note:"), 2)
    out.add(f"  # - {word}: {{..}}", "  #   status: disputed", out.t(say("  #   exhibit: exhibit 1")))
    out.add("")
    forms = " | ".join(base.labels.get("form", {}))
    out.key("Case", "# expect:")
    out.add(f"#   {next(iter(base.readings), 'READING')}: [platform {next(iter(base.labels.get('form', {})), 'FORM')}]")
    out.say(say("forms: {forms}", forms=forms))
