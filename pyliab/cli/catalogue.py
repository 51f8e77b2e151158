"""What is in the knowledge base: cases, readings, issues, statutes, and any one thing whole."""

from __future__ import annotations

from pathlib import Path

import click

from pyliab.cli import complete
from pyliab.cli.common import common, load, page_for, print_json
from pyliab.text.say import say


@click.command()
@common
def cases(lang: str | None, as_json: bool, folders: tuple[Path, ...]) -> None:
    """The cases of the knowledge base, decided and hypothetical."""
    base = load(folders)
    if as_json:
        print_json(
            {
                "cases": [
                    {"case": c.id, "date": c.doc["date"], "kind": c.doc["kind"], "title": c.doc["title"]}
                    for c in base.cases.values()
                ]
            }
        )
        return
    page = page_for(base, lang)
    kinds = {"decided": page.t(say("decided")), "hypothetical": page.t(say("hypothetical"))}
    page.table(
        [page.t(say("case")), page.t(say("date")), page.t(say("kind")), page.t(say("title"))],
        [(c.id, c.doc["date"], kinds[c.doc["kind"]], c.doc["title"][page.lang]) for c in base.cases.values()],
        keep=3,
    )


@click.command()
@common
def readings(lang: str | None, as_json: bool, folders: tuple[Path, ...]) -> None:
    """The named readings: who holds them, and how much they set."""
    base = load(folders)
    if as_json:
        print_json(
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
    page = page_for(base, lang)
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
@common
def issues(lang: str | None, as_json: bool, folders: tuple[Path, ...]) -> None:
    """The disputed issues (争点) with their positions; the plain-text default is marked *."""
    base = load(folders)
    if as_json:
        print_json(
            {
                "issues": [
                    {"issue": n, "title": i["title"], "default": i["default"], "positions": list(i["positions"])}
                    for n, i in base.issues.items()
                ]
            }
        )
        return
    page = page_for(base, lang)
    rows = []
    for name, issue in base.issues.items():
        positions = ", ".join(p + ("*" if p == issue["default"] else "") for p in issue["positions"])
        rows.append((name, f"{issue['title'][page.lang]}\n{positions}"))
    page.table(
        [page.t(say("issue")), page.t(say("title and positions (* by the plain text)"))],
        rows,
    )


@click.command()
@common
def statutes(lang: str | None, as_json: bool, folders: tuple[Path, ...]) -> None:
    """The instruments and provisions whose wording the knowledge base holds; those with rules are marked *."""
    base = load(folders)
    asked = set(base.asked)
    if as_json:
        print_json(
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
    page = page_for(base, lang)
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
@common
def show(name: str, asp: bool, lang: str | None, as_json: bool, folders: tuple[Path, ...]) -> None:
    """Any one thing whole: a case, reading, issue, provision, statute, source or rule; or `vocabulary`.

    \b
    Example:
      pyliab show "ECL 38(2)"
      pyliab show paper_body
      pyliab show vocabulary
    """
    from pyliab.answers import show as showing

    base = load(folders)
    kind, found = showing.find(base, name)
    if asp:
        click.echo(showing.as_asp(base, kind, found), nl=False)
    elif as_json:
        print_json({"kind": kind, kind: showing.plain(found)})
    else:
        showing.show(page_for(base, lang), kind, found)
