"""Tables of intakes, read as ``cart-screen batch`` reads them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polars as pl

from cart_screen.batch.intake import KEY, ROW, UNREAD, problems_in
from cart_screen.batch.mapping import ColumnMap, Matching
from cart_screen.batch.reading import open_table
from cart_screen.catalog.loading import own_set


@cache
def questions():
    """Give the questions of the shipped dictionary, by id."""
    return own_set("us-fda").reading.dictionary.questions


def opened(path: Path, key: str | None = None, mapping: ColumnMap | None = None):
    """Open a table as a run does."""
    return open_table(path, Matching(questions(), mapping or ColumnMap(), key))


def read(path: Path, key: str | None = None, mapping: ColumnMap | None = None) -> list[dict]:
    """
    Give every row of a table: its key, the answers that are known, and what could not be read.

    What the table counted must be what it gave.
    """
    with opened(path, key, mapping) as table:
        batches = table.frame.collect_batches(chunk_size=50_000, maintain_order=True)
        frame = pl.concat([pl.DataFrame(schema=table.frame.collect_schema()), *batches])
        table.finish()
    assert table.rows() == frame.height
    assert frame[ROW].to_list() == list(range(1, frame.height + 1))
    return [
        {
            **({"key": row[KEY]} if key else {}),
            "answers": {id: value for id, value in row.items() if id in questions() and value is not None},
            "unread": problems_in(row[UNREAD]) if row[UNREAD] else [],
        }
        for row in frame.iter_rows(named=True)
    ]


def answers(path: Path, **more) -> list[dict]:
    """Give the known answers of every row of a table in which every row can be read."""
    rows = read(path, **more)
    assert [row["unread"] for row in rows] == [[]] * len(rows)
    return [row["answers"] for row in rows]


def unread(path: Path, **more) -> list[list]:
    """Give what could not be read of every row."""
    return [row["unread"] for row in read(path, **more)]
