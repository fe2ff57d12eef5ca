"""The rules of releases between the versions of a document: one live version, compatible dictionaries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any

from cart_screen.answers.scalars import written
from cart_screen.errors import DocumentProblem
from cart_screen.model import order_of

# What a question must keep within one major version: anything else would change what a stored answer means.
_KEPT = ("type", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "x-derived", "x-internal")

Documents = Mapping[str, Mapping[str, Any]]


def monotone_problems(documents: Documents, new: Iterable[str]) -> Iterator[DocumentProblem]:
    """
    Give every new version that is not above all released versions of its document; ``documents`` is keyed by path.

    One case is in order: a correction of an earlier state, which stands right above the released version that it
    corrects and begins on its day. For dictionaries only versions of the same major are compared.
    """
    fresh = set(new)
    for versions in (*_by_folder(documents), *_by_major(documents)):
        for place, (path, version) in enumerate(versions):
            later = [other for other, _ in versions[place + 1 :] if other not in fresh]
            if path not in fresh or not later:
                continue
            below = next((found for other, found in reversed(versions[:place]) if other not in fresh), None)
            if below is None or not _begins(version) or _begins(version) != _begins(below):
                found = f"{version['x-version']}, below the released {PurePosixPath(later[-1]).stem}"
                allowed = "a higher version, or a correction with the day of the version right below it"
                yield DocumentProblem(path, "/x-version", found, allowed, "version-order")


def _begins(document: Mapping[str, Any]) -> str:
    return str(document.get("x-effective", {}).get("from", ""))


def live_problems(uses: Documents, new: Iterable[str]) -> Iterator[DocumentProblem]:
    """
    Give every new version that would never be in force, since another new one begins on the same day.

    A correction of a *released* version begins on its day on purpose; two new ones are a mistake.
    """
    fresh = set(new)
    for versions in _by_folder({path: use for path, use in uses.items() if path in fresh}):
        for (_, lower), (path, higher) in pairwise(versions):
            begins = _begins(higher)
            if begins and begins == _begins(lower):
                found = f"{begins}, as in version {lower['x-version']}, which is new too"
                yield DocumentProblem(path, "/x-effective/from", found, "one new version for a day", "live-twice")


def identity_problems(documents: Documents) -> Iterator[DocumentProblem]:
    """Give every document whose ``$id`` another file has too; ``documents`` is keyed by path."""
    first: dict[str, str] = {}
    for path, document in documents.items():
        id = document.get("$id", "")
        if id in first:
            found = f"{written(id)}, as in {first[id]}"
            yield DocumentProblem(path, "/$id", found, "an address that no other file has", "live-twice")
        first.setdefault(id, path)


def dictionary_problems(dictionaries: Documents, new: Iterable[str]) -> Iterator[DocumentProblem]:
    """
    Give everything in a new dictionary that changes what stored answers mean within its major version.

    New questions and new values are a minor version; a question that is gone, or has another type, bound,
    unit or derivation, or lost a value, needs a new major version or a new id.
    """
    fresh = set(new)
    for versions in _by_major(dictionaries):
        for (_, lower), (path, higher) in pairwise(versions):
            if path in fresh:
                yield from _changed_questions(lower, higher, path)


def _changed_questions(lower: Mapping[str, Any], higher: Mapping[str, Any], path: str) -> Iterator[DocumentProblem]:
    allowed = f"what version {lower['x-version']} says, or a new major version"
    if lower.get("x-age") != higher.get("x-age"):
        yield DocumentProblem(path, "/x-age", written(higher.get("x-age")), allowed, "dictionary-changed")
    for id, old in lower["properties"].items():
        new = higher["properties"].get(id)
        if new is None:
            yield DocumentProblem(path, "/properties", f"no {id}", allowed, "dictionary-changed")
            continue
        for key in _KEPT:
            if old.get(key) != new.get(key):
                pointer = f"/properties/{id}/{key}"
                yield DocumentProblem(path, pointer, written(new.get(key)), allowed, "dictionary-changed")
        if not _units(old).items() <= _units(new).items():
            found = "another unit, or another factor of one"
            yield DocumentProblem(path, f"/properties/{id}/x-unit", found, allowed, "dictionary-changed")
        if not _coded(old).items() <= _coded(new).items():
            found = "another meaning of a code"
            yield DocumentProblem(path, f"/properties/{id}/x-coded", found, allowed, "dictionary-changed")
        lost = [value for value in old.get("enum", ()) if value not in new.get("enum", ())]
        if lost:
            found = "no " + ", ".join(written(value) for value in lost)
            yield DocumentProblem(path, f"/properties/{id}/enum", found, allowed, "dictionary-changed")


def _units(question: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    """Give the units of a question with their factors; the canonical one is marked by having none."""
    unit = question.get("x-unit")
    if unit is None:
        return {}
    accepted = {other["code"]: (other.get("multiply", 1), other.get("divide", 1)) for other in unit.get("accepted", ())}
    return {unit["code"]: (), **accepted}


def _coded(question: Mapping[str, Any]) -> dict[tuple[str, str, bool], tuple[Any, ...]]:
    """Give what each code of a value can mean."""
    return {
        (entry["system"], entry["code"], entry.get("below", False)): tuple(entry["means"])
        for entry in question.get("x-coded", ())
    }


def _by_folder(documents: Documents) -> list[list[tuple[str, Mapping[str, Any]]]]:
    folders: dict[PurePosixPath, list[tuple[str, Mapping[str, Any]]]] = {}
    for path, document in documents.items():
        if path.split("/")[0] not in ("sets", "shared"):
            continue
        folders.setdefault(PurePosixPath(path).parent, []).append((path, document))
    return [_in_order(versions) for versions in folders.values()]


def _by_major(dictionaries: Documents) -> list[list[tuple[str, Mapping[str, Any]]]]:
    majors: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
    for path, document in dictionaries.items():
        if path.split("/")[0] != "answers":
            continue
        majors.setdefault(document["x-version"].split(".")[0], []).append((path, document))
    return [_in_order(versions) for versions in majors.values()]


def _in_order(versions: list[tuple[str, Mapping[str, Any]]]) -> list[tuple[str, Mapping[str, Any]]]:
    return sorted(versions, key=lambda found: order_of(found[1]["x-version"]))
