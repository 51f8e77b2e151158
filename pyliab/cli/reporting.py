"""Pages to hand on: report, page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pyliab.cli.files import write_all
from pyliab.cli.help_page import shown_case
from pyliab.cli.options import all_readings_option, file_option, reading_options, readings_option
from pyliab.cli.session import Session, session
from pyliab.cli.usage import Command, UsageError
from pyliab.text.problem import InputError, of_system
from pyliab.text.say import listed, say

if TYPE_CHECKING:
    from pyliab.answers.blocks import Document
    from pyliab.law.words import Lang

KINDS = (".html", ".md", ".docx")


@click.command(cls=Command)
@click.argument("cases", nargs=-1, required=True)
@readings_option(help="A reading to report on, by id or path. Repeatable.")
@all_readings_option
@file_option("-o", "--output", help="The file to write: .html (a page), .md or .docx (a document).")
@click.option(
    "--csv", "folder", type=click.Path(path_type=Path, file_okay=False), help="A folder for every table as CSV."
)
@reading_options
@session
def report(
    session: Session,
    cases: tuple[str, ...],
    readings: tuple[str, ...],
    all_readings: bool,
    output: Path | None,
    folder: Path | None,
) -> None:
    """A report on CASES to hand on: facts, readings side by side, liabilities, proofs, settlement, sources.

    As .html one page that works offline, in both languages, with an explorer: flip a position or a disputed fact, and
    the outcome, the reasons and the money change at once. As .md or .docx a document with numbered tables and footnotes,
    in one language (--lang). The first reading is where the explorer starts.
    """
    from pyliab.answers.gather import gather
    from pyliab.answers.views.report import report as compose

    if output is None and folder is None:
        raise UsageError(say("name the file to write with -o (.html, .md or .docx), or a folder with --csv"))
    if output and output.suffix.lower() not in KINDS:
        raise UsageError(
            say("-o writes {kinds}; {name} ends in none of them", kinds=listed(KINDS, ", "), name=output.name)
        )
    choices = session.choices(readings, every=all_readings)
    if not choices:
        raise UsageError(say("name a reading with -r, or take them --all; `pyliab readings` lists them"))
    asked, as_if = session.cases(cases), session.as_if_in_force
    explore = output is not None and output.suffix.lower() == ".html"
    with session.working() as progress:
        gathered = [
            gather(session.base, case, choices, as_if_in_force=as_if, explore=explore, progress=progress)
            for case in asked
        ]
        composed = compose(gathered, session.wording())
    session.wrote(_write(composed, output, folder, session.lang))


@click.command(cls=Command)
@click.argument("cases", nargs=-1)
@file_option("-o", "--output", help="The file to write (.html).")
@click.option(
    "--clingo",
    type=click.Path(path_type=Path, exists=True),
    help="The npm package clingo-wasm as a file or an unpacked folder, where it cannot be fetched.",
)
@session
def page(session: Session, cases: tuple[str, ...], output: Path | None, clingo: Path | None) -> None:
    """One page in which anybody puts cases to the readings, with nothing to install.

    It opens from disk, without a network, in both languages: pick a case or tell one, change any fact, and see what every
    named reading comes to, and why. The rules in it are those of the knowledge base and of your own folders (--kb). The
    package that runs them in a browser is fetched once from the npm registry. CASES are shown first; files of your own go
    into the page.
    """
    from pyliab.answers.alone import page as alone
    from pyliab.answers.clingo_wasm import package

    if output is None or output.suffix.lower() != ".html":
        raise UsageError(say("name the file to write with -o (.html)"))
    shown = session.cases(cases or shown_case(session.home))
    write_all([(output, alone(session.base, shown, package(clingo), session.lang).encode())])
    session.wrote([output])


def _write(composed: Document, output: Path | None, folder: Path | None, lang: Lang) -> list[Path]:
    """Everything is made before anything is written. Raises InputError where a file cannot be."""
    from pyliab.answers.files import as_file

    made: list[tuple[Path, bytes]] = []
    if output:
        made.append((output, as_file(composed, None, output, lang)))
    if folder:
        from pyliab.answers.csv import tables

        made += [(folder / name, text.encode("utf-8-sig")) for name, text in tables(composed, lang).items()]
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            why = of_system(error)
            raise InputError(say("{folder} cannot be made: {why}", folder=folder, why=why)) from None
    write_all(made)
    return [path for path, _ in made]
