"""Checks of the versions of an indication and of the days from which they hold."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from cart_screen.authoring.checks.check import Check, Found, Severity
from cart_screen.authoring.checks.material import Material
from cart_screen.authoring.checks.refusals import refused
from cart_screen.authoring.checks.sources import entries


def _without_note(material: Material) -> Iterator[Found]:
    """
    Find days that stand for a month, as far as a document shows it.

    That is where a document has no note on its day, no title of a source names the day, and the day is
    the first or last of its month or a source names the month alone.
    """
    for path, raw in material.files.indications.items():
        day = _day(raw)
        if day is None or raw["x-effective"].get("note"):
            continue
        titles = [str(entry.get("title")) for _, entry in entries(path, raw)]
        month = month_name[day.month]
        spoken = (f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", day.isoformat())
        at_an_end = day.day in (1, monthrange(day.year, day.month)[1])
        month_alone = any(re.search(rf"(?<!\d ){month} {day.year}", title) for title in titles)
        if (at_an_end or month_alone) and not any(one in title for title in titles for one in spoken):
            yield Found(
                path,
                "/x-effective/from",
                f"{day}, while no source's title names that day",
                "if only the month is known, say in x-effective/note what was assumed; if the day was read, name it "
                "in the title of its source",
            )


def _day(raw: Mapping[str, Any]) -> date | None:
    effective = raw.get("x-effective")
    begins = effective.get("from") if isinstance(effective, Mapping) else None
    try:
        return date.fromisoformat(begins) if isinstance(begins, str) else None
    except ValueError:
        return None


CHECKS = (
    Check(
        "version-order",
        Severity.ERROR,
        "A higher version never begins earlier than a lower one.",
        refused("version-order"),
    ),
    Check("date-without-note", Severity.WARNING, "A day that stands for a month says what was assumed.", _without_note),
)
