"""What is in the knowledge base: cases, readings, issues, statutes, and any one thing whole."""

from __future__ import annotations

import click

from pyliab.cli import complete
from pyliab.cli.session import Session, session
from pyliab.text.say import say


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
    page = session.page
    kinds = {"decided": page.t(say("decided")), "hypothetical": page.t(say("hypothetical"))}
    page.table(
        [page.t(say("case")), page.t(say("date")), page.t(say("kind")), page.t(say("title"))],
        [(c.id, c.doc["date"], kinds[c.doc["kind"]], c.doc["title"][page.lang]) for c in base.cases.values()],
        keep=3,
    )


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
    page = session.page
    page.table(
        [
            page.t(say("reading")),
            page.t(say("positions")),
            page.t(say("held by")),
            page.t(say("title")),
        ],
        [
            (n, str(len(r["positions"])), r["holder"][page.lang], r["title"][page.lang])
            for n, r in base.readings.items()
        ],
    )


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
    page = session.page
    rows = []
    for name, issue in base.issues.items():
        positions = ", ".join(p + ("*" if p == issue["default"] else "") for p in issue["positions"])
        rows.append((name, f"{issue['title'][page.lang]}\n{positions}"))
    page.table(
        [page.t(say("issue")), page.t(say("title and positions (* by the plain text)"))],
        rows,
    )


@click.command()
@session
def statutes(session: Session) -> None:
    """The instruments and provisions whose wording the knowledge base holds; those with rules are marked *."""
    base = session.base
    asked = set(base.asked)
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
    page = session.page
    rows = []
    for name, statute in base.statutes.items():
        provisions = ", ".join(
            p["id"].removeprefix(f"{name} ") + ("*" if p["id"] in asked else "") for p in statute["provisions"]
        )
        period = statute["in_force"]["start"] + (
            "–" + statute["in_force"]["end"] if statute["in_force"]["end"] else "–"
        )
        rows.append((name, f"{statute['title'][page.lang]}  {period}\n{provisions}"))
    page.table(
        [
            page.t(say("instrument")),
            page.t(say("title, in force, provisions (* with rules)")),
        ],
        rows,
    )


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
        plain = {"kind": kind, kind: showing.plain(found)} if session.as_json else found
        session.answer(plain, lambda page: showing.show(page, kind, found))
