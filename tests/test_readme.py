"""The READMEs and docs/*.md are true: their files are written down, their commands run, and what comes out stands there.

`python tests/test_readme.py --accept` writes the expected output anew; look at the diff.

A file is a fenced block below a line **`name`**. A ```console block holds commands, each on a line that begins with
`$ ` (a backslash at its end continues it), and below each what it prints. `| head -n N` is understood.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner
from tiers import sweep

from pyliab.asp.load import load
from pyliab.cli.main import main

ROOT = Path(__file__).resolve().parent.parent
CHINESE = ".zh-CN.md"
PAGES = [str(path.relative_to(ROOT)) for path in (*sorted(ROOT.glob("README*.md")), *sorted(ROOT.glob("docs/*.md")))]
TUTORIALS = ["pyliab/cli/site/tutorial.md", "pyliab/cli/site/tutorial.zh-CN.md"]
NOT_RUN = ("git", "make", "pip", ".")

_FILE = re.compile(r"^\*\*`(?P<name>[\w./-]+)`\*\*[^\n]*\n+```\w+\n(?P<text>.*?)^```$", re.M | re.S)
_CONSOLE = re.compile(r"^```console\n(?P<body>.*?)^```$", re.M | re.S)
_QUOTED = re.compile(r"^```(?:prolog|yaml)\n(.*?)^```$", re.M | re.S)
_HEAD = re.compile(r"^(?P<command>.*?)\s*\|\s*head -n (?P<lines>\d+)$", re.S)


@dataclass(frozen=True)
class Shown:
    """A command as the README shows it, and what it is said to print."""

    readme: str
    typed: str
    printed: tuple[str, ...]

    def words(self) -> tuple[list[str], int | None]:
        """The words of the command, and how many lines `head` leaves."""
        line = self.typed.replace("\\\n", " ")
        cut = _HEAD.match(line)
        return shlex.split(cut["command"] if cut else line), int(cut["lines"]) if cut else None


def files(readme: str) -> dict[str, str]:
    """The files that a README shows whole, by name."""
    return {found["name"]: found["text"] for found in _FILE.finditer(_text(readme))}


def commands(readme: str) -> list[Shown]:
    """Everything that a README shows as typed into a terminal."""
    return [one for block in _CONSOLE.finditer(_text(readme)) for one in _commands(readme, block["body"])]


def _text(readme: str) -> str:
    return (ROOT / readme).read_text(encoding="utf-8")


def _commands(readme: str, body: str) -> Iterator[Shown]:
    typed, printed = "", list[str]()
    for line in body.splitlines():
        if typed.endswith("\\"):
            typed += "\n" + line
        elif line.startswith("$ "):
            if typed:
                yield Shown(readme, typed, _trimmed(printed))
            typed, printed = line[2:], []
        else:
            printed.append(line)
    yield Shown(readme, typed, _trimmed(printed))


def _trimmed(lines: list[str]) -> tuple[str, ...]:
    lines = [line.rstrip() for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    return tuple(lines)


def write_files(readme: str, folder: Path, before: int | None = None) -> None:
    """Write the files of a README into a folder; or only those that stand before a place in it."""
    for found in _FILE.finditer(_text(readme)):
        if before is None or found.start() < before:
            path = folder / found["name"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(found["text"], encoding="utf-8")


def write_pages(readme: str, folder: Path) -> None:
    """Write the files that the pages in the language of this one show: one may go on with a file of another."""
    for page in PAGES:
        if page.endswith(CHINESE) == readme.endswith(CHINESE):
            write_files(page, folder)


def play(readme: str, folder: Path) -> Iterator[tuple[Shown, tuple[str, ...] | None]]:
    """Follow a README from top to bottom, as its reader does: each command with what it prints."""
    for block in _CONSOLE.finditer(_text(readme)):
        write_files(readme, folder, block.start())
        for shown in _commands(readme, block["body"]):
            yield shown, run(shown, folder)


def run(shown: Shown, folder: Path) -> tuple[str, ...] | None:
    """What a command prints, without the spaces at line ends; None for one that is not run here."""
    words, limit = shown.words()
    if words[0] in NOT_RUN:
        return None
    if words[:3] == ["python", "-m", "clingo"]:
        done = subprocess.run(
            [sys.executable, *words[1:]], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
        )
        output = done.stdout + done.stderr
    elif words[0] == "pyliab":
        env = {
            "COLUMNS": "80",
            "NO_COLOR": "1",
            "LC_ALL": "zh_CN.UTF-8" if shown.readme.endswith(CHINESE) else "en_US.UTF-8",
            "PYLIAB_CACHE": os.environ.get("PYLIAB_CACHE", str(folder / ".cache")),
        }
        with chdir(folder), patch.dict(os.environ, env):
            result = CliRunner().invoke(main, words[1:], prog_name="pyliab")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        output = result.output
    else:
        raise AssertionError(f"{shown.readme} shows a command that this test does not know: {shown.typed}")
    return _trimmed(output.splitlines()[:limit])


def accept(readme: str) -> None:
    """Write into a README what its commands print now."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if readme not in TUTORIALS:
            write_pages(readme, folder)

        def block(found: re.Match[str]) -> str:
            if readme in TUTORIALS:
                write_files(readme, folder, found.start())
            lines = ["```console"]
            for shown in _commands(readme, found["body"]):
                printed = run(shown, folder)
                lines += [f"$ {shown.typed}", *(shown.printed if printed is None else printed)]
            return "\n".join([*lines, "```"])

        text = _CONSOLE.sub(block, _text(readme))
    (ROOT / readme).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    made = {readme: tmp_path_factory.mktemp("readme") for readme in PAGES}
    for readme, folder in made.items():
        write_pages(readme, folder)
    return made


SHOWN = [one for name in PAGES for one in commands(name)]
SAMPLE = {"cases", "derive", "explain", "show", "tell", "search"}
"""Commands whose output is held against the READMEs in every run."""


@pytest.mark.parametrize(
    "shown",
    sweep(SHOWN, *(one for one in SHOWN if one.words()[0][1] in SAMPLE)),
    ids=lambda one: f"{one.readme}: {one.typed}",
)
def test_a_command_prints_what_the_readme_says(shown: Shown, folders: dict[str, Path]) -> None:
    printed = run(shown, folders[shown.readme])
    if printed is None:
        assert not shown.printed, "what is not run has no output to be held against"
    else:
        assert "\n".join(printed) == "\n".join(shown.printed)


@pytest.mark.parametrize("english", [page for page in PAGES if not page.endswith(CHINESE)])
def test_a_page_shows_the_same_commands_and_files_in_both_languages(english: str) -> None:
    chinese = english.replace(".md", CHINESE)
    asked = [[one.words()[0][:2] for one in commands(page)] for page in (english, chinese)]
    assert asked[0] == asked[1]
    assert list(files(english)) == list(files(chinese))
    assert [
        one.typed for page in (english, chinese) for one in commands(page) if "--help" in "".join(one.printed[1:3])
    ] == []


def test_a_case_told_in_both_languages_is_one_case(tmp_path: Path) -> None:
    told = []
    for page in ("docs/your-case.md", "docs/your-case.zh-CN.md"):
        write_files(page, tmp_path)
        told.append([(fact.word, fact.args, fact.status) for fact in load().case(str(tmp_path / "my_case.yaml")).facts])
    assert told[0] == told[1]


def test_the_readme_is_a_door_and_the_pages_behind_it_show_every_question() -> None:
    assert all(len(_text(page).splitlines()) <= 150 for page in PAGES if page.startswith("README"))
    used = {one.words()[0][1] for page in PAGES for one in commands(page) if one.words()[0][0] == "pyliab"}
    assert used >= {"cases", "derive", "explain", "compare", "show", "check", "tell", "search", "settle", "space"}
    for page in PAGES:
        linked = re.findall(r"\]\((?!http)([^)#]+)\)", _text(page))
        assert [link for link in linked if not (ROOT / page).parent.joinpath(link).exists()] == [], page


@pytest.mark.parametrize("lang,name", [("en", "ride_injury.svg"), ("zh", "ride_injury.zh-CN.svg")])
def test_the_picture_is_what_the_product_draws(lang: str, name: str, tmp_path: Path) -> None:
    drawn = tmp_path / "ride.svg"
    done = CliRunner().invoke(main, ["derive", "ride_injury", "--picture", str(drawn), "--lang", lang])
    assert done.exit_code == 0
    assert drawn.read_text(encoding="utf-8") == (ROOT / "docs" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("readme", ["rules/README.md", "kb/README.md"])
def test_what_is_quoted_from_the_base_stands_in_it(readme: str) -> None:
    base = "\n".join(
        p.read_text(encoding="utf-8")
        for kind in ("rules/**/*.lp", "kb/*/*.yaml", "examples/**/*.yaml")
        for p in ROOT.glob(kind)
    )
    quoted = _QUOTED.findall(_FILE.sub("", _text(readme)))
    assert quoted
    assert [text for text in quoted if text not in base] == []


def test_the_worked_example_of_a_new_provision_passes_check(tmp_path: Path) -> None:
    texts = {found["text"] for found in _FILE.finditer(_text("rules/README.md")) if found["name"].endswith(".lp")}
    assert len(texts) == 1, "the same rules in both languages"
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "example.lp").write_text(texts.pop(), encoding="utf-8")
    result = CliRunner().invoke(main, ["check", str(tmp_path)])
    assert (result.exit_code, result.output[:6]) == (0, "sound:")


if __name__ == "__main__":
    if sys.argv[1:] != ["--accept"]:
        sys.exit("usage: python tests/test_readme.py --accept")
    for name in (*PAGES, *TUTORIALS):
        accept(name)
    for lang, name in (("en", "ride_injury.svg"), ("zh", "ride_injury.zh-CN.svg")):
        main(["derive", "ride_injury", "--picture", str(ROOT / "docs" / name), "--lang", lang], standalone_mode=False)
