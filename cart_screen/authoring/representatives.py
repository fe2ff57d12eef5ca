"""The few values of a question that stand for all of its values."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import assert_never

from cart_screen.answers.dictionary import Question
from cart_screen.answers.scalars import Scalar, is_number, same
from cart_screen.rules.expressions import (
    Among,
    And,
    Compare,
    Constant,
    ExactlyOne,
    Expression,
    IfThenElse,
    Named,
    Not,
    Or,
)

Leaf = Compare | Among

# Numbers that are closer together than this are no thresholds of anybody; between them anything will do.
_DIGITS = 10


def leaves(expression: Expression) -> Iterator[Leaf]:
    """Give every condition on one answer, in the order of reading, repeats included."""
    match expression:
        case Constant():
            return
        case Compare() | Among():
            yield expression
        case And(terms=terms) | Or(terms=terms) | ExactlyOne(terms=terms):
            for term in terms:
                yield from leaves(term)
        case Not(term=term) | Named(term=term):
            yield from leaves(term)
        case IfThenElse(condition=condition, then=then, otherwise=otherwise):
            for term in (condition, then, otherwise):
                yield from leaves(term)
        case _:
            assert_never(expression)


def representatives(question: Question, expressions: Iterable[Expression]) -> tuple[Scalar, ...]:
    """
    Give values of a question such that every allowed value is read by some expressions as one of them is.

    These are its choices, or both booleans. Of numbers, they are the bounds of the dictionary, every
    limit and every listed value that is allowed, and one value of each open interval between; of whole
    numbers, each limit's neighbours. Of free text, the listed values and one other. Conditions on other
    questions are passed over. Numbers come in ascending order.
    """
    if question.choices:
        return question.choices
    if question.kind == "boolean":
        return (False, True)
    turning = _turning(question, expressions)
    if question.kind == "string":
        return (*(value for value in turning if isinstance(value, str)), _other(turning))
    points = [value for value in turning if is_number(value)]
    bounds = [bound for bound in (question.minimum, question.maximum) if bound is not None]
    values = _whole(points, bounds) if question.kind == "integer" else _spread([*points, *bounds], question)
    return tuple(value for value in values if question.allows(value))


def _turning(question: Question, expressions: Iterable[Expression]) -> list[Scalar]:
    found: list[Scalar] = []
    for expression in expressions:
        for leaf in leaves(expression):
            if leaf.question == question.id:
                for value in leaf.values if isinstance(leaf, Among) else (leaf.limit,):
                    if not any(same(value, other) for other in found):
                        found.append(value)
    return found


def _other(texts: Iterable[Scalar]) -> str:
    """Give a text that is none of some texts."""
    return max((text for text in texts if isinstance(text, str)), key=len, default="") + "-"


def _whole(points: list[int | float], bounds: list[float]) -> list[int]:
    near = {round_(point) + step for point in points for round_ in (math.floor, math.ceil) for step in (-1, 0, 1)}
    return sorted(near | {math.floor(bound) for bound in bounds} or {0})


def _spread(points: list[int | float], question: Question) -> list[int | float]:
    ordered = sorted(set(points))
    if not ordered:
        return [0]
    found = [*ordered]
    if question.minimum is None:
        found.append(ordered[0] - 1)
    if question.maximum is None:
        found.append(ordered[-1] + 1)
    for low, high in pairwise(ordered):
        if math.nextafter(low, math.inf) < high:
            found.append(between(low, high))
    return sorted(found)


def between(low: int | float, high: int | float) -> int | float:
    """Give a number between two others that is as short to write as can be: 2.1 between 2 and 2.5."""
    step = Decimal(10) ** math.ceil(math.log10(high - low))
    for _ in range(_DIGITS):
        value = (Decimal(str(low)) // step + 1) * step
        found = int(value) if value == int(value) else float(value)
        if low < found < high:
            return found
        step /= 10
    return math.nextafter(low, math.inf)
