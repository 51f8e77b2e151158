"""A liability argued as prose, for an article or a judgment: the norm in its words, how it is read, the facts under it, what
follows, and who reads it otherwise. What the proof has, in the order in which lawyers write.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyliab.answers.blocks import Block, Heading, para
from pyliab.answers.views.liability import derived, title
from pyliab.answers.views.proof import tree
from pyliab.answers.wording import Wording
from pyliab.kb.model import Argument
from pyliab.law.proof import TELLING_GROUPS, Explained, Explanation, Step
from pyliab.law.words import LANGS
from pyliab.questions.overview import Lacks
from pyliab.text.say import EMPTY, Text, capital, listed, same, say, words

_STANDS = {
    "own": say("The reading followed here ({reading}) answers the question “{issue}” so: {says}"),
    "assumed": say(
        "On the question “{issue}” the source of this reading ({reading}) is silent; by the plain text: {says}"
    ),
    "open": say(
        "The question “{issue}” is open under this reading ({reading}); suppose that it is answered so: {says}"
    ),
}
"""How a reading comes to a position."""


def argued(answer: Explained, wording: Wording, *, lacks: Lacks | None = None) -> Iterator[Block]:
    """Each liability that was asked about; where nothing follows, the answer of `derive`."""
    if not answer.explanations:
        yield from derived(answer, wording, lacks=lacks)
        return
    yield from title(wording, answer.asked.case, answer.reading, answer.as_if_in_force, answer.non_liquet)
    for explanation in answer.explanations:
        yield Heading(capital(wording.liability(explanation.liability)))
        yield from _passage(explanation, answer, wording)


def _passage(explanation: Explanation, answer: Explained, wording: Wording) -> Iterator[Block]:
    """The argument for one liability; where it is that of another with other names, which."""
    if explanation.like:
        yield from (para(reason, apart=True) for reason in tree(wording, EMPTY, explanation).reasons)
        return
    steps = [step for proof in explanation.proofs for step in proof.walk() if not step.shown]
    norms = {s.rule: s for s in steps if s.kind == "rule" and s.symbol is not None and s.symbol.name == "fulfilled"}
    carried = [name.split("=") for name in explanation.liability.positions]
    yield para(listed([_major(norm, wording) for norm in norms.values()], " "), apart=True)
    for issue, position in carried:
        yield para(_taken(issue, position, answer, wording), apart=True)
    yield para(_minor(steps, list(norms.values()), wording), apart=True)
    liability = explanation.liability
    follows = say("It follows that {owed}.", owed=wording.liability(liability))
    if liability.status == "possible":
        follows = say("So far as this is answered and proved so, {owed}.", owed=wording.liability(liability))
    yield para(follows, "strong", apart=True)
    for issue, position in carried:
        if against := _against(issue, position, wording):
            yield para(against, apart=True)


def _major(norm: Step, wording: Wording) -> Text:
    """What the norm provides, in its words."""
    name = norm.cites[0]
    known = wording.base.provisions.get(name)
    words_ = same(known.text) if known else norm.says
    english = f" (translated here: “{known.english}”)" if known and known.english else ""
    return say(
        "{provision} provides: “{words}”{english}",
        provision=wording.citation(name),
        words=words_,
        english=words({"zh": "", "en": english}),
    )


def _taken(issue: str, position: str, answer: Explained, wording: Wording) -> Text:
    """How it is read, and why."""
    known, choice = wording.base.position(issue, position), answer.asked.choice
    says = say("{title}. {says}.", title=wording.title(issue, position), says=_bare(known.says))
    reading, standing = wording.reading(choice.name), choice.standing(issue)
    taken = say(_STANDS[standing].message, issue=wording.issue(issue), reading=reading, says=says)
    reasons = listed([_reason(argument, wording) for argument in known.for_], "; ")
    return say("{taken} The reasons: {reasons}.", taken=taken, reasons=reasons) if reasons else taken


def _reason(argument: Argument, wording: Wording) -> Text:
    cites = [cite for entry in argument.sources for cite in wording.source(entry).cites]
    return _bare(argument.says).citing(*cites)


def _minor(steps: list[Step], norms: list[Step], wording: Wording) -> Text:
    """The facts that tell, and that the conditions of the norms are met by them."""
    known = {step.atom: step for step in steps if step.kind == "fact"}
    telling = [step for step in known.values() if step.group in TELLING_GROUPS]
    subsumed = listed(_fact(step, wording) for step in telling or known.values())
    met = listed((step.says for step in norms), "; ")
    return say("In the present case: {facts}. Therefore: {met}.", facts=subsumed, met=met)


def _fact(step: Step, wording: Wording) -> Text:
    says = wording.phrases.stated(step.symbol) if step.symbol else step.says
    disputed = step.status.startswith("disputed")
    beside = listed([say("in dispute") if disputed else None, step.exhibit])
    return say("{says} ({note})", says=says, note=beside) if beside else says


def _against(issue: str, position: str, wording: Wording) -> Text:
    """The other positions on a question, each with the readings that take it, and what is said against the one taken."""
    known, takers = wording.base.issues[issue], dict[str, list[str]]()
    for name, reading in wording.base.readings.items():
        if issue in reading.positions:
            takers.setdefault(reading.positions[issue].position, []).append(name)
    others = [
        say("{title} ({names})", title=wording.title(issue, name), names=listed(map(wording.reading, names), ", "))
        for name, names in takers.items()
        if name != position
    ]
    if not others:
        return EMPTY
    said = say("Others answer “{issue}” otherwise: {others}.", issue=wording.issue(issue), others=listed(others))
    against = listed([_reason(argument, wording) for argument in known.positions[position].against], "; ")
    return say("{said} Against the answer followed here: {against}.", said=said, against=against) if against else said


def _bare(text: Text) -> Text:
    """A sentence that goes on."""
    return words({lang: text.of(lang).rstrip(" .\u3002") for lang in LANGS}, *text.cites)
