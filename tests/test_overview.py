"""The answer at a glance: readings grouped by what they come to, and why nobody is liable where nobody is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from many import many

import pyliab
from pyliab.asp.open_facts import Supposition, candidates, changed_case
from pyliab.cli.main import main
from pyliab.kb.reading import choose
from pyliab.law.world import World, world_of
from pyliab.questions.alike import representatives
from pyliab.questions.overview import Unstated

KB = pyliab.load()
TEXT = (Path(KB.knowledge.cases["unidentified_goods"].file)).read_text(encoding="utf-8")
BOUGHT = "  - bought: {person: consumer, item: pram, platform: platform}\n"


@pytest.fixture(scope="module")
def pram(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case told without an ordinary fact: that the goods were bought through the platform."""
    assert BOUGHT in TEXT
    path = tmp_path_factory.mktemp("told") / "pram.yaml"
    told = TEXT[: TEXT.index("expect:")].replace(BOUGHT, "").replace("case: unidentified_goods", "case: pram")
    path.write_text(told, encoding="utf-8")
    return path


def run(*typed: str) -> str:
    result = CliRunner().invoke(main, list(typed))
    assert result.exit_code == 0, (typed, result.output, result.exception)
    return " ".join(result.output.split())


def test_every_reading_stands_in_one_group_and_comes_to_what_derive_says() -> None:
    case = KB.case("ride_injury")
    groups = case.overview().groups
    assert sorted(name for group in groups for name in group.readings) == sorted(KB.readings)
    for group in groups:
        for name in group.readings:
            derived = case.under(name).derived
            assert {(one.id, one.status) for one in derived.liabilities} == {
                (one.id, one.status) for one in group.liabilities
            }
            assert derived.nobody == group.nobody


def test_nobody_is_among_the_completions_where_some_position_excludes_liability() -> None:
    """Against brute force: an open reading may come to nobody if one of its completions does."""
    case = KB.case("ride_injury")
    nobody = {name: group.nobody for group in case.overview().groups for name in group.readings}
    assert nobody["text_minimal"] == "possible" and nobody["npc_lac_2018"] is None
    taken = [position for issue, position in case.world.program.positions if issue == "ecl38_2_form_audit"]
    audit = {p: case.under("text_minimal", ecl38_2_form_audit=p).derived for p in taken}
    assert any(derived.nobody == "certain" for derived in audit.values())
    assert any(derived.nobody is None for derived in audit.values())
    for position in KB.issues["ecl38_2_no_joint_tort"]:
        assert case.under("npc_lac_2018", ecl38_2_no_joint_tort=position).liabilities


def test_a_fact_not_told_is_named_where_nobody_is_liable(pram: Path) -> None:
    printed = run("derive", str(pram), "-r", "paper_body", "--lang", "en")
    assert "The consumer bought the pram through the platform [so far not stated]: CPL 44(1)" in printed
    at_a_glance = run("derive", str(pram), "--lang", "en")
    assert "The consumer bought the pram through the platform [so far not stated]: CPL 44(1)" in at_a_glance
    compared = run("compare", str(pram), "-r", "paper_body", "-r", "lu_qing", "--lang", "en")
    assert "all readings agree" not in compared and "pyliab derive" in compared


def test_check_names_the_breach_that_bears_on_nothing_and_the_fact_that_is_lacking(pram: Path, tmp_path: Path) -> None:
    printed = run("check", str(pram), "--lang", "en")
    assert "sound" in printed
    assert "CPL 44(1) would make somebody liable if this were told: “The consumer bought the pram" in printed
    whole = tmp_path / "whole.yaml"
    whole.write_text(pram.read_text(encoding="utf-8") + BOUGHT, encoding="utf-8")
    assert "CPL 44(1)" not in run("check", str(whole), "--lang", "en")
    assert "CPL 44(1)" not in run("check", str(pram), "--quiet", "--lang", "en")
    assert [note["line"] > 1 for note in json.loads(run("check", str(pram), "--json"))["notes"]] == [True]


def test_a_case_without_harm_is_told_so(pram: Path, tmp_path: Path) -> None:
    path = tmp_path / "unharmed.yaml"
    told = pram.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(row for row in told if not row.startswith("  - harm:")), encoding="utf-8")
    printed = run("derive", str(path), "--lang", "en")
    assert "The case tells of no harm" in printed
    assert "obody is liable" not in printed


def test_single_facts_are_all_and_only_those_that_make_somebody_liable(pram: Path) -> None:
    """Against the case told anew with each fact."""
    base = KB.knowledge
    case, choice = base.case(str(pram)), choose(base, base.readings["paper_body"], "text")
    unstated = Unstated(world_of(base, case))
    named = {name for lack in unstated.lacks(choice).unstated for fact in lack.facts for name in fact.fact}
    suffices = set()
    for fact in (fact for fact in candidates(base, case) if fact.word in named):
        for standing in fact.offered[1:]:
            told = changed_case(base, case, [Supposition(fact.word, fact.args, standing, "unstated")])
            if World(base, [told]).outcomes(choice.positions)[case.id]:
                suffices.add(fact.word)
    assert "bought" in named and named <= suffices


def test_a_fact_denied_is_told_apart_from_one_not_stated(tmp_path: Path) -> None:
    path = tmp_path / "pram.yaml"
    denied = BOUGHT.rstrip("\n") + "\n    status: disproved\n"
    told = TEXT[: TEXT.index("expect:")].replace(BOUGHT, denied).replace("case: unidentified_goods", "case: pram")
    path.write_text(told, encoding="utf-8")
    printed = run("derive", str(path), "-r", "paper_body", "--lang", "en")
    assert "The consumer bought the pram through the platform [so far disproved]" in printed


def test_json_and_both_languages() -> None:
    answer = json.loads(run("derive", "ride_injury", "--json"))
    assert list(answer) == ["case", "groups", "unstated", "turns_on", "one_for_all"]
    assert "司机不能清偿的，平台应当就不足部分对乘客承担补充责任" in run(
        "derive", "ride_injury", "--lang", "zh"
    ).replace(" ", "")
    assert "zeng_na" not in run("derive", "ride_injury", "--lang", "en")
    assert "zeng_na" in run("derive", "ride_injury", "--lang", "en", "--full")


def test_every_form_is_a_sentence_of_who_owes_what_to_whom() -> None:
    for form, label in KB.knowledge.labels["form"].items():
        for lang in ("zh", "en") if form != "none" else ():
            assert label.sentence, form
            filled = label.sentence.of(lang).format(**{"debtor": "D", "creditor": "C", "with": "W"})
            assert "D" in filled and "C" in filled and "{" not in filled


@pytest.mark.parametrize("sellers", [6, 10])
def test_of_many_sellers_one_stands_for_all(sellers: int, tmp_path: Path) -> None:
    """Who has many sellers alike is told of the first what is lacking, and each fact named does suffice."""
    base = KB.knowledge
    case = many(base, tmp_path, sellers, 0)
    assert representatives(base, case) == {"platform", "buyer", "seller_0", "item_0", "harm_0"}
    world, choice = world_of(base, case), choose(base, base.reading("draft4"))
    lacks = Unstated(world).lacks(choice).unstated
    assert lacks
    for lack in lacks:
        more = [f"{word}: {json.dumps(given)}" for fact in lack.facts for word, given in fact.fact.items()]
        told = many(base, tmp_path, sellers, 0, *more)
        assert World(base, [told]).outcomes(choice.positions)["many"]
