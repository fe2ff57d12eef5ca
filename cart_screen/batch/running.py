"""One run: a table read, every row screened, results and rejects written, everything counted."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import BinaryIO

import polars as pl

from cart_screen.batch.errors import RowsLost
from cart_screen.batch.frames import screen_frame
from cart_screen.batch.intake import KEY, ROW, UNREAD
from cart_screen.batch.job import Job
from cart_screen.batch.mapping import Matching, questions_of
from cart_screen.batch.placing import Placing, cannot_write
from cart_screen.batch.plots import need_plots
from cart_screen.batch.progress import Progress
from cart_screen.batch.reading import Table, form_of, open_table
from cart_screen.batch.rejects import Rejects
from cart_screen.batch.results import INVALID, names
from cart_screen.batch.tally import GROUP, TYPE, Tally
from cart_screen.batch.writing import writer
from cart_screen.engines.columns.errors import refuse_taken
from cart_screen.nouns import noun

# So many rows are computed, written and counted at a time.
BATCH = 100_000

# The column that numbers the rows of results without a key.
ROW_NAME = "row"

# Computes over a frame of answers, as ``Table.frame`` has them: gives batches of rows in their order with the columns
# of ``kept``, at least one, which may be empty.
Engine = Callable[[pl.LazyFrame, Job], Iterator[pl.DataFrame]]


@noun
class Outcome:
    """
    What a run was: its counts, and how long it took.

    ``unknown`` are the columns that nothing is known of, ``unmet`` those of the map that held no answer at all.
    """

    tally: Tally
    unknown: list[str]
    unmet: list[str]
    seconds: float


def in_polars(frame: pl.LazyFrame, job: Job) -> Iterator[pl.DataFrame]:
    """Screen a frame with polars, as it streams by."""
    screened = screen_frame(frame, criteria=job.sets, as_of=job.as_of)
    schema = screened.collect_schema()
    chosen = screened.select(kept(job, schema.names()))
    batch = None
    for batch in chosen.collect_batches(chunk_size=BATCH, maintain_order=True):
        yield batch
    if batch is None:
        yield pl.DataFrame(schema=chosen.collect_schema())


def kept(job: Job, columns: Collection[str]) -> list[str]:
    """Give the columns of a screened frame that are written, told or counted."""
    return [name for name in (ROW, KEY, UNREAD, INVALID, GROUP, TYPE, *_results(job)) if name in columns]


def run(job: Job, engine: Engine = in_polars) -> Outcome:
    """
    Read a table, screen every row and write results and rejects; both appear at the end, complete, or not at all.

    A row with anything that cannot be read as an answer is rejected, and the others go on. Standard output is
    written to as rows come.

    Raises
    ------
    CannotCreate, CannotWrite
        When results, rejects or the report cannot be written.
    ColumnsInvalid, ColumnsMissing, CriteriaApart, FormUnknown, TableMissing, TableUnreadable
        When there is no table, or it cannot be read as a whole.
    ExtraMissing
        When a report is asked for and nothing can be drawn.
    RowsLost
        When rows are missing at the end, which is a fault of the program.
    """
    began = perf_counter()
    form_of(job.output)
    if job.report is not None:
        need_plots()
    refuse_taken([ROW_NAME, *_results(job)] if job.key is None else _results(job), [job.key] if job.key else [])
    table = open_table(job.input, Matching(questions_of(job.sets), job.mapping, job.key))
    tally = Tally.of(job.sets)
    placed = [path for path in (job.output, job.rejects, job.report) if path is not None]
    with table, Placing(placed) as places:
        with interruptible(), Progress(rows=table.total, size=table.size, quiet=job.quiet) as progress:
            _screen(job, table, engine, places, tally, progress)
        table.finish()
        if table.rows() != tally.rows:
            raise RowsLost(table.rows(), tally.screened, tally.rejected)
        seconds = perf_counter() - began
        if job.report is not None:
            _report(job, places, tally)
        places.keep()
    return Outcome(tally, table.unknown(), table.unmet(), seconds)


def _screen(job: Job, table: Table, engine: Engine, places: Placing, tally: Tally, progress: Progress) -> None:
    with writes(job.rejects):
        rejects = Rejects(places.stream(job.rejects))
    results: Results | None = None
    try:
        for batch in guarded(engine(table.frame, job), table):
            if results is None:
                with writes(job.output):
                    results = Results(job, places, batch.schema)
            wrong = batch.filter(pl.col(UNREAD).is_not_null())
            # Whatever is read is allowed; were anything not, its rows would be missed at the end.
            is_good = not wrong.height and not batch[INVALID].any()
            good = batch if is_good else batch.filter(pl.col(UNREAD).is_null() & ~pl.col(INVALID))
            if wrong.height:
                with writes(job.rejects):
                    tally.reject(wrong.height, rejects.add(wrong))
            with writes(job.output):
                results.add(good)
            tally.add(good)
            progress.advance(batch.height, table.read())
        if results is not None:
            with writes(job.output):
                results.finish()
    except BaseException:
        # Whatever stops it, an interrupt too: nothing of it is kept.
        if results is not None:
            results.abandon()
        raise


class Results:
    """The results of a run: the key of each row, or its number, and the columns of results."""

    def __init__(self, job: Job, places: Placing, schema: Mapping[str, pl.DataType]) -> None:
        key = pl.col(KEY).alias(job.key) if job.key is not None else pl.col(ROW).alias(ROW_NAME)
        self._columns = [key, *map(pl.col, _results(job))]
        stream: BinaryIO = sys.stdout.buffer if job.output is None else places.stream(job.output)
        written = pl.DataFrame(schema=schema).select(self._columns).schema
        self._writer = writer(form_of(job.output), stream, written)

    def add(self, batch: pl.DataFrame) -> None:
        """Write some rows."""
        self._writer.add(batch.select(self._columns))

    def finish(self) -> None:
        """Write what stands behind the last row."""
        self._writer.finish()

    def abandon(self) -> None:
        """Write nothing any more."""
        self._writer.abandon()


def _results(job: Job) -> list[str]:
    return [name for columns in names([one.id for one in job.sets]).values() for name in columns.every]


def _report(job: Job, places: Placing, tally: Tally) -> None:
    # Imported here: it brings what draws.
    from cart_screen.batch.report import report

    assert job.report is not None
    page = report(tally, job.sets, job.as_of)
    with writes(job.report):
        places.stream(job.report).write(page.encode("utf-8"))


def guarded(batches: Iterator[pl.DataFrame], table: Table) -> Iterator[pl.DataFrame]:
    """
    Give batches as they come.

    Raises
    ------
    TableUnreadable
        When a table turns out to be damaged further down.
    """
    try:
        with interruptible():
            yield from batches
    except (pl.exceptions.PolarsError, OSError) as error:
        damage = table.damage()
        if damage is None:
            raise
        raise damage from error


@contextmanager
def interruptible() -> Iterator[None]:
    """Give on an interrupt that meets polars in the middle of a call, where it comes out as a panic."""
    try:
        yield
    except pl.exceptions.PanicException as error:
        if KeyboardInterrupt.__name__ in str(error):
            raise KeyboardInterrupt from None
        raise


@contextmanager
def writes(path: Path | None) -> Iterator[None]:
    """
    Name the file that is written to in what goes wrong meanwhile; without one it is standard output.

    Raises
    ------
    CannotWrite
        When there is no room, or the disk gives up.
    """
    try:
        yield
    except OSError as error:
        if path is None:
            # Standard output: whoever runs the program knows what it means that nobody reads it.
            raise
        raise cannot_write(path, error) from None
