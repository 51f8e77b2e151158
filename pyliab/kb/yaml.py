"""YAML with places: every scalar stays text, every key and value knows its line and column.

Only plain YAML is taken: no tags, no anchors, no duplicate keys. So a file from a stranger is data and nothing else.
"""

from __future__ import annotations

import re
from dataclasses import field
from pathlib import Path
from typing import Any

from pyliab.text.later import dataclass
from pyliab.text.problem import NO_CONTROL, NOT_UTF8, UNSEEN, InputError, Problem, full_width, nearest, not_readable
from pyliab.text.say import Text, quoted, say

MAX_BYTES = 500_000
MAX_DEPTH = 20
_PLAIN = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq")}

_WIDE = r"(?:^\s*(?:- )?|[{,]\s*)[a-z]\w*：|，(?=\s*[a-z]\w*\s*[:：])"
"""A full-width colon behind a key, or a full-width comma before one; such signs in a text are no fault."""

_YAML = {
    "mapping values are not allowed here": say("mapping values are not allowed here"),
    "could not find expected ':'": say("could not find expected ':'"),
    "found unexpected end of stream": say("found unexpected end of stream"),
    "found character '\\t'": say("found a tab; indent with spaces"),
    "found character": say("a text cannot begin with this sign; put it between quotation marks"),
    "expected ',' or '}'": say("expected ',' or '}}'"),
    "expected ',' or ']'": say("expected ',' or ']'"),
}
"""What the reader of YAML says, by how it begins, as far as the catalogues know it."""

Keys = tuple[str | int, ...]


@dataclass
class YamlFile:
    """A parsed file: `data` (mappings, lists and text) and `places`, from a path of keys to (line, column)."""

    file: str
    data: Any
    places: dict[Keys, tuple[int, int]] = field(default_factory=dict)

    def problem(self, keys: Keys, message: Text | str, see: str = "") -> Problem:
        """A problem at the nearest known place above `keys`."""
        while keys and keys not in self.places:
            keys = keys[:-1]
        line, column = self.places.get(keys, (1, 1))
        return Problem(self.file, line, column, message, see)


def read_yaml(path: Path) -> YamlFile:
    """Read one file. Raises InputError for unreadable files, syntax errors, tags, anchors and duplicate keys."""
    return _built(path, _composed(path))


def read_parts(path: Path) -> list[YamlFile]:
    """A file that is about several things lists under `of` what is said of each alone, and beside it what is said of all:
    each of them whole. Any other file is the one thing that it is about. Raises InputError as `read_yaml` does.
    """
    whole, node = read_yaml(path), _composed(path)
    if not isinstance(whole.data, dict) or not isinstance(whole.data.get("of"), list):
        return [whole]
    parts = next(value for key, value in node.value if key.value == "of")
    node.value = [(key, value) for key, value in node.value if value is not parts]
    return [_built(path, _over(node, part)) for part in parts.value]


def _over(shared: Any, own: Any) -> Any:
    """Mappings are joined key by key, lists one after the other; else what is said of one alone counts."""
    from yaml.nodes import MappingNode, SequenceNode

    if isinstance(shared, MappingNode) and isinstance(own, MappingNode):
        entries = {key.value: (key, value) for key, value in shared.value}
        for key, value in own.value:
            entries[key.value] = (key, _over(entries[key.value][1], value) if key.value in entries else value)
        return MappingNode(own.tag, list(entries.values()), own.start_mark, own.end_mark)
    if isinstance(shared, SequenceNode) and isinstance(own, SequenceNode):
        return SequenceNode(own.tag, shared.value + own.value, own.start_mark, own.end_mark)
    return own


def _composed(path: Path) -> Any:
    """The tree of nodes: read in C, and where that stumbles in Python, which says better what is wrong."""
    import yaml

    text = _read_text(path)
    try:
        try:
            node = _in_c(path, text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        except yaml.YAMLError:
            node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        raise InputError([_syntax_problem(path, text, error)]) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        message = say("not readable as YAML: {error}", error=error)
        raise InputError([Problem(str(path), 1, 0, message)]) from None
    if node is None:
        raise InputError([Problem(str(path), 1, 1, say("the file is empty"))])
    return node


def _in_c(path: Path, text: str, loader: Any) -> Any:
    import yaml

    for event in yaml.parse(text, Loader=loader) if "&" in text or "*" in text else ():
        if getattr(event, "anchor", None):  # of an alias too
            at = event.start_mark.line + 1, event.start_mark.column + 1
            raise InputError(
                [Problem(str(path), *at, say("anchors and aliases (& and *) are not taken; write it out"))]
            )
    return yaml.compose(text, Loader=loader)


def _built(path: Path, node: Any) -> YamlFile:
    result = YamlFile(str(path), None)
    result.data = _build(node, (), result)
    return result


def _syntax_problem(path: Path, text: str, error: Any) -> Problem:
    """Where YAML stumbles; a full-width sign just before is the likely cause, and is then the place named."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    first = error.context_mark.line if error.context_mark else line - 1
    rows = text.splitlines()
    for number, row in enumerate(rows[first:line], first + 1):
        if wide := re.search(_WIDE, row):
            return Problem(str(path), number, wide.end(), full_width(row[wide.end() - 1]))
    for number in range(first, 0, -1):  # a key without its colon makes YAML stumble lines later
        if wide := re.match(r"\s*(?:- )?[a-z]\w*(?=：)", rows[number - 1]):
            return Problem(str(path), number, wide.end() + 1, full_width("："))
    for number, row in enumerate(rows[max(0, line - 2) : line], max(0, line - 2) + 1):
        if dash := re.match(r"\s*-(?=[^\W\d])", row):
            return Problem(str(path), number, dash.end(), say("a space is wanted after -"))
    english = str(error.problem or error.context)
    fault = next((known for begin, known in _YAML.items() if english.startswith(begin)), None)
    return Problem(str(path), line, column, fault or say("no YAML: {fault}", fault=english))


def _read_text(path: Path) -> str:
    try:
        if path.exists() and not path.is_file():
            raise InputError([Problem(str(path), 0, 0, say("is no file"))])
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        why, near = not_readable(error), _neighbour(path)
        raise InputError([Problem(str(path), 0, 0, say("{why}{near}", why=why, near=near))]) from None
    if len(raw) > MAX_BYTES:
        message = say("larger than {max_bytes} bytes", max_bytes=MAX_BYTES)
        raise InputError([Problem(str(path), 0, 0, message)])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError([Problem(str(path), line, 0, NOT_UTF8)]) from None


def _neighbour(path: Path) -> Text:
    """A hint at a file beside it whose name is near."""
    try:
        beside = [] if path.exists() else [file.name for file in path.parent.iterdir()]
    except OSError:
        beside = []
    return nearest(path.name, beside)


def _build(node: Any, keys: Keys, out: YamlFile) -> Any:
    from yaml.nodes import MappingNode, ScalarNode, SequenceNode

    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    out.places.setdefault(keys, (line, column))
    fault = _fault(node, keys)
    if fault:
        raise InputError([Problem(out.file, line, column, fault)])
    if isinstance(node, ScalarNode):
        return None if str(node.tag).endswith(":null") else str(node.value).strip()
    if isinstance(node, SequenceNode):
        return [_build(child, (*keys, i), out) for i, child in enumerate(node.value)]
    assert isinstance(node, MappingNode)
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        at = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        if not isinstance(key_node, ScalarNode):
            raise InputError([Problem(out.file, *at, say("a key must be a single word"))])
        if fault := _fault(key_node, keys):
            raise InputError([Problem(out.file, *at, fault)])
        if key in result:
            first = out.places[(*keys, key)][0]
            message = say("{key} stands twice (first on line {first})", key=quoted(key), first=first)
            raise InputError([Problem(out.file, *at, message)])
        out.places[(*keys, key)] = at
        result[key] = _build(value_node, (*keys, key), out)
    return result


def _fault(node: Any, keys: Keys) -> Text | None:
    """What may not stand in a file, though YAML knows it."""
    from yaml.nodes import ScalarNode

    if str(node.tag) not in _PLAIN:
        return say("the tag {tag} is not taken; plain text only", tag=node.tag)
    if len(keys) > MAX_DEPTH:
        return say("nested too deeply")
    if isinstance(node, ScalarNode) and re.search(UNSEEN, str(node.value)):
        return NO_CONTROL
    return None
