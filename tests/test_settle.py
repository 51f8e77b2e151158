"""Who pays whom: rows reckoned by hand, invariants over random cases, and what the command prints."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from pyliab.cli.main import main
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.reading import Choice, choose
from pyliab.money.accounts import accounts
from pyliab.money.ledger import Ledger, Stated, Terms
from pyliab.money.payment import Claim, Settlement, Wrongdoer, open_orders, settle, shown
from pyliab.money.reckoner import Reckoner
from pyliab.money.sweep import sweep
from pyliab.text.amounts import amount, fen, grouped, pour, round_parts, shares, yuan

BIG = 10**12
F = Fraction

# --- the table of the design, row by row ---------------------------------------------------------------------------------
#
# L = 100 000, E = 40 000, s = 30 %. A: what can be collected from O (None: no limit). The columns are what P pays V, what
# O pays V, what P recovers from O, what O recovers from P, and what stays unpaid. Worked out by hand from the table of the
# design, section 3, and for O's recourse from CC 178(2); the reasoning stands beside the row.

L, E, S = F(100_000), F(40_000), F(3, 10)
K = 1000
ROWS: list[tuple[str, str, int | None, tuple[int, int, int, int, int], str]] = [
    ("joint_whole", "platform", None, (100, 0, 70, 0, 0), "P pays L, recovers above s*L = 30"),
    ("joint_whole", "platform", 20, (100, 0, 20, 0, 0), "O has but 20 to give back"),
    ("joint_whole", "platform", 0, (100, 0, 0, 0, 0), "P bears all"),
    ("joint_whole", "operator", None, (0, 100, 0, 30, 0), "O pays L, recovers the 30 of P"),
    ("joint_whole", "operator", 20, (80, 20, 0, 0, 0), "O paid less than its 70; nothing is left with it"),
    ("joint_whole", "operator", 80, (20, 80, 0, 10, 0), "O paid 10 above its 70"),
    ("joint_expanded", "platform", None, (40, 60, 28, 0, 0), "P pays E, recovers above s*E = 12; O pays the other 60"),
    ("joint_expanded", "platform", 20, (40, 20, 0, 0, 40), "the 20 go to V, who is short of 40"),
    ("joint_expanded", "platform", 70, (40, 60, 10, 0, 0), "V gets 60 of the 70, P the 10 left of its 28"),
    ("joint_expanded", "operator", 20, (40, 20, 0, 0, 40), "the 20 count towards the 60 that O owes alone"),
    ("joint_expanded", "operator", 70, (30, 70, 0, 0, 0), "60 count towards what O owes alone, 10 towards E"),
    ("joint_expanded", "operator", 95, (5, 95, 0, 7, 0), "O paid 35 of E, 7 above its 28"),
    ("unreal_joint", "platform", None, (100, 0, 100, 0, 0), "P pays L and recovers all"),
    ("unreal_joint", "platform", 20, (100, 0, 20, 0, 0), "what O has"),
    ("unreal_joint", "operator", 20, (80, 20, 0, 0, 0), "P pays the rest at once"),
    ("cond_unreal_joint", "platform", 20, (100, 0, 20, 0, 0), "like unreal joint, once its condition is met"),
    ("cond_unreal_joint", "operator", None, (0, 100, 0, 0, 0), "O bears it all"),
    ("share_joint", "platform", None, (30, 70, 0, 0, 0), "P pays s*L, which is its own: no recourse; O the rest"),
    ("share_joint", "platform", 20, (30, 20, 0, 0, 50), "O owes L, but has 20"),
    ("share_joint", "operator", 90, (10, 90, 0, 0, 0), "V is short of 10, within s*L"),
    ("share_joint", "operator", 20, (30, 20, 0, 0, 50), "s*L is all that P owes"),
    ("several", "platform", None, (30, 70, 0, 0, 0), "each its part"),
    ("several", "operator", 20, (30, 20, 0, 0, 50), "O's part is not P's risk"),
    ("several", "operator", None, (30, 70, 0, 0, 0), "O owes 70 and no more"),
    ("supp_capped", "operator", None, (0, 100, 0, 0, 0), "nothing is left unpaid"),
    ("supp_capped", "operator", 20, (30, 20, 0, 0, 50), "min(s*L, 80)"),
    ("supp_capped", "operator", 85, (15, 85, 0, 0, 0), "min(s*L, 15)"),
    ("supp_capped_of_rest", "operator", 20, (24, 20, 0, 0, 56), "s*(L - 20)"),
    ("supp_capped_of_rest", "operator", 0, (30, 0, 0, 0, 70), "s*L, as O pays nothing"),
    ("supp_full", "operator", 20, (80, 20, 0, 0, 0), "all that is unpaid"),
    ("supp_full", "operator", 0, (100, 0, 0, 0, 0), "all"),
    ("supp_full", "operator", None, (0, 100, 0, 0, 0), "nothing"),
    (
        "supp_full_unwilling",
        "platform",
        20,
        (100, 0, 20, 0, 0),
        "O will not pay: P pays all, and gets the 20 by enforcement",
    ),
    ("joint_expanded_pro_rata", "operator", 20, (32, 20, 0, 0, 48), "a fifth of every part is paid: E - 8"),
    ("share_joint_pro_rata", "operator", 20, (24, 20, 0, 0, 56), "s*(L - 20)"),
]


def claim(form: str, loss: Fraction = L, expanded: Fraction = E, share: Fraction = S, o: str = "o") -> Claim:
    """The forms of the design, for one operator. Written anew here, so that the table checks the rules as well."""
    whole: dict[str, Any] = {"ceiling": loss, "common": loss, "own": share * loss, "at_once": True}
    joint = {"recourse": {o: "excess"}, "mutual": frozenset({o})}
    within = {**whole, "ceiling": share * loss, "common": share * loss, "own": share * loss}
    part = {**whole, "ceiling": expanded, "common": expanded, "own": share * expanded}
    full = {**whole, "recourse": {o: "all"}}
    forms: dict[str, dict[str, Any]] = {
        "joint_whole": {**whole, **joint},
        "joint_expanded": {**part, **joint},
        "joint_expanded_pro_rata": {**part, **joint, "in_proportion": True},
        "unreal_joint": full,
        "cond_unreal_joint": full,
        "share_joint": {**within, "recourse": {o: "excess"}},
        "share_joint_pro_rata": {**within, "recourse": {o: "excess"}, "in_proportion": True},
        "several": {**within, "rest_only": True},
        "supp_capped": {**within, "at_once": False, "recourse": {o: "all"}},
        "supp_capped_of_rest": {**within, "at_once": False, "recourse": {o: "all"}, "share_of_unpaid": share},
        "supp_full": {**full, "at_once": False},
        "supp_full_unwilling": {**full, "at_once": False, "unwilling": True},
        "own_full": whole,
    }
    return Claim(form, **forms[form])


def part(found: Settlement, name: str) -> Any:
    return next(row for row in found.parts if row.id == name)


@pytest.mark.parametrize(
    ("form", "first", "assets", "expected", "_why"), ROWS, ids=[f"{r[0]}-{r[1]}-{r[2]}" for r in ROWS]
)
def test_the_table_by_hand(form: str, first: Any, assets: int | None, expected: tuple[int, ...], _why: str) -> None:
    has = None if assets is None else F(assets * K)
    (found,) = settle(L, [claim(form)], [Wrongdoer("o", assets=has)], first)
    p, o = part(found, "platform"), part(found, "o")
    assert (p.pays, o.pays, p.recourse, o.recourse, found.uncovered) == tuple(F(n * K) for n in expected)
    assert p.bears + o.bears == found.recovered


def test_alone_it_pays_all() -> None:
    (found,) = settle(L, [claim("own_full")], [], "platform")
    assert found.uncovered == 0 and part(found, "platform").bears == L
    assert open_orders([claim("own_full")], []) == ["platform"]


def test_which_orders_are_open() -> None:
    o, gone = [Wrongdoer("o")], [Wrongdoer("o", known=False)]
    assert open_orders([claim("supp_full")], o) == ["operator"]
    assert open_orders([claim("supp_full_unwilling")], o) == ["operator", "platform"]
    assert open_orders([claim("several")], o) == ["operator", "platform"]
    assert open_orders([claim("supp_full")], gone) == ["platform"]


@pytest.mark.parametrize(("meanwhile", "pays"), [(30, 30), (100, 100), (0, 0), (None, 0)])
def test_an_unknown_operator_cannot_pay(meanwhile: int | None, pays: int) -> None:
    waits = None if meanwhile is None else F(meanwhile * K)
    (found,) = settle(L, [replace(claim("supp_full"), meanwhile=waits)], [Wrongdoer("o", known=False)], "platform")
    # nothing said of it: enforcement against nobody leaves all unpaid
    expected = F(100 * K) if meanwhile is None else F(pays * K)
    assert part(found, "platform").pays == expected
    assert part(found, "platform").recourse == 0 and found.recovered == expected


def test_several_operators_each_for_its_part_or_for_all() -> None:
    those = [Wrongdoer("a", F(1), F(10 * K)), Wrongdoer("b", F(3), None)]
    (found,) = settle(L, [claim("supp_full")], those, "operator")
    assert [row.pays for row in found.parts] == [10 * K, 75 * K, 15 * K]
    (found,) = settle(L, [claim("supp_full")], [replace(w, for_all=True) for w in those], "operator")
    assert [row.pays for row in found.parts] == [10 * K, 90 * K, 0]


def test_recourse_against_several_operators() -> None:
    whole = replace(claim("unreal_joint"), recourse={"a": "all", "b": "all"})
    those = [Wrongdoer("a", F(1), F(10 * K)), Wrongdoer("b", F(3), None)]
    (found,) = settle(L, [whole], those, "platform")
    assert [row.reimburses for row in found.parts] == [10 * K, 75 * K, 0]
    intended = replace(whole, recourse={"a": "none", "b": "all"})
    (found,) = settle(L, [intended], [replace(w, for_all=True) for w in those], "platform")
    assert [row.reimburses for row in found.parts] == [0, 100 * K, 0]


def test_together_the_highest_ceiling_and_the_earliest_order() -> None:
    both = [claim("joint_expanded"), claim("supp_full")]
    (found,) = settle(L, both, [Wrongdoer("o", assets=F(20 * K))], "platform")
    p = part(found, "platform")
    assert (p.ceiling, p.pays, found.uncovered) == (L, 80 * K, 0)
    assert found.elected == ("joint_expanded", "supp_full")
    (found,) = settle(L, both, [Wrongdoer("o", assets=F(20 * K))], "operator")
    assert (part(found, "platform").pays, found.elected) == (80 * K, ("supp_full",))


def test_where_two_bases_lead_to_one_sum_the_recourse_is_open() -> None:
    found = settle(L, [claim("joint_whole"), claim("unreal_joint")], [Wrongdoer("o")], "platform")
    assert {(one.elected, part(one, "platform").bears) for one in found} == {
        (("joint_whole",), F(30 * K)),
        (("unreal_joint",), F(0)),
    }


# --- properties ------------------------------------------------------------------------------------------------------------

money = st.integers(0, BIG * 100).map(lambda cents: F(cents, 100))
part_of_one = st.fractions(0, 1, max_denominator=1000)
FORMS = sorted({row[0] for row in ROWS})


@dataclass(frozen=True)
class Drawn:
    loss: Fraction
    claims: tuple[Claim, ...]
    wrongdoers: tuple[Wrongdoer, ...]
    first: Any
    assets: Fraction | None


@st.composite
def drawn(draw: Any) -> Drawn:
    loss = draw(money)
    share, grew = draw(part_of_one), draw(part_of_one) * loss
    names = ["a", "b", "c"][: draw(st.integers(1, 3))]
    jointly = draw(st.booleans())
    those = tuple(
        Wrongdoer(n, draw(part_of_one), draw(st.none() | money), jointly, draw(st.integers(0, 5)) > 0) for n in names
    )
    claims = []
    for form in draw(st.lists(st.sampled_from(FORMS), min_size=1, max_size=3, unique=True)):
        one = claim(form, loss, grew, share)
        recourse = dict.fromkeys(names, one.recourse["o"]) if one.recourse else {}
        mutual = frozenset(names) if one.mutual else frozenset()
        claims.append(replace(one, recourse=recourse, mutual=mutual, meanwhile=draw(st.none() | st.just(share * loss))))
    return Drawn(loss, tuple(claims), those, draw(st.sampled_from(["operator", "platform"])), draw(st.none() | money))


def reckoned(case: Drawn) -> list[Settlement]:
    return settle(case.loss, case.claims, case.wrongdoers, case.first, assets=case.assets)


@settings(max_examples=400, deadline=None)
@given(drawn())
def test_invariants(case: Drawn) -> None:
    for found in reckoned(case):
        p, others = found.parts[-1], found.parts[:-1]
        assert found.recovered + found.uncovered == case.loss and found.recovered >= 0
        assert sum(row.pays for row in found.parts) == found.recovered == sum(row.bears for row in found.parts)
        assert all(0 <= row.pays <= row.ceiling for row in found.parts)
        assert all(row.recourse >= 0 and row.reimburses >= 0 for row in found.parts)
        assert p.recourse <= p.pays and all(row.recourse <= row.pays for row in others)
        assert p.ceiling <= max(max(c.ceiling, c.meanwhile or 0) for c in case.claims)
        for w, row in zip(case.wrongdoers, others, strict=True):
            assert w.assets is None or row.pays + row.reimburses <= w.assets
            assert w.known or row.pays == row.reimburses == 0
        if case.assets is not None:
            assert p.pays + p.reimburses <= case.assets
        if case.first == "operator" and all(
            c.share_of_unpaid is None and not c.in_proportion and not c.rest_only for c in case.claims
        ):
            # the order is kept: what the operators could pay, the platform does not
            assert p.pays <= case.loss - sum(row.pays for row in others)


@settings(max_examples=400, deadline=None)
@given(drawn(), money)
def test_more_assets_never_hurt_the_victim_nor_the_platform(case: Drawn, more: Fraction) -> None:
    richer = replace(
        case,
        claims=(case.claims[0],),
        wrongdoers=tuple(replace(w, assets=None if w.assets is None else w.assets + more) for w in case.wrongdoers),
    )
    before, after = reckoned(replace(case, claims=(case.claims[0],))), reckoned(richer)
    assert min(f.recovered for f in after) >= min(f.recovered for f in before)
    assert max(f.parts[-1].bears for f in after) <= max(f.parts[-1].bears for f in before)


@settings(max_examples=400, deadline=None)
@given(drawn())
def test_rounded_to_the_fen_the_parts_still_add_up(case: Drawn) -> None:
    has = {w.id: w.assets for w in case.wrongdoers}
    for exact in reckoned(case):
        found = shown(exact, has)
        assert found.loss == fen(case.loss)
        assert sum(row.pays for row in found.rows) == found.recovered == sum(row.bears for row in found.rows)
        assert all(0 <= row.pays <= row.ceiling for row in found.rows)
        assert all(0 <= row.recourse <= row.pays for row in found.rows)
        for row, part_ in zip(found.rows, exact.parts, strict=True):
            assert abs(row.pays - part_.pays * 100) < 1 and abs(row.ceiling - part_.ceiling * 100) <= 1
            assert row.role == "platform" or has[row.id] is None or row.pays + row.reimburses <= has[row.id] * 100


@given(money, st.dictionaries(st.sampled_from("abcd"), st.tuples(part_of_one, st.none() | money), min_size=1))
def test_what_is_poured_is_shared_out(wanted: Fraction, vessels: dict[str, tuple[Fraction, Fraction | None]]) -> None:
    found = pour(wanted, vessels)
    room = [limit for _, limit in vessels.values()]
    assert sum(found.values()) == (wanted if None in room else min(wanted, sum(limit or 0 for limit in room)))
    assert all(limit is None or 0 <= found[name] <= limit for name, (_, limit) in vessels.items())


@given(st.lists(money.map(lambda v: v / 7), min_size=1, max_size=6))
def test_rounding_moves_no_part_by_a_fen(parts: list[Fraction]) -> None:
    cents = round_parts(parts)
    assert sum(cents) == fen(sum(parts, F(0)))
    assert all(abs(whole - exact * 100) < 1 for whole, exact in zip(cents, parts, strict=True))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(FORMS), st.sampled_from(FORMS), part_of_one, part_of_one, part_of_one, st.booleans())
def test_the_ends_of_what_is_not_stated_are_the_extremes(
    one: str, two: str, share: Fraction, grew: Fraction, assets: Fraction, operator: bool
) -> None:
    """What the reckoner relies on: over any share and expanded part, nothing lies outside what the ends and the points
    where two ceilings meet give."""

    def values(s: Fraction, e: Fraction) -> list[tuple[Fraction, Fraction]]:
        claims = [claim(form, F(1), e, s) for form in {one, two}]
        found = settle(F(1), claims, [Wrongdoer("o", assets=assets)], "operator" if operator else "platform")
        return [(f.recovered, f.parts[-1].bears) for f in found]

    grid = {(s, e) for s in (F(0), F(1), grew) for e in (grew,)}
    at_ends = [v for s, e in grid for v in values(s, e)]
    for got, borne in values(share, grew):
        assert min(v[0] for v in at_ends) <= got <= max(v[0] for v in at_ends)
        assert min(v[1] for v in at_ends) <= borne <= max(v[1] for v in at_ends)


# --- a case under a reading ----------------------------------------------------------------------------------------------


def told(base: KnowledgeBase, folder: Path, case: str, *changes: tuple[str, str], name: str = "changed.yaml") -> Any:
    """A shipped case with some words changed."""
    text = (ROOT / "kb/cases" / f"{case}.yaml").read_text(encoding="utf-8").split("\nexpect:")[0]
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path = folder / name
    path.write_text(text + "\n", encoding="utf-8")
    return base.case(str(path))


def under(base: KnowledgeBase, **positions: str) -> Choice:
    """The plain text, with these positions."""
    text = base.background()
    left = tuple(name for name in base.issues if name not in positions and name not in text)
    return Choice("asked", positions, {k: v for k, v in text.items() if k not in positions}, left)


def platform_at(ledger: Ledger, first: str, *assets: Any, **options: Any) -> Any:
    (together,) = [one for one in accounts(ledger, [F(a) for a in assets], **options) if one.form is None]
    scenario = next(s for s in together.scenarios if s.first == first)
    return scenario, next(d for d in scenario.debtors if d.role == "platform")


RIDE = {
    # form: victim recovers, platform pays; operator's assets 20 000
    "joint_whole": (100, 80),
    "joint_expanded": (60, 40),
    "unreal_joint": (100, 80),
    "share_joint": (50, 30),
    "several": (50, 30),
    "supp_capped": (50, 30),
    "supp_full": (100, 80),
}


@pytest.mark.parametrize("form", RIDE)
def test_the_rules_and_the_table_agree(base: KnowledgeBase, form: str) -> None:
    ledger = Ledger(base, base.case("ride_injury"), under(base, ecl38_2_form_audit=form))
    scenario, platform = platform_at(ledger, "operator", 20_000)
    recovers, pays = RIDE[form]
    assert (scenario.recovers.to_json(), platform.pays.to_json()) == (f"{recovers}000.00", f"{pays}000.00")


def test_own_liability_has_no_operator(base: KnowledgeBase) -> None:
    ledger = Ledger(base, base.case("ride_injury"), under(base, ecl38_2_form_audit="own_full"))
    (alone, together) = accounts(ledger, [])
    assert [s.first for s in alone.scenarios] == ["platform"]
    assert together.scenarios[0].debtors[0].bears.to_json() == "100000.00"


@pytest.mark.parametrize(
    ("positions", "first", "pays", "recourse", "bears"),
    [
        ({"ecl38_2_form_audit": "supp_capped", "supplementary_cap": "of_rest"}, "operator", 24, 0, 24),
        ({"ecl38_2_form_audit": "supp_full", "supplementary_trigger": "will_not_pay"}, "platform", 100, 20, 80),
        ({"ecl38_2_form_audit": "joint_expanded", "operator_payment": "pro_rata"}, "operator", 32, 0, 32),
        ({"ecl38_2_form_audit": "several_ordered"}, "operator", 30, 0, 30),
        ({"ecl38_2_form_audit": "joint_whole", "recourse_after_joint": "full"}, "platform", 100, 20, 80),
        (
            {"ecl38_2_form_audit": "joint_whole", "recourse_after_joint": "against_intentional_only"},
            "platform",
            100,
            0,
            100,
        ),
    ],
)
def test_positions_have_their_effect(
    base: KnowledgeBase, positions: dict[str, str], first: str, pays: int, recourse: int, bears: int
) -> None:
    _, platform = platform_at(Ledger(base, base.case("ride_injury"), under(base, **positions)), first, 20_000)
    expected = [f"{n}000.00" if n else "0.00" for n in (pays, recourse, bears)]
    assert [platform.pays.to_json(), platform.recourse.to_json(), platform.bears.to_json()] == expected


@pytest.mark.parametrize(("position", "bears"), [("mutual", "30000.00"), ("bears_all", "0.00")])
def test_recourse_of_the_operator(base: KnowledgeBase, position: str, bears: str) -> None:
    choice = under(base, ecl38_2_form_audit="joint_whole", recourse_of_operator=position)
    _, platform = platform_at(Ledger(base, base.case("ride_injury"), choice), "operator", 100_000)
    assert (platform.pays.to_json(), platform.bears.to_json()) == ("0.00", bears)


@pytest.mark.parametrize(
    ("form", "position", "pays"),
    [
        ("supp_full", "share_first", "30000.00"),
        ("supp_full", "full_first", "100000.00"),
        ("supp_full", "wait", "0.00"),
        ("supp_capped", "share_first", "30000.00"),
        ("supp_capped", "full_first", "100000.00"),
        ("several", "share_first", "30000.00"),
        ("several", "wait", "30000.00"),
    ],
)
def test_an_unknown_operator(base: KnowledgeBase, tmp_path: Path, form: str, position: str, pays: str) -> None:
    gone = (
        "can_identify: {platform: platform, operator: driver}",
        "can_identify: {platform: platform, operator: driver}\n    status: disproved\n  - unknown: {party: driver}",
    )
    ledger = Ledger(
        base,
        told(base, tmp_path, "ride_injury", gone),
        under(base, ecl38_2_form_audit=form, unknown_tortfeasor=position),
    )
    scenario, platform = platform_at(ledger, "platform")
    assert (platform.pays.to_json(), platform.recourse.to_json()) == (pays, "0.00")
    assert scenario.recovers.to_json() == pays
    assert {s.first for one in accounts(ledger) for s in one.scenarios} == {"platform"}


def test_an_operator_that_the_platform_cannot_name_pays_once_it_is_found(base: KnowledgeBase, tmp_path: Path) -> None:
    found = ("unknown: {party: seller}", "assets: {party: seller, yuan: 1000000}")
    for changes, borne in (((), False), ((found,), True)):
        ledger = Ledger(base, told(base, tmp_path, "unidentified_goods", *changes), under(base))
        _, platform = platform_at(ledger, "platform")
        assert (platform.recourse == platform.pays) is borne


def test_a_third_party_and_shares(base: KnowledgeBase, tmp_path: Path) -> None:
    third = (
        ("  passenger: {zh: 乘客", "  motorist: {zh: 另一司机, en: another motorist}\n  passenger: {zh: 乘客"),
        (
            "  - caused: {party: driver, harm: injury}",
            "  - caused: {party: driver, harm: injury}\n  - caused: {party: motorist, harm: injury}\n  - share: {platform: driver, part: 50%}\n  - share: {platform: motorist, part: 20%}\n  - assets: {party: motorist, yuan: 5000}",
        ),
    )
    case = told(base, tmp_path, "ride_injury", *third)
    scenario, _platform = platform_at(Ledger(base, case, under(base, ecl38_2_form_audit="several")), "operator", 60_000)
    # driver 5/7 of 70 000 = 50 000, motorist 2/7 = 20 000, and both have more than that
    assert {d.id: d.pays.to_json() for d in scenario.debtors} == {
        "driver": "50000.00",
        "motorist": "20000.00",
        "platform": "30000.00",
    }
    ledger = Ledger(base, case, under(base, ecl38_2_form_audit="supp_full", operators_between="jointly"))
    (together,) = [one for one in accounts(ledger, [{"driver": None}]) if one.form is None]
    (scenario,) = together.scenarios
    # the motorist has 5 000 by the case; the driver answers for the rest
    assert {d.id: d.pays.to_json() for d in scenario.debtors} == {
        "driver": "95000.00",
        "motorist": "5000.00",
        "platform": "0.00",
    }


def test_the_victims_own_part(base: KnowledgeBase, tmp_path: Path) -> None:
    fault = (
        "  - arises_from: {harm: injury",
        "  - victim_at_fault: {person: passenger, harm: injury}\n  - arises_from: {harm: injury",
    )
    choice = under(base, ecl38_2_form_audit="supp_full")
    scenario, _ = platform_at(Ledger(base, told(base, tmp_path, "ride_injury", fault), choice), "operator", 20_000)
    # how far it reduces is not stated: from nothing to everything, and never a plain zero
    assert scenario.recovers.to_json() == {"from": "0.00", "to": "100000.00"}
    stated = (
        fault[0],
        fault[1].replace("  - arises_from", "  - victim_share: {harm: injury, part: 20%}\n  - arises_from"),
    )
    scenario, platform = platform_at(
        Ledger(base, told(base, tmp_path, "ride_injury", stated), choice), "operator", 20_000
    )
    assert (scenario.recovers.to_json(), platform.pays.to_json()) == ("80000.00", "60000.00")


def test_what_is_missing_makes_a_range(base: KnowledgeBase, tmp_path: Path) -> None:
    gone = (
        ("  - share: {platform: platform, part: 30%}", ""),
        ("  - expanded_part: {harm: injury, platform: platform, yuan: 40000}\n", ""),
    )
    case = told(base, tmp_path, "ride_injury", *gone)
    for form, recovers in (
        ("several", {"from": "20000.00", "to": "100000.00"}),
        ("joint_expanded", {"from": "20000.00", "to": "100000.00"}),
        ("supp_full", "100000.00"),
    ):
        scenario, _ = platform_at(Ledger(base, case, under(base, ecl38_2_form_audit=form)), "operator", 20_000)
        assert scenario.recovers.to_json() == recovers
    # the internal share of joint debtors is half where it is unknown (CC 178(2)), not a range
    _, platform = platform_at(Ledger(base, case, under(base, ecl38_2_form_audit="joint_whole")), "platform", 100_000)
    assert platform.bears.to_json() == "50000.00"


def test_a_share_given_as_a_range(base: KnowledgeBase, tmp_path: Path) -> None:
    case = told(base, tmp_path, "ride_injury", ("part: 30%", "part: 20%-40%"))
    ledger = Ledger(base, case, under(base, ecl38_2_form_audit="several"))
    _, platform = platform_at(ledger, "operator", 20_000)
    assert platform.pays.to_json() == {"from": "20000.00", "to": "40000.00"}
    _, platform = platform_at(ledger, "operator", 20_000, share=(F(1, 3), F(1, 3)))
    assert platform.pays.to_json() == "33333.33"


def test_missing_assets_show_both_ends(base: KnowledgeBase) -> None:
    (_, together) = accounts(Ledger(base, base.case("ride_injury"), under(base, ecl38_2_form_audit="supp_capped")))
    assert [dict(s.assets) for s in together.scenarios] == [{"driver": 0}, {"driver": None}]


def test_exact_at_a_trillion(base: KnowledgeBase, tmp_path: Path) -> None:
    big = (
        ("yuan: 100000}", "yuan: 1000000000000.01}"),
        ("yuan: 40000}", "yuan: 400000000000.01}"),
        ("part: 30%", "part: 1/3"),
    )
    ledger = Ledger(base, told(base, tmp_path, "ride_injury", *big), under(base, ecl38_2_form_audit="several"))
    scenario, platform = platform_at(ledger, "operator", "999999999999.99")
    # a third of 1 000 000 000 000.01 is 333 333 333 333.33|666..; the other fen goes to the larger remainder
    assert platform.pays.to_json() == "333333333333.34"
    assert {d.id: d.pays.to_json() for d in scenario.debtors}["driver"] == "666666666666.67"
    assert scenario.uncovered.to_json() == "0.00"


def test_liabilities_side_by_side(base: KnowledgeBase) -> None:
    found = accounts(Ledger(base, base.case("ride_both"), choose(base, base.reading("paper_abstract"))), [F(20_000)])
    assert [one.form for one in found] == ["joint_expanded", "supp_full", None]
    assert {s.first: s.elects for s in found[-1].scenarios} == {
        "operator": ("supp_full",),
        "platform": ("joint_expanded", "supp_full"),
    }


@settings(max_examples=25, deadline=None)
@given(share=part_of_one, assets=st.integers(0, 120_000))
def test_an_open_reading_holds_what_each_position_gives(base: KnowledgeBase, share: Fraction, assets: int) -> None:
    case = base.case("ride_injury")
    opened, _ = platform_at(Ledger(base, case, under(base)), "operator", assets, share=(F(0), F(1)))
    for form in ("joint_expanded", "several", "supp_capped", "supp_full"):
        ledger = Ledger(base, case, under(base, ecl38_2_form_audit=form))
        one, _ = platform_at(ledger, "operator", assets, share=(share, share))
        assert opened.recovers.low <= one.recovers.low <= one.recovers.high <= opened.recovers.high


def test_no_loss_no_settlement(base: KnowledgeBase, tmp_path: Path) -> None:
    case = told(base, tmp_path, "ride_injury", ("  - loss: {harm: injury, yuan: 100000}\n", ""))
    ledger = Ledger(base, case, under(base, ecl38_2_form_audit="several"))
    with pytest.raises(Exception, match=r"states no loss.*- loss: \{harm: injury, yuan: \.\.\}"):
        Reckoner([ledger], ledger.pairs()[0])


# --- curves --------------------------------------------------------------------------------------------------------------


def test_curves_and_where_they_meet(base: KnowledgeBase) -> None:
    names = ("supp_full", "several", "supp_capped", "share_joint")
    ledgers = [
        Ledger(base, base.case("ride_injury"), replace(under(base, ecl38_2_form_audit=name), name=name))
        for name in names
    ]
    found = sweep(ledgers, ("platform", "passenger"), "operator")
    assert [at for at, _ in found.curves[1].knots] == [0, 70 * K, 100 * K]
    by_pair = {(one.readings, one.quantity): one for one in found.breaks}
    meets = by_pair[("supp_full", "several"), "platform_bears"]
    assert (meets.points, meets.stretches, meets.never_differ) == ((F(70 * K),), (), False)
    assert by_pair[("several", "supp_capped"), "creditor_recovers"].never_differ
    assert by_pair[("supp_capped", "share_joint"), "creditor_recovers"].never_differ
    # every point of a curve is what settlement gives there
    for curve, ledger in zip(found.curves, ledgers, strict=True):
        for at in (0, 12_345, 70_001, 99_999):
            scenario, platform = platform_at(ledger, "operator", at)
            values = curve.at(F(at))
            assert (fen(values[0]), fen(values[2])) == (scenario.recovers.low, platform.bears.low)


def test_a_break_even_point_is_exact(base: KnowledgeBase) -> None:
    case = base.case("ride_injury")
    ledgers = [
        Ledger(base, case, replace(under(base, ecl38_2_form_audit=form, **more), name=name))
        for name, form, more in (
            ("of_rest", "supp_capped", {"supplementary_cap": "of_rest"}),
            ("alone", "several", {}),
        )
    ]
    third = sweep(ledgers, ("platform", "passenger"), "operator", share=(F(1, 3), F(1, 3)))
    (bears,) = [one for one in third.breaks if one.quantity == "platform_bears"]
    assert (bears.points, bears.stretches) == ((F(0),), ())
    (knot,) = [at for at, _ in third.curves[1].knots][1:-1]
    assert knot == F(200_000, 3)


# --- the command ---------------------------------------------------------------------------------------------------------


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, [*words, *([] if "--json" in words else ["--lang", "en"])])
    assert result.exit_code == code, result.output
    return result.output


def test_what_the_command_says() -> None:
    out = run("settle", "ride_injury", "-r", "paper_body", "--operator-assets", "20000")
    assert "the platform   100,000   80,000   0          0            80,000" in out
    assert "the victim recovers 100,000 yuan; uncovered 0 yuan" in out
    out = run("settle", "ride_injury", "-r", "paper_capped", "--operator-assets", "20000")
    assert "the victim recovers 50,000 yuan; uncovered 50,000 yuan" in out
    out = run("settle", "ride_injury", "-r", "several_all", "--operator-assets", "20000")
    assert "the driver     70,000    20,000" in out and "uncovered 50,000 yuan" in out
    out = run("settle", "ride_injury", "-r", "paper_abstract", "--operator-assets", "20000")
    assert "the platform   40,000    40,000" in out
    assert (
        "可执行财产 20,000 元"
        in CliRunner()
        .invoke(main, ["settle", "ride_injury", "-r", "paper_body", "--operator-assets", "20000", "--lang", "zh"])
        .output
    )


def test_the_shape_others_rely_on() -> None:
    found = json.loads(run("settle", "ride_injury", "-r", "paper_capped", "--operator-assets", "20000", "--json"))
    assert {k: found[k] for k in ("case", "reading", "loss", "expanded", "share")} == {
        "case": "ride_injury",
        "reading": "paper_capped",
        "loss": "100000.00",
        "expanded": "40000.00",
        "share": "3/10",
    }
    scenario = found["scenarios"][0]
    assert (scenario["first"], scenario["operator_assets"]) == ("operator", "20000.00")
    assert (scenario["creditor_recovers"], scenario["uncovered"]) == ("50000.00", "50000.00")
    assert scenario["debtors"][1] == {
        "id": "platform",
        "role": "platform",
        "ceiling": "30000.00",
        "order": "after_enforcement",
        "pays": "30000.00",
        "recourse": "0.00",
        "reimburses": "0.00",
        "bears": "30000.00",
    }


def test_the_sweep(tmp_path: Path) -> None:
    chart, table = tmp_path / "a.svg", tmp_path / "a.csv"
    words = ["settle", "ride_injury", "-r", "paper_body", "-r", "several_all", "-r", "paper_capped", "--sweep"]
    out = run(*words, "--chart", str(chart), "--csv", str(table))
    assert "paper_body = several_all: what the platform bears in the end: 70,000" in out
    assert "several_all = paper_capped: never differ in what the victim recovers" in out
    picture = chart.read_text(encoding="utf-8")
    assert picture.startswith("<svg") and "assets of the operator (yuan)" in picture
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"))))
    assert {row["reading"] for row in rows} == {"paper_body", "several_all", "paper_capped"}
    assert rows[0]["platform_bears_to"] == "100000.00"


def test_a_sweep_that_ends_early_says_no_more_than_it_saw() -> None:
    words = ["settle", "ride_injury", "-r", "several_all", "-r", "paper_capped", "--sweep"]
    assert "in the end: 0–50,000" in run(*words, "--to", "50000")
    assert "never differ" not in run(*words, "--to", "50000")
    assert "in the end: 0–70,000" in run(*words, "--to", "1000000000000")


def test_compare_in_money() -> None:
    found = json.loads(
        run(
            "compare",
            "ride_injury",
            "-r",
            "paper_body",
            "-r",
            "text_minimal",
            "-r",
            "zeng_na",
            "--money",
            "--operator-assets",
            "20000",
            "--json",
        )
    )["cases"][0]["readings"]
    assert [row["creditor_recovers"] for row in found] == [
        "100000.00",
        {"from": "20000.00", "to": "100000.00"},
        "20000.00",
    ]
    assert [row["platform_bears"] for row in found] == ["80000.00", {"from": "0.00", "to": "100000.00"}, "0.00"]
    assert "paper_body" in run("compare", "ride_injury", "-r", "paper_body", "-r", "several_all", "--money")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--operator-assets", "-5"], "--operator-assets"),
        (["--operator-assets", "20,000"], "without separators"),
        (["--operator-assets", "NaN"], "--operator-assets"),
        (["--operator-assets", "1e5"], "--operator-assets"),
        (["--operator-assets", "drivr=5"], "did you mean 'driver'"),
        (["--operator-assets", "platform=5"], "stands beside no debtor"),
        (["--share", "1.5"], "--share"),
        (["--share", "50%-40%"], "runs backwards"),
        (["--chart", "x.svg"], "--chart goes with --sweep"),
        (["--sweep", "--operator-assets", "5"], "--to sets the end"),
        (["--sweep", "--to", "0"], "--to"),
        (["--sweep", "--chart", "x.bmp"], "ends in .svg"),
        (["--sweep", "--debtor", "nobody_here"], "--debtor platform --creditor passenger"),
        (["-r", "several_all"], "compare --money"),
    ],
)
def test_wrong_input_names_the_option(words: list[str], says: str) -> None:
    assert says in run("settle", "ride_injury", "-r", "paper_body", *words, code=2).replace("\n", " ")


def test_amounts_as_text() -> None:
    assert (amount("unlimited"), amount("0.50"), shares("20%-2/5")) == (None, F(1, 2), (F(1, 5), F(2, 5)))
    assert (yuan(5), grouped("1234567.00"), grouped("0.50")) == ("0.05", "1,234,567", "0.50")


def test_damages_on_top_are_said_and_not_reckoned() -> None:
    found = json.loads(run("settle", "knowing_dealer", "-r", "text_minimal", "--json"))
    assert {(one["kind"], one["amount"]) for one in found["on_top"]} == {("punitive", None)}
    assert "amount not stated" in run("settle", "knowing_dealer", "-r", "text_minimal")


def test_damages_on_top_with_an_amount(base: KnowledgeBase, tmp_path: Path) -> None:
    case = (ROOT / "kb/cases/knowing_dealer.yaml").read_text(encoding="utf-8").split("\nexpect:")[0]
    atoms = json.loads(run("derive", "knowing_dealer", "-r", "text_minimal", "--json"))["findings"]
    debtor, person = next(a["atom"] for a in atoms if a["kind"] == "punitive").split("(")[1].split(",")[1:3]
    path = tmp_path / "c.yaml"
    said = f"  - extra_damages: {{debtor: {debtor}, person: {person}, yuan: 3000}}\n"
    path.write_text(case + "\n" + said, encoding="utf-8")
    found = json.loads(run("settle", str(path), "-r", "text_minimal", "--json"))
    assert "3000.00" in {one["amount"] for one in found["on_top"]}


# --- several harms -------------------------------------------------------------------------------------------------------


class _Told:
    """A ledger told by hand."""

    def __init__(self, *terms: Terms, **sums: Any) -> None:
        self.terms, self.stated = terms, Stated(**sums)
        self.reduced: set[Any] = set()
        self.always_reduced: set[Any] = set()
        self.later: set[Any] = set()

    def together(self, _pair: Any) -> list[tuple[Terms, ...]]:
        return [self.terms]


def test_liabilities_for_different_harms_add_up() -> None:
    several = Terms("several", "share", "at_once", ("h",), ("o",), (("o", "none"),), frozenset({("owes_rest", "o")}))
    unreal = Terms("unreal_joint", "whole", "at_once", ("g",), ("o",), (("o", "full"),))
    told_: Any = _Told(several, unreal, loss={"h": F(60), "g": F(40)}, share={"p": (F(1, 2), F(1, 2))})
    reckoner = Reckoner([told_], ("p", "v"))
    # the 20 that O has go to the harms by their size, 12 and 8: 30 + 12 of the one, 40 of the other
    (found,) = set(reckoner.courses((several, unreal), "operator", {"o": F(20)}))
    assert (found.loss, found.recovered) == (100, 82)
    assert (part(found, "p").pays, part(found, "o").pays) == (30 + 32, 20)


def test_one_share_for_all_harms() -> None:
    """A share that is not stated is the same for every harm: the range does not mix 0 % of one with 100 % of another."""
    one = Terms("several", "share", "at_once", ("h",), ("o",), (), frozenset({("owes_rest", "o")}))
    two = Terms("share_joint", "share", "at_once", ("g",), ("o",))
    told_: Any = _Told(one, two, loss={"h": F(60), "g": F(40)})
    found = list(Reckoner([told_], ("p", "v")).courses((one, two), "platform", {"o": None}))
    assert {part(course, "p").pays for course in found} == {0, 100}


@pytest.mark.parametrize("share", ["0%-50%", "0%"])
def test_a_share_of_nothing_closes_no_order(share: str) -> None:
    """Whoever is liable for its share at once may be gone against first, though the share may turn out to be nothing."""
    asked = ("settle", "ride_injury", "-r", "several_all", "--share", share, "--operator-assets", "20000", "--json")
    first, second = json.loads(run(*asked))["scenarios"]
    assert {first["first"], second["first"]} == {"operator", "platform"}
    assert first["uncovered"] == second["uncovered"]
    assert first["debtors"] == second["debtors"]
