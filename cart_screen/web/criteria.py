"""The criteria themselves: which sets there are, what is in force in one, and a use as JSON Schema."""

from __future__ import annotations

from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from cart_screen.api import read_date
from cart_screen.web.errors import ParameterInvalid
from cart_screen.web.responses import PUBLIC, json_response
from cart_screen.web.served import FORMAT, Served, summary

_SCHEMA = "application/schema+json"


class Criteria:
    """The endpoints that show the criteria; they hold no answers."""

    def __init__(self, served: Served) -> None:
        self._served = served

    async def sets(self, request: Request) -> Response:
        """List the criteria sets that are served."""
        rows = [summary(one) for one in self._served.sets.values()]
        return json_response({"format": FORMAT, "default": self._served.default, "sets": rows}, headers=PUBLIC)

    async def uses(self, request: Request) -> Response:
        """List the uses of a set: those in force on a date, or every version of every use."""
        on = read_date(request.query_params.get("as_of"))
        versions = request.query_params.get("versions", "in-force")
        if versions not in ("in-force", "all"):
            raise ParameterInvalid("versions", "is neither of its two values", "Use in-force or all.")
        name = request.path_params["set"]
        # The documents of a set are read when they are first asked for, which takes a while.
        rows = await run_in_threadpool(partial(self._served.listing, name, on, every=versions == "all"))
        return json_response(rows, headers=PUBLIC)

    async def document(self, request: Request) -> Response:
        """
        Give a use as one JSON Schema document that stands alone.

        It is the version in force on a date, or the one that is named. `#/$defs/answers` describes the answers for a
        form, the document as a whole also asks for the five criteria.
        """
        on = read_date(request.query_params.get("as_of"))
        version = request.query_params.get("version")
        name, use = request.path_params["set"], request.path_params["use"]
        found = await run_in_threadpool(self._served.document, name, use, version, on)
        return json_response(found, media_type=_SCHEMA, headers=PUBLIC)
