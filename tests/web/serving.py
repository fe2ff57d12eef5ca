"""A real server on this computer, and what it has logged."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

ANSWERS = Path(__file__).parents[2] / "examples" / "answers"
DATE = "2026-11-23"
JSON = {"Content-Type": "application/json"}

# Long enough for a slow machine, short enough to see that something hangs.
PATIENCE = 60


@contextmanager
def served(app) -> Iterator[str]:
    """Serve an application on a free port in a thread, and give its address."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
    server = uvicorn.Server(uvicorn.Config(app, log_level="info", lifespan="off", timeout_graceful_shutdown=2))
    # What belongs to the main thread only, and would stop the tests' own handling of an interrupt.
    server.capture_signals = _nothing
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        listener.close()
        assert not thread.is_alive(), "the server did not stop"


@contextmanager
def _nothing():
    yield


@contextmanager
def command(*arguments: str) -> Iterator[tuple[str, Running]]:
    """Run ``cart-screen serve`` as a process on a free port, and give its address and the process."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "cart_screen", "serve", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    running = Running(process)
    try:
        yield running.address(), running
    finally:
        if process.poll() is None:
            process.terminate()
        running.ended()


class Running:
    """A process that serves, and everything that it has written."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._said: dict[str, list[str]] = {"stdout": [], "stderr": []}
        self._spoke = threading.Event()
        self._readers = [threading.Thread(target=self._read, args=(name,), daemon=True) for name in self._said]
        for reader in self._readers:
            reader.start()

    def address(self) -> str:
        """Give the address that it serves on, once it does."""
        assert self._spoke.wait(PATIENCE), "it did not say where it serves"
        found = re.search(r"http://\S+:\d+", "".join(self._said["stderr"]))
        assert found, self._said
        return found[0]

    def stop(self, how: signal.Signals) -> tuple[int, str, str]:
        """Stop it by a signal, and give its exit code and everything that it has written."""
        self._process.send_signal(how)
        code = self.ended()
        return code, "".join(self._said["stdout"]), "".join(self._said["stderr"])

    def ended(self) -> int:
        """Give its exit code, once it has ended."""
        code = self._process.wait(PATIENCE)
        for reader in self._readers:
            reader.join(PATIENCE)
        return code

    def _read(self, name: str) -> None:
        with getattr(self._process, name) as stream:
            for line in stream:
                self._said[name].append(line)
                if "serving on" in line:
                    self._spoke.set()
        self._spoke.set()


def raw(address: str, data: bytes, *, until: bytes = b"") -> bytes:
    """Send bytes as they are, and give what comes back until the connection is closed or ``until`` has come."""
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as connection:
        connection.sendall(data)
        received = b""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            chunk = connection.recv(65_536)
            received += chunk
            if not chunk or (until and until in received):
                break
        return received
