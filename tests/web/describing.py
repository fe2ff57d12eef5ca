"""Requests drawn from the description of the API, and what must be true of every answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from .serving import PATIENCE

_CHECKS = [content_type_conformance, response_schema_conformance, status_code_conformance]
_PROBLEM = {"type", "title", "status", "detail", "code"}


def operations(address: str) -> Iterator[Any]:
    """Give every operation that a server describes."""
    for found in schemathesis.openapi.from_url(f"{address}/openapi.json").get_all_operations():
        yield found.ok()


def hold(operation: Any, mode: schemathesis.GenerationMode, examples: int, start: int = 0) -> dict[int, int]:
    """
    Send requests that the description allows, or that it does not, and give how many had each status.

    No answer is a server error, every error is a problem document, and every answer is as described.
    """
    statuses: dict[int, int] = {}

    @seed(start)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode))
    def each(case: Any) -> None:
        response = case.call(timeout=PATIENCE)
        statuses[response.status_code] = statuses.get(response.status_code, 0) + 1
        assert response.status_code < 500, response.text
        if response.status_code >= 400:
            assert response.headers["content-type"] == ["application/problem+json"], response.text
            assert set(response.json()) >= _PROBLEM
        case.validate_response(response, checks=_CHECKS)

    each()
    return statuses
