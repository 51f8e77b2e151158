"""A report set out as blocks: the case, its facts, the readings side by side, liabilities, proofs, money, the space."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from pyliab.answers.render.chart import draw
from pyliab.answers.render.entries import SURE
from pyliab.answers.render.liabilities import details
from pyliab.answers.render.money import COLUMNS, FIRSTS, QUANTITIES
from pyliab.answers.render.page import FOUND, STATUS
from pyliab.answers.render.space import grouped, percent, ranked
from pyliab.answers.report.blocks import (
    EMPTY,
    Block,
    Explore,
    Figure,
    Heading,
    Para,
    Quote,
    Report,
    Table,
    Tree,
    Words,
    capital,
    same,
)
from pyliab.answers.report.explorer import explorer_table
from pyliab.answers.report.gather import CaseReport, UnderReading, burden
from pyliab.answers.report.speech import Speech, span
from pyliab.answers.report.trees import tree
from pyliab.asp.symbols import fact_symbol
from pyliab.law.words import LANGS
from pyliab.money.accounts import Account, Scenario
from pyliab.money.sweep import exact
from pyliab.text.amounts import Span, fen, yuan
from pyliab.text.amounts import grouped as written_yuan

AT_ONCE = "at_once"
"""The order of a debtor who may not point to others first."""
SETS_SHOWN, OUTCOMES_PRINTED = 3, 10
"""How many sufficient sets of an outcome a report prints, and how many outcomes; `space --full` has them all."""


def report(found: Sequence[CaseReport]) -> Report:
    """The report on these cases."""
    speeches = [Speech(one.base, one.case) for one in found]
    blocks = [block for one, speech in zip(found, speeches, strict=True) for block in _case(one, speech)]
    titles = [speech.both(one.case.doc["title"]) for one, speech in zip(found, speeches, strict=True)]
    explorers = [explorer_table(one, speech) for one, speech in zip(found, speeches, strict=True) if one.explored]
    trees = [way.tree for explorer in explorers for way in explorer.proofs]
    blocks += _provisions(speeches[0], [*blocks, *trees])
    cited = dict.fromkeys(cite for block in [*blocks, *trees] for words in texts(block) for cite in words.cites)
    notes = {cite: speeches[0].notes.text(cite) for cite in cited}
    return Report(speeches[0].join(titles), tuple(blocks), notes, tuple(explorers))


def texts(block: Block) -> Iterator[Words]:
    """Every text of a block, with what it cites."""
    match block:
        case Heading(words=words) | Para(words=words):
            yield words
        case Table():
            yield block.caption
            yield from (cell for row in block.rows for cell in row)
            yield block.note
        case Tree():
            yield from block.reasons
            for step in (step for proof in block.proofs for step in proof.walk()):
                yield step.says
                yield from (label for label, _ in step.quotes)
        case Quote(label=label):
            yield label
        case _:
            return


def _case(one: CaseReport, speech: Speech) -> list[Block]:
    """All that is said of one case."""
    name = one.case.id
    blocks: list[Block] = [Heading(1, speech.both(one.case.doc["title"]), name), *_opening(one, speech)]
    blocks += [Heading(2, Words("事实", "Facts"), f"{name}-facts"), _facts(one, speech)]
    blocks += _judgment(one, speech)
    blocks += [
        Heading(2, Words("各种读法对照", "The readings side by side"), f"{name}-readings"),
        _readings(one, speech),
    ]
    blocks += _partings(one, speech)
    if one.explored:
        blocks += [Heading(2, Words("自行推演", "Explore the readings"), f"{name}-explore"), Explore(name)]
    blocks += [Heading(2, Words("责任与证立", "Liabilities and proofs"), f"{name}-proofs")]
    for under in one.readings:
        blocks += _under(one, speech, under)
    blocks += _money(one, speech)
    blocks += _space(one, speech)
    return blocks


# --- the case ----------------------------------------------------------------------------------------------------------


def _opening(one: CaseReport, speech: Speech) -> Iterator[Block]:
    doc = one.case.doc
    kind = Words("真实案例", "Decided case") if doc["kind"] == "decided" else Words("教学案例", "Hypothetical case")
    yield Para(speech.join([kind, speech.date(doc["date"]), same(one.case.id)]), "note")
    yield Para(speech.both(doc["about"]), "lead")
    if one.inquiry.as_if_in_force:
        yield Para(Words("假设现行法当时已经施行。", "Asked as if today's law had been in force."), "note")


def _facts(one: CaseReport, speech: Speech) -> Table:
    rows = []
    for fact in one.case.facts:
        says = speech.phrases.atom(fact_symbol(one.case.id, fact))
        note = speech.both(fact.note) if fact.note else EMPTY
        rows.append((speech.both(says), Words(*FOUND[fact.status]), note, same(fact.exhibit or "")))
    columns = (Words("事实", "Fact"), Words("状态", "Status"), Words("说明", "Note"), Words("证据", "Exhibit"))
    used = [i for i in range(4) if i < 2 or any(row[i].zh for row in rows)]
    return Table(
        f"{one.case.id}-facts",
        Words("事实及其状态", "The facts and their status"),
        tuple(columns[i] for i in used),
        tuple(tuple(row[i] for i in used) for row in rows),
        note=Words("无人陈述的事实，既未被证明，也未被否定。", "What nobody stated is neither proved nor disproved."),
    )


def _judgment(one: CaseReport, speech: Speech) -> Iterator[Block]:
    judgment = one.case.doc["judgment"]
    if not judgment:
        return
    yield Heading(2, Words("裁判", "Judgment"), f"{one.case.id}-judgment")
    cites = speech.notes.known_of(f"{s['source']} {s['locator'] or ''}".strip() for s in judgment["sources"])
    where = [speech.both(judgment["court"]), *(same(t) for t in (judgment["docket"], judgment["decided"]) if t)]
    yield Para(Words(*_pair(speech.join(where)), cites))
    for entry in judgment["held"]:
        held = speech.join([speech.word(entry["debtor"]), speech.label("form", entry["form"])])
        note = speech.both(entry["note"]) if entry["note"] else EMPTY
        yield Para(
            Words(f"{held.zh}{f'（{note.zh}）' if note.zh else ''}", f"{held.en}{f' ({note.en})' if note.en else ''}")
        )
    if not judgment["held"]:
        yield Para(Words("不承担责任。", "Not liable."))
    sure = SURE[judgment["sure"]]
    yield Para(Words(f"可靠程度：{sure[0]}", f"How sure: {sure[1]}"), "note")


def _pair(words: Words) -> tuple[str, str]:
    return words.zh, words.en


# --- the readings ------------------------------------------------------------------------------------------------------


def _readings(one: CaseReport, speech: Speech) -> Table:
    """One row for each reading: who is liable and how surely, and what it comes to."""
    pairs = sorted({(a.debtor, a.creditor) for under in one.readings for a in under.accounts})
    several = len(pairs) > 1
    columns = [Words("读法", "Reading"), Words("责任", "Liability")]
    for pair in pairs:
        names = speech.join([speech.word(name) for name in pair]) if several else EMPTY
        of = (f"（{names.zh}）", f" ({names.en})") if several else ("", "")
        columns += [
            Words(f"受害人获偿{of[0]}", f"Victim recovers{of[1]}"),
            Words(f"平台终局负担{of[0]}", f"Platform bears{of[1]}"),
        ]
    rows = []
    for under in one.readings:
        row = [_reading_cell(speech, under), _liable(one, speech, under)]
        for pair in pairs:
            account = under.together(pair)
            sums = burden(account.scenarios, pair[0]) if account else None
            row += [span(sums[0] if sums else None), span(sums[1] if sums else None)]
        rows.append(tuple(row))
    note = Words(
        "金额以元计；区间表示读法、案件、经营者财产（无财产至无限制）或求偿顺序未定之处。“？”为可能。",
        "Amounts in yuan; a range where the reading, the case, the operator's assets (from nothing to no limit) or the "
        "order of enforcement is open. “?”: possible.",
    )
    return Table(
        f"{one.case.id}-readings",
        Words("各种读法下的责任与金额", "Liability and money under each reading"),
        tuple(columns),
        tuple(rows),
        frozenset(range(2, len(columns))),
        note,
    )


def _reading_cell(speech: Speech, under: UnderReading) -> Words:
    title = speech.reading(under.choice.name)
    reading = speech.base.readings.get(under.choice.name)
    sources = (f"{s['source']} {s['locator'] or ''}".strip() for s in (reading or {}).get("sources", ()))
    return Words(
        f"{title.zh}（{under.choice.name}）", f"{title.en} ({under.choice.name})", speech.notes.known_of(sources)
    )


def _liable(one: CaseReport, speech: Speech, under: UnderReading) -> Words:
    parts = []
    names = {owed.debtor for each in one.readings for owed in each.liabilities}
    for liability in under.liabilities:
        form, debtor = speech.label("form", liability.form), speech.word(liability.debtor)
        doubt = ("？", "?") if liability.status == "possible" else ("", "")
        who = (f"{debtor.zh}：", f"{debtor.en}: ") if len(names) > 1 else ("", "")
        parts.append(Words(f"{who[0]}{form.zh}{doubt[0]}", f"{who[1]}{form.en}{doubt[1]}"))
    return speech.join(parts) if parts else Words("推不出责任", "no liability follows")


def _partings(one: CaseReport, speech: Speech) -> Iterator[Block]:
    rows = []
    for parting in one.divergences:
        first, second = (speech.reading(name) for name in parting.readings)
        positions = speech.join([speech.position(name) for name in parting.positions])
        rows.append((first, second, positions))
    if rows:
        yield Table(
            f"{one.case.id}-partings",
            Words("读法在何处分歧", "Where the readings part"),
            (
                Words("一方", "One"),
                Words("另一方", "The other"),
                Words("造成差别的立场", "Positions that make the difference"),
            ),
            tuple(rows),
        )


# --- liabilities and proofs --------------------------------------------------------------------------------------------


def _under(one: CaseReport, speech: Speech, under: UnderReading) -> Iterator[Block]:
    name = under.choice.name
    yield Heading(3, speech.reading(name), f"{one.case.id}-{name}")
    yield Para(_taken(speech, under), "note")
    if not under.liabilities:
        yield Para(
            Words(
                "依本读法，规则推不出责任（直接侵害人自己的责任是前提，不在推导之列）。",
                "No liability follows from the rules under this reading (the liability of the direct wrongdoer is "
                "presupposed, not derived).",
            )
        )
    for liability, explanation in zip(under.liabilities, under.explanations, strict=True):
        lines = {
            page.lang: list(details(page, speech.phrases, one.case, under.choice, liability))
            for page in (speech.zh, speech.en)
        }
        rows = [
            (Words(zh[0], en[0]), Words(speech.zh.join(zh[1]), speech.en.join(en[1])))
            for zh, en in zip(lines["zh"], lines["en"], strict=True)
        ]
        status = Words(*STATUS[liability.status])
        owed = speech.outcome(frozenset([liability.key]))
        caption = capital(Words(f"{owed.zh}（{status.zh}）", f"{owed.en} ({status.en})"))
        slug = f"{one.case.id}-{name}-{liability.debtor}-{liability.form}-{liability.creditor}"
        yield Table(slug, caption, (Words("项目", "Item"), Words("内容", "Content")), tuple(rows))
        yield tree(speech, caption, explanation.reasons, explanation.proofs)


def _taken(speech: Speech, under: UnderReading) -> Words:
    choice = under.choice
    return Words(
        f"本读法自取 {len(choice.own)} 个争点的立场；依条文推定 {len(choice.assumed)} 个（并非作者的观点）；未定 {len(choice.open_issues)} 个。",
        f"The reading itself takes positions on {len(choice.own)} issues; {len(choice.assumed)} are assumed from the text "
        f"(not its author's view); {len(choice.open_issues)} stay open.",
    )


# --- money -------------------------------------------------------------------------------------------------------------


def _money(one: CaseReport, speech: Speech) -> Iterator[Block]:
    whys = dict.fromkeys(under.unreckoned for under in one.readings if under.unreckoned)
    accounts = [(under, a) for under in one.readings for a in under.accounts if a.form is None]
    if not accounts and not whys:
        return
    yield Heading(2, Words("结算", "Settlement"), f"{one.case.id}-money")
    for why in whys:
        yield Para(Words(f"未能结算：{why.of('zh')}", f"Not reckoned: {why}"), "note")
    if accounts:
        yield _settlement(one, speech, accounts)
    yield from _beside(one, speech)
    for sweep in one.sweeps:
        names = [speech.word(name) for name in sweep.pair]
        caption = Words(
            f"{names[0].zh}对{names[1].zh}：受害人所得与平台负担随经营者财产的变化",
            f"{names[0].en} to {names[1].en}: what the victim recovers and the platform bears, over the operator's assets",
        )
        caption = capital(caption)
        yield Figure(caption, Words(draw(speech.zh, one.case, sweep), draw(speech.en, one.case, sweep)))
        yield Table(
            f"{one.case.id}-curves-{'-'.join(sweep.pair)}",
            Words(f"{caption.zh}（各点之间为直线）", f"{caption.en} (straight between the points)"),
            (
                Words("读法", "Reading"),
                Words("经营者财产", "Operator's assets"),
                *(Words(*q) for q in QUANTITIES.values()),
            ),
            tuple(
                (same(c.reading), same(_exact(at)), span(_span(v[0], v[1])), span(_span(v[2], v[3])))
                for c in sweep.curves
                for at, v in c.knots
            ),
            frozenset({1, 2, 3}),
        )


def _exact(value: Fraction) -> str:
    text = exact(value)
    return text if "/" in text else written_yuan(text)


def _span(low: Fraction, high: Fraction) -> Span:
    return Span(fen(low), fen(high))


def _settlement(one: CaseReport, speech: Speech, accounts: Sequence[tuple[UnderReading, Account]]) -> Table:
    rows = []
    for under, account in accounts:
        for scenario in account.scenarios:
            for debtor in scenario.debtors:
                head = speech.reading(under.choice.name), _scenario(speech, scenario)
                sums = (debtor.ceiling, debtor.pays, debtor.recourse, debtor.reimburses, debtor.bears)
                ends = span(scenario.recovers), span(scenario.uncovered)
                rows.append((*head, speech.word(debtor.id), *map(span, sums), *ends))
    columns = (
        Words("读法", "Reading"),
        Words("情形", "Scenario"),
        Words("债务人", "Debtor"),
        *(Words(*column) for column in COLUMNS),
        Words("受害人获偿", "Victim recovers"),
        Words("未受偿", "Uncovered"),
    )
    note = Words(
        "直接侵害人自己的责任是前提，不在推导之列。各债权人、各平台分别结算。",
        "The liability of the direct wrongdoer is presupposed, not derived. Each creditor and each platform by itself.",
    )
    caption = Words("谁向谁付多少，终局由谁负担（元）", "Who pays whom, and who bears it in the end (yuan)")
    return Table(f"{one.case.id}-settlement", caption, columns, tuple(rows), frozenset(range(3, len(columns))), note, 2)


def _scenario(speech: Speech, scenario: Scenario) -> Words:
    if not scenario.assets:
        return Words("平台单独负责", "the platform alone")
    parts = [Words(*FIRSTS[scenario.first])]
    orders = {order for debtor in scenario.debtors if debtor.role == "platform" for order in debtor.order}
    if scenario.first == "platform" and AT_ONCE not in orders:
        parts.append(Words("直接责任人不愿赔偿时", "where the one directly liable will not pay"))
    for name, sum_ in scenario.assets.items():
        party = speech.word(name)
        much = _assets(sum_)
        parts.append(Words(f"{party.zh}可执行财产{much.zh}", f"{party.en} has {much.en}"))
    return speech.join(parts)


def _assets(sum_: Fraction | None) -> Words:
    """An amount, or no limit (None)."""
    if sum_ is None:
        return Words("不限", "no limit")
    text = written_yuan(yuan(fen(sum_)))
    return Words(f"{text} 元", f"{text} yuan")


def _beside(one: CaseReport, speech: Speech) -> Iterator[Block]:
    rows = {}
    for under in one.readings:
        for entry in under.beside:
            key = (under.choice.name, entry["says"]["en"])
            amount = same(entry["amount"]) if entry["amount"] else Words("未陈明", "not stated")
            rows[key] = (same(under.choice.name), speech.both(entry["says"]), Words(*STATUS[entry["status"]]), amount)
    if rows:
        yield Table(
            f"{one.case.id}-beside",
            Words("损失以外的款项（未计入）", "On top of the loss, and not reckoned"),
            (Words("读法", "Reading"), Words("内容", "What"), Words("状态", "Status"), Words("金额", "Amount")),
            tuple(rows.values()),
            frozenset({3}),
        )


# --- the whole space ---------------------------------------------------------------------------------------------------


def _space(one: CaseReport, speech: Speech) -> Iterator[Block]:
    found = one.space
    total = found.readings
    yield Heading(2, Words("读法的全部空间", "The whole space of readings"), f"{one.case.id}-space")
    yield Para(
        Words(
            f"对每一争点各取一立场，共 {grouped(total)} 种读法，{len(found.ways)} 种结果；计数是精确的，不作任何补足。",
            f"Taking one position on every issue there are {grouped(total)} readings and {len(found.ways)} outcomes; the "
            "numbers are exact, and nothing is filled in from the plain text.",
        )
    )
    rows = []
    for way in found.ways:
        sets = [
            speech.join([speech.chosen(name, list(found.space.disputed)) for name in names])
            for names in way.sufficient[:SETS_SHOWN]
        ]
        more = len(way.sufficient) - len(sets)
        why = _numbered(sets, more) if way.sufficient != [[]] else Words("任何读法", "every reading")
        rows.append((speech.outcome(way.outcome), same(percent(way.readings, total)), why))
    yield Table(
        f"{one.case.id}-outcomes",
        Words("全部结果及其充分条件", "All outcomes, and what suffices for each"),
        (Words("结果", "Outcome"), Words("占比", "Share"), Words("任一组立场即足够", "Any one of these sets suffices")),
        tuple(rows),
        frozenset({1}),
        _cut(one.case.id if one.case.id in one.base.cases else one.case.file, len(rows) - OUTCOMES_PRINTED),
        printed=OUTCOMES_PRINTED,
    )
    issues = [
        (speech.both(one.base.issues[issue]["title"]), same(issue), same(percent(n, total)))
        for issue, n in ranked(found.decides)
    ]
    if issues:
        yield Table(
            f"{one.case.id}-issues",
            Words("起作用的争点", "The issues that matter"),
            (Words("争点", "Issue"), same("id"), Words("决定", "Decides")),
            tuple(issues),
            frozenset({2}),
            Words(
                "决定：在多少读法中，仅改变这一争点的立场就改变结果。",
                "Decides: in how many readings another position on this issue alone changes the outcome.",
            ),
        )
    idle = speech.join([speech.both(one.base.issues[issue]["title"]) for issue in found.idle])
    if found.idle:
        yield Para(Words(f"在此不起作用的争点：{idle.zh}。", f"Idle here: {idle.en}."), "note")


def _cut(case: str, more: int) -> Words:
    """What is said below a table of which so many rows are not printed."""
    if more <= 0:
        return EMPTY
    where = f"pyliab space {case} --full"
    return Words(f"另有 {more} 种结果：见 CSV 或 {where}。", f"{more} more outcomes: in the CSV, and in {where}.")


def _numbered(sets: Sequence[Words], more: int) -> Words:
    zh = [f"（{i}）{one.zh}" for i, one in enumerate(sets, 1)] + ([f"另有 {more} 组"] if more else [])
    en = [f"({i}) {one.en}" for i, one in enumerate(sets, 1)] + ([f"and {more} more"] if more else [])
    rest = [Words(f"另有 {more} 组", f"and {more} more")] if more else []
    return Words("　".join(zh), "  ".join(en), items=(*sets, *rest))


def _provisions(speech: Speech, blocks: Sequence[Block]) -> Iterator[Block]:
    """The words of every provision that a proof quotes, whole."""
    quoted = {
        cite
        for block in blocks
        if isinstance(block, Tree)
        for proof in block.proofs
        for step in proof.walk()
        for label, _ in step.quotes
        for cite in label.cites
    }
    known = [name for name in speech.base.provisions if name in quoted]
    if known:
        yield Heading(1, Words("所引条文", "The provisions quoted"), "provisions")
    for name in known:
        zh, en = (speech.phrases.provision(name, lang) for lang in LANGS)
        yield Quote(Words(zh, en), speech.base.provisions[name]["text"])
