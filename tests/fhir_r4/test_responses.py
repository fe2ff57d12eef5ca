"""Answers go out as a QuestionnaireResponse and come back the same; what is no answer is refused, all at once."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from people.population import people
from strategies import examples, stated_answers

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.given import Answers
from cart_screen.api import load_criteria
from cart_screen.errors import AnswersInvalid
from cart_screen.fhir.errors import ResourceInvalid
from cart_screen.fhir.names import ABSENT, ABSENT_SYSTEM
from cart_screen.fhir.response import answers_of, response_of

from .official import broken, by_model, by_schema, published

DAY = "2026-11-22"
OTHER_THERAPY = Path(__file__).parents[2] / "examples" / "other-therapy"
REFUSED = json.loads(Path(__file__).with_name("refused.json").read_text())
SHIPPED = {"resourceType": "QuestionnaireResponse", "questionnaire": "urn:cart-screen:us-fda:questionnaire|1.1.0"}


def back(answers, **more):
    """Send answers as text and read them again."""
    return answers_of(json.loads(json.dumps(response_of(answers, as_of=DAY, completed=False, **more), allow_nan=False)))


def response(*items, **more):
    return {**SHIPPED, "status": "in-progress", "item": list(items), **more}


def refused(resource, criteria=None):
    with pytest.raises(ResourceInvalid) as caught:
        answers_of(resource, criteria)
    return caught.value


@examples(80)
@given(answers=stated_answers("us-fda"))
def test_answers_come_back_equal(answers):
    assert back(answers) == answers


def test_what_simulated_people_say_comes_back_equal():
    for person in people(40):
        assert back(person.answers) == person.answers
        assert back(person.mistaken_answers) == person.mistaken_answers


@pytest.mark.parametrize("reason", AbsentReason)
@pytest.mark.parametrize("question", ["pregnant", "diagnosis", "ecog", "age_years", "ast", "creatinine"])
def test_every_reason_for_no_answer_comes_back_for_every_kind_of_question(reason, question):
    answers = Answers({}, {question: reason})

    assert back(answers) == answers


@published
@pytest.mark.parametrize("number", range(4))
def test_a_response_is_what_the_official_schema_and_the_invariants_say(number):
    (person,) = people(1, first=number)
    made = response_of(person.answers, as_of=DAY, completed=True)

    by_model(made)
    assert by_schema(made) == []
    assert broken(made) == []


@published
def test_the_smallest_numbers_that_an_answer_can_be_are_numbers_of_fhir():
    answers = Answers({"bilirubin": 5e-324, "ast": 1e-07, "weight_kg": 1.5e2, "creatinine_clearance": 0})
    made = response_of(answers, as_of=DAY, completed=False)

    assert by_schema(made) == []
    assert answers_of(made) == answers


def test_it_is_in_progress_until_somebody_has_confirmed_it():
    statuses = [response_of({"age_years": 61}, as_of=DAY, completed=done)["status"] for done in (False, True)]

    assert statuses == ["in-progress", "completed"]


@pytest.mark.parametrize("status", ["in-progress", "completed", "amended", "stopped"])
def test_no_status_makes_an_answer_of_nothing(status):
    assert answers_of({**SHIPPED, "status": status}) == Answers()
    assert answers_of(response({"linkId": "age_years"}, status=status)) == Answers()


@pytest.mark.parametrize("status", ["entered-in-error", "done", None, 7])
def test_a_response_that_was_withdrawn_or_has_no_status_of_fhir_is_refused(status):
    resource = {name: value for name, value in response(status=status).items() if value is not None}

    assert "QuestionnaireResponse.status" in {problem.path for problem in refused(resource).problems}


@pytest.mark.parametrize("case", REFUSED, ids=[case["name"] for case in REFUSED])
def test_what_is_no_answer_is_refused_with_its_place(case):
    error = refused(response(*case["items"]))

    assert [[problem.path, problem.found] for problem in error.problems] == case["problems"]


def test_all_problems_of_a_response_are_told_at_once():
    every = [case for case in REFUSED if "twice" not in case["name"]]
    groups = [{"linkId": id} for id in ("cancer.topic", "treatments.topic", "organs.topic", "safety.topic")]
    for place, case in enumerate(every):
        groups[place % len(groups)].setdefault("item", []).extend(case["items"])

    # A question that stands in several cases is a problem once more.
    assert len(refused(response(*groups)).problems) >= sum(len(case["problems"]) for case in every) - len(every)


def test_an_error_shows_no_answer_in_a_log():
    error = refused(response({"linkId": "age_years", "answer": [{"valueInteger": 121}]}))

    assert "121" not in repr(error)
    assert "121" not in repr(error.problems)
    assert "age_years" in repr(error.problems)


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ({"extension": [{"url": ABSENT, "valueCode": "asked-declined"}]}, AbsentReason.ASKED_DECLINED),
        ({"answer": [{"extension": [{"url": ABSENT, "valueCode": "not-asked"}]}]}, AbsentReason.NOT_ASKED),
        (
            {"answer": [{"_valueInteger": {"extension": [{"url": ABSENT, "valueCode": "asked-unknown"}]}}]},
            AbsentReason.ASKED_UNKNOWN,
        ),
    ],
    ids=["at the item", "at the answer", "at the value"],
)
def test_the_extension_of_fhir_for_absent_data_is_read_wherever_it_may_stand(item, reason):
    assert answers_of(response({"linkId": "age_years", **item})) == Answers({}, {"age_years": reason})


@pytest.mark.parametrize(
    ("quantity", "value"),
    [
        ({"value": 133, "system": "http://unitsofmeasure.org", "code": "umol/L", "unit": "µmol/L"}, 133 / 88.4),
        ({"value": 133, "unit": "µmol/l"}, 133 / 88.4),
        ({"value": 1.5, "system": "http://unitsofmeasure.org", "code": "mg/dL"}, 1.5),
        ({"value": Decimal("1.5"), "system": "http://unitsofmeasure.org", "code": "mg/dL"}, 1.5),
    ],
)
def test_a_unit_is_converted_by_the_factor_of_the_dictionary(quantity, value):
    item = {"linkId": "creatinine", "answer": [{"valueQuantity": quantity}]}

    assert answers_of(response(item)) == Answers({"creatinine": value})


def test_a_code_that_decides_for_one_choice_is_read_as_that_choice():
    coding = {"system": "http://snomed.info/sct", "code": "443487006"}

    assert answers_of(response({"linkId": "diagnosis", "answer": [{"valueCoding": coding}]})) == Answers(
        {"diagnosis": "mantle-cell-lymphoma"}
    )


def test_any_kind_of_mapping_is_read():
    item = MappingProxyType({"linkId": "age_years", "answer": ({"valueInteger": 61},)})

    assert answers_of(MappingProxyType(response(item))) == Answers({"age_years": 61})


def test_an_earlier_minor_version_is_read():
    older = response({"linkId": "age_years", "answer": [{"valueInteger": 61}]})
    older["questionnaire"] = "urn:cart-screen:us-fda:questionnaire|1.0.0"

    assert answers_of(older) == Answers({"age_years": 61})


@pytest.mark.parametrize(
    "canonical",
    [
        "urn:cart-screen:us-fda:questionnaire",
        "urn:cart-screen:us-fda:questionnaire|1.2.0",
        "urn:cart-screen:us-fda:questionnaire|2.0.0",
        "urn:cart-screen:us-fda:questionnaire|1.x",
        "urn:cart-screen:us-fda:questionnaire|\uff11.0.0",
        "urn:cart-screen:us-fda:questionnaire|1.0.0|1.0.0",
        "urn:cart-screen:moon:questionnaire|1.0.0",
        "urn:cart-screen:../../etc:questionnaire|1.0.0",
        "https://example.org/Questionnaire/7|1.0.0",
        None,
    ],
)
def test_a_response_to_another_questionnaire_or_a_later_version_is_refused(canonical):
    resource = response({"linkId": "age_years", "answer": [{"valueInteger": 61}]})
    resource["questionnaire"] = canonical
    resource = {name: value for name, value in resource.items() if value is not None}

    assert [problem.path for problem in refused(resource).problems] == ["QuestionnaireResponse.questionnaire"]


def test_a_set_of_ones_own_is_read_where_it_is_named():
    criteria = load_criteria(OTHER_THERAPY)
    made = response_of({"age_years": 61}, criteria, DAY, completed=False)

    assert answers_of(made, criteria) == answers_of(made, OTHER_THERAPY) == Answers({"age_years": 61})
    assert "us-bispecific-antibodies" not in str(refused(made).problems[0].allowed)


def test_answers_that_the_dictionary_does_not_allow_do_not_go_out():
    with pytest.raises(AnswersInvalid):
        response_of({"age_years": 121}, as_of=DAY, completed=False)


def test_an_answer_that_the_form_would_not_ask_for_goes_out_all_the_same():
    answers = Answers({"age_years": 10, "creatinine": 0.4})

    assert back(answers) == answers


def test_a_reason_is_a_code_that_a_form_can_show_but_what_was_not_asked_is_none():
    text = json.dumps(response_of(Answers({}, {"age_years": "not-asked"}), as_of=DAY, completed=False))
    chosen = json.dumps(response_of(Answers({}, {"age_years": "asked-unknown"}), as_of=DAY, completed=False))

    assert (ABSENT_SYSTEM in text, ABSENT in text) == (False, True)
    assert (ABSENT_SYSTEM in chosen, ABSENT in chosen) == (True, False)
