"""
Two expressions laid over each other as one tree: equal parts once, unequal parts side by side.

What both share comes out the same on both sides, so a difference can only come from where they differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import zip_longest
from typing import assert_never

from cart_screen.authoring.representatives import Leaf
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
from cart_screen.truth import Truth, conjunction, disjunction, exactly_one, truth_of

Pair = tuple[Truth, Truth]


class Joint(Enum):
    """How the truths of terms make the truth of the whole."""

    AND = "and"
    OR = "or"
    ONE = "one"

    def of(self, truths: Iterable[Truth]) -> Truth:
        """Combine the truths of terms."""
        match self:
            case Joint.AND:
                return conjunction(truths)
            case Joint.OR:
                return disjunction(truths)
            case Joint.ONE:
                return exactly_one(truths)
            case _:
                assert_never(self)

    def after(self, seen: tuple[Truth, ...], truth: Truth) -> tuple[Truth, ...]:
        """Give the shortest list of truths that says as much as those seen so far and one more."""
        if self is not Joint.ONE:
            return (self.of((*seen, truth)),)
        truths = (*seen, truth)
        unknown, true = truths.count(Truth.UNKNOWN), truths.count(Truth.TRUE)
        return (Truth.UNKNOWN,) * min(unknown, 1) + (Truth.TRUE,) * min(true, 2)


@dataclass(frozen=True, eq=False)
class Fixed:
    """Both sides have their truth whatever the answers."""

    pair: Pair


@dataclass(frozen=True, eq=False)
class Asked:
    """A condition on either side, both on the same answer."""

    question: str
    sides: tuple[Leaf, Leaf]


@dataclass(frozen=True, eq=False)
class Apart:
    """Two trees that have nothing in common: one gives the left side, the other the right."""

    parts: tuple[Node, Node]


@dataclass(frozen=True, eq=False)
class Turned:
    """A tree with its left side, its right side or both negated."""

    sides: tuple[bool, bool]
    parts: tuple[Node]


@dataclass(frozen=True, eq=False)
class Many:
    """Parts that are joined on either side, perhaps in different ways."""

    sides: tuple[Joint, Joint]
    parts: tuple[Node, ...]


@dataclass(frozen=True, eq=False)
class Branch:
    """Condition, then and otherwise, on both sides."""

    parts: tuple[Node, Node, Node]


Node = Fixed | Asked | Apart | Turned | Many | Branch
_Joined = And | Or | ExactlyOne


def joined(one: Expression, other: Expression) -> Node:
    """Lay two expressions over each other; names are passed over."""
    match one, other:
        case (Named(term=term), _):
            return joined(term, other)
        case (_, Named(term=term)):
            return joined(one, term)
        case (Constant(value=left), Constant(value=right)):
            return Fixed((truth_of(left), truth_of(right)))
        case (Not(term=left), Not(term=right)):
            return Turned((True, True), (joined(left, right),))
        case (Not(term=term), _):
            return Turned((True, False), (joined(term, other),))
        case (_, Not(term=term)):
            return Turned((False, True), (joined(one, term),))
        case (Compare() | Among(), Compare() | Among()) if one.question == other.question:
            return Asked(one.question, (one, other))
        case (IfThenElse(), IfThenElse()):
            return Branch(
                (
                    joined(one.condition, other.condition),
                    joined(one.then, other.then),
                    joined(one.otherwise, other.otherwise),
                )
            )
        case (And() | Or() | ExactlyOne(), And() | Or() | ExactlyOne()):
            return _many(_joint(one), one.terms, _joint(other), other.terms)
        case (And() | Or() | ExactlyOne(), Compare() | Among() | IfThenElse()):
            return _many(_joint(one), one.terms, _joint(one), (other,))
        case (Compare() | Among() | IfThenElse(), And() | Or() | ExactlyOne()):
            return _many(_joint(other), (one,), _joint(other), other.terms)
        case _:
            return Apart((joined(one, one), joined(other, other)))


def _joint(expression: _Joined) -> Joint:
    match expression:
        case And():
            return Joint.AND
        case Or():
            return Joint.OR
        case ExactlyOne():
            return Joint.ONE
        case _:
            assert_never(expression)


def _many(left: Joint, ones: tuple[Expression, ...], right: Joint, others: tuple[Expression, ...]) -> Many:
    """Lay equal terms over each other, the rest in turn; a term without a partner meets one that adds nothing."""
    shared: list[Expression] = []
    rest = list(others)
    alone: list[Expression] = []
    for term in ones:
        if term in rest:
            rest.remove(term)
            shared.append(term)
        else:
            alone.append(term)
    parts = [joined(one or _nothing(left), other or _nothing(right)) for one, other in zip_longest(alone, rest)]
    return Many((left, right), (*parts, *(joined(term, term) for term in shared)))


def _nothing(joint: Joint) -> Constant:
    return Constant(joint is Joint.AND)


def questions_under(node: Node) -> Iterator[str]:
    """Give the id of every question that a tree reads, repeats included."""
    match node:
        case Fixed():
            return
        case Asked(question=question):
            yield question
        case Apart(parts=parts) | Turned(parts=parts) | Many(parts=parts) | Branch(parts=parts):
            for part in parts:
                yield from questions_under(part)
        case _:
            assert_never(node)
