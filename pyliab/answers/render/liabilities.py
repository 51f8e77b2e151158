"""The answer of `derive`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from pyliab.answers.render.page import STATUS, STYLES, Page, disputed_text, taken_text
from pyliab.kb.base import article
from pyliab.kb.case import CaseFile
from pyliab.kb.reading import Choice
from pyliab.law.in_force import out_of_time
from pyliab.law.liability import Finding, Liability, besides, gaps
from pyliab.law.words import Lang, Phrases
from pyliab.law.world import World
from pyliab.text.say import say, words


def derived(page: Page, inquiry: World, case: CaseFile, choice: Choice, found: Sequence[Liability]) -> None:
    """The answer of `derive`."""
    title(page, inquiry, case, choice)
    if not found:
        page.line()
        page.line(
            page.t(
                say(
                    "No liability follows from the rules under this reading (the liability of the direct wrongdoer is presupposed, not derived)."
                )
            ),
            2,
        )
        hint = "无人陈述的事实，既未被证明，也未被否定。", "What nobody stated is neither proved nor disproved."
        page.line(page.t(*hint), 2, "dim")
    phrases = Phrases(page.base, case.names())
    for liability in found:
        _liability(page, phrases, case, choice, liability)
    found_besides = inquiry.findings(case.id, choice.positions)
    findings(page, phrases, besides(found_besides) if inquiry.non_liquet else found_besides)
    remarks(page, inquiry, case, choice, found)


def findings(page: Page, phrases: Phrases, found: Sequence[Finding]) -> None:
    """What else follows: one line each."""
    if found:
        page.line()
        page.line(page.t(say("besides:")), 2)
    for one in found:
        page.line(f"[{page.t(*STATUS[one.status])}] {phrases.atom(one.atom)[page.lang]}", 4)


def title(page: Page, inquiry: World, case: CaseFile, choice: Choice) -> None:
    """Which case, which reading, and whether the question is hypothetical."""
    page.line(f"{case.id} · {choice.name}", style="bold")
    page.line(case.doc["title"][page.lang])
    hypothetical(page, inquiry)
    if inquiry.base.judged:
        page.line(page.t(say("(judgment taken to be given on {day})", day=inquiry.base.judged)), style="yellow")


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


def _liability(page: Page, phrases: Phrases, case: CaseFile, choice: Choice, one: Liability) -> None:
    lang = page.lang
    debtor, creditor = phrases.word(one.debtor, lang), phrases.word(one.creditor, lang)
    form = page.label("form", one.form)
    page.line()
    owed = page.t(say("{debtor} is liable to {creditor}: {form}", debtor=debtor, creditor=creditor, form=form))
    page.line(f"[{page.status(one)}] {owed}", 2, STYLES[one.status])
    for label, values in details(page, phrases, case, choice, one):
        page.line(f"{label}{page.t('：', ': ')}{page.join(values)}", 6)


def details(
    page: Page, phrases: Phrases, case: CaseFile, choice: Choice, one: Liability
) -> Iterator[tuple[str, list[str]]]:
    """What stands below a liability: a label, and its values."""
    lang = page.lang

    def listed(kind: str, values: Iterable[str], say: Callable[[str], str]) -> list[str]:
        return [say(value) + ("?" if one.only_possible(kind, value) else "") for value in values]

    def named(value: str) -> str:
        return phrases.word(value, lang)

    yield "id", [one.id]
    yield page.t(say("basis")), listed("basis", one.basis, lambda name: phrases.provision(name, lang))
    if one.partners:
        yield page.t(say("together with")), listed("with", one.partners, named)
    if len(case.doc["harms"]) > 1:
        yield page.t(say("for")), listed("harms", one.harms, named)
    extent = [page.label("ceiling", one.ceiling), page.label("order", one.order)]
    yield page.t(say("extent and order")), extent
    for partner, extents in one.recourse.items():
        against = page.t(say("recourse against {named}", named=named(partner)))
        yield against, listed(f"recourse against {partner}", extents, lambda name: page.label("recourse", name))
    taken = [taken_text(page, phrases, choice, name) for name in one.positions]
    yield (
        page.t(say("carried by")),
        taken or [page.t(say("no position: the same under every reading"))],
    )
    if one.facts:
        yield (
            page.t(say("and on disputed facts")),
            [disputed_text(page, phrases, text) for text in one.facts],
        )


def remarks(page: Page, inquiry: World, case: CaseFile, choice: Choice, found: Sequence[Liability]) -> None:
    """What stands below an answer: assumed, open, not yet in force, not encoded, and what the court held."""
    phrases = Phrases(page.base, case.names())
    page.line()
    if choice.assumed:
        assumed = page.t(
            say(
                "assumed from the text (not the view of the reading's author): issues {count}, listed by: {command}",
                count=len(choice.assumed),
                command=page.command("show", choice.name),
            )
        )
        page.line(assumed, 2, "dim")
    if choice.open_issues:
        page.line(page.t(say("issues left open: ")) + ", ".join(choice.open_issues), 2, "dim")
    missing = [entry for entry in out_of_time(page.base, case) if entry["from"] > case.doc["date"]]
    if missing and not inquiry.as_if_in_force:
        day = page.date(case.doc["date"])
        before = page.t(say("The case is of {day}; not yet in force then and not applied: ", day=day))
        page.line(before + _articles(page, phrases, missing), 2)
        page.line(page.t(say("--as-if-in-force asks hypothetically.")), 2)
    for gap in gaps(page.base, found):
        where = phrases.provision(gap["provision"], page.lang)
        row = f"{page.t('未编码：', 'not encoded: ')}{where}{page.t('', ' ')}“{gap['words']}”{page.t('：', ': ')}"
        page.line(row + gap["reason"][page.lang], 2, "dim")
    _held(page, case, phrases, found)


def _articles(page: Page, phrases: Phrases, missing: Sequence[Mapping[str, str]]) -> str:
    by_article = {article(entry["provision"]): page.date(entry["from"]) for entry in missing}
    return page.join(
        page.t(
            say(
                "{provision} (from {day})",
                provision=words({"zh": _article_label(phrases, name, "zh"), "en": name}),
                day=day,
            )
        )
        for name, day in by_article.items()
    )


def _article_label(phrases: Phrases, name: str, lang: Lang) -> str:
    return phrases.provision(f"{name}(1)", lang).removesuffix("第一款")


def _held(page: Page, case: CaseFile, phrases: Phrases, found: Sequence[Liability]) -> None:
    judgment = case.doc["judgment"]
    if not judgment:
        return
    lang = page.lang
    possible = {(one.debtor, one.form) for one in found}
    certain = {(one.debtor, one.form) for one in found if one.status == "certain"}
    held = {(entry["debtor"], _meant(entry, possible)) for entry in judgment["held"]}
    said = page.join(
        f"{phrases.word(debtor, lang)}{page.t('：', ': ')}{page.label('form', form)}" for debtor, form in sorted(held)
    ) or page.t(say("not liable"))
    if held == certain == possible:
        verdict = page.t(say("agrees with this reading"))
    elif certain <= held <= possible:
        verdict = page.t(say("possible under this reading"))
    else:
        verdict = page.t(say("differs from this reading"))
    page.line(page.t(say("the court: ")) + judgment["court"][lang], 2)
    page.line(
        page.t(say("held: {said} — {verdict}", said=said, verdict=verdict)),
        2,
        "" if held <= possible and certain <= held else "yellow",
    )
    if not certain <= held <= possible and judgment["difference"]:
        page.line(judgment["difference"][lang], 4)


def _meant(held: Mapping[str, Any], possible: set[tuple[str, str]]) -> str:
    """Of the forms that the report does not tell apart, one that the reading gives, or the one named first."""
    forms: list[str] = [held["form"], *held["perhaps"]]
    return next((form for form in forms if (held["debtor"], form) in possible), forms[0])
