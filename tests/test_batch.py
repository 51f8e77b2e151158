"""Many cases as one table: the same answers as one by one, the same bytes whatever the order, and nothing lost in silence."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pyliab.asp.load import load
from pyliab.cli.main import main
from pyliab.kb.reading import choose
from pyliab.kb.yaml import read_yaml
from pyliab.law.world import world_of
from pyliab.questions import batch as work

CASES = Path(__file__).parent.parent / "kb/cases"
SOME = ("ride_injury", "ride_both", "unknown_seller", "zhuanzhuan_snake", "harmless_breach")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Five cases in a folder, asked about in pieces of two."""
    monkeypatch.setattr(work, "PIECE", 2)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cases/deeper").mkdir(parents=True)
    for i, name in enumerate(SOME):
        shutil.copy(CASES / f"{name}.yaml", tmp_path / ("cases/deeper" if i % 2 else "cases"))
    return tmp_path


def run(*typed: object) -> Result:
    return CliRunner().invoke(main, ["batch", *map(str, typed)])


def rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def line_of(name: str, **changes: object) -> str:
    """A shipped case as one line, sums as numbers."""
    data = read_yaml(CASES / f"{name}.yaml").data | changes
    return json.dumps(data, ensure_ascii=False).replace('"100000"', "100000") + "\n"


def test_each_case_is_answered_as_by_itself(folder: Path) -> None:
    result = run("cases", "-r", "paper_body", "-r", "several_all", "-o", "out.jsonl")
    assert (result.exit_code, result.output) == (0, "out.jsonl: 5 in the table, 0 left out\n")
    base = load()
    found = rows(folder / "out.jsonl")
    assert sorted(row["case"] for row in found) == sorted(SOME)
    for row in found:
        for reading, owed in row["readings"].items():
            choice = choose(base, base.readings[reading])
            alone = world_of(base, base.cases[row["case"]]).outcomes(choice.positions)[row["case"]]
            assert {(one["debtor"], one["creditor"], one["form"], one["status"]) for one in owed} == {
                (*key, one.status) for key, one in alone.items()
            }


def test_the_same_bytes_whatever_the_order_and_however_many_share_the_work(folder: Path) -> None:
    (folder / "more.jsonl").write_text(
        line_of("ride_injury", case="a") + line_of("ride_both", case="b"), encoding="utf-8"
    )
    for ending in ("jsonl", "csv"):
        orders = (
            ["cases", "more.jsonl"],
            ["more.jsonl", "cases/**/*.yaml"],
            ["cases/deeper", "cases", "more.jsonl", "--jobs", "2"],
        )
        written = []
        for order in orders:
            assert run(*order, "-r", "paper_body", "-o", f"out.{ending}").exit_code == 0
            written.append((folder / f"out.{ending}").read_bytes())
        assert written[0] == written[1] == written[2]


def test_what_cannot_be_read_is_named_with_its_line_and_left_out(folder: Path) -> None:
    (folder / "cases/bad.yaml").write_text("case: bad\ntitle: [\n", encoding="utf-8")
    text = (folder / "cases/ride_injury.yaml").read_text(encoding="utf-8").replace("audited:", "audted:")
    (folder / "cases/worse.yaml").write_text(text, encoding="utf-8")
    twice = line_of("ride_both").replace("{", '{"case": "z", ', 1)
    (folder / "lines.jsonl").write_text(line_of("ride_both") + "{\n" + "\n[]\n" + twice, encoding="utf-8")
    result = run("cases", "lines.jsonl", "-r", "paper_body", "-o", "out.jsonl")
    said = result.output
    assert result.exit_code == 1
    assert "cases/bad.yaml:" in said
    assert f"cases/worse.yaml:{text[: text.index('audted')].count(chr(10)) + 1}:" in said
    assert all(f"lines.jsonl:{line}" in said for line in (2, 4, 5))
    assert "out.jsonl: 6 in the table, 5 left out" in said
    assert len(rows(folder / "out.jsonl")) == 6


def test_it_stops_at_the_first_where_that_is_asked(folder: Path) -> None:
    (folder / "cases/bad.yaml").write_text("case: bad\ntitle: [\n", encoding="utf-8")
    result = run("cases", "-r", "paper_body", "--stop", "-o", "out.csv")
    assert (result.exit_code, "bad.yaml:" in result.output) == (2, True)
    assert not (folder / "out.csv").exists()


def test_two_cases_of_one_name_are_both_answered(folder: Path) -> None:
    (folder / "two.jsonl").write_text(
        line_of("ride_injury") + line_of("ride_both", case="ride_injury"), encoding="utf-8"
    )
    assert run("two.jsonl", "-r", "audit_joint", "-o", "out.jsonl").exit_code == 0
    first, second = rows(folder / "out.jsonl")
    assert len(first["readings"]["audit_joint"]) == 1
    assert len(second["readings"]["audit_joint"]) == 2


RULES = """%*! careful(Case, Platform: party)
zh {Platform}谨慎
en {Platform} is careful
*%

%@ careful [design]
%@ zh {P}审核了{O}
%@ en {P} audited {O}
careful(C, P) :- audited(C, P, O).

%@ not_careful [design]
%@ zh {P}审核了{O}，仍不谨慎
%@ en {P} audited {O}, and is not careful for that
-careful(C, P) :- audited(C, P, O).
"""


def test_a_case_that_contradicts_itself_takes_no_other_with_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under a rule of one's own: the others of its piece are answered as ever."""
    monkeypatch.setattr(work, "PIECE", 200)
    (folder / "own/rules").mkdir(parents=True)
    (folder / "own/rules/never.lp").write_text(RULES, encoding="utf-8")
    facts = [
        f if "audited" not in f else {"audited": f["audited"]}
        for f in read_yaml(CASES / "ride_injury.yaml").data["facts"]
    ]
    (folder / "cases/a.jsonl").write_text(line_of("ride_injury", case="torn", facts=facts), encoding="utf-8")
    result = run("cases", "-r", "paper_body", "--kb", "own", "-o", "out.jsonl")
    assert (result.exit_code, "torn" in result.output) == (1, True)
    assert sorted(row["case"] for row in rows(folder / "out.jsonl")) == sorted(SOME)


def test_work_that_was_broken_off_goes_on_where_it_stopped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a line that was not written whole; what was done is not done again."""
    asked = ("cases", "-r", "paper_body", "-o", "out.jsonl")
    (folder / "cases/a_bad.yaml").write_text("case: [\n", encoding="utf-8")
    assert run(*asked).exit_code == 1
    whole = (folder / "out.jsonl").read_bytes()
    answer, told = work.answer, []

    def broken(*args: Any) -> Any:
        if len(told) == 2:
            raise KeyboardInterrupt
        told.append(args)
        return answer(*args)

    monkeypatch.setattr("pyliab.cli.batch.answer", broken)
    assert run(*asked).exit_code != 0
    part = folder / "out.jsonl.part"
    assert len(part.read_bytes().splitlines()) == 5
    with part.open("ab") as file:
        file.write(b'{"case": "half')
    pieces: list[int] = []
    monkeypatch.setattr("pyliab.cli.batch.answer", lambda *args: pieces.append(len(args[2])) or answer(*args))
    result = run(*asked)
    assert (result.exit_code, "5 in the table, 1 left out" in result.output) == (1, True)
    assert sum(pieces) == 2
    assert ((folder / "out.jsonl").read_bytes(), part.exists()) == (whole, False)


def test_other_work_begins_anew(folder: Path) -> None:
    (folder / "out.jsonl.part").write_text('{"asked": "something else"}\n{"case": "x"}\n', encoding="utf-8")
    assert run("cases", "-r", "paper_body", "-o", "out.jsonl").exit_code == 0
    assert sorted(row["case"] for row in rows(folder / "out.jsonl")) == sorted(SOME)


def test_a_table_has_a_row_for_each_liability_and_one_where_nobody_is_liable(folder: Path) -> None:
    assert run("cases", "-r", "several_all", "-r", "zeng_na", "-o", "out.csv").exit_code == 0
    with (folder / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    of_ride = [
        (row["reading"], row["debtor"], row["form"], row["basis"]) for row in table if row["case"] == "ride_injury"
    ]
    assert of_ride == [("several_all", "platform", "several", "ECL 38(2)"), ("zeng_na", "", "", "")]


def test_a_parquet_file_holds_the_same_table(folder: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    for ending in ("csv", "parquet"):
        assert run("cases", "-r", "several_all", "-o", f"out.{ending}").exit_code == 0
    with (folder / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        table = [{**row, "line": int(row["line"])} for row in csv.DictReader(file)]
    assert parquet.read_table(folder / "out.parquet").to_pylist() == table


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["cases", "-o", "out.csv"], "name a reading"),
        (["cases", "-r", "paper_body"], ".parquet"),
        (["cases", "-r", "paper_body", "-o", "out.xlsx"], ".parquet"),
        (["nowhere/*.yaml", "-r", "paper_body", "-o", "out.csv"], "nowhere/*.yaml"),
        (["cases", "-r", "paper_body", "-o", "no/such/out.csv"], "cannot be written"),
        (["cases", "-r", "nobody", "-o", "out.csv"], "no reading 'nobody'"),
    ],
)
def test_what_cannot_be_asked_is_said(folder: Path, typed: list[str], said: str) -> None:
    result = run(*typed)
    assert (result.exit_code, said in result.output) == (2, True), result.output
