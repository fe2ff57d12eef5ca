"""
Many answers at once: files and frames of intakes, screened row by row.

It needs the extra ``batch``, and for PySpark ``spark``. Answers stand in no log.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from cart_screen.batch.frames import screen_frame

__all__ = ["screen_frame"]


def __getattr__(name: str) -> Any:
    # Resolved on first use (PEP 562): what names a module of this package need not load the library of frames.
    if name != "screen_frame":
        raise AttributeError(f"module 'cart_screen.batch' has no attribute {name!r}")
    from cart_screen.batch.frames import screen_frame

    globals()[name] = screen_frame
    return screen_frame


def __dir__() -> list[str]:
    return sorted(__all__)
