"""Plain questions: numbered lines in, numbered lines out, no cursor tricks."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence

from cart_screen.answers.scalars import Scalar
from cart_screen.terminal.layout import paragraph
from cart_screen.terminal.numbers import number_given, number_range, other_units, refusal, taken_as
from cart_screen.terminal.prompting import Given, InputEnded, NotKnown, Page, Reply, Ticked
from cart_screen.texts import Texts

# What is longer is no answer to anything, and is refused like any other.
_LONGEST_LINE = 1_000
_BETWEEN = re.compile(r"[\s,;]+")


class PlainPrompter:
    """Asks with numbered lines on standard output and reads lines from standard input."""

    keys = "keys"

    def __init__(self, texts: Callable[[], Texts]) -> None:
        self._words = texts

    def title(self, text: str) -> None:
        """Show a heading as a line of its own."""
        print(paragraph(text))

    def ask(self, page: Page) -> Reply:
        """Ask one page until the line typed is one that is allowed."""
        if page.said:
            self._tell(page.said)
            self._tell(self._say("keep"))
        if page.lines:
            return self._ticks(page)
        return self._choice(page, page.choices) if page.choices else self._number(page)

    def pick(self, labels: Sequence[str]) -> int:
        """Let one of some numbered labels be picked."""
        self._list(labels)
        while True:
            typed = self._line(self._say("choose", last=str(len(labels))))
            place = _place(typed, len(labels))
            if place is not None:
                return place
            self._tell(self._say("wrong-pick", last=str(len(labels))))

    def line(self, prompt: str) -> str:
        """Take a line of text."""
        return self._line(prompt)

    def _choice(self, page: Page, choices: Sequence[tuple[Scalar, str]]) -> Reply:
        labels = [label for _, label in choices] + [self._texts.get("absent", "asked-unknown")]
        self._list(labels)
        while True:
            typed = self._line(self._say("choose", last=str(len(labels))))
            reply = page.key(typed)
            if reply is not None:
                return reply
            place = _place(typed, len(labels))
            if place is not None:
                return Given(choices[place][0]) if place < len(choices) else NotKnown()
            self._tell(self._say("wrong-choice", last=str(len(labels))))

    def _ticks(self, page: Page) -> Reply:
        """Ask which lines apply; the others become no only where that is said."""
        none = len(page.lines) + 1
        self._list([*(label for _, label in page.lines), self._say("none-of-these")])
        self._tell(self._say("tick-hint", none=str(none)))
        while True:
            typed = self._line(self._say("tick", last=str(none)))
            reply = page.key(typed)
            if reply is not None:
                return reply
            places = [_place(part, none) for part in _BETWEEN.split(typed)]
            picked = sorted({place for place in places if place is not None})
            if None in places or (none - 1 in picked and len(picked) > 1):
                self._tell(self._say("wrong-tick", last=str(none), none=str(none)))
            elif picked == [none - 1]:
                return Ticked((), none_of_the_others=True)
            else:
                confirmed = self._others(page, picked)
                if confirmed is not None:
                    return Ticked(tuple(page.lines[place][0] for place in picked), confirmed)

    def _others(self, page: Page, picked: Sequence[int]) -> bool | None:
        """Ask what is true of the lines that were not ticked: none applies, not known, or back to the list (None)."""
        others = [label for place, (_, label) in enumerate(page.lines) if place not in picked]
        if not others:
            return True
        self._tell(self._say("others"))
        for label in others:
            print(paragraph(label, first="  - ", then="    "))
        choices = ("none-of-the-others", "others-not-known", "others-again")
        return (True, False, None)[self.pick([self._say(key) for key in choices])]

    def _number(self, page: Page) -> Reply:
        self._tell(other_units(page, self._texts))
        self._tell(self._say("enter-hint"))
        while True:
            typed = self._line(self._say("enter", **number_range(page)))
            reply = page.key(typed)
            if reply is not None:
                return reply
            given = number_given(typed, page)
            if given is not None:
                self._tell(taken_as(given, page.question, self._texts))
                return given
            self._tell(refusal(typed, page, self._texts))

    @property
    def _texts(self) -> Texts:
        return self._words()

    def _tell(self, said: str) -> None:
        if said:
            print(paragraph(said))

    def _list(self, labels: Sequence[str]) -> None:
        for number, label in enumerate(labels, start=1):
            print(paragraph(label, first=f"{number:3}. ", then="     "))

    def _say(self, key: str, **values: str) -> str:
        return self._texts.get("terminal", key).format(**values)

    def _line(self, prompt: str) -> str:
        # input() would go through readline, which moves the cursor; a screen reader wants plain lines.
        print(paragraph(prompt), end=" ", flush=True)
        line = _whole_line()
        if not line.endswith("\n"):
            # A last line without its end was cut off; it is not taken for an answer.
            print()
            raise InputEnded
        if not sys.stdin.isatty():
            # A terminal shows what was typed; piped input is written out, so that a transcript reads well.
            print(line.strip())
        return line.strip()


def _whole_line() -> str:
    """Give the next line with its end; of one that is too long, the beginning."""
    if sys.stdin is None:
        return ""
    line = part = sys.stdin.readline(_LONGEST_LINE)
    while part and not part.endswith("\n"):
        part = sys.stdin.readline(_LONGEST_LINE)
    return line if line.endswith("\n") or not part else f"{line}\n"


def _place(typed: str, count: int) -> int | None:
    if typed.isascii() and typed.isdecimal() and len(typed) < 4 and 1 <= int(typed) <= count:
        return int(typed) - 1
    return None
