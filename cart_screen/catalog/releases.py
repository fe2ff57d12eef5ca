"""The releases of a criteria directory: what was released, and the hash that it must still have."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from cart_screen.errors import DocumentInvalid, DocumentProblem, ReleaseChanged, shown
from cart_screen.nouns import noun

FILE = "releases.json"
FORMAT = "cart-screen-releases/1"

# Room for ten thousand documents; the bound keeps a hostile file from filling memory.
LARGEST = 2_000_000

# A path below the directory, as a release writes it: nothing that leads out of it.
_PATH = re.compile(r"(sets|shared|answers|schema)(/[A-Za-z0-9][A-Za-z0-9.-]*)+\.json")


@noun
class Release:
    """When a file was released, and its SHA-256 in hexadecimal."""

    sha256: str
    released: str


@noun
class Releases:
    """
    Every released file of a criteria directory, keyed by its path below it.

    A released file never changes. This guards against an edit by mistake; who may change
    ``releases.json`` itself is for the repository to guard.
    """

    files: Mapping[str, Release]

    def __contains__(self, name: str) -> bool:
        return name in self.files

    def check(self, name: str, data: bytes) -> None:
        """
        Stop a released file that is not what was released; an unreleased one passes.

        Raises
        ------
        ReleaseChanged
            With the file, the hash that it must have and the hash that it has.
        """
        release = self.files.get(name)
        if release is None:
            return
        found = hash_of(data)
        if found != release.sha256:
            raise ReleaseChanged(name, release.sha256, found)

    def check_present(self, pattern: str, present: Iterable[str]) -> None:
        """
        Stop when a released file that a pattern matches is not there any more.

        Raises
        ------
        ReleaseChanged
            With the file and the hash that it must have.
        """
        there = set(present)
        for name, release in self.files.items():
            if name not in there and PurePosixPath(name).match(pattern):
                raise ReleaseChanged(name, release.sha256, None)


def hash_of(data: bytes) -> str:
    """Give the SHA-256 of some bytes, in hexadecimal."""
    return sha256(data).hexdigest()


def read_releases(root: Path) -> Releases:
    """
    Read the releases of a criteria directory; one without ``releases.json`` has released nothing.

    Raises
    ------
    DocumentInvalid
        When the file is not what ``cart-screen criteria release`` writes.
    """
    path = root / FILE
    if not (path.exists() or path.is_symlink()):
        return Releases({})
    if not path.is_file():
        # A pipe would hang the reader, a device fill the memory, and a link to nothing is not "no releases".
        raise _invalid("", "no regular file", "a file of releases")
    try:
        with path.open("rb") as stream:
            text = stream.read(LARGEST + 1)
    except OSError as error:
        raise _invalid("", f"nothing that can be read ({error.strerror})", "a file of releases") from None
    if len(text) > LARGEST:
        raise _invalid("", "too many bytes", f"at most {LARGEST:,}")
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise _invalid("", "no JSON", "what `cart-screen criteria release` writes") from None
    files = document.get("files") if isinstance(document, dict) else None
    if not isinstance(files, dict) or document.get("format") != FORMAT:
        raise _invalid("", "another format", f'an object with "format": "{FORMAT}" and "files"')
    return Releases({name: _release(name, entry) for name, entry in files.items()})


def _release(name: str, entry: Any) -> Release:
    if not _PATH.fullmatch(name):
        raise _invalid("/files", f"the path {shown(name)!r}", "the path of a document below the directory")
    if not isinstance(entry, dict) or not all(isinstance(entry.get(key), str) for key in ("sha256", "released")):
        raise _invalid(f"/files/{name.replace('/', '~1')}", "another shape", 'an object with "sha256" and "released"')
    return Release(entry["sha256"], entry["released"])


def _invalid(pointer: str, found: str, allowed: str) -> DocumentInvalid:
    return DocumentInvalid([DocumentProblem(FILE, pointer, found, allowed)])
