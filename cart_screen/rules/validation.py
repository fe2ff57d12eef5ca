"""The two-valued reading of a schema tree over any JSON instance, as the JSON Schema standard says."""

from __future__ import annotations

from typing import Any

from cart_screen.answers.scalars import is_number, same
from cart_screen.nouns import assert_never
from cart_screen.rules.schema import (
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
)


def is_valid(schema: Schema, instance: Any) -> bool:
    """Tell whether an instance is valid against a schema."""
    return all(_holds(keyword, instance) for keyword in schema.keywords)


def _holds(keyword: Keyword, instance: Any) -> bool:
    match keyword:
        case Verdict(value=value):
            return value
        case TypeIs(types=types):
            return any(_is_type(instance, name) for name in types)
        case ValueIn(values=values):
            return any(_equal(instance, value) for value in values)
        case Required(names=names):
            return not isinstance(instance, dict) or all(name in instance for name in names)
        case Properties(schemas=schemas):
            return not isinstance(instance, dict) or all(
                is_valid(schema, instance[name]) for name, schema in schemas if name in instance
            )
        case Limit(relation=relation, bound=bound):
            return not is_number(instance) or relation.holds(instance, bound)
        case AllOf(schemas=parts):
            return all(is_valid(part, instance) for part in parts)
        case AnyOf(schemas=parts):
            return any(is_valid(part, instance) for part in parts)
        case OneOf(schemas=parts):
            return sum(is_valid(part, instance) for part in parts) == 1
        case NotSchema(schema=schema):
            return not is_valid(schema, instance)
        case Conditional(condition=condition, then=then, otherwise=otherwise):
            branch = then if is_valid(condition, instance) else otherwise
            return branch is None or is_valid(branch, instance)
        case Reference(target=target):
            return is_valid(target, instance)
        case _:
            assert_never(keyword)


def _is_type(instance: Any, name: str) -> bool:
    match name:
        case "null":
            return instance is None
        case "boolean":
            return isinstance(instance, bool)
        case "object":
            return isinstance(instance, dict)
        case "array":
            return isinstance(instance, list)
        case "number":
            return is_number(instance)
        case "integer":
            return is_number(instance) and instance == int(instance)
        case _:
            return isinstance(instance, str)


def _equal(left: Any, right: Any) -> bool:
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(_equal, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(_equal(value, right[key]) for key, value in left.items())
    return same(left, right)
