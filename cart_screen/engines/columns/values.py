"""The values that derived answers are made of, as nodes: whether they are known, and what holds of them."""

from __future__ import annotations

from typing import assert_never

from cart_screen.answers.scalars import Scalar, is_number
from cart_screen.engines.columns.conditions import Leaf, Truths, asked_of
from cart_screen.engines.columns.nodes import FALSE, TRUE, UNKNOWN, Node, Numeric, fixed
from cart_screen.rules.expressions import (
    Among,
    Arithmetic,
    Choice,
    Compare,
    Expression,
    Given,
    Literal,
    Mapped,
    Marker,
    Relation,
    Resolved,
    Value,
)
from cart_screen.rules.reference import evaluate
from cart_screen.truth import Truth

_TRUTH = {Truth.TRUE: True, Truth.FALSE: False, Truth.UNKNOWN: None}


class Values:
    """What a record says of the values that derived answers are made of."""

    def __init__(self, truths: Truths) -> None:
        self._truths = truths
        self._record = truths.record
        self._logic = truths.logic

    def known(self, value: Value) -> Node:
        """Give the node that holds where a value is known; it is never null."""
        match value:
            case Given(question=question) | Resolved(question=question) | Marker(question=question):
                return self._record.known(question)
            case Literal():
                return TRUE
            case Mapped(question=question, table=table):
                return self._logic.surely(self._record.condition(Among(question, tuple(key for key, _ in table))))
            case Arithmetic():
                number = self.number(value)
                # A computed number is null where it is unknown, whatever it is compared with.
                return FALSE if number is None else self._logic.known(self._logic.reaches(number, Relation.AT_LEAST, 0))
            case Choice(condition=condition, then=then, otherwise=otherwise):
                yes, no = self._branches(condition)
                every = self._logic.every
                return self._logic.some((every((yes, self.known(then))), every((no, self.known(otherwise)))))
            case _:
                assert_never(value)

    def condition(self, value: Value, leaf: Leaf) -> Node:
        """Give the node of a condition on a value; null where the value is unknown."""
        match value:
            case Given(question=question) | Resolved(question=question):
                return self._record.condition(asked_of(leaf, question))
            case Literal(value=fixed_value):
                return _said_of(leaf, fixed_value)
            case Marker(question=question, value=fixed_value):
                return self._logic.where(self._record.known(question), _said_of(leaf, fixed_value))
            case Mapped(question=question, table=table):
                met = tuple(key for key, result in table if _said_of(leaf, result) is TRUE)
                return self._logic.where(self.known(value), self._record.condition(Among(question, met)))
            case Arithmetic():
                number = self.number(value)
                return UNKNOWN if number is None else self._compared(number, leaf)
            case Choice(condition=condition, then=then, otherwise=otherwise):
                yes, no = self._branches(condition)
                surely = self._logic.surely
                then_met, otherwise_met = surely(self.condition(then, leaf)), surely(self.condition(otherwise, leaf))
                either = self._logic.some((self._logic.every((yes, then_met)), self._logic.every((no, otherwise_met))))
                return self._logic.where(self.known(value), either)
            case _:
                assert_never(value)

    def number(self, value: Value) -> Numeric | None:
        """Give a value as a number, or None where it is unknown, or no number, in every row."""
        match value:
            case Given(question=question) | Resolved(question=question):
                return self._record.number(question)
            case Literal(value=fixed_value):
                return self._logic.figure(float(fixed_value)) if is_number(fixed_value) else None
            case Marker(question=question, value=fixed_value):
                cases = [(self._record.known(question), Literal(fixed_value))]
            case Mapped(question=question, table=table):
                surely, condition = self._logic.surely, self._record.condition
                cases = [(surely(condition(Among(question, (key,)))), Literal(result)) for key, result in table]
            case Arithmetic(operator=operator, left=left, right=right):
                first, second = self.number(left), self.number(right)
                return None if first is None or second is None else self._logic.combined(operator, first, second)
            case Choice(condition=condition, then=then, otherwise=otherwise):
                yes, no = self._branches(condition)
                return self.first_of([(yes, then), (no, otherwise)])
            case _:
                assert_never(value)
        return self.first_of(cases)

    def first_of(self, cases: list[tuple[Node, Value]] | list[tuple[Node, Literal]]) -> Numeric | None:
        """Give the number whose condition holds; at most one does in each row."""
        numbers = [(condition, self.number(value)) for condition, value in cases if condition is not FALSE]
        kept = [(condition, number) for condition, number in numbers if number is not None]
        if len(kept) == 1 and kept[0][0] is TRUE:
            return kept[0][1]
        return self._logic.chosen(kept) if kept else None

    def _branches(self, condition: Expression) -> tuple[Node, Node]:
        truth = self._truths.of(condition)
        return self._logic.surely(truth), self._logic.surely_not(truth)

    def _compared(self, number: Numeric, leaf: Leaf) -> Node:
        match leaf:
            case Compare(relation=relation, limit=limit):
                return self._logic.reaches(number, relation, limit)
            case Among(values=values):
                reaches, both = self._logic.reaches, (Relation.AT_LEAST, Relation.AT_MOST)
                wanted = [float(value) for value in values if is_number(value)]
                each = [self._logic.every(reaches(number, one, value) for one in both) for value in wanted]
                return self._logic.where(self._logic.known(reaches(number, both[0], 0)), self._logic.some(each))
            case _:
                assert_never(leaf)


def _said_of(leaf: Leaf, value: Scalar) -> Node:
    return fixed(_TRUTH[evaluate(leaf, {leaf.question: value})])
