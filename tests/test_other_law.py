"""A second body of law, of another legal order, told in the same form: no line of Python knows the first."""

from __future__ import annotations

from pathlib import Path

import pytest

import pyliab
from pyliab.asp.load import load
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
    explanations = kb.case("toaster").under("appearance_enough").why("joint")
    steps = {step.rule or step.atom for one in explanations for proof in one.proofs for step in proof.walk()}
    assert {"pld12_1", "pld8_4", "dsa6_3_appearance", "dsa_6_3=appearance"} <= steps


def test_what_is_missing_is_control_or_the_other_reading(kb: pyliab.Base) -> None:
    answer = kb.case("toaster").under("control_needed").why_not("joint")
    (attempt,) = answer.attempts
    assert (attempt.basis, attempt.lacks) == ("PLD 8(4)", 1)
    assert {tuple(repair.positions.items()) for repair in answer.repairs} == {(), (("dsa_6_3", "appearance"),)}


def test_the_space_has_two_outcomes(kb: pyliab.Base) -> None:
    space = kb.case("toaster").space()
    assert len(space.ways) == 2
    assert list(space.decides) == ["dsa_6_3"]


def test_the_marketplace_recovers_from_the_maker_what_it_paid(kb: pyliab.Base) -> None:
    """Ann may go against either for 4 000; the maker bears them."""
    scenarios = kb.case("toaster").under("appearance_enough").settle().scenarios
    bears = {s.first: {d.id: d.bears.to_json() for d in s.debtors} for s in scenarios}
    assert bears == {first: {"volta": "4000.00", "agora": "0.00"} for first in [("volta",), ("agora",)]}


def test_without_rules_there_is_no_body_of_law(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no body of law"):
        load(home=tmp_path)
