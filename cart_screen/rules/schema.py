"""The schema tree: what a JSON Schema document of the keywords read here says, and nothing of criteria."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, assert_never

from cart_screen.rules.expressions import Relation

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, slots=True)
class TypeIs:
    """``type``: one of the JSON types."""

    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ValueIn:
    """``enum`` or ``const``: equal to one of the values, which may be any JSON."""

    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Required:
    """``required``: an object has these keys."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Properties:
    """``properties``: where an object has the key, its value is as the schema says."""

    schemas: tuple[tuple[str, Schema], ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """``minimum``, ``maximum`` and their exclusive forms: a number is within the limit."""

    relation: Relation
    bound: int | float


@dataclass(frozen=True, slots=True)
class AllOf:
    """``allOf``: every schema holds."""

    schemas: tuple[Schema, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """``anyOf``: at least one schema holds."""

    schemas: tuple[Schema, ...]


@dataclass(frozen=True, slots=True)
class OneOf:
    """``oneOf``: exactly one schema holds."""

    schemas: tuple[Schema, ...]


@dataclass(frozen=True, slots=True)
class NotSchema:
    """``not``: the schema does not hold."""

    schema: Schema


@dataclass(frozen=True, slots=True)
class Conditional:
    """``if``, with what follows where it holds and where it does not; a missing branch says nothing."""

    condition: Schema
    then: Schema | None
    otherwise: Schema | None


@dataclass(frozen=True, slots=True)
class Reference:
    """``$ref``, already resolved."""

    target: Schema


@dataclass(frozen=True, slots=True)
class Verdict:
    """A boolean schema."""

    value: bool


Keyword = (
    TypeIs
    | ValueIn
    | Required
    | Properties
    | Limit
    | AllOf
    | AnyOf
    | OneOf
    | NotSchema
    | Conditional
    | Reference
    | Verdict
)


@dataclass(frozen=True, slots=True, eq=False)
class Schema:
    """
    One schema: where it stands, what it asserts, and its annotations.

    ``notes`` holds ``title``, ``description`` and every ``x-`` keyword as written, and a ``then`` or
    ``else`` that no ``if`` gives a meaning.
    """

    document: str
    pointer: str
    keywords: tuple[Keyword, ...]
    notes: Mapping[str, Any]


def parts_of(schema: Schema) -> list[Schema]:
    """Give a schema and every schema that it is made of, references followed, each once, outer ones first."""
    found: dict[Schema, None] = {}
    pending = [schema]
    while pending:
        part = pending.pop()
        if part not in found:
            found[part] = None
            pending.extend(reversed([inner for keyword in part.keywords for inner in inside(keyword)]))
    return list(found)


def inside(keyword: Keyword) -> tuple[Schema, ...]:
    """Give the schemas that a keyword holds, a referenced one included."""
    match keyword:
        case AllOf(schemas=schemas) | AnyOf(schemas=schemas) | OneOf(schemas=schemas):
            return schemas
        case NotSchema(schema=one) | Reference(target=one):
            return (one,)
        case Properties(schemas=named):
            return tuple(one for _, one in named)
        case Conditional(condition=condition, then=then, otherwise=otherwise):
            return tuple(one for one in (condition, then, otherwise) if one is not None)
        case TypeIs() | ValueIn() | Required() | Limit() | Verdict():
            return ()
        case _:
            assert_never(keyword)
