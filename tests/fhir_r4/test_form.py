"""LHC-Forms shows the questionnaire, and what a person enters there gives the same guidance as without it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.given import Answers
from cart_screen.api import load_criteria, screen
from cart_screen.fhir.conditions import always_shown
from cart_screen.fhir.prefill import prefill, prefilled_response
from cart_screen.fhir.questionnaire import questionnaire_of
from cart_screen.fhir.response import answers_of

from .forms import FilledForm, browser_page, shown

DAY = "2026-11-22"
EXAMPLES = Path(__file__).parents[2] / "examples"

pytestmark = shown


def example(name):
    return Answers(json.loads((EXAMPLES / "answers" / f"{name}.json").read_text()))


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    with browser_page(tmp_path_factory.mktemp("form")) as page:
        yield page


@pytest.fixture(scope="module")
def questionnaire():
    return questionnaire_of(as_of=DAY)


@pytest.fixture
def form(page, questionnaire):
    opened, complaints = page
    yield FilledForm(opened, questionnaire, complaints)
    assert complaints == []


@pytest.mark.parametrize("name", ["large-b-cell-third-line-match", "multiple-myeloma-one-line"])
def test_what_is_entered_gives_the_same_guidance(form, name):
    answers = example(name)
    form.answer(answers)
    entered = answers_of(form.response())

    assert entered == answers
    assert screen(entered, as_of=DAY).to_dict() == screen(answers, as_of=DAY).to_dict()


def test_every_reason_for_no_answer_comes_back_and_so_does_another_unit(form):
    answers = Answers(
        {"age_years": 61, "diagnosis": "mantle-cell-lymphoma", "ecog": 0},
        {
            "sex": AbsentReason.ASKED_DECLINED,
            "prior_lines": AbsentReason.ASKED_UNKNOWN,
            "pregnant": AbsentReason.NOT_APPLICABLE,
            "weight_kg": AbsentReason.ASKED_DECLINED,
            "ast": AbsentReason.NOT_APPLICABLE,
            "activity_level": AbsentReason.ASKED_UNKNOWN,
        },
    )
    form.answer(answers)
    form.type_in("creatinine", 133, "µmol/L")

    assert answers_of(form.response()) == answers.with_answer("creatinine", 133 / 88.4)


def test_a_number_takes_the_place_of_the_reason_for_having_none(form):
    form.answer(Answers({}, {"prior_lines": AbsentReason.ASKED_UNKNOWN}))
    before = answers_of(form.response())
    form.answer(Answers({"prior_lines": 0}))

    assert before == Answers({}, {"prior_lines": AbsentReason.ASKED_UNKNOWN})
    assert answers_of(form.response()) == Answers({"prior_lines": 0})


def test_a_question_is_shown_where_its_condition_holds(form):
    asked = ("ecog", "lansky", "lines_since_transformation")
    before = [form.shows(id) for id in asked]
    form.answer(Answers({"age_years": 12, "diagnosis": "richter-transformation"}))
    child = [form.shows(id) for id in asked]
    form.answer(Answers({"age_years": 40}))

    assert (before, child) == ([False, False, False], [False, True, True])
    assert [form.shows(id) for id in asked] == [True, False, True]
    assert all(form.shows(id) for id in always_shown(load_criteria().reading))


def test_a_form_without_answers_is_called_completed_and_gives_none(form):
    response = form.response()

    # This is why no status is taken for a confirmation.
    assert response["status"] == "completed"
    assert answers_of(response) == Answers()


def test_what_was_prefilled_is_shown_and_comes_back(form):
    found = prefill(json.loads((EXAMPLES / "fhir" / "patient.json").read_text()), as_of=DAY)
    form.take(prefilled_response(found))

    assert answers_of(form.response()) == found.answers
