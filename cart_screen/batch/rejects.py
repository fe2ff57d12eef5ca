"""The rows that cannot be read as answers: a CSV file with a line for every problem."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import BinaryIO

import polars as pl

from cart_screen.batch.intake import KEY, ROW, UNREAD, problems_in

HEADER = ("row", "key", "question", "value", "reason")


class Rejects:
    """
    Writes the problems of rows to a stream of CSV.

    A row is numbered as it stands in the input, from 1; ``question`` is empty where the row itself is the problem.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._write([HEADER])

    def add(self, rejected: pl.DataFrame) -> dict[tuple[str, str], int]:
        """Write the problems of some rows, and give how many there are by question and reason."""
        keys = rejected[KEY].to_list() if KEY in rejected.columns else [None] * rejected.height
        counts: Counter[tuple[str, str]] = Counter()
        lines = []
        for row, key, told in zip(rejected[ROW].to_list(), keys, rejected[UNREAD].to_list(), strict=True):
            for question, value, reason in problems_in(told):
                counts[question, reason] += 1
                lines.append((row, key, question, value, reason))
        self._write(lines)
        return dict(counts)

    def _write(self, lines: Iterable[Sequence[object]]) -> None:
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(lines)
        self._stream.write(text.getvalue().encode("utf-8"))
