"""Where derived answers come from, as plain JSON values."""

from __future__ import annotations

from typing import Any, assert_never

from cart_screen.engines.browser.nodes import Nodes
from cart_screen.rules.derivations import Reading, inputs_of
from cart_screen.rules.expressions import (
    Arithmetic,
    Choice,
    Given,
    Literal,
    Mapped,
    Marker,
    Resolved,
    Value,
    questions_of_value,
)
from cart_screen.rules.reasons import in_order


def derivations_of(reading: Reading, nodes: Nodes) -> list[dict[str, Any]]:
    """
    Give each derived question with its ``inputs`` and its ``sources``, in the order of computing.

    A source has a ``value`` with the questions that it ``reads``, the expression ``if`` under which it is read, and
    its ``measured`` input or null. A value is ``["given", id]``, ``["answer", id]``, ``["value", value]``,
    ``["known", id, value]``, ``["map", id, [[answer, value], …]]``, ``["*" "/" or "-", value, value]`` or
    ``["if", expression, value, value]``.
    """
    return [
        {
            "question": question,
            "inputs": list(in_order(inputs_of(derivation), reading)),
            "sources": [
                {
                    "value": _value(source.value, nodes),
                    "reads": list(in_order(questions_of_value(source.value), reading)),
                    "if": nodes.place(source.condition),
                    "measured": source.measured,
                }
                for source in derivation.sources
            ],
        }
        for question, derivation in reading.derivations.items()
    ]


def _value(value: Value, nodes: Nodes) -> list[Any]:
    match value:
        case Given(question=question):
            return ["given", question]
        case Resolved(question=question):
            return ["answer", question]
        case Literal(value=fixed):
            return ["value", fixed]
        case Marker(question=question, value=fixed):
            return ["known", question, fixed]
        case Mapped(question=question, table=table):
            return ["map", question, [list(pair) for pair in table]]
        case Arithmetic(operator=operator, left=left, right=right):
            return [operator.value, _value(left, nodes), _value(right, nodes)]
        case Choice(condition=condition, then=then, otherwise=otherwise):
            return ["if", nodes.place(condition), _value(then, nodes), _value(otherwise, nodes)]
        case _:
            assert_never(value)
