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
Written = Callable[[Computed], Any]


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
    """Writes nodes over answer columns, in the words that narwhals has from polars."""

    def __init__(self, columns: Mapping[str, AnswerColumn], library: Any) -> None:
        self._columns = columns
        self._library = library

    def write(self, node: Computed, part: Written) -> Any:
        """Write one node; ``part`` gives what is written for each of its parts."""
        match node:
            case Fixed(value=value):
                return self._library.lit(value, dtype=self._library.Boolean)
            case Given(question=question):
                return ~self._answer(question).is_null()
            case Outside(question=question):
                found = outside(self._columns[question], self._library)
                return self._library.lit(False, dtype=self._library.Boolean) if found is None else found
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
                return self._library.when(part(condition)).then(part(then))
            case Number(question=question):
                return self._answer(question).cast(self._library.Float64)
            case Figure(value=value):
                return self._library.lit(value, dtype=self._library.Float64)
            case Combined(operator=sign, left=left, right=right):
                return _combined(sign, part(left), part(right), self._library)
            case Chosen(cases=()):
                return self._library.lit(None, dtype=self._library.Float64)
            case Chosen(cases=cases):
                return self._library.coalesce(
                    *(self._library.when(part(condition)).then(part(number)) for condition, number in cases)
                )
            case _:
                assert_never(node)

    def output(self, output: Output, part: Written) -> Any:
        """Write a column that is given back."""
        match output:
            case Texts(cases=cases):
                return self._texts(cases, part)
            case Whole(number=number):
                return part(number).cast(self._library.Int64)
            case _:
                return part(output)

    def _answer(self, question: str) -> Any:
        return self._library.col(self._columns[question].name)

    def _condition(self, leaf: Compare | Among) -> Any:
        column = self._columns[leaf.question]
        answer = self._library.col(column.name)
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

    def _among(self, answer: Any, values: list[Any]) -> Any:
        if not values:
            return _constant(answer, False, self._library)
        return answer == values[0] if len(values) == 1 else answer.is_in(values)

    def _tested(self, number: Any, test: Test | bool) -> Any:
        if isinstance(test, bool):
            return _constant(number, test, self._library)
        relation, limit = test
        compared: Any = _COMPARED[relation](number, limit)
        return compared

    def _texts(self, cases: tuple[tuple[Node, str], ...], part: Written) -> Any:
        words = [text for _, text in cases]
        if not words:
            return self._library.lit(None, dtype=self._library.String)
        dtype = self._library.String if self._library is nw else self._library.Enum(list(dict.fromkeys(words)))
        return self._library.coalesce(
            *(self._library.when(part(node)).then(self._library.lit(text, dtype=dtype)) for node, text in cases)
        )


def _constant(answer: Any, value: bool, library: Any) -> Any:
    return library.when(~answer.is_null()).then(library.lit(value, dtype=library.Boolean))


def _combined(sign: Operator, left: Any, right: Any, library: Any) -> Any:
    match sign:
        case Operator.TIMES:
            return left * right
        case Operator.MINUS:
            return left - right
        case Operator.OVER:
            return library.when((right != 0).fill_null(False)).then(left / right)
        case _:
            assert_never(sign)
