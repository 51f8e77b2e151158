"""Has a document the shape that its kind asks for? And if not, what is wrong with it, said as people would."""

from __future__ import annotations

import re
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from pyliab.kb import model as models
from pyliab.kb.model import Document
from pyliab.kb.yaml import Keys, YamlFile
from pyliab.text.encode import key_of
from pyliab.text.problem import InputError, Problem, full_width, kind_name, nearest, of_error, under
from pyliab.text.say import Text, listed, quoted, say

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T", bound=Document)
_WANTED = {
    "string_type": say("text"),
    "tuple_type": say("a list: [.., ..], or lines that begin with `- `"),
    "dict_type": say("`key: value` lines"),
    "dataclass_type": say("`key: value` lines"),
}
_HEADS = {"Case": "case", "Reading": "reading", "Issue": "issue", "IssueAddition": "extends", "Statute": "statute"}
"""By kind the key with which a document of it begins."""
_FOLDERS = {"case": "cases", "reading": "readings", "issue": "issues", "extends": "issues", "statute": "statutes"}


def validate(model: type[T], source: YamlFile) -> T:
    """Read a file as a document of this kind. Raises InputError with all problems at once."""
    from pydantic import ValidationError

    try:
        document: T = _reader(model.__name__).validate_python(source.data)
        return document
    except ValidationError as error:
        problems = [source.problem(_keys(e["loc"]), _explain(e, model)) for e in error.errors()]
        if other := _other_kind(model, source):
            problems = [other]
        raise InputError(problems) from None


@cache
def _reader(kind: str) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(getattr(models, kind))


def _other_kind(model: type[Document], source: YamlFile) -> Problem | None:
    """A document of another kind in its place: to name each of its keys as unknown would help nobody."""
    wanted, data = _HEADS.get(model.__name__), source.data
    if wanted is None or not isinstance(data, dict) or wanted in data:
        return None
    present = next((head for head in _FOLDERS if head in data), None)
    if present is None:
        return None
    heads = {"extends": "position"}
    message = say(
        "a {wanted} is wanted here, and this file is a {kind}; a {kind} goes into {folder}/",
        wanted=kind_name(heads.get(wanted, wanted)),
        kind=kind_name(heads.get(present, present)),
        folder=_FOLDERS[present],
    )
    return source.problem((present,), message)


def _keys(loc: tuple[str | int, ...]) -> Keys:
    return tuple(part for part in loc if part != "[key]")


def _explain(error: Any, model: type[Document]) -> Text | str:
    path = ".".join(str(part) for part in error["loc"] if part != "[key]")
    message = _explained(error, model)
    return under(path, message) if path else message


def _explained(error: Any, model: type[Document]) -> Text | str:
    """What pydantic finds wrong, said as people would."""
    given, context = error["input"], error.get("ctx", {})
    if error["type"] == "unexpected_keyword_argument":
        key = str(error["loc"][-1])
        if "：" in key:
            return full_width("：")
        near = nearest(key, _field_names() - {key})
        return say("unknown key{near}", near=near)
    if error["type"] == "missing":
        return say("missing")
    if error["type"] == "literal_error":
        expected = str(context["expected"]).replace(" or ", ", ").replace("'", "").split(", ")
        return say("{given} is none of {expected}", given=quoted(given), expected=listed(expected, ", "))
    if error["type"] == "value_error":
        return of_error(context["error"])
    if error["type"] not in _WANTED:
        return str(error["msg"])
    kind = _WANTED[error["type"]]
    if context.get("class_name") == "Bilingual":
        kind = say("one text, or {{zh: .., en: ..}}")
    if given is None:
        return say("nothing stands here; wanted is {kind}", kind=kind)
    if slip := re.match(r"-(?=\S)|[a-z]\w*：", str(given)):
        return say("a space is wanted after -") if slip[0] == "-" else full_width("：")
    return say("not of the right kind; wanted is {kind}", kind=kind)


def _field_names() -> set[str]:
    """The keys of all documents: what is unknown here may be known elsewhere."""
    kinds: list[Any] = Document.__subclasses__()
    return {key_of(part.name) for kind in kinds for part in fields(kind)}
