"""Questions with arrow keys, for a person at a real terminal."""

from __future__ import annotations

from collections.abc import Sequence

import questionary
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings

from cart_screen.terminal.layout import paragraph
from cart_screen.terminal.numbers import number_range, number_reply, other_units, refusal, taken_as
from cart_screen.terminal.prompting import Given, GoesBack, InputEnded, NotKnown, Page, Reply, WantsReason
from cart_screen.texts import Texts

_NO_ANSWER = "no-answer"
_INDENT = "    "


class RichPrompter:
    """Asks with questionary; both standard input and output must be terminals."""

    keys = "keys-rich"

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def ask(self, page: Page) -> Reply:
        """Ask one question; what is chosen or typed is checked before it is taken."""
        return self._choice(page) if page.choices else self._number(page)

    def pick(self, labels: Sequence[str]) -> int:
        """Let one of some labels be picked."""
        return self._select(labels)

    def _choice(self, page: Page) -> Reply:
        replies: list[Reply] = [*(Given(value) for value, _ in page.choices), NotKnown(), WantsReason(), GoesBack()]
        labels = [
            *(label for _, label in page.choices),
            self._texts.get("absent", "asked-unknown"),
            self._texts.get("terminal", "why-and-where"),
            self._texts.get("terminal", "go-back"),
        ]
        return replies[self._select(labels)]

    def _number(self, page: Page) -> Reply:
        self._tell(other_units(page.question, page.unit, self._texts))
        self._tell(self._texts.get("terminal", "enter-hint-rich"))
        prompt = self._texts.get("terminal", "enter").format(**number_range(page.question, page.unit)).strip()
        while True:
            typed = self._asked(questionary.text(prompt, qmark=""))
            reply = number_reply(typed, page.question)
            if reply is not None:
                self._tell(taken_as(reply, page.question, self._texts))
                return reply
            # Right under what was typed, and in full: questionary's own line for errors is cut at the width.
            self._tell(refusal(typed, page.question, page.unit, self._texts))

    def _tell(self, said: str) -> None:
        if said:
            print(paragraph(said))

    def _select(self, labels: Sequence[str]) -> int:
        # The pointer starts on a line that is no answer, so that Enter alone never chooses one. The value is
        # the place as text: questionary takes None for "use the title".
        start = questionary.Choice(self._texts.get("terminal", "choose-rich"), value=_NO_ANSWER)
        lines = [paragraph(label, first=_INDENT).removeprefix(_INDENT) for label in labels]
        choices = [start, *(questionary.Choice(line, value=str(place)) for place, line in enumerate(lines))]
        while True:
            chosen = self._asked(_ending(questionary.select("", choices=choices, qmark="", instruction=" ")))
            if chosen != _NO_ANSWER:
                return int(chosen)

    def _asked(self, prompt: questionary.Question) -> str:
        try:
            # ask() would turn Ctrl-C into None and go on with the next question.
            return str(prompt.unsafe_ask())
        except EOFError:
            raise InputEnded from None


def _ending(prompt: questionary.Question) -> questionary.Question:
    """Let Ctrl-D end a list as it ends a line; questionary's own list ignores it."""
    ends = KeyBindings()

    @ends.add("c-d")
    def _end(event: KeyPressEvent) -> None:
        event.app.exit(exception=EOFError)

    own = prompt.application.key_bindings
    prompt.application.key_bindings = merge_key_bindings([own, ends] if own else [ends])
    return prompt
