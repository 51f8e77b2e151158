"""The page that answers by itself says what `derive` and `explain` say, and works from disk in a browser."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import CHROMIUM, Browser, browser
from click.testing import CliRunner, Result
from conftest import ROOT
from tiers import sweep

from pyliab.answers import clingo_wasm
from pyliab.answers.views.overview import sentences
from pyliab.answers.wording import Wording
from pyliab.cli.main import main
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.reading import choose
from pyliab.law.proof import Explainer, ProofProgram, Step
from pyliab.law.world import world_of
from pyliab.questions.overview import grouped
from pyliab.text.encode import to_json
from pyliab.text.problem import InputError
from pyliab.text.say import Text

CASES = [path.stem for path in sorted((ROOT / "kb/cases").glob("*.yaml"))]
READINGS = [path.stem for path in sorted((ROOT / "kb/readings").glob("*.yaml"))]
NAMED = [("ride_injury", ["paper_body"]), ("disputed_audit", ["text_minimal"]), ("charger_fire", ["draft3"])]
PATIENCE = 60


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The npm package as the user's own cache keeps it, fetched where it is not there yet."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYLIAB_CACHE")
        try:
            clingo_wasm.package()
        except InputError as error:
            pytest.skip(f"no clingo for the browser: {error}")
        kept = clingo_wasm.cache.folder()
    if kept is None or not (kept / clingo_wasm.NAME).is_file():
        pytest.skip("no cache folder to keep clingo for the browser in")
    return kept / clingo_wasm.NAME


@pytest.fixture(scope="module")
def file(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "try.html"
    result = run("page", "-o", str(path), "--clingo", str(package))
    assert result.exit_code == 0, result.output
    return path


@pytest.fixture(scope="module")
def chromium(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium")
    with browser(tmp_path_factory.mktemp("chromium")) as page:
        open_at(page, file, "lang=en")
        yield page


def open_at(page: Browser, file: Path, state: str) -> None:
    page.open(f"file://{file}#{state}")
    wait(page, "window.page !== undefined && document.querySelector('#groups:not(.stale) .group') !== null")


def wait(page: Browser, condition: str) -> None:
    until = time.monotonic() + PATIENCE
    while not page.run(condition):
        assert time.monotonic() < until, page.run("document.body.innerText")[:2000]
        time.sleep(0.05)


def ask(page: Browser, question: str, case: str, *more: list[str]) -> Any:
    told = f"page.base.cases.find((each) => each.id === {json.dumps(case)})"
    arguments = ", ".join([json.dumps(question), told, *map(json.dumps, more)])
    return page.run(f"page.ask({arguments})")


def plain(text: Text | None) -> dict[str, str] | None:
    return {lang: text.of(lang) for lang in ("zh", "en")} if text else None


@pytest.mark.xdist_group("page")
@pytest.mark.parametrize("case", sweep(CASES, "ride_injury", "disputed_audit", "charger_fire"))
def test_the_page_says_what_derive_says(base: KnowledgeBase, chromium: Browser, case: str) -> None:
    """The readings grouped by what they come to, and each sentence in both languages."""
    choices = [choose(base, reading) for reading in base.readings.values()]
    groups, wording = grouped(world_of(base, base.case(case)), choices), Wording(base, base.case(case))
    found = ask(chromium, "overview", case)
    assert [each["readings"] for each in found] == [list(group.readings) for group in groups]
    assert [each["nobody"] for each in found] == [group.nobody for group in groups]
    for each, group in zip(found, groups, strict=True):
        assert each["says"] == [[plain(text), role] for text, role in sentences(group, wording)]


@pytest.mark.xdist_group("page")
@pytest.mark.parametrize(
    ("case", "readings"),
    sweep(
        [*NAMED, *((case, READINGS) for case in CASES)],
        *NAMED,
    ),
)
def test_the_page_proves_what_explain_proves(
    base: KnowledgeBase, chromium: Browser, case: str, readings: list[str]
) -> None:
    """Of every liability all that `derive` says, the reasons, and the proof step by step with what it rests on."""
    told, found = base.case(case), ask(chromium, "why", case, readings)
    world = world_of(base, told)
    program = ProofProgram(world, told)
    for reading in readings:
        choice = choose(base, base.reading(reading))
        explainer, liabilities = Explainer(program, choice), world.derive(case, choice)
        for each, liability in zip(found[reading], liabilities, strict=True):
            explanation = explainer.explain(liability)
            assert {name: each[name] for name in to_json(liability)} == to_json(liability)
            assert each["reasons"] == [plain(reason) for reason in explanation.reasons]
            assert [shown(step) for step in each["steps"]] == [_step(explainer, step) for step in explanation.proofs]


def shown(step: dict[str, Any]) -> dict[str, Any]:
    """A step of the page, without what is empty."""
    kept = {name: value for name, value in step.items() if value and name not in ("of", "group", "also")}
    return {**kept, "also": step.get("also") or 0, "of": [shown(each) for each in step["of"]]}


def _step(explainer: Explainer, step: Step) -> dict[str, Any]:
    says = explainer.phrases.stated(step.symbol) if step.kind == "fact" and step.symbol else step.says
    known = {
        "kind": step.kind,
        "atom": step.atom,
        "says": plain(says),
        "rule": step.rule,
        "cites": list(step.cites),
        "words": list(step.words),
        "status": step.status,
        "note": plain(step.note),
        "shown": step.shown,
        "less": plain(step.fidelity),
    }
    return {**{k: v for k, v in known.items() if v}, "also": step.also, "of": [_step(explainer, s) for s in step.of]}


def test_another_file_is_not_taken_for_the_package(tmp_path: Path) -> None:
    """What the browser runs is what was looked at: another archive of this name is refused, and nothing is written."""
    other = tmp_path / clingo_wasm.NAME
    other.write_bytes(b"not clingo")
    result = run("page", "-o", str(tmp_path / "try.html"), "--clingo", str(other))
    assert result.exit_code == 2
    assert "checksum" in result.output
    assert not (tmp_path / "try.html").exists()


def test_without_network_the_page_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYLIAB_CACHE", str(tmp_path))
    monkeypatch.setattr(clingo_wasm, "ADDRESS", f"http://127.0.0.1:9/{clingo_wasm.NAME}")
    result = run("page", "-o", str(tmp_path / "try.html"))
    assert result.exit_code == 2
    assert f"--clingo {clingo_wasm.NAME}" in result.output
    assert not (tmp_path / "try.html").exists()


@pytest.mark.xdist_group("page")
def test_a_fact_that_stands_otherwise_changes_the_answers(chromium: Browser, file: Path) -> None:
    """Opened from disk: a platform that audited the driver is not liable under any reading; nothing is asked of a network."""
    open_at(chromium, file, "lang=en&case=ride_injury&r=paper_body")
    wait(chromium, "document.querySelector('#why .proof') !== null")
    assert "The platform is liable" in chromium.run("document.getElementById('groups').innerText")
    audited = "document.querySelector('[data-fact^=\"audited(\"] select')"
    chromium.run(f"{audited}.value = 'proved', {audited}.dispatchEvent(new Event('change', {{bubbles: true}}))")
    wait(chromium, "document.querySelectorAll('#groups:not(.stale) .group').length === 1")
    assert "Nobody is liable." in chromium.run("document.getElementById('groups').innerText")
    wait(chromium, "document.querySelector('#why .proof') === null")
    assert [
        address for address in chromium.requests if not address.startswith(("file:", "blob:", "data:", "about:"))
    ] == []
    assert chromium.problems == []
