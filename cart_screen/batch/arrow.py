"""Frames of answers and of results as Arrow, for engines other than polars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import polars as pl

from cart_screen.batch.frames import screen_frame
from cart_screen.batch.job import Job
from cart_screen.batch.running import kept


def to_arrow(frame: pl.DataFrame) -> Any:
    """Give a frame as a pyarrow table of types that every engine reads: enumerations become texts."""
    plain = frame.select(pl.col(name).cast(_plain(dtype)) for name, dtype in frame.schema.items())
    return plain.to_arrow(compat_level=pl.CompatLevel.oldest())


def _plain(dtype: pl.DataType) -> pl.DataType:
    match dtype:
        case pl.Enum() | pl.Categorical():
            return pl.String()
        case pl.List(inner=inner):
            return pl.List(_plain(inner))  # type: ignore[arg-type]  # the type of a column is an instance
        case _:
            return dtype


def results_of(answers: pl.Schema, job: Job) -> pl.Schema:
    """Give the columns that polars gives for a run over frames of answers, so that every engine gives the same."""
    screened = screen_frame(pl.LazyFrame(schema=answers), criteria=job.sets, as_of=job.as_of)
    schema = screened.collect_schema()
    return pl.Schema({name: schema[name] for name in kept(job, schema.names())})


def read_as(tables: Iterable[Any], schema: pl.Schema) -> Iterator[pl.DataFrame]:
    """Give pyarrow tables as frames with the columns of a schema: those that hold rows, or one that holds none."""
    any_rows = False
    for table in tables:
        if table.num_rows:
            any_rows = True
            frame = pl.from_arrow(table)
            assert isinstance(frame, pl.DataFrame)
            yield frame.select(pl.col(name).cast(dtype) for name, dtype in schema.items())
    if not any_rows:
        yield pl.DataFrame(schema=schema)
