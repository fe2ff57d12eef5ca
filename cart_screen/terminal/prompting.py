"""What an interview needs from a way of asking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from cart_screen.answers.dictionary import Question
from cart_screen.answers.scalars import Scalar
from cart_screen.answers.unit import Unit
from cart_screen.nouns import field, noun


class InputEnded(Exception):
    """The input ended before the questions did."""


class Leaves(Exception):
    """The person wants to stop here, and to save first."""


@noun
class Given:
    """A value was chosen or typed."""

    value: Scalar = field(repr=False)


@noun
class Ticked:
    """Some lines of a screen were ticked; the others do not apply only where that was confirmed."""

    questions: tuple[str, ...] = field(repr=False)
    none_of_the_others: bool = field(repr=False)


@noun
class NotKnown:
    """The person does not know."""


@noun
class RathersNot:
    """The person would rather not say."""


@noun
class WantsReason:
    """The person asks why, and where the answer is."""


@noun
class GoesBack:
    """The person wants to see the screen before this one again."""


@noun
class WantsChange:
    """The person wants to change an earlier answer."""


@noun
class SwitchesUnit:
    """The person wants to give the number in another unit."""


@noun
class Keeps:
    """The person keeps the answer that was given before."""


@noun
class WantsToLeave:
    """The person wants to save and stop."""


Reply = (
    Given | Ticked | NotKnown | RathersNot | WantsReason | GoesBack | WantsChange | SwitchesUnit | Keeps | WantsToLeave
)

# What can be typed at any question instead of an answer.
KEYS: Mapping[str, Reply] = {
    "?": WantsReason(),
    "b": GoesBack(),
    "c": WantsChange(),
    "d": NotKnown(),
    "k": Keeps(),
    "r": RathersNot(),
    "s": WantsToLeave(),
    "u": SwitchesUnit(),
}


@noun
class Page:
    """
    What is asked at once, as it is shown.

    ``choices`` are the values that may be chosen with their labels, ``lines`` the questions that may be
    ticked with theirs; a page with neither asks for a number in ``unit``. ``said`` tells what was
    answered before, where it was.
    """

    question: Question
    topic: str
    progress: str
    heading: str
    hint: str
    said: str = field(repr=False)
    choices: tuple[tuple[Scalar, str], ...]
    lines: tuple[tuple[str, str], ...]
    unit: Unit
    unit_label: str

    def key(self, typed: str) -> Reply | None:
        """Give what a key means on this page, or None where it means nothing here."""
        reply = KEYS.get(typed.strip().lower())
        if isinstance(reply, Keeps) and not self.said:
            return None
        if isinstance(reply, SwitchesUnit) and (self.choices or self.lines or len(self.question.units) < 2):
            return None
        return reply


class Prompter(Protocol):
    """A way of asking; it returns replies and never decides anything."""

    @property
    def keys(self) -> str:
        """How to use it, as a text key below ``terminal``."""

    def ask(self, page: Page) -> Reply:
        """
        Take the reply to a page that is shown, until it is one that is allowed.

        Raises InputEnded, KeyboardInterrupt.
        """

    def pick(self, labels: Sequence[str]) -> int:
        """Let one of some labels be picked and give its place. Raises InputEnded, KeyboardInterrupt."""

    def line(self, prompt: str) -> str:
        """Take a line of text, without the spaces around it. Raises InputEnded, KeyboardInterrupt."""

    def title(self, text: str) -> None:
        """Show the line that a person should see first."""
