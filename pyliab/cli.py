"""The commands. Each reads, asks and prints; nothing is decided here."""

from __future__ import annotations

import atexit
import errno
import gc
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pyliab import __version__
from pyliab.errors import InputError

if TYPE_CHECKING:
    from pyliab.derive import Inquiry
    from pyliab.facts import CaseFile
    from pyliab.knowledge import KnowledgeBase
    from pyliab.readings import Choice
    from pyliab.render.page import Page

_COUNTED = {
    "rules": "条规则",
    "provisions": "个条款",
    "issues": "个争点",
    "issue": "个争点",
    "positions": "个立场",
    "readings": "种读法",
    "reading": "种读法",
    "cases": "个案件",
    "case": "个案件",
    "sources": "种来源",
    "facts": "项事实",
    "expectations": "项预期",
}
F = TypeVar("F", bound=Callable[..., Any])


# A command ends with its process: the collector need not look through all that was loaded once more (10 ms).
atexit.register(gc.freeze)


def _locale() -> str:
    named = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "zh" if named.lower().startswith("zh") else "en"


class _Group(click.Group):
    """Turns bad input into exit status 2 with every problem on a line of its own; a mistyped command gets a hint."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """A reader that stops reading (`| head`) ends the command quietly; output that cannot be written is an error."""
        try:
            return super().main(*args, **kwargs)
        except OSError as error:
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 (what is left in the buffer goes nowhere)
            if error.errno != errno.EPIPE:
                click.echo(f"pyliab: the answer cannot be written: {error.strerror}", err=True)
            sys.exit(0 if error.errno == errno.EPIPE else 2)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except InputError as error:
            for problem in error.problems:
                click.echo(f"pyliab: {problem}", err=True)
            ctx.exit(2)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        from pyliab.errors import nearest

        if args and self.get_command(ctx, args[0]) is None:
            raise click.UsageError(f"no command {args[0]!r}{nearest(args[0], self.list_commands(ctx))}", ctx)
        return super().resolve_command(ctx, args)


def common(command: F) -> F:
    """`--lang`, `--json` and `--kb`, which every command takes."""
    command = click.option(
        "--kb",
        "folders",
        type=click.Path(path_type=Path),
        multiple=True,
        help="A folder of your own knowledge, laid over the shipped one. Repeatable.",
    )(command)
    command = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")(command)
    return click.option(
        "--lang",
        type=click.Choice(["zh", "en"]),
        default=None,
        help="Language of the answer (default: from the locale).",
    )(command)


def reading_options(command: F) -> F:
    """`--background` and `--as-if-in-force`."""
    command = click.option(
        "--as-if-in-force", is_flag=True, help="Ask as if today's law had been in force on the day of the case."
    )(command)
    return click.option(
        "--background",
        type=click.Choice(["text", "open"]),
        default="text",
        show_default=True,
        help="What fills the issues a reading leaves unsaid: the plain text, or nothing.",
    )(command)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="pyliab")
def main() -> None:
    """Who is liable on a platform, under which reading of the law, and why.

    \b
    Start with:
      pyliab cases
      pyliab derive ride_injury -r paper_body
      pyliab explain ride_injury -r paper_body
      pyliab compare ride_injury --all
    """


def _base(folders: Sequence[Path]) -> KnowledgeBase:
    from pyliab import knowledge

    return knowledge.load(folders)


def _page(base: KnowledgeBase, lang: str | None) -> Page:
    from rich.console import Console

    from pyliab.render.page import Page

    return Page(
        Console(highlight=False, markup=False, emoji=False), base, "zh" if (lang or _locale()) == "zh" else "en"
    )


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _ask(
    base: KnowledgeBase, case: str, reading: str | None, background: str, as_if: bool
) -> tuple[Inquiry, CaseFile, Choice]:
    from pyliab.derive import Inquiry
    from pyliab.readings import choose

    if reading is None:
        raise click.UsageError("name a reading with -r; `pyliab readings` lists them")
    found = base.case(case)
    choice = choose(base, base.reading(reading), "open" if background == "open" else "text")
    return Inquiry(base, [found], as_if_in_force=as_if), found, choice


def _distinct(names: Iterable[str]) -> None:
    """Two files may not come with one id into one question. Raises InputError."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise InputError(f"two of the things asked about are both called {name!r}; give one of them another id")
        seen.add(name)


@main.command()
@click.argument("case")
@click.option("-r", "--reading", help="A reading by id (`pyliab readings`), or the path of a reading file.")
@reading_options
@common
def derive(
    case: str,
    reading: str | None,
    background: str,
    as_if_in_force: bool,
    lang: str | None,
    as_json: bool,
    folders: tuple[Path, ...],
) -> None:
    """Who is liable in CASE under a reading: certain, or possible.

    CASE is the id of a case in the knowledge base, or the path of a case file.

    \b
    Example:
      pyliab derive ride_injury -r several_all
    """
    from pyliab.derive import derive_json

    base = _base(folders)
    inquiry, found, choice = _ask(base, case, reading, background, as_if_in_force)
    liabilities = inquiry.derive(found.id, choice)
    if as_json:
        _print_json(derive_json(inquiry, found, choice, liabilities))
        return
    from pyliab.render import liabilities as rendered

    rendered.derived(_page(base, lang), inquiry, found, choice, liabilities)


@main.command()
@click.argument("case")
@click.argument("liability", required=False)
@click.option("-r", "--reading", help="A reading by id (`pyliab readings`), or the path of a reading file.")
@reading_options
@common
def explain(
    case: str,
    liability: str | None,
    reading: str | None,
    background: str,
    as_if_in_force: bool,
    lang: str | None,
    as_json: bool,
    folders: tuple[Path, ...],
) -> None:
    """Why: first the reasons that carry a liability, then its proof, step by step.

    LIABILITY is an id as `derive` prints it, or a part of one (`supp_full`); without it, all are explained.

    \b
    Example:
      pyliab explain ride_injury -r paper_body
      pyliab explain ride_injury several -r text_minimal
    """
    from pyliab.derive import derive_json
    from pyliab.explain import Explainer, ProofProgram, select

    base = _base(folders)
    inquiry, found, choice = _ask(base, case, reading, background, as_if_in_force)
    liabilities = inquiry.derive(found.id, choice)
    chosen = select(liabilities, liability)
    proofs = ProofProgram(inquiry, found) if chosen else None
    explanations = [Explainer(proofs, choice).explain(one) for one in chosen] if proofs else []
    if as_json:
        _print_json(
            {**derive_json(inquiry, found, choice, liabilities), "explanations": [e.to_json() for e in explanations]}
        )
        return
    from pyliab.render import liabilities as rendered
    from pyliab.render.proof import explained

    page = _page(base, lang)
    if not proofs:
        rendered.derived(page, inquiry, found, choice, liabilities)
        return
    rendered.title(page, inquiry, found, choice)
    for explanation in explanations:
        page.line()
        explained(page, explanation, proofs.phrases)
    rendered.remarks(page, inquiry, found, choice, chosen)


@main.command()
@click.argument("cases", nargs=-1, required=True)
@click.option("-r", "--reading", "readings", multiple=True, help="A reading to compare. Repeatable.")
@click.option("--all", "all_readings", is_flag=True, help="Compare all readings of the knowledge base.")
@reading_options
@common
def compare(
    cases: tuple[str, ...],
    readings: tuple[str, ...],
    all_readings: bool,
    background: str,
    as_if_in_force: bool,
    lang: str | None,
    as_json: bool,
    folders: tuple[Path, ...],
) -> None:
    """Rival readings side by side, and for each difference the first step at which the proofs part.

    \b
    Example:
      pyliab compare ride_injury -r paper_body -r several_all
      pyliab compare ride_injury ride_both charger_fire --all
    """
    from pyliab.compare import compare as compare_readings
    from pyliab.derive import Inquiry
    from pyliab.readings import choose

    base = _base(folders)
    names = list(dict.fromkeys([*readings, *(base.readings if all_readings else ())]))
    if len(names) < 2:
        raise click.UsageError("name two readings or more with -r, or take them --all")
    choices = [choose(base, base.reading(name), "open" if background == "open" else "text") for name in names]
    asked = [base.case(case) for case in dict.fromkeys(cases)]
    _distinct(choice.name for choice in choices)
    _distinct(case.id for case in asked)
    inquiry = Inquiry(base, asked, as_if_in_force=as_if_in_force)
    results = compare_readings(inquiry, choices, all_pairs=as_json or len(choices) == 2)
    if as_json:
        _print_json({"cases": [result.to_json() for result in results]})
        return
    from pyliab.render.liabilities import hypothetical
    from pyliab.render.matrix import compared

    page = _page(base, lang)
    hypothetical(page, inquiry)
    compared(page, results, choices)


@main.command()
@common
def cases(lang: str | None, as_json: bool, folders: tuple[Path, ...]) -> None:
    """The cases of the knowledge base, decided and hypothetical."""
    base = _base(folders)
    if as_json:
        _print_json(
            {
                "cases": [
                    {"case": c.id, "date": c.doc["date"], "kind": c.doc["kind"], "title": c.doc["title"]}
                    for c in base.cases.values()
                ]
            }
        )
        return
    page = _page(base, lang)
    kinds = {"decided": page.t("真实", "decided"), "hypothetical": page.t("教学", "hypothetical")}
    page.table(
        [page.t("案件", "case"), page.t("日期", "date"), page.t("类别", "kind"), page.t("标题", "title")],
        [(c.id, c.doc["date"], kinds[c.doc["kind"]], c.doc["title"][page.lang]) for c in base.cases.values()],
        keep=3,
    )


@main.command()
@common
def readings(lang: str | None, as_json: bool, folders: tuple[Path, ...]) -> None:
    """The named readings: who holds them, and how much they set."""
    base = _base(folders)
    if as_json:
        _print_json(
            {
                "readings": [
                    {
                        "reading": n,
                        "title": r["title"],
                        "holder": r["holder"],
                        "own": {i: c["position"] for i, c in r["positions"].items()},
                    }
                    for n, r in base.readings.items()
                ]
            }
        )
        return
    page = _page(base, lang)
    page.table(
        [
            page.t("读法", "reading"),
            page.t("所取立场", "positions"),
            page.t("持有者", "held by"),
            page.t("标题", "title"),
        ],
        [
            (n, str(len(r["positions"])), r["holder"][page.lang], r["title"][page.lang])
            for n, r in base.readings.items()
        ],
    )


@main.command()
@common
def issues(lang: str | None, as_json: bool, folders: tuple[Path, ...]) -> None:
    """The disputed issues (争点) with their positions; the plain-text default is marked *."""
    base = _base(folders)
    if as_json:
        _print_json(
            {
                "issues": [
                    {"issue": n, "title": i["title"], "default": i["default"], "positions": list(i["positions"])}
                    for n, i in base.issues.items()
                ]
            }
        )
        return
    page = _page(base, lang)
    rows = []
    for name, issue in base.issues.items():
        positions = ", ".join(p + ("*" if p == issue["default"] else "") for p in issue["positions"])
        rows.append((name, f"{issue['title'][page.lang]}\n{positions}"))
    page.table(
        [page.t("争点", "issue"), page.t("标题与立场（* 为依条文之解）", "title and positions (* by the plain text)")],
        rows,
    )


@main.command()
@common
def statutes(lang: str | None, as_json: bool, folders: tuple[Path, ...]) -> None:
    """The instruments and provisions whose wording the knowledge base holds; those with rules are marked *."""
    base = _base(folders)
    asked = set(base.asked)
    if as_json:
        _print_json(
            {
                "statutes": [
                    {
                        "statute": n,
                        "title": s["title"],
                        "in_force": s["in_force"],
                        "provisions": [p["id"] for p in s["provisions"]],
                    }
                    for n, s in base.statutes.items()
                ]
            }
        )
        return
    page = _page(base, lang)
    rows = []
    for name, statute in base.statutes.items():
        provisions = ", ".join(
            p["id"].removeprefix(f"{name} ") + ("*" if p["id"] in asked else "") for p in statute["provisions"]
        )
        period = statute["in_force"]["start"] + (
            "–" + statute["in_force"]["end"] if statute["in_force"]["end"] else "–"
        )
        rows.append((name, f"{statute['title'][page.lang]}  {period}\n{provisions}"))
    page.table(
        [
            page.t("法源", "instrument"),
            page.t("名称、施行期间与条款（* 有规则）", "title, in force, provisions (* with rules)"),
        ],
        rows,
    )


@main.command()
@click.argument("name", metavar="ID")
@click.option("--asp", is_flag=True, help="Print a case or a reading as ASP facts, for clingo run by hand.")
@common
def show(name: str, asp: bool, lang: str | None, as_json: bool, folders: tuple[Path, ...]) -> None:
    """Any one thing whole: a case, reading, issue, provision, statute, source or rule; or `vocabulary`.

    \b
    Example:
      pyliab show "ECL 38(2)"
      pyliab show paper_body
      pyliab show vocabulary
    """
    from pyliab import show as showing

    base = _base(folders)
    kind, found = showing.find(base, name)
    if asp:
        click.echo(showing.as_asp(base, kind, found), nl=False)
    elif as_json:
        _print_json({"kind": kind, kind: showing.plain(found)})
    else:
        showing.show(_page(base, lang), kind, found)


@main.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@common
def check(path: Path | None, lang: str | None, as_json: bool, folders: tuple[Path, ...]) -> None:
    """Is the knowledge base sound? Or a case file, a reading file, or a folder of your own?

    Exit status 0: sound; 1: readable, but an expectation or a cross-reference fails; 2: not readable.

    \b
    Example:
      pyliab check
      pyliab check my_case.yaml
      pyliab check my_folder
    """
    from pyliab.check import check as run

    report = run(path, folders)
    if as_json:
        _print_json(
            {"sound": not report.problems, "checked": report.checked, "problems": [vars(p) for p in report.problems]}
        )
    else:
        zh = (lang or _locale()) == "zh"
        for problem in report.problems:
            click.echo(str(problem))
        counts = ("，" if zh else ", ").join(
            f"{n} {_COUNTED.get(what, what) if zh else what}" for what, n in report.checked.items()
        )
        faults = len(report.problems)
        verdict = f"{faults} 处问题" if zh else f"{faults} problem{'s' if faults > 1 else ''}"
        click.echo(f"{verdict if faults else '未发现问题' if zh else 'sound'}{'：' if zh else ': '}{counts}")
    sys.exit(1 if report.problems else 0)


@main.command()
@click.argument("issue")
@click.option("--canons", default="", help="Canons from the highest down, separated by commas; the rest follow.")
@common
def debate(issue: str, canons: str, lang: str | None, as_json: bool, folders: tuple[Path, ...]) -> None:
    """The positions on ISSUE with their arguments, and which stand under an ordering of the canons.

    Canons: textual, systematic, historical, teleological, value, law-and-economics, causal.

    \b
    Example:
      pyliab debate ecl38_1_extent
      pyliab debate ecl38_1_extent --canons value,textual
    """
    from pyliab.debate import debate as hold
    from pyliab.debate import ordering

    base = _base(folders)
    order = ordering([name.strip() for name in canons.split(",") if name.strip()])
    found = hold(base, issue, order)
    if as_json:
        _print_json({"issue": issue, "canons": order, "positions": [one.to_json() for one in found]})
        return
    from pyliab.render.scholarship import debated

    debated(_page(base, lang), base.issues[issue], order, found)


@main.command()
@click.option("-r", "--reading", "readings", multiple=True, help="A reading to test. Repeatable; default: all.")
@click.option(
    "--analogy/--no-analogy", default=True, help="Ask cases of earlier law also of today's law, marked as analogy."
)
@common
def fit(readings: tuple[str, ...], analogy: bool, lang: str | None, as_json: bool, folders: tuple[Path, ...]) -> None:
    """Which readings are consistent with which decided cases.

    \b
    Example:
      pyliab fit
      pyliab fit -r paper_body -r several_all
    """
    from pyliab.fit import fit as hold

    base = _base(folders)
    names = [base.reading(name)["reading"] for name in readings] or list(base.readings)
    found = hold(base, names, analogy=analogy)
    if as_json:
        _print_json(found.to_json())
        return
    from pyliab.render.scholarship import fitted

    fitted(_page(base, lang), names, found)


@main.command()
@click.option("--check", "strict", is_flag=True, help="Exit with status 1 unless every part is at 100 %.")
@common
def coverage(strict: bool, lang: str | None, as_json: bool, folders: tuple[Path, ...]) -> None:
    """Wording and rules, claims and carriers, positions and sources: how much is covered, and what is missing.

    \b
    Example:
      pyliab coverage
      pyliab coverage --check
    """
    from pyliab.coverage import coverage as count

    base = _base(folders)
    parts = count(base)
    if as_json:
        _print_json({"parts": [part.to_json() for part in parts]})
    else:
        from pyliab.render.scholarship import covered

        covered(_page(base, lang), parts)
    sys.exit(1 if strict and any(part.missing for part in parts) else 0)
