"""Frames of every kind that can be read, and what is computed given back in the same kind."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from cart_screen.engines.columns.backend import nw
from cart_screen.engines.columns.errors import ColumnProblem, ColumnsInvalid, FrameUnknown, refuse_taken
from cart_screen.engines.columns.intake import Frame

# A plan costs about a second to make, so Spark's batches, small ones, are put together to so many rows.
_ROWS = 250_000

Compute = Callable[[Frame], Frame]


def over(native: Any, compute: Compute, reads: Collection[str]) -> Any:
    """
    Compute something over a frame, and give it back in the kind that came.

    ``reads`` are the names of the columns that are read where the frame has them. A pandas frame is read as Arrow,
    since NumPy types have no null; the columns that are added have Arrow types.

    Raises
    ------
    ColumnsInvalid
        When Arrow cannot hold a column of a pandas frame, besides what ``compute`` raises.
    FrameUnknown
        When it is no frame of a kind that can be read.
    """
    frame = nw.from_native(native, pass_through=True)
    if not isinstance(frame, nw.DataFrame | nw.LazyFrame):
        raise FrameUnknown(type(native).__name__)
    if isinstance(frame, nw.LazyFrame):
        return compute(frame).to_native()
    if frame.implementation.is_pandas():
        return _over_pandas(native, compute, reads)
    if frame.implementation.is_polars():
        # polars shares what is read twice, and works on several columns at once, only when it is lazy.
        return compute(frame.lazy()).lazy().collect().to_native()
    return _over_arrow(native, compute)


def over_batches(native: Any, compute: Compute, reads: Collection[str]) -> Any:
    """
    Compute something large over a frame, and give it back in the kind that came.

    As ``over``, but Spark is not asked to plan thousands of expressions: its workers, which need this package too,
    compute over their rows in Arrow batches.

    Raises
    ------
    ColumnsInvalid, FrameUnknown
        As ``over`` does.
    """
    frame = nw.from_native(native, pass_through=True)
    if isinstance(frame, nw.LazyFrame) and frame.implementation.is_pyspark():
        return _over_spark(native, compute)
    return over(native, compute, reads)


def _over_arrow(table: Any, compute: Compute) -> Any:
    if table.num_rows:
        return compute(nw.from_native(table)).to_native()
    # Arrow cannot repeat a list no times, so one row of nulls is computed and dropped.
    return compute(nw.from_native(_nulls(table.schema, 1))).to_native().slice(0, 0)


def _nulls(schema: Any, rows: int) -> Any:
    import pyarrow as pa

    return pa.table([pa.nulls(rows, field.type) for field in schema], names=schema.names)


def _over_pandas(native: Any, compute: Compute, reads: Collection[str]) -> Any:
    # Imported here: who screens a pandas frame has both.
    import pandas as pd
    import pyarrow as pa

    # The column without a name keeps the number of rows where no column is read.
    arrays = {"": pa.array(range(len(native)))}
    problems = []
    for name in native.columns:
        if name in reads:
            try:
                arrays[name] = pa.array(native[name], from_pandas=True)
            except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):
                # Which one Arrow raises for a column of several types, or of none it has, depends on its values.
                found = f"values of several types in a column of type {native[name].dtype}"
                problems.append(ColumnProblem(str(name), found, "values of one type, and nulls"))
    if problems:
        raise ColumnsInvalid(problems)
    table = _over_arrow(pa.table(arrays), compute)
    added = table.drop_columns(list(arrays)).to_pandas(types_mapper=pd.ArrowDtype).set_index(native.index)
    refuse_taken(added.columns, native.columns)
    return pd.concat([native, added], axis=1)


def _over_spark(native: Any, compute: Compute) -> Any:
    # Imported here: who screens a PySpark frame has it, and Arrow, which it needs for this.
    import pyarrow as pa
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

    came = to_arrow_schema(native.schema)
    # What the columns are called and hold is found without a row; so a frame that cannot be read is refused at once.
    goes = _over_arrow(_nulls(came, 0), compute).schema

    def computed(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for table in _gathered(batches):
            yield from _in_polars(table, compute).select(goes.names).cast(goes).to_batches()

    return native.mapInArrow(computed, from_arrow_schema(goes))


def _in_polars(table: Any, compute: Compute) -> Any:
    """Compute something over a pyarrow table, through polars where it is installed: it is many times as fast."""
    try:
        import polars as pl
    except ImportError:
        return _over_arrow(table, compute)
    return over(pl.from_arrow(table), compute, ()).to_arrow(compat_level=pl.CompatLevel.oldest())


def _gathered(batches: Iterable[Any]) -> Iterator[Any]:
    import pyarrow as pa

    kept: list[Any] = []
    for batch in batches:
        kept.append(batch)
        if sum(one.num_rows for one in kept) >= _ROWS:
            yield pa.Table.from_batches(kept)
            kept = []
    if kept:
        yield pa.Table.from_batches(kept)
