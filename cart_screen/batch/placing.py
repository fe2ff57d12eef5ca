"""
Files that appear together, complete, at the end of a run, or not at all.

Each is written under a scratch name beside its place, ``.cart-screen-batch-`` and sixteen letters. The scratch file is
locked as long as its process lives, so that whoever comes later knows one that was left behind and removes it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from stat import S_ISDIR, S_ISREG
from types import TracebackType
from typing import BinaryIO

from cart_screen.files import CannotCreate, CannotWrite

try:
    import fcntl
except ImportError:
    # Windows removes no file that is open, which says the same.
    fcntl = None  # type: ignore[assignment]  # a module to the type checker

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self

SCRATCH = ".cart-screen-batch-"
_SCRATCH_NAME = re.compile(re.escape(SCRATCH) + "[0-9a-f]{16}")

# Health data: only its owner reads a new file. One that is replaced keeps its own rights.
_PRIVATE = 0o600


class Placing:
    """
    Some files that are being written, each under a scratch name until ``keep``.

    Leaving its ``with`` without ``keep`` removes them, and what stood in their places is as it was.

    Raises
    ------
    CannotCreate
        When there is no such folder, it may not be written to, or something else than a file stands in a place.
    CannotWrite
        When there is no room.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        self._files: dict[Path, _Scratch] = {}
        try:
            for path in paths:
                self._files[path] = _Scratch(path)
        except BaseException:
            # Whatever stops it, an interrupt too: what was made for the first files goes.
            self._drop()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._drop()

    def stream(self, path: Path) -> BinaryIO:
        """Give the stream to write one of the files to."""
        return self._files[path].stream

    def keep(self) -> None:
        """
        Put every file in its place, the first one last: when it is there, all are.

        Raises
        ------
        CannotCreate, CannotWrite
            When one cannot be finished or put there.
        """
        # Only when all are safe is the first one shown.
        for file in self._files.values():
            file.finish()
        for file in reversed(self._files.values()):
            file.put()

    def _drop(self) -> None:
        for file in self._files.values():
            file.drop()


class _Scratch:
    def __init__(self, path: Path) -> None:
        self._path = path
        mode = _mode(path)
        self._target = Path(os.path.realpath(path))
        _clear_away(self._target.parent)
        self._scratch = self._target.with_name(SCRATCH + token_hex(8))
        try:
            descriptor = os.open(self._scratch, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        except (OSError, ValueError) as error:
            raise _refused(path, error) from None
        _lock(descriptor)
        if os.chmod in os.supports_fd:
            # A umask takes rights away. Some disks know none, which stops nothing.
            with suppress(OSError):
                os.chmod(descriptor, mode)  # noqa: PTH101 - by now the path may mean another file
        self.stream: BinaryIO = os.fdopen(descriptor, "w+b")

    def finish(self) -> None:
        try:
            self.stream.flush()
            os.fsync(self.stream.fileno())
        except OSError as error:
            raise cannot_write(self._path, error) from None

    def put(self) -> None:
        try:
            self._scratch.replace(self._target)
        except OSError as error:
            raise _refused(self._path, error) from None
        # Not every system lets a folder be opened or synced; the file itself is safe already.
        with suppress(OSError):
            folder = os.open(self._target.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def drop(self) -> None:
        # A full disk makes closing fail, too: what is left to write does not matter any more.
        with suppress(OSError):
            self.stream.close()
        with suppress(OSError):
            self._scratch.unlink()


def cannot_write(path: Path | str, error: OSError) -> CannotWrite:
    """Give the error for a file that could be begun and not be written."""
    return CannotWrite(str(path), error.strerror or "unknown reason")


def _mode(path: Path) -> int:
    """Give the rights that a file at a path is to have."""
    try:
        found = path.stat().st_mode
    except FileNotFoundError:
        return _PRIVATE
    except (OSError, ValueError) as error:
        raise _refused(path, error) from None
    if S_ISDIR(found):
        raise CannotCreate(str(path), "it is a folder")
    if not S_ISREG(found):
        raise CannotCreate(str(path), "something that is no file stands there")
    if not os.access(path, os.W_OK):
        # Replacing it would go through all the same, and is not what its owner wants.
        raise CannotCreate(str(path), "there is a file that may not be written to")
    return found & 0o777


def _lock(descriptor: int) -> None:
    if fcntl is not None:
        # Not every disk of a network knows locks; there a leftover stays until somebody removes it.
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _clear_away(folder: Path) -> None:
    """Remove the scratch files in a folder that no process writes any more."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _SCRATCH_NAME.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                with suppress(OSError):
                    _remove_if_left(entry.path)


def _remove_if_left(path: str) -> None:
    if fcntl is None:
        Path(path).unlink()
        return
    descriptor = os.open(path, os.O_RDWR)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        Path(path).unlink()
    finally:
        os.close(descriptor)


_NO_ROOM = {"ENOSPC", "EDQUOT", "EIO", "EFBIG", "ENOMEM", "EMFILE", "ENFILE"}


def _refused(path: Path, error: OSError | ValueError) -> CannotCreate | CannotWrite:
    import errno

    match error:
        case OSError(errno=number) if errno.errorcode.get(number or 0) in _NO_ROOM:
            return cannot_write(path, error)
        case FileNotFoundError():
            return CannotCreate(str(path), "there is no such folder")
        case OSError(strerror=said):
            return CannotCreate(str(path), said or "unknown reason")
        case _:
            return CannotCreate(str(path), "no name of a file")
