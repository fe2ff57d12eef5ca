"""The value of ``--criteria``: a set that ships with the package, or the folder of one's own."""

from __future__ import annotations

import os
from pathlib import Path

from cart_screen.api import load_criteria
from cart_screen.model import CriteriaSet


def criteria_of(value: str) -> CriteriaSet:
    """
    Give the criteria set that a value of ``--criteria`` means; what has a separator in it is a path.

    Raises
    ------
    CriteriaUnknown
        When there is no set of that name, or the path holds none.
    DocumentInvalid
        With every place of one's own documents that breaks the format.
    """
    separators = {os.sep, os.altsep or os.sep}
    return load_criteria(Path(value) if separators & set(value) else value)
