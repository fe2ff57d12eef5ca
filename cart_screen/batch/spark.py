"""
A batch on PySpark: workers read answers and screen them in Arrow batches, side by side.

Workers need this package with its extras ``batch`` and ``spark``, and a disk that they share with the driver: they
write into a folder beside OUT that is removed at the end, when the driver has put the parts together. Parquet is read
by the workers; CSV and NDJSON are read first, by the same rules, into Parquet in that folder. What a cell says is read
by the same code as on polars, so that results, rejects and counts are the same.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import Any

import polars as pl

from cart_screen.batch.arrow import results_of
from cart_screen.batch.backend import pa
from cart_screen.batch.frames import screen_frame
from cart_screen.batch.intake import KEY, ROW, Intake
from cart_screen.batch.job import Job
from cart_screen.batch.mapping import Matching, questions_of
from cart_screen.batch.reading import Form, form_of
from cart_screen.batch.running import BATCH, Engine
from cart_screen.batch.scratch_folder import scratch_folder
from cart_screen.engines.columns.batches import gathered, unpacked
from cart_screen.errors import CartScreenError, ExtraMissing
from cart_screen.nouns import noun, replace

with warnings.catch_warnings():
    # What PySpark says of versions of pandas does not concern who only passes Arrow through it.
    warnings.simplefilter("ignore")
    try:
        from py4j.protocol import Py4JError  # type: ignore[import-untyped]  # it has no types
        from pyspark import cloudpickle
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
        from pyspark.sql.pandas.types import from_arrow_schema
    except ImportError:
        raise ExtraMissing("spark") from None

# Results that a worker has written; what is not named so is not whole.
_PART = ".part"
# Workers share a table by its groups of rows.
_GROUP = 100_000

_LOCAL = "local"
_OURS: dict[str, bool | float | int | str | None] = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "OFF",
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(BATCH),
}
# Nobody else speaks with a Spark that runs on this computer alone.
_ALONE: dict[str, bool | float | int | str | None] = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
}


class SparkFailed(CartScreenError, OSError):
    """Spark did not start, or gave up; ``why`` is the name of its error, since the message may hold an answer."""

    code = "spark-failed"

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return (
            f"Spark gave up ({self.why}). Look whether Java 17 or later is installed, the master can be reached, and "
            "its workers can read IN and write beside OUT; --engine polars needs none of these."
        )


def in_spark(master: str | None = None) -> Engine:
    """
    Give what computes a batch on a Spark master, on this computer with all its cores where none is named.

    Raises
    ------
    CannotCreate
        When the workers' folder cannot be made beside the results.
    SparkFailed
        When Spark does not start, or gives up.
    """

    def engine(frame: pl.LazyFrame, job: Job) -> Iterator[pl.DataFrame]:
        goes = results_of(frame.collect_schema(), job)
        # Beside the results there is room, and on a cluster the disk that all share.
        with scratch_folder(job.rejects if job.output is None else job.output) as folder:
            table = _Table.of(frame, job, folder)
            _compute(master, table, _Screening(table.intake, replace(job, report=None), goes, folder))
            yield from _in_order(folder, goes)

    return engine


@noun
class _Table:
    """A table of Parquet, and how its columns are read as answers; None where they are answers already."""

    path: Path
    names: dict[str, str]
    intake: Intake | None

    @classmethod
    def of(cls, frame: pl.LazyFrame, job: Job, folder: Path) -> _Table:
        if job.input is not None and form_of(job.input) is Form.PARQUET:
            columns = Matching(questions_of(job.sets), job.mapping, job.key).of(
                list(pl.read_parquet_schema(job.input)), str(job.input)
            )  # fmt: skip
            keyed = {} if job.key is None else {KEY: job.key}
            return cls(job.input.absolute(), keyed | dict(columns.named), Intake(columns.readers))
        path = folder / "answers.parquet"
        texts = [name for name, dtype in frame.collect_schema().items() if isinstance(dtype, pl.Enum)]
        frame.with_columns(pl.col(texts).cast(pl.String)).sink_parquet(path, row_group_size=_GROUP)
        return cls(path, {}, None)


def _compute(master: str | None, table: _Table, screening: _Screening) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with _named_errors(), _session(master) as session:
            read = session.read.parquet(table.path.as_uri())
            if table.intake is not None:
                named = [_column(read, column).alias(name) for name, column in table.names.items()]
                read = read.select((read["_metadata.row_index"] + 1).alias(ROW), *named)
            _written(read, screening).collect()


def _written(read: Any, screening: _Screening) -> Any:
    """Give the numbers of the first rows of the parts that workers write, when that is asked for."""
    # What the tasks of one worker do is one object there, so that it plans once.
    packed: bytes = cloudpickle.dumps(screening)  # type: ignore[no-untyped-call]  # PySpark's copy has no types

    def written(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        screening: _Screening = unpacked(packed)
        for rows in gathered(batches):
            yield pa.record_batch({ROW: pa.array([screening.write(rows)], pa.int64())})

    return read.mapInArrow(written, from_arrow_schema(pa.schema({ROW: pa.int64()})))


def _column(frame: Any, name: str) -> Any:
    # A name may hold what Spark reads as a path into a column.
    return frame[f"`{name.replace('`', '``')}`"]


@noun
class _Screening:
    """
    What a worker does with some rows that follow each other: it writes their results into a file of the folder.

    Passed back through Spark instead, the results of two million rows took half as long again.
    """

    intake: Intake | None
    job: Job
    goes: pl.Schema
    folder: Path

    def write(self, rows: pa.Table) -> int:
        """Write the results of rows, and give the number of the first one, which is the name of the file."""
        frame = pl.from_arrow(rows)
        assert isinstance(frame, pl.DataFrame)
        answers = frame if self.intake is None else self.intake.read(frame)
        screened: pl.DataFrame = screen_frame(answers, criteria=self.job.sets, as_of=self.job.as_of)
        first: int = screened[ROW][0]
        # Of a task that is tried twice the same file is written twice, and is whole whenever it is there.
        scratch = self.folder / f"{first}.{token_hex(8)}"
        screened.select(pl.col(name).cast(dtype) for name, dtype in self.goes.items()).write_parquet(scratch)
        scratch.replace(self.folder / f"{first}{_PART}")
        return first


def _in_order(folder: Path, goes: pl.Schema) -> Iterator[pl.DataFrame]:
    """Give what the workers wrote in the order of the rows, at least one frame."""
    parts = sorted(folder.glob(f"*{_PART}"), key=lambda path: int(path.stem))
    for path in parts:
        yield from pl.read_parquet(path).iter_slices(BATCH)
    if not parts:
        yield pl.DataFrame(schema=goes)


@contextmanager
def _session(master: str | None) -> Iterator[Any]:
    """Give the Spark session of this process, or a new one that is stopped at the end."""
    running = SparkSession.getActiveSession()
    if running is not None:
        yield running
        return
    where = master or f"{_LOCAL}[*]"
    settings = _OURS | (_ALONE if where.startswith(_LOCAL) else {})
    # The workers of this computer are to run what this process runs.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    with _silent():
        session = SparkSession.builder.master(where).appName("cart-screen").config(map=settings).getOrCreate()
    try:
        yield session
    finally:
        with suppress(PySparkException, Py4JError):
            session.stop()


@contextmanager
def _silent() -> Iterator[None]:
    """Give what starts meanwhile no standard error: Spark tells of itself there, and of rows that it stumbles on."""
    try:
        kept = os.dup(2)
    except OSError:
        # It is closed already.
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


@contextmanager
def _named_errors() -> Iterator[None]:
    try:
        yield
    except (PySparkException, Py4JError) as error:
        raise SparkFailed(type(error).__name__) from None
