"""The exchange form of answers."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from cart_screen.formats.types import Absent, Format, Maybe, QuestionId, Scalar, Text


class Answers(Format):
    """The answers of one person: health data."""

    format: Literal["cart-screen-answers/1"] = Field(description="The format and its version.")
    answers: Maybe[dict[QuestionId, Scalar | None]] = Field(
        None, description="Answers by question id; null is asked, not known."
    )
    absent: Maybe[dict[QuestionId, Absent]] = Field(None, description="Why an answer is missing, by question id.")
    units: Maybe[dict[QuestionId, Text]] = Field(
        None, description="The UCUM code of a number's unit where it is not the canonical one, by question id."
    )
