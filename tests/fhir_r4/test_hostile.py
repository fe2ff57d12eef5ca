"""Resources that mean harm, or were made by a broken program: one clear error, no crash, no long wait."""

from __future__ import annotations

import pytest

from cart_screen.errors import CartScreenError
from cart_screen.fhir.errors import ResourceInvalid
from cart_screen.fhir.prefill import prefill
from cart_screen.fhir.response import answers_of

DAY = "2026-11-22"
SHIPPED = {
    "resourceType": "QuestionnaireResponse",
    "questionnaire": "urn:cart-screen:us-fda:questionnaire|1.1.0",
    "status": "in-progress",
}


def nested(levels):
    item = {"linkId": "about-you.topic"}
    for _ in range(levels):
        item = {"linkId": "about-you.topic", "item": [item]}
    return item


def circular():
    item = {"linkId": "about-you.topic"}
    item["item"] = [item]
    return item


def with_item(**item):
    return {**SHIPPED, "item": [item]}


RESPONSES = {
    "nothing": None,
    "a text": "QuestionnaireResponse",
    "a list": [SHIPPED],
    "no type": {},
    "another type": {"resourceType": "Patient"},
    "a type that is a list": {"resourceType": ["QuestionnaireResponse"]},
    "a type like a path": {"resourceType": "../patient"},
    "items that are none": {**SHIPPED, "item": {"linkId": "age_years"}},
    "an item that is a number": {**SHIPPED, "item": [7]},
    "an item that is nothing": {**SHIPPED, "item": [None]},
    "answers that are none": with_item(linkId="age_years", answer={"valueInteger": 61}),
    "an answer that is a number": with_item(linkId="age_years", answer=[61]),
    "a link id that is none": with_item(linkId=7),
    "a link id that is a list": with_item(linkId=["age_years"]),
    "no link id": with_item(answer=[{"valueInteger": 61}]),
    "a prototype": {**SHIPPED, "__proto__": {"status": "completed"}},
    "a prototype inside": with_item(linkId="age_years", __proto__={"answer": [{"valueInteger": 61}]}),
    "a link id like a prototype": with_item(linkId="__proto__", answer=[{"valueInteger": 61}]),
    "a link id like a method": with_item(linkId="keys", answer=[{"valueInteger": 61}]),
    "NaN": with_item(linkId="ast", answer=[{"valueDecimal": float("nan")}]),
    "infinity in a quantity": with_item(
        linkId="creatinine", answer=[{"valueQuantity": {"value": float("inf"), "unit": "mg/dL"}}]
    ),
    "a number of many digits": with_item(linkId="age_years", answer=[{"valueInteger": 10**5000}]),
    "a decimal of many digits": with_item(linkId="ast", answer=[{"valueDecimal": 10**5000}]),
    "half of a character": with_item(linkId="age_years\ud800"),
    "two types of value": with_item(linkId="age_years", answer=[{"valueInteger": 61, "valueString": "61"}]),
    "an unknown element": with_item(linkId="age_years", answer=[{"valueNumber": 61}]),
    "deep": {**SHIPPED, "item": [nested(3_000)]},
    "without end": {**SHIPPED, "item": [circular()]},
    "huge": {**SHIPPED, "item": [{"linkId": "about-you.topic"}] * 30_000},
    "rules of its own": {**SHIPPED, "implicitRules": "urn:others"},
    "a questionnaire that is none": {**SHIPPED, "questionnaire": 7},
}


@pytest.mark.parametrize("resource", RESPONSES.values(), ids=RESPONSES.keys())
def test_a_hostile_response_is_one_error_that_says_where(resource):
    with pytest.raises(ResourceInvalid) as caught:
        answers_of(resource)

    assert caught.value.problems
    assert all(problem.path.startswith("QuestionnaireResponse") for problem in caught.value.problems)
    assert len(str(caught.value)) < 10_000


PERSON = {"resourceType": "Patient", "id": "one", "gender": "female", "birthDate": "1965-03-14"}


def bundle(*resources, **more):
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources], **more}


def observation(**more):
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "1920-8"}]},
        "subject": {"reference": "Patient/one"},
        "effectiveDateTime": "2026-11-20",
        "valueQuantity": {"value": 31, "unit": "U/L"},
        **more,
    }


BUNDLES = {
    "nothing": None,
    "a patient alone": PERSON,
    "no type": {"resourceType": "Bundle", "entry": []},
    "a history": bundle(PERSON, type="history"),
    "entries that are none": {"resourceType": "Bundle", "type": "collection", "entry": {"resource": PERSON}},
    "two people": bundle(PERSON, {**PERSON, "id": "two"}),
    "two people that nobody describes": bundle(observation(), observation(subject={"reference": "Patient/two"})),
    "huge": bundle(*([{"resourceType": "Basic", "x": [0] * 1000}] * 501)),
    "rules of its own": bundle(PERSON, implicitRules="urn:others"),
    "without end": bundle(circular()),
    "NaN": bundle(PERSON, observation(valueQuantity={"value": float("nan"), "unit": "U/L"})),
}


@pytest.mark.parametrize("resource", BUNDLES.values(), ids=BUNDLES.keys())
def test_a_hostile_bundle_is_one_error_that_says_where(resource):
    with pytest.raises(ResourceInvalid) as caught:
        prefill(resource, as_of=DAY)

    assert all(problem.path.startswith("Bundle") for problem in caught.value.problems)


INSIDE = {
    "an entry that is a number": [7],
    "an entry with a number for a resource": [{"resource": 7}],
    "a resource of no type": [{"resource": {"id": "x"}}],
    "a type that is a list": [{"resource": {"resourceType": ["Observation"]}}],
    "a code that is a text": [{"resource": observation(code="1920-8")}],
    "codings that are none": [
        {"resource": observation(code={"coding": {"system": "http://loinc.org", "code": "1920-8"}})}
    ],
    "a coding that is a number": [{"resource": observation(code={"coding": [7]})}],
    "a value that is a text": [{"resource": observation(valueQuantity="31 U/L")}],
    "a value that is a list": [{"resource": observation(valueQuantity=[31])}],
    "a status that is a list": [{"resource": observation(status=["final"])}],
    "a day that is none": [{"resource": observation(effectiveDateTime="yesterday")}],
    "a subject that is a text": [{"resource": observation(subject="Patient/one")}],
    "a subject that is itself": [{"resource": observation(subject={"reference": "#"})}],
    "an unknown element": [{"resource": observation(__proto__={})}],
    "resources that contain each other": [
        {
            "resource": observation(
                contained=[{"resourceType": "Observation", "id": "a", "hasMember": [{"reference": "#a"}]}]
            )
        }
    ],
    "what may turn it around": [
        {"resource": observation(modifierExtension=[{"url": "urn:not", "valueBoolean": True}])}
    ],
    "two values": [{"resource": observation(valueString="31")}],
}


@pytest.mark.parametrize("entries", INSIDE.values(), ids=INSIDE.keys())
def test_a_broken_resource_of_a_bundle_gives_no_answer_and_the_others_do(entries):
    found = prefill(bundle(PERSON) | {"entry": [{"resource": PERSON}, *entries]}, as_of=DAY)

    assert found.answers.values.keys() == {"age_years", "sex"}


def test_a_sound_resource_does():
    assert prefill(bundle(PERSON, observation()), as_of=DAY).answers.values["ast"] == 31


def test_every_error_is_one_of_this_package_and_quotes_little():
    for resource in (*RESPONSES.values(), *BUNDLES.values()):
        for read in (answers_of, prefill):
            with pytest.raises(CartScreenError) as caught:
                read(resource)
            assert len(str(caught.value)) < 10_000
