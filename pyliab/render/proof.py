"""The answer of `explain`: the reasons, then the tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyliab.explain import Explanation, Step
from pyliab.phrase import Phrases
from pyliab.render.page import FOUND, STYLES, TAKEN, Page, disputed_text, position_text

if TYPE_CHECKING:
    from rich.text import Text
    from rich.tree import Tree


def explained(page: Page, explanation: Explanation, phrases: Phrases) -> None:
    """The answer of `explain` for one liability: the reasons, then the trees."""
    one = explanation.liability
    lang = page.lang
    title = page.t(
        f"{phrases.word(one.debtor, lang)}对{phrases.word(one.creditor, lang)}承担责任：{page.label('form', one.form)}（{page.status(one)}）",
        f"{phrases.word(one.debtor, lang)} is liable to {phrases.word(one.creditor, lang)}: {page.label('form', one.form)} ({page.status(one)})",
    )
    page.line(title, style="bold")
    page.line(f"id: {one.id}", 2, "dim")
    if explanation.completion or one.facts:
        said = [position_text(phrases, name, lang) for name in explanation.completion] + [
            disputed_text(page, phrases, text) for text in one.facts
        ]
        page.line(page.t("成立的一种补足：", "holds when completed thus: ") + page.join(said), 2, "yellow")
    for i, reason in enumerate(explanation.reasons, 1):
        page.line(f"{i}. {reason[lang]}", 2)
    for proof in explanation.proofs:
        page.line()
        page.console.print(proof_tree(page, phrases, proof))


def proof_tree(page: Page, phrases: Phrases, step: Step) -> Tree:
    """The tree of one proof."""
    return _tree(page, phrases, step, set())


def _tree(page: Page, phrases: Phrases, step: Step, quoted: set[str]) -> Tree:
    from rich.tree import Tree

    children = worth_showing(step)
    tree = Tree(_node(page, phrases, step, quoted if children else None), guide_style="dim")
    for child in children:
        tree.add(_tree(page, phrases, child, quoted))
    return tree


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


def _node(page: Page, phrases: Phrases, step: Step, quoted: set[str] | None) -> Text:
    """One step as text; words of a statute are quoted once in a tree, and not at steps that are not opened."""
    from pyliab.wrap import Words

    says = step.says[page.lang]
    if step.kind == "rule":
        text = Words(says)
        cites = page.join(phrases.citation(cited, page.lang) for cited in step.cites if cited != "design")
        text.append(f"  ⟨{step.rule}⟩" + (f" {cites}" if cites else ""), "cyan")
        if step.shown:
            text.append(page.t("（见上）", " (shown above)"), "dim")
        if step.also:
            text.append(page.t(f"（另有{step.also}种理由）", f" (+{step.also} more)"), "dim")
        for cited, words in step.words.items():
            if quoted is not None and cited + words not in quoted:
                quoted.add(cited + words)
                text.append(f"\n{phrases.provision(cited, page.lang)}{page.t('：', ': ')}“{words}”", "italic dim")
        return text
    marks = {"fact": ("事实", "fact"), "position": ("立场", "position"), "absent": ("查无", "looked for, not found")}
    if step.kind not in marks:
        return Words(says)
    found = TAKEN[step.status] if step.kind == "position" else FOUND[step.status]
    style = "magenta" if step.kind == "absent" else STYLES.get(step.status, "")
    text = Words(f"{page.t(*marks[step.kind])} [{page.t(*found)}] ", style)
    text.append(says, "")
    if step.note:
        text.append(page.t(f"（{step.note['zh']}）", f" ({step.note['en']})"), "dim")
    if step.exhibit:
        text.append(page.t(f"（证据：{step.exhibit}）", f" (exhibit: {step.exhibit})"), "dim")
    return text
