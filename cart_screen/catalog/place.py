# ruff: noqa: PTH112, PTH118, PTH120
"""Where the criteria that ship with the package are."""

from __future__ import annotations

import os

from cart_screen.errors import CriteriaMissing

# The largest honest document has some forty kilobytes; the bound keeps a hostile one from filling memory.
LARGEST_DOCUMENT = 2_000_000

PACKAGE = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))


def own_folder() -> str:
    """
    Give the path of the criteria that ship with the package.

    A wheel holds them inside the package; an editable install and a checkout have them beside it.

    Raises
    ------
    CriteriaMissing
        When they are in neither place.
    """
    inside = os.path.join(PACKAGE, "_data", "criteria")
    for path in (inside, os.path.join(os.path.dirname(PACKAGE), "criteria")):
        if os.path.isdir(os.path.join(path, "sets")):
            return path
    raise CriteriaMissing(inside)
