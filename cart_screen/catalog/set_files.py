"""Every file that a criteria set stands on, read as JSON, with the problems of those that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from cart_screen.catalog.directory import CriteriaDirectory
from cart_screen.catalog.releases import FILE as RELEASES
from cart_screen.errors import DocumentInvalid, DocumentProblem
from cart_screen.formats import patterns
from cart_screen.nouns import noun

Files = Mapping[str, Any]


@noun
class SetFiles:
    """
    The files of one set, as plain JSON keyed by their path below the criteria directory.

    ``description`` holds the ``set.json`` and ``dictionaries`` those that it names, the current one first.
    ``unreadable`` lists what is wrong with the files that cannot be read; they are in none of the others.
    """

    name: str
    description: Files
    dictionaries: Files
    shared: Files
    indications: Files
    texts: Files
    releases: Files
    unreadable: tuple[DocumentProblem, ...]

    @property
    def criteria(self) -> Files:
        """Every criteria document, the shared ones first."""
        return {**self.shared, **self.indications}

    @property
    def described(self) -> Mapping[str, Any]:
        """What the set says of itself; nothing where that cannot be read."""
        (raw,) = self.description.values() or ({},)
        return raw if isinstance(raw, Mapping) else {}

    def by_format(self) -> Iterator[tuple[str, str, Any]]:
        """Give the format, the path and the JSON of every file."""
        for format, files in (
            ("set", self.description),
            ("dictionary", self.dictionaries),
            ("shared-criterion", self.shared),
            ("indication", self.indications),
            ("texts", self.texts),
            ("releases", self.releases),
        ):
            yield from ((format, path, raw) for path, raw in files.items())

    @property
    def broken(self) -> frozenset[str]:
        """The paths of the files that are there and cannot be read."""
        return frozenset(problem.document for problem in self.unreadable)

    def refusing(self, problems: Sequence[DocumentProblem]) -> SetFiles:
        """Give the same files, those that some problems name counted as unreadable."""
        refused = {problem.document for problem in problems}

        def kept(files: Files) -> Files:
            return {path: raw for path, raw in files.items() if path not in refused}

        return SetFiles(
            name=self.name,
            description=kept(self.description),
            dictionaries=kept(self.dictionaries),
            shared=kept(self.shared),
            indications=kept(self.indications),
            texts=kept(self.texts),
            releases=kept(self.releases),
            unreadable=(*self.unreadable, *problems),
        )


def read_set(directory: CriteriaDirectory, name: str) -> SetFiles:
    """
    Read every file of a set.

    Raises
    ------
    CriteriaUnknown
        When the directory has no set of that name.
    CriteriaMissing
        When a dictionary that the set names is not there, or a file is none that can be read.
    ReleaseChanged
        When a released file is not what was released.
    """
    reader = _Reader(directory)
    described = f"sets/{name}/set.json"
    description = reader.one(described, lambda: directory.set_file(name))
    dictionaries: dict[str, Any] = {}
    for version in dictionary_versions(description.get(described)):
        dictionaries |= reader.one(f"answers/{version}.json")
    return SetFiles(
        name=name,
        description=description,
        dictionaries=dictionaries,
        shared=reader.each("shared/*/*.json", directory.shared),
        indications=reader.each(f"sets/{name}/*/*.json", lambda: directory.indications(name)),
        texts=reader.each("text/*.json", lambda: _texts(directory)),
        releases=reader.one(RELEASES) if (directory.root / RELEASES).is_file() else {},
        unreadable=tuple(reader.problems),
    )


class _Reader:
    def __init__(self, directory: CriteriaDirectory) -> None:
        self.problems: list[DocumentProblem] = []
        self._directory = directory

    def one(self, path: str, read: Callable[[], Any] | None = None) -> dict[str, Any]:
        try:
            return {path: read() if read else self._directory.read(path)}
        except DocumentInvalid as error:
            self.problems += error.problems
            return {}

    def each(self, pattern: str, together: Callable[[], Files]) -> dict[str, Any]:
        try:
            return dict(together())
        except DocumentInvalid:
            # The first that is broken hides the others, so each is read by itself.
            found: dict[str, Any] = {}
            for path in sorted(self._directory.root.glob(pattern)):
                found |= self.one(path.relative_to(self._directory.root).as_posix())
            return found


def _texts(directory: CriteriaDirectory) -> dict[str, Any]:
    return {f"text/{language}.json": words for language, words in directory.texts().items()}


def eras(description: Any) -> list[tuple[str, Mapping[str, Any]]]:
    """Give what a description says of each dictionary, and the pointer where it does, the current one first."""
    if not isinstance(description, Mapping):
        return []
    earlier = description.get("earlier")
    listed = earlier if isinstance(earlier, list) else []
    named = [("", description), *((f"/earlier/{place}", raw) for place, raw in enumerate(listed))]
    return [(pointer, raw) for pointer, raw in named if isinstance(raw, Mapping) and is_version(raw.get("answers"))]


def dictionary_versions(description: Any) -> list[str]:
    """Give the versions of the dictionaries that a description names, the current one first."""
    return list(dict.fromkeys(raw["answers"] for _, raw in eras(description)))


def is_version(value: Any) -> bool:
    """Tell whether a value is a version; what is none could name any file of the machine."""
    return isinstance(value, str) and re.fullmatch(patterns.VERSION, value) is not None


def major_of(version: str) -> str:
    """Give the major of a version, as ``x-answers`` writes it."""
    return version.partition(".")[0]


def place_of(path: str) -> tuple[str, str]:
    """Give the folder and the version of a document that its path names."""
    return Path(path).parent.name, Path(path).stem


def address_of(path: str) -> str:
    """Give the address that a criteria document has by its path."""
    owner = path.split("/")[1] if path.startswith("sets/") else "shared"
    name, version = place_of(path)
    return f"urn:cart-screen:{owner}:{name}:{version}"


def is_major(value: Any) -> bool:
    """Tell whether a value is a major version of answers, as ``x-answers`` writes it."""
    return isinstance(value, str) and re.fullmatch(patterns.MAJOR, value) is not None
