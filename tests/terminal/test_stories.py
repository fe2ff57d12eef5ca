"""Whole sittings at a real pseudo-terminal, as five people see them, with lists and in plain lines."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from cart_screen.terminal.layout import spoken, underlined

from .agreement import told
from .modes import LIST, LISTS, PLAIN, Press, do
from .sittings import Turn, example, sitting
from .stories import Story, compare
from .terminals import Terminal

# With the laboratory's values, as the example has only the multiples of its upper limits, which nobody is asked for.
_PEOPLE = {
    "large-b-cell-third-line-match": {"ast": 36, "ast_upper_limit": 40, "alt": 32, "alt_upper_limit": 40},
    "child-b-all": {},
    "plain-words-only": {},
    "multiple-myeloma-one-line": {},
    "large-b-cell-late-relapse-near": {},
}
_COLORS = re.compile(r"\x1b\[(?:[0-9;]*;)?(?:3[0-9]|4[0-9]|9[0-7]|10[0-7])[0-9;]*m")


@pytest.mark.parametrize("person", _PEOPLE)
def test_a_sitting_with_lists_reads_as_it_was_kept(person: str, terminal: Callable[..., Terminal]) -> None:
    turns, end = sitting(example(person, **_PEOPLE[person]))
    shown = terminal()
    story = Story(shown)

    story.do(press for turn in turns for press in _whole(turn))
    story.do([_with_its_end(LISTS.right, "and stop"), _with_its_end(LISTS.nothing_more, "in a file")])

    compare(f"{person}-rich", story.end())
    assert told(end, underlined) in _text(shown)
    assert max(map(len, shown.lines)) <= 80
    assert _COLORS.findall(shown.raw) == []


@pytest.mark.parametrize("person", _PEOPLE)
def test_a_sitting_in_plain_lines_reads_as_it_was_kept(person: str, terminal: Callable[..., Terminal]) -> None:
    turns, end = sitting(example(person, **_PEOPLE[person]))
    shown = terminal("--plain")

    PLAIN.play(shown, turns)
    do(shown, PLAIN.right, PLAIN.nothing_more)
    assert shown.ended() == 0

    compare(f"{person}-plain", _text(shown))
    assert told(end, spoken) in _text(shown)
    assert max(map(len, shown.lines)) <= 80
    assert "\x1b" not in shown.raw


def _text(shown: Terminal) -> str:
    return "".join(f"{line}\n" for line in shown.lines)


def _whole(turn: Turn) -> list[Press]:
    """Give what is pressed, each once the whole list can be seen."""
    first, *others = LISTS.presses(turn)
    if turn.is_list:
        first = _with_its_end(first, turn.last_line)
    return [_with_its_end(press, "and stop") if press.shown[-1] == LIST else press for press in (first, *others)]


def _with_its_end(press: Press, end: str) -> Press:
    return Press((*press.shown, end), press.keys)
