"""Plain questions: numbered lines in, numbered lines out, no cursor tricks."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from cart_screen.answers.scalars import Scalar
from cart_screen.terminal.layout import paragraph
from cart_screen.terminal.numbers import number_range, number_reply, other_units, refusal, taken_as
from cart_screen.terminal.prompting import KEYS, Given, InputEnded, NotKnown, Page, Reply
from cart_screen.texts import Texts

_LONGEST_LINE = 1_000


class PlainPrompter:
    """Asks with numbered lines on standard output and reads lines from standard input."""

    keys = "keys"

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def ask(self, page: Page) -> Reply:
        """Ask one question until the line typed is one that is allowed."""
        return self._choice(page.choices) if page.choices else self._number(page)

    def pick(self, labels: Sequence[str]) -> int:
        """Let one of some numbered labels be picked."""
        self._list(labels)
        while True:
            typed = self._line(self._say("choose", last=str(len(labels))))
            place = _place(typed, len(labels))
            if place is not None:
                return place
            print(paragraph(self._say("wrong-pick", last=str(len(labels)))))

    def _choice(self, choices: Sequence[tuple[Scalar, str]]) -> Reply:
        labels = [label for _, label in choices] + [self._texts.get("absent", "asked-unknown")]
        self._list(labels)
        while True:
            typed = self._line(self._say("choose", last=str(len(labels))))
            if typed.lower() in KEYS:
                return KEYS[typed.lower()]
            place = _place(typed, len(labels))
            if place is not None:
                return Given(choices[place][0]) if place < len(choices) else NotKnown()
            print(paragraph(self._say("wrong-choice", last=str(len(labels)))))

    def _number(self, page: Page) -> Reply:
        self._tell(other_units(page.question, page.unit, self._texts))
        self._tell(self._say("enter-hint"))
        while True:
            typed = self._line(self._say("enter", **number_range(page.question, page.unit)))
            reply = number_reply(typed, page.question)
            if reply is not None:
                self._tell(taken_as(reply, page.question, self._texts))
                return reply
            self._tell(refusal(typed, page.question, page.unit, self._texts))

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
        print(prompt, end="", flush=True)
        line = sys.stdin.readline(_LONGEST_LINE) if sys.stdin is not None else ""
        if not line.endswith("\n"):
            # A last line without its end was cut off; it is not taken for an answer.
            print()
            raise InputEnded
        if not sys.stdin.isatty():
            # A terminal shows what was typed; piped input is written out, so that a transcript reads well.
            print(line.strip())
        return line.strip()


def _place(typed: str, count: int) -> int | None:
    if typed.isascii() and typed.isdecimal() and len(typed) < 4 and 1 <= int(typed) <= count:
        return int(typed) - 1
    return None
