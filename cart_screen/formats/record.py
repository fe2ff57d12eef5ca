"""A screening that can be run again and verified later."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from cart_screen.formats.screening import Screening
from cart_screen.formats.types import Absent, Day, Format, Moment, Name, Path, QuestionId, Scalar, Sha256, Text


class Recorded(Format):
    """The answers of one person, each number in its canonical unit: health data."""

    format: Literal["cart-screen-answers/1"] = Field(description="The format and its version.")
    answers: dict[QuestionId, Scalar] = Field(description="Answers by question id.")
    absent: dict[QuestionId, Absent] = Field(description="Why an answer is missing, by question id.")
    units: dict[QuestionId, Text] = Field(description="The UCUM code of each number that has a unit, by question id.")


class Record(Format):
    """A screening with everything that it was made from. It holds answers, so it is health data."""

    format: Literal["cart-screen-record/1"] = Field(description="The format and its version.")
    notice: Text = Field(description="The same warning for whoever opens the file.")
    library: Text = Field(description="The version of the library that made it.")
    made: Moment = Field(description="When it was made.")
    criteria: Name = Field(description="The name of the criteria set.")
    shipped: bool = Field(description="Whether the set came with the library, not from a directory of one's own.")
    as_of: Day = Field(description="The day whose criteria were read.")
    documents: dict[Path, Sha256] = Field(
        description="The SHA-256 of each document that was read, by its path below the criteria directory."
    )
    answers: Recorded = Field(description="The answers that were given.")
    screening: Screening = Field(description="What came out.")
    digest: Sha256 = Field(
        description="The SHA-256 of everything else, as JSON in ASCII with sorted keys, no spaces, and numbers such as "
        "2.0 written as 2. It shows that something was changed; it does not say by whom."
    )
