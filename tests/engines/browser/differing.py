"""Where what the browser engine says differs from what Python says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from proof.drawing import Drawing, seeded

from cart_screen.answers.given import Answers

from .drawing import World, answers, screening, short_screening, walk
from .random_sets import random_world
from .running import Ask, replies
from .said import plain

# One request, what Python says to it, and where the reply differs.
Checked = tuple[dict[str, Any], Any, str | None]


def checked(ask: Ask, asked: Sequence[tuple[dict[str, Any], Any]]) -> Iterator[Checked]:
    """Ask, and give each request with what is expected and the first difference, if there is one."""
    found = replies(ask, [one for one, _ in asked])
    for (one, right), said in zip(asked, found, strict=True):
        yield one, right, difference(right, plain(said))


def of_shipped(seed: int, worlds: Sequence[World], *, walks: bool) -> list[tuple[dict[str, Any], Any]]:
    """Draw one set of answers under one of the shipped sets, and a questionnaire that goes on from it or from none."""
    draw = seeded(seed)
    today = [one for one in worlds if one.day == max(other.day for other in worlds)]
    world = draw.one(worlds if draw.perhaps(3) else today)
    given = answers(draw, world)
    # A whole screening is long: every fifth is enough for what is the same for all answers.
    asked = [(screening if draw.perhaps(5) else short_screening)(world, given)]
    if walks:
        asked.append(walk(draw, world, _start(draw, world), most=40))
    return asked


def of_random_set(seed: int, *, screenings: int, walks: int) -> list[tuple[dict[str, Any], Any]]:
    """Draw a criteria set, sets of answers under it, and questionnaires over it; the first request makes it known."""
    draw = seeded(seed)
    world = random_world(draw, f"random set {seed}")
    drawn = [answers(draw, world) for _ in range(screenings)]
    asked = [screening(world, given) for given in drawn]
    asked += [walk(draw, world, _start(draw, world), most=15) for _ in range(walks)]
    return [(world.request, len(world.criteria.reading.dictionary.questions)), *asked]


def difference(right: Any, found: Any, path: str = "") -> str | None:
    """Give the first place where two values differ, with both, or None."""
    if isinstance(right, dict) and isinstance(found, dict):
        if right.keys() != found.keys():
            return f"{path}: the keys differ in {sorted(right.keys() ^ found.keys())}"
        pairs = [(f"{path}/{key}", right[key], found[key]) for key in right]
    elif isinstance(right, list) and isinstance(found, list) and len(right) == len(found):
        pairs = [(f"{path}/{place}", one, other) for place, (one, other) in enumerate(zip(right, found, strict=True))]
    else:
        return None if right == found else f"{path}: Python says {right!r}, the browser {found!r}"
    return next((told for at, one, other in pairs if (told := difference(one, other, at)) is not None), None)


def _start(draw: Drawing, world: World) -> Answers:
    return answers(draw, world) if draw.perhaps() else Answers()
