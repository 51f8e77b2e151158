"""What is in the knowledge base: cases, readings, issues, statutes, and any one thing whole."""

from __future__ import annotations

from pathlib import Path

import click

from pyliab.cli import complete
from pyliab.cli.common import common, load, page_for, print_blocks, print_json, wording_for


@click.command()
@common
def cases(lang: str | None, as_json: bool, folders: tuple[Path, ...]) -> None:
    """The cases of the knowledge base, decided and hypothetical."""
    base = load(folders)
    if as_json:
        print_json(
            {
                "cases": [
                    {"case": c.id, "date": c.doc.date, "kind": c.doc.kind, "title": c.doc.title}
                    for c in base.cases.values()
                ]
            }
        )
        return
    from pyliab.answers.views.case import listing

    print_blocks(page_for(base, lang), listing(base.cases.values(), wording_for(base)))


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
                        "title": r.title,
                        "holder": r.holder,
                        "own": {i: c.position for i, c in r.positions.items()},
                    }
                    for n, r in base.readings.items()
                ]
            }
        )
        return
    from pyliab.answers.views.reading import listing

    print_blocks(page_for(base, lang), listing(base.readings, wording_for(base)))


@click.command()
@common
def issues(lang: str | None, as_json: bool, folders: tuple[Path, ...]) -> None:
    """The disputed issues (争点) with their positions; the plain-text default is marked *."""
    base = load(folders)
    if as_json:
        print_json(
            {
                "issues": [
                    {"issue": n, "title": i.title, "default": i.default, "positions": list(i.positions)}
                    for n, i in base.issues.items()
                ]
            }
        )
        return
    from pyliab.answers.views.issue import listing

    print_blocks(page_for(base, lang), listing(base.issues, wording_for(base)))


@click.command()
@common
def statutes(lang: str | None, as_json: bool, folders: tuple[Path, ...]) -> None:
    """The instruments and provisions whose wording the knowledge base holds; those with rules are marked *."""
    base = load(folders)
    if as_json:
        print_json(
            {
                "statutes": [
                    {
                        "statute": n,
                        "title": s.title,
                        "in_force": s.in_force,
                        "provisions": [p.id for p in s.provisions],
                    }
                    for n, s in base.statutes.items()
                ]
            }
        )
        return
    from pyliab.answers.views.provision import listing

    print_blocks(page_for(base, lang), listing(base.statutes, wording_for(base)))


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
        from pyliab.answers.views import view

        print_blocks(page_for(base, lang), view(found, wording_for(base), kind))
