"""A terminal as a person has one: what stands on it, and keys to press."""

from __future__ import annotations

import codecs
import errno
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pyte

from .processes import DATE, PATIENCE, Process, Starter, Stuck

DOWN, UP, ENTER, SPACE = "\x1b[B", "\x1b[A", "\r", " "
INTERRUPT, END = "\x03", "\x04"

_CUT_OFF = re.compile(r"\x1b(?:\[[0-?]*[ -/]*)?$")
_SEQUENCES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_=>])")


Found = TypeVar("Found")


class _Screen(pyte.Screen):
    """A screen that answers where its cursor is, as a real terminal does, and keeps what scrolled off its top."""

    def __init__(self, columns: int, rows: int, master: int) -> None:
        super().__init__(columns, rows)
        self.above: list[str] = []
        self._master = master

    def write_process_input(self, data: str) -> None:
        os.write(self._master, data.encode())

    def index(self) -> None:
        if self.cursor.y == self.lines - 1:
            self.above.append("".join(self.buffer[0][x].data for x in range(self.columns)))
        super().index()


class Terminal:
    """
    A pseudo-terminal with a run of cart-screen on it, shown by a terminal emulator.

    ``raw`` is all that was written to it so far, with its control sequences, and ``said`` the same without them.
    """

    def __init__(self, master: int, process: Process, columns: int, rows: int) -> None:
        self.process = process
        self.raw = ""
        self.said = ""
        self._cut_off = ""
        self._master = master
        self._screen = _Screen(columns, rows, master)
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._seen = 0
        self._is_over = False

    def expect(self, *texts: str | re.Pattern[str]) -> str:
        """
        Wait until texts were written one after the other, each after all that was waited for before.

        Spaces and line ends are as good as each other. Give the last text as it was written.
        """
        written = ""
        for text in texts:
            pattern = text if isinstance(text, re.Pattern) else _anyhow_wrapped(text)
            until = time.monotonic() + PATIENCE
            while not (found := pattern.search(self.said, self._seen)):
                if self._is_over or not self._read(until):
                    raise Stuck(f"Never shown: {text!r}. Shown:\n" + "\n".join(self.lines))
            self._seen = found.end()
            written = found[0]
        return written

    def until(self, find: Callable[[list[str]], Found | None]) -> Found:
        """Wait until something can be found in the lines that are shown, and give it."""
        until = time.monotonic() + PATIENCE
        while (found := find(self.lines)) is None:
            if self._is_over or not self._read(until):
                raise Stuck("Never found. Shown:\n" + "\n".join(self.lines))
        return found

    def type(self, keys: str) -> None:
        """Press keys."""
        if keys == INTERRUPT:
            # Python loses a signal that comes between the prompt and the read after it; no person is so fast.
            self.process.until_it_waits()
        os.write(self._master, keys.encode())

    def ended(self) -> int:
        """Wait for the end and give the exit code; a negative one is the signal that ended it."""
        until = time.monotonic() + PATIENCE
        while not self._is_over:
            if not self._read(until):
                raise Stuck("It does not end. Shown:\n" + "\n".join(self.lines))
        return self.process.wait()

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size; the run is told, as by a real terminal."""
        self._screen.resize(rows, columns)
        set_size(self._master, columns, rows)

    def hang_up(self) -> None:
        """Close the window."""
        os.close(self._master)
        self._is_over = True
        self._master = -1

    def close(self) -> None:
        """Close the window where it is still open; a run that goes on without it is ended."""
        if not self.process.is_over:
            self.process.send(signal.SIGKILL)
            self.process.wait()
        if self._master >= 0:
            os.close(self._master)

    @property
    def lines(self) -> list[str]:
        """All that can be seen, also by scrolling back, down to the last line that is not empty."""
        found = [line.rstrip() for line in (*self._screen.above, *self._screen.display)]
        while found and not found[-1]:
            found.pop()
        return found

    def _read(self, until: float) -> bool:
        """Read what comes next; tell whether anything came in time."""
        ready, _, _ = select.select([self._master], [], [], max(0, until - time.monotonic()))
        if not ready:
            return False
        try:
            part = os.read(self._master, 65_536)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            part = b""
        if not part:
            self._is_over = True
        text = self._decoder.decode(part)
        self.raw += text
        whole = self._cut_off + text
        cut = _CUT_OFF.search(whole)
        self._cut_off = cut[0] if cut else ""
        self.said += without_sequences(whole.removesuffix(self._cut_off))
        self._stream.feed(text)
        return True


def without_sequences(text: str) -> str:
    """Give a text without its control sequences."""
    return _SEQUENCES.sub("", text)


def _anyhow_wrapped(text: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(re.escape(word) for word in text.split()))


@contextmanager
def opened(
    starter: Starter,
    *arguments: str,
    folder: Path,
    columns: int = 80,
    rows: int = 45,
    without_rights: bool = False,
    **environment: str,
) -> Iterator[Terminal]:
    """Start cart-screen on a terminal of a size, in a folder."""
    master, slave = pty.openpty()
    set_size(slave, columns, rows)
    try:
        process = starter.start(
            ["--as-of", DATE, *arguments],
            (slave, slave, slave),
            folder=folder,
            environment={"TERM": "xterm-256color", **environment},
            without_rights=without_rights,
        )
    finally:
        os.close(slave)
    terminal = Terminal(master, process, columns, rows)
    try:
        yield terminal
    finally:
        terminal.close()


def set_size(descriptor: int, columns: int, rows: int) -> None:
    """Tell a terminal how large its window is."""
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
