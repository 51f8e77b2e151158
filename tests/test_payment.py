"""One course of payment: rows reckoned by hand, and what holds of every network of debtors, creditors and harms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from graphlib import TopologicalSorter
from itertools import permutations
from math import floor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiers import examples

from pyliab.money.assets import Vessel, drawn
from pyliab.money.debts import Claim, Liability, Wrongdoer
from pyliab.money.payment import Course, Order, orders, settle
from pyliab.money.rounding import round_table, rounded
from pyliab.text.amounts import FEN, fen, pour

BIG = 10**12
F = Fraction

# --- the table of the forms, row by row ------------------------------------------------------------------------------------
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


def liability(
    form: str, debtor: str = "p", loss: Fraction = L, expanded: Fraction = E, share: Fraction = S, others: Any = ("o",)
) -> Liability:
    """The forms of the design, beside these others. Written anew here, so that the table checks the rules as well."""
    whole: dict[str, Any] = {"ceiling": loss, "own": share * loss, "at_once": True}
    excess, all_ = (tuple((o, extent) for o in others) for extent in ("excess", "all"))
    joint = {"recourse": excess, "mutual": frozenset(others)}
    within = {**whole, "ceiling": share * loss, "own": share * loss}
    part = {**whole, "ceiling": expanded, "own": share * expanded}
    full = {**whole, "recourse": all_}
    forms: dict[str, dict[str, Any]] = {
        "joint_whole": {**whole, **joint},
        "joint_expanded": {**part, **joint},
        "joint_expanded_pro_rata": {**part, **joint, "in_proportion": True},
        "unreal_joint": full,
        "cond_unreal_joint": full,
        "share_joint": {**within, "recourse": excess},
        "share_joint_pro_rata": {**within, "recourse": excess, "in_proportion": True},
        "several": {**within, "rest_only": True},
        "supp_capped": {**within, "at_once": False, "recourse": all_},
        "supp_capped_of_rest": {**within, "at_once": False, "recourse": all_, "share_of_unpaid": share},
        "supp_full": {**full, "at_once": False},
        "supp_full_unwilling": {**full, "at_once": False, "unwilling": True},
        "own_full": whole,
    }
    return Liability(debtor, form, **forms[form])


O_FIRST: Order = (None, "p")
P_FIRST: Order = ("p", None)
ORDER = {"operator": O_FIRST, "platform": P_FIRST}


DRIVER = Wrongdoer("o")


def one_claim(*bases: Liability, beside: Any = (DRIVER,)) -> Claim:
    return Claim("v", "h", L, bases, tuple(beside))


def only(claims: Any, order: Order, assets: Any) -> Course:
    (course,) = settle(claims if isinstance(claims, list) else [claims], order, assets)
    return course


def uncovered(course: Course) -> Fraction:
    return sum((claim.loss for claim in course.claims), F(0)) - sum((sum_ for _, _, sum_ in course.payments), F(0))


@pytest.mark.parametrize(
    ("form", "first", "assets", "expected", "_why"), ROWS, ids=[f"{r[0]}-{r[1]}-{r[2]}" for r in ROWS]
)
def test_the_table_by_hand(form: str, first: str, assets: int | None, expected: tuple[int, ...], _why: str) -> None:
    has = None if assets is None else F(assets * K)
    found = only(one_claim(liability(form)), ORDER[first], {"o": has})
    row = (found.pays("p"), found.pays("o"), found.recovers("p"), found.recovers("o"), uncovered(found))
    assert row == tuple(F(n * K) for n in expected)
    assert found.bears("p") + found.bears("o") == found.gets("v")


def test_alone_it_pays_all() -> None:
    claim = one_claim(liability("own_full", others=()), beside=())
    assert orders([claim]) == [("p",)]
    found = only(claim, ("p",), {})
    assert uncovered(found) == 0 and found.bears("p") == L


def test_which_orders_are_open() -> None:
    gone = [Wrongdoer("o", known=False)]
    assert orders([one_claim(liability("supp_full"))]) == [O_FIRST]
    assert orders([one_claim(liability("supp_full_unwilling"))]) == [O_FIRST, P_FIRST]
    assert orders([one_claim(liability("several"))]) == [O_FIRST, P_FIRST]
    assert orders([one_claim(liability("supp_full"), beside=gone)]) == [("p",)]


def test_every_order_that_the_forms_leave_open() -> None:
    claim = one_claim(liability("joint_whole", "p"), liability("unreal_joint", "q"), liability("supp_full", "r"))
    known = orders([claim])
    # the supplementary debtor comes after the wrongdoer; p and q come anywhere
    assert set(known) == {o for o in permutations([None, "p", "q", "r"]) if o.index("r") > o.index(None)}
    assert len(known) == 12


@pytest.mark.parametrize(("meanwhile", "pays"), [(30, 30), (100, 100), (0, 0), (None, 100)])
def test_an_unknown_wrongdoer_cannot_pay(meanwhile: int | None, pays: int) -> None:
    waits = None if meanwhile is None else F(meanwhile * K)
    claim = one_claim(replace(liability("supp_full"), meanwhile=waits), beside=[Wrongdoer("o", known=False)])
    found = only(claim, ("p",), {})
    # nothing said of it: enforcement against nobody leaves all unpaid
    assert found.pays("p") == found.gets("v") == pays * K and found.recovers("p") == 0


def test_several_wrongdoers_each_for_its_part_or_for_all() -> None:
    beside = [Wrongdoer("a", F(1)), Wrongdoer("b", F(3))]
    claim = one_claim(liability("supp_full", others="ab"), beside=beside)
    found = only(claim, O_FIRST, {"a": F(10 * K)})
    assert [found.pays(party) for party in "abp"] == [10 * K, 75 * K, 15 * K]
    jointly = [replace(one, for_all=True) for one in beside]
    found = only(replace(claim, wrongdoers=tuple(jointly)), O_FIRST, {"a": F(10 * K)})
    assert [found.pays(party) for party in "abp"] == [10 * K, 90 * K, 0]


def test_recourse_against_several_wrongdoers() -> None:
    beside = (Wrongdoer("a", F(1)), Wrongdoer("b", F(3)))
    whole = liability("unreal_joint", others="ab")
    found = only(one_claim(whole, beside=beside), P_FIRST, {"a": F(10 * K)})
    assert [found.gives_back(party) for party in "abp"] == [10 * K, 75 * K, 0]
    intended = replace(whole, recourse=(("a", "none"), ("b", "all")))
    jointly = [replace(one, for_all=True) for one in beside]
    found = only(one_claim(intended, beside=jointly), P_FIRST, {"a": F(10 * K)})
    assert [found.gives_back(party) for party in "abp"] == [0, 100 * K, 0]


def test_together_the_highest_ceiling_and_the_earliest_order() -> None:
    claim = one_claim(liability("joint_expanded"), liability("supp_full"))
    found = only(claim, P_FIRST, {"o": F(20 * K)})
    assert (dict(found.owed)["p"], found.pays("p"), uncovered(found)) == (L, 80 * K, 0)
    assert {form for _, form, _ in found.elected} == {"joint_expanded", "supp_full"}
    found = only(claim, O_FIRST, {"o": F(20 * K)})
    assert (found.pays("p"), {form for _, form, _ in found.elected}) == (80 * K, {"supp_full"})


def test_where_two_bases_lead_to_one_sum_the_recourse_is_open() -> None:
    found = settle([one_claim(liability("joint_whole"), liability("unreal_joint"))], P_FIRST, {})
    assert {(*(form for _, form, _ in one.elected), one.bears("p")) for one in found} == {
        ("joint_whole", F(30 * K)),
        ("unreal_joint", F(0)),
    }


# --- several debtors, creditors and harms, by hand -----------------------------------------------------------------------
#
# Amounts in thousands. Each row is a fault that was found, or a rule that nobody had asked for, with its arithmetic.


def test_separate_harms_are_separate_debts() -> None:
    """The shop burned (60), another caused the cut (40): its 20 go to the burn alone, and the cutter pays the cut."""
    burn = Claim("v", "burn", F(60), (liability("supp_full", loss=F(60), others=["shop"]),), (Wrongdoer("shop"),))
    cut = Claim("v", "cut", F(40), (liability("supp_full", loss=F(40), others=["cutter"]),), (Wrongdoer("cutter"),))
    found = only([burn, cut], O_FIRST, {"shop": F(20)})
    # burn: 20 by the shop, 40 by p; cut: 40 by the cutter, nothing by p
    assert found.payments == (("cutter", 1, F(40)), ("p", 0, F(40)), ("shop", 0, F(20)))


def test_one_who_shares_one_harm_pays_nothing_for_another() -> None:
    """Several liability (CC 1172) is for the same harm: p owes 30 % of the burn (60), and nothing of the cut (40)."""
    burn = Claim("v", "burn", F(60), (liability("several", loss=F(60), others=["a"]),), (Wrongdoer("a"),))
    cut = Claim("v", "cut", F(40), (), (Wrongdoer("b"),))
    found = only([burn, cut], O_FIRST, {"b": F(0)})
    assert (found.pays("p"), found.pays("a"), found.pays("b"), uncovered(found)) == (18, 42, 0, 40)


def test_two_who_are_liable_for_their_shares_leave_the_rest_to_the_wrongdoer() -> None:
    """Shares of 20 and 40 %: the wrongdoer owes the other 40 %, not 80 beside one and 60 beside the other."""
    bases = [liability("several", name, share=share) for name, share in (("p", F(1, 5)), ("q", F(2, 5)))]
    found = only(one_claim(*bases), (None, "p", "q"), {})
    assert dict(found.owed) == {"o": 40 * K, "p": 20 * K, "q": 40 * K}
    assert [found.bears(party) for party in "opq"] == [40 * K, 20 * K, 40 * K] and uncovered(found) == 0


def test_two_in_their_own_right_owe_the_whole_once() -> None:
    """Each owes 100; the creditor gets 100 in all, from whom it sues first. No rule gives recourse, so there is none."""
    claim = one_claim(*(liability("own_full", name, others=()) for name in "pq"), beside=())
    assert orders([claim]) == [("p", "q"), ("q", "p")]
    for order in orders([claim]):
        found = only(claim, order, {})
        assert [found.bears(str(party)) for party in order] == [100 * K, 0] and found.gets("v") == L
    # the first has 70, the second pays what is left
    assert only(claim, ("p", "q"), {"p": F(70 * K)}).pays("q") == 30 * K


def test_a_wrongdoer_has_its_assets_once() -> None:
    """Two victims lost 60 and 20, the wrongdoer has 40: in proportion 30 and 10, and p pays the other 30 and 10."""
    claims = [
        Claim(v, v, loss, (liability("supp_full", loss=loss),), (Wrongdoer("o"),))
        for v, loss in (("x", F(60)), ("y", F(20)))
    ]
    found = only(claims, O_FIRST, {"o": F(40)})
    assert found.payments == (("o", 0, F(30)), ("o", 1, F(10)), ("p", 0, F(30)), ("p", 1, F(10)))


def test_a_joint_debtor_has_its_assets_once_too() -> None:
    """p has 50 for 60 and 40 (both due at once): 30 and 20; the wrongdoer pays the other 30 and 20, and then p's excess:
    p's parts are 18 and 12 (30 %), so it recovers 12 and 8."""
    claims = [
        Claim(v, v, loss, (liability("joint_whole", loss=loss),), (Wrongdoer("o"),))
        for v, loss in (("x", F(60)), ("y", F(40)))
    ]
    found = only(claims, P_FIRST, {"p": F(50)})
    assert (found.pays("p"), found.pays("o"), found.recovers("p"), found.bears("p")) == (50, 50, 20, 30)


def test_recourse_reaches_all_who_caused_the_harm() -> None:
    """Three wrongdoers, a third each of what is not p's 30; whoever is sued first, p bears 30 and each of them 70/3."""
    beside = [Wrongdoer(name) for name in "abc"]
    claim = one_claim(liability("joint_whole", loss=L, others="abc"), beside=beside)
    for order in orders([claim]):
        found = only(claim, order, {})
        assert found.bears("p") == 30 * K and {found.bears(name) for name in "abc"} == {F(70 * K, 3)}


def test_recourse_that_reaches_one_alone_stops_at_its_part() -> None:
    """Where the rules give recourse against a alone, p sued first bears 100 less a's part (70/3) of what is not p's."""
    claim = one_claim(liability("joint_whole", others="a"), beside=[Wrongdoer(name) for name in "abc"])
    found = only(claim, P_FIRST, {})
    assert (found.recovers("p"), found.bears("p")) == (F(70 * K, 3), 100 * K - F(70 * K, 3))


def test_each_its_part_is_no_guarantee_for_another() -> None:
    """a (a quarter) has 10 of its 25, b pays its 75, p the other 15: these are a's, and b does not give them back."""
    claim = one_claim(liability("unreal_joint", others="ab"), beside=[Wrongdoer("a", F(1)), Wrongdoer("b", F(3))])
    found = only(claim, O_FIRST, {"a": F(10 * K)})
    assert [found.bears(party) for party in "abp"] == [10 * K, 75 * K, 15 * K]


def joint(share: Fraction, name: str, *others: str) -> Liability:
    """A joint debtor who recovers its excess from the wrongdoer and from other joint debtors (CC 178(2))."""
    return replace(liability("joint_whole", name, share=share), recourse=tuple((o, "excess") for o in ("o", *others)))


def test_joint_debtors_recover_from_one_another() -> None:
    """Parts of 20, 40 and (the wrongdoer) 40. p pays 100 and recovers 40 of q and 40 of o; whoever pays, parts stay."""
    claim = one_claim(joint(F(1, 5), "p", "q"), joint(F(2, 5), "q", "p"))
    for order in orders([claim]):
        found = only(claim, order, {})
        assert [found.bears(party) for party in "opq"] == [40 * K, 20 * K, 40 * K]


def test_a_joint_debtor_who_has_nothing_is_borne_by_who_paid() -> None:
    """q has nothing: p paid 100, gets 40 of o, and bears q's 40 beside its own 20."""
    claim = one_claim(joint(F(1, 5), "p", "q"), joint(F(2, 5), "q", "p"))
    found = only(claim, ("p", None, "q"), {"q": F(0)})
    assert [found.bears(party) for party in "opq"] == [40 * K, 60 * K, 0]


def test_a_wrongdoer_recovers_from_all_joint_debtors() -> None:
    """o pays 100, its part is 40: 20 of p and 40 of q. It has recourse against both, and against each up to its part."""
    claim = one_claim(joint(F(1, 5), "p"), joint(F(2, 5), "q"))
    found = only(claim, (None, "p", "q"), {})
    assert found.flows == (("p", "o", 20 * K), ("q", "o", 40 * K))
    # of the 70 that o has, p pays 30: 10 above its part; q owes 40: 30 to o, who paid 30 above its part, 10 to p
    claim = one_claim(joint(F(1, 5), "p", "q"), joint(F(2, 5), "q", "p"))
    found = only(claim, (None, "p", "q"), {"o": F(70 * K)})
    assert found.flows == (("q", "o", 30 * K), ("q", "p", 10 * K))


def test_two_supplementary_debtors_share_what_is_unpaid_by_turns() -> None:
    """The wrongdoer has 20. q makes up what is unpaid, p its share at most (30): who comes first pays first."""
    claim = one_claim(liability("supp_capped", "p"), liability("supp_full", "q"))
    found = only(claim, (None, "p", "q"), {"o": F(20 * K)})
    assert [found.pays(party) for party in "opq"] == [20 * K, 30 * K, 50 * K]
    found = only(claim, (None, "q", "p"), {"o": F(20 * K)})
    assert [found.pays(party) for party in "opq"] == [20 * K, 0, 80 * K]


def test_what_is_left_with_the_wrongdoer_is_shared_by_those_who_recover() -> None:
    """p paid 60, q 40 (both recover all), the wrongdoer has 50 left: 30 and 20."""
    claim = one_claim(liability("unreal_joint", "p"), liability("unreal_joint", "q"))
    found = only(claim, ("p", "q", None), {"p": F(60 * K), "o": F(50 * K)})
    assert found.flows == (("o", "p", 30 * K), ("o", "q", 20 * K))


def test_recourse_passes_on() -> None:
    """p paid 100 and recovers all of o, who bears 100 and so recovers q's part of 30."""
    claim = one_claim(liability("unreal_joint", "p"), joint(F(3, 10), "q"))
    found = only(claim, ("p", None, "q"), {})
    assert found.flows == (("o", "p", 100 * K), ("q", "o", 30 * K))


def test_one_unknown_here_may_be_known_there() -> None:
    """x does not know its wrongdoer, y knows its own; one platform stands beside both and waits for neither."""
    unknown = Claim("x", "x", F(60), (liability("supp_full", loss=F(60)),), (Wrongdoer("o", known=False),))
    known = Claim("y", "y", F(40), (liability("supp_full", loss=F(40), others="a"),), (Wrongdoer("a"),))
    found = only([unknown, known], O_FIRST, {"a": F(10)})
    assert (found.pays("a"), found.pays("p"), found.pays("o")) == (10, 90, 0)


# --- properties ------------------------------------------------------------------------------------------------------------

money = st.integers(0, BIG * 100).map(lambda cents: F(cents, 100))
part_of_one = st.fractions(0, 1, max_denominator=1000)
FORMS = sorted({row[0] for row in ROWS} | {"own_full"})


@dataclass(frozen=True)
class Network:
    claims: tuple[Claim, ...]
    order: Order
    assets: tuple[tuple[str, Fraction | None], ...]

    def courses(self) -> list[Course]:
        return settle(self.claims, self.order, dict(self.assets))

    def without(self, party: str) -> Network:
        """The same where this party has no limit."""
        return replace(self, assets=tuple((name, None if name == party else sum_) for name, sum_ in self.assets))


@st.composite
def networks(draw: Any, forms: Any = FORMS, bases: int = 2, mutual: bool = True) -> Network:
    """Up to 3 wrongdoers and 3 debtors beside them, 4 creditors, 5 harms."""
    debtors = ["p", "q", "r"][: draw(st.integers(1, 3))]
    shares = {name: draw(st.fractions(0, 1, max_denominator=20)) / len(debtors) for name in debtors}
    claims = []
    for place in range(draw(st.integers(1, 5))):
        loss, grew = draw(money), draw(part_of_one)
        jointly = draw(st.booleans())
        names = draw(st.lists(st.sampled_from("abc"), max_size=3, unique=True))
        beside = [Wrongdoer(n, draw(part_of_one), jointly, draw(st.integers(0, 5)) > 0) for n in names]
        owed = []
        for debtor in draw(st.lists(st.sampled_from(debtors), max_size=3, unique=True)):
            for form in draw(st.lists(st.sampled_from(forms), min_size=1, max_size=bases, unique=True)):
                one = liability(form, debtor, loss, grew * loss, shares[debtor], names)
                waits = draw(st.none() | st.just(shares[debtor] * loss))
                others = [(d, "excess") for d in debtors if d != debtor] if one.mutual and mutual else []
                owed.append(replace(one, meanwhile=waits, recourse=(*one.recourse, *others)))
        claims.append(Claim(draw(st.sampled_from("wxyz")), f"h{place}", loss, tuple(owed), tuple(beside)))
    assets = tuple((name, draw(st.none() | money)) for name in [*"abc", *debtors])
    return Network(tuple(claims), draw(st.sampled_from(orders(claims))), assets)


def test_who_paid_nothing_recovers_nothing() -> None:
    """The parts of those liable beside the wrongdoer come to more than what it owes in common with them."""
    third = F(1, 3)
    bases = [
        liability("several", "p", share=third, others=("a",)),
        liability("cond_unreal_joint", "q", share=F(0), others=("a",)),
        liability("joint_expanded", "r", expanded=third * L, share=third, others=("a",)),
    ]
    claim = one_claim(*bases, beside=(Wrongdoer("a", known=False),))
    for order in orders([claim]):
        for course in settle([claim], order, {}):
            assert course.recovers("a") == course.pays("a") == 0


@settings(max_examples=examples(300), deadline=None)
@given(networks())
def test_what_holds_of_every_course(network: Network) -> None:
    has = dict(network.assets)
    for found in network.courses():
        parties = [party for party, _ in found.owed]
        for creditor in {claim.creditor for claim in network.claims}:
            mine = [place for place, claim in enumerate(network.claims) if claim.creditor == creditor]
            assert 0 <= found.gets(creditor) <= sum((network.claims[place].loss for place in mine), F(0))
        for place, claim in enumerate(network.claims):
            assert sum((sum_ for _, at, sum_ in found.payments if at == place), F(0)) <= claim.loss
        assert sum(map(found.pays, parties)) == sum(map(found.bears, parties))
        for party, owes in found.owed:
            assert 0 <= found.pays(party) <= owes
            assert 0 <= found.recovers(party) <= found.pays(party) + found.gives_back(party)
            limit = has[party]
            assert limit is None or found.pays(party) + found.gives_back(party) <= limit
        assert all(sum_ > 0 for _, _, sum_ in found.flows)


@settings(max_examples=examples(300), deadline=None)
@given(networks())
def test_recourse_for_one_harm_never_runs_in_a_circle(network: Network) -> None:
    """Over several harms it may: one recovers for the first, the other for the second."""
    for claim in network.claims:
        for found in settle([claim], network.order, dict(network.assets)):
            gives = TopologicalSorter[str]()
            for giver, payer, _ in found.flows:
                gives.add(giver, payer)
            gives.prepare()  # raises CycleError


@settings(max_examples=examples(150), deadline=None)
@given(networks(), st.randoms(use_true_random=False))
def test_how_the_parties_are_listed_makes_no_difference(network: Network, random: Any) -> None:
    def shuffled(items: Any) -> Any:
        return tuple(random.sample(items, len(items)))

    claims = [
        replace(one, liabilities=shuffled(one.liabilities), wrongdoers=shuffled(one.wrongdoers))
        for one in shuffled(network.claims)
    ]
    places = {claim.harm: place for place, claim in enumerate(claims)}

    def said(course: Course) -> Any:
        payments = {(payer, course.claims[place].harm, sum_) for payer, place, sum_ in course.payments}
        return course.owed, frozenset(payments), course.flows, course.elected

    again = settle(claims, network.order, dict(network.assets))
    assert len(places) == len(network.claims)
    assert {said(course) for course in again} == {said(course) for course in network.courses()}


@settings(max_examples=examples(150), deadline=None)
@given(networks(bases=1))
def test_claims_that_share_nothing_are_settled_as_if_alone(network: Network) -> None:
    """Where nobody's pot is limited, every claim comes to what it comes to by itself."""
    free = {party: None for party, _ in network.assets}
    (together,) = settle(network.claims, network.order, free)
    alone = [settle([claim], network.order, free)[0] for claim in network.claims]
    for party, _ in together.owed:
        assert together.bears(party) == sum(course.bears(party) for course in alone)
        assert together.pays(party) == sum(course.pays(party) for course in alone)


@settings(max_examples=examples(300), deadline=None)
@given(networks(bases=1), money)
def test_more_assets_never_hurt_the_creditors(network: Network, more: Fraction) -> None:
    richer = tuple((party, None if sum_ is None else sum_ + more) for party, sum_ in network.assets)
    (before,), (after,) = network.courses(), replace(network, assets=richer).courses()
    assert uncovered(after) <= uncovered(before)


@settings(max_examples=examples(150), deadline=None)
@given(networks(forms=["joint_whole"], bases=1))
def test_among_joint_debtors_nobody_who_can_pay_bears_less_than_its_part(network: Network) -> None:
    """With recourse among all, and enough in every pot, everybody bears its part, whoever was sued first."""
    free = {party: None for party, _ in network.assets}
    known = tuple(replace(c, wrongdoers=tuple(replace(w, known=True) for w in c.wrongdoers)) for c in network.claims)
    owed = tuple(c for c in known if c.wrongdoers and c.liabilities)
    found = {tuple((p, c.bears(p)) for p, _ in c.owed) for order in orders(owed) for c in settle(owed, order, free)}
    assert len(found) == 1


@settings(max_examples=examples(200), deadline=None)
@given(networks())
def test_rounded_to_the_coin_the_parts_still_add_up(network: Network) -> None:
    has = dict(network.assets)
    for exact in network.courses():
        found = rounded(exact, has)
        assert sum(row.pays for row in found.rows) == sum(gets for _, _, _, gets, _, _ in found.creditors)
        assert sum(row.pays for row in found.rows) == sum(row.bears for row in found.rows)
        for creditor, _, loss, gets, lacks, _ in found.creditors:
            assert gets + lacks == loss and abs(gets - exact.gets(creditor) * 100) < len(network.claims) + 1
        for row in found.rows:
            assert 0 <= row.pays <= row.owes and row.recovers >= 0
            limit = has[row.id]
            assert limit is None or row.pays + row.gives_back <= limit * 100


@given(money, st.dictionaries(st.sampled_from("abcd"), st.tuples(part_of_one, st.none() | money), min_size=1))
def test_what_is_poured_is_shared_out(wanted: Fraction, vessels: dict[str, tuple[Fraction, Fraction | None]]) -> None:
    found = pour(wanted, vessels)
    room = [limit for _, limit in vessels.values()]
    assert sum(found.values()) == (wanted if None in room else min(wanted, sum(limit or 0 for limit in room)))
    assert all(limit is None or 0 <= found[name] <= limit for name, (_, limit) in vessels.items())


@given(money, st.dictionaries(st.sampled_from("abcd"), st.tuples(part_of_one, st.none() | money), min_size=1))
def test_one_debt_draws_as_water_is_poured(wanted: Fraction, has: dict[str, tuple[Fraction, Fraction | None]]) -> None:
    vessels = [Vessel(name, weight) for name, (weight, _) in has.items()]
    pots = {name: limit for name, (_, limit) in has.items() if limit is not None}
    found = drawn({"debt": wanted}, {"debt": vessels}, dict(pots))
    assert {name: found.get(("debt", name), 0) for name in has} == pour(wanted, has)


def round_parts(parts: list[Fraction]) -> list[int]:
    """Parts in fen that add up to the rounded sum: each is cut off, the largest remainders get the missing fen."""
    total = fen(sum(parts, F(0)))
    cut = [floor(part * FEN) for part in parts]
    order = sorted(range(len(parts)), key=lambda i: (cut[i] - parts[i] * FEN, i))
    for i in order[: total - sum(cut)]:
        cut[i] += 1
    return cut


@given(st.lists(money.map(lambda v: v / 7), min_size=1, max_size=6))
def test_rounding_moves_no_part_by_a_coin(parts: list[Fraction]) -> None:
    cents = round_parts(parts)
    assert sum(cents) == fen(sum(parts, F(0)))
    assert all(abs(whole - exact * 100) < 1 for whole, exact in zip(cents, parts, strict=True))
    (row,) = round_table([{str(i): part for i, part in enumerate(parts)}])
    assert sorted(row.values()) == sorted(cents)


@settings(max_examples=examples(200), deadline=None)
@given(st.sampled_from(FORMS), st.sampled_from(FORMS), part_of_one, part_of_one, part_of_one, st.booleans())
def test_the_ends_of_what_is_not_stated_are_the_extremes(
    one: str, two: str, share: Fraction, grew: Fraction, assets: Fraction, o_first: bool
) -> None:
    """What the reckoner relies on: over any share and expanded part, nothing lies outside what the ends and the points
    where two ceilings meet give."""

    def values(s: Fraction, e: Fraction) -> list[tuple[Fraction, Fraction]]:
        bases = [liability(form, "p", F(1), e, s) for form in sorted({one, two})]
        claim = Claim("v", "h", F(1), tuple(bases), (Wrongdoer("o"),))
        found = settle([claim], O_FIRST if o_first else P_FIRST, {"o": assets})
        return [(course.gets("v"), course.bears("p")) for course in found]

    at_ends = [v for s in (F(0), F(1), grew) for v in values(s, grew)]
    for got, borne in values(share, grew):
        assert min(v[0] for v in at_ends) <= got <= max(v[0] for v in at_ends)
        assert min(v[1] for v in at_ends) <= borne <= max(v[1] for v in at_ends)
