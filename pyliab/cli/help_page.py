"""A page of help in Chinese, laid out by the width of what is seen: click counts characters, Chinese ones take two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

import click
from rich.cells import cell_len

from pyliab.cli.help_zh import ARGUMENTS, BRACKETED, COMMANDS, GROUP, OPTIONS, SHARED, WORDS
from pyliab.text.wrap import breaks

_NAMES = re.compile(r"-{1,2}[\w-]+(?:(?:, | / )-{1,2}[\w-]+)*")
_WIDEST_TERM = 30


def page(context: click.Context) -> str:
    """The help of the command of `context`."""
    command, width = context.command, context.make_formatter().width
    parts = [WORDS["usage"] + _fill(_usage(context), width, cell_len(WORDS["usage"]))]
    parts += ["  " + _fill(paragraph, width, 2) for paragraph in _paragraphs(text_of(command))]
    shown = list(_examples(command, width - 4))
    if shown:
        heading = WORDS["start" if isinstance(command, click.Group) else "example"]
        parts.append("\n".join([f"  {heading}", *(f"    {line}" for line in shown)]))
    parts.append(f"{WORDS['options']}\n{_columns(_options(context), width)}")
    if isinstance(command, click.Group):
        known = ((name, _paragraphs(COMMANDS[name])[0]) for name in command.list_commands(context))
        parts.append(f"{WORDS['commands']}\n{_columns(known, width)}")
    return "\n\n".join(parts)


def text_of(command: click.Command) -> str:
    """What the catalogue says of a command: a sentence, then what else there is to say."""
    return GROUP if isinstance(command, click.Group) else COMMANDS[command.name or ""]


def entry(command: click.Command, option: click.Parameter) -> tuple[str, str]:
    """What the catalogue says of an option: the name of its value (empty for a choice or a flag), and its help."""
    own = _by_name(OPTIONS.get(command.name or "", {}))
    return {**_by_name(SHARED), **own}[max(option.opts, key=len)]


def examples(command: click.Command) -> list[str]:
    """The commands that the help of a command shows."""
    return re.findall(r"^ +(pyliab .*)$", command.help or "", re.M)


def _by_name(entries: dict[str, str]) -> dict[str, tuple[str, str]]:
    split = ((key.partition(" "), said) for key, said in entries.items())
    return {name: (value, said) for (name, _, value), said in split}


def _paragraphs(text: str) -> list[str]:
    return [paragraph.replace("\n", "") for paragraph in text.strip().split("\n\n")]


def _usage(context: click.Context) -> str:
    pieces = " ".join(context.command.collect_usage_pieces(context))
    return f"{context.command_path} {re.sub('[A-Z]+', lambda found: ARGUMENTS[found[0]], pieces)}"


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
        if record is None:
            continue
        value, said = entry(context.command, option)
        names = _NAMES.match(record[0])
        term = f"{names[0]} {value}" if names and value else record[0]
        yield term, said + _bracketed(record[1].removeprefix(getattr(option, "help", None) or ""))


def _bracketed(extra: str) -> str:
    for english, chinese in BRACKETED.items():
        extra = re.sub(english, chinese, extra)
    return extra


def _columns(rows: Iterable[tuple[str, str]], width: int) -> str:
    """Two columns; a term that is too wide stands on a line of its own."""
    known = list(rows)
    first = 2 + min(max(cell_len(term) for term, _ in known), _WIDEST_TERM) + 2
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
    offsets = [0, *breaks(text, max(width - margin, 10)), len(text)]
    return ("\n" + " " * margin).join(text[a:b].strip() for a, b in pairwise(offsets))
