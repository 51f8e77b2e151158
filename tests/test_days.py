"""A day of which only a span is known: what follows is what follows on the days of the span, all taken together."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiers import examples

from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import choose
from pyliab.kb.write_case import told
from pyliab.law.liability import Liability
from pyliab.law.world import World
from pyliab.text.amounts import Days, iso, span

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
