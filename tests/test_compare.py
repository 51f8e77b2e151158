"""Rival readings: the matrix, and where they part."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from itertools import combinations

import pytest
from click.testing import CliRunner
from tiers import sweep

from pyliab.answers.views.compare import liable
from pyliab.answers.wording import Wording
from pyliab.cli.main import main
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.reading import choose
from pyliab.law.world import World, world_of
from pyliab.questions.compare import compare, outcome
from pyliab.text.problem import InputError


def choices(base: KnowledgeBase, *names: str):  # type: ignore[no-untyped-def]
    return [choose(base, base.reading(name)) for name in names]


def test_the_paper_and_the_text_part_over_the_extent_of_38_1(base: KnowledgeBase) -> None:
    """Where art. 38 alone applies; with Consumer Law 44(2) beside it, the platform is liable for the whole either way."""
    alone = {"cpl44_ecl38": "ecl38_prevails"}
    readings = [replace(one, assumed={**one.assumed, **alone}) for one in choices(base, "paper_body", "text_minimal")]
    (result,) = compare(world_of(base, base.case("charger_fire")), readings)
    (divergence,) = result.divergences
    assert divergence.positions == ("ecl38_1_extent=joint_expanded", "ecl38_1_extent=joint_whole")
    assert divergence.steps["paper_body"].rule == "extent_joint_expanded"
    assert divergence.steps["text_minimal"].rule == "extent_joint_whole"


def test_over_a_ride_they_part_at_the_corresponding_liability(base: KnowledgeBase) -> None:
    (result,) = compare(world_of(base, base.case("ride_injury")), choices(base, "several_all", "share_joint_spc2024"))
    (divergence,) = result.divergences
    assert divergence.positions == ("ecl38_2_form_audit=several", "ecl38_2_form_audit=share_joint")
    assert divergence.steps["several_all"].rule == "form_several"


def test_readings_that_agree_have_no_divergence(base: KnowledgeBase) -> None:
    (result,) = compare(
        world_of(base, base.case("self_run_shop")), choices(base, "paper_body", "several_all", "draft3")
    )
    assert result.divergences == ()


def test_an_open_reading_parts_where_the_other_has_chosen(base: KnowledgeBase) -> None:
    (result,) = compare(world_of(base, base.case("ride_injury")), choices(base, "text_minimal", "draft4"))
    (divergence,) = result.divergences
    assert divergence.positions == ("ecl38_2_form_audit=supp_capped",)


@pytest.mark.parametrize(
    "name", sweep(["ride_both", "charger_fire", "unlicensed_food", "visitor_injury"], "charger_fire")
)
def test_each_divergence_makes_the_whole_difference_and_no_more(base: KnowledgeBase, name: str) -> None:
    """Switching exactly those issues turns one outcome into the other; switching fewer does not."""
    readings = choices(base, "paper_body", "text_minimal", "several_all", "lu_qing")
    inquiry = world_of(base, base.case(name))
    by_name = {choice.name: choice for choice in readings}
    for result in compare(inquiry, readings):
        for divergence in result.divergences:
            a, b = (by_name[name] for name in divergence.readings)
            issues = sorted({name.partition("=")[0] for name in divergence.positions})
            wanted = outcome(result.readings[b.name])

            def switched(issues: list[str]) -> object:
                mixed = {k: v for k, v in a.positions.items() if k not in issues}  # noqa: B023
                mixed |= {k: b.positions[k] for k in issues if k in b.positions}  # noqa: B023
                return outcome(list(inquiry.outcomes(mixed)[result.case].values()))  # noqa: B023

            assert switched(issues) == wanted
            for issue in issues:
                assert switched([other for other in issues if other != issue]) != wanted


def test_the_shape_others_rely_on(base: KnowledgeBase) -> None:
    (result,) = compare(world_of(base, base.case("ride_both")), choices(base, "paper_abstract", "paper_body"))
    shape = result.to_json()
    assert shape["case"] == "ride_both"
    assert {"debtor": "platform", "form": "supp_full", "status": "certain"} in shape["readings"]["paper_abstract"]
    assert shape["divergences"][0]["readings"] == ["paper_abstract", "paper_body"]


@pytest.mark.parametrize(
    ("case", "first", "second"),
    sweep(
        [("bad_oysters", "draft3", "several_all"), ("ride_both", "npc_lac_2018", "text_minimal")],
        ("bad_oysters", "draft3", "several_all"),
    ),
)
def test_of_two_readings_every_minimal_set_that_makes_the_difference_is_found(
    base: KnowledgeBase, case: str, first: str, second: str
) -> None:
    """By trying every set of issues on which they differ: more than one makes the whole difference."""
    a, b = choices(base, first, second)
    world = World(base, [base.case(case)])
    (result,) = compare(world, [a, b])
    (divergence,) = result.divergences
    differing = [issue for issue in base.issues if a.positions.get(issue) != b.positions.get(issue)]
    reaching: list[frozenset[str]] = []
    for size in range(len(differing) + 1):
        for issues in map(frozenset, combinations(differing, size)):
            mixed = {issue: p for issue, p in a.positions.items() if issue not in issues}
            mixed |= {issue: b.positions[issue] for issue in issues if issue in b.positions}
            with contextlib.suppress(InputError):
                reached = outcome(list(world.outcomes(mixed)[case].values())) == outcome(result.readings[second])
                if reached and not any(smaller < issues for smaller in reaching):
                    reaching.append(issues)
    assert divergence.every and len(reaching) > 1
    assert {frozenset(name.partition("=")[0] for name in way) for way in divergence.ways} == set(reaching)


def test_of_many_readings_one_set_is_found_and_it_is_said_that_there_may_be_others(base: KnowledgeBase) -> None:
    (result,) = compare(World(base, [base.case("ride_both")]), choices(base, "npc_lac_2018", "text_minimal", "draft3"))
    assert not any(divergence.every for divergence in result.divergences)
    said = CliRunner().invoke(
        main,
        ["compare", "ride_both", *(f"-r{name}" for name in ("npc_lac_2018", "text_minimal", "draft3")), "--lang", "en"],
    )
    assert "at least" in said.output


def test_a_form_is_said_once_for_all_creditors_and_to_whom_where_not_to_all(base: KnowledgeBase) -> None:
    case, choice = base.case("ride_injury"), choose(base, base.readings["paper_body"])
    (owed,) = world_of(base, case).derive(case.id, choice)
    other, wording = replace(owed, creditor="driver"), Wording(base, case)
    assert liable([owed, other], wording).of("en") == "supplementary"
    assert liable([owed, replace(other, form="several")], wording).of("en") == (
        "supplementary (to the passenger); several (to the driver)"
    )
