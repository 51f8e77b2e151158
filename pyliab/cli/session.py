"""A session: what one command is asked with, and how its answer leaves."""

from __future__ import annotations

import functools
import json
import os
import re
import sys
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import field, replace
from functools import cached_property
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pyliab.cli.options import case_argument, common_options, output_option, reading_option, reading_options
from pyliab.cli.usage import UsageError
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError
from pyliab.text.say import EMPTY, locale, quoted, say

if TYPE_CHECKING:
    from rich.console import Console

    from pyliab.answers.blocks import Block, Document
    from pyliab.answers.terminal import Terminal
    from pyliab.answers.wording import Wording
    from pyliab.api import Question
    from pyliab.kb.base import KnowledgeBase
    from pyliab.kb.case import CaseFile
    from pyliab.kb.reading import Background, Choice
    from pyliab.kb.versions import Made
    from pyliab.law.words import Lang

F = TypeVar("F", bound=Callable[..., Any])

NAME_A_READING = say("name a reading with -r; `pyliab readings` lists them")


def language(context: click.Context) -> Lang:
    """The language of a command, as far as it has been read."""
    named: Lang | None = context.meta.get("pyliab.lang")
    return named or locale()


@dataclass
class Session:
    """One command: the base it asks, the language, JSON or not, and how the readings are taken.

    `called` are the cases and readings that came by the path of a file, with that path; `typed` the base and the folders
    that the command line names, as its options, for commands that are printed as advice.
    """

    lang: Lang
    as_json: bool = False
    folders: tuple[Path, ...] = ()
    home: Path | None = None
    scripts: bool = False
    background: Background = "text"
    as_if_in_force: bool = False
    judged: str | None = None
    paged: bool = False
    output: Path | None = None
    typed: tuple[tuple[str, str], ...] = ()
    called: dict[str, str] = field(default_factory=dict)

    # --- what is asked ------------------------------------------------------------------------------------------------

    @cached_property
    def base(self) -> KnowledgeBase:
        """The shipped body of law, or that of `home`, with the user's folders over it. Raises InputError."""
        from pyliab.asp.load import load

        base = load(self.folders, home=self.home, scripts=self.scripts)
        base.judged = self.judged or ""
        return base

    def case(self, name: str) -> CaseFile:
        """A case by id or by path. Raises InputError."""
        case = self.base.case(name)
        self.called[case.id] = name
        return case

    def cases(self, names: Iterable[str], *, every: bool = False) -> list[CaseFile]:
        """Cases, each once; all of the base where `every` is asked. Raises InputError where two share an id."""
        cases = [self.case(name) for name in dict.fromkeys([*names, *(self.base.cases if every else ())])]
        distinct(case.id for case in cases)
        return cases

    def choice(self, name: str, background: Background | None = None) -> Choice:
        """A reading by id or by path, its gaps filled from the background. Raises InputError."""
        from pyliab.kb.reading import choose

        reading = self.base.reading(name)
        self.called[reading.reading] = name
        return choose(self.base, reading, background or self.background)

    def choices(self, names: Iterable[str], *, every: bool = False) -> list[Choice]:
        """Readings, each once; all of the base where `every` is asked. Raises InputError where two share an id."""
        choices = [self.choice(name) for name in dict.fromkeys([*names, *(self.base.readings if every else ())])]
        distinct(choice.name for choice in choices)
        return choices

    def question(self, case: str, reading: str | None, *, non_liquet: bool = False) -> Question:
        """A case under a reading. Raises UsageError without a reading, InputError where there is no such thing."""
        from pyliab.api import Case, Question

        if reading is None:
            raise UsageError(NAME_A_READING)
        asked = Case(self.base, self.case(case), self.as_if_in_force, non_liquet)
        return Question(asked, self.choice(reading))

    # --- how an answer leaves -----------------------------------------------------------------------------------------

    @cached_property
    def console(self) -> Console:
        """Where people read; through a pager, where they do so on a terminal."""
        from rich.console import Console

        console = Console(highlight=False, markup=False, emoji=False)
        if self.paged and console.is_terminal and sys.stdin.isatty() and os.environ.get("PAGER") != "":
            from pyliab.cli.pager import paged

            click.get_current_context().with_resource(paged(console))
        return console

    def wording(self, case: CaseFile | None = None) -> Wording:
        """How things of the base, and of a case, are said."""
        from pyliab.answers.wording import Wording

        return Wording(self.base, case, self.typed, self.called)

    @cached_property
    def terminal(self) -> Terminal:
        """Where blocks are printed."""
        from pyliab.answers.terminal import Terminal

        return Terminal(self.console, self.lang)

    def print(self, blocks: Iterable[Block]) -> None:
        """An answer as its view sets it out."""
        self.terminal.write(blocks)

    def print_json(self, value: object) -> None:
        """One JSON object."""
        from pyliab.text.encode import to_json

        plain = to_json(value)
        text = json.dumps(plain, ensure_ascii=False, indent=2)
        try:
            text.encode(sys.stdout.encoding)
        except UnicodeEncodeError:
            text = json.dumps(plain, indent=2)  # what the terminal has not is escaped
        click.echo(text)

    def answer(
        self,
        answer: object,
        *,
        view: Callable[[Wording], Iterable[Block]] | None = None,
        case: CaseFile | None = None,
    ) -> None:
        """Print an answer, or write it to the file asked for: as JSON; else by the `view` given, or by that of its type.

        `case` gives the parties their names. Raises InputError where the file cannot be written.
        """
        if self.as_json and not self.output:
            self.print_json(answer)
        else:
            from pyliab.answers import views

            wording = self.wording(case)
            blocks = tuple(view(wording) if view else views.view(answer, wording))
            if self.output:
                self._write(wording.document(EMPTY, blocks), answer, self.output)
            else:
                self.print(blocks)

    def _write(self, document: Document, answer: object, path: Path) -> None:
        """A file lasts: it says how the answer came about, so that `reproduce` can derive it again."""
        from pyliab.answers.cited import line_of
        from pyliab.answers.files import as_file
        from pyliab.cli.files import write_all
        from pyliab.text.encode import to_json

        plain = to_json(answer)
        about = self.made(plain)
        if path.suffix.lower() == ".json" and isinstance(plain, dict):
            plain["made"] = to_json(about)
        document = replace(document, blocks=(*document.blocks, line_of(about)))
        write_all([(path, as_file(document, plain, path, self.lang))])
        self.wrote([path])

    def made(self, plain: object) -> Made:
        """How an answer, as plain data, came about: the command without where it is written, and the versions."""
        from pyliab.kb.versions import made

        asked = click.get_current_context().meta.get("pyliab.asked", [])
        named = {value for _, value in self.typed}
        unnamed = [("--kb", str(f)) for f in self.folders] + ([("--base", str(self.home))] if self.home else [])
        extra = [word for option in unnamed if option[1] not in named for word in option]
        return made([*_without_output(asked), *extra], plain, self.home, self.folders)

    def wrote(self, paths: Iterable[Path], message: str = "{path}") -> None:
        """Which files were written, each said by the message."""
        if self.as_json:
            self.print_json({"written": list(paths)})
            return
        for path in paths:
            click.echo(say(message, path=path).of(self.lang))

    def working(self) -> AbstractContextManager[Callable[[str, int], None]]:
        """Long work, see `progress.working`."""
        from pyliab.cli.progress import working

        return working(self.lang)


def _without_output(asked: Iterable[str]) -> list[str]:
    """The words of a command without the file that it is written to, the language and the form."""
    text = "\0".join(asked)
    for option in (r"(-o|--output|--lang)\0[^\0]*", r"(-o|--output=|--lang=)[^\0]+", r"--json", r"--no-pager"):
        text = re.sub(rf"(^|(?<=\0)){option}(\0|$)", "", text)
    return [word for word in text.split("\0") if word]


def distinct(names: Iterable[str]) -> None:
    """Two files may not come with one id into one question. Raises InputError."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            message = "two of the things asked about are both called {name}; give one of them another id"
            raise InputError(say(message, name=quoted(name)))
        seen.add(name)


# --- commands ---------------------------------------------------------------------------------------------------------

_HELD = ("as_json", "scripts", "home", "background", "as_if_in_force", "judged")


def session(command: F, *, writes: bool = True) -> F:
    """The options that every command takes. The command gets a Session, and its own arguments.

    It `writes` its answer to a file with `-o`, unless it has an `output` of its own.
    """
    writes = writes and "output" not in signature(command).parameters

    @functools.wraps(command)
    def run(*args: Any, lang: Lang | None, no_pager: bool, folders: tuple[Path, ...], **given: Any) -> Any:
        context = click.get_current_context()
        typed = click.core.ParameterSource.COMMANDLINE
        taken = {name: given.pop(name) for name in (*_HELD, *(["output"] if writes else ())) if name in given}
        asked = Session(lang or locale(), folders=folders, paged=not no_pager, **taken)
        options = {"folders": [("--kb", str(folder)) for folder in folders], "home": [("--base", str(asked.home))]}
        asked.typed = tuple(o for name in options if context.get_parameter_source(name) == typed for o in options[name])
        if asked.output:
            from pyliab.answers.files import check_name

            check_name(asked.output)
        return command(asked, *args, **given)

    with_common: F = common_options(run)
    return output_option(with_common) if writes else with_common


def one_case(command: F, *, writes: bool = True) -> F:
    """CASE, `-r`, the options of a reading and those of every command."""
    reading = reading_option(help="A reading by id (`pyliab readings`), or the path of a reading file.")
    return case_argument(reading(reading_options(session(command, writes=writes))))  # type: ignore[no-any-return]
