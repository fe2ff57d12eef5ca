"""Frames of every kind that can be read, and what is computed given back in the same kind."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from cart_screen.engines.columns.arrow import Compute, over_arrow, over_polars
from cart_screen.engines.columns.backend import nw
from cart_screen.engines.columns.batches import over_duckdb, over_spark
from cart_screen.engines.columns.errors import ColumnProblem, ColumnsInvalid, FrameUnknown, refuse_taken


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
        return over_polars(native, compute)
    return over_arrow(native, compute)


def over_batches(native: Any, compute: Compute, reads: Collection[str]) -> Any:
    """
    Compute something large over a frame, and give it back in the kind that came.

    As ``over``, but a PySpark frame and a DuckDB relation are computed in Arrow batches of about 250,000 rows, in
    bounded memory, whenever the frame that is given back is read; that needs pyarrow, and polars where it is to be
    fast. Spark's workers compute, so they need this package too. A DuckDB relation that is given back belongs to a
    connection of its own, since none can be read while it runs a query: it is read, written and queried as any
    other, but joined with the relations of another connection only as a table, such as ``to_arrow_table()`` gives.
    The first read of either is the first that reads the frame that came.

    Raises
    ------
    ColumnsInvalid, FrameUnknown
        As ``over`` does.
    """
    frame = nw.from_native(native, pass_through=True)
    if isinstance(frame, nw.LazyFrame):
        if frame.implementation.is_pyspark():
            return over_spark(native, compute, reads)
        if frame.implementation.is_duckdb():
            return over_duckdb(native, compute, reads)
    return over(native, compute, reads)


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
            except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):  # mixed, or of no Arrow type
                # Which one depends on the values: 1 before "two" is invalid, "two" before 1 a wrong type.
                found = f"values of several types in a column of type {native[name].dtype}"
                problems.append(ColumnProblem(str(name), found, "values of one type, and nulls"))
    if problems:
        raise ColumnsInvalid(problems)
    table = over_arrow(pa.table(arrays), compute)
    added = table.drop_columns(list(arrays)).to_pandas(types_mapper=pd.ArrowDtype).set_index(native.index)
    refuse_taken(added.columns, native.columns)
    return pd.concat([native, added], axis=1)
