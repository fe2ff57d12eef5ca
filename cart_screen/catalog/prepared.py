# ruff: noqa: PTH103, PTH105, PTH108, PTH110, PTH116, PTH118, PTH120, PTH123
"""
Criteria sets as they were last built, so that the next start need not build them again.

What Python does with the code of a module is done here with a set that ships with the package: it is kept in the
package's ``__pycache__`` (below ``PYTHONPYCACHEPREFIX`` where that is set, and not at all under
``PYTHONDONTWRITEBYTECODE``), and read as long as nothing that it was made from has changed. Nothing depends on it:
where it cannot be read or written, the set is built.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from itertools import chain
from stat import S_ISREG
from zlib import crc32

from cart_screen.catalog.place import LARGEST_DOCUMENT, PACKAGE
from cart_screen.model import CriteriaSet

try:
    # The module pickle wraps this one, and loads much that only its Python form needs.
    from _pickle import dumps, loads
except ImportError:
    from pickle import dumps, loads

# What a set is made from, below the criteria directory, beside its own folder.
_SHARED = ("answers", "schema", "shared", "text")

# The code that builds a set, and that of its parts.
_CODE = ("", "answers", "catalog", "rules")

_LENGTH = 8


def read_prepared(root: str, name: str) -> CriteriaSet | None:
    """
    Give a set as it was kept, or None where it was not, or what it was made from has changed since.

    A set that was kept is good for the same bytes of every document and of ``releases.json``, and for modules of the
    same time and size, as Python's own bytecode is.
    """
    path = _path(name)
    if path is None:
        return None
    try:
        with open(path, "rb") as stream:
            if not all(stream.read(len(part)) == part for part in _parts(root, name)):
                return None
            checksum, kept = stream.read(_LENGTH), stream.read()
        found = loads(kept) if checksum == _checksum(kept) else None
    except Exception:
        # What is broken, or was put there by something else, is as good as nothing.
        return None
    return found if isinstance(found, CriteriaSet) else None


def made_from(root: str, name: str) -> bytes | None:
    """Give everything that a set is made from as it is now, or None where the set cannot be kept."""
    if _path(name) is None or sys.dont_write_bytecode:
        return None
    try:
        return b"".join(_parts(root, name))
    except OSError:
        return None


def keep(name: str, made_from: bytes, criteria: CriteriaSet) -> None:
    """Keep a set for the next start, where it can be written; ``made_from`` is what there was before it was built."""
    path = _path(name)
    if path is None:
        return
    kept = dumps(criteria, 5)
    scratch = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(scratch, "xb") as stream:
            stream.write(made_from + _checksum(kept) + kept)
        # Two processes may write at once; each puts a whole file in place.
        os.replace(scratch, path)
    except BaseException as error:
        # Stopped in the middle, too: a scratch file would stay for good.
        if os.path.exists(scratch):
            os.unlink(scratch)
        if not isinstance(error, OSError):
            raise


def _path(name: str) -> str | None:
    # Beside this module's own bytecode, wherever Python keeps that.
    cached = __spec__.cached
    if cached is None or not name.replace("-", "").isalnum():
        return None
    return os.path.join(os.path.dirname(cached), f"{name}.{sys.implementation.cache_tag}.set")


def _parts(root: str, name: str) -> Iterator[bytes]:
    """Give everything that a set is made from, bit by bit, each with its length before it."""
    folders = [os.path.join(root, folder) for folder in (*_SHARED, os.path.join("sets", name))]
    documents = (part for folder in folders for part in _documents(folder))
    head = os.fsencode("\n".join((sys.version, name, *_code())))
    for part in chain((head, _bytes(os.path.join(root, "releases.json"))), documents, (b"",)):
        yield len(part).to_bytes(_LENGTH, "big") + part


def _code() -> Iterator[str]:
    for folder in _CODE:
        for entry in _sorted(os.path.join(PACKAGE, folder)):
            if entry.name.endswith((".py", ".pyc")):
                found = entry.stat()
                yield f"{folder}/{entry.name} {found.st_mtime_ns} {found.st_size}"


def _documents(folder: str) -> Iterator[bytes]:
    for entry in _sorted(folder):
        if entry.name.endswith(".json"):
            yield os.fsencode(entry.path)
            yield _bytes(entry.path)
        elif entry.is_dir():
            yield from _documents(entry.path)


def _sorted(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def _bytes(path: str) -> bytes:
    """Give a file; one that is no regular file, or too large, is left for the reader of documents to refuse."""
    found = os.stat(path)
    if not S_ISREG(found.st_mode) or found.st_size > LARGEST_DOCUMENT:
        raise OSError(f"{path} is no document")
    with open(path, "rb", buffering=0) as stream:
        return stream.read()


def _checksum(data: bytes) -> bytes:
    return crc32(data).to_bytes(_LENGTH, "big")
