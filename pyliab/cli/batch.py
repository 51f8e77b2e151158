"""Many cases at once: batch."""

from __future__ import annotations

import csv
import glob
import json
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import click

from pyliab.asp.load import load
from pyliab.cli.options import all_readings_option, file_option, reading_options, readings_option
from pyliab.cli.session import NAME_A_READING, Session, session
from pyliab.cli.usage import UsageError
from pyliab.kb.base import KnowledgeBase
from pyliab.kb.reading import Background, Choice, choose
from pyliab.kb.versions import digest
from pyliab.questions.batch import Place, Told, answer, pieces, places
from pyliab.text.encode import to_json
from pyliab.text.problem import InputError, not_written
from pyliab.text.say import listed, quoted, say

KINDS = (".jsonl", ".csv", ".parquet")
COLUMNS = ("case", "file", "line", "reading", "debtor", "creditor", "form", "status", "with", "basis")
"""Of a table: one row a liability; a case without one has a row in which these are empty."""


class _Asked(NamedTuple):
    """What every piece of the work is asked with: enough for another process to begin by itself."""

    folders: tuple[Path, ...]
    home: Path | None
    scripts: bool
    readings: tuple[str, ...]
    background: Background
    as_if_in_force: bool
    judged: str | None


@click.command()
@click.argument("cases", nargs=-1, required=True)
@readings_option(help="A reading to ask every case under. Repeatable.")
@all_readings_option
@file_option("-o", "--output", metavar="FILE", help="The file to write: .jsonl, .csv or .parquet.")
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="How many processes share the work.")
@click.option("--stop", is_flag=True, help="Stop at the first case that cannot be read, and write nothing.")
@reading_options
@session
def batch(
    session: Session,
    cases: tuple[str, ...],
    readings: tuple[str, ...],
    all_readings: bool,
    output: Path | None,
    jobs: int,
    stop: bool,
) -> None:
    """Thousands of case files under the same readings, as one table.

    CASES are case files, folders, patterns (`cases/**/*.yaml`), and JSONL files with a case on each line. What cannot be
    read is named with its line and left out. The same cases make the same file, whatever their order and however many
    processes share the work. Work that was broken off goes on where it stopped: what is done stands in FILE.part.

    Exit status 0: all cases are in the table; 1: some were left out.
    """
    if output is None or output.suffix.lower() not in KINDS:
        raise UsageError(say("-o FILE: a file that ends in {kinds}", kinds=listed(KINDS, ", ")))
    names = tuple(dict.fromkeys([*readings, *(session.base.readings if all_readings else ())]))
    if not names:
        raise UsageError(NAME_A_READING)
    session.choices(names)
    asked = _Asked(
        session.folders,
        session.home,
        session.scripts,
        names,
        session.background,
        session.as_if_in_force,
        session.judged,
    )
    every = places(_named(cases))
    part = Part(output, {"asked": to_json(asked), "law": session.made(None).law, "cases": _state(every)})
    with session.working() as progress, part:
        for told in _worked(asked, every[part.done :], jobs):
            if told.problems and stop:
                raise InputError(told.problems)
            for problem in told.problems:
                click.echo(problem.of(session.lang), err=True)
            part.add(told)
            progress("batch", part.done)
    part.finish()
    if session.as_json:
        session.print_json({"written": [output], "cases": part.done - part.left_out, "left_out": part.left_out})
    else:
        message = say(
            "{path}: {count} in the table, {left_out} left out",
            path=output,
            count=part.done - part.left_out,
            left_out=part.left_out,
        )
        click.echo(message.of(session.lang))
    sys.exit(1 if part.left_out else 0)


def _named(cases: Iterable[str]) -> Iterator[Path]:
    """The files and folders that are meant. Raises InputError for what there is not."""
    for name in cases:
        found = [name] if Path(name).exists() else sorted(glob.glob(name, recursive=True))  # noqa: PTH207 (from the root, too)
        if not found:
            raise InputError(say("{name}: no such file or folder, and nothing fits it as a pattern", name=quoted(name)))
        yield from map(Path, found)


def _state(every: Sequence[Place]) -> str:
    """What the files of the cases are now: work goes on only with the same."""
    files = dict.fromkeys(place.file for place in every)
    stats = ((file, Path(file).stat()) for file in files)
    return digest("\n".join(f"{file} {stat.st_size} {stat.st_mtime_ns}" for file, stat in stats).encode())


def _worked(asked: _Asked, every: Sequence[Place], jobs: int) -> Iterator[Told]:
    """What comes of each place, in their order; pieces are shared among processes where several are asked for."""
    if jobs == 1:
        yield from (told for piece in pieces(every) for told in _piece(asked, piece))
        return
    with ProcessPoolExecutor(jobs) as pool:
        waiting: deque[Future[list[Told]]] = deque()
        for piece in pieces(every):
            waiting.append(pool.submit(_piece, asked, piece))
            if len(waiting) > 2 * jobs:
                yield from waiting.popleft().result()
        for future in waiting:
            yield from future.result()


def _piece(asked: _Asked, piece: Sequence[Place]) -> list[Told]:
    base, choices = _law(asked)
    return answer(base, choices, piece, asked.as_if_in_force)


@cache
def _law(asked: _Asked) -> tuple[KnowledgeBase, list[Choice]]:
    """The law and the readings, read once in a process."""
    base = load(asked.folders, home=asked.home, scripts=asked.scripts)
    base.judged = asked.judged or ""
    return base, [choose(base, base.reading(name), asked.background) for name in asked.readings]


class Part:
    """The file beside the output in which the work stands while it goes on: what was asked, then a line a case."""

    def __init__(self, output: Path, asked: Any) -> None:
        self.output, self.path = output, output.with_name(f"{output.name}.part")
        self.header = (json.dumps(asked, ensure_ascii=False) + "\n").encode()
        self.done = self.left_out = 0

    def __enter__(self) -> Part:
        """Begin, or go on with what is there of the same work: up to its last whole line."""
        try:
            self.file = self.path.open("r+b" if self.path.is_file() else "w+b")
            if self.file.readline() != self.header:
                self.file.seek(0)
                self.file.truncate()
                self.file.write(self.header)
            end = self.file.tell()
            while (line := self.file.readline()).endswith(b"\n"):
                self.done, self.left_out, end = self.done + 1, self.left_out + _is_fault(line), self.file.tell()
            self.file.seek(end)
            self.file.truncate()
        except OSError as error:
            raise InputError(not_written(self.path, error)) from None
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def add(self, told: Told) -> None:
        """One case more, or what is wrong with it."""
        row = told.row or {"problems": [str(problem) for problem in told.problems]}
        self.file.write((json.dumps(row, ensure_ascii=False) + "\n").encode())
        self.done, self.left_out = self.done + 1, self.left_out + (told.row is None)

    def finish(self) -> None:
        """Write the table and drop the part. Raises InputError where it cannot be written."""
        draft = self.path.with_suffix(".draft")
        try:
            with self.path.open("rb") as file:
                file.readline()
                _WRITERS[self.output.suffix.lower()](draft, (line for line in file if not _is_fault(line)))
            draft.replace(self.output)
            self.path.unlink()
        except OSError as error:
            raise InputError(not_written(self.output, error)) from None


def _is_fault(line: bytes) -> bool:
    return line.startswith(b'{"problems"')


def _jsonl(path: Path, lines: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines(lines)


def _csv(path: Path, lines: Iterable[bytes]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(row for line in lines for row in _rows(line))


def _parquet(path: Path, lines: Iterable[bytes]) -> None:
    try:
        import pyarrow as arrow
        from pyarrow.parquet import ParquetWriter
    except ImportError:
        raise InputError(
            say("a .parquet needs pyarrow: pip install '.[batch]' in its folder (or write .csv or .jsonl)")
        ) from None
    schema = arrow.schema([(name, arrow.int64() if name == "line" else arrow.string()) for name in COLUMNS])
    rest = iter(lines)
    with ParquetWriter(path, schema) as writer:
        while some := list(islice(rest, 1000)):
            rows = [row for line in some for row in _rows(line)]
            writer.write_table(arrow.Table.from_pylist(rows, schema))


def _rows(line: bytes) -> Iterator[dict[str, Any]]:
    """The rows of a table that one case makes."""
    told = json.loads(line)
    head = {name: told[name] for name in ("case", "file", "line")}
    for reading, owed in told["readings"].items():
        for one in owed or [dict.fromkeys(COLUMNS[4:], "")]:
            yield {
                **head,
                "reading": reading,
                **{k: "; ".join(v) if isinstance(v, list) else v for k, v in one.items()},
            }


_WRITERS = {".jsonl": _jsonl, ".csv": _csv, ".parquet": _parquet}
