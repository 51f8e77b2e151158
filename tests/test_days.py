"""A day of which only a span is known: what follows is what follows on the days of the span, all taken together."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiers import examples

from pyliab.asp.days import events
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile, read_case
from pyliab.kb.model import Case as Document
from pyliab.kb.reading import choose
from pyliab.kb.write_case import told
from pyliab.kb.yaml import YamlFile
from pyliab.law.liability import Liability
from pyliab.law.proof import explained
from pyliab.law.world import World, world_of
from pyliab.space.space import Explorer
from pyliab.text.amounts import Days, iso, span, when
from pyliab.text.problem import InputError

HEAD = """\
case: NAME
title: days
kind: hypothetical
date: CASE
about: days
parties: {site: site, user: user, owner: owner}
harms: {copy: copying}
facts:
"""
NOTICE = """\
  - provides_network_service: {provider: site}
  - infringes_online: {operator: user, platform: site, person: owner, harm: copy}
  - caused: {party: user, harm: copy}
  - took_measures: {platform: site, operator: user}
    status: disproved
  - timely_measures: {platform: site, operator: user}
    status: disproved
  - notice: {person: owner, platform: site, operator: user, on: FIRST}
  - notice_has_evidence: {person: owner, platform: site, on: FIRST}
  - notice_has_identity: {person: owner, platform: site, on: FIRST}
  - harm: {harm: copy, person: owner, interest: ip, on: HARM}
"""
DISPUTED = NOTICE.replace(
    "on: FIRST}\n  - notice_has_evidence", "on: FIRST}\n    status: disputed\n  - notice_has_evidence"
)
KNOWLEDGE = """\
  - provides_network_service: {provider: site}
  - infringes_online: {operator: user, platform: site, person: owner, harm: copy}
  - caused: {party: user, harm: copy}
  - took_measures: {platform: site, operator: user}
    status: disproved
  - should_know: {platform: site, operator: user, since: FIRST}
  - obvious: {platform: site, operator: user, since: SECOND}
  - harm: {harm: copy, person: owner, interest: personality, on: HARM}
"""
PLACE = """\
  - manages_place: {manager: site}
  - kept_safe: {bearer: site, person: owner}
    status: disproved
  - at_fault: {party: site, duty: security}
  - contributed: {party: site, duty: security, harm: copy}
  - harm: {harm: copy, person: owner, interest: health, on: HARM}
"""
LASTING = PLACE + "  - lasted: {harm: copy, until: FIRST}\n"
STORIES = (NOTICE, DISPUTED, KNOWLEDGE, PLACE, LASTING)
TURN = datetime.date(2021, 1, 1)
"""The day on which the Civil Code took the place of the laws before it."""
Slots = Mapping[str, int | Days]


def case_of(base: KnowledgeBase, story: str, slots: Mapping[str, object], name: str = "days") -> CaseFile:
    text = HEAD.replace("NAME", name) + story
    for slot, on in slots.items():
        text = text.replace(slot, iso(on) if isinstance(on, int) else str(on))
    return told(base, name, text)


def owed(liabilities: Mapping[Any, Liability]) -> dict[Any, tuple[str, frozenset[tuple[str, str]]]]:
    """By liability its status, and its bases, each with whether it is certain as well."""
    return {
        key: (
            one.status,
            frozenset(
                (b, "possible" if one.doubtful("basis", b) or one.status == "possible" else "certain")
                for b in one.basis
            ),
        )
        for key, one in liabilities.items()
    }


def together(rows: Sequence[Mapping[Any, Liability]]) -> dict[Any, tuple[str, frozenset[tuple[str, str]]]]:
    """What is owed in some of several worlds, and whether in all: said so of each liability and each basis."""
    known = Counter((key, basis) for row in rows for key, (_, bases) in owed(row).items() for basis, _ in bases)
    sure = Counter(
        (key, basis) for row in rows for key, (_, bases) in owed(row).items() for basis, so in bases if so == "certain"
    )
    certain = Counter(key for row in rows for key, one in row.items() if one.status == "certain")
    return {
        key: (
            "certain" if certain[key] == len(rows) else "possible",
            frozenset((b, "certain" if sure[k, b] == len(rows) else "possible") for k, b in known if k == key),
        )
        for key in {key for row in rows for key in row}
    }


def days_of(on: int | Days) -> Iterator[int]:
    if isinstance(on, int):
        yield on
        return
    first = datetime.date.fromisoformat(f"{on.first:08}")
    last = datetime.date.fromisoformat(f"{on.last:08}")
    yield from (int((first + datetime.timedelta(n)).strftime("%Y%m%d")) for n in range((last - first).days + 1))


@st.composite
def stories(draw: st.DrawFn) -> tuple[str, Slots]:
    """A story with each of its days exact or a span of a few days about the change of the law."""

    def on() -> int | Days:
        start, length = draw(st.integers(-3, 2)), draw(st.integers(0, 3))
        first, last = (int((TURN + datetime.timedelta(n)).strftime("%Y%m%d")) for n in (start, start + length))
        return span(first, last) if length else first

    return draw(st.sampled_from(STORIES)), {slot: on() for slot in ("CASE", "FIRST", "SECOND", "HARM")}


@pytest.mark.parametrize("reading", ["text_minimal", "paper_body"])
@given(story=stories())
@settings(max_examples=examples(30), deadline=None)
def test_what_follows_is_what_follows_on_every_day_of_the_spans(
    base: KnowledgeBase, reading: str, story: tuple[str, Slots]
) -> None:
    told_so, slots = story
    used = {slot: on for slot, on in slots.items() if slot == "CASE" or slot in told_so}
    choice = choose(base, base.reading(reading))
    open_ = case_of(base, told_so, used)
    exact = [dict(zip(used, days, strict=True)) for days in product(*map(days_of, used.values()))]
    cases = [case_of(base, told_so, days, f"days_{number}") for number, days in enumerate(exact)]
    rows = World(base, cases).outcomes(choice.positions)
    assert owed(World(base, [open_]).outcomes(choice.positions)["days"]) == together([rows[case.id] for case in cases])


def follows(
    base: KnowledgeBase, story: str, **slots: object
) -> tuple[dict[str, set[tuple[str, ...]]], list[Liability]]:
    """Under the text alone: by the part of a span what is owed then, as bases; and what is owed in all."""
    case = case_of(base, story, {"CASE": "2021-06-01", **slots})
    answer = world_of(base, case).derived("days", choose(base, base.reading("text_minimal")))
    parts = {str(row.when.arguments[2:4]): {one.basis for one in row.liabilities} for row in answer.by_day}
    return {name.strip("[]"): bases for name, bases in parts.items()}, list(answer.liabilities)


def test_a_harm_about_the_turn_of_the_year_2021_is_under_the_old_law_or_the_new(base: KnowledgeBase) -> None:
    parts, (one,) = follows(base, PLACE, HARM="2020-10/2021-03")
    assert one.status == "certain" and all(one.doubtful("basis", basis) for basis in one.basis)
    assert parts == {
        "Number(20201001), Number(20201231)": {("SRL 37(1)",)},
        "Number(20210101), Number(20210331)": {("CC 1198(1)",)},
    }


def test_a_harm_after_it_is_under_the_new_law_whatever_its_day(base: KnowledgeBase) -> None:
    parts, (one,) = follows(base, PLACE, HARM="2022-03/2022-06")
    assert (parts, one.status, one.basis, dict(one.only_possible)) == ({}, "certain", ("CC 1198(1)",), {})


def test_of_two_spans_that_overlap_either_day_may_be_the_first(base: KnowledgeBase) -> None:
    case = case_of(base, NOTICE, {"CASE": "2022-06-01", "FIRST": "2022-03", "HARM": "2022-03"})
    ways = {(day, harm) for _, _, day in pieces(base, case, "notice") for _, _, harm in pieces(base, case, "harm")}
    assert {(day > harm) - (day < harm) for day, harm in ways} == {-1, 0, 1}


def pieces(base: KnowledgeBase, case: CaseFile, word: str) -> Sequence[tuple[int, int, int]]:
    return next(event.pieces for event in events(base, case) if event.symbol.name == word)


def test_what_is_told_of_one_notice_has_one_day(base: KnowledgeBase) -> None:
    case = case_of(base, NOTICE, {"CASE": "2022-06-01", "FIRST": "2022-03", "HARM": "2022-06-01"})
    assert [[fact.word for fact in event.facts] for event in events(base, case)] == [
        ["notice", "notice_has_evidence", "notice_has_identity"]
    ]


def test_a_proof_says_the_span_and_no_day_that_nobody_told(base: KnowledgeBase) -> None:
    case = case_of(base, PLACE, {"CASE": "2021-06-01", "HARM": "2022-03/2022-06"})
    answer = explained(world_of(base, case), case, choose(base, base.reading("text_minimal")))
    said = [step.says.of("en") for one in answer.explanations for proof in one.proofs for step in proof.walk()]
    assert any("on a day from 2022-03 to 2022-06" in text for text in said)
    stand_for_others = [iso(day) for first, last, day in pieces(base, case, "harm") if first < day < last]
    assert stand_for_others and not any(day in text for day in stand_for_others for text in said)


def test_the_space_names_the_part_of_the_span_on_which_an_outcome_rests(base: KnowledgeBase) -> None:
    bare = "".join(row for row in NOTICE.splitlines(keepends=True) if "notice_has" not in row)
    case = case_of(base, bare, {"CASE": "2021-06-01", "FIRST": "2020-11", "HARM": "2020-12/2021-02"})
    space = Explorer(base).explore(case)
    (days,) = [v.values for v in space.diagram.variables if v.name in space.disputed]
    assert [day.rsplit(",", 3)[1:3] for day in days] == [["20201201", "20201231"], ["20210101", "20210228"]]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021", 20210101, 20211231),
        ("2024-02", 20240201, 20240229),
        ("2021-03/2021-06", 20210301, 20210630),
        ("2021-03-05/2021-04-01", 20210305, 20210401),
    ],
)
def test_a_span_is_a_year_a_month_or_goes_from_one_to_another(text: str, first: int, last: int) -> None:
    days = when(text)
    assert isinstance(days, Days) and (days, days.first, days.last) == (text, first, last)


@pytest.mark.parametrize("text", ["2021-13", "2021-02-31", "2021-06/2021-03", "2021-3", "2021/", "/2021"])
def test_what_is_no_span_is_refused_where_it_stands(base: KnowledgeBase, text: str) -> None:
    with pytest.raises(InputError) as refused:
        case_of(base, PLACE, {"CASE": "2021-06-01", "HARM": text})
    (problem,) = refused.value.problems
    assert problem.line == 14 and problem.column > 1


def test_a_fact_with_two_days_has_one_span_at_most(base: KnowledgeBase) -> None:
    lasted = base.vocabulary["lasted"]
    since = replace(lasted.arguments[-1], name="Since")
    stayed = replace(lasted, name="stayed", arguments=(*lasted.arguments, since))
    about = {
        "case": "two",
        "title": "t",
        "kind": "hypothetical",
        "date": "2021-01-01",
        "about": "a",
        "parties": {},
        "harms": {"h": "h"},
    }
    for until, fits in (("2021-03-01", True), ("2021-03", False)):
        doc = Document(**{**about, "facts": ({"stayed": {"harm": "h", "until": until, "since": "2021"}},)})
        if fits:
            assert read_case(YamlFile("two", doc), doc, {"stayed": stayed}).facts
        else:
            with pytest.raises(InputError, match="one at most may be a span"):
                read_case(YamlFile("two", doc), doc, {"stayed": stayed})
