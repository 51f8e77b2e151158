"""Why not: each condition that is missing, what it is missing for, and changes that bring the liability about."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner, Result

from pyliab.asp.graph import Graph
from pyliab.asp.load import load
from pyliab.asp.open_facts import Supposition, candidates, changed_case, of_case, stated
from pyliab.asp.reasons import Condition
from pyliab.cli.main import main
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import choose
from pyliab.law.liability import Key
from pyliab.law.world import world_of
from pyliab.questions.attempts import Attempt, Attempts, Missing
from pyliab.questions.why_not import why_not
from pyliab.text.problem import InputError

BASE = load()


def attempts(base: KnowledgeBase, case: CaseFile, reading: str, *, as_if: bool = False) -> Attempts:
    inquiry = world_of(base, case, as_if_in_force=as_if)
    return Attempts(inquiry, case, choose(base, base.reading(reading)), [*stated(base, case), *candidates(base, case)])


def at(base: KnowledgeBase, case: CaseFile, reading: str, goal: Key, rule: str) -> Attempt:
    """The nearest attempt by the rule that names the form."""
    return next(one for one in attempts(base, case, reading).at(goal) if one.rule == rule)


def leaf(attempt: Attempt, word: str) -> Missing:
    return next(one for one in attempt.leaves() if word in one.atom)


def without(case: CaseFile, *words: str) -> CaseFile:
    return replace(case, facts=[fact for fact in case.facts if fact.word not in words])


# --- not stated, not met, not so read ---------------------------------------------------------------------------------

NOTIFIED = ("platform", "customer", "joint_expanded")
AWARE = ("platform", "baby", "joint_whole")


def test_a_notice_without_identity_is_not_stated(base: KnowledgeBase) -> None:
    """CC 1195(1) asks for the true identity of who gives notice; here nobody said whether the notice had it."""
    case = without(base.case("consumer_notice"), "notice_has_identity")
    attempt = at(base, case, "several_all", NOTIFIED, "cc1195_2_form")
    (missing,) = attempt.leaves()
    assert (missing.why, missing.needs) == ("not stated", "proved")
    assert missing.atom == "notice_has_identity(consumer_notice,customer,platform)"
    assert missing.says["zh"] == "消费者致平台的通知包括其真实身份信息" and missing.instead == []


def test_a_notice_shown_to_lack_identity_is_not_met(base: KnowledgeBase) -> None:
    case = base.case("ip_listing")
    attempt = at(base, case, "several_all", ("platform", "holder", "joint_expanded"), "cc1195_2_form")
    missing = leaf(attempt, "notice_has_identity")
    assert missing.why == "not met" and missing.instead[0]["en"].endswith("(disproved)")


def test_measures_that_were_taken_are_not_met(base: KnowledgeBase) -> None:
    """That no measures were taken has to be proved, and it is proved that they were."""
    case = base.case("consumer_notice")
    (fact,) = [fact for fact in case.facts if fact.word == "took_measures"]
    taken = changed_case(base, case, [Supposition(fact.word, fact.args, "proved", "disproved")])
    attempt = at(base, taken, "several_all", NOTIFIED, "cc1195_2_form")
    missing = leaf(attempt, "took_measures")
    assert (missing.why, missing.needs) == ("not met", "disproved")
    assert missing.instead[0]["zh"].endswith("（已证明）")
    assert leaf(attempt, "took_measures").atom.startswith("-took_measures(")


def test_what_another_position_takes_for_knowledge_is_not_so_read(base: KnowledgeBase) -> None:
    """That a platform should have known is no red flag: the paper's reading asks for what is obvious."""
    attempt = at(base, base.case("unread_recall"), "cqu2025", AWARE, "extent_joint_whole")
    aware = next(one for one in _every(attempt) if one.atom.startswith("aware("))
    assert aware.why == "not so read"
    assert "ecl38_1_knowledge=knows_or_should" in aware.accepted_by
    assert "ecl38_1_knowledge=factors" not in aware.accepted_by, "none of the factors is stated"
    issue, taken = next((one.atom, one.instead) for one in _every(attempt) if one.needs == "taken")
    assert issue.startswith("ecl38_1_knowledge=") and taken


def _every(attempt: Attempt) -> list[Missing]:
    return [one for missing in attempt.missing for one in [missing, *(m for w in missing.ways for m in _every(w))]]


def test_knowledge_at_a_later_date_is_not_met_and_the_date_is_told(base: KnowledgeBase) -> None:
    case = base.case("learned_too_late")
    creditor = next(str(fact.args[1]) for fact in case.facts if fact.word == "harm")
    found = attempts(base, case, "several_all").at(("platform", creditor, "joint_whole"))
    missing = next(one for attempt in found for one in _every(attempt) if one.atom.startswith("knows("))
    assert missing.why == "not met" and "2021-06-03" in missing.instead[0]["en"]


def test_what_stands_in_the_way_is_proved(base: KnowledgeBase) -> None:
    """The special rule displaces the general one; under concurrence it would not."""
    case = base.case("obvious_danger")
    creditor = next(str(fact.args[1]) for fact in case.facts if fact.word == "harm")
    sold = Supposition("infringes_online", ("seller", "platform", creditor, "burns"), "proved", "unstated")
    harm = next(str(fact.args[0]) for fact in case.facts if fact.word == "harm")
    case = changed_case(base, case, [replace(sold, args=(_operator(case), "platform", creditor, harm))])
    goal = ("platform", creditor, "joint_whole")
    reading = "cqu2025"
    found = [one for one in attempts(base, case, reading).at(goal) if one.rule == "cc1197_1_form"]
    displaced = next(one for attempt in found for one in _every(attempt) if one.needs == "absent")
    assert displaced.atom.startswith("not displaced(") and displaced.why == "not so read"
    assert "ecl38_civil_code=concurrence" in displaced.accepted_by
    (step,) = displaced.stands_in_the_way
    assert step.kind == "rule" and any(below.kind == "position" for below in step.walk())


def _operator(case: CaseFile) -> str:
    return next(str(fact.args[0]) for fact in case.facts if fact.word == "offers")


def test_a_law_not_yet_in_force_is_not_met(base: KnowledgeBase) -> None:
    case = base.case("warned_in_2016")
    found = attempts(base, case, "several_all")
    goal = next(goal for goal in found.goals() if goal[2] == "joint_whole" and goal[0] == "platform")
    law = [one for attempt in found.at(goal) for one in _every(attempt) if one.needs == "in force"]
    assert law and all(one.why == "not met" for one in law)
    assert any("ECL" in one.says["en"] for one in law) and any("2019-01-01" in one.instead[0]["en"] for one in law)
    today = attempts(base, case, "several_all", as_if=True)
    assert not [one for attempt in today.at(goal) for one in _every(attempt) if one.needs == "in force"]


def test_an_open_issue_is_left_open(base: KnowledgeBase) -> None:
    case = base.case("ride_injury")
    attempt = at(base, case, "text_minimal", ("platform", "passenger", "several"), "form_several")
    (missing,) = attempt.leaves()
    assert (missing.why, missing.needs, missing.atom) == ("open", "taken", "ecl38_2_form_audit=several")


def test_a_disputed_fact_is_left_open(base: KnowledgeBase) -> None:
    case = base.case("disputed_audit")
    attempt = at(base, case, "paper_body", ("platform", "passenger", "supp_full"), "form_supp_full")
    assert {(one.why, one.needs) for one in attempt.leaves()} == {("open", "disproved")}


# --- an attempt lacks just what it says -----------------------------------------------------------------------------

SHOWN = [
    ("ride_injury", "paper_body", ("platform", "passenger", "joint_whole")),
    ("consumer_notice", "several_all", ("platform", "customer", "joint_whole")),
    ("unread_recall", "cqu2025", ("platform", "baby", "joint_whole")),
    ("fault_unclear", "several_all", ("platform", "child", "several")),
]


@pytest.mark.parametrize(("name", "reading", "goal"), SHOWN)
def test_what_is_missing_is_missing_and_with_it_the_rule_applies(
    base: KnowledgeBase, name: str, reading: str, goal: Key
) -> None:
    """Each attempt that lacks facts and positions only: with all of them the liability follows by that rule."""
    case, tried = base.cases[name], 0
    choice = choose(base, base.reading(reading))
    for attempt in attempts(base, case, reading).at(goal):
        leaves = attempt.leaves()
        if all(one.needs in ("proved", "disproved", "taken") for one in leaves) and attempt.lacks <= 3:
            tried += 1
            changed, positions = _supplied(base, case, leaves)
            found = world_of(base, changed).outcomes({**choice.positions, **positions})[name]
            basis = attempt.atom.split('"')[1]
            applied = goal in found and basis in found[goal].basis
            assert applied != bool(attempt.undone_by), attempt.rule
    assert tried >= 2


def test_facts_that_call_for_a_more_special_rule_undo_an_attempt(base: KnowledgeBase) -> None:
    """Who knew, in the sense of CC 1197, knew in the sense of ECL 38(1), which goes before."""
    case = base.case("consumer_notice")
    attempt = at(base, case, "several_all", ("platform", "customer", "joint_whole"), "cc1197_1_form")
    (undone,) = attempt.undone_by
    assert undone["en"].startswith("CC 1197(1) gives way") or "CC 1197(1)" in undone["en"]


def _supplied(base: KnowledgeBase, case: CaseFile, leaves: list[Missing]) -> tuple[CaseFile, dict[str, str]]:
    """The case and the positions with everything that was missing; facts of one matter give way."""
    every = {str(of_case(case.id, one.symbol)): one for one in [*stated(base, case), *candidates(base, case)]}
    positions = dict(one.atom.split("=") for one in leaves if one.needs == "taken")
    facts = []
    for one in leaves:
        if one.needs != "taken":
            fact = every[one.atom.removeprefix("-")]
            standing = "proved" if one.needs == "proved" else "disproved"
            facts.append(Supposition(fact.word, fact.args, standing, fact.own))
            facts += [
                Supposition(other.word, other.args, "unstated", other.own)
                for other in every.values()
                if other.word == fact.word and "undated" in other.args and other.own == "disproved" and other != fact
            ]
    return changed_case(base, case, facts), positions


@pytest.mark.parametrize(("name", "reading", "goal"), SHOWN)
def test_conditions_are_met_or_missing(base: KnowledgeBase, name: str, reading: str, goal: Key) -> None:
    """Of every attempt, all conditions are accounted for, and no missing one holds in the case."""
    found = attempts(base, base.cases[name], reading)
    for attempt in found.at(goal):
        for below in [attempt, *(way for one in _every(attempt) for way in one.ways)]:
            instance = next(
                i
                for atom in found.graph.atoms(below.atom.partition("(")[0])
                for i in found.graph.instances(atom)
                if str(atom) == below.atom and i[0] == below.rule and len(found.graph.missing(i)) == len(below.missing)
            )
            assert below.met + len(below.missing) == len(found.graph.conditions(instance))
        held = {str(atom) for atom in found.world.certain}
        assert not any(one.atom in held for one in _every(attempt) if one.needs in ("proved", "disproved", "derived"))


def test_the_nearest_come_first(base: KnowledgeBase) -> None:
    for name, reading, goal in SHOWN:
        lacks = [one.lacks for one in attempts(base, base.cases[name], reading).at(goal)]
        assert lacks == sorted(lacks) and lacks[0] >= 1


def test_shared_conditions_are_counted_once(base: KnowledgeBase) -> None:
    """That the platform knew is asked for twice by CC 1197: of the provider, and for the bearing on the harm."""
    case = base.case("consumer_notice")
    attempt = at(base, case, "several_all", ("platform", "customer", "joint_whole"), "cc1197_1_form")
    assert attempt.lacks == 1 and len({one.atom for one in attempt.leaves()}) == 1


def test_a_graph_never_counts_a_met_condition(base: KnowledgeBase) -> None:
    graph: Graph = attempts(base, base.case("ride_injury"), "paper_body").graph
    for atom in graph.atoms("fulfilled"):
        for instance in graph.instances(atom):
            missing: list[Condition] = graph.missing(instance)
            assert all(not graph.actual.meets(condition) for condition in missing)


# --- the question, and the whole answer -------------------------------------------------------------------------------


def ask(base: KnowledgeBase, name: str, reading: str, wanted: str):  # type: ignore[no-untyped-def]
    case = base.case(name)
    return why_not(world_of(base, case), case, choose(base, base.reading(reading)), wanted, limit=3)


def test_a_part_of_the_name_will_do_with_a_form(base: KnowledgeBase) -> None:
    for wanted in ("joint_whole", "platform:joint_whole", "joint_whole:passenger", "platform:joint_whole:passenger"):
        assert ask(base, "ride_injury", "paper_body", wanted).goal == ("platform", "passenger", "joint_whole")
    assert ask(base, "ride_injury", "paper_body", "driver:joint_whole").goal[0] == "driver"


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("platform", "may mean any of"),
        ("join_whole", "did you mean 'joint_whole'"),
        ("plattform:several", "neither a party of ride_injury nor a form"),
        ("passenger:several:platform", "no rule could conclude"),
        ("several:joint_whole", "more than one liability"),
    ],
)
def test_a_question_that_names_no_liability_is_refused(base: KnowledgeBase, wanted: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        ask(base, "ride_injury", "paper_body", wanted)


def test_what_does_follow_is_said_to_follow(base: KnowledgeBase) -> None:
    answer = ask(base, "ride_injury", "paper_body", "supp_full")
    assert answer.holds and answer.attempts == [] and answer.found.repairs == []


def test_what_is_only_possible_is_made_certain(base: KnowledgeBase) -> None:
    answer = ask(base, "ride_injury", "text_minimal", "several")
    assert answer.status == "possible" and not answer.holds
    assert answer.found.repairs[0].positions in (
        {"ecl38_2_form_audit": "several"},
        {"ecl38_2_form_audit": "by_norm_referred"},
    )


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["why-not", *args], catch_exceptions=False)


def test_the_command_speaks_both_languages() -> None:
    english = run("ride_injury", "joint_whole", "-r", "paper_body", "--lang", "en", "-n", "4")
    assert english.exit_code == 0
    for said in (
        "Does not follow",
        "[not stated] has to be proved",
        "[not so read]",
        "so far: not stated",
        "⟨cc1168_1⟩",
    ):
        assert said in english.stdout
    chinese = run("ride_injury", "joint_whole", "-r", "paper_body", "--lang", "zh", "-n", "4")
    for said in ("推不出：平台对乘客承担责任", "[无人陈述] 须证明", "[本读法不采]", "民法典第一千一百六十八条：“"):
        assert said in chinese.stdout
    follows = run("ride_injury", "supp_full", "-r", "paper_body", "--lang", "en")
    assert follows.exit_code == 0 and "pyliab explain ride_injury platform:supp_full:passenger" in follows.stdout


def test_json_has_the_shape_of_the_design() -> None:
    found = json.loads(run("ride_injury", "joint_whole", "-r", "paper_body", "--json").stdout)
    assert found["goal"] == {"debtor": "platform", "creditor": "passenger", "form": "joint_whole"}
    assert found["holds"] is False and found["cut"] is True
    assert {"positions": {"ecl38_2_form_audit": "joint_whole"}, "facts": []}.items() <= found["repairs"][0].items()
    told = [repair["facts"] for repair in found["repairs"]]
    aided = {
        "fact": {"aided": {"platform": "platform", "operator": "driver"}},
        "status": "proved",
        "instead_of": "unstated",
    }
    assert [aided] in told
    assert found["attempts"][0]["missing"][0]["ways"]


def test_law_alone_and_facts_alone() -> None:
    law = json.loads(run("ride_injury", "joint_whole", "-r", "paper_body", "--law", "--json").stdout)["repairs"]
    assert law and not any(repair["facts"] for repair in law)
    facts = json.loads(run("ride_injury", "joint_whole", "-r", "paper_body", "--facts", "--json").stdout)["repairs"]
    assert facts and not any(repair["positions"] for repair in facts)


@pytest.mark.parametrize("name", list(BASE.cases)[::9])
def test_every_case_has_an_answer(base: KnowledgeBase, name: str) -> None:
    case, choice = base.cases[name], choose(base, base.reading("paper_body"))
    goals = attempts(base, case, "paper_body").goals()
    debtor, creditor, form = goals[len(goals) // 2]
    answer = why_not(world_of(base, case), case, choice, f"{debtor}:{form}:{creditor}", limit=3)
    assert answer.holds or answer.attempts
    for attempt in answer.attempts:
        for one in _every(attempt):
            assert one.says["zh"] and one.says["en"] and "{" not in one.says["zh"] + one.says["en"]
