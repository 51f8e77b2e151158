"""Is the knowledge sound? Files, cross-references, rules against words, and what the cases expect."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, fields
from pathlib import Path

from pyliab.asp.lint import lint
from pyliab.asp.load import load
from pyliab.asp.positions import positions_in
from pyliab.asp.program import locate
from pyliab.asp.syntax import at
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.compatibility import clashes, declared
from pyliab.kb.model import Document, Reform, Statute
from pyliab.kb.read import load_case, load_reading, read_issue_file
from pyliab.kb.reading import choose
from pyliab.kb.yaml import Keys, read_parts, read_yaml
from pyliab.law.world import World
from pyliab.money.by_money import amiss
from pyliab.money.stated import NotStatedError, Stated
from pyliab.questions.idle import idle
from pyliab.questions.reforms import left_without_rule, passed_over
from pyliab.questions.stress import principles
from pyliab.text.encode import key_of
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError, Problem, see, show, under, unknown
from pyliab.text.say import Text, listed, quoted, say, words

Unplaced = tuple[Keys, Text, str]
"""A problem before its line is known: where it stands in the document, what it is, what to see."""


@dataclass
class Report:
    """What was looked at, every problem found, and as notes what a case tells for nothing and what a reform leaves idle."""

    checked: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


def check(
    path: Path | None,
    folders: Sequence[Path] = (),
    *,
    home: Path | None = None,
    scripts: bool = False,
) -> Report:
    """Check the whole base, a user's folder, or one case or reading file. Raises InputError for what cannot be read."""
    if path is not None and path.is_dir():
        return _check_base(load([*folders, path], home=home, scripts=scripts), path)
    base = load(folders, home=home, scripts=scripts)
    return _check_base(base) if path is None else _check_file(base, path)


def _check_file(base: KnowledgeBase, path: Path) -> Report:
    data = read_yaml(path).data
    kind = next(
        (kind for kind in ("case", "reading", "issue", "extends", "of") if isinstance(data, dict) and kind in data),
        None,
    )
    report = Report()
    if kind == "case":
        case = load_case(path, base)
        report.checked = {"case": 1, "facts": len(case.facts), "expectations": len(case.doc.expect)}
        report.problems += _case_references(base, case)
        if not report.problems:
            report.problems += _expectations(base, [case])
            faults, notes = amiss(base, case)
            report.problems += faults
            report.notes += [*idle(base, case), *notes]
    elif kind == "reading":
        reading = load_reading(path, base)
        report.checked = {"reading": 1, "positions": len(reading.positions)}
        report.problems += _placed(path, _cited(base, reading))
    elif kind in ("issue", "extends", "of"):
        base = base.copy()  # the issues of the file enter it
        issues = read_issue_file(base, path)
        report.checked = {"issue": len(issues)}
        report.problems += [p for issue in issues for p in _placed(path, _cited(base, issue), issue.name)]
    else:
        message = say(
            "this is no case, reading or issue: the file begins with `case:`, `reading:`, `issue:` or `extends:`"
        )
        raise InputError([Problem(str(path), 1, 1, message)])
    return report


def _check_base(base: KnowledgeBase, folder: Path | None = None) -> Report:
    """Of a folder of one's own, what its own cases expect; a position more on an open issue makes others less certain."""
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
            "positions": sum(len(issue.positions) for issue in base.issues.values()),
            "readings": len(base.readings),
            "cases": len(base.cases),
            "sources": len(base.sources),
        }
    )
    principles(base)
    for check in checks:
        report.problems += check(base)
    if not report.problems:
        own = folder.resolve() if folder else None
        cases = [case for case in base.cases.values() if own is None or own in Path(case.file).resolve().parents]
        report.problems += _expectations(base, cases)
        report.notes += [note for reform in base.reforms.values() for note in _reform(base, reform)]
    return report


def _reform(base: KnowledgeBase, reform: Reform) -> Iterator[Problem]:
    """What a reform does to the readings, and what it leaves without a rule."""
    for remark in (*passed_over(base, reform), *left_without_rule(base, reform)):
        yield Problem(base.files[f"reform {reform.name}"], 0, 0, remark)


def _rules(base: KnowledgeBase) -> Iterator[Problem]:
    """Lint, and what clingo itself says of the rules."""
    yield from lint(base.unamended or base.rule_files, base.predicates, base.notes)
    yield from (p for p in locate(base.rule_files) if not _untold(base, str(p.message)))


def _untold(base: KnowledgeBase, message: str) -> bool:
    """Is it that no rule concludes a word of case files? These are told."""
    head = re.search(r"occur in any rule head: \(?-?(\w+)", message)
    return "no atoms over signature" in message or (head is not None and head[1] in base.vocabulary)


def _citations(base: KnowledgeBase) -> Iterator[Problem]:
    """Every rule and every word of the vocabulary cites a provision or source that exists."""
    for note in base.notes.values():
        for cited in note.cites:
            if not _resolves(base, cited):
                known = [*base.provisions, *base.sources]
                none = say("{id} cites {given}, which is no provision and no source{near}", id=note.id)
                yield Problem(note.file, note.line, 1, unknown(none, cited, known), see(cited, known, "statutes"))
    for word in base.vocabulary.values():
        if not _resolves(base, word.source or ""):
            message = say(
                "the word {name} has the source {source}, which is no provision and no source",
                name=word.name,
                source=quoted(word.source),
            )
            yield Problem(word.file, word.line, 1, message)
    for provision in base.asked:
        if provision not in base.provisions:
            message = say(
                "a rule asks whether {provision} is in force, but kb/statutes does not have it", provision=provision
            )
            yield Problem("", 0, 0, message)


def _resolves(base: KnowledgeBase, cited: str) -> bool:
    return cited in base.provisions or cited.partition(" ")[0] in base.sources


def _segments(base: KnowledgeBase) -> Iterator[Problem]:
    """Segments name rules that exist, and those rules cite a provision of that article or stand on it."""
    for name, statute in base.statutes.items():
        yield from _placed(Path(base.files[f"statute {name}"]), _segments_of(base, statute))


def _segments_of(base: KnowledgeBase, statute: Statute) -> Iterator[Unplaced]:
    for i, provision in enumerate(statute.provisions):
        for j, segment in enumerate(provision.segments):
            for k, rule in enumerate(segment.rules):
                if rule not in base.notes:
                    keys: Keys = ("provisions", i, "segments", j, "rules", k)
                    none = say(
                        "{id} “{words}” names the rule {given}, which does not exist{near}",
                        id=provision.id,
                        words=segment.words,
                    )
                    yield keys, unknown(none, rule, base.notes), show(provision.id)


def _positions_and_rules(base: KnowledgeBase) -> Iterator[Problem]:
    """`position(Issue, Position)` in rules and positions in kb/issues match; one without a rule says why it has no effect."""
    spoken = positions_in(base.unamended or base.rule_files)
    for issue, where in spoken.issues.items():
        if issue not in base.issues:
            message = unknown(say("no issue {given} in kb/issues{near}"), issue, base.issues)
            yield at(where, message, see(issue, base.issues, "issues"))
    for issue, position, where in spoken.named:
        known = base.issues[issue].positions if issue in base.issues else [position]
        if position not in known:
            none = say("{issue} has no position {given}{near}", issue=issue)
            yield at(where, unknown(none, position, known), show(issue))
    for name, issue_doc in base.issues.items():
        answers = spoken.answers(name)
        silent = [
            p
            for p, entry in issue_doc.positions.items()
            if p not in answers and not entry.not_encoded and not entry.no_effect
        ]
        if len(silent) > 1:  # one position may be the one under which no rule is added
            file = next(
                (f for p in silent if (f := base.files.get(f"position {name}={p}"))), base.files[f"issue {name}"]
            )
            message = say(
                "{issue}: no rule tells these positions apart: {silent}; say why in `no_effect` or `not_encoded`",
                issue=name,
                silent=listed(silent, ", "),
            )
            yield Problem(file, 0, 0, message)


def _incompatible(base: KnowledgeBase) -> Iterator[Problem]:
    """What cannot stand together is named as it is; the plain text does not contradict itself."""
    for pair in declared(base.issues):
        file = base.files[f"issue {pair.first[0]}"]
        issue, position = pair.second
        if issue not in base.issues or position not in base.issues[issue].positions:
            known = [f"{name}={p}" for name, doc in base.issues.items() for p in doc.positions]
            message = unknown(say("no position {given}{near}"), "=".join(pair.second), known)
            yield Problem(file, 0, 0, under("=".join(pair.first), message))
        elif issue == pair.first[0]:
            message = say("two positions on one issue never stand together")
            yield Problem(file, 0, 0, under("=".join(pair.first), message))
    for clash in clashes(base.issues, base.background()):
        message = say("the plain text takes both: {clash}", clash=clash.text())
        yield Problem(base.files[f"issue {clash.first[0]}"], 0, 0, message)


def _documents(base: KnowledgeBase) -> Iterator[Problem]:
    """Sources, provisions, readings and parties that documents name exist."""
    for name, reading in base.readings.items():
        yield from _placed(Path(base.files[f"reading {name}"]), _cited(base, reading))
    for name, issue in base.issues.items():
        file = base.files[f"issue {name}"]
        yield from _placed(Path(file), _cited(base, issue.provisions, ("provisions",)), name)
        for position, entry in issue.positions.items():
            own = base.files.get(f"position {name}={position}")
            yield from _placed(Path(own or file), _cited(base, entry, ("positions", position)), name)
    for case in base.cases.values():
        yield from _case_references(base, case)


def _cited(base: KnowledgeBase, part: object, keys: Keys = ()) -> Iterator[Unplaced]:
    """Walk a document; every `source` and every entry of `provisions` must resolve."""
    if isinstance(part, str):
        yield from _unknown(base, part, keys)
    elif isinstance(part, Mapping):
        for key, entry in part.items():
            yield from _cited(base, entry, (*keys, key))
    elif isinstance(part, Document):
        for entry in fields(part):  # type: ignore[arg-type]  # every document is a dataclass
            yield from _cited(base, getattr(part, entry.name), (*keys, key_of(entry.name)))
    elif isinstance(part, tuple):
        for i, entry in enumerate(part):
            yield from _cited(base, entry, (*keys, i))


def _unknown(base: KnowledgeBase, name: str, keys: Keys) -> Iterator[Unplaced]:
    if keys[-1:] == ("source",) and name not in base.sources:
        message = unknown(say("no source {given}{near}"), name, base.sources)
        yield keys, message, see(name, base.sources, "show --help")
    if keys[-2:-1] == ("provisions",) and name not in base.provisions:
        message = unknown(say("no provision {given}{near}"), name, base.provisions)
        yield keys, message, see(name, base.provisions, "statutes")


def _placed(path: Path, unplaced: Iterable[Unplaced], issue: str = "") -> list[Problem]:
    """Problems with their lines: the file is read once more, and only where there is one. `issue`: which, if of several."""
    problems = list(unplaced)
    if not problems:
        return []
    parts = read_parts(path)
    source = next((part for part in parts if issue in (part.data.get("issue"), part.data.get("extends"))), parts[0])
    return [source.problem(*problem) for problem in problems]


def _case_references(base: KnowledgeBase, case: CaseFile) -> Iterator[Problem]:
    judgment = case.doc.judgment
    yield from _placed(Path(case.file), _cited(base, judgment, ("judgment",)))
    levels = base.labels.get("court", {})
    if judgment and judgment.level and judgment.level not in levels:
        yield _in_case(
            case, "judgment.level", unknown(say("{given} is no level of court{near}"), judgment.level, levels)
        )
    if judgment and any(entry.owes for entry in judgment.held):
        yield from _no_loss(base, case)
    for i, held in enumerate(judgment.held if judgment else ()):
        yield from _names(base, case, held.debtor, held.form, f"judgment.held.{i}")
    for i, aside in enumerate(judgment.unjudged if judgment else ()):
        yield from _names(base, case, aside.debtor, aside.form, f"judgment.unjudged.{i}")
    for reading, rows in case.doc.expect.items():
        if reading not in base.readings:
            message = unknown(say("expect: no reading {given}{near}"), reading, base.readings)
            yield _in_case(case, f"expect.{reading}", message, see(reading, base.readings, "readings"))
        for row in rows:
            parts = row.split()
            if not 2 <= len(parts) <= 3 or (len(parts) == 3 and parts[2] not in ("certain", "possible")):
                message = say(
                    "expect: {row} is not of the form `debtor form` or `debtor form possible`", row=quoted(row)
                )
                yield _in_case(case, f"expect.{reading}", message)
            else:
                yield from _names(base, case, parts[0], parts[1], f"expect.{reading}")
    for harm in case.doc.harms:
        if not any(harm in base.vocabulary[fact.word].declares(fact.args) for fact in case.facts):
            message = say("the harm {harm} is declared, but no fact says who suffered it, and when", harm=quoted(harm))
            yield _in_case(case, f"harms.{harm}", message)


def _no_loss(base: KnowledgeBase, case: CaseFile) -> Iterator[Problem]:
    """A sum that was held can be compared only where the loss is stated."""
    try:
        Stated(case, base.vocabulary).check_losses(case.doc.harms)
    except NotStatedError as error:
        yield _in_case(case, "judgment.held", error.problems[0].message)


def _names(base: KnowledgeBase, case: CaseFile, debtor: str, form: str | None, part: str) -> Iterator[Problem]:
    forms = base.labels.get("form", {})
    if debtor not in case.doc.parties:
        message = unknown(say("{given} is no party of the case{near}"), debtor, case.doc.parties)
        yield _in_case(case, part, message)
    if form is not None and form not in forms:
        message = unknown(say("{given} is no form of liability{near}"), form, forms)
        yield _in_case(case, part, message, see(form, forms, "show vocabulary"))


def _labels(base: KnowledgeBase) -> Iterator[Problem]:
    """Words of the vocabulary have labels, and one word has one label."""
    seen: dict[str, Text] = {}
    for predicate in base.predicates.values():
        for argument in predicate.arguments:
            for word in argument.words:
                if word not in predicate.values:
                    message = say(
                        "{name}: the word {word} has no `value {word2} | zh | en` line",
                        name=predicate.name,
                        word=quoted(word),
                        word2=word,
                    )
                    yield Problem(predicate.file, predicate.line, 1, message)
        for word, label in predicate.values.items():
            if seen.setdefault(word, label) != label:
                message = say(
                    "the word {word} has two labels: {seen} and {label}",
                    word=quoted(word),
                    seen=_both(seen[word]),
                    label=_both(label),
                )
                yield Problem(predicate.file, predicate.line, 1, message)


def _both(label: Text) -> Text:
    """A label in both languages, one's own first."""
    return say("{name} ({other})", name=label, other=words({"zh": label.of("en"), "en": label.of("zh")}))


def _expectations(base: KnowledgeBase, cases: Iterable[CaseFile]) -> Iterator[Problem]:
    """What a case expects under a reading is what follows."""
    wanted = [case for case in cases if case.doc.expect]
    inquiry = World(base, wanted)
    for name, reading in base.readings.items():
        asked = [case for case in wanted if name in case.doc.expect]
        outcomes = inquiry.outcomes(choose(base, reading).positions) if asked else {}
        for case in asked:
            derived = {
                (liability.debtor, liability.form, str(liability.status)) for liability in outcomes[case.id].values()
            }
            expected = {_expected(row) for row in case.doc.expect[name]}
            if derived != expected:
                message = say(
                    "under {reading}: expected {expected}, found {liabilities}",
                    reading=name,
                    expected=_listed(expected),
                    liabilities=_listed(derived),
                )
                yield _in_case(case, f"expect.{name}", message)


def _in_case(case: CaseFile, part: str, message: Text | str, see: str = "") -> Problem:
    """A problem at the line where that part of the case file stands."""
    return Problem(case.file, case.lines.get(part, 0), 0, message, see)


def _expected(row: str) -> tuple[str, str, str]:
    debtor, form, *status = row.split()
    return debtor, form, status[0] if status else "certain"


def _listed(rows: set[tuple[str, str, str]]) -> Text:
    return listed([" ".join(row) for row in sorted(rows)], ", ") or say("nobody liable")
