"""JSON Schemas for editors, from the models of documents and the words, issues and sources of the knowledge base.

An editor reads YAML more literally than pyliab does: `100000` is a number to it. So where a text is asked for, a number
is taken too. What depends on more than one place of a file (is this party declared?) is left to `check`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pyliab.kb import model as schema
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import STATUSES
from pyliab.kb.keys import meaning
from pyliab.kb.vocabulary import Argument, Predicate, fill

Schema = dict[str, Any]
DRAFT = "http://json-schema.org/draft-07/schema#"
_DATE = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_TYPES: Mapping[str, Schema] = {
    "date": _DATE,
    "yuan": {"type": ["string", "number"], "pattern": r"^\d{1,15}(\.\d{1,2})?$", "minimum": 0},
    "share": {
        "type": ["string", "number"],
        "pattern": r"^[0-9][0-9./%]*(\s*-\s*[0-9][0-9./%]*)?$",
        "minimum": 0,
        "maximum": 1,
    },
}
_ID = {"type": "string", "pattern": r"^[a-z][a-z0-9_]*$"}


def schema_for(base: KnowledgeBase, kind: str) -> Schema:
    """The schema of a case, a reading or an issue (an addition to one included)."""
    if kind == "issue":
        whole, part = _model(schema.Issue), _model(schema.IssueAddition)
        part["properties"]["extends"] = _described({"enum": list(base.issues)}, "IssueAddition", "extends")
        found: Schema = {
            "$defs": {**whole.pop("$defs"), **part.pop("$defs")},
            "if": {"required": ["extends"]},
            "then": part,
            "else": whole,
        }
    elif kind == "reading":
        found = _model(schema.Reading)
        found["properties"]["positions"] = _choices(base)
    else:
        found = _model(schema.Case)
        found["properties"]["facts"] = _described({"type": "array", "items": _fact(base)}, "Case", "facts")
        found["properties"]["expect"] = _expectations(base)
    _name_what_exists(base, found.get("$defs", {}), found)
    return {"$schema": DRAFT, "title": f"pyliab {kind}", **found}


def _both(zh: str, en: str) -> str:
    return zh if zh == en else f"{zh}\n\n{en}"


def _described(node: Schema, model: str, key: str) -> Schema:
    """The node with its meaning; a reference is wrapped, for beside it a description would not count."""
    found = meaning(model, key)
    if not found:
        return node
    inner = {"allOf": [node]} if "$ref" in node else node
    return {**inner, "description": _both(*found)}


def _model(model: type[schema.Document]) -> Schema:
    """What pydantic says of a model, loosened to what pyliab takes, with the meaning of each key."""
    found: Schema = model.model_json_schema(by_alias=True)
    for part in (found, *found.get("$defs", {}).values()):
        name = part.get("title", "")
        part["properties"] = {key: _described(_plain(node), name, key) for key, node in part["properties"].items()}
    found.setdefault("$defs", {})
    if "Bilingual" in found["$defs"]:
        both = found["$defs"]["Bilingual"]
        found["$defs"]["Bilingual"] = {"anyOf": [_plain({"type": "string", "minLength": 1}), both]}
    found.pop("title", None)
    return found


def _plain(node: Any) -> Any:
    """A free text may look like a number; a map of ids has no other keys; titles made up from keys say nothing."""
    if isinstance(node, list):
        return [_plain(one) for one in node]
    if not isinstance(node, dict):
        return node
    found = {key: _plain(value) for key, value in node.items() if key not in ("title", "default")}
    if found.get("type") == "string" and "pattern" not in found and "enum" not in found:
        found["type"] = ["string", "number"]
    if "patternProperties" in found:
        found["additionalProperties"] = False
        found["type"] = ["object", "null"] if node.get("default") == {} else "object"
    return found


def _choices(base: KnowledgeBase) -> Schema:
    """The positions of a reading: each issue with the positions that can be taken."""
    properties = {}
    for name, issue in base.issues.items():
        taken = {p: entry for p, entry in issue["positions"].items() if not entry["not_encoded"]}
        position = {
            "enum": list(taken),
            "enumDescriptions": [_both(entry["title"]["zh"], entry["title"]["en"]) for entry in taken.values()],
            "description": "\n\n".join(f"{p}: {e['says']['zh']} / {e['says']['en']}" for p, e in taken.items()),
        }
        properties[name] = {
            "allOf": [{"$ref": "#/$defs/Choice"}],
            "properties": {"position": position},
            "description": "\n\n".join(_both(issue[key]["zh"], issue[key]["en"]) for key in ("title", "question")),
        }
    node = {"type": ["object", "null"], "properties": properties, "additionalProperties": False}
    return _described(node, "Reading", "positions")


def _fact(base: KnowledgeBase) -> Schema:
    """One fact: exactly one word of the vocabulary, with its arguments, and perhaps a status, note and exhibit."""
    words = base.vocabulary
    status = {"enum": list(STATUSES)}
    note = {"anyOf": [{"type": ["string", "number"]}, {"$ref": "#/$defs/Bilingual"}]}
    return {
        "type": "object",
        "properties": {
            **{name: _word(word) for name, word in words.items()},
            "status": _described(status, "Fact", "status"),
            "note": _described(note, "Fact", "note"),
            "exhibit": _described({"type": ["string", "number"]}, "Fact", "exhibit"),
        },
        "additionalProperties": False,
        "oneOf": [{"required": [name]} for name in words],
        "allOf": [_dated(name, dates) for name, word in words.items() if (dates := _dates(word))],
    }


def _dates(word: Predicate) -> list[str]:
    return [a.key for a in word.arguments[1:] if a.type == "date"]


def _dated(name: str, dates: list[str]) -> Schema:
    """A date may be left out where the fact is disproved: it was so at no time."""
    denied = {"properties": {"status": {"const": "disproved"}}, "required": ["status"]}
    return {
        "if": {"required": [name], "not": denied},
        "then": {"properties": {name: {"required": dates}}},
    }


def _word(word: Predicate) -> Schema:
    arguments = word.arguments[1:]
    return {
        "type": "object",
        "description": _both(fill(word.zh, {}), fill(word.en, {})) + f"\n\n[{word.source}]",
        "properties": {argument.key: _argument(word, argument) for argument in arguments},
        "required": [a.key for a in arguments if a.type != "date" and not a.optional],
        "additionalProperties": False,
    }


def _argument(word: Predicate, argument: Argument) -> Schema:
    if argument.words:
        labels = [word.values.get(one, {"zh": one, "en": one}) for one in argument.words]
        said = [_both(label["zh"], label["en"]) for label in labels]
        return {"enum": list(argument.words), "enumDescriptions": said, "description": _listed(argument.words, labels)}
    return {**_TYPES.get(argument.type or "", _ID), "description": argument.type or "id"}


def _listed(words: Iterable[str], labels: Iterable[Mapping[str, str]]) -> str:
    return "; ".join(f"{word}: {label['zh']} / {label['en']}" for word, label in zip(words, labels, strict=True))


def _expectations(base: KnowledgeBase) -> Schema:
    """What a case expects under a reading: debtor, form, and whether it is only possible."""
    forms = "|".join(base.labels.get("form", {}))
    row = {"type": "string", "pattern": rf"^[a-z][a-z0-9_]*\s+({forms})(\s+(certain|possible))?$"}
    rows = {name: {"type": "array", "items": row} for name in base.readings}
    node = {"type": "object", "properties": rows, "additionalProperties": False}
    return _described(node, "Case", "expect")


def _name_what_exists(base: KnowledgeBase, parts: Mapping[str, Schema], found: Schema) -> None:
    """Sources, provisions and forms are named from the knowledge base, so that an editor can offer them."""
    if "Cited" in parts:
        parts["Cited"]["properties"]["source"] = {"enum": list(base.sources)}
    for part in (found, found.get("then", {}), found.get("else", {}), *parts.values()):
        provisions = part.get("properties", {}).get("provisions")
        if provisions:
            provisions["items"] = {"enum": list(base.provisions)}
    if "Held" in parts:
        forms = list(base.labels.get("form", {}))
        parts["Held"]["properties"]["form"] = {"enum": forms}
        parts["Held"]["properties"]["perhaps"] = {"type": "array", "items": {"enum": forms}}
