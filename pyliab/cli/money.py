"""Who pays whom, and who bears it in the end: settle."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pyliab.cli import complete
from pyliab.cli.session import NAME_A_READING, Session, reading_options, session
from pyliab.cli.usage import BadParameter, UsageError
from pyliab.text.problem import InputError, nearest, not_written, of_error
from pyliab.text.say import quoted, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from fractions import Fraction

    from pyliab.answers.render.page import Page
    from pyliab.kb.case import CaseFile
    from pyliab.kb.reading import Choice
    from pyliab.money.ledger import Ledger
    from pyliab.money.reckoner import Assets
    from pyliab.money.sweep import Sweep


def _assets(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> tuple[Any, ...]:
    """`20000` and `unlimited` as a tuple of one amount (None: no limit), `driver=20000` as a dict. Raises BadParameter."""
    from pyliab.text.amounts import amount

    found: list[Any] = []
    for value in values:
        party, _, text = value.rpartition("=")
        try:
            sum_ = amount(text)
        except ValueError as error:
            raise BadParameter(say("{error}; or write unlimited", error=of_error(error))) from None
        found.append({party.strip(): sum_} if party else (sum_,))
    return tuple(found)


def _share(_ctx: click.Context, _param: click.Parameter, value: str | None) -> tuple[Fraction, Fraction] | None:
    """The lowest and the highest value. Raises BadParameter."""
    from pyliab.text.amounts import shares

    try:
        return None if value is None else shares(value)
    except ValueError as error:
        raise BadParameter(of_error(error)) from None


def _above_nothing(_ctx: click.Context, _param: click.Parameter, value: str | None) -> Fraction | None:
    """An exact amount. Raises BadParameter."""
    from fractions import Fraction

    from pyliab.text.amounts import money

    try:
        found = None if value is None else Fraction(money(value))
    except ValueError as error:
        raise BadParameter(of_error(error)) from None
    if found == 0:
        raise BadParameter(say("must be above nothing"))
    return found


def money_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--operator-assets` and `--share`."""
    command = click.option(
        "--share",
        metavar="SHARE",
        callback=_share,
        help="The platform's share, instead of what the case states: 30%, 3/10, or a range 20%-40%.",
    )(command)
    return click.option(
        "--operator-assets",
        "assets",
        metavar="YUAN",
        callback=_assets,
        multiple=True,
        help="What can be collected from the operator: 20000, unlimited, or PARTY=20000. Repeatable. "
        "Default: what the case states, else both nothing and no limit.",
    )(command)


def checked_assets(given: Sequence[Any], case: CaseFile) -> list[Assets | Fraction | None]:
    """The values of `--operator-assets`. Raises UsageError for a party that the case does not have."""
    for party in (name for one in given if isinstance(one, dict) for name in one):
        if party not in case.doc.parties:
            near = nearest(party, case.doc.parties)
            raise UsageError(
                say("--operator-assets: {id} has no party {party}{near}", id=case.id, party=quoted(party), near=near)
            )
    return [one if isinstance(one, dict) else one[0] for one in given]


def ledgers_of(session: Session, case: CaseFile, readings: Sequence[str]) -> list[Ledger]:
    """One ledger for each reading. Raises UsageError without a reading."""
    if not readings:
        raise UsageError(NAME_A_READING)
    return _ledgers(session, case, session.choices(readings))


def _ledgers(session: Session, case: CaseFile, choices: Sequence[Choice]) -> list[Ledger]:
    from pyliab.money.ledger import Ledger

    return [Ledger(session.base, case, choice, as_if_in_force=session.as_if_in_force) for choice in choices]


@click.command()
@click.argument("case", shell_complete=complete.cases)
@click.option(
    "-r",
    "--reading",
    "readings",
    multiple=True,
    shell_complete=complete.readings,
    help="A reading by id or path. Repeatable with --sweep.",
)
@money_options
@click.option(
    "--sweep", "sweeping", is_flag=True, help="Curves over the operator's assets, and where readings break even."
)
@click.option(
    "--first",
    type=click.Choice(["operator", "platform"]),
    default="operator",
    show_default=True,
    help="With --sweep: against whom the victim goes first, where the form leaves the choice.",
)
@click.option(
    "--to",
    "end",
    metavar="YUAN",
    callback=_above_nothing,
    help="With --sweep: where the axis of assets ends (default: at the loss).",
)
@click.option("--debtor", help="With --sweep: whose burden, where several may be liable.")
@click.option("--creditor", help="With --sweep: whose recovery, where several are harmed.")
@click.option("--chart", type=click.Path(path_type=Path, dir_okay=False), help="With --sweep: draw the curves (SVG).")
@click.option(
    "--csv", "table", type=click.Path(path_type=Path, dir_okay=False), help="With --sweep: write them as CSV."
)
@reading_options
@partial(session, writes=False)
def settle(
    session: Session,
    case: str,
    readings: tuple[str, ...],
    assets: tuple[Any, ...],
    share: tuple[Fraction, Fraction] | None,
    sweeping: bool,
    first: str,
    end: Fraction | None,
    debtor: str | None,
    creditor: str | None,
    chart: Path | None,
    table: Path | None,
) -> None:
    """Who pays whom in CASE, in what order, and who bears it in the end.

    Each liability is settled alone, then all that one debtor owes one creditor together; the victim may rest its claim on
    any basis. Both orders of enforcement are shown where the form leaves the choice. What neither the case nor the reading
    settles makes a range. The operator's own liability is presupposed. Advance compensation, deposits (ECL 58) and damages
    beyond the loss are not reckoned; who owes the latter is said where a rule says so.

    \b
    Example:
      pyliab settle ride_injury -r paper_body --operator-assets 20000
      pyliab settle ride_injury -r several_all --share 20%-40%
      pyliab settle ride_injury -r paper_body -r several_all --sweep --chart ride.svg
    """
    if not sweeping:
        _without_sweep(readings, end=end, debtor=debtor, creditor=creditor, chart=chart, csv=table)
    elif assets:
        raise UsageError(
            say("--sweep runs over the operator's assets; leave --operator-assets out (--to sets the end)")
        )
    found = session.case(case)
    ledgers = ledgers_of(session, found, readings)
    given = checked_assets(assets, found)
    if sweeping:
        from pyliab.answers.render.money import swept
        from pyliab.money.sweep import sweep

        pair = _pair(ledgers, debtor, creditor)
        result = sweep(ledgers, pair, "platform" if first == "platform" else "operator", share, end)
        _write(session, result, chart, table, found)
        files = [path for path in (chart, table) if path]
        session.answer({"case": found.id, **result.to_json()}, lambda page: swept(page, found, result, files))
        return
    from pyliab.answers.render.money import settled
    from pyliab.money.accounts import accounts, on_top, settle_json

    (ledger,) = ledgers
    reckoned = accounts(ledger, given, share)
    beside = on_top(session.base, found, ledger.choice, session.as_if_in_force)
    session.answer(settle_json(ledger, reckoned, beside), lambda page: settled(page, ledger, reckoned, beside))


def _without_sweep(readings: Sequence[str], **given: object) -> None:
    """Options that only a sweep knows. Raises UsageError."""
    for name, value in given.items():
        if value is not None:
            raise UsageError(say("--{name} goes with --sweep", name="to" if name == "end" else name))
    if len(readings) > 1:
        raise UsageError(say("several readings go with --sweep, or with `pyliab compare --money`"))


def _pair(ledgers: Sequence[Ledger], debtor: str | None, creditor: str | None) -> tuple[str, str]:
    """The one debtor and creditor that are meant. Raises InputError where that is not clear."""
    known = sorted({pair for ledger in ledgers for pair in ledger.pairs()})
    if not known:
        raise InputError(say("nobody is liable under these readings, so there is nothing to sweep"))
    left = [pair for pair in known if debtor in (None, pair[0]) and creditor in (None, pair[1])]
    if len(left) == 1:
        return left[0]
    listed = "; ".join(f"--debtor {one} --creditor {other}" for one, other in known)
    what = say("say who is meant") if left else say("no such debtor and creditor")
    raise InputError(say("{what}: {listed}", what=what, listed=listed))


def _write(session: Session, result: Sweep, chart: Path | None, table: Path | None, case: CaseFile) -> None:
    """The files that were asked for. Raises UsageError for another kind of picture, InputError where they cannot be."""
    from pyliab.answers.chart import draw
    from pyliab.answers.csv import rows_as_csv

    if chart and chart.suffix.lower() != ".svg":
        raise UsageError(
            say(
                "--chart writes SVG; name a file that ends in .svg, not {name}", name=quoted(chart.suffix or chart.name)
            )
        )
    files = [(chart, draw(result, session.wording(case), session.lang))] if chart else []
    for path, text in [*files, *([(table, rows_as_csv(result))] if table else [])]:
        try:
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise InputError(not_written(path, error)) from None


def compare_in_money(
    session: Session,
    cases: Sequence[CaseFile],
    choices: Sequence[Choice],
    assets: Sequence[Any],
    share: tuple[Fraction, Fraction] | None,
) -> None:
    """The answer of `compare --money`."""
    from pyliab.answers.render.money import compared_in_money
    from pyliab.money.accounts import matrix

    found = [(case, matrix(_ledgers(session, case, choices), checked_assets(assets, case), share)) for case in cases]

    def show(page: Page) -> None:
        for case, rows in found:
            compared_in_money(page, case, rows)

    session.answer({"cases": [{"case": case.id, "readings": rows} for case, rows in found]}, show)
