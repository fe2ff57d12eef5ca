"""What verifying a record has found."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from cart_screen.formats.screening import Screening
from cart_screen.formats.types import Day, Format, Moment, Name, Path, Text

Part = Literal[
    "record",
    "answers",
    "guidance",
    "finding",
    "use",
    "awaiting",
    "needed",
    "conflicts",
    "criteria",
    "screening",
]
Change = Literal["changed", "came", "went"]
CauseKind = Literal[
    "record-changed",
    "own-directory",
    "library",
    "document-changed",
    "document-gone",
    "document-not-read",
    "document-new",
    "released",
    "unexplained",
]


class OfRecord(Format):
    """The record that was read again."""

    made: Moment = Field(description="When it was made.")
    library: Text = Field(description="The version of the library that made it.")
    criteria: Name = Field(description="The name of the criteria set.")
    as_of: Day = Field(description="The day whose criteria were read.")


class Difference(Format):
    """A part of the result that does not come out as it was recorded."""

    part: Part = Field(description="The part.")
    of: Name | None = Field(description="The criterion of a finding, or the use; null for any other part.")
    change: Change = Field(description="Whether the part has changed, is there only now, or was there only then.")
    keys: list[Text] = Field(description="What differs in it: its keys, or the questions of answers.")
    words_only: bool = Field(description="Whether only wording differs, which comes from the text file.")


class Cause(Format):
    """Something that has changed since the record was made, and so may explain a difference."""

    cause: CauseKind = Field(description="What has changed.")
    path: Path | None = Field(description="The document, by its path below the criteria directory; null for others.")
    then: Text | None = Field(description="The version or SHA-256 in the record; null where there is none.")
    now: Text | None = Field(description="The version or SHA-256 now; null where there is none.")


class Verification(Format):
    """Whether a record comes out the same again. It holds the deciding answers, so it is health data."""

    format: Literal["cart-screen-verification/1"] = Field(description="The format and its version.")
    made_by: Text = Field(description="The program that verified it, and its version.")
    record: OfRecord = Field(description="The record.")
    same: bool = Field(description="Whether everything comes out as it was recorded.")
    words_only: bool = Field(description="Whether something differs, and nothing but wording.")
    differences: list[Difference] = Field(description="What does not come out as it was recorded.")
    causes: list[Cause] = Field(description="What has changed since, also where the result is the same.")
    now: Screening | None = Field(description="What comes out now; null where the answers are not allowed any more.")
