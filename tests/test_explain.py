"""Proofs: every step rests on a rule, a provision and its words; the same in both languages; never circular."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from many import many, many_harms, many_victims
from tiers import sweep

from pyliab.asp.days import case_program
from pyliab.asp.load import load
from pyliab.asp.program import GroundProgram
from pyliab.asp.rewrite import rewrite
from pyliab.cli.main import main
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import choose
from pyliab.kb.vocabulary import read_notes
from pyliab.law.in_force import cited_then, in_force
from pyliab.law.liability import Key
from pyliab.law.proof import Explainer, Explanation, ProofProgram, Step, select
from pyliab.law.proof import explained as explain_all
from pyliab.law.world import World, world_of
from pyliab.questions.coverage import rules_to_words
from pyliab.text.problem import InputError

BASE = load()
Maker = Callable[[KnowledgeBase, Path, int], CaseFile]


def explained(
    base: KnowledgeBase, inquiry: World, case: str, reading: str, wanted: str | None = None
) -> list[Explanation]:
    choice = choose(base, base.reading(reading))
    chosen = select(inquiry.derive(case, choice), wanted)
    explainer = Explainer(ProofProgram(inquiry, base.cases[case]), choice)
    return [explainer.explain(one) for one in chosen]


@pytest.mark.parametrize("case", sweep(BASE.cases, "ride_injury", "charger_fire", "gc83", "disputed_audit"))
@pytest.mark.parametrize("reading", ["paper_body", "several_all"])
def test_every_liability_has_a_proof_that_rests_on_law(
    base: KnowledgeBase, inquiry: World, case: str, reading: str
) -> None:
    proved: set[str] = set()
    for explanation in explained(base, inquiry, case, reading):
        assert bool(explanation.proofs and explanation.reasons) != bool(explanation.like)
        assert not explanation.like or explanation.like.id in proved, "proved alike once before"
        proved.add(explanation.liability.id)
        for proof in explanation.proofs:
            _check_step(base, base.cases[case], proof, [])


def _check_step(base: KnowledgeBase, case: CaseFile, step: Step, above: list[str]) -> None:
    assert step.says.of("zh") and step.says.of("en")
    assert step.atom not in above, "a proof rests on itself"
    if step.kind == "rule":
        note = base.notes[step.rule]
        assert step.cites == cited_then(world_of(base, case), case, note.cites) or step.shown
        laws = [cited for cited in note.cites if cited in base.provisions]
        old = [cited for cited in step.cites if cited in laws and not in_force(world_of(base, case), case, cited)]
        assert not old or not any(in_force(world_of(base, case), case, law) for law in laws), "law of another day"
        assert "{" not in step.says.of("zh") + step.says.of("en")
        assert step.shown or step.of
    elif step.kind == "fact":
        assert step.status.removeprefix("disputed, taken as ") in ("proved", "disproved")
        assert step.file
    elif step.kind == "position":
        assert step.status in ("own", "assumed", "open")
    elif step.kind == "absent":
        assert step.status in ("not stated", "disproved", "not derived", "proved", "disputed")
    for child in step.of:
        _check_step(base, case, child, [*above, step.atom])


def test_the_reasons_come_first_and_are_few(base: KnowledgeBase, inquiry: World) -> None:
    (explanation,) = explained(base, inquiry, "ride_injury", "paper_body")
    norm, proved, silent, positions = explanation.reasons
    assert norm.of("zh").startswith("电子商务法第三十八条第二款") and norm.of("en").startswith("ECL 38(2)")
    assert proved.of("zh").startswith("已证明：平台未对司机的资质资格尽到审核义务")
    assert "平台违反审核义务有过错" in proved.of("zh")
    assert silent.of("en") == "nobody stated: Bodily injury occurred offline, in a space not linked to the trade"
    assert "taken by the reading" in positions.of("en") and "本解释方案所取" in positions.of("zh")


def test_a_step_quotes_the_words_it_rests_on(base: KnowledgeBase, inquiry: World) -> None:
    (explanation,) = explained(base, inquiry, "ride_injury", "paper_body")
    steps = {step.rule: step for step in explanation.proofs[0].walk() if step.rule and not step.shown}
    assert "资质资格未尽到审核义务" in steps["ecl38_2_audit"].words["ECL 38(2)"]
    assert steps["corresponding_audit"].words["ECL 38(2)"] == "承担相应的责任"


def test_a_rule_that_says_less_than_its_provision_says_so(base: KnowledgeBase, inquiry: World) -> None:
    (explanation,) = explained(base, inquiry, "ride_injury", "paper_body")
    steps = {step.rule: step.to_json() for step in explanation.proofs[0].walk() if step.rule and not step.shown}
    assert "art. 2(2)" in steps["ecl9_2"]["fidelity"]["en"]
    assert {name for name, step in steps.items() if "fidelity" in step} == {
        name for name in steps if base.notes[name].fidelity
    }
    assert "(says less" in CliRunner().invoke(main, ["explain", "ride_injury", "-r", "paper_body"]).output
    assert any(str(reason).startswith("ecl9_2: ") for _, reason in rules_to_words(base))


@pytest.mark.parametrize("rows", ["%@ fidelity zh 少", "%@ fidelity en less"])
def test_a_mark_of_fidelity_stands_in_both_languages(rows: str) -> None:
    with pytest.raises(InputError, match="fidelity en"):
        read_notes(Path("x.lp"), f"%@ x [design]\n%@ zh 甲\n%@ en a\n{rows}\nx(1).\n")


def test_what_was_looked_for_and_not_found_is_shown(base: KnowledgeBase, inquiry: World) -> None:
    (explanation,) = explained(base, inquiry, "ride_injury", "paper_body")
    absent = {step.atom: step.status for step in explanation.proofs[0].walk() if step.kind == "absent"}
    assert absent["not place(ride_injury,injury,unlinked)"] == "not stated"
    assert absent["not outside_38(ride_injury,platform,injury)"] == "not derived"


def test_disproved_is_told_from_not_stated(base: KnowledgeBase, inquiry: World) -> None:
    (explanation,) = explained(base, inquiry, "ride_injury", "paper_body")
    facts = {step.atom: step.status for step in explanation.proofs[0].walk() if step.kind == "fact"}
    assert facts["-audited(ride_injury,platform,driver)"] == "disproved"
    assert facts["caused(ride_injury,driver,injury)"] == "proved"


def test_a_possible_liability_names_the_completion(base: KnowledgeBase, inquiry: World) -> None:
    (explanation,) = explained(base, inquiry, "ride_injury", "text_minimal", "several")
    assert explanation.completion == ["ecl38_2_form_audit=several"]
    assert explanation.proofs[0].rule == "form_several"


def test_positions_say_who_takes_them(base: KnowledgeBase, inquiry: World) -> None:
    (explanation,) = explained(base, inquiry, "ride_injury", "several_all")
    status = {step.atom: step.status for step in explanation.proofs[0].walk() if step.kind == "position"}
    assert status["ecl38_2_form_audit=several"] == "own"
    assert status["ecl38_2_space=linked_offline"] == "assumed"


def test_both_languages_are_one_proof(base: KnowledgeBase, inquiry: World) -> None:
    """Each step carries both sentences, and both name the same things."""
    explanations = explained(base, inquiry, "charger_fire", "paper_body")
    assert explanations
    for step in (step for explanation in explanations for step in explanation.proofs[0].walk()):
        assert ("2021-03-01" in step.says.of("en")) == ("2021年3月1日" in step.says.of("zh"))


def test_a_sub_proof_is_printed_once(base: KnowledgeBase, inquiry: World) -> None:
    (explanation,) = explained(base, inquiry, "ride_injury", "paper_body")
    opened = [step.atom for step in explanation.proofs[0].walk() if step.kind == "rule" and not step.shown]
    assert len(opened) == len(set(opened))
    assert any(step.shown for step in explanation.proofs[0].walk())


def test_an_unknown_liability_gets_a_hint(base: KnowledgeBase, inquiry: World) -> None:
    found = inquiry.derive("ride_injury", choose(base, base.reading("several_all")))
    with pytest.raises(InputError, match="did you mean 'several'"):
        select(found, "severall")


@pytest.mark.parametrize("some", sweep([slice(None), slice(0, None, 20)], slice(0, None, 20)), ids=str)
def test_rewriting_keeps_the_answers(base: KnowledgeBase, some: slice) -> None:
    """The rewritten program has the same liabilities as the plain one, for many cases and all readings at once."""
    from pyliab.asp import symbols as atoms

    inquiry = World(base, list(base.cases.values())[some])
    facts = atoms.plain(base.law_facts())
    for case in inquiry.cases.values():
        facts += case_program(base, case)
    shows = "".join(f"#show {p}. " for p in ("liable/5", "rests_on/6", "covers/6", "recourse/7", "terms/6"))
    rewritten = GroundProgram([], facts, text=rewrite(base.rule_files).text + "\n" + shows)
    for reading in base.readings.values():
        positions = choose(base, reading).positions
        plain = inquiry.program.certain_and_possible(positions)
        again = rewritten.certain_and_possible(positions)
        assert [{str(s) for s in side} for side in plain] == [
            {str(s) for s in side if not s.name.startswith("_")} for side in again
        ]


def test_prose_argues_as_lawyers_write() -> None:
    """The norm in its words, how it is read and why, the facts, what follows, who reads it otherwise."""
    told = "".join(_run("explain", "ride_injury", "-r", "paper_body", "--prose", "--lang", "zh").split())
    parts = [
        "电子商务法第三十八条第二款规定：“对关系消费者生命健康的商品或者服务",
        "本文所采的解释方案（黄丽丽（正文））认为：补充（全额）。",
        "理由是：",
        "本案中，平台未对司机的资质资格尽到审核义务；",
        "据此，司机不能清偿的，平台应当就不足部分对乘客承担补充责任。",
        "另有不同见解：连带（全部）（",
        "对上述回答的质疑是：",
    ]
    places = [told.find(part) for part in parts]
    assert -1 not in places and places == sorted(places), dict(zip(parts, places, strict=True))


def test_prose_says_what_is_assumed_open_or_in_dispute() -> None:
    assumed = " ".join(_run("explain", "ride_injury", "-r", "several_all", "--prose", "--lang", "en").split())
    assert "the source of this reading (several throughout) is silent; by the plain text: linked offline." in assumed
    open_ = " ".join(
        _run("explain", "ride_injury", "supp_full", "-r", "text_minimal", "--prose", "--lang", "en").split()
    )
    assert "is open under this reading (plain text); suppose that it is answered so:" in open_
    assert "So far as this is answered and proved so, the platform makes good" in open_
    disputed = " ".join(_run("explain", "disputed_audit", "-r", "paper_body", "--prose", "--lang", "en").split())
    assert "(in dispute" in disputed


def test_prose_in_a_file_has_its_footnotes(tmp_path: Path) -> None:
    path = tmp_path / "passage.md"
    _run("explain", "ride_injury", "-r", "paper_body", "--prose", "-o", str(path), "--lang", "zh")
    assert "[^1]:" in path.read_text(encoding="utf-8")


def test_prose_where_nothing_follows_is_the_answer_of_derive() -> None:
    asked = ("ride_injury", "-r", "zeng_na", "--lang", "en")
    assert _run("explain", *asked, "--prose") == _run("explain", *asked)


def _run(*arguments: str) -> str:
    return CliRunner().invoke(main, list(arguments)).output


def _named(proofs: Iterable[Step]) -> set[str]:
    """All that proofs conclude, state or look for."""
    return {step.atom for proof in proofs for step in proof.walk()}


def _in_place(atoms: set[str], names: Mapping[str, str]) -> set[str]:
    return {re.sub(r"\w+", lambda word: names.get(word[0], word[0]), atom) for atom in atoms}


def test_a_proof_that_stands_for_others_is_theirs_with_their_names(base: KnowledgeBase, tmp_path: Path) -> None:
    case = many_harms(base, tmp_path, 4)
    asked = world_of(base, case), case, choose(base, base.reading("paper_body"))
    (explanation,) = explain_all(*asked).explanations
    (proof,), (alike,) = explanation.proofs, explanation.alike
    assert [dict(names) for names in alike] == [{"harm_0": f"harm_{n}"} for n in (1, 2, 3)]
    explainer = Explainer(ProofProgram(*asked[:2]), asked[2])
    reasons = explainer.proofs.reasons(asked[2], explanation.liability)
    whole = explainer.trees(reasons, explanation.liability)
    assert len(whole) == 4
    for names in ({}, *alike):
        assert _named(whole) >= _in_place(_named([proof]), names)
    assert _named(whole) == set().union(*(_in_place(_named([proof]), names) for names in ({}, *alike)))


@pytest.mark.parametrize("make", [many_victims, lambda *asked: many(*asked, 0)])
def test_what_is_proved_alike_is_proved_once(base: KnowledgeBase, tmp_path: Path, make: Maker) -> None:
    case = make(base, tmp_path, 6)
    answer = explain_all(world_of(base, case), case, choose(base, base.reading("paper_body")))
    first, *others = answer.explanations
    assert first.proofs and others
    for other in others:
        assert other.like and other.like.id == first.liability.id and not other.proofs
        assert Key(*(other.like.names.get(who, who) for who in first.liability.key)) == other.liability.key


def test_a_harm_of_which_something_else_is_told_is_proved_apart(base: KnowledgeBase, tmp_path: Path) -> None:
    path = Path(many_harms(base, tmp_path, 3).file)
    told = path.read_text("utf-8").replace(
        "harm: harm_1, person: buyer, interest: health, on: 2021-06-01",
        "harm: harm_1, person: buyer, interest: health, on: 2021-06-02",
    )
    path.write_text(told, "utf-8")
    case = base.case(str(path))
    (explanation,) = explain_all(world_of(base, case), case, choose(base, base.reading("paper_body"))).explanations
    assert [[dict(names) for names in alike] for alike in explanation.alike] == [[{"harm_0": "harm_2"}], []]


@pytest.mark.parametrize("more", [[], ["--prose"]])
def test_where_nobody_is_liable_explain_says_why_as_derive_does(more: list[str]) -> None:
    asked = ["dating_site", "-r", "several_all", "--lang", "en"]
    derived, explained_ = (CliRunner().invoke(main, [*it, *asked]).output for it in (["derive"], ["explain", *more]))
    why = derived[derived.index("Somebody would be liable") :]
    assert len(why.splitlines()) > 1
    assert why.splitlines()[1] in explained_


def test_who_stands_for_many_is_said(base: KnowledgeBase, tmp_path: Path) -> None:
    path = Path(many(base, tmp_path, 8, 0).file)
    told = [row for row in path.read_text("utf-8").splitlines() if "contributed" not in row]
    path.write_text("\n".join(told) + "\n", "utf-8")
    for command in (["derive"], ["derive", "-r", "several_all"], ["explain", "-r", "several_all"]):
        assert "the first was tried for all" in CliRunner().invoke(
            main, [*command, str(path), "--lang", "en"]
        ).output.replace("\n  ", " ")
