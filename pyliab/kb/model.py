"""The shape of every document in the knowledge base, and what each of its keys means.

Plain dataclasses: `validate.py` reads files into them and refuses unknown keys with file and line, `cache.py` keeps
them, `editor.py` makes JSON Schemas of them. All scalars arrive as text (see `yaml.py`), so dates and amounts are never
guessed at by the YAML reader. A `Text` beside a type says what the key means; a field `for_` has the key `for`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field, fields, replace
from typing import Annotated, Any, ClassVar, Literal

from pyliab.text.amounts import Days, day, when
from pyliab.text.encode import key_of
from pyliab.text.later import dataclass
from pyliab.text.problem import under
from pyliab.text.say import Text, listed, quoted, say, words


@dataclass(frozen=True)
class Form:
    """A text of a certain form: the pattern it fits, and what is wanted in words. `check` raises ValueError as well."""

    pattern: str
    wanted: Text
    check: Callable[[str], object] | None = None

    def __call__(self, text: str) -> str:
        """The text. Raises ValueError where it is not of this form."""
        if not re.fullmatch(self.pattern, text):
            raise ValueError(say("{given} is not written as wanted: {wanted}", given=quoted(text), wanted=self.wanted))
        if self.check:
            self.check(text)
        return text

    def widened(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The schema with this pattern."""
        return {**schema, "type": "string", "pattern": f"^({self.pattern})$"}

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(self, core_schema.str_schema())


class _AnyText:
    """A text that is not empty. An editor may take it for a number."""

    @staticmethod
    def widened(schema: dict[str, Any]) -> dict[str, Any]:
        return {**schema, "type": ["string", "number"], "minLength": 1}

    @staticmethod
    def __get_pydantic_core_schema__(_source: Any, _handler: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.str_schema(min_length=1)


class _PerhapsNumber:
    """Of a form that a number may have, which an editor takes for one."""

    @staticmethod
    def widened(schema: dict[str, Any]) -> dict[str, Any]:
        return {**schema, "type": ["string", "number"], "minimum": 0}


class _BothLanguages:
    """How words are read: one text that serves as both, or `zh` and `en`."""

    @staticmethod
    def widened(schema: dict[str, Any]) -> dict[str, Any]:
        return {"anyOf": [{"type": ["string", "number"], "minLength": 1}, schema]}

    @staticmethod
    def __get_pydantic_core_schema__(_source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        both = core_schema.no_info_before_validator_function(
            lambda given: {"zh": given, "en": given} if isinstance(given, str) else given,
            handler.generate_schema(Bilingual),
        )
        return core_schema.no_info_after_validator_function(lambda read: words({"zh": read.zh, "en": read.en}), both)


class _MayBeBare:
    """A key with nothing but comments below it holds nothing."""

    @staticmethod
    def widened(schema: dict[str, Any]) -> dict[str, Any]:
        return {**schema, "type": [schema["type"], "null"]}

    @staticmethod
    def __get_pydantic_core_schema__(source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(
            lambda given: {} if given is None else given, handler(source)
        )


def _is_day(text: str) -> None:
    try:
        datetime.date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(
            say("{text} is no date of the form 2021-06-30: {error}", text=quoted(text), error=error)
        ) from None


def _not_reserved(text: str) -> None:
    if text == "not":
        raise ValueError(say("'not' is reserved; choose another id"))


FOREVER = 99991231
_ID = say("a small letter, then small letters, digits and _ only")
_KEY = say("a small letter, then small letters, digits and - only")
Identifier = Annotated[str, Form(r"[a-z][a-z0-9_]*", _ID, _not_reserved)]
SourceKey = Annotated[str, Form(r"[a-z][a-z0-9-]*", _KEY)]
Day = Annotated[str, Form(r"\d{4}-\d{2}-\d{2}", say("a date is written 2021-06-30"), _is_day)]
_PART = r"\d{4}(-\d{2}(-\d{2})?)?"
_WHEN = say("a date is written 2021-06-30, a span 2021, 2021-03 or 2021-03/2021-06")
When = Annotated[str, Form(f"{_PART}(/{_PART})?", _WHEN, when), _PerhapsNumber]
Pair = Annotated[str, Form(r"[a-z]\w*=[a-z]\w*", say("issue=position"))]
_SUM = say("a sum is written 50000 or 30000-40000, a share of the loss 25%")
Sum = Annotated[str, Form(r"\d{1,15}(\.\d\d?)?(-\d{1,15}(\.\d\d?)?)?|\d{1,2}(\.\d+)?%", _SUM), _PerhapsNumber]
Line = Annotated[str, _AnyText]
Words = Annotated[Text, _BothLanguages]
"""The same words in Chinese and English; a plain text serves as both."""

ArgumentKind = Literal["textual", "systematic", "historical", "teleological", "value", "law-and-economics", "causal"]
Title = Annotated[Words, say("title; one language, or {{zh: .., en: ..}}")]
About = Annotated[Words, say("what it is about")]
Note = Annotated[Words | None, say("a note")]
Locator = Annotated[Line | None, say("the place in the source")]
Provisions = Annotated[tuple[Line, ...], say("provisions concerned, ids as `pyliab statutes` lists them")]


class Document:
    """Base of all documents: strict about keys."""

    __pydantic_config__: ClassVar = {"extra": "forbid", "alias_generator": key_of}


@dataclass(kw_only=True)
class Cited(Document):
    """Where something is said: a source of `kb/sources` and the place in it."""

    source: SourceKey
    locator: Locator = None


Sources = Annotated[tuple[Cited, ...], say("where it is said: - {{source: KEY, locator: page}}")]


@dataclass(kw_only=True)
class Bilingual(Document):
    """Words as a file gives them in two languages."""

    zh: Line
    en: Line


@dataclass(kw_only=True)
class Segment(Document):
    """A run of words of a provision: carried by rules, or marked as not encoded with the reason."""

    words: Line
    rules: tuple[Identifier, ...] = ()
    not_encoded: Words | None = None

    def __post_init__(self) -> None:
        if bool(self.rules) == bool(self.not_encoded):
            raise ValueError(
                say("a segment names the rules that carry it, or says why it is not encoded: one of the two")
            )


@dataclass(kw_only=True)
class Period(Document):
    """First and last day in force; no last day: still in force."""

    start: Day
    end: Day | None = None

    @property
    def days(self) -> tuple[int, int]:
        """First and last day as numbers yyyymmdd."""
        return day(self.start), day(self.end) if self.end else FOREVER


@dataclass(kw_only=True)
class Provision(Document):
    """A paragraph of a statute, e.g. `LAW 3(2)`, with its official wording, and that in English as the base translates it."""

    id: Line
    text: Line
    english: Line = ""
    checked: Words
    in_force: Period | None = None
    note: Note = None
    segments: tuple[Segment, ...] = ()

    def __post_init__(self) -> None:
        joined, text = ("".join(part.split()) for part in ("".join(s.words for s in self.segments), self.text))
        if self.segments and joined != text:  # a cut between words takes the space with it
            at = next(
                (i for i, (a, b) in enumerate(zip(joined, text, strict=False)) if a != b), min(len(joined), len(text))
            )
            before = text[max(0, at - 8) : at]
            raise ValueError(say("the segments part from the text of {id} after “{before}”", id=self.id, before=before))


@dataclass(kw_only=True)
class Enacted(Provision):
    """A provision where it stands: in a statute, with its own period or that of the statute."""

    statute: str
    in_force: Period


@dataclass(kw_only=True)
class Statute(Document):
    """An instrument: statute, judicial interpretation, or draft."""

    statute: Line
    title: Title
    short: Words | None = None
    in_force: Period
    note: Note = None
    provisions: tuple[Provision, ...]

    def enacted(self) -> Iterator[Enacted]:
        """Its provisions, each with its statute and period."""
        for part in self.provisions:
            own = {entry.name: getattr(part, entry.name) for entry in fields(part)}
            yield Enacted(**{**own, "statute": self.statute, "in_force": part.in_force or self.in_force})


@dataclass(kw_only=True)
class Argument(Document):
    """A reason for or against a position."""

    kind: Annotated[ArgumentKind, say("the kind of argument")]
    says: Annotated[Words, say("the argument")]
    claims: tuple[Line, ...] = ()
    sources: Sources = ()
    provisions: Provisions = ()


@dataclass(kw_only=True)
class Incompatibility(Document):
    """A position on another issue, as `issue=position`, that one reading cannot take as well, and why."""

    with_: Pair
    because: Words


@dataclass(kw_only=True)
class Position(Document):
    """One answer to an issue. `not_encoded` refuses it, with the reason, where the source does not say enough."""

    title: Title
    says: Annotated[Words, say("what the position holds")]
    holders: Annotated[tuple[Words, ...], say("who holds it")] = ()
    sources: Sources = ()
    provisions: Provisions = ()
    for_: Annotated[tuple[Argument, ...], say("arguments for it")] = ()
    against: Annotated[tuple[Argument, ...], say("arguments against it")] = ()
    incompatible: Annotated[
        tuple[Incompatibility, ...], say("positions on other issues that one reading cannot take as well")
    ] = ()
    no_effect: Annotated[Words | None, say("why it has no rule of its own")] = None
    not_encoded: Annotated[Words | None, say("why it cannot be applied")] = None


@dataclass(kw_only=True)
class Issue(Document):
    """A question on which readings differ, with its positions; `default` is the plain-text answer, if any."""

    issue: Annotated[Identifier, say("id of the issue; the file bears the same name")]
    title: Title
    question: Annotated[Words, say("the question")]
    provisions: Provisions
    default: Annotated[Identifier | None, say("the plain-text answer")] = None
    default_because: Words | None = None
    open_because: Annotated[Words | None, say("why the text leaves it open")] = None
    positions: dict[Identifier, Position]

    def __post_init__(self) -> None:
        if self.default is not None and self.default not in self.positions:
            raise ValueError(
                say("the default {default} is no position of {issue}", default=quoted(self.default), issue=self.issue)
            )
        if (self.default is None) == (self.open_because is None):
            raise ValueError(say("an issue has a default, or says in open_because why it has none"))
        if len(self.choices()) < 2:
            raise ValueError(say("{issue} needs two or more positions that rules can take", issue=self.issue))

    @property
    def name(self) -> str:
        """Its id."""
        return self.issue

    def choices(self) -> dict[str, Position]:
        """The positions that a reading can take."""
        return {name: position for name, position in self.positions.items() if not position.not_encoded}


@dataclass(kw_only=True)
class IssueAddition(Document):
    """Positions added to an issue that exists: how a scholar's own folder joins a dispute."""

    extends: Annotated[Identifier, say("the issue that it joins")]
    positions: Annotated[dict[Identifier, Position], say("the positions added")]

    @property
    def name(self) -> str:
        """The id of that issue."""
        return self.extends


@dataclass(kw_only=True)
class Change(Document):
    """One thing that a reform changes, by name: it `ends` a provision, a position (`issue=position`) or a rule, `answers` an issue,
    or `brings` a provision or a rule of its folder, which is law with the reform and not without it.
    """

    ends: Annotated[Line | None, say("the provision, `issue=position` or rule that ends")] = None
    answers: Annotated[Pair | None, say("the issue that it answers, as `issue=position`")] = None
    brings: Annotated[Line | None, say("the provision or rule that comes with it")] = None
    because: Annotated[Words, say("why: the words, the reason given for them")]
    sources: Sources = ()
    provisions: Provisions = ()

    def __post_init__(self) -> None:
        if not (self.ends or self.answers or self.brings):
            raise ValueError(say("a change ends, answers or brings something"))

    @property
    def argument(self) -> Argument:
        """What it changes and why, as an argument for the reform."""
        verbs = {"ends": say("ends {name}"), "answers": say("answers {name}"), "brings": say("brings {name}")}
        done = listed(
            (replace(text, values=(("name", name),)) for key, text in verbs.items() if (name := getattr(self, key))),
            ", ",
        )
        says = under(done, self.because)
        return Argument(kind="textual", says=says, sources=self.sources, provisions=self.provisions)

    @property
    def touched(self) -> Iterator[tuple[str, str]]:
        """What it changes, each as the kind of thing (`provision`, `position`, `rule`, `issue`) and its name."""
        if self.ends:
            yield kind_of(self.ends), self.ends
        if self.answers:
            yield "issue", self.answers.partition("=")[0]


@dataclass(kw_only=True)
class Reform(Document):
    """A bill, an amendment, a supposed wording: what it changes from a day on. It is asked as an issue: enacted, or not."""

    reform: Annotated[Identifier, say("id of the reform; the file bears the same name")]
    title: Title
    holder: Annotated[Words | None, say("who proposes it")] = None
    about: About
    sources: Sources = ()
    provisions: Provisions = ()
    from_: Annotated[Day, say("the first day on which it is law")]
    changes: Annotated[tuple[Change, ...], say("what it changes, each with the reason")]

    @property
    def name(self) -> str:
        """Its id."""
        return self.reform

    def facts(self) -> Iterator[tuple[str, tuple[str | int, ...]]]:
        """What the rules have to know of it."""
        eve = datetime.date.fromisoformat(self.from_) - datetime.timedelta(days=1)
        yield "reform", (self.reform, day(self.from_))
        for change in self.changes:
            for kind, name in change.touched:
                if kind == "provision":
                    yield "ends", (self.reform, name, day(eve.isoformat()))
                elif kind == "rule":
                    yield "suspends", (self.reform, name)
                elif kind == "position":
                    yield "drops", (self.reform, *name.split("="))
            if change.answers:
                yield "settles", (self.reform, *change.answers.split("="))
            if change.brings:
                yield "brings", (self.reform, change.brings)

    def issue(self, rivals: Iterable[str]) -> Issue:
        """The reform as an issue. It is taken to be law unless `rivals`, other reforms, change the same."""
        other = say("the other changes the same")
        apart = tuple(Incompatibility(with_=f"{rival}=enacted", because=other) for rival in rivals)
        return Issue(
            issue=self.reform,
            title=self.title,
            question=say("Is this the law: {title}?", title=self.title),
            provisions=self.provisions,
            default=None if apart else "enacted",
            default_because=None if apart else say("whoever lays the reform over the law asks for its effect"),
            open_because=say("another reform changes the same") if apart else None,
            positions={
                "enacted": Position(
                    title=say("enacted"),
                    says=self.about,
                    holders=(self.holder,) if self.holder else (),
                    sources=self.sources,
                    provisions=self.provisions,
                    for_=tuple(change.argument for change in self.changes),
                    incompatible=apart,
                ),
                "unenacted": Position(
                    title=say("not enacted"),
                    says=say("the law as it stands"),
                    provisions=self.provisions,
                    no_effect=say("It leaves the law as it stands."),
                ),
            },
        )


def kind_of(name: str) -> str:
    """Is it a position, a rule or a provision that bears this name?"""
    return "position" if "=" in name else "rule" if re.fullmatch(r"[a-z]\w*", name) else "provision"


@dataclass(kw_only=True)
class Choice(Document):
    """A position that a reading takes, with the place where its source says so."""

    position: Annotated[Identifier, say("the position taken")]
    locator: Locator = None
    note: Note = None


@dataclass(kw_only=True)
class Reading(Document):
    """A named choice of positions: a person's, a court's, a draft's. It sets only what its source says."""

    reading: Annotated[Identifier, say("id of the reading; the file bears the same name")]
    title: Title
    holder: Annotated[Words, say("who holds it: an author, a court, a draft")]
    sources: Sources = ()
    provisions: Provisions = ()
    about: About
    positions: Annotated[
        dict[Identifier, Choice],
        _MayBeBare,
        say("what the source says, and no more; the rest is filled from the plain text or stays open"),
    ] = field(default_factory=dict)
    unsaid: Annotated[Words | None, say("what the source leaves unsaid")] = None


@dataclass(kw_only=True)
class Credence(Document):
    """How much a scholar gives to each position, issue by issue; a position that is not named has nothing."""

    credence: Annotated[
        dict[Identifier, dict[Identifier, Line]],
        say("by issue, weights of its positions: 60%, 3/5 or 3; what they add up to counts as all"),
    ]


@dataclass(kw_only=True)
class Held(Document):
    """What a court held of one debtor: an expectation to compare with, never a fact.

    `perhaps` names other forms from which the report does not tell this one apart. `owes` is the most that the debtor was
    held to owe, as far as the report goes: yuan, or a share of the loss.
    """

    debtor: Identifier
    form: Identifier
    perhaps: tuple[Identifier, ...] = ()
    owes: Sum | None = None
    note: Note = None


@dataclass(kw_only=True)
class Difference(Document):
    """Why no reading gives what the court held, or only some: the kind of reason, and the reason."""

    kind: Annotated[
        Literal["law missing", "fact unseen", "law stretched", "issue open"],
        say(
            "the base has no rule for it; the report leaves out a fact; the court goes beyond the words; readings differ or are silent"
        ),
    ]
    says: Words


@dataclass(kw_only=True)
class Unjudged(Document):
    """What was not before the court: a claim not brought, or settled. That it is not held says nothing of it."""

    debtor: Identifier
    form: Identifier | None = None
    because: Words


@dataclass(kw_only=True)
class Judgment(Document):
    """The court's outcome, and how sure it is that the report is right."""

    court: Words
    level: Annotated[
        Identifier | None, say("the level of the court whose holding this is, of those the base names")
    ] = None
    docket: Line | None = None
    decided: Day | None = None
    sources: Sources
    held: tuple[Held, ...] = ()
    unjudged: tuple[Unjudged, ...] = ()
    sure: Literal["form and amounts", "form", "first instance only", "reported label only", "unknown"]
    difference: Difference | None = None

    def judged(self, owed: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
        """Of what debtors owe, as (debtor, form), that on which the court had to decide."""
        aside = {(entry.debtor, entry.form) for entry in self.unjudged}
        return frozenset(key for key in owed if key not in aside and (key[0], None) not in aside)


@dataclass(kw_only=True)
class Case(Document):
    """A case file. `facts` is checked against the vocabulary, fact by fact, by `case.py`."""

    case: Annotated[Identifier, say("id of the case; the file bears the same name")]
    title: Title
    kind: Annotated[Literal["decided", "hypothetical"], say("decided, or hypothetical")]
    date: Annotated[When, say("the day of the case; the law of that day is applied")]
    about: About
    parties: Annotated[dict[Identifier, Words], say("parties: id and name")]
    items: Annotated[dict[Identifier, Words], say("goods and services: id and name")] = field(default_factory=dict)
    harms: Annotated[
        dict[Identifier, Words],
        say("harms: id and name; a fact says of each who suffered it, which interest, and when"),
    ] = field(default_factory=dict)
    facts: Annotated[
        tuple[object, ...], say("facts: each is a sentence of the vocabulary, or a word with its arguments")
    ]
    judgment: Annotated[Judgment | None, say("what the court held: compared with the answer, never used as a fact")] = (
        None
    )
    expect: Annotated[
        dict[Identifier, tuple[Line, ...]],
        say("expected, as READING: [debtor form]; an empty list: no liability"),
    ] = field(default_factory=dict)

    @property
    def when(self) -> int | Days:
        """Its date as a number yyyymmdd, or the span in which it lies."""
        return when(self.date)


@dataclass(kw_only=True)
class Carrier(Document):
    """What carries a claim in this base: exactly one of these."""

    rule: Identifier | None = None
    position: Line | None = None
    argument: Line | None = None
    form: Identifier | None = None
    provision: Line | None = None
    word: Identifier | None = None
    kept: Literal["definition", "proposal", "background", "method"] | None = None
    note: Note = None

    def __post_init__(self) -> None:
        named = [self.rule, self.position, self.argument, self.form, self.provision, self.word, self.kept]
        if sum(carrier is not None for carrier in named) != 1:
            raise ValueError(say("a carrier is one of: rule, position, argument, form, provision, word, kept"))
        if self.kept and not self.note:
            raise ValueError(say("what is kept without a rule says in its note why"))


@dataclass(kw_only=True)
class Claim(Document):
    """A claim of a paper, where it stands, and what carries it. `doubt` says what is factually or logically doubtful."""

    says: Words
    locator: Line
    carried_by: tuple[Carrier, ...]
    doubt: Words | None = None


@dataclass(kw_only=True)
class Tension(Document):
    """Two statements of one paper that do not fit together, and what in this base they concern."""

    says: Words
    locator: Line
    claims: tuple[Line, ...]
    concerns: tuple[Line, ...]


@dataclass(kw_only=True)
class Paper(Document):
    """A paper, claim by claim."""

    paper: SourceKey
    claims: dict[Line, Claim]
    tensions: dict[Line, Tension] = field(default_factory=dict)


@dataclass(kw_only=True)
class Source(Document):
    """An entry of the bibliography, with how much of it was seen."""

    citation: Line
    title: Title
    short: Words | None = None
    seen: Literal["full text", "abstract", "excerpt", "press report", "label only", "not seen"]
    url: Line | None = None
    note: Note = None


@dataclass(kw_only=True)
class Bibliography(Document):
    """A file of sources."""

    sources: dict[SourceKey, Source]


@dataclass(kw_only=True)
class Label(Document):
    """The name of a value that the rules use (a form, an order, a kind of recourse).

    Of a form, `sentence` says who owes what to whom: with `{debtor}`, `{creditor}` and `{with}`, those who stand beside.
    """

    zh: Line
    en: Line
    code: Words | None = None
    sentence: Words | None = None
    explained: Words | None = None

    @property
    def name(self) -> Text:
        """The name in both languages."""
        return words({"zh": self.zh, "en": self.en})


@dataclass(kw_only=True)
class Labels(Document):
    """A file of labels, by kind: `form`, `order`, `recourse`, `ceiling`; `cited` says how provisions are cited, `amount` in what,
    `beside` who stands beside a debtor where a sentence does not know them by name."""

    labels: dict[Identifier, dict[Identifier, Label]]
