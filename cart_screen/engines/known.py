"""Expressions as Python source where every answer is known."""

from __future__ import annotations

from collections.abc import Iterator, Set

from cart_screen.engines.rails import NONE, Rail, Rails, Written
from cart_screen.rules.expressions import Expression

_PAIR = 2


class KnownRails(Rails):
    """The source of rails where every answer is known: the two rails of a part are each other's opposite."""

    def _branching(
        self, condition: Expression, then: Expression, otherwise: Expression, wanted: bool
    ) -> Iterator[Rail]:
        yield from ((condition, True), (then, wanted), (otherwise, wanted))

    def _branch(
        self, condition: Expression, then: Expression, otherwise: Expression, wanted: bool, read: Set[str]
    ) -> Written:
        asked = self.text(condition, True, read)
        read = read | asked.read
        yes, no = self.text(then, wanted, read).text, self.text(otherwise, wanted, read).text
        return Written(f"({yes} if {asked.text} else {no})", asked.read)

    def _counting(self, terms: tuple[Expression, ...], wanted: bool) -> Iterator[Rail]:
        yield from ((term, True) for term in terms)

    def _one(self, terms: tuple[Expression, ...], wanted: bool, read: Set[str]) -> Written:
        if len(terms) == _PAIR:
            (first, second), _ = self.in_turn([(term, True) for term in terms], read)
            # Both are bool, of which there are two objects, so identity is equality.
            return Written(f"(({first}) {'is not' if wanted else 'is'} ({second}))", NONE)
        true, counted = self.summed(terms, True, read)
        return Written(f"({true} {'==' if wanted else '!='} 1)", counted)
