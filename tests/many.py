"""A case with as many sellers, harms and facts in dispute as one likes."""

from __future__ import annotations

from pathlib import Path

from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile

ITEMS = ("item", "harm")
HEAD = """case: many
title: Many sellers, each audit in dispute
kind: hypothetical
date: 2021-06-01
about: big
parties:
  platform: the platform
  buyer: the buyer
  friend: the friend
"""
OF_ALL = """facts:
  - organisation: {party: platform}
  - provides_marketplace: {platform: platform}
  - consumer: {person: buyer}
  - consumer: {person: friend}
  - at_fault: {party: platform, duty: audit}
"""
OF_EACH = """  - does_business: {operator: seller_N}
  - offers: {operator: seller_N, item: item_N, platform: platform}
  - life_health: {item: item_N}
  - caused: {party: seller_N, harm: harm_N}
  - contributed: {party: platform, duty: audit, harm: harm_N}
  - harm: {harm: harm_N, person: PERSON, interest: health, on: 2021-06-01}
  - arises_from: {harm: harm_N, item: item_N}
  - place: {harm: harm_N, where: linked}
  - loss: {harm: harm_N, yuan: 1N00}
  - audited: {platform: platform, operator: seller_N}
    status: STATUS
"""


def many(base: KnowledgeBase, folder: Path, sellers: int, disputed: int, *more: str) -> CaseFile:
    """One platform and many sellers, each of whom caused a harm; whether it audited them is in dispute for some."""
    parties = "".join(f"  seller_{n}: seller {n}\n" for n in range(sellers))
    named = "".join(f"{kind}s:\n" + "".join(f"  {kind}_{n}: {kind} {n}\n" for n in range(sellers)) for kind in ITEMS)
    facts = "".join(
        OF_EACH.replace("STATUS", "disputed" if n < disputed else "disproved")
        .replace("PERSON", ("buyer", "friend")[n % 2])
        .replace("N", str(n))
        for n in range(sellers)
    )
    path = folder / f"many_{sellers}_{disputed}_{len(more)}.yaml"
    path.write_text(HEAD + parties + named + OF_ALL + facts + "".join(f"  - {line}\n" for line in more), "utf-8")
    return base.case(str(path))
