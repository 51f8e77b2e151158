"""The money of a case over the whole space of readings, exactly: a diagram whose leaves are finished settlements."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.money.accounts import together
from pyliab.money.ledger import Pair
from pyliab.money.marks import Held, Table, Tables, bearing, journal, money_tables
from pyliab.space.diagram import VOID, Diagram, Ref, leaf, number_of
from pyliab.space.space import Explorer, Progress
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError
from pyliab.text.say import Text

Settled = dict[str, Any]
"""What is settled between one debtor and one creditor, as plain data; empty where nothing is owed."""


@dataclass(frozen=True)
class MoneyMap:
    """One debtor and one creditor: the number of a leaf is the place of a settlement in `settled`."""

    pair: Pair
    diagram: Diagram
    settled: Sequence[Settled]
    unreckoned: Text | None = None


def money_maps(
    base: KnowledgeBase,
    case: CaseFile,
    *,
    as_if_in_force: bool = False,
    progress: Progress = lambda _case, _found: None,
) -> list[MoneyMap]:
    """For everyone who may owe and be owed under some reading what is paid under each, facts in dispute included."""
    all_ = money_tables(Explorer(base, as_if_in_force=as_if_in_force, progress=progress), case)
    return [_map(case, all_, table) for table in all_.tables]


def _map(case: CaseFile, all_: Tables, table: Table) -> MoneyMap:
    """Settle every outcome once; outcomes that come to the same money become one leaf."""
    try:
        settled, places = _settled(case, table)
    except InputError as error:
        return MoneyMap(table.pair, all_.diagram(table.function).mapped(_all_alike), [{}], error.text())

    def moved(ref: Ref) -> Ref:
        return ref if ref == VOID else leaf(places[number_of(ref)])

    return MoneyMap(table.pair, all_.diagram(table.function).mapped(moved), settled)


def _all_alike(ref: Ref) -> Ref:
    return ref if ref == VOID else leaf(0)


def _settled(case: CaseFile, table: Table) -> tuple[list[Settled], list[int]]:
    """The settlements, and by number of the table which of them it comes to."""
    whole = table.reckoner(case)
    settled: list[Settled] = []
    by_text: dict[str, int] = {}
    by_held: dict[Held, int] = {}
    bears = [bearing(one, whole) for one in table.held]
    for held in bears:
        if held not in by_held:
            found = _settle(case, table.pair, held)
            place = by_text.setdefault(json.dumps(found, sort_keys=True), len(settled))
            by_held[held] = place
            settled += [found] if place == len(settled) else []
    return settled, [by_held[held] for held in bears]


def _settle(case: CaseFile, pair: Pair, held: Held) -> Settled:
    """All bases together, in every scenario; `status` is left out, for under one outcome nothing is only possible."""
    if not held:
        return {}
    account = together(journal(case, held), pair).to_json()
    return {key: value for key, value in account.items() if key not in ("status", "liability")}
