"""Arguments and decisions: debate, fit."""

from __future__ import annotations

from typing import Literal

import click

from pyliab.cli import complete
from pyliab.cli.options import readings_option
from pyliab.cli.session import Session, session
from pyliab.cli.usage import Command


@click.command(cls=Command)
@click.argument("issue", shell_complete=complete.issues)
@click.option(
    "--canons", metavar="ORDER", default="", help="Canons from the highest down, separated by commas; the rest follow."
)
@session
def debate(session: Session, issue: str, canons: str) -> None:
    """The positions on ISSUE with their arguments, and which stand under an ordering of the canons.

    Canons: textual, systematic, historical, teleological, value, law-and-economics, causal.
    """
    from pyliab.answers.views.debate import debated
    from pyliab.questions.debate import debate as hold
    from pyliab.questions.debate import ordering

    order = ordering([name.strip() for name in canons.split(",") if name.strip()])
    standings = hold(session.base, issue, order)
    session.answer(
        {"issue": issue, "canons": order, "positions": standings},
        view=lambda wording: debated(session.base.issues[issue], order, standings, wording),
    )


@click.command(cls=Command)
@readings_option(help="A reading to test. Repeatable; default: all.")
@click.option(
    "--background",
    type=click.Choice(["text", "open"]),
    default="open",
    show_default=True,
    help="What fills the issues a reading leaves unsaid: the plain text, or nothing.",
)
@click.option("--space", "whole", is_flag=True, help="How the decisions cut the space of all readings.")
@click.option(
    "--without",
    metavar="CASE",
    multiple=True,
    shell_complete=complete.cases,
    help="A decision by which the space is not cut. Repeatable.",
)
@click.option(
    "--analogy/--no-analogy",
    default=None,
    help="Ask cases of earlier law also of today's law, marked as such; the space is cut by these only with --analogy.",
)
@click.option(
    "--weigh",
    type=click.Choice(["court", "date"]),
    help="What gives up the least comes first: a decision of a higher court, or a later one, outweighs all others.",
)
@click.option("--full", is_flag=True, help="Print every decision and every sufficient set.")
@session
def fit(
    session: Session,
    readings: tuple[str, ...],
    whole: bool,
    without: tuple[str, ...],
    analogy: bool | None,
    weigh: Literal["court", "date"] | None,
    full: bool,
) -> None:
    """Which readings give what courts held, and which cannot.

    A reading counts for what its source says: what it leaves open is not filled in, and where a decision turns on that,
    the decision says nothing of it; `--background text` fills it from the plain text. With --space: what the readings that give all decisions have in common, over the whole
    space of readings, exactly; where there are none, the smallest sets of decisions that no reading gives together.
    """
    from pyliab.answers.views.fit import fitted, spaced
    from pyliab.questions.fit import fit as hold

    names = [session.base.reading(name).reading for name in readings] or list(session.base.readings)
    left_out = [case.id for case in session.cases(without)]
    with session.working() as progress:
        answer = hold(
            session.base,
            names,
            analogy=analogy,
            background=session.background,
            without=left_out,
            weigh=weigh,
            progress=progress,
        )
    view = spaced if whole else fitted
    session.answer(answer, view=lambda wording: view(answer, wording, full=full))
