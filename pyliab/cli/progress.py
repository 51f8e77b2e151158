"""Long work: how far it is, and how it is broken off."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from pyliab.text.say import say

INTERRUPTED = say("interrupted; a part of the answer would be a wrong one")


@contextmanager
def working(lang: str) -> Iterator[Callable[[str, int], None]]:
    """Long work: what is yielded says on a terminal how far it is, after a second. Ctrl-C ends with status 130.

    Whatever is at work calls what is yielded every now and then; an interrupt waits for that.
    """
    start = last = time.monotonic()

    def report(what: str, pieces: int) -> None:
        nonlocal last
        if interrupted:
            raise KeyboardInterrupt
        now = time.monotonic()
        if now - start > 1 and now - last > 0.2 and sys.stderr.isatty():
            last = now
            progress = say("{what}: {pieces} pieces …", what=what, pieces=pieces)
            click.echo("\r\x1b[K" + progress.of(lang), nl=False, err=True)

    def clear() -> None:
        if last > start:
            click.echo("\r\x1b[K", nl=False, err=True)

    with _interrupts_noted() as interrupted:
        try:
            yield report
            if interrupted:
                raise KeyboardInterrupt
        except KeyboardInterrupt:
            clear()
            click.echo(f"pyliab: {INTERRUPTED.of(lang)}", err=True)
            sys.exit(130)
    clear()


@contextmanager
def _interrupts_noted() -> Iterator[list[int]]:
    """Collect interrupts instead of raising: clingo ends the whole process if one is raised while it calls Python."""
    noted: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield noted
        return
    before = signal.signal(signal.SIGINT, lambda number, _frame: noted.append(number))
    try:
        yield noted
    finally:
        signal.signal(signal.SIGINT, before)
