"""Who is liable in a case under a reading: certain, or possible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pyliab.asp.symbols import Symbol
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.model import Judgment
from pyliab.kb.reading import Choice
from pyliab.text.encode import MAY_LACK, UNSAID, Answer, fields_json
from pyliab.text.later import dataclass
from pyliab.text.say import Text

if TYPE_CHECKING:
    from pyliab.law.burden import Unproved

Certainty = Literal["certain", "possible"]
NOBODY = "nobody"
"""Stands for the partner where a debtor answers alone."""


class Key(NamedTuple):
    """What tells one liability of a case from another, under whatever reading."""

    debtor: str
    creditor: str
    form: str

    @classmethod
    def of(cls, atom: Symbol) -> Key:
        """The liability of which an atom `owed(Case, Debtor, Creditor, Form)` speaks, or one with more arguments."""
        return cls(*map(str, atom.arguments[1:4]))

    @property
    def id(self) -> str:
        """`debtor:form:creditor`."""
        return f"{self.debtor}:{self.form}:{self.creditor}"


@dataclass(frozen=True)
class Liability(Answer):
    """One liability of a case. `positions` and `disputed_facts` are a minimal set on which it rests.

    A certain liability may have details that are only possible: another partner, basis, harm or recourse in some
    completion. These stand in `only_possible`, by kind.
    """

    id: str = field(init=False)
    debtor: str
    creditor: str
    with_: tuple[str, ...] = field(default=(), kw_only=True)
    form: str
    basis: tuple[str, ...] = field(default=(), kw_only=True)
    positions: tuple[str, ...] = field(default=(), kw_only=True)
    status: Certainty
    ceiling: str = ""
    order: str = ""
    recourse: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    harms: tuple[str, ...] = ()
    disputed_facts: tuple[Symbol, ...] = ()
    only_possible: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", self.key.id)

    @property
    def key(self) -> Key:
        """What tells it from the others of the case."""
        return Key(self.debtor, self.creditor, self.form)

    def doubtful(self, kind: str, value: str) -> bool:
        """Is this detail of a certain liability itself only possible?"""
        return value in self.only_possible.get(kind, ())


@dataclass(frozen=True)
class Finding:
    """A conclusion beside the liabilities; its sentence is that of its predicate, named by `kind`."""

    kind: str
    atom: Symbol
    says: Text
    status: Certainty


SAID_OF_PROOF = ("burden", "fails", "inferred")
"""The conclusions of the rules on proof; where a dispute has ended, they are told fact by fact."""


def besides(findings: Iterable[Finding]) -> list[Finding]:
    """Findings without those on proof."""
    return [finding for finding in findings if finding.kind not in SAID_OF_PROOF]


@dataclass(frozen=True)
class OutOfForce:
    """A provision that rules ask for and that did not apply on the day of the case, with its period."""

    provision: str
    from_: str
    to: str


@dataclass(frozen=True)
class Gap:
    """Words of a provision that no rule carries, with the reason."""

    provision: str
    words: str
    reason: Text


@dataclass(frozen=True)
class Asked:
    """What was asked: a case of a base under a reading, on its day or `as_if_in_force`."""

    base: KnowledgeBase
    case: CaseFile
    choice: Choice
    as_if_in_force: bool = False


@dataclass(frozen=True)
class OnDay(Answer):
    """What is owed if an event whose day is open fell on certain days: `falls(Case, Event, From, To, Date)`."""

    when: Symbol
    liabilities: Sequence[Liability]


@dataclass(frozen=True)
class Derived(Answer):
    """What follows in a case under a reading, with all that is to be said beside: the answer of `derive`.

    `own`, `assumed` and `open_issues` say how the reading was filled; `findings` are conclusions beside the liabilities,
    `judgment` what the court held, `by_day` what depends on a day of which only a span is known, `nobody` whether it is certain, or possible, that nobody is liable; with `non_liquet` (the dispute has ended without proof), `unproved` tells of each fact.
    """

    case: str
    reading: str
    liabilities: Sequence[Liability]
    own: Sequence[str]
    assumed: Sequence[str]
    open_issues: Sequence[str]
    as_if_in_force: bool
    non_liquet: bool = field(metadata=UNSAID)
    not_in_force: Sequence[OutOfForce]
    gaps: Sequence[Gap]
    findings: Sequence[Finding]
    judgment: Judgment | None
    nobody: Certainty | None
    unproved: Sequence[Unproved] = field(default=(), metadata=MAY_LACK)
    by_day: Sequence[OnDay] = field(default=(), kw_only=True, metadata=MAY_LACK)
    asked: Asked = field(kw_only=True, metadata=UNSAID)

    def to_json(self) -> Any:
        """Plain data; of proof only where it is asked who fails for want of it."""
        plain = fields_json(self)
        if not self.non_liquet:
            del plain["unproved"]
        if not self.by_day:
            del plain["by_day"]
        return plain


def gaps(base: KnowledgeBase, liabilities: Iterable[Liability]) -> list[Gap]:
    """Words of the provisions relied on that no rule carries, with the reason."""
    relied = {name for liability in liabilities for name in liability.basis}
    return [
        Gap(name, segment.words, segment.not_encoded)
        for name, provision in base.provisions.items()
        if name in relied
        for segment in provision.segments
        if segment.not_encoded
    ]
