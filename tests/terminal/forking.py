"""
A process that has loaded cart-screen and forks a process for each run of it.

A start takes half a second, and nearly all of it is loading; forked, a hundred runs take a few seconds. Each is a
process of its own with its own standard input, output and error, its own session and its own terminal. It is run as
a script with the descriptor of a socket; ``processes`` is the other side.
"""

from __future__ import annotations

import ctypes
import fcntl
import gc
import io
import json
import os
import resource
import signal
import socket
import sys
import termios
from contextlib import suppress

_LARGEST_REQUEST = 1_000_000
_DATE = "2026-11-22"


def serve(channel: socket.socket) -> None:
    """Fork a run for each request and say its number; wait for it to end where that is asked."""
    while True:
        said, descriptors, _, _ = socket.recv_fds(channel, _LARGEST_REQUEST, 3)
        if not said:
            return
        request = json.loads(said)
        if "wait" in request:
            _, status = os.waitpid(request["wait"], 0)
            channel.send(str(os.waitstatus_to_exitcode(status)).encode())
            continue
        child = os.fork()
        if not child:
            channel.close()
            _become(request, descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        channel.send(str(child).encode())


def _become(request: dict, descriptors: list[int]) -> None:
    """Run cart-screen as if it had been started so."""
    os.setsid()
    for number, descriptor in enumerate(descriptors):
        os.dup2(descriptor, number)
        os.close(descriptor)
    if os.isatty(0):
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    os.chdir(request["folder"])
    os.environ.update(request["environment"])
    if request["without_rights"]:
        _give_up_rights()
    if request["room"] is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (request["room"], request["room"]))
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # Whoever started the tests may ignore it (nohup), and what is ignored is inherited.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    sys.stdin = sys.__stdin__ = _text(0, "r")
    sys.stdout = sys.__stdout__ = _text(1, "w")
    sys.stderr = sys.__stderr__ = _text(2, "w")
    sys.argv = ["cart-screen", *request["arguments"]]

    from cart_screen.cli.main import main

    try:
        code = main()
        sys.stdout.flush()
        sys.stderr.flush()
    except SystemExit as wrong_use:
        code = int(wrong_use.code or 0)
    # To tidy up at its end, Python would go through every object that was loaded, which costs as much as the run.
    os._exit(code)


def _text(descriptor: int, mode: str) -> io.TextIOWrapper:
    raw = open(descriptor, f"{mode}b", buffering=-1, closefd=False)  # noqa: SIM115 - as Python opens them
    is_line_by_line = mode == "w" and (os.isatty(descriptor) or descriptor == 2)
    return io.TextIOWrapper(raw, encoding="utf-8", line_buffering=is_line_by_line)


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("process", ctypes.c_int))


class _Rights(ctypes.Structure):
    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


def _give_up_rights() -> None:
    """Obey the modes of files, also as root, who otherwise may write anywhere (Linux: capset, version 3)."""
    with suppress(AttributeError):
        ctypes.CDLL(None).capset(ctypes.byref(_Header(0x20080522, 0)), ctypes.byref((_Rights * 2)()))


def _load() -> None:
    """Load all that a run may need, and generate what engines generate."""
    import cart_screen.cli.arguments
    import cart_screen.cli.asking
    import cart_screen.cli.screening
    import cart_screen.formats.saved
    import cart_screen.sheet.content
    import cart_screen.terminal.rich  # noqa: F401 - they are loaded for the runs
    from cart_screen.answers.absent import AbsentReason
    from cart_screen.api import load_criteria
    from cart_screen.inquiry import Depth
    from cart_screen.questionnaire import Questionnaire

    at = Questionnaire(criteria=load_criteria().on(_day()), as_of=_DATE, depth=Depth.COMPLETE)
    while at.next_question is not None:
        at.choices(at.next_question)
        at = at.answer_absent(at.next_question.id, AbsentReason.ASKED_UNKNOWN)
    at.screening.words()


def _day():
    from cart_screen.api import read_date

    return read_date(_DATE)


if __name__ == "__main__":
    _load()
    # What was loaded is looked at by no collection in any run, so that its memory stays shared.
    gc.collect()
    gc.freeze()
    serve(socket.socket(fileno=int(sys.argv[1])))
