"""Drawing from shares and chances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Draw:
    """A seeded source of choices."""

    def __init__(self, seed: int, number: int) -> None:
        # A text as seed is hashed whole, so that neighbouring people have nothing in common.
        self._random = Random(f"{seed}/{number}")

    def happens(self, chance: float) -> bool:
        """Tell whether something of this chance happens."""
        return self._random.random() < chance

    def one(self, options: Sequence[T]) -> T:
        """Give one of some options, each as likely."""
        return self._random.choice(options)

    def share(self, shares: Mapping[T, float]) -> T:
        """Give one of some options by their shares."""
        return self._random.choices(list(shares), list(shares.values()))[0]

    def whole(self, low: int, high: int) -> int:
        """Give a whole number within bounds."""
        return self._random.randint(low, high)

    def number(self, low: float, high: float, digits: int) -> float:
        """Give a number within bounds, with some digits after the point."""
        return round(self._random.uniform(low, high), digits)

    def more(self, again: float, most: int) -> int:
        """Count how often something happens again in a row, up to a most."""
        count = 0
        while count < most and self.happens(again):
            count += 1
        return count

    def about(self, middle: float, spread: float, low: float, high: float) -> float:
        """Give a number around a middle, within bounds."""
        return min(high, max(low, self._random.gauss(middle, spread)))

    def skewed(self, low: float, most: float) -> float:
        """Give a number from 0 to 1, mostly low: a beta distribution."""
        return self._random.betavariate(low, most)
