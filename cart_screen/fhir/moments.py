"""The days and moments of FHIR, which may name a year or a month alone."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from cart_screen.nouns import noun

_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)


@noun
class Moment:
    """A day, and the instant in it where that is known."""

    day: date
    instant: datetime | None = None


def days_of(text: object) -> tuple[date, date] | None:
    """Give the first and the last day that a date of FHIR can mean, or None where it is none."""
    found = _DAY.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None, "the pattern asks for a year"
    try:
        first = date(year, month or 1, day or 1)
        return first, date(year, month or 12, day or monthrange(year, month or 12)[1])
    except ValueError:
        return None


def moment_of(text: object) -> Moment | None:
    """Give what a dateTime or an instant of FHIR means; a year or a month is taken as its first day."""
    days = days_of(text)
    if days is not None:
        return Moment(days[0])
    if not isinstance(text, str) or "T" not in text:
        return None
    try:
        read = datetime.fromisoformat(text)
        return Moment(read.date(), read.astimezone(UTC)) if read.tzinfo else None
    except (ValueError, OverflowError):
        return None


def effective(observation: Mapping[str, Any]) -> Moment | None:
    """Give when an Observation was true, or None where it does not say: the end of a period, or when it was issued."""
    period = observation.get("effectivePeriod")
    period = period if isinstance(period, Mapping) else {}
    said = (
        observation.get("effectiveDateTime"),
        observation.get("effectiveInstant"),
        period.get("end"),
        period.get("start"),
        observation.get("issued"),
    )
    return next((moment for text in said if (moment := moment_of(text))), None)
