"""
What can happen to a program while it saves: killed, interrupted, two at once, no room.

Each scenario plays it with real processes and counts what became of the file. The processes are forked from one that
has loaded everything, so a scenario is run from a process of its own that has one thread (``soak.saving``).
"""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from stat import S_IMODE
from time import perf_counter

from cart_screen.answers.given import Answers
from cart_screen.files import CannotWrite, check_writable
from cart_screen.saving.keeping import read_saved, save
from cart_screen.saving.saved import Saved

from .interviews import everything, first, interview

# Longer than one save takes here, so that every moment of it is met.
_LONGEST_WAIT = 0.003

# How many answers a file holds, and so whether it needs one block of a disk or several.
_SIZES = (3, 20, 60)

Figures = Counter[str]


def killed(times: int, folder: Path, draw: Random) -> Figures:
    """Kill a process that saves answer after answer, at any moment (SIGKILL: nothing can be tidied up)."""
    figures: Figures = Counter()
    for _ in range(times):
        _stopped(folder, draw, signal.SIGKILL, figures)
        figures["left behind"] += len(_clear(folder))
    return figures


def interrupted(times: int, folder: Path, draw: Random) -> Figures:
    """Press Ctrl-C while a process saves answer after answer, at any moment."""
    figures: Figures = Counter()
    for _ in range(times):
        _stopped(folder, draw, signal.SIGINT, figures)
        assert list(_strays(folder)) == []
    return figures


def at_once(saves: int, folder: Path) -> Figures:
    """Let two processes save to one file, and read it all the while."""
    path = folder / "interview.json"
    save(path, interview(first(0)))
    whole = list(everything().items())
    own = [_prefixes(whole), _prefixes(whole[::-1])]
    children = [_forked(lambda mine=mine: _save_all(path, mine, saves)) for mine in own]
    allowed = {answers for mine in own for answers in mine}
    figures: Figures = Counter()
    while children:
        figures["reads"] += 1
        assert _saved(path).answers in allowed
        for child in tuple(children):
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                assert status == 0
                children.remove(child)
    assert _saved(path).answers in [mine[saves % len(mine) - 1] for mine in own]
    assert list(_strays(folder)) == []
    figures["saves"] = 2 * saves
    return figures


def full(folder: Path) -> Figures:
    """Save to a disk with less and less room, in a folder that has one to itself."""
    path = folder / "interview.json"
    figures: Figures = Counter()
    save(path, interview(first(3)))
    room = os.statvfs(folder)
    ballast = folder / "ballast"
    for blocks in range(room.f_bfree + 1):
        ballast.write_bytes(bytes(blocks * room.f_bsize))
        for count in _SIZES:
            _saved_or_not(path, count, figures)
            assert list(_strays(folder)) == []
        # A file that takes more blocks than at the start would leave none for the next ballast.
        ballast.unlink()
        save(path, interview(first(3)))
    return figures


def _saved_or_not(path: Path, count: int, figures: Figures) -> None:
    before = _saved(path)
    try:
        save(path, interview(first(count)))
    except CannotWrite:
        figures["no room"] += 1
        assert _saved(path) == before
    else:
        figures["saved"] += 1
        assert _saved(path).answers == first(count)


def _stopped(folder: Path, draw: Random, by: signal.Signals, figures: Figures) -> None:
    path = folder / "interview.json"
    save(path, interview(first(0)))
    reading, writing = os.pipe()

    def child() -> None:
        for count in range(1, len(everything()) + 1):
            save(path, interview(first(count)))
            os.write(writing, b".")

    process = _forked(child)
    os.close(writing)
    # Some answers later, or at once: the first file is made then.
    told = sum(len(os.read(reading, 1)) for _ in range(draw.randrange(30)))
    _wait(draw.random() * _LONGEST_WAIT)
    os.kill(process, by)
    os.waitpid(process, 0)
    told += len(_rest(reading))
    os.close(reading)
    found = _saved(path)
    count = len(found.answers.values)
    figures["times"] += 1
    # What is in the file was given in this order, and nothing that the process knew to be saved is missing.
    assert list(found.answers.values.items()) == list(everything().items())[:count]
    assert found == interview(first(count))
    assert told <= count <= told + 1
    figures["saved and not told yet"] += count > told
    assert S_IMODE(path.stat().st_mode) == 0o600


def _clear(folder: Path) -> list[Path]:
    """Give the scratch files of killed processes, once they were old and then cleared away."""
    left = list(_strays(folder))
    for stray in left:
        assert S_IMODE(stray.stat().st_mode) == 0o600
        os.utime(stray, (0, 0))
    check_writable(folder / "interview.json")
    assert list(_strays(folder)) == []
    return left


def _forked(run: Callable[[], None]) -> int:
    # Until the child stands in its own ``try``, an interrupt would end it in the parent's place.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    process = os.fork()
    if process:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        return process
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        run()
        code = 0
    except KeyboardInterrupt:
        code = 0
    finally:
        os._exit(code)


def _save_all(path: Path, answers: list[Answers], saves: int) -> None:
    for count in range(saves):
        save(path, interview(answers[count % len(answers)]))


def _prefixes(whole: list[tuple[str, object]]) -> list[Answers]:
    return [Answers(dict(whole[:count])) for count in range(len(whole) + 1)]


def _saved(path: Path) -> Saved:
    found = read_saved(path)
    assert isinstance(found, Saved)
    return found


def _strays(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if path.name not in ("interview.json", "ballast"))


def _rest(reading: int) -> bytes:
    return b"".join(iter(lambda: os.read(reading, 4096), b""))


def _wait(seconds: float) -> None:
    # A sleep would end at the scheduler's own moments.
    end = perf_counter() + seconds
    while perf_counter() < end:
        pass
