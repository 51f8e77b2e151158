"""Many cases under some readings: read, ground and answered by the hundred, so that a case costs the same however many there are.

A piece of work is a run of places, each a file or a line of a JSONL file; what comes of it depends on nothing else.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from pyliab.kb import model
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.case import CaseFile, read_case
from pyliab.kb.read import load_case
from pyliab.kb.reading import Choice
from pyliab.kb.validate import validate
from pyliab.kb.yaml import YamlFile
from pyliab.law.world import World
from pyliab.text.problem import InputError, Problem, not_readable, twice, under
from pyliab.text.say import quoted, same

PIECE = 200
"""So many cases are ground together."""


class Place(NamedTuple):
    """Where a case stands: a file, or one line of a JSONL file, which begins at a byte."""

    file: str
    line: int = 0
    byte: int = 0


class Told(NamedTuple):
    """What came of one place: the row of its case, or what is wrong with it."""

    place: Place
    row: dict[str, Any] | None = None
    problems: tuple[Problem, ...] = ()


def places(named: Iterable[Path]) -> list[Place]:
    """The places of all cases in files, folders and JSONL files, each once, in an order of their own. Raises InputError."""
    files = {file for path in named for file in (_within(path) if path.is_dir() else [path])}
    return sorted(
        place for file in files for place in (_lines(file) if file.suffix == ".jsonl" else [Place(str(file))])
    )


def _within(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.suffix in (".yaml", ".yml", ".jsonl") and not path.name.startswith("."):
            yield path


def _lines(file: Path) -> Iterator[Place]:
    try:
        with file.open("rb") as rows:
            byte = 0
            for number, row in enumerate(rows, 1):
                if row.strip():
                    yield Place(str(file), number, byte)
                byte += len(row)
    except OSError as error:
        raise InputError([Problem(str(file), 0, 0, not_readable(error))]) from None


def pieces(every: Iterable[Place]) -> Iterator[list[Place]]:
    """The places in runs."""
    rest = iter(every)
    while piece := list(islice(rest, PIECE)):
        yield piece


def answer(base: KnowledgeBase, choices: Sequence[Choice], piece: Sequence[Place], as_if_in_force: bool) -> list[Told]:
    """What comes of each place of a piece, in their order."""
    cases, told = dict[Place, CaseFile](), dict[Place, Told]()
    for place in piece:
        try:
            cases[place] = _case(base, place)
        except InputError as error:
            told[place] = Told(place, problems=tuple(error.problems))
    told |= _answered(base, choices, cases, as_if_in_force)
    gc.collect()  # a ground program and its messages know each other: without this, hundreds are kept
    return [told[place] for place in piece]


def _case(base: KnowledgeBase, place: Place) -> CaseFile:
    if not place.line:
        return load_case(Path(place.file), base)
    source = _line(place)
    return read_case(source, validate(model.Case, source), base.vocabulary)


def _line(place: Place) -> YamlFile:
    """One line of a JSONL file, every scalar as text, as in a YAML file. Raises InputError."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        if second := next((key for key in keys if keys.count(key) > 1), None):
            raise InputError([Problem(place.file, place.line, 0, twice(quoted(second)))])
        return dict(pairs)

    try:
        with Path(place.file).open("rb") as rows:
            rows.seek(place.byte)
            text = rows.readline().decode("utf-8")
        data = json.loads(text, parse_int=str, parse_float=str, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        raise InputError([Problem(place.file, place.line, error.colno, same(error.msg))]) from None
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        raise InputError([Problem(place.file, place.line, 0, same(error))]) from None
    return YamlFile(place.file, data, {(): (place.line, 1)})


def _answered(
    base: KnowledgeBase, choices: Sequence[Choice], cases: dict[Place, CaseFile], as_if_in_force: bool
) -> dict[Place, Told]:
    """The rows of some cases. One that contradicts itself takes the others with it: it is looked for by halves.

    In the program each has a name of ours: two may have one id, and clingo keeps every name for ever.
    """
    slots = {place: f"case_{number}" for number, place in enumerate(cases)}
    try:
        named = (replace(case, id=slots[place]) for place, case in cases.items())
        world = World(base, named, as_if_in_force=as_if_in_force)
        found = {choice.name: world.outcomes(choice.positions) for choice in choices}
    except InputError as error:
        if len(cases) == 1:
            ((place, case),) = cases.items()
            message = under(case.id, error.text())
            return {place: Told(place, problems=(Problem(place.file, place.line, 0, message),))}
        rows = list(cases.items())
        half = len(rows) // 2
        first, second = dict(rows[:half]), dict(rows[half:])
        return {
            part: told for h in (first, second) for part, told in _answered(base, choices, h, as_if_in_force).items()
        }
    return {place: Told(place, _row(place, case, found, slots[place])) for place, case in cases.items()}


def _row(place: Place, case: CaseFile, found: dict[str, Any], slot: str) -> dict[str, Any]:
    readings = {}
    for name, outcomes in found.items():
        owed = sorted(outcomes[slot].values(), key=lambda one: one.key)
        readings[name] = [
            {
                "debtor": one.debtor,
                "creditor": one.creditor,
                "form": one.form,
                "status": one.status,
                "with": list(one.with_),
                "basis": list(one.basis),
            }
            for one in owed
        ]
    return {"case": case.id, "file": place.file, "line": place.line, "readings": readings}
