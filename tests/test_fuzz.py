"""What the fuzzer found once stays mended; a few inputs nobody would write; a few cases solved by clingo alone."""

from __future__ import annotations

import json
from pathlib import Path

import audit
import fuzz
import pytest
from tiers import sweep


@pytest.mark.parametrize("found", sorted(fuzz.FOUND.glob("*.json")), ids=lambda path: path.stem)
def test_what_was_found_once_is_mended(found: Path) -> None:
    assert fuzz.faults(fuzz.Input(**json.loads(found.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize("seed", sweep(range(400), *range(0, 400, 16)))
def test_an_input_that_nobody_would_write_is_answered_or_refused(seed: int) -> None:
    put = fuzz.draw(fuzz.random.Random(seed))
    assert [fault for fault in fuzz.faults(put) if not fault.startswith("hang")] == [], put.args


@pytest.mark.parametrize("seed", sweep(range(1, 60), 1, 6))
def test_answers_are_those_of_clingo_alone(seed: int) -> None:
    assert audit.audit(seed, 1) == []
