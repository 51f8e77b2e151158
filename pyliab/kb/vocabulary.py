"""The words of the rules: vocabulary blocks (`%*! ... *%`) and rule annotations (`%@ ...`), read from the `.lp` files.

Rules stay plain ASP; what is read here is comment to clingo. No clingo is needed, so this is cheap.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace
from pathlib import Path

from pyliab.text.later import dataclass
from pyliab.text.problem import InputError, Problem, of_error
from pyliab.text.say import Text, quoted, say, words

ANY = "any"
"""Stands where a case leaves an optional argument out."""
UNSAID = ("undated", ANY)
"""What stands for a key left out, and for the day of what was so at no time."""
TYPES = {"party", "item", "harm", "date", "yuan", "share"}
# Patterns stay text: `re` compiles and keeps them at first use, and a command that reads no rules compiles none.
_BLOCK = r"(?s)%\*!\s*(?P<signature>[^\n]*)\n(?P<body>.*?)\*%"
_SIGNATURE = r"^(?P<name>[a-z][A-Za-z0-9_]*)\s*(?:\((?P<args>.*)\))?$"
ANNOTATION = r"^%@\s+(?P<id>(?!not\b)[a-z][a-z0-9_]*)\s+\[(?P<cites>[^\]]+)\]\s*$"
_SENTENCE = r"^%@\s+(?P<key>(?:fidelity\s+)?(?:zh|en))\s+(?P<words>.+)$"
_KEYS = ("group", "source", "one_per", "zh", "en", "is", "implies", "optional", "value", "not", "ask", "also", "like")
_SAID = r"(?P<lang>zh|en) (?P<words>\S.*)|(?P<no>not) (?P<no_lang>zh|en) (?P<no_words>\S.*)"
_FALLBACKS = {"not": say("it is not so that {says}"), "ask": say("Is it so? {says}.")}
"""For words of a folder from outside that has no such sentence."""
_VARIABLE = r"\{(\w+'*)\}"


@dataclass(frozen=True)
class Argument:
    """An argument of a predicate: its name in the block, its key in a case file, its type (or None).

    `left_out` says, in Chinese and in English, what it means that a case file leaves it out, where it may. Rules then
    see `any` in its place.
    """

    name: str
    type: str | None = None
    words: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def optional(self) -> bool:
        """May a case file leave it out? The block says what that means."""
        return bool(self.left_out)

    @property
    def key(self) -> str:
        """The key in a case file: `Platform` is written `platform`."""
        return self.name.lower()


@dataclass(frozen=True)
class Predicate:
    """A declared predicate: its arguments and its sentence in both languages. `group` is set for case facts only.

    `said` are its other sentences, by what they are for and the language: `not zh` says that it is not so, `ask zh` asks
    whether it is. A case may be told in the words of `also zh` and `also not zh` as well, with one of `[sells|provides]`
    where several will do; `like zh` and `like not zh` come near, and help to find the word.

    `marks` say of the word what rules and questions ask about words: `is bars so` is the fact `bars(word, so)`. A fact
    of the word `implies` others, written with the arguments of the block: `took_measures(Platform, Operator)`.
    """

    name: str
    arguments: tuple[Argument, ...]
    zh: str
    en: str
    file: str
    line: int
    group: str | None = None
    source: str | None = None
    one_per: tuple[str, ...] = ()
    marks: tuple[tuple[str, ...], ...] = ()
    implies: tuple[str, ...] = ()
    values: dict[str, Text] = field(default_factory=dict)
    said: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def sentence(self, lang: str, how: str = "so") -> str:
        """Its sentence in a language: as it is `so`, as it is `not`, or as a question (`ask`)."""
        so = self.zh if lang == "zh" else self.en
        if how == "so" or f"{how} {lang}" in self.said:
            return so if how == "so" else self.said[f"{how} {lang}"][0]
        return _FALLBACKS[how].pattern(lang).replace("{says}", so)

    def implied(self) -> list[tuple[str, tuple[int, ...]]]:
        """What a fact of the word implies: another word, and which arguments of the fact it takes, from 0, the case apart."""
        places = {argument.name: number for number, argument in enumerate(self.arguments[1:])}
        atoms = (text.rstrip(")").partition("(") for text in self.implies)
        return [(word, tuple(places[name.strip()] for name in names.split(","))) for word, _, names in atoms]

    def marked(self, mark: str) -> list[tuple[str, ...]]:
        """What is said with this mark, e.g. `("loss",)` for `is amount loss`."""
        return [tuple(more) for name, *more in self.marks if name == mark]

    def declares(self, values: Sequence[str | int]) -> list[str | int]:
        """Of these values of its arguments after the case, those of which a fact of the word tells that they are."""
        declared = self.marked("declared")
        return [v for a, v in zip(self.arguments[1:], values, strict=False) if (a.name,) in declared]

    @property
    def amount(self) -> str | None:
        """Of what a fact of the word states an amount, or a conclusion of this name owes one."""
        return next((kind for (kind,) in self.marked("amount")), None)

    @property
    def arity(self) -> int:
        """Number of arguments, the case included."""
        return len(self.arguments)


@dataclass(frozen=True)
class RuleNote:
    """The annotation above a rule: id, what it cites, its sentence in both languages, and where it stands.

    `fidelity`: what the provision says and the rule does not.
    """

    id: str
    cites: tuple[str, ...]
    zh: str
    en: str
    file: str
    line: int
    fidelity: Text | None = None

    def variables(self) -> set[str]:
        """The variables named in either sentence."""
        return set(re.findall(_VARIABLE, self.zh)) | set(re.findall(_VARIABLE, self.en))


def fill(sentence: str, values: dict[str, str]) -> str:
    """Put values into the `{Variable}` places of a sentence; an unknown one stays visible as its name."""
    return re.sub(_VARIABLE, lambda m: values.get(m[1], m[1]), sentence)


AS_TO = Text(r"\s?(?:since|on|from|as to) PLACE")
"""What leads up to a place in a sentence, as a pattern."""


def without(sentence: str, unsaid: Iterable[str], lang: str) -> str:
    """A fact disproved for all time has no date, and a key may be left out: a sentence without words on them."""
    for name in unsaid:
        sentence = re.sub(AS_TO.pattern(lang).replace("PLACE", re.escape("{" + name + "}")), "", sentence)
    return sentence.strip()


def read_predicates(path: Path, text: str) -> list[Predicate]:
    """All vocabulary blocks of one file. Raises InputError for a block that lacks a sentence or has a bad signature."""
    predicates, problems = [], []
    for match in re.finditer(_BLOCK, text):
        line = text.count("\n", 0, match.start()) + 1
        try:
            predicates.append(_predicate(match, str(path), line))
        except ValueError as error:
            problems.append(Problem(str(path), line, 1, of_error(error)))
    if problems:
        raise InputError(problems)
    return predicates


def _predicate(match: re.Match[str], file: str, line: int) -> Predicate:
    signature = re.match(_SIGNATURE, match["signature"].strip())
    if not signature:
        given = match["signature"].strip()
        raise ValueError(say("{given} is no signature like knows(Case, Platform: party)", given=quoted(given)))
    name, said = signature["name"], _entries(signature["name"], match["body"])
    once = {key: texts[-1] for key, texts in said.items() if texts}
    for lang in ("zh", "en"):
        if not once.get(lang):
            raise ValueError(say("the block of {name} has no {lang} sentence", name=name, lang=lang))
    fault = say("{name}: a value is written `value word | zh | en`", name=name)
    values = {word: words({"zh": zh, "en": en}) for word, zh, en in _in_three(said["value"], fault)}
    fault = say("{name}: what it means to leave a key out is written `optional Key | zh | en`", name=name)
    optional = {key: meaning for key, *meaning in _in_three(said["optional"], fault)}
    one_per = tuple(once.get("one_per", "").split())
    arguments = [_argument(part) for part in (signature["args"] or "").split(",") if part.strip()]
    implied = [part.strip() for text in said["implies"] for part in text.rstrip(")").partition("(")[2].split(",")]
    for key, named in (("one_per", one_per), ("optional", optional), ("implies", implied)):
        if not {argument.name for argument in arguments}.issuperset(named):
            raise ValueError(say("{name}: {key} names an argument that it does not have", name=name, key=key))
    return Predicate(
        name,
        tuple(replace(argument, left_out=tuple(optional.get(argument.name, ()))) for argument in arguments),
        once["zh"],
        once["en"],
        file,
        line,
        once.get("group"),
        once.get("source"),
        one_per,
        tuple(tuple(text.split()) for text in said["is"]),
        tuple(said["implies"]),
        values,
        _other_sentences(name, said, once),
    )


def _other_sentences(name: str, entries: dict[str, list[str]], once: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """What stands behind `not`, `ask`, `also` and `like`. Raises ValueError for what is no sentence about the same."""
    said: dict[str, tuple[str, ...]] = {}
    for purpose in ("not", "ask", "also", "like"):
        for text in entries[purpose]:
            match = re.fullmatch(_SAID, text)
            if not match or (match["no"] and purpose in ("not", "ask")):
                raise ValueError(say("{name}: write `{key} zh ..` or `{key} en ..`", name=name, key=purpose))
            lang, sentence = match["lang"] or match["no_lang"], match["words"] or match["no_words"]
            named, whole = set(re.findall(_VARIABLE, sentence)), set(re.findall(_VARIABLE, once[lang]))
            if not (purpose == "like" or named == whole or (purpose == "also" and named < whole)):
                fault = say("{name}: {key} does not name the same arguments as its sentence", name=name, key=purpose)
                raise ValueError(fault)
            key = " ".join([purpose, *([match["no"]] if match["no"] else []), lang])
            said[key] = (*said.get(key, ()), *_each_way(sentence))
    return said


def _each_way(sentence: str) -> list[str]:
    """A sentence once with each of its alternatives `[sells|provides]`."""
    way = re.search(r"\[([^\]]*)\]", sentence)
    if not way:
        return [sentence]
    alone = (sentence[: way.start()] + words + sentence[way.end() :] for words in way[1].split("|"))
    return [each for shorter in alone for each in _each_way(shorter)]


def _entries(name: str, body: str) -> dict[str, list[str]]:
    """The lines of a block, by the word with which they begin."""
    entries: dict[str, list[str]] = {key: [] for key in _KEYS}
    for row in body.strip().splitlines():
        key, _, text = row.strip().partition(" ")
        if key not in entries or (key == "is" and not text.strip()):
            raise ValueError(say("unknown line {key} in the block of {name}", key=quoted(key), name=name))
        entries[key].append(text.strip())
    return entries


def _in_three(texts: Iterable[str], fault: Text) -> Iterator[list[str]]:
    """Texts cut at `|`. Raises ValueError, saying the fault, where one has not three parts."""
    for text in texts:
        parts = [part.strip() for part in text.split("|")]
        if len(parts) != 3:
            raise ValueError(fault)
        yield parts


def _argument(text: str) -> Argument:
    name, _, type_ = (part.strip() for part in text.partition(":"))
    if not type_ or type_ in TYPES:
        return Argument(name, type_ or None)
    return Argument(name, "word", tuple(type_.split()))


def read_notes(path: Path, text: str) -> list[RuleNote]:
    """All rule annotations of one file. Raises InputError for one that is malformed or lacks a language."""
    notes: list[RuleNote] = []
    problems: list[Problem] = []
    lines = text.splitlines()
    row = 0
    while row < len(lines):
        if not lines[row].startswith("%@"):
            row += 1
            continue
        start, header, said = row, re.match(ANNOTATION, lines[row]), dict[str, str]()
        row += 1
        while row < len(lines) and (sentence := re.match(_SENTENCE, lines[row])):
            key = " ".join(sentence["key"].split())
            gap = " " if key in said and key.endswith("en") else ""
            said[key] = said.get(key, "") + gap + sentence["words"].strip()
            row += 1
        less = {lang: said.get(f"fidelity {lang}", "") for lang in ("zh", "en")}
        if header and said.get("zh") and said.get("en") and bool(less["zh"]) == bool(less["en"]):
            cites = tuple(part.strip() for part in header["cites"].split(";"))
            fidelity = words(less) if less["zh"] else None
            notes.append(RuleNote(header["id"], cites, said["zh"], said["en"], str(path), start + 1, fidelity))
        else:
            message = say(
                "an annotation is `%@ id [citation; ..]`, then `%@ zh ..`, then `%@ en ..`; what the rule leaves out of its "
                "provision may follow as `%@ fidelity zh ..` and `%@ fidelity en ..`"
            )
            problems.append(Problem(str(path), start + 1, 1, message))
    if problems:
        raise InputError(problems)
    return notes


def rule_of(note: RuleNote) -> str:
    """The rule below an annotation, without comments."""
    rows = Path(note.file).read_text(encoding="utf-8").splitlines()[note.line :]
    kept: list[str] = []
    for row in rows:
        if not kept and (row.startswith("%") or not row.strip()):
            continue
        kept.append(row)
        if row.rstrip().endswith("."):
            break
    return "\n".join(kept)
