"""Where a ``$ref`` points: base addresses, embedded ``$id``s, anchors and JSON pointers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from cart_screen.nouns import noun

_ONE = ("not", "if", "then", "else")
_MANY = ("allOf", "anyOf", "oneOf")
_KEYED = ("$defs", "properties")


@noun
class Place:
    """Where a schema stands: the document it was loaded as, its pointer there, and its base address."""

    document: str
    pointer: str
    base: str

    def below(self, *steps: str | int) -> Place:
        """Give the place some steps further down."""
        return Place(self.document, self.pointer + "".join(f"/{escaped(step)}" for step in steps), self.base)

    def based(self, identifier: str) -> Place:
        """Give the same place under the base address that an ``$id`` sets."""
        return Place(self.document, self.pointer, joined(self.base, identifier).removesuffix("#"))


class Addresses:
    """An index of every schema of some documents, by address."""

    def __init__(self, documents: Mapping[str, Any]) -> None:
        self._resources: dict[str, tuple[Any, Place]] = {}
        self._anchors: dict[tuple[str, str], tuple[Any, Place]] = {}
        for address, document in documents.items():
            self._resources[address] = (document, Place(address, "", address))
            self._index(document, Place(address, "", address))

    def find(self, reference: str, base: str) -> tuple[Any, Place] | None:
        """Give the schema that a reference names and its place, or None where it names nothing known."""
        address, _, fragment = joined(base, reference).partition("#")
        if fragment and not fragment.startswith("/"):
            return self._anchors.get((address, unquote(fragment)))
        resource = self._resources.get(address)
        return None if resource is None else _walk(*resource, unquote(fragment))

    def _index(self, schema: Any, place: Place) -> None:
        pending = [(schema, place)]
        while pending:
            schema, place = pending.pop()
            if not isinstance(schema, dict):
                continue
            identifier = schema.get("$id")
            if isinstance(identifier, str):
                place = place.based(identifier)
                self._resources[place.base] = (schema, place)
            anchor = schema.get("$anchor")
            if isinstance(anchor, str):
                self._anchors[place.base, anchor] = (schema, place)
            pending.extend(subschemas(schema, place))


def subschemas(schema: Mapping[str, Any], place: Place) -> Iterator[tuple[Any, Place]]:
    """Give every schema that stands directly inside a schema, with its place."""
    for keyword in _ONE:
        if keyword in schema:
            yield schema[keyword], place.below(keyword)
    for keyword in _MANY:
        if isinstance(schema.get(keyword), list):
            for position, entry in enumerate(schema[keyword]):
                yield entry, place.below(keyword, position)
    for keyword in _KEYED:
        if isinstance(schema.get(keyword), dict):
            for name, entry in schema[keyword].items():
                yield entry, place.below(keyword, name)


def joined(base: str, reference: str) -> str:
    """Resolve a reference against a base address; urllib alone loses a URN's own part."""
    if reference.startswith("#"):
        return base.partition("#")[0] + reference
    # What is no address at all stays as it is, and names nothing.
    return urljoin(base, reference) if is_address(base) and is_address(reference) else reference


def is_address(text: str) -> bool:
    """Tell whether a text can be read as an address; a bracket in a wrong place, for one, cannot."""
    try:
        urlsplit(text)
    except ValueError:
        return False
    return True


def escaped(step: str | int) -> str:
    """Write one step of a JSON pointer."""
    return str(step).replace("~", "~0").replace("/", "~1")


def _walk(found: Any, place: Place, pointer: str) -> tuple[Any, Place] | None:
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(found, dict) and name in found:
            found = found[name]
        elif isinstance(found, list) and name.isdecimal() and int(name) < len(found):
            found = found[int(name)]
        else:
            return None
        place = place.below(name)
        if isinstance(found, dict) and isinstance(found.get("$id"), str):
            place = place.based(found["$id"])
    return found, place
