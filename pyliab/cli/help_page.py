"""A page of help in Chinese, laid out by the width of what is seen: click counts characters, Chinese ones take two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from inspect import cleandoc
from pathlib import Path

import click
from rich.cells import cell_len

from pyliab.kb.folders import other_base, shipped
from pyliab.text.say import Text
from pyliab.text.wrap import folded

_WIDEST_TERM = 30
_BRACKETED = ("default: ", "required", "; ", "x>=")
"""What click adds to an option, in brackets."""


def page(context: click.Context) -> str:
    """The help of the command of `context`."""
    command, width = context.command, context.make_formatter().width
    usage = chinese("Usage: ")
    parts = [usage + _fill(_usage(context), width, cell_len(usage))]
    parts += ["  " + _fill(paragraph, width, 2) for paragraph in text_of(command)]
    shown = list(_examples(command, width - 4))
    if shown:
        parts.append("\n".join([f"  {chinese(_heading(command))}", *(f"    {line}" for line in shown)]))
    parts.append(f"{chinese('Options:')}\n{_columns(_options(context), width)}")
    if isinstance(command, click.Group):
        from pyliab.cli.main import by_purpose

        known = command.list_commands(context)
        for purpose, names in by_purpose(known).items():
            said = [(name, text_of(command.commands[name])[0]) for name in names]
            parts.append(f"{chinese(purpose)}\n{_columns(said, width, known)}")
    return "\n\n".join(parts)


def chinese(message: str) -> str:
    """A text of the help in Chinese, its braces as they are."""
    return Text(message).pattern("zh")


def paragraphs(command: click.Command) -> list[str]:
    """What a command says of itself, without the examples."""
    text = cleandoc(command.help or "").partition("\b")[0].strip()
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]


def text_of(command: click.Command) -> list[str]:
    """The same in Chinese: a sentence, then what else there is to say."""
    return [chinese(paragraph) for paragraph in paragraphs(command)]


def examples(command: click.Command) -> list[str]:
    """The commands that the help of a command shows."""
    return re.findall(r"^ +(pyliab .*)$", command.help or "", re.M)


def add_examples(context: click.Context) -> None:
    """Add to what a command says of itself the commands that the body of law asked has for it, in `kb/examples.txt`."""
    command = context.command
    said = cleandoc(command.help or "").partition("\n\n\b")[0]
    lines = _of_base(context.params.get("home")).get(context.command_path.partition(" ")[2], [])
    shown = "\n".join(f"  {line}" for line in lines)
    command.help = f"{said}\n\n\b\n{_heading(command)}\n{shown}" if shown else said


def _heading(command: click.Command) -> str:
    return "Start with:" if isinstance(command, click.Group) else "Example:"


def shown_case(home: Path | None) -> list[str]:
    """The case that the help of `derive` shows, if it shows one."""
    return [line.split()[2] for line in _of_base(home).get("derive", ())][:1]


def _of_base(home: Path | None) -> dict[str, list[str]]:
    """The examples of a body of law, by the command whose help shows them; those of pyliab itself by no name."""
    path = (other_base(home) if home else shipped()).kb / "examples.txt"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    blocks = re.findall(r"^(\w[\w -]*):\n((?:  .*\n)+)", text, re.M)
    return {name.removeprefix("pyliab"): [line.strip() for line in lines.splitlines()] for name, lines in blocks}


def _usage(context: click.Context) -> str:
    pieces = " ".join(context.command.collect_usage_pieces(context))
    return f"{context.command_path} {_values(pieces)}"


def _values(terms: str) -> str:
    """The names of arguments and of values that options take, which click writes in capitals."""
    return re.sub("[A-Z]+(?: [A-Z]+)*", lambda match: chinese(match[0]), terms)


def _examples(command: click.Command, width: int) -> Iterator[str]:
    """Each on a line of its own; one that is too long goes on after a backslash, with an option that begins there."""
    for example in examples(command):
        line, *rest = re.split(" (?=-)", example)
        for option in rest:
            if len(line) + len(option) + 3 > width:
                yield f"{line} \\"
                line = "   "
            line += f" {option}"
        yield line


def _options(context: click.Context) -> Iterator[tuple[str, str]]:
    """The terms and what they mean; what click adds in brackets (a default, a range) is kept."""
    for option in context.command.get_params(context):
        record = option.get_help_record(context) if isinstance(option, click.Option) else None
        if record is None or not isinstance(option, click.Option):
            continue
        said = option.help or ""
        yield _values(record[0]), chinese(said) + _bracketed(record[1].removeprefix(said))


def _bracketed(extra: str) -> str:
    extra = re.sub(r"(\d+)<=x<=(\d+)", r"\1-\2", extra)
    for english in _BRACKETED:
        extra = extra.replace(english, chinese(english))
    return extra


def _columns(rows: Iterable[tuple[str, str]], width: int, like: Iterable[str] = ()) -> str:
    """Two columns, the first as wide as for all terms `like` these; a term that is too wide stands on a line of its own."""
    known = list(rows)
    first = 2 + min(max(cell_len(term) for term in (*like, *(term for term, _ in known))), _WIDEST_TERM) + 2
    lines = []
    for term, said in known:
        left = f"  {term}"
        if cell_len(left) + 2 > first:
            lines.append(left)
            left = ""
        lines.append(left + " " * (first - cell_len(left)) + _fill(said, width, first))
    return "\n".join(lines)


def _fill(text: str, width: int, margin: int) -> str:
    """`text` in lines of `width` cells, all but the first after a margin; the first goes after what is as wide as it."""
    return ("\n" + " " * margin).join(folded(text, max(width - margin, 10)))
