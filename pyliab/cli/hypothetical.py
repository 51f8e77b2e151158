"""Questions put to hypothetical cases: distinguish, stress, reconcile."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from pyliab.cli import complete
from pyliab.cli.options import all_readings_option, parsed
from pyliab.cli.session import Session, distinct, session
from pyliab.cli.usage import BadParameter, Command, UsageError
from pyliab.text.problem import InputError, no_date, no_folder
from pyliab.text.say import say


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise BadParameter(no_date(text)) from None


_date = click.option(
    "--date",
    "day",
    metavar="DATE",
    callback=parsed(_day),
    help="The day of the cases (default: the latest law, then each earlier period).",
)


@click.command(cls=Command)
@click.argument("first", shell_complete=complete.readings)
@click.argument("second", shell_complete=complete.readings)
@click.option(
    "-n", "number", type=click.IntRange(1, 50), default=1, show_default=True, help="Cases that differ in kind."
)
@click.option(
    "--by",
    "level",
    type=click.Choice(["form", "debtor"]),
    default="form",
    show_default=True,
    help="They part in the form of a liability, or in who is liable at all.",
)
@_date
@click.option(
    "--save", type=click.Path(path_type=Path), help="Write the (first) case as a case file; not over another."
)
@session
def distinguish(
    session: Session, first: str, second: str, number: int, level: str, day: datetime.date | None, save: Path | None
) -> None:
    """The smallest hypothetical case on which two readings part.

    Searched are all cases that can be told of one platform, operator, consumer and third party, one good and one harm,
    in the law of each period. `derive` has the last word on what is found.
    """
    from pyliab.answers.views.hypothetical import distinguished
    from pyliab.asp.open_facts import days_of, universe
    from pyliab.questions.distinguish import distinguish as search

    base = session.base
    choices = session.choice(first), session.choice(second)
    distinct(choice.name for choice in choices)
    _free(save)
    with session.working() as progress:
        result = search(
            (universe(base, one) for one in ([day] if day else days_of(base))),
            choices,
            number=number,
            level="debtor" if level == "debtor" else "form",
            watch=lambda facts: progress(f"{first}, {second}", facts),
        )
    if save and result.found:
        save.write_text(_renamed(result.found[0].file, save), encoding="utf-8")
    session.answer(
        {"readings": [choice.name for choice in choices], "by": level, **result.to_json()},
        view=lambda wording: distinguished(choices, result, save, wording),
    )


@click.command(cls=Command)
@click.argument("readings", nargs=-1, shell_complete=complete.readings)
@all_readings_option
@click.option(
    "-p",
    "--principle",
    "names",
    metavar="PRINCIPLE",
    multiple=True,
    shell_complete=complete.principles,
    help="A principle by id. Repeatable; default: all.",
)
@_date
@click.option("--save", type=click.Path(path_type=Path), help="A folder for the cases that break principles.")
@session
def stress(
    session: Session,
    readings: tuple[str, ...],
    all_readings: bool,
    names: tuple[str, ...],
    day: datetime.date | None,
    save: Path | None,
) -> None:
    """Principles put to READINGS: each holds of every case searched, or the smallest case or pair of cases breaks it.

    A principle is one file of rules/principles/, in the shipped rules or in a folder of your own (--kb).
    """
    from pyliab.answers.views.hypothetical import stressed
    from pyliab.asp.open_facts import days_of, universe
    from pyliab.cli.new.place import write
    from pyliab.questions.stress import Stress, chosen

    base = session.base
    choices = session.choices(readings, every=all_readings)
    if not choices:
        raise UsageError(say("name a reading or more, or take them --all; `pyliab readings` lists them"))
    wanted = chosen(base, names)
    trial = Stress(universe(base, day or days_of(base)[0]))
    if save and save.exists() and not save.is_dir():
        raise InputError(no_folder(save))
    with session.working() as progress:
        verdicts = {}
        for i, (name, path) in enumerate(wanted.items(), 1):
            progress(name, i)
            verdicts[name] = list(trial.put(path, choices))
    counterexamples = [case for row in verdicts.values() for verdict in row for case in verdict.cases]
    if save:
        write({save / f"{hypothetical.case.id}.yaml": hypothetical.file for hypothetical in counterexamples})
    results = [
        {"reading": choice.name, "principles": [verdicts[name][i] for name in verdicts]}
        for i, choice in enumerate(choices)
    ]
    searched = {"day": trial.universe.day, "facts": len(trial.universe.facts)}
    answer = {"readings": results, "searched": searched}
    session.answer(answer, view=lambda wording: stressed(choices, trial, verdicts, wording))


@click.command(cls=Command)
@click.option(
    "-p",
    "--principle",
    "names",
    metavar="PRINCIPLE",
    multiple=True,
    shell_complete=complete.principles,
    help="A principle by id. Repeatable.",
)
@click.option(
    "-c",
    "--case",
    "cases",
    metavar="CASE",
    multiple=True,
    shell_complete=complete.cases,
    help="A decided case. Repeatable.",
)
@_date
@session
def reconcile(session: Session, names: tuple[str, ...], cases: tuple[str, ...], day: datetime.date | None) -> None:
    """Is there a reading that keeps these principles and gives these decisions? If not, which of them clash, and why?

    Without -p and -c: all principles, and all decisions that tell readings apart. Candidates are held against hypothetical
    cases in turn; what clashes is proved by the cases that are shown, and what can be kept was held against every case
    searched.
    """
    from pyliab.answers.views.reconcile import reconciled
    from pyliab.asp.open_facts import days_of, universe
    from pyliab.questions.fit import decided
    from pyliab.questions.reconcile import Principle, Reconciler
    from pyliab.questions.stress import Stress, chosen

    base = session.base
    trial = Stress(universe(base, day or days_of(base)[0]))
    asked = session.cases(cases)
    wanted = chosen(base, names) if names or not cases else {}
    with session.working() as progress:
        given = decided(base, asked if cases or names else None, analogy=False, progress=progress)
        decisions = [decision for decision in given if decision.tells == "apart" or decision.case in cases]
        principles = [Principle(trial, name, path) for name, path in wanted.items()]
        answer = Reconciler(base, principles, decisions, progress).answer()
    session.answer(answer, view=lambda wording: reconciled(answer, trial.universe, wording))


def _free(path: Path | None) -> None:
    """Nothing is written over a file that is there."""
    if path is not None and path.exists():
        raise InputError(say("{path} exists already; nothing was written", path=path))


def _renamed(text: str, path: Path) -> str:
    """A case is called as its file."""
    first, _, rest = text.partition("\n")
    return f"case: {path.stem}\n{rest}" if path.stem.isidentifier() else f"{first}\n{rest}"
