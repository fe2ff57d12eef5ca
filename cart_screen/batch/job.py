"""One run over many intakes: what is read, how, under which criteria, and where the results go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from cart_screen.batch.mapping import ColumnMap
from cart_screen.model import CriteriaSet
from cart_screen.nouns import noun


@noun
class Job:
    """
    One run over a table of intakes.

    ``input`` and ``output`` are None where the run reads standard input and writes standard output, both as NDJSON.
    ``key`` is the column of the input that names a row in the results; without one rows are numbered from 1.
    ``sets`` are the criteria sets, read as of ``as_of``. ``rejects`` is the CSV file of the rows that cannot be read
    as answers, ``report`` the HTML file that is asked for, if any. ``quiet`` leaves out the progress bar.
    """

    input: Path | None
    output: Path | None
    rejects: Path
    sets: Sequence[CriteriaSet]
    as_of: date
    key: str | None = None
    mapping: ColumnMap = ColumnMap()
    report: Path | None = None
    quiet: bool = False

    @property
    def source(self) -> str:
        """The name of the input in messages."""
        return "standard input" if self.input is None else str(self.input)
