"""Starting cart-screen behind a terminal or behind pipes, in a folder of the test's own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest

from .keyboards import Begin, Keyboard
from .modes import LISTS, PLAIN, Mode
from .processes import DATE, Ended, Starter, lines
from .stops import FILE
from .terminals import Terminal, opened


@pytest.fixture(scope="session")
def starter() -> Iterator[Starter]:
    """Give what starts runs, once for all tests of a process."""
    found = Starter()
    yield found
    found.close()


@pytest.fixture
def terminal(starter: Starter, tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    """Give what opens a terminal with cart-screen on it; every one of them is closed in the end."""
    with ExitStack() as closing:
        yield lambda *arguments, **more: closing.enter_context(
            opened(starter, *arguments, **{"folder": tmp_path, **more})
        )


@pytest.fixture
def plain(starter: Starter, tmp_path: Path) -> Callable[..., Ended]:
    """Give what answers the questions with lines over pipes."""
    run = partial(starter.piped, folder=tmp_path)
    return lambda typed, *arguments, **more: run(lines(*typed), "--as-of", DATE, *arguments, **more)


@pytest.fixture(params=[LISTS, PLAIN], ids=["lists", "plain"])
def mode(request: pytest.FixtureRequest) -> Mode:
    """Give each way of being asked."""
    return request.param


@pytest.fixture
def begin(mode: Mode, terminal: Callable[..., Terminal], tmp_path: Path) -> Begin:
    """Give what starts with some answers from a file, and saves to another one."""

    def start(*options: str, **given: object) -> Keyboard:
        (tmp_path / "answers.json").write_text(json.dumps(given))
        shown = terminal(*mode.options, "--resume", "answers.json", "--save", FILE, *options)
        return Keyboard(shown, mode)

    return start
