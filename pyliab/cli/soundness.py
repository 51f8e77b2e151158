"""Is the knowledge sound, and is it complete: check, coverage."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from pyliab.cli.session import Session, session
from pyliab.cli.usage import Command
from pyliab.text.say import Text, listed, say, say_n


@click.command(cls=Command)
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("-q", "--quiet", is_flag=True, help="Print problems only; nothing if there is none.")
@partial(session, writes=False)
def check(session: Session, path: Path | None, quiet: bool) -> None:
    """Is the knowledge base sound? Or a case file, a reading file, or a folder of your own?

    Exit status 0: sound; 1: readable, but an expectation or a cross-reference fails; 2: not readable. Of a case, it is also
    said which breach or knowledge bears on nothing for want of one ordinary fact.
    """
    from pyliab.questions.check import check as run

    report = run(path, session.folders, home=session.home, scripts=session.scripts)
    if session.as_json:
        session.print_json({"sound": not report.problems, **vars(report)})
    else:
        for problem in report.problems:
            click.echo(problem.of(session.lang))
        if not quiet:
            click.echo(_verdict(len(report.problems), report.checked).of(session.lang))
            for note in report.notes:
                click.echo(note.of(session.lang))
    sys.exit(1 if report.problems else 0)


def _verdict(faults: int, checked: dict[str, int]) -> Text:
    """Whether it is sound, and how much was looked at."""
    verdict = say_n("{count} problem", "{count} problems", faults) if faults else say("sound")
    counts = listed((say("{count} " + what, count=count) for what, count in checked.items()), ", ")
    return say("{verdict}: {counts}", verdict=verdict, counts=counts)


@click.command(cls=Command)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@partial(session, writes=False)
def upgrade(session: Session, files: tuple[Path, ...]) -> None:
    """What case files of an earlier version do not say and now could, line by line.

    Such files are taken as they stand: a key that came later may be left out, and the line says what that then means.
    Nothing is written, and nothing is supposed that the file does not say.
    """
    from pyliab.kb.read import load_case
    from pyliab.kb.upgrade import asks

    base = session.base
    asked = [ask for file in files for ask in asks(load_case(file, base), base.vocabulary)]
    if session.as_json:
        session.print_json({"asks": asked})
        return
    for ask in asked:
        click.echo(ask.of(session.lang))
    number = len(asked)
    click.echo(
        (
            say_n("{count} line to look at", "{count} lines to look at", number)
            if asked
            else say("nothing more to be told")
        ).of(session.lang)
    )


@click.command(cls=Command)
@click.option("--check", "strict", is_flag=True, help="Exit with status 1 unless every part is at 100 %.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing; with --check, the exit status answers.")
@session
def coverage(session: Session, strict: bool, quiet: bool) -> None:
    """Wording and rules, claims and carriers, positions and sources: how much is covered, and what is missing."""
    from pyliab.answers.views.fit import covered
    from pyliab.questions.coverage import coverage as count

    parts = count(session.base)
    if session.as_json or not quiet:
        session.answer({"parts": parts}, view=lambda wording: covered(parts, wording))
    sys.exit(1 if strict and any(part.missing for part in parts) else 0)
