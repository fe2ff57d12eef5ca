"""Where a point of the criteria comes from."""

from __future__ import annotations

from pydantic import Field

from cart_screen.formats.types import Day, Format, HowVerified, Name, Text, Url


class Source(Format):
    """A source, and how well it was verified."""

    title: Text = Field(description="What the source is, so that a reader can find it again.")
    url: Url = Field(description="Where it was read.")
    verified: HowVerified = Field(
        description="primary: the label, regulator, registry or guideline text was read; secondary: a copy; unverified."
    )
    read: Day = Field(description="The day on which it was read.")


class CitedSource(Source):
    """A source of a document, cited from x-source by its id."""

    id: Name = Field(description="The name by which x-source cites it.")
