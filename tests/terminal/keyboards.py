"""Hands on a keyboard: what a person does at a question, whichever way it is asked."""

from __future__ import annotations

import re
from typing import Protocol

from .modes import LIST, LISTS, Mode
from .terminals import DOWN, ENTER, SPACE, Terminal

# What stands there once keys can be pressed.
_READY = re.compile(re.escape(LIST) + r"|Mark all that apply|(?:Your answer|All that apply), [^:\n]*:|File:")
_ROWS = {"lists": re.compile(r"^ {3}(\S.*)"), "plain": re.compile(r"^ *[0-9]+\. (.*)")}


class Begin(Protocol):
    """What starts a sitting with some answers, and options."""

    def __call__(self, *options: str, **given: object) -> Keyboard: ...


class Keyboard:
    """Does by mode what is asked for in words."""

    def __init__(self, terminal: Terminal, mode: Mode) -> None:
        self.terminal = terminal
        self.mode = mode
        self._ready = ""

    def at(self, *texts: str) -> str:
        """Wait for texts, such as the heading of a question, and then for what is shown where keys are taken."""
        self._ready = self.terminal.expect(*texts, _READY)
        return self._ready

    def skip_to(self, text: str) -> None:
        """Say "I don't know" to question after question, until a text is shown."""
        shown = re.compile(rf"{re.escape(text)}|Question [0-9]+")
        while self.terminal.expect(shown) != text:
            self.at()
            self.letter("d")

    def letter(self, letter: str) -> None:
        """Type a letter that means something at every question; on a list it counts at once."""
        at_once = self._ready == LIST or self._ready.startswith("Mark")
        self.terminal.type(letter if at_once else letter + ENTER)

    def line(self, text: str) -> None:
        """Type a line."""
        self.terminal.type(text + ENTER)

    def choose(self, label: str) -> None:
        """Choose the line of a list that begins with a label."""
        self.terminal.type(self.mode.choosing(self.terminal.until(lambda lines: self._place(lines, label))))

    def _place(self, lines: list[str], label: str) -> int | None:
        rows: list[str] = []
        for line in lines:
            if LIST in line or line.startswith("  1. "):
                rows.clear()
            rows += _ROWS[self.mode.name].findall(line)
        # A long one is wrapped, so that only its beginning stands there.
        places = [place for place, row in enumerate(rows, start=1) if label.startswith(row) or row.startswith(label)]
        return places[0] if len(places) == 1 else None

    def tick(self, *places: int) -> None:
        """Tick lines of a list, counted from 1, and send them off."""
        if self.mode is not LISTS:
            self.line(" ".join(map(str, places)))
            return
        at = 1
        for place in places:
            self.terminal.type(DOWN * (place - at) + SPACE)
            at = place
        self.terminal.type(ENTER)
