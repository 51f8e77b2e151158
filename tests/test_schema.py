"""The schemas for editors: what is shipped fits them, what is wrong does not."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import ROOT
from jsonschema import Draft7Validator
from ruamel.yaml import YAML
from tiers import sweep

from pyliab.answers.schemas import ANSWERS
from pyliab.asp.load import load
from pyliab.cli.main import main
from pyliab.kb.editor import schema_for

BASE = load()
SCHEMAS = {kind: Draft7Validator(schema_for(BASE, kind)) for kind in ("case", "reading", "issue")}
FILES = [(kind, path) for kind in SCHEMAS for path in sorted((ROOT / "kb" / f"{kind}s").glob("*.yaml"))]


def as_an_editor_reads(path: Path) -> Any:
    """YAML 1.2 with its core types: numbers are numbers, dates are text."""
    yaml = YAML(typ="safe", pure=True)
    yaml.resolver.yaml_implicit_resolvers  # noqa: B018 (made at first use)
    yaml.constructor.add_constructor(
        "tag:yaml.org,2002:timestamp", lambda constructor, node: constructor.construct_scalar(node)
    )
    return yaml.load(path.read_text(encoding="utf-8"))


def faults(kind: str, data: Any) -> list[str]:
    return [error.message for error in SCHEMAS[kind].iter_errors(data)]


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_schema_is_one(kind: str) -> None:
    Draft7Validator.check_schema(SCHEMAS[kind].schema)


@pytest.mark.parametrize("kind,path", FILES, ids=lambda one: one.stem if isinstance(one, Path) else one)
def test_what_is_shipped_fits_its_schema(kind: str, path: Path) -> None:
    assert faults(kind, as_an_editor_reads(path)) == []


def test_every_word_has_its_arguments_and_both_descriptions() -> None:
    words = SCHEMAS["case"].schema["properties"]["facts"]["items"]["anyOf"][1]["properties"]
    for name, word in BASE.vocabulary.items():
        assert list(words[name]["properties"]) == [argument.key for argument in word.arguments[1:]]
        for argument in word.arguments[1:]:
            if argument.words:
                assert words[name]["properties"][argument.key]["enum"] == list(argument.words)
        said = words[name]["description"]
        assert any("\u4e00" <= sign <= "\u9fff" for sign in said) and any(sign.isascii() for sign in said)


CASE = {
    "case": "mine",
    "title": "mine",
    "kind": "hypothetical",
    "date": "2022-03-01",
    "about": {"zh": "说明", "en": "about"},
    "parties": {"app": "the platform", "shop": "the shop", "buyer": "the buyer"},
    "items": {"kettle": "a kettle"},
    "harms": {"burn": "burns"},
    "facts": [
        {"offers": {"operator": "shop", "item": "kettle", "platform": "app"}},
        {"knows": {"platform": "app", "operator": "shop"}, "status": "disproved"},
        {"at_fault": {"party": "app", "duty": "audit"}, "status": "disputed", "exhibit": "a letter"},
        {"harm": {"harm": "burn", "person": "buyer", "interest": "health", "on": "2022-03-01"}},
        {"loss": {"harm": "burn", "yuan": 1000}},
        {"share": {"platform": "app", "part": "20%-40%"}},
    ],
    "expect": {"text_minimal": ["app several possible"]},
}

WRONG: list[tuple[str, tuple[Any, ...], Any]] = [
    ("an unknown word", ("facts", 0), {"offer": {"operator": "shop"}}),
    ("an unknown argument", ("facts", 0, "offers", "seller"), "shop"),
    ("a missing argument", ("facts", 0, "offers"), {"operator": "shop", "item": "kettle"}),
    ("two words in a fact", ("facts", 0, "consumer"), {"person": "buyer"}),
    ("no arguments", ("facts", 0), {"offers": None}),
    ("a fact of a date without it", ("facts", 1, "status"), "proved"),
    ("an unknown status", ("facts", 2, "status"), "contested"),
    ("a word that is not allowed", ("facts", 2, "at_fault", "duty"), "care"),
    ("a date in words", ("facts", 3, "harm", "on"), "in March"),
    ("an amount with separators", ("facts", 4, "loss", "yuan"), "1,000"),
    ("a negative amount", ("facts", 4, "loss", "yuan"), -5),
    ("a share above one", ("facts", 5, "share", "part"), 3),
    ("an unknown key", ("abuot",), "x"),
    ("an unknown kind", ("kind",), "real"),
    ("one language only", ("about",), {"zh": "说明"}),
    ("a party id that is no word", ("parties", "Shop-1"), "the shop"),
    ("an unknown reading", ("expect",), {"nobody": []}),
    ("an unknown form", ("expect", "text_minimal"), ["app sevral"]),
]


def test_a_good_case_fits() -> None:
    assert faults("case", CASE) == []


@pytest.mark.parametrize("where,value", [pytest.param(*rest, id=name) for name, *rest in WRONG])
def test_a_typical_error_in_a_case_is_marked(where: tuple[Any, ...], value: Any) -> None:
    case: Any = copy.deepcopy(CASE)
    part = case
    for key in where[:-1]:
        part = part[key]
    part[where[-1]] = value
    assert faults("case", case)


READING = {"reading": "mine", "title": "mine", "holder": "me", "about": "mine"}


@pytest.mark.parametrize(
    "positions,good",
    [
        (None, True),
        ({"ecl38_1_extent": {"position": "several", "locator": 12}}, True),
        ({"ecl38_1_extend": {"position": "several"}}, False),
        ({"ecl38_1_extent": {"position": "sevral"}}, False),
        ({"ecl38_1_extent": {"positon": "several"}}, False),
        ({"ecl38_1_extent": "several"}, False),
    ],
)
def test_the_positions_of_a_reading(positions: Any, good: bool) -> None:
    assert (faults("reading", {**READING, "positions": positions}) == []) is good


@pytest.mark.parametrize(
    "change,good",
    [
        ({}, True),
        ({"extends": "ecl38_1_extend"}, False),
        ({"positions": {"half": {"title": "half"}}}, False),
        ({"positions": {"half": {"title": "half", "says": "half", "provisions": ["ECL 39(9)"]}}}, False),
        ({"positions": {"half": {"title": "half", "says": "half", "for": [{"kind": "moral", "says": "x"}]}}}, False),
        ({"positions": {"half": {"title": "half", "says": "half", "sources": [{"source": "nobody"}]}}}, False),
    ],
)
def test_an_addition_to_an_issue(change: dict[str, Any], good: bool) -> None:
    addition = {"extends": "ecl38_1_extent", "positions": {"half": {"title": "half", "says": "half"}}}
    assert (faults("issue", {**addition, **change}) == []) is good


def test_the_command_prints_or_writes_the_schema(tmp_path: Path) -> None:
    printed = CliRunner().invoke(main, ["schema", "reading"])
    assert json.loads(printed.output) == SCHEMAS["reading"].schema
    path = tmp_path / "case.schema.json"
    assert CliRunner().invoke(main, ["schema", "case", "-o", str(path)]).exit_code == 0
    made = CliRunner().invoke(main, ["new", "case", "mine", "-o", str(tmp_path / "mine.yaml")])
    assert made.exit_code == 0
    first = (tmp_path / "mine.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=case.schema.json"
    assert faults("case", as_an_editor_reads(tmp_path / "mine.yaml")) == []


# --- answers ----------------------------------------------------------------------------------------------------------

ASKED = [
    ("derive", "derive ride_injury -r several_all"),
    ("derive", "derive disputed_audit -r several_all --non-liquet"),
    ("derive", "derive huolala_sz -r draft4"),
    ("overview", "derive ride_injury"),
    ("open-facts", "derive disputed_audit -r several_all --open-facts"),
    ("explain", "explain ride_both -r paper_abstract"),
    ("why-not", "why-not ride_injury joint_whole -r several_all"),
    ("flip", "flip ride_injury -r text_minimal"),
    ("flip", "flip disputed_audit -r several_all --to platform:joint_whole:passenger --facts"),
    ("settle", "settle charger_fire -r text_minimal"),
    ("space", "space ride_injury"),
    ("space", "space ride_injury --by money"),
    ("space", "space ride_injury bad_food"),
    ("compare", "compare ride_injury -r paper_body -r several_all"),
    ("compare", "compare ride_injury charger_fire -r paper_body -r several_all --money"),
    ("fit", "fit -r paper_body"),
    ("distinguish", "distinguish paper_body several_all"),
    ("stress", "stress paper_body -p who_knew"),
    ("reconcile", "reconcile -c carer_changsha -c huolala_sz -p ranking_of_forms"),
]


@pytest.mark.parametrize("kind,command", sweep(ASKED, *ASKED[:5]))
def test_an_answer_fits_its_schema_and_a_damaged_one_does_not(kind: str, command: str) -> None:
    given = CliRunner().invoke(main, ["schema", kind]).output
    Draft7Validator.check_schema(json.loads(given))
    validator = Draft7Validator(json.loads(given))
    answer = json.loads(CliRunner().invoke(main, [*command.split(), "--json"]).output)
    assert [error.message for error in validator.iter_errors(answer)] == []
    first = next(iter(answer))
    for damaged in ({**answer, "more": 1}, {**answer, first: 1}, {k: v for k, v in answer.items() if k != first}):
        assert not validator.is_valid(damaged)


def test_every_answer_with_a_schema_is_asked_for() -> None:
    assert {kind for kind, _ in ASKED} == set(ANSWERS)
