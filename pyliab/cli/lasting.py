"""Answers that last: cite, reproduce."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pyliab.cli.session import Session, session
from pyliab.text.problem import InputError, Problem, look_up, not_readable
from pyliab.text.say import same, say

if TYPE_CHECKING:
    from pyliab.answers.blocks import Block
    from pyliab.kb.versions import Made

SHOWN = 20
"""So many differences are printed."""


@click.command()
@click.argument("thing", required=False, metavar="[SOURCE]")
@click.option(
    "--as",
    "form",
    type=click.Choice(["gbt", "review", "bibtex", "csl"]),
    default="gbt",
    show_default=True,
    help="GB/T 7714, the form of Chinese law reviews, BibTeX, or CSL JSON.",
)
@partial(session, writes=False)
def cite(session: Session, thing: str | None, form: str) -> None:
    """How to cite pyliab, a source of the knowledge base, or an answer written with -o FILE.json."""
    from pyliab.answers.cited import of_answer, of_source

    if thing is None or thing.endswith(".json"):
        reference = of_answer(_read(Path(thing))[1] if thing else None)
    else:
        none = say("no source {given}{near} (an answer is named by its file, .json)")
        reference = of_source(thing, look_up(session.base.sources, thing, none))
    if session.as_json:
        session.print_json({"form": form, "citation": reference.written(form)})
    else:
        click.echo(reference.written(form))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@session
def reproduce(session: Session, file: Path) -> None:
    """Derive an answer again that was written with -o FILE.json, and say what has changed since.

    Exit status 0: the same answer; 1: another one. Paths in the command are those of the folder where it was given.
    """
    before, made = _read(file)
    after = _asked_again(file, made)
    now = _versions(file, made, before)
    differences = list(_differences(before, after))

    def shown(_wording: object) -> Iterator[Block]:
        from pyliab.answers.blocks import Items, para

        yield para(say("another answer") if differences else say("the same answer"), "verdict")
        rows = [say("{what}: {before}, now {after}", what=name, before=a, after=b) for name, a, b in now]
        rows += [say("{what}: {before}, now {after}", what=p, before=a, after=b) for p, a, b in differences[:SHOWN]]
        if rows:
            yield Items(tuple(rows), depth=1)

    rows = [[{"what": what, "before": a, "after": b} for what, a, b in part] for part in (now, differences)]
    session.answer({"same": not differences, "versions": rows[0], "differences": rows[1]}, view=shown)
    sys.exit(1 if differences else 0)


def _read(file: Path) -> tuple[Any, Made]:
    """An answer and how it was made. Raises InputError where the file is none that says so."""
    from pyliab.kb.versions import Made
    from pyliab.text.encode import from_json

    try:
        answer = json.loads(file.read_text(encoding="utf-8"))
        return answer, from_json(Made, answer.pop("made"))
    except OSError as error:
        raise InputError([Problem(str(file), 0, 0, not_readable(error))]) from None
    except json.JSONDecodeError as error:
        raise InputError([Problem(str(file), error.lineno, error.colno, same(error.msg))]) from None
    except (KeyError, AttributeError, TypeError, ValueError):
        message = say("this is no answer written with -o FILE.json: it does not say how it was made")
        raise InputError([Problem(str(file), 1, 1, message)]) from None


def _asked_again(file: Path, made: Made) -> Any:
    """What the same command answers now, as plain data."""
    from pyliab.cli.main import main

    printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    try:
        with redirect_stdout(printed):
            main.main([*made.asked, "--json"], standalone_mode=False)
        printed.seek(0)
        return json.load(printed)
    except (click.UsageError, ValueError, SystemExit):
        message = say("{command} cannot be asked any more", command=" ".join(["pyliab", *made.asked]))
        raise InputError([Problem(str(file), 0, 0, message)]) from None


def _versions(file: Path, made: Made, before: Any) -> list[tuple[str, str, str]]:
    """Which versions differ: the file from what was written, pyliab, clingo, each kind of file of the law."""
    from pyliab.kb.versions import made as made_now

    folders = [Path(folder) for folder in _values(made, "--kb")]
    home = next((Path(folder) for folder in _values(made, "--base")), None)
    now = made_now(made.asked, before, home, folders)
    pairs = [(str(file), made.answer, now.answer)]
    pairs += [("pyliab", made.pyliab, now.pyliab), ("clingo", made.clingo, now.clingo)]
    pairs += [(kind, made.law.get(kind, ""), now.law[kind]) for kind in now.law]
    return [pair for pair in pairs if pair[1] != pair[2]]


def _values(made: Made, option: str) -> list[str]:
    words = [part for word in made.asked for part in (word.split("=", 1) if word.startswith(f"{option}=") else [word])]
    return [value for name, value in pairwise(words) if name == option]


def _differences(before: Any, after: Any, place: str = "") -> Iterator[tuple[str, str, str]]:
    """Where two answers differ, by the path of keys."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in [*before, *(key for key in after if key not in before)]:
            yield from _differences(before.get(key), after.get(key), f"{place}.{key}".lstrip("."))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for i, pair in enumerate(zip(before, after, strict=True)):
            yield from _differences(*pair, f"{place}[{i}]")
    elif before != after:
        yield place, json.dumps(before, ensure_ascii=False), json.dumps(after, ensure_ascii=False)
