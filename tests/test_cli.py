"""Every command, in both languages, for people and as JSON; wrong input is answered, never with a traceback."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import ROOT
from tiers import sweep

from pyliab.cli.main import main

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
    ["derive", "ride_injury"],
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
    ["upgrade", str(ROOT / "kb/cases/mixed_platforms.yaml")],
]


def run(*arguments: str, **options: object) -> Result:
    return CliRunner().invoke(main, list(arguments), **options)  # type: ignore[arg-type]


SAID = [(command, lang) for command in COMMANDS for lang in ("zh", "en")]
SLOW = ("fit", "check")
FIRST = {command[0]: command for command in reversed(COMMANDS)}


@pytest.mark.parametrize(
    ("command", "lang"),
    sweep(SAID, *((c, lang) for c, lang in SAID if c == FIRST[c[0]] and c[0] not in SLOW)),
)
def test_every_command_answers_in_both_languages(command: list[str], lang: str) -> None:
    result = run(*command, "--lang", lang)
    assert result.exit_code == 0, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    chinese = sum("\u4e00" <= c <= "\u9fff" for c in result.output)
    assert chinese > 3 if lang == "zh" else len(result.output) > chinese
    assert all(len(row) <= 80 or command[0] == "check" for row in result.output.splitlines())


@pytest.mark.parametrize("ending", [".html", ".docx", ".md", ".csv", ".txt", ".json"])
@pytest.mark.parametrize(
    "command", [["readings"], ["explain", "ride_injury", "-r", "paper_body"], ["space", "ride_injury"]], ids=" ".join
)
def test_an_answer_is_written_as_its_file_is_called(command: list[str], ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"answer{ending}"
    result = run(*command, "--lang", "en", "-o", str(path))
    if ending == ".csv" and command[0] == "explain":
        assert result.exit_code == 2 and "has no table" in result.output and not path.exists()
        return
    assert result.exit_code == 0 and result.output == f"{path}\n", result.output
    if ending == ".docx":
        from docx import Document

        assert len(Document(str(path)).element.body) > 1
        return
    text = path.read_text(encoding="utf-8-sig")
    shown = run(*command, "--lang", "en", *(["--json"] if ending == ".json" else [])).output
    if ending == ".json":
        written = json.loads(text)
        assert written.pop("made")["asked"] == command and written == json.loads(shown)
    elif ending == ".txt":  # and how it was made, so that it can be made again
        words, rest = text.split(), shown.split()
        assert words[: len(rest)] == rest and words[len(rest)] == "pyliab" and words[-len(command) :] == command
    else:
        assert {"readings": "Huang", "explain": "ECL 38(2)", "space": "supplementary"}[command[0]] in text
        assert text.startswith("<!DOCTYPE html>") == (ending == ".html")


def test_a_file_of_another_kind_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    result = run("derive", "no_such_case", "-r", "paper_body", "--lang", "en", "-o", str(tmp_path / "answer.pdf"))
    assert result.exit_code == 2 and "answer.pdf ends in none of them" in result.output


@pytest.mark.parametrize(
    "command", sweep(COMMANDS, *COMMANDS[:12], *COMMANDS[14:19], ["debate", "ecl38_2_form_audit"]), ids=" ".join
)
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
    assert "cpl44_ecl38=concurrence" in answer["assumed"]
    assert answer["open_issues"] and answer["case"] == "ride_injury" and answer["reading"] == "several_all"


WRONG = [
    (["derive", "ride_injry", "-r", "paper_body"], "no case 'ride_injry'; did you mean 'ride_injury'?"),
    (["derive", "ride_injury", "-r", "paper_bodi"], "no reading 'paper_bodi'; did you mean 'paper_body'?"),
    (["explain", "ride_injury"], "name a reading with -r"),
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
    (["derive", "ride_injury", "-r", "paper_body", "--reading", "draft4"], "--reading stands twice"),
    (["derive", "ride\x1b[31m"], "'ride\\x1b[31m': a control or direction character"),
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
    forms = [one["form"] for one in answer["liabilities"] if "ECL 38(1)" in one["basis"]]
    assert forms == ["share_joint"]
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


@pytest.mark.parametrize(
    ("month", "forms"), sweep([("3", ["share_joint"]), ("7", [])], ("3", ["share_joint"])), ids=["march", "july"]
)
def test_a_script_runs_where_it_is_allowed_and_nowhere_else(folder: Path, month: str, forms: list[str]) -> None:
    rules = folder / "rules" / "extent.lp"
    rules.write_text(SCRIPT.replace("MARCH", month), encoding="utf-8")
    asked = ["derive", "mine", "-r", "mine", "--kb", str(folder), "--json"]
    answer = json.loads(run(*asked, "--allow-script").output)
    assert [one["form"] for one in answer["liabilities"] if "ECL 38(1)" in one["basis"]] == forms
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
        ('#script (python)\nimport os  # 甲 % "\n#end.\n', "#script is not taken; --allow-script"),
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
        (
            "%@ x [ECL 38(1)]\n%@ zh 甲\n%@ en a\ngeneral_clause_invoked(C, P) :- provides_marketplac(C, P).\n",
            "bad.lp:4:33: nothing defines provides_marketplac/2; did you mean 'provides_marketplace'?",
        ),
        ("#show liable/5.\n", "this kind of statement is not taken"),
        (
            '%@ x [ECL 38(1)]\n%@ zh 甲\n%@ en a\nowes(C, "ECL 38(1)", P, O, V, H, several) :- wrongs(C, O, P, V, H).\n',
            "is written basis(",
        ),
        (
            "%@ x [ECL 38(1)]\n%@ zh 禁\n%@ en no\n:- offers(C, O, G, P), consumer(C, V), caused(C, O, G), at_fault(C, P, V).\n",
            "a constraint may not forbid a case",
        ),
        (
            "liable(C, P, V, several, O) :- offers(C, O, _, P), consumer(C, V).\n",
            "bad.lp:1:1: a liability follows from `owes`",
        ),
        ("-audited(mine, app, shop).\n", "bad.lp:1:1: what happened in a case stands in its file"),
        ("knows(mine, app, shop, 20200101).\n", "no rule concludes a word of case files"),
        ("general_clause_invoked(mine, app).\n", "this holds of a case without a reason"),
        (
            'owes(C, basis("ECL 38(1)", L), P, O, V, H, sevral) :- applies(C, basis("ECL 38(1)", L), P, O, V, H).\n',
            "bad.lp:1:44: no `meaning` says what the form 'sevral' comes to; did you mean 'several'?",
        ),
        (
            "a(C) :- occurred(C, _), not b(C).\nc(C) :- a(C).\nb(C) :- occurred(C, _), c(C).\n",
            "bad.lp:1:1: these rules conclude something from the absence of what hangs on it: bad.lp:1, bad.lp:3, bad.lp:2",
        ),
        ("\ufeffp.\n", "bad.lp:1:1: a byte order mark stands here"),
        ('p("\x1b[31m").\n', "bad.lp:1:4: a control or direction character"),
    ],
)
def test_a_bad_rule_is_refused_with_its_line(folder: Path, rule: str, message: str) -> None:
    (folder / "rules" / "bad.lp").write_text(rule, encoding="utf-8")
    result = run("derive", "mine", "-r", "mine", "--kb", str(folder))
    assert result.exit_code == 2
    assert message in result.output and "bad.lp:" in result.output


DOUBTFUL = [
    ("general_clause_invoked(C, P) :- offers(C, _, _, P).\n", "has no `%@ id [citation]` above it"),
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
        "%@ x [ECL 38(1)]\n%@ zh {P}甲\n%@ en {P} a\ngeneral_clause_invoked(C, P) :- offers(C, O, P, G), does_business(C, O), life_health(C, G).\n",
        "P stands for item in offers and for party in general_clause_invoked",
    ),
    (
        "%@ x [ECL 38(1)]\n%@ zh 甲\n%@ en a\nbreech(C, P) :- provides_marketplace(C, P).\n",
        "breech/2 has no vocabulary block",
    ),
    (
        "%@ x [ECL 38(1)]\n%@ zh 甲\n%@ en a\ngeneral_clause_invoked(C, P) :- provides_marketplace(C, P), position(ecl38_1_extent, sevral).\n",
        "ecl38_1_extent has no position 'sevral'; did you mean 'several'?",
    ),
]


def test_doubtful_rules_are_named_by_check(folder: Path) -> None:
    for number, (rule, _) in enumerate(DOUBTFUL):
        text = rule.replace("%@ x ", f"%@ x{number} ")
        (folder / "rules" / f"doubtful{number}.lp").write_text(text, encoding="utf-8")
    result = run("check", str(folder))
    assert result.exit_code == 1
    for number, (_, message) in enumerate(DOUBTFUL):
        named = [row for row in result.output.splitlines() if f"doubtful{number}.lp:" in row]
        assert any(message in row for row in named), (message, named)


def test_the_cache_may_be_broken_or_absent(tmp_path: Path) -> None:
    readings = ("readings", "--json", "--base", str(ROOT / "examples/eu"))
    for value in (str(tmp_path / "cache"), ""):
        assert run(*readings, env={"PYLIAB_CACHE": value}).exit_code == 0
    kept = list((tmp_path / "cache").glob("*.json"))
    assert kept
    for file in kept:
        file.write_text("{broken", encoding="utf-8")
    assert run(*readings, env={"PYLIAB_CACHE": str(tmp_path / "cache")}).exit_code == 0


def test_a_terminal_without_chinese_gets_all_of_it_in_json() -> None:
    asked = CliRunner(charset="cp1252").invoke(main, ["show", "ECL 38(2)", "--json"])
    assert json.loads(asked.stdout_bytes.decode("ascii"))["provision"]["text"].startswith("对关系消费者生命健康")


def test_the_language_follows_the_locale() -> None:
    assert "解释方案" in run("readings", env={"LC_ALL": "zh_CN.UTF-8"}).output
    assert "reading" in run("readings", env={"LC_ALL": "en_GB.UTF-8"}).output


def _chinese(result: Result, phrase: str) -> None:
    assert result.exit_code == 2 and "Traceback" not in result.output
    for row in result.output.splitlines():
        assert row.startswith("pyliab:"), row
        # file, line and the command to see aside, the sentence is Chinese
        assert re.search("[\u4e00-\u9fff]{2}", row), row
    assert phrase in result.output


@pytest.mark.parametrize(
    "command,phrase",
    [
        ("derive ride_injry -r paper_body", "没有案件“ride_injry”；是否要写“ride_injury”？"),
        ("derive ride_injury -r paper_bodi", "没有解释方案“paper_bodi”；是否要写“paper_body”？"),
        ("derive nowhere.yaml -r paper_body", "nowhere.yaml: 无法读取：没有这个文件或者文件夹"),
        ("derive ride_injury -r paper_body --kb nowhere", "nowhere: 没有这个文件夹"),
        ("explain ride_injury sevral -r several_all", "没有责任“sevral”；是否要写“several”？（现有：platform:several:"),
        ("show ECL_39", "没有名为“ECL_39”的内容"),
        ("show FSL --asp", "法源没有 ASP 事实；案件和解释方案才有"),
        ("debate ecl38_1_extend", "没有争点“ecl38_1_extend”；是否要写“ecl38_1_extent”？"),
        ("debate ecl38_1_extent --canons moral", "“moral”不是解释方法"),
        ("debate ecl38_1_extent --canons value,value", "只能出现一次"),
        ("new case 案件", "“案件”不能作编号：以小写字母 a-z 开头"),
        ("new case ride_injury", "案件“ride_injury”已经存在"),
    ],
)
def test_a_wrong_question_is_answered_in_chinese(command: str, phrase: str) -> None:
    _chinese(run(*command.split(), "--lang", "zh"), phrase)


@pytest.mark.parametrize(
    "before,after,phrase",
    [
        ("offers:", "offer:", "词汇表中没有“offer”；是否要写“offers”？"),
        ("operator: shop, item", "seller: shop, item", "offers 没有参数“seller”"),
        ("platform: app, operator: shop, since", "platform: app, operator: shopp, since", "parties 中没有声明“shopp”"),
        ("since: 2022-02-01", "since: 二月一日", "knows：“二月一日”不是形如 2021-06-30 的日期"),
        ("interest: health", "interest: healthy", "interest 没有“healthy”这一取值；是否要写“health”？（可用："),
        ("status: disproved", "status: denied", "status 没有“denied”这一取值"),
        ("date: 2022-03-01", "date: 2022-13-01", "date：“2022-13-01”不是形如 2021-06-30 的日期"),
        ("about: about", "abuot: about", "abuot：没有这个键；是否要写“about”？"),
        ("kind: hypothetical", "kind: fictional", "kind：“fictional”不在可用之列（可用：decided、hypothetical）"),
        ("kind: hypothetical", "kind： hypothetical", "此处是全角的“：”；YAML 要用半角符号"),
        ("parties: {app", "parties: {平台: 甲, app", "“平台”不合格式：以小写字母开头"),
        ("shop: the shop, buyer", "buyer", "中没有声明“shop”"),
        ("items: {kettle: a kettle}", "items: [kettle]", "items：此处的内容种类不对；应为`键: 值` 各行"),
        ("parties: {app: the platform", "parties: {app: &x the platform", "不接受锚点和别名"),
        ("title: my case", "title: my: case", "此处不能再写“键: 值”"),
        (CASE, "", "文件是空的"),
    ],
)
def test_a_wrong_case_file_is_explained_in_chinese(tmp_path: Path, before: str, after: str, phrase: str) -> None:
    path = tmp_path / "mine.yaml"
    assert before in CASE
    path.write_text(CASE.replace(before, after, 1), encoding="utf-8")
    result = run("check", str(path), "--lang", "zh")
    _chinese(result, phrase)
    assert f"{path}:" in result.output


@pytest.mark.parametrize(
    "rule,phrase",
    [
        ("#script (python)\n#end.\n", "不接受 #script"),
        ("p(X) :- q（X）.\n", "“（”在字符串之外；请改用半角的 ("),
        ("%@ x [ECL 38(1)]\n%@ zh 甲\n%@ en a\np(X) :- q(X), X*2 > 3.\n", "规则不作计算"),
        ("{ lucky }.\n", "只得出一个结论"),
    ],
)
def test_a_bad_rule_is_explained_in_chinese(folder: Path, rule: str, phrase: str) -> None:
    (folder / "rules" / "bad.lp").write_text(rule, encoding="utf-8")
    _chinese(run("derive", "mine", "-r", "mine", "--kb", str(folder), "--lang", "zh"), phrase)


@pytest.mark.parametrize(
    "command,phrase",
    [
        ("explain ride_injury", "请以 -r 指定解释方案"),
        ("derive", "没有写 CASE"),
        ("settle ride_injury --share 130%", "--share 的值不可用：份额“130%”不在 0 与 1 之间"),
        ("space ride_injury --share 30%", "要与 --by money 同用"),
        ("derive ride_injury --background none", "--background 的值不在可用之列（可用：text、open）"),
        ("derrive", "没有命令“derrive”；是否要写“derive”？"),
        ("derive ride_injury --reeding x", "没有选项 --reeding；是否要写“--reading”？"),
    ],
)
def test_wrong_usage_is_explained_in_chinese(command: str, phrase: str) -> None:
    result = run(*command.split(), "--lang", "zh", env={"LC_ALL": "zh_CN.UTF-8"})
    assert result.exit_code == 2 and "用法" in result.output
    assert phrase in result.output.splitlines()[-1]


# Raised for programmers, never shown; what clingo says of a rule file stays as clingo says it.
ENGLISH_ONLY = {
    ("diagram.py", "the rows leave all choices out, or contradict each other"),
    ("diagram.py", "the variables would change their order"),
}
MESSAGE_AT = {"Problem": 3, "problem": 1, "complain": 1, "_in_case": 2, "InputError": 0, "NotStatedError": 0}
MESSAGE_AT |= {"UsageError": 0, "BadParameter": 0, "ClickException": 0, "ValueError": 0}


def test_every_message_is_written_in_both_languages() -> None:
    """No complaint is a bare English text: it comes from `told`, or from a name that holds what `told` gave."""
    for path in sorted((ROOT / "pyliab").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            given = node.args[MESSAGE_AT[name] :][:1] if name in MESSAGE_AT else []
            given += [word.value for word in node.keywords if name in MESSAGE_AT and word.arg == "message"]
            for one in given:
                bare = isinstance(one, ast.Constant | ast.JoinedStr | ast.BinOp | ast.IfExp) or _is_str(one)
                text = one.value if isinstance(one, ast.Constant) else ast.unparse(one)
                assert not bare or (path.name, text) in ENGLISH_ONLY, f"{path.name}:{one.lineno}: {text}"


def _is_str(node: ast.expr) -> bool:
    """`str(error)` forgets the Chinese of the error."""
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "str"
