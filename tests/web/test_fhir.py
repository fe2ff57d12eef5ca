"""FHIR in and out, and CDS Hooks: what the package makes of resources, over HTTP."""

from __future__ import annotations

import copy
import json

import httpx
import pytest

from cart_screen import screen
from cart_screen.fhir.guidance import guidance_response
from cart_screen.fhir.prefill import prefill
from cart_screen.fhir.questionnaire import questionnaire_of
from cart_screen.fhir.response import response_of
from cart_screen.texts import Audience
from cart_screen.web import create_app
from cart_screen.web.described import EXAMPLE_BUNDLE, EXAMPLE_HOOK

from .serving import ANSWERS, DATE, raw, served

FHIR = {"Content-Type": "application/fhir+json"}
MYELOMA = json.loads((ANSWERS / "multiple-myeloma-one-line.json").read_text())


def plain(value):
    return json.loads(json.dumps(value))


def test_the_questionnaire_is_that_of_the_package(client):
    answer = client.get("/v1/fhir/Questionnaire", params={"as_of": DATE, "audience": "clinician"})

    assert answer.headers["content-type"] == "application/fhir+json"
    assert answer.json() == plain(questionnaire_of("us-fda", DATE, "en", Audience.CLINICIAN))


def test_answers_become_a_response_and_a_response_becomes_guidance(client):
    response = client.post("/v1/fhir/QuestionnaireResponse", json={"answers": MYELOMA, "as_of": DATE})
    guidance = client.post("/v1/fhir/GuidanceResponse", json=response.json(), headers=FHIR, params={"as_of": DATE})

    screening = screen(MYELOMA, as_of=DATE)
    made = response_of(screening.facts.answers, screening.facts.criteria, screening.facts.as_of, completed=False)
    assert response.json() == plain(made)
    assert response.json()["status"] == "in-progress"
    assert guidance.status_code == 200, guidance.text
    assert guidance.json() == plain(guidance_response(screening))


def test_a_response_is_completed_only_where_somebody_says_so(client):
    found = client.post("/v1/fhir/QuestionnaireResponse", json={"answers": MYELOMA, "completed": True})

    assert found.json()["status"] == "completed"


def test_a_bundle_gives_answers_to_confirm(client):
    found = client.post("/v1/fhir/prefill", json=EXAMPLE_BUNDLE, headers=FHIR, params={"as_of": DATE})

    assert found.headers["cache-control"] == "no-store"
    assert found.json() == plain(prefill(EXAMPLE_BUNDLE, "us-fda", DATE).to_dict())
    assert found.json()["answers"] == {"age_years": 61, "sex": "female"}


@pytest.mark.parametrize("path", ["/v1/fhir/GuidanceResponse", "/v1/fhir/prefill"])
@pytest.mark.parametrize("body", [{}, [], None, "Bundle", {"resourceType": "Patient"}, {"resourceType": 3}])
def test_what_is_no_such_resource_is_refused(client, path, body):
    answer = client.post(path, content=json.dumps(body), headers=FHIR)

    assert (answer.status_code, answer.json()["code"]) == (422, "resource-invalid")
    assert answer.json()["problems"]


def test_the_service_is_discovered(client):
    (service,) = client.get("/cds-services").json()["services"]

    assert (service["hook"], service["id"]) == ("patient-view", "cart-screen")
    assert set(service["prefetch"]) == {"patient", "conditions", "observations"}
    assert "http://loinc.org|2160-0" in service["prefetch"]["observations"]


def called(client, **changes):
    return client.post("/cds-services/cart-screen", json={**EXAMPLE_HOOK, **changes})


def test_a_card_says_what_to_think_of_and_never_a_verdict(client):
    answer = called(client)

    (card,) = answer.json()["cards"]
    assert answer.headers["cache-control"] == "no-store"
    assert len(card["summary"]) < 140
    assert card["indicator"] == "info"
    assert card["source"]["label"]
    assert card["links"][0]["url"] == str(client.base_url.join("/demo"))
    said = json.dumps(card).lower()
    for verdict in ("eligible", "qualif", "rejected", "excluded", "not met", "approved for"):
        assert verdict not in said
    assert "check them with the patient" in card["detail"]
    # A card is stored in the record: it quotes nothing that was read there.
    assert "1965" not in said


def changed(code, system="http://hl7.org/fhir/sid/icd-10-cm"):
    prefetch = copy.deepcopy(EXAMPLE_HOOK["prefetch"])
    prefetch["conditions"]["entry"][0]["resource"]["code"]["coding"] = [{"system": system, "code": code}]
    return prefetch


@pytest.mark.parametrize("prefetch", [changed("E11.9"), {**EXAMPLE_HOOK["prefetch"], "conditions": None}])
def test_a_record_without_such_a_cancer_has_no_card(client, prefetch):
    answer = called(client, prefetch=prefetch)

    assert (answer.status_code, answer.json()) == (200, {"cards": []})


def test_a_record_with_nothing_in_it_has_no_card(client):
    nothing = {"patient": None, "conditions": None, "observations": None}

    assert called(client, prefetch=nothing).json() == {"cards": []}


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"prefetch": None}, 412, "prefetch-missing"),
        ({"prefetch": {"patient": None}}, 412, "prefetch-missing"),
        ({"hook": "order-sign"}, 404, "service-unknown"),
        ({"context": {}}, 422, "request-invalid"),
        ({"hookInstance": ""}, 422, "request-invalid"),
        ({"prefetch": {**EXAMPLE_HOOK["prefetch"], "patient": {"resourceType": "Bundle", "entry": [3]}}}, 200, None),
    ],
)
def test_a_call_that_is_none_is_refused(client, changes, status, code):
    answer = called(client, **changes)

    assert (answer.status_code, answer.json().get("code")) == (status, code), answer.text


def test_another_service_is_unknown(client):
    answer = client.post("/cds-services/other", json=EXAMPLE_HOOK)

    assert (answer.status_code, answer.json()["code"]) == (404, "service-unknown")


def test_access_to_the_record_is_ignored_and_nothing_is_fetched(client):
    # An address that nobody listens on: fetching from it would fail.
    answer = called(client, fhirServer="http://127.0.0.1:9/fhir", fhirAuthorization={"access_token": "x"})

    assert len(answer.json()["cards"]) == 1


def test_the_link_of_a_card_is_the_public_address_where_one_is_named():
    app = create_app(criteria=["us-fda"], public_url="https://intake.example/cart/")
    with served(app) as address:
        (card,) = httpx.post(f"{address}/cds-services/cart-screen", json=EXAMPLE_HOOK, timeout=60).json()["cards"]

    assert card["links"][0]["url"] == "https://intake.example/cart/demo"


@pytest.mark.parametrize("host", ['"><script>', "evil.example/path?", "a b", "user@evil.example", ""])
def test_a_host_that_is_none_does_not_come_into_a_link(address, host):
    body = json.dumps(EXAMPLE_HOOK).encode()
    head = (
        f"POST /cds-services/cart-screen HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )

    received = raw(address, head.encode() + body)

    assert received.startswith(b"HTTP/1.1 400")
    assert b"host-refused" in received
