"""
A batch on DuckDB: rows stream through a relation, in bounded memory.

Tables are read and results written as on polars, so that there is one set of rules for what a cell says. DuckDB reads
the typed answers as Arrow batches and hands them on as ``screen_frame`` does for every relation: to plan a whole
screening itself takes it up to half a minute, so what is computed over its batches is computed by polars.
"""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from cart_screen.batch.arrow import read_as, results_of, to_arrow
from cart_screen.batch.backend import pa
from cart_screen.batch.frames import screen_frame
from cart_screen.batch.job import Job
from cart_screen.batch.running import BATCH
from cart_screen.errors import ExtraMissing

try:
    import duckdb
except ImportError:
    raise ExtraMissing("duckdb") from None

# What DuckDB may hold before it writes scratch files; the query holds no more than some batches.
_MEMORY = "1GB"


def in_duckdb(frame: pl.LazyFrame, job: Job) -> Iterator[pl.DataFrame]:
    """
    Screen a frame as a relation of DuckDB, as it streams by; the rows keep their order.

    What stops the reading of the table is raised as it is, not as DuckDB tells of it.
    """
    answers = frame.collect_schema()
    goes = results_of(answers, job)
    came = _Came(frame, answers)
    # Scratch files would hold health data: their folder is for nobody else, and goes with the run.
    with (
        TemporaryDirectory(prefix="cart-screen-") as spill,
        duckdb.connect(config={"memory_limit": _MEMORY, "temp_directory": spill}) as connection,
    ):
        try:
            screened = screen_frame(connection.from_arrow(came.reader), criteria=job.sets, as_of=job.as_of)
            found = screened.select(*map(duckdb.ColumnExpression, goes)).to_arrow_reader(BATCH)
            yield from read_as((pa.Table.from_batches([batch]) for batch in found), goes)
        except duckdb.Error:
            if came.failure is None:
                raise
            # What went wrong before DuckDB saw it says more.
            raise came.failure from None


class _Came:
    """The rows of a frame as Arrow batches; ``failure`` is what stopped them, if anything did."""

    def __init__(self, frame: pl.LazyFrame, answers: pl.Schema) -> None:
        self.failure: Exception | None = None
        schema = to_arrow(pl.DataFrame(schema=answers)).schema
        self.reader = pa.RecordBatchReader.from_batches(schema, self._batches(frame, schema))

    def _batches(self, frame: pl.LazyFrame, schema: Any) -> Iterator[Any]:
        try:
            for batch in frame.collect_batches(chunk_size=BATCH, maintain_order=True):
                yield from to_arrow(batch).cast(schema).to_batches()
        except Exception as error:
            # DuckDB gives on no more than its message.
            self.failure = error
            raise
