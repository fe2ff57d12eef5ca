"""The files of a criteria directory, each read by itself, so that a broken one hides no other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from cart_screen.answers.scalars import written
from cart_screen.catalog.directory import CriteriaDirectory
from cart_screen.catalog.releases import Releases, hash_of, read_releases
from cart_screen.errors import CriteriaMissing, DocumentInvalid, DocumentProblem, ReleaseChanged

Documents = Mapping[str, Mapping[str, Any]]


class Unguarded(CriteriaDirectory):
    """A criteria directory whose released files are read as they are now."""

    @cached_property
    def releases(self) -> Releases:
        """Nothing, so that a changed file is still read: that it was changed is a finding of its own."""
        return Releases({})


class WithoutSome(Unguarded):
    """A criteria directory as it would be without the documents that break the format."""

    def __init__(self, files: Files, left_out: frozenset[str]) -> None:
        super().__init__(files.root)
        self._files = files
        self._left_out = left_out

    def set_file(self, name: str) -> Any:
        """Give the description of a set with those indications that are left."""
        description = dict(super().set_file(name))
        present = dict.fromkeys(path.split("/")[2] for path in self.indications(name))
        listed = [id for id in description["indications"] if id in present]
        description["indications"] = list(dict.fromkeys([*listed, *present]))
        return description

    def indications(self, name: str) -> dict[str, Any]:
        """Give the documents of a set that are left."""
        return self._kept({path: raw for path, raw in self._files.indications.items() if path.split("/")[1] == name})

    def shared(self) -> dict[str, Any]:
        """Give the shared criteria that are left."""
        return self._kept(self._files.shared)

    def texts(self) -> dict[str, Any]:
        """Give the words that can be read, keyed by language."""
        return {Path(name).stem: words for name, words in self._files.texts.items()}

    def _kept(self, documents: Documents) -> dict[str, Any]:
        return {path: document for path, document in documents.items() if path not in self._left_out}


class Files:
    """
    Every JSON object of a criteria directory, keyed by its path below it.

    ``problems`` lists what could not be read, ``unread`` the JSON files that stand where nothing looks
    for them, and ``changed`` the released files that are not what was released.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[DocumentProblem] = []
        self.descriptions = self._all("sets/*/set.json")
        self.indications = self._all("sets/*/*/*.json")
        self.shared = self._all("shared/*/*.json")
        self.dictionaries = self._all("answers/*.json")
        self.texts = self._all("text/*.json")
        read = {*self.descriptions, *self.criteria, *(problem.document for problem in self.problems)}
        self.unread = tuple(sorted({*self._below("sets"), *self._below("shared")} - read))
        self.changed = tuple(self._changed())

    @property
    def criteria(self) -> Documents:
        """Every criteria document, shared ones included."""
        return {**self.indications, **self.shared}

    @property
    def count(self) -> int:
        """How many files were read."""
        return sum(map(len, (self.descriptions, self.criteria, self.dictionaries, self.texts)))

    def folders(self) -> tuple[str, ...]:
        """Give the name of each folder under ``sets``, described or not."""
        return tuple(sorted(path.name for path in self.root.glob("sets/*") if path.is_dir()))

    def _all(self, pattern: str) -> Documents:
        directory = Unguarded(self.root)
        found: dict[str, Mapping[str, Any]] = {}
        for path in sorted(self.root.glob(pattern)):
            name = path.relative_to(self.root).as_posix()
            try:
                document = directory.read(name)
            except DocumentInvalid as error:
                self.problems += error.problems
            except CriteriaMissing:
                self.problems.append(DocumentProblem(name, "", "a file that cannot be opened", "a file of JSON"))
            else:
                if isinstance(document, dict):
                    found[name] = document
                else:
                    self.problems.append(DocumentProblem(name, "", written(document), "one JSON object"))
        return found

    def _below(self, folder: str) -> Iterator[str]:
        for path in self.root.glob(f"{folder}/**/*.json"):
            yield path.relative_to(self.root).as_posix()

    def _changed(self) -> Iterator[ReleaseChanged]:
        try:
            released = read_releases(self.root)
        except DocumentInvalid as error:
            self.problems += error.problems
            return
        for name, release in released.files.items():
            path = self.root / name
            found = hash_of(path.read_bytes()) if path.is_file() else None
            if found != release.sha256:
                yield ReleaseChanged(name, release.sha256, found)
