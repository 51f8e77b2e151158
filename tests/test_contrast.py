"""Two readings set against each other: what both prove, where they part, and what fails on a side."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import pytest
from click.testing import CliRunner
from tiers import sweep

from pyliab.asp.symbols import parse
from pyliab.cli.main import main
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.reading import Choice, choose
from pyliab.law.proof import Mark, ProofProgram, Step
from pyliab.law.world import World, world_of
from pyliab.questions.compare import compare, outcome
from pyliab.questions.contrast import Contrast, Proofs, Side, contrast
from pyliab.questions.two_worlds import symbol
from pyliab.text.problem import InputError


def between(base: KnowledgeBase, case: str, first: str, second: str, **alike: str) -> Contrast:
    """Two readings of a case, that take the positions `alike` as well."""
    chosen = [choose(base, base.reading(name)) for name in (first, second)]
    choices = [replace(choice, assumed={**choice.assumed, **alike}) for choice in chosen]
    (result,) = compare(world_of(base, base.case(case)), choices)
    (divergence,) = result.divergences
    assert divergence.contrast is not None
    return divergence.contrast


def common(steps: list[Step]) -> Iterator[Step]:
    """The steps of the trunk; the grounds that each reading has of its own left aside."""
    for step in steps:
        if step.kind != "ground":
            yield step
            yield from common(step.of)


def opened(side: Side) -> list[Step]:
    """The steps of a side from the liability down to where it parts."""
    walked = (step for one in side.liabilities for root in one.proofs for step in root.walk())
    return [step for step in walked if step.kind == "rule" and not step.shown]


# --- cases in the language of the law ---------------------------------------------------------------------------


def test_supplementary_or_several_both_find_the_audit_duty_of_38_2_broken(base: KnowledgeBase) -> None:
    """A ride: that the audit duty was breached is common ground; what "corresponding" means is not."""
    found = between(base, "ride_injury", "paper_body", "several_all")
    assert "ecl38_2_audit" in {step.rule for step in common(found.shared)}
    assert [one.liability.form for one in found.first.liabilities] == ["supp_full"]
    assert [one.liability.form for one in found.second.liabilities] == ["several"]
    assert found.first.turns_on == ("ecl38_2_form_audit=supp_full",)
    assert found.second.turns_on == ("ecl38_2_form_audit=several",)
    assert [step.rule for step in opened(found.first)] == ["form_supp_full", "corresponding_audit"]
    assert [step.rule for step in opened(found.second)] == ["form_several", "corresponding_audit"]
    assert found.first.lacks == found.second.lacks == ()


def test_each_side_names_the_words_it_relies_on(base: KnowledgeBase) -> None:
    found = between(base, "ride_injury", "paper_body", "several_all")
    for side in (found.first, found.second):
        words = {cited: text for step in opened(side) for cited, text in step.words.items()}
        assert words["ECL 38(2)"] == "承担相应的责任"


def test_the_interest_is_protected_by_both_though_each_has_its_own_ground(base: KnowledgeBase) -> None:
    """Widened to any absolute right, or confined to goods that concern life: either way bodily injury is covered."""
    found = between(base, "ride_injury", "paper_body", "text_minimal")
    (agreed,) = [step for step in common(found.shared) if step.kind == "agreed"]
    assert agreed.atom == "protected_interest(ride_injury,platform,injury)"
    assert {ground.atom: ground.of[0].rule for ground in agreed.of} == {
        "paper_body": "interest_widened",
        "text_minimal": "interest_goods_type",
    }


def test_expanded_part_or_whole_harm_both_find_knowledge_and_omission(base: KnowledgeBase) -> None:
    """A charger: knowledge and no measures under 38(1) are common ground; how far the joint liability reaches is not."""
    found = between(base, "charger_fire", "paper_body", "text_minimal", cpl44_ecl38="ecl38_prevails")
    assert {"ecl38_1", "aware_actual", "omitted_measures"} <= {step.rule for step in common(found.shared)}
    # two fires: each harm is proved
    assert {step.rule for step in opened(found.first)} == {"extent_joint_expanded"}
    assert {step.rule for step in opened(found.second)} == {"extent_joint_whole"}
    whole, *_ = opened(found.second)
    assert whole.words == {"ECL 38(1)": "与该平台内经营者承担连带责任"}


def test_food_law_as_the_special_rule_displaces_38_2(base: KnowledgeBase) -> None:
    """Unlicensed food: both find 38(2) fulfilled; one lets it give way to Food Safety Law 131, which is proved there."""
    found = between(base, "unlicensed_food", "several_all", "paper_body")
    basis = 'fulfilled(unlicensed_food,basis("ECL 38(2)",audit),platform,operator,consumer,poisoning)'
    assert basis in {step.atom for step in found.shared}
    assert [step.rule for step in opened(found.first)][-1] == "applies_unless_displaced"
    assert found.second.liabilities == ()
    (displaced,) = [step.mark for step in found.second.lacks if step.mark and step.mark.needs == "absent"]
    assert displaced.accepted_by == ("fsl131_ecl38=concurrence",)
    (way,) = displaced.in_the_way
    assert [step.rule for step in way.walk() if step.kind == "rule" and not step.shown] == [
        "food_prevails",
        "food_specialty",
    ]


def test_who_comes_to_no_liability_lacks_a_condition_of_its_own(base: KnowledgeBase) -> None:
    """An online drug: conditional liability asks for an operator that cannot be identified, and this one can."""
    found = between(base, "online_drug", "paper_body", "zeng_na")
    assert found.second.liabilities == ()
    (form,) = found.second.lacks
    assert form.mark == Mark("not so read", "taken", form.mark.instead, ("ecl38_2_form_audit=supp_full",))
    nearest = found.second.attempts[0]
    assert nearest.proof.rule == "form_cond_unreal_joint"
    assert [(one.atom, one.mark and one.mark.why) for one in nearest.leaves()] == [
        ("-can_identify(online_drug,platform,pharmacy)", "not met")
    ]


def test_an_open_reading_has_all_forms_and_the_other_takes_one(base: KnowledgeBase) -> None:
    found = between(base, "ride_injury", "text_minimal", "draft4")
    left_open = choose(base, base.reading("text_minimal"))
    every = world_of(base, base.case("ride_injury")).outcomes(left_open.positions)["ride_injury"]
    assert {one.liability.key for one in found.first.liabilities} == {key for key in every if key[2] != "supp_capped"}
    assert {one.liability.status for one in found.first.liabilities} == {"possible"}
    assert [(one.liability.form, one.liability.status) for one in found.second.liabilities] == [
        ("supp_capped", "certain")
    ]
    assert found.second.turns_on == ("ecl38_2_form_audit=supp_capped",)


def test_the_trunk_proves_nothing_twice(base: KnowledgeBase) -> None:
    for case, first, second in (
        ("ride_both", "audit_joint", "paper_abstract"),
        ("unlicensed_food", "several_all", "paper_body"),
    ):
        found = between(base, case, first, second)
        proved = [step.atom for step in common(found.shared) if step.kind == "rule" and not step.shown]
        assert len(proved) == len(set(proved))


# --- what holds of every pair -----------------------------------------------------------------------------------


def settled(base: KnowledgeBase) -> list[str]:
    return [name for name, case in base.cases.items() if all(fact.status != "disputed" for fact in case.facts)]


def full(base: KnowledgeBase, chance: random.Random, name: str) -> Choice:
    """A reading that answers every issue."""
    own = {issue: chance.choice(list(entry.positions)) for issue, entry in base.issues.items()}
    return Choice(name, own, {}, ())


def differing(
    inquiry: World, cases: list[str], chance: random.Random, draw: Callable[[], tuple[Choice, Choice]]
) -> tuple[str, tuple[Choice, Choice], Contrast]:
    """A case and two readings that differ over it, drawn by chance, and their contrast."""
    while True:
        pair = draw()
        try:
            found = {one.name: inquiry.outcomes(one.positions) for one in pair}
        except InputError:
            continue  # positions that cannot stand together
        outcomes = {name: {case: list(by_case[case].values()) for case in cases} for name, by_case in found.items()}
        one, other = outcomes.values()
        differ = [case for case in cases if outcome(one[case]) != outcome(other[case])]
        if differ:
            case = chance.choice(differ)
            proofs = Proofs(world_of(inquiry.base, inquiry.cases[case]), inquiry.cases[case])
            of_case = {name: by_case[case] for name, by_case in outcomes.items()}
            return case, pair, contrast(proofs, *pair, of_case)


@pytest.mark.parametrize("seed", sweep(range(12), 1))
def test_of_full_readings_the_trunk_holds_in_both_and_the_sides_in_one_only(
    base: KnowledgeBase, inquiry: World, seed: int
) -> None:
    chance = random.Random(seed)
    case, pair, found = differing(
        inquiry, settled(base), chance, lambda: (full(base, chance, "one"), full(base, chance, "other"))
    )
    proofs = ProofProgram(World(base, []), base.case(case))
    for step in common(found.shared):
        for choice in pair:
            _holds(proofs, step, choice)
    for side, choice, other in ((found.first, *pair), (found.second, *reversed(pair))):
        assert bool(side.liabilities) == bool(side.parts_at)
        for step in opened(side):
            assert proofs.certain(symbol(step), choice), step.atom
            assert not proofs.possible(symbol(step), other), step.atom
        for step in side.lacks:
            assert step.mark
            _would_do(proofs, choice, step.atom, step.mark.accepted_by)


def _holds(proofs: ProofProgram, step: Step, choice: Choice) -> None:
    if step.kind in ("rule", "agreed", "fact", "position", "law"):
        assert proofs.certain(symbol(step), choice), step.atom
    if step.kind == "absent":
        assert not proofs.possible(symbol(step), choice), step.atom


def _would_do(proofs: ProofProgram, choice: Choice, lacked: str, accepted_by: Iterable[str]) -> None:
    """What is lacked is not so under the reading, and is so once a position that is said to accept it is taken."""
    if lacked.startswith("not "):
        atom = lacked.removeprefix("not ")
        assert proofs.possible(parse(atom), choice), lacked
        for name in accepted_by:
            issue, _, position = name.partition("=")
            other = Choice("switched", {**choice.own, issue: position}, {}, ())
            assert not proofs.possible(parse(atom), other), lacked
    else:
        issue, _, position = lacked.partition("=")
        assert choice.own[issue] != position


@pytest.mark.parametrize("seed", sweep(range(8), 0))
def test_of_shipped_readings_the_trunk_can_hold_in_both(base: KnowledgeBase, inquiry: World, seed: int) -> None:
    """Readings leave issues open, and facts can be in dispute: then what is shared stands beside it in both."""
    chance = random.Random(1000 + seed)

    def draw() -> tuple[Choice, Choice]:
        one, other = (choose(base, base.reading(name)) for name in chance.sample(list(base.readings), 2))
        return one, other

    case, pair, found = differing(inquiry, list(base.cases), chance, draw)
    proofs = ProofProgram(World(base, []), base.case(case))
    for root in found.shared:
        literals = _literals(proofs, common([root]))
        for choice in pair:
            assert proofs.program.satisfiable([*proofs.program.assume(choice.positions), *literals]), root.atom
    for side, other in ((found.first, pair[1]), (found.second, pair[0])):
        for step in opened(side):
            assert not proofs.certain(symbol(step), other), step.atom


def _literals(proofs: ProofProgram, steps: Iterator[Step]) -> list[int]:
    """What a proof claims, as assumptions."""
    found = []
    for step in steps:
        literal = proofs.program.literal(symbol(step)) if step.kind not in ("compare", "set") else None
        if step.kind == "absent":
            found += [] if literal is None else [-literal]
        elif step.kind not in ("compare", "set"):
            assert literal is not None, step.atom
            found.append(literal)
    return found


# --- what is printed --------------------------------------------------------------------------------------------


def printed(*words: str) -> str:
    result = CliRunner().invoke(main, ["compare", *words], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_the_trunk_is_printed_once_in_either_language() -> None:
    english = printed("ride_injury", "-r", "paper_body", "-r", "several_all", "--lang", "en")
    assert english.count("⟨ecl38_2_audit⟩") == 1
    assert english.index("What both readings prove") < english.index("⟨ecl38_2_audit⟩")
    assert english.index("⟨ecl38_2_audit⟩") < english.index("⟨form_supp_full⟩") < english.index("⟨form_several⟩")
    assert english.count("(here") == 2
    chinese = printed("ride_injury", "-r", "paper_body", "-r", "several_all", "--lang", "zh")
    assert chinese.count("⟨ecl38_2_audit⟩") == 1
    assert chinese.count("由此分歧") == 2


def test_many_readings_are_listed_and_a_pair_is_offered() -> None:
    answer = printed("ride_injury", "-r", "paper_body", "-r", "several_all", "-r", "draft3", "--lang", "en")
    assert "⟨ecl38_2_audit⟩" not in answer
    assert "pyliab compare ride_injury -r A -r B" in answer


def test_the_json_of_a_pair_has_both_sides_and_keeps_its_keys(base: KnowledgeBase) -> None:
    (result,) = compare(
        world_of(base, base.case("ride_injury")),
        [choose(base, base.reading(name)) for name in ("paper_body", "several_all")],
    )
    (divergence,) = result.to_json()["divergences"]
    assert list(divergence) == ["readings", "positions", "ways", "every", "steps", "shared", "first", "second"]
    assert divergence["first"]["reading"] == divergence["readings"][0]
    (liability,) = divergence["second"]["liabilities"]
    assert liability["form"] == "several"
    assert liability["proofs"][0]["rule"] == "form_several"
    assert liability["proofs"][0]["mark"]["why"] == "not so read"
