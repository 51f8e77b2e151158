"""The house: law stays out of Python, clingo in one place, and the wheel carries the knowledge."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

from pyliab.kb.base import KnowledgeBase

PYTHON = sorted((ROOT / "pyliab").rglob("*.py"))


def test_python_names_no_law(base: KnowledgeBase) -> None:
    """No statute, issue, position that is not an English word, reading or case is named in Python."""
    names = {*base.issues, *base.readings, *base.cases, *base.provisions, *base.notes}
    names |= {p for issue in base.issues.values() for p in issue["positions"] if "_" in p}
    names -= {"liable", "rests_on", "covers", "issue", "settled", "aware", "harms", "dated_expansion"}
    law = "|".join(re.escape(name) for name in names if "_" in name or " " in name)
    for path in PYTHON:
        found = re.search(rf"(?<!\w)(?:{law})(?![\w(])", _code(path))
        assert not found, f"{path.name} names {found[0] if found else ''}"


def _code(path: Path) -> str:
    """Python without docstrings and help texts, which may show examples."""
    return re.sub(r'"""(?:.|\n)*?"""', "", path.read_text(encoding="utf-8"))


def test_clingo_is_called_in_one_package() -> None:
    for path in PYTHON:
        if path.parent.name != "asp":
            assert not re.search(r"^\s*(from|import) clingo", path.read_text(encoding="utf-8"), re.M), path


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked: what a user gets."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def test_the_wheel_carries_rules_and_knowledge(installed: Path) -> None:
    for kind in ("rules", "kb"):
        shipped = {p.relative_to(ROOT / kind) for p in (ROOT / kind).rglob("*") if p.suffix in (".lp", ".yaml")}
        assert shipped == {
            p.relative_to(installed / "pyliab/_data" / kind)
            for p in (installed / "pyliab/_data" / kind).rglob("*")
            if p.suffix in (".lp", ".yaml")
        }


def test_the_wheel_carries_what_a_page_is_made_of(installed: Path) -> None:
    for folder in (Path("pyliab/answers/assets"), Path("pyliab/answers/templates")):
        assert {p.name for p in (ROOT / folder).iterdir()} == {p.name for p in (installed / folder).iterdir()}


def test_the_wheel_works_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYLIAB_CACHE": str(tmp_path / "cache")}
    run = subprocess.run(
        [sys.executable, "-m", "pyliab", "derive", "ride_injury", "-r", "several_all", "--json"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert '"form": "several"' in run.stdout
    where = subprocess.run(
        [sys.executable, "-c", "import pyliab; print(pyliab.__file__)"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(installed) in where.stdout
