"""The questions put to a case: derive, explain, compare."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pyliab.cli import complete
from pyliab.cli.money import compare_in_money, money_options
from pyliab.cli.options import file_option, reading_options, readings_option
from pyliab.cli.session import Session, one_case, session
from pyliab.cli.usage import Command, UsageError
from pyliab.text.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyliab.answers.blocks import Block
    from pyliab.answers.wording import Wording
    from pyliab.api import Question
    from pyliab.law.proof import Explained
    from pyliab.money.books import Given, Shares
    from pyliab.questions.overview import Lacks

non_liquet_option = click.option(
    "--non-liquet", is_flag=True, help="What is in dispute stays unproved: decide it by the burden of proof."
)


@click.command(cls=Command)
@one_case
@non_liquet_option
@click.option(
    "--open-facts", is_flag=True, help="What is certain whatever the disputed facts, and what each of them would add."
)
@click.option("--full", is_flag=True, help="All terms of each liability, and the law that was not applied.")
@file_option("--picture", metavar="FILE", help="Also draw what the readings come to: FILE.svg.")
def derive(
    session: Session,
    case: str,
    reading: str | None,
    non_liquet: bool,
    open_facts: bool,
    full: bool,
    picture: Path | None,
) -> None:
    """Who is liable in CASE: under a reading, certain or possible; without one, what the named readings come to.

    CASE is the id of a case in the knowledge base, or the path of a case file.
    """
    if non_liquet and open_facts:
        raise UsageError(say("--non-liquet closes the dispute that --open-facts leaves open: take one of them"))
    if reading is None and not open_facts:
        _overview(session, case, non_liquet, full, picture)
        return
    if picture:
        raise UsageError(say("--picture draws all readings: leave -r and --open-facts out"))
    question = session.question(case, reading, non_liquet=non_liquet)
    if open_facts:
        session.answer(question.open_facts(), case=question.file)
        return

    lacks = _lacks(session, question)

    def shown(wording: Wording) -> Iterator[Block]:
        from pyliab.answers.views.liability import derived

        yield from derived(question.derived, wording, full=full, lacks=lacks)

    session.answer(question.derived, view=shown, case=question.file)


def _lacks(session: Session, question: Question) -> Lacks | None:
    """Why nobody is liable: the answer is complete before it is written; JSON has no place for what is lacking."""
    return None if question.liabilities or session.as_json else question.lacks


def _overview(session: Session, case: str, non_liquet: bool, full: bool, picture: Path | None) -> None:
    """What the named readings come to."""
    if picture and picture.suffix.lower() != ".svg":
        raise UsageError(say("--picture writes a .svg file"))
    from pyliab.api import Case

    asked = Case(session.base, session.case(case), session.as_if_in_force, non_liquet)
    answer = asked.overview(session.background)

    def shown(wording: Wording) -> Iterator[Block]:
        from pyliab.answers.views.overview import glance

        yield from glance(answer, wording, full=full)

    session.answer(answer, view=shown, case=asked.file)
    if picture:
        from pyliab.answers.strip import picture as drawn
        from pyliab.cli.files import write_all

        write_all([(picture, drawn(answer, session.wording(asked.file), session.lang).encode())])


@click.command(cls=Command)
@one_case
@non_liquet_option
@click.argument("liability", required=False)
@file_option("--graph", metavar="FILE", help="Also draw the proofs: FILE.svg, or FILE.dot for Graphviz.")
@click.option("--prose", is_flag=True, help="As a passage for an article or a judgment.")
@click.option(
    "--full", is_flag=True, help="All steps: what was looked for and not found, the days of laws in force too."
)
def explain(
    session: Session,
    case: str,
    reading: str | None,
    non_liquet: bool,
    liability: str | None,
    graph: Path | None,
    prose: bool,
    full: bool,
) -> None:
    """Why: first the reasons that carry a liability, then its proof, step by step.

    LIABILITY is an id as `derive` prints it, or a part of one (`supp_full`); without it, all are explained.
    """
    if graph and graph.suffix.lower() not in (".svg", ".dot"):
        raise UsageError(say("--graph writes .svg or .dot; {name} ends in neither", name=graph.name))
    question = session.question(case, reading, non_liquet=non_liquet)
    answer, lacks = question.why(liability), _lacks(session, question)
    if graph:
        _draw(session, answer, graph)

    def shown(wording: Wording) -> Iterator[Block]:
        from pyliab.answers.views.proof import answered
        from pyliab.answers.views.prose import argued

        return argued(answer, wording, lacks=lacks) if prose else answered(answer, wording, full=full, lacks=lacks)

    session.answer(answer, view=shown, case=question.file)


def _draw(session: Session, answer: Explained, file: Path) -> None:
    """The proofs as a picture. Raises UsageError where there is none."""
    from pyliab.answers.graph import as_dot, as_svg
    from pyliab.answers.views.proof import tree
    from pyliab.cli.files import write_all

    if not answer.explanations:
        raise UsageError(say("--graph: no liability follows, so there is no proof to draw"))
    wording = session.wording(answer.asked.case)
    trees = [tree(wording, wording.liability(e.liability), e) for e in answer.explanations]
    write = as_svg if file.suffix.lower() == ".svg" else as_dot
    write_all([(file, write(trees, session.lang).encode())])


@click.command(cls=Command)
@click.argument("cases", nargs=-1, required=True, shell_complete=complete.cases)
@readings_option(help="A reading to compare. Repeatable.")
@click.option("--all", "all_readings", is_flag=True, help="Compare all readings of the knowledge base.")
@click.option(
    "--money", "in_money", is_flag=True, help="The matrix in money: what each creditor recovers and each debtor bears."
)
@click.option("--before", is_flag=True, help="Each reading also under the law without the reforms of your folders.")
@money_options
@reading_options
@session
def compare(
    session: Session,
    cases: tuple[str, ...],
    readings: tuple[str, ...],
    all_readings: bool,
    in_money: bool,
    before: bool,
    assets: Given,
    shares: Shares,
) -> None:
    """Rival readings side by side, and for each difference the first step at which the proofs part.

    Two readings are set against each other whole: first what both prove, then what each proves from where they part,
    with the position that decides and the words relied on; and where one comes to no liability, the condition that
    fails there.
    """
    from pyliab.law.world import World
    from pyliab.questions.compare import compare as compare_readings

    names = [*readings, *(session.base.readings if all_readings else ())]
    if before:
        without = "".join(f"+{reform}=unenacted" for reform in session.base.reforms)
        if not without:
            raise UsageError(say("--before: no folder named with --kb brings a reform"))
        names = [variant for name in names for variant in (f"{name}{without}", name)]
    choices = session.choices(names)
    if len(choices) < 2:
        raise UsageError(say("name two readings or more with -r, or take them --all"))
    asked = session.cases(cases)
    if in_money:
        compare_in_money(session, asked, choices, assets, shares)
        return
    if assets or shares:
        raise UsageError(say("--{share} goes with --money", share="assets" if assets else "share"))
    world = World(session.base, asked, as_if_in_force=session.as_if_in_force)
    results = compare_readings(world, choices, all_pairs=session.as_json or len(choices) == 2)

    def shown(wording: Wording) -> Iterator[Block]:
        from pyliab.answers.views.compare import compared
        from pyliab.answers.views.liability import hypothetical

        yield from hypothetical(session.as_if_in_force)
        yield from compared(results, wording, world.cases)

    session.answer({"cases": results}, view=shown)
