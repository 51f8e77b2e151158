"""The proof of a liability: first the reasons that carry it, then the tree, the same in Chinese and in English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import field
from typing import ClassVar, Literal

from pyliab.asp import symbols as atoms
from pyliab.asp.days import events, is_day, literal_of, on_day, span_of, spans_of
from pyliab.asp.program import GroundProgram
from pyliab.asp.reasons import Reasons
from pyliab.asp.rewrite import Condition
from pyliab.asp.symbols import TOLD_ON, Symbol
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile, Fact
from pyliab.kb.reading import Choice
from pyliab.law.in_force import cited_then, in_force
from pyliab.law.liability import Derived, Key, Liability
from pyliab.law.renamed import Names, Shape, renaming, shape
from pyliab.law.words import Phrases
from pyliab.law.world import World, rewritten_rules
from pyliab.text.encode import UNSAID, Answer
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError, nearest
from pyliab.text.say import Text, listed, quoted, same, say

GIVEN = {
    "provision",
    "enacts",
    "reform",
    "ends",
    "brings",
    "settles",
    "drops",
    "suspends",
    "paragraph",
    "statute",
    "meaning",
    "occurred",
    "as_if_in_force",
    "default",
    "answer",
}
UNSTATED = "not stated"
TELLING_GROUPS = ("conduct", "knowledge")


Why = Literal["not stated", "not met", "not so read", "open"]
"""Nobody said so; the case says otherwise; the reading takes another position; only some completion has it so."""
Needs = Literal["proved", "disproved", "absent", "taken", "in force", "derived"]
"""How a condition would have to be: a fact, nothing that is looked for, a position, a provision; or it is concluded."""


@dataclass(frozen=True)
class Mark(Answer):
    """That a step of a proof in one world does not hold in another (`questions/two_worlds.py`), and why.

    `instead` says how it is there: the fact as stated, the position that is taken, the dates of the provision.
    `accepted_by` are positions other than those taken there, each of which by itself would do. `in_the_way` proves there
    what must not be found.
    """

    brief: ClassVar[bool] = True
    why: Why
    needs: Needs
    instead: tuple[Text, ...] = ()
    accepted_by: tuple[str, ...] = ()
    in_the_way: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Step(Answer):
    """A node of a proof.

    kind: `rule` (a rule was applied), `fact`, `position`, `law` (a datum of kb/statutes), `absent` (looked for and not
    found, or disproved), `compare`, `set`; in a contrast also `agreed` (two readings conclude so, each on a `ground` of
    its own). `of` holds the conditions of a rule; `shown` marks a sub-proof printed above, `mark` a step that does not
    hold in another world; `also` counts its other instances that conclude the same, `grounds` are other rules that do; `fidelity` says what the provision asks for and the rule does not. `symbol` is the atom that is
    concluded, stated or looked for, if there is one; `atom` says it as text.
    """

    brief: ClassVar[bool] = True
    kind: str
    atom: str
    says: Text
    rule: str = ""
    file: str = ""
    cites: Sequence[str] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    status: str = ""
    note: Text | None = None
    exhibit: str | None = None
    sure: str = ""
    group: str = ""
    also: int = 0
    grounds: Sequence[str] = ()
    shown: bool = False
    fidelity: Text | None = None
    mark: Mark | None = None
    of: Sequence[Step] = ()
    symbol: Symbol | None = field(default=None, metadata=UNSAID)

    def walk(self) -> Iterable[Step]:
        """This step and all below it."""
        yield self
        for step in self.of:
            yield from step.walk()


@dataclass(frozen=True)
class Explanation(Answer):
    """The proofs of one liability: one for each basis, and the reasons that carry them.

    `completion` are the positions on open issues under which it holds. A proof stands for all that are the same but for
    their names: `alike` has for each the names that the others have in the place of its own. So a whole explanation may be
    `like` that of another liability, with other names; then it has nothing else of its own.
    """

    liability: Liability
    reasons: Sequence[Text]
    completion: Sequence[str]
    proofs: Sequence[Step]
    alike: Sequence[Sequence[Mapping[str, str]]] = ()
    like: Like | None = None


@dataclass(frozen=True)
class Like(Answer):
    """The id of a liability explained before, and the names in the place of those in its proofs."""

    id: str
    names: Mapping[str, str]


@dataclass(frozen=True)
class Explained(Derived):
    """What follows, with the proofs of those liabilities that were asked about: the answer of `explain`."""

    explanations: Sequence[Explanation] = ()


def explained(world: World, case: CaseFile, choice: Choice, wanted: str | None = None) -> Explained:
    """What follows in a case, and why: the liabilities meant by an id or a part of one, or all. Raises InputError."""
    derived = world.derived(case.id, choice)
    chosen = select(derived.liabilities, wanted)
    explainer = Explainer(ProofProgram(world, case), choice) if chosen else None
    proofs = [explainer.explain(liability) for liability in chosen] if explainer else []
    return Explained(**vars(derived), explanations=proofs)


def select(liabilities: Sequence[Liability], wanted: str | None) -> list[Liability]:
    """The liabilities meant by an id or by a part of one (`several`, `platform:several`). Raises InputError."""
    if not wanted:
        return list(liabilities)
    parts = wanted.split(":")
    meant = [liability for liability in liabilities if liability.id == wanted] or [
        liability for liability in liabilities if set(parts) <= set(liability.id.split(":"))
    ]
    if not meant:
        ids = [liability.id for liability in liabilities]
        near = nearest(wanted, [*ids, *(liability.form for liability in liabilities)])
        there = say(" (there are: {ids})", ids=listed(ids, ", ")) if ids else say(" (there is none)")
        raise InputError(say("no liability {wanted} here{near}{there}", wanted=quoted(wanted), near=near, there=there))
    return meant


class ProofProgram:
    """One case with the rewritten rules, ground once; explained under any number of readings."""

    def __init__(self, inquiry: World, case: CaseFile, program: GroundProgram | None = None) -> None:
        """`program` takes the place of the rewritten law with the facts of the case, where facts are to stand open."""
        self.inquiry, self.case = inquiry, case
        self.base = inquiry.base
        self.phrases = Phrases(self.base, case.names())
        self.rewritten = rewritten_rules(self.base.rule_files)
        self.program = program or inquiry.alone(case).proof_program
        self.facts = _facts(self.base, case)
        self._read: dict[frozenset[int], tuple[Reasons, set[int]]] = {}

    def supposing(self, case: CaseFile) -> ProofProgram:
        """The same program, where what stands open in it stands as in this case."""
        other = copy(self)
        other.case, other.facts, other._read = case, _facts(self.base, case), {}
        return other

    def reasons(self, choice: Choice, liability: Liability | None = None) -> Reasons:
        """The reasons in one answer set of the reading, one in which the liability holds. Raises InputError if none does."""
        assumptions, goal = self.program.assume(choice.positions), list[int]()
        if liability is not None:
            carried = dict(name.split("=", 1) for name in liability.positions)
            assumptions += self.program.assume(carried)
            assumptions += [literal_of(self.program, fact) for fact in liability.disputed_facts]
            goal = [self.program.liable((self.case.id, *liability.key))]
        otherwise = say("{id} does not follow", id=liability.id) if liability else say("this reading does not follow")
        return self._answer(choice, assumptions, otherwise, goal=goal)

    def reasons_without(self, choice: Choice, key: Key, like: Reasons) -> Reasons:
        """An answer set of the reading in which nobody owes so, completed as another one is wherever it can be.

        Raises InputError where the liability follows in every answer set.
        """
        owed = self.program.literal(atoms.owed(self.case.id, key))
        assumptions = self.program.assume(choice.positions) + ([-owed] if owed is not None else [])
        decided = sorted((atom for atom in like.true if atom.name == "position" or atom in self.facts), key=str)
        left = {literal for group in self.undecided(choice) for literal in group}
        alike = [[literal] for atom in decided if (literal := self.program.literal(atom)) in left]
        name = ":".join(key)
        otherwise = say("{name} follows in any case", name=name)
        return self._answer(choice, assumptions, otherwise, alike)

    def undecided(self, choice: Choice) -> list[list[int]]:
        """What an answer set decides beyond the reading: open issues, then disputed facts; the first comes first."""
        facts = self.inquiry.open_facts(self.case)
        literals = ([literal for symbol in group if (literal := self.program.literal(symbol))] for group in facts)
        return [*self.program.open_groups(choice.open_issues), *literals]

    def _answer(
        self,
        choice: Choice,
        assumptions: list[int],
        otherwise: Text,
        first: Sequence[Sequence[int]] = (),
        goal: Sequence[int] = (),
    ) -> Reasons:
        """The reasons in one answer set, the same every time. Raises InputError, saying `otherwise`, if there is none.

        An answer set that was read for another goal does for this one, if it holds there too.
        """
        taken = self.program.complete([*assumptions, *goal], [*first, *self.undecided(choice)])
        decided = frozenset(taken).difference(goal)
        if (known := self._read.get(decided)) and known[1].issuperset(goal):
            return self._spanned(known[0])
        watched = self.program.literals("owed").values()
        seen = self.program.first(taken, lambda m: (list(m.symbols(atoms=True)), {x for x in watched if m.is_true(x)}))
        if seen is None:
            raise InputError(otherwise)
        self._read[decided] = Reasons(seen[0], self.rewritten), seen[1]
        return self._spanned(self._read[decided][0])

    def _spanned(self, reasons: Reasons) -> Reasons:
        """From now on, days that stand for a span here are said as that."""
        self.phrases.spans = spans_of(reasons.true) if any(map(span_of, self.facts.values())) else {}
        return reasons

    def applied(self, cited: str) -> bool:
        """Is this a provision that applied on the day of the case, or that no rule asks the date of?"""
        if cited not in self.base.provisions:
            return False
        asked = self.base.decides(cited) and not self.inquiry.as_if_in_force
        return not asked or in_force(self.inquiry, self.case, cited)

    def cited(self, cites: Sequence[str]) -> list[str]:
        """Of what a rule cites, what was law on the day of the case; all of it if the question is put `as_if_in_force`."""
        return list(cites) if self.inquiry.as_if_in_force else cited_then(self.inquiry, self.case, cites)

    def certain(self, atom: Symbol, choice: Choice) -> bool:
        """Does this atom hold in every completion of the reading and of the disputed facts?"""
        literal = self.program.literal(atom)
        return literal is not None and not self.program.satisfiable([*self.program.assume(choice.positions), -literal])

    def possible(self, atom: Symbol, choice: Choice) -> bool:
        """Can this atom hold under the reading?"""
        literal = self.program.literal(atom)
        return literal is not None and self.program.satisfiable([*self.program.assume(choice.positions), literal])


def _facts(base: KnowledgeBase, case: CaseFile) -> dict[Symbol, Fact]:
    """The facts of a case by their atoms; one that has a span for its day by the atom of each day on which it may fall."""
    dated = ((on_day(f, day), f) for event in events(base, case) for f in event.facts for *_, day in event.pieces)
    every = [*((fact, fact) for fact in case.facts), *dated]
    return {atoms.fact_symbol(case.id, on, positive): fact for on, fact in every for positive in (True, False)}


class Explainer:
    """Explains the liabilities of one case under one reading."""

    def __init__(self, proofs: ProofProgram, choice: Choice) -> None:
        self.proofs, self.choice = proofs, choice
        self.base, self.case, self.phrases, self.facts = proofs.base, proofs.case, proofs.phrases, proofs.facts
        self._explained: dict[Shape, tuple[str, Names]] = {}

    def explain(self, liability: Liability) -> Explanation:
        """All proofs of a liability in one answer set in which it holds, those that are the same but for names once."""
        reasons = self.proofs.reasons(self.choice, liability)
        taken = {"=".join(map(str, a.arguments)) for a in reasons.true if a.name == "position"}
        completion = [p for p in liability.positions if p in taken and p.partition("=")[0] in self.choice.open_issues]
        opened: dict[str, Step] = {}
        groups = self._groups(reasons, liability, opened)
        form, names = shape((proof for group in groups for proof, _ in group), self.case.names(), opened)
        told = form, liability.form, liability.status, *liability.positions, *completion
        first, of_first = self._explained.setdefault(told, (liability.id, names))
        if first != liability.id:
            return Explanation(liability, [], completion, [], like=Like(first, renaming(of_first, names)))
        proofs = [group[0][0] for group in groups]
        alike = [[renaming(group[0][1], other) for _, other in group[1:]] for group in groups]
        return Explanation(liability, self._reasons(liability, proofs), completion, proofs, alike)

    def _groups(
        self, reasons: Reasons, liability: Liability, opened: dict[str, Step]
    ) -> list[list[tuple[Step, Names]]]:
        """The proofs of a liability, each with its names, by shape; only what the first of a group opens counts as shown."""
        shown: dict[str, dict[Symbol, Step]] = {}
        groups: dict[Shape, list[tuple[Step, Names]]] = {}
        for atom in self._roots(reasons, liability):
            before = shown.get(basis := str(atom.arguments[1]), {})
            proof = self._step(reasons, atom, after := dict(before))
            opened.update((step.atom, step) for step in after.values())
            form, names = shape([proof], self.case.names(), opened)
            if form not in groups:
                shown[basis] = after
            groups.setdefault(form, []).append((proof, names))
        return list(groups.values())

    def trees(self, reasons: Reasons, liability: Liability) -> list[Step]:
        """One proof for each basis, and for each harm it covers; what a further harm shares with the first stays closed."""
        shown: dict[str, dict[Symbol, Step]] = {}
        return [
            self._step(reasons, atom, shown.setdefault(str(atom.arguments[1]), {}))
            for atom in self._roots(reasons, liability)
        ]

    def proof_of(self, reasons: Reasons, atom: Symbol, shown: dict[Symbol, Step] | None = None) -> Step:
        """The proof of any atom that holds in the answer set of the reasons; what is already `shown` stays closed.

        All steps that are opened are added to `shown`.
        """
        return self._step(reasons, atom, {} if shown is None else shown)

    def _roots(self, reasons: Reasons, liability: Liability) -> list[Symbol]:
        """One `owes` atom for each provision, limb and harm: a certain one before one that is only possible."""
        roots: dict[tuple[str, str], list[Symbol]] = {}
        for atom in sorted((atom for atom in reasons.true if atom.name == "owes"), key=str):
            case, basis, debtor, _, creditor, harm, form = atom.arguments
            if (str(case), str(debtor), str(creditor), str(form)) == (self.case.id, *liability.key):
                roots.setdefault((str(basis), str(harm)), []).append(atom)
        if not self.proofs.undecided(self.choice):
            return [owed[0] for owed in roots.values()]
        certain = {atom: self.proofs.certain(atom, self.choice) for owed in roots.values() for atom in owed}
        first = (min(owed, key=lambda atom: not certain[atom]) for owed in roots.values())
        return sorted(first, key=lambda atom: (not certain[atom], str(atom)))

    def _step(self, reasons: Reasons, atom: Symbol, shown: dict[Symbol, Step]) -> Step:
        if atom in shown:
            return Step("rule", str(atom), shown[atom].says, shown[atom].rule, shown=True, symbol=atom)
        instance = reasons.support(_inferred(reasons, atom) or atom)
        if instance is None:
            return self._leaf(reasons, atom, shown)
        rule = instance[0]
        note, bindings = self.base.notes[rule], reasons.bindings(instance)
        says = self.phrases.sentence({"zh": note.zh, "en": note.en}, bindings)
        supports = reasons.supports(atom)
        cites = self._governing(reasons, bindings.values(), self.proofs.cited(note.cites))
        carried = {c: self.phrases.words_of(c, [rule]) for c in cites if self.proofs.applied(c)}
        step = Step(
            "rule",
            str(atom),
            says,
            rule,
            f"{note.file}:{note.line}",
            cites,
            {c: text for c, text in carried.items() if text},
            also=sum(other[0] == rule and other != instance for other in supports),
            grounds=list(dict.fromkeys(other[0] for other in supports if other[0] != rule)),
            fidelity=note.fidelity,
            of=[self._condition(reasons, *condition, shown) for condition in reasons.conditions(instance)],
            symbol=atom,
        )
        shown[atom] = step
        return step

    def _governing(self, reasons: Reasons, values: Iterable[Symbol], cites: list[str]) -> list[str]:
        """What is cited, without laws of the case that do not govern the claims the step is about, unless none does."""
        harms = [value for value in values if str(value) in self.case.doc.harms]
        asked = set(filter(self.base.decides, cites)) if harms else set()
        claims = [(atoms.constant(self.case.id), harm) for harm in harms]
        governing = {
            cited
            for cited in asked
            for case, harm in claims
            if atoms.function("governs", case, atoms.term(cited), harm) in reasons.true
        }
        return [cited for cited in cites if cited not in asked - governing] if governing else cites

    def _condition(
        self, reasons: Reasons, condition: Condition, behind: list[Symbol], shown: dict[Symbol, Step]
    ) -> Step:
        if condition.kind == "pos":
            return self._step(reasons, condition.term[0], shown)
        if condition.kind == "neg":
            return self._absent(condition.term[0])
        if condition.kind == "compare":
            sign, *sides = condition.term
            left, right = map(self.phrases.value, sides)
            says = listed([left, _SIGNS.get(sign.string, sign.string), right], " ")
            return Step("compare", f"{sides[0]} {sign.string} {sides[1]}", says)
        text = condition.term[0].string
        return Step("set", text, same(text), of=[self._step(reasons, atom, shown) for atom in behind])

    def _leaf(self, reasons: Reasons, atom: Symbol, _shown: dict[Symbol, Step]) -> Step:
        fact = self.facts.get(atom)
        says = self.phrases.atom(atom)
        if fact is not None and span_of(fact):
            says = self.phrases.atom(atoms.fact_symbol(self.case.id, fact))
        if atom.name == "position":
            return self._position(atom)
        if fact is None:
            of = [Step("given", str(day), self.phrases.atom(day)) for day in _days(reasons, atom)]
            return Step("law" if atom.name in GIVEN else "given", str(atom), says, of=of, symbol=atom)
        status = "proved" if atom.positive else "disproved"
        if fact.status == "disputed":
            status = f"disputed, taken as {status}"
        return Step(
            "fact",
            str(atom),
            says,
            status=status,
            note=fact.note,
            exhibit=fact.exhibit,
            sure="" if fact.sure == "reported" else fact.sure,
            group=self._group(fact),
            file=f"{self.case.file}:{fact.line}",
            of=[Step("given", str(day), self.phrases.atom(day)) for day in _days(reasons, atom)],
            symbol=atom,
        )

    def _group(self, fact: Fact) -> str:
        return self.base.vocabulary[fact.word].group or ""

    def _position(self, atom: Symbol) -> Step:
        issue, position = (str(argument) for argument in atom.arguments)
        says = self.phrases.position(issue, position)
        return Step("position", f"{issue}={position}", says, status=self._standing(issue), symbol=atom)

    def _standing(self, issue: str) -> str:
        return self.choice.standing(issue)

    def _absent(self, atom: Symbol) -> Step:
        """A negated condition: a fact that nobody stated, one that is disproved, or a conclusion that does not follow."""
        opposite = self.facts.get(atom)
        status: str
        if opposite is not None:
            status = (
                "disproved" if opposite.status == "disproved" else "proved" if not atom.positive else opposite.status
            )
            if opposite.status == "disputed" and self.proofs.inquiry.non_liquet:
                status = "disputed, not proved" if atom.positive else "disputed, not disproved"
        elif atom.name in self.base.vocabulary:
            status = UNSTATED
        else:
            status = "not derived"
        return Step("absent", f"not {atom}", self.phrases.stated(atom), status=status, symbol=atom)

    def _reasons(self, liability: Liability, proofs: Sequence[Step]) -> list[Text]:
        """Few lines: the norms that are met, the facts that tell, what is taken not to be so for nobody stated it, the positions that
        decide."""
        steps = [step for proof in proofs for step in proof.walk() if not step.shown]
        norms: dict[str, Step] = {}
        for step in steps:
            if step.kind == "rule" and step.symbol is not None and step.symbol.name == "fulfilled":
                norms.setdefault(step.rule, step)
        cited = ((self.phrases.citation(step.cites[0]), step.says) for step in norms.values())
        rows = [say("{label}: {value}", label=norm, value=says) for norm, says in cited]
        facts = {step.atom: step for step in steps if step.kind == "fact" and step.group in TELLING_GROUPS}
        for label, stand in _STATED.items():
            stated = (step for status in stand for step in facts.values() if step.status == status)
            sentences = [self.phrases.stated(step.symbol) if step.symbol else step.says for step in stated]
            rows += [say("{label}{facts}", label=label, facts=listed(sentences))] if sentences else []
        silent = {step.atom: step.says for step in steps if step.kind == "absent" and step.status == UNSTATED}
        rows += [say("{label}{facts}", label=say("nobody stated: "), facts=listed(silent.values()))] if silent else []
        decisive = [name.partition("=") for name in liability.positions]
        taken = [listed([self.phrases.position(i, p), WHO[self.choice.standing(i)]], "") for i, _, p in decisive]
        return [*rows, listed(taken)] if taken else rows


def _days(reasons: Reasons, fact: Symbol) -> list[Symbol]:
    """On which day a fact fell of which only a span is known."""
    told = {
        tuple(a.arguments[1:3])
        for a in reasons.true
        if a.name == TOLD_ON and a.arguments[3].arguments in (fact.arguments, fact.arguments[1:])
    }
    return [day for day in reasons.true if is_day(day) and (day.arguments[1], day.arguments[4]) in told]


_SIGNS = {"<=": "≤", ">=": "≥", "!=": "≠"}
WHO = {
    "own": say(" (taken by the reading)"),
    "assumed": say(" (assumed from the text)"),
    "open": say(" (open; completed so here)"),
}
_STATED = {
    say("proved: "): ("disproved", "proved"),
    say("in dispute, taken so here: "): ("disputed, taken as proved", "disputed, taken as disproved"),
}


def _inferred(reasons: Reasons, atom: Symbol) -> Symbol | None:
    """The conclusion by which a fact holds that nobody proved: `inferred(Case, Fact, Side)`."""
    if not atom.arguments:
        return None
    side = atoms.constant("so" if atom.positive else "not_so")
    conclusion = atoms.function("inferred", atom.arguments[0], atoms.affirmed(atom), side)
    return conclusion if conclusion in reasons.true else None
