"""Who pays whom in a case under a reading, curves over what others have, and what the commands print."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from tiers import examples

from pyliab.answers.blocks import Table
from pyliab.answers.terminal import Terminal
from pyliab.cli.main import main
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.reading import Choice, choose
from pyliab.law.world import world_of
from pyliab.money.conclusions import Ledger
from pyliab.money.conclusions import ledger_of as in_world
from pyliab.money.settlement import settlement
from pyliab.money.stated import SHARE, Stated
from pyliab.money.sweep import sweep
from pyliab.text.amounts import amount, fen, grouped, shares, yuan
from pyliab.text.say import same

F = Fraction
K = 1000
part_of_one = st.fractions(0, 1, max_denominator=1000)

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
    """The plain text with these positions, recourse among joint debtors for what exceeds one's own share."""
    positions = {"recourse_after_joint": "above_share", **positions}
    text = base.background()
    left = tuple(name for name in base.issues if name not in positions and name not in text)
    return Choice("asked", positions, {k: v for k, v in text.items() if k not in positions}, left)


def ledger_of(base: KnowledgeBase, case: Any, choice: Choice) -> Ledger:
    return in_world(world_of(base, case), case, choice)


def at(ledger: Ledger, first: str, *assets: Any, share: Any = None) -> Any:
    """The scenario in which the driver or the platform is sued first, and the platform's part in it."""
    given = {"driver": [None if sum_ is None else F(sum_) for sum_ in assets]} if assets else None
    found = settlement(ledger, given, {"platform": share} if share else None)
    scenario = next(s for s in found.scenarios if first in s.first)
    return scenario, scenario.of("platform")


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
    ledger = ledger_of(base, base.case("ride_injury"), under(base, ecl38_2_form_audit=form))
    scenario, platform = at(ledger, "driver", 20_000)
    recovers, pays = RIDE[form]
    assert (scenario.creditors[0].recovers.to_json(), platform.pays.to_json()) == (f"{recovers}000.00", f"{pays}000.00")


def test_own_liability_has_no_operator(base: KnowledgeBase) -> None:
    ledger = ledger_of(base, base.case("ride_injury"), under(base, ecl38_2_form_audit="own_full"))
    found = settlement(ledger)
    assert [s.first for s in found.liabilities[0].scenarios] == [("platform",)]
    assert found.scenarios[0].debtors[0].bears.to_json() == "100000.00"


@pytest.mark.parametrize(
    ("positions", "first", "pays", "recourse", "bears"),
    [
        ({"ecl38_2_form_audit": "supp_capped", "supplementary_cap": "of_rest"}, "driver", 24, 0, 24),
        ({"ecl38_2_form_audit": "supp_full", "supplementary_trigger": "will_not_pay"}, "platform", 100, 20, 80),
        ({"ecl38_2_form_audit": "joint_expanded", "operator_payment": "pro_rata"}, "driver", 32, 0, 32),
        ({"ecl38_2_form_audit": "several_ordered"}, "driver", 30, 0, 30),
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
    scenario, platform = at(ledger_of(base, base.case("ride_injury"), under(base, **positions)), first, 20_000)
    assert scenario.unwilling is ("supplementary_trigger" in positions)
    expected = [f"{n}000.00" if n else "0.00" for n in (pays, recourse, bears)]
    assert [platform.pays.to_json(), platform.recovers.to_json(), platform.bears.to_json()] == expected


@pytest.mark.parametrize(("position", "bears"), [("mutual", "30000.00"), ("bears_all", "0.00")])
def test_recourse_of_the_operator(base: KnowledgeBase, position: str, bears: str) -> None:
    choice = under(base, ecl38_2_form_audit="joint_whole", recourse_of_operator=position)
    _, platform = at(ledger_of(base, base.case("ride_injury"), choice), "driver", 100_000)
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
    choice = under(base, ecl38_2_form_audit=form, unknown_tortfeasor=position)
    ledger = ledger_of(base, told(base, tmp_path, "ride_injury", gone), choice)
    scenario, platform = at(ledger, "platform")
    assert (platform.pays.to_json(), platform.recovers.to_json()) == (pays, "0.00")
    assert scenario.creditors[0].recovers.to_json() == pays
    found = settlement(ledger)
    assert {s.first for s in (*found.scenarios, *found.liabilities[0].scenarios)} == {("platform",)}
    assert found.unknown == ("driver",) and not any(s.unwilling for s in found.scenarios)


def test_an_operator_that_the_platform_cannot_name_pays_once_it_is_found(base: KnowledgeBase, tmp_path: Path) -> None:
    found = ("unknown: {party: seller}", "assets: {party: seller, yuan: 1000000}")
    for changes, recovered in (((), False), ((found,), True)):
        case = told(base, tmp_path, "unidentified_goods", *changes)
        _, platform = at(ledger_of(base, case, choose(base, base.reading("text_minimal"))), "platform")
        assert (platform.recovers == platform.pays) is recovered


def test_who_answers_as_seller_for_its_marks_recovers_from_the_true_seller(base: KnowledgeBase, tmp_path: Path) -> None:
    """A loss of 40,000: the true seller bears it as far as it can pay; from a producer who did no harm nothing is recovered."""
    produced = (
        "  - unsafe: {item: cooker}\n",
        "  - unsafe: {item: cooker}\n  - produced: {party: maker, item: cooker}\n",
    )
    maker = ("  shop: {zh: 店铺", "  maker: {zh: 厂家, en: the maker}\n  shop: {zh: 店铺")
    by_maker = ("caused: {party: shop, harm: burns}", "caused: {party: maker, harm: burns}")
    for bearer, changes in (("shop", (maker, produced)), ("maker", (maker, produced, by_maker))):
        case = told(base, tmp_path, "misleading_store", *changes, name=f"{bearer}.yaml")
        ledger = ledger_of(base, case, choose(base, base.reading("text_minimal")))
        for has, recovered in ((0, "0.00"), (15_000, "15000.00"), (40_000, "40000.00")):
            found = settlement(ledger, {bearer: [F(has)]})
            assert {debtor.id for s in found.scenarios for debtor in s.debtors} == {"platform", bearer}
            scenario = next(s for s in found.scenarios if s.first[0] == "platform")
            platform = scenario.of("platform")
            assert (platform.pays.to_json(), platform.recovers.to_json()) == ("40000.00", recovered)


def test_a_promise_of_a_sum_is_kept_and_no_more(base: KnowledgeBase, tmp_path: Path) -> None:
    known = ("    status: disproved\n  - unknown: {party: seller}\n", "")
    promise = "facts:\n  - promised: {platform: platform, person: consumer}\n"
    of_a_sum = promise + "  - promised_sum: {platform: platform, person: consumer, yuan: 1000}\n"
    for facts, form, pays in ((promise, "cond_unreal_joint", "6000.00"), (of_a_sum, "as_promised", "1000.00")):
        case = told(base, tmp_path, "unidentified_goods", known, ("facts:\n", facts), name=f"{form}.yaml")
        found = settlement(ledger_of(base, case, choose(base, base.reading("text_minimal"))), {"seller": [F(0)]})
        scenario = next(s for s in found.scenarios if "platform" in s.first)
        assert [one.form for one in found.liabilities] == [form]
        assert scenario.of("platform").pays.to_json() == pays


def test_a_third_party_and_shares(base: KnowledgeBase, tmp_path: Path) -> None:
    third = (
        ("  passenger: {zh: 乘客", "  motorist: {zh: 另一司机, en: another motorist}\n  passenger: {zh: 乘客"),
        (
            "  - caused: {party: driver, harm: injury}",
            "  - caused: {party: driver, harm: injury}\n  - caused: {party: motorist, harm: injury}\n  - share: {platform: driver, part: 50%}\n  - share: {platform: motorist, part: 20%}\n  - assets: {party: motorist, yuan: 5000}",
        ),
    )
    case = told(base, tmp_path, "ride_injury", *third)
    both = {"driver": [F(60_000)], "motorist": [F(60_000)]}
    scenario = settlement(ledger_of(base, case, under(base, ecl38_2_form_audit="several")), both).scenarios[0]
    # driver 5/7 of 70 000 = 50 000, motorist 2/7 = 20 000, and both have more than that
    assert {d.id: d.pays.to_json() for d in scenario.debtors} == {
        "driver": "50000.00",
        "motorist": "20000.00",
        "platform": "30000.00",
    }
    ledger = ledger_of(base, case, under(base, ecl38_2_form_audit="supp_full", operators_between="jointly"))
    (scenario,) = settlement(ledger, {"driver": [None]}).scenarios
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
    scenario, _ = at(ledger_of(base, told(base, tmp_path, "ride_injury", fault), choice), "driver", 20_000)
    # how far it reduces is not stated: from nothing to everything, and never a plain zero
    assert scenario.creditors[0].recovers.to_json() == {"from": "0.00", "to": "100000.00"}
    stated = (
        fault[0],
        fault[1].replace("  - arises_from", "  - victim_share: {harm: injury, part: 20%}\n  - arises_from"),
    )
    scenario, platform = at(ledger_of(base, told(base, tmp_path, "ride_injury", stated), choice), "driver", 20_000)
    assert (scenario.creditors[0].recovers.to_json(), platform.pays.to_json()) == ("80000.00", "60000.00")


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
        scenario, _ = at(ledger_of(base, case, under(base, ecl38_2_form_audit=form)), "driver", 20_000)
        assert scenario.creditors[0].recovers.to_json() == recovers
    # the internal share of joint debtors is half where it is unknown (CC 178(2)), not a range
    _, platform = at(ledger_of(base, case, under(base, ecl38_2_form_audit="joint_whole")), "platform", 100_000)
    assert platform.bears.to_json() == "50000.00"


def test_a_share_given_as_a_range(base: KnowledgeBase, tmp_path: Path) -> None:
    case = told(base, tmp_path, "ride_injury", ("part: 30%", "part: 20%-40%"))
    ledger = ledger_of(base, case, under(base, ecl38_2_form_audit="several"))
    _, platform = at(ledger, "driver", 20_000)
    assert platform.pays.to_json() == {"from": "20000.00", "to": "40000.00"}
    _, platform = at(ledger, "driver", 20_000, share=(F(1, 3), F(1, 3)))
    assert platform.pays.to_json() == "33333.33"


def test_missing_assets_show_both_ends(base: KnowledgeBase) -> None:
    found = settlement(ledger_of(base, base.case("ride_injury"), under(base, ecl38_2_form_audit="supp_capped")))
    assert [s.assets for s in found.scenarios] == [{"driver": 0, "platform": None}, {"driver": None, "platform": None}]


def test_exact_at_a_trillion(base: KnowledgeBase, tmp_path: Path) -> None:
    big = (
        ("yuan: 100000}", "yuan: 1000000000000.01}"),
        ("yuan: 40000}", "yuan: 400000000000.01}"),
        ("part: 30%", "part: 1/3"),
    )
    ledger = ledger_of(base, told(base, tmp_path, "ride_injury", *big), under(base, ecl38_2_form_audit="several"))
    scenario, platform = at(ledger, "driver", "999999999999.99")
    # a third of 1 000 000 000 000.01 is 333 333 333 333.33|666..; the other fen goes to the larger remainder
    assert platform.pays.to_json() == "333333333333.34"
    assert {d.id: d.pays.to_json() for d in scenario.debtors}["driver"] == "666666666666.67"
    assert scenario.creditors[0].uncovered.to_json() == "0.00"


def test_liabilities_side_by_side(base: KnowledgeBase) -> None:
    reading = base.reading("paper_abstract")
    choice = under(
        base, **{issue: p.position for issue, p in reading.positions.items()}, cc1198_online="not_applicable"
    )
    found = settlement(ledger_of(base, base.case("ride_both"), choice), {"driver": [F(20_000)]})
    assert [one.form for one in found.liabilities] == ["joint_expanded", "supp_full"]
    assert {s.first: s.elects for s in found.scenarios} == {
        ("driver",): ("platform:supp_full:passenger",),
        ("platform",): ("platform:joint_expanded:passenger", "platform:supp_full:passenger"),
    }


@settings(max_examples=examples(25), deadline=None)
@given(share=part_of_one, assets=st.integers(0, 120_000))
def test_an_open_reading_holds_what_each_position_gives(base: KnowledgeBase, share: Fraction, assets: int) -> None:
    case = base.case("ride_injury")
    (opened,) = at(ledger_of(base, case, under(base)), "driver", assets, share=(F(0), F(1)))[0].creditors
    for form in ("joint_expanded", "several", "supp_capped", "supp_full"):
        ledger = ledger_of(base, case, under(base, ecl38_2_form_audit=form))
        (one,) = at(ledger, "driver", assets, share=(share, share))[0].creditors
        assert opened.recovers.low <= one.recovers.low <= one.recovers.high <= opened.recovers.high


def test_no_loss_no_settlement(base: KnowledgeBase, tmp_path: Path) -> None:
    case = told(base, tmp_path, "ride_injury", ("  - loss: {harm: injury, yuan: 100000}\n", ""))
    ledger = ledger_of(base, case, under(base, ecl38_2_form_audit="several"))
    with pytest.raises(Exception, match=r"states no loss.*- loss: \{harm: injury, yuan: \.\.\}"):
        settlement(ledger)


# --- curves --------------------------------------------------------------------------------------------------------------


def test_curves_and_where_they_meet(base: KnowledgeBase) -> None:
    names = ("supp_full", "several", "supp_capped", "share_joint")
    ledgers = [
        ledger_of(base, base.case("ride_injury"), replace(under(base, ecl38_2_form_audit=name), name=name))
        for name in names
    ]
    found = sweep(ledgers, ("platform", "passenger"), "driver")
    assert [knot.assets for knot in found.curves[1].knots] == [0, 70 * K, 100 * K]
    by_pair = {(one.readings, one.quantity): one for one in found.break_even}
    meets = by_pair[("supp_full", "several"), "bears"]
    assert (meets.points, meets.equal_between, meets.never_differ) == ((F(70 * K),), (), False)
    assert by_pair[("several", "supp_capped"), "recovers"].never_differ
    assert by_pair[("supp_capped", "share_joint"), "recovers"].never_differ
    # every point of a curve is what settlement gives there
    for curve, ledger in zip(found.curves, ledgers, strict=True):
        for assets in (0, 12_345, 70_001, 99_999):
            scenario, platform = at(ledger, "driver", assets)
            recovers, _, bears, _ = curve.at(F(assets)).ends()
            assert (fen(recovers), fen(bears)) == (scenario.creditors[0].recovers.low, platform.bears.low)


def test_a_break_even_point_is_exact(base: KnowledgeBase) -> None:
    case = base.case("ride_injury")
    ledgers = [
        ledger_of(base, case, replace(under(base, ecl38_2_form_audit=form, **more), name=name))
        for name, form, more in (
            ("of_rest", "supp_capped", {"supplementary_cap": "of_rest"}),
            ("alone", "several", {}),
        )
    ]
    third = sweep(ledgers, ("platform", "passenger"), "driver", {"platform": (F(1, 3), F(1, 3))})
    (bears,) = [one for one in third.break_even if one.quantity == "bears"]
    assert (bears.points, bears.equal_between) == ((F(0),), ())
    (knot,) = [knot.assets for knot in third.curves[1].knots][1:-1]
    assert knot == F(200_000, 3)


# --- the command ---------------------------------------------------------------------------------------------------------


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, [*words, *([] if "--json" in words else ["--lang", "en"])])
    assert result.exit_code == code, result.output
    return result.output


def test_what_the_command_says() -> None:
    out = run("settle", "ride_injury", "-r", "paper_body", "--assets", "driver=20000")
    assert "the platform   100,000   80,000   0          0            80,000" in out
    assert "the passenger recovers 100,000 yuan; uncovered 0 yuan" in out
    out = run("settle", "ride_injury", "-r", "paper_capped", "--assets", "driver=20000")
    assert "the passenger recovers 50,000 yuan; uncovered 50,000 yuan" in out
    out = run("settle", "ride_injury", "-r", "several_all", "--assets", "driver=20000")
    assert "the driver     70,000    20,000" in out and "uncovered 50,000 yuan" in out
    out = run("settle", "ride_injury", "-r", "paper_abstract", "--assets", "driver=20000")
    assert "the platform   40,000    40,000" in out
    assert (
        "可执行财产 20,000 元"
        in CliRunner()
        .invoke(main, ["settle", "ride_injury", "-r", "paper_body", "--assets", "driver=20000", "--lang", "zh"])
        .output
    )


def test_the_shape_others_rely_on() -> None:
    found = json.loads(run("settle", "ride_injury", "-r", "paper_capped", "--assets", "driver=20000", "--json"))
    assert (found["case"], found["reading"]) == ("ride_injury", "paper_capped")
    (scenario,) = found["scenarios"]
    assert scenario == {
        "first": ["driver"],
        "assets": {"driver": "20000.00", "platform": None},
        "creditors": [
            {
                "id": "passenger",
                "head": "",
                "harms": ["injury"],
                "loss": "100000.00",
                "recovers": "50000.00",
                "uncovered": "50000.00",
                "own_part": "0.00",
            }
        ],
        "debtors": [
            {
                "id": "driver",
                "owes": "100000.00",
                "pays": "20000.00",
                "recovers": "0.00",
                "gives_back": "0.00",
                "bears": "20000.00",
            },
            {
                "id": "platform",
                "owes": "30000.00",
                "pays": "30000.00",
                "recovers": "0.00",
                "gives_back": "0.00",
                "bears": "30000.00",
            },
        ],
        "elects": [],
        "unwilling": False,
        "beyond": [],
    }
    (liability,) = found["liabilities"]
    assert {k: liability[k] for k in ("id", "status", "orders", "loss", "expanded", "share", "harms")} == {
        "id": "platform:supp_capped:passenger",
        "status": "certain",
        "orders": ["after_enforcement"],
        "loss": "100000.00",
        "expanded": None,
        "share": "3/10",
        "harms": ["injury"],
    }


def test_the_sweep(tmp_path: Path) -> None:
    chart, table = tmp_path / "a.svg", tmp_path / "a.csv"
    words = ["sweep", "ride_injury", "-r", "paper_body", "-r", "several_all", "-r", "paper_capped"]
    out = run(*words, "--chart", str(chart), "--csv", str(table))
    assert "paper_body = several_all: what the platform bears in the end: 70,000" in out
    assert "several_all = paper_capped: never differ in what the passenger recovers" in out
    picture = chart.read_text(encoding="utf-8")
    assert picture.startswith("<svg") and "assets of the driver (yuan)" in picture
    # paper_body meets the others at 70 000: in what they come to for the passenger, and in what the platform bears
    assert picture.count("<circle") == 2 and picture.count(">70,000</text>") == 2
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"))))
    assert {row["reading"] for row in rows} == {"paper_body", "several_all", "paper_capped"}
    assert rows[0]["bears_to"] == "100000.00"


def test_the_settlement_as_bars(tmp_path: Path) -> None:
    """The driver pays 20 of 100, the platform 30; 50 stay unpaid. A bar for each, as long as its sum of the longest."""
    words = ["settle", "ride_injury", "-r", "several_all", "--assets", "the driver=20000", "--picture"]
    run(*words, str(tmp_path / "bars.svg"))
    drawn = (tmp_path / "bars.svg").read_text(encoding="utf-8")
    assert [drawn.count(f">{sum_}</text>") for sum_ in ("20,000", "30,000", "50,000")] == [2, 2, 1]
    assert [drawn.count(f'width="{long}" height="11"') for long in ("168.0", "252.0", "420.0")] == [2, 2, 1]
    assert "a picture is written as" in run(*words, str(tmp_path / "bars.gif"), code=2)
    assert not (tmp_path / "bars.gif").exists()
    assert "nothing to draw" in run("settle", "ride_injury", "-r", "zeng_na", "--picture", "x.svg", code=2)


def test_the_bars_in_pixels(tmp_path: Path) -> None:
    pytest.importorskip("resvg_py")
    run("settle", "ride_injury", "-r", "several_all", "--picture", str(tmp_path / "bars.png"))
    assert (tmp_path / "bars.png").read_bytes().startswith(b"\x89PNG")


def test_the_shape_of_a_sweep() -> None:
    found = json.loads(run("sweep", "ride_injury", "-r", "several_all", "-r", "paper_body", "--json"))
    assert {k: found[k] for k in ("case", "debtor", "creditor", "first", "whose", "end", "whole")} == {
        "case": "ride_injury",
        "debtor": "platform",
        "creditor": "passenger",
        "first": ["driver"],
        "whose": ["driver"],
        "end": "100000.00",
        "whole": True,
    }
    knots = {"reading": "several_all", "knots": found["curves"][0]["knots"]}
    assert knots["knots"][1] == {"assets": "70000.00", "recovers": "100000.00", "bears": "30000.00"}
    assert found["break_even"][1] == {
        "readings": ["several_all", "paper_body"],
        "quantity": "bears",
        "never_differ": False,
        "points": ["70000.00"],
        "equal_between": [],
    }


def test_a_sweep_that_ends_early_says_no_more_than_it_saw() -> None:
    words = ["sweep", "ride_injury", "-r", "several_all", "-r", "paper_capped"]
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
            "--assets",
            "driver=20000",
            "--json",
        )
    )["cases"][0]["readings"]
    assert [row["creditors"][0]["recovers"] for row in found] == [
        "100000.00",
        {"from": "20000.00", "to": "100000.00"},
        "20000.00",
    ]
    bears = [{debtor["id"]: debtor["bears"] for debtor in row["debtors"]} for row in found]
    assert bears == [{"platform": "80000.00"}, {"platform": {"from": "0.00", "to": "100000.00"}}, {"platform": "0.00"}]
    assert "paper_body" in run("compare", "ride_injury", "-r", "paper_body", "-r", "several_all", "--money")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--assets", "driver=-5"], "--assets"),
        (["--assets", "driver=20,000"], "without separators"),
        (["--assets", "driver=NaN"], "--assets"),
        (["--assets", "driver=1e5"], "--assets"),
        (["--assets", "20000"], "say whose, as PARTY=YUAN"),
        (["--assets", "drivr=5"], "did you mean 'driver'"),
        (["--assets", "passenger=5"], "no debtor here; known are driver, platform"),
        (["--share", "1.5"], "--share"),
        (["--share", "50%-40%"], "runs backwards"),
        (["--share", "driver=50%"], "no debtor here; known are platform"),
    ],
)
def test_wrong_input_names_the_option(words: list[str], says: str) -> None:
    assert says in run("settle", "ride_injury", "-r", "paper_body", *words, code=2).replace("\n", " ")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--to", "0"], "--to"),
        (["--chart", "x.bmp"], "a picture is written as .svg, .png"),
        (["--debtor", "driver"], "--debtor platform --creditor passenger"),
        (["--debtor", "nobody_here"], "no party 'nobody_here'"),
        (["--first", "passenger"], "no debtor here; known are driver, platform"),
    ],
)
def test_a_wrong_sweep_names_the_option(words: list[str], says: str) -> None:
    assert says in run("sweep", "ride_injury", "-r", "paper_body", *words, code=2).replace("\n", " ")


def test_two_debtors_need_a_name_for_a_share() -> None:
    assert "say whose, as PARTY=SHARE" in run("settle", "mall_concert", "-r", "text_minimal", "--share", "30%", code=2)
    run("settle", "mall_concert", "-r", "text_minimal", "--share", "mall=30%")


def test_amounts_as_text() -> None:
    assert (amount("unlimited"), amount("0.50"), shares("20%-2/5")) == (None, F(1, 2), (F(1, 5), F(2, 5)))
    assert (yuan(5), grouped("1234567.00"), grouped("0.50")) == ("0.05", "1,234,567", "0.50")


def test_damages_beyond_the_loss_are_reckoned_where_a_rule_says_how_much() -> None:
    """Up to twice the loss of 300 000 (CPL 55(2)); "corresponding" damages (CC 1207) are named, and no more."""
    found = json.loads(run("settle", "knowing_dealer", "-r", "text_minimal", "--json"))
    amounts = [(one["reckoned"], one["amount"]) for one in found["on_top"]]
    assert amounts == [(False, None), (True, {"from": "0.00", "to": "600000.00"})]
    assert {more["head"] for scenario in found["scenarios"] for more in scenario["beyond"]} == {"CPL 55(2)"}
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


@pytest.mark.parametrize("share", ["0%-50%", "0%"])
def test_a_share_of_nothing_closes_no_order(share: str) -> None:
    """Whoever is liable for its share at once may be gone against first, though the share may turn out to be nothing."""
    asked = ("settle", "ride_injury", "-r", "several_all", "--share", share, "--assets", "driver=20000", "--json")
    first, second = json.loads(run(*asked))["scenarios"]
    assert (first["first"], second["first"]) == (["driver"], ["platform"])
    assert first["creditors"] == second["creditors"]
    assert first["debtors"] == second["debtors"]


def test_a_share_may_be_stated_of_one_harm(base: KnowledgeBase, tmp_path: Path) -> None:
    """It goes before the share that is stated of all; a case file that names no harm means all of them."""
    general = "  - share: {platform: platform, part: 20%}\n"
    special = general + "  - share: {platform: platform, part: 50%, harm: burns}\n"
    stated = Stated(told(base, tmp_path, "charger_fire", (general, special)), base.vocabulary)
    assert stated.ends(SHARE, "platform", harm="burns") == (F(1, 2), F(1, 2))
    assert stated.ends(SHARE, "platform", harm="furniture") == (F(1, 5), F(1, 5))
    only = Stated(told(base, tmp_path, "charger_fire", (general, special.replace(general, ""))), base.vocabulary)
    assert only.ends(SHARE, "platform", harm="furniture") is None


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_a_narrow_terminal_cuts_no_sum(width: int) -> None:
    sums = ["1,350,000–1,400,000", "402,857.14–1,200,000", "67,142.86–200,000"]
    table = Table(
        "t",
        same("t"),
        tuple(map(same, ["reading", *sums, "liability"])),
        ((*map(same, ["a_long_reading", *sums, "joint, several"]),),),
        whole=4,
    )
    out = io.StringIO()
    Terminal(Console(file=out, width=width), "en").write([table])
    assert all(out.getvalue().count(each) == 2 for each in sums), out.getvalue()
