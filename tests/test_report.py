"""The report: what the page shows of a state is what `derive` and `settle` say of it; and the page behaves in a browser."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from access import READABLE, TEXT, Outline, contrast, schemes
from browser import CHROMIUM, Browser, browser
from click.testing import CliRunner, Result
from conftest import ROOT
from tiers import exhaustive, quick

from pyliab.cli.main import main
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice, choose
from pyliab.law.world import world_of
from pyliab.money.books import Books
from pyliab.money.conclusions import ledger_of
from pyliab.money.settlement import scenarios
from pyliab.money.totals import over_all
from pyliab.text.encode import to_json
from pyliab.text.problem import InputError

CASES = ("ride_injury",) if quick() else ("ride_injury", "disputed_audit")
READINGS = ("paper_body", "several_all") if quick() else ("paper_body", "text_minimal", "several_all")
OPEN = "?"
State = dict[str, str]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def report(path: Path, *cases: str, options: tuple[str, ...] = ()) -> Path:
    readings = [part for name in READINGS for part in ("-r", name)]
    result = run("report", *cases, *readings, "-o", str(path), *options)
    assert result.exit_code == 0, result.output
    return path


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report(tmp_path_factory.mktemp("report") / "page.html", *CASES, options=("--lang", "en"))


def embedded(path: Path) -> dict[str, Any]:
    text = path.read_text(encoding="utf-8")
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.S)
    assert found
    plain: dict[str, Any] = json.loads(found[1])
    return plain


@pytest.fixture(scope="module")
def tables(page: Path) -> dict[str, dict[str, Any]]:
    return {one["case"]: one for one in embedded(page)["cases"]}


# ---- what travels in the page, read in Python -------------------------------------------------------------------------


def leaves(diagram: dict[str, Any], state: State) -> list[int]:
    """The numbers that can be reached; OPEN leaves a variable open."""
    seen, todo = {diagram["root"]}, [diagram["root"]]
    while todo:
        at = todo.pop()
        if at >= 0:
            level, *children = diagram["nodes"][at]
            name, values = diagram["variables"][level]
            taken = state.get(name, OPEN)
            fresh = set(children if taken == OPEN else [children[values.index(taken)]]) - seen
            seen |= fresh
            todo += fresh
    return sorted(-2 - ref for ref in seen if ref < -1)


def followed(table: dict[str, Any], state: State) -> dict[str, str]:
    outcomes = [set(table["outcomes"][number]) for number in leaves(table["diagram"], state)]
    marks = sorted(set().union(*outcomes))
    return {
        table["marks"][mark]["id"]: "certain" if all(mark in one for one in outcomes) else "possible" for mark in marks
    }


def found_so(case: CaseFile, state: State) -> CaseFile:
    """The case with the disputed facts that the state settles."""
    from pyliab.asp.symbols import fact_symbol

    def settled(fact: Any) -> Any:
        taken = state.get(str(fact_symbol(case.id, fact)), OPEN)
        if fact.status != "disputed" or taken == OPEN:
            return fact
        return replace(fact, status="disproved" if taken.startswith("-") else "proved")

    facts = [settled(fact) for fact in case.facts]
    return case if facts == case.facts else replace(case, facts=facts)


def derived(base: KnowledgeBase, case: str, state: State) -> dict[str, str] | None:
    """What `derive` says; None where the positions cannot stand together."""
    positions = {name: taken for name, taken in state.items() if name in base.issues and taken != OPEN}
    try:
        found = world_of(base, found_so(base.case(case), state)).outcomes(positions)[case]
    except InputError:
        return None
    return {one.id: one.status for one in found.values()}


def states(table: dict[str, Any], number: int, seed: int, *, full: bool = False) -> list[State]:
    dice = random.Random(seed)
    return [
        {
            variable["id"]: dice.choice([v["id"] for v in variable["values"]] + ([] if full else [OPEN]))
            for variable in table["variables"]
        }
        for _ in range(number)
    ]


@pytest.mark.parametrize("case", CASES)
def test_the_table_says_of_any_state_what_derive_says(
    base: KnowledgeBase, tables: dict[str, dict[str, Any]], case: str
) -> None:
    for state in states(tables[case], 40, seed=1):
        expected = derived(base, case, state)
        if expected is None:
            assert leaves(tables[case]["diagram"], state) == []
        else:
            assert followed(tables[case], state) == expected, state


@pytest.mark.parametrize("case", CASES)
def test_the_table_says_of_any_state_what_settle_says(
    base: KnowledgeBase, tables: dict[str, dict[str, Any]], case: str
) -> None:
    """Issues that the table leaves out are taken as the plain text has them, or as their first position."""
    rest = {name: issue.default or next(iter(issue.positions)) for name, issue in base.issues.items()}
    seen = 0
    for state in states(tables[case], 25, seed=2, full=True):
        positions = {**rest, **{name: taken for name, taken in state.items() if name in base.issues}}
        told = found_so(base.case(case), state)
        try:
            ledger = ledger_of(world_of(base, told), told, Choice("any", positions, {}, ()))
        except InputError:
            continue
        books = Books([ledger])
        for money in tables[case]["money"]:
            (number,) = leaves(money["diagram"], state)
            owed_for = ledger.tables([frozenset(money["harms"]).intersection(ledger.covered)])
            expected = to_json(scenarios(books, owed_for, partial(over_all, ledger, owed_for)))
            assert money["settled"][number] == expected
            seen += 1
    assert seen > 5


def test_every_reading_asked_stands_in_the_table(base: KnowledgeBase, tables: dict[str, dict[str, Any]]) -> None:
    for case, table in tables.items():
        assert [one["id"] for one in table["readings"]] == list(READINGS)
        for one in table["readings"]:
            expected = {
                found.id: found.status
                for found in world_of(base, base.case(case))
                .outcomes(choose(base, base.reading(one["id"])).positions)[case]
                .values()
            }
            assert followed(table, one["positions"]) == expected


def test_each_reason_suffices(tables: dict[str, dict[str, Any]]) -> None:
    for table in tables.values():
        for mark in table["marks"]:
            assert mark["why"]
            for choices in mark["why"]:
                assert followed(table, choices).get(mark["id"]) == "certain"
        for choices in table["nobody"]:
            assert followed(table, choices) == {}


# ---- the page as text -------------------------------------------------------------------------------------------------


class Parsed(HTMLParser):
    """Elements, attributes and the text outside scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self.inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.inside = tag

    def handle_data(self, data: str) -> None:
        if self.inside not in ("script", "style"):
            self.said.append(data)


def test_the_page_asks_nothing_of_the_network_and_runs_nothing_but_itself(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    parsed = Parsed(text)
    for tag, attributes in parsed.elements:
        assert not [name for name in attributes if name.startswith("on") or name in ("src", "style")], (tag, attributes)
        assert tag not in ("link", "img", "iframe", "object")
        assert (attributes.get("href") or "#").startswith("#")
    policy = next(a["content"] for t, a in parsed.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy and "default-src 'none'" in policy and "unsafe" not in policy


def test_both_languages_and_every_anchor_once(page: Path) -> None:
    parsed = Parsed(page.read_text(encoding="utf-8"))
    spans = [a["lang"] for t, a in parsed.elements if t == "span" and a.get("class") == "t"]
    assert spans.count("zh-Hans") == spans.count("en") > 100
    ids = [a["id"] for _, a in parsed.elements if a.get("id")]
    assert len(ids) == len(set(ids))
    assert {a["href"] for t, a in parsed.elements if t == "a"} <= {f"#{name}" for name in ids}


def test_the_page_can_be_heard_and_skipped_through(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert Outline(text).faults == []
    assert "<svg" in text and 'id="main"' in text
    english = re.findall(r'<span class="t" lang="en">((?:[^<]|<span lang="zh-Hans">[^<]*</span>)*)</span>', text)
    assert len(english) > 100
    assert not [said for said in english if re.search("[\u4e00-\u9fff]", re.sub("<span.*?</span>", "", said))]


def test_the_colours_can_be_read() -> None:
    from pyliab.answers.html import asset

    found = schemes(asset("page.css"))
    assert len(found) == 4  # light, dark as chosen, dark as the system has it, on paper
    assert found[1] == found[2]
    for scheme in found:
        for name in TEXT:
            assert contrast(scheme[name], scheme["paper"]) >= READABLE, (name, scheme)


def test_the_same_question_gives_the_same_bytes(page: Path, tmp_path: Path) -> None:
    again = report(tmp_path / "again.html", *CASES, options=("--lang", "en"))
    assert again.read_bytes() == page.read_bytes()


HOSTILE = "</script><img src=x onerror=document.title='hacked'>&\"'`|*[x](y)"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case whose names would break out of a careless page."""
    folder = tmp_path_factory.mktemp("hostile")
    text = (ROOT / "kb/cases/ride_injury.yaml").read_text(encoding="utf-8")
    text = text.replace("case: ride_injury", "case: evil").split("expect:")[0]
    quoted = json.dumps(HOSTILE)
    text = re.sub(r"\n  zh: 网约车.*\n  en: .*\n", f"\n  zh: {quoted}\n  en: {quoted}\n", text, count=1)
    text = text.replace("{zh: 司机, en: the driver}", f"{{zh: {quoted}, en: {quoted}}}")
    (folder / "evil.yaml").write_text(text, encoding="utf-8")
    return folder / "evil.yaml"


@pytest.fixture(scope="module")
def hostile_page(hostile: Path) -> Path:
    return report(hostile.with_name("evil.html"), str(hostile), options=("--lang", "en"))


def test_hostile_names_stay_text(hostile: Path, hostile_page: Path, tmp_path: Path) -> None:
    parsed = Parsed(hostile_page.read_text(encoding="utf-8"))
    assert not [tag for tag, _ in parsed.elements if tag == "img"]
    assert HOSTILE in "".join(parsed.said)
    assert embedded(hostile_page)["title"]["en"] == HOSTILE
    document = report(tmp_path / "evil.md", str(hostile), options=("--lang", "en")).read_text(encoding="utf-8")
    assert "<img" not in re.sub(r"\\<", "", document)


# ---- documents and tables ---------------------------------------------------------------------------------------------


def test_markdown_has_numbered_tables_trees_and_footnotes(tmp_path: Path) -> None:
    text = report(tmp_path / "r.md", "ride_injury", options=("--lang", "zh")).read_text(encoding="utf-8")
    numbers = [int(n) for n in re.findall(r"^\*\*表(\d+)\*\*", text, re.M)]
    assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) > 6
    used, given = set(re.findall(r"\[\^(\d+)\](?!:)", text)), set(re.findall(r"^\[\^(\d+)\]:", text, re.M))
    assert used == given
    assert "[J\\]. 电子商务评论, 2024" in text  # GB/T 7714
    assert "《中华人民共和国电子商务法》第三十八条第二款" in text
    assert "**图式1**" in text


def test_word_has_tables_and_real_footnotes(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    made = report(tmp_path / "r.docx", "ride_injury", options=("--lang", "zh"))
    document = docx.Document(str(made))
    heads = [[cell.text for cell in table.rows[0].cells][:2] for table in document.tables]
    assert heads[0] == ["解释方案", "责任"], "the answer comes first"
    assert ["事实", "状态"] in heads
    assert len(document.tables) > 6
    body = document.element.body.xml
    notes = zipfile.ZipFile(made).read("word/footnotes.xml").decode()
    referred = re.findall(r'<w:footnoteReference w:id="(\d+)"', body)
    assert referred and set(referred) <= set(re.findall(r'<w:footnote w:id="(\d+)"', notes))
    assert "电子商务评论" in notes
    whole = re.findall(r'<w:footnote w:id="\d+">(.*?)</w:footnote>', notes)
    texts = ["".join(re.findall(r"<w:t[^>]*>(.*?)</w:t>", one)) for one in whole if "NOTEREF" not in one]
    assert len(texts) == len(set(texts)) and len(texts) < len(whole)  # what is cited again refers to its first note
    marks = re.findall(r"NOTEREF (_Note\d+)", notes)
    assert set(marks) <= set(re.findall(r'<w:bookmarkStart[^>]*w:name="(_Note\d+)"', body))
    assert made.read_bytes() == report(tmp_path / "again.docx", "ride_injury", options=("--lang", "zh")).read_bytes()


def test_word_without_its_library_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    monkeypatch.delitem(sys.modules, "pyliab.answers.word", raising=False)
    result = run("report", "ride_injury", "-r", "paper_body", "-o", str(tmp_path / "r.docx"))
    assert result.exit_code == 2
    assert "'.[docx]'" in result.output
    assert list(tmp_path.iterdir()) == []


def test_every_table_as_csv(tmp_path: Path) -> None:
    result = run("report", "ride_injury", "-r", "paper_body", "--csv", str(tmp_path / "tables"), "--lang", "en")
    assert result.exit_code == 0, result.output
    files = sorted((tmp_path / "tables").glob("*.csv"))
    assert [path.name for path in files] == [Path(line).name for line in result.output.split()]
    for path in files:
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
        assert len(rows) > 1 and len({len(row) for row in rows}) == 1


@pytest.mark.parametrize(
    "arguments,message",
    [
        (["ride_injury", "-o", "x.html"], "-r"),
        (["ride_injury", "-r", "paper_body"], "-o"),
        (["ride_injury", "-r", "paper_body", "-o", "x.pdf"], ".docx"),
        (["ride_injry", "-r", "paper_body", "-o", "x.html"], "did you mean"),
        (["ride_injury", "-r", "paper_body", "-o", "no/such/folder/x.md"], "cannot be written"),
    ],
)
def test_a_wrong_question_writes_nothing(
    arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("report", *arguments)
    assert result.exit_code == 2
    assert message in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_case_without_a_loss_has_a_report(base: KnowledgeBase, tmp_path: Path) -> None:
    case = next(
        one.id for one in base.cases.values() if not any(f.word == "loss" for f in one.facts) and one.doc.judgment
    )
    made = report(tmp_path / "r.html", case, options=("--lang", "en"))
    assert all(one["unreckoned"] or one["settled"] for one in embedded(made)["cases"][0]["money"])
    assert Outline(made.read_text(encoding="utf-8")).faults == []  # where one case is all, its title is the h1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_proof_as_a_picture(tmp_path: Path, lang: str) -> None:
    from xml.etree import ElementTree

    for name in ("proof.svg", "proof.dot"):
        result = run("explain", "ride_injury", "-r", "paper_body", "--graph", str(tmp_path / name), "--lang", lang)
        assert result.exit_code == 0, result.output
    drawn = ElementTree.parse(tmp_path / "proof.svg").getroot()
    wide, high = float(drawn.get("width", 0)), float(drawn.get("height", 0))
    boxes = [
        [float(one.get(key, 0)) for key in ("x", "y", "width", "height")]
        for one in drawn.iter("{http://www.w3.org/2000/svg}rect")
    ][1:]
    assert len(boxes) > 20
    assert all(x >= 0 and x + w <= wide and y >= 0 and y + h <= high for x, y, w, h in boxes)
    for i, (x, y, w, h) in enumerate(boxes):
        assert not any(x < a + c and a < x + w and y < b + d and b < y + h for a, b, c, d in boxes[i + 1 :]), (
            "boxes overlap"
        )
    dot = (tmp_path / "proof.dot").read_text(encoding="utf-8")
    assert dot.count(" -> ") == dot.count("shape=") - 1 == len(boxes) - 1


def test_a_picture_of_nothing_is_refused(tmp_path: Path) -> None:
    for reading, name, message in (("zeng_na", "p.svg", "no proof"), ("paper_body", "p.png", ".svg")):
        result = run("explain", "ride_injury", "-r", reading, "--graph", str(tmp_path / name))
        assert result.exit_code == 2 and message in result.output
    assert list(tmp_path.iterdir()) == []


# ---- the page in a browser --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    with browser(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture
def opened(chromium: Browser, page: Path) -> Iterator[Browser]:
    chromium.requests.clear()
    chromium.open(page.as_uri())
    yield chromium
    assert chromium.problems == []
    assert {address for address in chromium.requests if not address.startswith("about:")} <= {page.as_uri()}


def shown(at: Browser, case: str) -> dict[str, str] | None:
    found = at.run(
        f"(({{outcome, impossible}}) => [outcome, impossible])(document.getElementById('explorer-{case}').dataset)"
    )
    plain: dict[str, str] = json.loads(found[0])
    return None if found[1] == "true" else plain


def test_ten_states_of_the_explorer_agree_with_derive(
    opened: Browser, base: KnowledgeBase, tables: dict[str, dict[str, Any]]
) -> None:
    for case in CASES:
        for state in states(tables[case], 10, seed=3):
            opened.go(urlencode({f"{case}.{name}": taken for name, taken in state.items()}))
            assert shown(opened, case) == derived(base, case, state), state


@exhaustive
def test_a_flip_by_mouse_changes_outcome_reasons_money_and_address(
    opened: Browser, base: KnowledgeBase, tables: dict[str, dict[str, Any]]
) -> None:
    before = opened.run("document.querySelector('#explorer-ride_injury .money').innerText")
    assert shown(opened, "ride_injury") == {"platform:supp_full:passenger": "certain"}
    opened.run("document.querySelector('[data-flip=\"ecl38_2_form_audit=several\"]').click()")
    assert shown(opened, "ride_injury") == {"platform:several:passenger": "certain"}
    assert opened.run("document.querySelector('#explorer-ride_injury .money').innerText") != before
    assert "several" in opened.run("document.querySelector('#explorer-ride_injury .why').innerText")
    assert "ecl38_2_form_audit=several" in opened.run("location.hash")
    assert shown(opened, "disputed_audit") == derived(
        base, "disputed_audit", tables["disputed_audit"]["readings"][0]["positions"]
    )
    ways = opened.run("[...document.querySelectorAll('#explorer-ride_injury .way')].filter(w => !w.hidden).length")
    assert ways == 1
    opened.open(opened.run("location.href"))
    assert shown(opened, "ride_injury") == {"platform:several:passenger": "certain"}


def test_idle_and_deciding_issues_are_told_apart(
    opened: Browser, base: KnowledgeBase, tables: dict[str, dict[str, Any]]
) -> None:
    table = tables["ride_injury"]
    start = {**table["readings"][0]["positions"]}
    state = {v["id"]: start.get(v["id"], OPEN) for v in table["variables"]}
    now = followed(table, state)
    decides = {
        v["id"]
        for v in table["variables"]
        for other in [*(x["id"] for x in v["values"]), OPEN]
        if leaves(table["diagram"], {**state, v["id"]: other}) and followed(table, {**state, v["id"]: other}) != now
    }
    marked = opened.run(
        "[...document.querySelectorAll('#explorer-ride_injury fieldset.decides')].map(f => f.dataset.variable)"
    )
    assert set(marked) == decides


def test_languages_switch_in_place(opened: Browser) -> None:
    seen = "getComputedStyle(document.querySelector('h1 .t[lang=%s]')).display"
    assert (opened.run(seen % "en"), opened.run(seen % '"zh-Hans"')) != ("none", "none")
    assert opened.run(seen % '"zh-Hans"') == "none"
    opened.run("document.querySelector('[data-speak=zh]').click()")
    assert opened.run(seen % "en") == "none"
    assert opened.run("document.documentElement.lang") == "zh-Hans"
    assert opened.run("document.querySelector('#explorer-ride_injury .outcome').innerText").startswith(
        "司机不能清偿的，平台应当"
    )
    assert "lang=zh" in opened.run("location.hash")


def test_the_keyboard_is_enough(opened: Browser) -> None:
    where = "(a => [a.tagName, a.name || a.textContent || ''])(document.activeElement)"
    for _ in range(200):
        opened.press("Tab")
        tag, name = opened.run(where)
        if tag == "INPUT" and name == "ride_injury.ecl38_2_space":
            break
    else:
        pytest.fail("Tab does not reach the first issue")
    assert opened.run("getComputedStyle(document.activeElement).outlineStyle") != "none"
    # online only: what is left is the general clause, if it stands beside
    general = {"platform:several:passenger": "possible", "platform:supp_capped:passenger": "possible"}
    opened.press("ArrowUp")
    assert shown(opened, "ride_injury") == general
    opened.press("ArrowDown")
    assert shown(opened, "ride_injury") == {"platform:supp_full:passenger": "certain"}
    opened.run("document.querySelector('[data-flip=\"ecl38_2_space=online_only\"]').focus()")
    opened.press("Enter")
    assert shown(opened, "ride_injury") == general
    opened.run("document.querySelector('main > .tree .proof summary').focus()")
    before = opened.run("document.querySelector('main > .tree .proof details').open")
    opened.press("Enter")
    assert opened.run("document.querySelector('main > .tree .proof details').open") is not before


def test_it_prints_with_proofs_unfolded(opened: Browser) -> None:
    made = opened.pdf()
    assert made.startswith(b"%PDF") and len(made) > 50_000
    assert opened.run("document.querySelectorAll('.proof details:not([open])').length") > 0  # folded again


def test_every_control_has_a_name_and_the_phone_scrolls_one_way(opened: Browser) -> None:
    nameless = opened.run(
        "[...document.querySelectorAll('button, summary, input')].filter(e => e.checkVisibility())"
        ".filter(e => !(e.textContent || e.getAttribute('aria-label') || (e.labels && e.labels.length))).length"
    )
    assert nameless == 0
    opened.call("Emulation.setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=1, mobile=True)
    try:
        assert opened.run("document.documentElement.scrollWidth") <= 390
    finally:
        opened.call("Emulation.clearDeviceMetricsOverride")


def test_what_the_script_makes_has_ranks_labels_and_a_language(opened: Browser) -> None:
    ranks = opened.run("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => Number(h.tagName[1]))")
    assert ranks.count(1) == 1 and all(b <= a + 1 for a, b in pairwise(ranks))
    inputs = "[...document.querySelectorAll('.explorer input')]"
    assert opened.run(f"{inputs}.filter(i => !i.labels.length || !i.labels[0].textContent.trim()).length") == 0
    assert opened.run(f"{inputs}.filter(i => !i.closest('fieldset').querySelector('legend .name')).length") == 0
    described = "[...document.querySelectorAll('[aria-describedby], [aria-labelledby]')]"
    names = "(e.getAttribute('aria-describedby') || e.getAttribute('aria-labelledby'))"
    assert opened.run(f"{described}.filter(e => !document.getElementById({names})).length") == 0
    assert opened.run("document.querySelectorAll('.explorer .outcome[role=status][aria-live=polite]').length") == len(
        CASES
    )
    for lang in ("zh-Hans", "en"):
        opened.run(f"document.querySelector('[data-speak={lang[:2]}]').click()")
        assert opened.run("document.documentElement.lang") == lang


def test_a_flip_does_not_lose_the_focus_nor_fold_what_is_open(opened: Browser) -> None:
    flip = "document.querySelector('#explorer-ride_injury [data-flip=\"%s\"]')"
    for there, back in (("online_only", "linked_offline"), ("linked_offline", "online_only")):
        opened.run(flip % f"ecl38_2_space={there}" + ".focus()")
        opened.press("Enter")
        assert opened.run("document.activeElement.dataset.flip") == f"ecl38_2_space={back}"
    turns = "document.querySelector('#explorer-ride_injury details.turns')"
    opened.run(f"{turns}.open = true, {turns}.querySelector('button').focus()")
    opened.press("Enter")
    assert opened.run(f"{turns}.open && {turns}.contains(document.activeElement)")


def test_a_link_in_the_page_keeps_the_state_and_back_leads_back(opened: Browser) -> None:
    opened.run("document.querySelector('[data-flip=\"ecl38_2_form_audit=several\"]').click()")
    state = opened.run("location.hash")
    opened.run("document.querySelector('nav a[href=\"#provisions\"]').click()")
    assert opened.run("location.hash") == f"{state}&at=provisions"
    assert opened.run("document.activeElement.id") == "provisions"
    opened.run("new Promise(r => { addEventListener('hashchange', () => r(1), {once: true}); history.back(); })")
    assert opened.run("location.hash") == state
    assert shown(opened, "ride_injury") == {"platform:several:passenger": "certain"}


def test_a_garbled_address_does_no_harm(opened: Browser, page: Path) -> None:
    as_it_came = shown(opened, "ride_injury")
    garbage = ("%E0%A4%A=1", "=", "a=b&&&=", "ride_injury.r=nope", "ride_injury.__proto__=x", "lang=<b>", "at=]'")
    for address in garbage:
        opened.go(address)
        assert shown(opened, "ride_injury") == as_it_came, address
        assert opened.run("document.documentElement.lang") == "en"
    opened.open(f"{page.as_uri()}#at=nowhere&ride_injury.constructor=x")
    assert shown(opened, "ride_injury") == as_it_came


def test_hostile_names_do_nothing_in_a_browser(chromium: Browser, hostile_page: Path) -> None:
    chromium.open(hostile_page.as_uri())
    assert chromium.run("document.title") == HOSTILE
    assert chromium.run("document.querySelectorAll('img').length") == 0
    assert HOSTILE in chromium.run("document.querySelector('#explorer-evil').textContent")
    assert chromium.problems == []
