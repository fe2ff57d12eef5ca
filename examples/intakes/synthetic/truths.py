"""What is true of many people, as columns of values and of whom they apply to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from .draws import Array


class Truths:
    """
    Columns by question id. A text is held as the place of the choice among ``choices`` of its question.

    ``values`` holds something for everybody; ``applies`` says of whom it is true.
    """

    def __init__(self, count: int, choices: Mapping[str, Sequence[str]]) -> None:
        self.count = count
        self.choices = choices
        self.values: dict[str, Array] = {}
        self.applies: dict[str, Array] = {}

    def put(self, question: str, values: Array, where: Array | bool = True) -> None:
        """Set what is true of those of whom it applies."""
        self.values[question] = values
        self.applies[question] = np.broadcast_to(where, (self.count,)).copy()

    def codes(self, question: str, words: Sequence[str]) -> Array:
        """Give the places of some words among the choices of a question."""
        return np.array([self.choices[question].index(word) for word in words])

    def put_words(self, question: str, words: Sequence[str], places: Array, where: Array | bool = True) -> None:
        """Set a text: each has the word at a place of ``words``."""
        self.put(question, self.codes(question, words)[places], where)

    def says(self, question: str, *words: str) -> Array:
        """Tell of whom one of some words is true."""
        return self.applies[question] & np.isin(self.values[question], self.codes(question, words))

    def known(self, question: str) -> Array:
        """Give the values as they stand, with the neutral value where it does not apply."""
        return np.where(self.applies[question], self.values[question], 0)
