"""A position to start from: an addition to an issue, and a rule that is the twin of one of its rules, to be changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyliab.cli.new.text import Writer
from pyliab.kb.base import KnowledgeBase, not_listed
from pyliab.kb.vocabulary import RuleNote, rule_of
from pyliab.law.words import Lang
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError
from pyliab.text.say import Text, quoted, say


@dataclass(frozen=True)
class Model:
    """A rule by which a position works, and the literal in it that names the position."""

    note: RuleNote
    rule: str
    literal: str
    position: str


def split(base: KnowledgeBase, name: str, issue: str | None) -> tuple[str, str]:
    """The issue and the id: from `ISSUE=POSITION`, from --issue, or else the issue that most readings take a stand on."""
    given, equals, position = name.rpartition("=")
    if equals and issue and given != issue:
        raise InputError(say("two issues are named: {given} and {issue}", given=quoted(given), issue=quoted(issue)))
    wanted = given if equals else issue or most_disputed(base)
    if wanted not in base.issues:
        raise InputError(not_listed(base, wanted))
    return wanted, position


def most_disputed(base: KnowledgeBase) -> str:
    """Of the issues that the text leaves open, the one that most readings take a stand on."""
    open_ones = [name for name, issue in base.issues.items() if not issue.default] or list(base.issues)
    return max(open_ones, key=lambda name: sum(name in reading.positions for reading in base.readings.values()))


def model(base: KnowledgeBase, issue: str) -> Model | None:
    """The first rule that works by a position of this issue: named outright, or through a word that carries it."""
    rules = {name: rule_of(note) for name, note in base.notes.items()}
    carriers = [r"position\(" + issue + ", "]
    for rule in rules.values():
        variable = re.search(rf"\bposition\({issue}, ([A-Z]\w*)\)", rule)
        head = re.match(rf"(\w+)\([^:]*\b{variable[1]}\)\s*:-", rule) if variable else None
        if head:
            carriers.append(rf"\b{head[1]}\((?:[A-Z]\w*, |\w+, )*")
    return next(_models(base, issue, rules, carriers), None)


def _models(base: KnowledgeBase, issue: str, rules: dict[str, str], carriers: list[str]) -> Iterator[Model]:
    positions = list(base.issues[issue].choices())
    for carrier in carriers:
        for name, rule in rules.items():
            for position in positions:
                found = re.search(rf"(?<!not )(?:{carrier}){position}\)", rule.partition(":-")[2])
                if found and not re.search(r"[{};]|\d\.\.", rule):
                    yield Model(base.notes[name], rule, found[0], position)


def issue_text(base: KnowledgeBase, issue: str, name: str, lang: Lang, found: Model | None, head: list[str]) -> str:
    """The addition to the issue."""
    out, known = Writer(lang), base.issues[issue]
    out.add(*head)
    out.say(say("{label}: {value}", label=known.title, value=known.question))
    out.say(say("the positions there are: pyliab show {issue}", issue=issue))
    out.key("IssueAddition", f"extends: {issue}")
    out.key("IssueAddition", "positions:")
    out.add(f"  {name}:")
    out.key("Position", out.t(say("    title: write a title")))
    out.key("Position", out.t(say("    says: say what it holds")))
    if found is None:
        out.say(say("there is no rule yet; delete this line when there is"), 4)
        out.add(out.t(say("    no_effect: its rule is not written yet")))
    out.key("Position", "    # holders:")
    out.add(out.t(say("    #   - myself")))
    out.key("Position", f"    provisions: [{', '.join(known.provisions)}]")
    for side in ("for", "against"):
        out.key("Position", f"    # {side}:")
        out.add("    #   - kind: teleological", out.t(say("    #     says: write the argument")))
    return out.text()


_CHANGES = (
    "1. the annotation: id, what it rests on, its sentence; {{P}} in a sentence is the variable P of the rule.",
    "2. the conclusion (before :-), for example another form of liability.",
    "3. the conditions (after :-): add the facts that the position asks for; pyliab show vocabulary lists the words.",
)


def rule_text(issue: str, name: str, lang: Lang, found: Model | None) -> str:
    """The rule file: a twin of the model rule under an id of its own."""
    out = Writer(lang)
    rows = [say("how a rule is written: rules/README.md; pyliab show RULE shows any rule")]
    if found is None:
        rows += [
            say(
                "Write position({issue}, {name}) in the body of the rule; nothing else depends on the reading.",
                issue=issue,
                name=name,
            )
        ]
    else:
        copied = "The rule below copies {rule} (position {position}) under another id and position. Now change:"
        rows += [say(copied, rule=found.note.id, position=found.position), *map(Text, _CHANGES)]
    for row in rows:
        out.say(row, sign="%")
    if found is None:
        return out.text()
    note = found.note
    out.add(f"%@ {name}_rule [{'; '.join(note.cites)}]", f"%@ zh {note.zh}", f"%@ en {note.en}")
    head, _, body = found.rule.partition(":-")
    own = found.literal[: -len(found.position) - 1] + f"{name})"
    out.add(f"{head}:-{body.replace(found.literal, own, 1)}")
    return out.text()
