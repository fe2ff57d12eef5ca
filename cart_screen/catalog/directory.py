"""The criteria directory: where it is, and what JSON its files hold."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import Any

from cart_screen.catalog.place import LARGEST_DOCUMENT, own_folder
from cart_screen.catalog.releases import Releases, read_releases
from cart_screen.errors import CriteriaMissing, CriteriaUnknown, DocumentInvalid, DocumentProblem, ReleaseChanged


def own_criteria() -> Path:
    """
    Give the criteria that ship with the package.

    Raises
    ------
    CriteriaMissing
        When they are in neither place.
    """
    return Path(own_folder())


class CriteriaDirectory:
    """The files of one criteria directory, read as JSON; a released file is read only as it was released."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def releases(self) -> Releases:
        """What was released in this directory."""
        return read_releases(self.root)

    @property
    def sets(self) -> tuple[str, ...]:
        """The names of the criteria sets."""
        return tuple(sorted(path.parent.name for path in self.root.glob("sets/*/set.json")))

    def set_file(self, name: str) -> Any:
        """
        Give the description of a set.

        Raises
        ------
        CriteriaUnknown
            When there is no set of that name.
        """
        if name not in self.sets:
            raise CriteriaUnknown(name, self.sets)
        return self.read(f"sets/{name}/set.json")

    def indications(self, name: str) -> dict[str, Any]:
        """Give every criteria document of a set, keyed by its path below the directory."""
        return self._under(f"sets/{name}/*/*.json")

    def shared(self) -> dict[str, Any]:
        """Give every shared criterion, keyed by its path below the directory."""
        return self._under("shared/*/*.json")

    def dictionary(self, version: str) -> Any:
        """Give the dictionary of answers of a version."""
        return self.read(f"answers/{version}.json")

    def texts(self) -> dict[str, Any]:
        """Give the words, keyed by language."""
        return {Path(name).stem: words for name, words in self._under("text/*.json").items()}

    def read(self, name: str) -> Any:
        """
        Read one JSON file below the directory.

        Raises
        ------
        CriteriaMissing
            When it is not there.
        DocumentInvalid
            When it is too large or no JSON.
        ReleaseChanged
            When it was released, and is not what was released.
        """
        data = self._data(name)
        if len(data) > LARGEST_DOCUMENT:
            raise _invalid(name, "too many bytes", f"at most {LARGEST_DOCUMENT:,}")
        self.releases.check(name, data)
        try:
            return json.loads(data.decode("utf-8"), object_pairs_hook=_without_duplicates)
        except RecursionError:
            raise _invalid(name, "nesting beyond any criterion", "a document of a few levels") from None
        except ValueError as error:
            raise _invalid(name, f"no JSON ({error})", "one JSON object") from None

    def has_drafts(self, name: str) -> bool:
        """Tell whether a set has documents, or uses shared ones or a dictionary, that were not released."""
        patterns = (f"sets/{name}/*/*.json", "shared/*/*.json", "answers/*.json")
        paths = (path for pattern in patterns for path in self.root.glob(pattern))
        return any(path.relative_to(self.root).as_posix() not in self.releases for path in paths)

    def check_released(self, name: str) -> None:
        """
        Stop a released file that is not what was released any more.

        Raises
        ------
        ReleaseChanged
            When its hash differs, or it is gone.
        """
        self.releases.check(name, self._data(name))

    def _data(self, name: str) -> bytes:
        """Read a file, and of one that is too large only so much that this shows."""
        path = self.root / name
        if not path.is_file():
            # A pipe would hang the reader and a device fill the memory.
            if name in self.releases:
                raise ReleaseChanged(name, self.releases.files[name].sha256, None)
            raise CriteriaMissing(str(path))
        try:
            with path.open("rb") as stream:
                return stream.read(LARGEST_DOCUMENT + 1)
        except OSError:
            raise CriteriaMissing(str(path)) from None

    def _under(self, pattern: str) -> dict[str, Any]:
        paths = sorted(self.root.glob(pattern))
        names = [path.relative_to(self.root).as_posix() for path in paths]
        self.releases.check_present(pattern, names)
        return {name: self.read(name) for name in names}


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {twice!r} is given twice")
    return record


def _invalid(name: str, found: str, allowed: str) -> DocumentInvalid:
    return DocumentInvalid([DocumentProblem(name, "", found, allowed)])
