"""Has a document the shape that its kind asks for? And if not, what is wrong with it, said as people would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyliab.kb.yaml import Keys, YamlFile
from pyliab.text.problem import KINDS_ZH, InputError, Problem, full_width, in_quotes, nearest, of_error, told, under

if TYPE_CHECKING:
    from pydantic import BaseModel

_WANTED = {
    "string_type": told("文字", "text"),
    "list_type": told("列表：[.., ..]，或者以 `- ` 开头的各行", "a list: [.., ..], or lines that begin with `- `"),
    "dict_type": told("`键: 值` 各行", "`key: value` lines"),
    "model_type": told("`键: 值` 各行", "`key: value` lines"),
}
_HEADS = {"Case": "case", "Reading": "reading", "Issue": "issue", "IssueAddition": "extends", "Statute": "statute"}
"""By kind the key with which a document of it begins."""
_FOLDERS = {"case": "cases", "reading": "readings", "issue": "issues", "extends": "issues", "statute": "statutes"}


def validate(model: type[BaseModel], source: YamlFile) -> dict[str, Any]:
    """Check a file against its schema; returns plain data. Raises InputError with all problems at once."""
    from pydantic import ValidationError

    try:
        return model.model_validate(source.data).model_dump(by_alias=True)
    except ValidationError as error:
        problems = [source.problem(_keys(e["loc"]), _explain(e, model)) for e in error.errors()]
        if other := _other_kind(model, source):
            problems = [other]
        raise InputError(problems) from None


def _other_kind(model: type[BaseModel], source: YamlFile) -> Problem | None:
    """A document of another kind in its place: to name each of its keys as unknown would help nobody."""
    wanted, data = _HEADS.get(model.__name__), source.data
    if wanted is None or not isinstance(data, dict) or wanted in data:
        return None
    found = next((head for head in _FOLDERS if head in data), None)
    if found is None:
        return None
    kinds = {"extends": ("立场", "position"), "statute": ("法律", "statute")}
    zh, en = kinds.get(found) or (KINDS_ZH[found], found)
    zh_wanted, en_wanted = kinds.get(wanted) or (KINDS_ZH[wanted], wanted)
    message = told(
        f"这里要的是{zh_wanted}，而这个文件是{zh}；{zh}放在 {_FOLDERS[found]}/ 中",
        f"a {en_wanted} is wanted here, and this file is a {en}; a {en} goes into {_FOLDERS[found]}/",
    )
    return source.problem((found,), message)


def _keys(loc: tuple[str | int, ...]) -> Keys:
    return tuple(part for part in loc if part != "[key]")


def _explain(error: Any, model: type[BaseModel]) -> str:
    path = ".".join(str(part) for part in error["loc"] if part != "[key]")
    message = _explained(error, model)
    return under(path, message) if path else message


def _explained(error: Any, model: type[BaseModel]) -> str:
    """What pydantic finds wrong, said as people would."""
    given, context = error["input"], error.get("ctx", {})
    if error["type"] == "extra_forbidden":
        key = str(error["loc"][-1])
        if "：" in key:
            return full_width("：")
        near = nearest(key, _field_names(model) - {key})
        return told(f"没有这个键{near.zh}", f"unknown key{near}")
    if error["type"] == "missing":
        return told("没有写", "missing")
    if error["type"] == "string_pattern_mismatch":
        from pyliab.kb.model import FORMS

        pattern = str(context["pattern"])
        wanted = FORMS.get(pattern) or told(f"格式为 {pattern}", f"the form {pattern}")
        return told(f"{in_quotes(given)}不合格式：{wanted.zh}", f"{given!r} is not written as wanted: {wanted}")
    if error["type"] == "string_too_short":
        return told("不能为空", str(error["msg"]))
    if error["type"] == "literal_error":
        expected = str(context["expected"]).replace(" or ", "、").replace(", ", "、").replace("'", "")
        return told(f"{in_quotes(given)}不在可用之列（可用：{expected}）", str(error["msg"]))
    if error["type"] == "value_error":
        return of_error(context["error"])
    if error["type"] not in _WANTED:
        return str(error["msg"])
    kind = _WANTED[error["type"]]
    if context.get("class_name") == "Bilingual":
        kind = told("一段文字，或者 {zh: .., en: ..}", "one text, or {zh: .., en: ..}")
    if given is None:
        return told(f"此处没有内容；应为{kind.zh}", f"nothing stands here; wanted is {kind}")
    return told(f"此处的内容种类不对；应为{kind.zh}", f"not of the right kind; wanted is {kind}")


def _field_names(model: type[BaseModel]) -> set[str]:
    from pyliab.kb import model as schema

    names: set[str] = set()
    for value in vars(schema).values():
        if isinstance(value, type) and issubclass(value, schema.Document):
            names |= {info.alias or name for name, info in value.model_fields.items()}
    return names | set(model.model_fields)
