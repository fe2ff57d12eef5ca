"""The same answers said in each of the ways there are; the guidance must be the same, word by word."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path

from prompt_toolkit.application import application, create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from cart_screen.answers.given import FORMAT
from cart_screen.inquiry import Depth
from cart_screen.questionnaire import Questionnaire
from cart_screen.terminal.interview import Interview
from cart_screen.terminal.keeping import Keeper
from cart_screen.terminal.layout import Heading, spoken, underlined
from cart_screen.terminal.report import report
from cart_screen.terminal.rich import RichPrompter
from cart_screen.terminal.session import Session
from cart_screen.terminal.voice import Voice

from .modes import LISTS, lines_of
from .processes import DATE, Starter, lines
from .sittings import Replies, Turn, criteria, sitting, voice_of

# They are made anew for every prompt, always the same, and that takes half of the time of a sitting.
application.load_key_bindings = cache(application.load_key_bindings)


def differing(replies: Replies, starter: Starter, folder: Path, depth: Depth = Depth.SETTLE) -> Iterator[str]:
    """Give each way in which somebody is told anything else than by the library, with what is different."""
    turns, end = sitting(replies, depth=depth)
    ways = {
        "plain lines": lambda: _plain(turns, end, starter, folder, depth),
        "lists": lambda: _lists(turns, end, depth),
        "screen FILE": lambda: _file(end, starter, folder),
    }
    for name, way in ways.items():
        expected, found = way()
        if expected != found:
            yield f"{name}: {_first_difference(expected, found)}"


def told(end: Questionnaire, heading: Heading) -> str:
    """Give the guidance as the library says it."""
    return "".join(f"{line}\n" for line in report(end.screening, voice_of(end).texts, heading))


def _plain(
    turns: tuple[Turn, ...], end: Questionnaire, starter: Starter, folder: Path, depth: Depth
) -> tuple[str, str]:
    typed = [line for turn in turns for line in lines_of(turn)]
    ended = starter.piped(lines(*typed, "1"), "--as-of", DATE, "--depth", depth, folder=folder)
    expected = told(end, spoken)
    return f"{expected}0", f"{ended.output[-len(expected) :]}{ended.code}{ended.errors}"


def _lists(turns: tuple[Turn, ...], end: Questionnaire, depth: Depth) -> tuple[str, str]:
    """Answer with keys on lists: the real ones, on a pipe in place of a keyboard."""
    pressed = "".join(press.keys for turn in turns for press in LISTS.presses(turn))
    voice = Voice(criteria(), None)
    shown = io.StringIO()
    with create_pipe_input() as keyboard, create_app_session(keyboard, DummyOutput()), redirect_stdout(shown):
        keyboard.send_text(pressed + LISTS.right.keys)
        prompter = RichPrompter(lambda: voice.texts)
        keeper = Keeper(voice, named="us-fda", is_dated=True)
        start = Questionnaire(criteria=criteria(), as_of=DATE, depth=depth)
        interview = Interview(start, prompter, voice, keeper.keep)
        Session(interview, prompter, voice, keeper, underlined, news=(), is_attended=False, tables=False).run()
    expected = told(end, underlined)
    given = interview.questionnaire.answers
    return f"{expected}{end.answers.values}{end.answers.absent}", (
        f"{shown.getvalue()[-len(expected) :]}{given.values}{given.absent}"
    )


def _file(end: Questionnaire, starter: Starter, folder: Path) -> tuple[str, str]:
    path = folder / "answers.json"
    answers: Mapping[str, object] = {"answers": dict(end.answers.values), "absent": dict(end.answers.absent)}
    path.write_text(json.dumps({"format": FORMAT, **answers}))
    ended = starter.piped(b"", "screen", str(path), "--json", "--as-of", DATE, folder=folder)
    return json.dumps(end.screening.to_dict(), indent=2) + "\n0", f"{ended.output}{ended.code}{ended.errors}"


def _first_difference(expected: str, found: str) -> str:
    pairs = zip(expected.splitlines(), found.splitlines(), strict=False)
    differences = (f"{one!r} is {other!r}" for one, other in pairs if one != other)
    return next(differences, f"{len(expected.splitlines())} lines are {len(found.splitlines())}")
