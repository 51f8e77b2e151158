"""`ask`: the questions that matter, their power, the conversation, and the case it writes."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tiers import examples, sweep

from pyliab.asp.open_facts import candidates
from pyliab.cli.main import main
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.read import load_case
from pyliab.kb.reading import Choice, choose
from pyliab.kb.write_case import retold
from pyliab.law.words import Phrases
from pyliab.law.world import world_of
from pyliab.questions.ask import Answer, Asker, Question
from pyliab.text.problem import InputError

FRESH = """case: fresh
title: {zh: 新案, en: "a fresh case"}
kind: hypothetical
date: 2021-06-01
about: {zh: 新案, en: a fresh case}
# who they are
parties:
  platform: {zh: 平台, en: the platform}
  passenger: {zh: 乘客, en: the passenger}
harms:
  injury: {zh: 伤害, en: the injury}
facts:
  # the harm
  - harm: {harm: injury, person: passenger, interest: health, on: 2021-06-01}  # on the day
  - loss: {harm: injury, yuan: 100000}

expect:
  text_minimal: []
"""


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    path = tmp_path / "fresh.yaml"
    path.write_text(FRESH, encoding="utf-8")
    return path


def closed(base: KnowledgeBase, name: str = "several_all") -> Choice:
    """A reading, with the first position on each issue that it leaves open."""
    choice = choose(base, base.reading(name))
    first = {issue: next(iter(base.issues[issue].positions)) for issue in choice.open_issues}
    return replace(choice, assumed={**choice.assumed, **first}, open_issues=())


def run(*args: str, text: str = "") -> Any:
    return CliRunner().invoke(main, list(args), input=text)


def owed(base: KnowledgeBase, case: CaseFile, choice: Choice) -> dict[Any, str]:
    found = world_of(base, case).outcomes(choice.positions)[case.id]
    return {key: one.status for key, one in found.items()}


def reread(base: KnowledgeBase, case: CaseFile, asker: Asker, folder: Path, more: Any = ()) -> CaseFile:
    """The case as `-o` writes it, read again."""
    path = folder / "again.yaml"
    path.write_text(retold(base, case, "again", [*asker.facts, *more]), encoding="utf-8")
    return load_case(path, base)


def converse(asker: Asker, rng: random.Random) -> int:
    """Answer what is asked, at random, until nothing is asked."""
    asked = 0
    while ranked := asker.ranked():
        question = ranked[0].question
        asker.answer(question, rng.choice([one for one in question.answers if asker.possible(one)]))
        asked += 1
    return asked


CONVERSATIONS = [("fresh", 0), *(("fault_unclear", seed) for seed in range(3))]


@pytest.mark.parametrize(("name", "seed"), sweep(CONVERSATIONS, ("fresh", 0)))
def test_answering_what_is_asked_settles_the_outcome(
    base: KnowledgeBase, name: str, seed: int, fresh: Path, tmp_path: Path
) -> None:
    """What `ask` promises at the end is what `derive` says of the case it writes."""
    case, choice = base.case(str(fresh) if name == "fresh" else name), closed(base)
    asker = Asker(base, case, [choice])
    assert converse(asker, random.Random(seed)) > 0
    promised = asker.outcome(asker.readings[0])
    assert set(promised.values()) <= {"certain"}
    assert {key[:3]: s for key, s in promised.items()} == owed(base, reread(base, case, asker, tmp_path), choice)


@pytest.mark.parametrize(("name", "seed"), sweep(CONVERSATIONS, ("fresh", 0)))
def test_what_is_not_asked_changes_nothing(
    base: KnowledgeBase, name: str, seed: int, fresh: Path, tmp_path: Path
) -> None:
    """When no question is left, no further fact that can be stated beside the answers changes the outcome."""
    case, choice, rng = base.case(str(fresh) if name == "fresh" else name), closed(base), random.Random(seed)
    asker = Asker(base, case, [choice])
    converse(asker, rng)
    written = reread(base, case, asker, tmp_path)
    before = owed(base, written, choice)
    told = {(fact.word, fact.args) for fact in asker.facts}
    every = [q for q in _questions(base, case) if not any(_same(q, word, args) for word, args in told)]
    for question in rng.sample(every, examples(25)):
        for answer in question.answers:
            if answer.fact is not None and asker.possible(answer):
                after = reread(base, case, asker, tmp_path, [answer.fact])
                assert owed(base, after, choice) == before, answer.fact


def _questions(base: KnowledgeBase, case: CaseFile) -> list[Question]:
    from pyliab.questions.ask import questions

    return questions(base, case, candidates(base, case))


def _same(question: Question, word: str, args: tuple[Any, ...]) -> bool:
    return question.word == word and all(q in ("any", value) for q, value in zip(question.args, args, strict=True))


def test_what_is_listed_can_change_the_outcome(base: KnowledgeBase) -> None:
    """By brute force over pairs of worlds: each fact listed parts two cases that agree in all else."""
    case, choice = base.case("fault_unclear"), closed(base)
    asker = Asker(base, case, [choice])
    listed = {(one.question.word, one.question.args) for one in asker.ranked()}
    assert ("at_fault", ("platform", "audit")) in listed
    assert ("aggravating", ("platform", "coach", "tolerated")) not in listed, "no such limit in this reading"


def test_power_counts_what_answers_settle(base: KnowledgeBase) -> None:
    case, choice = base.case("fault_unclear"), closed(base)
    asker = Asker(base, case, [choice])
    before = asker.outcome(asker.readings[0])
    ranked = asker.ranked()
    order = [(one.turn, -base.frequency[one.question.word], -one.power) for one in ranked]
    assert order == sorted(order)
    for one in ranked[: examples(4) + 1]:
        power = 0
        for answer in one.question.answers:
            if answer.reply != "unknown":
                other = Asker(base, case, [choice])
                other.answer(one.question, answer)
                after = other.outcome(other.readings[0])
                power += sum(before[key] == "possible" and after.get(key) != "possible" for key in before)
        assert one.power == power


def test_what_an_answer_alone_changes_is_what_deriving_the_case_with_it_finds(
    base: KnowledgeBase, tmp_path: Path
) -> None:
    case, choice = base.case("fault_unclear"), choose(base, base.reading("text_minimal"))
    before = set(owed(base, case, choice))
    asker = Asker(base, case, [choice])
    ranked = asker.ranked()
    assert {one.turn for one in ranked} >= {0, 2}
    for one in [*ranked[: examples(4) + 1], *ranked[-1:]]:
        for effect in one.effects:
            if effect.answer.fact is not None:
                after = set(owed(base, reread(base, case, asker, tmp_path, [effect.answer.fact]), choice))
                assert {key for _, key in effect.adds} == after - before, effect.answer.fact
                assert {key for _, key in effect.drops} == before - after, effect.answer.fact


def test_what_ceased_to_matter_is_dropped(base: KnowledgeBase) -> None:
    asker = Asker(base, base.case("fault_unclear"), [closed(base)])
    (bar,) = [question for question in asker.left if question.word == "victim_intended"]
    assert asker.matters(bar)
    asker.answer(bar, bar.answers[0])
    assert asker.settled
    assert asker.ranked() == []
    assert asker.outcome(asker.readings[0]) == {}


def test_contradicting_answers_are_refused(base: KnowledgeBase) -> None:
    """A harm has one place."""
    case = base.case("fault_unclear")
    asker = Asker(
        base, CaseFile(case.id, case.file, case.doc, [f for f in case.facts if f.word != "place"]), [closed(base)]
    )
    places = [one for one in asker.left if one.word == "place"]
    assert len(places) > 1
    asker.answer(places[0], _yes(places[0]))
    with pytest.raises(InputError, match="before"):
        asker.answer(places[1], _yes(places[1]))


def _yes(question: Question) -> Answer:
    return next(answer for answer in question.answers if answer.reply == "yes")


def test_a_dated_fact_is_asked_once(base: KnowledgeBase) -> None:
    """Yes has a date, no is for all time."""
    case = base.case("fault_unclear")
    bare = CaseFile(case.id, case.file, case.doc, [fact for fact in case.facts if fact.word != "knows"])
    (question,) = [one for one in _questions(base, bare) if one.word == "knows"]
    replies = [(answer.reply, answer.dates) for answer in question.answers]
    assert replies == [("yes", [20210601]), ("no", []), ("unknown", [])]
    assert "since" not in question.says(bare.id, Phrases(base, bare.names())).of("en")


def test_several_readings_ask_for_what_matters_under_any(base: KnowledgeBase) -> None:
    case = base.case("fault_unclear")
    one, two = closed(base), closed(base, "share_joint_spc2024")
    single, both = (Asker(base, case, choices) for choices in ([one], [one, two]))
    assert {q.word for q in filter(single.matters, single.left)} <= {q.word for q in filter(both.matters, both.left)}


# --- the command ------------------------------------------------------------------------------------------------------


def test_a_fresh_case_can_be_asked_and_derived(fresh: Path, base: KnowledgeBase, tmp_path: Path) -> None:
    out = tmp_path / "answered.yaml"
    run_ = run(
        "ask",
        str(fresh),
        "-r",
        "several_all",
        "--interactive",
        "-o",
        str(out),
        "--lang",
        "zh",
        text="x\n不知\n否\nq\n",
    )
    assert run_.exit_code == 0, run_.output
    assert "请回答" in run_.output
    text = out.read_text(encoding="utf-8")
    assert text.startswith("case: answered\n")
    assert "# who they are" in text
    assert "# on the day" in text
    assert "expect" not in text
    added = [fact for fact in load_case(out, base).facts if fact.word not in ("harm", "loss")]
    assert [fact.status for fact in added] == ["disproved"]
    assert run("derive", str(out), "-r", "several_all").exit_code == 0
    assert run("check", str(out)).exit_code == 0


def test_an_existing_file_is_kept(fresh: Path, tmp_path: Path) -> None:
    out = tmp_path / "answered.yaml"
    out.write_text("mine", encoding="utf-8")
    asked = ["ask", str(fresh), "-r", "several_all", "--interactive", "-o", str(out)]
    refused = run(*asked, text="q\n")
    assert refused.exit_code == 2
    assert "--force" in refused.output
    assert out.read_text(encoding="utf-8") == "mine"
    assert run(*asked, "--force", text="n\n").exit_code == 0, "the end of the input ends the questions"
    assert "status: disproved" in out.read_text(encoding="utf-8")
    assert {path.name for path in tmp_path.iterdir()} == {"fresh.yaml", "answered.yaml"}, "nothing half-written is left"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "name a reading"),
        (["-r", "several_all", "-o", "x.yaml"], "ends in none of them"),
        (["-r", "several_all", "--interactive", "--json"], "leave --json out"),
        (["-r", "several_al"], "several_all"),
        (["-r", "several_all", "--interactive", "-o", "no/such/folder/x.yaml"], "is no folder"),
    ],
)
def test_wrong_input(fresh: Path, options: list[str], said: str) -> None:
    answer = run("ask", str(fresh), *options)
    assert answer.exit_code == 2
    assert said in answer.output


def test_facts_on_one_line_are_not_guessed_at(fresh: Path, tmp_path: Path, base: KnowledgeBase) -> None:
    flow = FRESH[: FRESH.index("facts:")] + (
        "facts: [{harm: {harm: injury, person: passenger, interest: health, on: 2021-06-01}}]\n"
    )
    fresh.write_text(flow, encoding="utf-8")
    out = tmp_path / "answered.yaml"
    asked = run("ask", str(fresh), "-r", "several_all", "--interactive", "-o", str(out), text="n\nq\n")
    assert asked.exit_code == 2
    assert not out.exists()


def test_json(base: KnowledgeBase) -> None:
    told = json.loads(run("ask", "fault_unclear", "-r", "several_all", "--json").output)
    assert set(told) == {"case", "readings", "open", "questions"}
    first = told["questions"][0]
    assert set(first) == {"fact", "says", "power", "answers"}
    assert first["power"] == sum(len(answer["settles"]) for answer in first["answers"])
    assert first["answers"][0]["adds"], "what alone adds a liability comes first"


def test_both_languages(fresh: Path) -> None:
    asked = ("ask", str(fresh), "-r", "several_all", "-n", "30", "--lang")
    assert "平台是否对乘客尽到了安全保障义务？" in run(*asked, "zh").output
    assert re.search(r"1\. (Did|Was|Were|Is|Has) the .*\?", run(*asked, "en").output, re.S)
