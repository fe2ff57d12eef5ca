"""Disks of our own: a very small one, and one that can only be read; each in a mount namespace of its own."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from needs import only_where

_NAMESPACES = (("--user", "--map-root-user", "--mount"), ("--mount",))

MISSING = "no disk can be mounted here: unshare and mount are not there or not allowed"


@cache
def namespace() -> tuple[str, ...] | None:
    """Give the command that makes a mount namespace, or None where this machine allows none."""
    if shutil.which("unshare") is None:
        return None
    for options in _NAMESPACES:
        probe = ("unshare", *options, "mount", "-t", "tmpfs", "none", "/mnt")
        if subprocess.run(probe, capture_output=True, check=False, timeout=60).returncode == 0:
            return ("unshare", *options)
    return None


# To mount is a right that no package brings.
needs_own_disk = only_where(namespace(), otherwise=MISSING)


def on_tiny_disk(folder: Path, command: Sequence[str], kilobytes: int = 64) -> list[str]:
    """Give a command that runs another one while a folder is a disk of a few kilobytes."""
    return _mounted(f'mount -t tmpfs -o size={kilobytes}k,mode=700 tiny "$1"', folder, command)


def on_read_only_disk(folder: Path, command: Sequence[str]) -> list[str]:
    """Give a command that runs another one while a folder can only be read."""
    bound = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"'
    return _mounted(bound, folder, command)


def _mounted(mount: str, folder: Path, command: Sequence[str]) -> list[str]:
    inside = namespace()
    assert inside is not None, MISSING
    return [*inside, "sh", "-c", f'{mount} && shift && exec "$@"', "sh", str(folder), *command]
