"""A second reckoning of one world, from the table of the design alone, held against `settle` over random claims.

One platform `p` beside one wrongdoer to each harm. Nothing here knows bases, vessels or demands: every form is three lines
of the table (what p owes, what is its own part, from whom it recovers), and every step shares a pot by rule of three.
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
from pyliab.money.payment import Course, orders, settle

F = Fraction
Sums = dict[int, Fraction]
AT_ONCE = ("joint_whole", "joint_expanded", "unreal_joint", "share_joint", "several", "own_full")
LATER = ("supp_capped", "supp_full")
FORMS = (*AT_ONCE, *LATER)
part = st.fractions(0, 1, max_denominator=12)


@dataclass(frozen=True)
class Harm:
    """A harm: who lost what, who did it, in which form the platform is liable beside, and for which share."""

    creditor: str
    loss: Fraction
    doer: str
    form: str
    share: Fraction
    grew: Fraction

    @property
    def ceiling(self) -> Fraction:
        """The most that p owes."""
        within = {"joint_expanded": self.grew * self.loss}
        within |= dict.fromkeys(("share_joint", "several", "supp_capped"), self.share * self.loss)
        return within.get(self.form, self.loss)

    @property
    def of_doer(self) -> Fraction:
        """The most that the wrongdoer owes; nobody owes beside p what p owes alone."""
        return F(0) if self.form == "own_full" else self.loss - (self.ceiling if self.form == "several" else 0)


def shared_out(pot: Fraction | None, wanted: Sums) -> Sums:
    """Everybody gets what it wants, or the same part of it."""
    total = sum(wanted.values(), F(0))
    rate = F(1) if pot is None or total <= pot else pot / total
    return {place: sum_ * rate for place, sum_ in wanted.items()}


class Reckoned:
    """What p and the wrongdoers pay, one harm by the other, and what is given back."""

    def __init__(self, harms: list[Harm], has: dict[str, Fraction | None], p_first: bool) -> None:
        self.harms, self.has = harms, dict(has)
        self.p: Sums = dict.fromkeys(range(len(harms)), F(0))
        self.doer: Sums = dict(self.p)
        self.flows: dict[tuple[str, str], Fraction] = {}
        if p_first:
            self.p_pays({i: h.ceiling for i, h in enumerate(harms) if h.form in AT_ONCE})
        for name in ("a", "b"):
            mine = {i: min(h.of_doer, h.loss - self.p[i]) for i, h in enumerate(harms) if h.doer == name}
            self.take(name, self.doer, mine)
        self.p_pays({i: min(h.ceiling, h.loss - self.doer[i]) for i, h in enumerate(harms)})
        self.recourse()

    def take(self, party: str, paid: Sums, wanted: Sums) -> Sums:
        """A party pays out of its pot."""
        pot, sums = self.has[party], shared_out(self.has[party], wanted)
        for place, sum_ in sums.items():
            paid[place] += sum_
        self.has[party] = None if pot is None else pot - sum(sums.values(), F(0))
        return sums

    def p_pays(self, due: Sums) -> None:
        """Up to what is due in all, and to what is still unpaid."""
        unpaid = {i: h.loss - self.p[i] - self.doer[i] for i, h in enumerate(self.harms)}
        self.take("p", self.p, {i: max(F(0), min(sum_ - self.p[i], unpaid[i])) for i, sum_ in due.items()})

    def recourse(self) -> None:
        """Those who recover all come first; then who paid more than its own part, from the other."""
        whole = ("unreal_joint", "supp_capped", "supp_full")
        for name in ("a", "b"):
            mine = [i for i, h in enumerate(self.harms) if h.doer == name]
            self.give(name, "p", {i: self.p[i] for i in mine if self.harms[i].form in whole})
            joint = [i for i in mine if self.harms[i].form in ("joint_whole", "joint_expanded")]
            self.give(name, "p", {i: self.p[i] - self.own(i) for i in joint if self.p[i] > self.own(i)})
        of_doers = {i: self.doer[i] - (h.loss - self.own(i)) for i, h in enumerate(self.harms) if h.form[:5] == "joint"}
        claimed = {i: sum_ for i, sum_ in of_doers.items() if sum_ > 0}
        for place, sum_ in self.take("p", dict(self.p), claimed).items():
            key = "p", self.harms[place].doer
            self.flows[key] = self.flows.get(key, F(0)) + sum_

    def own(self, place: int) -> Fraction:
        """What falls on p in the end, among joint debtors."""
        return self.harms[place].share * self.harms[place].ceiling

    def give(self, giver: str, receiver: str, wanted: Sums) -> None:
        """Recourse out of what the giver still has."""
        sum_ = sum(self.take(giver, dict.fromkeys(wanted, F(0)), wanted).values(), F(0))
        self.flows[giver, receiver] = self.flows.get((giver, receiver), F(0)) + sum_


def as_claim(place: int, harm: Harm) -> Claim:
    beside = () if harm.form == "own_full" else (harm.doer,)
    basis = liability(harm.form, "p", harm.loss, harm.grew * harm.loss, harm.share, beside)
    return Claim(harm.creditor, f"h{place}", harm.loss, (basis,), tuple(map(Wrongdoer, beside)))


harms = st.builds(
    Harm,
    st.sampled_from("vw"),
    st.integers(1, 60).map(F),
    st.sampled_from("ab"),
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
        assert paid.get(("p", place), F(0)) == reckoned.p[place]
        assert paid.get((harm.doer, place), F(0)) == reckoned.doer[place]
    assert {(giver, payer): sum_ for giver, payer, sum_ in course.flows} == {
        k: v for k, v in reckoned.flows.items() if v
    }


@settings(max_examples=examples(400), deadline=None)
@given(st.lists(harms, min_size=1, max_size=5), st.tuples(pot, pot, pot), st.booleans())
def test_settle_is_what_the_table_gives(found: list[Harm], pots: tuple[Fraction | None, ...], p_first: bool) -> None:
    claims = [as_claim(place, harm) for place, harm in enumerate(found)]
    known = orders(claims)
    order = next((one for one in known if (one[0] == "p") is p_first), known[0])
    has = dict(zip(("p", "a", "b"), pots, strict=True))
    (course,) = settle(claims, order, has)
    held_against(course, Reckoned(found, has, order[0] == "p"))


@pytest.mark.parametrize(("form", "pays", "back"), [("joint_whole", 80, 20), ("supp_full", 80, 0), ("several", 30, 0)])
def test_the_second_reckoning_knows_the_table(form: str, pays: int, back: int) -> None:
    """The ride by hand, so that the oracle is no echo: the driver has 20 of 100, or comes to 100 after p has paid."""
    harm = Harm("v", F(100), "a", form, F(3, 10), F(2, 5))
    assert Reckoned([harm], {"p": None, "a": F(20), "b": None}, p_first=False).p == {0: pays}
    first = Reckoned([harm], {"p": None, "a": F(20), "b": None}, p_first=True)
    assert first.flows.get(("a", "p"), F(0)) == back
