"""One JSON encoder for all answers: a frozen dataclass becomes an object with its fields as keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Any

from pyliab.text.amounts import exact
from pyliab.text.say import Text


def to_json(answer: Any) -> Any:
    """Plain data. A field `with_` is the key "with"; an amount is text with two decimals, or a fraction where they do not suffice; a text is {"zh", "en"}."""
    if hasattr(answer, "to_json"):
        return answer.to_json()
    if isinstance(answer, Text):
        return {"zh": answer.of("zh"), "en": answer.of("en")}
    if isinstance(answer, Fraction):
        return exact(answer)
    if is_dataclass(answer) and not isinstance(answer, type):
        return {field.name.rstrip("_"): to_json(getattr(answer, field.name)) for field in fields(answer)}
    if isinstance(answer, Mapping):
        return {str(key): to_json(value) for key, value in answer.items()}
    if isinstance(answer, (list, tuple)):
        return [to_json(value) for value in answer]
    return answer if answer is None or isinstance(answer, (bool, int, str)) else str(answer)
