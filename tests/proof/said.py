"""What an engine says of rules and records, in one form for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from cart_screen.rules.derivations import Reading
from cart_screen.rules.expressions import Expression, Named
from cart_screen.rules.reasons import awaited, because, named_parts
from cart_screen.rules.reference import Record, evaluate
from cart_screen.truth import Truth

PARTS = ("truth", "awaiting", "because", "reasons")


class Said(NamedTuple):
    """
    What an engine says of one rule and one record; None where it does not say such a thing.

    ``awaiting`` and ``because`` hold question ids, ``reasons`` the titles and reason keys of named conditions.
    """

    truth: Truth
    awaiting: tuple[str, ...] | None = None
    because: tuple[str, ...] | None = None
    reasons: tuple[tuple[str, str], ...] | None = None


class Specified:
    """What the specification says of one rule and one record, each part found when it is asked for."""

    def __init__(self, expression: Expression, record: Record, reading: Reading) -> None:
        self._expression = expression
        self._record = record
        self._reading = reading

    @cached_property
    def truth(self) -> Truth:
        """The truth."""
        return evaluate(self._expression, self._record)

    @cached_property
    def awaiting(self) -> tuple[str, ...]:
        """The questions that can still change it."""
        return awaited(self._expression, self._record, self._reading)

    @cached_property
    def because(self) -> tuple[str, ...]:
        """The answers that decided it."""
        return tuple(because(self._expression, self._record, self._reading))

    @cached_property
    def reasons(self) -> tuple[tuple[str, str], ...]:
        """The named conditions that explain it."""
        return titled(named_parts(self._expression, self._record, self.truth))


# Records in; for each record, what is said of each rule in the order of the rule set's names.
Reader = Callable[[Sequence[Record]], Sequence[tuple[Said | Specified, ...]]]


def titled(named: Iterable[Named]) -> tuple[tuple[str, str], ...]:
    """Give each named condition once: one that stands at several places explains no more than at the first."""
    return tuple(dict.fromkeys((part.title, part.reason) for part in named))
