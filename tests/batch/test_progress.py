"""A line that says how far long work has come, on a terminal only."""

from __future__ import annotations

import fcntl
import io
import os
import struct
import sys
import termios
from collections.abc import Iterator
from contextlib import nullcontext
from typing import TextIO

import pytest

from cart_screen.batch import progress
from cart_screen.batch.progress import Progress
from cart_screen.errors import ExtraMissing

_MARK = "<read so far>"


class Terminal:
    """A terminal of 80 columns: what is written to ``stream`` is read from ``shown``."""

    def __init__(self) -> None:
        self._reader, writer = os.openpty()
        fcntl.ioctl(writer, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.stream: TextIO = os.fdopen(writer, "w", encoding="utf-8")

    def shown(self) -> list[str]:
        """Give each line as it was drawn over the one before."""
        # A terminal hands on what was written when it likes, so it is read up to a mark.
        self.stream.write(_MARK)
        self.stream.flush()
        found = b""
        while not found.endswith(_MARK.encode()):
            found += os.read(self._reader, 65536)
        return [line.rstrip() for line in found.decode().removesuffix(_MARK).split("\r")]

    def close(self) -> None:
        self.stream.close()
        os.close(self._reader)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    # Every step is drawn, so that nobody waits.
    monkeypatch.setattr(progress, "_OFTEN", 0)
    found = Terminal()
    yield found
    found.close()


def test_rows_their_rate_and_the_time_left_are_shown_where_the_rows_are_known(terminal: Terminal) -> None:
    with Progress(rows=2000, stream=terminal.stream) as line:
        line.advance(500)
        line.advance(500)
        shown = terminal.shown()
    assert any("25 %" in one and "500 rows" in one for one in shown)
    assert "50 %" in shown[-1]
    assert "1,000 rows (" in shown[-1]
    assert "a second), " in shown[-1]
    assert shown[-1].endswith(" left")
    assert max(map(len, shown)) <= 80


def test_bytes_tell_how_far_it_is_where_the_rows_are_not_known(terminal: Terminal) -> None:
    with Progress(size=1000, stream=terminal.stream) as line:
        line.advance(7, read=300)
        line.advance(7, read=1200)
        shown = terminal.shown()
    assert any("30 %" in one and " 7 rows" in one for one in shown)
    assert "100 %" in shown[-1]
    assert "14 rows" in shown[-1]


def test_rows_are_counted_where_nothing_is_known(terminal: Terminal) -> None:
    with Progress(stream=terminal.stream) as line:
        line.advance(1_234_567)
        shown = terminal.shown()
    assert shown[-1].startswith("1,234,567 rows (")
    assert "left" not in shown[-1]


@pytest.mark.parametrize("stop", [None, KeyboardInterrupt, ZeroDivisionError])
def test_the_line_is_taken_away_however_the_work_ends(terminal: Terminal, stop: type[BaseException] | None) -> None:
    with nullcontext() if stop is None else pytest.raises(stop), Progress(rows=10, stream=terminal.stream) as line:
        line.advance(5)
        if stop is not None:
            raise stop
    assert "50 %" in "".join(drawn := terminal.shown())
    assert drawn[-2:] == ["", ""]


def test_nothing_is_shown_where_that_is_wished(terminal: Terminal) -> None:
    with Progress(rows=10, quiet=True, stream=terminal.stream) as line:
        line.advance(5)
    assert terminal.shown() == [""]


@pytest.mark.parametrize("closed", [False, True])
def test_nothing_is_shown_where_there_is_no_terminal(closed: bool) -> None:
    stream = io.StringIO()
    if closed:
        stream.close()
    with Progress(rows=10, stream=stream) as line:
        line.advance(5)
    assert closed or stream.getvalue() == ""


def test_standard_error_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    with Progress(rows=10) as line:
        line.advance(5)


def test_what_is_missing_is_named_only_where_something_would_be_shown(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tqdm", None)
    with Progress(rows=10, quiet=True, stream=terminal.stream) as line:
        line.advance(5)
    with pytest.raises(ExtraMissing, match=r"cart-screen\[batch\]"):
        Progress(rows=10, stream=terminal.stream)
