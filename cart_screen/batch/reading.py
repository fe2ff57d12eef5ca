"""Tables of intakes of every form, read as answers: one frame, as it streams by, and what is known at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import polars as pl
from polars.io.plugins import register_io_source

from cart_screen.batch.chunks import QUOTE, Pieces
from cart_screen.batch.csv_reading import CsvRows
from cart_screen.batch.errors import ColumnsMissing, FormUnknown, TableMissing, TableUnreadable
from cart_screen.batch.intake import KEY, ROW, Intake
from cart_screen.batch.mapping import Matching, no_answers
from cart_screen.batch.ndjson_reading import NdjsonRows
from cart_screen.engines.columns.errors import ColumnProblem, ColumnsInvalid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self


# Of a Parquet table so many rows are read at a time.
_ROWS_AT_ONCE = 131_072


class Form(StrEnum):
    """The forms of a table, by the end of its name."""

    CSV = ".csv"
    NDJSON = ".ndjson"
    JSONL = ".jsonl"
    PARQUET = ".parquet"


def form_of(path: Path | None) -> Form:
    """
    Give the form of a table by its name; without one it is a stream of NDJSON.

    Raises
    ------
    FormUnknown
        When the name ends in none.
    """
    if path is None:
        return Form.NDJSON
    ending = path.suffix.lower()
    if ending not in tuple(Form):
        raise FormUnknown(str(path), tuple(Form))
    return Form(ending)


class Table:
    """
    A table that is being read: its frame, to be run once, and how far the reading is.

    ``frame`` has the columns of ``Intake.schema``, in the order of the rows. ``total`` is the number of rows where
    that is known before, ``size`` that of bytes where it is not.
    """

    def __init__(
        self,
        frame: pl.LazyFrame,
        intake: Intake,
        *,
        rows: Callable[[], int],
        unknown: Callable[[], list[str]],
        unmet: Callable[[], list[str]] = list,
        total: int | None = None,
        size: int | None = None,
        read: Callable[[], int | None] = lambda: None,
        finish: Callable[[], None] = lambda: None,
        damage: Callable[[], TableUnreadable | None] = lambda: None,
        close: Callable[[], None] = lambda: None,
    ) -> None:
        self.frame = frame
        self.intake = intake
        self.total = total
        self.size = size
        self.rows = rows
        self.unknown = unknown
        self.unmet = unmet
        self.read = read
        self.finish = finish
        self.damage = damage
        self.close = close

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # After an interrupt it may still be read, and closing would wait for that.
        if kind is None or issubclass(kind, Exception):
            self.close()


def open_table(path: Path | None, matching: Matching) -> Table:
    """
    Open a table of intakes; nothing but its head is read yet.

    Raises
    ------
    ColumnsInvalid, ColumnsMissing
        When its columns cannot be read as answers.
    FormUnknown
        When its name does not say what form it has.
    TableMissing
        When there is none.
    TableUnreadable
        When it is none of its form. What is wrong further down is found when the frame runs.
    """
    where = "standard input" if path is None else str(path)
    match form_of(path):
        case Form.CSV:
            return _begun(_csv, path, where, matching)
        case Form.NDJSON | Form.JSONL:
            return _begun(_ndjson, path, where, matching)
        case Form.PARQUET:
            assert path is not None
            _opened(path).close()
            return _parquet(path, where, matching)


def _begun(
    begin: Callable[[BinaryIO, str, Matching, int | None], Table], path: Path | None, where: str, matching: Matching
) -> Table:
    stream = _opened(path)
    try:
        return begin(stream, where, matching, _size(path))
    except BaseException:
        # Whatever stops it: nobody else has the stream yet.
        stream.close()
        raise


def _opened(path: Path | None) -> BinaryIO:
    if path is None:
        if sys.stdin is None:
            raise TableMissing("standard input", "it is closed")
        try:
            # Whoever closes it closes no more than this.
            return open(sys.stdin.fileno(), "rb", closefd=False)
        except (OSError, ValueError):
            raise TableMissing("standard input", "it is closed") from None
    try:
        return path.open("rb")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no name of a file"
        raise TableMissing(str(path), reason or "it cannot be opened") from None


def _size(path: Path | None) -> int | None:
    try:
        return (path.stat().st_size or None) if path is not None else None
    except OSError:
        return None


def _csv(stream: BinaryIO, where: str, matching: Matching, size: int | None) -> Table:
    pieces = Pieces(stream, where, QUOTE)
    rows = CsvRows(pieces, where)
    columns = matching.of(rows.header, where)
    intake = Intake(columns.readers)
    keyed = {} if matching.key is None else {KEY: matching.key}
    frames = map(intake.read, rows.frames({**keyed, **columns.named}))
    return Table(
        _streamed(frames, intake, pl.String() if keyed else None),
        intake,
        rows=lambda: rows.count,
        unknown=lambda: list(columns.unknown),
        size=size,
        read=lambda: pieces.read,
        close=stream.close,
    )


def _ndjson(stream: BinaryIO, where: str, matching: Matching, size: int | None) -> Table:
    pieces = Pieces(stream, where)
    intake = Intake(matching.readers)
    rows = NdjsonRows(pieces, matching, intake)

    def finish() -> None:
        if rows.count and not rows.objects:
            raise TableUnreadable(where, "no line of it is a JSON object", "Write one object a line, as NDJSON has it.")
        if rows.count and matching.key is not None and not rows.keyed:
            raise ColumnsMissing(where, [matching.key], [name for name in rows.names if name != matching.key])
        if rows.count and not rows.is_answered:
            raise no_answers(where, list(rows.names))

    return Table(
        _streamed(rows.frames(), intake, None if matching.key is None else pl.String()),
        intake,
        rows=lambda: rows.count,
        unknown=lambda: matching.unknown(rows.names),
        unmet=lambda: rows.unmet,
        size=size,
        read=lambda: pieces.read,
        close=stream.close,
        finish=finish,
    )


def _streamed(frames: Iterator[pl.DataFrame], intake: Intake, key: pl.DataType | None) -> pl.LazyFrame:
    def source(
        columns: list[str] | None, predicate: pl.Expr | None, limit: int | None, batch: int | None
    ) -> Iterator[pl.DataFrame]:
        row = 1
        for read in frames:
            frame = read.with_columns(pl.int_range(row, row + read.height, dtype=pl.Int64, eager=True).alias(ROW))
            row += read.height
            if predicate is not None:
                frame = frame.filter(predicate)
            yield frame.select(columns or list(schema))

    # A limit is none of ours: the frame is run to its end, so that every row is told.
    schema = intake.schema(key)
    return register_io_source(source, schema=schema)


def _parquet(path: Path, where: str, matching: Matching) -> Table:
    damaged = TableUnreadable(where, "it is no Parquet file, or a part of one is missing", "Write or copy it again.")
    try:
        scan = pl.scan_parquet(path, glob=False, hive_partitioning=False)
        schema = scan.collect_schema()
        total = scan.select(pl.len()).collect().item()
    except (pl.exceptions.PolarsError, OSError):
        raise damaged from None
    columns = matching.of(schema.names(), where)
    intake = Intake(columns.readers)
    problems = intake.refused(columns.named, schema)
    if matching.key is not None and schema[matching.key].is_nested():
        found = f"a column of type {schema[matching.key]}"
        problems.append(ColumnProblem(matching.key, found, "a key of plain values"))
    if problems:
        raise ColumnsInvalid(problems)
    keyed = [] if matching.key is None else [pl.col(matching.key).alias(KEY)]
    chosen = scan.select(*keyed, *(pl.col(column).alias(id) for id, column in columns.named.items()))
    frame = _streamed(_pulled(chosen, total, intake), intake, None if matching.key is None else schema[matching.key])

    def damage() -> TableUnreadable | None:
        # Read alone: what fails then, too, is the file and not what is computed.
        try:
            chosen.sink_batches(lambda _: None)
        except (pl.exceptions.PolarsError, OSError):
            return damaged
        return None

    return Table(frame, intake, rows=lambda: total, unknown=lambda: list(columns.unknown), total=total, damage=damage)


def _pulled(scan: pl.LazyFrame, total: int, intake: Intake) -> Iterator[pl.DataFrame]:
    # Each part is asked for when the one before is done with: polars would read the whole table ahead.
    for start in range(0, total, _ROWS_AT_ONCE):
        yield intake.read(scan.slice(start, _ROWS_AT_ONCE).collect())
