"""What can be wrong with a file or a question, with the place where it is wrong."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from dataclasses import dataclass

_SYSTEM = {
    errno.ENOENT: "没有这个文件或者文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "是文件夹，不是文件",
    errno.EEXIST: "已经存在",
    errno.ENAMETOOLONG: "名称太长",
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "文件系统只读",
}

KINDS_ZH = {
    "case": "案件",
    "reading": "读法",
    "issue": "争点",
    "position": "立场",
    "statute": "法源",
    "source": "来源",
    "paper": "论文",
    "rule": "规则",
    "principle": "原则",
    "provision": "条款",
    "word": "词汇",
    "vocabulary": "词汇表",
    "form": "责任形态",
}
"""What documents, and whatever else bears an id, are called in Chinese."""


class Told(str):
    """A message in English, which knows what it is in Chinese."""

    zh: str

    def of(self, lang: str) -> str:
        """The message in `zh` or `en`."""
        return self.zh if lang == "zh" else str(self)


def told(zh: str, en: str) -> Told:
    """A message in both languages. Part of a longer one: write the whole of each, with `.zh` in the Chinese."""
    found = Told(en)
    found.zh = zh
    return found


def said(message: str, lang: str) -> str:
    """A message in a language; one that is in English only stays so."""
    return message.of(lang) if isinstance(message, Told) else message


def in_quotes(text: object) -> str:
    """A word of the user's between Chinese quotation marks; what cannot be seen in it is written as in Python."""
    return f"“{repr(str(text))[1:-1]}”"


def under(place: str, message: str) -> Told:
    """A message below the name of what it speaks of, e.g. a word or a key."""
    return told(f"{place}：{said(message, 'zh')}", f"{place}: {message}")


def of_error(error: Exception) -> str:
    """What an exception says, in both languages where it was raised with a message that knows them."""
    return error.args[0] if error.args and isinstance(error.args[0], Told) else str(error)


def of_system(error: OSError) -> Told:
    """Why the system refuses a file."""
    english = str(error.strerror)
    return told(_SYSTEM.get(error.errno or 0, english), english)


def no_date(text: str) -> Told:
    """What is wrong with a text that should be a date."""
    return told(f"{in_quotes(text)}不是形如 2021-06-30 的日期", f"{text!r} is no date of the form 2021-06-30")


def full_width(sign: str) -> Told:
    """A Chinese sign where YAML wants its own."""
    return told(
        f"此处是全角的“{sign}”；YAML 要用半角符号，其后空一格",
        f"a full-width {sign} stands here; YAML wants the ASCII sign followed by a space",
    )


def no_folder(place: object) -> Told:
    """Something else than a folder, or nothing, where a folder should be."""
    return told(f"{place} 不是文件夹", f"{place} is no folder")


def not_readable(error: OSError) -> Told:
    """A file that the system does not let us read."""
    why = of_system(error)
    return told(f"无法读取：{why.zh}", f"cannot be read: {why}")


def not_written(place: object, error: OSError) -> Told:
    """A file that the system does not let us write."""
    why = of_system(error)
    return told(f"{place} 无法写入：{why.zh}", f"{place} cannot be written: {why}")


@dataclass(frozen=True)
class Problem:
    """One fault: `file:line:column: message`; line and column count from 1, 0 where there is no place.

    `see` is the command that shows what would have been right.
    """

    file: str
    line: int
    column: int
    message: str
    see: str = ""

    def __str__(self) -> str:
        return self.of("en")

    def of(self, lang: str) -> str:
        """The fault on one line, in `zh` or `en`."""
        place = self.file
        if self.line:
            place += f":{self.line}"
            if self.column:
                place += f":{self.column}"
        message = said(self.message, lang)
        text = f"{place}: {message}" if place else message
        return f"{text} [{self.see}]" if self.see else text


class InputError(Exception):
    """Bad input or a bad question: exit status 2. Carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem] | str) -> None:
        self.problems = [Problem("", 0, 0, problems)] if isinstance(problems, str) else list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def told(self) -> Told:
        """All problems in one line."""
        return told("；".join(one.of("zh") for one in self.problems), "; ".join(map(str, self.problems)))


def see(word: str, known: Iterable[str], otherwise: str) -> str:
    """The command that shows the word nearest to this one, or where nothing is near, `otherwise`: the list of all."""
    import difflib

    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return show(close[0]) if close else f"pyliab {otherwise}"


def show(name: str) -> str:
    """The command that shows one thing of the knowledge base."""
    import shlex

    return f"pyliab show {shlex.quote(name)}"


def nearest(word: str, known: Iterable[str]) -> Told:
    """A hint such as `; did you mean 'several'?`, or an empty one when nothing is near."""
    import difflib

    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return told(f"；是否要写{in_quotes(close[0])}？", f"; did you mean {close[0]!r}?") if close else told("", "")
