"""The plain questionnaire over pipes, as a screen reader or a script meets it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cart_screen import load_criteria
from cart_screen.answers.absent import AbsentReason
from cart_screen.questionnaire import Questionnaire
from cart_screen.texts import Texts

ANSWERS = Path(__file__).parents[2] / "examples" / "answers"
DATE = "2026-11-22"
PEOPLE = sorted(path.stem for path in ANSWERS.glob("*.json") if path.stem != "contradictory")


def lines_for(answers):
    """Type the lines that give some answers, in the order in which the questionnaire asks, and its guidance."""
    questionnaire = Questionnaire(as_of=DATE)
    typed = []
    while question := questionnaire.next_question:
        value = answers.get(question.id)
        choices = questionnaire.choices(question)
        if value is None:
            typed.append("d")
            questionnaire = questionnaire.answer_absent(question.id, AbsentReason.ASKED_UNKNOWN)
            continue
        typed.append(str(choices.index(value) + 1) if choices else str(value))
        questionnaire = questionnaire.answer(question.id, value)
    return typed, questionnaire


def run(typed, *arguments):
    return subprocess.run(
        [sys.executable, "-P", "-m", "cart_screen", "--as-of", DATE, *arguments],
        input="".join(line + "\n" for line in typed),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("person", PEOPLE)
def test_the_terminal_gives_the_guidance_that_the_library_gives(person):
    answers = json.loads((ANSWERS / f"{person}.json").read_text())
    typed, questionnaire = lines_for(answers)

    result = run(typed)

    words = questionnaire.screening.words()
    assert result.returncode == 0, result.stderr
    assert " ".join(words.headline.split()) in " ".join(result.stdout.split())
    assert result.stderr == ""


def test_urgent_symptoms_are_asked_first_and_answered_at_once():
    """The one question before all others is whether there was a CAR T before: then another team is called."""
    result = run(["1", "2"])

    urgent = Texts(load_criteria()).get("urgent", "headline")
    assert result.returncode == 65
    assert result.stdout.index(urgent) < result.stdout.index("How old are you")


def test_wrong_lines_are_refused_with_the_range_and_asked_again():
    typed = ["2", "sixty", "-1", "121", "61.5", "1e2", "٦١", "", "61"]  # the sixth is Arabic for 61

    result = run(typed)

    assert result.stdout.count("Please type a whole number from 0 to 120 years.") == 7
    assert "What kind of cancer is it?" in result.stdout


def lines_to(question, answers):
    """Type the lines that lead to a question, and leave it open."""
    asked = {id: value for id, value in answers.items() if id != question}
    questionnaire = Questionnaire(as_of=DATE)
    typed = []
    while (at := questionnaire.next_question).id != question:
        value = asked.get(at.id)
        choices = questionnaire.choices(at)
        typed.append("d" if value is None else str(choices.index(value) + 1) if choices else str(value))
        questionnaire = (
            questionnaire.answer_absent(at.id, AbsentReason.ASKED_UNKNOWN)
            if value is None
            else questionnaire.answer(at.id, value)
        )
    return typed


def test_a_number_with_another_unit_is_converted_and_confirmed():
    """Out of range as it stands; the refusal says what to type, and that is read."""
    answers = json.loads((ANSWERS / "large-b-cell-third-line-no-tests.json").read_text())
    typed = lines_to("creatinine", answers)

    said = " ".join(run([*typed, "133", "133 umol/L"]).stdout.split())

    assert "A number alone means mg/dL. If you have another unit, type it after the number: umol/L." in said
    assert "You can also type it with its unit: 8.84 to 3536 µmol/L." in said
    assert "If that is your unit, type 133 umol/L." in said
    assert said.count("We read this as 1.5 mg/dL.") == 1


@pytest.mark.parametrize("line", ["0", "9", "-1", "1.0", "one", "", "99999999999"])
def test_a_choice_that_is_not_on_the_list_is_refused(line):
    result = run([line, "2"])

    assert "Please type a number from 1 to 3" in result.stdout
    assert "How old are you" in result.stdout


def test_a_question_mark_tells_why_and_where():
    result = run(["2", "?"])

    texts = Texts(load_criteria())
    said = " ".join(result.stdout.split())
    assert texts.get("questions", "age_years", "why") in said
    assert texts.get("questions", "age_years", "where") in said


def test_going_back_asks_the_question_before_again_and_forgets_its_answer():
    result = run(["2", "61", "b", "62"])

    assert result.stdout.count("How old are you") == 2
    assert result.stdout.count("What kind of cancer is it?") == 2


def test_going_back_at_the_first_question_says_so():
    assert "This is the first question." in run(["b"]).stdout


def test_a_conflict_is_shown_as_soon_as_it_stands_and_can_be_settled():
    # Multiple myeloma, relapsed, no line of treatment; then the first of the two is changed to untreated.
    result = run(["2", "60", "3", "1", "6", "0", "1", "1"])

    shown = " ".join(result.stdout.split())
    assert "Two answers do not fit together" in shown
    assert Texts(load_criteria()).get("conflicts", "never-treated-but-later-state") in shown
    assert shown.count("Where does the cancer stand now?") == 2
    assert Texts(load_criteria()).get("guidance", "discuss-alternatives-not-now", "headline") in shown
    assert result.returncode == 0


def test_end_of_input_at_every_question_ends_cleanly_and_records_nothing():
    typed, _ = lines_for(json.loads((ANSWERS / "plain-words-only.json").read_text()))

    for count in range(len(typed)):
        result = run(typed[:count])
        assert result.returncode == 65, count
        assert result.stderr == "cart-screen: The input ended before the questions did. Nothing was saved.\n"


def test_a_last_line_without_its_end_is_no_answer():
    result = subprocess.run(
        [sys.executable, "-P", "-m", "cart_screen", "--plain"],
        input="2\n6",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert result.returncode == 65
    assert "What kind of cancer is it?" not in result.stdout


def test_an_interrupt_ends_with_130_and_one_sentence():
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "cart_screen", "--plain"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    seen = b""
    while b"1 to 3:" not in seen:
        seen += os.read(process.stdout.fileno(), 4096)
    time.sleep(0.2)  # the prompt is written before the read begins
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)

    assert process.returncode == 130
    assert said == b"cart-screen: Stopped. Nothing was saved.\n"
