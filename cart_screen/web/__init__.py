"""
The HTTP API: a router for any FastAPI application, an application of its own, and what ``cart-screen serve`` runs.

It needs the extra ``web``. Nothing is stored, and answers stand in no log.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from cart_screen.web.app import create_app
    from cart_screen.web.router import create_router

__all__ = ["create_app", "create_router"]

_HOMES = {"create_app": "cart_screen.web.app", "create_router": "cart_screen.web.router"}
_NEEDED = ("fastapi", "starlette")


def __getattr__(name: str) -> Any:
    # Resolved on first use (PEP 562): the modules of this package import each other without FastAPI where they can.
    if name not in _HOMES:
        raise AttributeError(f"module 'cart_screen.web' has no attribute {name!r}")
    from importlib import import_module

    from cart_screen.errors import ExtraMissing

    try:
        value = getattr(import_module(_HOMES[name]), name)
    except ModuleNotFoundError as error:
        if error.name not in _NEEDED:
            raise
        raise ExtraMissing("web") from None
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
