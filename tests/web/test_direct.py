"""The router for others keeps what they put in front of it; our own application calls its endpoints directly."""

from __future__ import annotations

import httpx
import pytest
from fastapi import Depends, FastAPI, HTTPException

from cart_screen.web import create_app, create_router

from .serving import PATIENCE, served

BODY = {"answers": {"age_years": 61}, "as_of": "2026-11-22"}


def nobody() -> None:
    raise HTTPException(401, "Say who you are.")


@pytest.fixture(scope="module")
def guarded():
    app = FastAPI()
    app.include_router(create_router(), prefix="/guarded", dependencies=[Depends(nobody)])
    app.include_router(create_router(), prefix="/open")
    with served(app) as address, httpx.Client(base_url=address, timeout=PATIENCE) as client:
        yield client


def test_a_check_that_somebody_puts_in_front_of_the_router_is_made(guarded):
    assert guarded.post("/guarded/v1/screen", json=BODY).status_code == 401
    assert guarded.get("/guarded/v1/criteria").status_code == 401
    assert guarded.post("/open/v1/screen", json=BODY).status_code == 200


def test_the_application_answers_and_describes_itself_as_the_router_in_another_one(guarded, client):
    ours, theirs = create_app().openapi(), FastAPI()
    theirs.include_router(create_router())

    assert ours["paths"] == theirs.openapi()["paths"]
    assert ours["components"] == theirs.openapi()["components"]
    for body in (BODY, {**BODY, "answers": {"age_years": -1}}, {**BODY, "criteria": ["us-fda", "eu-ema"]}):
        mine, other = client.post("/v1/screen", json=body), guarded.post("/open/v1/screen", json=body)
        assert (mine.status_code, mine.content) == (other.status_code, other.content)
        assert mine.headers["content-type"] == other.headers["content-type"]
