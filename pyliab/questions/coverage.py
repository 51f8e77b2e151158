"""How complete the base is: wording and rules, claims and carriers, positions and sources, positions and outcomes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Literal

from pyliab.asp.days import case_program
from pyliab.asp.open_facts import analysis_text
from pyliab.asp.program import ChoiceProgram
from pyliab.asp.symbols import constant, function, plain
from pyliab.asp.twice import copies_of_law
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.compatibility import Pair
from pyliab.kb.model import Carrier
from pyliab.questions.reforms import left_without_rule
from pyliab.text.later import dataclass
from pyliab.text.say import Text, say

Entry = tuple[str, Text | Literal[""]]
"""Of one thing how it is missing, or why it is left out; neither where it is covered."""
COVERED: Entry = ("", "")


@dataclass(frozen=True)
class Part:
    """One count: of `total` things, `done` are covered; `missing` names the others; `excused` were left out with a reason.

    `percent`: covered or excused, rounded down, so that 100 means all.
    """

    name: str
    total: int
    done: int
    missing: list[str]
    excused: list[Text]
    percent: str


def _part(name: str, entries: Iterable[Entry]) -> Part:
    every = list(entries)
    missing, excused = [fault for fault, _ in every if fault], [reason for _, reason in every if reason]
    total, done = len(every), every.count(COVERED)
    return Part(name, total, done, missing, excused, str(100 * (total - len(missing)) // total) if total else "100")


def _why(name: str, reason: Text | None) -> Text | Literal[""]:
    return say("{label}: {value}", label=name, value=reason) if reason else ""


def coverage(base: KnowledgeBase) -> list[Part]:
    """All parts, in the order of a reader's questions."""
    return [
        _part("words carried by rules", words_to_rules(base)),
        _part("provisions with rules, cut into segments", asked_provisions(base)),
        _part("rules resting on words or a source", rules_to_words(base)),
        _part("claims carried", claims(base)),
        _part("tensions attached", tensions(base)),
        _part("positions with sources and arguments", positions_to_sources(base)),
        _part("positions that change an outcome", positions_to_outcomes(base)),
        *([_part("reforms that leave nothing without a rule", reforms(base))] if base.reforms else []),
    ]


def reforms(base: KnowledgeBase) -> Iterator[Entry]:
    """Every reform leaves no words, and no issue, without a rule."""
    for reform in base.reforms.values():
        left = [str(remark) for remark in left_without_rule(base, reform)]
        yield from ((remark, "") for remark in left or [""])


def words_to_rules(base: KnowledgeBase) -> Iterator[Entry]:
    """Every segment of the provisions that are cut up is carried by rules, or says why it is not."""
    for provision in base.provisions.values():
        for segment in provision.segments:
            where = f"{provision.id} “{segment.words}”"
            carried = all(rule in base.notes for rule in segment.rules)
            yield "" if carried or segment.not_encoded else where, _why(where, segment.not_encoded)


def asked_provisions(base: KnowledgeBase) -> Iterator[Entry]:
    """Every provision that a rule cites, or whose force it asks about, is cut into segments."""
    cited = {name for note in base.notes.values() for name in note.cites if name in base.provisions}
    for name in sorted(cited | set(base.asked)):
        yield "" if base.provisions[name].segments else name, ""


def rules_to_words(base: KnowledgeBase) -> Iterator[Entry]:
    """Every rule cites a provision or a source; one that cites a provision that is cut up is named by a segment of it.

    A rule that says less than its provision is excused with what it says of that.
    """
    named = {rule for p in base.provisions.values() for segment in p.segments for rule in segment.rules}
    for note in base.notes.values():
        cut = [cited for cited in note.cites if cited in base.provisions and base.provisions[cited].segments]
        others = [cited for cited in note.cites if cited not in cut]
        if not (note.id in named or others):
            yield f"{note.id} cites {', '.join(cut)}, but no segment names it", ""
        else:
            yield "", _why(note.id, note.fidelity)


def claims(base: KnowledgeBase) -> Iterator[Entry]:
    """Every claim of a paper has a carrier that exists."""
    argued = _argued_claims(base)
    for paper in base.papers.values():
        for name, claim in paper.claims.items():
            faults = [fault for carrier in claim.carried_by if (fault := _fault(base, argued, name, carrier))]
            fault = "; ".join(faults) if claim.carried_by else "nothing carries it"
            yield f"{name}: {fault}" if fault else "", ""


def _argued_claims(base: KnowledgeBase) -> set[tuple[str, str]]:
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


def tensions(base: KnowledgeBase) -> Iterator[Entry]:
    """Every tension of a paper names claims that exist, and positions, issues or readings that it concerns."""
    known = {*base.issues, *base.readings, *base.notes, *base.labels["form"]}
    known |= {f"{issue}={position}" for issue, doc in base.issues.items() for position in doc.positions}
    for paper in base.papers.values():
        for name, tension in paper.tensions.items():
            unknown = [name for name in tension.concerns if name not in known]
            unknown += [claim for claim in tension.claims if claim not in paper.claims]
            fault = ", ".join(unknown) if tension.concerns else "concerns nothing"
            yield f"{name}: {fault}" if fault else "", ""


def positions_to_sources(base: KnowledgeBase) -> Iterator[Entry]:
    """Every position has a source or a provision, and an argument for or against it."""
    for issue, doc in base.issues.items():
        for name, position in doc.positions.items():
            lacks = [] if position.sources or position.provisions or position.for_ else ["source"]
            lacks += [] if position.for_ or position.against else ["argument"]
            yield f"{issue}={name}: no {' and no '.join(lacks)}" if lacks else "", ""


def positions_to_outcomes(base: KnowledgeBase) -> Iterator[Entry]:
    """Every position leads to another outcome than each of its rivals, in some case beside some choice of the others."""
    copies = TwoCopies(base)
    for issue, doc in base.issues.items():
        excuses = {name: p.not_encoded or p.no_effect for name, p in doc.positions.items()}
        rivals = combinations([name for name, excuse in excuses.items() if not excuse], 2)
        alike = {name for a, b in rivals if not copies.beside((issue, a), (issue, b)) for name in (a, b)}
        for name, excuse in excuses.items():
            yield f"{issue}={name}" if name in alike else "", _why(f"{issue}={name}", excuse)


class TwoCopies:
    """All cases of the base under two readings that part on one issue only, see `rules/analysis/apart.lp`."""

    def __init__(self, base: KnowledgeBase) -> None:
        facts = plain(base.law_facts()) + [fact for case in base.cases.values() for fact in case_program(base, case)]
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
