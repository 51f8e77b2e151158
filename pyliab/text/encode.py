"""Typed values as plain JSON data, back again, and the JSON Schema of their types. Dataclasses only; no library needed.

A field named as a word of Python has an underscore behind it (`with_`), which its key in JSON has not.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from functools import cache
from inspect import get_annotations
from pathlib import Path
from typing import Annotated, Any, ClassVar, Union, get_args, get_origin

from pyliab.text.amounts import exact
from pyliab.text.say import Text, words

Maker = Callable[[Any], Any]


UNSAID: Mapping[str, Any] = {"json": False}
"""Metadata of a field that people are told of by other means, and JSON not at all."""
BY_ID: Mapping[str, Any] = {"by_id": True}
"""Metadata of a field of which JSON has the `id` alone."""
INLINE: Mapping[str, Any] = {"inline": True}
"""Metadata of a field whose keys stand in JSON among those of what holds it; None has none."""
MAY_LACK: Mapping[str, Any] = {"needed": False}
"""Metadata of a field that JSON has only where it was asked for."""


class Answer:
    """What is answered to a question: a frozen dataclass, complete when it is made; nothing has to be asked any more.

    `as_html` writes one for a notebook; `pyliab.api` sets it, for what stands below the writers knows none. Where an answer
    is `brief`, its JSON leaves out what is empty.
    """

    brief: ClassVar[bool] = False
    as_html: ClassVar[Callable[[Answer], str | None] | None] = None

    def to_json(self) -> Any:
        """Plain data."""
        return fields_json(self, brief=self.brief)

    def _repr_html_(self) -> str | None:
        """The answer as a notebook shows it; None where nobody can write it."""
        return Answer.as_html(self) if Answer.as_html else None


def key_of(field: str) -> str:
    """The key in JSON and YAML of a field: `for_` is `for`."""
    return field.rstrip("_")


def to_json(value: Any) -> Any:
    """Plain data: a dataclass is an object, a text both its languages, money its yuan; what writes itself (`to_json`) does; what has no shape is its `str`."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Text):
        return {lang: value.of(lang) for lang in ("zh", "en")}
    if hasattr(value, "to_json"):
        return value.to_json()
    if is_dataclass(value):
        return fields_json(value)
    if hasattr(value, "_asdict"):
        return to_json(value._asdict())
    if isinstance(value, Mapping):
        return {str(key): to_json(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [to_json(entry) for entry in (sorted(value, key=str) if isinstance(value, set | frozenset) else value)]
    return exact(value) if isinstance(value, Fraction) else str(value)


def fields_json(value: Any, *, brief: bool = False) -> dict[str, Any]:
    """A dataclass as plain data, without its `UNSAID` fields; `brief` leaves out what is empty."""
    written: dict[str, Any] = {}
    for field in fields(value):
        entry = getattr(value, field.name)
        if field.metadata.get("inline"):
            written |= to_json(entry) or {}
        elif field.metadata.get("json", True) and (entry or not brief):
            written[key_of(field.name)] = entry.id if field.metadata.get("by_id") else to_json(entry)
    return written


def from_json(kind: Any, data: Any) -> Any:
    """What `to_json` made of a value of this type. Types hold dataclasses, texts, paths, lists, tuples and mappings."""
    make = maker(kind)
    return make(data) if make else data


@cache
def maker(kind: Any) -> Maker | None:
    """How a value of a type is made from plain data; None where it is plain itself."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return maker(parts[0])
    if kind is Text:
        return words
    if kind is Path:
        return Path
    if origin in (Union, types.UnionType):
        return _unless_none(next((make for part in parts if (make := maker(part))), None))
    if origin in (list, tuple, dict):
        return _many(origin, maker(parts[1 if origin is dict else 0]))
    return _object(kind) if is_dataclass(kind) else None


def _unless_none(make: Maker | None) -> Maker | None:
    return make and (lambda data: None if data is None else make(data))


def _many(origin: type, make: Maker | None) -> Maker | None:
    if origin is tuple:
        return (lambda data: tuple(map(make, data))) if make else tuple
    if origin is list:
        return make and (lambda data: [make(entry) for entry in data])
    return make and (lambda data: {key: make(entry) for key, entry in data.items()})


def _object(kind: Any) -> Maker:
    @cache
    def makers() -> list[tuple[str, str, Maker | None]]:
        hints = {
            name: hint for part in reversed(kind.__mro__) for name, hint in get_annotations(part, eval_str=True).items()
        }
        return [(field.name, key_of(field.name), maker(hints[field.name])) for field in fields(kind) if field.init]

    def make(data: Mapping[str, Any]) -> Any:
        return kind(**{name: make(data[key]) if make else data[key] for name, key, make in makers()})

    return make
