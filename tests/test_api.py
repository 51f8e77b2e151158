"""The API: what a notebook asks is what the command line answers, and a case is ground once for each program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT

import pyliab
from pyliab.asp.program import GroundProgram
from pyliab.cli.main import main
from pyliab.text.encode import to_json
from pyliab.text.problem import InputError


@pytest.fixture(scope="module")
def kb() -> pyliab.Base:
    return pyliab.load()


def answered(command: str) -> object:
    result = CliRunner().invoke(main, [*command.split(), "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_liabilities_are_those_of_derive(kb: pyliab.Base) -> None:
    question = kb.case("ride_injury").under("paper_body")
    derived = answered("derive ride_injury -r paper_body")
    assert [one.to_json() for one in question.liabilities] == derived["liabilities"]  # type: ignore[index]
    assert [one.form for one in question.liabilities] == ["supp_full"]


def test_positions_stand_in_place_of_those_of_the_reading(kb: pyliab.Base) -> None:
    (liability,) = kb.case("ride_injury").under("paper_body", ecl38_2_form_audit="several").liabilities
    assert liability.form == "several" and liability.status == "certain"
    (alone,) = kb.case("ride_injury").under(ecl38_2_form_audit="several").liabilities
    assert alone.key == liability.key


def test_why_and_why_not(kb: pyliab.Base) -> None:
    question = kb.case("ride_injury").under("paper_body")
    (explanation,) = question.why("supp_full").explanations
    assert explanation.proofs[0].kind == "rule" and explanation.proofs[0].cites
    answer = question.why_not("joint_whole")
    assert not answer.holds and answer.attempts
    with pytest.raises(InputError, match="no liability 'nonesuch'"):
        question.why("nonesuch")


def test_flips_and_space(kb: pyliab.Base) -> None:
    case = kb.case("ride_injury")
    assert case.under("paper_body").flips().flips
    assert case.under("paper_body").flips(facts=True, limit=3).flips
    assert case.space().readings == answered("space ride_injury")["readings_total"]  # type: ignore[index]


def test_a_notebook_shows_an_answer_as_a_report_does(kb: pyliab.Base) -> None:
    case = kb.case("ride_injury")
    question = case.under("paper_body")
    answers = {
        "ECL 38(2)": question.why(),
        "passenger recovers": question.settle(driver=20_000),
        "any one of these suffices": case.space(),
        "paper_body": pyliab.compare(case, ["paper_body", "several_all"]),
    }
    for says, answer in answers.items():
        shown = answer._repr_html_()
        assert shown
        assert says.lower() in shown.lower() and "<script" not in shown


def test_settle_with_assets_by_party(kb: pyliab.Base) -> None:
    question = kb.case("ride_injury").under("paper_body")
    assert to_json(question.settle(driver=20_000)) == answered("settle ride_injury -r paper_body --assets driver=20000")
    with pytest.raises(InputError, match="no debtor here"):
        question.settle(nobody=1)


def test_compare_is_a_table(kb: pyliab.Base) -> None:
    rows = pyliab.compare([kb.case("ride_injury"), kb.case("bad_food")], ["paper_body", "several_all"])
    assert {(one["case"], one["reading"]) for one in rows.to_json()} == {
        (case, reading) for case in ("ride_injury", "bad_food") for reading in ("paper_body", "several_all")
    }
    pandas = pytest.importorskip("pandas")
    frame = rows.to_frame()
    assert isinstance(frame, pandas.DataFrame) and list(frame["form"])[:2] == ["supp_full", "several"]


def test_ten_questions_ground_a_case_once_a_program(kb: pyliab.Base, monkeypatch: pytest.MonkeyPatch) -> None:
    grounded = []
    before = GroundProgram.__init__
    monkeypatch.setattr(
        GroundProgram, "__init__", lambda self, *args, **more: (grounded.append(1), before(self, *args, **more))[1]
    )
    case = pyliab.load().case("ride_both")
    for reading in ("paper_body", "several_all", "draft3"):
        question = case.under(reading)
        assert question.liabilities and question.why() and question.settle()
    case.space()
    assert len(grounded) == 3, "plain, with reasons, with marks"


@pytest.mark.parametrize("wrong", ["no_such_case", "ride_injry"])
def test_what_is_not_there_gets_a_hint(kb: pyliab.Base, wrong: str) -> None:
    with pytest.raises(InputError, match="no case"):
        kb.case(wrong)
    with pytest.raises(InputError, match="did you mean 'several'"):
        kb.case("ride_injury").under(ecl38_2_form_audit="severall")


def test_the_notebook_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Every code cell of the notebook, in order."""
    cells = json.loads((ROOT / "docs" / "pyliab.ipynb").read_text(encoding="utf-8"))["cells"]
    monkeypatch.chdir(tmp_path)
    scope: dict[str, object] = {}
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert len(code) >= 6
    for source in code:
        exec(compile(source, "pyliab.ipynb", "exec"), scope)
    assert scope["outcome"] == {"paper_body": ["supp_full"], "several_all": ["several"]}
