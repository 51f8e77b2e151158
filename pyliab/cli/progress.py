"""Long work: how far it is."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from pyliab.text.say import say


@contextmanager
def working(lang: str) -> Iterator[Callable[[str, int], None]]:
    """Long work: whatever is at work calls what is yielded, which says on a terminal how far it is, after a second."""
    start = last = time.monotonic()

    def report(what: str, pieces: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - start > 1 and now - last > 0.2 and sys.stderr.isatty():
            last = now
            progress = say("{what}: {pieces} pieces …", what=what, pieces=pieces)
            click.echo("\r\x1b[K" + progress.of(lang), nl=False, err=True)

    try:
        yield report
    finally:
        if last > start:
            click.echo("\r\x1b[K", nl=False, err=True)
