"""Help is in the user's language, and the Chinese one is whole, up to date and laid out for wide characters."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner
from conftest import ROOT
from rich.cells import cell_len

from pyliab.cli.help_page import chinese, examples, text_of
from pyliab.cli.main import PURPOSES, main

CHINESE = {"LC_ALL": "zh_CN.UTF-8"}
NAMES = list(main.commands)
PAGES = [[], *([name] for name in NAMES)]


def shown(*arguments: str, **environment: str) -> str:
    result = CliRunner().invoke(main, [*arguments], env=environment, prog_name="pyliab")
    assert result.exit_code == 0, result.output
    return result.output


def chinese_in(text: str) -> int:
    return len(re.findall("[\u4e00-\u9fff]", text))


def context(command: click.Command) -> click.Context:
    whole = click.Context(main, info_name="pyliab", terminal_width=80, **main.context_settings)
    return whole if command is main else click.Context(command, parent=whole, info_name=command.name)


def options(command: click.Command) -> Iterator[click.Option]:
    return (one for one in command.get_params(context(command)) if isinstance(one, click.Option) and not one.hidden)


@pytest.mark.parametrize("name", NAMES)
def test_every_command_and_option_has_a_chinese_text(name: str) -> None:
    for paragraph in text_of(main.commands[name]):
        assert chinese_in(paragraph) > 5, paragraph
    for option in options(main.commands[name]):
        assert chinese_in(chinese(option.help or "")) > 2, option.opts
        metavar = option.make_metavar(context(main.commands[name]))
        takes_words = not option.is_flag and not isinstance(option.type, click.Choice)
        words = re.findall("[A-Z]+(?: [A-Z]+)*", metavar) if takes_words else []
        assert all(chinese_in(chinese(word)) for word in words), f"{option.opts}: what the value {metavar} is called"


@pytest.mark.parametrize("command", PAGES, ids=" ".join)
def test_no_line_is_wider_than_the_terminal_and_columns_align(command: list[str]) -> None:
    page = shown(*command, "--help", **CHINESE)
    assert max(cell_len(line) for line in page.splitlines()) <= 80
    assert not re.search(r"\b(Usage|Options|Commands|Show|default|required|TEXT|PATH|FILE|INTEGER)\b", page)
    for part in re.split("选项：|看争论：", page)[1:]:
        columns = {cell_len(row) for row in re.findall(r"^(  [-a-z].*?  +)(?=\S)", part, re.M)}
        assert len(columns) == 1
    assert not re.search(r"^\s*[，。；：、）》」』”’！？]", page, re.M)


@pytest.mark.parametrize("command", PAGES, ids=" ".join)
def test_english_help_is_as_click_makes_it(command: list[str]) -> None:
    asked = context(main.commands[command[0]] if command else main)
    page = shown(*command, "--help")
    assert page == asked.command.get_help(asked) + "\n"
    assert page.startswith("Usage: ") and chinese_in(page) < 10


@pytest.mark.parametrize("command", PAGES, ids=" ".join)
def test_both_languages_show_the_same_examples(command: list[str]) -> None:
    english, chinese = shown(*command, "--help"), shown(*command, "--help", **CHINESE)
    told = re.findall(r"^    (pyliab .*)$", english, re.M)
    assert re.findall(r"^    (pyliab .*)$", re.sub(r" \\\n +", " ", chinese), re.M) == told
    assert examples(main.commands[command[0]] if command else main) == told


def test_the_list_of_commands_has_a_chinese_sentence_for_each() -> None:
    listed = shown("--help", **CHINESE).partition("看争论：")[2]
    for name in NAMES:
        assert re.search(rf"^  {name} +\S*[\u4e00-\u9fff]", listed, re.M), name


def test_help_lists_every_command_by_what_it_is_for() -> None:
    purposed = [name for names in PURPOSES.values() for name in names]
    assert sorted(purposed) == sorted(NAMES)
    english = shown("--help")
    assert [purpose for purpose in PURPOSES if purpose not in english] == []
    assert "Others:" not in english


@pytest.mark.parametrize("asked", [("--lang", "zh"), ("--lang=zh",)])
def test_the_language_may_stand_before_the_command(asked: tuple[str, ...]) -> None:
    assert shown(*asked, "readings") == shown("readings", *asked)


@pytest.mark.parametrize("asked", [("--lang", "zh", "--help"), ("--help", "--lang", "zh"), ("-h", "--lang=zh")])
def test_the_language_is_heeded_on_either_side_of_help(asked: tuple[str, ...]) -> None:
    assert shown("derive", *asked) == shown("derive", "--help", **CHINESE)
    english = [word.replace("zh", "en") for word in asked]
    assert shown("derive", *english, **CHINESE) == shown("derive", "--help")


def test_nothing_of_it_is_read_by_a_command() -> None:
    script = (
        "import sys, pyliab.cli; sys.exit(any('help_' in name for name in sys.modules if name.startswith('pyliab')))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_every_example_is_a_command_that_there_is() -> None:
    text = (ROOT / "kb/examples.txt").read_text(encoding="utf-8")
    assert set(re.findall(r"^(\w[\w-]*):$", text, re.M)) <= {"pyliab", *main.commands}
    lines = re.findall(r"^  (.*)$", text, re.M)
    assert len(lines) > 60
    for line in lines:
        program, *words = shlex.split(line.partition(" >")[0])
        assert program == "pyliab", line
        command = main.commands[words[0]]
        _, _, order = command.make_parser(context(command)).parse_args(words[1:])  # unknown options raise
        assert order is not None


def test_another_body_of_law_shows_no_examples_of_the_shipped_one() -> None:
    for lang in ("zh", "en"):
        page = shown("show", "--base", str(ROOT / "examples/eu"), "--lang", lang, "--help")
        assert "pyliab show" in page and "paper_body" not in page and "ECL" not in page and "电子商务" not in page
