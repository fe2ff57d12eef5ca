"""Nodes as narwhals expressions. AND, OR and NOT only; ``when`` stands only on what is never null."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any, assert_never

from cart_screen.answers.scalars import is_number
from cart_screen.engines.columns.backend import nw
from cart_screen.engines.columns.intake import AnswerColumn, outside
from cart_screen.engines.columns.limits import Test, as_float, on_floats, on_whole_numbers, whole_number
from cart_screen.engines.columns.nodes import (
    Chosen,
    Combined,
    Differ,
    Every,
    Figure,
    Fixed,
    Given,
    Holds,
    Known,
    Node,
    Number,
    Numeric,
    Opposite,
    Outside,
    Reaches,
    Some,
    Surely,
    Where,
    is_sure,
)
from cart_screen.rules.expressions import Among, Compare, Operator, Relation

_COMPARED: Mapping[Relation, Callable[[Any, Any], Any]] = {
    Relation.AT_LEAST: operator.ge,
    Relation.AT_MOST: operator.le,
    Relation.ABOVE: operator.gt,
    Relation.BELOW: operator.lt,
}

Computed = Node | Numeric
Written = Callable[[Computed], "nw.Expr"]


@dataclass(frozen=True)
class Texts:
    """A column of texts: the one whose node holds, else null; at most one does in each row, and none is null."""

    cases: tuple[tuple[Node, str], ...]


@dataclass(frozen=True)
class Whole:
    """A column of whole numbers."""

    number: Numeric


Output = Computed | Texts | Whole


def computed_in(output: Output) -> tuple[Computed, ...]:
    """Give what an output is computed from."""
    match output:
        case Texts(cases=cases):
            return tuple(node for node, _ in cases)
        case Whole(number=number):
            return (number,)
        case _:
            return (output,)


class Writer:
    """Writes nodes over the answer columns of one frame."""

    def __init__(self, columns: Mapping[str, AnswerColumn], *, has_enums: bool) -> None:
        self._columns = columns
        self._has_enums = has_enums

    def write(self, node: Computed, part: Written) -> nw.Expr:
        """Write one node; ``part`` gives what is written for each of its parts."""
        match node:
            case Fixed(value=value):
                return nw.lit(value, dtype=nw.Boolean)
            case Given(question=question):
                return ~self._answer(question).is_null()
            case Outside(question=question):
                found = outside(self._columns[question])
                return nw.lit(False, dtype=nw.Boolean) if found is None else found
            case Holds(leaf=leaf):
                return self._condition(leaf)
            case Reaches(number=number, relation=relation, limit=limit):
                exact = on_floats(relation, limit)
                return self._tested(part(number), exact)
            case Every(terms=terms):
                return reduce(operator.and_, map(part, terms))
            case Some(terms=terms):
                return reduce(operator.or_, map(part, terms))
            case Opposite(term=term):
                return ~part(term)
            case Differ(left=left, right=right):
                return part(left) != part(right)
            case Surely(term=term):
                return part(term).fill_null(False)
            case Known(term=term):
                return ~part(term).is_null()
            case Where(condition=condition, then=then):
                assert is_sure(condition), "an unknown condition would fall into the other branch"
                return nw.when(part(condition)).then(part(then))
            case Number(question=question):
                return self._answer(question).cast(nw.Float64)
            case Figure(value=value):
                return nw.lit(value, dtype=nw.Float64)
            case Combined(operator=sign, left=left, right=right):
                return _combined(sign, part(left), part(right))
            case Chosen(cases=()):
                return nw.lit(None, dtype=nw.Float64)
            case Chosen(cases=cases):
                return nw.coalesce(*(nw.when(part(condition)).then(part(number)) for condition, number in cases))
            case _:
                assert_never(node)

    def output(self, output: Output, part: Written) -> nw.Expr:
        """Write a column that is given back."""
        match output:
            case Texts(cases=cases):
                return self._texts(cases, part)
            case Whole(number=number):
                return part(number).cast(nw.Int64)
            case _:
                return part(output)

    def _answer(self, question: str) -> nw.Expr:
        return nw.col(self._columns[question].name)

    def _condition(self, leaf: Compare | Among) -> nw.Expr:
        column = self._columns[leaf.question]
        answer = nw.col(column.name)
        match leaf:
            case Compare(relation=relation, limit=limit):
                span = column.span
                test = on_floats(relation, limit) if span is None else on_whole_numbers(relation, limit, span)
                return self._tested(answer, test)
            case Among(values=values):
                match column.question.kind:
                    case "boolean":
                        return answer
                    case "string":
                        texts = [str(value) for value in values if not column.texts or value in column.texts]
                        return self._among(answer, texts)
                    case "integer" | "number":
                        whole, given = column.span, [value for value in values if is_number(value)]
                        exact = [as_float(value) if whole is None else whole_number(value, whole) for value in given]
                        return self._among(answer, [number for number in exact if number is not None])
                    case _:
                        assert_never(column.question.kind)
            case _:
                assert_never(leaf)

    def _among(self, answer: nw.Expr, values: list[Any]) -> nw.Expr:
        if not values:
            return _constant(answer, False)
        return answer == values[0] if len(values) == 1 else answer.is_in(values)

    def _tested(self, number: nw.Expr, test: Test | bool) -> nw.Expr:
        if isinstance(test, bool):
            return _constant(number, test)
        relation, limit = test
        compared: nw.Expr = _COMPARED[relation](number, limit)
        return compared

    def _texts(self, cases: tuple[tuple[Node, str], ...], part: Written) -> nw.Expr:
        words = [text for _, text in cases]
        if not words:
            return nw.lit(None, dtype=nw.String)
        dtype = nw.Enum(dict.fromkeys(words)) if self._has_enums else nw.String
        return nw.coalesce(*(nw.when(part(node)).then(nw.lit(text, dtype=dtype)) for node, text in cases))


def _constant(answer: nw.Expr, value: bool) -> nw.Expr:
    return nw.when(~answer.is_null()).then(nw.lit(value, dtype=nw.Boolean))


def _combined(sign: Operator, left: nw.Expr, right: nw.Expr) -> nw.Expr:
    match sign:
        case Operator.TIMES:
            return left * right
        case Operator.MINUS:
            return left - right
        case Operator.OVER:
            return nw.when((right != 0).fill_null(False)).then(left / right)
        case _:
            assert_never(sign)
