"""pyliab: who is liable under which reading of the law, and why. The API is that of `pyliab.api`."""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Base", "Case", "Comparison", "Question", "compare", "load"]

if TYPE_CHECKING:
    from pyliab.api import Base, Case, Comparison, Question, compare, load


def __getattr__(name: str) -> Any:
    """The API is read when it is asked for: commands are to start at once."""
    if name in __all__:
        from pyliab import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
