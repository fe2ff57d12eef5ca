"""Small dictionaries and rules made by hand, and the source that rules are compiled to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from cart_screen.answers.scalars import Scalar
from cart_screen.engines.explaining import ExplainSource
from cart_screen.engines.partial import masks_of
from cart_screen.engines.python import Rules
from cart_screen.engines.source import RulesSource
from cart_screen.rules.derivations import Reading
from cart_screen.rules.expressions import Compare, Expression, Relation
from cart_screen.rules.lowering import reading_of
from cart_screen.rules.reasons import awaited, because, named_parts
from cart_screen.rules.reference import Record, evaluate
from cart_screen.truth import Truth

FORMS = ("verdicts", "evaluate", "explain")
ADULT = {"properties": {"age": {"minimum": 18}}, "required": ["age"]}
ILL = {"properties": {"ill": {"const": True}}, "required": ["ill"]}
DICTIONARY = {
    "properties": {
        "age": {"type": "integer", "minimum": 0, "maximum": 120},
        "ill": {"type": "boolean"},
        "kind": {"type": "string", "enum": ["a", "b", "c"]},
        "level": {"type": "number"},
    }
}


def on(question: str, condition: Any) -> dict[str, Any]:
    """Give the smallest schema with a condition on one answer."""
    return {"properties": {question: condition}, "required": [question]}


def yes(question: str) -> dict[str, Any]:
    """Give the schema that asks for a yes."""
    return on(question, {"const": True})


def said_yes(count: int) -> Reading:
    """Give how answers to so many questions for yes or no are read: ``q0``, ``q1`` and so on."""
    return reading_of({"properties": {f"q{place}": {"type": "boolean"} for place in range(count)}})


def numbers(count: int) -> Reading:
    """Give how answers to so many questions for a number are read: ``n0``, ``n1`` and so on."""
    return reading_of({"properties": {f"n{place}": {"type": "number"} for place in range(count)}})


def at_least(place: int, limit: float) -> Compare:
    """Give a limit on one of the ``numbers``."""
    return Compare(f"n{place}", Relation.AT_LEAST, limit)


def every_record(values: Mapping[str, Sequence[Scalar]]) -> Iterator[dict[str, Scalar]]:
    """Give every record of some values for each question, each of them missing too."""
    for chosen in product(*((None, *each) for each in values.values())):
        yield {id: value for id, value in zip(values, chosen, strict=True) if value is not None}


def as_specified(
    expression: Expression, record: Record, reading: Reading
) -> tuple[Truth, tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Give truth, awaited questions, deciding answers and reason keys as the reference says them."""
    truth = evaluate(expression, record)
    named = dict.fromkeys(named_parts(expression, record, truth))
    return (
        truth,
        awaited(expression, record, reading),
        tuple(because(expression, record, reading)),
        tuple(part.reason for part in named),
    )


def as_explained(rules: Rules, record: dict[str, Scalar]) -> list[tuple[Any, ...]]:
    """Give the same as an engine says it."""
    return [
        (said.truth, said.awaiting, said.because, tuple(part.reason for part in said.reasons))
        for said in rules.explain(record)
    ]


def source_of(form: str, expressions: Sequence[Expression], reading: Reading) -> str:
    """Give the source of one of the three functions over some expressions."""
    masks = masks_of(reading)
    rules = RulesSource(expressions, reading, masks)
    return ExplainSource(rules, masks).text if form == "explain" else getattr(rules, form)()
