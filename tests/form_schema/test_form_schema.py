"""The questionnaire as JSON Schema and uiSchema: another validator takes and refuses what the dictionary does."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st

from cart_screen.answers.given import Answers
from cart_screen.catalog.loading import own_set
from cart_screen.cli.main import main
from cart_screen.errors import LanguageUnknown
from cart_screen.form_schema import form_schema
from cart_screen.texts import Audience, Texts

CRITERIA = own_set("us-fda").on(date(2026, 11, 22))
QUESTIONS = CRITERIA.reading.dictionary.questions
FORM = form_schema(CRITERIA)
EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "answers").glob("*.json"))
HIDDEN = {question.id for question in QUESTIONS.values() if question.ask_if is not None}


def everything(schema: dict[str, Any]) -> dict[str, Any]:
    """Give the schema of each question, shown at once or only in some situations."""
    return schema["properties"] | {
        id: one for rule in schema["allOf"] for id, one in rule["then"]["properties"].items()
    }


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_a_file_of_answers_is_what_the_form_gives(example: Path) -> None:
    jsonschema_rs.Draft7Validator(FORM["schema"]).validate(json.loads(example.read_text(encoding="utf-8")))


@given(st.data())
def test_a_question_takes_what_the_dictionary_allows_and_null(data: st.DataObject) -> None:
    id, schema = data.draw(st.sampled_from(sorted(everything(FORM["schema"]).items())))
    question = QUESTIONS[id]
    edges = [edge for edge in (question.minimum, question.maximum) if edge is not None]
    near = [edge + by for edge in edges for by in (-1, -0.5, 0, 0.5, 1)]
    value = data.draw(
        st.sampled_from([*question.choices, *near, True, False, None, "", "none"])
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.integers(-(2**53), 2**53)
    )

    assert jsonschema_rs.Draft7Validator(schema).is_valid(value) == (value is None or question.allows(value))


@given(strategies.stated_answers("us-fda"))
def test_a_question_is_shown_where_its_condition_holds_and_never_over_an_unknown_answer(answers: Answers) -> None:
    flat = {**answers.values, **dict.fromkeys(answers.absent, None)}

    for rule in FORM["schema"]["allOf"]:
        shown = jsonschema_rs.Draft7Validator(rule["if"]).is_valid(flat)
        [id] = rule["then"]["properties"]
        known = {one: value for one, value in flat.items() if value is not None}
        condition = QUESTIONS[id].ask_if
        assert condition is not None
        assert shown == jsonschema_rs.Draft202012Validator(dict(condition)).is_valid(known)


def test_nothing_is_required_and_nothing_has_a_default() -> None:
    said = json.dumps(everything(FORM["schema"]))

    assert '"default"' not in said
    assert '"required"' not in said
    assert "required" not in FORM["schema"]


def test_every_question_is_in_the_order_of_asking_and_has_its_own_words() -> None:
    texts, schemas = Texts(CRITERIA), everything(FORM["schema"])

    assert FORM["uiSchema"]["ui:order"] == [id for id in QUESTIONS if id in schemas]
    assert schemas.keys() >= HIDDEN
    for id, schema in schemas.items():
        assert schema["title"] == texts.get("questions", id, "heading")
        assert texts.get("questions", id, "why") in FORM["uiSchema"][id]["ui:help"]


def test_each_audience_is_spoken_to_in_its_words() -> None:
    headings = {
        audience: form_schema(CRITERIA, "en", audience)["schema"]["properties"]["age_years"]["title"]
        for audience in Audience
    }

    assert len(set(headings.values())) == len(headings)


def test_a_language_without_words_is_named() -> None:
    with pytest.raises(LanguageUnknown):
        form_schema(CRITERIA, "xx")


def test_the_command_prints_the_form_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "form", "--as-of", "2026-11-22"]) == 0
    assert json.loads(capsys.readouterr().out) == FORM
