"""The contract of criteria documents with their paths, their own sources and one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cart_screen.answers.scalars import written
from cart_screen.catalog.set_files import SetFiles, address_of, dictionary_versions, major_of, place_of
from cart_screen.errors import DocumentProblem
from cart_screen.rules.references import Place, escaped, subschemas

# What may stand beside x-no-requirement: it says that nothing is asked, so nothing is.
_SAYS_NOTHING = ("title", "description", "$comment", "type", "$schema", "$id", "$anchor", "$defs")


def document_problems(files: SetFiles) -> Iterator[DocumentProblem]:
    """Give every place of a set's criteria documents that does not fit its path, its sources or another document."""
    majors = [major_of(version) for version in dictionary_versions(files.described)]
    addresses: dict[str, str] = {}
    for path, document in files.criteria.items():
        if not isinstance(document, dict):
            continue
        yield from _address_problems(document, path, addresses)
        if path in files.indications and majors and document.get("x-answers") not in majors:
            allowed = f"{' or '.join(majors)}, or its dictionary listed under earlier in set.json"
            yield DocumentProblem(path, "/x-answers", written(document.get("x-answers")), allowed, "answers-major")
        yield from _source_problems(document, path)
        for schema, place in _schemas(document, Place(path, "", path)):
            yield from _requirement_problems(schema, place)


def _address_problems(document: Mapping[str, Any], path: str, known: dict[str, str]) -> Iterator[DocumentProblem]:
    right, (_, version) = address_of(path), place_of(path)
    if document.get("x-version") != version:
        yield DocumentProblem(path, "/x-version", written(document.get("x-version")), version, "address-wrong")
    for schema, place in _schemas(document, Place(path, "", right)):
        for key in ("$id", "$anchor"):
            given = schema.get(key)
            if not isinstance(given, str):
                continue
            address = place.base if key == "$id" else f"{place.base}#{given}"
            here = f"{path}#{place.pointer}" if place.pointer else path
            if place.pointer == "" and key == "$id":
                address = given
            if known.setdefault(address, here) != here:
                found = f"{written(given)} again, after {known[address]}"
                yield DocumentProblem(
                    path, f"{place.pointer}/{escaped(key)}", found, "each address once", "address-twice"
                )
    if document.get("$id") != right:
        yield DocumentProblem(path, "/$id", written(document.get("$id")), right, "address-wrong")


def _source_problems(document: Mapping[str, Any], path: str) -> Iterator[DocumentProblem]:
    listed = document.get("x-sources")
    known: list[Any] = []
    for position, source in enumerate(listed if isinstance(listed, list) else ()):
        id = source.get("id") if isinstance(source, dict) else None
        if id in known:
            pointer = f"/x-sources/{position}/id"
            yield DocumentProblem(path, pointer, f"{written(id)} again", "each id once", "source-twice")
        known.append(id)
    for schema, place in _schemas(document, Place(path, "", path)):
        yield from _citations(schema.get("x-source", []), place.below("x-source"), known)
        for position, caution in enumerate(_cautions(schema)):
            if isinstance(caution, dict):
                cited = place.below("x-cautions", position, "x-source")
                yield from _citations(caution.get("x-source", []), cited, known)


def _citations(cited: Any, place: Place, known: list[Any]) -> Iterator[DocumentProblem]:
    listed = cited if isinstance(cited, list) else [cited]
    for position, id in enumerate(listed):
        if id not in known:
            at = place.below(position) if isinstance(cited, list) else place
            allowed = "the id of one of the document's x-sources"
            yield DocumentProblem(at.document, at.pointer, written(id), allowed, "source-unknown")


def _requirement_problems(schema: Mapping[str, Any], place: Place) -> Iterator[DocumentProblem]:
    beside = [key for key in schema if not key.startswith("x-") and key not in _SAYS_NOTHING]
    if schema.get("x-no-requirement") is True and beside:
        found = f"x-no-requirement beside {', '.join(beside)}"
        pointer = f"{place.pointer}/x-no-requirement"
        yield DocumentProblem(place.document, pointer, found, "no condition, or conditions alone", "requirement-denied")


def _schemas(document: Mapping[str, Any], place: Place) -> Iterator[tuple[dict[str, Any], Place]]:
    """Give every schema of a document with its place, those of cautions included."""
    pending: list[tuple[Any, Place]] = [(document, place)]
    while pending:
        schema, place = pending.pop()
        if not isinstance(schema, dict):
            continue
        if place.pointer and isinstance(schema.get("$id"), str):
            place = place.based(schema["$id"])
        yield schema, place
        inner = list(subschemas(schema, place))
        for position, caution in enumerate(_cautions(schema)):
            if isinstance(caution, dict) and "when" in caution:
                inner.append((caution["when"], place.below("x-cautions", position, "when")))
        pending.extend(reversed(inner))


def _cautions(schema: Mapping[str, Any]) -> list[Any]:
    cautions = schema.get("x-cautions", [])
    return cautions if isinstance(cautions, list) else []
