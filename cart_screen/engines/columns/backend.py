"""The one place where narwhals is imported: without it, the error is the install line."""

from __future__ import annotations

from typing import Any

from cart_screen.errors import ExtraMissing

try:
    import narwhals as nw
except ImportError:
    raise ExtraMissing("batch") from None

__all__ = ["library_of", "nw"]


def library_of(frame: nw.DataFrame[Any] | nw.LazyFrame[Any]) -> Any:
    """
    Give the module whose expressions a frame is computed with: polars for its own frames, narwhals for any other.

    narwhals has its words from polars, so the same code writes both. A whole screening is thousands of expressions:
    polars makes its own in a third of the time.
    """
    if not frame.implementation.is_polars():
        return nw
    # Imported here: who screens no polars frame need not have polars.
    import polars as pl

    return pl
