"""A position to start from: an addition to an issue, and a rule that is the twin of one of its rules, to be changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyliab.kb.base import KnowledgeBase, not_listed
from pyliab.kb.vocabulary import RuleNote, rule_of
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError
from pyliab.text.say import quoted, say


@dataclass(frozen=True)
class Model:
    """A rule by which a position works, and the literal in it that names the position."""

    note: RuleNote
    rule: str
    literal: str
    position: str

    def twin(self, position: str) -> str:
        """The same rule by another position."""
        head, _, body = self.rule.partition(":-")
        own = self.literal[: -len(self.position) - 1] + f"{position})"
        return f"{head}:-{body.replace(self.literal, own, 1)}"


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
                match = re.search(rf"(?<!not )(?:{carrier}){position}\)", rule.partition(":-")[2])
                if match and not re.search(r"[{};]|\d\.\.", rule):
                    yield Model(base.notes[name], rule, match[0], position)
