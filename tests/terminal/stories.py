"""Whole sittings as readable text: what stands on the screen, and which keys are pressed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from .modes import Press
from .terminals import DOWN, ENTER, SPACE, UP, Terminal

GOLDEN = Path(__file__).with_name("golden")

_NAMES = {DOWN: "down", UP: "up", ENTER: "Enter", SPACE: "space"}
_KEY = re.compile(r"\x1b\[[AB]|[\r ]|[^\x1b\r ]+")


class Story:
    """
    A sitting as it goes on.

    Each part begins with the first line that is not as it was when the last keys were pressed, so that a list is
    shown while it is there, and then what is left of it.
    """

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._before: list[str] = []
        self._told: list[str] = []

    def do(self, presses: Iterable[Press]) -> None:
        """Press keys, each once its texts were shown."""
        for press in presses:
            self._terminal.expect(*press.shown)
            self._show()
            self._told.append(f"[{_named(press.keys)}]")
            self._terminal.type(press.keys)

    def end(self) -> str:
        """Wait for the end, and give all of it."""
        code = self._terminal.ended()
        self._show()
        return "\n".join([*self._told, f"[ends with {code}]", ""])

    def _show(self) -> None:
        lines = self._terminal.lines
        same = 0
        while same < min(len(lines), len(self._before)) and lines[same] == self._before[same]:
            same += 1
        self._told.extend(lines[same:])
        self._before = lines


def compare(name: str, story: str) -> None:
    """Hold a story against the one that was kept, or keep it (CART_SCREEN_REWRITE=1)."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("CART_SCREEN_REWRITE") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(story)
    assert story == path.read_text(), f"{path.name} is not as it was kept. CART_SCREEN_REWRITE=1 keeps the new one."


def _named(keys: str) -> str:
    """Name keys as they are printed on a keyboard: ``down 3 times, Enter``."""
    found: list[tuple[str, int]] = []
    for key in _KEY.findall(keys):
        name = _NAMES.get(key, key)
        if found and found[-1][0] == name:
            found[-1] = (name, found[-1][1] + 1)
        else:
            found.append((name, 1))
    return ", ".join(name if count == 1 else f"{name} {count} times" for name, count in found)
