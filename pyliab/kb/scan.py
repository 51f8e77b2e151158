"""A look at rule text before clingo sees it: what would abort the process, and what a rule file may not do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from pyliab.text.problem import NO_CONTROL, NOT_UTF8, UNSEEN, InputError, Problem, not_readable
from pyliab.text.say import Text, say

MAX_BYTES = 1_000_000
MAX_NUMBER = 2**31 - 1
_DIRECTIVES = r"#\s*(?:script|include|external|program|theory|const|edge|heuristic|minimize|maximize|project)\b"
_CODE = rf"{_DIRECTIVES}|:~|(?<![A-Za-z0-9_])(?:0[xob][0-9A-Fa-f]+|[0-9]{{10,}})|[^\x00-\x7f]"

_OPEN = {'"': '"', "%": "%*", "#script": "#script without #end"}
_FAULTS = {
    '"': say("a string is not closed on its line"),
    "%*": say("a block comment is not closed"),
    "#script": say("#script is not taken; --allow-script lets rules of your own run Python, if you trust them"),
    "#script without #end": say("this script has no #end"),
}


def precheck(path: Path, scripts: bool = False) -> str:
    """The text of a rule file. Raises InputError for full-width signs outside strings, scripts, includes, huge numbers.

    With `scripts`, blocks from `#script` to `#end` are taken as they are. clingo's logger aborts the whole process on a
    non-ASCII byte in rule text, and integers beyond 2^31-1 wrap silently.
    """
    text = _read(path)
    problems = []
    for start, message in _faults(text, scripts):
        line = text.count("\n", 0, start) + 1
        problems.append(Problem(str(path), line, start - text.rfind("\n", 0, start), message))
    if problems:
        raise InputError(problems)
    return text


def _read(path: Path) -> str:
    try:
        if not path.is_file():
            raise InputError([Problem(str(path), 0, 0, say("is no file"))])
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            message = say("larger than {max_bytes} bytes", max_bytes=MAX_BYTES)
            raise InputError([Problem(str(path), 0, 0, message)])
        return raw.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise InputError([Problem(str(path), raw.count(b"\n", 0, error.start) + 1, 0, NOT_UTF8)]) from None
    except OSError as error:
        raise InputError([Problem(str(path), 0, 0, not_readable(error))]) from None


def _faults(text: str, scripts: bool) -> Iterator[tuple[int, Text]]:
    """Places and messages. What stands in strings and comments is passed over, the way clingo passes over it."""
    for control in re.finditer(UNSEEN, text):
        yield control.start(), NO_CONTROL
    for start, code in _code(text, scripts):
        if code in _FAULTS:
            yield start, _FAULTS[code]
        else:
            for match in re.finditer(_CODE, code):
                message = _fault(match[0])
                if message:
                    yield start + match.start(), message


def _code(text: str, scripts: bool) -> Iterator[tuple[int, str]]:
    """The stretches of text outside strings, comments and scripts; block comments nest, as they do in clingo."""
    place = begin = 0
    while place < len(text):
        stop = re.compile(r'"|%|#script\b').search(text, place)
        if not stop:
            break
        yield begin, text[begin : stop.start()]
        if stop[0] == "#script" and not scripts:
            yield stop.start(), stop[0]
        place = _skip(text, stop.start())
        if place < 0:
            yield stop.start(), _OPEN[stop[0]]
            return
        begin = place
    yield begin, text[begin:]


def _skip(text: str, start: int) -> int:
    """The end of the string, comment or script that begins at `start`; -1 if it has none."""
    if text[start] == "#":
        script = re.compile(r"#script\b.*?#end\.?", re.S).match(text, start)
        return script.end() if script else -1
    if text[start] == '"':
        string = re.compile(r'"(?:\\["\\n]|[^"\\\n])*"').match(text, start)
        return string.end() if string else -1
    if not text.startswith("%*", start):
        end = text.find("\n", start)
        return len(text) if end < 0 else end
    depth, place = 1, start + 2
    while depth:
        mark = re.compile(r"%\*|\*%").search(text, place)
        if not mark:
            return -1
        depth += 1 if mark[0] == "%*" else -1
        place = mark.end()
    return place


def _fault(token: str) -> Text | None:
    if token.startswith("#"):
        return say("{token} is not taken in a rule file (rules are data: no includes, no optimisation)", token=token)
    if token == ":~":
        return say("weak constraints are not taken: a reading is chosen, never optimised")
    if token[0].isdigit() and token.isascii():
        return _number_fault(token)
    if token == "\ufeff":
        return say("a byte order mark stands here: save the file as UTF-8 without one")
    ascii_sign = unicodedata.normalize("NFKC", token)
    if ascii_sign.isascii():
        return say("{token} stands outside a string; type {ascii_sign}", token=token, ascii_sign=ascii_sign)
    return say("{token} stands outside a string; write it in a string or a comment", token=token)


def _number_fault(token: str) -> Text | None:
    if token[:2].lower() in ("0x", "0o", "0b"):
        return say("write the number {token} in decimal", token=token)
    if len(token) <= 10 and int(token) <= MAX_NUMBER:
        return None
    return say("the number {token} is too large for the solver and would wrap around silently", token=token[:20])
