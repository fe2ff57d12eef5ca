"""An interview that was saved, to be taken up again."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from cart_screen.formats.types import (
    Absent,
    Address,
    Audience,
    Day,
    Depth,
    Format,
    Maybe,
    Moment,
    QuestionId,
    Scalar,
    Text,
    Unique,
)
from cart_screen.formats.types import Version as DictionaryVersion

# No system has longer paths.
_LongPath = Annotated[str, StringConstraints(min_length=1, max_length=5_000)]


class Saved(Format):
    """The answers of an interview, and what they were given under. It holds answers, so it is health data."""

    format: Literal["cart-screen-saved/1"] = Field(description="The format and its version.")
    notice: Text = Field(description="That the file holds health data, in words.")
    library: Text = Field(description="The version of the library that saved it.")
    saved: Moment = Field(description="When it was saved.")
    criteria: _LongPath = Field(description="The name of the criteria set, or the path of a directory of one's own.")
    as_of: Maybe[Day] = Field(None, description="The day that counts; left out where today counts, whenever that is.")
    dictionary: DictionaryVersion = Field(description="The version of the dictionary that the answers were given to.")
    documents: list[Address] = Field(description="The addresses of the indications that were in force.")
    depth: Depth = Field(description="How far the questions go.")
    audience: Audience = Field(description="Whom the words speak to.")
    answers: dict[QuestionId, Scalar] = Field(description="Every answer given, by question id.")
    absent: dict[QuestionId, Absent] = Field(description="Why an answer is missing, by question id.")
    units: Maybe[dict[QuestionId, Text]] = Field(
        None, description="The UCUM code of the unit that a number was saved in, by question id."
    )
    asked: Maybe[Unique[QuestionId]] = Field(None, description="The questions in the order in which they were asked.")
