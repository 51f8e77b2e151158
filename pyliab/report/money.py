"""The money of a case over the whole space of readings, exactly: a diagram whose leaves are finished settlements."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pyliab.asp.cover import Mark
from pyliab.diagram import VOID, Diagram, Ref, leaf, number_of
from pyliab.errors import InputError
from pyliab.facts import CaseFile
from pyliab.knowledge import KnowledgeBase
from pyliab.ledger import Journal, Pair
from pyliab.roots import shipped
from pyliab.settle import together
from pyliab.space import Explorer, Outcome, Progress

Settled = dict[str, Any]
"""What is settled between one debtor and one creditor, as plain data; empty where nothing is owed."""


@dataclass(frozen=True)
class MoneyMap:
    """One debtor and one creditor: the number of a leaf is the place of a settlement in `settled`."""

    pair: Pair
    diagram: Diagram
    settled: Sequence[Settled]
    unreckoned: str = ""


def money_maps(
    base: KnowledgeBase,
    case: CaseFile,
    *,
    as_if_in_force: bool = False,
    progress: Progress = lambda _case, _found: None,
) -> list[MoneyMap]:
    """For everyone who may owe and be owed under some reading what is paid under each, facts in dispute included."""
    file = shipped().rules / "analysis" / "money.lp"
    explorer = Explorer(base, as_if_in_force=as_if_in_force, progress=progress, levels=[file])
    covered = explorer.cover(case, "settled")
    pairs = sorted({(mark[1], mark[2]) for mark in covered.pieces if mark[0] == "owed"})
    return [_map(case, pair, covered.space(lambda mark, pair=pair: _bears_on(mark, pair))) for pair in pairs]  # type: ignore[misc]


def _bears_on(mark: Mark, pair: Pair) -> bool:
    """Can this conclusion bear on what one owes the other? What names only the debtor may."""
    return mark[1:3] == pair or (mark[:1] == ("dated_expansion",) and mark[2] == pair[0])


def _map(case: CaseFile, pair: Pair, space: Any) -> MoneyMap:
    """Settle every outcome once; outcomes that come to the same money become one leaf."""
    known: dict[str, int] = {}
    settled: list[Settled] = []
    places: dict[Outcome, int] = {}
    try:
        for number in sorted(space.diagram.numbers):
            outcome = space.outcomes[number]
            found = _settle(case, pair, outcome)
            key = json.dumps(found, sort_keys=True)
            if key not in known:
                known[key] = len(settled)
                settled.append(found)
            places[outcome] = known[key]
    except InputError as error:
        why = "; ".join(problem.message for problem in error.problems)
        return MoneyMap(pair, space.diagram.mapped(lambda ref: ref if ref == VOID else leaf(0)), [{}], why)

    def moved(ref: Ref) -> Ref:
        return ref if ref == VOID else leaf(places[space.outcomes[number_of(ref)]])

    return MoneyMap(pair, space.diagram.mapped(moved), settled)


def _settle(case: CaseFile, pair: Pair, outcome: Outcome) -> Settled:
    """All bases together, in every scenario; `status` is left out, for under one outcome nothing is only possible."""
    journal = Journal(case)
    journal.note([(mark[0], mark[1:]) for mark in sorted(outcome)])
    if pair not in journal.pairs():
        return {}
    account = together(journal, pair).to_json()
    return {key: value for key, value in account.items() if key not in ("status", "liability")}
