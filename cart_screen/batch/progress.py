"""How far long work has come, on a terminal: rows, how many a second, and the time that is left."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TextIO

from cart_screen.errors import ExtraMissing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self

_SHAPE = "{percentage:3.0f} % |{bar}| {rows}, {left} left"
# Where nobody knows how much there is.
_OPEN_SHAPE = "{rows}, {elapsed}"
# Redrawn so often, in seconds: often enough to be seen to move.
_OFTEN = 0.2


class Progress:
    """
    A line on standard error that shows how far the work has come, as long as the work is in its ``with``.

    ``rows`` is how many there are, where that is known, as of Parquet; else ``size`` is how many bytes there are to
    read, and how far it is is told by the bytes read. The line is taken away at the end, however that comes. Nothing
    is shown where standard error is no terminal, or where ``quiet`` is wished.

    Raises
    ------
    ExtraMissing
        When something is to be shown and ``tqdm`` is not installed.
    """

    def __init__(
        self, *, rows: int | None = None, size: int | None = None, quiet: bool = False, stream: TextIO | None = None
    ) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._total = size if rows is None else rows
        self._by_rows = rows is not None
        self._rows = 0
        self._line = None if quiet or not _is_terminal(self._stream) else self._begun()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._line is not None:
            self._line.close()

    def advance(self, rows: int, read: int | None = None) -> None:
        """Say that some more rows are done; ``read`` is how many bytes have been read by now, all in all."""
        self._rows += rows
        if self._line is None:
            return
        self._line.rows = self._rows
        done = self._rows if self._by_rows or self._total is None else (read or self._line.n)
        # A file can have grown since it was measured.
        self._line.update(min(done, self._total if self._total is not None else done) - self._line.n)

    def _begun(self) -> Any:
        return _line()(
            total=self._total,
            file=self._stream,
            leave=False,
            dynamic_ncols=True,
            mininterval=_OFTEN,
            bar_format=_OPEN_SHAPE if self._total is None else _SHAPE,
        )


def _is_terminal(stream: Any) -> bool:
    # A stream that was closed, or stands in for one, has nobody who looks at it; a service has none at all.
    return stream is not None and not getattr(stream, "closed", False) and bool(stream.isatty())


def _line() -> Any:
    # Imported here: only who looks at a terminal needs it.
    try:
        from tqdm import tqdm
    except ImportError:
        raise ExtraMissing("batch") from None

    class Line(tqdm):  # type: ignore[misc, type-arg, unused-ignore]  # tqdm has types only where its stubs are
        # No thread looks after it: it would outlive the work.
        monitor_interval = 0
        rows = 0

        @property
        def format_dict(self) -> dict[str, Any]:
            """What its shape can show: also the rows, their rate, and the time that is left."""
            known: dict[str, Any] = super().format_dict
            elapsed, done, total = known["elapsed"], known["n"], known["total"]
            rate = f" ({self.rows / elapsed:,.0f} a second)" if elapsed and self.rows else ""
            left = tqdm.format_interval(elapsed * (total - done) / done) if total and done else "?"
            return known | {"rows": f"{self.rows:,} rows{rate}", "left": left}

    return Line
