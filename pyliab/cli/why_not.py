"""The command `why-not`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pyliab.cli.session import Session, one_case

if TYPE_CHECKING:
    from pyliab.questions.open_case import What


@click.command("why-not")
@one_case
@click.argument("liability")
@click.option("-n", "number", type=click.IntRange(0), default=10, show_default=True, help="How many changes to list.")
@click.option("--law", is_flag=True, help="Change the reading only.")
@click.option("--facts", is_flag=True, help="Change the facts only.")
def why_not(
    session: Session, case: str, reading: str | None, liability: str, number: int, law: bool, facts: bool
) -> None:
    """Why not: the rules that come nearest to a liability, what each lacks, and the smallest changes that bring it about.

    LIABILITY is written debtor:form:creditor, or a part of it with the form (`joint_whole`). What is missing is not
    stated by anybody, not met, or not so read: a position other than the reading's own would accept it.

    \b
    Example:
      pyliab why-not ride_injury joint_whole -r paper_body
      pyliab why-not consumer_notice platform:joint_whole:customer -r several_all --facts
    """
    what: What = "both" if law == facts else "law" if law else "facts"
    question = session.question(case, reading)
    session.answer(question.why_not(liability, number, what=what), case=question.file)
