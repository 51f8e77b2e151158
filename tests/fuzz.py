"""Inputs that nobody would write, put to every command in this process: `make fuzz`, MINUTES=10 and SEED=1 by option.

What is found is made as small as it gets and kept in `tests/fuzz/`; `make test` asks it again (test_fuzz.py).
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

from click.testing import CliRunner

from pyliab.asp import load as loading
from pyliab.cli.main import main

ROOT = Path(__file__).parent.parent
FOUND = ROOT / "tests" / "fuzz"
HANGS = 10.0
CASES, READINGS = sorted((ROOT / "kb/cases").glob("*.yaml")), sorted((ROOT / "kb/readings").glob("*.yaml"))
TOLD = re.findall(
    r"(?s)\*\*`(mine/[^`]+)`\*\*\n\n```\w+\n(.*?)```", (ROOT / "docs/add-law.md").read_text(encoding="utf-8")
)
"""The folder of one's own that the documentation tells of."""
NASTY = [
    *(
        "",
        " ",
        "-",
        ":",
        "{}",
        "[]",
        "null",
        "no",
        "0",
        "-1",
        "1e9",
        "9" * 12,
        "2021-02-30",
        "2021",
        "100000000",
        "0/0",
    ),
    *(
        "'",
        '"',
        "{",
        "}",
        "#",
        "%",
        "%*",
        "*%",
        "&a",
        "*a",
        "!!python/object:os.system",
        "? a",
        "| ",
        "\t",
        "，",
        "：",
        "（",
    ),
    *(
        "\x00",
        "\x1b[31m",
        "\r",
        "\u202e",
        "\ufeff",
        "\ud800",
        "\U0001f600",
        "甲" * 300,
        "a" * 3000,
        "any",
        "undated",
        "not",
    ),
    *(
        "X",
        "_",
        "_a",
        "x(x(x))",
        "#script (python) a #end.",
        "#show.",
        "{ a }.",
        "a :- not a.",
        ":- a.",
        "disputed",
        "10万",
        "30％",
    ),
]
BAD = {
    ".yaml": ["  - no_such_word: {party: nobody_such}", "!no", "  - {", "\t- x: y", "  - harm: &a {harm: x}"],
    ".lp": ["p(X :- q.", "p（X）.", "#include <a>.", "liable(a, b, c, d, e).", "x(C) :- no_such_word(C).", 'p("a'],
}
"""Lines for which every file of a kind is refused."""
TO_CASES = {
    "tell {}": 60,
    "tell {} --lang zh": 10,
    "derive {} -r several_all --lang zh": 20,
    "derive {} --json": 2,
    "check {}": 2,
    "settle {} -r paper_body --json": 8,
    "explain {} -r text_minimal": 2,
    "why-not {} several -r paper_body -n 2": 1,
    "space {}": 2,
    "compare {} -r paper_body -r draft4 --json": 3,
    "flip {} -r paper_body": 1,
    "sweep {} -r paper_body": 1,
    "report {} -r paper_body -o out.html": 1,
    "report {} -r paper_body -o out.md": 1,
}


@dataclass(frozen=True)
class Input:
    """Files by name, a command line, and where it is known, in which line of the first file the fault must be told."""

    files: dict[str, str]
    args: list[str]
    bad: int = 0


@cache
def base() -> object:
    """The shipped base, loaded once."""
    return LOAD()


LOAD = loading.load


def shared(folders: tuple[Path, ...] = (), **options: object) -> object:
    """Every command here shares the base, where it names no folder."""
    return LOAD(folders, **options) if folders or any(options.values()) else base()  # type: ignore[arg-type]


# --- what is put ------------------------------------------------------------------------------------------------------


def draw(dice: random.Random) -> Input:
    """An input."""
    kind = dice.choices(["case", "reading", "folder", "line"], [10, 2, 1, 4])[0]
    if kind == "line":
        return Input({}, line(dice))
    if kind == "folder":
        files, name = dict(TOLD), dice.choice(TOLD)[0]
        files[name], bad = mutated(dice, files[name], Path(name).suffix)
        args = dice.choice(["issues --kb mine", "derive ride_injury -r my_view --kb mine"]).split()
        return Input({name: files.pop(name), **files}, args, bad)
    elif kind == "reading":
        source, name = dice.choice(READINGS), "mine.yaml"
        args = dice.choice([["show", "ride_injury"], ["check", name], ["derive", "ride_injury", "-r", name]])
    else:
        source, name = dice.choice(CASES), "mine.yaml"
        args = dice.choices(list(TO_CASES), list(TO_CASES.values()))[0].format(name).split()
    text, bad = mutated(dice, source.read_text(encoding="utf-8"), source.suffix)
    return Input({name: text}, args, bad if name in args else 0)


def mutated(dice: random.Random, text: str, ending: str) -> tuple[str, int]:
    """A text with a few changes; or with one line for which it must be refused, and which."""
    rows = text.splitlines()
    if dice.random() < 0.15:
        place = dice.randint(len(rows) // 2, len(rows))
        return "\n".join([*rows[:place], dice.choice(BAD[ending]), *rows[place:]]), place + 1
    for _ in range(dice.choice([1, 1, 1, 2, 3, 6])):
        change(dice, rows)
    return "\n".join(rows) + "\n", 0


def change(dice: random.Random, rows: list[str]) -> None:
    """One change: a line left out, said twice, moved or cut; or a word in it put otherwise."""
    at, other = dice.randrange(len(rows) or 1), dice.randrange(len(rows) or 1)
    how = dice.randrange(9)
    if not rows or how == 0:
        rows.insert(at, dice.choice(NASTY))
    elif how == 1:
        del rows[at]
    elif how == 2:
        rows.insert(other, rows[at])
    elif how == 3:
        rows[at], rows[other] = rows[other], rows[at]
    elif how == 4:
        rows[at] = dice.choice(["", " ", "  "]) + rows[at][dice.randrange(3) :]
    else:
        words = list(re.finditer(r"\w+|[^\w\s]", rows[at])) or [re.match("", "")]
        word, new = dice.choice(words), dice.choice([*NASTY, *re.findall(r"\w+", rows[other]), *vocabulary()])
        rows[at] = rows[at][: word.start()] + new + rows[at][word.end() :]  # type: ignore[union-attr]


@cache
def vocabulary() -> list[str]:
    """Words that mean something somewhere."""
    known = loading.load()
    return [*known.vocabulary, *known.issues, *known.readings, "proved", "disproved", "status", "position"]


def line(dice: random.Random) -> list[str]:
    """A command line with wrong words in wrong places."""
    name = dice.choice(list(main.commands))
    options = [option for p in main.commands[name].params for option in p.opts]
    words = [
        "ride_injury",
        "paper_body",
        "ecl38_1_extent",
        "several",
        "50%",
        "driver=100",
        "-r",
        "--lang",
        "zh",
        "--json",
    ]
    drawn = [dice.choice([*options, *words, *NASTY, *vocabulary()[:5]]) for _ in range(dice.randint(0, 5))]
    quick = [word for word in drawn if word not in ("--all", "--interactive", "-i", "-o", "--output")]
    return (
        [name, *quick]
        if name not in ("new", "fit", "reconcile", "stress", "coverage", "check") or quick
        else ["--help"]
    )


# --- what comes of it -------------------------------------------------------------------------------------------------


def faults(put: Input) -> list[str]:
    """What is wrong with what a command did; nothing, as it should be."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            for name, text in put.files.items():
                Path(name).parent.mkdir(parents=True, exist_ok=True)
                Path(name).write_bytes(text.encode("utf-8", "surrogatepass"))
            start = time.process_time()
            result = CliRunner().invoke(main, put.args, input="")
            took = time.process_time() - start
            return list(_wrong(put, result, took))
        finally:
            os.chdir(before)


def _wrong(put: Input, result: object, took: float) -> Iterator[str]:
    error, code, said = result.exception, result.exit_code, result.output  # type: ignore[attr-defined]
    if error is not None and not isinstance(error, SystemExit):
        last = error.__traceback__
        while last and last.tb_next:
            last = last.tb_next
        where = f"{Path(last.tb_frame.f_code.co_filename).name}:{last.tb_lineno}" if last else ""
        yield f"crash {type(error).__name__} {where}"
    elif code not in (0, 1, 2):
        yield f"exit {code}"
    if took > HANGS:
        yield f"hang {put.args[0]}"
    if re.search("[\x00-\x08\x0b-\x1f\x7f\u202e]", said):
        yield "control character"
    if code == 2 and not said.strip():
        yield "silent"
    yield from _misplaced(put, code, said)


def _misplaced(put: Input, code: int, said: str) -> Iterator[str]:
    """A place that is not in the file, or is not near the line that is known to be wrong."""
    for name, text in put.files.items():
        rows = re.split("\r\n|[\n\r\x85\u2028\u2029]", text)
        for row, column in re.findall(rf"{re.escape(name)}:(\d+)(?::(\d+))?: ", said):
            if int(row) > len(rows) + 1 or int(column or 0) > max(map(len, rows)) + 2:
                yield f"wrong place {row}:{column}"
    if put.bad and code == 0:
        yield "nonsense taken"
    near = range(put.bad - 2, put.bad + 5)
    if put.bad and code == 2 and not any(f"{next(iter(put.files))}:{row}" in said for row in near):
        yield f"another place than line {put.bad}"


def smallest(put: Input, fault: str) -> Input:
    """The input with as many lines left out as can be, the fault staying."""
    for name, text in list(put.files.items())[:1]:
        rows, at = text.split("\n"), 0
        end = time.monotonic() + 60
        while not put.bad and at < len(rows) and time.monotonic() < end:
            less = replace(put, files={**put.files, name: "\n".join(rows[:at] + rows[at + 1 :])})
            if fault in faults(less):
                put, rows = less, rows[:at] + rows[at + 1 :]
            else:
                at += 1
    return put


def run(seed: int, minutes: float, most: int = sys.maxsize) -> tuple[int, dict[str, Input]]:
    """So many inputs were tried, and one for each fault."""
    dice, found, tried = random.Random(seed), dict[str, Input](), 0
    end = time.monotonic() + 60 * minutes
    while time.monotonic() < end and tried < most:
        put, tried = draw(dice), tried + 1
        if tried % 1000 == 0:
            print(f"{tried} inputs", flush=True)
        for fault in faults(put):
            if fault not in found:
                found[fault] = smallest(put, fault)
                print(f"{tried}: {fault}: {' '.join(put.args)!r}", flush=True)
                name = re.sub(r"\W+", "_", fault).strip("_").lower()
                (FOUND / f"{name}.json").write_text(json.dumps(asdict(found[fault]), indent=1) + "\n", encoding="utf-8")
    return tried, found


if __name__ == "__main__":
    os.environ["PYLIAB_CACHE"] = tempfile.mkdtemp(prefix="pyliab-fuzz-")
    loading.load = shared  # type: ignore[assignment]
    count, kinds = run(int(os.environ.get("SEED", "1")), float(os.environ.get("MINUTES", "10")))
    shutil.rmtree(os.environ["PYLIAB_CACHE"], ignore_errors=True)
    print(f"{count} inputs, {len(kinds)} kinds of fault")
    sys.exit(1 if kinds else 0)
