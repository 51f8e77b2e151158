"""Money: who pays whom (`settle`), curves over what others have (`sweep`), readings side by side (`compare --money`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from pyliab.answers.bars import bars
from pyliab.answers.blocks import Block, Figure, Heading, Items, Table, para
from pyliab.answers.chart import curves, quantities, whose
from pyliab.answers.terms import STATUS, Terms
from pyliab.answers.views.liability import title
from pyliab.answers.wording import Wording
from pyliab.money.settlement import Account, Compared, InMoney, OnTop, Scenario, Settlement
from pyliab.money.sweep import BreakEven, Sweep
from pyliab.text.amounts import Exact, Span, exact, grouped
from pyliab.text.say import EMPTY, Text, listed, same, say

if TYPE_CHECKING:
    from pyliab.money.by_money import Amounts

PARTS: Terms = {
    "owes": say("ceiling"),
    "pays": say("pays"),
    "recovers": say("recovers"),
    "gives_back": say("gives back"),
    "bears": say("bears"),
}
"""What a debtor has to do with the money, column by column."""


def settled(answer: Settlement, wording: Wording) -> Iterator[Block]:
    """The answer of `settle`."""
    if wording.case:
        yield from title(wording, wording.case, answer.reading)
    if not answer.liabilities:
        none = say("No liability follows under this reading; there is nothing to settle.")
        yield para(none, depth=1, apart=True)
    alone = len(answer.liabilities) == 1
    if len(answer.liabilities) > 1:
        note = say("Each liability first as if it were the only one; what all come to together stands below.")
        yield para(note, "note", 1, apart=True)
    for account in answer.liabilities:
        yield from account_of(answer, account, wording, whole=alone)
    if len(answer.liabilities) > 1:
        yield para(say("All liabilities together"), "strong", 1, apart=True)
        yield from scenarios(answer, answer.scenarios, wording, "together")
    yield from beside(answer.on_top, wording)
    yield from remarks(answer, wording)
    yield from in_bars(answer, wording)


def in_bars(answer: Settlement, wording: Wording) -> Iterator[Figure]:
    """The scenarios as bars, for who reads pages."""
    if answer.scenarios:
        caption = say("{reading}: who pays, who bears it, what stays unpaid", reading=wording.reading(answer.reading))
        groups = [(alike, described(answer, alike, wording)) for alike in alike_but_for_the_order(answer.scenarios)]
        yield Figure(caption, bars(answer, groups, wording))


def account_of(answer: Settlement, account: Account, wording: Wording, *, whole: bool) -> Iterator[Block]:
    """One liability by itself, or as the `whole` settlement, where it is the only one."""
    owed = wording.owed((account.debtor, account.creditor, account.form))
    says = say("[{mark}] {says}", mark=STATUS[account.status], says=owed)
    yield para(says, account.status, 1, apart=True)
    yield para(listed(_reckoned_from(account, wording)), depth=3)
    yield from scenarios(answer, answer.scenarios if whole else account.scenarios, wording, account.id)


def _reckoned_from(account: Account, wording: Wording) -> Iterator[Text]:
    """When it is due, and the amounts from which it is reckoned."""
    yield from (wording.label("order", order) for order in reversed(account.orders))
    creditor = wording.word(account.creditor)
    yield say("loss {sum}", sum=span(account.loss, wording))
    if account.own_part.high:
        yield say("{sum} more fall on {creditor} itself", sum=span(account.own_part, wording), creditor=creditor)
    if account.expanded:
        why = say(" (the harm came after {debtor} should have acted)", debtor=wording.word(account.debtor))
        part = say("expanded part {sum}", sum=span(account.expanded, wording))
        yield say("{part}{why}", part=part, why=why) if account.wholly else part
    if account.shares:
        known = say("{part} of that loss", part=account.share.text()) if account.share else EMPTY
        share = known or say("not stated (0–100%; equal parts between joint debtors)")
        yield say("share of {debtor} {share}", debtor=wording.word(account.debtor), share=share)


def scenarios(answer: Settlement, known: Iterable[Scenario], wording: Wording, name: str) -> Iterator[Block]:
    """Scenarios, those that differ only in whom the creditors go against first as one."""
    for number, alike in enumerate(alike_but_for_the_order(known)):
        yield from scenario_of(answer, alike, wording, f"{name}-{number}")


def alike_but_for_the_order(scenarios: Iterable[Scenario]) -> list[list[Scenario]]:
    """Scenarios with the same assets that come to the same."""
    groups: list[list[Scenario]] = []
    for scenario in scenarios:
        same_as = next((g for g in groups if replace(g[0], first=scenario.first) == scenario), None)
        if same_as is None:
            groups.append([scenario])
        else:
            same_as.append(scenario)
    return groups


def scenario_of(answer: Settlement, alike: Sequence[Scenario], wording: Wording, name: str) -> Iterator[Block]:
    """Scenarios that come to the same: what everybody pays and bears, what every creditor gets."""
    scenario = alike[0]
    yield para(listed(situation(answer, alike, wording)), "strong", 2, apart=True)
    if scenario.unwilling:
        yield para(say("(where those directly liable will not pay)"), "dim", 2)
    for party in _gone(answer, scenario):
        note = say("(as {name} is unknown, nothing can be had of it, whatever it owns)", name=wording.word(party))
        yield para(note, "dim", 2)
    rows = [
        (wording.word(debtor.id), *(same(getattr(debtor, part).text()) for part in PARTS))
        for debtor in scenario.debtors
    ]
    columns = (say("debtor"), *PARTS.values())
    caption = say("Who pays, and who bears it in the end")
    yield Table(
        f"{answer.case}-{answer.reading}-{name}", caption, columns, tuple(rows), frozenset(range(1, 6)), splits=True
    )
    yield from _of_creditors_in(scenario, wording)
    if scenario.elects:
        forms = listed((_elected(name, answer, wording) for name in scenario.elects), ", ")
        yield para(say("the creditor may choose among the bases; here is paid on: {forms}", forms=forms), "dim", 2)


def _of_creditors_in(scenario: Scenario, wording: Wording) -> Iterator[Block]:
    """What every creditor gets of its loss and beyond it, and what it stays without."""
    for creditor in scenario.creditors:
        gets, lacks = span(creditor.recovers, wording), span(creditor.uncovered, wording)
        who = wording.word(creditor.id)
        says = [say("{creditor} recovers {gets}; uncovered {lacks}", creditor=who, gets=gets, lacks=lacks)]
        if creditor.own_part.high:
            own = span(creditor.own_part, wording)
            says.append(say("{sum} more fall on {creditor} itself", sum=own, creditor=who))
        yield para(listed(says), depth=2)
    for more in scenario.beyond:
        gets, lacks = span(more.recovers, wording), span(more.uncovered, wording)
        names = {"creditor": wording.word(more.id), "provision": wording.provision(more.head)}
        yield para(
            say(
                "{creditor} recovers {gets} more under {provision}; uncovered {lacks}", **names, gets=gets, lacks=lacks
            ),
            depth=2,
        )


def situation(answer: Settlement, alike: Sequence[Scenario], wording: Wording) -> Iterator[Text]:
    """Whom the creditors go against first, and what the others have."""
    scenario = alike[0]
    if len(scenario.debtors) == 1:
        yield say("{party} alone", party=wording.word(scenario.first[0]))
    else:
        yield listed((wording.first(each.first) for each in alike), " or ")
    gone = _gone(answer, scenario)
    for party, sum_ in scenario.assets.items():
        if party not in gone and (sum_ is not None or party in answer.directly_liable):
            yield wording.assets(party, sum_)
    yield from (say("{name} is unknown", name=wording.word(party)) for party in gone)


def _gone(answer: Settlement, scenario: Scenario) -> list[str]:
    return [debtor.id for debtor in scenario.debtors if debtor.id in answer.unknown]


def _elected(name: str, answer: Settlement, wording: Wording) -> Text:
    """A liability by its form, and by its debtor too where there are several."""
    debtor, form, _ = name.split(":")
    label = wording.label("form", form)
    several = len({account.debtor for account in answer.liabilities}) > 1
    return say("{debtor}: {form}", debtor=wording.word(debtor), form=label) if several else label


def span(sums: Span, wording: Wording) -> Text:
    """An amount, or the range it lies in."""
    return wording.money(sums.text())


def described(answer: Settlement, alike: Sequence[Scenario], wording: Wording) -> Text:
    """Scenarios that come to the same in one line."""
    unwilling = [say("where those directly liable will not pay")] if alike[0].unwilling else []
    return listed([*situation(answer, alike, wording), *unwilling])


def beside(on_top: Sequence[OnTop], wording: Wording) -> Iterator[Block]:
    """What is owed beyond the loss."""
    if on_top:
        yield para(say("Beyond the loss:"), depth=1, apart=True)
        yield Items(tuple(_beyond(extra, wording) for extra in on_top), depth=2)


def _beyond(extra: OnTop, wording: Wording) -> Text:
    return say(
        "[{status}] {says} ({how_much})",
        status=STATUS[extra.status],
        says=extra.says,
        how_much=_sum_beyond(extra, wording),
    )


def _sum_beyond(extra: OnTop, wording: Wording) -> Text:
    """The sum, and whether the scenarios hold it."""
    if extra.amount is None:
        return say("amount not stated")
    amount = span(extra.amount, wording)
    return amount if extra.reckoned else say("{amount}, not reckoned here", amount=amount)


def remarks(answer: Settlement, wording: Wording) -> Iterator[Block]:
    """What has to be known to read the figures."""
    notes = (
        [say("The liability of those directly liable is presupposed, not derived.")] if answer.directly_liable else []
    )
    if answer.unknown:
        notes.insert(0, say("Recourse waits until the wrongdoer is found; what is borne is borne for now."))
    if any(
        len(scenario.creditors) > 1 or (len(answer.liabilities) > 1 and len(scenario.debtors) > 2)
        for scenario in answer.scenarios
    ):
        note = say("Each debtor has one pot for all its debts; where it does not reach, all are paid in proportion.")
        notes.insert(0, note)
    for number, note in enumerate(notes):
        yield para(note, "dim", 1, apart=number == 0)
    if answer.open_issues and any(account.status == "possible" for account in answer.liabilities):
        yield para(say("issues left open: {issues}", issues=listed(map(same, answer.open_issues), ", ")), "dim", 1)


# --- in a report -------------------------------------------------------------------------------------------------------


def settlements(case: str, answers: Sequence[Settlement], wording: Wording) -> Table:
    """Every scenario of a case under several readings: what each debtor owes, pays, recovers and bears."""
    rows = []
    for answer in answers:
        for alike in alike_but_for_the_order(answer.scenarios):
            scenario = alike[0]
            head = wording.reading(answer.reading), described(answer, alike, wording)
            ends = (_of_creditors(scenario, wording, part) for part in ("recovers", "uncovered"))
            gets = tuple(ends)
            for debtor in scenario.debtors:
                sums = (same(getattr(debtor, part).text()) for part in PARTS)
                rows.append((*head, wording.word(debtor.id), *sums, *gets))
    columns = (
        say("reading"),
        say("scenario"),
        say("debtor"),
        *PARTS.values(),
        say("creditor recovers"),
        say("uncovered"),
    )
    note = say(
        "The liability of those directly liable is presupposed, not derived. Each debtor has one pot for all its debts; where it does not reach, all are paid in proportion."
    )
    caption = say(
        "who pays whom, and who bears it in the end ({currency})", currency=wording.label("amount", "currency")
    )
    return Table(f"{case}-settlement", caption, columns, tuple(rows), frozenset(range(3, len(columns))), note, 2)


def _of_creditors(scenario: Scenario, wording: Wording, part: str) -> Text:
    """What the creditors recover, or what stays uncovered; with their names where there are several."""
    sums = {creditor.id: same(getattr(creditor, part).text()) for creditor in scenario.creditors}
    if len(sums) == 1:
        return next(iter(sums.values()))
    return listed(say("{party}: {sum}", party=wording.word(party), sum=sum_) for party, sum_ in sums.items())


def beyond(case: str, answers: Sequence[Settlement], wording: Wording) -> Iterator[Block]:
    """What is owed on top of the loss, by reading."""
    rows = {}
    for answer in answers:
        for extra in answer.on_top:
            row = same(answer.reading), extra.says, STATUS[extra.status], _sum_beyond(extra, wording)
            rows[answer.reading, str(extra.says)] = row
    if rows:
        columns = say("reading"), say("what"), say("status"), say("amount")
        caption = say("beyond the loss")
        yield Table(f"{case}-beside", caption, columns, tuple(rows.values()), frozenset({3}))


def drawn(answer: Sweep, wording: Wording) -> Iterator[Block]:
    """The curves, drawn and in figures."""
    caption = say(
        "{debtor} to {creditor}: what {creditor} recovers and {debtor} bears, over the {assets}",
        debtor=wording.word(answer.debtor),
        creditor=wording.word(answer.creditor),
        assets=whose(answer, wording),
    )
    yield Figure(caption, curves(answer, wording))
    straight = say("{caption} (straight between the points)", caption=caption)
    yield replace(knots(answer, wording), caption=straight, note=EMPTY)


# --- sweep ------------------------------------------------------------------------------------------------------------


def swept(answer: Sweep, wording: Wording) -> Iterator[Block]:
    """The answer of `sweep`: the knots of each curve, then where the readings break even."""
    yield Heading(say("{case} · over the {assets}", case=answer.case, assets=whose(answer, wording)), 1)
    debtor, creditor = wording.word(answer.debtor), wording.word(answer.creditor)
    who = say("{debtor} to {creditor}, {first}", debtor=debtor, creditor=creditor, first=wording.first(answer.first))
    yield para(who)
    yield knots(answer, wording)
    if answer.break_even:
        yield Heading(say("where they come to the same"))
        yield Items(tuple(_break(even, answer, wording) for even in answer.break_even))
    if left_open := [curve.reading for curve in answer.curves if curve.open]:
        names = listed(map(same, left_open), ", ")
        yield para(say("open ranges, for which no point is given: {names}", names=names), "dim", 1)


def knots(answer: Sweep, wording: Wording) -> Table:
    """The points of all curves."""
    rows = tuple(
        (same(curve.reading), same(_sum(knot.assets)), same(_between(knot.recovers)), same(_between(knot.bears)))
        for curve in answer.curves
        for knot in curve.knots
    )
    columns = (say("reading"), whose(answer, wording), *quantities(answer, wording).values())
    name = f"{answer.case}-curves-{answer.debtor}-{answer.creditor}"
    note = say("Between the points the curves run straight.")
    return Table(name, say("Curves"), columns, rows, frozenset({1, 2, 3}), note, whole=2)


def _sum(value: Fraction) -> str:
    text = exact(value)
    return grouped(text) if "/" not in text else text


def _between(value: Exact) -> str:
    return value.in_fen().text()


def _break(break_even: BreakEven, answer: Sweep, wording: Wording) -> Text:
    quantity, pair = quantities(answer, wording)[break_even.quantity], " = ".join(break_even.readings)
    if break_even.never_differ and answer.whole:
        return say("{pair}: never differ in {quantity}", pair=pair, quantity=quantity)
    places = [same(_sum(point)) for point in break_even.points]
    for stretch in break_even.equal_between:
        end = stretch.to == answer.end and answer.whole
        low, high = _sum(stretch.from_), _sum(stretch.to)
        places.append(say("from {exact}", exact=low) if end else same(f"{low}–{high}"))
    said = listed(places, ", ") or say("nowhere the same")
    return say("{pair}: {quantity}: {said}", pair=pair, quantity=quantity, said=said)


# --- compare --money --------------------------------------------------------------------------------------------------


def compared(answer: Compared, wording: Wording) -> Iterator[Block]:
    """The matrix in money: for each reading what the creditors recover and what the debtors bear."""
    currency = wording.label("amount", "currency")
    yield Heading(say("{case} · in money ({currency})", case=answer.case, currency=currency), 1)
    if not answer.readings:
        yield para(say("Nobody is liable under these readings."), depth=1)
    for number, (has, group) in enumerate(groupby(answer.readings, key=lambda row: row.assets)):
        said = [wording.assets(party, sum_) for party, sum_ in has.items()]
        yield para(listed(said), "strong", 1, apart=True)
        yield in_money(f"{answer.case}-money-{number}", list(group), wording)
    yield para(say("Ranges: where the reading, the case or the order of enforcement is open."), "dim", 1)


def in_money(name: str, rows: Sequence[InMoney], wording: Wording) -> Table:
    """The readings in money, with one set of assets."""
    columns = (
        say("reading"),
        *(say("{creditor} recovers", creditor=wording.word(creditor.id)) for creditor in rows[0].creditors),
        *(say("{debtor} bears", debtor=wording.word(debtor.id)) for debtor in rows[0].debtors),
        say("liability"),
    )
    made = tuple(
        (
            same(row.reading),
            *(same(creditor.recovers.text()) for creditor in row.creditors),
            *(same(debtor.bears.text()) for debtor in row.debtors),
            _forms(row, wording),
        )
        for row in rows
    )
    figures = frozenset(range(1, len(columns) - 1))
    return Table(name, say("The readings in money"), columns, made, figures, whole=len(columns) - 1)


def _forms(row: InMoney, wording: Wording) -> Text:
    forms: dict[str, bool] = {}
    for name in row.liabilities:
        form = name.split(":")[1]
        forms[form] = forms.get(form, False) or name in row.certain
    if len(forms) > 3:
        return say("({count} possible)", count=len(forms))
    labels = (
        wording.label("form", form) if sure else say("{detail}?", detail=wording.label("form", form))
        for form, sure in forms.items()
    )
    return listed(labels, ", ") or same("—")


# --- space --by money -------------------------------------------------------------------------------------------------


def in_words(row: Amounts, wording: Wording) -> Text:
    """What claims that hang together come to, in a sentence."""
    has = listed(wording.assets(party, sum_) for party, sum_ in row.assets)
    gets = [
        say("{creditor} recovers {sum}", creditor=wording.word(creditor.id), sum=span(creditor.recovers, wording))
        for creditor in row.creditors
    ]
    bears = [
        say("{debtor} bears {sum}", debtor=wording.word(debtor.id), sum=span(debtor.bears, wording))
        for debtor in row.debtors
    ]
    says = listed([*gets, *bears])
    return say("{has}: {says}", has=has, says=says) if has else says
