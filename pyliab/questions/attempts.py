"""Why a liability does not follow: rule by rule the nearest attempt, and what it lacks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pyliab.asp import symbols as atoms
from pyliab.asp.graph import Graph, world
from pyliab.asp.open_facts import UNDATED, OpenFact, of_case, open_case, open_rules
from pyliab.asp.program import GroundProgram
from pyliab.asp.reasons import Condition, Instance, Reasons
from pyliab.asp.symbols import Symbol
from pyliab.kb.case import CaseFile, Fact
from pyliab.kb.reading import Choice
from pyliab.law.liability import Key
from pyliab.law.proof import Explainer, ProofProgram, Step
from pyliab.law.words import LANGS, Both
from pyliab.law.world import World, rewritten_rules

Why = Literal["not stated", "not met", "not so read", "open"]
"""Nobody said so; the case says otherwise; the reading takes another position; only some completion has it so."""
WAYS = 3


@dataclass
class Missing:
    """A condition that is not met.

    needs: how it would have to be: `proved`, `disproved`, `absent` (what is looked for must not be found), `taken` (a
    position), `in force`, or `derived` by one of the `ways`. `instead` says how it is: the fact as stated, the position
    that is taken. `stands_in_the_way` proves what must not be found. `accepted_by` names positions, other than those of
    the reading, each of which by itself would do.
    """

    atom: str
    says: Both
    needs: str
    why: Why
    instead: list[Both] = field(default_factory=list)
    accepted_by: list[str] = field(default_factory=list)
    ways: list[Attempt] = field(default_factory=list)
    more_ways: int = 0
    stands_in_the_way: list[Step] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Plain data; empty entries are left out."""
        plain = {k: v for k, v in vars(self).items() if v and k not in ("ways", "stands_in_the_way")}
        if self.ways:
            plain["ways"] = [way.to_json() for way in self.ways]
        if self.stands_in_the_way:
            plain["stands_in_the_way"] = [step.to_json() for step in self.stands_in_the_way]
        return plain

    def leaves(self) -> Iterable[Missing]:
        """What is missing in the end, by the nearest way."""
        if not self.ways:
            yield self
        for missing in self.ways[0].missing if self.ways else ():
            yield from missing.leaves()


@dataclass
class Attempt:
    """A rule that could conclude something, as it would apply here; `met` of its conditions are met.

    `undone_by` says what would stand in the way once all that is missing were there: the same facts may call for a more
    special rule, or exclude one.
    """

    rule: str
    atom: str
    says: Both
    cites: list[str]
    words: dict[str, str]
    file: str
    met: int
    lacks: int
    missing: list[Missing]
    excluded: list[str] = field(default_factory=list)
    undone_by: list[Both] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        plain = {k: v for k, v in vars(self).items() if k != "excluded"}
        return {**plain, "missing": [missing.to_json() for missing in self.missing]}

    def leaves(self) -> list[Missing]:
        """What is missing in the end, by the nearest ways."""
        return [leaf for missing in self.missing for leaf in missing.leaves()]


class Attempts:
    """The attempts at liabilities of one case under one reading; ground once."""

    def __init__(self, inquiry: World, case: CaseFile, choice: Choice, variables: Sequence[OpenFact]) -> None:
        self.case, self.choice, self.base = case, choice, inquiry.base
        rewritten = rewritten_rules(self.base.rule_files)
        law = "\n".join(row for row in rewritten.text.splitlines() if not row.startswith("#show"))
        facts = atoms.plain(self.base.law_facts()) + open_case(self.base, case, variables)
        text = "\n".join([law, open_rules(self.base), "{ as_if_in_force }."])
        self.program = GroundProgram([], facts, as_if_in_force=inquiry.as_if_in_force, text=text)
        today = self.program.literal(atoms.constant("as_if_in_force"))
        self._law = [] if inquiry.as_if_in_force or today is None else [-today]
        self._own = {variable: self._stands(variable, variable.own) for variable in variables}
        self._assumed = [*self.program.assume(choice.positions), *self._own.values(), *self._law]
        """The case as stated, the reading as taken, the law of the day."""
        disputed = any(fact.status == "disputed" for fact in case.facts)
        self.world = world(self.program, self._assumed, settled=not disputed and not choice.open_issues)
        self.graph = Graph(self.program, rewritten, self.world)
        self.proofs = ProofProgram(inquiry, case, self.program)
        self.explainer = Explainer(self.proofs, choice)
        self._stated = {atoms.fact_symbol(case.id, fact): fact for fact in case.facts}

    def _stands(self, variable: OpenFact, standing: str) -> int:
        return self.program.literal(atoms.standing(self.case.id, variable.symbol, standing)) or 0

    def goals(self) -> list[Key]:
        """The liabilities that some facts and some reading would bring about here."""
        return [_owed(atom) for atom in self.graph.atoms("owed")]

    def relevant(self, goal: Key) -> list[OpenFact]:
        """The facts on which a liability can depend, and with each all that are said of the same parties and things.

        What is said of the same goes along, for a fact can have to give way to another one, or can imply it.
        """
        roots = [atom for atom in self.graph.atoms("owed") if _owed(atom) == goal]
        below = {atoms.affirmed(atom) for atom in self.graph.below(roots)}
        about = {_about(variable) for variable in self._own if of_case(self.case.id, variable.symbol) in below}
        return [variable for variable in self._own if _about(variable) in about]

    def nearest(self, goals: Sequence[Key]) -> list[Key]:
        """Those of some liabilities that lack least."""
        roots = {goal: [atom for atom in self.graph.atoms("owes") if _owes(atom) == goal] for goal in goals}
        self.graph.reckon(atom for owes in roots.values() for atom in owes)
        lacking = {
            goal: min((self.graph.lacks(one) for atom in owes for one in self.graph.instances(atom)), default=0)
            for goal, owes in roots.items()
        }
        return [goal for goal in goals if lacking[goal] == min(lacking.values())]

    def at(self, goal: Key, resting_on: Collection[Symbol] | None = None) -> list[Attempt]:
        """For each rule and each basis the nearest attempt at a liability, nearest first.

        With `resting_on` only attempts that have one of these atoms among their own conditions.
        """
        roots = [atom for atom in self.graph.atoms("owes") if _owes(atom) == goal]
        self.graph.reckon(roots)
        best: dict[tuple[str, str], tuple[Symbol, Instance]] = {}
        for atom in roots:
            for instance in self.graph.instances(atom):
                if resting_on is not None and not any(
                    one.kind == "pos" and one.term[0] in resting_on for one in self.graph.conditions(instance)
                ):
                    continue
                key = (instance[0], str(atom.arguments[1]))
                known = best.get(key)
                if known is None or self.graph.distance(instance) < self.graph.distance(known[1]):
                    best[key] = (atom, instance)
        ranked = sorted(best.values(), key=lambda one: self.graph.distance(one[1]))
        found = [self._attempt(atom, instance, (atom,)) for atom, instance in ranked]
        for (atom, _), attempt in zip(ranked, found, strict=True):
            attempt.undone_by = self._undone(atom, attempt)
        return sorted(found, key=lambda one: (one.lacks, bool(one.undone_by)))

    def _attempt(self, atom: Symbol, instance: Instance, above: tuple[Symbol, ...]) -> Attempt:
        rule = instance[0]
        note, bindings = self.base.notes[rule], self.graph.bindings(instance)
        missing = self.graph.missing(instance)
        cites = self.proofs.cited(note.cites)
        words = {c: self.proofs.phrases.words_of(c, [rule]) for c in cites if c in self.base.provisions}
        return Attempt(
            rule,
            str(atom),
            {lang: self.proofs.phrases.sentence(getattr(note, lang), bindings, lang) for lang in LANGS},
            cites,
            {c: text for c, text in words.items() if text},
            f"{note.file}:{note.line}",
            len(self.graph.conditions(instance)) - len(missing),
            self.graph.lacks(instance),
            [self._missing(condition, above) for condition in missing],
            [str(c.term[0]) for c in self.graph.conditions(instance) if c.kind == "neg"],
        )

    def _undone(self, atom: Symbol, attempt: Attempt) -> list[Both]:
        """Suppose all that is missing: what then stands in the way, if the conclusion still does not follow?"""
        leaves = attempt.leaves()
        if any(leaf.needs not in ("proved", "disproved", "taken") for leaf in leaves):
            return []
        held = self._supposing(leaves)
        literal = self.program.literal(atom) or 0
        if not self.program.satisfiable(held) or self.program.satisfiable([*held, literal]):
            return []
        then = {str(symbol): symbol for symbol in self.program.witness(held) or ()}
        return [self.proofs.phrases.atom(then[one]) for one in dict.fromkeys(_excluded(attempt)) if one in then]

    def _supposing(self, leaves: Sequence[Missing]) -> list[int]:
        """The case with what is missing, other facts of the same word free to give way; the reading likewise."""
        needed = {leaf.atom.removeprefix("-"): leaf.needs for leaf in leaves if leaf.needs != "taken"}
        taken = dict(leaf.atom.split("=") for leaf in leaves if leaf.needs == "taken")
        words = {atom.partition("(")[0] for atom in needed}
        found = self.program.assume({**self.choice.positions, **taken})
        for variable, own in self._own.items():
            fact = str(of_case(self.case.id, variable.symbol))
            if fact in needed:
                found.append(self._stands(variable, needed[fact]))
            elif variable.word not in words or variable.own == "unstated":
                found.append(own)
        return [*found, *self._law]

    def _missing(self, condition: Condition, above: tuple[Symbol, ...]) -> Missing:
        atom = condition.term[0]
        if condition.kind == "neg":
            return self._in_the_way(atom)
        if atom.name == "position":
            return self._position(atom)
        if atom.name in self.base.vocabulary:
            return self._fact(atom)
        if not self.graph.instances(atom):
            return Missing(str(atom), self.proofs.phrases.atom(atom), "in force", "not met")
        return self._derived(atom, above)

    # --- the kinds of conditions ------------------------------------------------------------------------------------

    def _position(self, atom: Symbol) -> Missing:
        issue, position = (str(argument) for argument in atom.arguments)
        says = {lang: self.proofs.phrases.position(issue, position, lang) for lang in LANGS}
        name = f"{issue}={position}"
        taken = self.choice.positions.get(issue)
        if taken is None:
            return Missing(name, says, "taken", "open", [], [name])
        instead = {lang: self.proofs.phrases.position(issue, taken, lang) for lang in LANGS}
        return Missing(name, says, "taken", "not so read", [instead], [name])

    def _fact(self, atom: Symbol) -> Missing:
        """A fact that has to be proved, or disproved where the atom has a minus."""
        needs = "proved" if atom.positive else "disproved"
        says = self.proofs.phrases.atom(atom)
        stated = self._stated.get(atoms.affirmed(atom))
        told = [stated] if stated else self._nearby(atom)
        why: Why = "not met" if told else "not stated"
        if stated and stated.status == "disputed":
            why = "open"
        return Missing(str(atom), says, needs, why, [self._as_stated(fact) for fact in told])

    def _nearby(self, atom: Symbol) -> list[Fact]:
        """The same fact as the case states it: with another date, for all time, or as another one of its scope."""
        predicate = self.base.vocabulary[atom.name]
        arguments = predicate.arguments[1:]
        values = [atoms.value(value) for value in atom.arguments[1:]]
        if predicate.one_per:
            places = [i for i, argument in enumerate(arguments) if argument.name in predicate.one_per]
        else:
            places = [i for i, argument in enumerate(arguments) if argument.type != "date"]
        if len(places) == len(arguments):
            return []
        return [
            fact
            for fact in self.case.facts
            if fact.word == atom.name and all(fact.args[i] == values[i] for i in places)
            if not (atom.positive and fact.status == "disproved" and predicate.one_per)
        ]

    def _as_stated(self, fact: Fact) -> Both:
        says = self.proofs.phrases.atom(atoms.fact_symbol(self.case.id, fact))
        return {lang: f"{says[lang]}{_STATED[fact.status][lang]}" for lang in LANGS}

    def _in_the_way(self, atom: Symbol) -> Missing:
        """Something must not be found, and is: prove it, and see whether another position would not have it."""
        says = self.proofs.phrases.atom(atom)
        literal = self.program.literal(atom) or 0
        model = self.program.witness([*self._assumed, literal])
        step = self.explainer.proof_of(Reasons(model or (), self.graph.rewritten), atom)
        accepted = self._without(step, literal)
        why: Why = "not so read" if accepted else "not met" if atom in self.world.certain else "open"
        return Missing(f"not {atom}", says, "absent", why, [], accepted, stands_in_the_way=[step])

    def _without(self, step: Step, literal: int) -> list[str]:
        """Positions on one issue of a proof, each of which alone would take away what is proved."""
        issues = {below.atom.partition("=")[0] for below in step.walk() if below.kind == "position"}
        found = []
        for issue, position in self.program.positions:
            if issue in issues and self.choice.positions.get(issue) not in (None, position):
                held = self._with(issue, position)
                if self.program.satisfiable(held) and not self.program.satisfiable([*held, literal]):
                    found.append(f"{issue}={position}")
        return found

    def _derived(self, atom: Symbol, above: tuple[Symbol, ...]) -> Missing:
        """A conclusion that does not follow either: by which rules it could."""
        says = self.proofs.phrases.atom(atom)
        nearest: dict[str, Instance] = {}
        for instance in self.graph.instances(atom):
            if not {c.term[0] for c in self.graph.missing(instance) if c.kind == "pos"} & {atom, *above}:
                nearest.setdefault(instance[0], instance)
        ways = [self._attempt(atom, instance, (*above, atom)) for instance in self._worth_telling(nearest)]
        law = next((way for way in ways if all(one.needs == "in force" for one in way.missing)), None)
        if law is not None:
            return Missing(str(atom), says, "in force", "not met", [law.says])
        found = Missing(str(atom), says, "derived", "not stated", [], [], ways, len(nearest) - len(ways))
        found.accepted_by = self._accepted(atom)
        found.why = _why(found)
        return found

    def _accepted(self, atom: Symbol) -> list[str]:
        """The positions that by themselves would have the atom follow: read off the rules, then tried."""
        goal = self.program.literal(atom) or 0
        found = []
        for one in self.graph.accepting(atom):
            issue, position = (str(argument) for argument in one.arguments)
            held = self._with(issue, position)
            if self.program.satisfiable(held) and not self.program.satisfiable([*held, -goal]):
                found.append(f"{issue}={position}")
        return sorted(found)

    def _with(self, issue: str, position: str) -> list[int]:
        """The case as it is, under the reading with another position on one issue."""
        own = {self.program.positions[issue, taken] for taken in [self.choice.positions.get(issue)] if taken}
        return [*(lit for lit in self._assumed if lit not in own), self.program.positions[issue, position]]

    def _worth_telling(self, nearest: dict[str, Instance]) -> list[Instance]:
        """The ways that lack least, and those that lack a position only; those of the reading's own positions first."""
        least = min((self.graph.lacks(instance) for instance in nearest.values()), default=0)
        told = [one for one in nearest.values() if self.graph.lacks(one) == least or self._lacks_a_position(one)]
        return sorted(told, key=lambda one: (self._positions(one), self.graph.distance(one)))[:WAYS]

    def _positions(self, instance: Instance) -> int:
        """How many positions of other readings an instance asks for."""
        return sum(condition.term[0].name == "position" for condition in self.graph.missing(instance))

    def _lacks_a_position(self, instance: Instance) -> bool:
        missing = self.graph.missing(instance)
        return len(missing) == 1 and missing[0].kind == "pos" and missing[0].term[0].name == "position"


def _excluded(attempt: Attempt) -> Iterator[str]:
    """What must not be found, by the nearest ways."""
    yield from attempt.excluded
    for missing in attempt.missing:
        for way in missing.ways[:1]:
            yield from _excluded(way)


def _why(missing: Missing) -> Why:
    """What is to be said of a conclusion: the reading bars it, or the case, or nobody told."""
    if missing.accepted_by:
        return "open" if all(leaf.why == "open" for leaf in missing.leaves()) else "not so read"
    found = {leaf.why for leaf in missing.leaves()}
    return next((why for why in ("not met", "not so read", "not stated") if why in found), "open")


def _about(variable: OpenFact) -> frozenset[str | int]:
    """The parties, things and words a fact speaks of, its dates left aside."""
    return frozenset(value for value in variable.args if isinstance(value, str) and value != UNDATED)


def _owed(atom: Symbol) -> Key:
    return Key.of(atom)


def _owes(atom: Symbol) -> Key:
    _, _, debtor, _, creditor, _, form = map(str, atom.arguments)
    return Key(debtor, creditor, form)


_STATED: dict[str, Both] = {
    "proved": {"zh": "（已证明）", "en": " (proved)"},
    "disproved": {"zh": "（已否定）", "en": " (disproved)"},
    "disputed": {"zh": "（真伪不明）", "en": " (in dispute)"},
}
