"""The page that answers by itself says what `derive` and `explain` say, and works from disk in a browser."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from access import Outline
from browser import CHROMIUM, Browser, browser
from click.testing import CliRunner, Result
from conftest import ROOT
from tiers import sweep

from pyliab.answers import alone, clingo_wasm
from pyliab.answers.html import by_language
from pyliab.answers.views.overview import sentences
from pyliab.answers.wording import Wording
from pyliab.asp.load import load
from pyliab.cli.main import main
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.reading import choose
from pyliab.law.proof import Explainer, ProofProgram, Step
from pyliab.law.world import world_of
from pyliab.questions.overview import MANY, Unstated, grouped
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


def wait(page: Browser, condition: str, patience: float = PATIENCE) -> None:
    until = time.monotonic() + patience
    while not page.run(condition):
        assert time.monotonic() < until, page.run("document.body.innerText")[:2000]
        time.sleep(0.05)


def ask(page: Browser, question: str, case: str, *more: list[str]) -> Any:
    told = f"page.base.cases.find((each) => each.id === {json.dumps(case)})"
    arguments = ", ".join([json.dumps(question), told, *map(json.dumps, more)])
    page.run("window.found = undefined")
    page.run(
        f"void page.ask({arguments}).then((answer) => {{ found = {{answer}}; }}, (fault) => {{ found = {{fault: fault.message}}; }})"
    )
    wait(page, "window.found !== undefined", 10 * PATIENCE)
    found = page.run("found")
    assert "fault" not in found, found
    return found["answer"]


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
@pytest.mark.parametrize("case", sweep(CASES, "aconite_xuzhou"))
def test_the_page_says_what_would_make_somebody_liable(base: KnowledgeBase, chromium: Browser, case: str) -> None:
    """Where nobody is liable: the facts that nobody stated or that are denied, and the positions, as `derive` tells them."""
    told = base.case(case)
    world = world_of(base, told)
    choices = {name: choose(base, reading) for name, reading in base.readings.items()}
    groups = grouped(world, list(choices.values()))
    silent = [name for group in groups if group.nobody == "certain" for name in group.readings][:3]
    if len(told.names()) > MANY or not silent:
        return
    found, program = ask(chromium, "lacks", case, silent), Unstated(world)
    for name in silent:
        lacks = program.lacks(choices[name])
        assert found[name]["positions"] == list(lacks.positions)
        expected = [
            ([(plain(fact.says), fact.status, fact.instead_of) for fact in lack.facts], list(lack.basis))
            for lack in lacks.unstated
        ]
        assert [
            ([(fact["says"], fact["status"], fact["instead_of"]) for fact in lack["facts"]], lack["basis"])
            for lack in found[name]["unstated"]
        ] == expected


@pytest.mark.xdist_group("page")
@pytest.mark.parametrize(
    ("case", "readings"),
    sweep(
        [*NAMED, *((case, READINGS[i % 6 :: 6]) for i, case in enumerate(CASES))],
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
            if explanation.like is None and not any(explanation.alike):
                assert each["reasons"] == [plain(reason) for reason in explanation.reasons]
            proofs = explainer.trees(program.reasons(choice, liability), liability)
            assert [shown(step) for step in each["steps"]] == [_step(explainer, step) for step in proofs]


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
        "grounds": list(step.grounds),
    }
    return {**{k: v for k, v in known.items() if v}, "also": step.also, "of": [_step(explainer, s) for s in step.of]}


def test_what_one_brings_oneself_goes_into_the_page(tmp_path: Path) -> None:
    """A reading of one's own folder is asked beside the others; a case file stands first."""
    assert run("new", "reading", "my_view", "--kb", str(tmp_path / "mine")).exit_code == 0
    assert run("tell", "charger_fire", "--sentences", "-o", str(tmp_path / "told.yaml")).exit_code == 0
    base = load([tmp_path / "mine"])
    case = base.case(str(tmp_path / "told.yaml"))
    known = json.loads(json.dumps(alone.data(base, [case]), default=by_language))
    assert "my_view" in [reading["id"] for reading in known["readings"]]
    assert known["first"] == case.id
    assert known["first"] in [each["id"] for each in known["cases"]]
    assert [
        text["en"] for text in [*known["say"].values(), *known["ui"].values()] if text["zh"] == text["en"] != "; "
    ] == []


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
@pytest.mark.parametrize("case", sweep(CASES, "ride_injury", "charger_fire"))
def test_a_fact_told_in_either_language_is_read_as_it_stands(chromium: Browser, case: str) -> None:
    """The page reads the sentences that it says, with days, sums and shares, whole and unmistakably."""
    script = f"""(() => {{
        const told = page.base.cases.find((each) => each.id === {json.dumps(case)});
        const [grammar, phrases] = [new Grammar(page.base, told), new Phrases(page.base, {{...told.parties, ...told.items, ...told.harms}})];
        return ["zh", "en"].flatMap((lang) => told.facts.map((fact) => {{
            const how = fact.status === "disproved" ? "not" : "so";
            const mark = fact.status === "disputed" ? {{zh: "（有争议）", en: " (disputed)"}}[lang] : "";
            const says = phrases.atom(parse(factText(told, fact)), how)[lang] + mark;
            const read = grammar.read(says).map((each) => [each.word, each.args, each.status]);
            return [says, [[fact.word, fact.args, fact.status]], read];
        }}));
    }})()"""
    rows = chromium.run(script)
    assert rows
    assert [row for row in rows if row[1] != row[2]] == []


@pytest.mark.xdist_group("page")
def test_a_day_a_sum_and_a_share_are_read_as_people_write_them(chromium: Browser) -> None:
    read = "(kind, text) => new Grammar(page.base, page.case()).values({type: kind, words: []}, text, 0)[0]?.[0]"
    written = {
        "date": {"2021年6月3日": "20210603", "3 June 2021": "20210603", "31 june 2021": None},
        "yuan": {"10万元": '"100000.00"', "1,500.5": '"1500.50"', "三万": '"30000.00"', "0.125": None},
        "share": {"三成": '"3/10"', "12.5%": '"1/8"', "20%-40%": '"1/5-2/5"', "百分之三十": '"3/10"', "1/3": '"1/3"'},
    }
    for kind, texts in written.items():
        for text, expected in texts.items():
            assert chromium.run(f"({read})({json.dumps(kind)}, {json.dumps(text.lower())})") == expected, text


@pytest.mark.xdist_group("page")
@pytest.mark.parametrize("case", sweep(CASES, "ride_injury", "disputed_audit", "charger_fire"))
def test_a_case_saved_in_the_page_is_the_case(
    base: KnowledgeBase, chromium: Browser, case: str, tmp_path: Path
) -> None:
    told = f"page.base.cases.find((each) => each.id === {json.dumps(case)})"
    text = chromium.run(f"caseFile(page.base, {told}, 'saved')")
    (tmp_path / "saved.yaml").write_text(text, encoding="utf-8")
    saved, known = base.case(str(tmp_path / "saved.yaml")), base.case(case)
    assert [(f.word, f.args, f.status) for f in saved.facts] == [(f.word, f.args, f.status) for f in known.facts]
    assert (saved.names(), saved.doc.when) == (known.names(), known.doc.when)


@pytest.mark.xdist_group("page")
def test_a_case_is_told_from_nothing(chromium: Browser, file: Path) -> None:
    """Parties are named, sentences typed; what cannot be read is left with the sentences that come near it."""
    open_at(chromium, file, "lang=en&case=own")
    click = "(text) => [...document.querySelectorAll('button')].find((each) => each.textContent === text).click()"
    chromium.run(f"({click})('one more')")
    party = chromium.run("Object.keys(page.case().parties).at(-1)")
    name = chromium.run("Object.values(page.case().parties).at(-1).en")
    lines = [f"{name} is a legal person or an unincorporated organisation.", f"{name} was somehow cheated"]
    chromium.run(f"document.getElementById('words').value = {json.dumps(chr(10).join(lines))}")
    chromium.run("document.getElementById('read').click()")
    told = chromium.run("page.case().facts.map((fact) => [fact.word, fact.args, fact.status])")
    assert [fact for fact in told if fact[2] != "unstated"] == [["organisation", [party], "proved"]]
    assert chromium.run("document.getElementById('words').value") == lines[1]
    assert chromium.run("document.querySelectorAll('#near button').length") > 0


@pytest.mark.xdist_group("page")
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_as_drawn_lacks_no_name_and_no_heading_and_does_not_overflow(
    chromium: Browser, file: Path, width: int
) -> None:
    chromium.call(
        "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 500
    )
    open_at(chromium, file, "lang=zh&case=ride_injury&r=paper_body")
    wait(chromium, "document.querySelector('#why .proof') !== null")
    assert Outline(chromium.run("document.documentElement.outerHTML")).faults == []
    assert chromium.run("document.documentElement.scrollWidth") <= width
    unnamed = "[...document.querySelectorAll('select, input, textarea')].filter((each) => !each.labels.length && !each.ariaLabel && !each.hasAttribute('aria-labelledby')).map((each) => each.outerHTML)"
    assert chromium.run(unnamed) == []


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
