"""
The three-valued reading in two-valued schemas: one that is valid iff a criterion is definitely met, one iff
it is definitely not met.

This is what somebody must write who has only a standard validator. Negation is pushed down to the conditions on
single answers, since ``not`` around ``properties`` would let a missing answer pass.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, assert_never

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
    Relation,
)

Schema = dict[str, Any]

_KEYWORD = {
    Relation.AT_LEAST: "minimum",
    Relation.AT_MOST: "maximum",
    Relation.ABOVE: "exclusiveMinimum",
    Relation.BELOW: "exclusiveMaximum",
}
_OPPOSITE = {
    Relation.AT_LEAST: Relation.BELOW,
    Relation.AT_MOST: Relation.ABOVE,
    Relation.ABOVE: Relation.AT_MOST,
    Relation.BELOW: Relation.AT_LEAST,
}


def plain(expression: Expression) -> Expression:
    """Give an expression that reads the same, of ``And`` and ``Or``, and ``Not`` around single conditions only."""
    return _signed(expression, positive=True)


def negated(expression: Expression) -> Expression:
    """Give the opposite of an expression, of the same few kinds."""
    return _signed(expression, positive=False)


def met(expression: Expression) -> Schema:
    """Give a schema that is valid iff the expression is true, whatever answers are added."""
    return _schema(plain(expression))


def not_met(expression: Expression) -> Schema:
    """Give a schema that is valid iff the expression is false, whatever answers are added."""
    return _schema(negated(expression))


def _signed(expression: Expression, *, positive: bool) -> Expression:
    def every(terms: Iterable[Expression]) -> Expression:
        return And(tuple(terms)) if positive else Or(tuple(terms))

    def some(terms: Iterable[Expression]) -> Expression:
        return Or(tuple(terms)) if positive else And(tuple(terms))

    match expression:
        case Constant(value=value):
            return Constant(value is positive)
        case Compare(question=question, relation=relation, limit=limit):
            return expression if positive else Compare(question, _OPPOSITE[relation], limit)
        case Among():
            return expression if positive else Not(expression)
        case And(terms=terms):
            return _flat(every(_signed(term, positive=positive) for term in terms))
        case Or(terms=terms):
            return _flat(some(_signed(term, positive=positive) for term in terms))
        case Not(term=term):
            return _signed(term, positive=not positive)
        case Named(term=term):
            return _signed(term, positive=positive)
        case IfThenElse(condition=condition, then=then, otherwise=otherwise):
            parts = (Or((Not(condition), then)), Or((condition, otherwise)), Or((then, otherwise)))
            return _signed(And(parts), positive=positive)
        case ExactlyOne(terms=terms):
            one = (
                And((term, *(Not(other) for other in (*terms[:position], *terms[position + 1 :]))))
                for position, term in enumerate(terms)
            )
            two = (And((term, other)) for position, term in enumerate(terms) for other in terms[position + 1 :])
            none = And(tuple(Not(term) for term in terms))
            return _signed(Or(tuple(one)) if positive else Or((none, *two)), positive=True)
        case _:
            assert_never(expression)


def _flat(expression: And | Or) -> Expression:
    """Drop what is constant, and join what is nested alike."""
    absorbing = isinstance(expression, Or)
    terms: list[Expression] = []
    for term in expression.terms:
        if isinstance(term, Constant):
            if term.value is absorbing:
                return term
        elif type(term) is type(expression):
            terms += term.terms
        else:
            terms.append(term)
    if not terms:
        return Constant(not absorbing)
    return terms[0] if len(terms) == 1 else type(expression)(tuple(terms))


def _schema(expression: Expression) -> Schema:
    match expression:
        case Constant(value=value):
            return {} if value else {"not": {}}
        case Compare() | Among() | Not():
            return _object([expression])
        case And(terms=terms):
            # Conditions on different answers go into one object: a validator then looks at the record once.
            simple: dict[str, Expression] = {}
            others: list[Expression] = []
            for term in terms:
                question = _question(term)
                if question is None or question in simple:
                    others.append(term)
                else:
                    simple[question] = term
            together = _object(simple.values()) if simple else {}
            return {**together, "allOf": [_schema(term) for term in others]} if others else together
        case Or(terms=terms):
            return {"anyOf": [_schema(term) for term in terms]}
        case _:
            raise AssertionError(expression)


def _question(expression: Expression) -> str | None:
    leaf = expression.term if isinstance(expression, Not) else expression
    return leaf.question if isinstance(leaf, Compare | Among) else None


def _object(leaves: Iterable[Expression]) -> Schema:
    properties = {str(_question(leaf)): _condition(leaf) for leaf in leaves}
    return {"properties": properties, "required": list(properties)}


def _condition(leaf: Expression) -> Schema:
    match leaf:
        case Compare(relation=relation, limit=limit):
            return {_KEYWORD[relation]: limit}
        case Among(values=(value,)):
            return {"const": value}
        case Among(values=values):
            return {"enum": list(values)}
        case Not(term=term):
            return {"not": _condition(term)}
        case _:
            raise AssertionError(leaf)
