"""The space of readings and the flips in it, held against looking at every reading one by one."""

from __future__ import annotations

import itertools
import json
import math
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from functools import cache, partial
from pathlib import Path

import exhaustive
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_fit import VALUES, diagrams
from tiers import examples, quick

from pyliab.asp import symbols as atoms
from pyliab.asp.days import case_program
from pyliab.asp.load import load
from pyliab.asp.program import GroundProgram
from pyliab.asp.syntax import atoms_of, rules_of
from pyliab.cli.main import main
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.compatibility import clashes, declared
from pyliab.kb.reading import Choice, choose
from pyliab.law.world import World
from pyliab.questions.flip import flips, wanted_outcome
from pyliab.questions.open_case import Owed
from pyliab.space.credence import credence
from pyliab.space.diagram import VOID, Diagram, Store, Variable, leaf, number_of
from pyliab.space.minimal_sets import changes, sufficient, verdict
from pyliab.space.space import TOGETHER, Explored, Explorer, Space, answer
from pyliab.text.problem import InputError

BASE = load()
POSITIONS = {
    name: [p for p, position in issue.positions.items() if not position.not_encoded]
    for name, issue in BASE.issues.items()
}


def consistent() -> int:
    """The number of readings: all combinations, less those that the issues at odds with each other leave out."""
    involved = sorted({issue for one in declared(BASE.issues) for issue, _ in (one.first, one.second)})
    fillings = [
        dict(zip(involved, taken, strict=True)) for taken in itertools.product(*(POSITIONS[i] for i in involved))
    ]
    free = math.prod(len(positions) for issue, positions in POSITIONS.items() if issue not in involved)
    return free * sum(not clashes(BASE.issues, filling) for filling in fillings)


ALL = consistent()
Pair = tuple[str, str, str, str]
slow = settings(
    max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@cache
def space_of(case: str, level: str = "form") -> Space:
    return Explorer(BASE).explore(BASE.case(case), level)


# ---- against one solve per reading --------------------------------------------------------------------------------


def by_solving(case: CaseFile, level: str, values: exhaustive.Values, fixed: dict[str, str], pairs: list[Pair]):  # type: ignore[no-untyped-def]
    """By full choice of the free issues and of the disputed facts the set of liabilities, from the law alone."""
    facts = atoms.plain([*BASE.law_facts(), *(("incompatible", pair) for pair in pairs)])
    program = GroundProgram(BASE.rule_files, facts + case_program(BASE, case))
    program._configure("auto", models=0)
    disputed = [f for f in case.facts if f.status == "disputed"]
    sides = [[atoms.fact_symbol(case.id, f, side) for side in (True, False)] for f in disputed]
    table = {}
    for full in exhaustive.full_choices(values):
        taken = program.assume({**fixed, **full})
        with program.control.solve(assumptions=taken, yield_=True) as handle:
            for model in handle:
                held = {(str(s[0]), str(side)) for s in sides for side in s if model.contains(side)}
                owed = [[str(a) for a in s.arguments] for s in model.symbols(shown=True) if s.name == "owed"]
                outcome = frozenset(tuple(row[1 : 4 if level == "form" else 3]) for row in owed if row[0] == case.id)
                assert table.setdefault(frozenset(full.items()) | held, outcome) == outcome
    return {str(s[0]): [str(s[0]), str(s[1])] for s in sides}, table


@st.composite
def questions(draw, limit=150):  # type: ignore[no-untyped-def]
    """A shipped case, some free issues (most of them ones that matter), the rest fixed at random, and incompatibles."""
    names = ("ride_injury", "disputed_audit", "consumer_notice") if quick() else BASE.cases
    case = draw(st.sampled_from([name for name in names if space_of(name).issues or space_of(name).disputed]))
    matter = space_of(case).issues
    order = [*draw(st.permutations(matter)), *draw(st.permutations([i for i in POSITIONS if i not in matter]))]
    idle_first = draw(st.integers(0, 1))
    order = [*order[len(matter) : len(matter) + idle_first], *order]
    values: dict[str, list[str]] = {}
    for issue in dict.fromkeys(order):
        if len(values) < 6 and math.prod(len(POSITIONS[i]) for i in [*values, issue]) <= limit:
            values[issue] = POSITIONS[issue]
    # The kind of case in which fixed issues matter is asked under positions of readings, and under any.
    known = choose(BASE, BASE.reading(draw(st.sampled_from(list(BASE.readings))))).positions
    wild = draw(st.booleans())
    fixed = {
        issue: known[issue] if issue in known and not wild else draw(st.sampled_from(positions))
        for issue, positions in POSITIONS.items()
        if issue not in values
    }
    choice = st.sampled_from(sorted((i, p) for i, known in values.items() for p in known))
    pairs = draw(st.lists(st.tuples(choice, choice).filter(lambda two: two[0] != two[1]), max_size=3))
    return disputing(draw, BASE.case(case)), values, fixed, [(*one, *other) for one, other in pairs]


def disputing(draw, case: CaseFile) -> CaseFile:  # type: ignore[no-untyped-def]
    """The case with up to two of its facts put in dispute."""
    disputed = draw(st.sets(st.integers(0, len(case.facts) - 1), max_size=2))
    facts = [replace(f, status="disputed") if i in disputed else f for i, f in enumerate(case.facts)]
    return replace(case, facts=facts)


def of_outcome(found: Explored, disputed: dict[str, list[str]]):  # type: ignore[no-untyped-def]
    """The answer in the shape of the tables: by outcome the numbers and the sets of choices."""

    def read(text: str) -> tuple[str, str]:
        fact = next((name for name, sides in disputed.items() if text in sides), None)
        return (fact, text) if fact else (text.partition("=")[0], text.partition("=")[2])

    return {
        way.outcome: (way.readings, way.always, {frozenset(read(t) for t in one) for one in way.sufficient})
        for way in found.ways
    }


def by_law(values: exhaustive.Values, table: exhaustive.Table) -> dict[frozenset[tuple[str, str]], frozenset]:  # type: ignore[type-arg]
    """By choice of the issues alone, what may follow as the facts turn out."""
    found: dict = {}
    for full, outcome in table.items():
        law = frozenset(pair for pair in full if pair[0] in values)
        found[law] = found.get(law, frozenset()) | {outcome}
    return found


@slow
@given(questions(), st.sampled_from(["form", "debtor"]))
def test_the_space_is_what_one_solve_per_reading_finds(question, level) -> None:  # type: ignore[no-untyped-def]
    case, values, fixed, pairs = question
    disputed, table = by_solving(case, level, values, fixed, pairs)
    explorer = Explorer(BASE, more=[("incompatible", pair) for pair in pairs])
    if not table:
        with pytest.raises(InputError):
            explorer.explore(case, level).under(fixed)
        return
    found = answer(explorer.explore(case, level).under(fixed))
    law = by_law(values, table)
    assert found.readings == len(law)
    assert of_outcome(found, disputed) == {
        outcome: (
            sum(outcome in possible for possible in law.values()),
            sum(possible == {outcome} for possible in law.values()),
            exhaustive.sufficient({**values, **disputed}, table, outcome),
        )
        for outcome in set(table.values())
    }
    functions = {  # what follows of a reading is a function of the facts
        reading: frozenset((full - reading, outcome) for full, outcome in table.items() if reading <= full)
        for reading in law
    }
    decides = {issue: exhaustive.deciding(values, functions, issue) for issue in values}
    assert {issue: n for issue, n in found.decides.items() if n} == {issue: n for issue, n in decides.items() if n}
    named = {name for _, _, sets in of_outcome(found, disputed).values() for one in sets for name, _ in one}
    assert set(found.idle) == {issue for issue in values if not decides[issue] and issue not in named}
    assert set(found.idle) | set(found.decides) == set(values)


def as_marks(outcomes: Iterable[Iterable[Owed]]) -> set[frozenset[tuple[str, ...]]]:
    """Outcomes of flips as the brute force has them."""
    return {frozenset(owed.key for owed in one) for one in outcomes}


@slow
@given(questions(limit=100), st.data())
def test_the_flips_are_what_trying_every_change_finds(question, data) -> None:  # type: ignore[no-untyped-def]
    case, values, fixed, pairs = question
    _, table = by_solving(case, "form", values, fixed, pairs)
    law = by_law(values, table)
    if not law:
        return
    baseline = {
        issue: position
        for issue, known in values.items()
        if (position := data.draw(st.sampled_from([*known, *known, None]))) is not None
    }
    explorer = Explorer(BASE, more=[("incompatible", pair) for pair in pairs])
    space = explorer.explore(case).under(fixed)
    choice = Choice("asked", baseline, {}, tuple(issue for issue in values if issue not in baseline))
    reach = exhaustive.following(law, frozenset(baseline.items()))
    if not reach:
        with pytest.raises(InputError):
            flips(space, choice)
        return
    found = flips(space, choice)
    assert as_marks(found.outcomes) == set().union(*reach)
    expected = {("changes", one) for one in exhaustive.changes(values, law, baseline, lambda r: r not in reach)}
    for possible in reach if len(reach) > 1 else ():
        expected |= {("settles", one) for one in exhaustive.changes(values, law, baseline, lambda r: r == possible)}  # noqa: B023
    assert {(flip.kind, frozenset(flip.positions.items())) for flip in found.flips} == expected
    for flip in found.flips:
        after = exhaustive.following(law, frozenset({**baseline, **flip.positions}.items()))
        assert as_marks(flip.outcomes) == set().union(*after)

    text = data.draw(st.sampled_from(["none", "platform", "several", "joint_whole", "supp_capped"]))
    wanted = wanted_outcome(BASE, case, text) if text in (*BASE.labels["form"], "none") else None
    if wanted is not None:
        _check_wanted(flips(space, choice, wanted), values, law, baseline, wanted)


def _check_wanted(found, values, law, baseline, wanted) -> None:  # type: ignore[no-untyped-def]
    certain = exhaustive.changes(values, law, baseline, lambda r: all(map(wanted, r)))
    possible = exhaustive.changes(values, law, baseline, lambda r: any(map(wanted, r)))
    assert found.already == (certain == {frozenset()})
    assert found.only_possible == (not certain)
    assert {frozenset(flip.positions.items()) for flip in found.flips} == (certain or possible) - {frozenset()}


# ---- the diagram, on functions that mean nothing -------------------------------------------------------------------


@st.composite
def functions(draw):  # type: ignore[no-untyped-def]
    """Variables, a table from a decision list of cubes, and pairs of values that cannot be chosen together."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=5).filter(lambda s: math.prod(s) <= 100))
    values = {f"v{i}": [f"{i}{chr(97 + j)}" for j in range(size)] for i, size in enumerate(sizes)}
    chosen = st.sampled_from([(name, value) for name, known in values.items() for value in known])
    cubes = draw(st.lists(st.tuples(st.frozensets(chosen, min_size=1, max_size=3), st.integers(0, 3)), max_size=6))
    pairs = draw(st.lists(st.tuples(chosen, chosen).filter(lambda two: two[0] != two[1]), max_size=3))
    table = {}
    for full in exhaustive.full_choices(values):
        held = frozenset(full.items())
        if not any(held >= set(pair) for pair in pairs):
            table[held] = next((number for cube, number in cubes if cube <= held), 0)
    return values, table


def diagram_of(values: exhaustive.Values, table: exhaustive.Table) -> Diagram:
    """The diagram of a table, from rows as large as they can be: full choices, widened while all in them agree."""
    order = [Variable(name, tuple(known)) for name, known in values.items()]
    rows = []
    for full in exhaustive.full_choices(values):
        row = {name: {value} for name, value in full.items()}
        number = table.get(frozenset(full.items()), 9)
        for name, known in values.items():
            for value in known:
                wider = {**row, name: row[name] | {value}}
                inside = exhaustive.full_choices({n: sorted(v) for n, v in wider.items()})
                if all(table.get(frozenset(one.items()), 9) == number for one in inside):
                    row = wider
        left = {
            i: frozenset(v.values.index(value) for value in row[v.name])
            for i, v in enumerate(order)
            if len(row[v.name]) < len(v.values)
        }
        rows.append((left, number))
    store = Store([len(v.values) for v in order])
    return Diagram(tuple(order), store, store.build(rows)).mapped(lambda ref: VOID if ref == leaf(9) else ref)


@settings(max_examples=examples(150), deadline=None)
@given(functions(), st.data())
def test_a_diagram_answers_as_its_table(function, data) -> None:  # type: ignore[no-untyped-def]
    values, table = function
    diagram = diagram_of(values, table)
    for full in exhaustive.full_choices(values):
        assert diagram.value(full) == leaf(table[held]) if (held := frozenset(full.items())) in table else VOID
    assert sum(diagram.counts().values()) == math.prod(map(len, values.values()))
    for number in range(4):
        assert diagram.counts().get(leaf(number), 0) == list(table.values()).count(number)
        sets = sufficient(verdict(diagram, [number]))
        assert {frozenset(one.items()) for one in sets} == exhaustive.sufficient(values, table, number)
        assert len(sets) == len({frozenset(one.items()) for one in sets})
        assert [len(one) for one in sets] == sorted(len(one) for one in sets)
    for level, name in enumerate(values):
        assert diagram.deciding(level, len(values)) == exhaustive.deciding(values, table, name)
    baseline = {name: value for name, known in values.items() if (value := data.draw(st.sampled_from([*known, None])))}
    assert diagram.possible(baseline) - {VOID} == {
        leaf(n) for n in exhaustive.following(table, frozenset(baseline.items()))
    }
    wanted = data.draw(st.sets(st.integers(0, 3)))
    found = changes(verdict(diagram, wanted), baseline)
    assert {frozenset(one.items()) for one in found} == exhaustive.changes(
        values, table, baseline, lambda result: result in wanted
    )


@settings(max_examples=examples(100), deadline=None)
@given(functions(), st.data())
def test_parts_of_a_diagram_are_the_parts_of_its_table(function, data) -> None:  # type: ignore[no-untyped-def]
    values, table = function
    diagram = diagram_of(values, table)
    first = data.draw(st.integers(0, len(values)))
    collapsed, sets = diagram.collapsed(first)
    fixed = {name: data.draw(st.sampled_from(known)) for name, known in values.items() if data.draw(st.booleans())}
    left = diagram.restricted(fixed)
    assert [v.name for v in left.variables] == [name for name in values if name not in fixed]
    for full in exhaustive.full_choices(values):
        possible = exhaustive.following(table, frozenset(list(full.items())[:first]))
        end = collapsed.value(full)
        assert (set() if end == VOID else sets[number_of(end)]) == possible
        assert left.value(full) == diagram.value({**full, **fixed})
    assert sum(left.counts().values()) == math.prod(len(v.values) for v in left.variables)


@given(functions())
def test_a_diagram_can_be_read_from_json(function) -> None:  # type: ignore[no-untyped-def]
    values, table = function
    plain = json.loads(json.dumps(diagram_of(values, table).to_json()))
    assert [tuple(v) for v in plain["variables"]] == [(name, known) for name, known in values.items()]
    for full in exhaustive.full_choices(values):
        at = plain["root"]
        while at >= 0:
            level, *children = plain["nodes"][at]
            name, known = plain["variables"][level]
            at = children[known.index(full[name])]
        assert at == (leaf(table[held]) if (held := frozenset(full.items())) in table else VOID)


def test_the_work_does_not_grow_with_the_number_of_choices() -> None:
    """Fifty variables, 4^50 choices: does any of them take its first value?"""
    size, count = 4, 50
    store = Store([size] * count)
    rows = [(dict.fromkeys(range(count), frozenset(range(1, size))), 0)]
    rows += [({i: frozenset([0])}, 1) for i in range(count)]
    diagram = Diagram(tuple(Variable(f"v{i}", ("a", "b", "c", "d")) for i in range(count)), store, store.build(rows))
    assert diagram.counts() == {leaf(0): 3**count, leaf(1): 4**count - 3**count}
    asked = verdict(diagram, [1])
    assert sufficient(asked) == [{f"v{i}": "a"} for i in range(count)]
    assert changes(asked, {f"v{i}": "b" for i in range(count)}) == sufficient(asked)
    assert diagram.deciding(7, count) == 4 * 3 ** (count - 1)


# ---- the law -------------------------------------------------------------------------------------------------------


def ways(case: str, level: str = "form") -> dict[frozenset[str], tuple[int, list[list[str]]]]:
    """By forms (or debtors) of liability the number of readings and the sufficient sets."""
    found = answer(space_of(case, level))
    return {frozenset(mark[-1] for mark in way.outcome): (way.readings, way.sufficient) for way in found.ways}


def test_the_ride_has_every_form_and_nobody() -> None:
    found = ways("ride_injury")
    assert found[frozenset({"several"})][1][0] == ["ecl38_2_form_audit=several", "ecl38_2_space=linked_offline"]
    assert ["ecl38_2_space=online_only", "general_clause_beside=none"] in found[frozenset()][1]
    assert sum(n for n, _ in found.values()) == ALL
    assert {"joint_whole", "several", "supp_capped", "supp_full", "share_joint"} <= set().union(*found)


def test_by_debtor_the_ride_has_two_outcomes() -> None:
    found, forms = ways("ride_injury", "debtor"), ways("ride_injury")
    assert set(found) == {frozenset(), frozenset({"passenger"})}
    assert found[frozenset()] == forms[frozenset()]


def test_knowledge_leaves_the_form_under_38_2_idle() -> None:
    """Who knows is liable under 38(1): how far that reaches matters, what "corresponding" means does not."""
    found = answer(space_of("charger_fire"))
    assert "ecl38_1_extent" in found.decides
    assert "ecl38_2_form_audit" in found.idle


def test_what_derive_holds_certain_and_possible_follows_from_the_space(inquiry: World) -> None:
    for case in ("ride_injury", "disputed_audit", "charger_fire", "huajiao_live", "night_hike", "zhuanzhuan_snake"):
        for name in ("paper_body", "text_minimal", "several_all"):
            own = choose(BASE, BASE.reading(name), "open").positions
            derived = {(key, one.status) for key, one in inquiry.outcomes(own)[case].items()}
            found = [way.outcome for way in answer(space_of(case).under(own)).ways]
            marks = set().union(*found)
            assert derived == {(m, "certain" if all(m in o for o in found) else "possible") for m in marks}


def test_disputed_facts_are_asked_after_all_issues_and_counted_apart() -> None:
    found = answer(space_of("disputed_audit"))
    by_outcome = {way.outcome: way for way in found.ways}
    nobody = by_outcome[frozenset()]
    assert nobody.readings == found.readings == ALL
    assert nobody.always < nobody.readings
    assert ["audited(disputed_audit,platform,driver)"] in nobody.sufficient
    assert sum(way.readings for way in found.ways) > found.readings
    assert all(
        "-audited(disputed_audit,platform,driver)" in one for way in found.ways if way.outcome for one in way.sufficient
    )


@pytest.mark.parametrize("case", ["ride_injury", "disputed_audit", "unlicensed_food"])
def test_idle_issues_change_numbers_and_nothing_else(case: str) -> None:
    more = [("answer", (f"idle_{i}", position)) for i in range(40) for position in ("a", "b", "c")]
    before = answer(space_of(case)).to_json()
    after = answer(Explorer(BASE, more=more).explore(BASE.case(case))).to_json()
    times = 3**40
    assert after["readings_total"] == before["readings_total"] * times
    assert after["decides"] == {issue: n * times for issue, n in before["decides"].items()}
    for old, new in zip(before["outcomes"], after["outcomes"], strict=True):
        assert new == {**old, "readings": old["readings"] * times, "always": old["always"] * times}
    assert set(after["idle_issues"]) == {*before["idle_issues"], *(f"idle_{i}" for i in range(40))}


def test_incompatible_positions_are_no_readings() -> None:
    pair = ("ecl38_2_space", "linked_offline", "ecl38_2_form_audit", "several")
    found = answer(Explorer(BASE, more=[("incompatible", pair)]).explore(BASE.case("ride_injury")))
    sizes = len(POSITIONS["ecl38_2_space"]) * len(POSITIONS["ecl38_2_form_audit"])
    assert found.readings == ALL * (sizes - 1) // sizes
    nobody = next(way for way in found.ways if not way.outcome)
    # it leaves "online only", and so nobody, unless the general clause steps in
    assert ["ecl38_2_form_audit=several", "general_clause_beside=none"] in nobody.sufficient


def test_an_issue_that_only_excludes_what_decides_is_relevant() -> None:
    pair = ("waiver", POSITIONS["waiver"][0], "ecl38_2_space", "linked_offline")
    found = answer(Explorer(BASE, more=[("incompatible", pair)]).explore(BASE.case("ride_injury")))
    assert found.decides["waiver"] == 0
    nobody = next(way for way in found.ways if not way.outcome)
    assert ["general_clause_beside=none", f"waiver={POSITIONS['waiver'][0]}"] in nobody.sufficient


def own_rules(folder: Path, text: str) -> KnowledgeBase:
    (folder / "rules").mkdir()
    (folder / "rules" / "own.lp").write_text(text, encoding="utf-8")
    return load([folder])


def test_a_constraint_of_ones_own_forbids_as_incompatible_positions_do(tmp_path: Path) -> None:
    rule = "%@ own [design]\n%@ zh 自\n%@ en own\n:- position(ecl38_2_space, linked_offline), position(ecl38_2_form_audit, several).\n"
    base = own_rules(tmp_path, rule)
    pair = ("ecl38_2_space", "linked_offline", "ecl38_2_form_audit", "several")
    ours = answer(Explorer(base).explore(base.case("ride_injury"))).to_json()
    assert ours == answer(Explorer(BASE, more=[("incompatible", pair)]).explore(BASE.case("ride_injury"))).to_json()


def test_no_rule_concludes_what_a_case_may_state_or_leave_in_dispute() -> None:
    concluded = {atom.name for rule in rules_of(BASE.rule_files) for atom in atoms_of(rule.head)}
    assert concluded and not concluded & set(BASE.vocabulary)


def test_flips_of_a_settled_reading_lead_elsewhere() -> None:
    choice = choose(BASE, BASE.reading("paper_body"))
    found = flips(space_of("ride_injury"), choice)
    assert [[owed.key for owed in one] for one in found.outcomes] == [[("platform", "passenger", "supp_full")]]
    assert all(
        flip.kind == "changes" and not as_marks(flip.outcomes) & as_marks(found.outcomes) for flip in found.flips
    )
    assert {"ecl38_2_form_audit": "several"} in [flip.positions for flip in found.flips]
    assert {"ecl38_2_space": "online_only"} in [flip.positions for flip in found.flips]


def test_an_open_issue_is_settled_by_a_choice() -> None:
    found = flips(space_of("ride_injury"), choose(BASE, BASE.reading("text_minimal")))
    assert len(found.outcomes) == 10
    several = next(f for f in found.flips if f.positions == {"ecl38_2_form_audit": "several"})
    assert several.kind == "settles"


def test_what_disputed_facts_leave_possible_is_said() -> None:
    choice = choose(BASE, BASE.reading("several_all"))
    case = BASE.case("disputed_audit")
    found = flips(space_of("disputed_audit"), choice, wanted_outcome(BASE, case, "platform:joint_whole:passenger"))
    assert found.only_possible
    assert [flip.positions for flip in found.flips] == [{"ecl38_2_form_audit": "joint_whole"}]


# ---- the commands --------------------------------------------------------------------------------------------------


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_the_shape_others_rely_on() -> None:
    plain = json.loads(run("space", "ride_injury", "-r", "paper_body", "--json").stdout)
    own = BASE.reading("paper_body").positions
    # none of its positions is at odds with another, so what it leaves open is free
    assert plain["readings_total"] == math.prod(len(known) for issue, known in POSITIONS.items() if issue not in own)
    assert {"debtor": "platform", "creditor": "passenger", "form": "supp_full"} in plain["outcomes"][0]["liabilities"]
    assert set(plain) >= {"case", "relevant_issues", "idle_issues", "decides", "disputed_facts", "fixed"}
    assert plain["reading"] == "paper_body"
    both = json.loads(run("space", "ride_injury", "bad_food", "--json").stdout)
    assert [one["case"] for one in both["cases"]] == ["ride_injury", "bad_food"]


def test_the_shape_of_flip() -> None:
    plain = json.loads(run("flip", "ride_injury", "-r", "paper_body", "--to", "none", "--json").stdout)
    assert plain["outcome"] == [
        {
            "id": "platform:supp_full:passenger",
            "debtor": "platform",
            "creditor": "passenger",
            "form": "supp_full",
            "status": "certain",
        }
    ]
    wanted = {"ecl38_2_space": "online_only", "general_clause_beside": "none"}
    assert wanted in [flip["positions"] for flip in plain["flips"]]
    assert all(flip["outcome"] == [] and flip["outcomes"] == [[]] for flip in plain["flips"])


@pytest.mark.parametrize(
    "command,message",
    [
        (["space"], "--all"),
        (["space", "ride_injry"], "did you mean"),
        (["space", "ride_injury", "--by", "yuan"], "'form', 'debtor'"),
        (["flip", "ride_injury"], "-r"),
        (["flip", "ride_injury", "-r", "paper_body", "--to", "severall"], "did you mean 'several'"),
    ],
)
def test_a_wrong_question_is_refused(command: list[str], message: str) -> None:
    result = run(*command)
    assert result.exit_code == 2
    assert message in result.output


@pytest.mark.parametrize("command", ["why-not ride_injury joint_whole -r several_all", "reconcile"])
def test_ctrl_c_ends_long_work_at_once_and_quietly(command: str) -> None:
    call = [sys.executable, "-m", "pyliab", *command.split()]
    heeded = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # it is not where the tests run in the background
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=heeded) as process:
        time.sleep(1.5)
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=5) == (b"", b"")
    assert process.returncode == 130


# ---- a scholar's own weights -------------------------------------------------------------------------------------------


@settings(max_examples=examples(60), deadline=None)
@given(
    diagrams(), st.dictionaries(st.sampled_from(sorted(VALUES)), st.lists(st.integers(0, 4), min_size=3, max_size=3))
)
def test_weights_come_to_what_summing_over_every_choice_gives(
    demands: list[Diagram], drawn: dict[str, list[int]]
) -> None:
    """The least: weight of the choices after which only YES can follow; the most: of those after which it can."""
    weights = {
        name: dict(zip(VALUES[name], [Fraction(part, sum(parts)) for part in parts], strict=True))
        for name, given in drawn.items()
        if sum(parts := given[: len(VALUES[name])])
    }
    asked = demands[0]
    table = {frozenset(full.items()): asked.value(full) for full in exhaustive.full_choices(VALUES)}
    least = most = possible = Fraction(0)
    for chosen in exhaustive.full_choices({name: VALUES[name] for name in weights}):
        weight = math.prod((weights[name][value] for name, value in chosen.items()), start=Fraction(1))
        ends = exhaustive.following(table, frozenset(chosen.items())) - {VOID}
        possible += weight if ends else 0
        least += weight if ends == {leaf(1)} else 0
        most += weight if leaf(1) in ends else 0
    if not possible:
        with pytest.raises(InputError):
            credence(asked, weights)
        return
    found = credence(asked, weights)
    assert (found.low, found.high) == (least / possible, most / possible)


def test_without_weights_no_percentage_is_printed_and_with_them_they_add_up(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        "credence:\n  ecl38_1_extent: {joint_whole: 60%, several: 2/5}\n  joint_by_law: {paragraph_itself: 1}\n",
        encoding="utf-8",
    )
    plain = CliRunner().invoke(main, ["space", "shop_left", "--lang", "en"]).output
    assert "%" not in plain and "readings: " not in plain
    assert "readings: " in CliRunner().invoke(main, ["space", "shop_left", "--lang", "en", "--count"]).output
    asked = ["space", "shop_left", "--credence", str(file)]
    answer = json.loads(CliRunner().invoke(main, [*asked, "--json"]).output)
    first, *others = [way["credence"] for way in answer["outcomes"]]
    assert first == "3/5" and {"from": "0", "to": "2/5"} in others
    assert "[60%]" in CliRunner().invoke(main, [*asked, "--lang", "en"]).output


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ecl38_1_extents: {several: 1}", "no issue 'ecl38_1_extents'; did you mean 'ecl38_1_extent'?"),
        ("ecl38_1_extent: {severals: 1}", "has no position 'severals'; did you mean 'several'?"),
        ("ecl38_1_extent: {several: much}", "'much' is no weight"),
        ("ecl38_1_extent: {several: -1}", "'-1' is no weight"),
        ("ecl38_1_extent: {several: 1/0}", "'1/0' is no weight"),
        ("ecl38_1_extent: {several: 0}", "no position of ecl38_1_extent has a weight"),
    ],
)
def test_wrong_weights_are_said_with_file_and_line(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(f"credence:\n  {text}\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["space", "shop_left", "--credence", str(file), "--lang", "en"])
    assert result.exit_code == 2
    assert f"{file}:2:" in result.output and message in result.output


def test_cases_ground_together_have_the_spaces_that_each_has_alone() -> None:
    cases = [case for case in BASE.cases.values() if case.doc.judgment or case.id == "disputed_audit"][: TOGETHER + 3]
    for space, case in zip(Explorer(BASE.copy()).explore_all(cases), cases, strict=True):
        assert answer(space).to_json() == answer(Explorer(BASE).explore(case)).to_json()
