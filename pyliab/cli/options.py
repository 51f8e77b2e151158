"""The options that stand in several commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from pyliab.cli import complete
from pyliab.cli.usage import BadParameter
from pyliab.text.problem import of_error

F = TypeVar("F", bound=Callable[..., Any])
Option = Callable[[F], F]


def all_of(options: Sequence[Option[Any]]) -> Option[Any]:
    """Several options as one, in this order."""

    def add(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def parsed(parse: Callable[[str], Any]) -> Callable[[click.Context, click.Parameter, str | None], Any]:
    """A callback that parses what was given; a ValueError says what is wrong with it."""

    def callback(_context: click.Context, _option: click.Parameter, given: str | None) -> Any:
        try:
            return parse(given) if given else None
        except ValueError as error:
            raise BadParameter(of_error(error)) from None

    return callback


def _day(given: str) -> str:
    from pyliab.text.amounts import day

    day(given)
    return given


def reading_option(*, help: str) -> Option[Any]:
    """`-r` for one reading."""
    return click.option("-r", "--reading", metavar="READING", shell_complete=complete.readings, help=help)


def readings_option(*, help: str) -> Option[Any]:
    """`-r` for several."""
    return click.option(
        "-r",
        "--reading",
        "readings",
        metavar="READING",
        multiple=True,
        shell_complete=complete.readings,
        help=help,
    )


def file_option(*names: str, help: str, metavar: str | None = None) -> Option[Any]:
    """The path of a file to write."""
    return click.option(*names, metavar=metavar, type=click.Path(path_type=Path, dir_okay=False), help=help)


case_argument = click.argument("case", shell_complete=complete.cases)
all_readings_option = click.option("--all", "all_readings", is_flag=True, help="All readings of the knowledge base.")
as_if_option = click.option(
    "--as-if-in-force", is_flag=True, help="Ask as if today's law had been in force on the day of the case."
)
reading_options = all_of(
    (
        click.option(
            "--background",
            type=click.Choice(["text", "open"]),
            default="text",
            show_default=True,
            help="What fills the issues a reading leaves unsaid: the plain text, or nothing.",
        ),
        as_if_option,
        click.option(
            "--judged",
            metavar="DAY",
            callback=parsed(_day),
            help="The day of the judgment, on which the interpretations of the law depend: 2021-06-30.",
        ),
    )
)
"""`--background`, `--as-if-in-force` and `--judged`, which the Session holds: above `@session`."""
output_option = file_option(
    "-o", "--output", help="Write the answer to a file instead: .html, .docx, .md, .csv, .txt or .json."
)


class _Folders(click.Path):
    """Folders, in a variable of the environment separated as in PATH; an empty one between two separators is none."""

    def split_envvar_value(self, rv: str) -> list[str]:
        """The folders of PYLIAB_KB."""
        return [folder for folder in super().split_envvar_value(rv) if folder]


def _language(context: click.Context, _option: click.Parameter, given: str | None) -> str | None:
    context.meta["pyliab.lang"] = given
    return given


common_options = all_of(
    (
        click.option(
            "--lang",
            type=click.Choice(["zh", "en"]),
            default=None,
            is_eager=True,
            callback=_language,
            help="Language of the answer (default: from the locale).",
        ),
        click.option("--json", "as_json", is_flag=True, help="Print one JSON object."),
        click.option(
            "--kb",
            "folders",
            metavar="DIRECTORY",
            type=_Folders(path_type=Path),
            multiple=True,
            envvar="PYLIAB_KB",
            help="A folder of your own knowledge, laid over the shipped one. Repeatable; default: those of PYLIAB_KB.",
        ),
        click.option(
            "--base",
            "home",
            metavar="DIRECTORY",
            type=click.Path(path_type=Path, file_okay=False),
            envvar="PYLIAB_BASE",
            is_eager=True,  # so that help shows its examples
            help="Another body of law (a folder with rules/ and kb/) in the place of the shipped one; default: PYLIAB_BASE.",
        ),
        click.option("--no-pager", is_flag=True, help="Print a long answer without a pager."),
        click.option(
            "--allow-script",
            "scripts",
            is_flag=True,
            help="Let rules in your own folders run Python (#script). Only for folders that you trust.",
        ),
    )
)
"""What every command takes."""
