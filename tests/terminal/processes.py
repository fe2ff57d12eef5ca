"""Runs of cart-screen as processes of their own, behind pipes or behind terminals."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

DATE = "2026-11-22"

# Nothing takes a tenth of it; a run that hangs fails a test instead of the whole suite.
PATIENCE = 30.0

# What would change how a run behaves is said by each test for itself.
_UNSET = ("ACCESSIBLE", "COLUMNS", "LINES", "NO_COLOR", "PROMPT_TOOLKIT_NO_CPR", "TERM")


class Stuck(AssertionError):
    """A run did not show or do in time what was waited for."""


@dataclass(frozen=True)
class Ended:
    """How a run ended; a negative code is the signal that ended it."""

    code: int
    output: str
    errors: str


class Process:
    """One run: a process that was forked, and can be waited for and sent signals."""

    def __init__(self, channel: socket.socket, number: int) -> None:
        self.number = number
        self._channel = channel
        self._code: int | None = None

    def send(self, signum: signal.Signals) -> None:
        """Send a signal."""
        os.kill(self.number, signum)

    def wait(self) -> int:
        """Give the exit code of a run that has closed its output."""
        if self._code is None:
            self._channel.send(json.dumps({"wait": self.number}).encode())
            self._code = int(self._channel.recv(100))
        return self._code

    def until_it_waits(self) -> None:
        """Wait until it runs no more, and so waits for something itself (Linux)."""
        stat = Path(f"/proc/{self.number}/stat")
        until = time.monotonic() + PATIENCE
        while stat.read_text().rpartition(")")[2].split()[0] not in "SZ":
            if time.monotonic() > until:
                raise Stuck("The run does not wait for anything.")

    @property
    def is_over(self) -> bool:
        """Tell whether its end was seen."""
        return self._code is not None


class Starter:
    """Starts runs, each forked from a process that has loaded everything."""

    def __init__(self) -> None:
        self._channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        environment = {key: value for key, value in os.environ.items() if key not in _UNSET}
        self._process = subprocess.Popen(
            [sys.executable, "-P", str(Path(__file__).with_name("forking.py")), str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            env=environment,
            stdin=subprocess.DEVNULL,
        )
        theirs.close()

    def close(self) -> None:
        """End the process that forks; runs that go on are not ended by it."""
        self._channel.close()
        self._process.wait(PATIENCE)

    def start(
        self,
        arguments: Sequence[str],
        descriptors: tuple[int, int, int],
        *,
        folder: Path,
        environment: Mapping[str, str],
        without_rights: bool = False,
        room: int | None = None,
    ) -> Process:
        """
        Start a run with standard input, output and error at descriptors, which stay open here.

        Without rights it obeys the modes of files, also where it is root; ``room`` is how many bytes a file may get.
        """
        request = {
            "arguments": list(arguments),
            "environment": dict(environment),
            "folder": str(folder),
            "without_rights": without_rights,
            "room": room,
        }
        socket.send_fds(self._channel, [json.dumps(request).encode()], list(descriptors))
        return Process(self._channel, int(self._channel.recv(100)))

    def piped(
        self,
        typed: bytes,
        *arguments: str,
        folder: Path,
        without_rights: bool = False,
        room: int | None = None,
        **environment: str,
    ) -> Ended:
        """Run with typed bytes on standard input, and pipes for what it says."""
        reading, writing = os.pipe()
        output, output_end = os.pipe()
        errors, errors_end = os.pipe()
        try:
            process = self.start(
                arguments,
                (reading, output_end, errors_end),
                folder=folder,
                environment=environment,
                without_rights=without_rights,
                room=room,
            )
        finally:
            for descriptor in (reading, output_end, errors_end):
                os.close(descriptor)
        said = _exchanged(process, writing, typed, (output, errors))
        return Ended(process.wait(), *(part.decode() for part in said))


def lines(*typed: str) -> bytes:
    """Give lines as they are typed."""
    return "".join(f"{line}\n" for line in typed).encode()


def _exchanged(process: Process, writing: int, typed: bytes, outputs: tuple[int, ...]) -> list[bytes]:
    """Write all that is typed while reading all that is said."""
    os.set_blocking(writing, False)
    said = dict.fromkeys(outputs, b"")
    open_ones, left = set(outputs), memoryview(typed)
    until = time.monotonic() + PATIENCE
    while open_ones:
        to_write = [] if writing < 0 else [writing]
        readable, writable, _ = select.select(list(open_ones), to_write, [], max(0, until - time.monotonic()))
        if not readable and not writable:
            process.send(signal.SIGKILL)
            raise Stuck(f"The run did not end: {b''.join(said.values()).decode()}")
        if writable:
            left, writing = _written(writing, left)
        for descriptor in readable:
            part = os.read(descriptor, 65_536)
            said[descriptor] += part
            if not part:
                os.close(descriptor)
                open_ones.remove(descriptor)
    if writing >= 0:
        os.close(writing)
    return list(said.values())


def _written(writing: int, left: memoryview) -> tuple[memoryview, int]:
    """Write a part; give what is left, and the descriptor while it is open."""
    try:
        left = left[os.write(writing, left) :]
    except BrokenPipeError:
        # The run ended before it read everything.
        left = left[:0]
    if not left:
        os.close(writing)
        return left, -1
    return left, writing
