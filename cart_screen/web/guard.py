"""What stands around every endpoint: its parameters are checked, its errors become problem documents."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Awaitable, Callable, Collection
from functools import wraps

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from cart_screen.errors import CartScreenError
from cart_screen.web.errors import InternalError, ParameterInvalid
from cart_screen.web.problems import problem_response

_LOG = logging.getLogger("cart_screen.web")

Endpoint = Callable[[Request], Awaitable[Response]]


def guarded(endpoint: Endpoint, parameters: Collection[str] = ()) -> Endpoint:
    """
    Guard an endpoint that takes some parameters of the address, each at most once, and no other.

    Whatever goes wrong is answered with a problem document. What nobody foresaw is logged by its kind and
    place alone, since its message may hold an answer.
    """

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        try:
            _check_parameters(request, parameters)
            return await endpoint(request)
        except CartScreenError as error:
            return problem_response(error)
        except ClientDisconnect:
            # Nobody is there to read it; raised further, it would be logged as a fault of the server.
            return Response(status_code=400)
        except Exception as error:
            return problem_response(noted(error))

    return answer


def noted(error: Exception) -> InternalError:
    """Log an error that nobody foresaw by its kind and its place, and give it as one of ours."""
    places = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{place.name}:{place.lineno}" for place in reversed(places[-4:]))
    _LOG.error("%s in %s", type(error).__name__, where)
    return InternalError(type(error).__name__)


def _check_parameters(request: Request, known: Collection[str]) -> None:
    if not request.scope.get("query_string"):
        return
    seen: set[str] = set()
    for name, value in request.query_params.multi_items():
        if name not in known:
            none = "Send everything in the body." if request.method == "POST" else "This path takes none."
            raise ParameterInvalid(name, "is not known", f"Use only: {', '.join(known)}." if known else none)
        if name in seen:
            raise ParameterInvalid(name, "is given twice", "Give it once.")
        if not value:
            raise ParameterInvalid(name, "is empty", "Give it a value or leave it out.")
        seen.add(name)
