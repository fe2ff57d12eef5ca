"""A GuidanceResponse says what a screening says, never a verdict, and is FHIR R4."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from people.population import people

from cart_screen.api import screen
from cart_screen.fhir.guidance import guidance_response
from cart_screen.ladder import Code
from cart_screen.texts import Audience

from .official import by_model, by_schema, published

DAY = "2026-11-22"
ANSWERS = Path(__file__).parents[2] / "examples" / "answers"
NAMES = sorted(path.stem for path in ANSWERS.glob("*.json"))


def screened(name, as_of=DAY):
    return screen(json.loads((ANSWERS / f"{name}.json").read_text()), as_of=as_of)


def parameters(response):
    (contained,) = response["contained"]
    return contained["parameter"]


def value(part):
    (found,) = (value for name, value in part.items() if name.startswith("value"))
    return found


def parts(parameter, name):
    return [value(part) for part in parameter["part"] if part["name"] == name]


@published
@pytest.mark.parametrize("name", NAMES)
def test_it_is_what_the_official_schema_says(name):
    response = guidance_response(screened(name))

    by_model(response)
    assert by_schema(response) == []


@pytest.mark.parametrize("name", NAMES)
def test_it_says_what_the_screening_says(name):
    screening = screened(name)
    said = screening.to_dict()
    found = parameters(guidance_response(screening))
    (guidance,) = (one for one in found if one["name"] == "guidance")
    findings = {parts(one, "criterion")[0]: one for one in found if one["name"] == "finding"}

    assert parts(guidance, "code") == [said["guidance"]["code"]]
    assert parts(guidance, "says") == said["guidance"]["says"]
    assert parts(guidance, "indication") == said["guidance"]["indications"]
    assert {id: parts(one, "status") for id, one in findings.items()} == {
        id: [one["status"]] for id, one in said["findings"].items()
    }
    for id, one in findings.items():
        because = [
            {part["name"]: value(part) for part in row["part"]} for row in one["part"] if row["name"] == "because"
        ]
        assert {row["question"]: row["value"] for row in because} == said["findings"][id]["because"]
        assert parts(one, "awaiting") == said["findings"][id]["awaiting"]
        assert [source["url"] for source in parts(one, "source")] == [
            source["url"] for source in said["findings"][id]["sources"]
        ]
    assert [value(one) for one in found if one["name"] == "awaiting"] == said["awaiting"]


def test_the_status_is_about_the_data():
    found = {}
    for person in people(50):
        screening = screen(person.mistaken_answers, as_of=DAY)
        status = guidance_response(screening)["status"]
        found.setdefault(status, set()).add((screening.guidance.code is Code.INCOMPLETE, bool(screening.awaiting)))

    assert found["success"] == {(False, False)}
    assert found["data-requested"] == {(False, True)}
    assert found["data-required"] <= {(True, True), (True, False)}


def test_a_date_before_all_criteria_asks_for_nothing():
    response = guidance_response(screened("adult-b-all", "2000-01-01"))

    assert response["status"] == "success"
    assert "dataRequirement" not in response


def test_what_is_awaited_is_named_by_its_codes_and_by_its_question():
    screening = screened("large-b-cell-third-line-no-tests")
    required = guidance_response(screening)["dataRequirement"]
    codes = {code["code"] for one in required for filter in one.get("codeFilter", ()) for code in filter["code"]}
    (answers,) = (one for one in required if one["type"] == "QuestionnaireResponse")
    (asked,) = answers["extension"]

    assert [one["valueString"] for one in asked["extension"]] == list(screening.awaiting)
    assert "10230-1" in codes


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("name", NAMES)
def test_it_holds_the_intended_use_and_no_verdict(name, audience):
    response = guidance_response(screened(name), audience=audience)
    text = " ".join(one["text"] for one in response["note"]) + response["text"]["div"]
    told = json.dumps([one for one in parameters(response) if one["name"] in ("guidance", "finding", "needed")])

    assert "not medical advice" in text
    assert "leaves this computer" not in text
    for verdict in (r"\beligib", r"\bqualif", r"\bapproved for you\b", r"\byou match\b", r"\bnot met\b", r"\bscore\b"):
        assert not re.search(verdict, text, re.IGNORECASE), verdict
    assert '"Observation"' not in told
    assert '"DetectedIssue"' not in told


def test_urgent_words_stand_above_all_else():
    response = guidance_response(screened("earlier-car-t-urgent"))
    (guidance,) = (one for one in parameters(response) if one["name"] == "guidance")

    assert response["text"]["div"].partition("<p>")[2].startswith("<b>Call your CAR T team or emergency care now</b>")
    assert parts(guidance, "urgency") == ["urgent-after-car-t"]


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = set()

    def handle_starttag(self, tag, attrs):
        self.seen.add((tag, tuple(name for name, _ in attrs)))


@pytest.mark.parametrize("name", NAMES)
def test_the_text_for_readers_is_plain(name):
    tags = Tags()
    tags.feed(guidance_response(screened(name))["text"]["div"])

    assert tags.seen == {("div", ("xmlns",)), ("p", ()), ("b", ())}


def test_a_point_that_is_compared_with_nothing_is_not_told_to_readers():
    response = guidance_response(screened("hodgkin-lymphoma"))

    assert "Treatments so far" not in response["text"]["div"]
    assert "Type of cancer" in response["text"]["div"]


def test_no_name_of_a_person_and_no_answer_that_did_not_decide_goes_out():
    screening = screen({"cancer_group": "solid-tumor", "hiv": True, "weight_kg": 71.25}, as_of=DAY)

    assert "71.25" not in json.dumps(guidance_response(screening))
