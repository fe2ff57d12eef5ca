"""A function of a few values per row as a node: found by telling cases apart, one place after the other."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from itertools import product
from typing import Generic, TypeVar

from cart_screen.engines.columns.logic import Logic
from cart_screen.engines.columns.nodes import FALSE, TRUE, Node

_Value = TypeVar("_Value", bound=Hashable)


class Place(Generic[_Value]):
    """
    One value per row, out of a few.

    ``where`` gives for each value the node that holds where the row has it: exactly one does, and none is null.
    """

    def __init__(self, where: dict[_Value, Node]) -> None:
        self.where = where

    def among(self, values: Sequence[_Value], logic: Logic) -> Node:
        """Tell whether a row has one of some values."""
        others = [value for value in self.where if value not in values]
        if len(others) < len(values):
            return logic.opposite(logic.some(self.where[value] for value in others))
        return logic.some(self.where[value] for value in values)


def by_cases(places: Sequence[Place[_Value]], holds: Callable[[tuple[_Value, ...]], bool], logic: Logic) -> Node:
    """
    Give the node that holds where a function of the values does.

    ``holds`` is asked once for each combination of values that can occur; give one object for one function.
    """
    kept = tuple(tuple(value for value, where in place.where.items() if where is not FALSE) for place in places)
    table = _table(holds, kept)
    made: dict[tuple[int, tuple[bool, ...]], Node] = {}

    def node(at: int, results: tuple[bool, ...]) -> Node:
        if all(results):
            return TRUE
        if not any(results):
            return FALSE
        key = (at, results)
        if key not in made:
            width = len(results) // len(kept[at])
            below: dict[tuple[bool, ...], list[_Value]] = {}
            for start, value in enumerate(kept[at]):
                below.setdefault(results[start * width : (start + 1) * width], []).append(value)
            branches = (
                logic.every((places[at].among(values, logic), node(at + 1, rest))) for rest, values in below.items()
            )
            made[key] = node(at + 1, next(iter(below))) if len(below) == 1 else logic.some(branches)
        return made[key]

    return node(0, table)


@lru_cache(maxsize=4_096)
def _table(holds: Callable[[tuple[_Value, ...]], bool], kept: tuple[tuple[_Value, ...], ...]) -> tuple[bool, ...]:
    return tuple(holds(values) for values in product(*kept))
