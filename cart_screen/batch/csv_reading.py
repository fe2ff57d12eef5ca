"""
Intakes from CSV: cells between commas, semicolons or tabs, quoted as RFC 4180 says, the first row naming the columns.

A piece of the file that is plainly well-formed is parsed as a whole; any other is read row by row, so that one wrong
row is told and the others go on.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import polars as pl

from cart_screen.batch.backend import pa
from cart_screen.batch.chunks import NEWLINE, QUOTE, Pieces
from cart_screen.batch.errors import TableUnreadable
from cart_screen.batch.intake import UNREAD, unread
from cart_screen.errors import shown

# What separates cells is what the header has most of.
_SEPARATORS = (",", ";", "\t")

_ESCAPED = QUOTE * 2
_EMPTY_CELL_ALONE = re.compile(rb'^(?:"")+\r?$', re.MULTILINE)


class CsvRows:
    """The rows of a CSV file: its header at once, its cells as frames of texts; ``count`` is the rows so far."""

    def __init__(self, pieces: Pieces, where: str) -> None:
        self._pieces = iter(pieces)
        self._where = where
        self.count = 0
        self._separator = ","
        self.header, self._first = self._begin()

    def frames(self, columns: Mapping[str, str]) -> Iterator[pl.DataFrame]:
        """
        Give the cells of some columns, empty ones as null, with ``UNREAD`` for rows that are no rows of the table.

        ``columns`` gives the column of the file for each name that is wanted.

        Raises
        ------
        TableUnreadable
            When quotes are set so that nobody can tell where a row ends.
        """
        places = {name: self.header.index(column) for name, column in columns.items()}
        for piece in self._rest():
            frame = self._whole(piece, places)
            if frame is None:
                frame = self._row_by_row(piece, places)
            self.count += frame.height
            yield frame

    def _begin(self) -> tuple[list[str], bytes]:
        first = next(self._pieces, b"")
        if not first.strip():
            raise TableUnreadable(self._where, "it is empty", "The first row must name the columns.")
        if NEWLINE not in first and b"\r" in first:
            raise TableUnreadable(self._where, "its lines end as on old Macs", "Save it with line ends of today.")
        first = first.lstrip(b"\r\n")
        with _long_cells():
            text = io.StringIO(first.decode("utf-8"), newline="")
            self._separator = _separator(first)
            try:
                header = [name.strip() for name in next(csv.reader(text, delimiter=self._separator, strict=True))]
            except csv.Error as error:
                raise self._misquoted(0, error) from None
        return header, text.read().encode("utf-8")

    def _rest(self) -> Iterator[bytes]:
        if self._first:
            yield self._first
        self._first = b""
        yield from self._pieces

    def _whole(self, piece: bytes, places: Mapping[str, int]) -> pl.DataFrame | None:
        """Parse a piece as a whole, or give None where it is not plainly well-formed."""
        outside = _outside_of_quotes(piece, self._separator.encode()) if QUOTE in piece else piece
        if outside is None:
            return None
        is_single = len(self.header) == 1
        if not is_single and QUOTE in piece and _EMPTY_CELL_ALONE.search(piece):
            # With what stands in quotes left out it looks like an empty line, and is a row.
            return None
        lines = outside.replace(b"\r\n", NEWLINE).removesuffix(NEWLINE).split(NEWLINE)
        rows = len(lines) if is_single else sum(map(bool, lines))
        if not rows:
            return _frame(places, [], [])
        names = [str(place) for place in range(len(self.header))]
        wanted = [names[place] for place in dict.fromkeys(places.values())]
        parse = pa.csv.ParseOptions(
            delimiter=self._separator, newlines_in_values=QUOTE in piece, ignore_empty_lines=not is_single
        )
        try:
            table = pa.csv.read_csv(
                pa.BufferReader(piece),
                read_options=pa.csv.ReadOptions(column_names=names, block_size=max(len(piece), 1) + 1),
                parse_options=parse,
                convert_options=pa.csv.ConvertOptions(
                    include_columns=wanted,
                    column_types=dict.fromkeys(wanted, pa.string()),
                    null_values=[""],
                    strings_can_be_null=True,
                ),
            )
        except pa.ArrowInvalid:
            return None
        if table.num_rows != rows:
            return None
        frame: Any = pl.from_arrow(table)
        cells = [frame[names[place]].alias(name) for name, place in places.items()]
        return pl.DataFrame([*cells, pl.repeat(None, rows, dtype=pl.String, eager=True).alias(UNREAD)])

    def _row_by_row(self, piece: bytes, places: Mapping[str, int]) -> pl.DataFrame:
        width = len(self.header)
        cells: list[list[str | None]] = []
        told: list[str | None] = []
        with _long_cells():
            text = io.StringIO(piece.decode("utf-8"), newline="")
            rows = csv.reader(text, delimiter=self._separator, strict=True)
            try:
                for row in rows:
                    if not row:
                        if width > 1:
                            continue
                        row = [""]
                    problem = None if len(row) == width else self._misshapen(row, self.count + len(told) + 1)
                    told.append(problem)
                    cells.append([row[place] or None if problem is None else None for place in places.values()])
            except csv.Error as error:
                raise self._misquoted(self.count + len(told) + 1, error) from None
        return _frame(places, cells, told)

    def _misshapen(self, row: Sequence[str], number: int) -> str:
        found = f"{len(row):,} cell{'' if len(row) == 1 else 's'} where the header has {len(self.header):,}"
        if any("\n" in cell for cell in row):
            # It may have swallowed rows, and nobody can tell which.
            raise TableUnreadable(
                self._where,
                f"row {number:,} has {found}, and one of them is several lines long",
                "Look for a quote there that is not closed.",
            )
        return unread([("", shown(self._separator.join(row)), found)])

    def _misquoted(self, number: int, error: csv.Error) -> TableUnreadable:
        row = f"row {number:,}" if number else "the header"
        return TableUnreadable(
            self._where, f"the quotes are wrong from {row} on ({error})", "Write a quote inside a cell twice."
        )


def _separator(piece: bytes) -> str:
    line = piece.partition(NEWLINE)[0]
    outside = (line if (emptied := _emptied(line)) is None else emptied).decode("utf-8")
    return max(_SEPARATORS, key=outside.count)


def _emptied(piece: bytes) -> bytes | None:
    parts = piece.replace(_ESCAPED, b"").split(QUOTE)
    # Whatever is left out stood between a quote that opens and one that closes: a single quote stands for both.
    return None if len(parts) % 2 == 0 else QUOTE.join(parts[::2])


def _outside_of_quotes(piece: bytes, separator: bytes) -> bytes | None:
    """
    Give a piece with every quoted cell emptied, each still one pair of quotes, or None where quotes stand elsewhere.
    """
    outside = _emptied(piece)
    if outside is None:
        return None
    cells = outside.count(QUOTE)
    opened = outside.count(separator + QUOTE) + outside.count(b'\n"') + outside.startswith(QUOTE)
    closed = outside.count(QUOTE + separator) + outside.count(b'"\n') + outside.count(b'"\r') + outside.endswith(QUOTE)
    return outside if opened == cells == closed else None


def _frame(names: Iterable[str], cells: Sequence[Sequence[str | None]], told: Sequence[str | None]) -> pl.DataFrame:
    frame = pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String()), orient="row")
    return frame.with_columns(pl.Series(UNREAD, told, dtype=pl.String))


@contextmanager
def _long_cells() -> Iterator[None]:
    before = csv.field_size_limit(sys.maxsize)
    try:
        yield
    finally:
        csv.field_size_limit(before)
