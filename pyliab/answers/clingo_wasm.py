"""clingo for the browser: the package `clingo-wasm` of the npm registry, fetched once, checked, and kept in the cache."""

from __future__ import annotations

import base64
import hashlib
import io
import tarfile
from contextlib import suppress
from pathlib import Path

from pyliab.kb import cache
from pyliab.text.later import dataclass
from pyliab.text.problem import InputError, not_readable
from pyliab.text.say import say
from pyliab.text.whole import write

VERSION = "0.6.0"
NAME = f"clingo-wasm-{VERSION}.tgz"
ADDRESS = f"https://registry.npmjs.org/clingo-wasm/-/{NAME}"
SHA512 = "W9SeUtT726D/LMA/qwhsU/H0/f27QX7lTcUqGMgA8MSRZZYx97Y/B4D20ZS2wfgHwgvZPE8nbPgI0W8PEM6toQ=="
"""As the registry itself gives it (`dist.integrity`), in base64."""
PATIENCE = 60
"""Seconds that the registry has to answer."""
_PARTS = {"script": "dist/clingo.js", "wasm": "dist/clingo.wasm", "licence": "LICENSE"}


@dataclass(frozen=True)
class Package:
    """What a page needs of it: the script (a module), the compiled clingo, and the licence that goes along."""

    script: str
    wasm: bytes
    licence: str


def package(given: Path | None = None) -> Package:
    """The package: from the file or folder `given`, from the cache, or from the registry. Raises InputError."""
    if given and given.is_dir():
        return _of({name: _read(given / path) for name, path in _PARTS.items()})
    archive = _read(given) if given else _kept() or _fetched()
    if not _is_it(archive):
        raise InputError(say("{place} is not {name}: its checksum is another one", place=given or ADDRESS, name=NAME))
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        members = {name: tar.extractfile(f"package/{path}") for name, path in _PARTS.items()}
        return _of({name: member.read() for name, member in members.items() if member})


def _of(parts: dict[str, bytes]) -> Package:
    return Package(parts["script"].decode(), parts["wasm"], parts["licence"].decode())


def _is_it(archive: bytes) -> bool:
    return base64.b64encode(hashlib.sha512(archive).digest()).decode() == SHA512


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(say("{place}: {fault}", place=path, fault=not_readable(error))) from None


def _kept() -> bytes | None:
    folder = cache.folder()
    with suppress(OSError):
        archive = (folder / NAME).read_bytes() if folder else b""
        return archive if _is_it(archive) else None
    return None


def _fetched() -> bytes:
    from urllib.request import urlopen  # only where it is not kept yet

    try:
        with urlopen(ADDRESS, timeout=PATIENCE) as answer:
            archive: bytes = answer.read()
    except OSError as error:
        raise InputError(
            say(
                "the page needs clingo for the browser, and {address} cannot be reached ({why}): fetch it with a browser where "
                "there is a network, and name the file with --clingo {name}",
                address=ADDRESS,
                why=getattr(error, "reason", error),
                name=NAME,
            )
        ) from None
    folder = cache.folder()
    if folder and _is_it(archive):
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            write(folder / NAME, archive)
    return archive
