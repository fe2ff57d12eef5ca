"""Errors as RFC 9457 problem documents: the stable code, the sentence, and the data that the error carries."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from cart_screen.errors import CartScreenError
from cart_screen.web.errors import MethodRefused
from cart_screen.web.responses import json_response

MEDIA_TYPE = "application/problem+json"

# A list of problems is for programs; beyond this it is for nobody.
_MOST_LISTED = 100

_STATUS = {
    "answers-invalid": HTTPStatus.UNPROCESSABLE_ENTITY,
    "answers-unreadable": HTTPStatus.BAD_REQUEST,
    "body-late": HTTPStatus.REQUEST_TIMEOUT,
    "body-too-large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "body-unreadable": HTTPStatus.BAD_REQUEST,
    "content-type-refused": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "criteria-alike": HTTPStatus.UNPROCESSABLE_ENTITY,
    "criteria-unknown": HTTPStatus.NOT_FOUND,
    "criterion-unknown": HTTPStatus.NOT_FOUND,
    "date-invalid": HTTPStatus.UNPROCESSABLE_ENTITY,
    "document-invalid": HTTPStatus.UNPROCESSABLE_ENTITY,
    "extra-missing": HTTPStatus.NOT_IMPLEMENTED,
    "file-unknown": HTTPStatus.NOT_FOUND,
    "host-refused": HTTPStatus.BAD_REQUEST,
    "language-unknown": HTTPStatus.UNPROCESSABLE_ENTITY,
    "method-refused": HTTPStatus.METHOD_NOT_ALLOWED,
    "parameter-invalid": HTTPStatus.BAD_REQUEST,
    "prefetch-missing": HTTPStatus.PRECONDITION_FAILED,
    "resource-invalid": HTTPStatus.UNPROCESSABLE_ENTITY,
    "request-invalid": HTTPStatus.UNPROCESSABLE_ENTITY,
    "route-unknown": HTTPStatus.NOT_FOUND,
    "service-unknown": HTTPStatus.NOT_FOUND,
}

# After these the rest of the body stands unread on the connection.
_UNREAD = ("body-late", "body-too-large", "content-type-refused")


def status_of(error: CartScreenError) -> HTTPStatus:
    """Give the HTTP status that says what kind of error it is."""
    return _STATUS.get(error.code, HTTPStatus.INTERNAL_SERVER_ERROR)


def problem_of(error: CartScreenError) -> dict[str, Any]:
    """
    Give an error as a problem document.

    It may quote what was sent, also answers: it is for the sender and for nobody else.
    """
    status = status_of(error)
    return {
        "type": f"urn:cart-screen:problem:{error.code}",
        "title": _title(error),
        "status": int(status),
        "detail": str(error),
        "code": error.code,
        **_data(error),
    }


def problem_response(error: CartScreenError, headers: Mapping[str, str] | None = None) -> Response:
    """Answer with the problem document of an error."""
    more = dict(headers or {})
    if isinstance(error, MethodRefused):
        more["Allow"] = ", ".join(error.allowed)
    if error.code in _UNREAD:
        more["Connection"] = "close"
    return json_response(problem_of(error), status_of(error), MEDIA_TYPE, more)


def _title(error: CartScreenError) -> str:
    return error.code.replace("-", " ").capitalize()


def _data(error: CartScreenError) -> dict[str, Any]:
    """Give what an error carries beside its sentence, for programs."""
    found = getattr(error, "problems", None)
    if isinstance(found, tuple):
        return {"problems": [dict(vars(one)) for one in found[:_MOST_LISTED]]}
    known = getattr(error, "known", None) or getattr(error, "near", None) or getattr(error, "allowed", None)
    return {"known": list(known)} if isinstance(known, tuple) else {}
