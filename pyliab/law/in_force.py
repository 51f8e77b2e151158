"""Which provisions speak to a case, as the rules on the law of the day have it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pyliab.kb.case import CaseFile
from pyliab.law.liability import OutOfForce
from pyliab.text.amounts import ends_of

if TYPE_CHECKING:
    from pyliab.law.world import World


def out_of_time(world: World, case: CaseFile) -> list[OutOfForce]:
    """Provisions that rules ask for and that speak to no claim of the case."""
    law = world.base.provisions
    out = [name for name in law if world.base.decides(name) and not in_force(world, case, name)]
    return [OutOfForce(name, law[name].in_force.start, law[name].in_force.end or "") for name in out]


def in_force(world: World, case: CaseFile, provision: str) -> bool:
    """Does the provision speak to the case? One that no rule asks for: was it in force on the day of the case?"""
    if world.base.decides(provision):
        return provision in world.laws(case.id)
    first, last = world.base.provisions[provision].in_force.days
    start, end = ends_of(case.doc.when)
    return first <= end and start <= last


def cited_then(world: World, case: CaseFile, cites: Sequence[str]) -> list[str]:
    """What a rule rests on, without provisions that do not speak to the case, unless none does.

    Several laws may say the same one after another, and a rule then cites them all.
    """
    then = [cited for cited in cites if cited not in world.base.provisions or in_force(world, case, cited)]
    return then if any(cited in world.base.provisions for cited in then) else list(cites)
