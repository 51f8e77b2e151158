"""A case told: tell."""

from __future__ import annotations

from pathlib import Path

import click

from pyliab.cli.options import case_argument
from pyliab.cli.session import Session, session
from pyliab.cli.usage import Command
from pyliab.text.problem import InputError
from pyliab.text.say import say


@click.command(cls=Command)
@case_argument
@click.option("--sentences", is_flag=True, help="A case file with its facts as sentences, to be edited.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write it into this file: the statement as .md, .html or .docx, a case file as .yaml.",
)
@session
def tell(session: Session, case: str, sentences: bool, output: Path | None) -> None:
    """CASE as a statement of facts, as a judgment tells them; or as a case file in sentences."""
    from pyliab.law.telling import Telling

    known = session.case(case)
    telling = Telling(session.base, known)
    if not sentences:
        from pyliab.answers.views.tell import told

        session.output = output
        rows = [{"word": f.word, "status": f.status, "says": telling.sentence(f)} for f in known.facts]
        session.answer({"case": known.id, "facts": rows}, view=lambda wording: told(known, wording), case=known)
        return
    text = telling.in_sentences(session.lang)
    if output is None:
        click.echo(text, nl=False)
        return
    if output.exists():
        raise InputError(say("{output} exists already; name another file", output=output))
    from pyliab.cli.files import write_all

    write_all([(output, text.encode())])
    session.wrote([output], "written: {path}")
