"""A second body of law, of another legal order, told in the same form: no line of Python knows the first."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import pyliab
from pyliab.asp.load import load
from pyliab.cli.main import main
from pyliab.text.problem import InputError

FOLDER = Path(__file__).parent.parent / "examples/eu"


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
    answer = kb.case("toaster").under("appearance_enough").why("joint")
    steps = {step.rule or step.atom for one in answer.explanations for proof in one.proofs for step in proof.walk()}
    assert {"pld12_1", "pld8_4", "dsa6_3_appearance", "dsa_6_3=appearance"} <= steps


def test_a_provision_is_cited_as_its_own_law_has_it(kb: pyliab.Base) -> None:
    """This base declares no pattern: its provisions bear their ids, and no Chinese articles, in either language."""
    reasons = kb.case("toaster").under("appearance_enough").why("joint").explanations[0].reasons
    assert {lang: reasons[0].of(lang)[:8] for lang in ("zh", "en")} == {"zh": "PLD 8(4)", "en": "PLD 8(4)"}


def test_what_is_missing_is_control_or_the_other_reading(kb: pyliab.Base) -> None:
    answer = kb.case("toaster").under("control_needed").why_not("joint")
    (attempt,) = answer.attempts
    assert (attempt.basis, attempt.lacks) == ("PLD 8(4)", 1)
    assert {tuple(repair.positions.items()) for repair in answer.repairs} == {(), (("dsa_6_3", "appearance"),)}


def test_the_space_has_two_outcomes(kb: pyliab.Base) -> None:
    space = kb.case("toaster").space()
    assert len(space.ways) == 2
    assert list(space.decides) == ["dsa_6_3"]


def test_a_liability_is_the_sentence_of_its_form_in_this_law(kb: pyliab.Base) -> None:
    """One form has a sentence in this base; of one without, the clause names the form."""
    printed = " ".join(command("derive", "toaster", "-r", "appearance_enough", "--lang", "en").split())
    assert "Agora is jointly and severally liable to Ann with Volta" in printed
    assert "Volta is liable to Ann: for one's own product" in printed


def command(*typed: str) -> str:
    """What a command prints about the second body of law."""
    result = CliRunner().invoke(main, [*typed, "--base", str(FOLDER)])
    assert result.exit_code == 0, (typed, result.output, result.exception)
    return result.output


def test_the_readings_part_over_what_only_seems_to_come_from_the_marketplace() -> None:
    """`distinguish` knows the cast from the base; with the roles of another law it would find nothing, in silence."""
    answer = json.loads(command("distinguish", "appearance_enough", "control_needed", "--json"))
    (case,) = answer["cases"]
    assert "presents_as_own" in case["file"]
    assert [row["form"] for row in case["first"] if row["debtor"] == "host"] == ["joint"]
    assert not [row for row in case["second"] if row["debtor"] == "host"]


def test_principles_are_tested_against_a_reading() -> None:
    answer = json.loads(command("stress", "appearance_enough", "--json"))
    (reading,) = answer["readings"]
    holds = {row["principle"]: row["holds"] for row in reading["principles"]}
    assert holds == {"helpful_not_liable": True, "no_more_than_seems": False}


def test_the_marketplace_recovers_from_the_maker_what_it_paid() -> None:
    """Ann may go against either for 4 000; the maker bears what can be had of it."""
    answer = json.loads(command("settle", "toaster", "-r", "appearance_enough", "--assets", "volta=1000", "--json"))
    for scenario in answer["scenarios"]:
        assert {row["id"]: row["bears"] for row in scenario["debtors"]} == {"volta": "1000.00", "agora": "3000.00"}


COMMANDS = [
    "cases",
    "readings",
    "issues",
    "statutes",
    "show toaster",
    "show dsa_6_3",
    "show appearance_enough",
    "show PLD_8(4)",
    "derive toaster -r appearance_enough",
    "explain toaster -r appearance_enough",
    "why-not toaster joint -r control_needed",
    "compare toaster -r appearance_enough -r control_needed",
    "compare toaster --all --money",
    "space toaster",
    "space toaster --by money",
    "flip toaster -r appearance_enough --law",
    "flip toaster -r appearance_enough --facts",
    "ask toaster -r appearance_enough",
    "debate dsa_6_3",
    "fit",
    "coverage",
    "check",
    "settle toaster -r appearance_enough",
    "distinguish appearance_enough control_needed",
    "stress appearance_enough",
]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("typed", COMMANDS)
def test_no_command_speaks_of_the_law_of_chinese_platforms(typed: str, lang: str) -> None:
    printed = command(*(part.replace("_8", " 8") for part in typed.split()), "--lang", lang)
    statutes = {name for name in load().statutes if re.search(rf"\b{re.escape(name)} \d", printed)}
    words = {word for word in ("平台", "经营者", "消费者", "the platform", "the operator") if word in printed}
    assert not statutes | words


def test_a_report_on_it_is_written(tmp_path: Path) -> None:
    page = tmp_path / "toaster.html"
    command("report", "toaster", "-r", "appearance_enough", "-o", str(page))
    assert "Agora" in page.read_text(encoding="utf-8")


def test_without_rules_there_is_no_body_of_law(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no body of law"):
        load(home=tmp_path)
