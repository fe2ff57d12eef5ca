"""Results as they come, written to a stream as CSV, NDJSON or Parquet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, BinaryIO, Protocol

import polars as pl

from cart_screen.batch.backend import pa
from cart_screen.batch.reading import Form
from cart_screen.batch.results import BETWEEN_IDS


class Writer(Protocol):
    """Writes frames of one schema one after the other."""

    def add(self, frame: pl.DataFrame) -> None:
        """Write some rows."""

    def finish(self) -> None:
        """Write what stands behind the last row."""

    def abandon(self) -> None:
        """Write nothing any more, since what was begun is thrown away."""


def writer(form: Form, stream: BinaryIO, schema: Mapping[str, pl.DataType]) -> Writer:
    """Give what writes results in a form; the stream stays open."""
    match form:
        case Form.CSV:
            return _CsvWriter(stream, schema)
        case Form.NDJSON | Form.JSONL:
            return _NdjsonWriter(stream)
        case Form.PARQUET:
            return _ParquetWriter(stream, schema)


class _CsvWriter:
    def __init__(self, stream: BinaryIO, schema: Mapping[str, pl.DataType]) -> None:
        self._stream = stream
        self._lists = [name for name, dtype in schema.items() if dtype.is_nested()]
        self._write(pl.DataFrame(schema=schema), include_header=True)

    def add(self, frame: pl.DataFrame) -> None:
        self._write(frame, include_header=False)

    def finish(self) -> None:
        pass

    def abandon(self) -> None:
        pass

    def _write(self, frame: pl.DataFrame, *, include_header: bool) -> None:
        joined = frame.with_columns(
            pl.col(name).cast(pl.List(pl.String)).list.join(BETWEEN_IDS) for name in self._lists
        )
        self._stream.write(joined.write_csv(include_header=include_header).encode("utf-8"))


class _NdjsonWriter:
    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def add(self, frame: pl.DataFrame) -> None:
        self._stream.write(frame.write_ndjson().encode("utf-8"))

    def finish(self) -> None:
        pass

    def abandon(self) -> None:
        pass


class _ParquetWriter:
    def __init__(self, stream: BinaryIO, schema: Mapping[str, pl.DataType]) -> None:
        self._writer = pa.parquet.ParquetWriter(
            stream, _arrow(pl.DataFrame(schema=schema)).schema, compression="zstd", store_schema=False
        )

    def add(self, frame: pl.DataFrame) -> None:
        self._writer.write_table(_arrow(frame))

    def finish(self) -> None:
        self._writer.close()

    def abandon(self) -> None:
        # It would end its file once more when it is collected, and complain that the stream is closed by then.
        self._writer.is_open = False


def _arrow(frame: pl.DataFrame) -> Any:
    # Older readers do not know the newer text of Arrow.
    return frame.to_arrow(compat_level=pl.CompatLevel.oldest())
