"""
What an expression that is unknown awaits, as Python source.

A part is computed as one whole number: with *true* as 0, *false* as -1, and *unknown* as the mask of the answers
that it awaits. A conjunction is then the bitwise or of its terms: 0 adds nothing, -1 has every bit and stays, and
masks unite. A disjunction is the same with true and false exchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import assert_never

from cart_screen.engines.fields import indented, united
from cart_screen.engines.leaves import Leaf
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

# Deeper parts are computed as one number each: written out wherever they stand, they would double with every level.
_GONE_INTO = 2


class AwaitedSource:
    """
    The source that computes what expressions await, statement by statement, each part once.

    ``surely`` gives the text of a condition on one answer and the truth wanted, ``awaits`` the text of the mask of
    a question whose answer is missing.
    """

    def __init__(self, surely: Callable[[Leaf, bool], str], awaits: Callable[[str], str], prefix: str) -> None:
        self._surely = surely
        self._awaits = awaits
        self._prefix = prefix
        self._names: dict[tuple[int, bool], str] = {}
        self.statements: list[str] = []

    def text(self, expression: Expression) -> str:
        """Give the text of the number of an expression, true as 0; what it needs is added to ``statements``."""
        return self._number(expression, True)

    def _number(self, root: Expression, zero: bool) -> str:
        """Give the text of the number of a part; ``zero`` is the truth that is 0."""
        written: dict[tuple[int, bool], str] = {}
        pending = [(root, zero, False)]
        while pending:
            part, truth, is_ready = pending.pop()
            key = (id(part), truth)
            if key in written:
                continue
            if key in self._names:
                written[key] = self._names[key]
            elif is_ready:
                written[key] = self._written(part, truth, written)
            else:
                pending.append((part, truth, True))
                pending.extend((term, one, False) for term, one in _needs(part, truth))
        return written[(id(root), zero)]

    def _written(self, part: Expression, zero: bool, written: dict[tuple[int, bool], str]) -> str:
        match part:
            case Constant(value=value):
                return "0" if value is zero else "-1"
            case Compare(question=question) | Among(question=question):
                yes, no = self._surely(part, zero), self._surely(part, not zero)
                return f"(0 if {yes} else -1 if {no} else {self._awaits(question)})"
            case Not(term=term):
                return written[(id(term), not zero)]
            case Named(term=term):
                return written[(id(term), zero)]
            case And(terms=terms) | Or(terms=terms):
                own = isinstance(part, And)
                union = self._assign(part, own, united([written[(id(term), own)] for term in terms], "|"))
                return union if own is zero else self._assign(part, zero, f"{union} if {union} > 0 else ~{union}")
            case ExactlyOne(terms=terms):
                one = self._assign(part, True, self._one([written[(id(term), True)] for term in terms]))
                return one if zero else self._assign(part, False, f"{one} if {one} > 0 else ~{one}")
            case IfThenElse(condition=condition, then=then, otherwise=otherwise):
                return self._assign(part, zero, self._branch(condition, then, otherwise, zero, written))
            case _:
                assert_never(part)

    def _one(self, terms: list[str]) -> str:
        numbers = [self._variable(term) for term in terms]
        true = self._variable(united([f"({number} == 0)" for number in numbers], "+") or "0")
        open_now = self._variable(united([f"({number} if {number} > 0 else 0)" for number in numbers], "|") or "0")
        return f"-1 if {true} > 1 else {open_now} if {open_now} else {true} - 1"

    def _branch(
        self,
        condition: Expression,
        then: Expression,
        otherwise: Expression,
        zero: bool,
        written: dict[tuple[int, bool], str],
    ) -> str:
        asked = self._variable(written[(id(condition), True)])
        yes, no = self._variable(written[(id(then), zero)]), self._variable(written[(id(otherwise), zero)])
        either = f"{asked} | ({yes} if {yes} > 0 else 0) | ({no} if {no} > 0 else 0)"
        # While the condition is open, branches that agree decide.
        return f"{yes} if not {asked} else {no} if {asked} < 0 else {yes} if {yes} == {no} < 1 else {either}"

    def _assign(self, part: Expression, zero: bool, text: str) -> str:
        self._names[(id(part), zero)] = name = self._variable(text)
        return name

    def _variable(self, text: str) -> str:
        if text.isidentifier():
            return text
        name = f"{self._prefix}{len(self.statements)}"
        self.statements.append(f"{name} = {text}")
        return name


def _needs(part: Expression, zero: bool) -> list[tuple[Expression, bool]]:
    match part:
        case Constant() | Compare() | Among():
            return []
        case Not(term=term):
            return [(term, not zero)]
        case Named(term=term):
            return [(term, zero)]
        case And(terms=terms):
            return [(term, True) for term in terms]
        case Or(terms=terms):
            return [(term, False) for term in terms]
        case ExactlyOne(terms=terms):
            return [(term, True) for term in terms]
        case IfThenElse(condition=condition, then=then, otherwise=otherwise):
            return [(condition, True), (then, zero), (otherwise, zero)]
        case _:
            assert_never(part)


class OpenSource:
    """
    The source that unites what an expression awaits which is known to be unknown: no term of it decides it.

    So a term that does not hold is unknown too, and only such terms are gone into. ``is_missing`` gives the text that
    tells whether an answer is missing, ``holds`` the one whether a part surely has a truth.
    """

    def __init__(
        self,
        surely: Callable[[Leaf, bool], str],
        awaits: Callable[[str], str],
        is_missing: Callable[[str], str],
        holds: Callable[[Expression, bool], str],
    ) -> None:
        self._surely = surely
        self._awaits = awaits
        self._is_missing = is_missing
        self._holds = holds
        self._numbers = 0

    def lines(self, part: Expression, name: str, level: int = 0) -> list[str]:
        """Give the statements that add the mask of an unknown part to a variable."""
        if level == _GONE_INTO and not isinstance(part, Compare | Among):
            return self._number(part, name)
        match part:
            case Compare(question=question) | Among(question=question):
                return [f"{name} |= {self._awaits(question)}"]
            case And(terms=terms) | Or(terms=terms):
                return list(self._terms(terms, isinstance(part, And), name, level + 1))
            case Not(term=term) | Named(term=term):
                return self.lines(term, name, level)
            case IfThenElse(condition=condition, then=then, otherwise=otherwise):
                return [
                    f"if {self._holds(condition, True)}:",
                    *indented(self.lines(then, name, level + 1)),
                    f"elif {self._holds(condition, False)}:",
                    *indented(self.lines(otherwise, name, level + 1)),
                    "else:",
                    *indented(self._number(part, name)),
                ]
            case Constant() | ExactlyOne():
                return self._number(part, name)
            case _:
                assert_never(part)

    def _terms(self, terms: tuple[Expression, ...], idle: bool, name: str, level: int) -> Iterator[str]:
        """Give the statements for the terms of a whole, of which those with one truth have nothing to say."""
        single = [term.question for term in terms if isinstance(term, Compare | Among)]
        if single:
            masks = [f"({self._awaits(id)} if {self._is_missing(id)} else 0)" for id in dict.fromkeys(single)]
            yield f"{name} |= {united(masks, '|')}"
        for term in terms:
            if not isinstance(term, Compare | Among):
                yield f"if not {self._holds(term, idle)}:"
                yield from indented(self.lines(term, name, level))

    def _number(self, part: Expression, name: str) -> list[str]:
        self._numbers += 1
        source = AwaitedSource(self._surely, self._awaits, f"{name}{self._numbers}_")
        text = source.text(part)
        return [*source.statements, f"{name} |= {text}"]
