"""Distinguishing cases and principles: the smallest case is the smallest, by telling every case of a small universe."""

from __future__ import annotations

import datetime
import itertools
import json
import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from tiers import examples, exhaustive

from pyliab.asp.load import load
from pyliab.asp.open_facts import OpenFact, Universe, days_of
from pyliab.asp.open_facts import universe as everything_told
from pyliab.cli.main import main
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile, Fact
from pyliab.kb.reading import Choice, choose
from pyliab.law.world import World
from pyliab.questions.distinguish import distinguish
from pyliab.questions.stress import Stress, Verdict, chosen
from pyliab.text.problem import InputError

BASE = load()
DAY = datetime.date(2022, 6, 13)
CAST = ["platform", "operator", "consumer", "third"]

AUDIT = [
    "organisation(platform)",
    "provides_marketplace(platform)",
    "does_business(operator)",
    "consumer(consumer)",
    "offers(operator,goods,platform)",
    "life_health(goods)",
    "caused(operator,damage)",
    "arises_from(damage,goods)",
    "harm(damage,consumer,health,20220613)",
    "at_fault(platform,audit)",
    "contributed(platform,audit,damage)",
]


def universe(names: list[str], day: datetime.date = DAY) -> Universe:
    """The universe cut down to some facts."""
    return replace(everything_told(BASE, day), facts=tuple(by_name(BASE, day)[name] for name in names))


def by_name(base: KnowledgeBase, day: datetime.date = DAY) -> dict[str, OpenFact]:
    return {str(fact.symbol): fact for fact in everything_told(base, day).facts}


def taken(name: str) -> Choice:
    return choose(BASE, BASE.reading(name))


def everything(small: Universe) -> list[CaseFile]:
    """Every lawful case of a universe, by listing them."""
    cases, dated = [], replace(next(iter(BASE.cases.values())).doc, date=small.day.isoformat())
    told_of = {str(fact.symbol): fact for fact in small.facts}
    harms = [key for key, one in told_of.items() if one.word == "harm"]
    others = [key for key in told_of if key not in harms]
    for harm in harms:
        for told in itertools.product((None, "proved", "disproved"), repeat=len(others)):
            statuses = {harm: "proved", **{key: status for key, status in zip(others, told, strict=True) if status}}
            if lawful(told_of, statuses):
                facts = [fact(told_of[key], status) for key, status in statuses.items()]
                cases.append(CaseFile(f"c{len(cases)}", "", dated, facts))
    return cases


def fact(one: OpenFact, status: str) -> Fact:
    quoted = tuple(a.type in ("yuan", "share") for a in BASE.vocabulary[one.word].arguments[1:])
    return Fact(one.word, one.args, status, 0, quoted=quoted)  # type: ignore[arg-type]


def lawful(told_of: dict[str, OpenFact], statuses: dict[str, str]) -> bool:
    """The bounds of open.lp and hypothetical.lp, written anew."""
    said = {(told_of[key].word, told_of[key].args): status for key, status in statuses.items()}
    for (word, args), status in said.items():
        dated = any(a.type in ("date", "yuan") for a in BASE.vocabulary[word].arguments)
        if (status == "disproved") == dated and ("undated" not in args) == dated and dated:
            return False
        if "undated" in args and (status == "proved" or any(w == word and s == "proved" for (w, _), s in said.items())):
            return False
        denied = {"took_measures": ["timely_measures"], "formal_check": ["substantive_check", "reverified", "audited"]}
        denied["found_violation"] = ["found_serious_violation"]
        if status == "disproved" and any(said.get((other, args)) == "proved" for other in denied.get(word, ())):
            return False
        scope = BASE.vocabulary[word].one_per
        names = [a.name for a in BASE.vocabulary[word].arguments[1:]]
        key = [args[names.index(name)] for name in scope]
        rivals = [a for (w, a), s in said.items() if w == word and s == "proved" and scope]
        if status == "proved" and sum([a[names.index(n)] for n in scope] == key for a in rivals) > 1:
            return False
    return True


def outcomes(cases: list[CaseFile], name: str) -> dict[str, frozenset[object]]:
    found = World(BASE, cases).outcomes(taken(name).positions)
    return {
        case: frozenset((key, one.status) for key, one in liabilities.items()) for case, liabilities in found.items()
    }


COMPLETE = ["several_all", "draft3", "draft4", "audit_joint", "share_joint_spc2024", "lu_qing"]


@exhaustive
@settings(max_examples=examples(8), deadline=None, database=None)
@given(st.randoms(use_true_random=False))
def test_no_smaller_case_tells_two_readings_apart(chance: random.Random) -> None:
    """Against every case of a small universe, each asked under both readings."""
    names = random_universe(chance)
    first, second = chance.sample(COMPLETE, 2)
    small = universe(names)
    cases = everything(small)
    one, other = outcomes(cases, first), outcomes(cases, second)
    apart = [len(case.facts) for case in cases if one[case.id] != other[case.id]]
    found = distinguish([small], (taken(first), taken(second))).found
    assert bool(found) == bool(apart)
    if found:
        assert found[0].facts == len(found[0].case.facts) == min(apart)


def random_universe(chance: random.Random) -> list[str]:
    """Facts around a breached duty: the frame kept, so that something may differ, and five facts at random."""
    whole = by_name(BASE)
    frame = [name for name in AUDIT if chance.random() < 0.95]
    frame += ["audited(platform,operator)", "harm(damage,consumer,health,20220613)"]
    kept = [name for name in dict.fromkeys(frame) if name in whole]
    loose = [name for name in whole if whole[name].word != "harm" and name not in kept]
    return [*chance.sample(kept, min(4, len(kept))), "harm(damage,consumer,health,20220613)", *chance.sample(loose, 3)]


def test_the_frame_is_spelled_as_the_universe_spells_it() -> None:
    assert set(AUDIT) <= set(by_name(BASE))


TEXT = {"ecl38_2_imputation": "fault_proved", "ecl38_persons": "consumers_only", "ecl38_2_interests": "goods_type"}


def test_the_smallest_case_for_the_form_after_an_audit_breach() -> None:
    """All that 38(2) asks for of a platform beside an operator, whose wrong is among it, and nothing else."""
    loose = [
        "audited(platform,operator)",
        "kept_safe(platform,consumer)",
        "food(goods)",
        "promised(platform,consumer,any,any)",
    ]
    small = universe([*AUDIT, *loose])
    readings = (taken("draft3"), taken("several_all"))
    closed = [replace(reading, own={**reading.own, **TEXT}) for reading in readings]
    (found,) = distinguish([small], (closed[0], closed[1])).found
    assert [(one.id, str(one.status)) for one in found.first] == [("platform:joint_whole:consumer", "certain")]
    assert [(one.id, str(one.status)) for one in found.second] == [("platform:several:consumer", "certain")]
    asked = {fact.partition("(")[0] for fact in AUDIT} | {"audited"}
    as_food = asked - {"life_health"} | {"food"}  # which concerns life and health by what it is
    assert {fact.word for fact in found.case.facts} in (asked, as_food)
    assert {fact.word for fact in found.case.facts if fact.status == "disproved"} == {"audited"}

    # Left open, it is possible that the platform has to prove, that more than consumers are protected, and in all goods.
    (found,) = distinguish([small], readings).found
    assert {str(one.status) for one in (*found.first, *found.second)} == {"possible"}
    assert {fact.word for fact in found.case.facts} == asked - {
        "consumer",
        "life_health",
        "at_fault",
        "audited",
        "arises_from",
    }


def test_cases_differ_in_kind() -> None:
    found = distinguish([everything_told(BASE, DAY)], (taken("paper_body"), taken("several_all")), number=4).found
    kinds = [(frozenset(one.key for one in case.first), frozenset(one.key for one in case.second)) for case in found]
    assert len(set(kinds)) == 4
    assert [case.facts for case in found] == sorted(case.facts for case in found)


def test_who_is_liable_at_all() -> None:
    """`--by debtor`: a difference in the form alone does not count."""
    names = [*AUDIT, "audited(platform,operator)"]
    readings = (taken("draft3"), taken("several_all"))
    assert distinguish([universe(names)], readings).found
    assert not distinguish([universe(names)], readings, level="debtor").found


def test_a_reading_cannot_be_told_from_itself() -> None:
    twin = replace(taken("several_all"), name="twin")
    assert not distinguish([everything_told(BASE, DAY)], (taken("several_all"), twin)).found


def test_the_law_of_the_day_decides_what_can_part_readings() -> None:
    """Before the E-Commerce Law no reading of its art. 38 parts from another."""
    names = [*AUDIT, "audited(platform,operator)"]
    before = [name.replace("20220613", "20180613") for name in names]
    assert not distinguish(
        [universe(before, datetime.date(2018, 6, 13))], (taken("draft3"), taken("several_all"))
    ).found


def test_a_day_for_every_period_of_the_law() -> None:
    days = days_of(BASE)
    assert days == sorted(days, reverse=True)
    in_force = [
        {
            name
            for name in BASE.asked
            if BASE.provisions.get(name)
            and BASE.provisions[name].in_force.start <= day.isoformat() <= (BASE.provisions[name].in_force.end or "9")
        }
        for day in days
    ]
    assert all(one != other for one, other in itertools.pairwise(in_force))


# --- principles -----------------------------------------------------------------------------------------------------


def verdict(principle: str, reading: str, small: Universe | None = None) -> Verdict:
    path = chosen(BASE, [principle])[principle]
    (found,) = Stress(small or everything_told(BASE, DAY)).put(path, [taken(reading)])
    return found


def forms(found: Verdict) -> list[list[str]]:
    return [[one.form for one in told.liabilities] for told in found.cases]


def without(*beginnings: str) -> Universe:
    """The universe less the facts that begin so."""
    whole = everything_told(BASE, DAY)
    return replace(whole, facts=tuple(one for one in whole.facts if not str(one.symbol).startswith(beginnings)))


def test_who_knew_is_better_off_under_the_paper() -> None:
    """Its 38(1) reaches the expanded part only and displaces the Code; who merely should have known answers for all."""
    no_general_clause = without("caused(platform", "contributed(")
    found = verdict("who_knew", "paper_body", no_general_clause)
    assert not found.holds
    assert forms(found) == [["joint_expanded"], ["joint_whole"]]
    assert all(name.startswith("knows(") for name in found.differ)
    assert verdict("who_knew", "several_all", no_general_clause).holds


def test_who_knew_may_take_recourse_and_who_was_careless_bears_a_share() -> None:
    """CC 1197 is joint, with recourse in full; several is the general clause, where it reaches a platform beside another, and
    38(2), where it is for the careless alone: pairs of one size, of which either may be shown."""
    found = verdict("who_knew", "several_all")
    assert forms(found) == [["joint_whole"], ["several"]]
    filled = {position.partition("=")[0] for position in map(str, found.filled)}
    assert "recourse_after_joint" in filled and filled & {"general_clause_beside", "ecl38_paragraphs"}
    assert verdict("who_knew", "text_minimal").holds


def test_food_keeps_the_heavier_liability() -> None:
    """Article 131 asks for registration; and who sold food below the standards took part in the harm. Of other goods, nobody."""
    found = verdict("food_like_goods", "paper_body", without("livestream_own_sale", "self_operated"))
    assert found.differ == ["food(goods)"]
    assert forms(found) in ([["joint_whole"], []], [["several"], []])
    own = verdict("food_like_goods", "paper_body")  # its own sale of food by livestream: below the standards is enough
    assert own.differ == ["food(goods)"]
    assert forms(own) in ([["joint_whole"], []], [["own_full"], []])


def test_the_ranking_of_forms_fails_where_the_operator_can_pay_and_where_it_cannot() -> None:
    found = verdict("ranking_of_forms", "paper_body")
    assert found.scenarios == ["insolvent", "solvent"]
    assert [says.of("en") for says in found.shown] == [
        "Where the operator cannot pay, several burdens the platform less than supplementary",
        "Where the operator can pay, quasi-joint and several burdens the platform less than several",
    ]


def test_no_expanded_part_leaves_the_victim_empty() -> None:
    found = verdict("breach_leaves_nobody_empty", "paper_abstract")
    assert forms(found) == [[]]
    assert any(fact.word == "expanded_part" and "0.00" in fact.args for fact in found.cases[0].case.facts)
    assert verdict("breach_leaves_nobody_empty", "several_all").holds
    assert verdict("breach_leaves_nobody_empty", "draft3").filled  # broken only as it leaves 38(1) open


def test_life_is_protected_less_where_paragraph_two_recedes() -> None:
    found = verdict("life_over_property", "cqu2025")
    assert not found.holds
    assert [f.args[2] for told in found.cases for f in told.case.facts if f.word == "harm"] in (
        ["life", "property"],
        ["health", "property"],
    )


def test_a_provision_is_idle_where_another_says_the_same() -> None:
    idle = verdict("no_provision_idle", "paper_body").idle
    assert {"CPL 45(2)", "ADL 56(2)"} <= {*idle}  # one sentence in two laws: neither stands alone
    assert not {"CC 1165(1)", "ECL 38(2)"} & {*idle}


def test_a_diligent_platform_is_not_liable() -> None:
    assert all(verdict("diligent_not_liable", name).holds for name in ("draft3", "several_all", "lu_qing"))


HEAVIER = {
    ("joint_whole", "solvent"): "share",
    ("joint_expanded", "solvent"): "share_of_expanded",
    ("share_joint", "solvent"): "share",
    ("several", "solvent"): "share",
    ("own_full", "solvent"): "whole",
}
CEILING = {"joint_expanded": "expanded", "share_joint": "share", "several": "share", "supp_capped": "share"}
AMOUNT = {"share_of_expanded": 1, "share": 3, "expanded": 3, "whole": 9}


@settings(max_examples=examples(8), deadline=None, database=None)
@given(st.randoms(use_true_random=False))
def test_no_smaller_case_makes_the_platform_bear_all_for_a_wrongdoer_who_can_pay(chance: random.Random) -> None:
    """Against every case of a small universe; what the platform bears is reckoned by hand from the forms."""
    names = [
        "caused(operator,damage)",
        "harm(damage,consumer,health,20220613)",
        "manages_place(platform)",
        *chance.sample(
            ["kept_safe(platform,consumer)", "consumer(consumer)", "organisation(platform)", "unsafe(goods)"], 2
        ),
        "contributed(platform,security,damage)",
        *chance.sample(["self_operated(platform,goods)", "arises_from(damage,goods)", "caused(third,damage)"], 1),
    ]
    small = universe(names)
    cases = everything(small)
    found = World(BASE, cases).outcomes(taken("draft3").positions)
    broken = [
        len(case.facts)
        for case in cases
        if ("caused", ("operator", "damage"), "proved") in {(f.word, f.args, f.status) for f in case.facts}
        and not any(f.word == "self_operated" and f.status == "proved" for f in case.facts)
        and any(one.debtor == "platform" and one.form == "own_full" for one in found[case.id].values())
    ]
    verdict_ = verdict("wrongdoer_bears_it", "draft3", small)
    assert verdict_.holds == (not broken)
    if broken:
        assert len(verdict_.cases[0].case.facts) == min(broken)


@exhaustive
def test_every_principle_is_broken_by_some_reading_and_holds_under_some_or_says_why() -> None:
    """A principle that nothing could break, or nothing could keep, would test nothing."""
    trial = Stress(everything_told(BASE, DAY))
    names = ["paper_body", "several_all", "cqu2025", "draft3", "paper_abstract", "text_minimal"]
    for name, path in chosen(BASE, []).items():
        held = {found.holds for found in trial.put(path, [taken(reading) for reading in names])}
        assert held in ({True, False}, EXPECTED.get(name)), name


EXPECTED = {
    "diligent_not_liable": {True},  # no shipped reading is that strict
    "duty_never_costs": {
        False
    },  # breach of one duty more: CC 1198 supplements, and the general clause on another gives way
    "food_like_goods": {False},  # art. 131 is law under every reading
    "no_more_than_the_loss": {False},  # punitive damages are law under every reading
    "ranking_of_forms": {False},  # it speaks of the meaning of the forms, which no reading changes
    "no_provision_idle": {False},
}


def test_own_principle_in_one_file(tmp_path: Path) -> None:
    folder = tmp_path / "rules" / "principles"
    folder.mkdir(parents=True)
    (folder / "nobody_ever.lp").write_text(
        "%@ nobody_ever [ECL 38(2)]\n%@ zh 平台从不负责\n%@ en a platform is never liable\n"
        "hypothetical(one). broken(S) :- means(S), debtor_liable(one).\n",
        encoding="utf-8",
    )
    result = CliRunner().invoke(main, ["stress", "draft3", "-p", "nobody_ever", "--kb", str(tmp_path), "--json"])
    assert result.exit_code == 0, result.output
    (found,) = json.loads(result.output)["readings"][0]["principles"]
    assert found["holds"] is False
    assert found["cases"][0]["liabilities"]


# --- words of one's own -------------------------------------------------------------------------------------------

COURIER = {
    "rules/courier.lp": """%*! careless_courier(Case, Courier: party, Platform: party)
group conduct
source design
zh {Courier}受{Platform}派送而有疏失
en {Courier} delivered for {Platform} carelessly
*%
#defined careless_courier/3. #defined -careless_courier/3.

%@ person_of_a_careless_courier [design]
%@ zh {K}的疏失使保护及于{V}
%@ en that {K} was careless extends the protection to {V}
protected_person(C, V) :- position(ecl38_persons, courier), careless_courier(C, K, _), harm(C, _, V, _, _).
""",
    "kb/issues/courier.yaml": """extends: ecl38_persons
positions:
  courier:
    title: {zh: 骑手, en: couriers}
    says: {zh: 骑手疏失时保护一切受害人, en: where a courier was careless everyone is protected}
    holders: []
    for: [{kind: value, says: {zh: 理由, en: a reason}}]
    against: [{kind: value, says: {zh: 理由, en: a reason}}]
""",
    **{
        f"kb/readings/{name}.yaml": f"""reading: {name}
title: {{zh: 甲, en: {name}}}
holder: {{zh: 甲, en: somebody}}
about: {{zh: 甲, en: a reading}}
positions:
  ecl38_persons: {{position: {position}}}
  ecl38_2_form_audit: {{position: several}}
"""
        for name, position in (("mine", "courier"), ("other", "consumers_only"))
    },
}


def own_word(folder: Path) -> KnowledgeBase:
    """The shipped base with a word of one's own, whose arguments have a name that no other word has, and two readings."""
    for name, text in COURIER.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load([folder])


def test_a_word_of_ones_own_is_searched(tmp_path: Path) -> None:
    """Nobody said who may be a courier: anybody, then. That the readings are equivalent would be wrong."""
    base = own_word(tmp_path)
    first, second = (choose(base, base.reading(name)) for name in ("mine", "other"))
    whole = everything_told(base, DAY)
    assert {one.args for one in whole.facts if one.word == "careless_courier"} >= {("operator", "platform")}
    (found,) = distinguish([whole], (first, second)).found
    assert "careless_courier" in {fact.word for fact in found.case.facts}
    assert [one.form for one in found.first] and not found.second


def test_a_principle_about_a_word_of_ones_own_is_searched(tmp_path: Path) -> None:
    base = own_word(tmp_path)
    path = tmp_path / "rules" / "principles" / "no_courier.lp"
    path.parent.mkdir(parents=True)
    path.write_text(
        "%@ no_courier [ECL 38(2)]\n%@ zh 骑手的疏失不使平台负责\n%@ en a careless courier makes no platform liable\n"
        "hypothetical(one). broken(S) :- means(S), not status(one, consumer(consumer), proved),\n"
        '  rests_on(one, platform, consumer, _, _, basis("ECL 38(2)", _)).\n',
        encoding="utf-8",
    )
    trial = Stress(everything_told(base, DAY))
    assert {name: next(trial.put(path, [choose(base, base.reading(name))])).holds for name in ("mine", "other")} == {
        "mine": False,
        "other": True,
    }


@pytest.mark.parametrize(
    "text,message",
    [
        ("hypothetical(one).\n", "a principle has one annotation"),
        ("%@ other [ECL 38(2)]\n%@ zh 甲\n%@ en a\nhypothetical(one).\n", "a principle has one annotation"),
        ("%@ mine [ECL 38(2)]\n%@ zh 甲\n%@ en a\nhypothetical(one) :- .x\n", "syntax error"),
        ('%@ mine [ECL 38(2)]\n%@ zh 甲\n%@ en a\n#script (python) print("x") #end.\n', "not taken"),
        (
            "%@ mine [ECL 38(2)]\n%@ zh 甲\n%@ en a\nhypothetical(one).\nbroken(S) :- means(S), debtor_liabel(one).\n",
            "mine.lp:5:24: nothing defines debtor_liabel/1; did you mean 'debtor_liable'?",
        ),
        (
            "%@ mine [ECL 38(2)]\n%@ zh 甲\n%@ en a\nhypothetical(one).\n"
            "broken(S) :- means(S), status(one, at_faullt(platform, _), proved).\n",
            "mine.lp:5:36: nothing defines at_faullt/2; did you mean 'at_fault'?",
        ),
        (
            "%@ mine [ECL 38(2)]\n%@ zh 甲\n%@ en a\nhypothetical(one). hypothetical(two). may_differ(fodo).\n",
            "mine.lp:4:50: nothing defines fodo/0; did you mean 'food'?",
        ),
    ],
)
def test_a_principle_that_cannot_be_read_is_refused(tmp_path: Path, text: str, message: str) -> None:
    folder = tmp_path / "rules" / "principles"
    folder.mkdir(parents=True)
    (folder / "mine.lp").write_text(text, encoding="utf-8")
    for command in (["stress", "draft3", "-p", "mine", "--kb", str(tmp_path)], ["check", str(tmp_path)]):
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 2, result.output
        assert message in result.output
        assert "mine.lp" in result.output


def test_the_shipped_principles_use_no_word_that_nothing_defines(tmp_path: Path) -> None:
    """Those of a folder of one's own are held against what may stand there; so are these, in such a folder."""
    shutil.copytree(ROOT / "rules" / "principles", tmp_path / "rules" / "principles")
    assert len(load([tmp_path]).principle_files) == 2 * len(BASE.principle_files)


def test_commands(tmp_path: Path) -> None:
    """What is saved is a case that `check` and `derive` take; nothing is written over."""
    run = CliRunner()
    path = tmp_path / "apart.yaml"
    for lang, word in (("zh", "最小案件"), ("en", "the smallest case")):
        result = run.invoke(main, ["distinguish", "draft3", "several_all", "--lang", lang, "--by", "form"])
        assert result.exit_code == 0 and word in result.output
    assert run.invoke(main, ["distinguish", "draft3", "several_all", "--save", str(path)]).exit_code == 0
    assert run.invoke(main, ["check", str(path)]).exit_code == 0
    derived = run.invoke(main, ["derive", str(path), "-r", "draft3", "--json"])
    assert json.loads(derived.output)["case"] == "apart"
    again = run.invoke(main, ["distinguish", "draft3", "several_all", "--save", str(path)])
    assert again.exit_code == 2 and "exists already" in again.output
    for wrong in (["draft3", "draft3"], ["draft3", "nosuch"], ["draft3", "draft4", "--date", "2021-13-01"]):
        assert run.invoke(main, ["distinguish", *wrong]).exit_code == 2
    assert run.invoke(main, ["stress"]).exit_code == 2
    assert "did you mean" in run.invoke(main, ["stress", "draft3", "-p", "who_know"]).output
    saved = tmp_path / "broken"
    assert run.invoke(main, ["stress", "paper_body", "-p", "who_knew", "--save", str(saved)]).exit_code == 0
    assert len(list(saved.glob("*.yaml"))) == 2


def test_what_the_search_and_derive_disagree_on_is_not_shown(
    base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pyliab.questions.distinguish.World.derive", lambda *_: [])
    with pytest.raises(InputError, match="does not tell the readings apart"):
        distinguish([everything_told(base, DAY)], (taken("draft3"), taken("several_all")))
