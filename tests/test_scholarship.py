"""debate and coverage."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from tiers import exhaustive, sweep

from pyliab.asp.load import load
from pyliab.cli.main import main
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile, Fact
from pyliab.kb.model import Position
from pyliab.law.liability import Key
from pyliab.law.world import World
from pyliab.questions.coverage import TwoCopies, claims, positions_to_outcomes, positions_to_sources, words_to_rules
from pyliab.questions.debate import CANONS, debate, ordering

BASE = load()


def by_hand(position: Position, order: list[str]) -> str:
    """The grounded extension reckoned by its definition: accept what is defended, round by round."""
    rank = {canon: i for i, canon in enumerate(order)}
    nodes = {("pro", i): a.kind for i, a in enumerate(position.for_)}
    nodes |= {("con", i): a.kind for i, a in enumerate(position.against)}
    defeats = {(a, b) for a in nodes for b in nodes if a[0] != b[0] and rank[nodes[a]] <= rank[nodes[b]]}
    defeats |= {(a, "position") for a in nodes if a[0] == "con"}
    everything = [*nodes, "position"]
    accepted: set = set()
    while True:
        out = {b for a, b in defeats if a in accepted}
        new = {x for x in everything if all(a in out for a, b in defeats if b == x)}
        if new == accepted:
            return "stands" if "position" in accepted else "falls" if "position" in out else "contested"
        accepted = new


@pytest.mark.parametrize("issue", list(BASE.issues))
def test_the_debate_agrees_with_the_definition_by_hand(base: KnowledgeBase, issue: str) -> None:
    for order in (list(CANONS), list(reversed(CANONS)), ordering(["value", "textual"]), ordering(["historical"])):
        for one in debate(base, issue, order):
            assert one.verdict == by_hand(base.issues[issue].positions[one.position], order)


@pytest.mark.parametrize("issue", ["ecl38_1_extent", "ecl38_2_form_audit", "fsl131_ecl38", "cc1198_online"])
def test_the_orderings_a_position_needs_are_exact(base: KnowledgeBase, issue: str) -> None:
    """Over all orderings: a position stands if and only if one of the named sets of priorities holds."""
    positions = base.issues[issue].positions
    used = sorted({a.kind for p in positions.values() for side in (p.for_, p.against) for a in side})
    found = debate(base, issue, list(CANONS))
    for order in itertools.permutations(used):
        rank = {canon: i for i, canon in enumerate(order)}
        for one in found:
            met = any(all(rank[a] < rank[b] for a, b in needs) for needs in one.needs)
            assert met == (by_hand(positions[one.position], list(order)) == "stands"), (one.position, order)


def test_history_cuts_against_both_camps(base: KnowledgeBase) -> None:
    """With legislative history above all, neither joint nor supplementary liability stands under 38(2)."""
    for issue in ("ecl38_2_form_audit", "ecl38_2_form_security"):
        verdicts = {one.position: one.verdict for one in debate(base, issue, ordering(["historical"]))}
        assert verdicts["joint_whole"] != "stands"
        assert verdicts["supp_capped"] != "stands"
        assert verdicts["supp_full"] != "stands"


@pytest.mark.parametrize(
    ("command", "marked"),
    [
        (["show", "boat_phuket"], "[proved, inferred from the holding] The travel website is at fault"),
        (["explain", "boat_phuket", "-r", "li_xiaowu"], "of the security duty (inferred from the holding)"),
    ],
)
def test_what_a_report_does_not_state_is_marked(command: list[str], marked: str) -> None:
    """The fault of the website is inferred from what it was ordered to pay; a proof that rests on it says so."""
    shown = " ".join(CliRunner().invoke(main, [*command, "--lang", "en"]).output.split())
    assert marked in re.sub(" [│├└─]+", "", shown)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (
            "- debtor: company\n      form: own_full",
            "- debtor: firm\n      form: own_full",
            "'firm' is no party of the case",
        ),
        (
            "- debtor: company\n      form: own_full",
            "- debtor: company\n      form: own",
            "'own' is no form of liability",
        ),
        ("- debtor: company\n      form: supp_capped", "- debtor: firm\n      form: supp_capped", "'firm' is no party"),
    ],
)
def test_a_judgment_speaks_of_parties_and_forms_that_are(tmp_path: Path, before: str, after: str, message: str) -> None:
    text = Path(BASE.case("ride_guangzhou").file).read_text(encoding="utf-8").split("\nexpect:")[0]
    assert text.count(before) == 1
    file = tmp_path / "ride_guangzhou.yaml"
    file.write_text(text.replace(before, after) + "\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["check", str(file), "--lang", "en"])
    line = text[: text.index(before)].count("\n") + 1
    assert result.exit_code and message in " ".join(result.output.split()), result.output
    assert f"ride_guangzhou.yaml:{line}" in result.output


@pytest.mark.parametrize("days", sweep([-365, -30, 30, 365], -365))
def test_an_assumed_day_decides_nothing(base: KnowledgeBase, days: int) -> None:
    """Where the day was not seen one is assumed: with all of them a month or a year away, the same follows, everywhere."""
    decided = [
        case for case in base.cases.values() if case.doc.judgment and any(f.sure == "assumed" for f in case.facts)
    ]
    moved = [
        replace(case, facts=[_moved(fact, days) if fact.sure == "assumed" else fact for fact in case.facts])
        for case in decided
    ]
    assert _following(base, decided) == _following(base, moved) != {}


def _moved(fact: Fact, days: int) -> Fact:
    def moved(value: str | int) -> str | int:
        if isinstance(value, str):
            return value
        there = datetime.strptime(str(value), "%Y%m%d") + timedelta(days)
        return int(there.strftime("%Y%m%d"))

    return replace(fact, args=tuple(map(moved, fact.args)))


def _following(base: KnowledgeBase, cases: list[CaseFile]) -> dict[str, dict[Key, str]]:
    """What may follow in each case over all readings, and how surely."""
    outcomes = World(base, cases).outcomes({})
    return {case: {key: owed.status for key, owed in found.items()} for case, found in outcomes.items()}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_decisions_as_data(base: KnowledgeBase, lang: str) -> None:
    """A row for each fact, each thing held or left aside, and each difference, all with the sources of the decision."""
    written = CliRunner().invoke(main, ["cases", "--decided", "--csv", "--lang", lang]).output
    head, *rows = csv.reader(io.StringIO(written))
    decided = [case for case in base.cases.values() if case.doc.judgment]
    assert len(decided) >= 40 and {row[0] for row in rows} == {case.id for case in decided}
    by_case = {case.id: [row for row in rows if row[0] == case.id] for case in decided}
    for case in decided:
        judgment = case.doc.judgment
        others = max(len(judgment.held), 1) + len(judgment.unjudged) + bool(judgment.difference)
        assert len(by_case[case.id]) == len(case.facts) + others
        for row in by_case[case.id]:
            assert len(row) == len(head) and all(entry.source in row[-1] for entry in judgment.sources)
    (settled,) = [row for row in by_case["aconite_xuzhou"] if row[7] == "platform"]
    assert settled[11] == {"zh": "平台已经和解", "en": "it had settled"}[lang]


def test_only_the_decided_cases_where_they_are_asked_for(base: KnowledgeBase) -> None:
    listed = json.loads(CliRunner().invoke(main, ["cases", "--decided", "--json"]).output)["cases"]
    assert [row["case"] for row in listed] == [case.id for case in base.cases.values() if case.doc.judgment]
    assert {row["kind"] for row in listed} == {"decided"}


def test_every_decision_has_a_court_a_source_and_an_expectation(base: KnowledgeBase) -> None:
    """Also where no reading gives the result: the reason is named."""
    for case in base.cases.values():
        if case.doc.kind == "decided":
            assert case.doc.judgment and case.doc.judgment.sources and case.doc.judgment.court, case.id
            assert case.doc.expect, case.id


@exhaustive  # `make lint` has it counted
def test_coverage_is_complete() -> None:
    """Counted once here, by the command; both languages and JSON print the same parts."""
    result = CliRunner().invoke(main, ["coverage", "--check", "--json"])
    assert result.exit_code == 0, [part["missing"] for part in json.loads(result.output)["parts"]]
    assert all(part["percent"] == "100" for part in json.loads(result.output)["parts"])


def test_coverage_notices_what_is_missing(base: KnowledgeBase) -> None:
    """Take a rule, a source or a carrier away, and it is reported."""
    import copy

    poorer = copy.deepcopy(base)
    del poorer.notes["ecl38_2_audit"]
    assert any("资质资格" in missing for missing, _ in words_to_rules(poorer))
    assert any("ecl38_2_audit" in missing for missing, _ in claims(poorer))
    lonely = copy.deepcopy(base)
    position = lonely.issues["ecl38_1_extent"].positions["several"]
    position.sources = position.provisions = position.for_ = position.against = ()
    assert any("ecl38_1_extent=several" in missing for missing, _ in positions_to_sources(lonely))


def test_a_position_that_changes_nothing_is_noticed(tmp_path: Path) -> None:
    """Two positions added to one issue: a rule follows from both alike, so that each parts from the old ones only."""
    titles = "title: {zh: 甲, en: a}\n    says: {zh: 甲, en: a}\n    holders: [{zh: 某, en: someone}]"
    issue, twins = "ecl38_2_interests", ("twin_a", "twin_b")
    (tmp_path / "issues").mkdir()
    rows = "\n".join(f"  {twin}:\n    {titles}" for twin in twins)
    (tmp_path / "issues" / "twins.yaml").write_text(f"extends: {issue}\npositions:\n{rows}\n", encoding="utf-8")
    entries = list(positions_to_outcomes(load([tmp_path])))
    assert [missing for missing, _ in entries if missing] == [f"{issue}={twin}" for twin in twins]
    assert not any(missing and excused for missing, excused in entries)


def test_what_parts_two_positions_parts_them_by_the_ordinary_question_too(base: KnowledgeBase) -> None:
    program, copies = World(base, base.cases.values()).program, TwoCopies(base)
    for issue in ("ecl38_1_extent", "ecl38_operator_role", "cc1198_online"):
        effective = [name for name, position in base.issues[issue].choices().items() if not position.no_effect]
        for first, second in itertools.combinations(effective, 2):
            beside = copies.beside((issue, first), (issue, second))
            assert beside and beside[issue] == first
            assert program.certain_and_possible(beside) != program.certain_and_possible({**beside, issue: second})
