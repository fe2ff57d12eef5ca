"""pyarrow, for what reads and writes files of text and Parquet."""

from __future__ import annotations

from cart_screen.errors import ExtraMissing

try:
    import pyarrow as pa
    import pyarrow.csv
    import pyarrow.json
    import pyarrow.parquet  # noqa: F401 - reached through pa
except ImportError:
    raise ExtraMissing("batch") from None

__all__ = ["pa"]
