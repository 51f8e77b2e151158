"""Files to start from, faults with the command that helps, folders from the environment, completion, the pager."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shlex
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result
from rich.console import Console
from tiers import exhaustive, quick, sweep

from pyliab.answers.show import find
from pyliab.asp.load import load
from pyliab.cli.main import main
from pyliab.cli.new.make import files_for
from pyliab.cli.new.place import write
from pyliab.cli.pager import paged
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.keys import GROUPS
from pyliab.kb.read import load_case, load_reading
from pyliab.text.problem import InputError


def run(*arguments: object, **environment: str) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments], env=environment)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", ["case", "reading"])
def test_a_new_file_passes_check_as_it_stands(kind: str, lang: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    made = run("new", kind, "mine", "-o", path, "--lang", lang)
    assert (made.exit_code, str(path) in made.output) == (0, True)
    checked = run("check", path)
    assert (checked.exit_code, checked.output[:5]) == (0, "sound")
    comments = "".join(row for row in path.read_text(encoding="utf-8").splitlines() if "#" in row)
    assert bool(re.search("说明|主张者", comments)) is (lang == "zh")


def test_a_new_case_shows_every_word_by_group(base: KnowledgeBase, tmp_path: Path) -> None:
    run("new", "case", "mine", "-o", tmp_path / "mine.yaml", "--lang", "en")
    text = (tmp_path / "mine.yaml").read_text(encoding="utf-8")
    assert [name for name in GROUPS.values() if f"-- {name} --" not in text] == []
    assert set(GROUPS) == {word.group for word in base.vocabulary.values()}
    assert "(disputed) behind it" in text


def test_every_word_of_a_new_case_can_be_uncommented(tmp_path: Path) -> None:
    """Each by itself: some cannot be stated together."""
    run("new", "case", "mine", "-o", tmp_path / "mine.yaml")
    text = (tmp_path / "mine.yaml").read_text(encoding="utf-8")
    waiting = [row for row in text.splitlines() if re.match(r"  # - (?!says:)", row)]
    base, told, path = load(), set[str](), tmp_path / "one.yaml"
    for row in waiting[::10] if quick() else waiting:
        path.write_text(text.replace(row, row.replace("# ", "", 1)), encoding="utf-8")
        try:
            told |= {fact.word for fact in load_case(path, base).facts}
        except InputError as error:  # the usual facts have it already, the other way round
            assert "is stated as" in str(error), row
    assert quick() or told == set(base.vocabulary), "every word has its sentence"


def test_a_new_reading_offers_every_issue(base: KnowledgeBase, tmp_path: Path) -> None:
    run("new", "reading", "mine", "-o", tmp_path / "mine.yaml")
    text = (tmp_path / "mine.yaml").read_text(encoding="utf-8")
    rows = re.findall(r"^  # (\w+):\n  #   position: (\w+)$", text, re.M)
    assert [issue for issue, _ in rows] == list(base.issues)
    issue, position = rows[0]
    taken = text.replace(f"  # {issue}:\n  #   position:", f"  {issue}:\n    position:")
    (tmp_path / "mine.yaml").write_text(taken, encoding="utf-8")
    assert load_reading(tmp_path / "mine.yaml", base).positions[issue].position == position


@exhaustive  # on one issue: test_what_goes_into_a_folder_of_ones_own_has_its_place_there
def test_a_position_on_every_issue_starts_sound_with_its_rule(base: KnowledgeBase, tmp_path: Path) -> None:
    for i, issue in enumerate(base.issues):
        write(files_for(base, "position", f"own_{i}", "zh" if i % 2 else "en", tmp_path, None, issue))
    checked = run("check", tmp_path)
    assert checked.exit_code == 0, checked.output
    assert len(load([tmp_path]).notes) > len(base.notes) + len(base.issues) // 2


def test_a_new_position_works_as_the_one_it_copies(tmp_path: Path) -> None:
    assert run("new", "position", "ecl38_2_form_audit=mine", "--kb", tmp_path).exit_code == 0
    (tmp_path / "readings").mkdir()
    (tmp_path / "readings" / "me.yaml").write_text(
        "reading: me\ntitle: me\nholder: me\nabout: me\npositions:\n  ecl38_2_form_audit: {position: mine}\n"
    )
    answer = json.loads(run("derive", "ride_injury", "-r", "me", "--kb", tmp_path, "--json").output)
    assert [one["form"] for one in answer["liabilities"]] == ["joint_whole"]


@pytest.mark.parametrize("lang", sweep(["zh", "en"], "zh"))
def test_a_new_principle_can_be_put_to_a_reading(lang: str, tmp_path: Path) -> None:
    assert run("new", "principle", "mine", "--kb", tmp_path, "--lang", lang).exit_code == 0
    result = run("stress", "several_all", "--kb", tmp_path, "-p", "mine", "--lang", lang)
    assert result.exit_code == 0, result.output
    assert "mine" in result.output
    assert run("check", tmp_path).exit_code == 0


def test_what_goes_into_a_folder_of_ones_own_has_its_place_there(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    (folder / "kb").mkdir(parents=True)
    for kind, name in (("case", "told"), ("reading", "view"), ("position", "answer"), ("principle", "demand")):
        assert run("new", kind, name, PYLIAB_KB=str(folder)).exit_code == 0
    files = {str(path.relative_to(folder)) for path in folder.rglob("*.*")}
    assert files == {
        "kb/cases/told.yaml",
        "kb/readings/view.yaml",
        "kb/issues/answer.yaml",
        "rules/answer.lp",
        "rules/principles/demand.lp",
    }
    assert run("check", folder).exit_code == 0


WRONG = [
    (["case", "My-Case"], "'My-Case' is no id: small letters a-z first, then also digits and _; for example 'my_case'"),
    (["case", "2024"], "for example 'my_2024'"),
    (["case", "../up"], "is no id"),
    (["case", "案件"], "is no id"),
    (["case", "not"], "is no id"),
    (["case", "ride_injury"], "the case 'ride_injury' exists already (`pyliab show ride_injury`)"),
    (["position", "several", "--issue", "ecl38_2_form_audit", "--kb", "mine"], "the position 'several' exists already"),
    (["position", "x", "--issue", "ecl38_2_form_audi", "--kb", "mine"], "did you mean 'ecl38_2_form_audit'?"),
    (["position", "x"], "name one with --kb"),
    (["principle", "who_knew", "--kb", "mine"], "the principle 'who_knew' exists already"),
    (["principle", "x", "-o", "x.lp"], "has its place in a folder"),
    (["case", "x", "-o", "x.yaml", "--kb", "mine"], "not both"),
    (["case", "x", "--issue", "ecl38_2_form_audit"], "--issue goes with a position"),
    (["theory", "x"], "'theory' is not one of"),
]


@pytest.mark.parametrize("arguments,message", WRONG, ids=[" ".join(one) for one, _ in WRONG])
def test_what_cannot_be_made_is_refused_and_nothing_is_written(
    arguments: list[str], message: str, tmp_path: Path
) -> None:
    with contextlib.chdir(tmp_path):
        result = run("new", *arguments)
    assert (result.exit_code, message in result.output) == (2, True), result.output
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_over_and_nothing_half_written(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "mine.lp").write_text("% my own work\n")
    result = run("new", "position", "mine", "--kb", tmp_path)
    assert (result.exit_code, "mine.lp: exists already; nothing was written" in result.output) == (2, True)
    assert not (tmp_path / "issues").exists()
    assert (tmp_path / "rules" / "mine.lp").read_text() == "% my own work\n"


@pytest.mark.skipif(os.name != "posix", reason="a folder's place is taken by a file")
def test_a_second_file_that_cannot_be_written_takes_back_the_first(tmp_path: Path) -> None:
    (tmp_path / "rules").write_text("a file, where the folder should be")
    result = run("new", "position", "mine", "--kb", tmp_path)
    assert (result.exit_code, "Traceback" in result.output) == (2, False)
    assert [path.name for path in tmp_path.iterdir()] == ["rules"]


HEAD = "case: mine\ntitle: x\nkind: hypothetical\ndate: 2022-03-01\nabout: x\nparties: {app: a, shop: b}\n"
FAULTS = [
    (HEAD + "facts:\n  - ofers: {operator: shop}\n", "8:5: 'ofers' is no word", "offers", "pyliab show offers"),
    (HEAD + "facts:\n  - zzzz: {operator: shop}\n", "8:5: 'zzzz' is no word", "", "pyliab show vocabulary"),
    (HEAD + "facts:\n  - knows: {platfrm: app}\n", "8:13: knows has no argument", "platform", "pyliab show knows"),
    (HEAD + "facts: []\nexpect:\n  paper_bodi: []\n", "9: expect: no reading", "paper_body", "pyliab show paper_body"),
    (
        HEAD + "facts: []\nexpect:\n  paper_body: [app sevral]\n",
        "9: 'sevral' is no form",
        "several",
        "pyliab show several",
    ),
    (
        "reading: mine\ntitle: x\nholder: x\nabout: x\npositions:\n  ecl38_1_extend: {position: x}\n",
        "6:3: no issue",
        "ecl38_1_extent",
        "pyliab show ecl38_1_extent",
    ),
    (
        "reading: mine\ntitle: x\nholder: x\nabout: x\npositions:\n  ecl38_1_extent: {position: sevral}\n",
        "6:20: ecl38_1_extent has no position",
        "several",
        "pyliab show ecl38_1_extent",
    ),
    (
        "reading: mine\ntitle: x\nholder: x\nprovisions:\n  - CC 1\n  - ECL 38(22)\nabout: x\n",
        "6:5: no provision",
        "ECL 38(2)",
        "pyliab show 'ECL 38(2)'",
    ),
    (
        "reading: mine\ntitle: x\nholder: x\nabout: x\nsources:\n  - source: huang2042\n",
        "6:5: no source",
        "huang2024",
        "pyliab show huang2024",
    ),
    (
        "extends: ecl38_1_extent\npositions:\n  half:\n    title: x\n    says: x\n    provisions: [ECL 38(22)]\n",
        "6:18: no provision",
        "ECL 38(2)",
        "pyliab show 'ECL 38(2)'",
    ),
]


@pytest.mark.parametrize("text,cause,near,see", FAULTS, ids=[f"{cause}" for _, cause, _, _ in FAULTS])
def test_a_fault_comes_with_line_cause_nearest_word_and_a_command_that_works(
    text: str, cause: str, near: str, see: str, tmp_path: Path
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    result = run("check", path)
    assert result.exit_code in (1, 2)
    assert f"mine.yaml:{cause}" in result.output, result.output
    assert f"did you mean {near!r}?" in result.output or not near
    assert f"[{see}]" in result.output
    assert run(*shlex.split(see)[1:]).exit_code == 0


def test_a_fault_of_an_added_position_is_placed_in_its_own_file(tmp_path: Path) -> None:
    run("new", "position", "mine", "--kb", tmp_path)
    path = tmp_path / "issues" / "mine.yaml"
    path.write_text(re.sub(r"provisions: \[.*\]", "provisions: [ECL 39(99)]", path.read_text(encoding="utf-8")))
    result = run("check", tmp_path)
    assert result.exit_code == 1
    assert re.search(r"issues/mine\.yaml:\d+:\d+: no provision", result.output), result.output


def test_every_word_form_and_principle_can_be_shown(base: KnowledgeBase) -> None:
    for name in (*base.vocabulary, *base.labels["form"], *(path.stem for path in base.principle_files)):
        assert find(base, name)[0] in ("word", "form", "principle")
    for name in (next(iter(base.vocabulary)), "several", "who_knew"):
        assert run("show", name).exit_code == 0
    assert json.loads(run("show", "knows", "--json").output)["kind"] == "word"


def test_folders_come_from_the_environment_and_from_the_option_instead(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder, name in ((one, "first_case"), (two, "second_case")):
        assert run("new", "case", name, "--kb", folder).exit_code == 0
    both = f"{one}{os.pathsep}{os.pathsep}{two}"
    listed = run("cases", "--json", PYLIAB_KB=both).output
    assert "first_case" in listed and "second_case" in listed
    listed = run("cases", "--json", "--kb", two, PYLIAB_KB=str(one)).output
    assert "first_case" not in listed and "second_case" in listed
    assert "first_case" not in run("cases", "--json", PYLIAB_KB="").output
    assert run("cases", PYLIAB_KB=str(tmp_path / "nowhere")).exit_code == 2


def test_every_command_takes_folders() -> None:
    """`completion` prints what depends on nothing."""
    without = [name for name, one in main.commands.items() if not any(p.name == "folders" for p in one.params)]
    assert without == ["completion"]


def completed(*words: str, begun: str) -> list[str]:
    return [one.value for one in ShellComplete(main, {}, "pyliab", "_PYLIAB_COMPLETE").get_completions([*words], begun)]


def test_ids_are_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert completed("derive", begun="ride_i") == ["ride_injury"]
    assert completed("derive", "ride_injury", "-r", begun="paper_") == [
        "paper_abstract",
        "paper_body",
        "paper_capped",
        "paper_reform",
    ]
    assert completed("settle", begun="ride_i") == ["ride_injury"]
    assert completed("settle", "x", "-r", begun="several_a") == ["several_all"]
    assert completed("debate", begun="ecl38_1_e") == ["ecl38_1_extent"]
    assert completed("stress", "-p", begun="who_") == ["who_knew"]
    assert completed("show", begun="knows") == ["knows"]
    run("new", "case", "ride_own", "--kb", tmp_path)
    assert completed("derive", "--kb", str(tmp_path), begun="ride_o") == ["ride_own"]
    monkeypatch.setenv("PYLIAB_KB", str(tmp_path))
    assert completed("derive", begun="ride_o") == ["ride_own"]
    monkeypatch.setenv("PYLIAB_KB", str(tmp_path / "nowhere"))
    assert completed("derive", begun="ride_i") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_its_lines(shell: str) -> None:
    result = run("completion", shell)
    assert result.exit_code == 0
    assert "_PYLIAB_COMPLETE" in result.output


def test_quiet_says_nothing_of_what_is_sound(tmp_path: Path) -> None:
    run("new", "case", "mine", "-o", tmp_path / "mine.yaml")
    sound = run("check", "-q", tmp_path / "mine.yaml")
    assert (sound.exit_code, sound.output) == (0, "")
    text = (tmp_path / "mine.yaml").read_text(encoding="utf-8")
    (tmp_path / "mine.yaml").write_text(f"{text}\nexpect:\n  nobody: []\n", encoding="utf-8")
    faulty = run("check", "-q", tmp_path / "mine.yaml")
    assert faulty.exit_code == 1
    assert len(faulty.output.splitlines()) == 1


class Terminal(Console):
    """A terminal of ten lines."""

    def __init__(self) -> None:
        super().__init__(force_terminal=True, width=40, height=10, color_system="standard")


def test_long_answers_are_paged_and_short_ones_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    monkeypatch.setattr("click.echo_via_pager", lambda text, color: sent.append(text))
    for lines in (3, 30):
        console = Terminal()
        with paged(console):
            for i in range(lines):
                console.print(f"line {i}")
    assert len(sent) == 1
    assert sent[0].count("\n") == 30


def test_a_pipe_gets_no_pager_and_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.echo_via_pager", lambda *_: pytest.fail("paged"))
    for extra in ((), ("--no-pager",)):
        result = run("issues", *extra)
        assert result.exit_code == 0
        assert "\x1b" not in result.output


def test_no_color_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert Terminal().no_color
