"""Who pays whom, in what order, and who bears it in the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from pyliab.answers.blocks import Block, Figure, Table
from pyliab.answers.chart import curves
from pyliab.answers.terms import FIRSTS, QUANTITIES, STATUS
from pyliab.answers.wording import Wording
from pyliab.money.accounts import Account, Scenario
from pyliab.money.sweep import Sweep, exact
from pyliab.text.amounts import Span, fen, grouped
from pyliab.text.say import Text, listed, same, say, words

AT_ONCE = "at_once"
"""The order of a debtor who may not point to others first."""
COLUMNS = say("ceiling"), say("pays"), say("recovers"), say("gives back"), say("bears")


def settlement(case: str, accounts: Iterable[tuple[str, Account]], wording: Wording) -> Table:
    """Every scenario of some accounts, each under a reading: what each debtor owes, pays, recovers and bears."""
    rows = []
    for reading, account in accounts:
        for scenario in account.scenarios:
            head = wording.reading(reading), under(scenario, wording)
            ends = span(scenario.recovers), span(scenario.uncovered)
            for debtor in scenario.debtors:
                sums = debtor.ceiling, debtor.pays, debtor.recourse, debtor.reimburses, debtor.bears
                rows.append((*head, wording.word(debtor.id), *map(span, sums), *ends))
    columns = say("reading"), say("scenario"), say("debtor"), *COLUMNS, say("victim recovers"), say("uncovered")
    note = say(
        "The liability of the direct wrongdoer is presupposed, not derived. Each creditor and each platform by itself."
    )
    caption = say("who pays whom, and who bears it in the end (yuan)")
    return Table(f"{case}-settlement", caption, columns, tuple(rows), frozenset(range(3, len(columns))), note, 2)


def under(scenario: Scenario, wording: Wording) -> Text:
    """Who goes first against whom, and what each can pay."""
    if not scenario.assets:
        return say("the platform alone")
    parts = [FIRSTS[scenario.first]]
    orders = {order for debtor in scenario.debtors if debtor.role == "platform" for order in debtor.order}
    if scenario.first == "platform" and AT_ONCE not in orders:
        parts.append(say("where the one directly liable will not pay"))
    return listed([*parts, *(wording.assets(name, amount) for name, amount in scenario.assets.items())])


def beside(case: str, entries: Mapping[str, Sequence[Mapping[str, Any]]], wording: Wording) -> Iterator[Block]:
    """What is owed on top of the loss, by reading."""
    rows = {}
    for reading, owed in entries.items():
        for entry in owed:
            amount = same(entry["amount"]) if entry["amount"] else say("not stated")
            rows[reading, entry["says"]["en"]] = (same(reading), words(entry["says"]), STATUS[entry["status"]], amount)
    if rows:
        columns = say("reading"), say("what"), say("status"), say("amount")
        caption = say("on top of the loss, and not reckoned")
        yield Table(f"{case}-beside", caption, columns, tuple(rows.values()), frozenset({3}))


def swept(case: str, sweep: Sweep, wording: Wording) -> Iterator[Block]:
    """The curves over the operator's assets, drawn and in figures."""
    debtor, creditor = (wording.word(name) for name in sweep.pair)
    caption = say(
        "{debtor} to {creditor}: what the victim recovers and the platform bears, over the operator's assets",
        debtor=debtor,
        creditor=creditor,
    )
    yield Figure(caption, curves(sweep, wording))
    rows = tuple(
        (same(curve.reading), same(amount(at)), same(_range(values[0], values[1])), same(_range(values[2], values[3])))
        for curve in sweep.curves
        for at, values in curve.knots
    )
    columns = say("reading"), say("operator's assets"), *QUANTITIES.values()
    straight = say("{caption} (straight between the points)", caption=caption)
    yield Table(f"{case}-curves-{'-'.join(sweep.pair)}", straight, columns, rows, frozenset({1, 2, 3}))


def amount(value: Fraction) -> str:
    """An exact amount; one that is not in whole fen as a fraction."""
    text = exact(value)
    return text if "/" in text else grouped(text)


def _range(low: Fraction, high: Fraction) -> str:
    return Span(fen(low), fen(high)).text()


def span(value: Span | None) -> Text:
    """An amount or a range; a dash where there is none."""
    return same(value.text() if value else "—")
