"""Optional dependencies that a command needs."""

from __future__ import annotations

from importlib.util import find_spec

from cart_screen.errors import ExtraMissing


def need_batch() -> None:
    """
    Stop where the extra for tables is not installed.

    Raises
    ------
    ExtraMissing
        With the install line.
    """
    if any(find_spec(name) is None for name in ("narwhals", "polars", "pyarrow")):
        raise ExtraMissing("batch")


def need_authoring() -> None:
    """
    Stop where the extra of authors is not installed.

    Raises
    ------
    ExtraMissing
        With the install line.
    """
    if find_spec("textstat") is None:
        raise ExtraMissing("authoring")
