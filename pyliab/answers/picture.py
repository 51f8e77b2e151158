"""A drawing as a file: SVG as it is, or PNG where the library for it is there."""

from __future__ import annotations

from pathlib import Path

from pyliab.text.problem import InputError
from pyliab.text.say import listed, say

KINDS = (".svg", ".png")
_SERIF = "DejaVu Serif"
"""What stands for a serif where Times is missing; signs that it lacks come from whatever font has them."""


def as_picture(svg: str, path: Path) -> bytes:
    """What stands in the file. Raises InputError for another kind, and where the library is missing."""
    match path.suffix.lower():
        case ".svg":
            return svg.encode()
        case ".png":
            if (made := png(svg)) is not None:
                return made
            raise InputError(say("a .png needs resvg-py: pip install '.[pictures]' in its folder (or write .svg)"))
    message = say(
        "a picture is written as {kinds}; {name} ends in none of them", kinds=listed(KINDS, ", "), name=path.name
    )
    raise InputError(message)


def png(svg: str) -> bytes | None:
    """A drawing in pixels, twice as many as it asks for; None where the library is missing."""
    try:
        import resvg_py
    except ImportError:
        return None
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=2, serif_family=_SERIF))
