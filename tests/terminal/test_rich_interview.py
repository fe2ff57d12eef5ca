"""The questionnaire with arrow keys, driven through a real pseudo-terminal."""

import json
import os
import re
import sys
from pathlib import Path

import pexpect
import pytest

from cart_screen import load_criteria
from cart_screen.answers.absent import AbsentReason
from cart_screen.questionnaire import Questionnaire
from cart_screen.texts import Texts

ANSWERS = Path(__file__).parents[2] / "examples" / "answers"
DATE = "2026-11-22"
DOWN = "\x1b[B"
INTERRUPT = "\x03"
END = "\x04"


def start(*arguments, **environment):
    return pexpect.spawn(
        sys.executable,
        ["-P", "-m", "cart_screen", "--as-of", DATE, *arguments],
        # pexpect is no terminal that answers where its cursor is; waiting for that costs a second a question.
        env={**os.environ, "TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1", **environment},
        dimensions=(60, 100),
        encoding="utf-8",
        timeout=30,
    )


def steps(person):
    """Give question after question of a person's interview with the keys that answer it, and the end."""
    answers = json.loads((ANSWERS / f"{person}.json").read_text())
    questionnaire = Questionnaire(as_of=DATE)
    found = []
    while question := questionnaire.next_question:
        value = answers.get(question.id)
        choices = questionnaire.choices(question)
        if value is None:
            keys = DOWN * (len(choices) + 1) + "\r" if choices else "d\r"
            questionnaire_next = questionnaire.answer_absent(question.id, AbsentReason.ASKED_UNKNOWN)
        else:
            keys = DOWN * (choices.index(value) + 1) + "\r" if choices else f"{value}\r"
            questionnaire_next = questionnaire.answer(question.id, value)
        found.append((question.id, keys))
        questionnaire = questionnaire_next
    return found, questionnaire


def wait_for(process, question):
    """Wait until a question stands on the screen and can take keys."""
    heading = Texts(load_criteria()).get("questions", question, "heading")
    process.expect(r"\s+".join(re.escape(word) for word in heading.split()))
    process.expect_exact(["Go back one question", "Your answer,"])


@pytest.mark.parametrize(
    "person", ["large-b-cell-third-line-match", "child-b-all", "lymphoma-type-unknown", "plain-words-only"]
)
def test_arrow_keys_lead_to_the_guidance_that_the_library_gives(person):
    found, questionnaire = steps(person)
    process = start()
    for question, keys in found:
        wait_for(process, question)
        process.send(keys)

    headline = questionnaire.screening.words().headline
    process.expect(r"\s+".join(re.escape(word) for word in headline.split()))
    process.expect(pexpect.EOF)
    process.close()
    assert process.exitstatus == 0


def test_enter_alone_chooses_nothing():
    process = start()
    wait_for(process, "urgent_symptoms")
    process.send("\r")
    process.expect_exact("move down to your answer")
    process.send(DOWN * 2 + "\r")

    wait_for(process, "age_years")
    process.close(force=True)


def test_a_wrong_number_is_refused_with_the_range():
    process = start()
    wait_for(process, "urgent_symptoms")
    process.send(DOWN * 2 + "\r")
    wait_for(process, "age_years")
    process.send("130\r")

    process.expect_exact("Please type a whole number from 0 to 120 years.")
    process.close(force=True)


def test_a_number_with_another_unit_is_converted_and_confirmed():
    found, _ = steps("large-b-cell-third-line-no-tests")
    process = start()
    for question, keys in found:
        wait_for(process, question)
        if question == "creatinine":
            break
        process.send(keys)
    process.send("133\r")
    process.expect_exact("type 133 umol/L")
    process.expect_exact("Your answer,")
    process.send("133 umol/L\r")

    process.expect_exact("We read this as 1.5 mg/dL.")
    process.close(force=True)


@pytest.mark.parametrize(("keys", "code"), [(INTERRUPT, 130), (END, 65)], ids=["Ctrl-C", "end of input"])
def test_stopping_at_each_question_ends_cleanly(keys, code):
    found, _ = steps("multiple-myeloma-dialysis-review")
    for stop in range(len(found)):
        process = start()
        for question, typed in found[:stop]:
            wait_for(process, question)
            process.send(typed)
        wait_for(process, found[stop][0])
        process.send(keys)
        said = process.read()
        process.close()

        assert process.exitstatus == code, (found[stop][0], said)
        assert "Traceback" not in said
        assert "What to do next" not in said


@pytest.mark.parametrize("environment", [{"ACCESSIBLE": "1"}, {"TERM": "dumb"}], ids=["ACCESSIBLE=1", "TERM=dumb"])
def test_plain_lines_are_used_where_they_are_wished_for(environment):
    process = start(**environment)
    process.expect_exact("Your answer, 1 to 3: ")

    assert "\x1b[" not in process.before
    process.close(force=True)
