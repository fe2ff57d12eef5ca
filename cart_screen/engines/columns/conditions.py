"""Conditions on answers as nodes: what a record of columns says of an expression."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol, assert_never

from cart_screen.answers.dictionary import Dictionary
from cart_screen.answers.scalars import is_kind
from cart_screen.engines.columns.intake import AnswerColumn
from cart_screen.engines.columns.logic import Logic
from cart_screen.engines.columns.nodes import FALSE, TRUE, UNKNOWN, Node, Numeric, fixed
from cart_screen.engines.graph import Graph
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


class Record(Protocol):
    """A record of answers as columns: for each row, what is known of each question."""

    def condition(self, leaf: Leaf) -> Node:
        """Give the node of a condition on one answer; null where the answer is unknown."""

    def known(self, question: str) -> Node:
        """Give the node that holds where an answer is known; it is never null."""

    def number(self, question: str) -> Numeric | None:
        """Give a numeric answer, or None where it is unknown in every row."""


class FrameRecord:
    """The answers that stand in the columns of a frame, as they are; a question without a column is unknown."""

    def __init__(self, dictionary: Dictionary, columns: Iterable[AnswerColumn], logic: Logic) -> None:
        self._dictionary = dictionary
        self._columns = {column.question.id: column for column in columns}
        self._filled = {id for id, column in self._columns.items() if not column.is_empty}
        self._logic = logic

    def condition(self, leaf: Leaf) -> Node:
        """Give the node of a condition on one answer; null where the answer is unknown."""
        question = leaf.question
        if question not in self._filled:
            return UNKNOWN
        match leaf:
            case Compare():
                return self._logic.holds(leaf)
            case Among(values=values):
                kind = self._dictionary.questions[question].kind
                kept = tuple(dict.fromkeys(value for value in values if is_kind(value, kind)))
                match kind:
                    case "string":
                        return self._logic.holds(Among(question, kept)) if kept else self._constant(question, False)
                    case "boolean":
                        return self._yes_or_no(question, kept)
                    case "integer" | "number":
                        each = [self._logic.holds(Among(question, (value,))) for value in kept]
                        return self._logic.some(each) if each else self._constant(question, False)
                    case _:
                        assert_never(kind)
            case _:
                assert_never(leaf)

    def known(self, question: str) -> Node:
        """Give the node that holds where an answer is known; it is never null."""
        return self._logic.given(question) if question in self._filled else FALSE

    def number(self, question: str) -> Numeric | None:
        """Give a numeric answer, or None where it is unknown in every row."""
        is_numeric = self._dictionary.questions[question].kind in ("integer", "number")
        return self._logic.number(question) if is_numeric and question in self._filled else None

    def has(self, question: str) -> bool:
        """Tell whether there is a column for a question."""
        return question in self._columns

    def _yes_or_no(self, question: str, values: tuple[object, ...]) -> Node:
        if len(values) != 1:
            return self._constant(question, bool(values))
        yes = self._logic.holds(Among(question, (True,)))
        return yes if values[0] is True else self._logic.opposite(yes)

    def _constant(self, question: str, value: bool) -> Node:
        return self._logic.where(self.known(question), fixed(value))


class Truths:
    """The truth of expressions over one record, each distinct part read once."""

    def __init__(self, record: Record, graph: Graph, logic: Logic) -> None:
        self.record = record
        self.graph = graph
        self.logic = logic
        self._read: dict[int, Node] = {}

    def part(self, expression: Expression) -> Expression:
        """Give the part of the graph that reads as an expression does, one object for all that read the same."""
        return self.graph.plain(self.graph.add(expression))

    def of(self, expression: Expression) -> Node:
        """Give the truth of an expression; null is unknown."""
        part = self.part(expression)
        key = id(part)
        if key not in self._read:
            self._read[key] = self._truth(part)
        return self._read[key]

    def _truth(self, part: Expression) -> Node:
        match part:
            case Constant(value=value):
                return TRUE if value else FALSE
            case Compare() | Among():
                return self.record.condition(part)
            case And(terms=terms):
                return self.logic.every(map(self.of, terms))
            case Or(terms=terms):
                return self.logic.some(map(self.of, terms))
            case Not(term=term):
                return self.logic.opposite(self.of(term))
            case Named(term=term):
                return self.of(term)
            case ExactlyOne(terms=terms):
                return self._exactly_one([self.of(term) for term in terms])
            case IfThenElse(condition=condition, then=then, otherwise=otherwise):
                return self._branch(self.of(condition), self.of(then), self.of(otherwise))
            case _:
                assert_never(part)

    def _branch(self, condition: Node, then: Node, otherwise: Node) -> Node:
        every, some = self.logic.every, self.logic.some
        return every(
            (some((self.logic.opposite(condition), then)), some((condition, otherwise)), some((then, otherwise)))
        )

    def _exactly_one(self, terms: list[Node]) -> Node:
        if len(terms) == 2:
            return self.logic.differ(*terms)
        return self.logic.some(self.logic.every(_one_alone(terms, place, self.logic)) for place in range(len(terms)))


def _one_alone(terms: list[Node], place: int, logic: Logic) -> Iterable[Node]:
    return (term if other == place else logic.opposite(term) for other, term in enumerate(terms))


def asked_of(leaf: Leaf, question: str) -> Leaf:
    """Give the same condition on the answer to another question."""
    return replace(leaf, question=question)
