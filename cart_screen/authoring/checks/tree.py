"""Walk and change the schema tree of a criterion, as far as its own document goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import assert_never

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

# What a schema is to be instead; None leaves it, and looks further inside.
Change = Callable[[Schema, str | None], Schema | None]


@dataclass(frozen=True, eq=False)
class Node:
    """
    A schema where it stands: on the record of answers, or on the answer to ``question``.

    ``above`` is the node that holds it, under ``keyword``.
    """

    schema: Schema
    question: str | None
    above: Node | None
    keyword: Keyword | None

    @property
    def chain(self) -> Iterator[Node]:
        """The node and every node above it."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.above


def nodes(schema: Schema) -> Iterator[Node]:
    """Give a schema and every schema inside it, outer ones first; what it refers to elsewhere is left out."""
    pending = [Node(schema, None, None, None)]
    while pending:
        node = pending.pop()
        yield node
        inner = [
            Node(part, question or node.question, node, keyword)
            for keyword in node.schema.keywords
            for part, question in parts(keyword)
            if not isinstance(keyword, Reference) or _is_within(part, schema)
        ]
        pending.extend(reversed(inner))


def parts(keyword: Keyword) -> Iterator[tuple[Schema, str | None]]:
    """Give each schema that a keyword holds, with the question that it is about where it names one."""
    match keyword:
        case AllOf(schemas=schemas) | AnyOf(schemas=schemas) | OneOf(schemas=schemas):
            yield from ((schema, None) for schema in schemas)
        case NotSchema(schema=schema) | Reference(target=schema):
            yield schema, None
        case Properties(schemas=named):
            yield from ((schema, question) for question, schema in named)
        case Conditional(condition=condition, then=then, otherwise=otherwise):
            yield from ((schema, None) for schema in (condition, then, otherwise) if schema is not None)
        case TypeIs() | ValueIn() | Required() | Limit() | Verdict():
            return
        case _:
            assert_never(keyword)


def changed(schema: Schema, change: Change) -> Schema:
    """Give a tree with some of its schemas changed, references followed."""
    made: dict[tuple[Schema, str | None], Schema] = {}

    def one(schema: Schema, question: str | None) -> Schema:
        key = (schema, question)
        if key not in made:
            made[key] = change(schema, question) or inner(schema, question)
        return made[key]

    def inner(schema: Schema, question: str | None) -> Schema:
        keywords = tuple(
            _rebuilt(keyword, lambda part, named: one(part, named or question)) for keyword in schema.keywords
        )
        return schema if keywords == schema.keywords else replace(schema, keywords=keywords)

    return one(schema, None)


def always(value: bool) -> Schema:
    """Give a schema that every record, and every answer, meets or does not meet."""
    everything = Schema("", "", (Verdict(True),), {})
    return everything if value else Schema("", "", (NotSchema(everything),), {})


def _rebuilt(keyword: Keyword, one: Callable[[Schema, str | None], Schema]) -> Keyword:
    match keyword:
        case AllOf(schemas=schemas) | AnyOf(schemas=schemas) | OneOf(schemas=schemas):
            return type(keyword)(tuple(one(schema, None) for schema in schemas))
        case NotSchema(schema=schema):
            return NotSchema(one(schema, None))
        case Reference(target=schema):
            return Reference(one(schema, None))
        case Properties(schemas=named):
            return Properties(tuple((question, one(schema, question)) for question, schema in named))
        case Conditional(condition=condition, then=then, otherwise=otherwise):
            return Conditional(
                one(condition, None),
                one(then, None) if then is not None else None,
                one(otherwise, None) if otherwise is not None else None,
            )
        case TypeIs() | ValueIn() | Required() | Limit() | Verdict():
            return keyword
        case _:
            assert_never(keyword)


def _is_within(schema: Schema, outer: Schema) -> bool:
    return schema.document == outer.document and schema.pointer.startswith(outer.pointer + "/")
