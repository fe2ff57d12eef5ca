"""Comparing with a limit exactly, whether a column holds whole numbers or 64-bit floats."""

from __future__ import annotations

from math import ceil, floor
from typing import assert_never

from cart_screen.rules.expressions import Relation

# The whole numbers of a column: the least and the greatest that its type holds.
Span = tuple[int, int]
Test = tuple[Relation, int | float]


def on_whole_numbers(relation: Relation, limit: float, span: Span) -> Test | bool:
    """
    Give the same comparison with a whole limit that the column's type holds, or what always comes out.

    A backend may turn a column of whole numbers into floats in order to compare it with one, and floats cannot
    tell large numbers apart.
    """
    least, greatest = span
    match relation:
        case Relation.AT_LEAST | Relation.ABOVE:
            lowest = ceil(limit) if relation is Relation.AT_LEAST else floor(limit) + 1
            if lowest <= least:
                return True
            return (Relation.AT_LEAST, lowest) if lowest <= greatest else False
        case Relation.AT_MOST | Relation.BELOW:
            highest = floor(limit) if relation is Relation.AT_MOST else ceil(limit) - 1
            if highest >= greatest:
                return True
            return (Relation.AT_MOST, highest) if highest >= least else False
        case _:
            assert_never(relation)


def on_floats(relation: Relation, limit: float) -> Test | bool:
    """Give the same comparison with a limit that is a float, or what always comes out."""
    try:
        near = float(limit)
    except OverflowError:
        # A whole number beyond every float.
        return (relation in (Relation.AT_MOST, Relation.BELOW)) is (limit > 0)
    if near == limit:
        return relation, near
    is_lower_bound = relation in (Relation.AT_LEAST, Relation.ABOVE)
    if near > limit:
        return (Relation.AT_LEAST if is_lower_bound else Relation.BELOW), near
    return (Relation.ABOVE if is_lower_bound else Relation.AT_MOST), near


def whole_number(value: float, span: Span) -> int | None:
    """Give a value as a whole number that a column's type holds, or None where it is none."""
    return int(value) if value == int(value) and span[0] <= value <= span[1] else None


def as_float(value: float) -> float | None:
    """Give a value as the float that equals it, or None where no float does."""
    try:
        return float(value) if float(value) == value else None
    except OverflowError:
        return None
