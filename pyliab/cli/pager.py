"""A long answer on a terminal goes through a pager; a short one, and all that goes elsewhere, does not."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console


@contextmanager
def paged(console: Console) -> Iterator[None]:
    """What is printed meanwhile is kept back; then shown at once, through a pager if it is longer than the terminal."""
    with console.capture() as kept:
        yield
    text = kept.get()
    if text.count("\n") < console.height:
        click.echo(text, nl=False, color=True)
        return
    os.environ.setdefault("LESS", "FRX")  # colours as they are; an answer of one screen just stays there
    signal.set_wakeup_fd(-1)  # Ctrl-C belongs to the pager meanwhile
    click.echo_via_pager(text, color=True)
