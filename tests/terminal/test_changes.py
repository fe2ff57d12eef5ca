"""Answers that are changed: what no longer counts, what counts instead, and what cannot be true at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from .keyboards import Begin
from .sittings import answers_of
from .stops import saved

CHECK, RIGHT, CHANGE = "Check your answers", "These are right: show what to do next", "Change an earlier answer"
MYELOMA = answers_of("multiple-myeloma-one-line", cancer_group="myeloma", cns_involvement="none")


def test_what_no_longer_counts_is_said_kept_and_shown(begin: Begin, tmp_path: Path) -> None:
    """From myeloma to a lymphoma: the conflict is shown at once, and every name can be chosen again."""
    keyboard = begin(**MYELOMA)
    keyboard.at(CHECK)
    keyboard.choose(CHANGE)
    keyboard.choose("Exact type of cancer: Multiple myeloma")
    keyboard.at("What is the exact name of the cancer?")
    keyboard.choose("Mantle cell lymphoma (MCL)")
    keyboard.at("We no longer need this: Proteasome inhibitor;", "Two answers do not fit together", "Which answer")
    keyboard.choose("Kind of cancer: Multiple myeloma")
    keyboard.at("What kind of cancer is it?")
    keyboard.choose("Lymphoma")
    keyboard.skip_to(CHECK)
    keyboard.at("No longer needed. We keep these, but we do not use them", "- Proteasome inhibitor: Yes")

    found = saved(tmp_path).values
    assert (found["cancer_group"], found["diagnosis"]) == ("lymphoma", "mantle-cell-lymphoma")
    assert found["received_proteasome_inhibitor"] is True


def test_what_was_set_aside_counts_again_where_it_matters_again(begin: Begin) -> None:
    keyboard = begin(**answers_of("multiple-myeloma-one-line", cns_involvement="none"))
    keyboard.at(CHECK)
    keyboard.choose(CHANGE)
    keyboard.choose("Exact type of cancer: Multiple myeloma")
    keyboard.at("What is the exact name of the cancer?")
    keyboard.choose("Hodgkin lymphoma")
    keyboard.at("We no longer need this:", CHECK)
    keyboard.choose(CHANGE)
    keyboard.choose("Exact type of cancer: Hodgkin lymphoma")
    keyboard.at("What is the exact name of the cancer?")
    keyboard.choose("Multiple myeloma")
    keyboard.at("We use this again:", CHECK)


def test_a_conflict_is_shown_at_once_with_both_answers_and_can_stay(begin: Begin, tmp_path: Path) -> None:
    keyboard = begin(urgent_symptoms=False, age_years=60, cancer_group="myeloma", diagnosis="multiple-myeloma")
    keyboard.at("Where does the cancer stand now?")
    keyboard.choose("It came back or grew again after a treatment had worked")
    keyboard.at("How many lines of treatment have you had?")
    keyboard.line("0")
    keyboard.at("Two answers do not fit together", "Which answer would you like to change?")
    keyboard.choose("Neither: leave both as they are")
    keyboard.at(CHECK)
    keyboard.choose(RIGHT)
    keyboard.at("Answers to check", "What to do next", "What would you like to do now?")
    keyboard.choose("Nothing more: end here")

    assert keyboard.terminal.ended() == 0
    assert keyboard.terminal.said.count("Which answer would you like to change?") == 1
    assert saved(tmp_path).values["prior_lines"] == 0


def test_a_conflict_can_be_settled(begin: Begin, tmp_path: Path) -> None:
    keyboard = begin(urgent_symptoms=False, age_years=60, cancer_group="myeloma", diagnosis="multiple-myeloma")
    keyboard.at("Where does the cancer stand now?")
    keyboard.choose("It came back or grew again after a treatment had worked")
    keyboard.at("How many lines of treatment have you had?")
    keyboard.line("0")
    keyboard.at("Which answer would you like to change?")
    keyboard.choose("Cancer now: It came back")
    keyboard.at("Where does the cancer stand now?")
    keyboard.choose("Found, but not treated yet")
    keyboard.at(CHECK)

    assert saved(tmp_path).values["disease_status"] == "untreated"


def test_a_grade_in_place_of_a_description_is_said(begin: Begin, tmp_path: Path) -> None:
    given = answers_of("large-b-cell-third-line-match", "lvef", ecog=None, activity_level="light-work-only")
    keyboard = begin(**given)
    keyboard.at("How well does your heart pump (LVEF)?")
    keyboard.letter("c")
    keyboard.choose("ECOG grade: I don't know")
    keyboard.at("What is your ECOG grade?")
    keyboard.choose("1: Up and about, light work only")
    keyboard.at("We now use this: ECOG grade. Before, we used this: Daily activity.", "How well does your heart pump")
    keyboard.line("58")
    keyboard.at(CHECK, "No longer needed.", "- Daily activity: Up and about")


def test_that_a_question_makes_the_one_before_more_exact_is_no_news(begin: Begin) -> None:
    keyboard = begin(urgent_symptoms=False, age_years=60)
    keyboard.at("What kind of cancer is it?")
    keyboard.choose("Leukemia")
    keyboard.at("What is the exact name of the cancer?")
    keyboard.choose("Chronic lymphocytic leukemia (CLL)")
    keyboard.at("Where does the cancer stand now?")

    assert "We now use this" not in keyboard.terminal.said


def test_the_answers_are_checked_until_they_are_right_and_the_guidance_comes_once(begin: Begin) -> None:
    keyboard = begin(**answers_of("large-b-cell-third-line-match", cancer_group="lymphoma"))
    for before, after in ((61, 62), (62, 63)):
        keyboard.at(CHECK, f"- Age: {before} years")
        keyboard.choose(CHANGE)
        keyboard.choose(f"Age: {before} years")
        keyboard.at("Question 2", "How old are you today?", f"You said: {before} years")
        keyboard.line(str(after))
    keyboard.at(CHECK, "- Age: 63 years", "No other answer can change what to do next.")
    assert "What to do next\n" not in keyboard.terminal.said.replace("\r", "")
    keyboard.choose(CHANGE)
    keyboard.choose("None: go back")
    keyboard.at(CHECK)
    keyboard.choose(RIGHT)
    keyboard.at("What to do next", "Age: 63 years", "What would you like to do now?")

    assert keyboard.terminal.said.replace("\r", "").count("\nWhat to do next\n") == 1
    assert "the last one" not in keyboard.terminal.said


@pytest.mark.parametrize("age", [9, 15, 16])
def test_the_words_speak_of_a_child_once_a_young_age_is_given(age: int, begin: Begin) -> None:
    keyboard = begin(urgent_symptoms=False)
    keyboard.at("How old are you today?")
    keyboard.line(str(age))
    keyboard.at("What kind of cancer is it?")
    keyboard.letter("b")
    keyboard.at("How old is your child today?" if age < 16 else "How old are you today?")
    keyboard.line("16")
    keyboard.at("What kind of cancer is it?")
    keyboard.letter("b")
    keyboard.at("How old are you today?")


@pytest.mark.parametrize(
    ("audience", "says"),
    [
        ("child", ("How old is your child today?", "What kind of cancer is it?")),
        ("clinician", ("Age of the patient", "Disease group")),
        ("patient", ("How old are you today?", "What kind of cancer is it?")),
    ],
)
def test_whoever_is_named_is_spoken_to(audience: str, says: tuple[str, str], begin: Begin) -> None:
    keyboard = begin("--for", audience, urgent_symptoms=False)
    keyboard.at(says[0])
    keyboard.line("9")
    keyboard.at(says[1])
    keyboard.letter("b")
    keyboard.at(says[0])

    assert "Start again with --for" not in keyboard.terminal.said
