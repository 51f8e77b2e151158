"""How complete the base is: wording and rules, claims and carriers, positions and sources, positions and outcomes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from itertools import combinations
from typing import Any

from pyliab.asp.open_facts import analysis_text
from pyliab.asp.program import ChoiceProgram
from pyliab.asp.symbols import case_program, constant, function, plain
from pyliab.asp.twice import copies_of_law
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.compatibility import Pair
from pyliab.kb.model import Carrier
from pyliab.text.later import dataclass


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
    position = carrier.position or carrier.argument
    if position:
        issue, _, answer = position.partition("=")
        if issue not in base.issues or answer not in base.issues[issue].positions:
            return f"no position {position}"
    if carrier.argument and (carrier.argument, claim) not in argued:
        return f"no argument on {carrier.argument} names {claim}"
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
    copies = TwoCopies(base)
    for issue, doc in base.issues.items():
        excuses = {name: p.not_encoded or p.no_effect for name, p in doc.positions.items()}
        rivals = combinations([name for name, excuse in excuses.items() if not excuse], 2)
        alike = {name for a, b in rivals if not copies.beside((issue, a), (issue, b)) for name in (a, b)}
        for name, excuse in excuses.items():
            part.total += 1
            if excuse:
                part.excused.append(f"{issue}={name}: {excuse}")
            elif name in alike:
                part.missing.append(f"{issue}={name}")
            else:
                part.done += 1
    return part


class TwoCopies:
    """All cases of the base under two readings that part on one issue only, see `rules/analysis/apart.lp`."""

    def __init__(self, base: KnowledgeBase) -> None:
        facts = plain(base.law_facts()) + [fact for case in base.cases.values() for fact in case_program(case)]
        self._program = ChoiceProgram([], facts, "position_first", text="\n".join(_two_copies(base)))
        self._program.control.configuration.configuration = "frumpy"  # half the time that the default takes

    def beside(self, first: Pair, second: Pair) -> dict[str, str] | None:
        """A choice of positions, `first` among them, that comes to something else in a case with `second` in its place."""
        other = self._program.literal(function("position_second", *map(constant, second)))
        if other is None:
            return None
        choices = self._program.choices
        taken = self._program.look_at([choices[first], other], choices.values())
        return None if taken is None else dict(choice for choice, literal in choices.items() if literal in taken)


def _two_copies(base: KnowledgeBase) -> Iterator[str]:
    """The law twice, and a rule for each conclusion that it shows: there the copies part."""
    yield from (copies_of_law(base), analysis_text("apart.lp"))
    for path in base.rule_files:
        for name, arity in re.findall(r"^#show (\w+)/(\d+)\.", path.read_text(encoding="utf-8"), re.M):
            terms = ",".join(f"X{i}" for i in range(int(arity)))
            yield f"parts :- {name}_first({terms}), not {name}_second({terms})."
            yield f"parts :- {name}_second({terms}), not {name}_first({terms})."
