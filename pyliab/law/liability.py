"""Who is liable in a case under a reading: certain, or possible."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from pyliab.asp.symbols import Symbol
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice, written
from pyliab.law.words import Phrases
from pyliab.text.encode import to_json

if TYPE_CHECKING:
    from pyliab.law.world import World

Certainty = Literal["certain", "possible"]
Key = tuple[str, str, str]
"""Debtor, creditor, form."""
NOBODY = "nobody"
"""Stands for the partner where a debtor answers alone."""


@dataclass
class Liability:
    """One liability of a case. `positions` (and disputed `facts`) are a minimal set on which it rests.

    A certain liability may have details that are only possible: another partner, basis, harm or recourse in some
    completion. These stand in `uncertain`, by kind.
    """

    debtor: str
    creditor: str
    form: str
    status: Certainty
    partners: list[str] = field(default_factory=list)
    basis: list[str] = field(default_factory=list)
    harms: list[str] = field(default_factory=list)
    recourse: dict[str, list[str]] = field(default_factory=dict)
    ceiling: str = ""
    order: str = ""
    positions: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    uncertain: dict[str, list[str]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """`debtor:form:creditor`, the same under every reading."""
        return f"{self.debtor}:{self.form}:{self.creditor}"

    @property
    def key(self) -> Key:
        """Debtor, creditor, form."""
        return self.debtor, self.creditor, self.form

    def only_possible(self, kind: str, value: str) -> bool:
        """Is this detail of a certain liability itself only possible?"""
        return value in self.uncertain.get(kind, ())

    def to_json(self) -> dict[str, Any]:
        """The stable shape of the design."""
        return {
            "id": self.id,
            "debtor": self.debtor,
            "creditor": self.creditor,
            "with": self.partners,
            "form": self.form,
            "basis": self.basis,
            "positions": self.positions,
            "status": self.status,
            "ceiling": self.ceiling,
            "order": self.order,
            "recourse": self.recourse,
            "harms": self.harms,
            "disputed_facts": self.facts,
            "only_possible": self.uncertain,
        }


@dataclass(frozen=True)
class Finding:
    """A conclusion beside the liabilities; its sentence is that of its predicate."""

    atom: Symbol
    status: Certainty


SAID_OF_PROOF = ("burden", "fails", "inferred")
"""The conclusions of the rules on proof; where a dispute has ended, they are told fact by fact."""


def besides(found: Iterable[Finding]) -> list[Finding]:
    """Findings without those on proof."""
    return [one for one in found if one.atom.name not in SAID_OF_PROOF]


def derive_json(inquiry: World, case: CaseFile, choice: Choice, liabilities: Sequence[Liability]) -> dict[str, Any]:
    """The object that `derive --json` prints."""
    from pyliab.law.in_force import out_of_time  # which asks a world, and worlds are made of what stands here

    return {
        "case": case.id,
        "reading": choice.name,
        "liabilities": [liability.to_json() for liability in liabilities],
        "own": written(choice.own),
        "assumed": written(choice.assumed),
        "open_issues": list(choice.open_issues),
        "as_if_in_force": inquiry.as_if_in_force,
        "not_in_force": out_of_time(inquiry.base, case),
        "gaps": gaps(inquiry.base, liabilities),
        "findings": [
            {
                "kind": one.atom.name,
                "atom": str(one.atom),
                "says": Phrases(inquiry.base, case.names()).atom(one.atom),
                "status": one.status,
            }
            for one in inquiry.findings(case.id, choice.positions)
        ],
        "judgment": to_json(case.doc.judgment),
    }


def gaps(base: KnowledgeBase, liabilities: Iterable[Liability]) -> list[dict[str, Any]]:
    """Words of the provisions relied on that no rule carries, with the reason."""
    relied = {name for liability in liabilities for name in liability.basis}
    return [
        {"provision": name, "words": segment.words, "reason": to_json(segment.not_encoded)}
        for name, provision in base.provisions.items()
        if name in relied
        for segment in provision.segments
        if segment.not_encoded
    ]
