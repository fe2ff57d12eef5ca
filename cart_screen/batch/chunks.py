"""A file of text in pieces that end where a row ends, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from cart_screen.batch.errors import TableUnreadable

# Pieces of this size make a few thousand rows: enough for columns to pay, little beside what computing takes.
PIECE = 8_000_000

# No honest row is longer. Without a limit one quote that is never closed would fill the memory.
LONGEST_ROW = 64_000_000

# What some editors put before a text.
_MARK = b"\xef\xbb\xbf"
_OTHER_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}

QUOTE = b'"'


class Pieces:
    """
    The bytes of a stream in pieces of whole rows; ``read`` is how many bytes have come so far.

    ``quote`` is the mark that line breaks may stand between without ending a row, if there is one. The stream is
    closed behind the last piece, or when something stops.
    """

    def __init__(self, stream: BinaryIO, where: str, quote: bytes | None = None) -> None:
        self._stream = stream
        self._where = where
        self._quote = quote
        self.read = 0

    def __iter__(self) -> Iterator[bytes]:
        """
        Give one piece after the other.

        Raises
        ------
        TableUnreadable
            When it cannot be read to its end, the text is not in UTF-8, or a row has no end.
        """
        with self._stream:
            yield from self._pieces()

    def _pieces(self) -> Iterator[bytes]:
        rest = b""
        lines = 0
        for block in self._blocks():
            whole = rest + block
            cut = self._end_of_rows(whole) if block else len(whole)
            piece, rest = whole[:cut], whole[cut:]
            if len(rest) > LONGEST_ROW:
                raise TableUnreadable(
                    self._where,
                    f"the row that begins in line {lines + piece.count(NEWLINE) + 1:,} does not end",
                    "Look for a quote there that is not closed, and for line ends of old Macs.",
                )
            if piece:
                self._check(piece, lines)
                lines += piece.count(NEWLINE)
                yield piece

    def _blocks(self) -> Iterator[bytes]:
        first = True
        while True:
            try:
                block = self._stream.read(PIECE)
            except OSError as error:
                found = f"it could be opened but not be read ({error.strerror or 'unknown reason'})"
                raise TableUnreadable(self._where, found, "Look at the disk or the pipe.") from None
            self.read += len(block)
            if first and block[:2] in _OTHER_MARKS:
                raise self._not_utf8(f"it is written in {_OTHER_MARKS[block[:2]]}")
            yield block.removeprefix(_MARK) if first else block
            first = False
            if not block:
                return

    def _end_of_rows(self, whole: bytes) -> int:
        """Give the place behind the last line break that ends a row."""
        cut = whole.rfind(NEWLINE) + 1
        if self._quote is None:
            return cut
        quotes = whole.count(self._quote, 0, cut)
        while cut and quotes % 2:
            before = whole.rfind(NEWLINE, 0, cut - 1) + 1
            quotes -= whole.count(self._quote, before, cut)
            cut = before
        return cut

    def _check(self, piece: bytes, lines: int) -> None:
        if piece.isascii():
            return
        try:
            piece.decode("utf-8")
        except UnicodeDecodeError as error:
            line = lines + piece.count(NEWLINE, 0, error.start) + 1
            raise self._not_utf8(f"line {line:,} holds a byte that is not UTF-8") from None

    def _not_utf8(self, found: str) -> TableUnreadable:
        return TableUnreadable(self._where, found, "Save it as text in UTF-8.")


NEWLINE = b"\n"
