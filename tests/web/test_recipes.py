"""The recipes run as they are written down: a FastAPI application and a Django project of somebody's own."""

from __future__ import annotations

import json
import os
import runpy
import socket
import subprocess
import sys
import time

import httpx
import pytest

from cart_screen import screen

from .serving import ANSWERS, JSON, PATIENCE, served

RECIPES = ANSWERS.parent
FOLLICULAR = (ANSWERS / "follicular-lymphoma.json").read_bytes()


@pytest.fixture(scope="module")
def hospital():
    app = runpy.run_path(str(RECIPES / "fastapi" / "intake.py"))["app"]
    with served(app) as address, httpx.Client(base_url=address, timeout=PATIENCE) as client:
        yield client


def test_the_router_works_under_a_path_of_the_application(hospital):
    answer = hospital.post("/cart/v1/screen", json={"answers": {"age_years": 61}})

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert hospital.get("/cart/demo").status_code == 200
    assert hospital.get("/cart/component/cart-screen.js").status_code == 200


def test_the_applications_own_error_handlers_are_left_alone(hospital):
    own = hospital.get("/appointments/10")
    ours = hospital.post("/cart/v1/screen", json={"answers": {"age_years": "61"}})
    # What the application validates by itself looks as it always did.
    validated = hospital.get("/appointments/x")

    assert (own.status_code, own.json()) == (404, {"hospital_error": "There is no such appointment."})
    assert (ours.status_code, ours.json()["code"]) == (422, "answers-invalid")
    assert ours.headers["content-type"] == "application/problem+json"
    assert "detail" in validated.json()


def test_the_applications_own_access_control_stands_before_the_router(hospital):
    body = {"answers": {}, "criteria": "eu-ema"}

    without = hospital.post("/staff/cart/v1/screen", json=body)
    with_key = hospital.post("/staff/cart/v1/screen", json=body, headers={"X-Staff-Key": "only-for-this-example"})

    assert (without.status_code, without.json()) == (401, {"hospital_error": "Send the staff key."})
    assert with_key.json()["criteria"]["set"] == "eu-ema"


def test_each_router_serves_the_sets_that_it_was_given(hospital):
    answer = hospital.post("/cart/v1/screen", json={"answers": {}, "criteria": "eu-ema"})

    assert (answer.status_code, answer.json()["known"]) == (404, ["us-fda"])


def test_the_description_of_the_application_holds_both_routers(hospital):
    paths = hospital.get("/openapi.json").json()["paths"]

    assert {"/appointments/{number}", "/cart/v1/screen", "/staff/cart/v1/screen"} <= set(paths)


@pytest.fixture(scope="module")
def project():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, str(RECIPES / "django" / "intake.py"), "runserver", "--noreload", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE) as client:
            until = time.monotonic() + PATIENCE
            while time.monotonic() < until:
                try:
                    client.get("/")
                    break
                except httpx.ConnectError:
                    assert process.poll() is None, "the project did not start"
            yield client
    finally:
        process.terminate()
        process.wait(PATIENCE)


def test_a_django_view_screens_posted_answers(project):
    answer = project.post("/screening", content=FOLLICULAR, headers=JSON)

    assert answer.json() == json.loads(json.dumps(screen(json.loads(FOLLICULAR)).to_dict()))
    assert "no-store" in answer.headers["cache-control"]
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("body", [b"", b"[", b'{"age_years": "61"}', b'{"age_years": NaN}', b'{"nothing": 1}'])
def test_a_django_view_says_what_it_cannot_read(project, body):
    answer = project.post("/screening", content=body, headers=JSON)

    assert answer.status_code == 400
    assert answer.json()["code"].startswith("answers-")
    assert answer.json()["detail"].endswith(".")


def test_a_django_page_has_the_component_under_a_strict_policy(project):
    page = project.get("/")

    assert "<cart-screen" in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
    assert project.get("/questions/cart-screen.js").headers["content-type"] == "text/javascript"
    assert project.get("/questions/cart-screen.us-fda.en.js").status_code == 200
    assert project.get("/questions/nothing.js").status_code == 404
    assert project.get("/screening").status_code == 405
