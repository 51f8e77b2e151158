"""Principles and decisions kept together or not: against `stress` reading by reading, and against the decisions themselves."""

from __future__ import annotations

import itertools
import json
import random
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from test_fit import by_id, fitted
from tiers import exhaustive, sweep

from pyliab.asp.load import load
from pyliab.asp.open_facts import days_of, universe
from pyliab.cli.main import main
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.compatibility import clashes
from pyliab.kb.reading import Choice
from pyliab.questions.fit import Decision
from pyliab.questions.reconcile import Objection, Principle, Reconciled, Reconciler
from pyliab.questions.stress import Stress, chosen
from pyliab.space.diagram import Diagram, Store, Variable
from pyliab.space.minimal_sets import YES

BASE = load()
pytestmark = pytest.mark.xdist_group("fit")  # the worker that has asked the decisions
TRIAL = Stress(universe(BASE, days_of(BASE)[0]))


def principle(name: str, trial: Stress = TRIAL) -> Principle:
    return Principle(trial, name, chosen(trial.base, [name])[name])


def broken(name: str, readings: list[dict[str, str]], trial: Stress = TRIAL) -> list[bool]:
    """What `stress` says of each reading."""
    choices = [Choice("any", full, {}, ()) for full in readings]
    return [not verdict.holds for verdict in trial.put(chosen(trial.base, [name])[name], choices)]


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["reconcile", *words])


@cache
def reconciled() -> Reconciled:
    names = ("who_knew", "ranking_of_forms", "wrongdoer_bears_it", "no_provision_idle")
    decisions = [by_id(id) for id in fitted().space.decisions]
    return Reconciler(BASE, [principle(name) for name in names], decisions).answer()


def full_readings(number: int, kept: list[str] = [], seed: int = 3) -> list[dict[str, str]]:  # noqa: B006
    """Readings at random that have these positions."""
    draw, readings = random.Random(seed), list[dict[str, str]]()
    while len(readings) < number:
        full = {issue: draw.choice(list(doc.choices())) for issue, doc in BASE.issues.items()}
        full |= dict(name.split("=") for name in kept)
        if not clashes(BASE.issues, full):
            readings.append(full)
    return readings


# ---- what is kept ------------------------------------------------------------------------------------------------------


@exhaustive
def test_whoever_holds_what_suffices_keeps_all() -> None:
    """Under any completion `stress` finds no case against the principles, and the decisions are given."""
    assert len(reconciled().peace) > 1
    for peace in reconciled().peace:
        readings = full_readings(3, peace.sufficient)
        for name in peace.names:
            if name in reconciled().principles:
                assert not any(broken(name, readings)), name
            else:
                assert all(by_id(name).meets.value(full) == YES for full in readings)


@pytest.mark.parametrize(
    "principles", sweep(["who_knew wrongdoer_bears_it", "wrongdoer_bears_it"], "wrongdoer_bears_it")
)
def test_of_what_suffices_nothing_can_be_left_out(principles: str) -> None:
    asked = Reconciler(BASE, [principle(name) for name in principles.split()], [by_id("shop_left")])
    names = [*principles.split(), "shop_left"]
    full = asked.keep(names)
    assert full is not None
    positions = asked.suffices(names, full)
    for left_out in positions:
        part = dict(name.split("=") for name in positions if name != left_out)
        still = all(asked.principles[name].carried(part) is not None for name in principles.split())
        assert not (still and by_id("shop_left").follows_from(part))


def test_what_is_kept_and_what_is_given_up_are_all() -> None:
    answer = reconciled()
    for peace in answer.peace:
        assert sorted([*peace.names, *peace.without]) == sorted([*answer.principles, *answer.decisions])
        assert not any(set(clash.names) <= set(peace.names) for clash in answer.clashes)


# ---- what clashes ------------------------------------------------------------------------------------------------------


@exhaustive
def test_every_objection_is_what_stress_finds() -> None:
    """Readings that hold nothing of what lifts an objection break the principle, for `stress` as well."""
    asked = Reconciler(BASE, [principle("who_knew"), principle("duty_never_costs")], [])
    names = ("who_knew", "duty_never_costs")
    assert asked.keep(names)
    for taken in full_readings(12):
        asked._objected(names, taken)
    assert len(asked._against) > 5
    for name in names:
        against = [one for one in asked._against if one.name == name]
        readings = [full for one in against[:4] for full in inside(one)]
        assert all(broken(name, readings))


def inside(objection: Objection) -> list[dict[str, str]]:
    draw = random.Random(5)
    taken = {}
    for issue, left_out in objection.cube.items():
        taken[issue] = draw.choice([p for p in BASE.issues[issue].choices() if p not in left_out])
    return full_readings(2, [f"{issue}={position}" for issue, position in taken.items()]) if taken else []


def test_the_rank_of_forms_is_kept_by_no_reading() -> None:
    """One case is enough, whatever is held; and that no provision is idle is refuted by a provision of which it says so."""
    alone = {clash.names[0]: clash.proof for clash in reconciled().clashes if len(clash.names) == 1}
    assert set(alone) == {"ranking_of_forms", "no_provision_idle"}
    (rank,) = alone["ranking_of_forms"]
    assert rank.unless == [] and len(rank.cases) == 1
    assert all(broken("ranking_of_forms", full_readings(3)))
    assert all(proof.lacks and not proof.cases for proof in alone["no_provision_idle"])
    assert all(broken("no_provision_idle", full_readings(2)))


def test_decisions_clash_as_fit_says() -> None:
    pairs = [clash.names for clash in reconciled().clashes if len(clash.names) > 1]
    assert pairs and pairs == fitted().space.conflicts


@exhaustive
def test_a_small_space_is_what_putting_each_reading_finds() -> None:
    """All issues but three are settled, by a demand of its own; the others are looked at reading by reading."""
    free = ("ecl38_1_extent", "ecl38_civil_code", "recourse_after_joint")
    (settled,) = full_readings(1, ["ecl38_paragraphs=cumulative", "ecl38_1_knowledge=knows_or_should"], seed=8)
    values = {issue: list(BASE.issues[issue].choices()) if issue in free else [settled[issue]] for issue in BASE.issues}
    readings = [dict(zip(values, row, strict=True)) for row in itertools.product(*values.values())]
    names = ["who_knew", "wrongdoer_bears_it", "breach_leaves_nobody_empty"]
    keeps = {name: {i for i, bad in enumerate(broken(name, readings)) if not bad} for name in names}
    asked = Reconciler(
        BASE, [principle(name) for name in names], [demand({i: settled[i] for i in values if i not in free})]
    )
    for count in range(1, len(names) + 1):
        for some in itertools.combinations(names, count):
            left = set.intersection(*(keeps[name] for name in some))
            full = asked.keep([*some, "settled"])
            assert (full is not None) == bool(left), some
            assert full is None or readings.index(full) in left
    assert any(0 < len(kept) < len(readings) for kept in keeps.values())


def demand(positions: dict[str, str]) -> Decision:
    """That these positions are taken."""
    variables = tuple(Variable(issue, tuple(BASE.issues[issue].choices())) for issue in positions)
    store = Store([len(variable.values) for variable in variables])
    cube = {i: frozenset([v.values.index(positions[v.name])]) for i, v in enumerate(variables)}
    return Decision("settled", "", False, "apart", "form", [], [], [], Diagram(variables, store, store.part(cube)))


# ---- at the command line -----------------------------------------------------------------------------------------------


def test_a_principle_of_ones_own_that_no_reading_keeps(tmp_path: Path) -> None:
    """That nobody is ever liable no reading keeps, and a case shows it; what is left is the decision."""
    (tmp_path / "rules/principles").mkdir(parents=True)
    text = "%@ never_liable [pyliab]\n%@ zh 无人负责\n%@ en nobody is ever liable\nhypothetical(one).\n"
    (tmp_path / "rules/principles" / "never_liable.lp").write_text(
        text + "broken(solvent) :- owed(one, _, _, _).\n", encoding="utf-8"
    )
    result = run("-p", "never_liable", "-c", "shop_left", "--kb", str(tmp_path), "--lang", "en", "--json")
    assert result.exit_code == 0, result.output
    answer = json.loads(result.output)
    assert [clash["names"] for clash in answer["clashes"]] == [["never_liable"]]
    assert answer["peace"][0]["names"] == ["shop_left"]
    assert answer["peace"][0]["sufficient"] == ["ecl38_1_extent=joint_whole", "joint_by_law=paragraph_itself"]
    (proof, *_) = answer["clashes"][0]["proof"]
    assert proof["cases"][0]["file"].startswith("case: never_liable_1")


def test_two_decisions_that_clash_are_shown_with_what_each_asks() -> None:
    printed = " ".join(run("-c", "carer_changsha", "-c", "huolala_sz", "--lang", "en").output.split())
    assert "No reading keeps together: carer_changsha, huolala_sz" in printed
    assert "The general clause of fault beside a third party: several" in printed
    chinese = run("-c", "carer_changsha", "-c", "huolala_sz", "--lang", "zh").output
    assert "reading" not in chinese and "keep" not in chinese


def test_what_cannot_be_asked_is_refused(base: KnowledgeBase) -> None:
    assert run("-c", "ride_injury", "--lang", "en").exit_code == 2
    assert "no court decided the case 'ride_injury'" in run("-c", "ride_injury", "--lang", "en").output
    assert "did you mean" in run("-p", "who_know", "--lang", "en").output


@pytest.mark.parametrize("id", ["ride_guangzhou", "home_care_huaian"])
def test_a_decision_alone(id: str) -> None:
    answer = json.loads(run("-c", id, "--json").output)
    assert answer["clashes"] == [] and answer["peace"][0]["without"] == []
    assert (answer["peace"][0]["sufficient"] == []) == (by_id(id).tells == "alike")
