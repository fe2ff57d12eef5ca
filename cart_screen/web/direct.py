"""Routes of an application of which every part is our own."""

from __future__ import annotations

from typing import Any

from fastapi.routing import APIRoute
from starlette.routing import request_response


class DirectRoute(APIRoute):
    """
    A route whose endpoint takes the request and gives the response, so that nothing is left for FastAPI to solve.

    Not for a router that others include: dependencies that they add, such as a check of who calls, are not asked.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.app = request_response(self.endpoint)
