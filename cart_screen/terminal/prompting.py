"""What an interview needs from a way of asking."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from cart_screen.answers.dictionary import Question
from cart_screen.answers.scalars import Scalar
from cart_screen.nouns import field, noun


class InputEnded(Exception):
    """The input ended before the questions did."""


@noun
class Given:
    """A value was chosen or typed."""

    value: Scalar = field(repr=False)


@noun
class NotKnown:
    """The person does not know."""


@noun
class WantsReason:
    """The person asks why, and where the answer is."""


@noun
class GoesBack:
    """The person wants to see the question before this one again."""


Reply = Given | NotKnown | WantsReason | GoesBack

# What can be typed at any question instead of an answer.
KEYS: dict[str, Reply] = {"?": WantsReason(), "b": GoesBack(), "d": NotKnown()}


@noun
class Page:
    """One question as it is shown: its words, and its choices with their labels where it has choices."""

    question: Question
    topic: str
    progress: str
    heading: str
    hint: str
    choices: tuple[tuple[Scalar, str], ...]
    unit: str


class Prompter(Protocol):
    """A way of asking; it returns replies and never decides anything."""

    @property
    def keys(self) -> str:
        """How to use it, as a text key below ``terminal``."""

    def ask(self, page: Page) -> Reply:
        """
        Take the reply to a question that is shown, until it is one that is allowed.

        Raises InputEnded, KeyboardInterrupt.
        """

    def pick(self, labels: Sequence[str]) -> int:
        """Let one of some labels be picked and give its place. Raises InputEnded, KeyboardInterrupt."""
