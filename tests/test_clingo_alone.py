"""The law without Python: clingo on rules/ and one case gives the same liabilities."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from conftest import ROOT

from pyliab.cli.export import exported
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.reading import choose
from pyliab.law.world import World


def clingo(case: str, reading: str, *options: str) -> list[set[tuple[str, ...]]]:
    files = ["rules/main.lp", "kb/clingo/kb.lp", f"kb/clingo/cases/{case}.lp", f"kb/clingo/readings/{reading}.lp"]
    run = subprocess.run(
        [sys.executable, "-m", "clingo", *files, "0", *options], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "ERROR" not in run.stderr, run.stderr
    assert "info:" not in run.stdout + run.stderr, run.stdout + run.stderr
    models = re.findall(r"^Answer: \d+.*\n(.*)$|^Consequences:.*$", run.stdout, re.M)
    return [set(re.findall(r"liable\((\w+),(\w+),(\w+),(\w+),(\w+)\)", model)) for model in models]


@pytest.mark.parametrize(
    "case,reading",
    [
        ("ride_injury", "several_all"),
        ("ride_both", "paper_abstract"),
        ("gc83", "text_minimal"),
        ("bad_food", "paper_body"),
        ("didi_wuxi", "draft3"),
        ("platform_alone", "lu_qing"),
    ],
)
def test_clingo_by_hand_gives_the_same(base: KnowledgeBase, inquiry: World, case: str, reading: str) -> None:
    found = inquiry.outcomes(choose(base, base.reading(reading)).positions)[case]
    expected = {(one.debtor, one.creditor, one.form) for one in found.values()}
    assert {row[1:4] for model in clingo(case, reading, "--project=show") for row in model} == expected


def test_what_is_generated_for_clingo_is_up_to_date(base: KnowledgeBase) -> None:
    """`make accept` writes it anew."""
    wanted = exported(base, ROOT / "rules")
    clingo_files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "kb/clingo").rglob("*.lp")}
    assert clingo_files == {name for name in wanted if name.startswith("kb/clingo/")}
    for name, text in wanted.items():
        assert (ROOT / name).read_text(encoding="utf-8") == text, name


def test_main_includes_every_rule_file() -> None:
    included = set(re.findall(r'#include "([^"]+)"\.', (ROOT / "rules" / "main.lp").read_text(encoding="utf-8")))
    assert included == {
        p.relative_to(ROOT / "rules").as_posix()
        for p in (ROOT / "rules").rglob("*.lp")
        if not {"analysis", "principles"} & set(p.parts) and p.name != "cast.lp"
    } - {"main.lp"}
