"""Facts that can be otherwise: what can be supposed, and that the smallest changes are all of them, minimal, and hold."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from pathlib import Path

import pytest
from conftest import ROOT
from tiers import sweep

from pyliab.asp import symbols as atoms
from pyliab.asp.asked import asked
from pyliab.asp.load import load
from pyliab.asp.open_facts import UNDATED, OpenFact, Supposition, analysis_text, candidates, changed_case, stated
from pyliab.asp.program import ChoiceProgram
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile, Fact
from pyliab.kb.read import load_case
from pyliab.kb.reading import Choice, choose
from pyliab.kb.vocabulary import ANY
from pyliab.law.liability import Key
from pyliab.law.world import world_of
from pyliab.questions.flip import Flip, fact_flips
from pyliab.questions.open_case import Goal, OpenCase, Outcome, Owed, Supposed, What
from pyliab.text.problem import InputError

BASE = load()
CASES = list(BASE.cases)
SAMPLE = random.Random(7).sample(CASES, 8)
Change = frozenset[tuple[object, ...]]


def outcome_of(base: KnowledgeBase, case: CaseFile, positions: dict[str, str]) -> Outcome:
    """The outcome of one case under one reading, ground for this question alone."""
    found = world_of(base, case).outcomes(positions)[case.id]
    return {key: one.status for key, one in found.items()}


@dataclass(frozen=True)
class Repair:
    """A change as it was found, with the outcome that trying it has."""

    facts: list[Supposition]
    positions: dict[str, str]
    size: int
    outcome: Outcome


def repairs(
    open_case: OpenCase, goal: Key, limit: int, what: What = "both", largest: int = 6
) -> tuple[list[Repair], bool]:
    """The smallest changes that make a liability certain, and whether there may be others."""
    found = open_case.find([Goal(atoms.owed(open_case.case.id, goal))], limit, what=what, largest=largest)
    told = zip(found.changes, open_case.tried(found.changes), strict=True)
    rows = [
        Repair(open_case.suppositions(change), dict(tried.positions), tried.size, as_outcome(tried.outcome))
        for change, tried in told
    ]
    return rows, found.cut


def as_outcome(owed: Iterable[Owed]) -> Outcome:
    return {one.key: one.status for one in owed}


def supposed(base: KnowledgeBase, facts: Iterable[Supposed]) -> list[Supposition]:
    """The facts of an answer, read as a case file is."""
    rows = []
    for one in facts:
        ((word, given),) = one.fact.items()
        args = tuple(
            given.get(argument.key, ANY if argument.optional else UNDATED)
            for argument in base.vocabulary[word].arguments[1:]
        )
        rows.append(Supposition(word, args, one.status, one.instead_of))
    return rows


def words(flip: Flip) -> list[str]:
    return [word for one in flip.facts for word in one.fact]


def without(case: CaseFile, *words: str) -> CaseFile:
    return replace(case, facts=[fact for fact in case.facts if fact.word not in words])


# --- what can be supposed -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CASES)
def test_candidates_are_facts_that_the_case_could_have_stated(base: KnowledgeBase, name: str) -> None:
    case = base.cases[name]
    known = {(fact.word, fact.args) for fact in case.facts}
    things = {"party": case.doc.parties, "item": case.doc.items, "harm": case.doc.harms}
    for one in candidates(base, case):
        arguments = base.vocabulary[one.word].arguments[1:]
        parties = [v for v, a in zip(one.args, arguments, strict=True) if a.type == "party"]
        assert (one.word, one.args) not in known
        assert len(set(parties)) == len(parties), "two parties are two different ones"
        assert one.own == "unstated" and one.offered[0] == "unstated" and len(one.offered) > 1
        for value, argument in zip(one.args, arguments, strict=True):
            assert argument.type not in ("yuan", "share")
            if argument.optional:
                assert value == ANY, "what is supposed is as general as may be"
            elif argument.type in things:
                assert value in things[argument.type]
            elif argument.type == "date":
                assert value == UNDATED or isinstance(value, int)
                assert ("proved" in one.offered) == (value != UNDATED)
                assert ("disproved" in one.offered) <= (value == UNDATED)


def test_a_party_stands_only_where_its_role_is(base: KnowledgeBase) -> None:
    """The passenger is nobody's platform, and the driver offers nothing through the passenger."""
    for one in candidates(base, base.case("ride_injury")):
        for value, argument in zip(one.args, base.vocabulary[one.word].arguments[1:], strict=True):
            if argument.name in ("Platform", "Operator"):
                assert value == {"Platform": "platform", "Operator": "driver"}[argument.name]


def test_a_role_that_nobody_fills_is_not_the_sufferers(base: KnowledgeBase) -> None:
    manages = {one.args for one in candidates(base, base.case("ride_injury")) if one.word == "manages_place"}
    assert manages == {("platform",), ("driver",)}


def test_who_runs_a_room_may_be_the_one_who_knows(base: KnowledgeBase, tmp_path: Path) -> None:
    """SPC-OC 17(1) asks whether the one who runs the room knew of the seller's wrong, and not the platform only."""
    text = (ROOT / "kb/cases/livestream_food.yaml").read_text(encoding="utf-8").split("\nexpect:")[0]
    text = text.replace("parties:\n", "parties:\n  seller: the seller\n").replace(
        "{operator: host, item", "{operator: seller, item"
    )
    path = tmp_path / "livestream_food.yaml"
    path.write_text(text, encoding="utf-8")
    knowing = {fact.args[:2] for fact in candidates(base, load_case(path, base)) if fact.word == "should_know"}
    assert ("host", "seller") in knowing and ("seller", "host") not in knowing


def test_what_no_rule_asks_for_is_not_supposed(base: KnowledgeBase) -> None:
    """Whether the defect was known matters to punitive damages and not to who is liable."""
    uses = asked(base.rule_files, ["owed"])
    assert "knew_defect" not in uses and uses["registered"] == {False} and uses["below_standard"] == {True}
    words = {one.word for name in CASES for one in candidates(base, base.cases[name])}
    assert words and words <= set(uses)


def test_amounts_and_harms_stay(base: KnowledgeBase) -> None:
    words = {
        one.word for name in CASES for one in [*stated(base, base.cases[name]), *candidates(base, base.cases[name])]
    }
    assert not words & {"harm", "loss", "share", "expanded_part"}


def test_stated_facts_keep_their_own_standing_first(base: KnowledgeBase) -> None:
    own = {one.word: one for one in stated(base, base.case("disputed_audit"))}
    assert own["audited"].offered == ("disputed", "proved", "disproved")
    own = {one.word: one for one in stated(base, base.case("unlicensed_food"))}
    assert own["licence_checked"].offered == ("disproved", "unstated"), "no rule asks whether the check is proved"
    assert own["consumer"].offered == ("proved", "unstated")


def test_a_changed_case_is_an_ordinary_case(base: KnowledgeBase) -> None:
    case = base.case("ride_injury")
    audited = next(one for one in stated(base, case) if one.word == "audited")
    aided = Supposition("aided", ("platform", "driver"), "proved", "unstated")
    gone = Supposition(audited.word, audited.args, "unstated", "disproved")
    changed = changed_case(base, case, [gone, aided])
    assert [f.word for f in case.facts if f.word == "audited"] and not [f for f in changed.facts if f.word == "audited"]
    assert (changed.facts[-1].word, changed.facts[-1].status) == ("aided", "proved")
    assert changed_case(base, changed, [replace(aided, standing="unstated")]).facts == changed.facts[:-1]


# --- the program: any lawful combination has the outcome of the case that states it ---------------------------------------


@pytest.mark.parametrize("name", sweep(SAMPLE, *SAMPLE[:3]))
def test_supposing_is_stating(base: KnowledgeBase, name: str) -> None:
    rng = random.Random(name)
    case, choice = base.cases[name], choose(base, base.reading("paper_body"))
    variables = [*stated(base, case), *candidates(base, case)]
    program = OpenCase(world_of(base, case), case, choice, variables).program
    tried = 0
    while tried < 4:
        chosen = {one: rng.choice(one.offered) for one in rng.sample(variables, 5)}
        standing = {one: chosen.get(one, one.own) for one in variables}
        assumed = [_literal(program, case, one, s) for one, s in standing.items()]
        if not program.satisfiable(assumed):
            continue
        tried += 1
        shown = {
            "certain": program.consequences([*program.assume(choice.positions), *assumed], "cautious") or [],
            "possible": program.consequences([*program.assume(choice.positions), *assumed], "brave") or [],
        }
        supposed = changed_case(base, case, [Supposition(v.word, v.args, s, v.own) for v, s in chosen.items()])
        expected = outcome_of(base, supposed, choice.positions)
        for status, atoms_ in shown.items():
            found = {tuple(map(str, a.arguments[1:])) for a in atoms_ if a.name == "owed"}
            assert found == {key for key, s in expected.items() if status in (s, "possible")}, (chosen, status)


def _literal(program, case: CaseFile, one: OpenFact, standing: str) -> int:  # type: ignore[no-untyped-def]
    literal = program.literal(atoms.standing(case.id, one.symbol, standing))
    assert literal is not None
    return int(literal)


AT_ODDS = [
    ("knew from a day, and never knew", [("knows", 20210601, "proved"), ("knows", UNDATED, "disproved")]),
    ("knew from one day, and from another", [("knows", 20210601, "proved"), ("knows", 20210501, "proved")]),
    ("two places at once", [("place", "online", "proved"), ("place", "linked", "proved")]),
]


@pytest.mark.parametrize(("what", "facts"), AT_ODDS, ids=[what for what, _ in AT_ODDS])
def test_what_cannot_stand_together_is_not_supposed_together(
    base: KnowledgeBase, what: str, facts: list[tuple[str, str | int, str]]
) -> None:
    """Each of the two can stand, and not both."""
    case = base.case("consumer_notice")
    variables = [*stated(base, case), *candidates(base, case)]
    program = OpenCase(world_of(base, case), case, choose(base, base.reading("several_all")), variables).program
    literals = [
        next(_literal(program, case, one, s) for one in variables if one.word == word and value in one.args)
        for word, value, s in facts
    ]
    assert all(program.satisfiable([literal]) for literal in literals)
    assert not program.satisfiable(literals), what


def test_who_acted_in_time_is_not_supposed_not_to_have_acted(base: KnowledgeBase) -> None:
    case = without(base.case("consumer_notice"), "took_measures")
    for own, possible in (("proved", False), ("disproved", True)):
        asked_ = changed_case(
            base, case, [Supposition("timely_measures", ("platform", "shop", "any", "any"), own, "unstated")]
        )
        variables = [*stated(base, asked_), *candidates(base, asked_)]
        choice = choose(base, base.reading("several_all"))
        program = OpenCase(world_of(base, asked_), asked_, choice, variables).program
        own_standing = next(_literal(program, asked_, v, v.own) for v in variables if v.word == "timely_measures")
        not_taken = next(_literal(program, asked_, v, "disproved") for v in variables if v.word == "took_measures")
        assert program.satisfiable([own_standing, not_taken]) == possible


def test_a_serious_violation_is_not_supposed_found_where_none_was(base: KnowledgeBase) -> None:
    """It is disproved that a violation was found: then a serious one is found only if that is otherwise, too."""
    known = "found_serious_violation", "registered", "licence_checked", "knows", "audited", "kept_safe"
    case = without(base.case("bad_oysters"), *known)
    case = changed_case(base, case, [Supposition("found_violation", ("platform", "operator"), "disproved", "proved")])
    choice, goal = choose(base, base.reading("paper_body")), ("platform", "consumer", "joint_whole")
    every = [*stated(base, case), *candidates(base, case)]
    variables = [one for one in every if one.word in ("found_violation", "found_serious_violation")]
    open_case = OpenCase(world_of(base, case), case, choice, variables)
    found = [counted(base, one.facts) for one in repairs(open_case, goal, 10, "facts")[0]]
    assert set(found) == by_force(base, case, choice, variables, goal)
    assert [[(word[0], standing) for word, standing in change] for change in found] == [[("found_violation", "proved")]]


def test_a_case_may_say_what_nobody_would_suppose(base: KnowledgeBase) -> None:
    """It is stated that the platform acted in time and not at all: odd, but the case can be asked about."""
    case = base.case("consumer_notice")
    case = changed_case(
        base, case, [Supposition("timely_measures", ("platform", "shop", "any", "any"), "proved", "unstated")]
    )
    variables = [*stated(base, case), *candidates(base, case)]
    program = OpenCase(world_of(base, case), case, choose(base, base.reading("several_all")), variables).program
    assert program.satisfiable(program.supposing())


# --- the smallest changes, against every subset tried -----------------------------------------------------------------


IMPLIED = {
    "timely_measures": ["took_measures"],
    "found_serious_violation": ["found_violation"],
    "substantive_check": ["formal_check"],
    "reverified": ["formal_check"],
    "audited": ["formal_check"],
}


def lawful(base: KnowledgeBase, case: CaseFile, standing: dict[tuple[str, tuple[str | int, ...]], str]) -> bool:
    """The same laws of combination as rules/analysis/open.lp, said over again."""
    new = {
        (word, args)
        for (word, args), s in standing.items()
        if s == "proved" and not any((f.word, f.args, f.status) == (word, args, "proved") for f in case.facts)
    }
    for (word, args), (word2, args2) in combinations(standing, 2):
        if word != word2:
            continue
        names = [argument.name for argument in base.vocabulary[word].arguments[1:]]
        both = {standing[word, args], standing[word2, args2]}
        scope = base.vocabulary[word].one_per
        if scope and both == {"proved"} and all(args[names.index(n)] == args2[names.index(n)] for n in scope):
            return False
        if _matter(base, word, args) == _matter(base, word2, args2):
            if UNDATED in args + args2 and "unstated" not in both:
                return False
            if {(word, args), (word2, args2)} <= new:
                return False
    return all(
        s != "proved" or standing.get((implied, _padded(base, implied, args))) != "disproved"
        for (word, args), s in standing.items()
        for implied in IMPLIED.get(word, ())
    )


def _padded(base: KnowledgeBase, word: str, args: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The arguments of an implied fact: the keys that the implying one does not have are left out."""
    return (*args, *["any"] * (base.vocabulary[word].arity - 1 - len(args)))


def _matter(base: KnowledgeBase, word: str, args: tuple[str | int, ...]) -> tuple[object, ...]:
    arguments = base.vocabulary[word].arguments[1:]
    return (word, *("any" if a.type == "date" else v for a, v in zip(arguments, args, strict=True)))


def counted(base: KnowledgeBase, facts: Iterable[Supposition], positions: Iterable[tuple[str, str]] = ()) -> Change:
    """The changes as they are counted: a fact that gives way to another of its kind is not, and dates do not matter."""
    facts = list(facts)
    proved = [one for one in facts if one.standing == "proved"]
    found: set[tuple[object, ...]] = set(positions)
    for one in facts:
        scope = base.vocabulary[one.word].one_per
        names = [argument.name for argument in base.vocabulary[one.word].arguments[1:]]
        moved = one.own == "proved" and any(
            other.word == one.word and all(other.args[names.index(n)] == one.args[names.index(n)] for n in scope)
            for other in proved
            if scope
        )
        dated = one.own == "disproved" and any(
            _matter(base, other.word, other.args) == _matter(base, one.word, one.args) for other in proved
        )
        if not (one.standing == "unstated" and (moved or (dated and UNDATED in one.args))):
            found.add((_matter(base, one.word, one.args), one.standing))
    return frozenset(found)


def minimal(found: Iterable[Change]) -> set[Change]:
    every = set(found)
    return {one for one in every if not any(other < one for other in every)}


def by_force(
    base: KnowledgeBase, case: CaseFile, choice: Choice, variables: Sequence[OpenFact], goal: Key
) -> set[Change]:
    """Every combination of standings, each ground and asked alone."""
    found = []
    stands = {(f.word, f.args): str(f.status) for f in case.facts}
    for offer in product(*(one.offered for one in variables)):
        standing = {**stands, **{(v.word, v.args): s for v, s in zip(variables, offer, strict=True)}}
        if lawful(base, case, standing):
            facts = [Supposition(v.word, v.args, s, v.own) for v, s in zip(variables, offer, strict=True) if s != v.own]
            if outcome_of(base, changed_case(base, case, facts), choice.positions).get(goal) == "certain":
                found.append(counted(base, facts))
    return minimal(found)


TRIED = [
    ("fault_unclear", "several_all", "several", ["at_fault", "audited", "controls_evidence", "consumer", "unsafe"]),
    ("never_inspected", "text_minimal", "joint_whole", ["knows", "should_know", "took_measures", "aided"]),
    ("unread_recall", "cqu2025", "joint_whole", ["obvious", "knows", "should_know", "common_intent"]),
    ("disputed_audit", "paper_body", "supp_full", ["audited", "at_fault"]),
    ("disputed_audit", "text_minimal", "joint_whole", ["audited", "aided", "common_intent", "consumer"]),
    ("visitor_injury", "several_all", "several", ["consumer", "visitor", "registered_user", "place"]),
    ("consumer_notice", "several_all", "joint_whole", ["knows", "timely_measures", "took_measures", "should_know"]),
]


@pytest.mark.parametrize(("name", "reading", "form", "words"), sweep(TRIED, TRIED[3]))
def test_the_smallest_changes_of_facts_are_those_found_by_force(
    base: KnowledgeBase, name: str, reading: str, form: str, words: list[str]
) -> None:
    case, choice = base.cases[name], choose(base, base.reading(reading))
    every = [*stated(base, case), *candidates(base, case)]
    variables = [one for one in every if one.word in words][:5]
    open_case = OpenCase(world_of(base, case), case, choice, variables)
    creditor = next(str(f.args[1]) for f in case.facts if f.word == "harm")
    goal = ("platform", creditor, form)
    found, cut = repairs(open_case, goal, 1000, "facts", 8)
    assert not cut
    changes = [counted(base, one.facts) for one in found]
    assert len(set(changes)) == len(changes)
    assert set(changes) == by_force(base, case, choice, variables, goal)
    assert [one.size for one in found] == sorted(len(change) for change in changes)
    assert all(one.outcome[goal] == "certain" for one in found)


@pytest.mark.parametrize(
    ("name", "reading", "goal"),
    sweep(
        [
            ("fault_unclear", "several_all", ("platform", "child", "several")),
            ("consumer_notice", "several_all", ("platform", "customer", "joint_whole")),
        ],
        ("fault_unclear", "several_all", ("platform", "child", "several")),
    ),
)
def test_the_smallest_changes_of_a_reading_are_those_found_by_force(
    base: KnowledgeBase, name: str, reading: str, goal: Key
) -> None:
    """All changes of one position or of two; open issues are answered only where that is needed."""
    case, choice = base.cases[name], choose(base, base.reading(reading))
    inquiry = world_of(base, case)
    changes, _ = repairs(OpenCase(inquiry, case, choice, []), goal, 1000, largest=2)
    found = {counted(base, [], one.positions.items()) for one in changes}
    steps = [step for step in inquiry.program.positions if choice.positions.get(step[0]) != step[1]]
    reached = []
    for change in [(), *((step,) for step in steps), *combinations(steps, 2)]:
        if len({issue for issue, _ in change}) == len(change):
            assumed = inquiry.program.assume({**choice.positions, **dict(change)})
            goal_ = inquiry.program.liable((name, *goal))
            if not inquiry.program.satisfiable([*assumed, -goal_]) and inquiry.program.satisfiable(assumed):
                reached.append(frozenset(change))
    assert found and found == minimal(reached)


ISSUES = {"a": "xy", "b": "xy", "c": "xyz"}
CLASHES = [(("a", "x"), ("b", "x")), (("b", "y"), ("c", "x"))]
"""Of `b` either position clashes with another: left open, it cannot yield to everything."""


def test_what_may_be_taken_together_some_completion_takes_together() -> None:
    """Of every choice of pinned issues, every part of a reading, each position of which may be: some completion has it."""
    answers = "".join(f"answer({issue},{position})." for issue, positions in ISSUES.items() for position in positions)
    clashes = "".join(f"incompatible({i},{p},{j},{q})." for (i, p), (j, q) in CLASHES)
    law = "issue(I) :- answer(I, _). 1 { position(I, P) : answer(I, P) } 1 :- issue(I). #defined own/3. "
    law += (
        "#defined status/3. #defined new/2. #defined newly/2. #defined matter/2. #defined single/2. #defined never/1. "
    )
    law += ":- incompatible(I, P, J, Q), position(I, P), position(J, Q)."
    program = ChoiceProgram([], [], "position", text="\n".join([answers, clashes, law, analysis_text("changes.lp")]))
    every = [frozenset(zip(ISSUES, positions, strict=True)) for positions in product(*ISSUES.values())]
    readings = [reading for reading in every if not any({*clash} <= reading for clash in CLASHES)]
    for reading, kept in product(readings, product((True, False), repeat=len(ISSUES))):
        pinned = dict(zip(ISSUES, kept, strict=True))
        named = {issue: program.literal(atoms.function("pinned", atoms.constant(issue))) or 0 for issue in ISSUES}
        fixed = {pair for pair in reading if pinned[pair[0]]}
        assumed = [named[issue] if keep else -named[issue] for issue, keep in pinned.items()]
        model = program.witness([*assumed, *(program.choices[pair] for pair in fixed)]) or []
        taken = [symbol.arguments[0] for symbol in model if symbol.name == "may_be"]
        may = {(str(take.arguments[0]), str(take.arguments[1])) for take in taken}
        for other in readings:
            assert any((other & may) | fixed <= world for world in readings), (pinned, other & may, fixed)


def test_facts_and_positions_together_hold(base: KnowledgeBase) -> None:
    case, choice = base.case("ride_injury"), choose(base, base.reading("paper_body"))
    variables = [*stated(base, case), *candidates(base, case)]
    goal = ("platform", "passenger", "joint_whole")
    found, cut = repairs(OpenCase(world_of(base, case), case, choice, variables), goal, 12)
    assert cut and len(found) == 12
    for one in found:
        assert one.outcome[goal] == "certain"
        assert one.size == len(counted(base, one.facts, one.positions.items()))
        for smaller in _one_less(one):
            assert (
                outcome_of(
                    base, changed_case(base, case, smaller.facts), {**choice.positions, **smaller.positions}
                ).get(goal)
                != "certain"
            )


def _one_less(repair: Repair) -> Iterable[Repair]:
    for issue in repair.positions:
        yield replace(repair, positions={i: p for i, p in repair.positions.items() if i != issue})
    for one in repair.facts:
        if not any(o.word == one.word and o is not one for o in repair.facts):
            yield replace(repair, facts=[other for other in repair.facts if other is not one])


def test_what_a_lawyer_would_call_one_change_is_one(base: KnowledgeBase) -> None:
    """That it never knew gives way to that it knew from a day; a place is somewhere else, not first nowhere."""
    case, choice = base.case("never_inspected"), choose(base, base.reading("text_minimal"))
    variables = [one for one in [*stated(base, case), *candidates(base, case)] if one.word == "knows"]
    creditor = next(str(f.args[1]) for f in case.facts if f.word == "harm")
    open_case = OpenCase(world_of(base, case), case, choice, variables)
    ((repair,), _) = repairs(open_case, ("platform", creditor, "joint_whole"), 10, "facts")
    assert repair.size == 1 and {one.standing for one in repair.facts} == {"proved", "unstated"}


# --- flips ------------------------------------------------------------------------------------------------------------


def flips_by_force(base: KnowledgeBase, case: CaseFile, choice: Choice, largest: int) -> set[Change]:
    before = outcome_of(base, case, choice.positions)
    variables = stated(base, case)
    found: list[Change] = []
    for size in range(1, largest + 1):
        for chosen in combinations(variables, size):
            for standings in product(*([s for s in one.offered if s != one.own] for one in chosen)):
                facts = [Supposition(v.word, v.args, s, v.own) for v, s in zip(chosen, standings, strict=True)]
                change = counted(base, facts)
                known = any(other < change for other in found)
                if not known and outcome_of(base, changed_case(base, case, facts), choice.positions) != before:
                    found.append(change)
    return minimal(found)


@pytest.mark.parametrize(
    ("name", "reading"),
    sweep(
        [
            ("ride_injury", "paper_body"),
            ("disputed_audit", "paper_body"),
            ("unread_recall", "cqu2025"),
            ("fault_unclear", "lu_qing"),
        ],
        ("ride_injury", "paper_body"),
    ),
)
def test_flips_of_one_fact_are_those_found_by_force(base: KnowledgeBase, name: str, reading: str) -> None:
    case, choice = base.cases[name], choose(base, base.reading(reading))
    flips = fact_flips(world_of(base, case), case, choice, limit=1000)
    changes = [counted(base, supposed(base, one.facts)) for one in flips.flips]
    single = {change for change in changes if len(change) == 1}
    assert single == flips_by_force(base, case, choice, 1)
    assert all(one.outcome != flips.outcome for one in flips.flips)


def test_flips_of_two_facts_are_those_found_by_force(base: KnowledgeBase) -> None:
    """Two notices' worth of facts: where each of two facts suffices for a liability, only both together flip it."""
    kept = ["organisation", "provides_marketplace", "aided", "common_intent", "caused", "harm", "offers"]
    case = base.case("ride_injury")
    facts = [fact for fact in case.facts if fact.word in kept]
    facts += [
        Fact(word, ("platform", "driver", "any"), "proved", 0, quoted=(False, False, False))
        for word in ("aided", "common_intent")
    ]
    case, choice = replace(case, facts=facts), choose(base, base.reading("paper_body"))
    flips = fact_flips(world_of(base, case), case, choice, limit=1000)
    found = {counted(base, supposed(base, one.facts)) for one in flips.flips}
    assert any(len(change) == 2 for change in found)
    assert found == flips_by_force(base, case, choice, 2)


def test_to_put_a_fact_in_dispute_is_the_weaker_change(base: KnowledgeBase) -> None:
    case, choice = base.case("ride_injury"), choose(base, base.reading("paper_body"))
    flips = fact_flips(world_of(base, case), case, choice, limit=50)
    audited = next(one for one in flips.flips if words(one) == ["audited"])
    assert flips.outcome == (Owed("platform", "passenger", "supp_full", "certain"),)
    assert audited.outcome == () and audited.unsettled == (Owed("platform", "passenger", "supp_full", "possible"),)


def test_a_disputed_fact_that_is_settled_flips(base: KnowledgeBase) -> None:
    case, choice = base.case("disputed_audit"), choose(base, base.reading("paper_body"))
    flips = fact_flips(world_of(base, case), case, choice)
    settled = {one.facts[0].status: as_outcome(one.outcome) for one in flips.flips if words(one)[0] == "audited"}
    assert settled == {"disproved": {("platform", "passenger", "supp_full"): "certain"}, "proved": {}}


def test_a_wanted_outcome_is_reached_and_nothing_beside(base: KnowledgeBase) -> None:
    case, choice = base.case("ride_injury"), choose(base, base.reading("paper_body"))
    inquiry = world_of(base, case)
    wanted = [Key("platform", "passenger", "joint_whole")]
    flips = fact_flips(inquiry, case, choice, wanted, what="both", unstated=True, limit=8)
    assert flips.flips and all(as_outcome(one.outcome) == {wanted[0]: "certain"} for one in flips.flips)
    nothing = fact_flips(inquiry, case, choice, [], limit=3)
    assert nothing.flips and all(one.outcome == () for one in nothing.flips)
    with pytest.raises(InputError, match="from no facts"):
        fact_flips(inquiry, case, choice, [Key("passenger", "platform", "several")])
    assert fact_flips(inquiry, case, choice, wanted).flips == (), "stated facts alone do not lead there"
