"""The questions put to a case: derive, explain, compare."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pyliab.commands import complete
from pyliab.commands.common import ask, common, distinct, load, one_case, page_for, print_json, reading_options
from pyliab.commands.money import compare_in_money, money_options

if TYPE_CHECKING:
    from fractions import Fraction


@click.command()
@one_case
def derive(
    case: str,
    reading: str | None,
    background: str,
    as_if_in_force: bool,
    lang: str | None,
    as_json: bool,
    folders: tuple[Path, ...],
) -> None:
    """Who is liable in CASE under a reading: certain, or possible.

    CASE is the id of a case in the knowledge base, or the path of a case file.

    \b
    Example:
      pyliab derive ride_injury -r several_all
    """
    from pyliab.derive import derive_json

    base = load(folders)
    inquiry, found, choice = ask(base, case, reading, background, as_if_in_force)
    liabilities = inquiry.derive(found.id, choice)
    if as_json:
        print_json(derive_json(inquiry, found, choice, liabilities))
        return
    from pyliab.render import liabilities as rendered

    rendered.derived(page_for(base, lang), inquiry, found, choice, liabilities)


@click.command()
@one_case
@click.argument("liability", required=False)
def explain(
    case: str,
    liability: str | None,
    reading: str | None,
    background: str,
    as_if_in_force: bool,
    lang: str | None,
    as_json: bool,
    folders: tuple[Path, ...],
) -> None:
    """Why: first the reasons that carry a liability, then its proof, step by step.

    LIABILITY is an id as `derive` prints it, or a part of one (`supp_full`); without it, all are explained.

    \b
    Example:
      pyliab explain ride_injury -r paper_body
      pyliab explain ride_injury several -r text_minimal
    """
    from pyliab.derive import derive_json
    from pyliab.explain import Explainer, ProofProgram, select

    base = load(folders)
    inquiry, found, choice = ask(base, case, reading, background, as_if_in_force)
    liabilities = inquiry.derive(found.id, choice)
    chosen = select(liabilities, liability)
    proofs = ProofProgram(inquiry, found) if chosen else None
    explanations = [Explainer(proofs, choice).explain(one) for one in chosen] if proofs else []
    if as_json:
        print_json(
            {**derive_json(inquiry, found, choice, liabilities), "explanations": [e.to_json() for e in explanations]}
        )
        return
    from pyliab.render import liabilities as rendered
    from pyliab.render.proof import explained

    page = page_for(base, lang)
    if not proofs:
        rendered.derived(page, inquiry, found, choice, liabilities)
        return
    rendered.title(page, inquiry, found, choice)
    for explanation in explanations:
        page.line()
        explained(page, explanation, proofs.phrases)
    rendered.remarks(page, inquiry, found, choice, chosen)


@click.command()
@click.argument("cases", nargs=-1, required=True, shell_complete=complete.cases)
@click.option(
    "-r",
    "--reading",
    "readings",
    multiple=True,
    shell_complete=complete.readings,
    help="A reading to compare. Repeatable.",
)
@click.option("--all", "all_readings", is_flag=True, help="Compare all readings of the knowledge base.")
@click.option(
    "--money", "in_money", is_flag=True, help="The matrix in money: what the victim recovers, what a platform bears."
)
@money_options
@reading_options
@common
def compare(
    cases: tuple[str, ...],
    readings: tuple[str, ...],
    all_readings: bool,
    in_money: bool,
    assets: tuple[Any, ...],
    share: tuple[Fraction, Fraction] | None,
    background: str,
    as_if_in_force: bool,
    lang: str | None,
    as_json: bool,
    folders: tuple[Path, ...],
) -> None:
    """Rival readings side by side, and for each difference the first step at which the proofs part.

    \b
    Example:
      pyliab compare ride_injury -r paper_body -r several_all
      pyliab compare ride_injury ride_both charger_fire --all
      pyliab compare ride_injury --all --money --operator-assets 20000
    """
    from pyliab.compare import compare as compare_readings
    from pyliab.derive import Inquiry
    from pyliab.readings import choose

    base = load(folders)
    names = list(dict.fromkeys([*readings, *(base.readings if all_readings else ())]))
    if len(names) < 2:
        raise click.UsageError("name two readings or more with -r, or take them --all")
    choices = [choose(base, base.reading(name), "open" if background == "open" else "text") for name in names]
    asked = [base.case(case) for case in dict.fromkeys(cases)]
    distinct(choice.name for choice in choices)
    distinct(case.id for case in asked)
    if in_money:
        compare_in_money(base, asked, choices, assets, share, lang, as_json, as_if_in_force)
        return
    if assets or share:
        raise click.UsageError(f"--{'operator-assets' if assets else 'share'} goes with --money")
    inquiry = Inquiry(base, asked, as_if_in_force=as_if_in_force)
    results = compare_readings(inquiry, choices, all_pairs=as_json or len(choices) == 2)
    if as_json:
        print_json({"cases": [result.to_json() for result in results]})
        return
    from pyliab.render.liabilities import hypothetical
    from pyliab.render.matrix import compared

    page = page_for(base, lang)
    hypothetical(page, inquiry)
    compared(page, results, choices)
