"""The command `pyliab`: its group, and how every command ends."""

from __future__ import annotations

import atexit
import errno
import gc
import io
import os
import re
import sys
from collections import UserDict
from collections.abc import Iterable
from importlib import import_module
from typing import Any

import click

from pyliab import __version__
from pyliab.cli.session import language
from pyliab.cli.usage import UsageError
from pyliab.text.problem import NO_CONTROL, UNSEEN, InputError, nearest, of_system
from pyliab.text.say import locale, quoted, say

# A command ends with its process: the collector need not look through all that was loaded once more (10 ms).
atexit.register(gc.freeze)
# It makes many objects and drops few: most collections find nothing (another 10 ms).
gc.set_threshold(50_000)


class _Context(click.Context):
    """Shows help in the user's language."""

    def get_help(self) -> str:
        from pyliab.cli.help_page import add_examples, page  # not read before it is asked for: commands start at once

        add_examples(self)
        return super().get_help() if language(self) == "en" else page(self)


COMMANDS = {
    "questions": ("derive", "explain", "compare"),
    "money": ("settle", "sweep"),
    "analysis": ("space", "flip", "why-not"),
    "hypothetical": ("distinguish", "stress", "reconcile"),
    "asking": ("ask",),
    "catalogue": ("cases", "readings", "issues", "statutes", "show", "search"),
    "soundness": ("check", "upgrade", "coverage"),
    "scholarship": ("debate", "fit"),
    "reporting": ("report", "page"),
    "lasting": ("cite", "reproduce"),
    "batch": ("batch",),
    "telling": ("tell",),
    "start": ("new", "schema", "completion"),
}
"""The commands by the module in which they stand."""


PURPOSES = {
    "Read the debate:": (
        "search",
        "show",
        "readings",
        "issues",
        "statutes",
        "cases",
        "debate",
        "fit",
        "reconcile",
        "cite",
    ),
    "Put a case:": ("derive", "explain", "why-not", "compare", "ask", "tell", "report", "page", "batch", "reproduce"),
    "What it turns on:": ("flip", "space", "distinguish", "stress"),
    "Who pays:": ("settle", "sweep"),
    "Write your own:": ("new", "check", "upgrade", "coverage", "schema", "completion"),
}
"""The commands by what they are for, as help lists them."""


def by_purpose(known: Iterable[str]) -> dict[str, list[str]]:
    """The commands that there are, by what they are for; what has no purpose yet comes last."""
    left = list(known)
    groups = {purpose: [name for name in names if name in left] for purpose, names in PURPOSES.items()}
    others = [name for name in left if not any(name in names for names in groups.values())]
    return {purpose: names for purpose, names in {**groups, "Others:": others}.items() if names}


class _Commands(UserDict[str, Any]):
    """The commands by name; the module of a command is imported when it is asked for."""

    def __getitem__(self, name: str) -> click.Command:
        if isinstance(self.data[name], str):
            self.data[name] = getattr(import_module(f"pyliab.cli.{self.data[name]}"), name.replace("-", "_"))
            self.data[name].context_class = _Context
        return self.data[name]  # type: ignore[no-any-return]


class _Group(click.Group):
    """Turns bad input into exit status 2 with every problem on a line of its own; a mistyped command gets a hint."""

    context_class = _Context

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """A reader that stops reading (`| head`) ends the command quietly; output that cannot be written is an error.

        A terminal that has no Chinese shows `?` in its place.
        """
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")
        try:
            return super().main(*args, **kwargs)
        except OSError as error:
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 (what is left in the buffer goes nowhere)
            if error.errno != errno.EPIPE:
                why = of_system(error)
                message = say("the answer cannot be written: {why}", why=why)
                click.echo(f"pyliab: {message.of(locale())}", err=True)
            sys.exit(0 if error.errno == errno.EPIPE else 2)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """By what they are for, each with its first sentence."""
        for purpose, names in by_purpose(self.list_commands(ctx)).items():
            with formatter.section(purpose.rstrip(":")):
                formatter.write_dl([(name, self.commands[name].get_short_help_str(300)) for name in names])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """`--help` ends a command before a `--lang` that follows it is read: look for that one first.

        One that stands before the command, or without any, is meant for it all the same.
        """
        ctx.meta["pyliab.asked"] = [*args]
        for word in args:
            if re.search(UNSEEN, word):
                raise UsageError(say("{place}: {fault}", place=quoted(word), fault=NO_CONTROL), ctx)
        named = re.findall(r"--lang[= ](zh|en)(?!\S)", " ".join(args))
        if named:
            ctx.meta["pyliab.lang"] = named[-1]
            while (at := _before_command(args)) is not None:
                taken = args[at : at + (1 if "=" in args[at] else 2)]
                args = [*args[:at], *args[at + len(taken) :]]
                first = next((i for i, word in enumerate(args) if word in COMMAND_NAMES), None)
                args = args if first is None else [*args[: first + 1], *taken, *args[first + 1 :]]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except InputError as error:
            for problem in error.problems:
                click.echo(f"pyliab: {problem.of(language(ctx))}", err=True)
            ctx.exit(2)
        except click.UsageError as error:
            if language(ctx) == "zh":
                from pyliab.cli.usage import ChineseUsageError

                raise ChineseUsageError(error) from None
            raise

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and self.get_command(ctx, args[0]) is None:
            near = nearest(args[0], self.list_commands(ctx))
            message = say("no command {args}{near}", args=quoted(args[0]), near=near)
            raise UsageError(message, ctx)
        return super().resolve_command(ctx, args)


COMMAND_NAMES = {name for names in COMMANDS.values() for name in names}


def _before_command(args: list[str]) -> int | None:
    """Where a `--lang` stands before the command, or without one."""
    for i, word in enumerate(args):
        if word in COMMAND_NAMES:
            return None
        if re.match(r"--lang(=|$)", word):
            return i
    return None


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="pyliab")
def main() -> None:
    """Who is liable on a platform, under which reading of the law, and why."""


main.commands = _Commands({name: module for module, names in COMMANDS.items() for name in names})
