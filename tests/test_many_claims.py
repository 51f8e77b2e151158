"""Many harms and many facts in dispute: what is settled is what listing every world gives, and nothing doubles."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import tiers
from many import many
from worlds import completion, said, worlds

from pyliab.asp.cubes import MarkProgram
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice, choose
from pyliab.law.world import World, world_of
from pyliab.money.books import Books
from pyliab.money.conclusions import Ledger, ledger_of
from pyliab.money.settlement import CREDITOR, DEBTOR, Scenario, settlement
from pyliab.money.sweep import sweep
from pyliab.text.amounts import fen

SHARE = "share: {platform: platform, part: 30%}"
OPEN = ("general_clause_beside", "ecl38_2_no_joint_tort", "ecl38_2_form_audit")
"""What a reading may leave open here; worlds are listed, so that everything cannot be."""


def reading(base: KnowledgeBase, name: str) -> Choice:
    """A reading with the first position on what it leaves open otherwise."""
    choice = choose(base, base.reading(name))
    first = {i: next(iter(base.issues[i].positions)) for i in choice.open_issues if i not in OPEN}
    left = tuple(issue for issue in choice.open_issues if issue in OPEN)
    return replace(choice, assumed={**choice.assumed, **first}, open_issues=left)


# --- against listing every world ---------------------------------------------------------------------------------------


class Listed:
    """The scenarios of a ledger by their definition: every world settled by itself, claim group by claim group."""

    def __init__(self, base: KnowledgeBase, case: CaseFile, ledger: Ledger) -> None:
        assert ledger.choice is not None
        self.books = Books([ledger])
        groups = self.books.groups
        program = World(base, [case]).program
        conclusions = [list(said(base, case.id, world)) for world in worlds(program, dict(ledger.choice.positions))]
        completions = [[completion(ledger, harms, one) for harms in groups] for one in conclusions]
        self.worlds = [list(zip(ends, groups, strict=True)) for ends in completions]

    def counts(self, world: Any, first: str | None) -> bool:
        """Open on one group of claims, or not asked of anybody who owes."""
        owing = [(end, harms) for end, harms in world if end.liabilities]
        if any(first in self.books.orders(end, harms) for end, harms in owing):
            return True
        return not owing if first is None else all(one.debtor != first for end, _ in owing for one in end.liabilities)

    def sums(self, world: Any, assets: Any, first: str | None) -> dict[tuple[str, str], tuple[int, int]]:
        """By party and column the least and the most, added up over groups."""
        total: dict[tuple[str, str], tuple[int, int]] = {}
        for end, harms in world:
            rows = [_row(one.coins) for one in self.books.courses(end, harms, assets, first)]
            for cell in {cell for row in rows for cell in row}:
                ends = [row[cell] for row in rows]
                low, high = total.get(cell, (0, 0))
                total[cell] = low + min(ends), high + max(ends)
        return total

    def check(self, scenario: Scenario) -> None:
        first = scenario.first[0] if len(scenario.first) == 1 and scenario.first[0] in self.books.debtors else None
        known = [has for has in self.books.assets if scenario.assets.items() <= has.items()]
        sums = [self.sums(world, known[0], first) for world in self.worlds if self.counts(world, first)]
        for row, columns in [*((c, CREDITOR) for c in scenario.creditors), *((d, DEBTOR) for d in scenario.debtors)]:
            for column in columns:
                ends = [one.get((row.id, column), (0, 0)) for one in sums]
                span = getattr(row, column)
                assert (span.low, span.high) == (min(low for low, _ in ends), max(high for _, high in ends)), column


def _row(coins: Any) -> dict[tuple[str, str], int]:
    creditors = {(name, c): sum_ for name, _, *sums in coins.creditors for c, sum_ in zip(CREDITOR, sums, strict=True)}
    return {**creditors, **{(row.id, c): getattr(row, c) for row in coins.rows for c in DEBTOR}}


@pytest.mark.parametrize(
    ("name", "more"),
    tiers.sweep(
        [
            ("text_minimal", (SHARE,)),
            ("several_all", ()),
            ("paper_body", (SHARE, "assets: {party: platform, yuan: 500}")),
        ],
        ("paper_body", (SHARE, "assets: {party: platform, yuan: 500}")),
    ),
)
def test_what_is_settled_is_what_listing_every_world_gives(
    base: KnowledgeBase, tmp_path: Path, name: str, more: tuple[str, ...]
) -> None:
    case = many(base, tmp_path, 3, 2, *more)
    ledger = ledger_of(world_of(base, case), case, reading(base, name))
    listed = Listed(base, case, ledger)
    found = settlement(ledger)
    assert found.scenarios
    for scenario in found.scenarios:
        listed.check(scenario)


@pytest.mark.parametrize("name", ["disputed_audit", "two_carers", "ride_both", "mall_concert"])
def test_shipped_cases_too(base: KnowledgeBase, name: str) -> None:
    case = base.case(name)
    ledger = ledger_of(world_of(base, case), case, reading(base, "several_all"))
    listed = Listed(base, case, ledger)
    for scenario in settlement(ledger).scenarios:
        listed.check(scenario)


# --- nothing doubles ---------------------------------------------------------------------------------------------------


def questions(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Counts the questions that the solver is asked."""
    asked, before = [0], MarkProgram.core

    def counting(self: MarkProgram, assumptions: Any) -> Any:
        asked[0] += 1
        return before(self, assumptions)

    monkeypatch.setattr(MarkProgram, "core", counting)
    return asked


def test_twice_the_facts_in_dispute_are_twice_the_work(
    base: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, choice, work = questions(monkeypatch), choose(base, base.reading("paper_body")), {}
    for number in (5, 10, 20):
        case, before = many(base, tmp_path, number, number, SHARE), asked[0]
        ledger = ledger_of(world_of(base, case), case, choice)
        found = settlement(ledger)
        tables = ledger.tables(Books([ledger]).groups)
        assert len(tables) == number and all(len(table.completions) == 2 for table in tables)
        work[number] = asked[0] - before
        lost = sum(int(f"1{n}00") for n in range(number))
        owes = {(d.owes.low, d.owes.high) for s in found.scenarios for d in s.debtors if d.id == "platform"}
        assert owes == {(0, lost * 100)}
    assert work[10] < 2.6 * work[5] and work[20] < 2.6 * work[10]


def test_curves_and_many_harms_do_not_double(base: KnowledgeBase, tmp_path: Path) -> None:
    case = many(base, tmp_path, 12, 12, SHARE)
    ledger = ledger_of(world_of(base, case), case, choose(base, base.reading("paper_body")))
    curve = sweep([ledger], ("platform", "buyer")).curves[0]
    lost = [sum(int(f"1{n}00") for n in range(12) if n % 2 == whose) for whose in (0, 1)]
    # the sellers to the friend have nothing, whatever those to the buyer have
    assert [(knot.bears.low, knot.bears.high) for knot in (curve.knots[0], curve.knots[-1])] == [
        (0, sum(lost)),
        (0, lost[1]),
    ]
    plain = many(base, tmp_path, 60, 0, SHARE)
    ledger = ledger_of(world_of(base, plain), plain, choose(base, base.reading("paper_body")))
    found = settlement(ledger)
    assert {len(c.harms) for c in found.scenarios[0].creditors} == {30}


def test_a_curve_has_one_pot_for_two_harms(base: KnowledgeBase, tmp_path: Path) -> None:
    case = many(base, tmp_path, 2, 0, SHARE, "caused: {party: seller_0, harm: harm_1}")
    ledger = ledger_of(world_of(base, case), case, reading(base, "paper_body"))
    curve = sweep([ledger], ("platform", "buyer")).curves[0]
    for assets in (Fraction(300), Fraction(1200)):
        (scenario,) = [
            one
            for one in settlement(ledger, {"seller_0": [assets], "seller_1": [Fraction(0)]}).scenarios
            if one.first == ("seller_0", "seller_1")
        ]
        bears = scenario.of("platform").bears
        at = curve.at(assets).bears
        assert (fen(at.low), fen(at.high)) == (bears.low, bears.high)
