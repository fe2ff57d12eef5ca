"""Posted answers are screened as the library screens them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples, stated_answers

from cart_screen import screen
from cart_screen.answers.given import Answers
from cart_screen.comparison import screen_under
from cart_screen.questionnaire import Questionnaire
from cart_screen.texts import Audience

from .serving import ANSWERS, DATE

FILES = sorted(ANSWERS.glob("*.json"))


def flat(name):
    return json.loads((ANSWERS / f"{name}.json").read_text())


def plain(value):
    """Give what JSON makes of plain values."""
    return json.loads(json.dumps(value))


def posted(client, path, **body):
    answer = client.post(path, json=body)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_example_is_screened_as_by_the_library(client, path):
    answers = json.loads(path.read_text())

    found = posted(client, "/v1/screen", answers=answers, as_of=DATE)

    assert found == plain(screen(answers, as_of=DATE).to_dict())


@pytest.mark.parametrize("name", ["us-fda", "eu-ema", "overview"])
def test_any_answers_are_screened_as_by_the_library(client, name):
    @examples(40)
    @given(stated_answers(name), st.sampled_from(list(Audience)))
    def agree(answers: Answers, audience: Audience) -> None:
        body = {"answers": dict(answers.values), "absent": dict(answers.absent), "criteria": name, "as_of": DATE}

        found = posted(client, "/v1/screen", **body, audience=audience)

        assert found == plain(screen(answers, name, DATE).to_dict(audience=audience))

    agree()


def test_several_sets_give_a_comparison(client):
    answers = flat("follicular-lymphoma")

    found = posted(client, "/v1/screen", answers=answers, criteria=["us-fda", "eu-ema"], as_of=DATE)

    assert found == plain(screen_under(answers, ["us-fda", "eu-ema"], DATE).to_dict())


def test_a_comparison_speaks_to_the_audience_that_was_named(client):
    found = posted(client, "/v1/screen", answers={}, criteria=["us-fda", "eu-ema"], audience="clinician")

    assert {one["audience"] for one in found["screenings"].values()} == {"clinician"}


def test_units_are_converted(client):
    inside = posted(client, "/v1/screen", answers={"creatinine": 88.4}, units={"creatinine": "umol/L"}, as_of=DATE)

    assert inside == posted(client, "/v1/screen", answers={"creatinine": 1}, as_of=DATE)


def test_an_earlier_day_is_read_with_its_own_criteria(client):
    found = posted(client, "/v1/screen", answers={}, as_of="2018-01-01")

    assert found["criteria"]["as_of"] == "2018-01-01"
    assert [one["indication"] for one in found["indications"]] == [
        outcome.indication.id for outcome in screen({}, as_of="2018-01-01").indications
    ]


def test_a_whole_interview_over_the_api_asks_what_the_library_asks(client):
    known = flat("multiple-myeloma-one-line") | {"urgent_symptoms": False}
    questionnaire = Questionnaire(as_of=DATE)
    answers: dict[str, object] = {}
    absent: dict[str, str] = {}
    for _ in range(60):
        found = posted(client, "/v1/questionnaire", answers=answers, absent=absent, as_of=DATE)
        assert found["progress"] == {"asked": questionnaire.progress.asked, "at_most": questionnaire.progress.at_most}
        assert found["finished"] == questionnaire.is_finished
        if found["next"] is None:
            break
        asked = [one["question"] for one in found["next"]["questions"]]
        assert asked == [question.id for question in questionnaire.next_screen.questions]
        for id in asked:
            if id in known:
                answers[id] = known[id]
                questionnaire = questionnaire.answer(id, known[id])
            else:
                absent[id] = "asked-unknown"
                questionnaire = questionnaire.answer_absent(id, "asked-unknown")

    assert questionnaire.is_finished
    assert (found["settled"] is None) == (questionnaire.settled is None)
    assert [row["question"] for row in found["answers"]] == [row.question for row in questionnaire.check_answers]
    assert [row["needed"] for row in found["answers"]] == [row.needed for row in questionnaire.check_answers]


def test_a_screen_comes_with_everything_that_a_page_shows(client):
    found = posted(client, "/v1/questionnaire", answers={"urgent_symptoms": False}, as_of=DATE)

    (question,) = found["next"]["questions"]
    assert question["question"] == "age_years"
    assert (question["type"], question["minimum"], question["maximum"]) == ("integer", 0, 120)
    assert all(found["next"][part] for part in ("heading", "why", "where", "topic"))
    assert [one["reason"] for one in found["next"]["instead"]] == ["asked-unknown", "asked-declined"]
    assert found["intended_use"]


@pytest.mark.parametrize("path", ["/v1/questionnaire", "/v1/screen"])
@pytest.mark.parametrize("audience", Audience)
def test_nothing_is_said_to_stay_on_the_computer_where_it_was_sent_to_a_server(client, path, audience):
    found = posted(client, path, answers={}, audience=audience)

    assert "not medical advice" in str(found)
    assert "leaves this computer" not in str(found)


def test_urgent_signs_stand_above_the_next_question(client):
    found = posted(client, "/v1/questionnaire", answers={"urgent_symptoms": True})

    assert found["urgent"]["headline"] == "Get medical help now"


def test_conflicts_are_named_with_their_questions(client):
    found = posted(client, "/v1/questionnaire", answers=flat("contradictory"), as_of=DATE)

    assert found["conflicts"]
    assert found["conflicts"][0]["questions"]
    assert found["settled"] is None


def test_depth_complete_goes_on_where_settle_ends(client):
    answers = flat("multiple-myeloma-one-line") | {"urgent_symptoms": False}

    settled = posted(client, "/v1/questionnaire", answers=answers, as_of=DATE)
    complete = posted(client, "/v1/questionnaire", answers=answers, as_of=DATE, depth="complete")

    assert settled["progress"]["at_most"] < complete["progress"]["at_most"]
    assert complete["depth"] == "complete"


def test_a_child_is_spoken_of_as_your_child(client):
    found = posted(client, "/v1/questionnaire", audience="child")

    assert "your child" in found["next"]["heading"].lower()
