"""Windows of every size, and terminals that want plain lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from cart_screen.inquiry import Depth

from .keyboards import Begin, Keyboard
from .modes import LIST, LISTS, Mode, do
from .sittings import example, sitting
from .terminals import DOWN, ENTER, Terminal, without_sequences

# All that is asked for the sheet too, so that nearly every question is shown.
TURNS, END = sitting(example("plain-words-only"), depth=Depth.COMPLETE)
# Where the cursor goes to another place, another line begins.
_MOVES = re.compile(r"[\r\n]+|\x1b\[[0-9]*[A-DHJ]")
_COLORS = re.compile(r"\x1b\[(?:[0-9;]*;)?(?:3[0-9]|4[0-9]|9[0-7]|10[0-7])(?:;[0-9;]*)?m")


def too_wide(shown: Terminal, columns: int) -> Iterator[str]:
    """Give each line that was written wider than the window, unless it is one word that cannot be broken."""
    for drawn in _MOVES.split(shown.raw):
        line = without_sequences(drawn)
        if len(line.rstrip()) > columns and len(line.split()) > 1:
            yield line


@pytest.mark.parametrize("columns", [50, 200])
def test_no_line_is_wider_than_the_window(columns: int, mode: Mode, terminal: Callable[..., Terminal]) -> None:
    shown = terminal(*mode.options, "--depth", "complete", "--table", columns=columns, rows=60)
    mode.play(shown, TURNS)
    do(shown, mode.right, mode.nothing_more)

    assert shown.ended() == 0
    assert list(too_wide(shown, min(columns, 88))) == []
    assert _COLORS.findall(shown.raw) == []


def test_a_long_list_is_moved_through_in_a_low_window(terminal: Callable[..., Terminal]) -> None:
    shown = terminal(rows=24)
    keyboard = Keyboard(shown, LISTS)
    keyboard.at("Do you have any of these signs")
    keyboard.choose("No, none of these")
    keyboard.at("How old are you today?")
    keyboard.line("61")
    keyboard.at("What kind of cancer is it?")
    keyboard.letter("d")
    keyboard.at("What is the exact name of the cancer? The list goes on below.")
    shown.expect("Burkitt lymphoma")
    assert "Something else, not on this list" not in shown.said
    shown.type(DOWN * 37)
    shown.expect("Something else, not on this list")
    shown.type(ENTER)

    keyboard.at("Check your answers", "- Exact type of cancer: Something else, not on this list")


@pytest.mark.parametrize("columns", [50, 110])
def test_a_list_fits_the_window_that_changes_while_it_is_shown(columns: int, terminal: Callable[..., Terminal]) -> None:
    shown = terminal(columns=80, rows=40)
    keyboard = Keyboard(shown, LISTS)
    keyboard.at("Do you have any of these signs")
    keyboard.choose("No, none of these")
    keyboard.at("How old are you today?")
    keyboard.line("61")
    keyboard.at("What kind of cancer is it?")
    shown.expect("and stop")
    shown.type(DOWN)
    shown.resize(columns, 40)
    shown.expect(LIST, "A solid tumor, such as breast, lung or bowel cancer", "and stop")
    shown.type(ENTER)
    keyboard.at("What is the exact name of the cancer?")
    keyboard.letter("b")

    keyboard.at("What kind of cancer is it?")
    assert "  Lymphoma" in shown.lines


@pytest.mark.parametrize("mode", [LISTS], ids=["lists"])
def test_enter_alone_chooses_nothing(mode: Mode, begin: Begin) -> None:
    keyboard = begin()
    keyboard.at("Do you have any of these signs")
    for _ in range(3):
        keyboard.terminal.type(ENTER)
        keyboard.at()
    keyboard.choose("No, none of these")

    keyboard.at("How old are you today?")


@pytest.mark.parametrize("environment", [{"ACCESSIBLE": "1"}, {"TERM": "dumb"}], ids=["ACCESSIBLE=1", "TERM=dumb"])
def test_plain_lines_are_used_where_they_are_wished_for(environment: dict, terminal: Callable[..., Terminal]) -> None:
    shown = terminal(**environment)
    shown.expect("Your answer, 1 to 3:")

    assert "\x1b" not in shown.raw


@pytest.mark.parametrize("environment", [{"ACCESSIBLE": "0"}, {"ACCESSIBLE": ""}, {"NO_COLOR": "1"}, {"TERM": "vt100"}])
def test_lists_are_used_elsewhere_and_without_color(environment: dict, terminal: Callable[..., Terminal]) -> None:
    shown = terminal(**environment)
    keyboard = Keyboard(shown, LISTS)
    keyboard.at("Do you have any of these signs")
    keyboard.choose("No, none of these")
    keyboard.at("How old are you today?")

    assert _COLORS.findall(shown.raw) == []
