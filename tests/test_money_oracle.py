"""A second reckoning of one world, from the table of the design alone, held against `settle` over random claims.

A platform, `p` or `q`, beside one wrongdoer to each harm; whoever stands in several harms has one pot for all. Nothing here knows bases, vessels or demands: every form is three lines
of the table (what it owes, what is its own part, from whom it recovers), and every step shares a pot by rule of three.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_payment import liability
from tiers import examples

from pyliab.money.debts import Claim, Wrongdoer
from pyliab.money.payment import Course, Order, orders, settle

F = Fraction
Sums = dict[int, Fraction]
AT_ONCE = ("joint_whole", "joint_expanded", "unreal_joint", "share_joint", "several", "own_full")
LATER = ("supp_capped", "supp_full")
FORMS = (*AT_ONCE, *LATER)
part = st.fractions(0, 1, max_denominator=12)


@dataclass(frozen=True)
class Harm:
    """A harm: who lost what, who did it, which platform is liable beside, in which form, and for which share."""

    creditor: str
    loss: Fraction
    doer: str
    platform: str
    form: str
    share: Fraction
    grew: Fraction

    @property
    def ceiling(self) -> Fraction:
        """The most that the platform owes."""
        within = {"joint_expanded": self.grew * self.loss}
        within |= dict.fromkeys(("share_joint", "several", "supp_capped"), self.share * self.loss)
        return within.get(self.form, self.loss)

    @property
    def of_doer(self) -> Fraction:
        """The most that the wrongdoer owes; nobody owes beside the platform what that owes alone."""
        return F(0) if self.form == "own_full" else self.loss - (self.ceiling if self.form == "several" else 0)


def shared_out(pot: Fraction | None, wanted: Sums) -> Sums:
    """Everybody gets what it wants, or the same part of it."""
    total = sum(wanted.values(), F(0))
    rate = F(1) if pot is None or total <= pot else pot / total
    return {place: sum_ * rate for place, sum_ in wanted.items()}


class Reckoned:
    """What the platforms and the wrongdoers pay in an order, one harm by the other, and what is given back."""

    def __init__(self, harms: list[Harm], has: dict[str, Fraction | None], order: Order) -> None:
        self.harms, self.has = harms, dict(has)
        self.beside: Sums = dict.fromkeys(range(len(harms)), F(0))
        self.doer: Sums = dict(self.beside)
        self.flows: dict[tuple[str, str], Fraction] = {}
        turn = order.index(None) if None in order else len(order)
        for name in order[:turn]:
            self.pays(name, {i: h.ceiling for i, h in enumerate(harms) if h.form in AT_ONCE})
        for name in ("a", "b"):
            mine = {i: min(h.of_doer, h.loss - self.beside[i]) for i, h in enumerate(harms) if h.doer == name}
            self.take(name, self.doer, mine)
        for name in (*order[turn + 1 :], *order[:turn]):
            self.pays(name, {i: min(h.ceiling, h.loss - self.doer[i]) for i, h in enumerate(harms)})
        self.recourse()

    def take(self, party: str, paid: Sums, wanted: Sums) -> Sums:
        """A party pays out of its pot."""
        pot, sums = self.has[party], shared_out(self.has[party], wanted)
        for place, sum_ in sums.items():
            paid[place] += sum_
        self.has[party] = None if pot is None else pot - sum(sums.values(), F(0))
        return sums

    def pays(self, name: str | None, due: Sums) -> None:
        """A platform pays up to what is due in all, and to what is still unpaid."""
        unpaid = {i: h.loss - self.beside[i] - self.doer[i] for i, h in enumerate(self.harms)}
        mine = {i: sum_ for i, sum_ in due.items() if self.harms[i].platform == name}
        wanted = {i: max(F(0), min(sum_ - self.beside[i], unpaid[i])) for i, sum_ in mine.items()}
        self.take(str(name), self.beside, wanted)

    def recourse(self) -> None:
        """Those who recover all come first; then who paid more than its own part, from the other."""
        whole = ("unreal_joint", "supp_capped", "supp_full")
        for name in ("a", "b"):
            mine = [i for i, h in enumerate(self.harms) if h.doer == name]
            self.give(name, {i: self.beside[i] for i in mine if self.harms[i].form in whole})
            joint = [i for i in mine if self.harms[i].form in ("joint_whole", "joint_expanded")]
            self.give(name, {i: self.beside[i] - self.own(i) for i in joint if self.beside[i] > self.own(i)})
        of_doers = {i: self.doer[i] - (h.loss - self.own(i)) for i, h in enumerate(self.harms) if h.form[:5] == "joint"}
        for name in ("p", "q"):
            self.give(name, {i: sum_ for i, sum_ in of_doers.items() if sum_ > 0 and self.harms[i].platform == name})

    def own(self, place: int) -> Fraction:
        """What falls on the platform in the end, among joint debtors."""
        return self.harms[place].share * self.harms[place].ceiling

    def give(self, giver: str, wanted: Sums) -> None:
        """Recourse out of what the giver still has, to the other who is liable for each harm."""
        for place, sum_ in self.take(giver, dict.fromkeys(wanted, F(0)), wanted).items():
            harm = self.harms[place]
            key = giver, harm.platform if giver == harm.doer else harm.doer
            self.flows[key] = self.flows.get(key, F(0)) + sum_


def as_claim(place: int, harm: Harm) -> Claim:
    beside = () if harm.form == "own_full" else (harm.doer,)
    basis = liability(harm.form, harm.platform, harm.loss, harm.grew * harm.loss, harm.share, beside)
    return Claim(harm.creditor, f"h{place}", harm.loss, (basis,), tuple(map(Wrongdoer, beside)))


harms = st.builds(
    Harm,
    st.sampled_from("vw"),
    st.integers(1, 60).map(F),
    st.sampled_from("ab"),
    st.sampled_from("pq"),
    st.sampled_from(FORMS),
    part,
    part,
)
pot = st.none() | st.integers(0, 90).map(F)


def held_against(course: Course, reckoned: Reckoned) -> None:
    paid: dict[tuple[str, int], Fraction] = {}
    for party, place, sum_ in course.payments:
        paid[party, place] = paid.get((party, place), F(0)) + sum_
    for place, harm in enumerate(reckoned.harms):
        assert paid.get((harm.platform, place), F(0)) == reckoned.beside[place]
        assert paid.get((harm.doer, place), F(0)) == reckoned.doer[place]
    assert {(giver, payer): sum_ for giver, payer, sum_ in course.flows} == {
        k: v for k, v in reckoned.flows.items() if v
    }


def agrees(found: list[Harm], pots: tuple[Fraction | None, ...], place: int) -> None:
    claims = [as_claim(place, harm) for place, harm in enumerate(found)]
    known = orders(claims)
    order = known[place % len(known)]
    has = dict(zip(("p", "q", "a", "b"), pots, strict=True))
    (course,) = settle(claims, order, has)
    held_against(course, Reckoned(found, has, order))


networks = st.lists(harms, min_size=1, max_size=5), st.tuples(pot, pot, pot, pot), st.integers(0, 5)


@settings(max_examples=examples(400), deadline=None)
@given(*networks)
def test_settle_is_what_the_table_gives(found: list[Harm], pots: tuple[Fraction | None, ...], place: int) -> None:
    agrees(found, pots, place)


@pytest.mark.exhaustive
@settings(max_examples=20_000, deadline=None)
@given(*networks)
def test_and_of_many_more_cases(found: list[Harm], pots: tuple[Fraction | None, ...], place: int) -> None:
    agrees(found, pots, place)


@pytest.mark.parametrize(("form", "pays", "back"), [("joint_whole", 80, 20), ("supp_full", 80, 0), ("several", 30, 0)])
def test_the_second_reckoning_knows_the_table(form: str, pays: int, back: int) -> None:
    """The ride by hand, so that the oracle is no echo: the driver has 20 of 100, or comes to 100 after p has paid."""
    harm, has = Harm("v", F(100), "a", "p", form, F(3, 10), F(2, 5)), {"p": None, "q": None, "a": F(20), "b": None}
    assert Reckoned([harm], has, (None, "p")).beside == {0: pays}
    first = Reckoned([harm], has, ("p", None))
    assert first.flows.get(("a", "p"), F(0)) == back
