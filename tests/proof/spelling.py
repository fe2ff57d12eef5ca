"""
A schema spelled out for instances of one shape, as a schema of the profile over a record of answers.

Where the keys of an instance and the types of its values are given, much of a schema of the official suite is
settled: what it says of types, of other keys, of JSON that is no answer. A settled part becomes a condition on
one more question, ``settled``, whose answer is true; ``true`` asks that it is true, ``false`` that it is false. All
the combinations around it stay as they were, with references followed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never

from cart_screen.answers.dictionary import Question
from cart_screen.answers.scalars import is_kind
from cart_screen.rules.expressions import Relation
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

SETTLED = "settled"

_KEYWORD = {
    Relation.AT_LEAST: "minimum",
    Relation.AT_MOST: "maximum",
    Relation.ABOVE: "exclusiveMinimum",
    Relation.BELOW: "exclusiveMaximum",
}


class DoesNotFit(Exception):
    """A part that no criterion can say, with the reason."""


class Spelling:
    """
    Spells schemas out for instances that are a record of some questions, or the answer to ``one`` question.

    ``questions`` are those that the instances answer, all of them.
    """

    def __init__(self, questions: Mapping[str, Question], one: str | None = None) -> None:
        self._questions = questions
        self._one = one

    def of(self, schema: Schema) -> dict[str, Any]:
        """
        Spell a schema out.

        Raises
        ------
        DoesNotFit
            When some part of it depends on more than the answers' values.
        """
        return self._schema(schema, self._one)

    def _schema(self, schema: Schema, key: str | None) -> dict[str, Any]:
        parts = [self._keyword(keyword, key) for keyword in schema.keywords]
        return parts[0] if len(parts) == 1 else {"allOf": parts or [_settled(True)]}

    def _keyword(self, keyword: Keyword, key: str | None) -> dict[str, Any]:
        match keyword:
            case Verdict(value=value):
                return _settled(value)
            case TypeIs(types=types):
                return self._type(types, key)
            case ValueIn(values=values):
                return self._value(values, key)
            case Required(names=names):
                return _settled(key is not None or all(name in self._questions for name in names))
            case Properties(schemas=schemas):
                found = [self._schema(inner, name) for name, inner in schemas if name in self._questions]
                return {"allOf": found} if key is None and found else _settled(True)
            case Limit(relation=relation, bound=bound):
                if key is None or self._questions[key].kind not in ("integer", "number"):
                    return _settled(True)
                return _on(key, {_KEYWORD[relation]: bound})
            case AllOf(schemas=parts):
                return {"allOf": [self._schema(part, key) for part in parts]}
            case AnyOf(schemas=parts):
                return {"anyOf": [self._schema(part, key) for part in parts]}
            case OneOf(schemas=parts):
                return {"oneOf": [self._schema(part, key) for part in parts]}
            case NotSchema(schema=inner):
                return {"not": self._schema(inner, key)}
            case Conditional(condition=condition, then=then, otherwise=otherwise):
                branches = {"if": condition, "then": then, "else": otherwise}
                return {
                    name: _settled(True) if part is None else self._schema(part, key) for name, part in branches.items()
                }
            case Reference(target=target):
                return self._schema(target, key)
            case _:
                assert_never(keyword)

    def _type(self, types: tuple[str, ...], key: str | None) -> dict[str, Any]:
        kind = "object" if key is None else self._questions[key].kind
        if kind == "number" and "integer" in types and "number" not in types:
            raise DoesNotFit("whether a number is whole")
        return _settled(kind in types or (kind == "integer" and "number" in types))

    def _value(self, values: tuple[Any, ...], key: str | None) -> dict[str, Any]:
        if key is None:
            if any(isinstance(value, dict) for value in values):
                raise DoesNotFit("a record compared as a whole")
            return _settled(False)
        question = self._questions[key]
        kept = [value for value in values if is_kind(value, question.kind)]
        if question.kind == "boolean" and {True, False} <= set(kept):
            return _settled(True)
        return _on(key, {"enum": kept}) if kept else _settled(False)


def _on(key: str, condition: Mapping[str, Any]) -> dict[str, Any]:
    return {"properties": {key: dict(condition)}, "required": [key]}


def _settled(value: bool) -> dict[str, Any]:
    return _on(SETTLED, {"const": value})
