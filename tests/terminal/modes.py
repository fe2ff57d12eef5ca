"""The two ways of being asked, as keys to press: on lists, and as plain lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cart_screen.answers.absent import AbsentReason

from .sittings import Turn
from .terminals import DOWN, ENTER, SPACE, Terminal

# What is shown once keys can be pressed: on a list to choose from, on a list to tick, on a line to type on.
LIST, TICKS = "(move down to your answer)", "Mark all that apply"
LINE, TICK_LINE = ("Your answer,", ":"), ("All that apply,", ":")
# What stands on a list below the answers, "I don't know" first, and what waits behind the last of it.
_BELOW = 4
_RATHER_NOT = 2
# The last line of a list below a question, and of the one behind it.
_LAST, _LAST_OF_MORE = "save and stop", "Back to the question"


@dataclass(frozen=True)
class Press:
    """Keys to press once some texts were shown, one after the other."""

    shown: tuple[str, ...]
    keys: str


@dataclass(frozen=True)
class Mode:
    """A way of being asked: the option for it, the keys that reply to a screen, and those that choose from a list."""

    name: str
    options: tuple[str, ...]
    presses: Callable[[Turn], list[Press]]
    ready: tuple[str, ...]
    choosing: Callable[[int], str]

    def choice(self, shown: str, number: int) -> Press:
        """Give the keys that choose from a list which some text stands above, counted from 1."""
        return Press((shown, *self.ready), self.choosing(number))

    @property
    def right(self) -> Press:
        """What is pressed where all answers are right."""
        return self.choice("Check your answers", 1)

    @property
    def nothing_more(self) -> Press:
        """What is pressed where nothing more is wished for after the guidance."""
        return self.choice("What would you like to do now?", 1)

    def play(self, terminal: Terminal, turns: Iterable[Turn]) -> None:
        """Reply to screen after screen; each is waited for."""
        for turn in turns:
            do(terminal, *self.presses(turn))

    def reach(self, terminal: Terminal, turn: Turn) -> None:
        """Wait until a screen takes keys."""
        terminal.expect(*self.presses(turn)[0].shown)


def do(terminal: Terminal, *presses: Press) -> None:
    """Press keys, each time once the texts were shown."""
    for press in presses:
        terminal.expect(*press.shown)
        terminal.type(press.keys)


def to_line(number: int) -> str:
    """Give the keys that choose a line of a list, counted from 1."""
    return DOWN * number + ENTER


def lines_of(turn: Turn) -> list[str]:
    """Give the lines that reply to a screen."""
    return [*_lines(turn), *(str(count + 1) for count in turn.left)]


def _lines(turn: Turn) -> list[str]:
    replies = list(turn.replies.values())
    if all(reply is AbsentReason.ASKED_DECLINED for reply in replies):
        return ["r"]
    if not turn.is_list:
        if isinstance(turn.only, AbsentReason):
            return ["d"]
        return [str(turn.choices.index(turn.only) + 1 if turn.choices else turn.only)]
    if not turn.ticked:
        return [str(len(replies) + 1) if turn.knows_the_others else "d"]
    ticked = " ".join(str(place + 1) for place in turn.ticked)
    if len(turn.ticked) == len(replies):
        return [ticked]
    return [ticked, "1" if turn.knows_the_others else "2"]


def _as_lines(turn: Turn) -> list[Press]:
    first, *others = _lines(turn)
    found = [Press((turn.heading, *(TICK_LINE if turn.is_list else LINE)), f"{first}{ENTER}")]
    found += [Press(("You did not mark these", *LINE), f"{line}{ENTER}") for line in others]
    return found + [Press(("Which answer would", *LINE), f"{count + 1}{ENTER}") for count in turn.left]


def _on_lists(turn: Turn) -> list[Press]:
    found = _ticks(turn) if turn.is_list else _chosen(turn)
    return found + [Press(("Which answer would", LIST), to_line(count + 1)) for count in turn.left]


def _chosen(turn: Turn) -> list[Press]:
    choices = turn.choices
    ready = (turn.heading, LIST) if choices else (turn.heading, *LINE)
    match turn.only:
        case AbsentReason.ASKED_DECLINED if choices:
            return [
                Press(ready, to_line(len(choices) + _BELOW)),
                Press((LIST, _LAST_OF_MORE), to_line(_RATHER_NOT)),
            ]
        case AbsentReason.ASKED_DECLINED:
            return [Press(ready, f"r{ENTER}")]
        case AbsentReason():
            return [Press(ready, to_line(len(choices) + 1) if choices else f"d{ENTER}")]
        case value:
            return [Press(ready, to_line(choices.index(value) + 1) if choices else f"{value}{ENTER}")]


def _ticks(turn: Turn) -> list[Press]:
    ready = (turn.heading, TICKS)
    if all(reply is AbsentReason.ASKED_DECLINED for reply in turn.replies.values()):
        return [Press(ready, "r")]
    keys = "".join((SPACE if reply is True else "") + DOWN for reply in turn.replies.values()) + ENTER
    if len(turn.ticked) == len(turn.replies):
        return [Press(ready, keys)]
    return [Press(ready, keys), Press((LIST, _LAST), to_line(1 if turn.knows_the_others else 2))]


LISTS = Mode("lists", (), _on_lists, (LIST,), to_line)
PLAIN = Mode("plain", ("--plain",), _as_lines, LINE, lambda number: f"{number}{ENTER}")
