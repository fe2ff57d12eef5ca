"""What only lists have: the real program from its start, and keys that a line would not take."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest

from .keyboards import Keyboard
from .modes import LIST, LISTS
from .processes import DATE
from .sittings import example, sitting
from .terminals import END, ENTER, INTERRUPT, Terminal

FIRST = "Do you have any of these signs right now?"


def test_a_start_of_its_own_asks_with_lists() -> None:
    """As ``python -m cart_screen`` at a terminal that does not say where its cursor is."""
    process = pexpect.spawn(
        sys.executable,
        ["-P", "-m", "cart_screen", "--as-of", DATE],
        env={**os.environ, "TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1"},
        dimensions=(60, 100),
        encoding="utf-8",
        timeout=30,
    )
    turns, _ = sitting(example("hodgkin-lymphoma"))
    for turn in turns:
        for press in LISTS.presses(turn):
            for text in press.shown:
                process.expect_exact(text)
            process.send(press.keys)
    process.expect_exact("Check your answers")
    process.expect_exact(LIST)
    process.send(LISTS.choosing(1))
    process.expect_exact("What would you like to do now?")
    process.expect_exact(LIST)
    process.send(LISTS.choosing(1))
    process.expect(pexpect.EOF)
    process.close()

    assert process.exitstatus == 0


@pytest.mark.parametrize(("keys", "code"), [(INTERRUPT, 130), (END, 65)], ids=["Ctrl-C", "end of input"])
def test_stopping_before_anything_is_answered_asks_nothing(
    keys: str, code: int, terminal: Callable[..., Terminal]
) -> None:
    shown = terminal()
    shown.expect(FIRST, LIST)
    shown.type(keys)

    assert shown.ended() == code
    assert "Would you like to stop here?" not in shown.said
    assert shown.lines[-1].endswith("Nothing was saved.")


def test_a_number_can_be_mended_while_it_is_typed(terminal: Callable[..., Terminal], tmp_path: Path) -> None:
    shown = terminal()
    keyboard = Keyboard(shown, LISTS)
    keyboard.at(FIRST)
    keyboard.choose("No, none of these")
    keyboard.at("How old are you today?")
    keyboard.line("999\x7f\x7f\x7f-1")
    keyboard.at("Please type a whole number from 0 to 120 years.")
    keyboard.line("99\x7f\x7f61")
    keyboard.at("What kind of cancer is it?")
    keyboard.letter("b")

    keyboard.at("You said: 61 years")


def test_keys_that_mean_nothing_change_nothing(terminal: Callable[..., Terminal]) -> None:
    shown = terminal()
    keyboard = Keyboard(shown, LISTS)
    keyboard.at(FIRST)
    shown.type("xyz123jku!\t\x1b[5~\x1b[C\x1b[D\x7f ")
    shown.type(ENTER)
    keyboard.at()
    keyboard.choose("No, none of these")

    keyboard.at("How old are you today?")


def test_keys_that_are_pressed_too_early_are_not_lost(terminal: Callable[..., Terminal]) -> None:
    """Somebody who types ahead, or pastes."""
    turns, _ = sitting(example("nearly-empty"))
    shown = terminal()
    shown.expect(FIRST, LIST)
    shown.type("".join(press.keys for turn in turns for press in LISTS.presses(turn)))

    shown.expect("Check your answers", "- Age: 50 years", "- Exact type of cancer: I don't know")
