"""Arguments and decisions: debate, fit."""

from __future__ import annotations

import click

from pyliab.cli import complete
from pyliab.cli.options import readings_option
from pyliab.cli.session import Session, session


@click.command()
@click.argument("issue", shell_complete=complete.issues)
@click.option(
    "--canons", metavar="ORDER", default="", help="Canons from the highest down, separated by commas; the rest follow."
)
@session
def debate(session: Session, issue: str, canons: str) -> None:
    """The positions on ISSUE with their arguments, and which stand under an ordering of the canons.

    Canons: textual, systematic, historical, teleological, value, law-and-economics, causal.

    \b
    Example:
      pyliab debate ecl38_1_extent
      pyliab debate ecl38_1_extent --canons value,textual
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


@click.command()
@readings_option(help="A reading to test. Repeatable; default: all.")
@click.option(
    "--analogy/--no-analogy", default=True, help="Ask cases of earlier law also of today's law, marked as analogy."
)
@session
def fit(session: Session, readings: tuple[str, ...], analogy: bool) -> None:
    """Which readings are consistent with which decided cases.

    \b
    Example:
      pyliab fit
      pyliab fit -r paper_body -r several_all
    """
    from pyliab.answers.views.fit import fitted
    from pyliab.questions.fit import fit as hold

    names = [session.base.reading(name).reading for name in readings] or list(session.base.readings)
    answer = hold(session.base, names, analogy=analogy)
    session.answer(answer, view=lambda wording: fitted(names, answer, wording))
