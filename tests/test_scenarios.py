"""Every rule fires in its scenario, needs each fact of it, and is stopped by each of its blockers."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import pytest
from clingo import ast as A
from clingo import parse_term
from proved import unchanged
from scenario import Variant, annotated, firing_rules, knowledge, law_facts, plain_rules, scenarios, solve, variants_of
from tiers import exhaustive

from pyliab.asp.program import GroundProgram

pytestmark = [
    pytest.mark.xdist_group("scenarios"),  # one worker, which solves them all once
    *([exhaustive] if unchanged("test_scenarios.py") else []),
]
RULES = sorted(scenarios())
# Tested below: what is not derived, but chosen or excluded.
CHOICES = {"one_position", "chosen_holds", "no_incompatible_positions", "background_fills"}


@cache
def results() -> dict[str, list[tuple[Variant, bool]]]:
    """All variants of all rules with what came of them."""
    found: dict[str, list[tuple[Variant, bool]]] = {rule: [] for rule in RULES}
    rules = f"{plain_rules()}\n{firing_rules()}"
    for group in solve([variant for rule in RULES for variant in variants_of(rule)], rules):
        for name, fires in group.fired().items():
            variant = group.variants[name]
            found[variant.rule].append((variant, fires))
    return found


@pytest.mark.parametrize("rule", RULES)
def test_fires_as_it_is_told(rule: str) -> None:
    """In its scenario; in none without one of the facts, and in none with a blocker."""
    assert [(v.kind, v.name) for v, fires in results()[rule] if fires != v.fires] == []


def test_every_rule_has_a_scenario() -> None:
    assert set(RULES) == set(annotated())
    assert len(annotated()) + len(CHOICES) == len(knowledge().notes)


def _conditions(node: Any) -> Counter[str]:
    """The conditions of a rule that no missing fact can fail: they want a blocker of their own."""
    found: Counter[str] = Counter()
    for literal in node.body:
        atom = literal.atom
        if atom.ast_type == A.ASTType.Comparison or literal.sign != A.Sign.NoSign:
            found["excluded"] += 1
        elif str(atom).startswith(("in_force(", 'governs(C,"', 'law_of_the_day(C,"', 'law_of_claim(C,"')):
            found["date"] += 1
        elif str(atom).startswith("position(") and atom.symbol.arguments[1].ast_type == A.ASTType.SymbolicTerm:
            found["positions"] += 1
    return found


@pytest.mark.parametrize("rule", RULES)
def test_every_condition_has_a_blocker(rule: str) -> None:
    entry = scenarios()[rule]
    literals = {str(literal) for literal in annotated()[rule].body}
    excused = set(entry.get("unblockable", {}))
    assert excused <= literals, f"no such literals: {excused - literals}"
    wanted = _conditions(annotated()[rule])
    blockers = [set(blocker) for blocker in entry.get("blocked_by", ())]
    assert sum("date" in blocker for blocker in blockers) >= wanted["date"]
    assert sum("positions" in blocker for blocker in blockers) >= wanted["positions"]
    assert len(blockers) + len(excused) >= sum(wanted.values())


def _law(*world: str) -> GroundProgram:
    return GroundProgram(knowledge().rule_files, law_facts() + [([parse_term(atom)], False) for atom in world])


def test_one_position() -> None:
    """On every issue exactly one position is taken, and each can be."""
    law = _law()
    for pair, literal in law.positions.items():
        assert law.satisfiable([literal])
        others = [other for (issue, name), other in law.positions.items() if issue == pair[0] and name != pair[1]]
        assert not law.satisfiable([-literal, *(-other for other in others)])
        assert not any(law.satisfiable([literal, other]) for other in others)


def test_chosen_holds() -> None:
    law = _law("chosen(ecl38_2_space, online_only)")
    assert law.satisfiable(law.assume({"ecl38_2_space": "online_only"}))
    assert not law.satisfiable(law.assume({"ecl38_2_space": "linked_offline"}))


def test_no_incompatible_positions() -> None:
    law = _law("incompatible(ecl38_2_space, online_only, cc1198_online, applies)")
    assert not law.satisfiable(law.assume({"ecl38_2_space": "online_only", "cc1198_online": "applies"}))
    assert law.satisfiable(law.assume({"ecl38_2_space": "online_only", "cc1198_online": "via_ecl38_2"}))
    assert law.satisfiable(law.assume({"ecl38_2_space": "linked_offline", "cc1198_online": "applies"}))


def test_background_fills() -> None:
    law = _law("background", "chosen(ecl38_2_space, online_only)")
    assert law.satisfiable(law.assume({"ecl38_2_space": "online_only", "drug_platforms": "gap_by_38_2"}))
    assert not law.satisfiable(law.assume({"drug_platforms": "e_contrario"}))
    # an issue without a default stays open
    assert law.satisfiable(law.assume({"ecl38_2_form_audit": "several"}))
    assert law.satisfiable(law.assume({"ecl38_2_form_audit": "joint_whole"}))


@pytest.mark.parametrize(
    "pair",
    [
        "ecl38_2_space, online_only, drug_platforms, gap_by_38_2",
        "drug_platforms, gap_by_38_2, ecl38_2_space, online_only",
    ],
)
def test_background_leaves_out_what_cannot_stand(pair: str) -> None:
    law = _law("background", "chosen(ecl38_2_space, online_only)", f"incompatible({pair})")
    assert law.satisfiable(law.assume({"ecl38_2_space": "online_only"}))
    assert not law.satisfiable(law.assume({"drug_platforms": "gap_by_38_2"}))
