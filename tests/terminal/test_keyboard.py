"""Everything can be done with the keyboard alone, with lists and in plain lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from .keyboards import Begin
from .modes import LISTS, Mode
from .sittings import answers_of
from .stops import saved

URGENT, AGE, GROUP = "Do you have any of these signs right now?", "How old are you today?", "What kind of cancer is it?"


def test_going_back_keeps_the_earlier_answer_until_there_is_another(begin: Begin, tmp_path: Path) -> None:
    keyboard = begin(urgent_symptoms=False)
    keyboard.at(AGE)
    keyboard.line("61")

    keyboard.at(GROUP)
    keyboard.letter("b")
    keyboard.at(AGE, "You said: 61 years", "Type k to keep this answer.")
    assert saved(tmp_path).values["age_years"] == 61
    keyboard.letter("k")
    keyboard.at(GROUP)
    assert saved(tmp_path).values["age_years"] == 61
    keyboard.letter("b")
    keyboard.at(AGE)
    keyboard.letter("b")
    keyboard.at(URGENT)
    keyboard.letter("d")
    keyboard.at(GROUP)

    assert dict(saved(tmp_path).values) == {"age_years": 61}
    assert dict(saved(tmp_path).absent) == {"urgent_symptoms": "asked-unknown"}


def test_the_first_question_has_none_before_it(begin: Begin) -> None:
    keyboard = begin()
    keyboard.at(URGENT)
    keyboard.letter("b")

    keyboard.at("This is the first question.", URGENT)


def test_a_key_that_means_nothing_here_is_not_taken(begin: Begin, tmp_path: Path) -> None:
    """There is no answer to keep yet, and no unit to switch."""
    keyboard = begin(urgent_symptoms=False)
    keyboard.at(AGE)
    for typed in ("k", "u", "x", "b b", "??"):
        keyboard.line(typed)
        keyboard.at("Please type a whole number from 0 to 120 years.")

    assert not saved(tmp_path).mentions("age_years")


def test_an_earlier_answer_can_be_changed_from_any_question(begin: Begin, tmp_path: Path) -> None:
    keyboard = begin(urgent_symptoms=False, age_years=61)
    keyboard.at(GROUP)
    keyboard.letter("c")
    keyboard.at("Which answer would you like to change?")
    keyboard.choose("None: go back")
    keyboard.at(GROUP)
    keyboard.letter("c")
    keyboard.at("Which answer would you like to change?")
    keyboard.choose("Age: 61 years")
    keyboard.at(AGE)
    keyboard.line("62")
    keyboard.at(GROUP)

    assert dict(saved(tmp_path).values) == {"urgent_symptoms": False, "age_years": 62}


@pytest.mark.parametrize("number", [True, False], ids=["a number", "a list"])
@pytest.mark.parametrize(("letter", "reason"), [("d", "asked-unknown"), ("R", "asked-declined")])
def test_a_letter_says_why_there_is_no_answer(
    number: bool, letter: str, reason: str, mode: Mode, begin: Begin, tmp_path: Path
) -> None:
    keyboard = begin(**({"urgent_symptoms": False} if number else {}))
    keyboard.at(AGE if number else URGENT)
    keyboard.letter(letter if number else letter.lower())
    keyboard.at(GROUP if number else AGE)

    assert dict(saved(tmp_path).absent) == {"age_years" if number else "urgent_symptoms": reason}


@pytest.mark.parametrize("number", [True, False], ids=["a number", "a list"])
def test_a_question_mark_says_why_and_where(number: bool, begin: Begin) -> None:
    keyboard = begin(**({"urgent_symptoms": False} if number else {}))
    heading = AGE if number else URGENT
    keyboard.at(heading)
    keyboard.letter("?")

    keyboard.at("Why we ask:", "Where to find it:", heading)


@pytest.mark.parametrize("mode", [LISTS], ids=["lists"])
def test_arrows_and_enter_alone_reach_all_that_a_list_offers(begin: Begin, tmp_path: Path) -> None:
    more = "More: change an answer, rather not say, save and stop"
    keyboard = begin()
    keyboard.at(URGENT)
    keyboard.choose("Why do we ask, and where is the answer?")
    keyboard.at("Why we ask:", URGENT)
    keyboard.choose("Go back one question")
    keyboard.at("This is the first question.", URGENT)
    keyboard.choose(more)
    keyboard.choose("Back to the question")
    keyboard.choose(more)
    keyboard.choose("Change an earlier answer")
    keyboard.at("This is the first question.", URGENT)
    keyboard.choose(more)
    keyboard.choose("I would rather not say")
    keyboard.at(AGE)
    assert dict(saved(tmp_path).absent) == {"urgent_symptoms": "asked-declined"}
    keyboard.line("50")
    keyboard.at(GROUP)
    keyboard.choose(more)
    keyboard.choose("Save my answers and stop")

    assert keyboard.terminal.ended() == 130
    assert "Stopped. Your answers are saved." in keyboard.terminal.said


def test_a_unit_is_switched_for_every_question_that_takes_it(begin: Begin, tmp_path: Path) -> None:
    given = answers_of("large-b-cell-third-line-match", "bilirubin", creatinine_clearance=None, weight_kg=70)
    keyboard = begin(**given)
    ready = keyboard.at("What is your creatinine?", "A number alone means mg/dL.")
    assert ready == "Your answer, 0.1 to 40 mg/dL:"
    keyboard.line("u")
    keyboard.at("What is your creatinine?", "A number alone means µmol/L.")
    keyboard.line("1.5")
    keyboard.at("Please type a number from 8.84 to 3536 µmol/L.", "with its unit: 0.1 to 40 mg/dL.")
    keyboard.line("132.6")
    ready = keyboard.at("We read this as 1.5 mg/dL.", "What is your total bilirubin?")
    assert ready == "Your answer, 0 to 1368.32 µmol/L:"
    assert saved(tmp_path).values["creatinine"] == 1.5
    keyboard.line("2 mg/dL")
    keyboard.at("We read this as 2 mg/dL.", "Check your answers")
