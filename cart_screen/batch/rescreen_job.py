"""One rescreening: a table read, every row screened in two states, and those written that change."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import polars as pl

from cart_screen.batch.errors import RowsLost
from cart_screen.batch.intake import KEY, ROW, UNREAD, unread
from cart_screen.batch.mapping import ColumnMap, Matching, questions_of
from cart_screen.batch.moves import Moves
from cart_screen.batch.placing import Placing
from cart_screen.batch.points import Point
from cart_screen.batch.progress import Progress
from cart_screen.batch.reading import Form, Table, form_of, open_table
from cart_screen.batch.rejects import Rejects
from cart_screen.batch.rescreening import CHANGED, CHANGES, LISTS, Explanation, compared
from cart_screen.batch.results import INVALID, PROBLEMS
from cart_screen.batch.running import BATCH, ROW_NAME, guarded, writes
from cart_screen.batch.tally import NOT_ALLOWED
from cart_screen.batch.writing import writer
from cart_screen.engines.columns.errors import refuse_taken
from cart_screen.nouns import noun

# So many changed rows are explained at a time, each time under two more sets for each document.
_EXPLAINED = 250_000

# The name of standard output.
STDOUT = Path("-")


@noun
class RescreenJob:
    """
    One rescreening of a table of intakes.

    ``input`` is None where standard input is read, as NDJSON. ``output`` gets one row for each person who changes;
    it may be ``STDOUT``, as NDJSON, or None where only the counts are wanted. ``rejects`` is the CSV file of the rows
    that cannot be read as answers, or None where they are only counted. ``key`` is the column that names a row.
    """

    input: Path | None
    output: Path | None
    rejects: Path | None
    old: Point
    new: Point
    key: str | None = None
    mapping: ColumnMap = ColumnMap()
    quiet: bool = False


@noun
class Rescreened:
    """
    What a rescreening was: who changes.

    ``unknown`` are the columns that nothing is known of, ``unmet`` those of the map that held no answer at all.
    """

    moves: Moves
    unknown: list[str]
    unmet: list[str]


def rescreen(job: RescreenJob) -> Rescreened:
    """
    Screen every row of a table in two states of a set, and give who changes.

    What is written appears at the end, complete, or not at all.

    Raises
    ------
    CannotCreate, CannotWrite
        When results or rejects cannot be written.
    ColumnsInvalid, ColumnsMissing, FormUnknown, TableMissing, TableUnreadable
        When there is no table, or it cannot be read as a whole.
    RowsLost
        When rows are missing at the end, which is a fault of the program.
    """
    if job.output is not None:
        _form(job.output)
    refuse_taken((ROW_NAME, *CHANGES) if job.key is None else CHANGES, [job.key] if job.key else [])
    table = open_table(job.input, Matching(questions_of([job.new.criteria]), job.mapping, job.key))
    moves = Moves(job.old, job.new)
    written = [path for path in (job.output, job.rejects) if path is not None and path != STDOUT]
    # Rejects that nobody wants to read are only counted.
    with Placing(written) as places, open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - pathlib has no name for it
        with Progress(rows=table.total, size=table.size, quiet=job.quiet) as progress:
            _Run(job, table, moves, places, nowhere, progress).run()
        table.finish()
        if table.rows() != moves.rows:
            raise RowsLost(table.rows(), moves.screened, moves.rejected)
        places.keep()
    return Rescreened(moves, table.unknown(), table.unmet())


class _Run:
    def __init__(
        self, job: RescreenJob, table: Table, moves: Moves, places: Placing, nowhere: BinaryIO, progress: Progress
    ) -> None:
        self._job = job
        self._table = table
        self._moves = moves
        self._progress = progress
        self._explanation = Explanation(job.old, job.new)
        self._key = (KEY, job.key) if job.key is not None else (ROW, ROW_NAME)
        with writes(job.rejects):
            self._rejects = Rejects(nowhere if job.rejects is None else places.stream(job.rejects))
        self._writer = None
        if job.output is not None:
            stream = sys.stdout.buffer if job.output == STDOUT else places.stream(job.output)
            came = table.frame.collect_schema()
            texts = dict.fromkeys(CHANGES, pl.String()) | dict.fromkeys(LISTS, pl.List(pl.String))
            with writes(job.output):
                self._writer = writer(_form(job.output), stream, {self._key[1]: came[self._key[0]], **texts})

    def run(self) -> None:
        try:
            self._run()
        except BaseException:
            # Whatever stops it, an interrupt too: nothing of it is kept.
            if self._writer is not None:
                self._writer.abandon()
            raise

    def _run(self) -> None:
        frame = compared(self._table.frame, self._job.old, self._job.new)
        waiting: list[pl.DataFrame] = []
        for batch in guarded(frame.collect_batches(chunk_size=BATCH, maintain_order=True), self._table):
            waiting.append(self._changed(batch))
            if sum(one.height for one in waiting) >= _EXPLAINED:
                self._explain(waiting)
                waiting = []
            self._progress.advance(batch.height, self._table.read())
        self._explain(waiting)
        if self._writer is not None:
            with writes(self._job.output):
                self._writer.finish()

    def _changed(self, batch: pl.DataFrame) -> pl.DataFrame:
        """Count rows, tell what cannot be read of some, and give those that change."""
        wrong = batch.filter(pl.col(UNREAD).is_not_null() | pl.col(INVALID))
        if wrong.height:
            # What can be read may still be more than the questions of before allowed.
            told = pl.Series(
                UNREAD,
                [cell or unread([(id, "", NOT_ALLOWED) for id in ids]) for cell, ids in wrong[UNREAD, PROBLEMS].rows()],
            )
            wrong = wrong.with_columns(told)
            with writes(self._job.rejects):
                self._moves.reject(wrong.height, self._rejects.add(wrong))
        self._moves.screened += batch.height - wrong.height
        return batch.filter(pl.col(UNREAD).is_null() & pl.col(CHANGED))

    def _explain(self, waiting: Sequence[pl.DataFrame]) -> None:
        if not any(one.height for one in waiting):
            return
        changes = self._explanation.of(pl.concat(waiting).lazy()).collect()
        self._moves.add(changes)
        if self._writer is not None:
            came, goes = self._key
            with writes(self._job.output):
                self._writer.add(changes.select(pl.col(came).alias(goes), *CHANGES))


def _form(output: Path) -> Form:
    return Form.NDJSON if output == STDOUT else form_of(output)
