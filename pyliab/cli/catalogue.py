"""What is in the knowledge base: cases, readings, issues, statutes, and any one thing whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import click

from pyliab.cli import complete
from pyliab.cli.session import Session, session
from pyliab.cli.usage import Command, UsageError
from pyliab.text.say import say


def _list(session: Session, kind: str, rows: Iterable[Mapping[str, Any]], view: str) -> None:
    """All things of a kind: in JSON some keys of each, else by the `listing` of a view."""
    from importlib import import_module

    known = getattr(session.base, kind)
    listing = import_module(f"pyliab.answers.views.{view}").listing
    session.answer({kind: list(rows)}, view=lambda wording: listing(known, wording))


@click.command(cls=Command)
@click.option("--decided", is_flag=True, help="Only those that a court decided.")
@click.option(
    "--csv", "as_csv", is_flag=True, help="The decided ones as data: CSV, a row for each element, with its sources."
)
@session
def cases(session: Session, decided: bool, as_csv: bool) -> None:
    """The cases of the knowledge base, decided and hypothetical."""
    from pyliab.answers.csv import text
    from pyliab.answers.views.case import listing
    from pyliab.answers.views.decisions import elements

    known = {name: c for name, c in session.base.cases.items() if c.doc.judgment or not (decided or as_csv)}
    if as_csv and not session.output:
        (table,) = elements(known.values(), session.wording())
        click.echo(text(table, session.lang), nl=False)
        return
    rows = [{"case": c.id, "date": c.doc.date, "kind": c.doc.kind, "title": c.doc.title} for c in known.values()]
    session.answer(
        {"cases": rows},
        view=lambda wording: elements(known.values(), wording) if as_csv else listing(known, wording),
    )


@click.command(cls=Command)
@session
def readings(session: Session) -> None:
    """The named readings: who holds them, and how much they set."""
    from pyliab.kb.reading import taken

    known = session.base.readings.items()
    rows = ({"reading": name, "title": r.title, "holder": r.holder, "own": taken(r)} for name, r in known)
    _list(session, "readings", rows, "reading")


@click.command(cls=Command)
@session
def issues(session: Session) -> None:
    """The disputed issues with their positions; the plain-text default is marked *."""
    rows = (
        {"issue": name, "title": issue.title, "default": issue.default, "positions": list(issue.positions)}
        for name, issue in session.base.issues.items()
    )
    _list(session, "issues", rows, "issue")


@click.command(cls=Command)
@session
def statutes(session: Session) -> None:
    """The instruments and provisions whose wording the knowledge base holds; those with rules are marked *."""
    rows = (
        {
            "statute": name,
            "title": statute.title,
            "in_force": statute.in_force,
            "provisions": [provision.id for provision in statute.provisions],
        }
        for name, statute in session.base.statutes.items()
    )
    _list(session, "statutes", rows, "provision")


@click.command(cls=Command)
@click.argument("name", metavar="ID", shell_complete=complete.everything)
@click.option("--asp", is_flag=True, help="Print a case or a reading as ASP facts, for clingo run by hand.")
@click.option("--facts", is_flag=True, help="The facts that a provision asks for, as sentences to copy into a case.")
@session
def show(session: Session, name: str, asp: bool, facts: bool) -> None:
    """Any one thing whole: a case, reading, issue, provision, statute, source or rule; or `vocabulary`.

    ID is its id or its title; of a provision its number as well, in Chinese or not.
    """
    from pyliab.answers import show as showing

    base = session.base
    kind, thing = showing.find(base, name)
    if asp:
        click.echo(showing.as_asp(base, kind, thing), nl=False)
    elif facts:
        _facts(session, kind, thing)
    else:
        from pyliab.answers.views import view

        plain = {"kind": kind, kind: showing.plain(thing)}
        session.answer(plain, view=lambda wording: view(thing, wording, kind))


def _facts(session: Session, kind: str, thing: Any) -> None:
    """The sentences by which a case may be told under a provision, of the cast of hypothetical cases."""
    from pyliab.answers.views.provision import asked
    from pyliab.asp.facts_of import facts_of
    from pyliab.cli.new.case import Cast, Example

    if kind != "provision":
        raise UsageError(say("--facts goes with a provision"))
    base = session.base
    cast = Cast(base)
    examples = [Example(base, cast, base.vocabulary[name], False, session.lang) for name in facts_of(base, thing.id)]
    rows = [
        {"word": example.word.name, "group": example.word.group, "says": example.sentence(how)}
        for example in examples
        for how in (("not", "so") if example.word.marked("duty") else ("so",))
    ]
    session.answer({"provision": thing.id, "facts": rows}, view=lambda wording: asked(thing, rows, wording))


@click.command(cls=Command)
@click.argument("words", metavar="WORDS", nargs=-1, required=True)
@session
def search(session: Session, words: tuple[str, ...]) -> None:
    """Provisions, positions, arguments, readings, cases and words of the vocabulary in which WORDS stand, in any language."""
    from pyliab.answers.search import search as found_in
    from pyliab.answers.views.found import found

    hits = found_in(session.base, words)
    session.answer({"found": hits}, view=lambda wording: found(hits, words, wording))
