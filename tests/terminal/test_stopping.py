"""Stopped, killed, resized or closed in the middle of a question: nothing is recorded wrongly, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cart_screen.terminal.layout import spoken, underlined

from .agreement import told
from .keyboards import Begin
from .modes import LISTS, Mode
from .processes import Starter
from .sittings import answers_of, example, sitting
from .stops import FILE, STOPS, TROUBLES, Trouble, chain, saved, saved_and_stopped, stopped, troubled, unmoved, went_on
from .terminals import END, ENTER, INTERRUPT, Terminal

TURNS, LAST = sitting(example("multiple-myeloma-one-line"))


def words(text: str) -> str:
    return " ".join(text.split())


def guidance(mode: Mode) -> str:
    return words(told(LAST, underlined if mode is LISTS else spoken))


def test_wherever_a_sitting_is_stopped_the_file_holds_what_was_answered_before(
    mode: Mode, starter: Starter, tmp_path: Path
) -> None:
    """One way of stopping after the other, three questions apart; ``soak.interviews`` takes all at all questions."""
    places = range(0, len(TURNS), 3)
    for (place, since), stop in zip(chain(places), STOPS * 3, strict=False):
        stopped(stop, place, mode, TURNS, starter, tmp_path, since)

    shown = words(went_on(mode, TURNS, starter, tmp_path, places[-1]))

    assert shown.count(guidance(mode)) == 1


def test_looking_around_at_every_question_changes_nothing(mode: Mode, starter: Starter, tmp_path: Path) -> None:
    shown = words(unmoved(mode, TURNS, starter, tmp_path, every=0 if mode is LISTS else 1))

    assert shown.count(guidance(mode)) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", [1, 7])
def test_ctrl_c_offers_to_save_and_the_file_goes_on_at_the_same_question(
    place: int, mode: Mode, starter: Starter, tmp_path: Path
) -> None:
    saved_and_stopped(place, mode, TURNS, starter, tmp_path, since=0)


@pytest.mark.parametrize("keys", [INTERRUPT, END], ids=["Ctrl-C", "end of input"])
def test_ctrl_c_and_then_another_stops_without_saving(
    keys: str, mode: Mode, terminal: Callable[..., Terminal], tmp_path: Path
) -> None:
    shown = terminal(*mode.options)
    mode.play(shown, TURNS[:1])
    mode.reach(shown, TURNS[1])
    shown.type(INTERRUPT)
    shown.expect("Would you like to stop here?", *mode.ready)
    shown.type(keys)

    assert shown.ended() == 130
    assert shown.lines[-1] == "cart-screen: Stopped. Nothing was saved."
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("chosen", [0, 1, 2], ids=["checked", "picked", "ticked"])
def test_ctrl_c_stops_wherever_answers_are_looked_at_again(chosen: int, begin: Begin) -> None:
    keyboard = begin(**answers_of("large-b-cell-third-line-match"))
    keyboard.at("Check your answers")
    for label in ("Change an earlier answer", "Infection now: No")[:chosen]:
        keyboard.choose(label)
        keyboard.at()
    keyboard.terminal.type(INTERRUPT)

    assert keyboard.terminal.ended() == 130
    assert "cart-screen: Stopped. Your answers are saved." in words(keyboard.terminal.said)


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.name)
def test_where_nothing_can_be_saved_from_the_start_no_question_is_asked(
    trouble: Trouble, starter: Starter, tmp_path: Path
) -> None:
    """Before the first question there is nothing to lose, and it is said at once."""
    if trouble.code == 73:
        tmp_path.chmod(0o500)
        ended = starter.piped(b"", "--save", FILE, folder=tmp_path, without_rights=True)
    else:
        ended = starter.piped(b"", "--save", FILE, folder=tmp_path, room=0)
    tmp_path.chmod(0o700)

    assert (ended.code, ended.output) == (trouble.code, "")
    assert list(tmp_path.iterdir()) == []


def test_stopping_while_nothing_can_be_saved_says_what_is_in_the_file(
    mode: Mode, terminal: Callable[..., Terminal], tmp_path: Path
) -> None:
    shown = terminal(*mode.options, "--save", FILE, without_rights=True)
    mode.play(shown, TURNS[:1])
    mode.reach(shown, TURNS[1])
    tmp_path.chmod(0o500)
    shown.type(f"50{ENTER}")
    shown.expect("Cannot create", "We go on, and try again after your next answer.", TURNS[2].heading, *mode.ready)
    shown.type(INTERRUPT)
    code = shown.ended()
    tmp_path.chmod(0o700)

    assert code == 130
    assert "Your last answers could not be saved. Those before them are in a file." in words(shown.said)
    assert saved(tmp_path) == TURNS[1].before.answers


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.name)
@pytest.mark.parametrize("every", [0, 1])
def test_while_nothing_can_be_saved_the_questions_go_on_and_saving_is_tried_again(
    trouble: Trouble, every: int, mode: Mode, starter: Starter, tmp_path: Path
) -> None:
    shown = words(troubled(trouble, every, mode, TURNS, starter, tmp_path))

    assert shown.count(guidance(mode)) == 1
    assert "We go on, and try again after your next answer." in shown
    assert "Traceback" not in shown
