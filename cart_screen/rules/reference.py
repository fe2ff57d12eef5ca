"""
The reference evaluator: the three-valued reading, written as plainly as it can be.

It is the executable specification that every faster engine is held against. A record of resolved
answers maps question ids to values; an id that it lacks is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping

from cart_screen.answers.scalars import Scalar, is_number, same
from cart_screen.nouns import assert_never
from cart_screen.rules.expressions import (
    Among,
    And,
    Arithmetic,
    Choice,
    Compare,
    Constant,
    Derivation,
    ExactlyOne,
    Expression,
    Given,
    IfThenElse,
    Literal,
    Mapped,
    Marker,
    Named,
    Not,
    Operator,
    Or,
    Resolved,
    Value,
)
from cart_screen.truth import Truth, conjunction, disjunction, exactly_one, if_then_else, truth_of

Record = Mapping[str, Scalar]


def evaluate(expression: Expression, record: Record) -> Truth:
    """Read an expression over resolved answers in strong Kleene logic."""
    match expression:
        case Constant(value=value):
            return truth_of(value)
        case Compare(question=question, relation=relation, limit=limit):
            answer = record.get(question)
            return truth_of(relation.holds(answer, limit)) if is_number(answer) else Truth.UNKNOWN
        case Among(question=question, values=values):
            answer = record.get(question)
            return Truth.UNKNOWN if answer is None else truth_of(any(same(answer, value) for value in values))
        case And(terms=terms):
            return conjunction(evaluate(term, record) for term in terms)
        case Or(terms=terms):
            return disjunction(evaluate(term, record) for term in terms)
        case ExactlyOne(terms=terms):
            return exactly_one(evaluate(term, record) for term in terms)
        case Not(term=term):
            return ~evaluate(term, record)
        case Named(term=term):
            return evaluate(term, record)
        case IfThenElse(condition=condition, then=then, otherwise=otherwise):
            return if_then_else(evaluate(condition, record), evaluate(then, record), evaluate(otherwise, record))
        case _:
            assert_never(expression)


def compute(value: Value, record: Record) -> Scalar | None:
    """Compute a value over a record; None where it is unknown."""
    match value:
        case Given(question=question) | Resolved(question=question):
            return record.get(question)
        case Literal(value=fixed):
            return fixed
        case Marker(question=question, value=fixed):
            return fixed if question in record else None
        case Mapped(question=question, table=table):
            answer = record.get(question)
            return next((result for key, result in table if same(key, answer)), None)
        case Arithmetic(operator=operator, left=left, right=right):
            return _combined(operator, compute(left, record), compute(right, record))
        case Choice(condition=condition, then=then, otherwise=otherwise):
            truth = evaluate(condition, record)
            if truth is Truth.UNKNOWN:
                return None
            return compute(then if truth is Truth.TRUE else otherwise, record)
        case _:
            assert_never(value)


def first_known(derivation: Derivation, record: Record) -> Scalar | None:
    """
    Give the value of the first source of a derived answer that is known.

    A source whose value is known under a condition that is not yet known stops the search: a later
    source could be contradicted by it.
    """
    for source in derivation.sources:
        condition = evaluate(source.condition, record)
        if condition is Truth.FALSE:
            continue
        value = compute(source.value, record)
        if value is not None:
            return value if condition is Truth.TRUE else None
    return None


def _combined(operator: Operator, left: Scalar | None, right: Scalar | None) -> Scalar | None:
    if not is_number(left) or not is_number(right):
        return None
    try:
        found = _computed(operator, left, right)
    except OverflowError:
        return None
    return found if is_number(found) else None


def _computed(operator: Operator, left: float, right: float) -> float | None:
    match operator:
        case Operator.TIMES:
            return left * right
        case Operator.MINUS:
            return left - right
        case Operator.OVER:
            return left / right if right else None
        case _:
            assert_never(operator)
