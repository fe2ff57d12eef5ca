"""Strong Kleene truth: true, false, or not known yet."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """
    What a statement about a person is worth when some answers may be missing.

    ``UNKNOWN`` is a value like the other two: it may still become either of them.
    """

    FALSE = "false"
    UNKNOWN = "unknown"
    TRUE = "true"

    def __bool__(self) -> bool:
        # An `if` on a three-valued truth would silently take unknown for one of the other two.
        raise TypeError(f"{self} has no two-valued reading: compare it with Truth.TRUE, Truth.FALSE or Truth.UNKNOWN.")

    # The members are single objects; the hash that Enum gives them is that of the name, computed anew each time.
    __hash__ = object.__hash__

    def __invert__(self) -> Truth:
        return _NEGATION[self]


_NEGATION = {Truth.FALSE: Truth.TRUE, Truth.UNKNOWN: Truth.UNKNOWN, Truth.TRUE: Truth.FALSE}


def truth_of(value: bool) -> Truth:
    """Lift a two-valued answer into ``Truth``."""
    return Truth.TRUE if value else Truth.FALSE


def conjunction(truths: Iterable[Truth]) -> Truth:
    """Kleene AND: one false decides, else one unknown leaves it open; of nothing, true."""
    result = Truth.TRUE
    for truth in truths:
        if truth is Truth.FALSE:
            return Truth.FALSE
        if truth is Truth.UNKNOWN:
            result = Truth.UNKNOWN
    return result


def disjunction(truths: Iterable[Truth]) -> Truth:
    """Kleene OR: one true decides, else one unknown leaves it open; of nothing, false."""
    return ~conjunction(~truth for truth in truths)


def exactly_one(truths: Iterable[Truth]) -> Truth:
    """True when one is true and the others are false; two true decide against it at once."""
    found = list(truths)
    true = found.count(Truth.TRUE)
    if true > 1:
        return Truth.FALSE
    if Truth.UNKNOWN in found:
        return Truth.UNKNOWN
    return truth_of(true == 1)


def if_then_else(condition: Truth, then: Truth, otherwise: Truth) -> Truth:
    """
    Read ``if c then t else e`` as ``(not c or t) and (c or e) and (t or e)``.

    The third part makes an unknown condition harmless where both branches agree; a plain
    two-branch reading lets an unknown condition fall into the else branch.
    """
    return conjunction(
        (
            disjunction((~condition, then)),
            disjunction((condition, otherwise)),
            disjunction((then, otherwise)),
        )
    )
