"""The expressions of many rules as one graph: every distinct part is one object, so that it is computed once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from cart_screen.answers.scalars import Scalar
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
    terms_of,
)

TRUE = Constant(True)
FALSE = Constant(False)


class Graph:
    """
    Expressions in which equal parts are one and the same object.

    The graph keeps its parts alive, so their identities stand for them.
    """

    def __init__(self) -> None:
        self._parts: dict[tuple[object, ...], Expression] = {}
        self._added: dict[int, tuple[Expression, Expression]] = {}
        self._plain: dict[int, Expression] = {}
        self._heights: dict[int, int] = {}

    def add(self, expression: Expression) -> Expression:
        """Give the part of the graph that is equal to an expression, names included."""
        known = self._added.get(id(expression))
        if known is None:
            # The expression itself is kept too, so that its identity is not given to another one.
            known = self._added[id(expression)] = (expression, self._like(expression))
        return known[1]

    def plain(self, part: Expression) -> Expression:
        """
        Give the part that reads as another part of the graph does, without names and with constants folded away.

        What is folded changes neither the truth, whatever is unknown, nor the questions that are awaited.
        """
        if id(part) not in self._plain:
            self._plain[id(part)] = self._folded(part)
        return self._plain[id(part)]

    def height(self, part: Expression) -> int:
        """Give how many levels of parts stand below a part: every part of it has fewer."""
        if id(part) not in self._heights:
            self._heights[id(part)] = 1 + max(map(self.height, terms_of(part)), default=-1)
        return self._heights[id(part)]

    def _like(self, expression: Expression) -> Expression:
        match expression:
            case Constant(value=value):
                return TRUE if value else FALSE
            case Compare(question=question, relation=relation, limit=limit):
                return self._one((Compare, question, relation, _exact(limit)), expression)
            case Among(question=question, values=values):
                return self._one((Among, question, *map(_exact, values)), expression)
            case And(terms=terms):
                return self._whole(And, [self.add(term) for term in terms])
            case Or(terms=terms):
                return self._whole(Or, [self.add(term) for term in terms])
            case ExactlyOne(terms=terms):
                return self._whole(ExactlyOne, [self.add(term) for term in terms])
            case Not(term=term):
                return self._not(self.add(term))
            case Named(title=title, reason=reason, sources=sources, recoverable=recoverable, term=term):
                inner = self.add(term)
                key = (Named, title, reason, sources, recoverable, id(inner))
                return self._one(key, Named(title, reason, sources, recoverable, inner))
            case IfThenElse(condition=condition, then=then, otherwise=otherwise):
                return self._if(self.add(condition), self.add(then), self.add(otherwise))
            case _:
                assert_never(expression)

    def _folded(self, part: Expression) -> Expression:
        match part:
            case Constant() | Compare() | Among():
                return part
            case And(terms=terms):
                return self._united(And, terms, TRUE, FALSE)
            case Or(terms=terms):
                return self._united(Or, terms, FALSE, TRUE)
            case ExactlyOne(terms=terms):
                return self._whole(ExactlyOne, [self.plain(term) for term in terms])
            case Not(term=term):
                return self._opposite(self.plain(term))
            case Named(term=term):
                return self.plain(term)
            case IfThenElse(condition=condition, then=then, otherwise=otherwise):
                return self._branch(self.plain(condition), self.plain(then), self.plain(otherwise))
            case _:
                assert_never(part)

    def _united(
        self, whole: type[And | Or], terms: Iterable[Expression], idle: Expression, decisive: Expression
    ) -> Expression:
        plain = [self.plain(term) for term in terms]
        if any(term is decisive for term in plain):
            return decisive
        kept = list({id(term): term for term in plain if term is not idle}.values())
        if len(kept) <= 1:
            return kept[0] if kept else idle
        return self._whole(whole, kept)

    def _opposite(self, term: Expression) -> Expression:
        match term:
            case Constant(value=value):
                return FALSE if value else TRUE
            case Not(term=inner):
                return inner
            case _:
                return self._not(term)

    def _branch(self, condition: Expression, then: Expression, otherwise: Expression) -> Expression:
        # With one branch fixed, the three parts that the reading of `if` consists of absorb each other.
        if otherwise is TRUE:
            return self._united(Or, (self._opposite(condition), then), FALSE, TRUE)
        if then is TRUE:
            return self._united(Or, (condition, otherwise), FALSE, TRUE)
        if otherwise is FALSE:
            return self._united(And, (condition, then), TRUE, FALSE)
        if then is FALSE:
            return self._united(And, (self._opposite(condition), otherwise), TRUE, FALSE)
        if isinstance(condition, Constant):
            return then if condition is TRUE else otherwise
        return self._if(condition, then, otherwise)

    def _whole(self, whole: type[And | Or | ExactlyOne], terms: list[Expression]) -> Expression:
        return self._one((whole, *map(id, terms)), whole(tuple(terms)))

    def _not(self, term: Expression) -> Expression:
        return self._one((Not, id(term)), Not(term))

    def _if(self, condition: Expression, then: Expression, otherwise: Expression) -> Expression:
        return self._one((IfThenElse, id(condition), id(then), id(otherwise)), IfThenElse(condition, then, otherwise))

    def _one(self, key: tuple[object, ...], part: Expression) -> Expression:
        return self._parts.setdefault(key, part)


def _exact(value: Scalar) -> tuple[type, Scalar]:
    """Tell apart what Python takes for equal: ``True`` and 1."""
    return type(value), value
