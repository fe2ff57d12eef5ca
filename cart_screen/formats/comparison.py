"""One set of answers read under several criteria sets, and where the sets differ."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from cart_screen.formats.screening import Screening, Statuses
from cart_screen.formats.types import Criterion, Day, Format, Name, Text


class Difference(Format):
    """A use that the sets do not read alike."""

    use: Name = Field(description="The id of the indication.")
    brand: Text | None = Field(description="The name under which the product is sold; null where none is named.")
    disease: Name = Field(description="The disease.")
    criteria: list[Criterion] = Field(description="The criteria whose statuses differ between the sets.")
    statuses: dict[Name, Statuses | None] = Field(
        description="The five statuses by set; null where the set has no such use in force."
    )


class Comparison(Format):
    """One set of answers under several criteria sets. It holds answers, so it is health data."""

    format: Literal["cart-screen-comparison/1"] = Field(description="The format and its version.")
    as_of: Day = Field(description="The day whose criteria were read.")
    same_guidance: bool = Field(description="Whether every set leads to the same guidance.")
    screenings: dict[Name, Screening] = Field(description="The screening under each set.")
    differences: list[Difference] = Field(description="The uses that the sets do not read alike.")
