"""What the commands share: their options, how a question is put, and how an answer leaves."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pyliab.cli import complete
from pyliab.cli.usage import UsageError
from pyliab.text.amounts import day
from pyliab.text.encode import to_json
from pyliab.text.problem import InputError
from pyliab.text.say import quoted, say

if TYPE_CHECKING:
    from pyliab.answers.blocks import Block
    from pyliab.answers.render.page import Page
    from pyliab.answers.wording import Wording
    from pyliab.kb.base import KnowledgeBase
    from pyliab.kb.case import CaseFile
    from pyliab.kb.reading import Choice
    from pyliab.law.world import World

F = TypeVar("F", bound=Callable[..., Any])

NAME_A_READING = say("name a reading with -r; `pyliab readings` lists them")


def locale() -> str:
    """The language of the user's locale: `zh` or `en`."""
    named = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "zh" if named.lower().startswith("zh") else "en"


class Folders(click.Path):
    """Folders, in a variable of the environment separated as in PATH; an empty one between two separators is none."""

    def split_envvar_value(self, rv: str) -> list[str]:
        """The folders of PYLIAB_KB."""
        return [folder for folder in super().split_envvar_value(rv) if folder]


def language(context: click.Context) -> str:
    """The language of a command, as far as it has been read: `zh` or `en`."""
    return context.meta.get("pyliab.lang") or locale()


def _language(context: click.Context, _option: click.Parameter, given: str | None) -> str | None:
    context.meta["pyliab.lang"] = given
    return given


def _unpaged(context: click.Context, _option: click.Parameter, given: bool) -> None:
    context.meta["pyliab.unpaged"] = given


def _judged(context: click.Context, option: click.Parameter, given: str | None) -> None:
    try:
        context.meta["pyliab.judged"] = given if given and day(given) else ""
    except ValueError as error:
        raise click.BadParameter(str(error), context, option) from None


def _scripts(context: click.Context, _option: click.Parameter, given: bool) -> None:
    context.meta["pyliab.scripts"] = given


def common(command: F) -> F:
    """`--lang`, `--json`, `--kb`, `--allow-script` and `--no-pager`, which every command takes."""
    command = click.option(
        "--allow-script",
        is_flag=True,
        expose_value=False,
        callback=_scripts,
        help="Let rules in your own folders run Python (#script). Only for folders that you trust.",
    )(command)
    command = click.option(
        "--no-pager", is_flag=True, expose_value=False, callback=_unpaged, help="Print a long answer without a pager."
    )(command)
    command = click.option(
        "--kb",
        "folders",
        type=Folders(path_type=Path),
        multiple=True,
        envvar="PYLIAB_KB",
        help="A folder of your own knowledge, laid over the shipped one. Repeatable; default: those of PYLIAB_KB.",
    )(command)
    command = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")(command)
    return click.option(
        "--lang",
        type=click.Choice(["zh", "en"]),
        default=None,
        is_eager=True,
        callback=_language,
        help="Language of the answer (default: from the locale).",
    )(command)


def reading_options(command: F) -> F:
    """`--background`, `--as-if-in-force` and `--judged`."""
    command = click.option(
        "--judged",
        metavar="DAY",
        expose_value=False,
        callback=_judged,
        help="The day of the judgment, on which the interpretations of the law depend (2021-06-30).",
    )(command)
    command = click.option(
        "--as-if-in-force", is_flag=True, help="Ask as if today's law had been in force on the day of the case."
    )(command)
    return click.option(
        "--background",
        type=click.Choice(["text", "open"]),
        default="text",
        show_default=True,
        help="What fills the issues a reading leaves unsaid: the plain text, or nothing.",
    )(command)


def one_case(command: F) -> F:
    """CASE, `-r`, the options of a reading and those of every command."""
    reading = click.option(
        "-r",
        "--reading",
        shell_complete=complete.readings,
        help="A reading by id (`pyliab readings`), or the path of a reading file.",
    )
    return click.argument("case", shell_complete=complete.cases)(reading(reading_options(common(command))))


def load(folders: Sequence[Path]) -> KnowledgeBase:
    """The shipped knowledge with the user's folders over it."""
    from pyliab.asp import load as loading

    base = loading.load(folders, scripts=scripts_allowed())
    context = click.get_current_context(silent=True)
    base.judged = context.meta.get("pyliab.judged", "") if context else ""
    return base


def scripts_allowed() -> bool:
    """May rules of the user's own run Python in this command?"""
    context = click.get_current_context(silent=True)
    return bool(context and context.meta.get("pyliab.scripts"))


def page_for(base: KnowledgeBase, lang: str | None) -> Page:
    """Where an answer for people is printed."""
    from rich.console import Console

    from pyliab.answers.render.page import Page

    console = Console(highlight=False, markup=False, emoji=False)
    context = click.get_current_context(silent=True)
    if context and console.is_terminal and sys.stdin.isatty() and os.environ.get("PAGER") != "":
        from pyliab.cli.pager import paged

        if not context.meta.get("pyliab.unpaged"):
            context.with_resource(paged(console))
    return Page(console, base, "zh" if (lang or locale()) == "zh" else "en", _folders_typed(context))


def print_blocks(page: Page, blocks: Iterable[Block]) -> None:
    """An answer as its view sets it out."""
    from pyliab.answers.terminal import Terminal

    Terminal(page.console, page.lang).write(blocks)


def wording_for(base: KnowledgeBase, case: CaseFile | None = None) -> Wording:
    """How things of the base, and of a case, are said."""
    from pyliab.answers.wording import Wording

    return Wording(base, case, _folders_typed(click.get_current_context(silent=True)))


def _folders_typed(context: click.Context | None) -> list[str]:
    """The folders that the command line names; those of the environment need not be named again."""
    if context is None or context.get_parameter_source("folders") != click.core.ParameterSource.COMMANDLINE:
        return []
    return [str(folder) for folder in context.params["folders"]]


def print_json(value: Any) -> None:
    """One JSON object."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=to_json))


def ask(
    base: KnowledgeBase, case: str, reading: str | None, background: str, as_if: bool, *, non_liquet: bool = False
) -> tuple[World, CaseFile, Choice]:
    """One case and one reading, ready to be asked. Raises UsageError without a reading."""
    from pyliab.kb.reading import choose
    from pyliab.law.world import world_of

    if reading is None:
        raise UsageError(NAME_A_READING)
    found = base.case(case)
    choice = choose(base, base.reading(reading), "open" if background == "open" else "text")
    return world_of(base, found, as_if_in_force=as_if, non_liquet=non_liquet), found, choice


def distinct(names: Iterable[str]) -> None:
    """Two files may not come with one id into one question. Raises InputError."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise InputError(
                say(
                    "two of the things asked about are both called {name}; give one of them another id",
                    name=quoted(name),
                )
            )
        seen.add(name)


@contextmanager
def working(lang: str | None) -> Iterator[Callable[[str, int], None]]:
    """Long work: what is yielded says on a terminal how far it is, after a second. Ctrl-C ends with status 130.

    Whatever is at work calls what is yielded every now and then; an interrupt waits for that.
    """
    start = last = time.monotonic()
    zh = (lang or locale()) == "zh"

    def report(what: str, found: int) -> None:
        nonlocal last
        if interrupted:
            raise KeyboardInterrupt
        now = time.monotonic()
        if now - start > 1 and now - last > 0.2 and sys.stderr.isatty():
            last = now
            click.echo(f"\r\x1b[K{what}: {found}{'块' if zh else ' pieces'} …", nl=False, err=True)

    def clear() -> None:
        if last > start:
            click.echo("\r\x1b[K", nl=False, err=True)

    with _interrupts_noted() as interrupted:
        try:
            yield report
            if interrupted:
                raise KeyboardInterrupt
        except KeyboardInterrupt:
            clear()
            message = (
                "已中断；没有结果，因为部分的结果会是错的"
                if zh
                else "interrupted; a part of the answer would be a wrong one"
            )
            click.echo(f"pyliab: {message}", err=True)
            sys.exit(130)
    clear()


@contextmanager
def _interrupts_noted() -> Iterator[list[int]]:
    """Collect interrupts instead of raising: clingo ends the whole process if one is raised while it calls Python."""
    noted: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield noted
        return
    before = signal.signal(signal.SIGINT, lambda number, _frame: noted.append(number))
    try:
        yield noted
    finally:
        signal.signal(signal.SIGINT, before)
