"""Proofs as trees of words: each step with its kind, what it cites, and the statutory words it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pyliab.answers.render.page import FOUND, TAKEN
from pyliab.answers.render.proof import worth_showing
from pyliab.answers.report.blocks import Node, Tree, Words
from pyliab.answers.report.speech import Speech
from pyliab.law.proof import Step

KINDS = {"fact": ("事实", "fact"), "position": ("立场", "position"), "absent": ("查无", "looked for, not found")}


def tree(speech: Speech, caption: Words, reasons: Iterable[Mapping[Any, str]], proofs: Iterable[Step]) -> Tree:
    """A proof as a tree, its words quoted where they are used."""
    said = tuple(speech.both(reason) for reason in reasons)
    head = Words(f"证立：{caption.zh}", f"Proof: {caption.en}")
    return Tree(head, said, tuple(_node(speech, proof) for proof in proofs))


def _node(speech: Speech, step: Step) -> Node:
    children = tuple(_node(speech, child) for child in worth_showing(step))
    if step.kind == "rule":
        cites = speech.notes.known_of(cite for cite in step.cites if cite not in step.words)
        quotes = tuple((_provision(speech, cited), words) for cited, words in step.words.items()) if children else ()
        remark = [Words("见上", "shown above")] if step.shown else []
        remark += [Words(f"另有{step.also}种理由", f"{step.also} more reasons")] if step.also else []
        says = Words(step.says["zh"], step.says["en"], cites if children else ())
        return Node("rule", says, rule=step.rule, remark=speech.join(remark), quotes=quotes, children=children)
    says = speech.both(step.says, _behind(speech, step))
    if step.kind not in KINDS:
        return Node(step.kind, says, children=children)
    kind, found = KINDS[step.kind], TAKEN[step.status] if step.kind == "position" else FOUND[step.status]
    mark = Words(f"{kind[0]}·{found[0]}", f"{kind[1]}, {found[1]}")
    remarks = [Words(step.note["zh"], step.note["en"])] if step.note else []
    remarks += [Words(f"证据：{step.exhibit}", f"exhibit: {step.exhibit}")] if step.exhibit else []
    return Node(step.kind, says, mark, remark=speech.join(remarks), children=children)


def _provision(speech: Speech, cited: str) -> Words:
    return speech.say(lambda page: speech.phrases.provision(cited, page.lang), (cited,))


def _behind(speech: Speech, step: Step) -> tuple[str, ...]:
    """The sources of a position: who holds it, and where that stands."""
    issue, _, name = step.atom.partition("=")
    if step.kind != "position" or issue not in speech.base.issues:
        return ()
    sources = speech.base.position(issue, name)["sources"]
    return speech.notes.known_of(f"{one['source']} {one['locator'] or ''}".strip() for one in sources)
