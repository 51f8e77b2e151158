"""What was proved once need not be proved again while nothing that it depends on has changed.

`proved.json` holds, for each test file named here, the sum over all that its result depends on, as of the last time it was
green. While the sum is the same, such a file is exhaustive (tiers.py): `make test` leaves it out, `make all-tests` runs it, and
this file, run after it, writes the sums.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import clingo

ROOT = Path(__file__).resolve().parent.parent
SUMS = Path(__file__).with_name("proved.json")
_SCENARIOS = (
    "rules/words/*.lp",
    "rules/engine/*.lp",
    "rules/statutes/*.lp",
    "rules/doctrine/**/*.lp",
    "rules/liability/*.lp",
    "rules/proof/*.lp",
    "kb/clingo/kb.lp",
    "pyliab/asp/*.py",
    "pyliab/kb/*.py",
    "tests/scenarios/*.yaml",
    "tests/scenario.py",
)
DEPENDS = {test: (*_SCENARIOS, f"tests/{test}") for test in ("test_mutation.py", "test_scenarios.py")}


def unchanged(test: str) -> bool:
    """Was this test file green with all that it depends on as it is now?"""
    known = json.loads(SUMS.read_text(encoding="utf-8")) if SUMS.exists() else {}
    return known.get(test) == sum_of(test)


@cache
def sum_of(test: str) -> str:
    """The sum over the files that a test file depends on, and over the solver."""
    digest = hashlib.sha256(clingo.__version__.encode())
    for path in _files(test):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _files(test: str) -> Iterator[Path]:
    for pattern in DEPENDS[test]:
        yield from sorted(ROOT.glob(pattern))


if __name__ == "__main__":
    SUMS.write_text(json.dumps({test: sum_of(test) for test in DEPENDS}, indent=2) + "\n", encoding="utf-8")
