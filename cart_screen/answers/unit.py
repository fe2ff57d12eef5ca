"""A unit that a question accepts."""

from __future__ import annotations

from cart_screen.nouns import noun


@noun
class Unit:
    """
    A UCUM unit that a value is accepted in: canonical value = value * multiply / divide.

    ``sources`` says where the factor stands, by the ids of the dictionary's sources.
    """

    code: str
    multiply: float = 1
    divide: float = 1
    sources: tuple[str, ...] = ()
