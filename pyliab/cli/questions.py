"""The questions put to a case: derive, explain, compare."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pyliab.cli import complete
from pyliab.cli.common import (
    ask,
    common,
    distinct,
    load,
    locale,
    one_case,
    page_for,
    print_blocks,
    print_json,
    reading_options,
    wording_for,
)
from pyliab.cli.money import compare_in_money, money_options
from pyliab.cli.usage import UsageError
from pyliab.text.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyliab.kb.base import KnowledgeBase
    from pyliab.kb.case import CaseFile
    from pyliab.kb.reading import Choice
    from pyliab.law.proof import Explanation
    from pyliab.law.world import World
    from pyliab.money.books import Given, Shares

non_liquet_option = click.option(
    "--non-liquet", is_flag=True, help="What is in dispute stays unproved: decide it by the burden of proof."
)


@click.command()
@one_case
@non_liquet_option
@click.option(
    "--open-facts", is_flag=True, help="What is certain whatever the disputed facts, and what each of them would add."
)
def derive(
    case: str,
    non_liquet: bool,
    open_facts: bool,
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
      pyliab derive disputed_audit -r paper_body --non-liquet
      pyliab derive disputed_audit -r paper_body --open-facts
    """
    from pyliab.law.liability import derive_json

    if non_liquet and open_facts:
        raise UsageError(say("--non-liquet closes the dispute that --open-facts leaves open: take one of them"))
    base = load(folders)
    inquiry, found, choice = ask(base, case, reading, background, as_if_in_force, non_liquet=non_liquet)
    if open_facts:
        _open_facts(inquiry, found, choice, lang, as_json)
        return
    liabilities = inquiry.derive(found.id, choice)
    if as_json:
        print_json({**derive_json(inquiry, found, choice, liabilities), **_unproved_json(inquiry, found, choice)})
        return
    from pyliab.answers.views.liability import derived

    print_blocks(page_for(base, lang), derived(wording_for(base, found), inquiry, found, choice, liabilities))
    if non_liquet:
        _tell_unproved(inquiry, found, choice, lang)


def _open_facts(inquiry: World, case: CaseFile, choice: Choice, lang: str | None, as_json: bool) -> None:
    from pyliab.questions.disputed import open_facts

    answer = open_facts(inquiry, case, choice)
    if as_json:
        print_json(answer.to_json())
        return
    from pyliab.answers.render.dispute import opened

    opened(page_for(inquiry.base, lang), inquiry, case, choice, answer)


def _unproved_json(inquiry: World, case: CaseFile, choice: Choice) -> dict[str, object]:
    """Empty for a question that leaves the dispute as it is."""
    from pyliab.questions.disputed import unproved

    return {"unproved": [one.to_json() for one in unproved(inquiry, case, choice)]} if inquiry.non_liquet else {}


def _tell_unproved(inquiry: World, case: CaseFile, choice: Choice, lang: str | None) -> None:
    from pyliab.answers.render.dispute import told_unproved
    from pyliab.questions.disputed import unproved

    told_unproved(page_for(inquiry.base, lang), case, unproved(inquiry, case, choice))


@click.command()
@one_case
@non_liquet_option
@click.argument("liability", required=False)
@click.option(
    "--graph",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also draw the proofs: FILE.svg, or FILE.dot for Graphviz.",
)
def explain(
    case: str,
    non_liquet: bool,
    liability: str | None,
    graph: Path | None,
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
      pyliab explain ride_injury -r paper_body --graph proof.svg
    """
    from pyliab.law.liability import derive_json
    from pyliab.law.proof import Explainer, ProofProgram, select

    if graph and graph.suffix.lower() not in (".svg", ".dot"):
        raise UsageError(say("--graph writes .svg or .dot; {name} ends in neither", name=graph.name))
    base = load(folders)
    inquiry, found, choice = ask(base, case, reading, background, as_if_in_force, non_liquet=non_liquet)
    liabilities = inquiry.derive(found.id, choice)
    chosen = select(liabilities, liability)
    proofs = ProofProgram(inquiry, found) if chosen else None
    explanations = [Explainer(proofs, choice).explain(one) for one in chosen] if proofs else []
    if graph:
        _draw(base, found, explanations, graph, lang)
    if as_json:
        print_json(
            {
                **derive_json(inquiry, found, choice, liabilities),
                **_unproved_json(inquiry, found, choice),
                "explanations": [e.to_json() for e in explanations],
            }
        )
        return
    from pyliab.answers.views.liability import derived
    from pyliab.answers.views.proof import answered

    wording = wording_for(base, found)
    blocks = (
        answered(wording, inquiry, found, choice, explanations)
        if explanations
        else derived(wording, inquiry, found, choice, liabilities)
    )
    print_blocks(page_for(base, lang), blocks)
    if non_liquet:
        _tell_unproved(inquiry, found, choice, lang)


def _draw(
    base: KnowledgeBase, case: CaseFile, explanations: Sequence[Explanation], file: Path, lang: str | None
) -> None:
    """The proofs as a picture. Raises UsageError where there is none."""
    from pyliab.answers.graph import as_dot, as_svg
    from pyliab.answers.views.proof import tree
    from pyliab.cli.files import write_all

    if not explanations:
        raise UsageError(say("--graph: no liability follows, so there is no proof to draw"))
    wording = wording_for(base, case)
    trees = [tree(wording, wording.owed(e.liability.key), e) for e in explanations]
    write = as_svg if file.suffix.lower() == ".svg" else as_dot
    write_all([(file, write(trees, "zh" if (lang or locale()) == "zh" else "en").encode())])


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
    "--money", "in_money", is_flag=True, help="The matrix in money: what each creditor recovers and each debtor bears."
)
@money_options
@reading_options
@common
def compare(
    cases: tuple[str, ...],
    readings: tuple[str, ...],
    all_readings: bool,
    in_money: bool,
    assets: Given,
    shares: Shares,
    background: str,
    as_if_in_force: bool,
    lang: str | None,
    as_json: bool,
    folders: tuple[Path, ...],
) -> None:
    """Rival readings side by side, and for each difference the first step at which the proofs part.

    Two readings are set against each other whole: first what both prove, then what each proves from where they part,
    with the position that decides and the words relied on; and where one comes to no liability, the condition that
    fails there.

    \b
    Example:
      pyliab compare ride_injury -r paper_body -r several_all
      pyliab compare ride_injury ride_both charger_fire --all
      pyliab compare ride_injury --all --money --assets driver=20000
    """
    from pyliab.kb.reading import choose
    from pyliab.law.world import World
    from pyliab.questions.compare import compare as compare_readings

    base = load(folders)
    names = list(dict.fromkeys([*readings, *(base.readings if all_readings else ())]))
    if len(names) < 2:
        raise UsageError(say("name two readings or more with -r, or take them --all"))
    choices = [choose(base, base.reading(name), "open" if background == "open" else "text") for name in names]
    asked = [base.case(case) for case in dict.fromkeys(cases)]
    distinct(choice.name for choice in choices)
    distinct(case.id for case in asked)
    if in_money:
        compare_in_money(base, asked, choices, {"assets": assets, "shares": shares}, lang, as_json, as_if_in_force)
        return
    if assets or shares:
        raise UsageError(say("--{share} goes with --money", share="assets" if assets else "share"))
    inquiry = World(base, asked, as_if_in_force=as_if_in_force)
    results = compare_readings(inquiry, choices, all_pairs=as_json or len(choices) == 2)
    if as_json:
        print_json({"cases": [result.to_json() for result in results]})
        return
    from pyliab.answers.render.liabilities import hypothetical
    from pyliab.answers.render.matrix import compared

    page = page_for(base, lang)
    hypothetical(page, inquiry)
    compared(page, inquiry, results, choices)
