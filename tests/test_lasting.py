"""An answer that lasts: it says what it was made with, is derived again, and can be cited."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pyliab import __version__
from pyliab.answers.cited import FORMS, of_source
from pyliab.asp.load import load
from pyliab.cli.main import main
from pyliab.kb.folders import shipped
from pyliab.kb.yaml import read_yaml

ROOT = Path(__file__).parent.parent
READING = """reading: mine
title: mine
holder: myself
about: what I hold
positions:
  ecl38_2_form_audit: {position: PLACE}
"""


def run(*typed: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in typed])


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    """An answer that rests on a folder of one's own."""
    held(tmp_path, "several")
    file = tmp_path / "answer.json"
    assert (
        run("derive", "ride_injury", "-r", "mine", "--kb", tmp_path / "own", "--lang", "zh", "-o", file).exit_code == 0
    )
    return file


def held(tmp_path: Path, position: str) -> None:
    (tmp_path / "own/readings").mkdir(parents=True, exist_ok=True)
    (tmp_path / "own/readings/mine.yaml").write_text(READING.replace("PLACE", position), encoding="utf-8")


def reproduced(file: Path) -> tuple[int, dict[str, list[str]]]:
    result = run("reproduce", file, "--json")
    told = json.loads(result.output)
    return result.exit_code, {key: [row["what"] for row in told[key]] for key in ("versions", "differences")}


def test_it_says_how_it_was_made(answer: Path, tmp_path: Path) -> None:
    """The command without where it was written and in which language; versions by kind of file."""
    made = json.loads(answer.read_text(encoding="utf-8"))["made"]
    assert made["asked"] == ["derive", "ride_injury", "-r", "mine", "--kb", str(tmp_path / "own")]
    assert made["pyliab"] == __version__
    assert {"rules", "statutes", "issues", "readings"} <= set(made["law"])


def test_nothing_has_changed(answer: Path) -> None:
    assert reproduced(answer) == (0, {"versions": [], "differences": []})


def test_the_reading_says_something_else_by_now(answer: Path, tmp_path: Path) -> None:
    held(tmp_path, "supp_full")
    status, told = reproduced(answer)
    assert (status, told["versions"]) == (1, ["readings"])
    assert "liabilities[0].form" in told["differences"]


def test_another_word_in_the_law_that_changes_no_answer(answer: Path, tmp_path: Path) -> None:
    (tmp_path / "own/readings/mine.yaml").write_text(READING.replace("PLACE", "several") + "\n", encoding="utf-8")
    assert reproduced(answer) == (0, {"versions": ["readings"], "differences": []})


def test_line_ends_of_another_system_are_no_change(answer: Path, tmp_path: Path) -> None:
    file = tmp_path / "own/readings/mine.yaml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert reproduced(answer) == (0, {"versions": [], "differences": []})


def test_a_file_that_somebody_changed_is_noticed(answer: Path) -> None:
    answer.write_text(answer.read_text(encoding="utf-8").replace('"several"', '"joint_whole"'), encoding="utf-8")
    status, told = reproduced(answer)
    assert (status, told["versions"]) == (1, [str(answer)])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", ":1:2: "),
        ("{}", "does not say how it was made"),
        ("[]", "does not say"),
        ('{"made": {"asked": 1}}', "does not say"),
    ],
)
def test_what_is_no_answer_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    for command in ("reproduce", "cite"):
        result = run(command, tmp_path / "a.json")
        assert (result.exit_code, said in result.output) == (2, True), result.output


def test_what_can_no_longer_be_asked_is_said(answer: Path, tmp_path: Path) -> None:
    (tmp_path / "own/readings/mine.yaml").unlink()
    result = run("reproduce", answer)
    assert (result.exit_code, "cannot be asked any more" in result.output) == (2, True)


@pytest.mark.parametrize("ending", ["md", "html", "txt", "csv"])
def test_a_page_ends_with_what_it_was_made_with(tmp_path: Path, ending: str) -> None:
    page, data = tmp_path / f"a.{ending}", tmp_path / "a.json"
    for file in (page, data):
        assert run("derive", "ride_injury", "-r", "paper_body", "-o", file).exit_code == 0
    text = " ".join(page.read_text(encoding="utf-8").split())
    made = json.loads(data.read_text(encoding="utf-8"))["made"]
    assert made["answer"] in text
    assert made["checked"] in text


def test_of_a_day_after_the_law_was_checked_it_is_said(tmp_path: Path) -> None:
    checked = shipped().checked
    told = Path(load().case("ride_injury").file).read_text(encoding="utf-8").partition("expect:")[0]
    for year, said in ((checked[:4], False), (str(int(checked[:4]) + 1), True)):
        case = tmp_path / "later.yaml"
        day = f"{year}-02-01"
        case.write_text(
            re.sub(r"20\d\d-\d\d-\d\d", day, told).replace("case: ride_injury", "case: later"), encoding="utf-8"
        )
        for command in (["derive"], ["derive", "-r", "paper_body"], ["explain", "-r", "paper_body"]):
            answer = " ".join(run(*command, case, "--lang", "en").output.split())
            assert (f"The law was checked up to {checked}, and the case is of {day}" in answer) is said


def test_pyliab_is_cited_as_its_citation_file_has_it() -> None:
    told = read_yaml(ROOT / "CITATION.cff").data
    (item,) = json.loads(run("cite", "--as", "csl").output)
    assert (item["title"], [name["literal"] for name in item["author"]]) == (
        told["title"],
        [a["name"] for a in told["authors"]],
    )
    assert item["note"] == f"version {told['version']}"


def test_an_article_in_each_form() -> None:
    assert (
        run("cite", "yao2019", "--as", "review").output
        == "姚海放：《网络平台经营者民事责任配置研究》，载《中国人民大学学报》2019年第6期。\n"
    )
    (item,) = json.loads(run("cite", "huang2024", "--as", "csl").output)
    assert item["issued"] == {"date-parts": [[2024]]}
    assert (item["volume"], item["issue"], item["page"]) == ("13", "4", "2273-2279")
    assert "journal = {电子商务评论}" in run("cite", "huang2024", "--as", "bibtex").output
    assert "载《21世纪经济报道》2018年9月1日" in run("cite", "jingji21-2018", "--as", "review").output


def test_no_source_loses_its_words_in_any_form() -> None:
    """Whatever cannot be cut up stands whole; the parts of what can be are parts of its citation."""
    for key, source in load().sources.items():
        reference = of_source(key, source)
        parts = [reference.title, *reference.authors, reference.place, reference.year, reference.issue]
        assert all(part in source.citation for part in parts), key
        for form in FORMS:
            assert reference.title in reference.written(form).replace("\\", ""), (key, form)
        assert re.fullmatch(r"@\w+\{[\w-]+,\n(  \w+ = \{.*\},\n)+\}", reference.bibtex()), key
