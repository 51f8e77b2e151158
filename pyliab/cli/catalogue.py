"""What is in the knowledge base: cases, readings, issues, statutes, and any one thing whole."""

from __future__ import annotations

import click

from pyliab.cli import complete
from pyliab.cli.session import Session, session


@click.command()
@session
def cases(session: Session) -> None:
    """The cases of the knowledge base, decided and hypothetical."""
    base = session.base
    if session.as_json:
        session.print_json(
            {
                "cases": [
                    {"case": c.id, "date": c.doc["date"], "kind": c.doc["kind"], "title": c.doc["title"]}
                    for c in base.cases.values()
                ]
            }
        )
        return
    from pyliab.answers.views.case import listing

    session.print(listing(base.cases.values(), session.wording()))


@click.command()
@session
def readings(session: Session) -> None:
    """The named readings: who holds them, and how much they set."""
    base = session.base
    if session.as_json:
        session.print_json(
            {
                "readings": [
                    {
                        "reading": n,
                        "title": r["title"],
                        "holder": r["holder"],
                        "own": {i: c["position"] for i, c in r["positions"].items()},
                    }
                    for n, r in base.readings.items()
                ]
            }
        )
        return
    from pyliab.answers.views.reading import listing

    session.print(listing(base.readings, session.wording()))


@click.command()
@session
def issues(session: Session) -> None:
    """The disputed issues (争点) with their positions; the plain-text default is marked *."""
    base = session.base
    if session.as_json:
        session.print_json(
            {
                "issues": [
                    {"issue": n, "title": i["title"], "default": i["default"], "positions": list(i["positions"])}
                    for n, i in base.issues.items()
                ]
            }
        )
        return
    from pyliab.answers.views.issue import listing

    session.print(listing(base.issues, session.wording()))


@click.command()
@session
def statutes(session: Session) -> None:
    """The instruments and provisions whose wording the knowledge base holds; those with rules are marked *."""
    base = session.base
    if session.as_json:
        session.print_json(
            {
                "statutes": [
                    {
                        "statute": n,
                        "title": s["title"],
                        "in_force": s["in_force"],
                        "provisions": [p["id"] for p in s["provisions"]],
                    }
                    for n, s in base.statutes.items()
                ]
            }
        )
        return
    from pyliab.answers.views.provision import listing

    session.print(listing(base.statutes, session.wording()))


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
