"""The knowledge base, loaded once for all tests; the user's own cache and settings stay out of it."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache, wraps
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from pyliab.asp import load as loading
from pyliab.kb.base import KnowledgeBase
from pyliab.law.world import World

ROOT = Path(__file__).resolve().parent.parent
settings.register_profile(
    "quick", max_examples=25, derandomize=True, database=None
)  # of `make test`; see tiers.examples


if "PYTEST_XDIST_WORKER" not in os.environ:  # workers share the cache of the process that starts them
    os.environ["PYLIAB_CACHE"] = tempfile.mkdtemp(prefix="pyliab-tests-")
    atexit.register(shutil.rmtree, os.environ["PYLIAB_CACHE"], ignore_errors=True)


_CACHED, _load = os.environ["PYLIAB_CACHE"], loading.load


@cache
def _base() -> KnowledgeBase:
    return _load()


@wraps(_load)
def _shared(folders: Sequence[Path] = (), **options: Any) -> KnowledgeBase:
    """Whoever loads the shipped base in this process shares it, and so the worlds of its cases: each is ground once.

    A test that names a cache of its own loads for itself, as every command does that names folders.
    """
    if folders or os.environ.get("PYLIAB_CACHE") != _CACHED or any(options.values()):
        return _load(folders, **options)
    return _base()


loading.load = _shared


@pytest.fixture(scope="session", autouse=True)
def _own_settings() -> Iterator[None]:
    before = dict(os.environ)
    os.environ["COLUMNS"] = "80"
    os.environ["LC_ALL"] = "C.UTF-8"
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def loaded_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands of this test load the base for themselves, and share no worlds."""
    monkeypatch.setattr(loading, "load", _load)


@pytest.fixture(scope="session")
def base() -> KnowledgeBase:
    return _base()


@pytest.fixture(scope="session")
def inquiry(base: KnowledgeBase) -> World:
    """All shipped cases, ground once."""
    return World(base, base.cases.values())
