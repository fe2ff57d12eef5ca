"""Whether the server is alive, and whether it can answer."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from cart_screen.answers.given import Answers
from cart_screen.api import read_date
from cart_screen.guidance import guide
from cart_screen.screening import Facts
from cart_screen.version import VERSION
from cart_screen.web.responses import json_response
from cart_screen.web.served import Served


class Health:
    """The endpoints for whoever runs the server."""

    def __init__(self, served: Served) -> None:
        self._served = served

    async def alive(self, request: Request) -> Response:
        """Say that the server runs."""
        return json_response({"status": "pass", "version": VERSION})

    async def ready(self, request: Request) -> Response:
        """Say that every criteria set can be read, after reading each of them as of today."""
        await run_in_threadpool(self._read)
        return json_response({"status": "pass", "version": VERSION, "criteria": list(self._served.sets)})

    def _read(self) -> None:
        today = read_date(None)
        for criteria in self._served.sets.values():
            guide(Facts(Answers(), criteria.on(today), today))
