"""The wording: every word in a segment, every segment carried or excused, every quotation from the text."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from pyliab.asp.load import load
from pyliab.cli.main import main
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.model import Period
from pyliab.law.words import Phrases, numeral

BASE = load()
CORE = [
    "ECL 38(1)",
    "ECL 38(2)",
    "CC 1195(1)",
    "CC 1195(2)",
    "CC 1195(3)",
    "CC 1197(1)",
    "CC 1198(1)",
    "CC 1198(2)",
    "FSL 131(1)",
    "FSL 131(2)",
]


@pytest.mark.parametrize("name", CORE)
def test_every_word_of_a_core_article_belongs_to_a_segment(base: KnowledgeBase, name: str) -> None:
    provision = base.provisions[name]
    assert "".join(segment.words for segment in provision.segments) == provision.text


@pytest.mark.parametrize("name", CORE)
def test_every_segment_is_carried_or_says_why_not(base: KnowledgeBase, name: str) -> None:
    for segment in base.provisions[name].segments:
        if segment.rules:
            assert set(segment.rules) <= set(base.notes)
        else:
            assert segment.not_encoded.of("zh") and segment.not_encoded.of("en")


@pytest.mark.parametrize("name", CORE)
def test_a_segment_counts_a_rule_only_if_the_rule_depends_on_law(base: KnowledgeBase, name: str) -> None:
    """A rule named by a segment stands in rules/, and cites something that resolves."""
    for segment in base.provisions[name].segments:
        for rule in segment.rules:
            assert base.notes[rule].cites


def test_quoted_words_stand_in_the_provision(base: KnowledgeBase) -> None:
    phrases = Phrases(base)
    for note in base.notes.values():
        for cited in note.cites:
            for piece in phrases.words_of(cited, [note.id]).split("……") if cited in base.provisions else []:
                assert piece in base.provisions[cited].text


@pytest.mark.parametrize(
    "name,words",
    [
        ("ECL 38(1)", "未采取必要措施的，依法与该平台内经营者承担连带责任。"),
        ("ECL 38(2)", "造成消费者损害的，依法承担相应的责任。"),
        ("CC 1195(2)", "对损害的扩大部分与该网络用户承担连带责任。"),
        ("CC 1197(1)", "未采取必要措施的，与该网络用户承担连带责任。"),
        ("CC 1198(2)", "承担相应的补充责任。"),
        ("FSL 131(1)", "应当与食品经营者承担连带责任。"),
        ("FSL 131(2)", "由网络食品交易第三方平台提供者赔偿。"),
    ],
)
def test_the_operative_words_are_the_official_ones(base: KnowledgeBase, name: str, words: str) -> None:
    assert words in base.provisions[name].text


def test_38_1_has_no_expanded_part_and_1195_has(base: KnowledgeBase) -> None:
    assert "扩大" not in base.provisions["ECL 38(1)"].text
    assert "扩大" not in base.provisions["CC 1197(1)"].text
    assert "损害的扩大部分" in base.provisions["CC 1195(2)"].text


@pytest.mark.parametrize(
    "name,start,end",
    [
        ("ECL 38(2)", "2019-01-01", None),
        ("CC 1195(2)", "2021-01-01", None),
        ("SRL 36(2)", "2010-07-01", "2020-12-31"),
        ("SRL 37(2)", "2010-07-01", "2020-12-31"),
        ("FSL 131(1)", "2015-10-01", None),
    ],
)
def test_dates_in_force(base: KnowledgeBase, name: str, start: str, end: str | None) -> None:
    assert base.provisions[name].in_force == Period(start=start, end=end)


@pytest.mark.parametrize(
    "number,text",
    [
        (9, "九"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (38, "三十八"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (131, "一百三十一"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (1195, "一千一百九十五"),
        (1200, "一千二百"),
        (2000, "二千"),
    ],
)
def test_article_numbers_in_chinese(number: int, text: str) -> None:
    assert numeral(number) == text


def test_provisions_are_named_in_both_languages(base: KnowledgeBase) -> None:
    phrases = Phrases(base)
    assert phrases.provision("ECL 38(2)").of("zh") == "电子商务法第三十八条第二款"
    assert phrases.provision("CC 1197(1)").of("zh") == "民法典第一千一百九十七条"
    assert phrases.provision("ECL 38(2)").of("en") == "ECL 38(2)"


def test_no_sentence_of_a_rule_is_in_the_wrong_language(base: KnowledgeBase) -> None:
    for note in base.notes.values():
        assert re.search(r"[\u4e00-\u9fff]", note.zh), note.id
        assert not re.search(r"[\u4e00-\u9fff]", note.en), note.id


def test_the_core_provisions_are_told_in_english_and_said_to_be_no_official_words(base: KnowledgeBase) -> None:
    told = [name for name, provision in base.provisions.items() if provision.english]
    assert {"ECL 38(1)", "ECL 38(2)", "CC 1195(2)", "CC 1197(1)", "CC 1198(2)", "FSL 131(1)", "CPL 44(2)"} <= set(told)
    for lang, shown in (("en", True), ("zh", False)):
        result = CliRunner().invoke(main, ["explain", "ride_injury", "-r", "paper_body", "--lang", lang, "--no-pager"])
        assert (
            "ECL 38(2), translated here, not official: “For goods or services" in " ".join(result.output.split())
        ) is shown
