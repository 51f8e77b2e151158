"""The answer of `derive`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pyliab.answers.render.page import Page, disputed_text, taken_text
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice
from pyliab.law.liability import Liability
from pyliab.law.words import Phrases
from pyliab.law.world import World, recourse_against
from pyliab.text.say import say


def title(page: Page, inquiry: World, case: CaseFile, choice: Choice) -> None:
    """Which case, which reading, and whether the question is hypothetical."""
    page.line(f"{case.id} · {choice.name}", style="bold")
    page.line(case.doc.title[page.lang])
    hypothetical(page, inquiry)


def hypothetical(page: Page, inquiry: World) -> None:
    """Say so when today's law is asked of an earlier case."""
    if inquiry.as_if_in_force:
        page.line(page.t(say("(asked as if today's law had been in force)")), style="yellow")
    if inquiry.non_liquet:
        said = (
            "（有争议的事实未能查明，按举证证明责任裁判）",
            "(what is in dispute stays unproved: decided by the burden of proof)",
        )
        page.line(page.t(*said), style="yellow")


def details(
    page: Page, phrases: Phrases, case: CaseFile, choice: Choice, one: Liability
) -> Iterator[tuple[str, list[str]]]:
    """What stands below a liability: a label, and its values."""
    lang = page.lang

    def listed(kind: str, values: Iterable[str], say: Callable[[str], str]) -> list[str]:
        return [say(value) + ("?" if one.doubtful(kind, value) else "") for value in values]

    def named(value: str) -> str:
        return phrases.word(value, lang)

    yield "id", [one.id]
    yield page.t(say("basis")), listed("basis", one.basis, lambda name: phrases.provision(name, lang))
    if one.with_:
        yield page.t(say("together with")), listed("with", one.with_, named)
    if len(case.doc.harms) > 1:
        yield page.t(say("for")), listed("harms", one.harms, named)
    extent = [page.label("ceiling", one.ceiling), page.label("order", one.order)]
    yield page.t(say("extent and order")), extent
    for partner, extents in one.recourse.items():
        against = page.t(say("recourse against {named}", named=named(partner)))
        yield against, listed(recourse_against(partner), extents, lambda name: page.label("recourse", name))
    taken = [taken_text(page, phrases, choice, name) for name in one.positions]
    yield (
        page.t(say("carried by")),
        taken or [page.t(say("no position: the same under every reading"))],
    )
    if one.disputed_facts:
        yield (
            page.t(say("and on disputed facts")),
            [disputed_text(page, phrases, text) for text in one.disputed_facts],
        )
