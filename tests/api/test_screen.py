"""``screen()`` as a library: what it takes, what it keeps to itself, what it holds against the contract."""

import copy
import pickle
from datetime import date, datetime
from pathlib import Path

import pytest

from cart_screen import Answers, Questionnaire, load_criteria, screen
from cart_screen.catalog.directory import own_criteria
from cart_screen.errors import AnswersInvalid, DateInvalid, LanguageUnknown

DATE = "2026-11-22"
LABEL_MET = {
    "age_years": 60,
    "diagnosis": "diffuse-large-b-cell-lymphoma",
    "disease_status": "relapsed",
    "prior_lines": 2,
    "cns_involvement": "none",
}
SAFE = {
    "prior_car_t": False,
    "active_infection": False,
    "active_inflammatory_disorder": False,
    "active_gvhd": False,
    "pregnant": False,
    "ecog": 1,
}
ORGANS = {"on_dialysis": False, "bilirubin": 0.5, "ast_times_uln": 1, "alt_times_uln": 1, "lvef": 60, "spo2": 97}


@pytest.mark.parametrize("as_of", [DATE, date(2026, 11, 22), datetime(2026, 11, 22, 23, 59)])
def test_a_date_may_be_text_a_date_or_a_time_of_a_day(as_of):
    assert screen(LABEL_MET, as_of=as_of).facts.as_of == date(2026, 11, 22)


@pytest.mark.parametrize("as_of", ["2026-W01", "20261122", "22.11.2026", " 2026-11-22", "", 20261122, b"2026-11-22"])
def test_what_is_no_date_as_the_message_asks_for_it_is_refused(as_of):
    with pytest.raises(DateInvalid):
        screen(LABEL_MET, as_of=as_of)


@pytest.mark.parametrize("answers", [[], "age", 7])
def test_what_is_no_record_of_answers_is_refused(answers):
    with pytest.raises(AnswersInvalid, match="a mapping of question ids"):
        screen(answers)


def test_a_set_may_be_named_loaded_or_given_by_path():
    expected = screen(LABEL_MET, as_of=DATE).to_dict()

    assert screen(LABEL_MET, load_criteria("us-fda"), as_of=DATE).to_dict() == expected
    assert screen(LABEL_MET, Path(own_criteria() / "sets" / "us-fda"), as_of=DATE).to_dict() == expected


def test_every_problem_of_a_record_is_reported_at_once_whatever_its_kind():
    with pytest.raises(AnswersInvalid) as caught:
        screen({"ecog": [1], "bogus": 1, "age_years": -5})

    assert {problem.question for problem in caught.value.problems} == {"ecog", "bogus", "age_years"}


def test_answers_stay_out_of_every_repr():
    screening = screen({**LABEL_MET, "pregnant": True, "prior_lines": 17}, as_of=DATE)
    shown = repr([screening, screening.findings, screening.guidance, screening.facts.answers, screening.words()])
    shown += repr(Questionnaire(LABEL_MET, as_of=DATE))
    with pytest.raises(AnswersInvalid) as caught:
        screen({"diagnosis": "my secret"})

    assert "17" not in shown.replace("2017", "")
    assert "'pregnant': True" not in shown
    assert "secret" not in repr(caught.value) + repr(caught.value.problems)


def test_answers_can_be_copied_and_pickled():
    answers = Answers({"age_years": 60}, {"ecog": "asked-unknown"})

    assert copy.deepcopy(answers) == copy.copy(answers) == pickle.loads(pickle.dumps(answers)) == answers


def test_a_language_is_never_a_path():
    for language in ("de", "../answers/1.0.0", "/etc/passwd"):
        with pytest.raises(LanguageUnknown, match="en"):
            screen(LABEL_MET, as_of=DATE).words(language)


def test_a_measured_value_that_waits_for_another_answer_is_not_passed_over():
    """Creatinine is given, the sex is not: the self-description must not decide what the formula will."""
    person = {**LABEL_MET, **SAFE, **ORGANS, "kidney_state": "normal", "creatinine": 4.0, "weight_kg": 70}

    waiting = screen(person, as_of=DATE)
    decided = screen({**person, "sex": "male"}, as_of=DATE)
    never_known = screen({**person, "sex": None}, as_of=DATE)

    assert waiting.guidance.code == "discuss-label-match"
    assert "sex" in waiting.awaiting
    assert decided.guidance.code == "discuss-review"
    assert never_known.guidance.code == "discuss-match"


def test_a_better_source_that_is_still_to_be_asked_is_waited_for_through_formulas():
    person = {**LABEL_MET, **SAFE, **ORGANS, "kidney_state": "normal", "sex": "male", "weight_kg": 70}

    for still_to_come in ("creatinine", "creatinine_clearance"):
        waiting = screen(Answers(person, {still_to_come: "not-asked"}), as_of=DATE)
        assert waiting.guidance.code == "discuss-label-match"
        assert still_to_come in waiting.awaiting


def test_what_is_needed_names_the_type_first_where_the_type_is_open():
    for person in ({}, {"age_years": 50}, {"cancer_group": "lymphoma", "disease_status": "relapsed"}):
        needed = [row.question for row in screen(person, as_of=DATE).words().needed]
        assert "diagnosis" in needed
        assert "prior_lines" in needed


def test_a_finding_over_several_diseases_awaits_what_tells_them_apart():
    screening = screen({"age_years": 40, "disease_status": "relapsed"}, as_of=DATE)

    assert "diagnosis" in screening.findings["relapsed-refractory"].awaiting


def test_a_conflict_names_every_answer_that_makes_it():
    for person, questions in (
        ({"disease_status": "first-treatment", "prior_lines": 3}, ["disease_status", "prior_lines"]),
        ({"disease_status": "untreated", "prior_lines": 2}, ["disease_status", "prior_lines"]),
    ):
        conflicts = screen(person, as_of=DATE).to_dict()["conflicts"]
        assert questions in [conflict["questions"] for conflict in conflicts]


def test_a_point_that_rests_on_answers_in_conflict_is_not_said_to_line_up():
    person = {**LABEL_MET, **SAFE, "disease_status": "untreated"}
    screening = screen(person, as_of=DATE)

    said = {finding.criterion: finding for finding in screening.words().findings}

    assert screening.findings["relapsed-refractory"].status == "not-met"
    assert said["relapsed-refractory"].contested
    assert said["relapsed-refractory"].sentence == said["prior-lines"].sentence
    assert not said["approved-cancer-type"].contested
    assert not any(finding.contested for finding in screen({**LABEL_MET, **SAFE}, as_of=DATE).words().findings)


def test_no_product_is_named_while_more_than_one_disease_is_possible():
    screening = screen({"cancer_group": "lymphoma", "disease_status": "relapsed", "age_years": 60}, as_of=DATE)
    shown = screening.to_dict()
    findings = [{**finding, "sources": []} for finding in shown["findings"].values()]
    shown = repr([shown["guidance"], findings, shown["needed"]])

    assert not [brand for brand in ("Yescarta", "Kymriah", "Breyanzi", "Tecartus") if brand in shown]


def test_a_child_of_five_is_not_asked_about_pregnancy():
    child = {
        "urgent_symptoms": False,
        "age_years": 5,
        "diagnosis": "b-cell-acute-lymphoblastic-leukemia",
        "disease_status": "refractory",
    }

    assert not {"pregnant", "sex"} & set(Questionnaire(child, as_of=DATE).to_ask)


def test_an_earlier_car_t_is_asked_for_when_symptoms_are_urgent():
    hodgkin = {"urgent_symptoms": True, "age_years": 40, "diagnosis": "hodgkin-lymphoma"}

    assert Questionnaire(hodgkin, as_of=DATE).next_question.id == "prior_car_t"


def test_a_conflict_is_shown_even_where_nothing_is_in_force():
    contradictory = {
        "age_years": 60,
        "diagnosis": "multiple-myeloma",
        "prior_lines": 0,
        "received_proteasome_inhibitor": True,
    }
    shown = screen(contradictory, as_of="2010-01-01").to_dict()

    assert shown["guidance"]["code"] == "discuss-no-criteria"
    assert [conflict["conflict"] for conflict in shown["conflicts"]] == list(screen(contradictory).conflicts)
    assert shown["conflicts"]
