"""The answer of `derive`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyliab.derive import Inquiry, Liability, gaps, out_of_time
from pyliab.facts import CaseFile
from pyliab.knowledge import article
from pyliab.phrase import Lang, Phrases
from pyliab.readings import Choice
from pyliab.render.page import STYLES, Page, disputed_text, taken_text


def derived(page: Page, inquiry: Inquiry, case: CaseFile, choice: Choice, found: Sequence[Liability]) -> None:
    """The answer of `derive`."""
    page.line(f"{case.id} · {choice.name}    {case.doc['title'][page.lang]}", style="bold")
    if inquiry.as_if_in_force:
        page.line(page.t("（假设现行法当时已经施行）", "(asked as if today's law had been in force)"))
    if not found:
        page.line(page.t("没有人依本读法承担责任。", "Under this reading nobody is liable."), 2)
    phrases = Phrases(page.base, case.names())
    for liability in found:
        _liability(page, phrases, choice, liability)
    remarks(page, inquiry, case, choice, found)


def _liability(page: Page, phrases: Phrases, choice: Choice, one: Liability) -> None:
    lang = page.lang
    debtor, creditor = phrases.word(one.debtor, lang), phrases.word(one.creditor, lang)
    form = page.label("form", one.form)
    page.line()
    page.line(
        page.t(
            f"[{page.status(one)}] {debtor}对{creditor}承担责任：{form}",
            f"[{page.status(one)}] {debtor} is liable to {creditor}: {form}",
        ),
        2,
        STYLES[one.status],
    )
    rows = [
        "id: " + one.id,
        page.t("依据：", "basis: ") + page.join(phrases.provision(name, lang) for name in one.basis),
    ]
    if one.partners:
        rows.append(page.t("与谁：", "beside: ") + page.join(phrases.word(name, lang) for name in one.partners))
    rows.append(
        page.t("范围与顺位：", "extent and order: ")
        + page.join([page.label("ceiling", one.ceiling), page.label("order", one.order)])
    )
    for partner, extents in one.recourse.items():
        rows.append(
            page.t(f"向{phrases.word(partner, lang)}追偿：", f"recourse against {phrases.word(partner, lang)}: ")
            + page.join(page.label("recourse", e) for e in extents)
        )
    rows.append(
        page.t("取决于：", "turns on: ")
        + (
            page.join(taken_text(page, phrases, choice, name) for name in one.positions)
            or page.t("任何读法下均如此", "no position: the same under every reading")
        )
    )
    if one.facts:
        rows.append(
            page.t("取决于争议事实：", "and on disputed facts: ")
            + page.join(disputed_text(page, phrases, text) for text in one.facts)
        )
    for row in rows:
        page.line(row, 6)


def remarks(page: Page, inquiry: Inquiry, case: CaseFile, choice: Choice, found: Sequence[Liability]) -> None:
    """What stands below an answer: assumed, open, not yet in force, not encoded, and what the court held."""
    phrases = Phrases(page.base, case.names())
    page.line()
    if choice.assumed:
        page.line(
            page.t(
                "依条文推定（并非该读法作者的观点）：", "assumed from the text (not the view of the reading's author): "
            )
            + ", ".join(f"{i}={p}" for i, p in choice.assumed.items()),
            2,
            "dim",
        )
    if choice.open_issues:
        page.line(page.t("未定的争点：", "issues left open: ") + ", ".join(choice.open_issues), 2, "dim")
    missing = [entry for entry in out_of_time(page.base, case) if entry["from"] > case.doc["date"]]
    if missing and not inquiry.as_if_in_force:
        page.line(
            page.t(
                f"案件发生于{case.doc['date']}，下列规定当时尚未施行，不适用：",
                f"The case is of {case.doc['date']}; not yet in force then and not applied: ",
            )
            + _articles(page, phrases, missing),
            2,
        )
        page.line(page.t("以 --as-if-in-force 可作假设性追问。", "--as-if-in-force asks hypothetically."), 2)
    for gap in gaps(page.base, found):
        page.line(
            page.t(
                f"未编码：{phrases.provision(gap['provision'], 'zh')}“{gap['words']}”：{gap['reason']['zh']}",
                f"not encoded: {gap['provision']} “{gap['words']}”: {gap['reason']['en']}",
            ),
            2,
            "dim",
        )
    _held(page, case, phrases, found)


def _articles(page: Page, phrases: Phrases, missing: Sequence[Mapping[str, str]]) -> str:
    by_article: dict[str, str] = {}
    for entry in missing:
        by_article[article(entry["provision"])] = page.t(f"{entry['from']}起施行", f"from {entry['from']}")
    return page.join(
        f"{_article_label(phrases, name, page.lang)}{page.t('（', ' (')}{when}{page.t('）', ')')}"
        for name, when in by_article.items()
    )


def _article_label(phrases: Phrases, name: str, lang: Lang) -> str:
    return phrases.provision(f"{name}(1)", lang).removesuffix("(1)").removesuffix("第一款")


def _held(page: Page, case: CaseFile, phrases: Phrases, found: Sequence[Liability]) -> None:
    judgment = case.doc["judgment"]
    if not judgment:
        return
    held = {(entry["debtor"], entry["form"]) for entry in judgment["held"]}
    derived_ = {(one.debtor, one.form) for one in found}
    said = page.join(f"{phrases.word(d, page.lang)} {page.label('form', f)}" for d, f in sorted(held)) or page.t(
        "平台不承担责任", "no liability of the platform"
    )
    agrees = held == derived_ if all(one.status == "certain" for one in found) else held <= derived_
    verdict = (
        page.t("与本读法一致", "agrees with this reading")
        if agrees
        else page.t("与本读法不同", "differs from this reading")
    )
    page.line(
        page.t(
            f"法院（{judgment['court']['zh']}）：{said}。{verdict}。",
            f"The court ({judgment['court']['en']}): {said}; {verdict}.",
        ),
        2,
        "" if agrees else "yellow",
    )
    if not agrees and judgment["difference"]:
        page.line(judgment["difference"][page.lang], 4)
