"""Is the knowledge sound? Files, cross-references, rules against words, and what the cases expect."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyliab.asp.lint import lint
from pyliab.asp.program import locate
from pyliab.kb import base as knowledge
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.compatibility import clashes, declared
from pyliab.kb.reading import choose
from pyliab.kb.yaml import Keys, read_yaml
from pyliab.law.liability import Inquiry
from pyliab.text.problem import InputError, Problem, in_quotes, nearest, see, show, told, under

Unplaced = tuple[Keys, str, str]
"""A problem before its line is known: where it stands in the document, what it is, what to see."""
_POSITION = re.compile(r"position\((\w+),\s*(\w+)\)")


@dataclass
class Report:
    """What was looked at, and every problem found."""

    checked: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def check(path: Path | None, folders: Sequence[Path] = (), *, scripts: bool = False) -> Report:
    """Check the whole base, a user's folder, or one case or reading file. Raises InputError for what cannot be read."""
    if path is not None and path.is_dir():
        return _check_base(knowledge.load([*folders, path], scripts=scripts))
    base = knowledge.load(folders, scripts=scripts)
    return _check_base(base) if path is None else _check_file(base, path)


def _check_file(base: KnowledgeBase, path: Path) -> Report:
    data = read_yaml(path).data
    kind = next(
        (kind for kind in ("case", "reading", "issue", "extends") if isinstance(data, dict) and kind in data), None
    )
    report = Report()
    if kind == "case":
        case = knowledge.load_case(path, base)
        report.checked = {"case": 1, "facts": len(case.facts), "expectations": len(case.doc["expect"])}
        report.problems += _case_references(base, case)
        if not report.problems:
            report.problems += _expectations(base, [case])
    elif kind == "reading":
        reading = knowledge.load_reading(path, base)
        report.checked = {"reading": 1, "positions": len(reading["positions"])}
        report.problems += _placed(path, _cited(base, reading))
    elif kind in ("issue", "extends"):
        knowledge.read_issue_file(base, path)
        report.checked = {"issue": 1}
        report.problems += _placed(path, _cited(base, data))
    else:
        message = told(
            "不是案件、读法或者争点：文件应以 `case:`、`reading:`、`issue:` 或者 `extends:` 开头",
            "this is no case, reading or issue: the file begins with `case:`, `reading:`, `issue:` or `extends:`",
        )
        raise InputError([Problem(str(path), 1, 1, message)])
    return report


def _check_base(base: KnowledgeBase) -> Report:
    checks: list[Callable[[KnowledgeBase], Iterable[Problem]]] = [
        _rules,
        _citations,
        _segments,
        _positions_and_rules,
        _incompatible,
        _documents,
        _labels,
    ]
    report = Report(
        {
            "rules": len(base.notes),
            "provisions": len(base.provisions),
            "issues": len(base.issues),
            "positions": sum(len(issue["positions"]) for issue in base.issues.values()),
            "readings": len(base.readings),
            "cases": len(base.cases),
            "sources": len(base.sources),
        }
    )
    for one in checks:
        report.problems += one(base)
    if not report.problems:
        report.problems += _expectations(base, base.cases.values())
    return report


def _rules(base: KnowledgeBase) -> Iterator[Problem]:
    """Lint, and what clingo itself says of the rules."""
    yield from lint(base.rule_files, base.predicates, base.notes)
    yield from (p for p in locate(base.rule_files) if "no atoms over signature" not in p.message)


def _citations(base: KnowledgeBase) -> Iterator[Problem]:
    """Every rule and every word of the vocabulary cites a provision or source that exists."""
    for note in base.notes.values():
        for cited in note.cites:
            if not _resolves(base, cited):
                near = nearest(cited, [*base.provisions, *base.sources])
                message = told(
                    f"{note.id} 所引的{in_quotes(cited)}既非条款，也非来源{near.zh}",
                    f"{note.id} cites {cited!r}, which is no provision and no source{near}",
                )
                where = see(cited, [*base.provisions, *base.sources], "statutes")
                yield Problem(note.file, note.line, 1, message, where)
    for word in base.vocabulary.values():
        if not _resolves(base, word.source or ""):
            message = told(
                f"{word.name} 一词的出处{in_quotes(word.source)}既非条款，也非来源",
                f"the word {word.name} has the source {word.source!r}, which is no provision and no source",
            )
            yield Problem(word.file, word.line, 1, message)
    for provision in base.asked:
        if provision not in base.provisions:
            message = told(
                f"有规则问 {provision} 是否施行，而 kb/statutes 中没有该条款",
                f"a rule asks whether {provision} is in force, but kb/statutes does not have it",
            )
            yield Problem("", 0, 0, message)


def _resolves(base: KnowledgeBase, cited: str) -> bool:
    return cited in base.provisions or cited.partition(" ")[0] in base.sources


def _segments(base: KnowledgeBase) -> Iterator[Problem]:
    """Segments name rules that exist, and those rules cite a provision of that article or stand on it."""
    for name, statute in base.statutes.items():
        yield from _placed(Path(base.files[f"statute {name}"]), _segments_of(base, statute))


def _segments_of(base: KnowledgeBase, statute: dict[str, Any]) -> Iterator[Unplaced]:
    for i, provision in enumerate(statute["provisions"]):
        for j, segment in enumerate(provision["segments"]):
            for k, rule in enumerate(segment["rules"]):
                if rule not in base.notes:
                    keys: Keys = ("provisions", i, "segments", j, "rules", k)
                    near = nearest(rule, base.notes)
                    message = told(
                        f"{provision['id']} “{segment['words']}”所写的规则{in_quotes(rule)}不存在{near.zh}",
                        f"{provision['id']} “{segment['words']}” names the rule {rule!r}, which does not exist{near}",
                    )
                    yield keys, message, show(provision["id"])


def _positions_and_rules(base: KnowledgeBase) -> Iterator[Problem]:
    """`position(Issue, Position)` in rules and positions in kb/issues match; one without a rule says why it has no effect."""
    named: set[str] = set()
    for path in base.rule_files:
        text = re.sub(r"%[^\n]*", "", path.read_text(encoding="utf-8"))
        named |= set(re.findall(r"\b[a-z]\w*\b", text))
        for match in _POSITION.finditer(text):
            issue, position = match.groups()
            if not issue[0].islower():
                continue
            line = text.count("\n", 0, match.start()) + 1
            if issue not in base.issues:
                near = nearest(issue, base.issues)
                message = told(
                    f"kb/issues 中没有争点{in_quotes(issue)}{near.zh}", f"no issue {issue!r} in kb/issues{near}"
                )
                yield Problem(str(path), line, 1, message, see(issue, base.issues, "issues"))
            elif position[0].islower() and position not in base.issues[issue]["positions"]:
                near = nearest(position, base.issues[issue]["positions"])
                message = told(
                    f"{issue} 没有立场{in_quotes(position)}{near.zh}", f"{issue} has no position {position!r}{near}"
                )
                yield Problem(str(path), line, 1, message, show(issue))
    for name, issue_doc in base.issues.items():
        silent = [
            p
            for p, entry in issue_doc["positions"].items()
            if p not in named and not entry["not_encoded"] and not entry["no_effect"]
        ]
        if len(silent) > 1:  # one position may be the one under which no rule is added
            file = next(
                (f for p in silent if (f := base.files.get(f"position {name}={p}"))), base.files[f"issue {name}"]
            )
            message = told(
                f"{name}：没有规则区分 {' 与 '.join(silent)}；请以 `no_effect` 或者 `not_encoded` 说明理由",
                f"{name}: no rule tells {' from '.join(silent)}; say why in `no_effect` or `not_encoded`",
            )
            yield Problem(file, 0, 0, message)


def _incompatible(base: KnowledgeBase) -> Iterator[Problem]:
    """What cannot stand together is named as it is; the plain text does not contradict itself."""
    for one in declared(base.issues):
        file = base.files[f"issue {one.first[0]}"]
        issue, position = one.second
        if issue not in base.issues or position not in base.issues[issue]["positions"]:
            known = [f"{name}={p}" for name, doc in base.issues.items() for p in doc["positions"]]
            rival = "=".join(one.second)
            near = nearest(rival, known)
            message = told(f"没有立场{in_quotes(rival)}{near.zh}", f"no position {rival!r}{near}")
            yield Problem(file, 0, 0, under("=".join(one.first), message))
        elif issue == one.first[0]:
            message = told("同一争点上的两种立场本来就不能并存", "two positions on one issue never stand together")
            yield Problem(file, 0, 0, under("=".join(one.first), message))
    for one in clashes(base.issues, base.background()):
        message = told(f"依条文推定同取两者：{one.told().zh}", f"the plain text takes both: {one}")
        yield Problem(base.files[f"issue {one.first[0]}"], 0, 0, message)


def _documents(base: KnowledgeBase) -> Iterator[Problem]:
    """Sources, provisions, readings and parties that documents name exist."""
    for name, reading in base.readings.items():
        yield from _placed(Path(base.files[f"reading {name}"]), _cited(base, reading))
    for name, issue in base.issues.items():
        yield from _placed(Path(base.files[f"issue {name}"]), _cited(base, {**issue, "positions": {}}))
        for position, entry in issue["positions"].items():
            file = base.files.get(f"position {name}={position}") or base.files[f"issue {name}"]
            yield from _placed(Path(file), _cited(base, entry, ("positions", position)))
    for case in base.cases.values():
        yield from _case_references(base, case)


def _cited(base: KnowledgeBase, value: Any, keys: Keys = ()) -> Iterator[Unplaced]:
    """Walk a document; every `source` and every `provisions` list must resolve."""
    if isinstance(value, dict):
        source = value.get("source")
        if isinstance(source, str) and source not in base.sources:
            near = nearest(source, base.sources)
            message = told(f"没有来源{in_quotes(source)}{near.zh}", f"no source {source!r}{near}")
            yield (*keys, "source"), message, see(source, base.sources, "show --help")
        for i, provision in enumerate(value.get("provisions") or []):
            if isinstance(provision, str) and provision not in base.provisions:
                near = nearest(provision, base.provisions)
                message = told(f"没有条款{in_quotes(provision)}{near.zh}", f"no provision {provision!r}{near}")
                yield (*keys, "provisions", i), message, see(provision, base.provisions, "statutes")
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from _cited(base, child, (*keys, key))


def _placed(path: Path, found: Iterable[Unplaced]) -> list[Problem]:
    """Problems with their lines: the file is read once more, and only where there is one."""
    problems = list(found)
    if not problems:
        return []
    source = read_yaml(path)
    return [source.problem(*one) for one in problems]


def _case_references(base: KnowledgeBase, case: CaseFile) -> Iterator[Problem]:
    judgment = case.doc["judgment"] or {}
    yield from _placed(Path(case.file), _cited(base, judgment, ("judgment",)))
    for i, held in enumerate(judgment.get("held", [])):
        yield from _names(base, case, held["debtor"], held["form"], f"judgment.held.{i}")
    for reading, rows in case.doc["expect"].items():
        if reading not in base.readings:
            near = nearest(reading, base.readings)
            message = told(f"expect：没有读法{in_quotes(reading)}{near.zh}", f"expect: no reading {reading!r}{near}")
            yield _in_case(case, f"expect.{reading}", message, see(reading, base.readings, "readings"))
        for row in rows:
            parts = row.split()
            if not 2 <= len(parts) <= 3 or (len(parts) == 3 and parts[2] not in ("certain", "possible")):
                message = told(
                    f"expect：{in_quotes(row)}不合格式；写作 `债务人 形态` 或者 `债务人 形态 possible`",
                    f"expect: {row!r} is not of the form `debtor form` or `debtor form possible`",
                )
                yield _in_case(case, f"expect.{reading}", message)
            else:
                yield from _names(base, case, parts[0], parts[1], f"expect.{reading}")
    harmed = {fact.args[0] for fact in case.facts if fact.word == "harm"}
    for harm in case.doc["harms"]:
        if harm not in harmed:
            message = told(
                f"已声明损害{in_quotes(harm)}，但没有事实说明何人于何日遭受",
                f"the harm {harm!r} is declared, but no fact says who suffered it, and when",
            )
            yield _in_case(case, f"harms.{harm}", message)


def _names(base: KnowledgeBase, case: CaseFile, debtor: str, form: str, part: str) -> Iterator[Problem]:
    forms = base.labels.get("form", {})
    if debtor not in case.doc["parties"]:
        near = nearest(debtor, case.doc["parties"])
        message = told(f"{in_quotes(debtor)}不是本案当事人{near.zh}", f"{debtor!r} is no party of the case{near}")
        yield _in_case(case, part, message)
    if form not in forms:
        near = nearest(form, forms)
        message = told(f"{in_quotes(form)}不是责任形态{near.zh}", f"{form!r} is no form of liability{near}")
        yield _in_case(case, part, message, see(form, forms, "show vocabulary"))


def _labels(base: KnowledgeBase) -> Iterator[Problem]:
    """Words of the vocabulary have labels, and one word has one label."""
    seen: dict[str, dict[str, str]] = {}
    for predicate in base.predicates.values():
        for argument in predicate.arguments:
            for word in argument.words:
                if word not in predicate.values:
                    message = told(
                        f"{predicate.name}：{in_quotes(word)}没有 `value {word} | 中文 | 英文` 一行",
                        f"{predicate.name}: the word {word!r} has no `value {word} | zh | en` line",
                    )
                    yield Problem(predicate.file, predicate.line, 1, message)
        for word, label in predicate.values.items():
            if seen.setdefault(word, label) != label:
                message = told(
                    f"{in_quotes(word)}一词有两种名称：{_label(seen[word])}；{_label(label)}",
                    f"the word {word!r} has two labels: {seen[word]} and {label}",
                )
                yield Problem(predicate.file, predicate.line, 1, message)


def _label(label: dict[str, str]) -> str:
    return f"{label['zh']}（{label['en']}）"


def _expectations(base: KnowledgeBase, cases: Iterable[CaseFile]) -> Iterator[Problem]:
    """What a case expects under a reading is what follows."""
    wanted = [case for case in cases if case.doc["expect"]]
    inquiry = Inquiry(base, wanted)
    for name, reading in base.readings.items():
        asked = [case for case in wanted if name in case.doc["expect"]]
        outcomes = inquiry.outcomes(choose(base, reading).positions) if asked else {}
        for case in asked:
            found = {(one.debtor, one.form, str(one.status)) for one in outcomes[case.id].values()}
            expected = {_expected(row) for row in case.doc["expect"][name]}
            if found != expected:
                message = told(
                    f"读法 {name}：预期为 {_listed(expected, 'zh')}，结果是 {_listed(found, 'zh')}",
                    f"under {name}: expected {_listed(expected, 'en')}, found {_listed(found, 'en')}",
                )
                yield _in_case(case, f"expect.{name}", message)


def _in_case(case: CaseFile, part: str, message: str, see: str = "") -> Problem:
    """A problem at the line where that part of the case file stands."""
    return Problem(case.file, case.lines.get(part, 0), 0, message, see)


def _expected(row: str) -> tuple[str, str, str]:
    debtor, form, *status = row.split()
    return debtor, form, status[0] if status else "certain"


def _listed(rows: set[tuple[str, str, str]], lang: str) -> str:
    listed = ("、" if lang == "zh" else ", ").join(" ".join(row) for row in sorted(rows))
    return listed or ("无人承担责任" if lang == "zh" else "nobody liable")
