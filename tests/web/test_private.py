"""Answers stay between the server and whoever sent them: not in logs, not in caches, not with other pages."""

from __future__ import annotations

import json
import logging
import signal

import httpx
import pytest

from cart_screen.web import create_app
from cart_screen.web.wrapping import OriginInvalid

from .serving import DATE, JSON, PATIENCE, command, raw, served

# Values that nothing else that is logged can hold.
MARKS = ("diffuse-large-b-cell-lymphoma", "77123", "secret-mark")

SENT = [
    ("POST", "/v1/screen", {"answers": {"diagnosis": MARKS[0], "creatinine": 77123}}),
    ("POST", "/v1/screen", {"answers": {"diagnosis": MARKS[0], "secret-mark": "secret-mark"}}),
    ("POST", "/v1/questionnaire", {"answers": {"diagnosis": MARKS[0]}}),
    ("POST", "/v1/questionnaire", {"answers": {"diagnosis": MARKS[2]}}),
    ("POST", "/v1/screen?secret-mark=77123", {"answers": {}}),
    ("POST", "/v1/screen/secret-mark", {"answers": {}}),
    ("POST", "/secret-mark/77123", {"answers": {}}),
    ("SECRET-MARK", "/v1/screen", {"answers": {}}),
    ("POST", "/v1/fhir/prefill", {"resourceType": "Bundle", "type": MARKS[2]}),
    ("POST", "/v1/fhir/GuidanceResponse", {"resourceType": "QuestionnaireResponse", "status": MARKS[2]}),
    ("POST", "/v1/fhir/QuestionnaireResponse", {"answers": {"diagnosis": MARKS[0]}}),
    ("POST", "/cds-services/cart-screen", {"hook": MARKS[2]}),
    ("GET", "/v1/criteria/secret-mark", None),
    ("GET", "/component/secret-mark", None),
]


def send_all(address):
    with httpx.Client(base_url=address, timeout=PATIENCE) as client:
        for method, path, body in SENT:
            headers = {"User-Agent": "secret-mark", "Referer": "https://x.example/?secret-mark", **JSON}
            answer = client.request(method, path, content=json.dumps(body), headers=headers)
            assert answer.status_code in (200, 400, 404, 405, 412, 422), (path, answer.status_code)
    raw(address, b"POST /secret-mark HTTP/1.1\r\nContent-Length: secret-mark\r\n\r\n77123", until=b"\n")


def test_no_answer_stands_in_what_the_command_writes():
    with command() as (address, running):
        send_all(address)
        code, out, err = running.stop(signal.SIGINT)

    assert code == 0
    assert [mark for mark in MARKS if mark in (out + err).lower()] == []
    # The log is there all the same: method, route and status.
    assert "INFO POST /v1/questionnaire 200" in err
    assert "INFO GET /v1/criteria/{set} 404" in err
    assert "INFO POST (no such path) 404" in err
    assert "Traceback" not in err


def test_no_answer_stands_in_any_logger(caplog):
    # The client's own, and uvicorn's log of addresses, which the command turns off.
    for name in ("httpx", "httpcore", "uvicorn.access"):
        caplog.set_level(logging.CRITICAL, name)
    caplog.set_level(logging.DEBUG)

    with served(create_app()) as address:
        send_all(address)

    assert "POST /v1/questionnaire 200" in caplog.text
    assert [mark for mark in MARKS if mark in caplog.text.lower()] == []


@pytest.mark.parametrize("path", ["/v1/screen", "/v1/questionnaire", "/v1/fhir/QuestionnaireResponse"])
def test_what_holds_answers_is_kept_by_nobody(client, path):
    answer = client.post(path, json={"answers": {"age_years": 61}})

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/v1/criteria", "/health", "/nothing", "/demo", "/openapi.json", "/v1/screen"])
def test_every_answer_says_how_it_is_to_be_handled(client, path):
    headers = client.get(path).headers

    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] in ("no-store", "no-cache")
    assert "set-cookie" not in headers


def test_pages_of_other_origins_are_not_let_in_by_default(client):
    asked = {"Origin": "https://intake.example", "Access-Control-Request-Method": "POST"}

    answers = [client.options("/v1/screen", headers=asked), client.get("/v1/criteria", headers=asked)]

    assert [name for answer in answers for name in answer.headers if name.startswith("access-control")] == []


def test_an_origin_that_was_named_may_call_and_no_other():
    app = create_app(criteria=["us-fda"], cors=["https://intake.example"])
    asked = {"Access-Control-Request-Method": "POST"}
    with served(app) as address, httpx.Client(base_url=address) as client:
        named = client.options("/v1/screen", headers={"Origin": "https://intake.example", **asked})
        other = client.options("/v1/screen", headers={"Origin": "https://other.example", **asked})
        called = client.post("/v1/screen", json={"answers": {}}, headers={"Origin": "https://intake.example"})
        null = client.post("/v1/screen", json={"answers": {}}, headers={"Origin": "null"})

    assert named.status_code == 204
    assert named.headers["access-control-allow-origin"] == "https://intake.example"
    assert "access-control-allow-credentials" not in named.headers
    assert (other.status_code, other.headers["content-type"]) == (405, "application/problem+json")
    assert "access-control-allow-origin" not in other.headers
    assert called.headers["access-control-allow-origin"] == "https://intake.example"
    assert called.headers["vary"] == "Origin"
    assert "access-control-allow-origin" not in null.headers


@pytest.mark.parametrize("origin", ["*", "null", "intake.example", "https://intake.example/", "https://INTAKE.example"])
def test_what_is_no_origin_is_refused_early(origin):
    with pytest.raises(OriginInvalid, match="no origin"):
        create_app(criteria=["us-fda"], cors=[origin])


def test_the_answers_of_one_are_not_in_the_answer_to_another(client):
    client.post("/v1/screen", json={"answers": {"diagnosis": "mantle-cell-lymphoma"}, "as_of": DATE})

    found = client.post("/v1/screen", json={"answers": {}, "as_of": DATE}).json()

    assert [finding["because"] for finding in found["findings"].values()] == [{}] * 5
