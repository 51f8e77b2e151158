"""A report: the views of several answers to one case, one below the other, with footnotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyliab.answers.blocks import Block, Document, Explore, Figure, Heading, Table, Tree, para
from pyliab.answers.explorer import explorer_table
from pyliab.answers.gather import CaseReport, UnderReading, overall
from pyliab.answers.strip import picture
from pyliab.answers.views import case as case_view
from pyliab.answers.views import compare, liability, money, overview, proof, provision, space
from pyliab.answers.wording import Wording
from pyliab.law.words import LANGS
from pyliab.text.say import Text, listed, same, say


def report(reports: Sequence[CaseReport], wording: Wording) -> Document:
    """The report on these cases."""
    about = [wording.about(gathered.case) for gathered in reports]
    blocks = [block for gathered, said in zip(reports, about, strict=True) for block in _case(gathered, said)]
    explorers = tuple(
        explorer_table(gathered, said) for gathered, said in zip(reports, about, strict=True) if gathered.explored
    )
    trees = [block for block in blocks if isinstance(block, Tree)]
    trees += [way.tree for explorer in explorers for way in explorer.ways]
    blocks += provision.quoted(_quoted(trees), wording)
    titles = [gathered.case.doc.title for gathered in reports]
    title = listed(titles) if len(titles) > 1 else titles[0]
    return wording.document(title, blocks, explorers=explorers)


def _quoted(trees: Sequence[Tree]) -> Iterator[str]:
    """The provisions whose words these proofs quote."""
    for step in (step for tree in trees for root in tree.proofs for step in root.walk()):
        yield from (cite for label, _ in step.quotes for cite in label.cites)


def _case(gathered: CaseReport, wording: Wording) -> Iterator[Block]:
    """All that is said of one case: the answer first, then where readings part, why, the money, the facts, the space."""
    name = gathered.case.id
    yield from case_view.opening(gathered.case, wording)
    yield from liability.hypothetical(gathered.inquiry.as_if_in_force)
    yield from _answer(gathered, wording)
    if gathered.explored:
        yield Heading(say("Explore the readings"), 2, f"{name}-explore")
        yield Explore(name)
    if gathered.divergences:
        yield Heading(say("Where the readings part"), 2, f"{name}-parting")
        yield compare.parting_table(name, gathered.divergences, wording)
    yield Heading(say("Liabilities and proofs"), 2, f"{name}-proofs")
    for under in gathered.readings:
        yield from _under(gathered, under, wording)
    yield from _money(gathered, wording)
    yield from case_view.told(gathered.case, wording, folded=True)
    yield Heading(say("The whole space of readings"), 2, f"{name}-space")
    yield from space.overview(gathered.space, wording)
    yield space.outcomes(gathered.space, wording)
    yield from space.issues(gathered.space, wording)


def _answer(gathered: CaseReport, wording: Wording) -> Iterator[Block]:
    """Who is liable under which reading, what that turns on, and who pays."""
    name, asked = gathered.case.id, gathered.overview
    yield Heading(say("Who is liable"), 2, f"{name}-answer")
    yield from overview.grouped(asked, wording)
    turns = dict.fromkeys(
        position.partition("=")[0] for parting in gathered.divergences for position in parting.positions
    )
    if turns:
        yield para(say("It turns on: {issues}", issues=listed(map(wording.issue, turns))), apart=True)
    if gathered.space.space.disputed:
        yield para(space.in_dispute(gathered.space.space.disputed, wording))
    yield _readings(gathered, wording)
    if any(len(group.readings) > 1 for group in asked.groups):
        yield Figure(say("What the readings come to"), {lang: picture(asked, wording, lang) for lang in LANGS})


def _readings(gathered: CaseReport, wording: Wording) -> Table:
    """One row for each reading: who is liable and how surely, and what it comes to."""
    owed = [account for under in gathered.readings if under.money for account in under.money.liabilities]
    creditors, debtors = (sorted({getattr(account, who) for account in owed}) for who in ("creditor", "debtor"))
    columns = [say("reading"), say("liability")]
    columns += [say("{creditor} recovers", creditor=wording.word(party)) for party in creditors]
    columns += [say("{debtor} bears", debtor=wording.word(party)) for party in debtors]
    rows = []
    for under in gathered.readings:
        scenarios = under.money.scenarios if under.money else ()
        sums = [overall(scenarios, party, "recovers") for party in creditors]
        sums += [overall(scenarios, party, "bears") for party in debtors]
        money_ = (same(span.text() if span else "—") for span in sums)
        rows.append((_reading(under, wording), _liable(under, wording), *money_))
    note = say(
        "Amounts in {currency}; a range where the reading, the case, the assets of those directly liable (from nothing to no limit) or the order of enforcement is open. “?”: possible.",
        currency=wording.label("amount", "currency"),
    )
    caption = say("liability and money under each reading")
    figures = frozenset(range(2, len(columns)))
    return Table(f"{gathered.case.id}-readings", caption, tuple(columns), tuple(rows), figures, note)


def _reading(under: UnderReading, wording: Wording) -> Text:
    name = under.choice.name
    reading = wording.base.readings.get(name)
    cites = (cite for entry in (reading.sources if reading else ()) for cite in wording.source(entry).cites)
    return say("{says} ({mark})", says=wording.reading(name), mark=name).citing(*cites)


def _liable(under: UnderReading, wording: Wording) -> Text:
    return compare.liable(under.liabilities, wording) if under.liabilities else say("no liability follows")


def _under(gathered: CaseReport, under: UnderReading, wording: Wording) -> Iterator[Block]:
    choice = under.choice
    yield Heading(wording.reading(choice.name), 3, f"{gathered.case.id}-{choice.name}")
    taken = say(
        "The reading itself takes positions on {own} issues; {assumed} are assumed from the text (not its author's view); {open} stay open.",
        own=len(choice.own),
        assumed=len(choice.assumed),
        open=len(choice.open_issues),
    )
    yield para(taken, "note")
    if not under.liabilities:
        yield from liability.nothing_follows(wording)
    for owed, explanation in zip(under.liabilities, under.explanations, strict=True):
        entry = liability.entry(wording, gathered.case, choice, owed)
        yield entry
        yield proof.tree(wording, entry.caption, explanation)


def _money(gathered: CaseReport, wording: Wording) -> Iterator[Block]:
    """The settlement under each reading, and the curves."""
    name = gathered.case.id
    reasons = {under.choice.name: under.unreckoned for under in gathered.readings if under.unreckoned}
    settled = [under.money for under in gathered.readings if under.money and under.money.liabilities]
    if not settled and not reasons:
        return
    yield Heading(say("Money"), 2, f"{name}-money")
    for reason in dict.fromkeys(reasons.values()):
        yield para(say("Not reckoned: {why}", why=reason), "note")
    if settled:
        yield money.settlements(name, settled, wording)
        for each in settled:
            yield from money.in_bars(each, wording)
    yield from money.beyond(name, settled, wording)
    for sweep in gathered.sweeps:
        yield from money.drawn(sweep, wording)
