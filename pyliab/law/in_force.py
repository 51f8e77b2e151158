"""Which provisions speak to a case, as the rules on the law of the day have it."""

from __future__ import annotations

from collections.abc import Sequence

from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.law.liability import OutOfForce


def out_of_time(base: KnowledgeBase, case: CaseFile) -> list[OutOfForce]:
    """Provisions that rules ask for and that speak to no claim of the case."""
    return [
        OutOfForce(name, provision.in_force.start, provision.in_force.end or "")
        for name, provision in base.provisions.items()
        if base.decides(name) and not in_force(base, case, name)
    ]


def in_force(base: KnowledgeBase, case: CaseFile, provision: str) -> bool:
    """Does the provision speak to the case? One that no rule asks for: was it in force on the day of the case?"""
    from pyliab.law.world import world_of  # which says of its cases what is out of time

    if base.decides(provision):
        return provision in world_of(base, case).laws(case.id)
    first, last = base.provisions[provision].in_force.days
    return first <= case.doc.day <= last


def cited_then(base: KnowledgeBase, case: CaseFile, cites: Sequence[str]) -> list[str]:
    """What a rule rests on, without provisions that do not speak to the case, unless none does.

    Several laws may say the same one after another, and a rule then cites them all.
    """
    then = [cited for cited in cites if cited not in base.provisions or in_force(base, case, cited)]
    return then if any(cited in base.provisions for cited in then) else list(cites)
