"""The space of readings in money, held against settling every reading one by one."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import exhaustive
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from many import many
from tiers import examples
from worlds import completion, said

from pyliab.asp import symbols as atoms
from pyliab.asp.days import case_program
from pyliab.asp.load import load
from pyliab.asp.program import GroundProgram
from pyliab.cli.main import main
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import choose
from pyliab.money import by_money as space_money
from pyliab.money.books import Books
from pyliab.money.by_money import Amounts
from pyliab.money.claims import UNNAMED
from pyliab.money.conclusions import Conclusion, Ledger
from pyliab.space.space import Explored, Explorer, Space, answer
from pyliab.text.amounts import Ends, Span
from pyliab.text.problem import InputError

BASE = load()
POSITIONS = {
    name: [p for p, position in issue.positions.items() if not position.not_encoded]
    for name, issue in BASE.issues.items()
}
CASES = [
    "ride_injury",
    "charger_fire",
    "unknown_seller",
    "night_hike",
    "battery_yard",
    "online_drug",
    "free_ride_2021",
]
YUAN = [None, *map(Fraction, (0, 1, 20_000, 61_234, 10**9))]


@cache
def space_of(case: str) -> Space:
    return space_money.explore(Explorer(BASE), BASE.case(case), asked_of(BASE.case(case), [Fraction(20_000)]))


# ---- against settling one reading after the other -----------------------------------------------------------------


class Settled:
    """What a case comes to under full readings: the law alone, one solve for each, and one course of payment for each
    group of claims."""

    def __init__(self, case: CaseFile, pairs: list[tuple[str, ...]], assets: list[Any], share: Ends | None) -> None:
        more = [("incompatible", pair) for pair in pairs]
        facts = atoms.plain([*BASE.law_facts(), *more])
        self.case = case
        self.program = GroundProgram(BASE.rule_files, facts + case_program(BASE, case))
        self.sides = {
            str(atoms.fact_symbol(case.id, f)): [atoms.fact_symbol(case.id, f, side) for side in (True, False)]
            for f in case.facts
            if f.status == "disputed"
        }
        self.asked = asked_of(case, assets), {UNNAMED: share} if share else {}
        self.ledger = Ledger(BASE, case, None, Explorer(BASE, more=more).begin(case)[0])
        self.parts = list(space_money.reckoned(self.ledger, *self.asked))

    def table(self, values: exhaustive.Values, fixed: dict[str, str]) -> dict[Any, frozenset[Amounts]]:
        """By full choice of the issues and of the disputed facts."""
        table = {}
        self.program._configure("auto", models=0)
        for full in exhaustive.full_choices(values):
            taken = self.program.assume({**fixed, **full})
            found = []
            with self.program.control.solve(assumptions=taken, yield_=True) as handle:
                for model in handle:
                    held = {(n, str(side)) for n, sides in self.sides.items() for side in sides if model.contains(side)}
                    found.append((held, list(model.symbols(atoms=True))))
            for held, symbols in found:
                table[frozenset(full.items()) | held] = self.amounts(symbols)
        return table

    def amounts(self, symbols: list[Any]) -> frozenset[Amounts]:
        """What each group of claims comes to in one world."""
        conclusions = list(said(BASE, self.case.id, symbols))
        return frozenset(row for part, books in self.parts for row in self.rows(part.harms, books, conclusions))

    def rows(self, harms: frozenset[str], books: Books, conclusions: list[Conclusion]) -> Iterator[Amounts]:
        one = completion(self.ledger, harms, conclusions)
        return (space_money.amounts(books, one, harms, has) for has in books.assets)


def asked_of(case: CaseFile, assets: list[Any]) -> dict[str, list[Any]]:
    """These assets for whoever is the wrongdoer in the case."""
    (party,) = {str(f.args[0]) for f in case.facts if f.word == "caused"}
    return {party: assets}


@st.composite
def questions(draw, limit=40):  # type: ignore[no-untyped-def]
    """A case, some free issues that matter in money, the rest fixed, and positions that cannot stand together."""
    name = draw(st.sampled_from(CASES))
    matter = list(answer(space_of(name)).decides)
    values: dict[str, list[str]] = {}
    for issue in [*draw(st.permutations(matter)), *draw(st.permutations(list(POSITIONS)))]:
        if len(values) < 5 and math.prod(len(POSITIONS[i]) for i in {*values, issue}) <= limit:
            values[issue] = POSITIONS[issue]
    known = choose(BASE, BASE.reading(draw(st.sampled_from(list(BASE.readings))))).positions
    wild = draw(st.booleans())
    fixed = {
        issue: known[issue] if issue in known and not wild else draw(st.sampled_from(positions))
        for issue, positions in POSITIONS.items()
        if issue not in values
    }
    choice = st.sampled_from(sorted((i, p) for i, known in values.items() for p in known))
    pairs = draw(st.lists(st.tuples(choice, choice).filter(lambda two: two[0] != two[1]), max_size=2))
    case = BASE.case(name)
    sums = {"loss", "share", "victim_share", "expanded_part", "assets"}
    changed = draw(st.sets(st.integers(0, len(case.facts) - 1), max_size=2))
    facts = [
        replace(f, status="disputed") if i in changed and f.word not in sums else f for i, f in enumerate(case.facts)
    ]
    if draw(st.booleans()):  # what is not stated is a range
        facts = [
            f for f in facts if f.word not in draw(st.sampled_from([{"share"}, {"expanded_part"}, sums - {"loss"}]))
        ]
    assets = draw(st.lists(st.sampled_from(YUAN), min_size=1, max_size=2, unique=True))
    share = draw(st.sampled_from([None, None, (Fraction(1, 5), Fraction(2, 5)), (Fraction(1, 3),) * 2]))
    return replace(case, facts=facts), values, fixed, [(*one, *other) for one, other in pairs], assets, share


def of_outcome(found: Explored, disputed: dict[str, list[str]]):  # type: ignore[no-untyped-def]
    def read(text: str) -> tuple[str, str]:
        fact = next((name for name, sides in disputed.items() if text in sides), None)
        return (fact, text) if fact else (text.partition("=")[0], text.partition("=")[2])

    return {
        way.outcome: (way.readings, way.always, {frozenset(map(read, one)) for one in way.sufficient})
        for way in found.ways
    }


@settings(max_examples=examples(4), deadline=None, suppress_health_check=list(HealthCheck))
@given(questions())
def test_the_space_is_what_settling_each_reading_finds(question) -> None:  # type: ignore[no-untyped-def]
    case, values, fixed, pairs, assets, share = question
    explorer = Explorer(BASE, more=[("incompatible", pair) for pair in pairs])
    settled = Settled(case, pairs, assets, share)
    table = settled.table(values, fixed)
    if not table:
        with pytest.raises(InputError):
            space_money.explore(explorer, case, *settled.asked).under(fixed)
        return
    found = answer(space_money.explore(explorer, case, *settled.asked).under(fixed))
    disputed = {name: [str(side) for side in sides] for name, sides in settled.sides.items()}
    law: dict[Any, frozenset[Any]] = {}
    for full, outcome in table.items():
        reading = frozenset(pair for pair in full if pair[0] in values)
        law[reading] = law.get(reading, frozenset()) | {outcome}
    assert found.readings == len(law)
    assert of_outcome(found, disputed) == {
        outcome: (
            sum(outcome in possible for possible in law.values()),
            sum(possible == {outcome} for possible in law.values()),
            exhaustive.sufficient({**values, **disputed}, table, outcome),
        )
        for outcome in set(table.values())
    }


@settings(max_examples=examples(3), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(CASES), st.data())
def test_a_full_reading_of_any_case_is_settled_as_settle_does(name, data) -> None:  # type: ignore[no-untyped-def]
    """Looks up full readings in the whole diagram, marks and classes included."""
    case, assets = BASE.case(name), [data.draw(st.sampled_from(YUAN))]
    settled = Settled(case, [], assets, None)
    space = space_money.explore(Explorer(BASE), case, *settled.asked)
    base = choose(BASE, BASE.reading(data.draw(st.sampled_from(list(BASE.readings))))).positions
    for _ in range(10):
        full = {i: base.get(i) or data.draw(st.sampled_from(known)) for i, known in POSITIONS.items()}
        for issue in data.draw(st.lists(st.sampled_from(list(POSITIONS)), max_size=4)):
            full[issue] = data.draw(st.sampled_from(POSITIONS[issue]))
        possible = {space.outcomes[-2 - ref] for ref in space.diagram.possible(full) if ref < -1}
        assert possible == set(settled.table({}, full).values())


# ---- what comes out -------------------------------------------------------------------------------------------------


def in_yuan(found: Explored) -> dict[tuple[str, str], list[list[str]]]:
    """By what is recovered and what is borne, the sufficient sets."""
    return {
        (row.creditors[0].recovers.text(), row.debtors[0].bears.text()): way.sufficient
        for way in found.ways
        for row in way.outcome
    }


def test_the_ride_in_yuan() -> None:
    """Loss 100,000, share 30 %, the driver has 20,000: the figures of each form, reckoned by hand."""
    found = answer(space_of("ride_injury"))
    ways = in_yuan(found)
    linked = "ecl38_2_space=linked_offline"
    assert ["ecl38_2_form_audit=supp_full", linked] in map(sorted, ways["100,000", "80,000"])
    assert ["ecl38_2_form_audit=several", linked] in map(sorted, ways["50,000", "30,000"])
    assert ["ecl38_2_form_audit=own_full", linked] in map(sorted, ways["100,000", "100,000"])
    assert ["ecl38_2_space=online_only", "general_clause_beside=none"] in ways["20,000", "0"]
    # on line too, where the general clause makes the platform severally liable for its share
    for where in (linked, "general_clause_beside=several"):
        assert ["ecl38_2_form_audit=supp_capped", where, "supplementary_cap=of_loss"] in ways["50,000", "30,000"]
    assert ["ecl38_2_form_audit=supp_capped", linked, "supplementary_cap=of_rest"] in ways["44,000", "24,000"]
    forms = answer(Explorer(BASE).explore(BASE.case("ride_injury")))
    assert found.readings == forms.readings == sum(way.readings for way in found.ways)


def test_what_is_idle_among_forms_matters_in_money() -> None:
    forms = answer(Explorer(BASE).explore(BASE.case("ride_injury")))
    money = answer(space_of("ride_injury"))
    assert {"supplementary_cap", "operator_payment"} <= set(forms.idle)
    assert {"supplementary_cap", "operator_payment"} <= set(money.decides)
    assert set(money.idle) | set(money.decides) == set(POSITIONS)


def test_one_sum_from_several_forms_is_one_outcome() -> None:
    case = BASE.case("ride_injury")
    rich = answer(space_money.explore(Explorer(BASE), case, {"driver": [None]}))
    assert all(way.readings for way in rich.ways)
    nothing_borne = [
        way for way in rich.ways if all(one.bears == Span(0, 0) for row in way.outcome for one in row.debtors)
    ]
    assert len(nothing_borne) == 1
    found = list(map(set, nothing_borne[0].sufficient))
    assert {"ecl38_2_form_audit=supp_full", "ecl38_2_space=linked_offline"} in found
    assert {"ecl38_2_form_audit=supp_full", "general_clause_beside=none"} in found


def test_what_is_not_stated_is_a_range_and_both_ends_of_assets_are_shown() -> None:
    case = BASE.case("ride_injury")
    open_share = replace(case, facts=[f for f in case.facts if f.word not in ("share", "assets")])
    found = answer(space_money.explore(Explorer(BASE), open_share))
    rows = [
        [row.to_json() for row in sorted(way.outcome, key=lambda row: row.assets[0][1] is None)] for way in found.ways
    ]
    assert all([row["assets"] for row in one] == [{"driver": "0.00"}, {"driver": None}] for one in rows)
    assert {"from": "0.00", "to": "100000.00"} in [one[0]["debtors"][0]["bears"] for one in rows]


def test_a_reading_leaves_a_smaller_space() -> None:
    own = {issue: one.position for issue, one in BASE.reading("paper_body").positions.items()}
    found = answer(space_of("ride_injury").under(own, "paper_body"))
    assert list(in_yuan(found)) == [("100,000", "80,000")]


def test_issues_that_never_matter_change_numbers_and_nothing_else() -> None:
    more = [("answer", (f"idle_{i}", position)) for i in range(40) for position in ("a", "b", "c")]
    given = {"driver": [Fraction(20_000)]}
    before = answer(space_of("ride_injury")).to_json()
    after = answer(space_money.explore(Explorer(BASE, more=more), BASE.case("ride_injury"), given)).to_json()
    assert after["readings_total"] == before["readings_total"] * 3**40
    for old, new in zip(before["outcomes"], after["outcomes"], strict=True):
        assert new == {**old, "readings": old["readings"] * 3**40, "always": old["always"] * 3**40}


# ---- the command ----------------------------------------------------------------------------------------------------


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["space", *arguments])


def test_the_shape_others_rely_on() -> None:
    plain = json.loads(run("ride_injury", "--by", "money", "--assets", "driver=20000", "--json").stdout)
    assert plain["level"] == "money"
    assert [
        {
            "assets": {"driver": "20000.00"},
            "creditors": [
                {"id": "passenger", "harms": ["injury"], "recovers": "44000.00", "uncovered": "56000.00", "head": ""}
            ],
            "debtors": [{"id": "platform", "bears": "24000.00"}],
        }
    ] in [one["money"] for one in plain["outcomes"]]
    assert all("liabilities" not in one for one in plain["outcomes"])


def test_the_words() -> None:
    args = ["ride_injury", "-r", "paper_body", "--by", "money", "--assets", "driver=20000", "--lang"]
    english, chinese = (" ".join(run(*args, lang).output.split()) for lang in ("en", "zh"))
    assert "the driver has 20,000 yuan: the passenger recovers 100,000 yuan; the platform bears 80,000 yuan" in english
    assert "司机可执行财产 20,000 元：乘客获偿 100,000 元；平台终局负担 80,000 元" in chinese


def test_several_cases_make_a_table() -> None:
    text = run("ride_injury", "bad_food", "--by", "money", "--lang", "en").output
    assert "supplementary_cap" in text
    assert "2 bad_food" in text


def test_without_a_loss_nothing_is_reckoned(monkeypatch: pytest.MonkeyPatch) -> None:
    """A case that is asked for is refused; of all cases, those that cannot be reckoned are left out and named."""
    case = BASE.case("bad_food")
    unpaid = replace(case, facts=[f for f in case.facts if f.word != "loss"])
    short = replace(BASE, cases={"bad_food": unpaid, "ride_injury": BASE.cases["ride_injury"]})
    monkeypatch.setattr("pyliab.asp.load.load", lambda _folders=(), **_: short)
    result = run("bad_food", "--by", "money")
    assert result.exit_code == 2
    assert "the case states no loss" in result.output
    assert run("bad_food").exit_code == 0
    plain = json.loads(run("--all", "--by", "money", "--json").stdout)
    assert [one["case"] for one in plain["cases"]] == ["ride_injury"]
    assert plain["no_loss_stated"] == ["bad_food"]
    assert "no loss stated, so left out: bad_food" in run("--all", "--by", "money", "--lang", "en").output


@pytest.mark.parametrize(
    "arguments,message",
    [
        (["ride_injury", "--assets", "driver=20000"], "--by money"),
        (["ride_injury", "--by", "debtor", "--share", "30%"], "--by money"),
        (["ride_injury", "--by", "money", "--assets", "drivr=20000"], "no party 'drivr'"),
        (["ride_injury", "--by", "money", "--assets", "passenger=20000"], "no debtor here"),
        (["ride_injury", "--by", "money", "--assets", "driver=-5"], "--assets"),
        (["ride_injury", "--by", "money", "--share", "2"], "--share"),
        (["ride_injury", "--by", "yuan"], "'form', 'debtor', 'money'"),
    ],
)
def test_a_wrong_question_is_refused(arguments: list[str], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.output


def test_a_product_of_outcomes_is_not_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Claims reckoned apart: the case has every combination of their outcomes, and that is said instead of built."""
    monkeypatch.setattr(space_money, "MOST_OUTCOMES", 8)
    own = choose(BASE, BASE.reading("paper_body")).positions
    case = many(BASE, tmp_path, 4, 4, "share: {platform: platform, part: 30%}")
    with pytest.raises(InputError, match="4 groups of claims are reckoned apart"):
        space_money.explore(Explorer(BASE), case, fixed=own)
    few = many(BASE, tmp_path, 2, 2, "share: {platform: platform, part: 30%}")
    assert len(space_money.explore(Explorer(BASE), few, fixed=own).outcomes) == 4
