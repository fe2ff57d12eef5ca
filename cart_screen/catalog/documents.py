"""Which files a criteria set is read from on one day, and the hash of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cart_screen.catalog.directory import CriteriaDirectory
from cart_screen.catalog.releases import hash_of
from cart_screen.errors import CriteriaMissing
from cart_screen.model import CriteriaSet, Indication


def documents_read(directory: CriteriaDirectory, criteria: CriteriaSet, on: date, language: str) -> dict[str, str]:
    """
    Give the SHA-256 of every file that can change what a set says on a day, by its path below the directory.

    These are the description of the set, its dictionary, the words, the criteria that are read in general, and each
    document in force with the shared criteria that it pins; a withdrawal too, since it takes its use away.
    ``criteria`` is the set as it is read on that day.

    Raises
    ------
    CriteriaMissing
        When one of them is not there.
    ReleaseChanged
        When a released one is not what was released.
    """
    paths = [
        f"sets/{criteria.id}/set.json",
        f"answers/{criteria.reading.dictionary.version}.json",
        f"text/{language}.json",
        *(path_of(address) for address in _addresses(criteria, on)),
    ]
    return {path: _hash(directory, path) for path in sorted(set(paths))}


def path_of(address: str) -> str:
    """Give the path below a criteria directory that a document has by its address."""
    _, _, owner, name, version = address.split(":")
    return f"shared/{name}/{version}.json" if owner == "shared" else f"sets/{owner}/{name}/{version}.json"


def documents_of(indication: Indication) -> tuple[str, ...]:
    """Give the paths of the documents that a use is read from: its own, then the shared criteria that it pins."""
    pinned = (document for criterion in indication.criteria.values() for document in criterion.documents)
    return tuple(dict.fromkeys(map(path_of, (indication.document, *pinned))))


def withdrawals(criteria: CriteriaSet, on: date) -> dict[str, Indication]:
    """Give the version of each use that has withdrawn it on a day, by the use."""
    standing = {indication.id for indication in criteria.in_force(on)}
    if on < criteria.known_from:
        return {}
    begun = [one for one in criteria.indications if one.effective <= on and one.id not in standing]
    return {one.id: one for one in sorted(begun, key=lambda one: one.order)}


def _addresses(criteria: CriteriaSet, on: date) -> Iterator[str]:
    for one in criteria.general.values():
        yield from one.documents
    for indication in (*criteria.in_force(on), *withdrawals(criteria, on).values()):
        yield indication.document
        for criterion in indication.criteria.values():
            yield from criterion.documents


def _hash(directory: CriteriaDirectory, path: str) -> str:
    try:
        data = (directory.root / path).read_bytes()
    except OSError:
        raise CriteriaMissing(str(directory.root / path)) from None
    directory.releases.check(path, data)
    return hash_of(data)
