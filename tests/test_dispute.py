"""Facts in dispute: who bears the burden under which position, what is inferred, and what each open fact would add."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from click.testing import CliRunner
from tiers import sweep

from pyliab.cli.main import main
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile, Fact
from pyliab.kb.reading import Choice, choose
from pyliab.law.burden import Effect, disputed, effect, outcome_of, unproved
from pyliab.law.proof import Explainer, ProofProgram
from pyliab.law.world import World, world_of
from pyliab.questions.disputed import OpenFacts, open_facts

FAULT = ("at_fault", ("platform", "security"))
LIABLE = {("platform", "passenger", "supp_full"): "certain"}


def with_facts(case: CaseFile, *facts: tuple[str, tuple[str | int, ...], str]) -> CaseFile:
    """The case with these facts (word, arguments, status) in the place of its own on the same matter."""
    told = {(word, args) for word, args, _ in facts}
    kept = [fact for fact in case.facts if (fact.word, fact.args) not in told]
    added = [Fact(word, args, status, 0) for word, args, status in facts if status != "unstated"]  # type: ignore[arg-type]
    return replace(case, facts=[*kept, *added])


def taking(base: KnowledgeBase, positions: Mapping[str, str]) -> Choice:
    """The reading of the paper's body with other positions."""
    choice = choose(base, base.reading("paper_body"))
    taken = {**choice.positions, **positions}
    return Choice("asked", taken, {}, tuple(issue for issue in base.issues if issue not in taken))


def owed(inquiry: World, case: CaseFile, choice: Choice) -> dict[Any, str]:
    return {key: one.status for key, one in inquiry.outcomes(choice.positions)[case.id].items()}


def closed(base: KnowledgeBase, case: CaseFile, **positions: str) -> dict[Any, str]:
    """The outcome where what is in dispute stays unproved."""
    return owed(world_of(base, case, non_liquet=True), case, taking(base, positions))


def failing(base: KnowledgeBase, case: CaseFile, **positions: str) -> set[tuple[str, str, str]]:
    """Who fails to prove which side on which ground."""
    rows = unproved(world_of(base, case, non_liquet=True), case, taking(base, positions))
    return {(one.party, one.side, one.ground) for row in rows for one in row.fails}


@pytest.fixture(scope="module")
def fault_disputed(base: KnowledgeBase) -> CaseFile:
    """An alarm nobody answered; whether the platform was at fault stays even. It is not said who holds the log."""
    case = with_facts(base.case("evidence_in_hand"), (*FAULT, "disputed"))
    return with_facts(case, ("controls_evidence", ("platform",), "unstated"))


def test_the_victim_who_must_prove_fault_loses(base: KnowledgeBase, fault_disputed: CaseFile) -> None:
    assert closed(base, fault_disputed, ecl38_2_imputation="fault_proved") == {}
    assert failing(base, fault_disputed, ecl38_2_imputation="fault_proved") == {("passenger", "so", "proved")}


@pytest.mark.parametrize(("position", "ground"), [("fault_presumed", "presumed"), ("burden_reversed", "reversed")])
def test_the_platform_that_must_disprove_fault_loses(
    base: KnowledgeBase, fault_disputed: CaseFile, position: str, ground: str
) -> None:
    """Presumption and reversal: the same outcome, another ground."""
    assert closed(base, fault_disputed, ecl38_2_imputation=position) == LIABLE
    assert failing(base, fault_disputed, ecl38_2_imputation=position) == {("platform", "not_so", ground)}


@pytest.mark.parametrize(
    ("control", "outcome", "fails"),
    [
        ("proved", LIABLE, {("platform", "not_so", "control")}),
        ("disproved", {}, {("passenger", "so", "no_control")}),
        ("unstated", {}, {("passenger", "so", "no_control")}),
        ("disputed", {}, {("passenger", "so", "no_control"), ("passenger", "so", "claim")}),
    ],
)
def test_the_burden_follows_control_of_the_evidence(
    base: KnowledgeBase, fault_disputed: CaseFile, control: str, outcome: Any, fails: Any
) -> None:
    """Whether the platform is in control is itself for the victim to prove."""
    case = with_facts(fault_disputed, ("controls_evidence", ("platform",), control))
    assert closed(base, case, ecl38_2_imputation="evidence_proximity") == outcome
    assert failing(base, case, ecl38_2_imputation="evidence_proximity") == fails


@pytest.mark.parametrize("position", ["breach_is_fault", "strict"])
def test_where_breach_is_enough_nobody_has_to_prove_fault(
    base: KnowledgeBase, fault_disputed: CaseFile, position: str
) -> None:
    assert closed(base, fault_disputed, ecl38_2_imputation=position) == LIABLE
    assert failing(base, fault_disputed, ecl38_2_imputation=position) == set()


def test_what_is_proved_is_not_decided_by_the_burden(base: KnowledgeBase, fault_disputed: CaseFile) -> None:
    innocent = with_facts(fault_disputed, (*FAULT, "disproved"))
    guilty = with_facts(fault_disputed, (*FAULT, "proved"))
    assert closed(base, innocent, ecl38_2_imputation="fault_presumed") == {}
    assert closed(base, guilty, ecl38_2_imputation="fault_proved") == LIABLE


def test_one_fact_can_be_for_each_side_to_prove(base: KnowledgeBase, fault_disputed: CaseFile) -> None:
    """Fault proved under ECL 38(2), but presumed under CC 1198 for a platform that also runs the place."""
    case = with_facts(fault_disputed, ("manages_place", ("platform",), "proved"))
    fails = failing(base, case, ecl38_2_imputation="fault_proved", cc1198_imputation="presumed_fault")
    assert fails == {("passenger", "so", "proved"), ("platform", "not_so", "presumed")}


@pytest.mark.parametrize("word", ["withheld_records", "kept_records"])
def test_withheld_records_are_held_against_the_platform(
    base: KnowledgeBase, fault_disputed: CaseFile, word: str
) -> None:
    """ECL 31 and 62: the victim need not prove what the platform's missing log would have shown."""
    status = "proved" if word == "withheld_records" else "disproved"
    case = with_facts(fault_disputed, (word, ("platform", "security"), status))
    assert closed(base, case, ecl38_2_imputation="fault_proved") == LIABLE
    assert failing(base, case, ecl38_2_imputation="fault_proved") == set()
    other = with_facts(fault_disputed, (word, ("platform", "audit"), status))
    assert closed(base, other, ecl38_2_imputation="fault_proved") == {}


def test_nothing_is_inferred_while_the_dispute_is_open(base: KnowledgeBase, fault_disputed: CaseFile) -> None:
    case = with_facts(fault_disputed, ("withheld_records", ("platform", "security"), "proved"))
    choice = taking(base, {"ecl38_2_imputation": "fault_proved"})
    assert owed(world_of(base, case), case, choice) == dict.fromkeys(LIABLE, "possible")


def test_what_is_inferred_can_be_disproved(base: KnowledgeBase, fault_disputed: CaseFile) -> None:
    case = with_facts(fault_disputed, ("withheld_records", ("platform", "security"), "proved"))
    choice = taking(base, {"ecl38_2_imputation": "fault_proved"})
    (row,) = unproved(world_of(base, case, non_liquet=True), case, choice)
    assert row.inferred == ("so",)
    assert row.proved == Effect((), ())
    assert row.disproved.removes == tuple(LIABLE)


def test_the_inference_stands_in_the_proof(base: KnowledgeBase, fault_disputed: CaseFile) -> None:
    case = with_facts(fault_disputed, ("withheld_records", ("platform", "security"), "proved"))
    choice = taking(base, {"ecl38_2_imputation": "fault_proved"})
    inquiry = world_of(base, case, non_liquet=True)
    (liability,) = inquiry.derive(case.id, choice)
    explained = Explainer(ProofProgram(inquiry, case), choice).explain(liability)
    steps = [step for proof in explained.proofs for step in proof.walk()]
    assert {"inferred_fault", "records_withheld", "unproved"} <= {step.rule for step in steps}
    assert any("ECL 62(1)" in step.cites for step in steps)


def test_a_breach_that_is_not_proved_is_none(base: KnowledgeBase) -> None:
    case = base.case("disputed_audit")
    assert closed(base, case) == {}
    assert failing(base, case) == {("passenger", "not_so", "claim")}


def test_a_waiver_is_for_the_platform_to_prove(base: KnowledgeBase, fault_disputed: CaseFile) -> None:
    case = with_facts(fault_disputed, (*FAULT, "proved"), ("waived", ("platform", "passenger"), "disputed"))
    assert closed(base, case, waiver="waivable") == LIABLE
    assert failing(base, case, waiver="waivable") == {("platform", "so", "defence")}


def test_a_burden_never_bears_on_what_is_undisputed(base: KnowledgeBase) -> None:
    for name in ("ride_injury", "evidence_in_hand", "fault_unclear"):
        inquiry = world_of(base, base.case(name))
        kinds = {one.atom.name for one in inquiry.findings(name, taking(base, {}).positions)}
        assert not kinds & {"burden", "fails", "inferred"}


def flipped(case: CaseFile, fact: Fact, status: str) -> CaseFile:
    facts = [replace(one, status=status) if one is fact else one for one in case.facts]  # type: ignore[arg-type]
    return replace(case, facts=facts)


@pytest.mark.parametrize(
    ("name", "imputation"),
    sweep(
        product(
            ("ride_both", "charger_fire", "kitchen_fire", "yihaodian_food", "repeat_offender"),
            ("fault_proved", "fault_presumed", "evidence_proximity"),
        ),
        ("ride_both", "evidence_proximity"),
    ),
)
def test_the_burden_told_is_the_burden_that_decides(base: KnowledgeBase, name: str, imputation: str) -> None:
    """Each fact of a case, one after the other, in dispute: left unproved it stands as if decided against who fails.

    That is asked of facts with one bearer; where norms differ, one side may fail under each.
    """
    case = base.case(name)
    choice = taking(base, {"ecl38_2_imputation": imputation})
    told = 0
    for fact in case.facts:
        predicate = base.vocabulary[fact.word]
        if fact.word == "harm" or "undated" in fact.args or {a.type for a in predicate.arguments} & {"yuan", "share"}:
            continue
        asked = flipped(case, fact, "disputed")
        inquiry = world_of(base, asked, non_liquet=True)
        (row,) = [one for one in unproved(inquiry, asked, choice) if one.fact in disputed(asked) and _is(one, fact)]
        sides = {one.side for one in row.fails}
        if len(sides) != 1:
            continue
        against = flipped(case, fact, "disproved" if sides == {"so"} else "proved")
        assert owed(inquiry, asked, choice) == owed(world_of(base, against, non_liquet=True), against, choice), fact
        told += 1
    assert told > 5


def _is(row: Any, fact: Fact) -> bool:
    symbol = row.fact
    return symbol.name == fact.word and [str(a) for a in symbol.arguments[1:]] == [str(a) for a in fact.args]


# --- open facts -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def three_disputed(base: KnowledgeBase) -> CaseFile:
    """Audit, fault in it and its causal force, all three in dispute; the security duty is breached beyond dispute."""
    case = base.case("disputed_audit")
    return with_facts(
        case,
        ("at_fault", ("platform", "audit"), "disputed"),
        ("contributed", ("platform", "audit", "injury"), "disputed"),
    )


def worlds(base: KnowledgeBase, case: CaseFile, choice: Choice) -> dict[tuple[bool, ...], frozenset[Any]]:
    """Brute force: what is owed in each combination of the disputed facts."""
    facts = [fact for fact in case.facts if fact.status == "disputed"]
    found = {}
    for sides in product((True, False), repeat=len(facts)):
        settled = case
        for fact, so in zip(facts, sides, strict=True):
            settled = with_facts(settled, (fact.word, fact.args, "proved" if so else "disproved"))
        found[sides] = frozenset(owed(world_of(base, settled), settled, choice))
    return found


CLOSED = {
    "ecl38_2_no_joint_tort": "several",
    "audit_standard": "formal",
    "ecl38_paragraphs": "cumulative",
    "general_clause_beside": "none",
    "ride_carrier": "intermediary",
    "srl36_3_knowledge": "knows_only",
    "consumer_by_use": "use_suffices",
    "cpl44_seller": "whoever_sells",
}


@pytest.mark.parametrize("imputation", ["fault_proved", "fault_presumed", "strict"])
def test_open_facts_by_brute_force(base: KnowledgeBase, three_disputed: CaseFile, imputation: str) -> None:
    choice = taking(base, {**CLOSED, "ecl38_2_imputation": imputation})
    assert not choice.open_issues
    answer = open_facts(world_of(base, three_disputed), three_disputed, choice)
    every = worlds(base, three_disputed, choice)
    assert owing(answer) == summed(every.values())
    for place, fact in enumerate(answer.open_facts):
        for found_effect, so in ((fact.proved, True), (fact.disproved, False)):
            after = summed(found for sides, found in every.items() if sides[place] is so)
            assert found_effect == effect(owing(answer), after)
    assert {frozenset(way.liabilities) for way in answer.combinations} == {
        frozenset((debtor, creditor, form) for debtor, creditor, form in found) for found in every.values()
    }
    for way in answer.combinations:
        covered = {
            sides
            for sides in every
            for one in way.sufficient
            if _holds(one, sides, [f.fact for f in answer.open_facts])
        }
        assert covered == {sides for sides, found in every.items() if found == frozenset(way.liabilities)}


def owing(answer: OpenFacts) -> dict[Any, str]:
    return {(one.debtor, one.creditor, one.form): one.status for one in answer.outcome}


def summed(outcomes: Any) -> dict[Any, str]:
    every = list(outcomes)
    return {key: "certain" if all(key in one for one in every) else "possible" for key in frozenset().union(*every)}


def _holds(one: Sequence[str], sides: Sequence[bool], facts: Sequence[Any]) -> bool:
    text = {str(fact): so for fact, so in zip(facts, sides, strict=True)}
    return all(text[name.removeprefix("-")] is (not name.startswith("-")) for name in one)


def test_open_facts_agree_with_derive(base: KnowledgeBase) -> None:
    """The ordinary answer stays as it is."""
    case = base.case("disputed_audit")
    choice = choose(base, base.reading("text_minimal"))
    inquiry = world_of(base, case)
    answer = open_facts(inquiry, case, choice)
    assert owing(answer) == owed(inquiry, case, choice)
    assert outcome_of(inquiry.program, case.id, inquiry.program.assume(choice.positions)) == owing(answer)
    assert answer.combinations


# --- the commands -----------------------------------------------------------------------------------------------------


def run(*args: str) -> Any:
    return CliRunner().invoke(main, list(args))


def test_the_commands_tell_it(base: KnowledgeBase) -> None:
    english = run("derive", "disputed_audit", "-r", "paper_body", "--non-liquet", "--lang", "en").output
    assert "The passenger has not proved that it is not so that" in english
    assert "disproved (the rest unproved): adds" in english
    chinese = run("explain", "disputed_audit", "-r", "paper_body", "--non-liquet", "--lang", "zh").output
    assert "承担不利后果" in chinese
    opened = run("derive", "disputed_audit", "-r", "paper_body", "--open-facts", "--lang", "zh").output
    assert "何种组合决定结果" in opened


def test_json_shapes(base: KnowledgeBase) -> None:
    told = json.loads(run("derive", "disputed_audit", "-r", "paper_body", "--non-liquet", "--json").output)
    (row,) = told["unproved"]
    assert told["liabilities"] == []
    assert row["fails"] == [{"party": "passenger", "side": "not_so", "under": "in_general", "ground": "claim"}]
    assert row["disproved"]["adds"] == [{"debtor": "platform", "creditor": "passenger", "form": "supp_full"}]
    opened = json.loads(run("derive", "disputed_audit", "-r", "paper_body", "--open-facts", "--json").output)
    assert set(opened) == {"case", "reading", "outcome", "certain", "open_facts", "combinations"}
    assert opened["certain"] == []
    plain = json.loads(run("derive", "disputed_audit", "-r", "paper_body", "--json").output)
    assert "unproved" not in plain
    assert [one["status"] for one in plain["liabilities"]] == ["possible"]


def test_the_two_questions_exclude_each_other() -> None:
    asked = run("derive", "disputed_audit", "-r", "paper_body", "--non-liquet", "--open-facts")
    assert asked.exit_code == 2
    assert "take one of them" in asked.output
