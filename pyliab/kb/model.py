"""The shape of every document in the knowledge base; unknown keys are errors, with file and line.

All scalars arrive as text (see `documents.py`), so dates and amounts are never guessed at by the YAML reader.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from pyliab.text.say import quoted, say

_ID, _KEY, _DAY, _PAIR = r"^[a-z][a-z0-9_]*$", r"^[a-z][a-z0-9-]*$", r"^\d{4}-\d{2}-\d{2}$", r"^[a-z]\w*=[a-z]\w*$"
FORMS = {
    _ID: say("a small letter, then small letters, digits and _ only"),
    _KEY: say("a small letter, then small letters, digits and - only"),
    _DAY: say("a date is written 2021-06-30"),
    _PAIR: say("issue=position"),
}
"""What the patterns ask for, in words."""


def _real_date(text: str) -> str:
    try:
        datetime.date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(
            say("{text} is no date of the form 2021-06-30: {error}", text=quoted(text), error=error)
        ) from None
    return text


def _not_reserved(text: str) -> str:
    if text == "not":
        raise ValueError(say("'not' is reserved; choose another id"))
    return text


Identifier = Annotated[str, StringConstraints(pattern=_ID), AfterValidator(_not_reserved)]
SourceKey = Annotated[str, StringConstraints(pattern=_KEY)]
Text = Annotated[str, StringConstraints(min_length=1)]
Date = Annotated[str, StringConstraints(pattern=_DAY), AfterValidator(_real_date)]
ArgumentKind = Literal["textual", "systematic", "historical", "teleological", "value", "law-and-economics", "causal"]


class Document(BaseModel):
    """Base of all documents: strict about keys."""

    model_config = ConfigDict(extra="forbid")


class Bilingual(Document):
    """The same words in Chinese and English; a plain text serves as both."""

    zh: Text
    en: Text

    @model_validator(mode="before")
    @classmethod
    def _one_text_for_both(cls, given: object) -> object:
        return {"zh": given, "en": given} if isinstance(given, str) else given


class Segment(Document):
    """A run of words of a provision: carried by rules, or marked as not encoded with the reason."""

    words: Text
    rules: list[Identifier] = []
    not_encoded: Bilingual | None = None

    @model_validator(mode="after")
    def _carried_or_excused(self) -> Segment:
        if bool(self.rules) == bool(self.not_encoded):
            raise ValueError(
                say("a segment names the rules that carry it, or says why it is not encoded: one of the two")
            )
        return self


class Period(Document):
    """First and last day in force; no last day: still in force."""

    start: Date
    end: Date | None = None


class Provision(Document):
    """A paragraph of a statute, e.g. `ECL 38(2)`, with its official wording."""

    id: Text
    text: Text
    checked: Bilingual
    in_force: Period | None = None
    note: Bilingual | None = None
    segments: list[Segment] = []

    @model_validator(mode="after")
    def _segments_cover_the_text(self) -> Provision:
        joined = "".join(segment.words for segment in self.segments)
        if self.segments and joined != self.text:
            at = next(
                (i for i, (a, b) in enumerate(zip(joined, self.text, strict=False)) if a != b),
                min(len(joined), len(self.text)),
            )
            before = self.text[max(0, at - 8) : at]
            raise ValueError(say("the segments part from the text of {id} after “{before}”", id=self.id, before=before))
        return self


class Statute(Document):
    """An instrument: statute, judicial interpretation, or draft."""

    statute: Text
    title: Bilingual
    short: Bilingual | None = None
    in_force: Period
    note: Bilingual | None = None
    provisions: list[Provision]


class Cited(Document):
    """Where something is said: a source of `kb/sources` and the place in it."""

    source: SourceKey
    locator: Text | None = None


class Argument(Document):
    """A reason for or against a position."""

    kind: ArgumentKind
    says: Bilingual
    claims: list[Text] = []
    sources: list[Cited] = []
    provisions: list[Text] = []


class Incompatibility(Document):
    """A position on another issue, as `issue=position`, that one reading cannot take as well, and why."""

    rival: str = Field(alias="with", pattern=_PAIR)
    because: Bilingual


class Position(Document):
    """One answer to an issue. `not_encoded` refuses it, with the reason, where the source does not say enough."""

    title: Bilingual
    says: Bilingual
    holders: list[Bilingual] = []
    sources: list[Cited] = []
    provisions: list[Text] = []
    arguments_for: list[Argument] = Field([], alias="for")
    arguments_against: list[Argument] = Field([], alias="against")
    incompatible: list[Incompatibility] = []
    no_effect: Bilingual | None = None
    not_encoded: Bilingual | None = None


class Issue(Document):
    """A question on which readings differ (争点), with its positions; `default` is the plain-text answer, if any."""

    issue: Identifier
    title: Bilingual
    question: Bilingual
    provisions: list[Text]
    default: Identifier | None = None
    default_because: Bilingual | None = None
    open_because: Bilingual | None = None
    positions: dict[Identifier, Position]

    @model_validator(mode="after")
    def _default_is_a_position(self) -> Issue:
        if self.default is not None and self.default not in self.positions:
            raise ValueError(
                say("the default {default} is no position of {issue}", default=quoted(self.default), issue=self.issue)
            )
        if (self.default is None) == (self.open_because is None):
            raise ValueError(say("an issue has a default, or says in open_because why it has none"))
        if len([p for p in self.positions.values() if not p.not_encoded]) < 2:
            raise ValueError(say("{issue} needs two or more positions that rules can take", issue=self.issue))
        return self


class IssueAddition(Document):
    """Positions added to an issue that exists: how a scholar's own folder joins a dispute."""

    extends: Identifier
    positions: dict[Identifier, Position]


class Choice(Document):
    """A position that a reading takes, with the place where its source says so."""

    position: Identifier
    locator: Text | None = None
    note: Bilingual | None = None


def _empty(given: object) -> object:
    """A key with nothing but comments below it holds nothing."""
    return {} if given is None else given


class Reading(Document):
    """A named choice of positions: a person's, a court's, a draft's. It sets only what its source says."""

    reading: Identifier
    title: Bilingual
    holder: Bilingual
    sources: list[Cited] = []
    provisions: list[Text] = []
    about: Bilingual
    positions: Annotated[dict[Identifier, Choice], BeforeValidator(_empty)] = {}
    unsaid: Bilingual | None = None


class Held(Document):
    """What a court held of one debtor: an expectation to compare with, never a fact.

    `perhaps` names other forms from which the report does not tell this one apart.
    """

    debtor: Identifier
    form: Identifier
    perhaps: list[Identifier] = []
    note: Bilingual | None = None


class Judgment(Document):
    """The court's outcome, and how sure it is that the report is right."""

    court: Bilingual
    docket: Text | None = None
    decided: Date | None = None
    sources: list[Cited]
    held: list[Held] = []
    sure: Literal["form and amounts", "form", "first instance only", "reported label only", "unknown"]
    difference: Bilingual | None = None


class Case(Document):
    """A case file. `facts` is checked against the vocabulary, fact by fact, by `cases.py`."""

    case: Identifier
    title: Bilingual
    kind: Literal["decided", "hypothetical"]
    date: Date
    about: Bilingual
    parties: dict[Identifier, Bilingual]
    items: dict[Identifier, Bilingual] = {}
    harms: dict[Identifier, Bilingual] = {}
    facts: list[dict[str, object]]
    judgment: Judgment | None = None
    expect: dict[Identifier, list[Text]] = {}


class Carrier(Document):
    """What carries a claim in this base: exactly one of these."""

    rule: Identifier | None = None
    position: Text | None = None
    argument: Text | None = None
    form: Identifier | None = None
    provision: Text | None = None
    word: Identifier | None = None
    kept: Literal["definition", "proposal", "background", "method"] | None = None
    note: Bilingual | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> Carrier:
        named = [self.rule, self.position, self.argument, self.form, self.provision, self.word, self.kept]
        if sum(one is not None for one in named) != 1:
            raise ValueError(say("a carrier is one of: rule, position, argument, form, provision, word, kept"))
        if self.kept and not self.note:
            raise ValueError(say("what is kept without a rule says in its note why"))
        return self


class Claim(Document):
    """A claim of a paper, where it stands, and what carries it. `doubt` says what is factually or logically doubtful."""

    says: Bilingual
    locator: Text
    carried_by: list[Carrier]
    doubt: Bilingual | None = None


class Tension(Document):
    """Two statements of one paper that do not fit together, and what in this base they concern."""

    says: Bilingual
    locator: Text
    claims: list[Text]
    concerns: list[Text]


class Paper(Document):
    """A paper, claim by claim."""

    paper: SourceKey
    claims: dict[Text, Claim]
    tensions: dict[Text, Tension] = {}


class Source(Document):
    """An entry of the bibliography, with how much of it was seen."""

    citation: Text
    title: Bilingual
    short: Bilingual | None = None
    seen: Literal["full text", "abstract", "excerpt", "press report", "label only", "not seen"]
    url: Text | None = None
    note: Bilingual | None = None


class Bibliography(Document):
    """A file of sources."""

    sources: dict[SourceKey, Source]


class Label(Document):
    """The name of a value that the rules use (a form, an order, a kind of recourse)."""

    zh: Text
    en: Text
    code: Bilingual | None = None
    explained: Bilingual | None = None


class Labels(Document):
    """A file of labels, by kind: `form`, `order`, `recourse`, `ceiling`."""

    labels: dict[Identifier, dict[Identifier, Label]]
