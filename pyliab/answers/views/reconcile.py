"""Principles and decisions that a reading can keep together, and those that clash, with the proof."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from pyliab.answers.blocks import Block, Heading, Items, para
from pyliab.answers.views.fit import either, held
from pyliab.answers.views.hypothetical import facts, searched
from pyliab.answers.wording import Wording
from pyliab.asp import symbols as atoms
from pyliab.asp.open_facts import Universe
from pyliab.kb.case import CaseFile
from pyliab.questions.reconcile import Clash, Objection, Peace, Reconciled
from pyliab.text.say import Text, listed, say, words


def reconciled(answer: Reconciled, universe: Universe, wording: Wording) -> Iterator[Block]:
    """First what can be kept, then each clash with the cases that prove it."""
    yield Heading(say("What one reading can keep"))
    for peace in answer.peace:
        yield from _peace(peace, answer, wording)
    for clash in answer.clashes:
        yield from _clash(clash, answer, wording)
    if answer.principles:
        yield from searched([answer.day], answer.facts, universe.cast)


def _peace(peace: Peace, answer: Reconciled, wording: Wording) -> Iterator[Block]:
    """One largest set, what it gives up, and positions that suffice for it."""
    if not peace.without:
        yield para(say("One reading can keep them all:"), depth=1, apart=True)
    elif not peace.names:
        yield para(say("No reading keeps any of them."), "warning", 1)
        return
    else:
        names = listed(peace.without, ", ")
        yield para(say("All but {names} can be kept by one reading:", names=names), depth=1, apart=True)
    yield Items(tuple(_called(name, answer, wording) for name in peace.names), depth=2)
    if peace.sufficient:
        yield para(say("It suffices to hold, whatever else is held:"), depth=1)
        yield Items(tuple(map(wording.position, peace.sufficient)), depth=2)
    else:
        yield para(say("Every reading keeps them."), depth=1)


def _called(name: str, answer: Reconciled, wording: Wording) -> Text:
    """A principle with its sentence, or a decision with what was held."""
    if name in answer.principles:
        return say("{name}: {says}", name=name, says=answer.principles[name])
    case = wording.base.cases[name]
    assert case.doc.judgment
    says = held(case.doc.judgment, wording.about(case))
    return say("{name} ({title}): {says}", name=name, title=words(case.doc.title), says=says)


def _clash(clash: Clash, answer: Reconciled, wording: Wording) -> Iterator[Block]:
    alone = say("No reading keeps {name}", name=clash.names[0])
    yield Heading(
        alone if len(clash.names) == 1 else say("No reading keeps together: {names}", names=", ".join(clash.names))
    )
    for name, objections in groupby(clash.proof, lambda one: one.name):
        yield para(_called(name, answer, wording), "strong", 1, apart=True)
        for _, those in groupby(objections, lambda one: [entry.file for entry in one.cases]):
            yield from _against([*those], wording)


def _against(objections: Sequence[Objection], wording: Wording) -> Iterator[Block]:
    """What one case or pair of cases shows, with what lifts it."""
    first = objections[0]
    for number, shown in enumerate(first.cases, 1):
        case, own = shown.case, wording.about(shown.case)
        if number == 1:
            yield para(
                say("a case that shows it:" if len(first.cases) == 1 else "two cases that show it; the first:"), depth=1
            )
        else:
            yield para(say("the second, all else alike:"), depth=1)
            rows = [fact for fact in case.facts if str(atoms.bare(fact)) in first.differ]
            case = CaseFile(case.id, case.file, case.doc, rows, case.lines)
        yield from facts(case, own, first.differ)
    if first.lacks:
        yield para(say("no case rests on these alone: {idle}", idle=wording.citation(first.lacks)), depth=1)
    yield Items(tuple(_unless(clause, wording) for clause in _clauses(objections)), depth=2, sign="→")


def _clauses(objections: Sequence[Objection]) -> list[dict[str, list[str]]]:
    """What a reading has to hold to escape all of these, by issue the positions of which one will do.

    Those on one issue alone are taken together.
    """
    clauses: list[dict[str, list[str]]] = []
    alone: dict[str, list[str]] = {}
    for one in objections:
        clause: dict[str, list[str]] = {}
        for issue, _, position in (name.partition("=") for name in one.unless):
            clause.setdefault(issue, []).append(position)
        if len(clause) == 1:
            ((issue, positions),) = clause.items()
            alone[issue] = [position for position in alone.get(issue, positions) if position in positions]
        else:
            clauses.append(clause)
    return [*({issue: positions} for issue, positions in alone.items()), *clauses]


def _unless(clause: Mapping[str, Sequence[str]], wording: Wording) -> Text:
    """What a reading has to hold to escape an objection."""
    if not clause:
        return say("This is so under every reading.")
    rows = [either(issue, positions, wording) for issue, positions in clause.items()]
    return say("To keep it, a reading holds {positions}", positions=listed(rows, "; or "))
