"""Expressions as a table of plain JSON nodes, in which equal parts stand once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from json import dumps
from types import MappingProxyType
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
)

_NO_SOURCES: Mapping[str, int] = MappingProxyType({})


class Nodes:
    """
    The table: a node names its terms by their places, which are always lower than its own.

    ``["is", id, value, …]``, ``[">=" "<=" ">" or "<", id, limit]``,
    ``["and" "or" or "one", term, …]``, ``["not", term]``, ``["if", condition, then, otherwise]`` and
    ``["name", term, reason, recoverable, [source, …], case]``: where its ``case`` does not hold, a name is about a
    case that is not at hand; null where it is about any.
    """

    def __init__(self) -> None:
        self.nodes: list[list[Any]] = []
        self._places: dict[str, int] = {}

    def place(self, expression: Expression, sources: Mapping[str, int] = _NO_SOURCES) -> int:
        """Give the place of an expression; ``sources`` gives those of the sources that its names may cite."""
        node = self._node(expression, sources)
        # The text tells 1, 1.0 and true apart.
        place = self._places.setdefault(dumps(node), len(self.nodes))
        if place == len(self.nodes):
            self.nodes.append(node)
        return place

    def _node(self, expression: Expression, sources: Mapping[str, int]) -> list[Any]:
        def places(terms: Iterable[Expression]) -> Sequence[int]:
            return [self.place(term, sources) for term in terms]

        match expression:
            case Constant(value=value):
                # Of nothing "and" holds, and "or" does not.
                return ["and" if value else "or"]
            case Compare(question=question, relation=relation, limit=limit):
                return [relation.value, question, limit]
            case Among(question=question, values=values):
                return ["is", question, *values]
            case And(terms=terms):
                return ["and", *places(terms)]
            case Or(terms=terms):
                return ["or", *places(terms)]
            case ExactlyOne(terms=terms):
                return ["one", *places(terms)]
            case Not(term=term):
                return ["not", *places([term])]
            case IfThenElse(condition=condition, then=then, otherwise=otherwise):
                return ["if", *places([condition, then, otherwise])]
            case Named(reason=reason, sources=addresses, recoverable=recoverable, term=term):
                cited = [sources[address] for address in addresses if address in sources]
                return ["name", *places([term]), reason, recoverable, cited, self._case(term)]
            case _:
                assert_never(expression)

    def _case(self, expression: Expression) -> int | None:
        match expression:
            case IfThenElse(condition=condition, otherwise=Constant()):
                return self.place(condition)
            case _:
                return None
