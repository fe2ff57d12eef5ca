"""The folder of criteria that a command works on."""

from __future__ import annotations

import os
from pathlib import Path

from cart_screen.cli.errors import CannotOpen


def criteria_folder(path: str) -> Path:
    """
    Give the criteria directory of a path.

    Raises
    ------
    CannotOpen
        When it holds no criteria, or they cannot be read: nothing must count as nothing wrong.
    """
    root = Path(path)
    if "\0" in path:
        raise CannotOpen(path, "it is no name of a folder. Name a directory that holds sets/, or a set's folder in one")
    sets = root / "sets"
    if not sets.is_dir():
        raise CannotOpen(path, "it holds no criteria. Name a directory that holds sets/, or a set's folder in one")
    if not os.access(sets, os.R_OK | os.X_OK):
        raise CannotOpen(str(sets), "permission denied. Name one that can be read")
    if not any(found.is_dir() for found in sets.iterdir()):
        raise CannotOpen(str(sets), "it holds no set. Add sets/<set>/set.json")
    return root
