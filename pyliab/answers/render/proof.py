"""The answer of `explain`: the reasons, then the tree."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from pyliab.answers.render.page import FOUND, STYLES, TAKEN, Page, disputed_text, position_text
from pyliab.law.proof import Explanation, Step
from pyliab.law.words import Phrases
from pyliab.text.say import say, words

if TYPE_CHECKING:
    from rich.text import Text
    from rich.tree import Tree


def explained(page: Page, explanation: Explanation, phrases: Phrases) -> None:
    """The answer of `explain` for one liability: the reasons, then the trees."""
    one = explanation.liability
    lang = page.lang
    title = page.t(
        say(
            "{word} is liable to {word2}: {label} ({status})",
            word=phrases.word(one.debtor, lang),
            word2=phrases.word(one.creditor, lang),
            label=page.label("form", one.form),
            status=page.status(one),
        )
    )
    page.line(title, style="bold")
    page.line(f"id: {one.id}", 2, "dim")
    if explanation.completion or one.disputed_facts:
        said = [position_text(phrases, name, lang) for name in explanation.completion] + [
            disputed_text(page, phrases, text) for text in one.disputed_facts
        ]
        page.line(page.t(say("holds when completed thus: ")) + page.join(said), 2, "yellow")
    for i, reason in enumerate(explanation.reasons, 1):
        page.line(f"{i}. {reason[lang]}", 2)
    for proof in explanation.proofs:
        page.line()
        page.console.print(proof_tree(page, phrases, proof))


def proof_tree(page: Page, phrases: Phrases, step: Step) -> Tree:
    """The tree of one proof."""
    return ProofTrees(page, phrases).tree(step)


def to_depth(step: Step, depth: int) -> Step:
    """The upper steps of a proof; the whole of it is in the JSON."""
    return replace(step, of=[to_depth(child, depth - 1) for child in step.of] if depth else [])


class ProofTrees:
    """Prints proofs; words of a statute are quoted once over all of them, and not at steps that are not opened.

    The steps of `parts_at` are marked as those at which two readings part; of what was looked for and not found only
    what stands in `telling` is shown, or all where that is None.
    """

    def __init__(
        self, page: Page, phrases: Phrases, parts_at: Collection[str] = (), telling: Collection[str] | None = None
    ) -> None:
        self.page, self.phrases, self.parts_at, self.telling = page, phrases, parts_at, telling
        self.quoted: set[str] = set()

    def tree(self, step: Step) -> Tree:
        """The tree of one proof."""
        from rich.tree import Tree

        children = [child for child in worth_showing(step) if self._tells(child)]
        tree = Tree(self._node(step, opened=bool(children) or step.atom in self.parts_at), guide_style="dim")
        for child in children:
            tree.add(self.tree(child))
        return tree

    def _tells(self, step: Step) -> bool:
        return step.kind != "absent" or self.telling is None or step.atom in self.telling

    def _node(self, step: Step, opened: bool) -> Text:
        if step.kind == "rule":
            return self._rule(step, opened)
        if step.kind == "agreed":
            return _agreed(self.page, step)
        return _leaf(self.page, step)

    def _rule(self, step: Step, opened: bool) -> Text:
        from pyliab.text.wrap import Words

        page, phrases = self.page, self.phrases
        text = Words(step.says[page.lang])
        cites = page.join(phrases.citation(cited, page.lang) for cited in step.cites if cited != "design")
        text.append(f"  ⟨{step.rule}⟩" + (f" {cites}" if cites else ""), "cyan")
        if step.shown:
            both = ("（两读法同）", " (proved by both)")
            text.append(page.t(*(both if step.status == "shared" else ("（见上）", " (shown above)"))), "dim")
        if step.also:
            text.append(page.t(say(" (+{also} more)", also=step.also)), "dim")
        if step.atom in self.parts_at:
            text.append(page.t(say(" (here they part)")), "bold")
        for cited, wording in step.words.items() if opened else ():
            if cited + wording not in self.quoted:
                self.quoted.add(cited + wording)
                text.append(f"\n{phrases.provision(cited, page.lang)}{page.t('：', ': ')}“{wording}”", "italic dim")
        return text


def worth_showing(step: Step) -> list[Step]:
    """A rule resting on dates in force alone is one line; its data stay in the JSON."""
    return (
        []
        if all(child.kind in ("law", "compare", "absent") for child in step.of)
        and any(c.kind == "law" for c in step.of)
        else [
            child for child in step.of if child.kind != "law" and not (child.kind == "compare" and "!=" in child.atom)
        ]
    )


def _agreed(page: Page, step: Step) -> Text:
    from pyliab.text.wrap import Words

    text = Words(step.says[page.lang])
    text.append(page.t(say(" (both conclude so, each on its own ground)")), "dim")
    return text


def _leaf(page: Page, step: Step) -> Text:
    """A condition as text: how it stands, what it says, and what the case notes on it."""
    from pyliab.text.wrap import Words

    says = step.says[page.lang]
    marks = {"fact": ("事实", "fact"), "position": ("立场", "position"), "absent": ("查无", "looked for, not found")}
    if step.kind not in marks:
        return Words(says)
    found = TAKEN[step.status] if step.kind == "position" else FOUND[step.status]
    style = "magenta" if step.kind == "absent" else STYLES.get(step.status, "")
    text = Words(f"{page.t(*marks[step.kind])} [{page.t(*found)}] ", style)
    text.append(says, "")
    if step.note:
        text.append(page.t(say(" ({note})", note=words(step.note))), "dim")
    if step.exhibit:
        text.append(page.t(say(" (exhibit: {exhibit})", exhibit=step.exhibit)), "dim")
    return text
