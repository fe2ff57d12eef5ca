"""Many people under a criteria set on two days: who changes, from what to what, because of which document."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from cart_screen.formats.screening import GuidanceCode
from cart_screen.formats.types import Count, Day, Format, Name, QuestionId, Text


class Point(Format):
    """One of the two states of the set that are compared."""

    said: Text = Field(description="How it was named: a date, a version of a document, or both.")
    day: Day = Field(description="The day whose criteria were read.")


class ChangedBy(Format):
    """A document because of which people change."""

    id: Text = Field(description="The document, with its version after the change, or before it where it went.")
    people: Count = Field(description="How many people change because of it; several documents may each be a cause.")


class Move(Format):
    """Everybody who moves from one guidance to another, or stays with it while the uses or findings change."""

    from_: GuidanceCode = Field(alias="from", description="The guidance before.")
    to: GuidanceCode = Field(description="The guidance after.")
    people: Count = Field(description="How many people move so.")
    documents: list[ChangedBy] = Field(description="Because of what.")


class Unread(Format):
    """Why rows were not screened."""

    question: QuestionId | None = Field(description="The question; null where it is the row itself.")
    reason: Text = Field(description="The reason.")
    count: Count = Field(description="How often.")


class Rescreening(Format):
    """Many people under a criteria set on two days. It holds counts, and nobody's answers."""

    format: Literal["cart-screen-rescreening/1"] = Field(description="The format and its version.")
    set: Name = Field(description="The criteria set.")
    from_: Point = Field(alias="from", description="The state before.")
    to: Point = Field(description="The state after.")
    rows: Count = Field(description="The rows of the table.")
    screened: Count = Field(description="The rows that could be read.")
    rejected: Count = Field(description="The rows that could not.")
    changed: Count = Field(description="The people who change.")
    documents: list[ChangedBy] = Field(description="Because of what, among all who change.")
    moves: list[Move] = Field(description="Who moves from what to what.")
    problems: list[Unread] = Field(description="Why rows were rejected.")
