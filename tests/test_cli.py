"""Every command, in both languages, for people and as JSON; wrong input is answered, never with a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pyliab.cli import main

COMMANDS = [
    ["cases"],
    ["readings"],
    ["issues"],
    ["statutes"],
    ["show", "ride_injury"],
    ["show", "zhuanzhuan_snake"],
    ["show", "paper_body"],
    ["show", "ecl38_2_form_audit"],
    ["show", "ecl38_1_extent=several"],
    ["show", "ECL 38(2)"],
    ["show", "FSL"],
    ["show", "huang2024"],
    ["show", "ecl38_2_audit"],
    ["show", "vocabulary"],
    ["derive", "ride_injury", "-r", "text_minimal"],
    ["derive", "huolala_sz", "-r", "draft4", "--as-if-in-force"],
    ["derive", "disputed_audit", "-r", "several_all", "--background", "open"],
    ["explain", "ride_both", "-r", "paper_abstract"],
    ["explain", "gc83", "-r", "text_minimal"],
    ["explain", "didi_wuxi", "-r", "text_minimal"],
    ["explain", "ride_injury", "share_joint", "-r", "text_minimal"],
    ["compare", "ride_injury", "--all"],
    ["compare", "ride_injury", "charger_fire", "-r", "paper_body", "-r", "text_minimal"],
    ["space", "ride_injury"],
    ["space", "disputed_audit", "-r", "paper_body", "--by", "debtor"],
    ["space", "huolala_sz", "ride_both", "--as-if-in-force"],
    ["flip", "ride_injury", "-r", "text_minimal"],
    ["flip", "disputed_audit", "-r", "several_all", "--to", "joint_whole"],
    ["debate", "ecl38_2_form_audit"],
    ["debate", "ecl38_1_extent", "--canons", "value,causal"],
    ["fit"],
    ["fit", "-r", "paper_body", "--no-analogy"],
    ["check"],
]


def run(*arguments: str, **options: object) -> Result:
    return CliRunner().invoke(main, list(arguments), **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_answers_in_both_languages(command: list[str], lang: str) -> None:
    result = run(*command, "--lang", lang)
    assert result.exit_code == 0, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    chinese = sum("\u4e00" <= c <= "\u9fff" for c in result.output)
    assert chinese > 3 if lang == "zh" else len(result.output) > chinese
    assert all(len(row) <= 80 or command[0] == "check" for row in result.output.splitlines())


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_prints_one_json_object_the_same_in_both_languages(command: list[str]) -> None:
    english, chinese = (run(*command, "--json", "--lang", lang).output for lang in ("en", "zh"))
    assert isinstance(json.loads(english), dict)
    assert english == chinese


def test_derive_has_the_shape_others_rely_on() -> None:
    answer = json.loads(run("derive", "ride_injury", "-r", "several_all", "--json").output)
    (liability,) = answer["liabilities"]
    assert {k: liability[k] for k in ("debtor", "creditor", "with", "form", "basis", "status")} == {
        "debtor": "platform",
        "creditor": "passenger",
        "with": ["driver"],
        "form": "several",
        "basis": ["ECL 38(2)"],
        "status": "certain",
    }
    assert "ecl38_2_form_audit=several" in liability["positions"]
    assert "ecl38_2_form_audit=several" in answer["own"]
    assert "ecl38_2_imputation=fault_proved" in answer["assumed"]
    assert answer["open_issues"] and answer["case"] == "ride_injury" and answer["reading"] == "several_all"


WRONG = [
    (["derive", "ride_injry", "-r", "paper_body"], "no case 'ride_injry'; did you mean 'ride_injury'?"),
    (["derive", "ride_injury", "-r", "paper_bodi"], "no reading 'paper_bodi'; did you mean 'paper_body'?"),
    (["derive", "ride_injury"], "name a reading with -r"),
    (["derive", "nowhere.yaml", "-r", "paper_body"], "nowhere.yaml: cannot be read"),
    (["explain", "ride_injury", "sevral", "-r", "several_all"], "did you mean 'several'"),
    (["compare", "ride_injury", "-r", "paper_body"], "name two readings or more"),
    (["show", "ECL 39(2)"], "nothing is called 'ECL 39(2)'"),
    (["show", "ECL 38(2)", "--asp"], "has no ASP facts"),
    (["check", "nowhere.yaml"], "nowhere.yaml: cannot be read"),
    (["derive", "ride_injury", "-r", "paper_body", "--kb", "nowhere"], "nowhere: no such folder"),
    (["debate", "ecl38_1_extend"], "no issue 'ecl38_1_extend'; did you mean 'ecl38_1_extent'?"),
    (["debate", "ecl38_1_extent", "--canons", "moral"], "'moral' is no canon"),
    (["debate", "ecl38_1_extent", "--canons", "value,value"], "once"),
    (["fit", "-r", "nobody"], "no reading 'nobody'"),
    (["derrive"], "no command 'derrive'; did you mean 'derive'?"),
]


@pytest.mark.parametrize("command,message", WRONG, ids=[" ".join(command) for command, _ in WRONG])
def test_a_wrong_question_is_answered_with_status_2(command: list[str], message: str) -> None:
    result = run(*command)
    assert result.exit_code == 2
    assert message in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize("command", list(main.commands))
def test_every_command_shows_an_example_in_its_help(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    if command not in ("cases", "readings", "issues", "statutes"):
        assert f"pyliab {command}" in result.output


CASE = """\
case: mine
title: my case
kind: hypothetical
date: 2022-03-01
about: about
parties: {app: the platform, shop: the shop, buyer: the buyer}
items: {kettle: a kettle}
harms: {burn: burns}
facts:
  - organisation: {party: app}
  - provides_marketplace: {platform: app}
  - does_business: {operator: shop}
  - consumer: {person: buyer}
  - offers: {operator: shop, item: kettle, platform: app}
  - unsafe: {item: kettle}
  - caused: {party: shop, harm: burn}
  - arises_from: {harm: burn, item: kettle}
  - harm: {harm: burn, person: buyer, interest: health, on: 2022-03-01}
  - knows: {platform: app, operator: shop, since: 2022-02-01}
  - took_measures: {platform: app, operator: shop}
    status: disproved
expect:
  text_minimal: [app joint_whole]
"""


def test_an_own_case_is_checked_and_asked_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(CASE, encoding="utf-8")
    assert run("check", str(path)).exit_code == 0
    answer = json.loads(run("derive", str(path), "-r", "text_minimal", "--json").output)
    assert [one["form"] for one in answer["liabilities"]] == ["joint_whole"]


def test_check_says_no_when_an_expectation_fails(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(CASE.replace("app joint_whole", "app several"), encoding="utf-8")
    result = run("check", str(path))
    assert result.exit_code == 1
    assert "under text_minimal: expected app several certain, found app joint_whole certain" in result.output


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A scholar's own folder: a case, and a position with its rule."""
    for kind in ("cases", "issues", "readings", "rules"):
        (tmp_path / kind).mkdir()
    (tmp_path / "cases" / "mine.yaml").write_text(
        CASE.replace("expect:\n  text_minimal: [app joint_whole]\n", ""), encoding="utf-8"
    )
    (tmp_path / "issues" / "extent.yaml").write_text(
        "extends: ecl38_1_extent\npositions:\n  half:\n    title: within its share\n    says: within its share\n",
        encoding="utf-8",
    )
    (tmp_path / "readings" / "mine.yaml").write_text(
        "reading: mine\ntitle: mine\nholder: me\nabout: mine\npositions:\n  ecl38_1_extent: {position: half}\n",
        encoding="utf-8",
    )
    (tmp_path / "rules" / "extent.lp").write_text(
        "%@ my_half [ECL 38(1)]\n%@ zh {P}在份额内与{O}共同承担\n%@ en {P} answers within its share beside {O}\n"
        'owes(C, basis("ECL 38(1)", L), P, O, V, H, share_joint) :-\n'
        '    position(ecl38_1_extent, half), applies(C, basis("ECL 38(1)", L), P, O, V, H).\n',
        encoding="utf-8",
    )
    return tmp_path


def test_an_own_position_with_its_rule_joins_the_dispute(folder: Path) -> None:
    answer = json.loads(run("derive", "mine", "-r", "mine", "--kb", str(folder), "--json").output)
    assert [one["form"] for one in answer["liabilities"]] == ["share_joint"]
    assert "within its share beside" in run("explain", "mine", "-r", "mine", "--kb", str(folder), "--lang", "en").output
    assert run("check", str(folder)).exit_code == 0, run("check", str(folder)).output


SCRIPT = """#script (python)
from clingo import Number
def month(day):  # 月份 % and "quotes" are Python here
    return Number(day.number // 100 % 100)
#end.
%@ half_in_march [ECL 38(1)]
%@ zh 三月：{P}对{V}就{H}在份额内连带
%@ en in March {P} is jointly liable to {V} for {H} within its share
owes(C, basis("ECL 38(1)", L), P, O, V, H, share_joint) :-
    position(ecl38_1_extent, half), applies(C, basis("ECL 38(1)", L), P, O, V, H), harm(C, H, V, _, D), @month(D) = MARCH.
"""


@pytest.mark.parametrize("month,forms", [("3", ["share_joint"]), ("7", [])])
def test_a_script_runs_where_it_is_allowed_and_nowhere_else(folder: Path, month: str, forms: list[str]) -> None:
    rules = folder / "rules" / "extent.lp"
    rules.write_text(SCRIPT.replace("MARCH", month), encoding="utf-8")
    asked = ["derive", "mine", "-r", "mine", "--kb", str(folder), "--json"]
    answer = json.loads(run(*asked, "--allow-script").output)
    assert [one["form"] for one in answer["liabilities"]] == forms
    assert "extent.lp:1:1: #script is not taken" in run(*asked).output
    assert run(*asked).exit_code == 2
    # the law twice in one program, once for each reading
    twice = run("compare", "mine", "-r", "mine", "-r", "paper_body", "--kb", str(folder), "--allow-script")
    assert twice.exit_code == 0, twice.output


@pytest.mark.parametrize(
    "wrong,right,message",
    [
        ("day.number", "day.string", "line 4 in month: RuntimeError"),
        ("return Number", "retrn Number", "line 4: SyntaxError"),
        ("#end.", "", "half.lp:1:1: this script has no #end"),
    ],
)
def test_a_script_that_fails_is_named_without_a_traceback(folder: Path, wrong: str, right: str, message: str) -> None:
    script = SCRIPT.replace("MARCH", "3").replace(wrong, right)
    (folder / "rules" / "half.lp").write_text(script, encoding="utf-8")
    result = run("derive", "mine", "-r", "mine", "--kb", str(folder), "--allow-script")
    assert result.exit_code == 2 and message in result.output and "Traceback" not in result.output


@pytest.mark.parametrize(
    "rule,message",
    [
        ("#script (python)\nimport os  # 甲 % \"\n#end.\n", "#script is not taken; --allow-script"),
        ('#include "/etc/passwd".\n', "#include is not taken in a rule file"),
        ("p(X) :- q（X）.\n", "（ stands outside a string; type ("),
        ("p(99999999999).\n", "too large for the solver"),
        ('p("open).\n', "a string is not closed"),
        ("p(X :- q(X).\n", "syntax error"),
        ("%* a %* b *% #script (python) #end. *%\n#const p=1.\n", "#const is not taken"),
        ("p(0xFFFFFFFFFF).\n", "in decimal"),
        ("p(００００００００００１).\n", "stands outside a string"),
        ('p("abc\\\n中文").\n', "a string is not closed"),
        ("%@ x [ECL 38(1)]\n%@ zh 甲\n%@ en a\np(X) :- q(X), X*2 > 3.\n", "rules do not calculate"),
        ("%@ x [ECL 38(1)]\n%@ zh 甲\n%@ en a\np(X) :- not not q(X).\n", "`not not` cannot be explained"),
        ("{ lucky }.\n", "it chooses nothing"),
        ("#show liable/5.\n", "this kind of statement is not taken"),
        (
            '%@ x [ECL 38(1)]\n%@ zh 甲\n%@ en a\nowes(C, "ECL 38(1)", P, O, V, H, several) :- wrongs(C, O, P, V, H).\n',
            "is written basis(",
        ),
        (
            "%@ x [ECL 38(1)]\n%@ zh 禁\n%@ en no\n:- offers(C, O, G, P), consumer(C, V), caused(C, O, G), at_fault(C, P, V).\n",
            "a constraint may not forbid a case",
        ),
    ],
)
def test_a_bad_rule_is_refused_with_its_line(folder: Path, rule: str, message: str) -> None:
    (folder / "rules" / "bad.lp").write_text(rule, encoding="utf-8")
    result = run("derive", "mine", "-r", "mine", "--kb", str(folder))
    assert result.exit_code == 2
    assert message in result.output and "bad.lp:" in result.output


@pytest.mark.parametrize(
    "rule,message",
    [
        ("liable(C, P, V, several, O) :- offers(C, O, _, P), consumer(C, V).\n", "has no `%@ id [citation]` above it"),
        (
            "%@ x [ECL 99(9)]\n%@ zh {P}甲\n%@ en {P} a\ngeneral_clause_invoked(C, P) :- provides_marketplace(C, P).\n",
            "cites 'ECL 99(9)'",
        ),
        (
            "%@ x [ECL 38(1)]\n%@ zh {Z}甲\n%@ en {P} a\ngeneral_clause_invoked(C, P) :- provides_marketplace(C, P).\n",
            "speaks of {Z}",
        ),
        (
            "%@ x [ECL 38(1)]\n%@ zh 甲\n%@ en a\ngeneral_clause_invoked(C, P) :- provides_marketplace(C, P), not offers(C, _, _, P).\n",
            "`_` under `not`",
        ),
        (
            "%@ x [ECL 38(1)]\n%@ zh 甲\n%@ en a\nbreech(C, P) :- provides_marketplace(C, P).\n",
            "breech/2 has no vocabulary block",
        ),
        (
            "%@ x [ECL 38(1)]\n%@ zh 甲\n%@ en a\ngeneral_clause_invoked(C, P) :- provides_marketplace(C, P), position(ecl38_1_extent, sevral).\n",
            "ecl38_1_extent has no position 'sevral'; did you mean 'several'?",
        ),
    ],
)
def test_a_doubtful_rule_is_named_by_check(folder: Path, rule: str, message: str) -> None:
    (folder / "rules" / "doubtful.lp").write_text(rule, encoding="utf-8")
    result = run("check", str(folder))
    assert result.exit_code == 1
    assert message in result.output and "doubtful.lp:" in result.output


def test_the_cache_may_be_broken_or_absent(tmp_path: Path) -> None:
    for value in (str(tmp_path / "cache"), ""):
        result = run("readings", "--json", env={"PYLIAB_CACHE": value})
        assert result.exit_code == 0
    for file in (tmp_path / "cache").glob("*.json"):
        file.write_text("{broken", encoding="utf-8")
    assert run("readings", "--json", env={"PYLIAB_CACHE": str(tmp_path / "cache")}).exit_code == 0


def test_the_language_follows_the_locale() -> None:
    assert "读法" in run("readings", env={"LC_ALL": "zh_CN.UTF-8"}).output
    assert "reading" in run("readings", env={"LC_ALL": "en_GB.UTF-8"}).output
