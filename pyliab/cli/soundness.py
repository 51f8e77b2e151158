"""Is the knowledge sound, and is it complete: check, coverage."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pyliab.cli.common import common, load, locale, page_for, print_json, scripts_allowed

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


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("-q", "--quiet", is_flag=True, help="Print problems only; nothing if there is none.")
@common
def check(path: Path | None, quiet: bool, lang: str | None, as_json: bool, folders: tuple[Path, ...]) -> None:
    """Is the knowledge base sound? Or a case file, a reading file, or a folder of your own?

    Exit status 0: sound; 1: readable, but an expectation or a cross-reference fails; 2: not readable.

    \b
    Example:
      pyliab check
      pyliab check my_case.yaml
      pyliab check my_folder
    """
    from pyliab.questions.check import check as run

    report = run(path, folders, scripts=scripts_allowed())
    if as_json:
        print_json(
            {"sound": not report.problems, "checked": report.checked, "problems": [vars(p) for p in report.problems]}
        )
    else:
        zh = (lang or locale()) == "zh"
        for problem in report.problems:
            click.echo(problem.of("zh" if zh else "en"))
        counts = ("，" if zh else ", ").join(
            f"{n} {_COUNTED.get(what, what) if zh else what}" for what, n in report.checked.items()
        )
        faults = len(report.problems)
        if quiet:
            sys.exit(1 if faults else 0)
        verdict = f"{faults} 处问题" if zh else f"{faults} problem{'s' if faults > 1 else ''}"
        click.echo(f"{verdict if faults else '未发现问题' if zh else 'sound'}{'：' if zh else ': '}{counts}")
    sys.exit(1 if report.problems else 0)


@click.command()
@click.option("--check", "strict", is_flag=True, help="Exit with status 1 unless every part is at 100 %.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing; with --check, the exit status answers.")
@common
def coverage(strict: bool, quiet: bool, lang: str | None, as_json: bool, folders: tuple[Path, ...]) -> None:
    """Wording and rules, claims and carriers, positions and sources: how much is covered, and what is missing.

    \b
    Example:
      pyliab coverage
      pyliab coverage --check
    """
    from pyliab.questions.coverage import coverage as count

    base = load(folders)
    parts = count(base)
    if as_json:
        print_json({"parts": [part.to_json() for part in parts]})
    elif not quiet:
        from pyliab.answers.render.scholarship import covered

        covered(page_for(base, lang), parts)
    sys.exit(1 if strict and any(part.missing for part in parts) else 0)
