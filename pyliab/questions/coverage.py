"""How complete the base is: wording and rules, claims and carriers, positions and sources, positions and outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from pyliab.kb.base import KnowledgeBase
from pyliab.kb.compatibility import clashes
from pyliab.kb.model import Carrier
from pyliab.kb.reading import choose
from pyliab.law.world import World


@dataclass
class Part:
    """One count: of `total` things, `done` are covered; `missing` names the others; `excused` were left out with a reason."""

    name: str
    total: int
    done: int
    missing: list[str] = field(default_factory=list)
    excused: list[str] = field(default_factory=list)

    @property
    def percent(self) -> str:
        """Covered or excused, rounded down, so that 100 means all."""
        return "100" if not self.total else str(100 * (self.done + len(self.excused)) // self.total)

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {**vars(self), "percent": self.percent}


def coverage(base: KnowledgeBase) -> list[Part]:
    """All parts, in the order of a reader's questions."""
    return [
        words_to_rules(base),
        asked_provisions(base),
        rules_to_words(base),
        claims(base),
        tensions(base),
        positions_to_sources(base),
        positions_to_outcomes(base),
    ]


def words_to_rules(base: KnowledgeBase) -> Part:
    """Every segment of the provisions that are cut up is carried by rules, or says why it is not."""
    part = Part("words carried by rules", 0, 0)
    for provision in base.provisions.values():
        for segment in provision.segments:
            part.total += 1
            where = f"{provision.id} “{segment.words}”"
            if segment.not_encoded:
                part.excused.append(f"{where}: {segment.not_encoded}")
            elif all(rule in base.notes for rule in segment.rules):
                part.done += 1
            else:
                part.missing.append(where)
    return part


def asked_provisions(base: KnowledgeBase) -> Part:
    """Every provision whose force a rule asks about is cut into segments."""
    asked = sorted(set(base.asked))
    missing = [name for name in asked if not base.provisions[name].segments]
    return Part("provisions with rules, cut into segments", len(asked), len(asked) - len(missing), missing)


def rules_to_words(base: KnowledgeBase) -> Part:
    """Every rule cites a provision or a source; one that cites a provision that is cut up is named by a segment of it.

    A rule that says less than its provision is excused with what it says of that.
    """
    part = Part("rules resting on words or a source", len(base.notes), 0)
    named = {rule for p in base.provisions.values() for segment in p.segments for rule in segment.rules}
    for note in base.notes.values():
        cut = [cited for cited in note.cites if cited in base.provisions and base.provisions[cited].segments]
        others = [cited for cited in note.cites if cited not in cut]
        if not (note.id in named or others):
            part.missing.append(f"{note.id} cites {', '.join(cut)}, but no segment names it")
        elif note.fidelity:
            part.excused.append(f"{note.id}: {note.fidelity}")
        else:
            part.done += 1
    return part


def claims(base: KnowledgeBase) -> Part:
    """Every claim of a paper has a carrier that exists."""
    part = Part("claims carried", 0, 0)
    argued = _arguedclaims(base)
    for paper in base.papers.values():
        for name, claim in paper.claims.items():
            part.total += 1
            faults = [fault for carrier in claim.carried_by if (fault := _fault(base, argued, name, carrier))]
            if claim.carried_by and not faults:
                part.done += 1
            else:
                part.missing.append(f"{name}: {'; '.join(faults) or 'nothing carries it'}")
    return part


def _arguedclaims(base: KnowledgeBase) -> set[tuple[str, str]]:
    """Pairs of `issue=position` and a claim that one of its arguments names."""
    return {
        (f"{issue}={position}", claim)
        for issue, doc in base.issues.items()
        for position, entry in doc.positions.items()
        for argument in [*entry.for_, *entry.against]
        for claim in argument.claims
    }


def _fault(base: KnowledgeBase, argued: set[tuple[str, str]], claim: str, carrier: Carrier) -> str | None:
    """What is wrong with a carrier, if anything."""
    for kind, known in (
        ("rule", base.notes),
        ("provision", base.provisions),
        ("word", base.vocabulary),
        ("form", base.labels["form"]),
    ):
        name = getattr(carrier, kind)
        if name and name not in known:
            return f"no {kind} {name}"
    position = carrier.position or carrier["argument"]
    if position:
        issue, _, answer = position.partition("=")
        if issue not in base.issues or answer not in base.issues[issue].positions:
            return f"no position {position}"
    if carrier["argument"] and (carrier["argument"], claim) not in argued:
        return f"no argument on {carrier['argument']} names {claim}"
    return None


def tensions(base: KnowledgeBase) -> Part:
    """Every tension of a paper names claims that exist, and positions, issues or readings that it concerns."""
    part = Part("tensions attached", 0, 0)
    known = {*base.issues, *base.readings, *base.notes, *base.labels["form"]}
    known |= {f"{issue}={position}" for issue, doc in base.issues.items() for position in doc.positions}
    for paper in base.papers.values():
        for name, tension in paper.tensions.items():
            part.total += 1
            unknown = [one for one in tension.concerns if one not in known]
            unknown += [one for one in tension.claims if one not in paper.claims]
            if tension.concerns and not unknown:
                part.done += 1
            else:
                part.missing.append(f"{name}: {', '.join(unknown) or 'concerns nothing'}")
    return part


def positions_to_sources(base: KnowledgeBase) -> Part:
    """Every position has a source or a provision, and an argument for or against it."""
    part = Part("positions with sources and arguments", 0, 0)
    for issue, doc in base.issues.items():
        for name, position in doc.positions.items():
            part.total += 1
            lacks = [] if position.sources or position.provisions or position.for_ else ["source"]
            lacks += [] if position.for_ or position.against else ["argument"]
            if lacks:
                part.missing.append(f"{issue}={name}: no {' and no '.join(lacks)}")
            else:
                part.done += 1
    return part


def positions_to_outcomes(base: KnowledgeBase) -> Part:
    """Every position leads to another outcome than each of its rivals, in some case beside some choice of the others."""
    part = Part("positions that change an outcome", 0, 0)
    inquiry = World(base, base.cases.values())
    named = [choose(base, reading).positions for reading in base.readings.values()]
    for issue, doc in base.issues.items():
        excuses = {name: p.not_encoded or p.no_effect for name, p in doc.positions.items()}
        told = _told_apart(inquiry, chain(named, _one_step_from_the_text(base, issue)), issue, excuses)
        for name, excuse in excuses.items():
            part.total += 1
            if excuse:
                part.excused.append(f"{issue}={name}: {excuse}")
            elif name in told:
                part.done += 1
            else:
                part.missing.append(f"{issue}={name}")
    return part


def _one_step_from_the_text(base: KnowledgeBase, issue: str) -> Iterator[dict[str, str]]:
    """The plain text, with one position of one other issue put in: an issue may matter beside that position only."""
    text = base.background()
    for other, doc in base.issues.items():
        for name, position in doc.positions.items():
            if other != issue and text.get(other) != name and not position.not_encoded:
                yield {**text, other: name}


def _told_apart(
    inquiry: World, starts: Iterable[dict[str, str]], issue: str, excuses: Mapping[str, object]
) -> set[str]:
    """The positions of an issue that are told apart from every rival, in some case beside some start."""
    names = [name for name, excuse in excuses.items() if not excuse]
    left = {(a, b) for a in names for b in names if a < b}
    for start in starts:
        if not left:
            break
        wanted = {name for pair in left for name in pair}
        asked = {name: {**start, issue: name} for name in wanted}
        seen = {
            name: _signature(inquiry, positions)
            for name, positions in asked.items()
            if not clashes(inquiry.base.issues, positions)
        }
        left = {(a, b) for a, b in left if a not in seen or b not in seen or seen[a] == seen[b]}
    return {name for name in names if not any(name in pair for pair in left)}


def _signature(inquiry: World, positions: dict[str, str]) -> tuple[frozenset[object], frozenset[object]]:
    """All shown conclusions over all cases: what is certain, and what is possible."""
    certain, possible = inquiry.program.certain_and_possible(positions)
    return frozenset(certain), frozenset(possible)
