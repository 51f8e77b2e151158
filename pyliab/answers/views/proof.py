"""Why: the reasons that carry a liability, then its proof as a tree; the answer of `explain`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from pyliab.answers.blocks import Block, Heading, Node, Span, Tree, para
from pyliab.answers.terms import FOUND, KNOWN, STATUS, TAKEN
from pyliab.answers.views.dispute import unproved
from pyliab.answers.views.liability import derived, remarks, title
from pyliab.answers.views.provision import in_english
from pyliab.answers.wording import Wording
from pyliab.law.proof import Explained, Explanation, Step
from pyliab.questions.overview import Lacks
from pyliab.text.later import dataclass
from pyliab.text.say import Text, listed, say, words

KINDS = {"fact": "fact [{status}]", "position": "position [{status}]", "absent": "looked for, not found [{status}]"}
"""How a condition is marked, by its kind; what is none of these speaks for itself."""


def answered(answer: Explained, wording: Wording, *, full: bool = False, lacks: Lacks | None = None) -> Iterator[Block]:
    """The answer of `explain`, its proofs in `full` or without what goes without saying; where nothing follows, that of
    `derive`, with what is lacking."""
    if not answer.explanations:
        yield from derived(answer, wording, full=full, lacks=lacks)
        return
    yield from title(wording, answer.asked.case, answer.reading, answer.as_if_in_force, answer.non_liquet)
    for explanation in answer.explanations:
        yield from explained(wording, explanation, full=full)
    if not full:
        yield para(
            say("Not shown: what was looked for and not found, and the days of laws in force (--full)."), "note", 1
        )
    steps = (step for e in answer.explanations for proof in e.proofs for step in proof.walk())
    yield from in_english((name for step in steps for name in step.words), wording)
    yield from remarks(answer, wording)
    if answer.non_liquet:
        yield from unproved(answer.unproved, wording)


def explained(wording: Wording, explanation: Explanation, *, full: bool = False) -> Iterator[Block]:
    """One liability explained."""
    liability = explanation.liability
    owed = say("{says} ({mark})", says=wording.liability(liability), mark=STATUS[liability.status])
    yield Heading(owed, 2)
    yield para(say("id: {id}", id=liability.id), "note", 1)
    completed = [*map(wording.position, explanation.completion), *map(wording.disputed, liability.disputed_facts)]
    if completed:
        yield para(say("holds when completed thus: {choices}", choices=listed(completed)), "possible", 1)
    yield tree(wording, owed, explanation, full=full)


def tree(wording: Wording, owed: Text, explanation: Explanation, *, full: bool = False) -> Tree:
    """The proof of a liability, its words quoted where they are used; or of which other it is the proof, with other names."""
    reasons = [words(reason) for reason in explanation.reasons]
    if like := explanation.like:
        instead = in_place(wording, [like.names])
        reasons.append(say("the proof is that of {id}, step by step, {instead}", id=like.id, instead=listed(instead)))
    nodes = Proof(wording, telling=None if full else ())
    proofs = zip(explanation.proofs, explanation.alike, strict=True)
    trees = tuple(_with(nodes.node(proof), in_place(wording, alike)) for proof, alike in proofs)
    return Tree(say("Proof: {owed}", owed=owed), trees, tuple(reasons))


def in_place(wording: Wording, alike: Iterable[Mapping[str, str]]) -> Iterator[Text]:
    """Which names a proof has in the place of which, those for the same names together."""
    instead: dict[tuple[str, ...], list[Text]] = {}
    for names in alike:
        instead.setdefault(tuple(names), []).append(listed(map(wording.word, names.values()), ", "))
    for old, new in instead.items():
        before = listed(map(wording.word, old), ", ")
        yield say("with {new} in the place of {old}", new=listed(new), old=before)


def _with(node: Node, alike: Iterable[Text]) -> Node:
    """A proof that stands for others."""
    says = [say("the same proof, step by step, {instead}", instead=instead) for instead in alike]
    return replace(node, children=(*node.children, *(Node("note", each) for each in says)))


@dataclass(frozen=True)
class Proof:
    """Steps as nodes. `parts_at` are those at which two readings part.

    Of what was looked for and not found only what stands in `telling` is shown; where that is None everything, the days of
    laws in force too.
    """

    wording: Wording
    parts_at: Collection[str] = ()
    telling: Collection[str] | None = None

    def node(self, step: Step) -> Node:
        """A step and all it rests on."""
        shown = worth_showing(step, days=self.telling is None)
        children = tuple(self.node(child) for child in shown if self._tells(child))
        if step.kind == "rule":
            return self._rule(step, children)
        says = words(step.says)
        if step.kind == "agreed":
            return Node("agreed", says, remarks=(Span(say(" (both conclude so, each on its own ground)"), "dim"),))
        if step.kind not in KINDS:
            return Node(step.kind, says, children=children)
        status = TAKEN[step.status] if step.kind == "position" else FOUND[step.status]
        if step.kind == "fact" and step.symbol and not step.symbol.positive:  # its sentence says so, the mark need not
            says, status = self.wording.phrases.stated(step.symbol), FOUND[step.status.replace("disproved", "proved")]
        role = "absent" if step.kind == "absent" else step.status
        says = says.citing(*self._behind(step))
        notes = [say(" ({note})", note=KNOWN[step.sure])] if step.sure else []
        notes += [say(" ({note})", note=words(step.note))] if step.note else []
        notes += [say(" (exhibit: {exhibit})", exhibit=step.exhibit)] if step.exhibit else []
        remarks = tuple(Span(note, "dim") for note in notes)
        return Node(step.kind, says, say(KINDS[step.kind], status=status), role, remarks=remarks, children=children)

    def _tells(self, step: Step) -> bool:
        return step.kind != "absent" or self.telling is None or step.atom in self.telling

    def _rule(self, step: Step, children: tuple[Node, ...]) -> Node:
        parts = step.atom in self.parts_at
        quotes = ((self.wording.provision(name), said) for name, said in step.words.items())
        return Node(
            "rule",
            words(step.says),
            rule=step.rule,
            cites=self.wording.citations(step.cites),
            remarks=tuple(self._remarks(step, parts)),
            quotes=tuple(quotes) if children or parts else (),
            children=children,
        )

    def _remarks(self, step: Step, parts: bool) -> Iterator[Span]:
        if step.shown:
            yield Span(say(" (proved by both)") if step.status == "shared" else say(" (shown above)"), "dim")
        if step.also:
            yield Span(say(" (+{also} more by this rule)", also=step.also), "dim")
        if step.grounds:
            grounds = listed([self._ground(rule) for rule in step.grounds], "; ")
            yield Span(say(" (also on another ground: {grounds})", grounds=grounds), "dim")
        if parts:
            yield Span(say(" (here they part)"), "strong")
        if step.fidelity:
            yield Span(say(" (says less than the provision: {less})", less=step.fidelity), "dim")

    def _ground(self, rule: str) -> Text:
        """A rule that concludes the same, and where it stands whole."""
        cites = self.wording.citations(self.wording.base.notes[rule].cites)
        return say("{cites} ({command})", cites=listed(cites), command=self.wording.command("show", rule))

    def _behind(self, step: Step) -> Iterable[str]:
        """The sources of a position: who holds it, and where that stands."""
        issue, _, name = step.atom.partition("=")
        if step.kind == "position" and issue in self.wording.base.issues:
            for source in self.wording.base.position(issue, name).sources:
                yield from self.wording.source(source).cites


def worth_showing(step: Step, *, days: bool = True) -> list[Step]:
    """A rule resting on dates in force alone is one line; its data stay in the JSON. The `days` of a law beside others are
    compared only where that is asked for."""
    kinds = {child.kind for child in step.of}
    if "law" in kinds and kinds <= {"law", "compare", "absent"}:
        return []
    dull = {"law"} if days or "law" not in kinds else {"law", "compare"}
    return [
        child for child in step.of if child.kind not in dull and not (child.kind == "compare" and "!=" in child.atom)
    ]
