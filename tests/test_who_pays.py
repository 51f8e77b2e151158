"""Who pays in a case, when there are several: rows by hand, from facts to fen, with the arithmetic beside each.

A ride is booked on p; the driver is not audited, and p is at fault in that. What is stated besides stands in each row.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from test_settle import ledger_of, under

from pyliab.kb.base import KnowledgeBase
from pyliab.law.world import world_of
from pyliab.money.by_money import amiss
from pyliab.money.settlement import Scenario, on_top, settlement
from pyliab.text.problem import InputError

PARTIES = ("p", "q", "driver", "cutter", "other", "v", "w")


def platform(name: str) -> str:
    return f"""
  - organisation: {{party: {name}}}
  - provides_marketplace: {{platform: {name}}}
  - offers: {{operator: driver, item: ride, platform: {name}}}
  - offers: {{operator: cutter, item: cut_ride, platform: {name}}}
  - audited: {{platform: {name}, operator: driver}}
    status: disproved
  - audited: {{platform: {name}, operator: cutter}}
    status: disproved
  - at_fault: {{party: {name}, duty: audit}}
  - contributed: {{party: {name}, duty: audit, harm: burn}}
  - contributed: {{party: {name}, duty: audit, harm: cut}}"""


def suffers(person: str, harm: str, item: str, doer: str, loss: int) -> str:
    return f"""
  - harm: {{harm: {harm}, person: {person}, interest: health, on: 2021-06-01}}
  - arises_from: {{harm: {harm}, item: {item}}}
  - place: {{harm: {harm}, where: linked}}
  - loss: {{harm: {harm}, yuan: {loss}}}
  - caused: {{party: {doer}, harm: {harm}}}"""


BURN, CUT = suffers("v", "burn", "ride", "driver", 60_000), suffers("v", "cut", "cut_ride", "cutter", 40_000)
FOOD = """
  - food: {item: ride}
  - below_standard: {item: ride}
  - knew_defect: {party: driver, item: ride}
  - bought: {person: v, item: ride, platform: p}"""


def told(base: KnowledgeBase, folder: Path, *facts: str) -> Any:
    head = """case: told
kind: hypothetical
title: {zh: 例, en: a row}
about: {zh: 例, en: a row}
date: 2021-06-01
items: {ride: {zh: 甲, en: the ride}, cut_ride: {zh: 乙, en: the other ride}}
harms: {burn: {zh: 烫伤, en: the burn}, cut: {zh: 割伤, en: the cut}}
facts:
  - consumer: {person: v}
  - consumer: {person: w}
  - does_business: {operator: driver}
  - does_business: {operator: cutter}
  - life_health: {item: ride}
  - life_health: {item: cut_ride}"""
    named = "\nparties:" + "".join(f"\n  {name}: {{zh: {name}, en: {name}}}" for name in PARTIES)
    path = folder / "told.yaml"
    path.write_text(
        head.replace("\nfacts:", f"{named}\nfacts:")
        + "".join(fact if fact[0] == "\n" else f"\n  - {fact}" for fact in facts)
        + "\n",
        "utf-8",
    )
    return base.case(str(path))


def settled(base: KnowledgeBase, case: Any, form: str, assets: dict[str, Any] | None = None, **positions: str) -> Any:
    choice = under(base, ecl38_2_form_audit=form, **positions)
    ledger = ledger_of(base, case, choice)
    given = {party: [None if sum_ is None else Fraction(sum_)] for party, sum_ in (assets or {}).items()}
    return settlement(ledger, given, beyond=on_top(world_of(base, case), ledger))


def yuan(span: Any) -> Any:
    low, high = span.low / 100, span.high / 100
    return low if low == high else (low, high)


def part(scenarios: Iterable[Scenario], first: str, column: str) -> dict[str, Any]:
    """A column of the scenario in which this party is gone against first."""
    scenario = next(s for s in scenarios if first in s.first)
    return {debtor.id: yuan(getattr(debtor, column)) for debtor in scenario.debtors}


# --- several harms, platforms, victims, wrongdoers -------------------------------------------------------------------------


def test_separate_harms_are_not_pooled(base: KnowledgeBase, tmp_path: Path) -> None:
    """The driver has 20 for the burn of 60, so p makes up 40; the cutter pays its cut of 40, and p nothing of that."""
    case = told(base, tmp_path, platform("p"), BURN, CUT)
    found = settled(base, case, "supp_full", {"driver": 20_000, "cutter": None})
    assert part(found.scenarios, "driver", "pays") == {"cutter": 40_000, "driver": 20_000, "p": 40_000}


def test_shares_are_taken_of_each_harm(base: KnowledgeBase, tmp_path: Path) -> None:
    """p is liable for 50 % of the burn and 10 % of the cut: 30 and 4; the driver owes the other 30, the cutter 36."""
    shares = ("share: {platform: p, part: 50%, harm: burn}", "share: {platform: p, part: 10%, harm: cut}")
    found = settled(
        base, told(base, tmp_path, platform("p"), BURN, CUT, *shares), "several", {"driver": 0, "cutter": 0}
    )
    assert part(found.scenarios, "driver", "owes") == {"cutter": 36_000, "driver": 30_000, "p": 34_000}
    assert yuan(found.scenarios[0].creditors[0].uncovered) == 66_000


def test_two_platforms_in_shares(base: KnowledgeBase, tmp_path: Path) -> None:
    """20 and 40 % of 60: the driver owes the other 40 %, and not 80 beside one and 60 beside the other."""
    shares = ("share: {platform: p, part: 20%}", "share: {platform: q, part: 40%}")
    found = settled(
        base, told(base, tmp_path, platform("p"), platform("q"), BURN, *shares), "several", {"driver": None}
    )
    assert part(found.scenarios, "driver", "owes") == {"driver": 24_000, "p": 12_000, "q": 24_000}


def test_two_platforms_jointly(base: KnowledgeBase, tmp_path: Path) -> None:
    """Parts of 20, 40 and (the driver) 40 %: whoever is sued first, 12, 24 and 24 are borne."""
    shares = ("share: {platform: p, part: 20%}", "share: {platform: q, part: 40%}")
    case = told(base, tmp_path, platform("p"), platform("q"), BURN, *shares)
    found = settled(base, case, "joint_whole", {"driver": None})
    for first in ("driver", "p", "q"):
        assert part(found.scenarios, first, "bears") == {"driver": 24_000, "p": 12_000, "q": 24_000}


def test_a_wrongdoer_has_its_assets_once(base: KnowledgeBase, tmp_path: Path) -> None:
    """v lost 60, w 20, the driver has 40: 30 and 10 in proportion, and p makes up 30 and 10."""
    case = told(base, tmp_path, platform("p"), BURN, suffers("w", "cut", "ride", "driver", 20_000))
    found = settled(base, case, "supp_full", {"driver": 40_000})
    assert part(found.scenarios, "driver", "pays") == {"driver": 40_000, "p": 40_000}
    alone = {account.creditor: part(account.scenarios, "driver", "pays")["p"] for account in found.liabilities}
    assert alone == {"v": 20_000, "w": 0}  # each by itself would have the 40 for it alone


def test_whom_one_sues_first_does_not_shift_the_burden(base: KnowledgeBase, tmp_path: Path) -> None:
    """Three wrongdoers of a loss of 60, p joint with one of them, share 10 %: 6 for p, and a third of 54 for each."""
    others = ("caused: {party: cutter, harm: burn}", "caused: {party: other, harm: burn}")
    case = told(base, tmp_path, platform("p"), BURN, *others, "share: {platform: p, part: 10%}")
    free = {"driver": None, "cutter": None, "other": None}
    found = settled(base, case, "joint_whole", free)
    for first in ("driver", "p"):
        assert part(found.scenarios, first, "bears") == {
            "cutter": 18_000,
            "driver": 18_000,
            "other": 18_000,
            "p": 6_000,
        }


def test_recourse_is_asked_of_each_harm(base: KnowledgeBase, tmp_path: Path) -> None:
    """Recourse lies against who meant the harm only: the driver meant the burn of 60, and not the cut of 40."""
    cut = suffers("v", "cut", "ride", "driver", 40_000)
    case = told(base, tmp_path, platform("p"), BURN, cut, "acted_intentionally: {party: driver, harm: burn}")
    found = settled(base, case, "joint_whole", {"driver": None}, recourse_after_joint="against_intentional_only")
    assert part(found.scenarios, "p", "recovers")["p"] == 60_000
    assert part(found.scenarios, "p", "bears") == {"driver": 60_000, "p": 40_000}


# --- shares and the victim's own part -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shares", "says"),
    [
        ({"p": "100%", "q": "100%"}, r"told.yaml:\d+:5: the shares of p, q in burn come to 200%, more than the whole"),
        (
            {"p": "30%", "q": "30%", "driver": "30%"},
            r"told.yaml:\d+:5: p, q, driver alone share the loss .* come to 90%",
        ),
        (
            {"p": "60%", "q": "30%", "driver": "20%"},
            r"told.yaml:\d+:5: the shares of p, q, driver in burn come to 110%",
        ),
    ],
)
def test_shares_that_cannot_stand(base: KnowledgeBase, tmp_path: Path, shares: dict[str, str], says: str) -> None:
    stated = [f"share: {{platform: {party}, part: {share}}}" for party, share in shares.items()]
    case = told(base, tmp_path, platform("p"), platform("q"), BURN, *stated)
    with pytest.raises(InputError, match=says):
        settled(base, case, "several")
    ((fault,), notes) = amiss(base, case)
    last = len(Path(case.file).read_text(encoding="utf-8").splitlines())
    assert fault.line == last and not notes


def test_what_falls_on_the_victim_is_said(base: KnowledgeBase, tmp_path: Path) -> None:
    """20 % of 60 fall on v itself: 48 are owed, of which p's share of 30 % is 14.4."""
    facts = ("victim_at_fault: {person: v, harm: burn}", "victim_share: {harm: burn, part: 20%}")
    case = told(base, tmp_path, platform("p"), BURN, "share: {platform: p, part: 30%}", *facts)
    found = settled(base, case, "several", {"driver": 0})
    (creditor,) = found.scenarios[0].creditors
    assert [yuan(getattr(creditor, name)) for name in ("loss", "recovers", "uncovered", "own_part")] == [
        48_000,
        14_400,
        33_600,
        12_000,
    ]


def test_a_part_of_the_victim_without_its_fault_counts_for_nothing(base: KnowledgeBase, tmp_path: Path) -> None:
    case = told(base, tmp_path, platform("p"), BURN, "victim_share: {harm: burn, part: 20%}")
    assert yuan(settled(base, case, "supp_full").scenarios[0].creditors[0].loss) == 60_000
    faults, (note,) = amiss(base, case)
    assert not faults and "counts for nothing" in str(note)


# --- promises -------------------------------------------------------------------------------------------------------------

PROMISE = ("promised: {platform: p, person: v}", "bought: {person: v, item: ride, platform: p}")


@pytest.mark.parametrize(
    ("sums", "pays"),
    [
        (["yuan: 50000"], 50_000),  # in all, for losses of 60 and 40
        (["yuan: 90000, harm: burn"], 100_000),  # no more than the burn of 60; the cut of 40 was promised whole
        (["yuan: 20000, harm: burn"], 60_000),  # 20 for the burn, the cut whole
        (["yuan: 50000", "yuan: 3000, harm: cut"], 53_000),  # 50 is what is left for the burn
        (["yuan: 70000", "yuan: 3000, harm: cut"], 63_000),  # no more than the burn
    ],
)
def test_a_promise_is_kept_for_each_harm(base: KnowledgeBase, tmp_path: Path, sums: list[str], pays: int) -> None:
    promised = [f"promised_sum: {{platform: p, person: v, {sum_}}}" for sum_ in sums]
    case = told(base, tmp_path, platform("p"), BURN, suffers("v", "cut", "ride", "driver", 40_000), *PROMISE, *promised)
    found = settled(base, case, "several", {"driver": 0})
    promise = [one for one in found.liabilities if one.form in ("as_promised", "cond_unreal_joint")]
    assert sum(yuan(one.scenarios[0].of("p").pays) for one in promise) == pays


# --- beyond the loss --------------------------------------------------------------------------------------------------------


def beyond(found: Any) -> dict[str, Any]:
    return {more.head: yuan(more.loss) for more in found.scenarios[0].beyond}


@pytest.mark.parametrize(
    ("loss", "price", "owed"),
    [
        (60_000, None, 180_000),  # three times the loss; no price is stated
        (60_000, 800, 180_000),  # ten times the price are 8 000 only
        (100, 50, 1_000),  # 500 and 300: a thousand at least
        (100, 150, 1_500),  # ten times the price
    ],
)
def test_bad_food(base: KnowledgeBase, tmp_path: Path, loss: int, price: int | None, owed: int) -> None:
    paid = [] if price is None else [f"price: {{person: v, item: ride, yuan: {price}}}"]
    case = told(base, tmp_path, platform("p"), suffers("v", "burn", "ride", "driver", loss), FOOD, *paid)
    assert beyond(settled(base, case, "supp_full")) == {"FSL 148(2)": owed}


def test_what_is_owed_beyond_the_loss_comes_out_of_the_same_pot(base: KnowledgeBase, tmp_path: Path) -> None:
    """The driver has 3 000 for 2 000 and 8 000 (ten times 800): 600 and 2 400; p makes up 1 400 of the loss alone."""
    loss = suffers("v", "burn", "ride", "driver", 2_000)
    case = told(base, tmp_path, platform("p"), loss, FOOD, "price: {person: v, item: ride, yuan: 800}")
    found = settled(base, case, "supp_full", {"driver": 3_000})
    (scenario,) = found.scenarios
    assert part([scenario], "driver", "pays") == {"driver": 3_000, "p": 1_400}
    assert yuan(scenario.creditors[0].recovers) == 2_000
    assert [yuan(getattr(scenario.beyond[0], name)) for name in ("loss", "recovers", "uncovered")] == [
        8_000,
        2_400,
        5_600,
    ]
    assert [(one.kind, yuan(one.amount), one.reckoned) for one in found.on_top] == [("punitive", 8_000, True)]


def test_joint_liability_may_reach_it(base: KnowledgeBase, tmp_path: Path) -> None:
    """2 000 and 8 000, of which p pays all first; equal parts, so it recovers 5 000."""
    loss = suffers("v", "burn", "ride", "driver", 2_000)
    case = told(base, tmp_path, platform("p"), loss, FOOD, "price: {person: v, item: ride, yuan: 800}")
    found = settled(base, case, "joint_whole", {"driver": None}, joint_reaches_punitive="reaches")
    assert part(found.scenarios, "p", "pays")["p"] == 10_000
    only_loss = settled(base, case, "joint_whole", {"driver": None})
    assert part(only_loss.scenarios, "p", "pays")["p"] == 2_000


@pytest.mark.parametrize(("price", "owed"), [(100, 500), (1_000, 3_000)])
def test_fraud(base: KnowledgeBase, tmp_path: Path, price: int, owed: int) -> None:
    """Three times the price, and 500 at least."""
    facts = ("defrauded: {operator: driver, person: v}", "bought: {person: v, item: ride, platform: p}")
    case = told(base, tmp_path, platform("p"), BURN, *facts, f"price: {{person: v, item: ride, yuan: {price}}}")
    assert beyond(settled(base, case, "supp_full")) == {"CPL 55(1)": owed}


def test_the_food_law_goes_before_the_consumer_law(base: KnowledgeBase, tmp_path: Path) -> None:
    facts = ("defrauded: {operator: driver, person: v, item: ride}", "price: {person: v, item: ride, yuan: 800}")
    case = told(base, tmp_path, platform("p"), BURN, FOOD, *facts)
    assert beyond(settled(base, case, "supp_full")) == {"FSL 148(2)": 180_000}


def test_up_to_twice_the_loss(base: KnowledgeBase, tmp_path: Path) -> None:
    facts = ("knew_defect: {party: driver, item: ride}", "death_or_grave: {harm: burn}")
    case = told(base, tmp_path, platform("p"), BURN, *facts)
    assert beyond(settled(base, case, "supp_full")) == {"CPL 55(2)": (0, 120_000)}


def test_what_the_court_fixed_goes_before_the_multiple(base: KnowledgeBase, tmp_path: Path) -> None:
    facts = ("knew_defect: {party: driver, item: ride}", "death_or_grave: {harm: burn}")
    fixed = "extra_damages: {debtor: driver, person: v, yuan: 90000}"
    case = told(base, tmp_path, platform("p"), BURN, *facts, fixed)
    assert beyond(settled(base, case, "supp_full")) == {"CPL 55(2)": 90_000}


@pytest.mark.parametrize(("price", "owed"), [(None, 180_000), (20_000, 200_000)])
def test_bad_drugs(base: KnowledgeBase, tmp_path: Path, price: int | None, owed: int) -> None:
    facts = ["drug: {item: ride}", "bad_drug: {item: ride}", "knew_bad_drug: {party: driver, item: ride}"]
    facts += [] if price is None else [f"price: {{person: v, item: ride, yuan: {price}}}"]
    case = told(base, tmp_path, platform("p"), BURN, *facts)
    assert beyond(settled(base, case, "supp_full")) == {"DAL 144(3)": owed}


def test_a_wrong_notice_in_bad_faith_is_paid_for_twice(base: KnowledgeBase) -> None:
    """The loss of the shipped case, and the same once more."""
    case = base.case("forged_notice")
    loss = next(Fraction(str(fact.args[1])) for fact in case.facts if fact.word == "loss")
    found = settled(base, case, "supp_full")
    assert beyond(found) == {"ECL 42(3)": loss}
    assert {yuan(debtor.pays) for debtor in found.scenarios[0].debtors} == {2 * loss}
