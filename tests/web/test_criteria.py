"""The criteria, the component's files, the pages and the description are served as the package has them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import httpx
import jsonschema_rs
import pytest

from cart_screen.api import load_criteria
from cart_screen.authoring.bundle import bundle
from cart_screen.authoring.listing import State, listed
from cart_screen.authoring.shelf import find, open_shelf
from cart_screen.component.files import component_files
from cart_screen.web import create_app, create_router

from .serving import DATE, JSON, served

DAY = date.fromisoformat(DATE)
ROOT = Path(__file__).parents[2]


def test_every_set_of_the_package_is_served_and_the_default_is_named(client):
    found = client.get("/v1/criteria").json()

    assert found["default"] == "us-fda"
    assert [one["set"] for one in found["sets"]] == ["us-fda", "eu-ema", "overview"]


def test_the_uses_in_force_on_a_day_are_listed(client):
    found = client.get("/v1/criteria/us-fda", params={"as_of": "2018-01-01"}).json()

    rows = [row.to_dict() for row in listed(open_shelf("us-fda"), date(2018, 1, 1)) if row.state is State.IN_FORCE]
    assert found["uses"] == rows


def test_every_version_is_listed_where_all_are_asked_for(client):
    found = client.get("/v1/criteria/eu-ema", params={"versions": "all", "as_of": DATE}).json()

    assert found["uses"] == [row.to_dict() for row in listed(open_shelf("eu-ema"), DAY)]


def test_a_document_is_the_schema_that_export_prints(client):
    answer = client.get("/v1/criteria/us-fda/carvykti-multiple-myeloma", params={"as_of": DATE})

    assert answer.headers["content-type"] == "application/schema+json"
    assert answer.json() == bundle(find("carvykti-multiple-myeloma", criteria="us-fda", version=None, on=DAY))
    jsonschema_rs.validator_for(answer.json())


def test_a_version_can_be_named(client):
    found = client.get("/v1/criteria/us-fda/carvykti-multiple-myeloma", params={"version": "1.0.0"}).json()

    assert ":1.0.0:" in found["$id"]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/v1/criteria/nowhere", "criteria-unknown"),
        ("/v1/criteria/us-fda/nothing", "criterion-unknown"),
        ("/v1/criteria/us-fda/carvykti-multiple-myeloma?version=9.9.9", "criterion-unknown"),
        ("/v1/criteria/us-fda/carvykti-multiple-myeloma?as_of=1999-01-01", "criterion-unknown"),
        ("/component/nothing.js", "file-unknown"),
        ("/v1/nothing", "route-unknown"),
        ("/v1/screen/", "route-unknown"),
    ],
)
def test_what_there_is_not_is_answered_with_404(client, path, code):
    answer = client.get(path)

    assert (answer.status_code, answer.json()["code"]) == (404, code)


def test_the_files_of_the_component_are_served_as_they_are_exported(client):
    sets = [load_criteria(name) for name in ("us-fda", "eu-ema", "overview")]
    files = component_files(sets, date.today())

    for name, content in files.items():
        answer = client.get(f"/component/{name}")
        assert answer.content == content
        assert answer.headers["content-type"].startswith("text/javascript")
        assert answer.headers["cache-control"] == "no-cache"


def test_the_demo_page_may_load_its_own_script_and_nothing_else(client):
    answer = client.get("/demo", params={"criteria": "eu-ema"})

    assert 'src="component/cart-screen.js"' in answer.text
    assert 'criteria="eu-ema"' in answer.text
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy


def test_health_and_readiness_are_told(client):
    assert client.get("/health").json()["status"] == "pass"
    assert client.get("/ready").json()["criteria"] == ["us-fda", "eu-ema", "overview"]


def test_head_is_answered_like_get_without_a_body(client):
    head, get = client.head("/v1/criteria"), client.get("/v1/criteria")

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == get.headers["content-length"]


def test_sets_of_your_own_are_served_and_no_other():
    other = ROOT / "examples" / "other-therapy"
    with served(create_app(criteria=[other])) as address:
        found = httpx.get(f"{address}/v1/criteria").json()
        screened = httpx.post(f"{address}/v1/screen", json={"answers": {}}).json()
        refused = httpx.post(f"{address}/v1/screen", json={"answers": {}, "criteria": "us-fda"})

    assert found["default"] == screened["criteria"]["set"] == "us-bispecific-antibodies"
    assert (refused.status_code, refused.json()["code"]) == (404, "criteria-unknown")


def test_each_operation_is_described_with_an_example_that_works(client):
    described = client.get("/openapi.json").json()

    assert described["openapi"].startswith("3.1")
    tried = 0
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            for media_type, body in operation.get("requestBody", {}).get("content", {}).items():
                assert body["examples"], path
                for example in body["examples"].values():
                    sent = client.request(
                        method,
                        path.replace("{service}", "cart-screen"),
                        json=example["value"],
                        headers={"Content-Type": media_type},
                    )
                    assert sent.status_code == 200, (path, sent.text)
                    tried += 1
            for found in operation["responses"].values():
                assert found["description"]
    assert tried >= 7


def test_the_router_takes_its_arguments_early():
    with pytest.raises(Exception, match="no criteria set"):
        create_router(criteria=["nothing"])


def test_the_description_needs_no_other_host(client):
    assert client.get("/docs").status_code == 404
    assert client.post("/v1/screen", content=b"{}", headers=JSON).status_code == 422
