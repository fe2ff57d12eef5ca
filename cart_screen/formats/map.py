"""What the columns of somebody's own table of intakes hold."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from cart_screen.formats.types import Format, Maybe, QuestionId, Scalar, Text, Unique, Words

Column = Annotated[str, StringConstraints(max_length=2_000)]


class MapColumn(Format):
    """What one column of a table holds."""

    question: QuestionId = Field(description="The question that it answers.")
    unit: Maybe[Text] = Field(
        None, description="The UCUM code of its numbers' unit, where it is not the canonical one."
    )
    values: Maybe[dict[Words, Scalar | None]] = Field(
        None, description="The answer for a text of the column; null where it means that the answer is not known."
    )


class Map(Format):
    """Which column of a table answers which question, and in what words and units of its own."""

    format: Literal["cart-screen-map/1"] = Field(description="The format and its version.")
    columns: Maybe[dict[Column, MapColumn]] = Field(
        None, description="What each column holds; one that is not named here is read by its own name."
    )
    missing: Maybe[Unique[Text]] = Field(
        None, description="Further texts that mean, in every column, that an answer is not known."
    )
    ignored: Maybe[Unique[Column]] = Field(None, description="Columns that are no answers.")
