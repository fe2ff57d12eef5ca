"""The schema tree: what a JSON Schema document of the keywords read here says, and nothing of criteria."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cart_screen.nouns import assert_never, noun
from cart_screen.rules.expressions import Relation

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@noun
class TypeIs:
    """``type``: one of the JSON types."""

    types: tuple[str, ...]


@noun
class ValueIn:
    """``enum`` or ``const``: equal to one of the values, which may be any JSON."""

    values: tuple[Any, ...]


@noun
class Required:
    """``required``: an object has these keys."""

    names: tuple[str, ...]


@noun
class Properties:
    """``properties``: where an object has the key, its value is as the schema says."""

    schemas: tuple[tuple[str, Schema], ...]


@noun
class Limit:
    """``minimum``, ``maximum`` and their exclusive forms: a number is within the limit."""

    relation: Relation
    bound: int | float


@noun
class AllOf:
    """``allOf``: every schema holds."""

    schemas: tuple[Schema, ...]


@noun
class AnyOf:
    """``anyOf``: at least one schema holds."""

    schemas: tuple[Schema, ...]


@noun
class OneOf:
    """``oneOf``: exactly one schema holds."""

    schemas: tuple[Schema, ...]


@noun
class NotSchema:
    """``not``: the schema does not hold."""

    schema: Schema


@noun
class Conditional:
    """``if``, with what follows where it holds and where it does not; a missing branch says nothing."""

    condition: Schema
    then: Schema | None
    otherwise: Schema | None


@noun
class Reference:
    """``$ref``, already resolved."""

    target: Schema


@noun
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


@noun
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

    # Two that say the same at two places are two.
    __eq__ = object.__eq__
    __hash__ = object.__hash__


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
