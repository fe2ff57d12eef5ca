"""A criteria set with its documents as they stand in the files, and how one of them is found by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from cart_screen.api import DEFAULT_SET, load_criteria, named_or_path, set_folder
from cart_screen.authoring.errors import CriterionUnknown
from cart_screen.catalog.directory import CriteriaDirectory, own_criteria
from cart_screen.catalog.loading import own_sets
from cart_screen.model import CriteriaSet, Indication, order_of
from cart_screen.rules.derivations import Reading
from cart_screen.rules.parse import SchemaReader
from cart_screen.rules.schema import Schema, parts_of

_NEAR = 3


@dataclass(frozen=True)
class Shelf:
    """
    A criteria set and, by address, every document that it can use, shared ones included.

    ``drafts`` are the addresses of documents that were not released.
    """

    criteria: CriteriaSet
    documents: Mapping[str, Mapping[str, Any]]
    drafts: frozenset[str]

    @property
    def versions(self) -> tuple[Indication, ...]:
        """Every version of every use, in the set's own order, early versions first."""
        order = {id: place for place, id in enumerate(dict.fromkeys(one.id for one in self._every))}
        return tuple(sorted(self._every, key=lambda one: (order[one.id], one.order)))

    @property
    def shared(self) -> dict[str, Mapping[str, Any]]:
        """The shared criteria, by address."""
        return {
            address: document
            for address, document in self.documents.items()
            if address.split(":")[-3] != self.criteria.id
        }

    def in_force(self, on: date) -> tuple[Indication, ...]:
        """Give the uses that are in force on a date."""
        return self.criteria.on(on).in_force(on)

    def reading(self, address: str) -> Reading:
        """Give how the answers are read that a document pins by its major version."""
        major = self.documents[address].get("x-answers")
        majors = (self.criteria, *self.criteria.earlier)
        return next((one.reading for one in majors if one.reading.dictionary.major == major), self.criteria.reading)

    def tree(self, address: str) -> Schema:
        """Give the schema at an address, such as ``urn:x#/$defs/fitness``."""
        return self._reader.read(address)

    def part(self, raw: Any, document: str, pointer: str) -> Schema:
        """Give the schema that stands under a keyword of ours, at a pointer of a document."""
        return self._reader.read_part(raw, document, pointer)

    def pinned(self, address: str) -> list[str]:
        """Give the addresses of the shared documents that a document reads, directly or through another."""
        found = dict.fromkeys(part.document for part in parts_of(self.tree(address)))
        return [document for document in found if document != address]

    @cached_property
    def _reader(self) -> SchemaReader:
        return SchemaReader(self.documents)

    @property
    def _every(self) -> tuple[Indication, ...]:
        return tuple(one for part in (self.criteria, *self.criteria.earlier) for one in part.indications)


@dataclass(frozen=True)
class Found:
    """A document that was asked for by name; ``use`` is None for a shared criterion, ``aside`` says what was chosen."""

    shelf: Shelf
    address: str
    use: Indication | None
    aside: str = ""

    @property
    def document(self) -> Mapping[str, Any]:
        """The document as it stands in its file."""
        return self.shelf.documents[self.address]


def open_shelf(criteria: str) -> Shelf:
    """
    Give a criteria set with its documents: one that ships with the package by name, or your own by its folder.

    What has a separator in it is a folder.

    Raises
    ------
    CriteriaUnknown
        When there is no set of that name, and no set in a folder of that path.
    CriteriaMissing, DocumentInvalid
        When a document of the set is not there, or breaks the format.
    """
    named = named_or_path(criteria)
    chosen = load_criteria(named)
    directory = CriteriaDirectory(own_criteria() if isinstance(named, str) else set_folder(named).parent.parent)
    read = {**directory.shared(), **directory.indications(chosen.id)}
    return Shelf(
        chosen,
        {document["$id"]: document for document in read.values()},
        frozenset(document["$id"] for path, document in read.items() if path not in directory.releases),
    )


def shelves(criteria: Sequence[str]) -> list[Shelf]:
    """Give the sets that were named, or all that ship with the package, the default one first."""
    others = (name for name in own_sets() if name != DEFAULT_SET)
    return [open_shelf(name) for name in (dict.fromkeys(criteria) or (DEFAULT_SET, *others))]


def find(name: str, *, criteria: str | None, version: str | None, on: date) -> Found:
    """
    Find a document by the id of a use, ``set/id``, the name of a shared criterion, or an address.

    Without a version it is the one in force on the date, or else the one nearest to being so.

    Raises
    ------
    CriterionUnknown
        When there is none of that name or version; it names near ones.
    CriteriaUnknown
        When the set that was named is none.
    """
    folder, _, id = name.rpartition("/")
    if criteria is None and folder and not name.startswith("urn:"):
        return find(id, criteria=folder, version=version, on=on)
    searched = shelves([criteria] if criteria else [])
    if name.startswith("urn:"):
        for shelf in searched:
            if name in shelf.documents:
                uses = [one for one in shelf.versions if one.document == name]
                return Found(shelf, name, uses[0] if uses else None)
        raise CriterionUnknown(name, _near(name, (address for shelf in searched for address in shelf.documents)))
    holders = [shelf for shelf in searched if any(one.id == name for one in shelf.versions)]
    if holders:
        use = _version_of(holders[0], name, version, on)
        return Found(holders[0], use.document, use, _aside(name, searched, holders))
    return _shared(name, searched, version, on)


def _version_of(shelf: Shelf, id: str, version: str | None, on: date) -> Indication:
    versions = [one for one in shelf.versions if one.id == id]
    if version is not None:
        for one in versions:
            if one.version == version:
                return one
        raise CriterionUnknown(id, [one.version for one in versions], version)
    begun = [one for one in versions if one.effective <= on]
    return begun[-1] if begun else versions[0]


def _shared(name: str, searched: Sequence[Shelf], version: str | None, on: date) -> Found:
    for shelf in searched:
        versions = {address.split(":")[-1]: address for address in shelf.shared if address.split(":")[-2] == name}
        if not versions:
            continue
        if version is not None and version not in versions:
            raise CriterionUnknown(name, list(versions), version)
        pinned = {address for use in shelf.in_force(on) for address in shelf.pinned(use.document)}
        current = [number for number, address in versions.items() if address in pinned] or list(versions)
        chosen = version or max(current, key=order_of)
        others = sorted(set(versions) - {chosen}, key=order_of)
        return Found(shelf, versions[chosen], None, f"There is also version {_listed(others)}." if others else "")
    known = {one.id for shelf in searched for one in shelf.versions}
    known |= {address.split(":")[-2] for shelf in searched for address in shelf.shared}
    raise CriterionUnknown(name, _near(name, sorted(known)))


def _aside(name: str, searched: Sequence[Shelf], holders: Sequence[Shelf]) -> str:
    shown, *others = [shelf.criteria.id for shelf in holders]
    said = [] if holders[0] is searched[0] else [f"It is not in {searched[0].criteria.id}; this is the one of {shown}."]
    if others:
        said.append(f"This is the one of {shown}; there is also {_listed([f'{id}/{name}' for id in others])}.")
    return " ".join(said[-1:])


def _near(name: str, known: Iterator[str] | Sequence[str]) -> list[str]:
    # Imported here: only a message about a mistake needs it.
    from difflib import get_close_matches

    every = list(known)
    return [one for one in every if name in one][:_NEAR] or get_close_matches(name, every, n=_NEAR, cutoff=0.5)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
