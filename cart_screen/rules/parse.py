"""Read JSON Schema documents into the schema tree, and list everything that is not read here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cart_screen.answers.scalars import LARGEST_NUMBER, is_number, written
from cart_screen.errors import DocumentInvalid, DocumentProblem
from cart_screen.rules.expressions import Relation
from cart_screen.rules.references import Addresses, Place, is_address
from cart_screen.rules.schema import (
    DIALECT,
    AllOf,
    AnyOf,
    Conditional,
    Keyword,
    Limit,
    NotSchema,
    OneOf,
    Properties,
    Reference,
    Required,
    Schema,
    TypeIs,
    ValueIn,
    Verdict,
    inside,
)

# CPython's own parser stops at 200 nested parentheses; no honest criterion comes near this depth.
DEEPEST = 60

TYPES = ("null", "boolean", "object", "array", "number", "string", "integer")
ANNOTATIONS = ("title", "description", "$comment", "default", "deprecated", "readOnly", "writeOnly", "examples")
_STRUCTURE = ("$schema", "$id", "$anchor", "$defs", "then", "else")


class SchemaReader:
    """
    A reader over a fixed set of documents, keyed by address; nothing outside it is ever fetched.

    Problems collect in ``problems`` while reading; ``finish`` raises them all at once.
    """

    def __init__(self, documents: Mapping[str, Any]) -> None:
        self.problems: list[DocumentProblem] = []
        self._addresses = Addresses(documents)
        self._read: dict[tuple[str, str], Schema] = {}
        self._reading: set[tuple[str, str]] = set()
        self._depth: dict[Schema, int] = {}

    def read(self, address: str) -> Schema:
        """Read the schema at an address such as ``urn:x#/$defs/fitness``."""
        found = self._addresses.find(address, address)
        if found is None:
            place = Place(address, "", address)
            self._problem(place, "no schema", "an address of a loaded document")
            return self._nothing(place)
        return self._schema(*found)

    def read_part(self, raw: Any, document: str, pointer: str) -> Schema:
        """Read a schema that stands under an ``x-`` keyword, at a pointer of a document."""
        return self._schema(raw, Place(document, pointer, document))

    def finish(self) -> None:
        """
        Stop when anything could not be read.

        Raises
        ------
        DocumentInvalid
            With document, pointer, what was found and what is allowed, for every place.
        """
        if self.problems:
            raise DocumentInvalid(self.problems)

    def _schema(self, raw: Any, place: Place) -> Schema:
        key = (place.document, place.pointer)
        if key in self._read:
            return self._read[key]
        if key in self._reading:
            self._problem(place, "a reference back to itself", "references that end")
            return self._nothing(place)
        if place.pointer.count("/") > DEEPEST or len(self._reading) > DEEPEST:
            self._problem(place, "a schema nested too deeply", f"at most {DEEPEST} levels")
            return self._nothing(place)
        self._reading.add(key)
        schema = self._one(raw, place)
        self._reading.discard(key)
        # References to schemas that were read before build depth without nesting.
        depth = 1 + max((self._depth[inner] for keyword in schema.keywords for inner in inside(keyword)), default=0)
        if depth > DEEPEST:
            self._problem(place, "a schema nested too deeply", f"at most {DEEPEST} levels")
            schema, depth = self._nothing(place), 1
        self._depth[schema] = depth
        self._read[key] = schema
        return schema

    def _one(self, raw: Any, place: Place) -> Schema:
        if isinstance(raw, bool):
            return Schema(place.document, place.pointer, (Verdict(raw),), {})
        if not isinstance(raw, dict):
            self._problem(place, written(raw), "a schema: an object, true or false")
            return self._nothing(place)
        if isinstance(raw.get("$id"), str):
            place = place.based(raw["$id"])
        self._check_names(raw, place)
        keywords = [
            keyword
            for name, read in _READERS.items()
            if name in raw and (keyword := read(self, raw[name], place.below(name)))
        ]
        if "if" in raw:
            keywords.append(self._conditional(raw, place))
        notes = {name: value for name, value in raw.items() if name in ANNOTATIONS or name.startswith("x-")}
        if "if" not in raw:
            # Without `if` the standard ignores these two; who reads criteria must be able to see that they stand there.
            notes |= {name: raw[name] for name in ("then", "else") if name in raw}
        return Schema(place.document, place.pointer, tuple(keywords), notes)

    def _check_names(self, raw: Mapping[str, Any], place: Place) -> None:
        for name in raw:
            if name not in _READERS and name not in ANNOTATIONS and name not in _STRUCTURE and name != "if":
                if not name.startswith("x-"):
                    self._problem(place.below(name), "an unknown keyword", "a keyword of the criteria dialect")
        if raw.get("$schema", DIALECT) not in (DIALECT, DIALECT + "#"):
            self._problem(place.below("$schema"), written(raw["$schema"]), DIALECT)
        for name in ("$id", "$anchor"):
            if name in raw and not (isinstance(raw[name], str) and is_address(raw[name])):
                self._problem(place.below(name), written(raw[name]), "an address")
        definitions = raw.get("$defs", {})
        if not isinstance(definitions, dict):
            self._problem(place.below("$defs"), written(definitions), "an object of schemas")
            return
        for name, entry in definitions.items():
            self._schema(entry, place.below("$defs", name))

    def _types(self, value: Any, place: Place) -> Keyword | None:
        types = [value] if isinstance(value, str) else value
        if not isinstance(types, list) or not types or any(one not in TYPES for one in types):
            return self._refuse(place, written(value), "one or more of " + ", ".join(TYPES))
        return TypeIs(tuple(types))

    def _enum(self, value: Any, place: Place) -> Keyword | None:
        if not isinstance(value, list):
            return self._refuse(place, written(value), "a list of values")
        return ValueIn(tuple(value))

    def _const(self, value: Any, place: Place) -> Keyword:
        return ValueIn((value,))

    def _required(self, value: Any, place: Place) -> Keyword | None:
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            return self._refuse(place, written(value), "a list of keys")
        return Required(tuple(dict.fromkeys(value)))

    def _properties(self, value: Any, place: Place) -> Keyword | None:
        if not isinstance(value, dict):
            return self._refuse(place, written(value), "an object of schemas")
        return Properties(tuple((name, self._schema(entry, place.below(name))) for name, entry in value.items()))

    def _limit(self, relation: Relation, value: Any, place: Place) -> Keyword | None:
        if not is_number(value) or abs(value) > LARGEST_NUMBER:
            return self._refuse(place, written(value), f"a number between -{LARGEST_NUMBER} and {LARGEST_NUMBER}")
        return Limit(relation, value)

    def _many(self, value: Any, place: Place) -> tuple[Schema, ...] | None:
        if not isinstance(value, list) or not value:
            self._problem(place, written(value), "a list of schemas")
            return None
        return tuple(self._schema(entry, place.below(position)) for position, entry in enumerate(value))

    def _all(self, value: Any, place: Place) -> Keyword | None:
        schemas = self._many(value, place)
        return AllOf(schemas) if schemas else None

    def _any(self, value: Any, place: Place) -> Keyword | None:
        schemas = self._many(value, place)
        return AnyOf(schemas) if schemas else None

    def _exactly_one(self, value: Any, place: Place) -> Keyword | None:
        schemas = self._many(value, place)
        return OneOf(schemas) if schemas else None

    def _not(self, value: Any, place: Place) -> Keyword:
        return NotSchema(self._schema(value, place))

    def _reference(self, value: Any, place: Place) -> Keyword | None:
        found = self._addresses.find(value, place.base) if isinstance(value, str) else None
        if found is None:
            return self._refuse(place, written(value), "a reference into the loaded documents")
        return Reference(self._schema(*found))

    def _conditional(self, raw: Mapping[str, Any], place: Place) -> Keyword:
        branches = [self._schema(raw[name], place.below(name)) if name in raw else None for name in ("then", "else")]
        return Conditional(self._schema(raw["if"], place.below("if")), *branches)

    def _refuse(self, place: Place, found: str, allowed: str) -> Keyword | None:
        self._problem(place, found, allowed)
        return None

    def _problem(self, place: Place, found: str, allowed: str) -> None:
        self.problems.append(DocumentProblem(place.document, place.pointer, found, allowed))

    def _nothing(self, place: Place) -> Schema:
        schema = Schema(place.document, place.pointer, (), {})
        self._depth[schema] = 1
        return schema


def _limit_reader(relation: Relation) -> Callable[[SchemaReader, Any, Place], Keyword | None]:
    return lambda reader, value, place: reader._limit(relation, value, place)


_READERS: dict[str, Callable[[SchemaReader, Any, Place], Keyword | None]] = {
    "type": SchemaReader._types,
    "enum": SchemaReader._enum,
    "const": SchemaReader._const,
    "required": SchemaReader._required,
    "properties": SchemaReader._properties,
    "minimum": _limit_reader(Relation.AT_LEAST),
    "maximum": _limit_reader(Relation.AT_MOST),
    "exclusiveMinimum": _limit_reader(Relation.ABOVE),
    "exclusiveMaximum": _limit_reader(Relation.BELOW),
    "allOf": SchemaReader._all,
    "anyOf": SchemaReader._any,
    "oneOf": SchemaReader._exactly_one,
    "not": SchemaReader._not,
    "$ref": SchemaReader._reference,
}
