"""Several yes/no questions on one list: what is not ticked becomes no only where somebody says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from .keyboards import Begin, Keyboard
from .modes import LISTS, PLAIN, Mode
from .sittings import answers_of
from .stops import saved

IDS = ("prior_car_t", "active_infection", "active_inflammatory_disorder", "active_gvhd")
GIVEN = answers_of("large-b-cell-third-line-match", *IDS)
HEADING, NEXT = "Which of these are true for you?", "Check your answers"


def said(folder: Path) -> list[object]:
    found = saved(folder)
    return [{**found.values, **found.absent}.get(id) for id in IDS]


def at_the_list(begin: Begin) -> Keyboard:
    keyboard = begin(**GIVEN)
    keyboard.at(HEADING)
    return keyboard


@pytest.mark.parametrize(
    ("label", "others"), [("None of them applies", False), ("I don't know about them", "asked-unknown")]
)
def test_what_is_not_ticked_is_asked_about(label: str, others: object, begin: Begin, tmp_path: Path) -> None:
    keyboard = at_the_list(begin)
    keyboard.tick(2, 3)
    keyboard.at("You did not mark these:", "- CAR T in the past", "- Graft-versus-host disease")
    keyboard.choose(label)
    keyboard.at(NEXT)

    assert said(tmp_path) == [others, True, True, others]


def test_back_to_the_list_records_nothing(begin: Begin, tmp_path: Path) -> None:
    keyboard = at_the_list(begin)
    keyboard.tick(1)
    keyboard.at("You did not mark these:")
    keyboard.choose("Back to the list")
    keyboard.at()
    assert said(tmp_path) == [None, None, None, None]

    keyboard.letter("d")
    keyboard.at("Check your answers")
    assert said(tmp_path) == ["asked-unknown"] * 4


def test_where_all_are_ticked_nothing_is_asked_about(begin: Begin, tmp_path: Path) -> None:
    keyboard = at_the_list(begin)
    keyboard.tick(1, 2, 3, 4)
    keyboard.at(NEXT)

    assert said(tmp_path) == [True] * 4


def test_none_of_these_is_said_and_not_assumed(mode: Mode, begin: Begin, tmp_path: Path) -> None:
    keyboard = at_the_list(begin)
    if mode is PLAIN:
        keyboard.line("5")
    else:
        keyboard.tick()
        keyboard.at()
        assert said(tmp_path) == [None] * 4
        keyboard.choose("None of these")
    keyboard.at(NEXT)

    assert said(tmp_path) == [False] * 4


@pytest.mark.parametrize(("letter", "reason"), [("d", "asked-unknown"), ("r", "asked-declined")])
def test_a_letter_answers_the_whole_list(letter: str, reason: str, begin: Begin, tmp_path: Path) -> None:
    keyboard = at_the_list(begin)
    keyboard.letter(letter)
    keyboard.at(NEXT)

    assert said(tmp_path) == [reason] * 4


def test_a_list_can_be_asked_about_left_and_kept(begin: Begin, tmp_path: Path) -> None:
    keyboard = at_the_list(begin)
    keyboard.letter("?")
    keyboard.at("Why we ask:", "Where to find it:", HEADING)
    keyboard.tick(2)
    keyboard.at("You did not mark these:")
    keyboard.choose("None of them applies")
    keyboard.at(NEXT)
    keyboard.choose("Change an earlier answer")
    keyboard.choose("Infection now: Yes")
    keyboard.at(HEADING, "You said: Infection now", "Type k to keep this answer.")
    keyboard.letter("k")
    keyboard.at(NEXT)
    assert said(tmp_path) == [False, True, False, False]


@pytest.mark.parametrize("mode", [PLAIN], ids=["plain"])
@pytest.mark.parametrize("typed", ["", "0", "6", "1 6", "1 5", "1-2", "one", "1 2 x", "1.0", "٢", "999999999999"])
def test_a_line_that_ticks_anything_else_is_refused(typed: str, begin: Begin, tmp_path: Path) -> None:
    keyboard = at_the_list(begin)
    keyboard.line(typed)
    keyboard.at("Please type numbers from 1 to 5, with a space between them, or only 5 if none applies.")

    assert said(tmp_path) == [None] * 4


@pytest.mark.parametrize("mode", [PLAIN], ids=["plain"])
@pytest.mark.parametrize("typed", ["2 3", "3,2", "2;3", " 3 , 2 ", "2  2 3"])
def test_numbers_can_be_set_apart_as_people_do(typed: str, begin: Begin, tmp_path: Path) -> None:
    keyboard = at_the_list(begin)
    keyboard.line(typed)
    keyboard.at("You did not mark these:", "- CAR T in the past", "- Graft-versus-host disease")


@pytest.mark.parametrize("mode", [LISTS], ids=["lists"])
def test_no_key_ticks_everything_at_once(begin: Begin, tmp_path: Path) -> None:
    """As "a" and "i" would in questionary."""
    keyboard = at_the_list(begin)
    keyboard.terminal.type("ai" * 3)
    keyboard.tick()
    keyboard.choose("None of these")
    keyboard.at(NEXT)

    assert said(tmp_path) == [False] * 4


@pytest.mark.parametrize("mode", [LISTS], ids=["lists"])
def test_arrows_and_enter_alone_leave_a_list(begin: Begin, tmp_path: Path) -> None:
    keyboard = at_the_list(begin)
    keyboard.tick()
    keyboard.choose("Why do we ask, and where is the answer?")
    keyboard.at("Why we ask:", HEADING)
    keyboard.tick()
    keyboard.choose("Go back one question")
    keyboard.at("You said:")
