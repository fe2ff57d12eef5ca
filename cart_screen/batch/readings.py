"""
How one value of a table is read as the answer to a question: by closed, strict rules.

A text is stripped of blanks and read without regard to the case of its letters. Numbers are written with a point;
``5.0`` is a whole number. Yes and no are ``true``, ``false``, ``yes``, ``no``, ``y``, ``n``, ``1`` and ``0``, options
are written as in the dictionary, and what is empty or one of ``MISSING`` was asked and is not known. A map can give
texts a meaning of their own, which goes before all of these.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from math import isfinite, isnan
from typing import Any, assert_never

from cart_screen.answers.dictionary import Question
from cart_screen.answers.scalars import Scalar
from cart_screen.answers.units import to_canonical
from cart_screen.nouns import field, noun

# Texts that mean that an answer is not known, as programs of statistics write it.
MISSING = ("", "na", "n/a", "nan", "null", "unknown")

YES = ("true", "yes", "y", "1")
NO = ("false", "no", "n", "0")

# So many options are named in a reason; a longer list is read in the dictionary.
_NAMED_OPTIONS = 10

# Nobody can tell 1,200 from 1.2, so a comma is never read; but its reason is said.
_COMMA = re.compile(r"[+-]?[\d.]*,[\d.,]*")
_WITH_COMMA = "a number is written with a point and without commas"

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


class ValueUnread(Exception):
    """A value cannot be read as an answer; its only argument is the reason, in words."""


def plain(text: str) -> str:
    """Give a text as texts are compared: without blanks around it, in small letters."""
    return text.strip().lower()


def number_in(text: str) -> float | None:
    """Give the number that a text is, or None where it is none or beyond every number."""
    found = float(text) if _NUMBER.fullmatch(text) else None
    return found if found is not None and isfinite(found) else None


@noun
class AnswerReader:
    """
    Reads the values of one column as answers to a question.

    ``unit`` is the UCUM code of its numbers where it is not the canonical one. ``words`` are the answers, or None for
    not known, that plain texts of the column mean. One that is a number stands for it however it is written.
    """

    question: Question
    unit: str | None = None
    words: Mapping[str, Scalar | None] = field(default_factory=dict)

    @cached_property
    def codes(self) -> Mapping[float, Scalar | None]:
        """The numbers among the words."""
        return {number: meaning for word, meaning in self.words.items() if (number := number_in(word)) is not None}

    @cached_property
    def vocabulary(self) -> Mapping[str, Scalar | None]:
        """Every plain text with a meaning, apart from numbers."""
        known: dict[str, Scalar | None] = dict.fromkeys(MISSING)
        match self.question.kind:
            case "boolean":
                known |= dict.fromkeys(YES, True) | dict.fromkeys(NO, False)
            case "string":
                known |= {str(choice).lower(): choice for choice in self.question.choices}
            case "integer" | "number":
                pass
            case _:
                assert_never(self.question.kind)
        return {**known, **self.words}

    def of_text(self, text: str) -> Scalar | None:
        """
        Give the answer that a text is, or None for not known.

        Raises
        ------
        ValueUnread
            When it is none that the question allows.
        """
        word = plain(text)
        if word in self.vocabulary:
            return self.vocabulary[word]
        number = number_in(word)
        if number is None:
            asks_number = self.question.kind in ("integer", "number")
            raise ValueUnread(_WITH_COMMA if asks_number and _COMMA.fullmatch(word) else self.not_readable)
        return self.of_number(number)

    def of_number(self, number: float) -> Scalar | None:
        """
        Give the answer that a number is, in the canonical unit, or None for not known; NaN is not known.

        Raises
        ------
        ValueUnread
            When it is none that the question allows.
        """
        if isnan(number):
            return None
        if number in self.codes:
            return self.codes[number]
        if self.question.kind not in ("integer", "number") or not isfinite(number):
            raise ValueUnread(self.not_readable)
        value = number if self.unit is None else to_canonical(self.question, number, self.unit)
        if not self.question.allows(value):
            raise ValueUnread(self.not_allowed)
        return value

    def of_json(self, value: Any) -> Scalar | None:
        """
        Give the answer that a JSON value is, which must be of the type that the question asks for.

        Only where a map gives words to the column is a text there read as a text of a table is.

        Raises
        ------
        ValueUnread
            When it is none that the question allows.
        """
        match value:
            case None:
                return None
            case bool():
                return self.of_boolean(value)
            case int() | float():
                return self.of_number(_as_float(value))
            case str() if self.question.kind == "string" or self.words:
                return self.of_text(value)
            case _:
                raise ValueUnread(self.not_readable)

    def of_boolean(self, value: bool) -> Scalar | None:
        """
        Give the answer that true or false is.

        Raises
        ------
        ValueUnread
            When the question asks for something else, and the map does not name it.
        """
        word = "true" if value else "false"
        if word in self.words:
            return self.words[word]
        if self.question.kind != "boolean":
            raise ValueUnread(self.not_readable)
        return value

    @cached_property
    def not_readable(self) -> str:
        """The reason for a value that is of no kind that the question asks for."""
        match self.question.kind:
            case "boolean":
                return "neither yes nor no, as in yes, no, true, false, 1 and 0"
            case "string":
                choices = [str(choice) for choice in self.question.choices]
                return "none of the options" + (f": {', '.join(choices)}" if len(choices) <= _NAMED_OPTIONS else "")
            case "integer" | "number":
                return "no number"
            case _:
                assert_never(self.question.kind)

    @cached_property
    def not_allowed(self) -> str:
        """The reason for a number that the question does not allow."""
        return f"not {self.question.allowed}"


def _as_float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        # A whole number beyond every float is beyond every bound as well.
        return float("inf")
