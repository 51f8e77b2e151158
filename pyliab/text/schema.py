"""The JSON Schema of what `encode` makes of a type: dataclasses, texts, lists, mappings, literals."""

from __future__ import annotations

import types
from collections.abc import Collection, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from inspect import cleandoc, get_annotations
from typing import (
    Annotated,
    Any,
    Literal,
    NamedTuple,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from pyliab.text.encode import key_of
from pyliab.text.say import Text

Schema = dict[str, Any]
DRAFT = "http://json-schema.org/draft-07/schema#"
BOTH: Schema = {
    "type": "object",
    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
    "required": ["zh", "en"],
    "additionalProperties": False,
}
_LEAVES: Mapping[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    object: {},
    Any: {},
    type(None): {"type": "null"},
    Text: BOTH,
}


class Schemas:
    """Makes schemas; dataclasses stand once, in `definitions`. `leaves` says how single values are written otherwise.

    Of what is read, a key with a default may be left out; of what is `written` (`encode.to_json`), no key but where the
    class is brief, or the key is marked. `names` are types that annotations name and their modules do not import.
    """

    def __init__(
        self,
        leaves: Mapping[Any, Schema] | None = None,
        *,
        written: bool = False,
        names: Mapping[str, Any] | None = None,
    ) -> None:
        self.leaves = {**_LEAVES, **(leaves or {})}
        self.written, self.names = written, names
        self.definitions: dict[str, Schema] = {}

    def whole(self, kind: Any) -> Schema:
        """The schema of a dataclass, named tuple or typed dictionary as a document of its own, without its definitions."""
        parts = list(keys(kind, self.names))
        always = self.written and not getattr(kind, "brief", False)
        required = [part.key for part in parts if part.needed or (always and part.always)]
        properties = {part.key: self.of(part.kind) for part in parts}
        return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}

    def of(self, kind: Any) -> Schema:
        """The schema of a type. What is no type of JSON is written as text."""
        origin, parts = get_origin(kind), get_args(kind)
        if origin is Annotated:
            return self._annotated(parts[0], parts[1:])
        if origin is Literal:
            return {"enum": list(parts)}
        if origin in (Union, types.UnionType):
            return {"anyOf": [self.of(part) for part in parts]}
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return self._mapping(*parts)
        if isinstance(origin, type) and issubclass(origin, Collection):
            return {"type": "array", "items": self.of(parts[0])}
        if written := self._written_as(kind):
            return self.of(written)
        has_keys = is_dataclass(kind) or is_typeddict(kind) or hasattr(kind, "_fields")
        return self._reference(kind) if has_keys and kind not in self.leaves else self._leaf(kind)

    def _written_as(self, kind: Any) -> Any:
        """What a class writes that writes itself, where it says so: a dictionary with these keys."""
        writes = vars(kind).get("to_json") if self.written and isinstance(kind, type) else None
        written = get_annotations(writes, eval_str=True).get("return") if writes else None
        return written if is_typeddict(written) else None

    def _leaf(self, kind: Any) -> Schema:
        return dict(self.leaves.get(kind, {"type": "string"}))

    def _reference(self, kind: Any) -> Schema:
        if kind.__name__ not in self.definitions:
            self.definitions[kind.__name__] = {}  # it may hold itself
            said = {"description": cleandoc(kind.__doc__).partition("\n\n")[0]} if kind.__doc__ else {}
            self.definitions[kind.__name__] = {**self.whole(kind), **said}
        return {"$ref": f"#/definitions/{kind.__name__}"}

    def _mapping(self, key: Any, value: Any) -> Schema:
        pattern, entry = self.of(key).get("pattern"), self.of(value)
        if not pattern:
            return {"type": "object", "additionalProperties": entry}
        return {"type": "object", "patternProperties": {pattern: entry}, "additionalProperties": False}

    def _annotated(self, kind: Any, notes: tuple[Any, ...]) -> Schema:
        """The schema with what stands beside the type: a pattern, a wider schema, or a Text that says what it means."""
        schema = self.of(kind)
        for note in notes:
            schema = note.widened(schema) if hasattr(note, "widened") else schema
        return next((described(schema, note) for note in notes if isinstance(note, Text)), schema)


def described(schema: Schema, meaning: Text) -> Schema:
    """The schema with its meaning in both languages; a reference is wrapped, for beside it a description would not count."""
    inner = {"allOf": [schema]} if "$ref" in schema else schema
    return {**inner, "description": both(meaning)}


def both(meaning: Text) -> str:
    """A text in both languages, once where they are alike."""
    return "\n\n".join(dict.fromkeys(meaning.of(lang) for lang in ("zh", "en")))


def meaning(kind: Any, key: str) -> Text | None:
    """What a key of a dataclass means, where a Text beside its type says so."""
    hints = {part.key: part.kind for part in keys(kind)}
    return next((note for note in get_args(hints.get(key)) if isinstance(note, Text)), None)


class Key(NamedTuple):
    """A key of a dataclass and the type of its value; `needed` where it has no default, `always` unless it is marked."""

    key: str
    kind: Any
    needed: bool
    always: bool = True


def keys(kind: Any, names: Mapping[str, Any] | None = None) -> Iterator[Key]:
    """Each key of a dataclass, a named tuple or a typed dictionary that JSON has."""
    if is_typeddict(kind):
        for name, hint in get_type_hints(kind, include_extras=True).items():
            may_lack = get_origin(hint) is NotRequired
            yield Key(name, get_args(hint)[0] if may_lack else hint, not may_lack, not may_lack)
        return
    hints = {
        name: hint
        for part in reversed(kind.__mro__)
        for name, hint in get_annotations(part, locals=names, eval_str=True).items()
    }
    if not is_dataclass(kind):
        yield from (Key(key_of(name), hints[name], needed=True) for name in kind._fields)
        return
    for field in fields(kind):
        if field.metadata.get("inline"):
            there, *absent = get_args(hints[field.name]) or (hints[field.name],)
            for key in keys(there, names):
                yield key._replace(needed=key.needed and not absent, always=key.always and not absent)
        elif field.metadata.get("json", True):
            always = field.metadata.get("needed", True)
            needed = always and field.default is MISSING and field.default_factory is MISSING
            kind_of = str if field.metadata.get("by_id") else hints[field.name]
            yield Key(key_of(field.name), kind_of, needed, always)
