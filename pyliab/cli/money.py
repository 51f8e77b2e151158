"""Who pays whom, and who bears it in the end: settle, and sweep over what others have."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pyliab.cli.files import write_all
from pyliab.cli.options import (
    case_argument,
    file_option,
    parsed,
    reading_option,
    reading_options,
    readings_option,
)
from pyliab.cli.session import NAME_A_READING, Session, session
from pyliab.cli.usage import BadParameter, Command, UsageError
from pyliab.law.words import LANGS
from pyliab.text.problem import InputError, nearest, of_error
from pyliab.text.say import quoted, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from fractions import Fraction

    from pyliab.answers.blocks import Block
    from pyliab.answers.wording import Wording
    from pyliab.kb.case import CaseFile
    from pyliab.kb.reading import Choice
    from pyliab.money.books import Given, Shares
    from pyliab.money.conclusions import Ledger
    from pyliab.money.settlement import Settlement
    from pyliab.money.sweep import Sweep


T = TypeVar("T")


def _assets(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> Given:
    """`driver=20000` and `driver=unlimited` (None), by party. Raises BadParameter."""
    from pyliab.text.amounts import amount

    sums: dict[str, list[Fraction | None]] = {}
    for value in values:
        party, equals, text = value.partition("=")
        if not equals:
            raise BadParameter(say("say whose, as PARTY=YUAN: {value} names nobody", value=quoted(value)))
        try:
            sums.setdefault(party.strip(), []).append(amount(text))
        except ValueError as error:
            raise BadParameter(say("{error}; or write unlimited", error=of_error(error))) from None
    return sums


def _shares(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> Shares:
    """The lowest and the highest value, by party. Raises BadParameter."""
    from pyliab.text.amounts import shares

    try:
        parts = [value.rpartition("=") for value in values]
        return {party.strip(): shares(text) for party, _, text in parts}
    except ValueError as error:
        raise BadParameter(of_error(error)) from None


def _above_nothing(value: str) -> Fraction:
    """An exact amount. Raises ValueError, or BadParameter for nothing."""
    from fractions import Fraction

    from pyliab.text.amounts import money

    amount = Fraction(money(value))
    if amount == 0:
        raise BadParameter(say("must be above nothing"))
    return amount


assets_option = click.option(
    "--assets",
    metavar="PARTY=YUAN",
    callback=_assets,
    multiple=True,
    help="What can be collected from a debtor, by id or name: driver=20000 or driver=unlimited. Repeatable; two amounts of one party are "
    "two scenarios. Default: what the case states; else, of those directly liable, both nothing and no limit.",
)
share_option = click.option(
    "--share",
    "shares",
    metavar="[PARTY=]SHARE",
    callback=_shares,
    multiple=True,
    help="A debtor's share, instead of what the case states: 30%, 3/10, or a range 20%-40%; with PARTY= where there are "
    "several debtors.",
)


def money_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--assets` and `--share`."""
    return assets_option(share_option(command))


def of_parties(option: str, given: Mapping[str, T], case: CaseFile) -> dict[str, T]:
    """What was given of parties, each by its id or its name in any language. Raises UsageError for one the case has not."""
    return {party_of(option, name, case): value for name, value in given.items()}


def party_of(option: str, name: str, case: CaseFile) -> str:
    """The party of this id or name; none where none is named. Raises UsageError for one that the case has not."""
    parties = case.doc.parties
    called = {text.of(lang).casefold().removeprefix("the "): party for party, text in parties.items() for lang in LANGS}
    party = name if name in parties else called.get(name.casefold().removeprefix("the "), name)
    if party and party not in parties:
        near = nearest(party, [*parties, *called])
        message = say(
            "{option}: {id} has no party {party}{near}", option=option, id=case.id, party=quoted(party), near=near
        )
        raise UsageError(message)
    return party


def ledgers_of(session: Session, case: CaseFile, choices: Sequence[Choice]) -> list[Ledger]:
    """What is owed in a case under each reading."""
    from pyliab.law.world import world_of
    from pyliab.money.conclusions import ledger_of

    world = world_of(session.base, case, as_if_in_force=session.as_if_in_force)
    return [ledger_of(world, case, choice) for choice in choices]


def _asked(session: Session, case: str, readings: Sequence[str]) -> tuple[CaseFile, list[Choice]]:
    """The case and the readings. Raises UsageError without a reading."""
    if not readings:
        raise UsageError(NAME_A_READING)
    return session.case(case), session.choices(readings)


@click.command(cls=Command)
@case_argument
@reading_option(help="A reading by id or path.")
@money_options
@file_option("--picture", metavar="FILE", help="Also draw who pays and who bears it, as bars: FILE.svg or FILE.png.")
@reading_options
@session
def settle(
    session: Session,
    case: str,
    reading: str | None,
    assets: Given,
    shares: Shares,
    picture: Path | None,
) -> None:
    """Who pays whom in CASE, in what order, and who bears it in the end.

    All claims of the case are settled together: each debtor has one pot for all its debts, and where that does not reach,
    claims enforced at the same time are paid in proportion. Every order of suing that the law leaves open is a scenario;
    what neither the case nor the reading settles makes a range. Where a debtor is liable on several bases, each is settled
    by itself as well. The liability of those directly liable is presupposed. What is owed beyond the loss is reckoned under
    its own head where the case states the price or loss of which it is a multiple.
    """
    asked, choices = _asked(session, case, [reading] if reading else [])
    given = of_parties("--assets", assets, asked), of_parties("--share", shares, asked)
    answer = _settled(session, asked, choices, *given)
    drawn = [(picture, _in_bars(session, answer, asked, picture))] if picture else []
    session.answer(answer, case=asked)
    write_all(drawn)


def _settled(session: Session, case: CaseFile, choices: Sequence[Choice], assets: Given, shares: Shares) -> Settlement:
    """The claims of a case under one reading, and what is owed beyond the loss."""
    from pyliab.law.world import world_of
    from pyliab.money.settlement import on_top, settlement

    (ledger,) = ledgers_of(session, case, choices)
    world = world_of(session.base, case, as_if_in_force=session.as_if_in_force)
    return settlement(ledger, assets, shares, on_top(world, ledger))


@click.command(cls=Command)
@case_argument
@readings_option(help="A reading. Repeatable.")
@click.option("--debtor", metavar="PARTY", help="Whose burden, where several may be liable.")
@click.option("--creditor", metavar="PARTY", help="Whose recovery, where several are harmed.")
@click.option(
    "--first",
    metavar="PARTY",
    help="Whom the creditors go against first, where they may (default: the directly liable).",
)
@click.option(
    "--to", "end", metavar="YUAN", callback=parsed(_above_nothing), help="Where the axis ends (default: the loss)."
)
@share_option
@file_option("--chart", metavar="FILE", help="Draw the curves: FILE.svg or FILE.png.")
@file_option("--csv", "table", help="Write them as CSV.")
@reading_options
@partial(session, writes=False)
def sweep(
    session: Session,
    case: str,
    readings: tuple[str, ...],
    debtor: str | None,
    creditor: str | None,
    first: str | None,
    end: Fraction | None,
    shares: Shares,
    chart: Path | None,
    table: Path | None,
) -> None:
    """What a creditor of CASE gets and a debtor bears over the assets of those directly liable, and where readings break even."""
    from pyliab.money import sweep as curves

    asked, choices = _asked(session, case, readings)
    options = {"--first": first, "--debtor": debtor, "--creditor": creditor}
    head, who, whom = (party_of(option, name or "", asked) or None for option, name in options.items())
    ledgers, known = ledgers_of(session, asked, choices), of_parties("--share", shares, asked)
    result = curves.sweep(ledgers, _pair(ledgers, who, whom), head, known, end)
    files = _write(session, result, chart, table, asked)
    session.answer(result, case=asked)
    if files and not session.as_json:
        session.wrote(files, "written: {path}")


def _in_bars(session: Session, answer: Settlement, case: CaseFile, path: Path) -> bytes:
    """The scenarios as bars. Raises InputError where there are none, and for another kind of file."""
    from pyliab.answers.picture import as_picture
    from pyliab.answers.views.money import in_bars

    figure = next(in_bars(answer, session.wording(case)), None)
    if figure is None:
        raise InputError(say("nobody is liable under this reading, so there is nothing to draw"))
    return as_picture(figure.svg[session.lang], path)


def _pair(ledgers: Sequence[Ledger], debtor: str | None, creditor: str | None) -> tuple[str, str]:
    """The one debtor and creditor that are meant. Raises InputError where that is not clear."""
    known = sorted({pair for ledger in ledgers for pair in ledger.pairs})
    if not known:
        raise InputError(say("nobody is liable under these readings, so there is nothing to sweep"))
    left = [pair for pair in known if debtor in (None, pair[0]) and creditor in (None, pair[1])]
    if len(left) == 1:
        return left[0]
    listed = "; ".join(f"--debtor {who} --creditor {whom}" for who, whom in known)
    what = say("say who is meant") if left else say("no such debtor and creditor")
    raise InputError(say("{what}: {listed}", what=what, listed=listed))


def _write(session: Session, result: Sweep, chart: Path | None, table: Path | None, case: CaseFile) -> list[Path]:
    """The files that were asked for, written. Raises InputError where they cannot be."""
    from pyliab.answers.chart import curves
    from pyliab.answers.csv import rows_as_csv
    from pyliab.answers.picture import as_picture

    drawn = curves(result, session.wording(case))[session.lang] if chart else ""
    files = [(chart, as_picture(drawn, chart))] if chart else []
    files += [(table, rows_as_csv(result).encode())] if table else []
    write_all(files)
    return [path for path, _ in files]


def compare_in_money(
    session: Session,
    cases: Sequence[CaseFile],
    choices: Sequence[Choice],
    assets: Given,
    shares: Shares,
) -> None:
    """The answer of `compare --money`."""
    from pyliab.answers.views import view
    from pyliab.money.settlement import compared

    results = []
    for case in cases:
        given = of_parties("--assets", assets, case), of_parties("--share", shares, case)
        results.append(compared(ledgers_of(session, case, choices), *given))

    def shown(_wording: Wording) -> Iterator[Block]:
        for case, result in zip(cases, results, strict=True):
            yield from view(result, session.wording(case))

    session.answer({"cases": results}, view=shown)
