"""What can be wrong with a file or a question, with the place where it is wrong."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from pyliab.text.later import dataclass
from pyliab.text.say import EMPTY, Text, listed, quoted, same, say

T = TypeVar("T")
_SYSTEM = {
    errno.ENOENT: say("No such file or directory"),
    errno.EACCES: say("Permission denied"),
    errno.EPERM: say("Operation not permitted"),
    errno.ENOTDIR: say("Not a directory"),
    errno.EISDIR: say("Is a directory"),
    errno.EEXIST: say("File exists"),
    errno.ENAMETOOLONG: say("File name too long"),
    errno.ENOSPC: say("No space left on device"),
    errno.EROFS: say("Read-only file system"),
}

UNSEEN = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
"""What a terminal or a writer takes for a command, or cannot write: control and direction characters, halves of pairs."""
NO_CONTROL = say("a control or direction character stands in this text")
NOT_UTF8 = say("not UTF-8; save the file as UTF-8")

_KINDS = {
    "case": say("case"),
    "reading": say("reading"),
    "issue": say("issue"),
    "reform": say("reform"),
    "position": say("position"),
    "statute": say("statute"),
    "source": say("source"),
    "paper": say("paper"),
    "rule": say("rule"),
    "principle": say("principle"),
    "provision": say("provision"),
    "word": say("word"),
    "vocabulary": say("vocabulary"),
    "form": say("form"),
}


def kind_name(kind: str) -> Text:
    """What a document, or whatever else bears an id, is called."""
    return _KINDS.get(kind, same(kind))


def under(place: Text | str, message: Text | str) -> Text:
    """A message below the name of what it speaks of, e.g. a word or a key."""
    return say("{place}: {fault}", place=place, fault=message)


def twice(name: object) -> Text:
    """What may stand once stands a second time."""
    return say("{option} stands twice", option=name)


def of_error(error: Exception) -> Text:
    """What an exception says, in every language where it was raised with a Text."""
    return error.args[0] if error.args and isinstance(error.args[0], Text) else same(error)


def of_system(error: OSError) -> Text:
    """Why the system refuses a file."""
    return _SYSTEM.get(error.errno or 0) or same(error.strerror)


def no_date(text: str) -> Text:
    """What is wrong with a text that should be a date."""
    return say("{text} is no date of the form 2021-06-30", text=quoted(text))


def no_day(text: str) -> Text:
    """What is wrong with a text that should be a date or a span."""
    forms = "2021, 2021-03, 2021-03/2021-06"
    return say("{text} is no date of the form 2021-06-30, and no span such as {forms}", text=quoted(text), forms=forms)


def full_width(sign: str) -> Text:
    """A Chinese sign where YAML wants its own."""
    return say("a full-width {sign} stands here; YAML wants the ASCII sign followed by a space", sign=sign)


def no_folder(place: object) -> Text:
    """Something else than a folder, or nothing, where a folder should be."""
    return say("{place} is no folder", place=place)


def not_readable(error: OSError) -> Text:
    """A file that the system does not let us read."""
    why = of_system(error)
    return say("cannot be read: {why}", why=why)


def not_written(place: object, error: OSError) -> Text:
    """A file that the system does not let us write."""
    why = of_system(error)
    return say("{place} cannot be written: {why}", place=place, why=why)


@dataclass(frozen=True)
class Problem:
    """One fault: `file:line:column: message`; line and column count from 1, 0 where there is no place.

    `see` is the command that shows what would have been right.
    """

    file: str
    line: int
    column: int
    message: Text | str
    see: str = ""

    def __str__(self) -> str:
        return self.of("en")

    def of(self, lang: str) -> str:
        """The fault on one line, in a language."""
        return re.sub(UNSEEN, "\ufffd", self.text().of(lang))

    def text(self) -> Text:
        """The fault on one line."""
        place = self.file
        if self.line:
            place += f":{self.line}" + (f":{self.column}" if self.column else "")
        parts = [f"{place}:" if place else "", self.message, f"[{self.see}]" if self.see else ""]
        return listed(parts, " ")


class InputError(Exception):
    """Bad input or a bad question: exit status 2. Carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem] | Text | str) -> None:
        self.problems = [Problem("", 0, 0, problems)] if isinstance(problems, Text | str) else list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def text(self) -> Text:
        """All problems in one line."""
        return listed(problem.text() for problem in self.problems)


def see(word: str, known: Iterable[str], otherwise: str) -> str:
    """The command that shows the word nearest to this one, or where nothing is near, `otherwise`: the list of all."""
    import difflib

    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return show(close[0]) if close else f"pyliab {otherwise}"


def show(name: str) -> str:
    """The command that shows one thing of the knowledge base."""
    import shlex

    return f"pyliab show {shlex.quote(name)}"


def unknown(message: Text, given: object, known: Iterable[str]) -> Text:
    """What is said of a word that is none of those known: it may name `{given}`, `{near}`, and `{known}`, all of them."""
    words = list(known)
    filled = {"given": quoted(given), "near": nearest(str(given), words), "known": listed(words, ", ")}
    return replace(message, values=(*message.values, *filled.items()))


def look_up(things: Mapping[str, T], name: str, otherwise: Text) -> T:
    """The thing of this name. Raises InputError, saying `otherwise` as `unknown` does, where there is none."""
    if name not in things:
        raise InputError(unknown(otherwise, name, things))
    return things[name]


def nearest(word: str, known: Iterable[str]) -> Text:
    """A hint such as `; did you mean 'several'?`, or an empty one when nothing is near."""
    import difflib

    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return say("; did you mean {close}?", close=quoted(close[0])) if close else EMPTY
