"""
Nullable booleans as a graph: what every column of verdicts is computed from, before any frame is seen.

Every distinct node is one object, so that it is computed once; constants are folded away.
"""

from __future__ import annotations

from collections.abc import Iterable

from cart_screen.engines.columns.nodes import (
    FALSE,
    TRUE,
    UNKNOWN,
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
    fixed,
    is_sure,
)
from cart_screen.rules.expressions import Among, Compare, Operator, Relation


class Logic:
    """Makes nodes: each distinct one once, with what is constant folded away."""

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], Node] = {}
        self._numbers: dict[tuple[object, ...], Numeric] = {}

    def given(self, question: str) -> Node:
        """Tell whether there is an answer in a column."""
        return self._one((Given, question), Given(question))

    def outside(self, question: str) -> Node:
        """Tell whether a column holds something that its question does not allow."""
        return self._one((Outside, question), Outside(question))

    def holds(self, leaf: Compare | Among) -> Node:
        """Give a condition on the answer in a column."""
        # Python takes True for 1, so the types of the values are part of the key.
        typed = leaf.values if isinstance(leaf, Among) else (leaf.limit,)
        return self._one((Holds, leaf, *map(type, typed)), Holds(leaf))

    def reaches(self, number: Numeric, relation: Relation, limit: float) -> Node:
        """Compare a computed number with a limit."""
        return self._one((Reaches, id(number), relation, limit), Reaches(number, relation, limit))

    def number(self, question: str) -> Numeric:
        """Give the numeric answer in a column."""
        return self._numbers.setdefault((Number, question), Number(question))

    def figure(self, value: float) -> Numeric:
        """Give a fixed number."""
        return self._numbers.setdefault((Figure, value), Figure(value))

    def combined(self, operator: Operator, left: Numeric, right: Numeric) -> Numeric:
        """Combine two numbers."""
        return self._numbers.setdefault((operator, id(left), id(right)), Combined(operator, left, right))

    def chosen(self, cases: Iterable[tuple[Node, Numeric]]) -> Numeric:
        """Give the number whose condition holds."""
        kept = tuple(cases)
        key = (Chosen, *(id(part) for case in kept for part in case))
        return self._numbers.setdefault(key, Chosen(kept))

    def every(self, terms: Iterable[Node]) -> Node:
        """Give the conjunction of nodes."""
        return self._united(Every, terms, TRUE, FALSE)

    def some(self, terms: Iterable[Node]) -> Node:
        """Give the disjunction of nodes."""
        return self._united(Some, terms, FALSE, TRUE)

    def opposite(self, term: Node) -> Node:
        """Give the negation of a node."""
        match term:
            case Fixed(value=value):
                return UNKNOWN if value is None else fixed(not value)
            case Opposite(term=inner):
                return inner
            case _:
                return self._one((Opposite, id(term)), Opposite(term))

    def differ(self, left: Node, right: Node) -> Node:
        """Tell whether exactly one of two nodes holds."""
        for one, other in ((left, right), (right, left)):
            if one is TRUE:
                return self.opposite(other)
            if one is FALSE:
                return other
            if one is UNKNOWN:
                return UNKNOWN
        return self._one((Differ, *sorted((id(left), id(right)))), Differ(left, right))

    def surely(self, term: Node) -> Node:
        """Tell whether a node is known to hold."""
        if is_sure(term):
            return term
        return FALSE if term is UNKNOWN else self._one((Surely, id(term)), Surely(term))

    def surely_not(self, term: Node) -> Node:
        """Tell whether a node is known not to hold."""
        return self.surely(self.opposite(term))

    def known(self, term: Node) -> Node:
        """Tell whether a node is not null."""
        match term:
            case Holds(leaf=leaf):
                return self.given(leaf.question)
            case Opposite(term=inner):
                return self.known(inner)
            case Where(condition=condition, then=then) if is_sure(then):
                return condition
            case Differ(left=left, right=right):
                return self.every((self.known(left), self.known(right)))
            case _ if is_sure(term):
                return TRUE
            case _:
                return FALSE if term is UNKNOWN else self._one((Known, id(term)), Known(term))

    def unknown(self, term: Node) -> Node:
        """Tell whether a node is null."""
        return self.opposite(self.known(term))

    def where(self, condition: Node, then: Node) -> Node:
        """Give a node where a condition that is never null holds, and null elsewhere."""
        if condition is TRUE or then is UNKNOWN:
            return then
        if condition is FALSE:
            return UNKNOWN
        return self._one((Where, id(condition), id(then)), Where(condition, then))

    def decided(self, met: Node, not_met: Node) -> Node:
        """Give the node that holds where ``met`` does, does not where ``not_met`` does, and is null elsewhere."""
        return self.where(self.some((met, not_met)), met)

    def _united(self, whole: type[Every | Some], terms: Iterable[Node], idle: Node, decisive: Node) -> Node:
        kept: dict[int, Node] = {}
        for term in terms:
            if term is decisive or (is_sure(term) and id(self.opposite(term)) in kept):
                return decisive
            if term is not idle:
                kept[id(term)] = term
        if len(kept) <= 1:
            return next(iter(kept.values()), idle)
        return self._one((whole, *sorted(kept)), whole(tuple(kept.values()), all(map(is_sure, kept.values()))))

    def _one(self, key: tuple[object, ...], node: Node) -> Node:
        return self._made.setdefault(key, node)
