"""What stands around the whole application, as plain ASGI: headers, HEAD, the log, and pages of other origins."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cart_screen.errors import CartScreenError, shown
from cart_screen.web.guard import noted
from cart_screen.web.problems import problem_response
from cart_screen.web.responses import PRIVATE

_ACCESS = logging.getLogger("cart_screen.web.access")

_ORIGIN = re.compile(r"https?://(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?")

_HEADERS = [(name.lower().encode(), value.encode()) for name, value in PRIVATE.items()]


class OriginInvalid(CartScreenError):
    """What should be the origin of pages is none."""

    code = "origin-invalid"

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found

    def __str__(self) -> str:
        return (
            f"{shown(self.found)!r} is no origin. Write scheme, host and port in small letters and nothing behind "
            "them, as in https://intake.example."
        )


def checked_origins(origins: Sequence[str]) -> tuple[str, ...]:
    """
    Give origins of pages after looking at each of them.

    Raises
    ------
    OriginInvalid
        When one of them is none.
    """
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise OriginInvalid(origin)
    return tuple(dict.fromkeys(origins))


class Outermost:
    """
    Adds the headers that every answer has, answers HEAD like GET without a body, and logs each request.

    The log says method, route and status. It does not quote the address that was called: somebody may have put an
    answer into it. Whatever goes wrong where no endpoint catches it is a problem document too. ``root_path`` is the
    path under which a proxy shows the application.
    """

    def __init__(self, app: ASGIApp, root_path: str) -> None:
        self._app = app
        self._root_path = root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if self._root_path:
            # The path is left as it came, so that it is found whether a proxy has stripped this or not.
            scope["root_path"] = self._root_path
        method = scope["method"]
        is_head = method == "HEAD"
        if is_head:
            scope["method"] = "GET"
        status = 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                present = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(one for one in _HEADERS if one[0] not in present)]
            elif is_head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        try:
            await self._app(scope, receive, answer)
        except Exception as error:
            problem = noted(error)
            if status == 0:
                await problem_response(problem)(scope, receive, answer)
        if _ACCESS.isEnabledFor(logging.INFO):
            _ACCESS.info("%s %s %d", _known(method), getattr(scope.get("route"), "path", "(no such path)"), status)


class CrossOrigin:
    """Lets the pages of some origins, and of no other, call the application (CORS), without credentials."""

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        self._app = app
        self._origins = {origin.encode() for origin in origins}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        origin = headers.get(b"origin")
        named = origin if origin in self._origins else None
        if scope["method"] == "OPTIONS" and named and b"access-control-request-method" in headers:
            allowed = [
                (b"access-control-allow-origin", named),
                (b"access-control-allow-methods", b"GET, POST"),
                (b"access-control-allow-headers", b"Content-Type"),
                (b"access-control-max-age", b"600"),
                (b"vary", b"Origin"),
            ]
            await send({"type": "http.response.start", "status": 204, "headers": allowed})
            await send({"type": "http.response.body", "body": b""})
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                more = [(b"vary", b"Origin"), *([(b"access-control-allow-origin", named)] if named else [])]
                message["headers"] = [*message["headers"], *more]
            await send(message)

        await self._app(scope, receive, answer)


def _known(method: str) -> str:
    # A method is any word that a client likes to send.
    return method if method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS") else "(other)"
