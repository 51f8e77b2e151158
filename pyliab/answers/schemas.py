"""JSON Schemas of answers, from their dataclasses: what a program can count on that reads `--json`."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from pyliab.law.burden import Unproved
from pyliab.law.liability import Derived
from pyliab.law.proof import Explained
from pyliab.money.accounts import Settlement
from pyliab.questions.disputed import OpenFacts
from pyliab.questions.flip import Flips
from pyliab.questions.why_not import WhyNot
from pyliab.text.amounts import Exact, Portion, Span
from pyliab.text.schema import DRAFT, Schema, Schemas

ANSWERS = {
    "derive": Derived,
    "open-facts": OpenFacts,
    "explain": Explained,
    "why-not": WhyNot,
    "flip": Flips,
    "settle": Settlement,
}
"""What each command answers; `open-facts` is the answer of `derive --open-facts`."""


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
    return {
        "$schema": DRAFT,
        "title": f"pyliab {name} --json",
        **schemas.whole(ANSWERS[name]),
        "definitions": schemas.definitions,
    }
