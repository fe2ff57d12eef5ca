"""The criteria sets that are served: by name and from nowhere else, so that no request names a path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from cart_screen.answers.dictionary import Dictionary
from cart_screen.api import DEFAULT_SET, load_criteria
from cart_screen.authoring.bundle import bundle
from cart_screen.authoring.errors import CriterionUnknown
from cart_screen.authoring.listing import State, entry, listed
from cart_screen.authoring.shelf import Found, Shelf, open_shelf
from cart_screen.catalog.loading import own_sets
from cart_screen.errors import CriteriaAlike, CriteriaUnknown
from cart_screen.model import CriteriaSet, Indication

FORMAT = "cart-screen-criteria-list/1"


class Served:
    """
    Some criteria sets, the first of which is the one that is meant where none is named.

    ``criteria`` are names of sets that ship with the package and paths of your own; all sets of the package
    where there are none.

    Raises
    ------
    CriteriaUnknown, CriteriaMissing, DocumentInvalid, ReleaseChanged
        As ``load_criteria`` does.
    CriteriaAlike
        When two of the sets have the same name.
    """

    def __init__(self, criteria: Sequence[str | Path] = ()) -> None:
        found: dict[str, CriteriaSet] = {}
        self._places: dict[str, str] = {}
        for place in criteria or (DEFAULT_SET, *(name for name in own_sets() if name != DEFAULT_SET)):
            one = load_criteria(place)
            if one.id in found:
                raise CriteriaAlike(one.id)
            found[one.id] = one
            self._places[one.id] = place if isinstance(place, str) else str(place.absolute())
        self.sets: Mapping[str, CriteriaSet] = found
        self.default = next(iter(found))
        self._shelves: dict[str, Shelf] = {}
        self._documents: dict[str, dict[str, Any]] = {}
        self._lock = Lock()

    def one(self, name: str | None) -> CriteriaSet:
        """
        Give the set of a name, or the one that is meant where none is named.

        Raises
        ------
        CriteriaUnknown
            When no set of that name is served.
        """
        found = self.sets.get(self.default if name is None else name)
        if found is None:
            raise CriteriaUnknown(name or "", tuple(self.sets))
        return found

    @cached_property
    def dictionaries(self) -> tuple[Dictionary, ...]:
        """Every dictionary that answers are read with."""
        majors = (one for found in self.sets.values() for one in (found, *found.earlier))
        return tuple({one.reading.dictionary.id: one.reading.dictionary for one in majors}.values())

    def listing(self, name: str, on: date, *, every: bool) -> dict[str, Any]:
        """
        Give the uses of a set on a date: those in force, or every version.

        Raises
        ------
        CriteriaUnknown
            When no set of that name is served.
        """
        shelf = self._shelf(name)
        rows = (row for row in listed(shelf, on) if every or row.state is State.IN_FORCE)
        return {**summary(shelf.criteria), "as_of": on.isoformat(), "uses": [row.to_dict() for row in rows]}

    def document(self, name: str, use: str, version: str | None, on: date) -> dict[str, Any]:
        """
        Give a use as one JSON Schema document that stands alone: a version of it, or the one in force on a date.

        Raises
        ------
        CriteriaUnknown
            When no set of that name is served.
        CriterionUnknown
            When the set has no such use or version, or none in force on the date.
        """
        shelf = self._shelf(name)
        found = _version_of(shelf, use, version, on)
        if found.document not in self._documents:
            self._documents[found.document] = bundle(Found(shelf, found.document, found))
        return self._documents[found.document]

    def _shelf(self, name: str) -> Shelf:
        self.one(name)
        # Reading the documents of a set takes a while; two requests at once should not both do it.
        with self._lock:
            if name not in self._shelves:
                self._shelves[name] = open_shelf(self._places[name])
        return self._shelves[name]


def summary(criteria: CriteriaSet) -> dict[str, Any]:
    """Give what a set is, without its uses."""
    return {
        "set": criteria.id,
        "title": criteria.title,
        "publisher": criteria.publisher,
        "jurisdiction": criteria.jurisdiction,
        "known_from": criteria.known_from.isoformat(),
        "answers": criteria.reading.dictionary.version,
        "languages": sorted(criteria.texts),
        "draft": criteria.draft,
    }


def _version_of(shelf: Shelf, use: str, version: str | None, on: date) -> Indication:
    versions = [one for one in shelf.versions if one.id == use]
    if not versions:
        known = list(dict.fromkeys(one.id for one in shelf.versions))
        raise CriterionUnknown(use, get_close_matches(use, known, n=3, cutoff=0.5))
    wanted = version
    if wanted is None:
        in_force = (one for one in versions if entry(shelf, one, on).state is State.IN_FORCE)
        found = next(in_force, None)
    else:
        found = next((one for one in versions if one.version == wanted), None)
    if found is None:
        raise CriterionUnknown(use, [one.version for one in versions], wanted or f"in force on {on}")
    return found
