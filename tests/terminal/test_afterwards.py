"""After the guidance, where somebody is there: the sheet, the table, more questions, saving, changing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cart_screen.api import screen
from cart_screen.saving.keeping import read_saved

from .keyboards import Keyboard
from .modes import Mode
from .processes import DATE
from .sittings import answers_of, criteria
from .terminals import INTERRUPT, Terminal

MENU = "What would you like to do now?"
Start = Callable[..., Keyboard]


@pytest.fixture
def told(mode: Mode, terminal: Callable[..., Terminal], tmp_path: Path) -> Start:
    """Give what goes to the guidance with answers that settle it."""

    def start(*options: str) -> Keyboard:
        given = answers_of("large-b-cell-third-line-match", cancer_group="lymphoma")
        (tmp_path / "given.json").write_text(json.dumps(given))
        keyboard = Keyboard(terminal(*mode.options, "--resume", "given.json", *options), mode)
        keyboard.at("Check your answers")
        keyboard.choose("These are right: show what to do next")
        keyboard.at("What to do next", MENU)
        return keyboard

    return start


def end(keyboard: Keyboard) -> None:
    keyboard.choose("Nothing more: end here")
    assert keyboard.terminal.ended() == 0
    # The guidance was given once, and no error was shown.
    assert keyboard.terminal.said.replace("\r", "").count("\nWhat to do next\n") == 1
    assert "cart-screen:" not in keyboard.terminal.said


def last_menu(keyboard: Keyboard) -> str:
    found = keyboard.terminal.said.rpartition(MENU)[2]
    assert "Write a sheet to take to the appointment" in found
    return found


@pytest.mark.parametrize(("typed", "name"), [("", "cart-screen-sheet.html"), ("mine.md", "mine.md")])
def test_a_sheet_is_written(typed: str, name: str, told: Start, tmp_path: Path) -> None:
    keyboard = told()
    keyboard.choose("Write a sheet to take to the appointment")
    keyboard.at("It ends in .html, .md or .pdf.")
    keyboard.line(typed)
    keyboard.at(f"The sheet is in {name}.", MENU)
    end(keyboard)

    sheet = (tmp_path / name).read_text()
    assert "Diffuse large B-cell lymphoma" in sheet
    assert (tmp_path / name).stat().st_mode & 0o777 == 0o600


def test_a_name_that_cannot_be_written_is_asked_for_again(told: Start, tmp_path: Path) -> None:
    keyboard = told()
    keyboard.choose("Write a sheet to take to the appointment")
    for typed, said in (("sheet.doc", "names no form of a sheet"), ("no/such/sheet.md", "there is no such folder")):
        keyboard.at()
        keyboard.line(typed)
        keyboard.terminal.expect(said)
    keyboard.at()
    keyboard.line("B")
    keyboard.at(MENU)
    end(keyboard)

    assert [path.name for path in tmp_path.iterdir()] == ["given.json"]


def test_every_use_that_was_compared_is_shown(told: Start) -> None:
    keyboard = told()
    keyboard.choose("Show every approved use that was compared")
    titles = [outcome.indication.title for outcome in screen({}, criteria(), DATE).indications]
    keyboard.at("All approved uses that were compared", *titles, MENU)
    end(keyboard)


def test_answers_are_saved_in_a_file_of_ones_own(told: Start, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    keyboard = told()
    keyboard.choose("Save my answers in a file")
    keyboard.at()
    keyboard.line("mine.txt")
    keyboard.at("there is a file")
    keyboard.line("my answers.json")
    keyboard.at("Your answers are in 'my answers.json'.", "cart-screen --resume 'my answers.json'", MENU)
    end(keyboard)

    assert "Save my answers in a file" not in last_menu(keyboard)
    assert read_saved(tmp_path / "my answers.json").answers.values["age_years"] == 61
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_a_changed_answer_leads_to_the_guidance_anew(told: Start) -> None:
    keyboard = told()
    keyboard.choose("Change an earlier answer")
    keyboard.choose("Infection now: No")
    keyboard.at("Which of these are true for you?")
    keyboard.tick(2)
    keyboard.choose("None of them applies")
    keyboard.at("Check your answers", "- Infection now: Yes")
    keyboard.choose("These are right: show what to do next")
    keyboard.at("What to do next", "Points that a specialist weighs with you", MENU)
    keyboard.choose("Nothing more: end here")

    assert keyboard.terminal.ended() == 0


def test_what_is_left_can_be_answered_for_the_sheet(told: Start) -> None:
    keyboard = told()
    keyboard.choose("Answer the questions that are left, so that the sheet says more")
    keyboard.skip_to("Check your answers")
    keyboard.at("I don't know")
    keyboard.choose("These are right: show what to do next")
    keyboard.at("What to do next", MENU)
    keyboard.choose("Nothing more: end here")

    assert keyboard.terminal.ended() == 0
    assert "Answer the questions that are left" not in last_menu(keyboard)


def test_stopping_after_the_guidance_is_no_failure(told: Start) -> None:
    keyboard = told()
    keyboard.terminal.type(INTERRUPT)

    assert keyboard.terminal.ended() == 0
    assert "Stopped" not in keyboard.terminal.said


def test_options_for_files_need_no_menu(told: Start, tmp_path: Path) -> None:
    keyboard = told("--sheet", "s.html", "--record", "r.json", "--table")
    assert "All approved uses that were compared" in keyboard.terminal.said
    keyboard.choose("Nothing more: end here")

    assert keyboard.terminal.ended() == 0
    assert {path.name for path in tmp_path.iterdir()} == {"given.json", "s.html", "r.json"}
    assert "The sheet is in s.html." in keyboard.terminal.said
    assert "The record is in r.json." in keyboard.terminal.said
