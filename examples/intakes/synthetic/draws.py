"""Drawing for many people at once, from shares and chances."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np

# One entry per person: whole numbers, numbers, booleans, or the places of choices.
Array: TypeAlias = "np.ndarray[Any, Any]"
Chance: TypeAlias = "float | Array"


class Draws:
    """A seeded source of choices for ``count`` people; the same seed, block and count give the same ones."""

    def __init__(self, seed: int, block: int, count: int) -> None:
        self._random = np.random.default_rng((seed, block))
        self.count = count

    def happens(self, chance: Chance) -> Array:
        """Tell of each whether something of this chance happens."""
        return self._random.random(self.count, dtype=np.float32) < chance

    def place(self, shares: Sequence[float]) -> Array:
        """Give each the place of one of some shares."""
        limits = np.cumsum(shares) / np.sum(shares)
        # The last limit can be less than one by rounding.
        return np.minimum(np.searchsorted(limits, self._random.random(self.count), side="right"), len(limits) - 1)

    def one(self, options: Sequence[float]) -> Array:
        """Give each one of some numbers, each as likely."""
        return np.asarray(options)[self._random.integers(0, len(options), self.count)]

    def whole(self, low: Chance, high: Chance) -> Array:
        """Give each a whole number within bounds."""
        return self._random.integers(low, np.asarray(high) + 1, self.count)

    def number(self, low: Chance, high: Chance, digits: int) -> Array:
        """Give each a number within bounds, with some digits after the point."""
        return np.round(low + (np.asarray(high) - low) * self._random.random(self.count), digits)

    def more(self, again: Chance, most: Chance) -> Array:
        """Count for each how often something happens again in a row, up to a most."""
        return np.minimum(self._random.geometric(1 - np.asarray(again), self.count) - 1, most)

    def about(self, middle: Chance, spread: Chance, low: float, high: float) -> Array:
        """Give each a number around a middle, within bounds."""
        return np.clip(self._random.normal(middle, spread, self.count), low, high)

    def skewed(self, low: float, most: float) -> Array:
        """Give each a number from 0 to 1, mostly low: a beta distribution."""
        return self._random.beta(low, most, self.count)
