"""Questions put to the space of readings: space, flip."""

from __future__ import annotations

from pathlib import Path

import click

from pyliab.commands.common import common, distinct, load, one_case, page_for, print_json, working


@click.command()
@click.argument("cases", nargs=-1)
@click.option("--all", "all_cases", is_flag=True, help="All cases of the knowledge base.")
@click.option("-r", "--reading", help="A reading whose own positions are fixed: the space it leaves.")
@click.option(
    "--by",
    "level",
    type=click.Choice(["form", "debtor"]),
    default="form",
    show_default=True,
    help="Tell outcomes apart by who owes whom in which form, or only by who owes whom.",
)
@click.option("--full", is_flag=True, help="Print every outcome and every sufficient set.")
@click.option("--as-if-in-force", is_flag=True, help="Ask as if today's law had been in force on the day of the case.")
@common
def space(
    cases: tuple[str, ...],
    all_cases: bool,
    reading: str | None,
    level: str,
    full: bool,
    as_if_in_force: bool,
    lang: str | None,
    as_json: bool,
    folders: tuple[Path, ...],
) -> None:
    """All outcomes of CASES over all readings, exactly: how many lead to each, and what suffices for it.

    A reading here takes a position on every issue; nothing is filled in from the plain text. Each sufficient set is
    minimal, and all are found. For several cases: which issues matter in which.

    \b
    Example:
      pyliab space ride_injury
      pyliab space ride_injury -r paper_body --by debtor
      pyliab space ride_injury ride_both charger_fire
    """
    from pyliab.space import Explorer, answer

    base = load(folders)
    asked = [base.case(case) for case in dict.fromkeys([*cases, *(base.cases if all_cases else ())])]
    if not asked:
        raise click.UsageError("name one case or more, or take them --all")
    distinct(case.id for case in asked)
    chosen = base.reading(reading) if reading else None
    own = {issue: choice["position"] for issue, choice in chosen["positions"].items()} if chosen else {}
    name = chosen["reading"] if chosen else None
    with working(lang) as progress:
        explorer = Explorer(base, as_if_in_force=as_if_in_force, progress=progress)
        found = [answer(explorer.explore(case, level).under(own, name)) for case in asked]
    if as_json:
        print_json(found[0].to_json() if len(found) == 1 else {"cases": [one.to_json() for one in found]})
        return
    from pyliab.render import space as rendered

    page = page_for(base, lang)
    if as_if_in_force:
        rendered.hypothetical(page)
    if len(found) == 1:
        rendered.explored(page, asked[0], found[0], full=full)
    else:
        rendered.tabled(page, found)


@click.command()
@one_case
@click.option("--law", is_flag=True, help="Change positions on disputed issues (the default).")
@click.option(
    "--to",
    "wanted",
    metavar="LIABILITY|none",
    help="Only what leads there: an id as `derive` prints it, a part of one, or `none`.",
)
@click.option("--full", is_flag=True, help="Print every flip.")
def flip(
    case: str,
    reading: str | None,
    background: str,
    as_if_in_force: bool,
    law: bool,
    wanted: str | None,
    full: bool,
    lang: str | None,
    as_json: bool,
    folders: tuple[Path, ...],
) -> None:
    """Every minimal change of a reading that changes the outcome of CASE, or brings a wanted one about.

    Where the reading leaves the outcome open, also what settles it.

    \b
    Example:
      pyliab flip ride_injury -r paper_body
      pyliab flip ride_injury -r paper_body --to several
      pyliab flip ride_injury -r draft4 --to none
    """
    from pyliab.flip import flips, flips_json, wanted_outcome
    from pyliab.readings import choose
    from pyliab.space import Explorer

    if reading is None:
        raise click.UsageError("name a reading with -r; `pyliab readings` lists them")
    base = load(folders)
    asked = base.case(case)
    choice = choose(base, base.reading(reading), "open" if background == "open" else "text")
    goal = wanted_outcome(base, asked, wanted) if wanted else None
    with working(lang) as progress:
        explored = Explorer(base, as_if_in_force=as_if_in_force, progress=progress).explore(asked)
        found = flips(explored, choice, goal)
    if as_json:
        print_json(flips_json(explored, choice, found))
        return
    from pyliab.render import space as rendered

    page = page_for(base, lang)
    if as_if_in_force:
        rendered.hypothetical(page)
    rendered.flipped(page, asked, choice, found, explored.disputed, full=full)
