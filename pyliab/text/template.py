"""Templates of Jinja, for pages, pictures and files to start from. Jinja is loaded only where one is written."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape


@cache
def templates(folder: Path) -> Environment:
    """The templates of a folder; what is put into a page or a picture is escaped."""
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=select_autoescape(("html", "svg")),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
