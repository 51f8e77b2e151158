"""A case is ground once for each program that it needs, whatever is asked of it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from pyliab.asp import program
from pyliab.cli.main import main


@pytest.fixture
def grounded(loaded_anew: None, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often a program was ground, by what it is: the law, the law with reasons, or anything else."""
    counted: Counter[str] = Counter()
    before = program.GroundProgram.__init__

    def counting(self: program.GroundProgram, files: object, facts: object, **more: object) -> None:
        paths = [path.name for path in files]  # type: ignore[attr-defined]
        kind = "marks" if "space.lp" in paths else "proof" if more.get("text") else "plain"
        counted[kind] += 1
        before(self, files, facts, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(program.GroundProgram, "__init__", counting)
    return counted


@pytest.mark.parametrize(
    "command,wanted",
    [
        ("derive ride_injury -r paper_body", {"plain": 1}),
        ("explain ride_injury -r paper_body", {"plain": 1, "proof": 1}),
        ("compare ride_injury --all", {"plain": 1, "proof": 1}),
        ("compare ride_injury --all --money", {"marks": 1}),
        ("settle ride_injury -r paper_body", {"plain": 1, "marks": 1}),
        ("space ride_injury", {"marks": 1}),
        ("derive disputed_audit -r paper_body --open-facts", {"plain": 1, "marks": 1}),
        ("report ride_injury -r paper_body -r several_all -r draft3 -o {out}", {"plain": 1, "proof": 1, "marks": 1}),
    ],
)
def test_each_program_is_ground_once(
    grounded: Counter[str], tmp_path: Path, command: str, wanted: dict[str, int]
) -> None:
    result = CliRunner().invoke(main, command.format(out=tmp_path / "report.html").split())
    assert result.exit_code == 0, result.output
    assert dict(grounded) == wanted
