"""
Interviews by the thousand: the same guidance in every way of being asked, and everything that can go wrong everywhere.

    PYTHONPATH=tests .venv/bin/python -m soak.interviews [--people N] [--seed N] [SCENARIO ...]

``people``: simulated people are told the same in plain lines, on lists, by the library and by ``screen FILE``.
``stops``: a sitting is stopped in each way at each question. ``saving``: Ctrl-C at each question, saved, taken up
again. ``looking``: resized, asked why, stopped and gone on at each question. ``trouble``: no room, and a folder that
can only be read, at each question. What comes out otherwise than it should ends it with an error.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from os import cpu_count
from pathlib import Path
from time import perf_counter

from people.population import people
from terminal.agreement import differing, told
from terminal.modes import LISTS, PLAIN, Mode
from terminal.processes import Starter
from terminal.sittings import Turn, as_person, example, sitting
from terminal.stops import STOPS, TROUBLES, saved_and_stopped, stopped, troubled, unmoved, went_on

from cart_screen.inquiry import Depth
from cart_screen.questionnaire import Questionnaire
from cart_screen.terminal.layout import spoken, underlined

# Between them they are shown every kind of screen, and nearly every question of the shortest depth.
_PEOPLE = ("multiple-myeloma-one-line", "plain-words-only", "child-b-all")
_MODES = (LISTS, PLAIN)
# So many people are taken by one process before it says how it went.
_AT_ONCE = 50

Play = Callable[[Mode, Sequence[Turn], Questionnaire, Starter], int]


def main(arguments: Sequence[str]) -> int:
    """Play the scenarios and print a line of figures for each; give 1 where anybody was told anything else."""
    asked = _asked(arguments)
    wrong = 0
    for name in asked.scenarios or ("people", *_SCENARIOS):
        began = perf_counter()
        if name == "people":
            wrong = _agreement(asked.people, asked.seed)
            print(f"people: {asked.people:,} in 4 ways, {wrong:,} differences ({perf_counter() - began:.0f} s)")
        else:
            count = _everywhere(_SCENARIOS[name])
            print(f"{name}: {count:,} as they should be ({perf_counter() - began:.0f} s)", flush=True)
    return 1 if wrong else 0


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="soak.interviews")
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO", help=f"people, {', '.join(_SCENARIOS)}")
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    if not set(asked.scenarios) <= {"people", *_SCENARIOS}:
        parser.error(f"scenarios are people, {', '.join(_SCENARIOS)}")
    return asked


def _agreement(count: int, seed: int) -> int:
    parts = [(first, min(first + _AT_ONCE, count), seed) for first in range(0, count, _AT_ONCE)]
    wrong = done = 0
    with ProcessPoolExecutor(cpu_count()) as pool:
        for (first, last, _), found in zip(parts, pool.map(_told_otherwise, parts), strict=True):
            done += last - first
            wrong += len(found)
            print(*found, sep="\n", end="\n" if found else "")
            print(f"{done:8,} people, {wrong:,} differences", flush=True)
    return wrong


def _told_otherwise(part: tuple[int, int, int]) -> list[str]:
    first, last, seed = part
    found: list[str] = []
    with _started() as starter, tempfile.TemporaryDirectory() as folder:
        for person in list(people(last, seed))[first:]:
            # Every tenth goes on until the findings are complete, too.
            depth = Depth.COMPLETE if person.number % 10 == 9 else Depth.SETTLE
            differences = differing(as_person(person), starter, Path(folder), depth)
            found += [f"person {person.number} ({depth}), {difference}" for difference in differences]
    return found


def _everywhere(play: Play) -> int:
    """Play a scenario with a few people in each way of being asked, and give how many times it was played."""
    with ProcessPoolExecutor(cpu_count()) as pool:
        plays = [pool.submit(_played, play, name, place) for name in _PEOPLE for place in range(len(_MODES))]
        return sum(one.result() for one in plays)


def _played(play: Play, name: str, mode: int) -> int:
    turns, end = sitting(example(name))
    with _started() as starter:
        return play(_MODES[mode], turns, end, starter)


def _stops(mode: Mode, turns: Sequence[Turn], end: Questionnaire, starter: Starter) -> int:
    for stop in STOPS:
        with tempfile.TemporaryDirectory() as folder:
            for place in range(len(turns)):
                stopped(stop, place, mode, turns, starter, Path(folder), max(0, place - 1))
            _once(went_on(mode, turns, starter, Path(folder), len(turns) - 1), end, mode)
    return len(STOPS) * len(turns)


def _saving(mode: Mode, turns: Sequence[Turn], _: Questionnaire, starter: Starter) -> int:
    for place in range(1, len(turns)):
        with tempfile.TemporaryDirectory() as folder:
            saved_and_stopped(place, mode, turns, starter, Path(folder), since=0)
    return len(turns) - 1


def _looking(mode: Mode, turns: Sequence[Turn], end: Questionnaire, starter: Starter) -> int:
    for every in (0, 1):
        with tempfile.TemporaryDirectory() as folder:
            _once(unmoved(mode, turns, starter, Path(folder), every), end, mode)
    return 2 * len(turns)


def _trouble(mode: Mode, turns: Sequence[Turn], end: Questionnaire, starter: Starter) -> int:
    for trouble in TROUBLES:
        for every in (0, 1):
            with tempfile.TemporaryDirectory() as folder:
                _once(troubled(trouble, every, mode, turns, starter, Path(folder)), end, mode)
    return len(TROUBLES) * len(turns)


_SCENARIOS: Mapping[str, Play] = {"stops": _stops, "saving": _saving, "looking": _looking, "trouble": _trouble}


def _once(shown: str, end: Questionnaire, mode: Mode) -> None:
    """Make sure that the guidance was given, and once."""
    guidance = " ".join(told(end, underlined if mode is LISTS else spoken).split())
    assert " ".join(shown.split()).count(guidance) == 1
    assert "Traceback" not in shown


@contextmanager
def _started() -> Iterator[Starter]:
    starter = Starter()
    try:
        yield starter
    finally:
        starter.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
