"""What the rules derive of who owes whom, in every completion of what a reading and the facts leave open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from fractions import Fraction

from pyliab.asp import symbols as atoms
from pyliab.asp.program import CONTRADICTION
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice
from pyliab.law.liability import NOBODY
from pyliab.law.world import world_of
from pyliab.text.amounts import Yuan
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError
from pyliab.text.say import say

Pair = tuple[str, str]
"""Debtor and creditor."""
Ends = tuple[Fraction, Fraction]
"""The lowest and the highest value of a share."""
MAX_COMPLETIONS = 50_000


@dataclass(frozen=True)
class Terms:
    """One liability in one completion, as the rules derive it; everything by name, nothing in yuan yet."""

    form: str
    ceiling: str
    order: str
    harms: tuple[str, ...] = ()
    direct: tuple[str, ...] = ()
    recourse: tuple[tuple[str, str], ...] = ()
    flags: frozenset[tuple[str, ...]] = frozenset()

    def says(self, name: str, *values: str) -> bool:
        """Was this conclusion derived of the liability?"""
        return (name, *values) in self.flags

    def named(self, name: str) -> list[str]:
        """The parties of whom this conclusion was derived."""
        return sorted(flag[1] for flag in self.flags if flag[0] == name)


@dataclass
class Stated:
    """The amounts and shares that a case states as proved; the rest is open."""

    loss: dict[str, Yuan] = field(default_factory=dict)
    expanded: dict[tuple[str, str], Yuan] = field(default_factory=dict)
    share: dict[str, Ends] = field(default_factory=dict)
    victim: dict[str, Ends] = field(default_factory=dict)
    assets: dict[str, Yuan] = field(default_factory=dict)
    extra: dict[Pair, Yuan] = field(default_factory=dict)


def stated(case: CaseFile) -> Stated:
    """Read the amounts of a case. A disputed one counts as not stated."""
    found = Stated()
    for fact in case.facts:
        if fact.status != "proved":
            continue
        args = [str(value) for value in fact.args]
        if fact.word == "loss":
            found.loss[args[0]] = Fraction(args[1])
        elif fact.word == "expanded_part":
            found.expanded[args[0], args[1]] = Fraction(args[2])
        elif fact.word == "share":
            found.share[args[0]] = _ends(args[1])
        elif fact.word == "victim_share":
            found.victim[args[0]] = _ends(args[1])
        elif fact.word == "assets":
            found.assets[args[0]] = Fraction(args[1])
        elif fact.word == "extra_damages":
            found.extra[args[0], args[1]] = Fraction(args[2])
    return found


def _ends(text: str) -> Ends:
    low, _, high = text.partition("-")
    return Fraction(low), Fraction(high or low)


Conclusion = tuple[str, tuple[str, ...]]
"""A conclusion that settlement reads: its name and its arguments after the case, as text."""
Completion = Mapping[Pair, tuple[Terms, ...]]
Said = tuple[str, tuple[str, ...]]
"""A conclusion by name, with what it says."""


class Journal:
    """The liabilities of a case in some completions of what is open, ready to be reckoned."""

    def __init__(self, case: CaseFile) -> None:
        self.case, self.stated = case, stated(case)
        self.completions: list[Completion] = []
        self.reduced: set[tuple[str, str, str]] = set()
        self.always_reduced: set[tuple[str, str, str]] = set()
        self.later: set[tuple[str, str]] = set()

    def note(self, rows: Sequence[Said]) -> None:
        """One more completion: the conclusions that settlement reads, without the case."""
        reduced = {(v[0], v[1], v[2]) for name, v in rows if name == "reduced"}
        self.always_reduced = self.always_reduced & reduced if self.completions else reduced
        self.reduced |= reduced
        self.later |= {(v[3], v[1]) for name, v in rows if name == "dated_expansion"}
        self.completions.append(_liabilities(rows))

    def pairs(self) -> list[Pair]:
        """Who may owe whom, in some completion."""
        return sorted({pair for one in self.completions for pair in one})

    def forms(self, pair: Pair) -> list[str]:
        """The forms in which it may be owed."""
        return sorted({terms.form for one in self.completions for terms in one.get(pair, ())})

    def certain(self, pair: Pair, form: str | None = None) -> bool:
        """Is it owed (in this form) in every completion?"""
        return all(any(form in (None, t.form) for t in one.get(pair, ())) for one in self.completions)

    def together(self, pair: Pair) -> list[tuple[Terms, ...]]:
        """The liabilities that stand side by side, in each completion; empty where nothing is owed."""
        return list(dict.fromkeys(one.get(pair, ()) for one in self.completions))

    def alone(self, pair: Pair, form: str) -> list[tuple[Terms, ...]]:
        """The liability of this form by itself, in each completion that has it."""
        found = (terms for one in self.completions for terms in one.get(pair, ()) if terms.form == form)
        return [(terms,) for terms in dict.fromkeys(found)]


class Ledger(Journal):
    """The liabilities of a case under one reading, in every completion."""

    def __init__(self, base: KnowledgeBase, case: CaseFile, choice: Choice, *, as_if_in_force: bool = False) -> None:
        super().__init__(case)
        program = world_of(base, case, as_if_in_force=as_if_in_force).program
        self.choice = choice
        for i, found in enumerate(program.completions(choice.positions)):
            if i == MAX_COMPLETIONS:
                message = say(
                    "more than {max_completions} outcomes are open; take more positions",
                    max_completions=MAX_COMPLETIONS,
                )
                raise InputError(message)
            rows = [(s.name, tuple(str(atoms.value(a)) for a in s.arguments)) for s in found if s.arguments]
            self.note([(name, values[1:]) for name, values in rows if values[0] == case.id])
        if not self.completions:
            raise InputError(CONTRADICTION)
        self.completions = list({_frozen(one): one for one in self.completions}.values())


def _frozen(one: Completion) -> frozenset[tuple[Pair, tuple[Terms, ...]]]:
    return frozenset(one.items())


def _liabilities(rows: Iterable[Said]) -> Completion:
    """The conclusions of one completion, by debtor and creditor, and by form."""
    found: dict[tuple[Pair, str], list[Said]] = {}
    for name, values in rows:
        if name not in ("reduced", "dated_expansion"):
            found.setdefault(((values[0], values[1]), values[2]), []).append((name, values[3:]))
    result: dict[Pair, tuple[Terms, ...]] = {}
    for (pair, form), said in sorted(found.items()):
        by_name: dict[str, list[tuple[str, ...]]] = {}
        for name, rest in said:
            by_name.setdefault(name, []).append(rest)
        if "owed" in by_name:
            result[pair] = (*result.get(pair, ()), _terms(form, by_name))
    return result


def _terms(form: str, said: Mapping[str, Sequence[tuple[str, ...]]]) -> Terms:
    ((ceiling, order),) = said["terms"]
    return Terms(
        form,
        ceiling,
        order,
        tuple(sorted({rest[1] for rest in said["covers"]})),
        tuple(sorted({rest[0] for rest in said.get("direct", ())})),
        tuple(sorted((rest[0], rest[1]) for rest in said.get("recourse", ()) if rest[0] != NOBODY)),
        frozenset((name, *rest) for name, rows in said.items() for rest in rows),
    )
