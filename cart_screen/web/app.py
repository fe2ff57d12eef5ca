"""The application that ``cart-screen serve`` runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from cart_screen.version import VERSION
from cart_screen.web.errors import InternalError, MethodRefused, RouteUnknown
from cart_screen.web.problems import problem_response
from cart_screen.web.router import direct_router
from cart_screen.web.wrapping import CrossOrigin, Outermost, checked_origins

_DESCRIPTION = (
    "Pre-screening for CAR T-cell therapy: answers in, guidance out. The result is guidance for a conversation with a "
    "specialist, never a verdict on anybody. Nothing is stored. Answers are health data: they belong into bodies, "
    "never into an address."
)


def create_app(
    *,
    criteria: Sequence[str | Path] = (),
    cors: Sequence[str] = (),
    root_path: str = "",
    public_url: str | None = None,
) -> FastAPI:
    """
    Give a FastAPI application with every endpoint, in which every error is a problem document.

    ``cors`` names the origins whose pages may call it, such as https://intake.example; none where it is empty.
    ``root_path`` is the path under which a proxy shows it, whether the proxy strips it or not. ``criteria`` and
    ``public_url`` are as for ``create_router``, and so are the errors.

    Raises
    ------
    OriginInvalid
        When a name in ``cors`` is no origin.
    """
    origins = checked_origins(cors)
    app = FastAPI(
        title="cart-screen",
        version=VERSION,
        description=_DESCRIPTION,
        # A page that explains the description would load its script from elsewhere.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    # Its routes stand in the application itself: to look them up in a router inside costs a tenth of a request.
    app.router.routes.extend(direct_router(criteria=criteria, public_url=public_url).routes)
    app.add_exception_handler(HTTPException, _refused)
    app.add_middleware(Outermost, root_path=root_path)
    if origins:
        app.add_middleware(CrossOrigin, origins=origins)
    return app


async def _refused(request: Request, error: Exception) -> Response:
    """Answer what no endpoint has taken."""
    match error:
        case HTTPException(status_code=404):
            return problem_response(RouteUnknown())
        case HTTPException(status_code=405, headers=headers):
            allowed = (headers or {}).get("Allow", "").split(", ")
            return problem_response(MethodRefused(allowed))
        case _:
            return problem_response(InternalError(type(error).__name__))
