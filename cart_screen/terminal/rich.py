"""Questions with arrow keys, for a person at a real terminal."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence

import questionary
from prompt_toolkit.application import Application, get_app_session
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings

from cart_screen.terminal.layout import paragraph
from cart_screen.terminal.numbers import number_given, number_range, other_units, refusal, taken_as
from cart_screen.terminal.prompting import (
    KEYS,
    Given,
    GoesBack,
    InputEnded,
    Keeps,
    NotKnown,
    Page,
    RathersNot,
    Reply,
    Ticked,
    WantsChange,
    WantsReason,
    WantsToLeave,
)
from cart_screen.texts import Texts

_NO_ANSWER = "no-answer"
# What a list has above its first answer: the question, an empty line, and the line that is no answer.
_LINES_ABOVE = 4

_INDENT = "     "

# Weight and not color, so that it reads alike on light and on dark, and without color.
_STYLE = questionary.Style(
    [
        ("qmark", ""),
        ("question", "bold"),
        # Questionary's own style gives answers a color.
        ("answer", "noinherit bold"),
        ("pointer", "bold"),
        ("highlighted", "bold"),
        ("selected", "bold noreverse"),
        ("instruction", ""),
        ("text", ""),
    ]
)

# What a list offers beside the answers, by the key of its words; the last ones wait behind "more".
_BESIDE: tuple[tuple[str, Reply], ...] = (("why-and-where", WantsReason()), ("go-back", GoesBack()))
_MORE: tuple[tuple[str, Reply], ...] = (
    ("change-earlier", WantsChange()),
    ("rather-not", RathersNot()),
    ("save-and-stop", WantsToLeave()),
)


class RichPrompter:
    """Asks with questionary; both standard input and output must be terminals."""

    keys = "keys-rich"

    def __init__(self, texts: Callable[[], Texts]) -> None:
        self._words = texts

    def title(self, text: str) -> None:
        """Show a heading in bold."""
        _print_bold(paragraph(text))

    def ask(self, page: Page) -> Reply:
        """Ask one page; what is chosen or typed is checked before it is taken."""
        if page.lines:
            return self._ticks(page)
        return self._choice(page) if page.choices else self._number(page)

    def pick(self, labels: Sequence[str]) -> int:
        """Let one of some labels be picked."""
        chosen = self._select(labels, {})
        assert isinstance(chosen, int), "no key was offered"
        return chosen

    def line(self, prompt: str) -> str:
        """Take a line of text."""
        return str(self._asked(questionary.text(_wrapped(prompt, " "), qmark="", style=_STYLE))).strip()

    def _choice(self, page: Page) -> Reply:
        replies: list[Reply] = [*(Given(value) for value, _ in page.choices), NotKnown()]
        labels = [*(label for _, label in page.choices), self._texts.get("absent", "asked-unknown")]
        if page.said:
            replies.append(Keeps())
            labels.append(f"{self._say('keep-rich')} ({page.said})")
        chosen = self._one_of(page, labels)
        return replies[chosen] if isinstance(chosen, int) else chosen

    def _one_of(self, page: Page, labels: Sequence[str]) -> int | Reply:
        """Give the place of the line that was chosen, or what stands beside the answers at every question."""
        shown = [*labels, *(self._say(key) for key, _ in _BESIDE), self._say("more")]
        while True:
            chosen = self._select(shown, _keys_of(page), page.heading)
            if not isinstance(chosen, int) or chosen < len(labels):
                return chosen
            beside = chosen - len(labels)
            if beside < len(_BESIDE):
                return _BESIDE[beside][1]
            more = self.pick([*(self._say(key) for key, _ in _MORE), self._say("back-to-question")])
            if more < len(_MORE):
                return _MORE[more][1]

    def _ticks(self, page: Page) -> Reply:
        """Let lines be ticked; the others become no only where that is said."""
        ticked: list[str] = []
        self._tell_said(page)
        self._tell(self._say("tick-keys"))
        while True:
            found = self._checked(page, ticked)
            if not isinstance(found, list):
                return found
            ticked = found
            others = [label for id, label in page.lines if id not in ticked]
            if not others:
                return Ticked(tuple(ticked), none_of_the_others=True)
            labels = [self._texts.get("terminal", "none-of-these"), self._texts.get("absent", "asked-unknown")]
            if ticked:
                self._tell(self._say("others"))
                for label in others:
                    print(paragraph(label, first="  - ", then="    "))
                labels = [self._say("none-of-the-others"), self._say("others-not-known")]
            chosen = self._one_of(page, [*labels, self._say("others-again")])
            if not isinstance(chosen, int):
                return chosen
            if chosen < len(labels):
                return Ticked(tuple(ticked), none_of_the_others=chosen == 0)

    def _checked(self, page: Page, ticked: Sequence[str]) -> list[str] | Reply:
        """Give the lines that are ticked when Enter is pressed, or what a key means."""
        choices = [questionary.Choice(label, value=id, checked=id in ticked) for id, label in page.lines]
        prompt = questionary.checkbox(
            self._say("tick-rich"), choices=choices, qmark="", instruction=" ", style=_STYLE, use_jk_keys=False
        )
        # Questionary's own keys "a" and "i" tick or untick everything: too much to happen by a slip.
        found = self._asked(_as_list(prompt, choices, _keys_of(page), idle=("a", "i")))
        if not isinstance(found, list):
            return self._by_key(KEYS[str(found)])
        for id, label in page.lines:
            if id in found:
                _print_bold(paragraph(label, first="  - ", then="    "))
        return found

    def _number(self, page: Page) -> Reply:
        self._tell(other_units(page, self._texts))
        self._tell_said(page)
        self._tell(self._say("enter-hint-rich"))
        prompt = _wrapped(self._say("enter", **number_range(page)), " ")
        while True:
            typed = str(self._asked(questionary.text(prompt, qmark="", style=_STYLE)))
            reply = page.key(typed)
            if reply is not None:
                return reply
            given = number_given(typed, page)
            if given is not None:
                self._tell(taken_as(given, page.question, self._texts))
                return given
            # Right under what was typed, and in full: questionary's own line for errors is cut at the width.
            self._tell(refusal(typed, page, self._texts))

    @property
    def _texts(self) -> Texts:
        return self._words()

    def _say(self, key: str, **values: str) -> str:
        return self._texts.get("terminal", key).format(**values)

    def _tell(self, said: str) -> None:
        if said:
            print(paragraph(said))

    def _tell_said(self, page: Page) -> None:
        if page.said:
            self._tell(page.said)
            self._tell(self._say("keep"))

    def _select(self, labels: Sequence[str], keys: Mapping[str, Reply], heading: str = "") -> int | Reply:
        # The pointer starts on a line that is no answer, so that Enter alone never chooses one. The value is
        # the place as text: questionary takes None for "use the title".
        start = questionary.Choice(self._say("choose-rich"), value=_NO_ANSWER)
        choices = [start, *(questionary.Choice(label, value=str(place)) for place, label in enumerate(labels))]
        if _lines(_wrapped(label) for label in labels) + _LINES_ABOVE <= get_app_session().output.get_size().rows:
            # All of it is seen at once, below the question that was printed.
            heading = ""
        else:
            heading = _wrapped(f"{heading} {self._say('list-goes-on')}", " ")
        while True:
            prompt = questionary.select(
                heading, choices=choices, qmark="", instruction=" ", style=_STYLE, use_jk_keys=False
            )
            chosen = str(self._asked(_as_list(prompt, choices, keys)))
            if chosen in keys:
                return self._by_key(keys[chosen])
            if chosen != _NO_ANSWER:
                _print_bold(paragraph(labels[int(chosen)], first="  "))
                return int(chosen)

    def _by_key(self, reply: Reply) -> Reply:
        """Leave what was answered by a key where a chosen line would stand."""
        match reply:
            case NotKnown():
                said = self._texts.get("absent", "asked-unknown")
            case RathersNot():
                said = self._say("rather-not")
            case Keeps():
                said = self._say("keep-rich")
            case _:
                return reply
        _print_bold(paragraph(said, first="  "))
        return reply

    def _asked(self, prompt: questionary.Question) -> object:
        try:
            # ask() would turn Ctrl-C into None and go on with the next question.
            return prompt.unsafe_ask()
        except EOFError:
            raise InputEnded from None


def _keys_of(page: Page) -> dict[str, Reply]:
    """Give the keys that mean something on a list; a unit is switched only where a number is typed."""
    found = {key: page.key(key) for key in KEYS}
    return {key: reply for key, reply in found.items() if reply is not None}


def _lines(labels: Iterable[str]) -> int:
    return sum(label.count("\n") + 1 for label in labels)


def _wrapped(said: str, indent: str = _INDENT) -> str:
    """Wrap what questionary puts an indent before."""
    return paragraph(said, first=indent).removeprefix(indent)


def _print_bold(text: str) -> None:
    print(text if os.environ.get("TERM", "dumb") == "dumb" else f"\x1b[1m{text}\x1b[0m")


def _as_list(
    prompt: questionary.Question,
    choices: Iterable[questionary.Choice],
    keys: Iterable[str],
    idle: Iterable[str] = (),
) -> questionary.Question:
    """
    Let a list fit the window, also when its size changes, and leave nothing of it once a line is chosen.

    Keys answer it with themselves, and Ctrl-D ends it as it ends a line; idle ones do nothing.
    """
    labels = [(choice, str(choice.title)) for choice in choices]

    def wrap(_: Application[object]) -> None:
        for choice, label in labels:
            choice.title = _wrapped(label)

    prompt.application.before_render += wrap
    prompt.application.erase_when_done = True
    added = KeyBindings()

    @added.add("c-d")
    def _end(event: KeyPressEvent) -> None:
        event.app.exit(exception=EOFError)

    for key in keys:
        added.add(key, eager=True)(_answering(key))
    for key in idle:
        added.add(key, eager=True)(lambda event: None)
    own = prompt.application.key_bindings
    prompt.application.key_bindings = merge_key_bindings([own, added] if own else [added])
    return prompt


def _answering(key: str) -> Callable[[KeyPressEvent], None]:
    def answer(event: KeyPressEvent) -> None:
        event.app.exit(result=key)

    return answer
