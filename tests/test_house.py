"""The house: law stays out of Python, clingo in one place, and the wheel carries the knowledge."""

from __future__ import annotations

import ast
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from conftest import ROOT

from pyliab.kb.base import KnowledgeBase
from pyliab.text.say import LOCALE

PYTHON = sorted((ROOT / "pyliab").rglob("*.py"))


def test_python_names_no_law(base: KnowledgeBase) -> None:
    """No statute, issue, position that is not an English word, reading or case is named in Python."""
    names = {*base.issues, *base.readings, *base.cases, *base.provisions, *base.notes}
    names |= {p for issue in base.issues.values() for p in issue.positions if "_" in p}
    names -= {"liable", "rests_on", "covers", "issue", "settled", "aware", "harms", "dated_expansion"}
    law = "|".join(re.escape(name) for name in names if "_" in name or " " in name)
    for path in PYTHON:
        found = re.search(rf"(?<!\w)(?:{law})(?![\w(])", _code(path))
        assert not found, f"{path.name} names {found[0] if found else ''}"


def _code(path: Path) -> str:
    """Python without docstrings and help texts, which may show examples."""
    return re.sub(r'"""(?:.|\n)*?"""', "", path.read_text(encoding="utf-8"))


def test_python_holds_no_chinese() -> None:
    """Chinese stands in the catalogues and in the base."""
    assert [str(path) for path in PYTHON if re.search("[\u4e00-\u9fff]", path.read_text(encoding="utf-8"))] == []


def test_every_message_has_a_translation() -> None:
    """What is said with `say`, and the help of each command and option."""
    catalogues = [read_po(io.BytesIO(path.read_bytes())) for path in LOCALE.glob("zh/*.po")]
    known = {message.id[0] if isinstance(message.id, tuple) else message.id for po in catalogues for message in po}
    said = {message for path in PYTHON for message in _messages(ast.parse(path.read_text(encoding="utf-8")))}
    for path in (ROOT / "pyliab/answers/assets").glob("*.json"):
        said |= set(json.loads(path.read_text(encoding="utf-8")).values())
    for path in (ROOT / "pyliab").rglob("templates/*"):
        said |= {ast.literal_eval(text) for text in re.findall(r'\bt\(("[^"]*")', path.read_text(encoding="utf-8"))}
    assert len(said) > 900
    assert [m for m in said - known if re.search("[A-Za-z]{2}", re.sub(r"\{\w*\}", "", m))] == []


def _messages(tree: ast.AST) -> Iterator[str]:
    """The first argument of each call of `say` and `say_n` that is written out, and help texts of options."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            texts = node.args[:1] if name in ("say", "say_n") else []
            texts = [*texts, *(word.value for word in node.keywords if word.arg == "help" and name.endswith("option"))]
            yield from (text.value for text in texts if isinstance(text, ast.Constant) and isinstance(text.value, str))


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


FLOORS = [{"text"}, {"kb"}, {"asp"}, {"law"}, {"space"}, {"money"}, {"questions"}, {"answers"}, {"api"}, {"cli"}]


def test_no_package_imports_from_above() -> None:
    """Each package imports what lies below it; questions may ask the space, and what is owed."""
    floor = {package: number for number, packages in enumerate(FLOORS) for package in packages}
    up = []
    for path in PYTHON:
        place = path.relative_to(ROOT / "pyliab").parts
        for imported in re.findall(r"^\s*(?:from|import) pyliab\.(\w+)", path.read_text(encoding="utf-8"), re.M):
            if len(place) > 1 and floor[imported] > floor[place[0]]:
                up.append(f"{path.relative_to(ROOT)} imports {imported}")
    assert not up


def test_the_wrapper_works_with_everything_above_deleted(tmp_path: Path) -> None:
    """Law and below load, ground, solve and explain by themselves."""
    for folder in ("text", "kb", "asp", "law"):
        shutil.copytree(ROOT / "pyliab" / folder, tmp_path / "pyliab" / folder)
    shutil.copy(ROOT / "pyliab" / "__init__.py", tmp_path / "pyliab")
    for folder in ("rules", "kb"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    program = """
from pyliab.asp.lint import lint
from pyliab.asp.load import load
from pyliab.kb.reading import choose
from pyliab.law.proof import Explainer, ProofProgram
from pyliab.law.world import world_of

base = load()
assert lint(base.rule_files, base.predicates, base.notes) == []
case, choice = base.case("ride_injury"), choose(base, base.reading("several_all"))
world = world_of(base, case)
(liability,) = world.derive(case.id, choice)
(proof,) = Explainer(ProofProgram(world, case), choice).explain(liability).proofs
print(liability.id, proof.rule)
"""
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "PYLIAB_CACHE": ""}
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert run.stdout.split() == ["platform:several:passenger", "form_several"], run.stderr
