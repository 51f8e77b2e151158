"""Time against floors measured in the same run, as ratios: `make bench`.

1. One `derive`, whole process, against the floor: starting Python, importing clingo, grounding and solving the same
   program written out as text.
2. All shipped cases under all shipped readings, ground once, against one grounding for each pair.
3. The space of readings of every shipped case against listing its readings one by one, which is cut short.
4. The space of some cases with every issue doubled by an idle copy, against the space without: is it flat?
5. The proofs of all liabilities of a case that many open issues decide, against xclingo explaining the same rules; only
   with `--xclingo PYTHON` (or XCLINGO_PYTHON), the Python of an environment into which xclingo is installed.

6. Every question over growing cases, in `bench/curves.py`: does anything double? (About an hour; `--no-curves` leaves it out.)

Every figure but the curves is a median of runs that alternate, so that a noisy machine disturbs both sides alike.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
import curves
from explain_peer import ask_peer, explain_all, owed, traced, wide_open

from pyliab.asp import symbols as atoms
from pyliab.asp.days import case_program
from pyliab.asp.load import load
from pyliab.kb import base as knowledge
from pyliab.kb.reading import Choice, choose
from pyliab.law.world import World
from pyliab.space.space import Explorer, answer

CASE, READING, RUNS = "ride_injury", "several_all", 15
LISTED, SECONDS = 100_000, 0.3
"""Listing the readings of a case is cut short after so many, or after so long."""
OPEN_CASE = "unlicensed_food"
"""A case that eight issues decide."""
WIDE = ("ride_both", "unlicensed_food", "night_hike", "disputed_audit")
"""Cases in which many issues matter, and one in which a fact is disputed."""

FLOOR = """
import clingo, sys
ctl = clingo.Control(["0"])
ctl.load(sys.argv[1])
ctl.ground([("base", [])])
for mode in ("brave", "cautious"):
    ctl.configuration.solve.enum_mode = mode
    with ctl.solve(yield_=True) as handle:
        for model in handle:
            model.symbols(shown=True)
"""


def pair(a: Callable[[], object], b: Callable[[], object], runs: int) -> tuple[float, float]:
    """Median seconds of two callables, run in turns."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for side, call in enumerate((a, b)):
            start = time.perf_counter()
            call()
            times[side].append(time.perf_counter() - start)
    return statistics.median(times[0]), statistics.median(times[1])


def process(*command: str) -> Callable[[], object]:
    """A command as a process of its own, with compiled modules kept as in any ordinary installation."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return lambda: subprocess.run(command, check=True, capture_output=True, env=environment)


def written_out(base: knowledge.KnowledgeBase, folder: Path) -> Path:
    """The program that `derive` grounds, in one file."""
    chosen = [("chosen", pair) for pair in choose(base, base.reading(READING)).positions.items()]
    facts = atoms.plain([*base.law_facts(), *chosen]) + case_program(base, base.case(CASE))
    path = folder / "program.lp"
    rules = "\n".join(file.read_text(encoding="utf-8") for file in base.rule_files)
    path.write_text(rules + "\n" + atoms.as_text(facts), encoding="utf-8")
    return path


def ground_once(base: knowledge.KnowledgeBase) -> None:
    inquiry = World(base, base.cases.values())
    for reading in base.readings.values():
        inquiry.outcomes(choose(base, reading).positions)


def ground_each(base: knowledge.KnowledgeBase) -> None:
    for reading in base.readings.values():
        for case in base.cases.values():
            World(base, [case]).outcomes(choose(base, reading).positions)


def spaces(base: knowledge.KnowledgeBase) -> int:
    """The spaces of all cases; the number of all their readings."""
    explorer = Explorer(base)
    return sum(answer(explorer.explore(case)).readings for case in base.cases.values())


def list_readings(base: knowledge.KnowledgeBase) -> tuple[int, int]:
    """How many readings clingo lists before it is stopped, and for how many cases it comes to an end."""
    listed = finished = 0
    for case in base.cases.values():
        control = World(base, [case]).program.control
        control.configuration.solve.models = 0  # type: ignore[union-attr]
        start, models = time.perf_counter(), 0
        with control.solve(yield_=True) as handle:
            for _ in handle:
                models += 1
                if models == LISTED or time.perf_counter() - start > SECONDS:
                    break
            else:
                finished += 1
        listed += models
    return listed, finished


def _answers(base: knowledge.KnowledgeBase) -> list[tuple[str, tuple[str, str]]]:
    return [(name, (str(args[0]), str(args[1]))) for name, args in base.law_facts() if name == "answer"]


def wide_spaces(base: knowledge.KnowledgeBase, copies: list[tuple[str, tuple[str, str]]]) -> None:
    explorer = Explorer(base, more=copies)
    for name in WIDE:
        answer(explorer.explore(base.case(name)))


Report = Callable[[str, str, float, float, float], None]
"""What is compared, the aim, seconds, the seconds it is compared with, the ratio."""


def xclingo_python() -> str | None:
    """The Python that has xclingo, as named on the command line or in the environment."""
    named = dict(zip(sys.argv, sys.argv[1:], strict=False)).get("--xclingo")
    return named or os.environ.get("XCLINGO_PYTHON")


def against_xclingo(base: knowledge.KnowledgeBase, report: Report) -> None:
    python = xclingo_python()
    if python is None:
        print("proofs against xclingo: left out; pip install xclingo elsewhere and name that Python with --xclingo")
        return
    choice = wide_open(base, OPEN_CASE)
    wanted = owed(base, OPEN_CASE, choice)
    before, _ = pair(lambda: explain_all(base, OPEN_CASE, choice), lambda: None, 3)
    with tempfile.TemporaryDirectory() as folder:
        peer = ask_peer(python, traced(base, OPEN_CASE, choice), wanted, Path(folder))
    after, _ = pair(lambda: explain_all(base, OPEN_CASE, choice), lambda: None, 3)
    if isinstance(peer, str):
        print(f"proofs against xclingo: left out; {python} says: {peer}")
        return
    ours = (before + after) / 2
    what = f"proofs of {len(wanted)} liabilities, {len(choice.open_issues)} issues open"
    report(f"{what} / xclingo: times cheaper", ">= 10", ours, peer.each, peer.each / ours)
    cut = ", when it was cut short" if peer.cut else ""
    print(f"  {'':4}xclingo explains answer set by answer set: {peer.models:,} of {ways(base, choice):,}{cut}")
    report("  the same / xclingo shown one answer set for each", "", ours, peer.helped, peer.helped / ours)


def ways(base: knowledge.KnowledgeBase, choice: Choice) -> int:
    """How many answer sets the open issues of a reading leave, for a case without disputed facts."""
    program = World(base, [base.case(OPEN_CASE)]).program
    program.control.configuration.solve.models = 0  # type: ignore[union-attr]
    with program.control.solve(assumptions=program.assume(choice.positions), yield_=True) as handle:
        return sum(1 for _ in handle)


def main() -> None:
    base = load()
    figures: dict[str, dict[str, float]] = {}

    def report(name: str, aim: str, ours: float, other: float, ratio: float) -> None:
        figures[name] = {"seconds": ours, "against": other, "ratio": ratio}
        print(f"{name:58} {ours:8.3f} s  {other:8.3f} s  ratio {ratio:6.2f}   aim {aim}")

    print(f"{'':58} {'pyliab':>10}  {'against':>10}")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PYLIAB_CACHE"] = folder
        program = written_out(base, Path(folder))
        derive = process(sys.executable, "-m", "pyliab", "derive", CASE, "-r", READING, "--json")
        derive()
        ours, floor = pair(derive, process(sys.executable, "-c", FLOOR, str(program)), RUNS)
        report("one derive, whole process / Python + clingo on its program", "<= 2", ours, floor, ours / floor)
        start = process(sys.executable, "-c", "import clingo")
        ours, floor = pair(derive, start, RUNS)
        report("one derive, whole process / Python importing clingo", "", ours, floor, ours / floor)
    once, each = pair(lambda: ground_once(base), lambda: ground_each(base), 2)
    name = f"{len(base.cases)} cases x {len(base.readings)} readings, ground once: times cheaper"
    report(name, ">= 20", once, each, each / once)
    start = time.perf_counter()
    readings = spaces(base)
    ours = time.perf_counter() - start
    start = time.perf_counter()
    listed, finished = list_readings(base)
    cut = time.perf_counter() - start
    report("space of all cases / listing their readings, cut short", "", ours, cut, ours / cut)
    print(f"  {'':4}listed {listed:,} of {readings:,} readings; came to an end: {finished} of {len(base.cases)} cases")
    copies = [(name, (f"idle_{issue}", p)) for name, (issue, p) in _answers(base)]
    doubled, plain = pair(lambda: wide_spaces(base, copies), lambda: wide_spaces(base, []), 5)
    report("space with every issue doubled by an idle copy / without", "<= 1.5", doubled, plain, doubled / plain)
    against_xclingo(base, report)
    if "--no-curves" not in sys.argv:
        curves.main(base)
    if "--json" in sys.argv:
        print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
