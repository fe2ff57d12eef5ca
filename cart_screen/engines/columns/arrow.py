"""Arrow tables, and polars' frames, that something is computed over at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cart_screen.engines.columns.backend import nw
from cart_screen.engines.columns.intake import Frame

Compute = Callable[[Frame], Frame]


def over_polars(frame: Any, compute: Compute) -> Any:
    """Compute something over an eager frame of polars."""
    # polars shares what is read twice, and works on several columns at once, only when it is lazy.
    return compute(nw.from_native(frame.lazy())).lazy().collect().to_native()


def over_arrow(table: Any, compute: Compute) -> Any:
    """Compute something over a pyarrow table."""
    if table.num_rows:
        return compute(nw.from_native(table)).to_native()
    # Arrow cannot repeat a list no times, so one row of nulls is computed and dropped.
    return compute(nw.from_native(nulls(table.schema, 1))).to_native().slice(0, 0)


def nulls(schema: Any, rows: int) -> Any:
    """Give a pyarrow table with nothing but nulls."""
    import pyarrow as pa

    return pa.table([pa.nulls(rows, field.type) for field in schema], names=schema.names)
