"""The contract of a set's versions: which is in force on a day is never in doubt, nor which dictionary reads it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby, pairwise
from typing import Any

from cart_screen.catalog.set_files import SetFiles, dictionary_versions, is_version, major_of, place_of
from cart_screen.errors import DocumentProblem
from cart_screen.model import order_of
from cart_screen.nouns import noun


@noun
class _Version:
    path: str
    indication: str
    order: tuple[int, ...]
    begins: date
    major: int
    withdrawn: bool


def versions_problems(files: SetFiles) -> Iterator[DocumentProblem]:
    """Give every version of an indication that leaves in doubt what is in force on a day."""
    versions = sorted(_versions(files), key=lambda one: (one.indication, one.order))
    for _, of_one in groupby(versions, key=lambda one: one.indication):
        for before, after in pairwise(of_one):
            if after.begins < before.begins:
                found = f"{after.begins}, before {place_of(before.path)[1]} began on {before.begins}"
                allowed = f"{before.begins} or later: of two that have begun, the higher version is in force"
                yield DocumentProblem(after.path, "/x-effective/from", found, allowed, "version-order")
    known_from = _day(files.described.get("known-from"))
    if known_from is not None:
        yield from _major_problems(versions, known_from)


def _major_problems(versions: list[_Version], known_from: date) -> Iterator[DocumentProblem]:
    """Give each document that is in force while another one, with a later major of the dictionary, has begun."""
    told: set[str] = set()
    for day in sorted({max(known_from, one.begins) for one in versions}):
        begun = [one for one in versions if one.begins <= day]
        latest = {one.indication: one for one in begun}
        newest = max(begun, key=lambda one: one.major)
        for one in latest.values():
            if one.major < newest.major and not one.withdrawn and one.path not in told:
                told.add(one.path)
                found = f"{one.major}, in force on {day} beside {newest.path}, which reads answers {newest.major}"
                allowed = "one major version in all documents in force on one day"
                yield DocumentProblem(one.path, "/x-answers", found, allowed, "answers-major")


def _versions(files: SetFiles) -> Iterator[_Version]:
    """Give the versions that say when they begin and name a dictionary; what the others lack is said elsewhere."""
    majors = [major_of(version) for version in dictionary_versions(files.described)]
    for path, document in files.indications.items():
        if not isinstance(document, dict):
            continue
        name, version = place_of(path)
        effective, major = document.get("x-effective"), document.get("x-answers")
        begins = _day(effective.get("from")) if isinstance(effective, dict) else None
        if is_version(version) and begins is not None and major in majors:
            yield _Version(path, name, order_of(version), begins, int(major), document.get("x-withdrawn") is True)


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None
