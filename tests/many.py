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


HARM = """  - harm: {harm: harm_N, person: PERSON, interest: health, on: 2021-06-01}
  - caused: {party: seller, harm: harm_N}
  - arises_from: {harm: harm_N, item: item}
  - contributed: {party: platform, duty: audit, harm: harm_N}
  - place: {harm: harm_N, where: linked}
  - loss: {harm: harm_N, yuan: 1N00}
"""
ONE_SELLER = """  - does_business: {operator: seller}
  - offers: {operator: seller, item: item, platform: platform}
  - life_health: {item: item}
  - audited: {platform: platform, operator: seller}
    status: disproved
  - share: {platform: platform, part: 30%}
"""


def many_harms(base: KnowledgeBase, folder: Path, harms: int) -> CaseFile:
    """One seller, one thing, one buyer, and many harms of one shape."""
    return _one_seller(base, folder / f"harms_{harms}.yaml", harms, ["buyer"] * harms)


def many_victims(base: KnowledgeBase, folder: Path, victims: int) -> CaseFile:
    """One seller and one thing, by which many are harmed."""
    return _one_seller(base, folder / f"victims_{victims}.yaml", victims, [f"victim_{n}" for n in range(victims)])


def _one_seller(base: KnowledgeBase, path: Path, harms: int, persons: list[str]) -> CaseFile:
    parties = "  seller: the seller\n" + "".join(f"  {p}: {p}\n" for p in dict.fromkeys(persons) if p != "buyer")
    named = "items:\n  item: the thing\nharms:\n" + "".join(f"  harm_{n}: harm {n}\n" for n in range(harms))
    facts = "".join(f"  - consumer: {{person: {p}}}\n" for p in dict.fromkeys(persons) if p != "buyer")
    facts += "".join(HARM.replace("PERSON", p).replace("N", str(n)) for n, p in enumerate(persons))
    path.write_text(HEAD + parties + named + OF_ALL + ONE_SELLER + facts, "utf-8")
    return base.case(str(path))
