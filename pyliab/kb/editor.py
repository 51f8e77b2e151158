"""JSON Schemas for editors, from the models of documents and the words, issues and sources of the knowledge base.

An editor reads YAML more literally than pyliab does: `100000` is a number to it. So where a text is asked for, a number
is taken too. What depends on more than one place of a file (is this party declared?) is left to `check`.
"""

from __future__ import annotations

from collections.abc import Mapping

from pyliab.kb import model
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import META, SAYS, Fact
from pyliab.kb.vocabulary import Argument, Predicate, fill
from pyliab.text.say import Text, same
from pyliab.text.say import words as bilingual
from pyliab.text.schema import DRAFT, Schema, Schemas, both, keys

_DATE = {"type": ["string", "number"], "pattern": r"^\d{4}(-\d{2}){0,2}(/\d{4}(-\d{2}){0,2})?$"}
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
    schemas = Schemas()
    if kind == "issue":
        part = schemas.whole(model.IssueAddition)
        whole = {"if": {"required": ["of"]}, "then": {"type": "object"}, "else": schemas.of(model.Issue)}
        part["properties"]["extends"] |= {"enum": list(base.issues)}
        made: Schema = {"if": {"required": ["extends"]}, "then": part, "else": whole}
    elif kind == "reading":
        made = schemas.whole(model.Reading)
        made["properties"]["positions"] |= _choices(base)
        schemas.of(model.Choice)
    else:
        made = schemas.whole(model.Case)
        made["properties"]["facts"] |= {"items": {"anyOf": [{"type": "string"}, _fact(base, schemas)]}}
        made["properties"]["expect"] |= _expectations(base)
    _name_what_exists(base, schemas.definitions, made)
    return {"$schema": DRAFT, "title": f"pyliab {kind}", **made, "definitions": schemas.definitions}


def _choices(base: KnowledgeBase) -> Schema:
    """The positions of a reading: each issue with the positions that can be taken."""
    properties = {}
    for name, issue in base.issues.items():
        taken = issue.choices()
        position = {
            "enum": list(taken),
            "enumDescriptions": [both(entry.title) for entry in taken.values()],
            "description": "\n\n".join(f"{name}: {_beside(entry.says)}" for name, entry in taken.items()),
        }
        properties[name] = {
            "allOf": [{"$ref": "#/definitions/Choice"}],
            "properties": {"position": position},
            "description": f"{both(issue.title)}\n\n{both(issue.question)}",
        }
    return {"properties": properties, "patternProperties": {}}


def _fact(base: KnowledgeBase, schemas: Schemas) -> Schema:
    """One fact: exactly one word of the vocabulary with its arguments, or a sentence; perhaps a status, note and exhibit."""
    words = base.vocabulary
    beside = {part.key: schemas.of(part.kind) for part in keys(Fact) if part.key in META}
    return {
        "type": "object",
        "properties": {SAYS: {"type": "string"}, **{name: _word(word) for name, word in words.items()}, **beside},
        "additionalProperties": False,
        "oneOf": [{"required": [name]} for name in (SAYS, *words)],
        "allOf": [_dated(name, dates) for name, word in words.items() if (dates := _dates(word))],
    }


def _dates(word: Predicate) -> list[str]:
    return [a.key for a in word.arguments[1:] if a.type == "date" and not a.optional]


def _dated(name: str, dates: list[str]) -> Schema:
    """A date may be left out where the fact is disproved: it was so at no time."""
    denied = {"properties": {"status": {"const": "disproved"}}, "required": ["status"]}
    return {
        "if": {"required": [name], "not": denied},
        "then": {"properties": {name: {"required": dates}}},
    }


def _word(word: Predicate) -> Schema:
    arguments = word.arguments[1:]
    sentence = both(bilingual({"zh": fill(word.zh, {}), "en": fill(word.en, {})}))
    return {
        "type": "object",
        "description": f"{sentence}\n\n[{word.source}]",
        "properties": {argument.key: _argument(word, argument) for argument in arguments},
        "required": [a.key for a in arguments if a.type != "date" and not a.optional],
        "additionalProperties": False,
    }


def _argument(word: Predicate, argument: Argument) -> Schema:
    if argument.words:
        labels = {name: word.values.get(name) or same(name) for name in argument.words}
        return {
            "enum": list(labels),
            "enumDescriptions": [both(label) for label in labels.values()],
            "description": "; ".join(f"{name}: {_beside(label)}" for name, label in labels.items()),
        }
    return {**_TYPES.get(argument.type or "", _ID), "description": argument.type or "id"}


def _beside(said: Text) -> str:
    return f"{said.of('zh')} / {said.of('en')}"


def _expectations(base: KnowledgeBase) -> Schema:
    """What a case expects under a reading: debtor, form, and whether it is only possible."""
    forms = "|".join(base.labels.get("form", {}))
    row = {"type": "string", "pattern": rf"^[a-z][a-z0-9_]*\s+({forms})(\s+(certain|possible))?$"}
    return {"properties": {name: {"type": "array", "items": row} for name in base.readings}, "patternProperties": {}}


def _name_what_exists(base: KnowledgeBase, parts: Mapping[str, Schema], document: Schema) -> None:
    """Sources, provisions and forms are named from the knowledge base, so that an editor can offer them."""
    if "Cited" in parts:
        parts["Cited"]["properties"]["source"] = {"enum": list(base.sources)}
    for part in (document, document.get("then", {}), document.get("else", {}), *parts.values()):
        provisions = part.get("properties", {}).get("provisions")
        if provisions:
            provisions["items"] = {"enum": list(base.provisions)}
    if "Held" in parts:
        forms = list(base.labels.get("form", {}))
        parts["Held"]["properties"]["form"] = {"enum": forms}
        parts["Held"]["properties"]["perhaps"] = {"type": "array", "items": {"enum": forms}}
