"""The space of readings told apart by money: what each victim recovers and what each platform bears.

Every set of conclusions that settlement reads under some reading is settled once, as `settle` does, and sets that come to
the same amounts are one before anything is counted.
"""

from __future__ import annotations

from collections.abc import Sequence

from pyliab.kb.case import CaseFile
from pyliab.money.accounts import FIRST, asset_sets, check_named
from pyliab.money.ledger import Ends
from pyliab.money.marks import LEVEL, Held, Table, Tables, bearing, journal, money_tables
from pyliab.money.payment import shown
from pyliab.money.reckoner import Assets, Reckoner, check_stated
from pyliab.space.diagram import VOID, Ref, leaf, number_of
from pyliab.space.space import Amounts, Explorer, Outcome, Space, whole_space
from pyliab.text.amounts import Span, Yuan


def explore(
    explorer: Explorer, case: CaseFile, given: Sequence[Assets | Yuan | None] = (), share: Ends | None = None
) -> Space:
    """The space of one case, its outcomes sets of `Amounts`: one for each debtor and creditor and each set of assets.

    The operator is gone against first; where none is known or stands beside, the platform. Raises InputError as
    `Explorer.explore` does, and where a loss is not stated for which some reading makes somebody liable.
    """
    all_ = money_tables(explorer, case)
    check_stated(case, all_.harms)
    wholes = [table.reckoner(case, share) for table in all_.tables]
    check_named(wholes, given)
    found = [_settled(all_, case, *both, given, share) for both in zip(all_.tables, wholes, strict=True)]
    outcomes: dict[Outcome, int] = {}

    def join(refs: tuple[Ref, ...]) -> Ref:
        if number_of(refs[0]):
            return VOID
        parts = (known[number_of(ref)] for ref, (_, known) in zip(refs[1:], found, strict=True))
        outcome: Outcome = frozenset[Amounts]().union(*parts)
        return leaf(outcomes.setdefault(outcome, len(outcomes)))

    root = all_.store.merge([all_.forbidden, *(ref for ref, _ in found)], join)
    return whole_space(case.id, LEVEL, all_.diagram(root), list(outcomes), all_.variables, all_.disputed)


def _settled(
    all_: Tables,
    case: CaseFile,
    table: Table,
    whole: Reckoner,
    given: Sequence[Assets | Yuan | None],
    share: Ends | None,
) -> tuple[Ref, list[frozenset[Amounts]]]:
    """The function of amounts, and what its numbers stand for."""
    sets = asset_sets(whole, given)
    classes: dict[frozenset[Amounts], int] = {}
    known: dict[Held, frozenset[Amounts]] = {}
    moved = []
    for held in (_of_one_order(bearing(held, whole), whole) for held in table.held):
        if held not in known:
            known[held] = _amounts(case, whole, held, sets, share)
        moved.append(leaf(classes.setdefault(known[held], len(classes))))
    function = all_.store.merge([table.function], lambda refs: VOID if refs[0] == VOID else moved[number_of(refs[0])])
    return function, list(classes)


def _of_one_order(held: Held, whole: Reckoner) -> Held:
    """Who goes first against known others has enforced before the debtor's turn comes."""
    if whole.unknown or not any(mark[0] == "direct" for mark in held):
        return held
    return tuple(mark for mark in held if mark[0] != "unwilling_suffices")


def _amounts(
    case: CaseFile, whole: Reckoner, held: Held, sets: Sequence[Assets], share: Ends | None
) -> frozenset[Amounts]:
    """What it comes to that these marks hold and no others. Where nothing is owed, the others pay what they can."""
    reckoner = Reckoner([journal(case, held)], whole.pair, share) if held else whole
    (terms,) = journal(case, held).together(whole.pair)
    found = []
    for assets in sets:
        orders = (list(reckoner.courses(terms, first, assets)) for first in FIRST)
        cents = {shown(course, assets) for course in next(filter(None, orders))}
        debtor, creditor = whole.pair
        found.append(
            Amounts(
                creditor,
                debtor,
                tuple(sorted(assets.items())),
                Span.of(one.recovered for one in cents),
                Span.of(row.bears for one in cents for row in one.rows if row.role == "platform"),
                Span.of(one.uncovered for one in cents),
            )
        )
    return frozenset(found)
