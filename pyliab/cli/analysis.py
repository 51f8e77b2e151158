"""What else could be: space, flip, why-not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pyliab.cli import complete
from pyliab.cli.money import money_options, of_parties
from pyliab.cli.options import as_if_option, reading_option
from pyliab.cli.session import Session, one_case, session
from pyliab.cli.usage import Command, UsageError
from pyliab.text.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyliab.answers.blocks import Block
    from pyliab.answers.wording import Wording
    from pyliab.api import Question
    from pyliab.money.books import Given, Shares
    from pyliab.questions.open_case import What
    from pyliab.space.space import Explored


@click.command(cls=Command)
@click.argument("cases", nargs=-1, shell_complete=complete.cases)
@click.option("--all", "all_cases", is_flag=True, help="All cases of the knowledge base.")
@reading_option(help="A reading whose own positions are fixed: the space it leaves.")
@click.option(
    "--by",
    "level",
    type=click.Choice(["form", "debtor", "money"]),
    default="form",
    show_default=True,
    help="Tell outcomes apart by who owes whom in which form, only by who owes whom, or by what the victim recovers "
    "and what the platform bears.",
)
@money_options
@click.option(
    "--credence",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A file of your own weights on positions: what they come to for each outcome.",
)
@click.option("--count", is_flag=True, help="Print in how many readings. A number of readings is no probability.")
@click.option("--full", is_flag=True, help="Print every outcome and every sufficient set.")
@as_if_option
@session
def space(
    session: Session,
    cases: tuple[str, ...],
    all_cases: bool,
    reading: str | None,
    level: str,
    assets: Given,
    shares: Shares,
    credence: Path | None,
    count: bool,
    full: bool,
) -> None:
    """All outcomes of CASES over all readings, exactly, and what suffices for each.

    A reading here takes a position on every issue; nothing is filled in from the plain text. Each sufficient set is
    minimal, and all are found. For several cases: which issues matter in which.

    With --credence, outcomes have what your own weights on positions come to; issues without weights stay open, so that
    an outcome may have a range. The file: `credence:`, below it `ISSUE: {POSITION: 60%, POSITION: 40%}`.

    In money, two readings have one outcome when every creditor recovers the same, and every debtor bears the same in the
    end, as `settle` reckons it where those directly liable are sued first (in any order, where none is known). With --all, cases that state no loss are left out, and named.
    """
    from pyliab.kb.read import load_credence
    from pyliab.money.by_money import explore as in_money
    from pyliab.money.stated import NotStatedError
    from pyliab.space.space import Explorer, answer

    if level != "money" and (assets or shares):
        raise UsageError(say("--assets and --share go with --by money"))
    asked = session.cases(cases, every=all_cases)
    if not asked:
        raise UsageError(say("name one case or more, or take them --all"))
    chosen = session.choice(reading, "open") if reading else None
    given = {id(case): (of_parties("--assets", assets, case), of_parties("--share", shares, case)) for case in asked}
    weights = load_credence(credence, session.base) if credence else None
    left_out: list[str] = []
    answers: list[Explored] = []
    with session.working() as progress:
        explorer = Explorer(session.base, as_if_in_force=session.as_if_in_force, progress=progress)
        for case in asked:
            try:
                explored = (
                    in_money(explorer, case, *given[id(case)], fixed=chosen.own if chosen else None)
                    if level == "money"
                    else explorer.explore(case, level)
                )
            except NotStatedError:
                if case.id in cases:
                    raise
                left_out.append(case.id)
                continue
            left = explored.under(chosen.own if chosen else {}, chosen.name if chosen else None)
            answers.append(answer(left, weights))
    rows = {"cases": answers, **({"no_loss_stated": left_out} if left_out else {})}

    def shown(wording: Wording) -> Iterator[Block]:
        from pyliab.answers.views import space as view
        from pyliab.answers.views.liability import hypothetical

        yield from hypothetical(session.as_if_in_force)
        alone = len(asked) == 1
        yield from (
            view.explored(answers[0], wording, full=full, count=count)
            if alone
            else view.tabled(answers, wording, left_out)
        )

    session.answer(answers[0] if len(asked) == 1 else rows, view=shown, case=asked[0])


@click.command(cls=Command)
@one_case
@click.option("--law", is_flag=True, help="Change positions on disputed issues (the default).")
@click.option("--facts", is_flag=True, help="Change facts of the case; with --law, facts and positions together.")
@click.option("--unstated", is_flag=True, help="With --facts: also suppose facts that nobody stated.")
@click.option(
    "-n", "limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="With --facts: how many."
)
@click.option(
    "--to",
    "wanted",
    metavar="LIABILITY|none",
    help="Only what leads there: an id as `derive` prints it, a part of one, or `none`.",
)
@click.option("--full", is_flag=True, help="Print every flip.")
def flip(
    session: Session,
    case: str,
    reading: str | None,
    law: bool,
    facts: bool,
    unstated: bool,
    limit: int,
    wanted: str | None,
    full: bool,
) -> None:
    """Every minimal change that changes the outcome of CASE under a reading, or brings a wanted one about.

    Changed are positions of the reading; with --facts, facts of the case. Where the reading leaves the outcome open,
    also what settles it.
    """
    from pyliab.answers.views.flip import flipped
    from pyliab.law.liability import Asked
    from pyliab.questions.flip import flips, wanted_outcome
    from pyliab.space.space import Explorer

    question = session.question(case, reading)
    if facts:
        _flip_facts(session, question, wanted, "both" if law else "facts", unstated, limit)
        return
    if unstated:
        raise UsageError(say("--unstated supposes facts: add --facts"))
    base, asked, choice = session.base, question.file, question.choice
    goal = wanted_outcome(base, asked, wanted) if wanted else None
    with session.working() as progress:
        explored = Explorer(base, as_if_in_force=session.as_if_in_force, progress=progress).explore(asked)
        result = flips(explored, choice, goal)
    result = replace(result, asked=Asked(base, asked, choice, session.as_if_in_force))
    session.answer(result, view=lambda wording: flipped(result, wording, full=full), case=asked)


def _flip_facts(
    session: Session, question: Question, wanted: str | None, what: What, unstated: bool, limit: int
) -> None:
    from pyliab.law.liability import Asked, Key
    from pyliab.questions.flip import NOBODY_LIABLE, fact_flips

    keys: list[Key] | None = None
    if wanted is not None:
        parts = wanted.split(":")
        if wanted != NOBODY_LIABLE and len(parts) != 3:
            raise UsageError(say("with --facts, --to takes a whole id such as platform:several:passenger, or none"))
        keys = [] if wanted == NOBODY_LIABLE else [Key(parts[0], parts[2], parts[1])]
    with session.working():
        result = fact_flips(
            question.world, question.file, question.choice, keys, limit=limit, what=what, unstated=unstated
        )
    asked = Asked(session.base, question.file, question.choice, session.as_if_in_force)
    session.answer(replace(result, asked=asked), case=question.file)


@click.command("why-not", cls=Command)
@one_case
@click.argument("liability")
@click.option(
    "-n",
    "number",
    type=click.IntRange(1),
    default=5,
    show_default=True,
    help="How many attempts, and changes, to list.",
)
@click.option("--law", is_flag=True, help="Change the reading only.")
@click.option("--facts", is_flag=True, help="Change the facts only.")
def why_not(
    session: Session, case: str, reading: str | None, liability: str, number: int, law: bool, facts: bool
) -> None:
    """Why not: the rules that come nearest to a liability, what each lacks, and the smallest changes that bring it about.

    LIABILITY is written debtor:form:creditor, or a part of it with the form (`joint_whole`). What is missing is not
    stated by anybody, not met, or not so read: a position other than the reading's own would accept it.
    """
    what: What = "both" if law == facts else "law" if law else "facts"
    question = session.question(case, reading)
    session.answer(question.why_not(liability, number, what=what), case=question.file)
