"""A screening that can be run again and verified later."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from cart_screen.formats.answers import Answers
from cart_screen.formats.screening import Screening
from cart_screen.formats.types import Day, Format, Moment, Name, Path, Sha256, Text


class Record(Format):
    """A screening with everything that it was made from. It holds answers, so it is health data."""

    format: Literal["cart-screen-record/1"] = Field(description="The format and its version.")
    library: Text = Field(description="The version of the library that made it.")
    made: Moment = Field(description="When it was made.")
    criteria: Name = Field(description="The name of the criteria set.")
    as_of: Day = Field(description="The day whose criteria were read.")
    documents: dict[Path, Sha256] = Field(
        description="The SHA-256 of each document that was read, by its path below the criteria directory."
    )
    answers: Answers = Field(description="The answers that were given.")
    screening: Screening = Field(description="What came out.")
