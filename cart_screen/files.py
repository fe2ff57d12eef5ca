"""A file of one person's own: written whole or not at all, and readable for nobody else."""

from __future__ import annotations

import errno
import os
import re
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from stat import S_ISDIR, S_ISREG

from cart_screen.errors import CartScreenError, shown

_PRIVATE = 0o600

# Scratch files do not take their name from the file: it may be as long as a name can be.
_SCRATCH = ".cart-screen-"
_SCRATCH_NAME = re.compile(re.escape(_SCRATCH) + "[0-9a-f]{16}")

# Writing takes far less; what is older was left behind by a process that was killed.
_ABANDONED_SECONDS = 60

# Windows would translate line ends without the one; a terminal would take the program over without the other.
_BINARY = getattr(os, "O_BINARY", 0)
_NO_TERMINAL = getattr(os, "O_NOCTTY", 0)
# A pipe that nobody reads would hang the program.
_NO_WAITING = getattr(os, "O_NONBLOCK", 0)

# There is no room, or the machine is at its end: the place is right and another one would not be.
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG, errno.ENOMEM, errno.EMFILE, errno.ENFILE}


class CannotCreate(CartScreenError):
    """There is no place for a file: no such folder, no right to write there, or something else stands there."""

    code = "cannot-create"

    def __init__(self, path: str, why: str) -> None:
        super().__init__(path, why)
        self.path = path
        self.why = why

    def __str__(self) -> str:
        return f"Cannot create {shown(self.path)}: {self.why}. Name a new file in a folder that you may write to."


class CannotWrite(CartScreenError):
    """A file cannot be written; what was there before is as it was."""

    code = "cannot-write"

    def __init__(self, path: str, why: str) -> None:
        super().__init__(path, why)
        self.path = path
        self.why = why

    def __str__(self) -> str:
        return f"Cannot write {shown(self.path)}: {self.why}. Nothing was changed. Make room or make it writable."


def write_private(path: Path, data: bytes) -> None:
    """
    Write a file that only its owner can read, whole or not at all, so that it outlasts a crash.

    A symbolic link is followed and stays. On every failure, and when interrupted, the file is as it was before
    and nothing is left beside it; only a process that is killed can leave a scratch file, of the same mode,
    which ``check_writable`` clears away. What is no file, such as a terminal, is written to as it is.

    Raises
    ------
    CannotCreate
        When there is no such folder, it may not be written to, or the path is a folder.
    CannotWrite
        When there is no room, or the disk gives up.
    """
    target = _target(path)
    if target is None:
        _write_straight(path, data)
    else:
        _replace(path, target, data)


def check_writable(path: Path) -> None:
    """
    Stop where ``write_private`` could not write, before there is anything to lose.

    The file itself is left alone. Scratch files that a killed process left in its folder are removed.

    Raises
    ------
    CannotCreate, CannotWrite
        As ``write_private`` does.
    """
    target = _target(path)
    if target is None:
        return
    scratch = _scratch_beside(target)
    try:
        os.close(_created(path, scratch))
        _clear_away(scratch)
    finally:
        with suppress(OSError):
            scratch.unlink()


def check_new(path: Path) -> None:
    """
    Stop where a file of that name is there already, or ``write_private`` could not write it.

    Raises
    ------
    CannotCreate, CannotWrite
        As ``write_private`` does, and where there is anything of that name.
    """
    if os.path.lexists(path):
        raise CannotCreate(str(path), "there is a file already, and it is left as it is")
    check_writable(path)


def _target(path: Path) -> Path | None:
    """Give the file that a path means, behind all links, or None for what can only be written to as it is."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return Path(os.path.realpath(path))
    except (OSError, ValueError) as error:
        raise CannotCreate(str(path), _why(error)) from None
    if S_ISDIR(mode):
        raise CannotCreate(str(path), "it is a folder")
    if not S_ISREG(mode):
        return None
    if not os.access(path, os.W_OK):
        # Replacing it would go through all the same, and is not what its owner wants.
        raise CannotCreate(str(path), "there is a file that may not be written to")
    return Path(os.path.realpath(path))


def _replace(path: Path, target: Path, data: bytes) -> None:
    scratch = _scratch_beside(target)
    try:
        _fill(path, _created(path, scratch), data)
        _put_in_place(path, scratch, target)
    except BaseException:
        # Stopped in the middle, too: a scratch file would stay for good.
        with suppress(OSError):
            scratch.unlink()
        raise
    _sync_folder(target.parent)


def _scratch_beside(target: Path) -> Path:
    return target.with_name(_SCRATCH + token_hex(8))


def _created(path: Path, scratch: Path) -> int:
    try:
        descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, _PRIVATE)
    except (OSError, ValueError) as error:
        raise _refused(path, error) from None
    if os.chmod in os.supports_fd:
        # A umask can take away even the owner's rights. Some disks know no rights, which stops nothing.
        with suppress(OSError):
            os.chmod(descriptor, _PRIVATE)  # noqa: PTH101 - by now the path may mean another file
    return descriptor


def _fill(path: Path, descriptor: int, data: bytes) -> None:
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(descriptor)
    except OSError as error:
        raise CannotWrite(str(path), _why(error)) from None


def _put_in_place(path: Path, scratch: Path, target: Path) -> None:
    try:
        scratch.replace(target)
    except OSError as error:
        raise _refused(path, error) from None


def _sync_folder(folder: Path) -> None:
    # Not every system lets a folder be opened or synced; the file itself is safe already.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _write_straight(path: Path, data: bytes) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | _BINARY | _NO_TERMINAL | _NO_WAITING)
    except OSError as error:
        raise _refused(path, error) from None
    try:
        with os.fdopen(descriptor, "wb") as stream:
            os.set_blocking(descriptor, True)
            stream.write(data)
    except OSError as error:
        raise CannotWrite(str(path), _why(error)) from None


def _clear_away(fresh: Path) -> None:
    """Remove the scratch files beside a fresh one that are too old to be still written."""
    now = fresh.stat().st_mtime
    with suppress(OSError), os.scandir(fresh.parent) as entries:
        for entry in entries:
            if not _SCRATCH_NAME.fullmatch(entry.name):
                continue
            # Another process may be clearing away too.
            with suppress(OSError):
                if now - entry.stat(follow_symlinks=False).st_mtime > _ABANDONED_SECONDS:
                    Path(entry.path).unlink()


def _refused(path: Path, error: OSError | ValueError) -> CannotCreate | CannotWrite:
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return CannotWrite(str(path), _why(error))
    return CannotCreate(str(path), _why(error))


def _why(error: OSError | ValueError) -> str:
    match error:
        case FileNotFoundError():
            return "there is no such folder"
        case OSError(strerror=said):
            return said or "unknown reason"
        case _:
            return "no name of a file"
