"""The answers of `settle` and `compare --money`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import Any

from pyliab.answers.render.page import STATUS, STYLES, Page
from pyliab.kb.case import CaseFile
from pyliab.law.words import Phrases
from pyliab.money.accounts import Account, Cell, Scenario
from pyliab.money.ledger import Ends, Ledger
from pyliab.money.sweep import BreakEven, Sweep, exact
from pyliab.text.amounts import Span, fen, grouped, percent, yuan
from pyliab.text.say import say, words

FIRSTS = {"operator": ("先向经营者求偿", "operator first"), "platform": ("先向平台求偿", "platform first")}
COLUMNS = (
    ("上限", "ceiling"),
    ("支付", "pays"),
    ("追回", "recovers"),
    ("被追偿", "gives back"),
    ("终局负担", "bears"),
)
QUANTITIES = {
    "creditor_recovers": ("受害人所得", "what the victim recovers"),
    "platform_bears": ("平台终局负担", "what the platform bears in the end"),
}


def settled(page: Page, ledger: Ledger, found: Sequence[Account], beside: Sequence[Mapping[str, Any]]) -> None:
    """The answer of `settle`."""
    case = ledger.case
    phrases = Phrases(page.base, case.names())
    page.line(f"{case.id} · {ledger.choice.name}", style="bold")
    page.line(case.doc.title[page.lang])
    if not found:
        none = (
            "依本读法，规则推不出平台的责任，无从结算。",
            "No liability follows under this reading; there is nothing to settle.",
        )
        page.line()
        page.line(page.t(*none), 2)
    for _, group in groupby(found, key=lambda account: (account.debtor, account.creditor)):
        accounts = list(group)
        alone = [account for account in accounts if account.form]
        for account in alone if len(alone) == 1 else accounts:
            _account(page, phrases, account)
    _beside(page, beside)
    _remarks(page, ledger, found)


def _account(page: Page, phrases: Phrases, account: Account) -> None:
    debtor, creditor = (phrases.word(name, page.lang) for name in (account.debtor, account.creditor))
    form = page.label("form", account.form) if account.form else page.t(say("all bases together"))
    page.line()
    head = page.t(say("{debtor} to {creditor}: {form}", debtor=debtor, creditor=creditor, form=form))
    page.line(f"[{page.t(*STATUS[account.status])}] {head}", 2, STYLES[account.status])
    page.line(_basis_of_sums(page, account), 6)
    for scenario in account.scenarios:
        _scenario(page, phrases, account, scenario)


def _basis_of_sums(page: Page, account: Account) -> str:
    share = _ends(account.share) or page.t(say("not stated (0–100%; equal parts between joint debtors)"))
    expanded = (
        [page.t(say("expanded part {text} yuan", text=account.expanded.text()))]
        if "expanded" in account.ceilings
        else []
    )
    if expanded and account.later:
        reason = page.t(say(" (the harm came after the platform should have acted)"))
        expanded = [expanded[0] + reason]
    orders = [page.label("order", name) for name in sorted(_orders(account), reverse=True)]
    return page.join(
        (
            *orders,
            page.t(say("loss {text} yuan", text=account.loss.text())),
            *expanded,
            page.t(say("share of the platform {share}", share=share)),
        )
    )


def _ends(share: Ends | None) -> str:
    return "–".join(dict.fromkeys(percent(end) for end in share)) if share else ""


def _scenario(page: Page, phrases: Phrases, account: Account, one: Scenario) -> None:
    has = page.join(assets_text(page, phrases, n, sum_) for n, sum_ in one.assets.items() if n not in account.unknown)
    unknown = [phrases.word(name, page.lang) for name in account.unknown if name in one.assets]
    parts = [page.t(*FIRSTS[one.first])] if one.assets else [page.t(say("the platform alone"))]
    parts += [has] if has else []
    parts += [page.t(say("{name} is unknown", name=name)) for name in unknown]
    page.line()
    page.line(page.join(parts), 4, "bold")
    if one.first == "platform" and one.assets and not unknown and "at_once" not in _orders(account):
        page.line(page.t(say("(where the one directly liable will not pay)")), 4, "dim")
    for name in unknown:
        note = page.t(say("(as {name} is unknown, nothing can be had of it, whatever it owns)", name=name))
        page.line(note, 4, "dim")
    rows = [
        (
            phrases.word(debtor.id, page.lang),
            [span.text() for span in (debtor.ceiling, debtor.pays, debtor.recourse, debtor.reimburses, debtor.bears)],
        )
        for debtor in one.debtors
    ]
    page.matrix(page.t(say("debtor")), [page.t(*column) for column in COLUMNS], rows)
    rest = page.t(
        say(
            "the victim recovers {text} yuan; uncovered {text2} yuan",
            text=one.recovers.text(),
            text2=one.uncovered.text(),
        )
    )
    page.line(rest, 4)
    if one.elects:
        forms = page.join(page.label("form", name) for name in one.elects)
        page.line(
            page.t(say("the victim may choose among the bases; here the platform pays on: {forms}", forms=forms)),
            4,
            "dim",
        )


def _orders(account: Account) -> set[str]:
    return {order for s in account.scenarios for d in s.debtors if d.role == "platform" for order in d.order}


def assets_text(page: Page, phrases: Phrases, name: str, sum_: Fraction | None) -> str:
    """What a party has, in words."""
    party, amount = phrases.word(name, page.lang), _assets(page, sum_)
    return page.t(say("{party} has {amount}", party=party, amount=amount))


def _assets(page: Page, sum_: Fraction | None) -> str:
    if sum_ is None:
        return page.t(say("no limit"))
    return page.t(say("{grouped} yuan", grouped=grouped(yuan(fen(sum_)))))


def _beside(page: Page, beside: Sequence[Mapping[str, Any]]) -> None:
    if beside:
        page.line()
        page.line(page.t(say("On top of the loss, and not reckoned above:")), 2)
    for one in beside:
        sum_ = one["amount"]
        how_much = page.t(say("{grouped} yuan", grouped=grouped(sum_))) if sum_ else page.t(say("amount not stated"))
        page.line(f"[{page.t(*STATUS[one['status']])}] {one['says'][page.lang]} ({how_much})", 4)


def _remarks(page: Page, ledger: Ledger, found: Sequence[Account]) -> None:
    page.line()
    if len({account.creditor for account in found}) > 1 or len({account.debtor for account in found}) > 1:
        each = (
            "各债权人、各平台分别结算；经营者的财产在每一次结算中都视为全部可供执行。",
            "Each creditor and each platform is settled by itself, with all the operator's assets at hand each time.",
        )
        page.line(page.t(*each), 2, "dim")
    if any(account.unknown for account in found):
        later = (
            "直接侵害人确定之前不能追偿；终局负担为目前的负担。",
            "Recourse waits until the wrongdoer is found; what is borne is borne for now.",
        )
        page.line(page.t(*later), 2, "dim")
    presupposed = (
        "直接侵害人自己的责任是前提，不在推导之列。",
        "The liability of the direct wrongdoer is presupposed, not derived.",
    )
    page.line(page.t(*presupposed), 2, "dim")
    if ledger.choice.open_issues and any(account.status == "possible" for account in found):
        page.line(page.t(say("issues left open: ")) + ", ".join(ledger.choice.open_issues), 2, "dim")


# --- sweep ------------------------------------------------------------------------------------------------------------


def swept(page: Page, case: CaseFile, result: Sweep, written: Iterable[Path]) -> None:
    """The answer of `settle --sweep`: the knots of each curve, then where the readings break even."""
    phrases = Phrases(page.base, case.names())
    names = [phrases.word(name, page.lang) for name in result.pair]
    page.line(f"{case.id} · {page.t('随经营者财产的变化', 'over the assets of the operator')}", style="bold")
    page.line(
        page.t(
            say(
                "{debtor} to {creditor}, {first}",
                debtor=names[0],
                creditor=names[1],
                first=words({"zh": FIRSTS[result.first][0], "en": FIRSTS[result.first][1]}),
            )
        )
    )
    page.line()
    rows = [
        (curve.reading if i == 0 else "", _exact(at), *(_span(values[k], values[k + 1]) for k in (0, 2)))
        for curve in result.curves
        for i, (at, values) in enumerate(curve.knots)
    ]
    heads = [page.t(*head) for head in (("读法", "reading"), ("经营者财产", "assets"), *QUANTITIES.values())]
    page.table(heads, rows, keep=2)
    page.line(page.t(say("Between the points the curves run straight.")), 2, "dim")
    if result.breaks:
        page.heading(page.t(say("where they come to the same")))
    for one in result.breaks:
        page.line(_break(page, one, result), 2)
    left_open = [curve.reading for curve in result.curves if curve.open]
    if left_open:
        says = page.t(say("open ranges, for which no point is given: "))
        page.line(says + ", ".join(left_open), 2, "dim")
    for path in written:
        page.line(page.t(say("written: {path}", path=path)), 2)


def _exact(value: Fraction) -> str:
    text = exact(value)
    return grouped(text) if "/" not in text else text


def _span(low: Fraction, high: Fraction) -> str:
    return Span(fen(low), fen(high)).text()


def _break(page: Page, one: BreakEven, result: Sweep) -> str:
    quantity = page.t(*QUANTITIES[one.quantity])
    pair = " = ".join(one.readings)
    if one.never_differ and result.whole:
        return page.t(say("{pair}: never differ in {quantity}", pair=pair, quantity=quantity))
    places = [_exact(point) for point in one.points]
    for low, high in one.stretches:
        to = (
            page.t(say("from {exact}", exact=_exact(low)))
            if high == result.end and result.whole
            else f"{_exact(low)}–{_exact(high)}"
        )
        places.append(to)
    said = page.join(places) or page.t(say("nowhere the same"))
    return page.t(say("{pair}: {quantity}: {said}", pair=pair, quantity=quantity, said=said))


# --- compare --money --------------------------------------------------------------------------------------------------


def compared_in_money(page: Page, case: CaseFile, cells: Sequence[Cell]) -> None:
    """The matrix in money: for each reading what the victim recovers and what each platform bears."""
    phrases = Phrases(page.base, case.names())
    page.line(f"{case.id} · {page.t('以金额比较（元）', 'in money (yuan)')}", style="bold")
    if not cells:
        page.line(page.t(say("Nobody is liable under these readings.")), 2)
    groups = groupby(cells, key=lambda cell: (cell.debtor, cell.creditor, tuple(cell.assets.items())))
    for (debtor, creditor, assets), rows in groups:
        names = [phrases.word(name, page.lang) for name in (debtor, creditor)]
        has = page.join(assets_text(page, phrases, name, sum_) for name, sum_ in assets)
        page.line()
        page.line(
            page.t(say("{names} to {names2}", names=names[0], names2=names[1]))
            + (f"{page.t('；', '; ')}{has}" if has else ""),
            2,
        )
        heads = (
            ("读法", "reading"),
            ("受害人获偿", "victim recovers"),
            ("平台终局负担", "platform bears"),
            ("责任", "liability"),
        )
        table = [(row.reading, row.recovers.text(), row.bears.text(), _forms(page, row)) for row in rows]
        page.table([page.t(*head) for head in heads], table, keep=3)
    page.line(
        page.t(say("Ranges: where the reading, the case or the order of enforcement is open.")),
        2,
        "dim",
    )


def _forms(page: Page, cell: Cell) -> str:
    if len(cell.forms) > 3:
        return page.t(say("({count} possible)", count=len(cell.forms)))
    marked = (page.label("form", name) + ("" if name in cell.certain else "?") for name in cell.forms)
    return page.join(marked) or "—"
