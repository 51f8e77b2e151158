"""A second body of law, of another legal order, told in the same form: no line of Python knows the first."""

from __future__ import annotations

from pathlib import Path

import pytest

import pyliab
from pyliab.asp.load import load
from pyliab.cli.export import exported
from pyliab.questions.check import check
from pyliab.questions.distinguish import distinguish
from pyliab.questions.stress import stress
from pyliab.text.problem import InputError

FOLDER = Path(__file__).parent / "other_law"


@pytest.fixture(scope="module")
def kb() -> pyliab.Base:
    return pyliab.load(base=FOLDER)


@pytest.mark.parametrize(
    ("reading", "owed"),
    [("appearance_enough", {"agora:joint:ann", "volta:alone:ann"}), ("control_needed", {"volta:alone:ann"})],
)
def test_who_is_liable_for_the_toaster(kb: pyliab.Base, reading: str, owed: set[str]) -> None:
    assert {liability.id for liability in kb.case("toaster").under(reading).liabilities} == owed


def test_the_proof_rests_on_the_provision_and_the_position(kb: pyliab.Base) -> None:
    (proof,) = kb.case("toaster").under("appearance_enough").why("joint").proofs
    steps = {step.rule or step.atom for step in proof.walk()}
    assert {"pld12_1", "pld8_4", "dsa6_3_appearance", "dsa_6_3=appearance"} <= steps


def test_what_is_missing_is_control_or_the_other_reading(kb: pyliab.Base) -> None:
    answer = kb.case("toaster").under("control_needed").why_not("joint")
    (attempt,) = answer.attempts
    assert (attempt.basis, attempt.lacks) == ("PLD 8(4)", 1)
    assert {tuple(repair.positions.items()) for repair in answer.repairs} == {(), (("dsa_6_3", "appearance"),)}


def test_the_space_has_two_outcomes(kb: pyliab.Base) -> None:
    space = kb.case("toaster").space()
    assert len(space.outcomes) == 2
    assert space.relevant == ["dsa_6_3"]


def test_the_readings_part_over_what_only_seems_to_come_from_the_marketplace(kb: pyliab.Base) -> None:
    """`distinguish` knows the cast from the base; with the roles of another law it would find nothing, in silence."""
    base = kb.knowledge
    answer = distinguish(base, base.reading("appearance_enough"), base.reading("control_needed"))
    assert answer.cases


def test_principles_are_tested_against_a_reading(kb: pyliab.Base) -> None:
    base = kb.knowledge
    results = {result.principle: result.broken for result in stress(base, base.reading("appearance_enough")).results}
    assert results == {"helpful_not_liable": False, "no_more_than_seems": True}


def test_it_is_sound() -> None:
    assert not check(load(home=FOLDER)).problems


def test_without_rules_there_is_no_body_of_law(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no body of law"):
        load(home=tmp_path)
