"""Results for people: plain lines, tables and trees, in Chinese or English. No legal knowledge lives here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pyliab.compare import Compared, Divergence, outcome
from pyliab.derive import Inquiry, Liability, gaps, out_of_time
from pyliab.explain import Explanation, Step
from pyliab.facts import CaseFile
from pyliab.knowledge import KnowledgeBase, article
from pyliab.phrase import Lang, Phrases
from pyliab.readings import Choice

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text
    from rich.tree import Tree

STATUS = {"certain": ("确定", "certain"), "possible": ("可能", "possible")}
TAKEN = {"own": ("本读法所取", "taken by the reading"), "assumed": ("依条文推定", "assumed from the text"), "open": ("未定，此处如此补足", "open, completed so here")}
FOUND = {
    "proved": ("已证明", "proved"),
    "disproved": ("已否定", "disproved"),
    "disputed": ("真伪不明", "in dispute"),
    "disputed, taken as proved": ("真伪不明，此处按成立", "in dispute, taken as proved here"),
    "disputed, taken as disproved": ("真伪不明，此处按不成立", "in dispute, taken as disproved here"),
    "not stated": ("无人陈述", "not stated"),
    "not derived": ("不能推出", "does not follow"),
}
STYLES = {"certain": "bold green", "possible": "yellow", "own": "cyan", "assumed": "dim", "proved": "", "disproved": "red"}


class Page:
    """Prints to a console in one language."""

    def __init__(self, console: Console, base: KnowledgeBase, lang: Lang) -> None:
        self.console, self.base, self.lang = console, base, lang

    def t(self, zh: str, en: str) -> str:
        """The text in the page's language."""
        return zh if self.lang == "zh" else en

    def line(self, text: str = "", indent: int = 0, style: str = "") -> None:
        """One paragraph, wrapped and indented; markup in the text is not interpreted."""
        from rich.padding import Padding

        from pyliab.wrap import Words

        words = Words(text, style=style)
        self.console.print(Padding(words, (0, 0, 0, indent), expand=False) if indent else words)

    def join(self, parts: Iterable[str]) -> str:
        """A list in the page's language."""
        return self.t("；", "; ").join(parts)

    def status(self, liability: Liability) -> str:
        """Certain or possible, in words."""
        return self.t(*STATUS[liability.status])

    def label(self, kind: str, name: str) -> str:
        """The label of a form, order, ceiling or kind of recourse."""
        found = self.base.labels.get(kind, {}).get(name)
        return str(found[self.lang]) if found else name

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[str]], *, keep: int = 1) -> None:
        """A table; the first `keep` columns are never folded."""
        from rich.box import SIMPLE_HEAD
        from rich.table import Table

        from pyliab.wrap import Words

        table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
        for i, column in enumerate(columns):
            table.add_column(Words(column), no_wrap=i < keep)
        for row in rows:
            table.add_row(*(Words(cell) for cell in row))
        self.console.print(table)

    def heading(self, text: str) -> None:
        """A bold line after an empty one."""
        self.line()
        self.line(text, style="bold")


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
    page.line(page.t(f"[{page.status(one)}] {debtor}对{creditor}承担责任：{form}", f"[{page.status(one)}] {debtor} is liable to {creditor}: {form}"), 2, STYLES[one.status])
    rows = ["id: " + one.id, page.t("依据：", "basis: ") + page.join(phrases.provision(name, lang) for name in one.basis)]
    if one.partners:
        rows.append(page.t("与谁：", "beside: ") + page.join(phrases.word(name, lang) for name in one.partners))
    rows.append(page.t("范围与顺位：", "extent and order: ") + page.join([page.label("ceiling", one.ceiling), page.label("order", one.order)]))
    for partner, extents in one.recourse.items():
        rows.append(page.t(f"向{phrases.word(partner, lang)}追偿：", f"recourse against {phrases.word(partner, lang)}: ") + page.join(page.label("recourse", e) for e in extents))
    rows.append(page.t("取决于：", "turns on: ") + (page.join(_taken(page, phrases, choice, name) for name in one.positions) or page.t("任何读法下均如此", "no position: the same under every reading")))
    if one.facts:
        rows.append(page.t("取决于争议事实：", "and on disputed facts: ") + page.join(_disputed(page, phrases, text) for text in one.facts))
    for row in rows:
        page.line(row, 6)


def _taken(page: Page, phrases: Phrases, choice: Choice, name: str) -> str:
    issue, _, position = name.partition("=")
    how = "own" if issue in choice.own else "assumed" if issue in choice.assumed else "open"
    return f"{phrases.position(issue, position, page.lang)}{page.t('（', ' (')}{page.t(*TAKEN[how])}{page.t('）', ')')}"


def _disputed(page: Page, phrases: Phrases, text: str) -> str:
    from pyliab.asp.atoms import parse

    symbol = parse(text)
    says = phrases.atom(symbol)[page.lang]
    return says if symbol.positive else page.t(f"并非：{says}", f"not so: {says}")


def remarks(page: Page, inquiry: Inquiry, case: CaseFile, choice: Choice, found: Sequence[Liability]) -> None:
    phrases = Phrases(page.base, case.names())
    page.line()
    if choice.assumed:
        page.line(page.t("依条文推定（并非该读法作者的观点）：", "assumed from the text (not the view of the reading's author): ") + ", ".join(f"{i}={p}" for i, p in choice.assumed.items()), 2, "dim")
    if choice.open_issues:
        page.line(page.t("未定的争点：", "issues left open: ") + ", ".join(choice.open_issues), 2, "dim")
    missing = [entry for entry in out_of_time(page.base, case) if entry["from"] > case.doc["date"]]
    if missing and not inquiry.as_if_in_force:
        page.line(page.t(f"案件发生于{case.doc['date']}，下列规定当时尚未施行，不适用：", f"The case is of {case.doc['date']}; not yet in force then and not applied: ") + _articles(page, phrases, missing), 2)
        page.line(page.t("以 --as-if-in-force 可作假设性追问。", "--as-if-in-force asks hypothetically."), 2)
    for gap in gaps(page.base, found):
        page.line(page.t(f"未编码：{phrases.provision(gap['provision'], 'zh')}“{gap['words']}”：{gap['reason']['zh']}", f"not encoded: {gap['provision']} “{gap['words']}”: {gap['reason']['en']}"), 2, "dim")
    _held(page, case, phrases, found)


def _articles(page: Page, phrases: Phrases, missing: Sequence[Mapping[str, str]]) -> str:
    by_article: dict[str, str] = {}
    for entry in missing:
        by_article[article(entry["provision"])] = page.t(f"{entry['from']}起施行", f"from {entry['from']}")
    return page.join(f"{_article_label(phrases, name, page.lang)}{page.t('（', ' (')}{when}{page.t('）', ')')}" for name, when in by_article.items())


def _article_label(phrases: Phrases, name: str, lang: Lang) -> str:
    return phrases.provision(f"{name}(1)", lang).removesuffix("(1)").removesuffix("第一款")


def _held(page: Page, case: CaseFile, phrases: Phrases, found: Sequence[Liability]) -> None:
    judgment = case.doc["judgment"]
    if not judgment:
        return
    held = {(entry["debtor"], entry["form"]) for entry in judgment["held"]}
    derived_ = {(one.debtor, one.form) for one in found}
    said = page.join(f"{phrases.word(d, page.lang)} {page.label('form', f)}" for d, f in sorted(held)) or page.t("平台不承担责任", "no liability of the platform")
    agrees = held == derived_ if all(one.status == "certain" for one in found) else held <= derived_
    verdict = page.t("与本读法一致", "agrees with this reading") if agrees else page.t("与本读法不同", "differs from this reading")
    page.line(page.t(f"法院（{judgment['court']['zh']}）：{said}。{verdict}。", f"The court ({judgment['court']['en']}): {said}; {verdict}."), 2, "" if agrees else "yellow")
    if not agrees and judgment["difference"]:
        page.line(judgment["difference"][page.lang], 4)


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
        said = [_position_text(phrases, name, lang) for name in explanation.completion] + [_disputed(page, phrases, text) for text in one.facts]
        page.line(page.t("成立的一种补足：", "holds when completed thus: ") + page.join(said), 2, "yellow")
    for i, reason in enumerate(explanation.reasons, 1):
        page.line(f"{i}. {reason[lang]}", 2)
    for proof in explanation.proofs:
        page.line()
        page.console.print(_tree(page, phrases, proof, set()))


def _position_text(phrases: Phrases, name: str, lang: Lang) -> str:
    issue, _, position = name.partition("=")
    return phrases.position(issue, position, lang)


def _tree(page: Page, phrases: Phrases, step: Step, quoted: set[str]) -> Tree:
    from rich.tree import Tree

    children = _worth_showing(step)
    tree = Tree(_node(page, phrases, step, quoted if children else None), guide_style="dim")
    for child in children:
        tree.add(_tree(page, phrases, child, quoted))
    return tree


def _worth_showing(step: Step) -> list[Step]:
    """A rule resting on dates in force alone is one line; its data stay in the JSON."""
    return [] if all(child.kind in ("law", "compare", "absent") for child in step.of) and any(c.kind == "law" for c in step.of) else [
        child for child in step.of if child.kind != "law"
    ]


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


def compared(page: Page, results: Sequence[Compared], choices: Sequence[Choice]) -> None:
    """The answer of `compare`: the matrix, then the partings."""
    if len(results) == 1:
        _one_case(page, results[0])
    else:
        _matrix(page, results, choices)
    for result in results:
        _partings(page, result)


def _one_case(page: Page, result: Compared) -> None:
    page.line(result.case, style="bold")
    rows = [(name, _cell(page, found)) for name, found in result.readings.items()]
    page.table([page.t("读法", "reading"), page.t("责任（? 为可能）", "liability (? = possible)")], rows)


def _cell(page: Page, found: Sequence[Liability]) -> str:
    several = len({one.debtor for one in found}) > 1
    return page.join((f"{one.debtor} " if several else "") + page.label("form", one.form) + ("" if one.status == "certain" else "?") for one in found) or "—"


def _matrix(page: Page, results: Sequence[Compared], choices: Sequence[Choice]) -> None:
    letters = {choice.name: _letter(i) for i, choice in enumerate(choices)}
    used: dict[str, str] = {}
    rows = []
    for result in results:
        cells = []
        for choice in choices:
            found = result.readings[choice.name]
            codes = [(_code(page, one.form), one) for one in found]
            used.update({code: page.label("form", one.form) for code, one in codes})
            cells.append(f"({len(codes)}?)" if len(codes) > 3 else "+".join(code + ("" if one.status == "certain" else "?") for code, one in codes) or "·")
        rows.append([result.case, *cells])
    page.table([page.t("案件", "case"), *letters.values()], rows)
    page.line(page.join(f"{letter} {name}" for name, letter in letters.items()), 2)
    page.line(page.join(f"{code} {label}" for code, label in sorted(used.items())), 2)
    page.line(page.t("· 无责任；? 可能；(n?) n 种可能的形态", "· no liability; ? possible; (n?) n forms possible"), 2)


def _letter(i: int) -> str:
    return chr(ord("A") + i) if i < 26 else f"{_letter(i // 26 - 1)}{chr(ord('A') + i % 26)}"


def _code(page: Page, form: str) -> str:
    found = page.base.labels.get("form", {}).get(form, {})
    code = found.get("code") if found else None
    return str(code[page.lang]) if code else form


def _partings(page: Page, result: Compared) -> None:
    phrases = Phrases(page.base)
    if not result.divergences:
        alike = len({outcome(found) for found in result.readings.values()}) == 1
        page.line(page.t(f"{result.case}：各读法结果相同。", f"{result.case}: all readings agree.") if alike else "", 2)
        return
    page.heading(page.t(f"{result.case}：读法在何处分道", f"{result.case}: where the readings part"))
    for divergence in result.divergences:
        _parting(page, phrases, divergence)


def _parting(page: Page, phrases: Phrases, divergence: Divergence) -> None:
    a, b = divergence.readings
    page.line(f"{a} ≠ {b}", 2, "bold")
    by_issue: dict[str, list[str]] = {}
    for name in divergence.positions:
        issue, _, position = name.partition("=")
        by_issue.setdefault(issue, []).append(page.base.position(issue, position)["title"][page.lang])
    for issue, sides in by_issue.items():
        both = " ≠ ".join(sides) if len(sides) == 2 else page.t(f"{sides[0]}；另一方未定", f"{sides[0]}; open on the other side")
        page.line(f"{page.base.issues[issue]['title'][page.lang]}{page.t('：', ': ')}{both}", 4)
    for name, step in divergence.steps.items():
        cites = page.join(phrases.citation(cited, page.lang) for cited in step.cites)
        page.line(page.t(f"{name} 的第一步：", f"first step of {name}: ") + f"{step.says[page.lang]}  ⟨{step.rule}⟩ {cites}", 4)


def case_page(page: Page, case: CaseFile) -> None:
    """A case whole: parties, facts with their status, the court, what is expected."""
    doc, lang = case.doc, page.lang
    phrases = Phrases(page.base, case.names())
    page.line(f"{case.id} · {doc['date']} · {page.t('真实案例', 'decided case') if doc['kind'] == 'decided' else page.t('教学案例', 'hypothetical')}", style="bold")
    page.line(doc["title"][lang])
    page.line(doc["about"][lang], 2)
    from pyliab.asp.atoms import fact_symbol

    page.heading(page.t("事实", "Facts"))
    for fact in case.facts:
        says = phrases.atom(fact_symbol(case.id, fact))[lang]
        row = f"[{page.t(*FOUND[fact.status])}] {says}"
        if fact.note:
            row += page.t(f"（{fact.note['zh']}）", f" ({fact.note['en']})")
        if fact.exhibit:
            row += page.t(f"（证据：{fact.exhibit}）", f" (exhibit: {fact.exhibit})")
        page.line(row, 2, STYLES.get(fact.status, ""))
    judgment = doc["judgment"]
    if judgment:
        page.heading(page.t("裁判", "Judgment"))
        page.line(page.join(filter(None, [judgment["court"][lang], judgment["docket"], judgment["decided"]])), 2)
        for entry in judgment["held"]:
            page.line(f"{phrases.word(entry['debtor'], lang)}: {page.label('form', entry['form'])}" + (f" — {entry['note'][lang]}" if entry["note"] else ""), 2)
        if not judgment["held"]:
            page.line(page.t("平台不承担责任", "no liability of the platform"), 2)
        page.line(page.t("可靠程度：", "how sure: ") + judgment["sure"], 2)
        _sources(page, judgment["sources"])
    if doc["expect"]:
        page.heading(page.t("预期", "Expected"))
        for reading, rows in doc["expect"].items():
            page.line(f"{reading}: {', '.join(rows) or '—'}", 2)


def _sources(page: Page, cited: Iterable[Mapping[str, Any]]) -> None:
    for entry in cited:
        source = page.base.sources.get(entry["source"])
        text = source["citation"] if source else entry["source"]
        seen = f" [{page.t('所见', 'seen')}: {source['seen']}]" if source else ""
        page.line("· " + text + (f", {entry['locator']}" if entry["locator"] else "") + seen, 4, "dim")


def reading_page(page: Page, reading: Mapping[str, Any], choice: Choice) -> None:
    """A reading whole: what its source says, what is assumed, what is open."""
    phrases, lang = Phrases(page.base), page.lang
    page.line(f"{reading['reading']} · {reading['title'][lang]}", style="bold")
    page.line(page.t("持有者：", "held by: ") + reading["holder"][lang], 2)
    page.line(reading["about"][lang], 2)
    _sources(page, reading["sources"])
    page.heading(page.t("本读法所取", "What the reading takes"))
    for issue, taken in reading["positions"].items():
        page.line(f"{phrases.position(issue, taken['position'], lang)}   {issue}={taken['position']}" + (f"   {taken['locator']}" if taken["locator"] else ""), 2, STYLES["own"])
        if taken["note"]:
            page.line(taken["note"][lang], 4, "dim")
    page.heading(page.t("依条文推定（并非其观点）", "Assumed from the text (not its author's view)"))
    for issue, position in choice.assumed.items():
        page.line(f"{phrases.position(issue, position, lang)}   {issue}={position}", 2, STYLES["assumed"])
    page.heading(page.t("未定", "Open"))
    for issue in choice.open_issues:
        page.line(f"{page.base.issues[issue]['title'][lang]}   {issue}", 2)
    if reading["unsaid"]:
        page.line()
        page.line(page.t("来源未说明：", "Left unsaid by the source: ") + reading["unsaid"][lang], 2)


def issue_page(page: Page, issue: Mapping[str, Any]) -> None:
    """An issue whole: positions with holders, sources and arguments."""
    lang, phrases = page.lang, Phrases(page.base)
    page.line(f"{issue['issue']} · {issue['title'][lang]}", style="bold")
    page.line(issue["question"][lang], 2)
    why = issue["default_because"] or issue["open_because"]
    page.line((page.t(f"条文之解：{issue['default']}", f"by the plain text: {issue['default']}") if issue["default"] else page.t("条文未定", "left open by the text")) + (f" — {why[lang]}" if why else ""), 2)
    for name, position in issue["positions"].items():
        page.heading(f"{name} · {position['title'][lang]}")
        page.line(position["says"][lang], 2)
        if position["not_encoded"]:
            page.line(page.t("不能适用：", "cannot be applied: ") + position["not_encoded"][lang], 2, "yellow")
        if position["holders"]:
            page.line(page.t("持有者：", "held by: ") + page.join(h[lang] for h in position["holders"]), 2)
        if position["provisions"]:
            page.line(page.t("规定：", "provisions: ") + page.join(phrases.provision(p, lang) for p in position["provisions"]), 2)
        _sources(page, position["sources"])
        for side, sign in (("for", "+"), ("against", "−")):
            for argument in position[side]:
                where = page.join([*(phrases.provision(p, lang) for p in argument["provisions"]), *(f"{phrases.citation(c['source'], lang)} {c['locator'] or ''}".strip() for c in argument["sources"])])
                page.line(f"{sign} [{argument['kind']}] {argument['says'][lang]}" + (f" ({where})" if where else ""), 2)


def provision_page(page: Page, provision: Mapping[str, Any]) -> None:
    """A provision: wording, dates, segments, rules."""
    lang, phrases = page.lang, Phrases(page.base)
    period = provision["in_force"]
    page.line(f"{provision['id']} · {phrases.provision(provision['id'], 'zh')}", style="bold")
    page.line(page.t(f"{period['start']}起施行" + (f"，至{period['end']}" if period["end"] else ""), f"in force from {period['start']}" + (f" to {period['end']}" if period["end"] else "")), 2)
    page.line(provision["text"], 2)
    if provision["note"]:
        page.line(provision["note"][lang], 2, "dim")
    page.line(page.t("核对：", "wording: ") + provision["checked"], 2, "dim")
    for segment in provision["segments"]:
        carried = ", ".join(segment["rules"]) if segment["rules"] else page.t("未编码：", "not encoded: ") + segment["not_encoded"][lang]
        page.line(f"“{segment['words']}” → {carried}", 4)
    citing = [note for note in page.base.notes.values() if provision["id"] in note.cites]
    if citing:
        page.heading(page.t("引用它的规则", "Rules that cite it"))
        for note in citing:
            page.line(f"{note.id}   {getattr(note, lang)}", 2)


def rule_page(page: Page, name: str) -> None:
    """A rule as it stands in its file."""
    note = page.base.notes[name]
    page.line(f"{name} · {note.file}:{note.line}", style="bold")
    page.line(page.join(Phrases(page.base).citation(cited, page.lang) for cited in note.cites), 2)
    from pathlib import Path

    rows = Path(note.file).read_text(encoding="utf-8").splitlines()[note.line - 1 :]
    end = next((i for i, row in enumerate(rows) if i and not row.startswith("%") and row.rstrip().endswith(".")), len(rows) - 1)
    for row in rows[: end + 1]:
        page.line(row, 2)


def vocabulary_page(page: Page) -> None:
    """All words of case files, by group."""
    groups: dict[str, list[Any]] = {}
    for predicate in page.base.vocabulary.values():
        groups.setdefault(predicate.group or "", []).append(predicate)
    for group, predicates in groups.items():
        page.heading(group)
        for predicate in predicates:
            args = ", ".join(f"{a.key}: {'|'.join(a.words) if a.words else a.type}" for a in predicate.arguments[1:])
            page.line(f"{predicate.name}: {{{args}}}", 2)
            page.line(f"{getattr(predicate, page.lang)}   [{predicate.source}]", 6, "dim")
