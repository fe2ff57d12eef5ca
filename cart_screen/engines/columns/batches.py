"""
Frames of systems that hold more than memory does, computed over in Arrow batches and given back as lazy as they came.

Neither DuckDB nor Spark is asked to plan a whole screening, thousands of expressions: DuckDB took half a minute for
the plan and a hundred times as long as polars for the rows. Their rows go through polars instead, so many at a time;
what is asked of the frame is asked of them before and after.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from cart_screen.engines.columns.arrow import Compute, nulls, over_arrow, over_polars
from cart_screen.engines.columns.errors import refuse_taken

# Rows that are computed at once: a plan runs through in a quarter of a second, however few they are.
_ROWS = 250_000
# This column keeps the number of rows where no column is read; beside it stand only columns that are.
_PLACE = "place of the row"


def over_spark(native: Any, compute: Compute, reads: Collection[str]) -> Any:
    """Compute something over a PySpark frame, when it is read; the workers need this package."""
    # Imported here: who screens a PySpark frame has it, and Arrow, which it needs for this.
    import pyarrow as pa
    from pyspark import cloudpickle
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

    goes = _schema(to_arrow_schema(native.schema), compute, reads)
    # What the tasks of one worker compute is one object there, so that it makes its plan once.
    packed: bytes = cloudpickle.dumps(compute)  # type: ignore[no-untyped-call]  # PySpark's copy has no types.
    wanted = tuple(reads)

    def computed(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return _computed(batches, goes, unpacked(packed), wanted)

    return native.mapInArrow(computed, from_arrow_schema(goes))


@lru_cache(maxsize=4)
def unpacked(packed: bytes) -> Any:
    """Give what was sent to a worker of Spark: the same object for every task that brings the same bytes."""
    import pickle

    return pickle.loads(packed)


def over_duckdb(native: Any, compute: Compute, reads: Collection[str]) -> Any:
    """Compute something over a DuckDB relation, each time that the one that is given back is read."""
    # Imported here: who screens a relation has it.
    import duckdb

    came = native.limit(0).to_arrow_table().schema
    stream = _Stream(native, _schema(came, compute, reads), compute, tuple(reads))
    return duckdb.connect().from_arrow(stream)


class _Stream:
    """The rows of a relation as they are computed, from the first one again each time that they are asked for."""

    def __init__(self, native: Any, goes: Any, compute: Compute, reads: Sequence[str]) -> None:
        self._native = native
        self._goes = goes
        self._compute = compute
        self._reads = reads

    def __arrow_c_schema__(self) -> Any:
        return self._goes.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        import pyarrow as pa

        reader = pa.RecordBatchReader.from_batches(self._goes, self._batches())
        return reader.__arrow_c_stream__(requested_schema)

    def _batches(self) -> Iterator[Any]:
        batches = self._native.to_arrow_reader(_ROWS)
        yield from _computed(batches, self._goes, self._compute, self._reads)


def _schema(came: Any, compute: Compute, reads: Collection[str]) -> Any:
    """Give the columns that come with those that are added; found without a row, so what cannot be read is refused."""
    import pyarrow as pa

    added = _added(nulls(came, 0), compute, reads)
    fields = [field.with_type(_plain(field.type)) for field in added.schema]
    return pa.schema([*came, *(field.remove_metadata() for field in fields)])


def _plain(type: Any) -> Any:
    """Give the type that a column has in every system: an enumeration is one of texts."""
    import pyarrow as pa

    if pa.types.is_dictionary(type) or pa.types.is_large_string(type) or pa.types.is_string_view(type):
        return pa.string()
    return pa.list_(_plain(type.value_type)) if pa.types.is_large_list(type) or pa.types.is_list(type) else type


def _computed(batches: Iterable[Any], goes: Any, compute: Compute, reads: Collection[str]) -> Iterator[Any]:
    import pyarrow as pa

    for table in gathered(batches):
        # Columns that are not read go past as they are.
        added = _added(table, compute, reads)
        whole = [*table.columns, *(added[name].cast(goes.field(name).type) for name in added.column_names)]
        yield from pa.table(whole, schema=goes).to_batches()


def _added(table: Any, compute: Compute, reads: Collection[str]) -> Any:
    """Give the columns that are computed over a pyarrow table, through polars where it is installed."""
    import pyarrow as pa

    read = table.select([name for name in table.column_names if name in reads])
    read = read.append_column(_PLACE, pa.array(range(table.num_rows), pa.int64()))
    try:
        import polars as pl
    except ImportError:
        found = over_arrow(read, compute)
    else:
        found = over_polars(pl.from_arrow(read), compute).to_arrow(compat_level=pl.CompatLevel.oldest())
    added = found.drop_columns(read.column_names)
    refuse_taken(added.column_names, table.column_names)
    return added


def gathered(batches: Iterable[Any]) -> Iterator[Any]:
    """Put Arrow batches, which may be small, together to tables of the rows that are computed at once."""
    import pyarrow as pa

    kept: list[Any] = []
    for batch in batches:
        kept.append(batch)
        if sum(one.num_rows for one in kept) >= _ROWS:
            yield pa.Table.from_batches(kept)
            kept = []
    if kept:
        yield pa.Table.from_batches(kept)
