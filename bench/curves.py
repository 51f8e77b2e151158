"""Does anything double? The seconds of every question, whole process, over growing cases: part of `make bench`.

A row is one question; its columns are the points of a curve: facts in dispute, harms, parties, open issues that matter. The
last column is the steepest power to which the seconds grow between two points, above what the smallest question costs: 1 is
linear. Seconds are those of the processor, which others on the machine do not disturb. Every point is given LIMIT of them;
what needs more is cut and shown as such, and the points after it are left out.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import log
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from many import many, many_harms, many_victims

from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import choose
from pyliab.space.space import Explorer, answer

LIMIT = 20.0
READING, WIDE_CASE = "paper_body", "bad_oysters"
"""A case that more issues decide than any other."""
SHARE = "share: {platform: platform, part: 30%}"
QUESTIONS = {
    "derive": "derive CASE -r READING",
    "derive, no reading": "derive CASE",
    "explain": "explain CASE -r READING",
    "settle": "settle CASE -r READING",
    "space": "space CASE",
    "space --by money": "space CASE --by money",
    "compare": "compare CASE -r READING -r several_all",
    "flip": "flip CASE -r READING",
    "flip --facts": "flip CASE -r READING --facts",
    "why-not": "why-not CASE LIABILITY -r READING",
    "ask": "ask CASE -r READING",
    "report .md": "report CASE -r READING -o FOLDER/report.md",
    "report .html": "report CASE -r READING -o FOLDER/report.html",
}
"""What is asked, as it is typed; a report as a page holds the explorer."""
Point = tuple[int, dict[str, str]]
"""How many, and the words to put into the questions."""


def points(base: KnowledgeBase, folder: Path) -> dict[str, list[Point]]:
    """The cases of each curve."""
    made = {
        "facts in dispute": [(n, many(base, folder, n, n, SHARE)) for n in (2, 4, 8, 16, 20)],
        "harms": [(n, many_harms(base, folder, n)) for n in (1, 10, 50, 200)],
        "sellers, each with a harm": [(n, many(base, folder, n, 0, SHARE)) for n in (2, 10, 50, 200)],
        "victims": [(n, many_victims(base, folder, n)) for n in (2, 10, 50, 200)],
    }
    curves = {name: [_point(n, case) for n, case in cases] for name, cases in made.items()}
    return {**curves, "open issues that matter": list(_open(base, folder))}


def _open(base: KnowledgeBase, folder: Path) -> Iterator[Point]:
    """One case under a reading that leaves so many of the issues open that decide it."""
    taken = choose(base, base.reading(READING)).positions
    relevant = list(answer(Explorer(base).explore(base.case(WIDE_CASE))).decides)
    for n in sorted({2, 4, 8, min(16, len(relevant))}):
        path = folder / f"open_{n}.yaml"
        rows = "".join(f"  {issue}: {{position: {it}}}\n" for issue, it in taken.items() if issue not in relevant[:n])
        path.write_text(f"reading: open_{n}\ntitle: Open\nholder: nobody\nabout: left open\npositions:\n{rows}", "utf-8")
        yield _point(n, base.case(WIDE_CASE), f"{path} --background open")


def _point(n: int, case: CaseFile, reading: str = READING) -> Point:
    """Why-not is asked of a form that the reading does not give, owed to whom the last harm befell."""
    harmed = next(fact for fact in reversed(case.facts) if fact.word == "harm").args[1]
    return n, {"CASE": case.file, "LIABILITY": f"platform:supp_capped:{harmed}", "READING": reading}


def seconds(command: str) -> float | None:
    """What a command costs; nothing, where it is cut."""
    asked = [sys.executable, "-m", "pyliab", *command.split(), "--lang", "en"]
    limit = resource.RLIMIT_CPU, (round(LIMIT), round(LIMIT) + 1)
    with tempfile.TemporaryFile() as said:
        started = subprocess.Popen(asked, stdout=said, stderr=said, preexec_fn=lambda: resource.setrlimit(*limit))
        _, status, used = os.wait4(started.pid, 0)
        started.returncode = os.waitstatus_to_exitcode(status)
        if started.returncode < 0:
            return None
        if started.returncode > 1:
            said.seek(0)
            raise SystemExit(f"{command}: {said.read().decode()}")
    return used.ru_utime + used.ru_stime


def curve(question: str, along: Iterable[Point], folder: Path) -> list[tuple[int, float | None]]:
    """By number the seconds of one question; after a point that is cut, none."""
    measured: list[tuple[int, float | None]] = []
    for n, words in along:
        command = QUESTIONS[question]
        for word, meant in {**words, "FOLDER": str(folder)}.items():
            command = command.replace(word, meant)
        measured.append((n, seconds(command)))
        if measured[-1][1] is None:
            break
    return measured


def power(measured: Iterable[tuple[int, float | None]], floor: float) -> float:
    """The steepest power of two neighbouring points, above what the first costs; a cut point counts as its limit."""
    steep = [0.0]
    for (n, one), (m, other) in pairwise((n, LIMIT if took is None else took) for n, took in measured):
        steep.append(log(max(other - floor, 0.5) / max(one - floor, 0.5)) / log(m / n))
    return max(steep)


def main(base: KnowledgeBase, only: Iterable[str] = ()) -> None:
    """Print the curves; of some questions `only`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        floor = seconds("derive ride_injury -r paper_body") or LIMIT
        for what, along in points(base, folder).items():
            print(f"\n{what:28}" + "".join(f"{n:>9}" for n, *_ in along) + "   steepest power")
            for question in only or QUESTIONS:
                measured = curve(question, along, folder)
                took = [f">{LIMIT:.0f} s" if one is None else f"{one:.1f} s" for _, one in measured]
                cells = "".join(f"{cell:>9}" for cell in took).ljust(9 * len(along))
                print(f"{question:28}{cells}   {power(measured, floor):.1f}", flush=True)


if __name__ == "__main__":
    from pyliab.asp.load import load

    main(load(), sys.argv[1:])
