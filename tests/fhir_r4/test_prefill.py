"""A record prefills what its codes say and nothing else; each answer names where it came from."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from cart_screen.fhir.moments import days_of, moment_of
from cart_screen.fhir.names import TO_CONFIRM
from cart_screen.fhir.person import age_on
from cart_screen.fhir.prefill import prefill, prefilled_response
from cart_screen.fhir.prefilled import Why
from cart_screen.fhir.response import answers_of

from .official import by_model, by_schema, published

DAY = "2026-11-22"
RECORD = Path(__file__).parents[2] / "examples" / "fhir" / "patient.json"
LOINC, SNOMED, ICD = "http://loinc.org", "http://snomed.info/sct", "http://hl7.org/fhir/sid/icd-10-cm"
UCUM = "http://unitsofmeasure.org"
ME = {"reference": "Patient/me"}
VERIFICATION = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"


def patient(**more):
    return {"resourceType": "Patient", "id": "me", **more}


def condition(*codes, status=None, clinical=None, **more):
    found = {
        "resourceType": "Condition",
        "code": {"coding": [{"system": system, "code": code} for system, code in codes]},
        "subject": ME,
        **more,
    }
    if status:
        found["verificationStatus"] = {"coding": [{"system": VERIFICATION, "code": status}]}
    if clinical:
        found["clinicalStatus"] = {"coding": [{"system": CLINICAL, "code": clinical}]}
    return found


def observation(code, value=None, unit=None, day="2026-11-20", status="final", **more):
    found = {
        "resourceType": "Observation",
        "status": status,
        "code": {"coding": [{"system": LOINC, "code": code}]},
        "subject": ME,
        **({"effectiveDateTime": day} if day else {}),
        **more,
    }
    if value is not None:
        found["valueQuantity"] = {"value": value} | ({"system": UCUM, "code": unit} if unit else {})
    return found


def read(*resources):
    people = [] if any(one["resourceType"] == "Patient" for one in resources) else [patient()]
    entries = [{"resource": one} for one in (*people, *resources)]
    return prefill({"resourceType": "Bundle", "type": "collection", "entry": entries}, as_of=DAY)


def values(*resources):
    return dict(read(*resources).answers.values)


def asked(*resources):
    return {one.question: one.why for one in read(*resources).ambiguous}


def test_the_record_of_the_example_gives_twelve_answers_rightly():
    found = prefill(json.loads(RECORD.read_text()), as_of=DAY)

    assert dict(found.answers.values) == {
        "age_years": 61,
        "diagnosis": "mantle-cell-lymphoma",
        "sex": "female",
        "ecog": 1,
        "creatinine": 1.1,
        "bilirubin": 12 / 17.104,
        "ast": 31,
        "alt": 28,
        "lvef": 58,
        "spo2": 97,
        "anc": 2.1,
        "platelets": 148,
    }
    assert (found.ambiguous, found.problems) == ((), ())
    assert [one.question for one in found.to_confirm] == list(found.answers.values)
    assert [one.question for one in found.to_confirm if one.old] == ["lvef"]


def test_every_answer_is_marked_for_confirmation_with_the_resource_that_it_came_from():
    found = prefill(json.loads(RECORD.read_text()), as_of=DAY)
    response = prefilled_response(found)
    marks = {}
    pending = list(response["item"])
    while pending:
        item = pending.pop()
        pending += item.get("item", ())
        for answer in item.get("answer", ()):
            (mark,) = answer["extension"]
            marks[item["linkId"]] = mark

    assert response["status"] == "in-progress"
    assert marks.keys() == found.answers.values.keys()
    assert {mark["url"] for mark in marks.values()} == {TO_CONFIRM}
    assert {"url": "source", "valueString": "Observation/creatinine"} in marks["creatinine"]["extension"]
    assert {"url": "old", "valueBoolean": True} in marks["lvef"]["extension"]
    assert answers_of(json.loads(json.dumps(response))) == found.answers


@published
def test_the_record_and_the_prefilled_response_are_what_the_official_schema_says():
    record = json.loads(RECORD.read_text())
    for resource in (record, prefilled_response(prefill(record, as_of=DAY))):
        by_model(resource)
        assert by_schema(resource) == []


@pytest.mark.parametrize(
    ("born", "age"),
    [
        ("1965-11-22", 61),
        ("1965-11-23", 60),
        ("2026-11-22", 0),
        ("2004-02-29", 22),
        ("1965-03", 61),
        ("1906-11-22", 120),
    ],
)
def test_the_age_is_in_completed_years_on_the_day(born, age):
    assert values(patient(birthDate=born)) == {"age_years": age}


def test_somebody_born_on_the_last_of_february_is_a_year_older_on_the_first_of_march():
    born = date(2004, 2, 29)

    assert [age_on(day, born) for day in (date(2022, 2, 28), date(2022, 3, 1), date(2024, 2, 29))] == [17, 18, 20]


@pytest.mark.parametrize("born", ["1965", "1965-11"])
def test_a_birthday_that_may_still_come_this_year_is_asked(born):
    (open_point,) = read(patient(birthDate=born)).ambiguous

    assert (open_point.question, open_point.why, open_point.values) == ("age_years", Why.SEVERAL, (60, 61))


@pytest.mark.parametrize("born", ["2026-11-23", "1899-01-01", "2027", "1965-13-01"])
def test_a_date_of_birth_that_gives_no_age_is_a_problem(born):
    found = read(patient(birthDate=born))

    assert "age_years" not in found.answers.values
    assert [problem.path for problem in found.problems] == ["Bundle.entry[0].resource.birthDate"]


@pytest.mark.parametrize("gender", ["other", "unknown"])
def test_a_gender_that_names_no_sex_is_asked(gender):
    assert asked(patient(gender=gender)) == {"sex": Why.SEVERAL}
    assert values(patient(gender=gender)) == {}


@pytest.mark.parametrize(
    ("codes", "answers", "open_points"),
    [
        ([(SNOMED, "443487006")], {"diagnosis": "mantle-cell-lymphoma"}, {}),
        ([(ICD, "c83.10")], {"diagnosis": "mantle-cell-lymphoma"}, {}),
        ([(ICD, "C8310")], {"diagnosis": "mantle-cell-lymphoma"}, {}),
        ([(ICD, "Z92.850")], {"prior_car_t": True}, {}),
        ([(ICD, "Z92.85")], {}, {"prior_car_t": Why.SEVERAL}),
        ([(ICD, "C91.00")], {}, {"diagnosis": Why.SEVERAL}),
        ([(ICD, "C83.00")], {}, {"diagnosis": Why.SEVERAL}),
        ([(SNOMED, "308121000")], {}, {"diagnosis": Why.SEVERAL}),
        ([(SNOMED, "308121000"), (ICD, "C82.40")], {"diagnosis": "follicular-lymphoma-3b"}, {}),
        ([(SNOMED, "443487006"), (ICD, "C90.00")], {}, {"diagnosis": Why.CONTRADICTORY}),
        ([(ICD, "C83.33"), (ICD, "C83.390")], {}, {"diagnosis": Why.CONTRADICTORY}),
        ([(ICD, "I10")], {}, {}),
        ([("http://hl7.org/fhir/sid/icd-10", "C83.1")], {}, {}),
    ],
)
def test_a_code_of_a_condition_says_what_the_dictionary_says_of_it(codes, answers, open_points):
    assert values(condition(*codes)) == answers
    assert asked(condition(*codes)) == open_points


def test_two_conditions_that_contradict_each_other_are_listed_with_both_and_neither_is_taken():
    found = read(condition((SNOMED, "109989006"), id="myeloma"), condition((SNOMED, "443487006"), id="mantle"))
    (open_point,) = found.ambiguous

    assert "diagnosis" not in found.answers.values
    assert open_point.values == ("mantle-cell-lymphoma", "multiple-myeloma")
    assert [origin.resource for origin in open_point.origins] == ["Condition/myeloma", "Condition/mantle"]


def test_two_conditions_that_each_leave_two_open_decide_nothing_together():
    """Only one value is in both, but no code says it."""
    found = read(condition((ICD, "C83.00")), condition((ICD, "C88.0"), status="provisional"))

    assert "diagnosis" not in found.answers.values


@pytest.mark.parametrize(
    ("status", "clinical", "expected"),
    [
        ("confirmed", "active", {}),
        ("confirmed", "relapse", {}),
        ("confirmed", "remission", {}),
        (None, None, {}),
        ("provisional", "active", {"diagnosis": Why.UNCONFIRMED}),
        ("differential", None, {"diagnosis": Why.UNCONFIRMED}),
        ("unconfirmed", None, {"diagnosis": Why.UNCONFIRMED}),
        ("confirmed", "resolved", {"diagnosis": Why.PAST}),
        ("confirmed", "inactive", {"diagnosis": Why.PAST}),
    ],
)
def test_a_condition_that_is_unsure_or_over_is_asked(status, clinical, expected):
    one = condition((SNOMED, "443487006"), status=status, clinical=clinical)

    assert asked(one) == expected
    assert values(one) == ({} if expected else {"diagnosis": "mantle-cell-lymphoma"})


@pytest.mark.parametrize("status", ["refuted", "entered-in-error"])
def test_a_condition_that_is_not_there_says_nothing(status):
    one = condition((SNOMED, "443487006"), status=status)

    assert (values(one), asked(one)) == ({}, {})


@pytest.mark.parametrize("status", ["final", "amended", "corrected"])
def test_a_value_that_will_not_change_is_taken(status):
    assert values(observation("1920-8", 31, "U/L", status=status)) == {"ast": 31}


@pytest.mark.parametrize("status", ["registered", "preliminary", "cancelled", "entered-in-error", "unknown"])
def test_a_value_that_may_change_or_never_was_is_left_out_and_the_last_final_one_stands(status):
    newer = observation("1920-8", 310, "U/L", "2026-11-21", status)

    assert values(newer) == {}
    assert values(newer, observation("1920-8", 31, "U/L")) == {"ast": 31}


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("2026-11-19", "2026-11-20"),
        ("2026-11-20T08:00:00Z", "2026-11-20T09:00:00+00:30"),
        ("2026-10", "2026-11-01"),
        (None, "2020-01-01"),
    ],
)
def test_the_newest_value_is_taken_in_whatever_order_they_stand(older, newer, order):
    both = [observation("1920-8", 10, "U/L", older), observation("1920-8", 20, "U/L", newer)][::order]

    assert values(*both) == {"ast": 20}


@pytest.mark.parametrize("days", [("2026-11-20", "2026-11-20"), ("2026-11-20", "2026-11-20T08:00:00Z"), (None, None)])
def test_two_values_of_one_time_that_differ_are_asked_and_equal_ones_are_not(days):
    differing = [observation("1920-8", value, "U/L", day) for value, day in zip((10, 20), days, strict=True)]
    equal = [observation("1920-8", 10, "U/L", day) for day in days]

    assert (values(*differing), asked(*differing)) == ({}, {"ast": Why.CONTRADICTORY})
    assert values(*equal) == {"ast": 10}


@pytest.mark.parametrize(("day", "old"), [("2026-10-23", False), ("2026-10-22", True), ("2019", True), (None, True)])
def test_a_value_of_more_than_thirty_days_ago_or_of_no_day_is_marked(day, old):
    (one,) = read(observation("1920-8", 31, "U/L", day)).to_confirm

    assert one.old is old


def test_a_value_of_after_the_day_is_a_problem_and_the_one_before_it_stands():
    found = read(observation("1920-8", 310, "U/L", "2026-11-23"), observation("1920-8", 31, "U/L"))

    assert dict(found.answers.values) == {"ast": 31}
    assert [problem.path for problem in found.problems] == ["Bundle.entry[1].resource.effective"]


@pytest.mark.parametrize(
    ("code", "value", "unit", "expected"),
    [
        ("2160-0", 1.1, "mg/dL", {"creatinine": 1.1}),
        ("14682-9", 97.24, "umol/L", {"creatinine": 1.1}),
        ("14682-9", 97.24, None, {"creatinine": 1.1}),
        ("1975-2", 1.2, None, {"bilirubin": 1.2}),
        ("777-3", 148000, "/uL", {"platelets": 148}),
        ("777-3", 148, "10*9/L", {"platelets": 148}),
        ("89247-1", 1, None, {"ecog": 1}),
        ("89247-1", 1.0, "{score}", {"ecog": 1}),
        ("89243-0", 80, None, {"karnofsky": 80}),
    ],
)
def test_a_unit_is_converted_and_one_that_is_not_named_is_the_one_of_its_code(code, value, unit, expected):
    assert values(observation(code, value, unit)) == expected


@pytest.mark.parametrize(
    ("code", "quantity"),
    [
        ("777-3", {"value": 148}),
        ("1920-8", {"value": 31, "unit": "ukat/L"}),
        ("1920-8", {"value": 31, "comparator": "<", "unit": "U/L"}),
        ("1920-8", {"value": 60_000, "unit": "U/L"}),
        ("1920-8", {"unit": "U/L"}),
        ("89247-1", {"value": 1.5}),
        ("89247-1", {"value": 5}),
        ("2160-0", {"value": 1.1, "system": "urn:units", "code": "mg/dL"}),
        ("2160-0", {"value": 97.24, "unit": "umol/L"}),
    ],
)
def test_a_value_that_cannot_be_read_is_asked_and_no_older_one_takes_its_place(code, quantity):
    newest = observation(code, valueQuantity=quantity)
    older = observation(
        code, 1, {"777-3": "10*3/uL", "89247-1": None, "2160-0": "mg/dL", "1920-8": "U/L"}[code], "2026-10-01"
    )
    found = read(newest, older)

    assert dict(found.answers.values) == {}
    assert [one.why for one in found.ambiguous] == [Why.UNREADABLE]
    assert [problem.path.startswith("Bundle.entry[1].resource.valueQuantity") for problem in found.problems] == [True]


def test_a_scale_coded_as_an_answer_of_a_list_is_asked():
    coded = {"coding": [{"system": LOINC, "code": "LA9623-5"}]}

    assert asked(observation("89247-1", valueCodeableConcept=coded)) == {"ecog": Why.UNREADABLE}


def test_what_was_not_measured_says_nothing():
    reason = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/data-absent-reason", "code": "unknown"}]}
    newest = observation("1920-8", dataAbsentReason=reason)

    assert values(newest, observation("1920-8", 31, "U/L", "2026-11-01")) == {"ast": 31}


def test_an_estimate_of_another_measure_is_not_read():
    """98979-8 is an eGFR, which the clearance by Cockcroft-Gault is not."""
    assert values(observation("98979-8", 55, "mL/min/{1.73_m2}"), observation("35591-7", 60, "mL/min")) == {
        "creatinine_clearance": 60
    }


def test_a_resource_about_somebody_else_or_about_nobody_is_left_out():
    others = observation("1920-8", 31, "U/L", subject={"reference": "Patient/you"})
    nobody = {name: value for name, value in observation("1742-6", 31, "U/L").items() if name != "subject"}
    found = read(others, nobody)

    assert dict(found.answers.values) == {}
    assert [problem.found for problem in found.problems] == [
        "a resource about somebody else",
        "a resource about nobody",
    ]


def test_a_person_is_known_by_the_address_of_the_entry_too():
    address = "urn:uuid:6c1b1e3c-0f0c-4b39-8a71-0d3f8e2a9d11"
    entries = [
        {"fullUrl": address, "resource": {"resourceType": "Patient", "birthDate": "1965-03-14"}},
        {"resource": observation("1920-8", 31, "U/L", subject={"reference": address})},
    ]
    found = prefill({"resourceType": "Bundle", "type": "transaction", "entry": entries}, as_of=DAY)

    assert dict(found.answers.values) == {"age_years": 61, "ast": 31}


def test_what_was_prefilled_stays_out_of_logs_and_is_there_as_plain_values():
    found = prefill(json.loads(RECORD.read_text()), as_of=DAY)

    assert "mantle" not in repr(found)
    assert json.loads(json.dumps(found.to_dict()))["to_confirm"][1] == {
        "question": "diagnosis",
        "value": "mantle-cell-lymphoma",
        "resource": "Condition/lymphoma",
        "day": "2024-02-06",
        "old": False,
        "note": "",
    }


@pytest.mark.parametrize(
    "text", ["", "x", "2026-13", "2026-02-30", "20261122", "2026-11-22T08:00:00", "\uff12\uff10\uff12\uff16", None, 7]
)
def test_what_is_no_day_of_fhir_is_none(text):
    assert (days_of(text), moment_of(text)) == (None, None)
