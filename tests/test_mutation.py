"""Every mutant of every rule is noticed by the scenarios: it derives an atom too many, or one too few, in some case.

The rules do not recurse (tested below), so what a mutant of a rule derives can be read off the answer set of the rules as
they are: all mutants are evaluated together, once for each group of scenarios, over the atoms of that answer set.

Kinds of mutant: the rule deleted; a body literal dropped or negated, where the rule stays safe; a comparison moved by
one (`<` for `<=`); a row of a table (such as meaning/4) taken away from a rule that reads it; a variable of a positive
literal let loose (`_`), so that what it ties together may belong to different parties, items, harms or days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from clingo import Control, Symbol
from clingo import ast as A
from proved import unchanged
from scenario import (
    Variant,
    annotated,
    astray,
    plain_rules,
    scenarios,
    solve,
    tables,
    twins,
    under_two_laws,
    variants_of,
)
from tiers import exhaustive

from pyliab.asp import symbols as atoms

pytestmark = [exhaustive] if unchanged("test_mutation.py") else []

# Mutants that no case can tell from the rule, by the reason.
SAME: dict[str, tuple[str, ...]] = {
    "the whole E-Commerce Law is in force from one day, and another condition of the rule rests on ECL 9(2)": (
        'ecl37_own_business: drop in_force(C,"ECL 37(2)")',
        'ecl42_1_claim: drop in_force(C,"ECL 42(1)")',
        'ecl43_2: drop in_force(C,"ECL 43(2)")',
        'ecl83_fine: drop in_force(C,"ECL 83(1)")',
        'ecl83_serious: drop in_force(C,"ECL 83(1)")',
        'ecl9_3: drop in_force(C,"ECL 9(3)")',
        'records_not_kept: drop in_force(C,"ECL 31(1)")',
        'records_withheld: drop in_force(C,"ECL 62(1)")',
    ),
    "nothing is found, and all in dispute stays unproved, but where proof is supposed: tested in test_dispute.py": (
        "unproved: drop not found(C,F,so)",
        "unproved: drop not found(C,F,not_so)",
        "fails: loosen F in unproved(C,F)",
    ),
    "operator_on(C, O, P) holds only of platforms P that owe the duties of art. 38": (
        "breach_audit: drop platform_for_38(C,P)",
        "breach_audit: loosen P in platform_for_38(C,P)",
    ),
    "a harm has one victim (one_per Harm), and H is tied": (
        "apology: loosen V in harm(C,H,V,personality,_)",
        "apology: loosen V in owes(C,_,P,_,V,H,_)",
        "aware_by: loosen V in wrongs(C,O,P,V,H)",
        "aware_by: loosen V in harm(C,H,V,_,E)",
        "aware_duty_to_inspect: loosen V in wrongs(C,O,P,V,H)",
        "aware_duty_to_inspect: loosen V in harm(C,H,V,_,D)",
        "aware_presumed: loosen V in wrongs(C,O,P,V,H)",
        "aware_presumed: loosen V in harm(C,H,V,_,D)",
        "beside_own_fault: loosen V in own_fault(C,_,P,V,H)",
        "beside_own_fault: loosen V in own_fault(C,_,O,V,H)",
        "own_fault_joint: loosen V in own_fault(C,B,P,V,H)",
        "own_fault_joint: loosen V in own_fault(C,_,O,V,H)",
        "own_fault_several: loosen V in own_fault(C,B,P,V,H)",
        "own_fault_several: loosen V in own_fault(C,_,O,V,H)",
        "food_gap_filling: loosen V in fulfilled(C,B,P,O,V,H)",
        'food_gap_filling: loosen V in fulfilled(C,basis("FSL 131(1)",L),P,O,V,H)',
        "food_specialty: loosen V in fulfilled(C,basis(N,L),P,O,V,H)",
        'food_specialty: loosen V in fulfilled(C,basis("FSL 131(1)",_),P,O,V,H)',
        "food_specialty_alone: loosen V in fulfilled(C,basis(N,L),P,nobody,V,H)",
        'food_specialty_alone: loosen V in fulfilled(C,basis("FSL 131(1)",_),P,_,V,H)',
        "form_referred_food: loosen V in corresponding(C,P,O,V,H,L,by_norm_referred)",
        'form_referred_food: loosen V in fulfilled(C,basis("FSL 131(1)",_),P,O,V,H)',
        "general_clause_yields: loosen V in fulfilled(C,basis(N,L),P,O,V,H)",
        "general_clause_yields: loosen V in governed_specially(C,P,O,V,H,L)",
        "joint_tort_not_separate: loosen V in fulfilled(C,basis(N,L),P,O,V,H)",
        "joint_tort_not_separate: loosen V in fulfilled(C,basis(N',L'),P,O,V,H)",
        "harm_before_awareness: loosen V in wrongs(C,O,P,V,H)",
        "harm_before_awareness: loosen V in harm(C,H,V,_,E)",
        'paragraphs_by_knowledge: loosen V in fulfilled(C,basis("ECL 38(2)",L),P,O,V,H)',
        'paragraphs_by_knowledge: loosen V in fulfilled(C,basis("ECL 38(1)",L\'),P,O,V,H)',
        "paragraphs_by_interest: loosen V in harm(C,H,V,Interest,_)",
        'paragraphs_by_interest: loosen V in fulfilled(C,basis("ECL 38(1)",L),P,O,V,H)',
        'paragraphs_by_interest: loosen V in fulfilled(C,basis("ECL 38(2)",L\'),P,O,V,H)',
        "referred_food: loosen V in corresponding(C,P,O,V,H,L,by_norm_referred)",
        'referred_food: loosen V in fulfilled(C,basis("FSL 131(1)",_),P,O,V,H)',
        "special_over_code_alone: loosen V in fulfilled(C,basis(N,L),P,nobody,V,H)",
        "special_over_code_alone: loosen V in fulfilled(C,basis(N',L'),P,nobody,V,H)",
    ),
    "one of the two provisions is in force wherever any rule lays a liability on anybody": (
        'cc1173_1: drop law_of_claim(C,"CC 1173(1)",_,H)',
        'cc1173_1: loosen H in law_of_claim(C,"CC 1173(1)",_,H)',
        'cc187_1: drop law_of_the_day(C,"CC 187(1)",_)',
    ),
    "another law attaches the same form to a basis of this name, ECL 42(2) to notice and CC 186(1) to security": (
        'cc1195_2_form: drop law_of_claim(C,"CC 1195(2)",N,H)',
        'cc1195_2_form: loosen N in law_of_claim(C,"CC 1195(2)",N,H)',
        'cc1198_1_form: drop law_of_claim(C,"CC 1198(1)",N,H)',
        'cc1198_1_form: loosen N in law_of_claim(C,"CC 1198(1)",N,H)',
    ),
    "whoever is liable with nobody beside is liable for itself, under every provision": (
        'cc1165_1_form: drop law_of_claim(C,"CC 1165(1)",N,H)',
        'cc1165_1_form: loosen N in law_of_claim(C,"CC 1165(1)",N,H)',
    ),
    "a provision that is met as to a harm is the law of the claim that arises from it": (
        'agreed_form: loosen H in law_of_claim(C,"CC 577(1)",N,H)',
        'cc1165_1_form: loosen H in law_of_claim(C,"CC 1165(1)",N,H)',
        'cc1195_2_form: loosen H in law_of_claim(C,"CC 1195(2)",N,H)',
        'cc1197_1_form: loosen H in law_of_claim(C,"CC 1197(1)",N,H)',
        'cc1198_1_form: loosen H in law_of_claim(C,"CC 1198(1)",N,H)',
        'cc1198_2_form: loosen H in law_of_claim(C,"CC 1198(2)",N,H)',
        'cc1198_2_share_joint: loosen H in law_of_claim(C,"CC 1198(2)",N,H)',
        'contract_form: loosen H in law_of_claim(C,"CC 186(1)",N,H)',
        'general_beside_several: loosen H in law_of_claim(C,"CC 1165(1)",N,H)',
        'general_beside_supplementary: loosen H in law_of_claim(C,"CC 1165(1)",N,H)',
        'general_clause_yields: loosen H in law_of_claim(C,"CC 1165(1)",N,H)',
        'joint_tort_not_separate: loosen H in law_of_claim(C,"CC 1165(1)",N,H)',
        "special_over_code: loosen H in law_of_claim(C,General,N,H)",
        "special_over_code_alone: loosen H in law_of_claim(C,General,N,H)",
    ),
    "only the general clause, of today or of then, has a basis of this name": (
        'cc1172_several: drop law_of_claim(C,"CC 1165(1)",N,H)',
        'cc1172_several: loosen N in law_of_claim(C,"CC 1165(1)",N,H)',
        'cc1172_several: loosen H in law_of_claim(C,"CC 1165(1)",N,H)',
        "cc1172_several: loosen N in applies(C,basis(N,own_act),P,O,V,H)",
    ),
    "the Interim Measures on ride-hailing are older than the Civil Code": (),
    "SPC-IPNET 5(1) construes ECL 42(3) as well, which is older than CC 1195(3)": (
        'construed_at_judgment: without the row construes("SPC-IPNET 5(1)","CC 1195(3)")',
        'construed_for_the_case: without the row construes("SPC-IPNET 5(1)","CC 1195(3)")',
        'interpretation: without the row construes("SPC-IPNET 5(1)","CC 1195(3)")',
        'interpretation: without the row construes("SPC-IPNET 5(1)","ECL 42(3)")',
    ),
    "asked as if today's law had been in force, what construes it applies, and no interpretation of it has been repealed": (
        "construed_at_judgment: drop not as_if_in_force",
        "construed_for_the_case: drop not as_if_in_force",
        "construed_then: drop not as_if_in_force",
    ),
    "every interpretation applies to pending cases, by its own clause or by its nature; the rules part what is cited": (
        "construed_at_judgment: drop for_pending_cases(N)",
        "construed_at_judgment: loosen N in for_pending_cases(N)",
        "construed_for_the_case: drop for_pending_cases(N)",
        "construed_for_the_case: loosen N in for_pending_cases(N)",
        "pending_by_food_clause: drop construes(N,_)",
        "pending_by_food_clause: loosen N in construes(N,_)",
        'pending_by_food_clause: drop statute(N,"SPC-FOOD")',
        'pending_by_food_clause: loosen N in statute(N,"SPC-FOOD")',
        "pending_by_its_own_clause: drop construes(N,_)",
        "pending_by_its_own_clause: loosen N in construes(N,_)",
        'pending_by_its_own_clause: drop statute(N,"SPC-TORT")',
        'pending_by_its_own_clause: loosen N in statute(N,"SPC-TORT")',
        "pending_by_network_clause: drop construes(N,_)",
        "pending_by_network_clause: loosen N in construes(N,_)",
        'pending_by_network_clause: drop statute(N,"SPC-IPNET")',
        'pending_by_network_clause: loosen N in statute(N,"SPC-IPNET")',
        'pending_by_nature: without the row interpretation("SPC-TORT 16(1)")',
        'pending_by_nature: without the row interpretation("SPC-IPNET 5(1)")',
        'pending_by_nature: without the row interpretation("SPC-FOOD 2(1)")',
        'pending_by_nature: without the row interpretation("SPC-FOOD 2(2)")',
        "pending_by_nature: loosen N in statute(N,Statute)",
        "pending_by_nature: drop not own_time(Statute)",
    ),
    "the Civil Code is in force without an end": (
        "before_code: drop D <= To",
        "before_code: move D <= To",
    ),
    "the provision governs all the same; the rules part what is cited": (
        "in_force_then: drop not before_code(C,N,H)",
        "in_force_over_earlier_facts: drop not as_if_in_force",
    ),
    "no liability rests on this interpretation itself, but on the law that it construes": (
        'construed_later: without the row interpretation("SPC-IPNET 5(1)")',
        'construed_later: without the row interpretation("SPC-OC 16(1)")',
        'construed_later: without the row interpretation("SPC-PR14 5(1)")',
        'construed_later: without the row interpretation("SPC-PR14 5(2)")',
        'construed_later: without the row interpretation("SPC-PR14 9(1)")',
        'construed_later: without the row interpretation("SPC-TORT 16(1)")',
    ),
    "an interpretation is no older than the law that it construes and falls with it: one of then construes law of then": (
        "construed_then: drop construes(N,N')",
        "construed_then: negate construes(N,N')",
        "construed_then: loosen N in construes(N,N')",
        "construed_then: loosen N' in construes(N,N')",
        "construed_then: drop governs(C,N',H)",
        "construed_then: loosen N' in governs(C,N',H)",
        "construed_then: loosen H in governs(C,N',H)",
        "construed_then: drop D <= To",
        "construed_then: loosen N' in provision(N',_,To')",
        "construed_then: move To' < J",
        'construed_then: without the row construes("SPC-FOOD 2(1)","FSL 148(1)")',
        'construed_then: without the row construes("SPC-FOOD 2(2)","FSL 148(1)")',
        'construed_then: without the row construes("SPC-IPNET 5(1)","CC 1195(3)")',
        'construed_then: without the row construes("SPC-IPNET 5(1)","ECL 42(3)")',
        'construed_then: without the row construes("SPC-OC 12(1)","CPL 48(1)")',
        'construed_then: without the row construes("SPC-OC 13(1)","ECL 37(2)")',
        'construed_then: without the row construes("SPC-OC 14(1)","CPL 44(1)")',
        'construed_then: without the row construes("SPC-OC 15(1)","FSL 131(1)")',
        'construed_then: without the row construes("SPC-OC 16(1)","ECL 38(1)")',
        'construed_then: without the row construes("SPC-OC 17(1)","CC 1168(1)")',
        'construed_then: without the row construes("SPC-OC 4(1)","ECL 37(2)")',
        'construed_then: without the row construes("SPC-OC 4(2)","ECL 37(2)")',
        'construed_then: without the row construes("SPC-TORT 16(1)","CC 1191(2)")',
    ),
    "from the day on which the platform knew of one wrongdoer, as to a harm of both, knowing of the other is no different": (
        "cpl44_2: loosen O in bears_on_harm(C,P,O,H,D,K)",
        "ecl38_1: loosen O in bears_on_harm(C,P,O,H,D,K)",
        "ecl45_1: loosen O in bears_on_harm(C,P,O,H,D,K)",
    ),
    "harm before the platform was aware concerns it only if a part is stated to have arisen later": (
        'extent_from_knowledge_part: drop not expansion_excluded(C,"ECL 38(1)",P,O,H)',
    ),
    "who is wronged has suffered the harm; its day stands in the sentence": (
        "harm_before_awareness: drop harm(C,H,V,_,E)",
        "harm_before_awareness: loosen H in harm(C,H,V,_,E)",
    ),
    "a general rule that is met for one harm of a victim is met for the one that the special rule governs as well": (
        "special_over_code_alone: loosen H in fulfilled(C,basis(N,L),P,nobody,V,H)",
    ),
    "a harm has one place (one_per Harm), and the other position protects what occurred online as well": (
        "place_online: drop position(ecl38_2_space,online_only)",
    ),
    "recourse is denied to each liability resting on a duty of ECL 38(2), or to none, and all of them have one form": (
        *(f"recourse_of_nothing: loosen {name} in owes(C,B,P,O,V,H,Form)" for name in "POVH"),
        *(f"recourse_of_nothing: loosen {name} in recourse_denied(C,B,P,O,V,H)" for name in "PV"),
    ),
}
EQUIVALENT = {name for names in SAME.values() for name in names}

MOVED = {"<=": "<", "<": "<=", ">=": ">", ">": ">="}
SIGNS = {0: ">", 1: "<", 2: "<=", 3: ">=", 4: "!=", 5: "="}
INVERSE = {"<=": ">", "<": ">=", ">=": "<", ">": "<=", "!=": "=", "=": "!="}


@dataclass(frozen=True)
class Mutant:
    """A rule changed. `body` is None where it is deleted."""

    rule: str
    change: str
    body: tuple[str, ...] | None

    @property
    def name(self) -> str:
        return f"{self.rule}: {self.change}"


class _Variables(A.Transformer):
    def __init__(self, loose: tuple[int, str] | None = None) -> None:
        self.names: list[str] = []
        self.loose = loose

    def visit_Variable(self, node: Any) -> Any:
        self.names.append(node.name)
        return node.update(name="_") if self.loose == (len(self.names) - 1, node.name) else node


def _variables(node: Any) -> list[str]:
    """The variables of a literal in order, each occurrence once."""
    found = _Variables()
    found.visit(node)
    return found.names


def _positive(literal: Any) -> bool:
    return bool(literal.sign == A.Sign.NoSign and literal.atom.ast_type == A.ASTType.SymbolicAtom)


def _safe(head: Any, body: list[Any]) -> bool:
    """Does a positive literal bind every variable? clingo takes no `_` in `not -p(_)`."""
    if any(literal.sign == A.Sign.Negation and _classical(literal) and "_" in _variables(literal) for literal in body):
        return False
    bound = {name for literal in body if _positive(literal) for name in _variables(literal)}
    free = {name for literal in body if not _positive(literal) for name in _variables(literal)}
    return {name for name in free | set(_variables(head)) if name != "_"} <= bound


def _classical(literal: Any) -> bool:
    atom = literal.atom
    return bool(atom.ast_type == A.ASTType.SymbolicAtom and atom.symbol.ast_type == A.ASTType.UnaryOperation)


def _negated(literal: Any) -> Any:
    if literal.atom.ast_type == A.ASTType.Comparison:
        return _compared(literal, INVERSE)
    return literal.update(sign=A.Sign.Negation if literal.sign == A.Sign.NoSign else A.Sign.NoSign)


def _compared(literal: Any, by: dict[str, str]) -> Any:
    (guard,) = literal.atom.guards
    sign = by[SIGNS[int(guard.comparison)]]
    operator = next(number for number, text in SIGNS.items() if text == sign)
    return literal.update(atom=literal.atom.update(guards=[guard.update(comparison=operator)]))


def mutants_of(rule: str) -> Iterator[Mutant | None]:
    """The mutants of a rule; None stands for one that would not be safe."""
    node = annotated()[rule]
    body = list(node.body)
    tied = [name for literal in (node.head, *body) for name in _variables(literal)]
    yield Mutant(rule, "delete", None)
    for i, literal in enumerate(body):
        rest = body[:i] + body[i + 1 :]
        changes = [("drop", []), ("negate", [_negated(literal)])]
        if literal.atom.ast_type == A.ASTType.Comparison and SIGNS[int(literal.atom.guards[0].comparison)] in MOVED:
            changes.append(("move", [_compared(literal, MOVED)]))
        if _positive(literal):
            for place, name in enumerate(_variables(literal)):
                if name not in ("C", "_") and tied.count(name) > 1:
                    changes.append(
                        (f"loosen {name}{_which(literal, place)} in", [_Variables((place, name)).visit(literal)])
                    )
        for change, new in changes:
            mutated = [*rest[:i], *new, *rest[i:]]
            safe = bool(mutated) and _safe(node.head, mutated)
            yield Mutant(rule, f"{change} {literal}", tuple(map(str, mutated))) if safe else None
        for row in tables().get(_predicate(literal), ()) if _positive(literal) else ():
            terms = ",".join(str(term) for term in literal.atom.symbol.arguments)
            if "_" not in _variables(literal):
                without = f"({terms}) != ({','.join(map(str, row.arguments))})"
                yield Mutant(rule, f"without the row {row}", (*map(str, body), without))


def _which(literal: Any, place: int) -> str:
    names = _variables(literal)
    return f"#{names[: place + 1].count(names[place])}" if names.count(names[place]) > 1 else ""


def _predicate(literal: Any) -> str:
    if literal.atom.ast_type != A.ASTType.SymbolicAtom:
        return ""
    symbol = literal.atom.symbol
    symbol = symbol.argument if symbol.ast_type == A.ASTType.UnaryOperation else symbol
    return str(symbol.name)


@cache
def mutants() -> tuple[list[Mutant], int]:
    """All mutants, and the number of those that would not be safe."""
    found = [mutant for rule in sorted(annotated()) for mutant in mutants_of(rule)]
    kept = [mutant for mutant in found if mutant is not None]
    return kept, len(found) - len(kept)


def _program(wanted: Iterable[int]) -> str:
    """What notices the wanted mutants: these, and the rules that derive what they derive."""
    numbers = sorted(wanted)
    found = mutants()[0]
    heads = {_head(found[i].rule) for i in numbers}
    rows = ["_shared(H) :- _by(R, H), _by(S, H), R < S."]
    rows += [
        "_noticed(K) :- _mutant(K, H), not _by(_, H).",
        "_noticed(K) :- _of(K, R), _by(R, H), not _shared(H), not _mutant(K, H).",
    ]
    rows += [
        f"_by({rule}, {node.head}) :- {'; '.join(map(str, node.body))}."
        for rule, node in annotated().items()
        if _head(rule) in heads
    ]
    for i in numbers:
        rows.append(f"_of({i}, {found[i].rule}).")
        if found[i].body is not None:
            rows.append(f"_mutant({i}, {annotated()[found[i].rule].head}) :- {'; '.join(found[i].body)}.")
    return "\n".join(rows)


def _head(rule: str) -> str:
    return _predicate(annotated()[rule].head)


@cache
def survivors() -> list[str]:
    """The mutants that no scenario notices: asked first of the scenarios of their own file, and what is left, of all."""
    variants = [variant for rule in sorted(scenarios()) for variant in variants_of(rule)]
    variants += [
        variant for rule in sorted(scenarios()) for variant in (*astray(rule), *twins(rule), *under_two_laws(rule))
    ]
    groups = [(group.variants, group.atoms()) for group in solve(variants, plain_rules())]
    own: dict[str, set[int]] = {}
    for i, mutant in enumerate(mutants()[0]):
        own.setdefault(_file(mutant.rule), set()).add(i)
    for cases, answer in groups:
        for file, part in _by_file(cases, answer).items():
            own[file] -= _noticed(own[file], part)
    left = set[int]().union(*own.values())
    for _, answer in sorted(groups, key=lambda group: -len(group[1])):
        left -= _noticed(left, answer)
    return [mutants()[0][i].name for i in sorted(left)]


def _file(rule: str) -> str:
    return str(scenarios()[rule]["file"])


def _by_file(cases: Mapping[str, Variant], answer: Iterable[Symbol]) -> dict[str, list[Symbol]]:
    """The atoms of the cases of each scenario file, with those that are of no case: no rule speaks of two cases."""
    of_no_case, by_file = list[Symbol](), dict[str, list[Symbol]]()
    for atom in answer:
        variant = cases.get(str(atom.arguments[0])) if atom.arguments else None
        (by_file.setdefault(_file(variant.rule), []) if variant else of_no_case).append(atom)
    return {file: [*own, *of_no_case] for file, own in by_file.items()}


def _noticed(wanted: set[int], answer: list[Symbol]) -> set[int]:
    """The numbers of the wanted mutants that derive an atom too many, or too few, over these atoms."""
    control = Control(["--warn=none"])
    control.add("base", [], _program(wanted))
    with control.backend() as backend:
        atoms.add(backend, [([atom], False) for atom in answer])
    control.ground([("base", [])])
    return {atom.symbol.arguments[0].number for atom in control.symbolic_atoms.by_signature("_noticed", 1)}


def test_mutants_are_named_apart() -> None:
    names = [mutant.name for mutant in mutants()[0]]
    assert len(names) == len(set(names))


ALONG = {"governs": "construes", "in_force": "construes"}
"""What may follow from itself, one step along a relation at a time."""


def test_no_rule_recurses() -> None:
    """What makes it exact to evaluate a mutant over the answer set of the rules as they are: no atom rests on itself."""
    uses: dict[str, set[str]] = {}
    for node in annotated().values():
        uses.setdefault(str(node.head.atom.symbol.name), set()).update(map(_predicate, node.body))
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, f"{' <- '.join((*above, name))}"
        if name not in done:
            for other in uses.get(name, set()) - ({name} if name in ALONG else set()):
                visit(other, (*above, name))
            done.add(name)

    for name in uses:
        visit(name, ())


@pytest.mark.parametrize(("conclusion", "relation"), ALONG.items())
def test_what_follows_from_itself_does_so_along_a_relation_without_a_circle(conclusion: str, relation: str) -> None:
    for rule, node in annotated().items():
        if conclusion in map(_predicate, node.body) and _head(rule) == conclusion:
            assert relation in map(_predicate, node.body), rule
    steps = {str(row.arguments[0]): str(row.arguments[1]) for row in tables()[relation]}
    assert not steps.keys() & set(steps.values())


@pytest.mark.xdist_group("mutants")
def test_every_mutant_is_noticed() -> None:
    assert [name for name in survivors() if name not in EQUIVALENT] == []


@pytest.mark.xdist_group("mutants")
def test_no_excuse_is_out_of_date() -> None:
    assert sorted(EQUIVALENT - set(survivors())) == []
