"""JSON Schemas of answers, from their dataclasses: what a program can count on that reads `--json`."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NotRequired, TypedDict

from pyliab.law.burden import Unproved
from pyliab.law.liability import Derived
from pyliab.law.proof import Explained
from pyliab.money.settlement import Compared as InMoney
from pyliab.money.settlement import Settlement
from pyliab.questions.compare import Compared
from pyliab.questions.disputed import OpenFacts
from pyliab.questions.distinguish import Distinction, Level
from pyliab.questions.fit import Fit
from pyliab.questions.flip import Flips
from pyliab.questions.overview import Overview
from pyliab.questions.reconcile import Reconciled
from pyliab.questions.stress import Verdict
from pyliab.questions.why_not import WhyNot
from pyliab.space.space import Explored
from pyliab.text.amounts import Exact, Portion, Span
from pyliab.text.schema import DRAFT, Schema, Schemas


class Spaces(TypedDict):
    """What `space` answers of several cases; `no_loss_stated` are cases left out where outcomes are told apart by money."""

    cases: list[Explored]
    no_loss_stated: NotRequired[list[str]]


class Compare(TypedDict):
    """What `compare` answers; with `--money` in money."""

    cases: list[Compared] | list[InMoney]


class Distinguish(TypedDict):
    """What `distinguish` answers: the smallest cases, and what was searched."""

    readings: list[str]
    by: Level
    cases: list[Distinction]
    searched: dict[str, int | list[str]]


class Principles(TypedDict):
    """A reading with what each principle comes to under it."""

    reading: str
    principles: list[Verdict]


class Stress(TypedDict):
    """What `stress` answers."""

    readings: list[Principles]
    searched: dict[str, int | str]


ANSWERS: Mapping[str, Any] = {
    "derive": Derived,
    "overview": Overview,
    "open-facts": OpenFacts,
    "explain": Explained,
    "why-not": WhyNot,
    "flip": Flips,
    "settle": Settlement,
    "space": Explored | Spaces,
    "compare": Compare,
    "fit": Fit,
    "distinguish": Distinguish,
    "stress": Stress,
    "reconcile": Reconciled,
}
"""What each command answers; `overview` is that of `derive` without a reading, `open-facts` that of `derive --open-facts`."""


def _amount(pattern: str) -> Schema:
    """A text, or the two between which it lies."""
    value: Schema = {"type": "string", "pattern": f"^{pattern}$"}
    ends: Schema = {"type": "object", "properties": {"from": value, "to": value}, "required": ["from", "to"]}
    return {"anyOf": [value, {**ends, "additionalProperties": False}]}


_YUAN = _amount(r"\d+\.\d\d")
_LEAVES: Mapping[object, Schema] = {
    Span: _YUAN,
    Exact: _YUAN,
    Portion: _amount(r"\d+(/\d+)?"),
    Fraction: {"type": "string", "pattern": r"^\d+(\.\d+|/\d+)?$"},
}


def schema_of(name: str) -> Schema:
    """The schema of an answer, by the name of its command."""
    schemas = Schemas(_LEAVES, written=True, names={"Unproved": Unproved})
    schema = schemas.of(ANSWERS[name])
    whole = schemas.definitions.pop(schema["$ref"].rpartition("/")[2]) if "$ref" in schema else schema
    return {
        "$schema": DRAFT,
        "title": f"pyliab {name} --json",
        **whole,
        "definitions": schemas.definitions,
    }
