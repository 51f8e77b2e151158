"""Decisions held against readings, one by one and over the whole space: against `derive`, and against brute force."""

from __future__ import annotations

import itertools
import json
import random
import re
from functools import cache
from pathlib import Path

import exhaustive
import pytest
from click.testing import CliRunner
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from tiers import examples

from pyliab.answers.views.fit import merged
from pyliab.asp.load import load
from pyliab.cli.main import main
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.read import load_case
from pyliab.kb.reading import choose
from pyliab.law.world import world_of
from pyliab.questions.check import check
from pyliab.questions.fit import Cut, Decision, Fit, cut, decided, fit
from pyliab.space.demands import Demands, always, never, opposite, standing
from pyliab.space.diagram import VOID, Diagram, Store, Variable
from pyliab.space.minimal_sets import NO, YES, sufficient

BASE = load()
pytestmark = pytest.mark.xdist_group("fit")  # one worker, which asks the decisions once
VALUES = {"a": ("1", "2"), "b": ("1", "2", "3"), "c": ("1", "2"), "d": ("1", "2")}


@cache
def fitted() -> Fit:
    return fit(BASE, list(BASE.readings), analogy=True)


@cache
def kept() -> Cut:
    """Of the shipped decisions those that the most can be kept of, which have survivors."""
    return cut(BASE, [by_id(id) for id in fitted().space.largest[0].decisions])


def run(*words: str) -> str:
    result = CliRunner().invoke(main, [*words, "--lang", "en"])
    assert result.exit_code == 0, result.output
    return result.output


# ---- a reading -----------------------------------------------------------------------------------------------------


def test_a_reading_that_leaves_open_what_a_decision_turns_on_is_silent() -> None:
    """Whether CC 1198 reaches online spaces decides huajiao_live: who doesn't say so has said nothing of the decision."""
    decision = by_id("huajiao_live")
    assert decision.turns_on == ["cc1198_online"]
    for name, row in fitted().readings.items():
        assert (row["huajiao_live"] == "silent") == ("cc1198_online" not in BASE.reading(name).positions)
    assert decision.says_of({"cc1198_online": "applies"}) == "consistent"
    assert decision.says_of({"cc1198_online": "not_applicable"}) == "inconsistent"


def test_a_decision_that_follows_anyhow_says_nothing_of_any_reading() -> None:
    for id in ("gc83", "didi_wuxi", "home_care_huaian"):
        assert by_id(id).tells == "alike"
        assert {row[id] for row in fitted().readings.values()} == {"silent"}


def test_a_decision_no_reading_gives_says_why(base: KnowledgeBase) -> None:
    for one in fitted().decisions:
        if one.tells == "unexplained" and not one.analogy:
            assert base.cases[one.case].doc.judgment.difference
            assert {row[one.id] for row in fitted().readings.values()} == {"unexplained"}


def test_the_verdicts_are_those_of_deriving(base: KnowledgeBase) -> None:
    """Certain and nothing else: consistent. A liability certain that the court did not hold, or one held not possible: not."""
    for decision in fitted().decisions:
        case = base.cases[decision.case]
        world = world_of(base, case, as_if_in_force=decision.analogy)
        held = case.doc.judgment.held
        if any(entry.perhaps for entry in held) or any(fact.status == "disputed" for fact in case.facts):
            continue
        wanted = {(entry.debtor, entry.form) for entry in held}
        for name in base.readings:
            own = choose(base, base.reading(name), "open").own
            outcome = world.outcomes(own)[case.id].values()
            possible = {(one.debtor, one.form) for one in outcome}
            certain = {(one.debtor, one.form) for one in outcome if one.status == "certain"}
            verdict = decision.says_of(own)
            if verdict == "consistent":
                assert certain == possible == wanted
            if not certain <= wanted <= possible:
                assert verdict in ("inconsistent", "unexplained")


def test_with_the_plain_text_fewer_readings_are_silent(base: KnowledgeBase) -> None:
    filled = fit(base, list(base.readings), analogy=False, background="text")
    for name, row in filled.readings.items():
        for id, verdict in row.items():
            before = fitted().readings[name][id]
            assert verdict == before or before == "silent"


def test_analogies_are_those_that_ask_something_else() -> None:
    analogous = {one.case: one for one in fitted().decisions if one.analogy}
    assert "huolala_sz" in analogous and "gc83" not in analogous
    for case, one in analogous.items():
        assert one.meets.to_json() != by_id(case).meets.to_json()
    asked = fit(BASE, ["text_minimal"])
    assert "huolala_sz:analogy" in asked.readings["text_minimal"]
    assert asked.space.decisions == [id for id in fitted().space.decisions if ":" not in id]


def by_id(id: str) -> Decision:
    return next(one for one in fitted().decisions if one.id == id)


# ---- the whole space -------------------------------------------------------------------------------------------------


def test_every_survivor_gives_every_decision_and_no_excluded_reading_does(base: KnowledgeBase) -> None:
    """Full readings at random, and around the sets that suffice: the law is asked of each."""
    space, draw = kept(), random.Random(14)
    assert space.survivors
    decisions = [by_id(id) for id in space.decisions]
    told = set()
    for number in range(60):
        full = {issue: draw.choice(list(doc.choices())) for issue, doc in base.issues.items()}
        if number % 2:
            full |= dict(name.split("=") for name in draw.choice(space.sufficient))
        if not all(together(base, one, full) for one in decisions):
            continue
        survives = all(gives(base, one, full) for one in decisions)
        named = {f"{issue}={position}" for issue, position in full.items()}
        assert survives == any(set(chosen) <= named for chosen in space.sufficient)
        assert not survives or (set(space.always) <= named and not set(space.never) & named)
        assert [all(one.meets.value(full) == YES for one in decisions)] == [survives]
        told.add(survives)
    assert told == {True, False}


def together(base: KnowledgeBase, decision: Decision, full: dict[str, str]) -> bool:
    """Can these positions stand together?"""
    program = world_of(base, base.cases[decision.case], as_if_in_force=decision.analogy).program
    return program.satisfiable(program.assume(full))


def gives(base: KnowledgeBase, decision: Decision, full: dict[str, str]) -> bool:
    """Does the court's outcome follow under a full reading, in some way in which the disputed facts may turn out?"""
    case = base.cases[decision.case]
    world = world_of(base, case, as_if_in_force=decision.analogy)
    wanted = [{(entry.debtor, form) for form in (entry.form, *entry.perhaps)} for entry in case.doc.judgment.held]
    aside = {(entry.debtor, entry.form) for entry in case.doc.judgment.unjudged}
    keys = [k for k in world.outcomes({})[case.id] if not aside & {(k.debtor, k.form), (k.debtor, None)}]
    for meant in itertools.product(*wanted):
        literals = {key: world.program.liable((case.id, *key)) for key in keys}
        goals = [lit if (key.debtor, key.form) in meant else -lit for key, lit in literals.items()]
        attainable = {(key.debtor, key.form) for key in keys}
        if set(meant) <= attainable and world.program.satisfiable([*world.program.assume(full), *goals]):
            return True
    return False


def diagrams() -> st.SearchStrategy[list[Diagram]]:
    """Demands at random on four small variables, with choices that cannot be made together."""

    def build(rows: list[list[int]]) -> list[Diagram]:
        variables = tuple(Variable(name, values) for name, values in VALUES.items())
        store = Store([len(values) for values in VALUES.values()])
        return [Diagram(variables, store, table(store, row)) for row in rows]

    def table(store: Store, row: list[int], level: int = 0) -> int:
        if level == len(store.sizes):
            return row[0]
        part = len(row) // store.sizes[level]
        return store.node(
            level, [table(store, row[i * part : (i + 1) * part], level + 1) for i in range(store.sizes[level])]
        )

    size = 24
    leaves = st.lists(st.sampled_from([YES, YES, NO]), min_size=size, max_size=size)
    voids = st.lists(st.sampled_from([False] * 6 + [True]), min_size=size, max_size=size)
    rows = st.tuples(voids, st.lists(leaves, min_size=1, max_size=4)).map(
        lambda drawn: [[VOID if void else leaf for void, leaf in zip(drawn[0], row, strict=True)] for row in drawn[1]]
    )
    return rows.map(build)


@settings(max_examples=examples(60), deadline=None)
@given(diagrams())
def test_demands_together_are_what_looking_at_every_choice_finds(demands: list[Diagram]) -> None:
    named = {str(number): demand for number, demand in enumerate(demands)}
    together = Demands(named, list(VALUES))
    full = list(exhaustive.full_choices(VALUES))
    met = {name: {i for i, one in enumerate(full) if demand.value(one) == YES} for name, demand in named.items()}
    both = together.together(named)
    good = set.intersection(*met.values())
    assert both.counts().get(YES, 0) == len(good)
    assert both.moved(both.store, {v.name: i for i, v in enumerate(both.variables)}) == both.root
    if good:
        assert dict(always(both)) == {
            name: held.pop() for name in VALUES if len(held := {full[i][name] for i in good}) == 1
        }
        assert set(never(both)) == {
            (name, value)
            for name, values in VALUES.items()
            for value in values
            if all(full[i][name] != value for i in good)
        }
    table = {frozenset(one.items()): i in good for i, one in enumerate(full) if both.value(one) != VOID}
    for wanted, diagram in ((True, both), (False, opposite(both))):
        sets = {frozenset(chosen.items()) for chosen in sufficient(diagram)}
        assert sets == exhaustive.sufficient(VALUES, table, wanted)
    found = standing(list(named), together.possible)
    subsets = [set(s) for n in range(len(named) + 1) for s in itertools.combinations(named, n)]
    bad = [s for s in subsets if not set.intersection(set(range(len(full))), *(met[name] for name in s))]
    fine = [s for s in subsets if s not in bad]
    assert sorted(map(sorted, found.conflicts)) == sorted(sorted(s) for s in bad if not any(o < s for o in bad))
    assert sorted(map(sorted, found.largest)) == sorted(sorted(s) for s in fine if not any(s < o for o in fine))


# ---- at the command line ---------------------------------------------------------------------------------------------


@pytest.mark.exhaustive
def test_decisions_that_clash_are_named(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """The freight decision told once more, with another form held: no reading gives both, and each alone can be given."""
    (tmp_path / "cases").mkdir()
    text = (ROOT / "kb/cases/huolala_sz.yaml").read_text(encoding="utf-8")
    held, marks = text.split("  held:\n"), "  sure:"
    other = "    - {debtor: platform, form: several}\n"
    text = f"{held[0]}  held:\n{other}{marks}{held[1].split(marks, 1)[1]}".replace("case: huolala_sz", "case: other")
    (tmp_path / "cases" / "other.yaml").write_text(text, encoding="utf-8")
    answer = json.loads(run("fit", "--json", "--kb", str(tmp_path)))
    assert answer["space"]["survivors"] == 0 and answer["space"]["sufficient"] == []
    assert ["huolala_sz", "other"] in answer["space"]["conflicts"]
    assert answer["space"]["largest"]
    for one in answer["space"]["largest"]:
        assert not {"huolala_sz", "other"} <= set(one["decisions"])
        assert sorted([*one["decisions"], *one["without"]]) == sorted(answer["space"]["decisions"])
    printed = run("fit", "--space", "--kb", str(tmp_path))
    assert "No reading gives them all." in printed and "· huolala_sz, other" in printed


def test_what_was_not_before_the_court_says_nothing(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """The beaten passenger sued in tort: that she got nothing from a carrier tells nothing against the carrier of another.

    Told as if she had sued in contract as well, no reading gives both decisions.
    """
    text = (ROOT / "kb/cases/ride_guangzhou.yaml").read_text(encoding="utf-8")
    aside = re.search(r"  unjudged:\n(    .*\n)+", text)
    assert aside
    told = text.replace(aside[0], "").replace("case: ride_guangzhou", "case: other").split("\nexpect:")[0]
    (tmp_path / "other.yaml").write_text(f"{told}\n", encoding="utf-8")
    cases = [*map(BASE.case, ("carriage_pudong", "ride_guangzhou")), load_case(tmp_path / "other.yaml", BASE)]
    assert cut(BASE, decided(BASE, cases, analogy=False)).conflicts == [["carriage_pudong", "other"]]


def test_the_table_has_what_tells_readings_apart_and_folds_the_rest() -> None:
    short, full = run("fit"), run("fit", "--full")
    assert "huajiao_live" in short and "gc83" not in short and "gc83" in full
    assert "pyliab fit --full" in " ".join(short.split())


def test_rival_forms_under_the_general_clause_clash() -> None:
    """Several liability in one decision, supplementary in another, on the same issue: to give up one camp is enough."""
    space = fitted().space
    several = ("boat_phuket", "carer_changsha", "nanny_nanjing")
    camps = {**dict.fromkeys(several, "several"), "huolala_sz": "supplementary"}
    for first, second in itertools.combinations(camps, 2):
        assert (sorted([first, second]) in space.conflicts) == (camps[first] != camps[second])
    for id, position in camps.items():
        assert by_id(id).says_of({"general_clause_beside": position, "cc1198_online": "not_applicable"}) == "consistent"
    for one in space.largest:
        (said,) = [name for name in one.always if name.startswith("general_clause_beside=")]
        assert {camps[id] for id in camps if id in one.decisions} == {said.partition("=")[2]}
    left = json.loads(run("fit", "--json", *(word for id in several for word in ("--without", id))))
    assert left["space"]["survivors"] > 0


def test_sets_taken_as_one_say_what_they_said() -> None:
    sets = kept().sufficient
    told = [
        frozenset(f"{issue}={position}" for issue, position in zip(row, positions, strict=True))
        for row in merged(sets)
        for positions in itertools.product(*row.values())
    ]
    assert sorted(map(sorted, told)) == sorted(map(sorted, sets)) and len(merged(sets)) < len(sets) / 4


@pytest.mark.parametrize("words", [("fit",), ("fit", "--space"), ("fit", "--full"), ("fit", "--space", "--full")])
def test_fit_speaks_chinese(words: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, [*words, "--lang", "zh"])
    assert result.exit_code == 0
    for said in ("reading", "decision", "None", "hold"):
        assert f" {said} " not in result.output


# ---- sums and weights ------------------------------------------------------------------------------------------------


def told_with(tmp_path: Path, case: str, old: str, new: str) -> CaseFile:
    """A decision of the base told otherwise."""
    text = (ROOT / f"kb/cases/{case}.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / f"{case}.yaml").write_text(text.replace(old, new), encoding="utf-8")
    return load_case(tmp_path / f"{case}.yaml", BASE)


@pytest.mark.parametrize(
    ("owes", "positions"),
    [
        ("owes: 20%", {"several"}),
        ("owes: 90000-100000", {"supplementary"}),
        ("", {"several", "supplementary"}),
        ("owes: 21%", set()),
    ],
)
def test_a_sum_tells_apart_what_a_report_of_the_form_does_not(tmp_path: Path, owes: str, positions: set[str]) -> None:
    """A fifth of 100,000 follows where the carer's company owes its share, the whole where it makes good in full."""
    told = "form: several\n      owes: 20%\n"
    case = told_with(tmp_path, "carer_changsha", told, f"form: several\n      perhaps: [supp_full]\n      {owes}\n")
    (one,) = decided(BASE, [case], analogy=False)
    in_full = {"supplementary_extent": "supp_full", "cc1198_online": "not_applicable"}
    given = {
        position
        for position in BASE.issues["general_clause_beside"].choices()
        if one.follows_from({"general_clause_beside": position, **in_full})
    }
    assert given == positions


def test_what_was_not_before_the_court_is_no_part_of_the_sum() -> None:
    """The company may owe the whole as carrier: that was not claimed, and a fifth in supplement is what was held."""
    assert by_id("ride_guangzhou").follows_from(dict(name.split("=") for name in kept().sufficient[0]))
    assert not any(name.startswith("ride_carrier") for name in by_id("ride_guangzhou").always)


def test_a_sum_needs_a_loss(tmp_path: Path) -> None:
    case = told_with(tmp_path, "carer_changsha", "  - loss: {harm: scald, yuan: 100000}\n", "")
    assert any("states no loss" in str(problem.message) for problem in check(Path(case.file)).problems)


def test_one_decision_of_a_higher_court_outweighs_all_of_lower_ones() -> None:
    levels = ["basic", "intermediate", "high"]
    answer = json.loads(run("fit", "--weigh", "court", "--json"))
    cases = {one["id"]: BASE.cases[one["case"]].doc.judgment for one in answer["decisions"]}
    heights = [
        sorted((levels.index(cases[id].level) if cases[id].level else -1 for id in ids), reverse=True)
        for ids in answer["wrong"].values()
    ]
    assert heights == sorted(heights)
    assert {name: set(ids) for name, ids in answer["wrong"].items()} == {n: set(i) for n, i in fitted().wrong.items()}
    assert "a higher court outweighs all of lower ones" in " ".join(run("fit", "--weigh", "court").split())
