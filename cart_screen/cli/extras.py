"""Optional dependencies that a command needs."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Literal

from cart_screen.errors import ExtraMissing

Extra = Literal["authoring", "batch", "web"]

# The packages that tell whether an extra is installed.
_PACKAGES: Mapping[Extra, tuple[str, ...]] = {
    "authoring": ("textstat",),
    "batch": ("narwhals", "polars", "pyarrow"),
    "web": ("fastapi", "uvicorn"),
}


def need(extra: Extra) -> None:
    """
    Stop where an extra is not installed.

    Raises
    ------
    ExtraMissing
        With the install line.
    """
    if any(find_spec(name) is None for name in _PACKAGES[extra]):
        raise ExtraMissing(extra)
