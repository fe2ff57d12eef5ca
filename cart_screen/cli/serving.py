"""``cart-screen serve``: the HTTP API on this computer, or behind a proxy."""

from __future__ import annotations

import errno
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from ipaddress import ip_address
from typing import Any

from cart_screen.api import named_or_path
from cart_screen.cli.errors import CannotListen
from cart_screen.cli.exits import Exit
from cart_screen.cli.extras import need

_BACKLOG = 2048

# Nothing that uvicorn logs by itself quotes an address that was called, and its own access log would.
_LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(levelname)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "stream": "ext://sys.stderr"}},
    "loggers": {
        "uvicorn": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "cart_screen.web": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}


def run_serve(
    host: str,
    port: int,
    *,
    criteria: Sequence[str],
    cors: Sequence[str],
    root_path: str,
    public_url: str | None,
) -> int:
    """
    Serve the HTTP API until it is stopped.

    Raises
    ------
    ExtraMissing
        With the install line.
    CannotListen
        When there is no such address, or something else listens there.
    """
    need("web")
    # Imported here: it is an extra, and only looked at once it is known to be there.
    import uvicorn

    from cart_screen.web.app import create_app

    app = create_app(
        criteria=[named_or_path(name) for name in criteria], cors=cors, root_path=root_path, public_url=public_url
    )
    with _listening(host, port) as listener:
        address, taken = listener.getsockname()[:2]
        shown = f"[{address}]" if ":" in address else address
        _say(f"serving on http://{shown}:{taken}. A page to try it: /demo. Press Ctrl and C to stop.")
        if not ip_address(address.partition("%")[0]).is_loopback:
            _say(
                "warning: this address can be reached from other computers. Answers are health data: "
                "put a proxy with TLS and access control before it."
            )
        server = uvicorn.Server(
            uvicorn.Config(
                app, log_config=_LOGGING, access_log=False, server_header=False, timeout_graceful_shutdown=10
            )
        )
        # uvicorn passes the interrupt on once it has stopped, which is how it is meant to end.
        with suppress(KeyboardInterrupt):
            server.run([listener])
    return Exit.OK


def _listening(host: str, port: int) -> socket.socket:
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[
            0
        ]
        listener = socket.socket(family, kind)
    except (OSError, UnicodeError):
        raise CannotListen(
            host, port, "there is no such address. Name one of this computer, such as 127.0.0.1"
        ) from None
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        taken = "something listens there already. Name another port, or 0 for a free one"
        why = taken if error.errno == errno.EADDRINUSE else f"{error.strerror}. Name another address or port"
        raise CannotListen(host, port, why) from None
    return listener


def _say(sentence: str) -> None:
    if sys.stderr is not None:
        print(f"cart-screen: {sentence}", file=sys.stderr, flush=True)
