"""Why not: the proof in the nearest world, what of it is missing here, and changes that bring the liability about."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner, Result
from tiers import quick, sweep

from pyliab.asp.load import load
from pyliab.asp.open_facts import Supposition, candidates, changed_case, stated
from pyliab.asp.symbols import affirmed
from pyliab.cli.main import main
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import choose
from pyliab.law.liability import Key
from pyliab.law.proof import Mark, Step
from pyliab.law.world import World, world_of
from pyliab.questions.open_case import FARTHEST, OpenCase, Repair
from pyliab.questions.two_worlds import symbol, unmet
from pyliab.questions.why_not import Attempt, Attempts, one_goal, why_not
from pyliab.text.problem import InputError

BASE = load()


ASKED: dict[object, Attempts] = {}
NEAREST: dict[object, list[Attempt]] = {}
NEAR = 4 if quick() else FARTHEST
"""Attempts that lack more are not looked for."""


def asked(case: CaseFile, *more: object) -> object:
    """What a question is about: the facts, since tests take some away."""
    return case.id, tuple((fact.word, fact.args, fact.status) for fact in case.facts), *more


def attempts(base: KnowledgeBase, case: CaseFile, reading: str, *, as_if: bool = False) -> Attempts:
    """Searched once for all tests that ask the same."""
    key = asked(case, reading, as_if)
    if key not in ASKED:
        world = world_of(base, case, as_if_in_force=as_if)
        facts = [*stated(base, case), *candidates(base, case)]
        ASKED[key] = Attempts(OpenCase(world, case, choose(base, base.reading(reading)), facts, may_be_todays=True))
    return ASKED[key]


def nearest(base: KnowledgeBase, case: CaseFile, reading: str, goal: Key) -> list[Attempt]:
    """Looked for and proved once for all tests."""
    key = asked(case, reading, goal)
    if key not in NEAREST:
        NEAREST[key] = attempts(base, case, reading).at(goal, largest=NEAR)
    return NEAREST[key]


def at(base: KnowledgeBase, case: CaseFile, reading: str, goal: Key, rule: str) -> Attempt:
    """The nearest attempt by the rule that names the form."""
    return next(one for one in nearest(base, case, reading, goal) if one.proof.rule == rule)


def marked(attempt: Attempt) -> list[tuple[Step, Mark]]:
    """Every step that does not hold as things are."""
    return [(step, step.mark) for step in attempt.proof.walk() if step.mark]


def leaf(attempt: Attempt, word: str) -> tuple[Step, Mark]:
    return next((step, step.mark) for step in attempt.leaves() if word in step.atom and step.mark)


def without(case: CaseFile, *words: str) -> CaseFile:
    return replace(case, facts=[fact for fact in case.facts if fact.word not in words])


# --- not stated, not met, not so read ---------------------------------------------------------------------------------

NOTIFIED = ("platform", "customer", "joint_expanded")
AWARE = ("platform", "baby", "joint_whole")


def test_a_notice_without_identity_is_not_stated(base: KnowledgeBase) -> None:
    """CC 1195(1) asks for the true identity of who gives notice; here nobody said whether the notice had it."""
    case = without(base.case("consumer_notice"), "notice_has_identity")
    attempt = at(base, case, "several_all", NOTIFIED, "cc1195_2_form")
    (step,) = attempt.leaves()
    assert step.mark == Mark("not stated", "proved")
    assert step.atom == "notice_has_identity(consumer_notice,customer,platform,any)"
    assert step.says.of("zh") == "消费者致平台的通知包括其真实身份信息"
    assert attempt.basis == "CC 1195(2)"
    assert any("CC 1195(2)" in str(text) for text in attempt.undone_by), "ECL 38(1) would go before, and is named"


def test_a_notice_shown_to_lack_identity_is_not_met(base: KnowledgeBase) -> None:
    case = base.case("ip_listing")
    attempt = at(base, case, "several_all", ("platform", "holder", "joint_expanded"), "cc1195_2_form")
    _, mark = leaf(attempt, "notice_has_identity")
    assert mark.why == "not met" and str(mark.instead[0]).endswith("(disproved)")


def test_measures_that_were_taken_are_not_met(base: KnowledgeBase) -> None:
    """That no measures were taken has to be proved, and it is proved that they were."""
    case = base.case("consumer_notice")
    (fact,) = [fact for fact in case.facts if fact.word == "took_measures"]
    timely = Supposition("timely_measures", ("platform", "shop", "any", "any"), "proved", "unstated")
    taken = changed_case(base, case, [Supposition(fact.word, fact.args, "proved", "disproved"), timely])
    attempt = at(base, taken, "several_all", NOTIFIED, "cc1195_2_form")
    step, mark = leaf(attempt, "timely_measures")
    assert (mark.why, mark.needs) == ("not met", "disproved")
    assert mark.instead[0].of("zh").endswith("（已证明）")
    assert step.atom.startswith("-timely_measures(")


def test_what_another_position_takes_for_knowledge_is_not_so_read(base: KnowledgeBase) -> None:
    """That a platform should have known is no red flag: the paper's reading asks for what is obvious."""
    attempt = at(base, base.case("unread_recall"), "cqu2025", AWARE, "extent_joint_whole")
    aware = next(mark for step, mark in marked(attempt) if step.atom.startswith("aware("))
    assert aware.why == "not so read"
    assert "ecl38_1_knowledge=knows_or_should" in aware.accepted_by
    assert "ecl38_1_knowledge=factors" not in aware.accepted_by, "none of the factors is stated"


def test_a_position_that_is_not_taken_is_told_with_the_one_that_is(base: KnowledgeBase) -> None:
    attempt = at(base, base.case("ride_injury"), "paper_body", SHOWN[0][2], "form_joint_whole")
    step, mark = leaf(attempt, "ecl38_2_form_audit")
    assert (step.kind, mark.why, mark.needs) == ("position", "not so read", "taken")
    assert step.atom == "ecl38_2_form_audit=joint_whole" and str(mark.instead[0]).endswith("supplementary, full")


def test_knowledge_at_a_later_date_is_not_met_and_the_date_is_told(base: KnowledgeBase) -> None:
    case = base.case("learned_too_late")
    creditor = next(str(fact.args[1]) for fact in case.facts if fact.word == "harm")
    found = attempts(base, case, "several_all").at(("platform", creditor, "joint_whole"), largest=NEAR)
    mark = next(m for attempt in found for step, m in marked(attempt) if step.atom.startswith("knows("))
    assert mark.why == "not met" and "2021-06-03" in str(mark.instead[0])


def test_what_stands_in_the_way_is_proved(base: KnowledgeBase) -> None:
    """The special rule displaces the general one; under concurrence it would not."""
    case = base.case("obvious_danger")
    creditor = next(str(fact.args[1]) for fact in case.facts if fact.word == "harm")
    harm = next(str(fact.args[0]) for fact in case.facts if fact.word == "harm")
    operator = next(str(fact.args[0]) for fact in case.facts if fact.word == "offers")
    sold = Supposition("infringes_online", (operator, "platform", creditor, harm), "proved", "unstated")
    case = changed_case(base, case, [sold])
    attempt = at(base, case, "cqu2025", ("platform", creditor, "joint_whole"), "cc1197_1_form")
    displaced, mark = next((step, mark) for step, mark in marked(attempt) if mark.needs == "absent")
    assert displaced.atom.startswith("not displaced(") and mark.why == "not so read"
    assert "ecl38_civil_code=concurrence" in mark.accepted_by
    (step,) = mark.in_the_way
    assert step.kind == "rule" and any(below.kind == "position" for below in step.walk())


def test_a_law_not_yet_in_force_is_not_met(base: KnowledgeBase) -> None:
    case = base.case("warned_in_2016")
    found = attempts(base, case, "several_all")
    goal = next(goal for goal in found.goals() if goal[2] == "joint_whole" and goal[0] == "platform")
    law = [one for attempt in found.at(goal, largest=2) for one in marked(attempt) if one[1].needs == "in force"]
    assert law and all(mark.why == "not met" for _, mark in law)
    assert any("ECL" in step.atom for step, _ in law) and any("2019-01-01" in str(m.instead[0]) for _, m in law)
    assert all(
        attempt.change.today
        for attempt in found.at(goal, largest=2)
        if any(m.needs == "in force" for _, m in marked(attempt))
    )
    today = attempts(base, case, "several_all", as_if=True)
    assert not [one for attempt in today.at(goal, largest=2) for one in marked(attempt) if one[1].needs == "in force"]


def test_an_open_issue_is_left_open(base: KnowledgeBase) -> None:
    case = base.case("ride_injury")
    # several positions would do as well, and any of them may be shown first
    (attempt,) = attempts(base, case, "text_minimal").at(("platform", "passenger", "several"), largest=1)
    (step,) = attempt.leaves()
    ((issue, position),) = attempt.change.positions.items()
    assert issue == "ecl38_2_form_audit" and attempt.change.instead_of == {issue: None}
    assert step.mark and (step.mark.why, step.mark.needs) == ("open", "taken")
    assert step.mark.accepted_by == (step.atom,) == (f"{issue}={position}",)


def test_a_disputed_fact_is_left_open(base: KnowledgeBase) -> None:
    case = base.case("disputed_audit")
    attempt = at(base, case, "paper_body", ("platform", "passenger", "supp_full"), "form_supp_full")
    assert {(step.mark.why, step.mark.needs) for step in attempt.leaves() if step.mark} == {("open", "disproved")}


# --- an attempt lacks just what it says -----------------------------------------------------------------------------

SHOWN = [
    ("ride_injury", "paper_body", ("platform", "passenger", "joint_whole")),
    ("consumer_notice", "text_minimal", ("platform", "customer", "joint_expanded")),
    ("unread_recall", "cqu2025", ("platform", "baby", "several")),
    ("fault_unclear", "several_all", ("platform", "child", "several")),
]


@pytest.mark.parametrize(("name", "reading", "goal"), sweep(SHOWN, SHOWN[3]))
def test_with_what_an_attempt_lacks_the_liability_follows_under_its_norm(
    base: KnowledgeBase, name: str, reading: str, goal: Key
) -> None:
    """Each change, those that are as near included: solved again from scratch, and nothing less will do."""
    case, choice = base.cases[name], choose(base, base.reading(reading))
    tried, seen = 0, set()
    for attempt in nearest(base, case, reading, goal):
        if attempt.basis in seen:
            continue  # another limb of the same norm is nearer
        seen.add(attempt.basis)
        for change in (attempt.change, *attempt.other):
            if attempt.lacks <= 3 and not change.today:
                tried += 1
                assert attempt.basis in owed_by(base, case, dict(choice.positions), change, goal), attempt.basis
                for i in range(len(change.facts)):
                    less = replace(change, facts=change.facts[:i] + change.facts[i + 1 :])
                    if change.facts[i].status != "unstated" and len(words(change)) == len(set(words(change))):
                        assert attempt.basis not in owed_by(base, case, dict(choice.positions), less, goal)
    assert tried >= 2


def words(change: Repair) -> list[str]:
    return [word for one in change.facts for word in one.fact]


def owed_by(base: KnowledgeBase, case: CaseFile, positions: dict[str, str], change: Repair, goal: Key) -> list[str]:
    """By which norms the liability is certain in the changed case under the changed reading."""
    facts = []
    for one in change.facts:
        ((word, given),) = one.fact.items()
        args = tuple(
            given.get(argument.key, "any" if argument.optional else "undated")
            for argument in base.vocabulary[word].arguments[1:]
        )
        facts.append(Supposition(word, args, one.status, one.instead_of))
    world = World(base, [changed_case(base, case, facts)])
    owed = world.outcomes({**positions, **change.positions})[case.id].get(goal)
    sure = owed is not None and owed.status == "certain"
    return [name for name in owed.basis if name not in owed.only_possible.get("basis", ())] if sure else []


def test_facts_that_call_for_a_more_special_rule_undo_an_attempt(base: KnowledgeBase) -> None:
    """Had the platform itself caused the harm, ECL 38(2) would govern its audit still: fault in another duty is needed."""
    attempt = at(base, base.case("ride_injury"), "paper_body", ("platform", "passenger", "several"), "cc1172_several")
    seen = {affirmed(symbol(step)) for step in attempt.leaves()}
    assert len(seen) < attempt.lacks
    (undone,) = attempt.undone_by
    assert "CC 1165(1)" in str(undone) and "gives way" in str(undone)


@pytest.mark.parametrize(("name", "reading", "goal"), sweep(SHOWN, SHOWN[0]))
def test_conditions_are_met_or_missing(base: KnowledgeBase, name: str, reading: str, goal: Key) -> None:
    """Of every proof, what is marked does not hold here, what is not does; and each marked step says what it lacks."""
    found = attempts(base, base.cases[name], reading)
    certain, possible = found.actual
    for attempt in nearest(base, base.cases[name], reading, goal):
        assert attempt.leaves()
        for step in attempt.proof.walk():
            if step.kind in ("rule", "fact", "position", "law"):
                assert (symbol(step) in certain) == (step.mark is None), step.atom
            if step.kind == "absent":
                assert (symbol(step) not in possible) == (step.mark is None), step.atom
            if step.kind == "rule" and step.mark and step.mark.needs == "derived" and not step.shown:
                assert unmet(step), step.atom


@pytest.mark.parametrize(("name", "reading", "goal"), sweep(SHOWN, SHOWN[3]))
def test_the_nearest_come_first(base: KnowledgeBase, name: str, reading: str, goal: Key) -> None:
    every = [one.lacks for one in nearest(base, base.cases[name], reading, goal)]
    assert every == sorted(every) and every[0] >= 1
    near = attempts(base, base.cases[name], reading).near(goal, what="both", largest=NEAR, limit=3)
    assert [changes[0].size for changes, _ in near] == every[:3]


def test_shared_conditions_are_told_once(base: KnowledgeBase) -> None:
    """That the platform knew is asked for twice by CC 1197: of the provider, and for the bearing on the harm."""
    case = base.case("consumer_notice")
    attempt = at(base, case, "paper_body", ("platform", "customer", "joint_whole"), "cc1197_1_form")
    knowing = [step.atom for step in attempt.leaves() if "know" in step.atom]
    assert knowing and len(set(knowing)) == 1


# --- the question, and the whole answer -------------------------------------------------------------------------------


def ask(base: KnowledgeBase, name: str, reading: str, wanted: str):  # type: ignore[no-untyped-def]
    case = base.case(name)
    return why_not(world_of(base, case), case, choose(base, base.reading(reading)), wanted, limit=1)


def test_a_part_of_the_name_will_do_with_a_form(base: KnowledgeBase) -> None:
    known = attempts(base, base.case("ride_injury"), "paper_body")
    for wanted in ("joint_whole", "platform:joint_whole", "joint_whole:passenger", "platform:joint_whole:passenger"):
        assert one_goal(known, wanted.split(":"), wanted) == Key("platform", "passenger", "joint_whole")
    assert one_goal(known, ["driver", "joint_whole"], "driver:joint_whole").debtor == "driver"


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
    assert answer.holds and answer.attempts == () and answer.repairs == ()


def test_what_is_only_possible_is_made_certain(base: KnowledgeBase) -> None:
    answer = ask(base, "ride_injury", "text_minimal", "several")
    assert answer.status == "possible" and not answer.holds
    assert answer.repairs[0].positions in (
        {"ecl38_2_form_audit": "several"},
        {"ecl38_2_form_audit": "by_norm_referred"},
    )


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["why-not", *args], catch_exceptions=False)


def test_the_command_speaks_both_languages() -> None:
    asked = ("-r", "paper_body", "--lang")
    english = run("ride_injury", "joint_whole", *asked, "en")
    assert english.exit_code == 0
    for said in ("Does not follow", "[not stated] has to be proved", "so far: not stated", "⟨cc1168_1_form⟩"):
        assert said in english.stdout
    chinese = run("ride_injury", "joint_whole", *asked, "zh")
    for said in ("推不出：平台", "[无人陈述] 须证明", "民法典第一千一百六十八条：“"):
        assert said in chinese.stdout
    assert "[not so read] takes the position" in english.stdout
    assert "[本解释方案不采]" in run("ride_injury", "several", *asked, "zh").stdout
    follows = run("ride_injury", "supp_full", "-r", "paper_body", "--lang", "en")
    assert follows.exit_code == 0 and "pyliab explain ride_injury platform:supp_full:passenger" in follows.stdout


def test_json_has_the_shape_of_the_design() -> None:
    found = json.loads(run("ride_injury", "joint_whole", "-r", "paper_body", "--json").stdout)
    assert found["goal"] == {"debtor": "platform", "creditor": "passenger", "form": "joint_whole"}
    assert found["holds"] is False and found["cut"] is True
    assert {"positions": {"ecl38_2_form_audit": "joint_whole"}, "facts": []}.items() <= found["repairs"][0].items()
    facts = [[{k: v for k, v in one.items() if k != "says"} for one in repair["facts"]] for repair in found["repairs"]]
    aided = {
        "fact": {"aided": {"platform": "platform", "operator": "driver"}},
        "status": "proved",
        "instead_of": "unstated",
    }
    assert [aided] in facts
    assert found["attempts"][0]["proof"]["mark"] == {"why": "not stated", "needs": "derived"}


def test_law_alone_and_facts_alone() -> None:
    law = json.loads(run("ride_injury", "joint_whole", "-r", "paper_body", "--law", "--json").stdout)["repairs"]
    assert law and not any(repair["facts"] for repair in law)
    facts = json.loads(run("ride_injury", "joint_whole", "-r", "paper_body", "--facts", "--json").stdout)["repairs"]
    assert facts and not any(repair["positions"] for repair in facts)


def test_a_harm_in_dispute_is_among_what_has_to_be_proved(base: KnowledgeBase) -> None:
    """It stands one way or the other, so that a certain liability can be reached, and the search ends."""
    told = base.cases["ride_injury"]
    case = replace(told, facts=[replace(f, status="disputed") if f.word == "harm" else f for f in told.facts])
    answer = why_not(
        world_of(base, case), case, choose(base, base.reading("several_all")), "platform:several:passenger", limit=2
    )
    assert answer.status == "possible"
    (harm,) = answer.repairs[0].facts
    assert (next(iter(harm.fact)), harm.status, harm.instead_of) == ("harm", "proved", "disputed")


@pytest.mark.parametrize("name", sweep(list(BASE.cases)[::9], next(iter(BASE.cases))))
def test_every_case_has_an_answer(base: KnowledgeBase, name: str) -> None:
    case, choice = base.cases[name], choose(base, base.reading("paper_body"))
    goals = attempts(base, case, "paper_body").goals()
    if not goals:
        pytest.skip("nobody can be liable here")
    debtor, creditor, form = goals[len(goals) // 2]
    answer = why_not(world_of(base, case), case, choice, f"{debtor}:{form}:{creditor}", limit=3)
    assert answer.holds or answer.attempts
    for attempt in answer.attempts:
        for step, _ in marked(attempt):
            assert step.says.of("zh") and step.says.of("en") and "{" not in step.says.of("zh") + step.says.of("en")
