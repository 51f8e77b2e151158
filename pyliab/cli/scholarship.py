"""Arguments and decisions: debate, fit."""

from __future__ import annotations

from pathlib import Path

import click

from pyliab.cli import complete
from pyliab.cli.common import common, load, page_for, print_json


@click.command()
@click.argument("issue", shell_complete=complete.issues)
@click.option("--canons", default="", help="Canons from the highest down, separated by commas; the rest follow.")
@common
def debate(issue: str, canons: str, lang: str | None, as_json: bool, folders: tuple[Path, ...]) -> None:
    """The positions on ISSUE with their arguments, and which stand under an ordering of the canons.

    Canons: textual, systematic, historical, teleological, value, law-and-economics, causal.

    \b
    Example:
      pyliab debate ecl38_1_extent
      pyliab debate ecl38_1_extent --canons value,textual
    """
    from pyliab.questions.debate import debate as hold
    from pyliab.questions.debate import ordering

    base = load(folders)
    order = ordering([name.strip() for name in canons.split(",") if name.strip()])
    found = hold(base, issue, order)
    if as_json:
        print_json({"issue": issue, "canons": order, "positions": [one.to_json() for one in found]})
        return
    from pyliab.answers.render.scholarship import debated

    debated(page_for(base, lang), base.issues[issue], order, found)


@click.command()
@click.option(
    "-r",
    "--reading",
    "readings",
    multiple=True,
    shell_complete=complete.readings,
    help="A reading to test. Repeatable; default: all.",
)
@click.option(
    "--analogy/--no-analogy", default=True, help="Ask cases of earlier law also of today's law, marked as analogy."
)
@common
def fit(readings: tuple[str, ...], analogy: bool, lang: str | None, as_json: bool, folders: tuple[Path, ...]) -> None:
    """Which readings are consistent with which decided cases.

    \b
    Example:
      pyliab fit
      pyliab fit -r paper_body -r several_all
    """
    from pyliab.questions.fit import fit as hold

    base = load(folders)
    names = [base.reading(name).reading for name in readings] or list(base.readings)
    found = hold(base, names, analogy=analogy)
    if as_json:
        print_json(found.to_json())
        return
    from pyliab.answers.render.scholarship import fitted

    fitted(page_for(base, lang), names, found)
