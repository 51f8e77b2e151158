"""YAML with places: every scalar stays text, every key and value knows its line and column.

Only plain YAML is taken: no tags, no anchors, no duplicate keys. So a file from a stranger is data and nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyliab.errors import InputError, Problem, nearest

if TYPE_CHECKING:
    from pydantic import BaseModel

MAX_BYTES = 500_000
MAX_DEPTH = 20
_PLAIN = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq")}

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

_WANTED = {
    "string_type": "text",
    "list_type": "a list: [.., ..], or lines that begin with `- `",
    "dict_type": "`key: value` lines",
    "model_type": "`key: value` lines",
}

Keys = tuple[str | int, ...]


@dataclass
class YamlFile:
    """A parsed file: `data` (mappings, lists and text) and `places`, from a path of keys to (line, column)."""

    file: str
    data: Any
    places: dict[Keys, tuple[int, int]] = field(default_factory=dict)

    def problem(self, keys: Keys, message: str, see: str = "") -> Problem:
        """A problem at the nearest known place above `keys`."""
        while keys and keys not in self.places:
            keys = keys[:-1]
        line, column = self.places.get(keys, (1, 1))
        return Problem(self.file, line, column, message, see)


def read_yaml(path: Path) -> YamlFile:
    """Read one file. Raises InputError for unreadable files, syntax errors, tags, anchors and duplicate keys."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    text = _read_text(path)
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        raise InputError([_syntax_problem(path, text, error)]) from None
    except (YAMLError, RecursionError, ValueError) as error:
        raise InputError([Problem(str(path), 1, 0, f"not readable as YAML: {error}")]) from None
    if node is None:
        raise InputError([Problem(str(path), 1, 1, "the file is empty")])
    result = YamlFile(str(path), None)
    result.data = _build(node, (), result, set())
    return result


def _syntax_problem(path: Path, text: str, error: Any) -> Problem:
    """Where YAML stumbles; a full-width sign just before is the likely cause, and is then the place named."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    first = error.context_mark.line if error.context_mark else line - 1
    for number, row in enumerate(text.splitlines()[first:line], first + 1):
        wide = re.search("[：，]", row.partition("#")[0])
        if wide and (not re.search(r": |:$", row) or re.search(r"\{[^}]*，", row)):
            message = f"a full-width {wide[0]} stands here; YAML wants the ASCII sign followed by a space"
            return Problem(str(path), number, wide.start() + 1, message)
    return Problem(str(path), line, column, str(error.problem or error.context))


def _read_text(path: Path) -> str:
    try:
        if path.exists() and not path.is_file():
            raise InputError([Problem(str(path), 0, 0, "is no file")])
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError([Problem(str(path), 0, 0, f"cannot be read: {error.strerror}")]) from None
    if len(raw) > MAX_BYTES:
        raise InputError([Problem(str(path), 0, 0, f"larger than {MAX_BYTES} bytes")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError([Problem(str(path), line, 0, "not UTF-8; save the file as UTF-8")]) from None


def _build(node: Any, keys: Keys, out: YamlFile, seen: set[int]) -> Any:
    from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    out.places.setdefault(keys, (line, column))
    if id(node) in seen or node.anchor:
        raise InputError([Problem(out.file, line, column, "anchors and aliases (& and *) are not taken; write it out")])
    seen.add(id(node))
    if str(node.tag) not in _PLAIN:
        raise InputError([Problem(out.file, line, column, f"the tag {node.tag} is not taken; plain text only")])
    if len(keys) > MAX_DEPTH:
        raise InputError([Problem(out.file, line, column, "nested too deeply")])
    if isinstance(node, ScalarNode):
        if _UNSEEN.search(str(node.value)):
            raise InputError([Problem(out.file, line, column, "a control or direction character stands in this text")])
        return None if str(node.tag).endswith(":null") else str(node.value).strip()
    if isinstance(node, SequenceNode):
        return [_build(child, (*keys, i), out, seen) for i, child in enumerate(node.value)]
    assert isinstance(node, MappingNode)
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        at = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        if not isinstance(key_node, ScalarNode):
            raise InputError([Problem(out.file, *at, "a key must be a single word")])
        if key in result:
            first = out.places[(*keys, key)][0]
            raise InputError([Problem(out.file, *at, f"{key!r} stands twice (first on line {first})")])
        out.places[(*keys, key)] = at
        result[key] = _build(value_node, (*keys, key), out, seen)
    return result


def validate(model: type[BaseModel], source: YamlFile) -> dict[str, Any]:
    """Check a file against its schema; returns plain data. Raises InputError with all problems at once."""
    from pydantic import ValidationError

    try:
        return model.model_validate(source.data).model_dump(by_alias=True)
    except ValidationError as error:
        problems = [source.problem(_keys(e["loc"]), _explain(e, model)) for e in error.errors()]
        raise InputError(problems) from None


def _keys(loc: tuple[str | int, ...]) -> Keys:
    return tuple(part for part in loc if part != "[key]")


def _explain(error: Any, model: type[BaseModel]) -> str:
    path = ".".join(str(part) for part in error["loc"] if part != "[key]")
    if error["type"] == "extra_forbidden":
        key = str(error["loc"][-1])
        return f"{path}: unknown key{nearest(key, _field_names(model) - {key})}"
    if error["type"] == "missing":
        return f"{path}: missing"
    if error["type"] == "string_pattern_mismatch":
        return f"{path}: {error['input']!r} does not have the form {error['ctx']['pattern']}"
    message = str(error["msg"]).removeprefix("Value error, ")
    if error["type"] in _WANTED:
        bilingual = error.get("ctx", {}).get("class_name") == "Bilingual"
        wanted = "one text, or {zh: .., en: ..}" if bilingual else _WANTED[error["type"]]
        message = f"{'nothing stands here' if error['input'] is None else 'not of the right kind'}; wanted is {wanted}"
    return f"{path}: {message}" if path else message


def _field_names(model: type[BaseModel]) -> set[str]:
    from pyliab import schema

    names: set[str] = set()
    for value in vars(schema).values():
        if isinstance(value, type) and issubclass(value, schema.Document):
            names |= {info.alias or name for name, info in value.model_fields.items()}
    return names | set(model.model_fields)
