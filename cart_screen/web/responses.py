"""Responses: JSON, and the headers that keep health data where it belongs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic_core import to_json
from starlette.responses import Response

# Nothing that is answered here is a page that may load or run anything; the demo page has a policy of its own.
_POLICY = "default-src 'none'; frame-ancestors 'none'"

PRIVATE = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

# What holds no answers may be kept, and is asked for again each time.
PUBLIC = {**PRIVATE, "Cache-Control": "no-cache"}


def json_response(
    value: Any, status: int = 200, media_type: str = "application/json", headers: Mapping[str, str] | None = None
) -> Response:
    """Answer with a JSON document that nobody keeps a copy of."""
    return Response(to_json(value), status, {**PRIVATE, **(headers or {})}, media_type)


def written_response(text: bytes) -> Response:
    """Answer with a JSON document that is written already, and that nobody keeps a copy of."""
    return _Written(text)


class _Written(Response):
    """A response whose headers, but for its length, are written already."""

    def init_headers(self, headers: Mapping[str, str] | None = None) -> None:
        self.raw_headers = [(b"content-length", str(len(self.body)).encode()), *_HEADERS]


_HEADERS = [(name.lower().encode(), value.encode()) for name, value in PRIVATE.items()]
_HEADERS.append((b"content-type", b"application/json"))
