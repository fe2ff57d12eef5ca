"""A folder for what is only there while a run lasts; one that a killed run left behind is removed by the next."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from cart_screen.batch.placing import SCRATCH
from cart_screen.files import CannotCreate

try:
    import fcntl
except ImportError:
    # Windows removes no folder in which a file is open, which says the same.
    fcntl = None  # type: ignore[assignment]  # a module to the type checker

_FRONT = f"{SCRATCH}folder-"
_NAME = re.compile(re.escape(_FRONT) + "[a-z0-9_]{8}")
_LOCK = "lock"


@contextmanager
def scratch_folder(beside: Path) -> Iterator[Path]:
    """
    Give a new folder in the folder of a path, which nobody else can read, and remove it at the end.

    Raises
    ------
    CannotCreate
        When there is no such folder, or it may not be written to.
    """
    parent = beside.absolute().parent
    _clear_away(parent)
    try:
        made = Path(mkdtemp(prefix=_FRONT, dir=parent))
    except OSError as error:
        raise CannotCreate(str(beside), error.strerror or "unknown reason") from None
    try:
        with (made / _LOCK).open("wb") as lock:
            # Not every disk of a network knows locks; there a leftover stays until somebody removes it.
            with suppress(OSError):
                _lock(lock.fileno())
            yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _clear_away(parent: Path) -> None:
    with suppress(OSError), os.scandir(parent) as entries:
        for entry in entries:
            if _NAME.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False):
                # A folder that is in use is locked, and one without its lock is being made.
                with suppress(OSError), (Path(entry.path) / _LOCK).open("r+b") as lock:
                    _lock(lock.fileno())
                    shutil.rmtree(entry.path, ignore_errors=True)


def _lock(descriptor: int) -> None:
    if fcntl is not None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
