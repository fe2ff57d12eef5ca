"""Stopped, killed, resized or closed in the middle of a question: nothing is recorded wrongly, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cart_screen.terminal.layout import spoken, underlined

from .agreement import told
from .modes import LISTS, PLAIN, Mode
from .processes import Starter
from .sittings import example, sitting
from .stops import STOPS, TROUBLES, Trouble, chain, stopped, troubled, unmoved, went_on
from .terminals import INTERRUPT, Terminal

TURNS, END = sitting(example("multiple-myeloma-one-line"))
MODES = pytest.mark.parametrize("mode", [LISTS, PLAIN], ids=lambda mode: mode.name)


def words(text: str) -> str:
    return " ".join(text.split())


def guidance(mode: Mode) -> str:
    return words(told(END, underlined if mode is LISTS else spoken))


@MODES
def test_wherever_a_sitting_is_stopped_the_file_holds_what_was_answered_before(
    mode: Mode, starter: Starter, tmp_path: Path
) -> None:
    """One way of stopping after the other, three questions apart; ``soak.interviews`` takes all at all questions."""
    places = range(0, len(TURNS), 3)
    for (place, since), stop in zip(chain(places), STOPS * 3, strict=False):
        stopped(stop, place, mode, TURNS, starter, tmp_path, since)

    shown = words(went_on(mode, TURNS, starter, tmp_path, places[-1]))

    assert shown.count(guidance(mode)) == 1


@MODES
def test_looking_around_at_every_question_changes_nothing(mode: Mode, starter: Starter, tmp_path: Path) -> None:
    shown = words(unmoved(mode, TURNS, starter, tmp_path))

    assert shown.count(guidance(mode)) == 1
    assert list(tmp_path.iterdir()) == []


@MODES
@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.name)
@pytest.mark.parametrize("every", [0, 1])
def test_while_nothing_can_be_saved_the_questions_go_on_and_saving_is_tried_again(
    trouble: Trouble, every: int, mode: Mode, starter: Starter, tmp_path: Path
) -> None:
    shown = words(troubled(trouble, every, mode, TURNS, starter, tmp_path))

    assert shown.count(guidance(mode)) == 1
    assert "We go on, and try again after your next answer." in shown
    assert "Traceback" not in shown
