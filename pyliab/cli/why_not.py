"""The command `why-not`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pyliab.cli.common import ask, load, one_case, page_for, print_json

if TYPE_CHECKING:
    from pyliab.questions.open_case import What


@click.command("why-not")
@one_case
@click.argument("liability")
@click.option("-n", "number", type=click.IntRange(0), default=10, show_default=True, help="How many changes to list.")
@click.option("--law", is_flag=True, help="Change the reading only.")
@click.option("--facts", is_flag=True, help="Change the facts only.")
def why_not(
    case: str,
    liability: str,
    number: int,
    law: bool,
    facts: bool,
    reading: str | None,
    background: str,
    as_if_in_force: bool,
    lang: str | None,
    as_json: bool,
    folders: tuple[Path, ...],
) -> None:
    """Why not: the rules that come nearest to a liability, what each lacks, and the smallest changes that bring it about.

    LIABILITY is written debtor:form:creditor, or a part of it with the form (`joint_whole`). What is missing is not
    stated by anybody, not met, or not so read: a position other than the reading's own would accept it.

    \b
    Example:
      pyliab why-not ride_injury joint_whole -r paper_body
      pyliab why-not consumer_notice platform:joint_whole:customer -r several_all --facts
    """
    from pyliab.questions.why_not import why_not as answer_why_not

    base = load(folders)
    inquiry, found, choice = ask(base, case, reading, background, as_if_in_force)
    what: What = "both" if law == facts else "law" if law else "facts"
    answer = answer_why_not(inquiry, found, choice, liability, what=what, limit=number)
    if as_json:
        print_json(answer.to_json())
        return
    from pyliab.answers.render.hypotheses import answered

    answered(page_for(base, lang), inquiry, found, choice, answer)
