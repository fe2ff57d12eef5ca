"""The one place where narwhals is imported: without it, the error is the install line."""

from __future__ import annotations

from cart_screen.errors import ExtraMissing

try:
    import narwhals as nw
except ImportError:
    raise ExtraMissing("batch") from None

__all__ = ["nw"]
