"""A look at rule text before clingo sees it: what would abort the process, and what a rule file may not do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from pyliab.text.problem import InputError, Problem, Told, not_readable, told

MAX_BYTES = 1_000_000
MAX_NUMBER = 2**31 - 1
_DIRECTIVES = r"#\s*(?:script|include|external|program|theory|const|edge|heuristic|minimize|maximize|project)\b"
_CODE = rf"{_DIRECTIVES}|:~|(?<![A-Za-z0-9_])(?:0[xob][0-9A-Fa-f]+|[0-9]{{10,}})|[^\x00-\x7f]"

_OPEN = {'"': '"', "%": "%*", "#script": "#script without #end"}
_FAULTS = {
    '"': told("字符串没有在本行闭合", "a string is not closed on its line"),
    "%*": told("块注释没有闭合", "a block comment is not closed"),
    "#script": told(
        "不接受 #script；自己的规则如果可信，可用 --allow-script 允许其运行 Python",
        "#script is not taken; --allow-script lets rules of your own run Python, if you trust them",
    ),
    "#script without #end": told("脚本没有 #end", "this script has no #end"),
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
            raise InputError([Problem(str(path), 0, 0, told("不是文件", "is no file"))])
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            message = told(f"超过 {MAX_BYTES} 字节", f"larger than {MAX_BYTES} bytes")
            raise InputError([Problem(str(path), 0, 0, message)])
        return raw.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        message = told(f"第 {error.start} 字节起不是 UTF-8 编码", f"not UTF-8 at byte {error.start}")
        raise InputError([Problem(str(path), 0, 0, message)]) from None
    except OSError as error:
        raise InputError([Problem(str(path), 0, 0, not_readable(error))]) from None


def _faults(text: str, scripts: bool) -> Iterator[tuple[int, Told]]:
    """Places and messages. What stands in strings and comments is passed over, the way clingo passes over it."""
    for control in re.finditer(r"[\x00\r]", text):
        yield control.start(), told("此处有 NUL 或者单独的回车符", "a NUL or a bare carriage return stands here")
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


def _fault(token: str) -> Told | None:
    if token.startswith("#"):
        return told(
            f"规则文件不接受 {token}（规则是数据：不引入他文件，不作优化）",
            f"{token} is not taken in a rule file (rules are data: no includes, no optimisation)",
        )
    if token == ":~":
        return told(
            "不接受弱约束：读法由人选择，不由系统优化",
            "weak constraints are not taken: a reading is chosen, never optimised",
        )
    if token[0].isdigit() and token.isascii():
        return _number_fault(token)
    ascii_sign = unicodedata.normalize("NFKC", token)
    if ascii_sign.isascii():
        return told(
            f"“{token}”在字符串之外；请改用半角的 {ascii_sign}", f"{token} stands outside a string; type {ascii_sign}"
        )
    return told(
        f"“{token}”在字符串之外；请写进字符串或者注释",
        f"{token} stands outside a string; write it in a string or a comment",
    )


def _number_fault(token: str) -> Told | None:
    if token[:2].lower() in ("0x", "0o", "0b"):
        return told(f"数 {token} 请用十进制", f"write the number {token} in decimal")
    if len(token) <= 10 and int(token) <= MAX_NUMBER:
        return None
    return told(
        f"数 {token[:20]} 对求解器过大，会无声地溢出",
        f"the number {token[:20]} is too large for the solver and would wrap around silently",
    )
