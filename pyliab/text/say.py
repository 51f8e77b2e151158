"""What is said: an English message that the catalogues know in other languages, or words that the base holds in several.

A message stands once, in English, where it is said; its translations stand in `locale/LANG/*.po`, one file a package.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pyliab.text.later import dataclass

DOMAIN = "pyliab"
LOCALE = Path(__file__).parent / "locale"
Values = tuple[tuple[str, object], ...]


@dataclass(frozen=True)
class Text:
    """Something said, in any language. `cites` are the provisions and sources that it rests on, by key.

    A message has `values` for the names in its braces; a value that is a Text is said in the same language. With
    `plural`, `count` decides between the two forms. Words of the base have no message: they stand in `words`, by language.
    """

    message: str = ""
    values: Values = ()
    plural: str = ""
    count: int = 1
    words: tuple[tuple[str, str], ...] = ()
    cites: tuple[str, ...] = ()

    def of(self, lang: str) -> str:
        """The text in a language, in English where it has no translation."""
        return self.pattern(lang).format(**{name: _in_language(value, lang) for name, value in self.values})

    def pattern(self, lang: str) -> str:
        """The message in a language, its names still in braces."""
        if self.words:
            words = dict(self.words)
            wording = words.get(lang, words.get("en", self.words[0][1]))  # a language may have nothing to say
            return wording.replace("{", "{{").replace("}", "}}")
        if not self.message:
            return ""
        known = _catalogue(lang)
        return known.ngettext(self.message, self.plural, self.count) if self.plural else known.gettext(self.message)

    def citing(self, *cites: str) -> Text:
        """The same, resting on these provisions and sources as well."""
        return replace(self, cites=tuple(dict.fromkeys([*self.cites, *cites])))

    def __str__(self) -> str:
        return self.of("en")

    def __bool__(self) -> bool:
        return bool(self.message or any(text for _, text in self.words))


EMPTY = Text()


def say(message: str, /, **values: object) -> Text:
    """A message, e.g. `say("no case {case}{near}", case=quoted(name), near=near)`."""
    return Text(message, tuple(values.items()), cites=_cites(values.values()))


def say_n(singular: str, plural: str, count: int, /, **values: object) -> Text:
    """A message about a number of things, which it may name as `{count}`."""
    return Text(singular, (("count", count), *values.items()), plural, count, cites=_cites(values.values()))


def same(text: object) -> Text:
    """A text that is the same in every language: an id, a number, a name."""
    return Text(words=(("en", str(text)),)) if str(text) else EMPTY


def words(by_language: Mapping[Any, str] | Text, *cites: str) -> Text:
    """Words that the base holds in several languages."""
    if isinstance(by_language, Text):
        return by_language.citing(*cites) if cites else by_language
    return Text(words=tuple(by_language.items()), cites=cites)


def capital(text: Text) -> Text:
    """The same, as a sentence begins."""
    said = {lang: text.of(lang) for lang in languages()}
    return words({lang: f"{first[:1].upper()}{first[1:]}" for lang, first in said.items()}, *text.cites)


def languages() -> list[str]:
    """English, and the languages that have a catalogue."""
    return ["en", *sorted(path.name for path in LOCALE.iterdir() if path.is_dir())]


def quoted(word: object) -> Text:
    """A word of the user's in quotation marks; what cannot be seen in it is written as in Python."""
    return say("'{word}'", word=repr(str(word))[1:-1])


def listed(parts: Iterable[object], separator: str = "; ") -> Text:
    """Parts as a list, e.g. with `, ` or `; ` between them, as each language writes these."""
    kept = [part for part in parts if part]
    if not kept:
        return EMPTY
    names = {f"part{number}": part for number, part in enumerate(kept)}
    return say("{separator}".join(f"{{{name}}}" for name in names), separator=say(separator), **names)


def _in_language(value: object, lang: str) -> object:
    return value.of(lang) if isinstance(value, Text) else value


def _cites(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cite for value in values if isinstance(value, Text) for cite in value.cites))


def locale() -> Literal["zh", "en"]:
    """The language of the user's locale: `zh` or `en`."""
    named = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "zh" if named.lower().startswith("zh") else "en"


@cache
def _catalogue(lang: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALE, [lang], fallback=True)
