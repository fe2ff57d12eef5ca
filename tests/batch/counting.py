"""Simulated people as a screened table, for what counts them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

import polars as pl
from people.population import people
from strategies import AS_OF

from cart_screen.batch.frames import screen_frame
from cart_screen.batch.tally import Tally
from cart_screen.catalog.loading import own_set
from cart_screen.model import CriteriaSet

DAY = date.fromisoformat(AS_OF)
_TYPES = {"boolean": pl.Boolean, "string": pl.String, "integer": pl.Int64, "number": pl.Float64}


def sets(*names: str) -> list[CriteriaSet]:
    """Give criteria sets as they are read on the day."""
    return [own_set(name).on(DAY) for name in names]


@cache
def answers(count: int) -> tuple[dict[str, Any], ...]:
    """Give the answers of people, some of whom contradict themselves, and some with an answer that is not allowed."""
    rows = [dict(one.mistaken_answers.values) for one in people(count, 5)]
    for row in rows[:: count // 7]:
        row["age_years"] = 199
    return tuple(rows)


@cache
def screened(count: int, *names: str) -> pl.DataFrame:
    """Give their table with its results."""
    questions = own_set(names[0]).reading.dictionary.questions.values()
    schema = {one.id: _TYPES[one.kind] for one in questions if not one.internal}
    return screen_frame(pl.DataFrame(answers(count), schema=schema), criteria=sets(*names), as_of=DAY)


def tally_of(frame: pl.DataFrame, names: Sequence[str], cuts: Sequence[int] = ()) -> Tally:
    """Count a table, in one batch or cut into several."""
    found = Tally.of(sets(*names))
    for begin, end in zip((0, *cuts), (*cuts, frame.height), strict=True):
        found.add(frame[begin:end])
    return found
