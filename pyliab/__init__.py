"""pyliab: who is liable under which reading of the law, and why. The API is that of `pyliab.api`."""

from __future__ import annotations

__version__ = "0.1.0"
__all__ = ["Base", "Case", "Comparison", "Question", "compare", "load"]

TYPE_CHECKING = False  # `typing` takes longer to read than commands take to start
if TYPE_CHECKING:
    from typing import Any

    from pyliab.api import Base, Case, Comparison, Question, compare, load


def __getattr__(name: str) -> Any:
    """The API is read when it is asked for: commands are to start at once."""
    if name in __all__:
        from pyliab import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
