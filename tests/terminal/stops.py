"""What can happen to a sitting at any question: stopped, killed, its window resized or closed, no room, no right."""

from __future__ import annotations

import resource
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cart_screen.answers.given import Answers
from cart_screen.saving.keeping import read_saved
from cart_screen.saving.saved import Saved

from .modes import LISTS, Mode, do
from .processes import Starter
from .sittings import Turn
from .terminals import END, ENTER, INTERRUPT, Terminal, opened

FILE = "interview.json"
_SIZES = ((80, 45), (50, 30), (120, 60))


@dataclass(frozen=True)
class Stop:
    """A way in which a sitting is stopped, what it is stopped with, and how it ends then."""

    name: str
    does: Callable[[Terminal], None]
    code: int


STOPS = (
    Stop("Ctrl-C", lambda terminal: terminal.type(INTERRUPT), 130),
    Stop("end of input", lambda terminal: terminal.type(END), 65),
    Stop("SIGTERM", lambda terminal: terminal.process.send(signal.SIGTERM), -signal.SIGTERM),
    Stop("SIGHUP", lambda terminal: terminal.process.send(signal.SIGHUP), -signal.SIGHUP),
    Stop("SIGKILL", lambda terminal: terminal.process.send(signal.SIGKILL), -signal.SIGKILL),
    Stop("window closed", lambda terminal: terminal.hang_up(), -signal.SIGHUP),
)


def stopped(
    stop: Stop, place: int, mode: Mode, turns: Sequence[Turn], starter: Starter, folder: Path, since: int
) -> None:
    """
    Stop a sitting at a question, with what was answered before it in a file.

    The sitting goes on with the file of one that was stopped at the question ``since``.
    """
    option = "--resume" if (folder / FILE).exists() else "--save"
    with opened(starter, *mode.options, option, FILE, folder=folder) as terminal:
        mode.play(terminal, turns[since:place])
        mode.reach(terminal, turns[place])
        stop.does(terminal)
        code = terminal.ended()
        shown = terminal.said
    what = f"{stop.name} at {turns[place].id}, {mode.name}"
    assert code == stop.code, (what, code, shown[-500:])
    assert "Traceback" not in shown, (what, shown[-500:])
    assert "What to do next" not in shown, what
    assert saved(folder) == turns[place].before.answers, what
    assert [path.name for path in folder.iterdir()] == [FILE], what


def went_on(mode: Mode, turns: Sequence[Turn], starter: Starter, folder: Path, since: int) -> str:
    """Go on with a file to the end, and give all that was shown."""
    with opened(starter, *mode.options, "--resume", FILE, folder=folder) as terminal:
        mode.play(terminal, turns[since:])
        do(terminal, mode.right, mode.nothing_more)
        assert terminal.ended() == 0
        return terminal.said


def saved(folder: Path) -> Answers:
    """Give the answers that are in the file; it must be whole."""
    found = read_saved(folder / FILE)
    assert isinstance(found, Saved)
    return found.answers


def unmoved(mode: Mode, turns: Sequence[Turn], starter: Starter, folder: Path, every: int) -> str:
    """
    Answer each question after looking around; give all that was shown.

    The window gets another size at every question. At those of one half (``every``: 0, 1) Ctrl-C is pressed, and then
    they go on; at the others they ask why.
    """
    with opened(starter, *mode.options, folder=folder) as terminal:
        for place, turn in enumerate(turns):
            mode.reach(terminal, turn)
            terminal.resize(*_SIZES[place % len(_SIZES)])
            if place % 2 != every or not place:
                terminal.type("?" if mode is LISTS and (turn.is_list or turn.choices) else f"?{ENTER}")
                terminal.expect("Why we ask:", "Where to find it:")
            else:
                terminal.type(INTERRUPT)
                do(terminal, mode.choice("Would you like to stop here?", 3))
            mode.play(terminal, [turn])
        do(terminal, mode.right, mode.nothing_more)
        assert terminal.ended() == 0
        return terminal.said


@dataclass(frozen=True)
class Trouble:
    """A reason why nothing can be saved: how it comes, how it goes, and the exit code where it stays."""

    name: str
    comes: Callable[[Terminal, Path], None]
    goes: Callable[[Terminal, Path], None]
    code: int


def _room(terminal: Terminal, size: int) -> None:
    _, most = resource.prlimit(terminal.process.number, resource.RLIMIT_FSIZE)
    resource.prlimit(terminal.process.number, resource.RLIMIT_FSIZE, (size, most))


TROUBLES = (
    Trouble("no room", lambda terminal, _: _room(terminal, 0), lambda terminal, _: _room(terminal, -1), 74),
    Trouble("read-only folder", lambda _, folder: folder.chmod(0o500), lambda _, folder: folder.chmod(0o700), 73),
)


def troubled(trouble: Trouble, every: int, mode: Mode, turns: Sequence[Turn], starter: Starter, folder: Path) -> str:
    """
    Answer each question either with trouble or without it; it is there at the questions of one half (``every``: 0, 1).

    Give all that was shown; the exit code says whether the newest answers are in the file.
    """
    with opened(starter, *mode.options, "--save", FILE, folder=folder, without_rights=True) as terminal:
        is_there = False
        mode.reach(terminal, turns[0])
        in_file = turns[0].before.answers
        for place, turn in enumerate(turns):
            is_there = place % 2 == every
            (trouble.comes if is_there else trouble.goes)(terminal, folder)
            first, *others = mode.presses(turn)
            terminal.type(first.keys)
            do(terminal, *others)
            if place + 1 < len(turns):
                mode.reach(terminal, turns[place + 1])
            else:
                terminal.expect(*mode.right.shown)
            in_file = in_file if is_there else turn.after.answers
            assert saved(folder) == in_file, (trouble.name, turn.id, mode.name)
        terminal.type(mode.right.keys)
        do(terminal, mode.nothing_more)
        code = terminal.ended()
        folder.chmod(0o700)
        assert code == (trouble.code if is_there else 0), (trouble.name, mode.name, terminal.said[-500:])
        assert [path.name for path in folder.iterdir()] == [FILE]
        return terminal.said


def saved_and_stopped(
    place: int, mode: Mode, turns: Sequence[Turn], starter: Starter, folder: Path, since: int
) -> None:
    """Press Ctrl-C at a question and save then; the file goes on at the same question."""
    options = ("--resume", FILE) if since else ()
    with opened(starter, *mode.options, *options, folder=folder) as terminal:
        mode.play(terminal, turns[since:place])
        mode.reach(terminal, turns[place])
        terminal.type(INTERRUPT)
        if not since:
            do(terminal, mode.choice("Would you like to stop here?", 1))
            terminal.expect("What name should the file have?", "File:")
            terminal.type(f"{FILE}{ENTER}")
            terminal.expect(f"Your answers are in {FILE}.")
        assert terminal.ended() == 130
        assert "What to do next" not in terminal.said
    assert saved(folder) == turns[place].before.answers
    with opened(starter, *mode.options, "--resume", FILE, folder=folder) as terminal:
        mode.reach(terminal, turns[place])


def chain(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Give each place with the one before it, from the first question on."""
    yield from zip(places, (0, *places), strict=False)
