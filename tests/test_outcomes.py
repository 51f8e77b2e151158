"""What the cases expect under the readings, and that certain and possible drop nothing."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiers import examples, quick, sweep

from pyliab.asp.load import load
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.compatibility import clashes, declared
from pyliab.kb.read import load_case
from pyliab.kb.reading import choose, choose_positions, taken
from pyliab.law.in_force import out_of_time
from pyliab.law.liability import Key, Liability
from pyliab.law.world import World, world_of

BASE = load()
READINGS = [
    "text_minimal",
    "paper_body",
    "paper_capped",
    "paper_abstract",
    "draft3",
    "draft4",
    "lu_qing",
    "several_all",
    "share_joint_spc2024",
    "npc_lac_2018",
    "yao_haifang",
    "zeng_na",
    "li_xiaowu",
    "audit_joint",
    "xie_hongfei",
    "cqu2025",
    "paper_reform",
    "ma_gengxin",
]

# The form that each named reading gives to a breach of the audit duty alone (None: left open).
AUDIT_FORM = {
    "paper_body": "supp_full",
    "paper_capped": "supp_capped",
    "paper_abstract": "joint_expanded",
    "draft3": "joint_whole",
    "draft4": "supp_capped",
    "lu_qing": "supp_capped",
    "several_all": "several",
    "share_joint_spc2024": "share_joint",
    "yao_haifang": "supp_capped",
    "li_xiaowu": "supp_capped",
    "audit_joint": "joint_whole",
    "xie_hongfei": "share_joint",
    "paper_reform": "supp_full",
    "ma_gengxin": "supp_capped",
}


def forms(inquiry: World, base: KnowledgeBase, case: str, reading: str) -> set[tuple[str, str]]:
    return {(one.form, one.status) for one in under(inquiry, reading)[case].values()}


@cache
def under(inquiry: World, reading: str) -> dict[str, dict[Key, Liability]]:
    """What follows in every case under a reading, asked once."""
    return inquiry.outcomes(choose(inquiry.base, inquiry.base.reading(reading)).positions)


@pytest.mark.parametrize("case", BASE.cases)
def test_a_case_gives_what_it_expects(inquiry: World, base: KnowledgeBase, case: str) -> None:
    expected: dict[str, set[tuple[str, ...]]] = {}
    for reading, rows in base.cases[case].doc.expect.items():
        told = (row.split() for row in rows)
        expected[reading] = {(debtor, form, *(status or ["certain"])) for debtor, form, *status in told}
    found = {reading: under(inquiry, reading)[case].values() for reading in expected}
    assert {
        reading: {(one.debtor, one.form, one.status) for one in liabilities} for reading, liabilities in found.items()
    } == expected


def test_every_case_expects_something_of_every_reading(base: KnowledgeBase) -> None:
    assert set(base.readings) == set(READINGS)
    for case in base.cases.values():
        assert set(case.doc.expect) == set(READINGS), case.id


@pytest.mark.parametrize("reading,form", AUDIT_FORM.items())
def test_the_ride_turns_on_the_form_of_the_audit_duty(
    inquiry: World, base: KnowledgeBase, reading: str, form: str
) -> None:
    assert forms(inquiry, base, "ride_injury", reading) == {(form, "certain")}


def test_the_text_leaves_the_form_open(inquiry: World, base: KnowledgeBase) -> None:
    found = forms(inquiry, base, "ride_injury", "text_minimal")
    assert {status for _, status in found} == {"possible"}
    assert {form for form, _ in found} >= set(AUDIT_FORM.values())


@pytest.mark.parametrize("reading", READINGS)
def test_bad_food_is_joint_under_every_reading(inquiry: World, base: KnowledgeBase, reading: str) -> None:
    assert ("joint_whole", "certain") in forms(inquiry, base, "bad_food", reading)


@pytest.mark.parametrize("reading", READINGS)
def test_the_free_ride_of_wuxi_makes_no_platform_liable(inquiry: World, base: KnowledgeBase, reading: str) -> None:
    assert forms(inquiry, base, "didi_wuxi", reading) == set()


def test_guiding_case_83_is_decided_by_the_tort_liability_law(inquiry: World, base: KnowledgeBase) -> None:
    found = inquiry.derive("gc83", choose(base, base.reading("text_minimal")))
    assert [(one.form, one.status, one.basis) for one in found] == [("joint_expanded", "certain", ("SRL 36(2)",))]


def test_today_guiding_case_83_would_fall_under_ecl_42(base: KnowledgeBase) -> None:
    inquiry = world_of(base, base.case("gc83"), as_if_in_force=True)
    found = inquiry.derive("gc83", choose(base, base.reading("text_minimal")))
    assert [(one.form, one.basis) for one in found] == [("joint_expanded", ("ECL 42(2)",))]


def test_a_case_before_the_statute_is_not_decided_by_it(base: KnowledgeBase) -> None:
    missing = {entry.provision for entry in out_of_time(world_of(base, base.case("gc83")), base.case("gc83"))}
    assert {"ECL 38(1)", "ECL 38(2)", "CC 1195(2)", "FSL 131(1)"} <= missing
    assert "SRL 36(2)" not in missing


def test_text_minimal_sets_nothing_on_the_forms(base: KnowledgeBase) -> None:
    choice = choose(base, base.reading("text_minimal"))
    assert {"ecl38_2_form_audit", "ecl38_2_form_security"} <= set(choice.open_issues)
    assert not set(choice.own) & set(choice.assumed)


def test_open_background_leaves_every_unsaid_issue_open(base: KnowledgeBase) -> None:
    choice = choose(base, base.reading("draft4"), "open")
    assert choice.assumed == {}
    assert set(choice.open_issues) | set(choice.own) == set(base.issues)


def completions(base: KnowledgeBase, issues: list[str]) -> list[dict[str, str]]:
    options = [[p for p, entry in base.issues[i].positions.items() if not entry.not_encoded] for i in issues]
    return [dict(zip(issues, chosen, strict=True)) for chosen in itertools.product(*options)]


def any_reading(chance: random.Random) -> dict[str, str]:
    """A position on every issue, of which none clash."""
    while True:
        positions = {issue: chance.choice(completions(BASE, [issue]))[issue] for issue in BASE.issues}
        if not clashes(BASE.issues, positions):
            return positions


@settings(max_examples=examples(10), deadline=None)
@given(st.randoms(use_true_random=False))
def test_certain_and_possible_agree_with_brute_force(chance: random.Random) -> None:
    """Against one question for each completion: nothing is dropped, also where nobody is liable."""
    inquiry = brute_inquiry()
    full = any_reading(chance)
    left = chance.sample(sorted(full), 3)
    while len(completions(BASE, left)) > 120:
        left.pop()
    partial = {issue: position for issue, position in full.items() if issue not in left}
    fillings = [{**partial, **rest} for rest in completions(BASE, left)]
    every = [inquiry.outcomes(filled) for filled in fillings if not clashes(BASE.issues, filled)]
    found = inquiry.outcomes(partial)
    for case in inquiry.cases:
        all_keys = [{key for key, one in outcome[case].items()} for outcome in every]
        sure_keys = [{key for key, one in outcome[case].items() if one.status == "certain"} for outcome in every]
        assert set(found[case]) == set.union(*all_keys)
        assert {key for key, one in found[case].items() if one.status == "certain"} == set.intersection(*sure_keys)


_BRUTE: list[World] = []


def brute_inquiry() -> World:
    if not _BRUTE:
        _BRUTE.append(World(BASE, BASE.cases.values()))
    return _BRUTE[0]


@pytest.mark.parametrize("case", sweep(BASE.cases, "ride_injury", "charger_fire", "bad_food", "gc83", "disputed_audit"))
@pytest.mark.parametrize("reading", ["text_minimal", "paper_body", "lu_qing"])
def test_what_a_liability_turns_on_suffices_and_is_minimal(base: KnowledgeBase, case: str, reading: str) -> None:
    inquiry = world_of(base, base.cases[case])
    for one in inquiry.derive(case, choose(base, base.reading(reading))):
        if one.disputed_facts:
            continue
        carried = dict(name.split("=") for name in one.positions)
        assert inquiry.outcomes(carried)[case][one.key].status == "certain"
        for issue in carried:
            rest = {k: v for k, v in carried.items() if k != issue}
            other = inquiry.outcomes(rest)[case].get(one.key)
            assert other is None or other.status == "possible", (one.id, issue)


def test_a_disputed_fact_makes_a_liability_possible_only(inquiry: World, base: KnowledgeBase) -> None:
    (one,) = inquiry.derive("disputed_audit", choose(base, base.reading("several_all")))
    assert one.status == "possible"
    assert list(map(str, one.disputed_facts)) == ["-audited(disputed_audit,platform,driver)"]


def test_choosing_a_position_never_chooses_another(inquiry: World, base: KnowledgeBase) -> None:
    """Whatever is taken on one issue, every position of every other issue stays open, but for declared clashes."""
    program = inquiry.program
    apart = [{one.first, one.second} for one in declared(base.issues)]
    assert apart
    positions = list(program.positions.items())[:: 5 if quick() else 1]
    for (first, literal), (second, other) in itertools.combinations(positions, 2):
        if first[0] != second[0]:
            assert program.satisfiable([literal, other]) == ({first, second} not in apart)


def own_case(base: KnowledgeBase, tmp_path: Path, facts: str, harms: str) -> World:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "case: mine\ntitle: t\nkind: hypothetical\ndate: 2022-03-01\nabout: a\n"
        "parties: {app: the platform, shop: the shop, courier: the courier, buyer: the buyer}\n"
        f"items: {{meal: a meal}}\nharms: {{{harms}}}\nfacts:\n"
        "  - organisation: {party: app}\n  - provides_marketplace: {platform: app}\n"
        "  - does_business: {operator: shop}\n  - consumer: {person: buyer}\n"
        "  - offers: {operator: shop, item: meal, platform: app}\n  - life_health: {item: meal}\n" + facts,
        encoding="utf-8",
    )
    return world_of(base, load_case(path, base))


def test_a_certain_liability_says_which_of_its_harms_are_only_possible(base: KnowledgeBase, tmp_path: Path) -> None:
    """The poisoning is proved, the burns are in dispute: the liability is certain, its reach to the burns is not."""
    facts = "".join(
        f"  - harm: {{harm: {harm}, person: buyer, interest: health, on: 2022-03-01}}\n  - arises_from: {{harm: {harm}, item: meal}}\n"
        f"  - caused: {{party: shop, harm: {harm}}}\n"
        for harm in ("poisoning", "burns")
    )
    facts += (
        "  - audited: {platform: app, operator: shop}\n    status: disproved\n  - at_fault: {party: app, duty: audit}\n"
    )
    facts += "  - contributed: {party: app, duty: audit, harm: poisoning}\n"
    facts += "  - contributed: {party: app, duty: audit, harm: burns}\n    status: disputed\n"
    inquiry = own_case(base, tmp_path, facts, "poisoning: poisoning, burns: burns")
    several = {**taken(base.reading("text_minimal")), **taken(base.reading("several_all"))}
    (one,) = inquiry.derive("mine", choose_positions(base, "several", several | {"cc1198_online": "not_applicable"}))
    assert one.status == "certain" and set(one.harms) == {"poisoning", "burns"}
    assert one.only_possible["harms"] == ("burns",)


def test_a_liability_is_certain_also_when_its_partner_is_not(base: KnowledgeBase, tmp_path: Path) -> None:
    """Either the shop or the courier caused the harm; beside one of them the platform is liable in any event."""
    facts = (
        "  - harm: {harm: burns, person: buyer, interest: health, on: 2022-03-01}\n  - arises_from: {harm: burns, item: meal}\n"
        "  - kept_safe: {bearer: app, person: buyer}\n    status: disproved\n  - at_fault: {party: app, duty: security}\n"
        "  - contributed: {party: app, duty: security, harm: burns}\n"
        "  - caused: {party: shop, harm: burns}\n    status: disputed\n  - caused: {party: courier, harm: burns}\n"
    )
    inquiry = own_case(base, tmp_path, facts, "burns: burns")
    several = {**taken(base.reading("text_minimal")), **taken(base.reading("several_all"))}
    (one,) = inquiry.derive("mine", choose_positions(base, "several", several | {"cc1198_online": "not_applicable"}))
    assert one.status == "certain" and one.with_ == ("courier", "shop")
    assert one.only_possible["with"] == ("shop",)


@settings(max_examples=examples(20), deadline=None)
@given(st.randoms(use_true_random=False))
def test_disputed_facts_agree_with_brute_force(chance: random.Random) -> None:
    """Any facts put in dispute, told in any order: against one case for each way of settling them."""
    case = BASE.cases[chance.choice(sorted(BASE.cases))]
    disputed = chance.sample(range(len(case.facts)), min(3, len(case.facts)))
    positions = any_reading(chance)

    def told(statuses: dict[int, str]) -> dict:
        facts = [replace(fact, status=statuses.get(i, fact.status)) for i, fact in enumerate(case.facts)]
        chance.shuffle(facts)
        return world_of(BASE, replace(case, facts=facts)).outcomes(positions)[case.id]

    every = [
        told(dict(zip(disputed, settled, strict=True)))
        for settled in itertools.product(("proved", "disproved"), repeat=len(disputed))
    ]
    found = told(dict.fromkeys(disputed, "disputed"))
    assert set(found) == set.union(*(set(one) for one in every))
    sure = set.intersection(*({key for key, one in outcome.items() if one.status == "certain"} for outcome in every))
    assert {key for key, one in found.items() if one.status == "certain"} == sure
    for key, one in found.items():
        partners = [set(outcome[key].with_) for outcome in every if key in outcome]
        assert set(one.with_) == set.union(*partners)


@pytest.mark.parametrize(
    ("notice", "evidence", "late", "joint"),
    [
        ("2022-02-20", "proved", "timely_measures", True),
        ("2022-02-20", "proved", "took_measures", True),
        ("2022-02-20", "disproved", "timely_measures", False),
        ("2022-03-05", "proved", "timely_measures", False),
    ],
)
@pytest.mark.parametrize("reading", ["text_minimal", "paper_body"])
@pytest.mark.parametrize("taken_as", ["general", "knowledge_only"])
def test_who_has_a_notice_with_evidence_knows(
    base: KnowledgeBase, tmp_path: Path, notice: str, evidence: str, late: str, joint: bool, reading: str, taken_as: str
) -> None:
    """The consumer wrote to the platform ten days before the unsafe meal hurt; nothing was done. 38(1) and CPL 44(2) follow,
    whatever CC 1195 makes of the notice; not where it had no evidence, or came after the harm."""
    facts = (
        "  - unsafe: {item: meal}\n  - harm: {harm: burns, person: buyer, interest: health, on: 2022-03-01}\n"
        "  - arises_from: {harm: burns, item: meal}\n  - caused: {party: shop, harm: burns}\n"
        f"  - notice: {{person: buyer, platform: app, operator: shop, on: {notice}}}\n"
        f"  - notice_has_evidence: {{person: buyer, platform: app}}\n    status: {evidence}\n"
        f"  - {late}: {{platform: app, operator: shop}}\n    status: disproved\n"
    )
    inquiry = own_case(base, tmp_path, facts, "burns: burns")
    choice = choose_positions(base, "r", {**taken(base.reading(reading)), "cc1195_consumer": taken_as})
    bases = {b for one in inquiry.derive("mine", choice) if one.debtor == "app" for b in one.basis}
    assert ({"ECL 38(1)", "CPL 44(2)"} <= bases) is joint and bool(bases) is joint


@pytest.mark.parametrize(("what", "reached"), [("product: {item: meal}", True), ("service: {item: meal}", False)])
def test_an_unsafe_product_is_within_the_duty_wherever_it_does_harm(
    base: KnowledgeBase, tmp_path: Path, what: str, reached: bool
) -> None:
    """What was bought through the platform hurts at home, a place not linked to the trade; a service must be performed in one that is."""
    facts = (
        f"  - unsafe: {{item: meal}}\n  - {what}\n  - harm: {{harm: burns, person: buyer, interest: health, on: 2022-03-01}}\n"
        "  - arises_from: {harm: burns, item: meal}\n  - place: {harm: burns, where: unlinked}\n"
        "  - audited: {platform: app, operator: shop}\n    status: disproved\n  - at_fault: {party: app, duty: audit}\n"
        "  - contributed: {party: app, duty: audit, harm: burns}\n"
    )
    inquiry = own_case(base, tmp_path, facts, "burns: burns")
    found = inquiry.derive("mine", choose_positions(base, "r", taken(base.reading("paper_body"))))
    assert any("ECL 38(2)" in one.basis for one in found) is reached


@pytest.mark.parametrize(("day", "joint"), [("2022-02-28", True), ("2022-03-01", False)])
def test_a_room_answers_for_what_it_promoted_after_it_knew(
    base: KnowledgeBase, tmp_path: Path, day: str, joint: bool
) -> None:
    """SPC-OC 17, "promotes it all the same": to learn of it on the very day of the harm is not shown to be before the promotion."""
    facts = (
        "  - livestream_platform: {platform: app}\n  - runs_room: {operator: courier, platform: app, item: meal}\n"
        "  - unsafe: {item: meal}\n  - harm: {harm: burns, person: buyer, interest: health, on: 2022-03-01}\n"
        "  - arises_from: {harm: burns, item: meal}\n"
        f"  - knows: {{platform: courier, operator: shop, since: {day}}}\n"
    )
    inquiry = own_case(base, tmp_path, facts, "burns: burns")
    found = inquiry.derive("mine", choose_positions(base, "r", taken(base.reading("text_minimal"))))
    assert any("SPC-OC 17(1)" in one.basis for one in found) is joint
