"""A reform as a folder: it ends, answers and brings from its day on; what it does not touch, and the law before, stay."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from tiers import sweep

import pyliab
from pyliab.api import Base
from pyliab.asp.load import load
from pyliab.cli.main import main
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.reading import choose, choose_positions, taken
from pyliab.law.world import World
from pyliab.questions.check import check
from pyliab.questions.coverage import reforms
from pyliab.text.problem import InputError

EXAMPLES = Path(__file__).parent.parent / "examples"
HEAD = """reform: {name}
title: {name}
about: what it would change
provisions: [ECL 38(2)]
from: {start}
changes:
"""
Outcomes = Mapping[tuple[str, str], frozenset[tuple[str, ...]]]


@cache
def shipped() -> KnowledgeBase:
    return load()


def outcomes(base: KnowledgeBase, **positions: str) -> Outcomes:
    """By case and reading of the shipped base who owes whom what, and how surely."""
    world = World(base, shipped().cases.values())
    found = {}
    for name in shipped().readings:
        choice = choose_positions(base, name, {**taken(base.readings[name]), **positions})
        for case, owed in world.outcomes(choice.positions).items():
            found[case, name] = frozenset((*one.key, one.status, *one.basis) for one in owed.values())
    return found


def folder(tmp_path: Path, *changes: str, start: str = "2022-01-01", name: str = "bill", **files: str) -> Path:
    """A folder with one reform, each change because somebody wants it, and other files beside it."""
    rows = "".join(f"  - {change}\n    because: it is so wanted\n" for change in changes)
    write(tmp_path / f"reforms/{name}.yaml", HEAD.format(name=name, start=start) + rows)
    for path, text in files.items():
        write(tmp_path / path.replace("__", "/"), text)
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def ride(day: str, other: str = "") -> str:
    """The ride with only the audit duty breached, on another day; a second passenger is hurt on the `other` day."""
    text = (EXAMPLES.parent / "kb/cases/ride_injury.yaml").read_text(encoding="utf-8").partition("expect:")[0]
    text = text.replace("2021-06-01", day).replace("case: ride_injury", "case: a_ride")
    if other:
        text = text.replace("harms:\n", "harms:\n  later: {zh: 后来的伤害, en: the later injury}\n")
        text = text.replace("passenger: {", "guest: {zh: 另一乘客, en: the other passenger}\n  passenger: {", 1)
        text += f"""
  - consumer: {{person: guest}}
  - harm: {{harm: later, person: guest, interest: health, on: {other}}}
  - arises_from: {{harm: later, item: ride}}
  - place: {{harm: later, where: linked}}
  - caused: {{party: driver, harm: later}}
  - contributed: {{party: platform, duty: audit, harm: later}}
"""
    return text


def owed(base: Path | KnowledgeBase, case: Path | str, reading: str = "several_all", **positions: str) -> set[str]:
    knowledge = pyliab.load(base) if isinstance(base, Path) else Base(base)
    return {one.id for one in knowledge.case(case).under(reading, **positions).liabilities}


def on(tmp_path: Path, day: str, other: str = "") -> Path:
    write(tmp_path / f"told/{day}{other}/a_ride.yaml", ride(day, other))
    return tmp_path / f"told/{day}{other}/a_ride.yaml"


SEVERAL, WITHIN = "platform:several:passenger", "platform:supp_capped:passenger"


@pytest.mark.parametrize("draft", sweep(["draft3", "draft4"], "draft4"))
def test_what_is_not_enacted_changes_nothing(draft: str) -> None:
    """In no shipped case and under no shipped reading."""
    base = load([EXAMPLES / draft])
    (reform,) = base.reforms
    assert outcomes(base, **{reform: "unenacted"}) == outcomes(shipped())


@pytest.mark.parametrize(
    ("draft", "form"), sweep([("draft3", "joint_whole"), ("draft4", "supp_capped")], ("draft4", "supp_capped"))
)
def test_the_words_of_a_draft_answer_for_every_reading(draft: str, form: str) -> None:
    """What rests on 38(2) has the one form of the draft; with `alone`, which has an issue of its own, it stands by itself."""
    found = outcomes(load([EXAMPLES / draft]))
    forms = {one[2] for all_owed in found.values() for one in all_owed if one[4:] == ("ECL 38(2)",)}
    assert forms - {"own_full"} == {form}
    before = outcomes(shipped())
    assert {one[2] for all_owed in before.values() for one in all_owed if one[4:] == ("ECL 38(2)",)} > {form, "several"}


def test_the_drafts_part_where_both_duties_are_breached() -> None:
    """Both folders over the law: neither is law by itself, and each reading may take either."""
    base = load([EXAMPLES / "draft3", EXAMPLES / "draft4"])
    assert "fourth_draft" not in choose(base, base.readings["several_all"]).assumed
    assert "platform:joint_whole:passenger" in owed(base, "ride_both", third_draft="enacted")
    assert owed(base, "ride_both", third_draft="unenacted", fourth_draft="enacted") == {WITHIN}
    with pytest.raises(InputError, match="cannot stand together"):
        owed(base, "ride_both", third_draft="enacted", fourth_draft="enacted")


def test_a_provision_ends_on_the_eve(tmp_path: Path) -> None:
    """What is left is the general law of torts, as far as it is read to stand beside."""
    kb = pyliab.load(folder(tmp_path, "ends: ECL 38(2)"))

    def bases(day: str, **positions: str) -> set[str]:
        owed = kb.case(on(tmp_path, day)).under("several_all", **positions).liabilities
        return {basis for one in owed for basis in one.basis}

    assert bases("2021-12-31") == {"ECL 38(2)"}
    assert bases("2022-01-01") == {"CC 1165(1)"}
    assert bases("2022-01-01", general_clause_beside="none") == set()
    assert bases("2022-01-01", bill="unenacted") == {"ECL 38(2)"}


def test_a_rule_ends_for_the_claims_of_the_day_and_later(tmp_path: Path) -> None:
    """Two passengers of one case, hurt before and after: each claim is under the law of its own day."""
    base = folder(tmp_path, "ends: form_several", "ends: ecl38_2_form_audit=supp_full")
    assert owed(base, on(tmp_path, "2021-12-31", "2022-01-01")) == {SEVERAL}
    assert owed(base, on(tmp_path, "2022-01-01", "2021-12-31")) == {"platform:several:guest"}
    both = {SEVERAL, "platform:several:guest"}
    assert owed(base, on(tmp_path, "2022-01-01", "2021-12-31"), bill="unenacted") == both


def test_a_position_ends_and_its_readings_have_no_answer(tmp_path: Path) -> None:
    base = folder(tmp_path, "ends: ecl38_2_form_audit=several")
    assert owed(base, on(tmp_path, "2021-12-31", "2022-01-01")) == {SEVERAL}
    assert owed(base, on(tmp_path, "2022-01-01"), "lu_qing") == {WITHIN}


STATUTE = """statute: NEW
title: the bill
in_force: {start: 2022-01-01}
provisions:
  - id: NEW 1(1)
    text: 平台承担补充责任。
    checked: nowhere
    segments: [{words: 平台承担补充责任。, rules: [new_form]}]
"""
RULE = """%@ new_form [NEW 1(1)]
%@ zh 依新法，{P}就{H}对{V}承担补充责任
%@ en under the bill, {P} answers to {V} for {H} after {O}
owes(C, basis("NEW 1(1)", L), P, O, V, H, supp_full) :-
    governs(C, "NEW 1(1)", H), applies(C, basis("ECL 38(2)", L), P, O, V, H).
"""


def test_what_takes_its_place_comes_with_it(tmp_path: Path) -> None:
    """A new provision, carried by a rule of the folder, in the place of the old consequence."""
    changes = ["ends: corresponding_audit", "brings: NEW 1(1)"]
    base = folder(tmp_path, *changes, statutes__new="", **{"statutes__new.yaml": STATUTE, "rules__new.lp": RULE})
    assert owed(base, on(tmp_path, "2021-12-31")) == {SEVERAL}
    assert owed(base, on(tmp_path, "2022-01-01")) == {"platform:supp_full:passenger"}
    assert owed(base, on(tmp_path, "2022-01-01"), bill="unenacted") == {SEVERAL}
    assert not check(tmp_path).problems


def test_a_rule_of_the_folder_is_law_with_the_reform_only(tmp_path: Path) -> None:
    rule = (
        RULE.replace('governs(C, "NEW 1(1)", H), ', "")
        .replace("[NEW 1(1)]", "[ECL 38(2)]")
        .replace("NEW 1(1)", "ECL 38(2)")
    )
    base = folder(tmp_path, "ends: form_several", "brings: new_form", **{"rules__new.lp": rule})
    assert owed(base, on(tmp_path, "2021-12-31")) == {SEVERAL}
    assert owed(base, on(tmp_path, "2022-01-01")) == {"platform:supp_full:passenger"}
    assert owed(base, on(tmp_path, "2022-01-01"), bill="unenacted") == {SEVERAL}


def test_asked_as_if_the_law_of_today_had_been_in_force_the_reform_applies(tmp_path: Path) -> None:
    base = pyliab.load(folder(tmp_path, "answers: ecl38_2_form_audit=supp_full", start="2030-01-01"))
    assert [one.form for one in base.case("ride_injury").under("several_all").liabilities] == ["several"]
    hypothetically = base.case("ride_injury", as_if_in_force=True).under("several_all")
    assert [one.form for one in hypothetically.liabilities] == ["supp_full"]


def test_the_proof_names_the_reform_and_not_the_position_passed_over() -> None:
    why = pyliab.load(EXAMPLES / "draft4").case("ride_injury").under("several_all").why()
    steps = {step.rule or step.atom for one in why.explanations for proof in one.proofs for step in proof.walk()}
    assert {"takes_as_reformed", "fourth_draft=enacted"} <= steps
    assert not [step for step in steps if "several" in step]


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        ("ends: ECL 38(9)", 7, "ECL 38(9)"),
        ("ends: form_sevral", 7, "did you mean 'form_several'"),
        ("answers: ecl38_2_form_audit=severl", 7, "ecl38_2_form_audit=several"),
        ("brings: nothing_such", 7, "nothing_such"),
        ("because: no more", 7, "ends, answers or brings"),
    ],
)
def test_what_it_names_in_vain_is_refused_with_its_line(tmp_path: Path, change: str, line: int, said: str) -> None:
    write(tmp_path / "reforms/bill.yaml", HEAD.format(name="bill", start="2022-01-01") + f"  - {change}\n")
    if not change.startswith("because"):
        write(
            tmp_path / "reforms/bill.yaml",
            HEAD.format(name="bill", start="2022-01-01") + f"  - {change}\n    because: x\n",
        )
    with pytest.raises(InputError) as error:
        load([tmp_path])
    (problem,) = error.value.problems
    assert (problem.line, said in str(problem)) == (line, True), problem


def test_a_rule_that_speaks_of_no_case_cannot_end_on_a_day(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"readings\.lp:\d+.*speaks of no case"):
        load([folder(tmp_path, "ends: settled")])


def test_check_says_whom_it_passes_over_and_what_it_leaves_without_a_rule(tmp_path: Path) -> None:
    changes = [
        "ends: ECL 38(2)",
        "ends: ecl38_1_unsafe",
        "ends: harms_by_offer",
        "answers: ecl38_2_form_audit=supp_capped",
        "brings: ECL 27(1)",
    ]
    report = check(folder(tmp_path, *changes))
    said = [str(note.message) for note in report.notes]
    assert report.problems == []
    assert any("ecl38_2_form_audit has no effect" in note and "several_all" in note for note in said)
    assert any("bill leaves ECL 38(1)" in note for note in said)
    assert not any("leaves ECL 38(2)" in note for note in said)
    missing = [fault for fault, _ in reforms(load([tmp_path])) if fault]
    assert len(missing) == len([note for note in said if "no effect" not in note])


def test_before_and_after_stand_side_by_side() -> None:
    typed = ["compare", "ride_injury", "-r", "several_all", "--before", "--kb", str(EXAMPLES / "draft3"), "--json"]
    (case,) = json.loads(CliRunner().invoke(main, typed).output)["cases"]
    forms = {name: [one["form"] for one in rows] for name, rows in case["readings"].items()}
    assert forms == {"several_all+third_draft=unenacted": ["several"], "several_all": ["joint_whole"]}
    assert case["divergences"][0]["positions"] == ["third_draft=unenacted", "third_draft=enacted"]


def test_without_a_reform_there_is_no_before() -> None:
    result = CliRunner().invoke(main, ["compare", "ride_injury", "-r", "several_all", "--before"])
    assert (result.exit_code, "brings a reform" in result.output) == (2, True)


def test_the_shipped_rules_are_not_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a cache, amended rules are kept for the process."""
    monkeypatch.setenv("PYLIAB_CACHE", "")
    base = load([EXAMPLES / "draft4"])
    changed = [path for path, written in zip(base.rule_files, base.unamended, strict=True) if path != written]
    assert [path.name for path in changed] == ["ecl38_2_form.lp"]
    assert owed(base, "ride_injury") == {WITHIN}
