"""The answers about facts in dispute: what each would add, and who fails where none is proved."""

from __future__ import annotations

from collections.abc import Sequence

from pyliab.answers.render.liabilities import title
from pyliab.answers.render.page import STATUS, STYLES, Page, disputed_text, position_text
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice
from pyliab.law.liability import Key
from pyliab.law.words import Phrases
from pyliab.law.world import World
from pyliab.questions.disputed import Effect, OpenFact, OpenFacts, Side, Unproved
from pyliab.text.say import say

PROVED: dict[Side, tuple[str, str]] = {"so": ("查明成立", "proved"), "not_so": ("查明不成立", "disproved")}


def owed_text(page: Page, phrases: Phrases, key: Key) -> str:
    """A liability as a clause."""
    debtor, creditor = (phrases.word(name, page.lang) for name in key[:2])
    form = page.label("form", key[2])
    return page.t(say("{debtor} is liable to {creditor}: {form}", debtor=debtor, creditor=creditor, form=form))


def opened(page: Page, inquiry: World, case: CaseFile, choice: Choice, answer: OpenFacts) -> None:
    """The answer of `derive --open-facts`."""
    phrases = Phrases(page.base, case.names())
    title(page, inquiry, case, choice)
    page.heading(page.t(say("Over all ways in which the dispute can end:")))
    for key, status in sorted(answer.outcome.items()):
        page.line(f"[{page.t(*STATUS[status])}] {owed_text(page, phrases, key)}", 2, STYLES[status])
    if not answer.outcome:
        page.line(page.t(say("nobody is liable.")), 2)
    if not answer.facts:
        page.line()
        page.line(page.t(say("No fact of this case is in dispute.")), 2)
        return
    page.heading(page.t(say("Each fact in dispute:")))
    for fact in answer.facts:
        _fact(page, phrases, fact)
    page.heading(page.t(say("Which combinations decide:")))
    for way in answer.ways:
        keys = [(debtor, creditor, form) for debtor, creditor, form in sorted(way.outcome)]
        said = page.join(owed_text(page, phrases, key) for key in keys) or page.t(say("nobody is liable"))
        page.line(said, 2, "bold")
        for one in way.sufficient:
            page.line("· " + _combination(page, phrases, one), 4)


def _combination(page: Page, phrases: Phrases, names: Sequence[str]) -> str:
    said = [
        position_text(phrases, name, page.lang) if "=" in name else disputed_text(page, phrases, name) for name in names
    ]
    return page.join(said) or page.t(say("in any event"))


def _fact(page: Page, phrases: Phrases, fact: OpenFact, alone: bool = False) -> None:
    page.line(fact.says[page.lang], 2, "bold")
    for side, effect in fact.effects.items():
        label = page.t(*PROVED[side]) + (page.t(say(" (the rest unproved)")) if alone else "")
        page.line(f"{label}{page.t('：', ': ')}{_effect(page, phrases, effect)}", 4)


def _effect(page: Page, phrases: Phrases, effect: Effect) -> str:
    rows = [page.t(say("adds ")) + "“" + owed_text(page, phrases, key) + "”" for key in effect.adds]
    rows += [page.t(say("removes ")) + "“" + owed_text(page, phrases, key) + "”" for key in effect.removes]
    return page.join(rows) or page.t(say("changes nothing"))


def told_unproved(page: Page, case: CaseFile, facts: Sequence[Unproved]) -> None:
    """Below an answer: for each fact that stayed unproved who fails, and what proof would have changed."""
    phrases = Phrases(page.base, case.names())
    page.heading(page.t(say("What stayed unproved, and who bears it:")))
    if not facts:
        page.line(page.t(say("No fact of this case is in dispute.")), 2)
    for one in facts:
        _fact(page, phrases, one.fact, alone=True)
        if not any(effect.adds or effect.removes for effect in one.fact.effects.values()):
            said = page.t(say("→ nobody is worse off for this alone staying unproved"))
            page.line(said, 4, "dim")
            continue
        for atom in [*one.inferred, *one.fails]:
            page.line("→ " + phrases.atom(atom)[page.lang], 4, "yellow")
        if not one.inferred and not one.fails:
            page.line(page.t(say("→ under this reading it need not be proved")), 4, "dim")
