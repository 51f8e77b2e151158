"""The knowledge base, loaded once for all tests; the user's own cache and settings stay out of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from pyliab.asp.load import load
from pyliab.kb.base import KnowledgeBase
from pyliab.law.world import World

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    before = dict(os.environ)
    os.environ["PYLIAB_CACHE"] = str(tmp_path_factory.mktemp("cache"))
    os.environ["COLUMNS"] = "80"
    os.environ["LC_ALL"] = "C.UTF-8"
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="session")
def base(_own_cache: None) -> KnowledgeBase:
    return load()


@pytest.fixture(scope="session")
def inquiry(base: KnowledgeBase) -> World:
    """All shipped cases, ground once."""
    return World(base, base.cases.values())
