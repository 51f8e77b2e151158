"""What is in the knowledge base: cases, readings, issues, statutes, and any one thing whole."""

from __future__ import annotations

import click

from pyliab.cli import complete
from pyliab.cli.session import Session, session


@click.command()
@session
def cases(session: Session) -> None:
    """The cases of the knowledge base, decided and hypothetical."""
    from pyliab.answers.views.case import listing

    found = session.base.cases.values()
    rows = [{"case": c.id, "date": c.doc.date, "kind": c.doc.kind, "title": c.doc.title} for c in found]
    session.answer({"cases": rows}, view=lambda wording: listing(found, wording))


@click.command()
@session
def readings(session: Session) -> None:
    """The named readings: who holds them, and how much they set."""
    from pyliab.answers.views.reading import listing
    from pyliab.kb.reading import taken

    found = session.base.readings
    rows = [
        {"reading": name, "title": reading.title, "holder": reading.holder, "own": taken(reading)}
        for name, reading in found.items()
    ]
    session.answer({"readings": rows}, view=lambda wording: listing(found, wording))


@click.command()
@session
def issues(session: Session) -> None:
    """The disputed issues with their positions; the plain-text default is marked *."""
    from pyliab.answers.views.issue import listing

    found = session.base.issues
    rows = [
        {"issue": name, "title": issue.title, "default": issue.default, "positions": list(issue.positions)}
        for name, issue in found.items()
    ]
    session.answer({"issues": rows}, view=lambda wording: listing(found, wording))


@click.command()
@session
def statutes(session: Session) -> None:
    """The instruments and provisions whose wording the knowledge base holds; those with rules are marked *."""
    from pyliab.answers.views.provision import listing

    found = session.base.statutes
    rows = [
        {
            "statute": name,
            "title": statute.title,
            "in_force": statute.in_force,
            "provisions": [provision.id for provision in statute.provisions],
        }
        for name, statute in found.items()
    ]
    session.answer({"statutes": rows}, view=lambda wording: listing(found, wording))


@click.command()
@click.argument("name", metavar="ID", shell_complete=complete.everything)
@click.option("--asp", is_flag=True, help="Print a case or a reading as ASP facts, for clingo run by hand.")
@session
def show(session: Session, name: str, asp: bool) -> None:
    """Any one thing whole: a case, reading, issue, provision, statute, source or rule; or `vocabulary`.

    \b
    Example:
      pyliab show "ECL 38(2)"
      pyliab show paper_body
      pyliab show vocabulary
    """
    from pyliab.answers import show as showing

    base = session.base
    kind, found = showing.find(base, name)
    if asp:
        click.echo(showing.as_asp(base, kind, found), nl=False)
    else:
        from pyliab.answers.views import view

        plain = {"kind": kind, kind: showing.plain(found)}
        session.answer(plain, view=lambda wording: view(found, wording, kind))
