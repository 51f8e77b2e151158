"""Finding things: by words that stand in them, by their titles, by the number of an article; and what a provision asks for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pyliab.answers.search import search
from pyliab.answers.show import find
from pyliab.asp.facts_of import facts_of
from pyliab.asp.load import load
from pyliab.cli.main import main
from pyliab.kb.read import load_case
from pyliab.text.problem import InputError

BASE = load()


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


@pytest.mark.parametrize(
    "words,kind,name",
    [
        (["相应的责任"], "provision", "ECL 38(2)"),
        (["licence", "joint"], "argument", "ecl38_2_form_audit=joint_whole"),
        (["黄丽丽"], "reading", "paper_body"),
        (["charger"], "case", "charger_fire"),
        (["网约车"], "case", "ride_injury"),
        (["资质资格", "审核义务"], "word", "audited"),
        (["sue", "complained"], "word", "told_of_action"),
    ],
)
def test_what_speaks_of_some_words_is_found(words: list[str], kind: str, name: str) -> None:
    assert (kind, name) in [(hit.kind, hit.id) for hit in search(BASE, words)]


def test_every_word_asked_for_has_to_stand_in_it() -> None:
    both = {(hit.kind, hit.id) for hit in search(BASE, ["licence takeaway"]) if hit.kind != "word"}
    assert both and both <= {(hit.kind, hit.id) for hit in search(BASE, ["licence"])}


def test_a_fact_is_found_by_what_one_would_call_it() -> None:
    """No word of the vocabulary says so; the nearest are named."""
    assert "audited" in [hit.id for hit in search(BASE, ["没看营业执照"]) if hit.kind == "word"]


def test_search_prints_both_languages_and_json() -> None:
    english, chinese = (run("search", "相应的责任", "--lang", lang).output for lang in ("en", "zh"))
    assert "Provisions" in english and "条款" in chinese and "……" not in english.split("Arguments")[0]
    assert {"provision"} <= {hit["kind"] for hit in json.loads(run("search", "相应的责任", "--json").output)["found"]}
    assert run("search", "qqqq", "--lang", "en").output == "Nothing here speaks of qqqq.\n"


@pytest.mark.parametrize(
    "called,kind,name",
    [
        ("电子商务法第三十八条第二款", "provision", "ECL 38(2)"),
        ("《电子商务法》第38条第2款", "provision", "ECL 38(2)"),
        ("《中华人民共和国民法典》第一千一百九十八条第二款", "provision", "CC 1198(2)"),
        ("民法典第1198条", "statute", "CC"),
        ("电子商务法", "statute", "ECL"),
        ("曾娜", "reading", "zeng_na"),
        ("网约车事故：仅违反审核义务", "case", "ride_injury"),
        ("A ride goes wrong: only the audit duty was breached", "case", "ride_injury"),
    ],
)
def test_show_takes_titles_and_chinese_citations(called: str, kind: str, name: str) -> None:
    found, thing = find(BASE, called)
    assert (found, name) == (kind, getattr(thing, "id", "") or getattr(thing, kind))


def test_an_article_is_shown_with_its_paragraphs_alone() -> None:
    _, statute = find(BASE, "民法典第1198条")
    assert [provision.id for provision in statute.provisions] == ["CC 1198(1)", "CC 1198(2)"]


def test_what_is_not_there_is_not_shown() -> None:
    with pytest.raises(InputError, match="nothing is called"):
        find(BASE, "民法典第九千条")


def test_a_provision_lists_the_facts_that_it_asks_for() -> None:
    asked = facts_of(BASE, "ECL 38(2)")
    assert {"audited", "kept_safe", "at_fault", "contributed", "life_health", "offers", "harm"} <= set(asked)
    assert not {"knows", "notice", "loss"} & set(asked), "paragraph 1, and money, are another matter"
    assert facts_of(BASE, "CC 999") == []


def test_the_sentences_that_a_provision_lists_can_be_copied_into_a_case(tmp_path: Path) -> None:
    rows = json.loads(run("show", "ECL 38(2)", "--facts", "--json", "--lang", "zh").output)["facts"]
    says = [row["says"] for row in rows]
    assert "平台未对经营者的资质资格尽到审核义务" in says
    names = "parties:\n  platform: 平台\n  operator: 经营者\n  consumer: 消费者\nitems: {item: 商品或者服务}\nharms: {harm: 损害}\n"
    for sentence in says:
        path = tmp_path / "mine.yaml"
        head = "case: mine\ntitle: 甲\nkind: hypothetical\ndate: 2024-06-01\nabout: 乙\n"
        path.write_text(f"{head}{names}facts:\n  - {sentence}\n", encoding="utf-8")
        (fact,) = load_case(path, BASE).facts
        assert fact.word in {row["word"] for row in rows}


def test_facts_are_listed_of_provisions_only() -> None:
    done = run("show", "paper_body", "--facts")
    assert (done.exit_code, "--facts goes with a provision" in done.output) == (2, True)
